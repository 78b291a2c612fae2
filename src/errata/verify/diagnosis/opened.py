"""The addends of a formula once its brackets are opened: what a line that lost one of them lacks.

Opened are products, sums and means over sums, transposes, quotients and derivatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from errata.language.terms import (
    Aggregate,
    Derivative,
    Expectation,
    MatrixOperation,
    Negative,
    Product,
    Quotient,
    Sum,
    Term,
)
from errata.verify.diagnosis.trees import tidy

MOST, DEEPEST = 16, 12


def opened(term: Term) -> list[Term]:
    """Return the addends of a term with its brackets opened, without their signs; [] where there are no brackets."""
    found = [a.term if isinstance(a, Negative) else a for a in islice(_addends(term, DEEPEST), MOST)]
    return list(dict.fromkeys(found)) if len(found) > 1 else []


def _addends(term: Term, depth: int) -> Iterator[Term]:
    if depth <= 0:
        yield term
        return
    match term:
        case Sum(terms):
            for part in terms:
                yield from _addends(part, depth - 1)
        case Negative(inner):
            yield from (tidy(Negative(a)) for a in _addends(inner, depth - 1))
        case Product(factors):
            choices = [list(islice(_addends(f, depth - 1), MOST)) for f in factors]
            yield from (tidy(Product(chosen)) for chosen in islice(product(*choices), MOST))
        case MatrixOperation("hadamard", arguments):
            choices = [list(islice(_addends(f, depth - 1), MOST)) for f in arguments]
            for chosen in islice(product(*choices), MOST):
                yield _signed(replace(term, arguments=tuple(map(_plain, chosen))), chosen)
        case MatrixOperation("transpose", (inner,)):
            for addend in _addends(inner, depth - 1):
                yield _signed(replace(term, arguments=(_plain(addend),)), (addend,))
        case Quotient(numerator, _):
            for addend in _addends(numerator, depth - 1):
                yield _signed(replace(term, numerator=_plain(addend)), (addend,))
        case Aggregate("sum" | "integral") | Expectation() | Derivative():
            for addend in _addends(term.body, depth - 1):
                yield _signed(replace(term, body=_plain(addend)), (addend,))
        case _:
            yield term


def _plain(term: Term) -> Term:
    return term.term if isinstance(term, Negative) else term


def _signed(term: Term, parts: tuple[Term, ...]) -> Term:
    negative = sum(isinstance(part, Negative) for part in parts) % 2
    return Negative(tidy(term)) if negative else tidy(term)
