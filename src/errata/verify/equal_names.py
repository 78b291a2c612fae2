"""Strict inequalities at equal names: f(a) < f(b) fails where a = b, and a proof of equality shows it.

Numbers cannot tell "less" from "equal"; a proof that both sides agree once two names are the same can.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from errata.language.definitions import free_symbols, renamed
from errata.language.scope import Scope
from errata.language.sorts import Law, Point, Real, Vector
from errata.language.statements import Reading
from errata.numeric_checks.outcome import Counterexample, Refutation
from errata.verify.proof import prove


def refute_strictly(reading: Reading, scope: Scope) -> Refutation | None:
    """Return a refutation of < or > at two equal names of one sort, or None.

    Only where no assumption of the scope could keep the two names apart.
    """
    if reading.relation not in ("<", ">", "!=") or scope.assumptions:
        return None
    for kept, gone in _pairs(reading, scope):
        left, right = (renamed(side, gone, kept) for side in (reading.left, reading.right))
        if prove(Reading("=", left, right), scope) is not None:
            example = Counterexample({gone: kept}, "equal to the right side", "equal to the left side", True)
            return Refutation(example, frozenset(free_symbols(reading.left) | free_symbols(reading.right)))
    return None


def _pairs(reading: Reading, scope: Scope) -> Iterator[tuple[str, str]]:
    names = sorted(free_symbols(reading.left) | free_symbols(reading.right))
    for one, other in combinations(names, 2):
        sort = scope.sorts.get(one)
        alike = isinstance(sort, Real | Vector | Point | Law) and sort == scope.sorts.get(other)
        if alike and one not in scope.definitions and other not in scope.definitions:
            yield one, other
