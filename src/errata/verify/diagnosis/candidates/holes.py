"""Holes: what a part would have to be is computed, and looked up in the vocabulary of the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import numpy as np

from errata.language.terms import Name, Negative, Product, Sum, Term
from errata.numeric_checks.quantities import Floats
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.candidates.assembly import appended, pairs
from errata.verify.diagnosis.candidates.numbers import PUT_IN, has_numeral, scaled
from errata.verify.diagnosis.candidates.recognise import rational, recognised
from errata.verify.diagnosis.required import required
from errata.verify.diagnosis.trees import at, plus, positions, put, tidy, times
from errata.verify.diagnosis.values import Values, inverse, minus, product, total, values_of
from errata.verify.diagnosis.vocabulary import Vocabulary, Word, vocabulary

MOST_PLACES = 40
MOST_ADDENDS = 8
Look = Callable[[Term], Values | None]


def holes(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with a part replaced, an addend or factor added, or the coefficients of a sum changed."""

    @cache
    def look(term: Term) -> Values | None:
        return values_of(bench.target, term)

    wanted = look(bench.other)
    if wanted is None:
        return
    words = vocabulary(bench, look)
    for path, node in list(positions(bench.written))[:MOST_PLACES]:
        needed = required(bench.written, path, wanted, look)
        if needed is None:
            continue
        if isinstance(node, Sum):
            for mended, cost in coefficients(node, needed, look):
                yield Candidate(tidy(put(bench.written, path, mended)), cost)
        whole = not path or isinstance(at(bench.written, path[:-2] if isinstance(path[-1], int) else path[:-1]), Sum)
        for mended, cost in _fillings(node, needed, look, words, whole):
            yield Candidate(tidy(put(bench.written, path, mended)), cost + 0.01 * len(path))


def assemblies(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with two addends put in, and the sums of two words in its place."""

    @cache
    def look(term: Term) -> Values | None:
        return values_of(bench.target, term)

    wanted, own = look(bench.other), look(bench.written)
    if wanted is None:
        return
    words = vocabulary(bench, look)
    for two, cost in pairs(wanted, words):
        yield Candidate(tidy(Sum(two)), 1.8 + cost)
    difference = total([wanted, minus(own)]) if own is not None else None
    if difference is not None:
        for two, cost in pairs(difference, words):
            yield Candidate(appended(bench.written, two), 1.8 + cost)


def _fillings(node: Term, needed: Values, look: Look, words: Vocabulary, whole: bool) -> Iterator[tuple[Term, float]]:
    """Yield what may stand in place of a node. whole: it is a side or an addend by itself."""
    own = look(node)
    for word, term, cost in _multiples(needed, words):
        if whole or word.term != node:
            yield term, 1.1 + cost
    if own is None:
        return
    with np.errstate(all="ignore"):
        difference = total([needed, minus(own)])
        undone = inverse(own)
        ratio = product(needed, undone) if undone is not None and own[0].ndim == 1 else None
    if difference is not None:
        for word, term, cost in _multiples(difference, words):
            if word.term != node and not _undoes(node, term):
                yield plus(node, term), (1.2 if whole else 1.6) + cost
    if ratio is not None:
        for _, term, cost in _multiples(ratio, words):
            yield times(node, term) if isinstance(term, Name) else Product((term, node)), 1.2 + cost


def _undoes(node: Term, addend: Term) -> bool:
    """Whether an addend only takes away what is written."""
    terms = node.terms if isinstance(node, Sum) else (node,)
    return addend in {tidy(Negative(t)) for t in terms}


def _multiples(value: Values, words: Vocabulary) -> Iterator[tuple[Word, Term, float]]:
    """Yield words with the multiple of each that a value is, and what that costs."""
    for word, multiple in words.multiples(value):
        fraction = rational(multiple)
        if fraction is not None:
            yield word, (scaled(word.term, fraction) if fraction != 1 else word.term), word.cost + _far(fraction)
            continue
        known = recognised(multiple)
        if known is not None:
            yield word, tidy(Product((known[0], word.term))), word.cost + 0.1 + known[1]


def _far(fraction: Fraction) -> float:
    """How far-fetched a multiple is."""
    return 0.0 if fraction == 1 else 0.05 if abs(fraction) in (1, 2, Fraction(1, 2)) else 0.1


# Coefficients of a sum -------------------------------------------------------------------------------


def coefficients(node: Sum, needed: Values, look: Look) -> Iterator[tuple[Term, float]]:
    """Yield the sum with the coefficients that make it what is needed, where only those are wrong.

    They are solved for a choice of sizes each, and must be the same simple numbers in all.
    """
    addends = [t.term if isinstance(t, Negative) else t for t in node.terms]
    if not 2 <= len(addends) <= MOST_ADDENDS:
        return
    values = [look(a) for a in addends]
    if any(v is None for v in values):
        return
    solved = [_solved([v[b] for v in values if v is not None], needed[b]) for b in range(len(needed))]
    if any(s is None for s in solved):
        return
    first, *others = [s for s in solved if s is not None]
    if any(not np.allclose(first, other, rtol=1e-6, atol=1e-7) for other in others):
        return
    fractions = [Fraction(0) if abs(c) < 1e-7 else rational(round(float(c), 9)) for c in first]
    if any(f is None for f in fractions):
        return
    terms: list[Term] = []
    cost = 0.0
    for written, addend, fraction in zip(node.terms, addends, fractions, strict=True):
        assert fraction is not None
        sign = Fraction(-1 if isinstance(written, Negative) else 1)
        if fraction == sign:
            terms.append(written)
            continue
        cost += 1.3 if not fraction else 0.95 if fraction == -sign else 1.05 + PUT_IN * (not has_numeral(addend))
        if fraction:
            terms.append(addend if fraction == 1 else scaled(addend, fraction))
    if terms and cost:
        yield (Sum(tuple(terms)) if len(terms) > 1 else terms[0]), cost


def _solved(columns: list[Floats], wanted: Floats) -> Floats | None:
    """Solve wanted = sum of coefficient times column; None where that has no solution or several."""
    if any(c.shape != wanted.shape for c in columns):
        return None
    table = np.stack([c.reshape(-1) for c in columns], axis=1)
    right = wanted.reshape(-1)
    good = np.isfinite(right) & np.isfinite(table).all(axis=1)
    if good.sum() < len(columns) + 2:
        return None
    table, right = table[good], right[good]
    size = np.abs(table).max(axis=0)
    if (size == 0).any():
        return None
    found, _, rank, _ = np.linalg.lstsq(table / size, right, rcond=1e-9)
    gap = np.abs(table / size @ found - right).max()
    if rank < len(columns) or gap > 1e-7 * max(1e-9, float(np.abs(right).max())):
        return None
    return np.asarray(found / size)
