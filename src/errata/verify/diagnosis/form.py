"""The form of a term: the same for terms that differ only in order, brackets, and where signs and numbers stand.

Much weaker than equality: a product is not multiplied out, a logarithm not taken apart. Two right lines of the same
form are one correction; of two that differ in form the writer meant one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Constant,
    Elementary,
    Functional,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
)
from errata.verify.diagnosis.arrays import is_array, transposed_within

Form = tuple[Any, ...]
SYMMETRIC = ("jsd", "total_variation")
"""What comes to the same for two laws in either order."""


def form(term: Term, scope: Scope) -> Form:
    """Return the form of a term."""
    return _sum(term, scope, {})


def same_form(one: Term, other: Term, scope: Scope) -> bool:
    """Return whether two terms have the same form."""
    return form(one, scope) == form(other, scope)


Linear = dict[Form, Fraction]


def _sum(term: Term, scope: Scope, bound: Mapping[str, str]) -> Form:
    linear = _linear(term, scope, bound)
    return tuple(sorted(((key, value) for key, value in linear.items() if value), key=repr))


def _linear(term: Term, scope: Scope, bound: Mapping[str, str]) -> Linear:
    """Return a term as coefficients of monomials, brackets opened for numbers alone."""
    match term:
        case Sum(terms):
            found: Linear = {}
            for part in terms:
                for key, value in _linear(part, scope, bound).items():
                    found[key] = found.get(key, Fraction(0)) + value
            return found
        case Negative(inner):
            return {key: -value for key, value in _linear(inner, scope, bound).items()}
        case MatrixOperation("transpose", (inner,)):
            carried = transposed_within(inner, scope)
            if carried != term:
                return _linear(carried, scope, bound)
        case Aggregate("sum" | "integral", _, Negative(inner)):
            return {key: -value for key, value in _linear(replace(term, body=inner), scope, bound).items()}
    coefficient, scalars, word = _monomial(term, scope, bound, Fraction(1))
    if len(scalars) + len(word) == 1:  # a number times a bracket
        single = next(iter(scalars)) if scalars else word[0]
        plain = scalars[single] == 1 if scalars else single[2:] == (False, False)
        if single[0] == "bracket" and plain:
            return {key: coefficient * value for key, value in single[1]}
    for letter in word:  # (-a) b is -(a b)
        coefficient *= -1 if _positive(letter) != letter else 1
    word = tuple(_positive(letter) for letter in word)
    for key, power in scalars.items():
        if power.denominator == 1 and _positive(key) != key:
            coefficient *= (-1) ** power.numerator
    scalars = {_positive(k) if v.denominator == 1 else k: v for k, v in scalars.items()}
    return {(tuple(sorted(scalars.items(), key=repr)), word): coefficient}


def _positive(factor: Form) -> Form:
    """Return a bracket with the sign of its first term positive."""
    if factor[0] != "bracket" or not factor[1] or factor[1][0][1] > 0:
        return factor
    return ("bracket", tuple((key, -value) for key, value in factor[1]), *factor[2:])


Monomial = tuple[Fraction, dict[Form, Fraction], tuple[Form, ...]]


def _monomial(term: Term, scope: Scope, bound: Mapping[str, str], exponent: Fraction) -> Monomial:
    match term:
        case Number(value) if value or exponent > 0:
            if exponent.denominator == 1:
                return value**exponent.numerator, {}, ()
            return Fraction(1), {("number", value): exponent}, ()
        case Negative(inner) if exponent.denominator == 1:
            coefficient, scalars, word = _monomial(inner, scope, bound, exponent)
            return coefficient * (-1) ** exponent.numerator, scalars, word
        case Product(factors) if exponent == 1 or not any(is_array(f, scope) for f in factors):
            return _joined([_monomial(f, scope, bound, exponent) for f in factors])
        case Quotient(numerator, denominator):
            above = _monomial(numerator, scope, bound, exponent)
            return _joined([above, _monomial(denominator, scope, bound, -exponent)])
        case Power(Constant("e"), power):
            return _monomial(Elementary("exp", (power,)), scope, bound, exponent)
        case Power(base, Number(value)) if not is_array(base, scope):
            return _monomial(base, scope, bound, exponent * value)
        case Power(base, Negative(Number(value))) if not is_array(base, scope):
            return _monomial(base, scope, bound, -exponent * value)
        case Power(base, Quotient(Number(a), Number(b))) if b and not is_array(base, scope):
            return _monomial(base, scope, bound, exponent * a / b)
        case Elementary("sqrt", (inner,)) if not is_array(inner, scope):
            return _monomial(inner, scope, bound, exponent / 2)
    if exponent == 1 and is_array(term, scope):
        return Fraction(1), {}, _letters(term, scope, bound, False, False)
    return Fraction(1), {_atom(term, scope, bound): exponent}, ()


def _joined(monomials: list[Monomial]) -> Monomial:
    coefficient = Fraction(1)
    scalars: dict[Form, Fraction] = {}
    word: tuple[Form, ...] = ()
    for own, powers, letters in monomials:
        coefficient *= own
        word += letters
        for key, value in powers.items():
            scalars[key] = scalars.get(key, Fraction(0)) + value
    return coefficient, {k: v for k, v in scalars.items() if v}, word


def _letters(term: Term, scope: Scope, bound: Mapping[str, str], transposed: bool, inverted: bool) -> tuple[Form, ...]:
    """Return a product of arrays as letters, transposes and inverses pushed onto each."""
    match term:
        case MatrixOperation("transpose", (inner,)):
            carried = transposed_within(inner, scope)
            if carried != term:
                return _letters(carried, scope, bound, transposed, inverted)
            return _letters(inner, scope, bound, not transposed, inverted)
        case MatrixOperation("inverse", (inner,)):
            return _letters(inner, scope, bound, transposed, not inverted)
        case Product(factors) if all(is_array(f, scope) for f in factors):
            order = factors[::-1] if transposed != inverted else factors
            return tuple(letter for f in order for letter in _letters(f, scope, bound, transposed, inverted))
    return ((*_atom(term, scope, bound), transposed, inverted),)


def _atom(term: Term, scope: Scope, bound: Mapping[str, str]) -> Form:
    """Return a part that is no sum or product: its kind with the forms of its parts."""
    if isinstance(term, Sum | Negative | Product | Quotient):
        return ("bracket", _sum(term, scope, bound))
    if isinstance(term, Name):
        return ("name", bound.get(term.symbol, term.symbol))
    if isinstance(term, Number):
        return ("number", term.value)
    if isinstance(term, MatrixOperation) and term.operation in ("trace", "determinant"):
        inner = term.arguments[0]
        if isinstance(inner, MatrixOperation) and inner.operation == "transpose":
            return _atom(replace(term, arguments=inner.arguments), scope, bound)
    if isinstance(term, Functional) and term.functional in SYMMETRIC:
        return (
            "Functional",
            term.functional,
            tuple(sorted((_plain(law, scope, bound) for law in term.laws), key=repr)),
        )
    if isinstance(term, Aggregate):
        renamed = {**bound, term.binder.name.symbol: f"\\bound{len(bound)}"}
        domain = _plain(term.binder.domain, scope, bound)
        return (term.operation, domain, _sum(term.body, scope, renamed))
    fields: tuple[str, ...] = term.__match_args__
    return (type(term).__name__, *(_plain(getattr(term, name), scope, bound) for name in fields))


def _plain(value: Any, scope: Scope, bound: Mapping[str, str]) -> Any:
    """Return a value with the terms in it replaced by their forms."""
    if isinstance(value, Term):
        return _sum(value, scope, bound)
    if isinstance(value, tuple):
        return tuple(_plain(v, scope, bound) for v in value)
    names: tuple[str, ...] | None = getattr(value, "__match_args__", None)
    if names is None:
        return value
    return (type(value).__name__, *(_plain(getattr(value, name), scope, bound) for name in names))
