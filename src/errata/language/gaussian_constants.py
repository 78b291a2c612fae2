r"""What the constant of a Gaussian density tells: in (2 \pi)^{D/2} |\Sigma|^{1/2}, \Sigma has D rows and columns."""

from __future__ import annotations

from fractions import Fraction

from errata.language.terms import (
    Constant,
    Elementary,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Term,
)


def dimension_told(term: Product) -> tuple[Term, Name] | None:
    """Return the matrix and the name of its size; None where the product is no such constant.

    Both powers must be halves, or both whole, and of one sign.
    """
    dimension: tuple[Name, Fraction] | None = None
    matrix: tuple[Term, Fraction] | None = None
    for factor in term.factors:
        base, exponent = (factor.base, factor.exponent) if isinstance(factor, Power) else (factor, None)
        if isinstance(factor, Elementary) and factor.function == "sqrt":
            base, exponent = factor.arguments[0], Number(Fraction(1, 2))
        if (array := _determinant_of(base)) is not None:
            times = Fraction(1) if exponent is None else _number(exponent)
            matrix = (array, times) if times is not None else None
        elif exponent is not None and _is_two_pi(base):
            dimension = _times_a_name(exponent)
    if dimension is None or matrix is None or dimension[1] != matrix[1]:
        return None
    return matrix[0], dimension[0]


def _determinant_of(term: Term) -> Term | None:
    r"""Return what the determinant is of; |\Sigma| is one if \Sigma is a matrix."""
    match term:
        case MatrixOperation("determinant", (array,)) | Elementary("abs", (array,)):
            return array
    return None


def _is_two_pi(term: Term) -> bool:
    return (
        isinstance(term, Product)
        and {_number(f) for f in term.factors if not isinstance(f, Constant)} == {Fraction(2)}
        and any(isinstance(f, Constant) and f.kind == "pi" for f in term.factors)
    )


def _times_a_name(term: Term) -> tuple[Name, Fraction] | None:
    """Return the name and the number of D/2, -D/2 or D."""
    match term:
        case Name():
            return term, Fraction(1)
        case Negative(inner):
            found = _times_a_name(inner)
            return (found[0], -found[1]) if found is not None else None
        case Quotient(numerator, Number(value=value)) if value:
            found = _times_a_name(numerator)
            return (found[0], found[1] / value) if found is not None else None
        case Product((first, Name() as name)):
            number = _number(first)
            return (name, number) if number is not None else None
    return None


def _number(term: Term) -> Fraction | None:
    match term:
        case Number(value=value):
            return value
        case Negative(Number(value=value)):
            return -value
        case Quotient(Number(value=above), Number(value=below)) if below:
            return above / below
        case Negative(Quotient() as inner):
            found = _number(inner)
            return -found if found is not None else None
    return None
