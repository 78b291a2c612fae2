r"""A second reader: what latex2sympy2, which shares no code with ours, makes of a scalar formula.

It is asked about formulas of numbers, names, arithmetic and elementary functions alone, for of laws, matrices and
decorated names it knows nothing. It is known to lie: it takes `\log` to base 10 and drops the prime of `x'`. So it
has no say in a verdict; where it reads something else than we do, a person should look.

It runs in a worker process, for its parser is bounded neither in time nor in depth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from errata.language.printer import latex_symbol
from errata.language.terms import (
    Constant,
    Elementary,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    subterms,
)

_SCALAR = (Constant, Elementary, Name, Negative, Number, Power, Product, Quotient, Sum)
_POINTS = (
    tuple(Fraction(n, 7) for n in (3, 5, 9, 11, 4, 8, 13)),
    tuple(Fraction(n, 5) for n in (2, 7, 3, 9, 4, 11, 6)),
    tuple(Fraction(n, 3) for n in (7, 4, 10, 5, 8, 2, 11)),
)
"""Values for the names of a formula, in turn."""
DIGITS = 30
CLOSE = Fraction(1, 10**12)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Formula:
    """One side of a relation as written, and the term that our reader made of it."""

    latex: str
    term: Term


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader made of a formula, or why it did not read it; and where the two readers differ.

    difference: "" where both give the same values.
    """

    text: str
    problem: str = ""
    difference: str = ""


def is_installed() -> bool:
    """Return whether there is a second reader here; it needs Python below 3.13."""
    return find_spec("latex2sympy2") is not None


def is_scalar(term: Term, scalars: Iterable[str]) -> bool:
    """Return whether a term is arithmetic on numbers and on names among `scalars`."""
    known = frozenset(scalars)
    return all(
        isinstance(part, _SCALAR) and (not isinstance(part, Name) or part.symbol in known) for part in subterms(term)
    )


def second_reading(formula: Formula) -> SecondReading:
    """Return what the second reader makes of a formula; to be called in a worker."""
    try:
        theirs = _read(formula.latex)
    except Exception as error:
        # Its grammar and SymPy fail in their own ways; whatever they say, the formula was not read.
        return SecondReading("", problem=_first_line(error))
    return SecondReading(str(theirs)[:LONGEST], difference=_difference(formula.term, theirs))


def _read(latex: str) -> Any:
    import latex2sympy2

    latex2sympy2.set_variances({})  # else a derivative that it takes "d |a|" for fails all that it reads afterwards
    return latex2sympy2.latex2sympy(latex)


_read_name = lru_cache(maxsize=256)(_read)
"""The same for the few names that the formulas of a document are made of."""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:LONGEST]


def _difference(term: Term, theirs: Any) -> str:
    """Return in which respect they read another formula than we do, "" where they do not."""
    import sympy

    if not isinstance(theirs, sympy.Expr):
        return f"it is no expression there, but {type(theirs).__name__}"
    symbols: dict[str, Any] = {}
    for part in subterms(term):
        if isinstance(part, Name) and part.symbol not in symbols:
            try:
                name = _read_name(latex_symbol(part.symbol))
            except Exception:
                return f"it cannot read the name {latex_symbol(part.symbol)} alone"
            if not isinstance(name, sympy.Symbol):
                return f"the name {latex_symbol(part.symbol)} is {name} there"
            if name in symbols.values():
                return f"the name {latex_symbol(part.symbol)} is that of another there, {name}"
            symbols[part.symbol] = name
    strangers = theirs.free_symbols - set(symbols.values())
    if strangers:
        return f"{min(map(str, strangers))} is a name there"
    for point in _POINTS:
        values = {symbol: sympy.Rational(*v.as_integer_ratio()) for symbol, v in zip(symbols, point, strict=False)}
        told = _differs_at(term, theirs, symbols, values)
        if told or len(values) < len(symbols):
            return told or "there are too many names to compare"
    return ""


def _differs_at(term: Term, theirs: Any, symbols: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    import sympy

    if len(values) < len(symbols):
        return ""
    ours = sympy.N(_value(term, values), DIGITS)
    other = sympy.N(theirs.subs({symbols[name]: value for name, value in values.items()}), DIGITS)
    if not ours.is_number or not ours.is_finite:
        return ""
    if other.is_number and other.is_finite and abs(ours - other) <= CLOSE * max(1, abs(ours)):
        return ""
    at = ", ".join(f"{latex_symbol(name)} = {value}" for name, value in values.items())
    return f"at {at or 'any point'} it is {sympy.N(ours, 6)} here, {sympy.N(other, 6)} there"


def _value(term: Term, values: Mapping[str, Any]) -> Any:
    """Return the value of a scalar term in SymPy's numbers."""
    import sympy

    from errata.verify.sympy_functions import apply_elementary

    match term:
        case Number(value=number):
            return sympy.Rational(number.numerator, number.denominator)
        case Constant(kind=kind):
            return {"pi": sympy.pi, "e": sympy.E, "infinity": sympy.oo}[kind]
        case Name(symbol=symbol):
            return values[symbol]
        case Negative(term=inner):
            return -_value(inner, values)
        case Sum(terms=terms):
            return sympy.Add(*(_value(part, values) for part in terms))
        case Product(factors=factors):
            return sympy.Mul(*(_value(part, values) for part in factors))
        case Quotient(numerator=top, denominator=bottom):
            return _value(top, values) / _value(bottom, values)
        case Power(base=base, exponent=exponent):
            return _value(base, values) ** _value(exponent, values)
        case Elementary(function=function, arguments=arguments):
            return apply_elementary(function, [_value(part, values) for part in arguments])
    raise ValueError(f"{type(term).__name__} is not scalar")
