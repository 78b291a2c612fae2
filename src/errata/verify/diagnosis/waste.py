"""What a term says twice or takes back: a factor beside its inverse, addends that are multiples of each other.

A search for a term of a given value finds many that only undo what is written, such as x + (y - x) for y. They say
nothing, and no one writes them: a candidate may not waste more than the written side does.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Binder,
    Constant,
    Elementary,
    Functional,
    MatrixOperation,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
    children,
)
from errata.verify.diagnosis.arrays import is_array
from errata.verify.diagnosis.form import form
from errata.verify.diagnosis.trees import ZERO, tidy

MOST_OPENED = 16


def waste(term: Term, scope: Scope) -> int:
    """Return how many factors and addends of a term are taken up by others."""
    match term:
        case Sum(terms):
            return _in_sum(terms, scope) + sum(waste(t, scope) for t in terms)
        case Product() | Quotient():
            factors = list(_factors(term, 1))
            parts = term.factors if isinstance(term, Product) else (term,)
            reducible = sum(_is_reducible(part, scope) for part in parts)
            return _in_product(factors, scope) + reducible + sum(waste(f, scope) for f, _ in factors)
        case Elementary("log", (Constant("e"),)) | Elementary("exp", (Number(0),)) | Power(Number(1), _):
            return 1
        case Functional(_, (first, second)) if first == second:  # a divergence of a law from itself
            return 1
        case MatrixOperation("inverse" | "transpose", (MatrixOperation("identity"),)):
            return 1
        case Aggregate(_, Binder(_, Range(low, high))) if low == high:
            return 1 + waste(term.body, scope)
    return sum(waste(part, scope) for part in children(term))


def _in_sum(terms: tuple[Term, ...], scope: Scope) -> int:
    """Count the addends that are numbers times an earlier one, or a part of one once it is multiplied out."""
    seen: set[object] = set()
    wasted = 0
    for term in sorted(terms, key=lambda t: not _is_bracketed(t)):
        keys = {key for key, _ in form(term, scope)}
        wasted += bool(keys) and keys <= seen
        seen |= keys | {key for part in _opened(term) for key, _ in form(part, scope)}
    return wasted + sum(_holds_the_others(term, terms) for term in terms)


def _holds_the_others(term: Term, terms: tuple[Term, ...]) -> bool:
    """Return whether an addend is the sum of all the others times something: that is a factor, not an addend."""
    factors = term.factors if isinstance(term, Product) else ()
    sums = [factor for factor in factors if isinstance(factor, Sum) and len(factor.terms) == len(terms) - 1]
    return any(set(factor.terms) == {t for t in terms if t is not term} for factor in sums)


def _is_bracketed(term: Term) -> bool:
    return bool(_opened(term))


def _opened(term: Term) -> list[Term]:
    """Return the addends of a product with one or two sums in it, multiplied out; none of anything else."""
    inner = term.term if isinstance(term, Negative) else term
    sums = [f for f in inner.factors if isinstance(f, Sum)] if isinstance(inner, Product) else []
    if not isinstance(inner, Product) or not 1 <= len(sums) <= 2:
        return []
    choices = (f.terms if isinstance(f, Sum) else (f,) for f in inner.factors)
    return [tidy(Product(chosen)) for chosen in islice(product(*choices), MOST_OPENED)]


def _in_product(factors: list[tuple[Term, Fraction | int]], scope: Scope) -> int:
    """Count the factors beside the same one or its inverse, the numerals beyond one on each side, 0 and I."""
    bases = [form(b, scope) for b, _ in factors if not isinstance(b, Number) and not is_array(b, scope)]
    numerals = [power > 0 for b, power in factors if isinstance(b, Number)]
    nothing = sum(b == ZERO for b, _ in factors)
    units = [isinstance(b, MatrixOperation) and b.operation == "identity" for b, _ in factors if is_array(b, scope)]
    idle = min(sum(units), len(units) - 1) if units else 0
    return len(bases) - len(set(bases)) + len(numerals) - len(set(numerals)) + nothing + idle


def _is_reducible(term: Term, scope: Scope) -> bool:
    """Return whether what stands above a bar is a number times what stands below, where both are products of arrays."""
    term = term.term if isinstance(term, Negative) else term
    if not isinstance(term, Quotient) or isinstance(term.denominator, Number):
        return False
    above, below = form(term.numerator, scope), form(term.denominator, scope)
    return len(above) == len(below) == 1 and above[0][0] == below[0][0]


def _factors(term: Term, power: Fraction | int) -> Iterator[tuple[Term, Fraction | int]]:
    match term:
        case Product(parts):
            for part in parts:
                yield from _factors(part, power)
        case Quotient(numerator, denominator):
            yield from _factors(numerator, power)
            yield from _factors(denominator, -power)
        case Negative(inner):
            yield from _factors(inner, power)
        case Power(base, Number(value)) if value:
            yield from _factors(base, power * value)
        case Power(base, Negative(Number(value))) if value:
            yield from _factors(base, -power * value)
        case _:
            yield term, power
