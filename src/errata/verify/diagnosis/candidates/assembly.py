"""Two terms at once: where no single term is what is lacking, two words of the step with simple multiples may be.

A logarithm of a product taken apart wrongly lacks two terms; so does a square whose cross term and last term are lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from errata.language.terms import Sum, Term
from errata.numeric_checks.quantities import Floats
from errata.verify.diagnosis.candidates.numbers import scaled
from errata.verify.diagnosis.candidates.recognise import rational
from errata.verify.diagnosis.trees import tidy
from errata.verify.diagnosis.values import Values, flat, shape_of
from errata.verify.diagnosis.vocabulary import Vocabulary, Word

MOST_WORDS, MOST_FOUND = 240, 6
CLOSE = 1e-7
DEPENDENT = 1e-6


def pairs(wanted: Values, words: Vocabulary) -> Iterator[tuple[tuple[Term, Term], float]]:
    """Yield two terms that sum up to what is wanted, words with simple rational multiples, and what they cost."""
    known, table = words.words.get(shape_of(wanted), ((), np.zeros((0, 0))))
    order = sorted(range(len(known)), key=lambda place: (known[place].paired, known[place].cost))[:MOST_WORDS]
    goal = flat(wanted)
    good = np.isfinite(goal)
    if len(order) < 2 or good.sum() < 6 or not np.abs(goal[good]).max() > 1e-9:
        return
    rows = table[order][:, good]
    usable = np.isfinite(rows).all(axis=1) & (np.abs(rows).max(axis=1) > 1e-9)
    chosen = [known[place] for place, kept in zip(order, usable, strict=True) if kept]
    found = _solved(rows[usable], goal[good])
    ranked = sorted((chosen[i].cost + chosen[j].cost, i, j, a, b) for i, j, a, b in found)
    for cost, i, j, a, b in ranked[:MOST_FOUND]:
        yield (_multiple(chosen[i], a), _multiple(chosen[j], b)), cost


def _solved(rows: Floats, goal: Floats) -> Iterator[tuple[int, int, Fraction, Fraction]]:
    """Solve goal = a row_i + b row_j for all pairs at once, and keep those with simple a and b."""
    with np.errstate(all="ignore"):
        size = np.linalg.norm(rows, axis=1)
        unit = rows / size[:, None]
        overlap, share = unit @ unit.T, unit @ goal
        determinant = 1.0 - overlap**2
        first = (share[:, None] - overlap * share[None, :]) / determinant
        second = (share[None, :] - overlap * share[:, None]) / determinant
        left_over = goal @ goal - first * share[:, None] - second * share[None, :]
    likely = (np.abs(left_over) <= 1e-9 * (goal @ goal)) & (determinant > DEPENDENT)
    for i, j in np.argwhere(np.triu(likely, 1)):
        a, b = first[i, j] / size[i], second[i, j] / size[j]
        if np.abs(a * rows[i] + b * rows[j] - goal).max() > CLOSE * np.abs(goal).max():
            continue
        one, other = rational(float(a)), rational(float(b))
        if one is not None and other is not None:
            yield int(i), int(j), one, other


def _multiple(word: Word, factor: Fraction) -> Term:
    return word.term if factor == 1 else scaled(word.term, factor)


def appended(written: Term, two: tuple[Term, Term]) -> Term:
    """Return a side with two more addends."""
    return tidy(Sum((written, *two)))
