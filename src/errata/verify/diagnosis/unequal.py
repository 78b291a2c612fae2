"""Corrections of steps that are no equations: a side of an inequality, what is concluded in an implication.

No value is wanted that a search could look for. So only near edits are tried, in the order of what they change; they
are never sure, for many bounds hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from errata.language.statements import Reading
from errata.language.terms import Comparison, Elementary, Relation, Term
from errata.numeric_checks.target import Target, target_of
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.candidates.edits import single_edits
from errata.verify.diagnosis.relations import may_hold, right_side, turned
from errata.verify.diagnosis.rereading import Edit, Place, read_again
from errata.verify.diagnosis.search import distance
from errata.verify.diagnosis.source_edit import edits
from errata.verify.diagnosis.trees import put
from errata.verify.judge import judge

NEAREST = 1.35
"""What an edit may cost."""
MOST_JUDGED, MOST_CONCLUSIONS = 6, 14
RIGHT = ("proved", "holds")
_OTHERS: dict[Relation, tuple[Relation, ...]] = {
    "<": (">", "<="), "<=": (">=",), ">": ("<", ">="), ">=": ("<=",),
}  # fmt: skip
"""The relations that may be meant in place of that of a conclusion."""
ORDERS: tuple[Relation, ...] = ("<", "<=", ">", ">=")


def mended_side(place: Place, seed: int) -> tuple[Term, Edit, str] | None:
    """Return the nearest right side that the judge calls right, its edit, and the line as it is then."""
    reading = place.statement.readings[0]
    if reading.relation in ORDERS:
        nearest = islice(_bounds(place, reading, seed), MOST_JUDGED)
    elif reading.relation == "=>":
        nearest = islice(_conclusions(place, reading), MOST_CONCLUSIONS)
    else:
        return None
    for term in nearest:
        found = _confirmed(place, reading, term, seed)
        if found is not None:
            return found
    return None


def _bounds(place: Place, reading: Reading, seed: int) -> Iterator[Term]:
    """Yield edits of the right side of an inequality under which it holds wherever it was tried."""
    target = target_of(reading.left, reading.right, place.statement.scope, (), seed)
    if target is None:
        return
    bench = Bench(reading.right, target, place.statement.scope)
    strict = {"<": "<=", ">": ">="}.get(reading.relation, reading.relation)
    for term in _near(bench):
        if term != reading.left and may_hold(strict, bench, term) and not _is_wide(bench, term):  # type: ignore[arg-type]
            yield term


def _is_wide(bench: Bench, term: Term) -> bool:
    """Whether a bound is never close, or has no value somewhere where the written one has one."""
    differences = bench.target.differences(term)
    if differences is None or not bench.defines(term):
        return True
    gaps = np.abs(np.concatenate([d.ravel() for d in differences]))
    return not bool((gaps[np.isfinite(gaps)] <= 1.0).any())


def _conclusions(place: Place, reading: Reading) -> Iterator[Term]:
    """Yield edits of what is concluded, its relation first."""
    conclusion = reading.right
    if isinstance(conclusion, Comparison):
        yield from (replace(conclusion, relation=relation) for relation in _OTHERS.get(conclusion.relation, ()))
        if conclusion.relation == "=":
            yield either_sign(conclusion)
        bench = Bench(conclusion.right, Target(reading.left, ()), place.statement.scope)
        yield from (put(conclusion, ("right",), term) for term in _near(bench))


def either_sign(conclusion: Comparison) -> Comparison:
    """Return an equation for a number of either sign: |x| = 2 for x = 2."""
    return replace(conclusion, left=Elementary("abs", (conclusion.left,)))


def _near(bench: Bench) -> Iterator[Term]:
    costs: dict[Term, float] = {}
    for candidate in single_edits(bench):
        if candidate.cost <= NEAREST and candidate.term != bench.written:
            cost = candidate.cost + distance(bench.written, candidate.term)
            costs[candidate.term] = min(cost, costs.get(candidate.term, cost))
    yield from sorted(costs, key=lambda term: (costs[term], repr(term)))


def _confirmed(place: Place, reading: Reading, term: Term, seed: int) -> tuple[Term, Edit, str] | None:
    text = place.fragment.text
    side = right_side(place.statement, text)
    turn = _turn(reading.right, term, text)
    for edit in (*((turn,) if turn is not None else ()), *edits(text, reading.right, term, side)):
        again = read_again(place, edit)
        if again is None or again.statement.readings[0].right != term:
            continue
        right = judge(again.statement, seed, reasons=False).verdict in RIGHT
        return (term, edit, again.statement.text) if right else None
    return None


def _turn(conclusion: Term, term: Term, text: str) -> Edit | None:
    """Return the edit of a sign alone, where that is all in which two conditions differ."""
    if not isinstance(conclusion, Comparison) or not isinstance(term, Comparison):
        return None
    same = (conclusion.left, conclusion.right) == (term.left, term.right)
    return turned(conclusion, term.relation, text) if same else None
