"""The derivatives of the functions that stand in a step: the factors that a forgotten chain rule leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from errata.language.terms import (
    Derivative,
    Elementary,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    subterms,
)
from errata.verify.diagnosis.trees import ONE

MOST = 8
_TWO = Number(Fraction(2))


def slopes(lines: Iterable[Term]) -> list[Term]:
    """Return the derivatives of the functions in lines, where something is differentiated in them."""
    parts = [part for line in lines for part in subterms(line)]
    if not any(isinstance(part, Derivative) for part in parts):
        return []
    functions = dict.fromkeys(part for part in parts if isinstance(part, Elementary) and len(part.arguments) == 1)
    return list(dict.fromkeys(slope for part in functions for slope in _slopes(part)))[:MOST]


def _slopes(part: Elementary) -> Iterator[Term]:
    (inner,) = part.arguments
    match part.function:
        case "tanh":
            yield Sum((ONE, Negative(Power(part, _TWO))))
        case "sigmoid":
            rest = Sum((ONE, Negative(part)))
            yield from (Product((part, rest)), rest)
        case "log":
            yield Quotient(ONE, inner)
        case "exp":
            yield part
        case "sin" | "cos":
            other: Term = Elementary("cos" if part.function == "sin" else "sin", (inner,))
            yield other if part.function == "sin" else Negative(other)
        case "softplus":
            yield Elementary("sigmoid", (inner,))
