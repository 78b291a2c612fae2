r"""Numbers that a calculation by hand puts in: \sum_i (y_i - \hat{y}_i)^2 = (1 - 0.5)^2 + (0 - 0.5)^2.

What the names on the left are there, a table or a figure tells and no formula. So where a step goes from names to an
arithmetic of several numbers, it says what they are, and is not false because it fails for others. A single constant,
\sin^2 x + \cos^2 x = 1, is no such arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.language.definitions import free_symbols
from errata.language.inference import relevant
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable
from errata.language.statements import Reading
from errata.language.terms import Elementary, Negative, Number, Power, Product, Quotient, Sum, Term, children

PUT_IN = "numbers may have been put in for it"
_ARITHMETIC = Number | Sum | Product | Quotient | Power | Negative
_FEW, _FEW_IN_FUNCTIONS = 2, 3
"""So many numbers make an arithmetic; where functions are taken of them, as in 1/2 log(2 pi), one more."""


def names_put_in(reading: Reading, scope: Scope) -> set[str]:
    """Return the names of a left side for which the right side may have numbers."""
    if reading.relation not in ("=", "~="):
        return set()
    left, right = free_symbols(reading.left), free_symbols(reading.right)
    filled_in = right < left and _is_filled_in(reading.left, reading.right)
    if not filled_in and (right or not _is_arithmetic(reading)):
        return set()
    return _open_names(reading.left, scope) - _open_names(reading.right, scope)


def _is_filled_in(left: Term, right: Term, within: bool = False) -> bool:
    """Return whether the right side is the left one with numbers in the place of some of its parts."""
    if left == right or (within and isinstance(right, Number)):
        return True
    ours, theirs = children(left), children(right)
    alike = type(left) is type(right) and len(ours) == len(theirs) > 0
    return alike and all(_is_filled_in(a, b, True) for a, b in zip(ours, theirs, strict=True))


def _is_arithmetic(reading: Reading) -> bool:
    here = list(_literals(reading.left))
    new = [literal for literal in _literals(reading.right) if literal not in here]
    plain = all(isinstance(part, _ARITHMETIC) for part in _parts(reading.right))
    return len(new) >= (_FEW if plain else _FEW_IN_FUNCTIONS)


def _literals(term: Term) -> Iterator[Number]:
    """Yield the numbers written in a term: a fraction is one, and exponents are none."""
    match term:
        case Number():
            yield term
        case Quotient(Number() as above, Number() as below):
            yield Number(above.value / below.value) if below.value else above
        case Power(base, _):
            yield from _literals(base)
        case _:
            for part in children(term):
                yield from _literals(part)


def _parts(term: Term) -> Iterator[Term]:
    """Yield a term and all below it; of powers the base alone, and of names nothing."""
    if isinstance(term, Elementary) or not isinstance(term, _ARITHMETIC):
        yield term
        return
    yield term
    for part in (term.base,) if isinstance(term, Power) else children(term):
        yield from _parts(part)


def _open_names(side: Term, scope: Scope) -> set[str]:
    """Return the names that a side rests on and that no formula gives."""
    _, reached = relevant(scope, [side])
    names = {s for term in reached for s in free_symbols(term)}
    given = scope.definitions.keys() | {d.law for d in scope.densities} | scope.recursions.keys()
    return {s for s in names - given if not _has_law(s, scope)}


def _has_law(symbol: str, scope: Scope) -> bool:
    sort = scope.sorts.get(symbol)
    return isinstance(sort, RandomVariable) and sort.law is not None
