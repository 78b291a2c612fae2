"""What a word says about a name: attributes, and how each narrows a sort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch

from errata.language.prose.sets import ElementSet
from errata.language.sorts import UNIT, Family, Function, Law, Matrix, Point, RandomVariable, Real, Sort, Vector
from errata.language.symbols import base_name
from errata.language.terms import LawReference, Name, Term


@dataclass(frozen=True, slots=True)
class Attribute:
    """Base of what a phrase says about its subjects."""


@dataclass(frozen=True, slots=True)
class Within(Attribute):
    """Its numbers lie between the bounds of this sort."""

    numbers: Real


@dataclass(frozen=True, slots=True)
class Kind(Attribute):
    """What it is.

    Among "real", "scalar", "real number", "integer", "constant", "vector", "one-hot", "simplex", "matrix",
    "square matrix" and "function".
    """

    kind: str


@dataclass(frozen=True, slots=True)
class MatrixProperty(Attribute):
    """Properties of a square matrix."""

    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class FunctionProperty(Attribute):
    """A property of a function of a real number; "smooth" says nothing new."""

    property: str


@dataclass(frozen=True, slots=True)
class Sized(Attribute):
    """A rows x columns matrix."""

    rows: Term
    columns: Term


@dataclass(frozen=True, slots=True)
class ElementOf(Attribute):
    """In a set."""

    elements: ElementSet


@dataclass(frozen=True, slots=True)
class FunctionOf(Attribute):
    """A function of arguments of these sorts; `value` is None where it is not said, `on` the arguments' names."""

    arguments: tuple[Sort, ...]
    value: Sort | None = None
    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LawOver(Attribute):
    """A law over these spaces (none: not said)."""

    spaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Random(Attribute):
    """A random variable, with this law where it is known."""

    law: Term | None = None


@dataclass(frozen=True, slots=True)
class Refined:
    """The attribute fits, and makes the sort this (None: still not known)."""

    sort: Sort | None


_RECTANGULAR = frozenset(("diagonal", "positive diagonal", "full rank", "stochastic"))
"""Properties that a matrix which is not square may have."""


def unknown_size(symbol: str, axis: str = "") -> Name:
    """Return the size of an array whose size is not said; inference may unify it with a known one."""
    return Name(f"\\dim{axis} {symbol}")


def is_unknown_size(size: Term) -> bool:
    """Return whether the size is one that `unknown_size` made."""
    return isinstance(size, Name) and size.symbol.startswith("\\dim")


def looks_like_matrix(symbol: str) -> bool:
    """Return whether the name is a capital, as names of matrices are."""
    base = base_name(symbol)
    letters = symbol[symbol.rfind("{", 0, symbol.find(base) + 1) + 1 :] if len(base) > 1 else symbol
    plain = letters.lstrip("\\{")
    for accent in ("mathbf", "boldsymbol", "hat", "tilde", "bar", "widetilde", "widehat", "overline"):
        plain = plain.removeprefix(accent).lstrip("\\{")
    return plain[:1].isupper()


def refine(sort: Sort | None, attribute: Attribute, symbol: str) -> Refined | None:
    """Return the narrowed sort; None where the attribute does not fit this sort."""
    if isinstance(sort, Family) and not isinstance(attribute, LawOver | FunctionOf):
        inner = refine(sort.element, attribute, symbol)
        return Refined(replace(sort, element=inner.sort)) if inner and inner.sort else None
    if isinstance(sort, Function) and isinstance(attribute, Within | Sized):
        value = refine(None if sort.value == Real() else sort.value, attribute, symbol)
        return Refined(replace(sort, value=value.sort)) if value and value.sort else None
    return _refine(attribute, sort, symbol)


@singledispatch
def _refine(attribute: Attribute, sort: Sort | None, symbol: str) -> Refined | None:
    raise TypeError(f"no rule for {attribute}")


@_refine.register
def _(attribute: Within, sort: Sort | None, symbol: str) -> Refined | None:
    numbers = attribute.numbers
    match sort:
        case None:
            return Refined(numbers)
        case Real():
            return Refined(intersection(sort, numbers))
        case Vector():
            return Refined(replace(sort, entries=intersection(sort.entries, numbers)))
        case Matrix() if numbers.complex:
            return Refined(replace(sort, entries=intersection(sort.entries, numbers)))
        case RandomVariable(law=None | LawReference()) if not (numbers.integer or numbers.nonzero or numbers.complex):
            return Refined(replace(sort, values=intersection(sort.values, numbers)))
        case Law() if numbers.nonnegative and numbers.high is None and not numbers.integer:
            return Refined(sort)
    return None


def intersection(one: Real, other: Real) -> Real:
    """Return the numbers that lie in both."""
    low, low_open = one.low, one.low_open
    if other.low is not None and (low is None or other.low > low or (other.low == low and other.low_open)):
        low, low_open = other.low, other.low_open
    high, high_open = one.high, one.high_open
    if other.high is not None and (high is None or other.high < high or (other.high == high and other.high_open)):
        high, high_open = other.high, other.high_open
    integer = one.integer or other.integer
    if integer and low is not None and low_open and low == int(low):
        low, low_open = low + 1.0, False
    if integer and high is not None and high_open and high == int(high):
        high, high_open = high - 1.0, False
    return Real(low, high, low_open, high_open, integer, one.nonzero or other.nonzero, one.complex or other.complex)


@_refine.register
def _(attribute: Kind, sort: Sort | None, symbol: str) -> Refined | None:
    match attribute.kind, sort:
        case "constant", RandomVariable() | Function():
            return None
        case ("constant", _):
            return Refined(sort)
        case ("scalar" | "real number" | "integer" as kind, None | Real()):
            number = sort or Real()
            number = number if kind == "scalar" else replace(number, complex=False)
            return Refined(intersection(number, Real(integer=kind == "integer")))
        case (("scalar" | "real number"), Function()):
            return Refined(sort) if isinstance(sort.value, Real) else None
        case "real", RandomVariable() | Point() | Law():
            return None
        case "real", None:
            return Refined(None)
        case "real", Real():
            return Refined(replace(sort, complex=False))
        case "real", _:
            return Refined(sort)
        case ("vector" | "one-hot" | "simplex" as kind, None | Vector()):
            vector = sort or Vector(unknown_size(symbol))
            if kind == "simplex":
                return Refined(replace(vector, entries=intersection(vector.entries, UNIT), simplex=True))
            return Refined(replace(vector, one_hot=True) if kind == "one-hot" else vector)
        case "vector", RandomVariable():
            return Refined(sort)
        case "vector", Function() if sort.value == Real() or isinstance(sort.value, Vector):
            known = isinstance(sort.value, Vector)
            return Refined(sort if known else replace(sort, value=Vector(unknown_size(symbol))))
        case "matrix", None:
            return Refined(Matrix(unknown_size(symbol, "_1"), unknown_size(symbol, "_2")))
        case "matrix", Matrix():
            return Refined(sort)
        case "matrix", Function() if isinstance(sort.value, Matrix) or sort.value == Real():
            unknown = Matrix(unknown_size(symbol, "_1"), unknown_size(symbol, "_2"))
            return Refined(sort if isinstance(sort.value, Matrix) else replace(sort, value=unknown))
        case "square matrix", None | Matrix():
            return _square(sort, symbol)
        case "function", None | Real():
            return Refined(Function((), sort or Real()))
        case "function", Function():
            return Refined(sort)
    return None


def _square(sort: Matrix | None, symbol: str) -> Refined | None:
    if sort is None:
        size = unknown_size(symbol)
        return Refined(Matrix(size, size))
    if sort.rows == sort.columns:
        return Refined(sort)
    if is_unknown_size(sort.columns):
        return Refined(replace(sort, columns=sort.rows))
    return Refined(replace(sort, rows=sort.columns)) if is_unknown_size(sort.rows) else None


@_refine.register
def _(attribute: MatrixProperty, sort: Sort | None, symbol: str) -> Refined | None:
    if isinstance(sort, Function) and isinstance(sort.value, Matrix):
        value = refine(sort.value, attribute, symbol)
        return Refined(replace(sort, value=value.sort)) if value and value.sort else None
    if not (isinstance(sort, Matrix) or (sort is None and looks_like_matrix(symbol))):
        return None
    if "hermitian" in attribute.properties and not (isinstance(sort, Matrix) and sort.entries.complex):
        return None
    if isinstance(sort, Matrix) and attribute.properties <= _RECTANGULAR:
        return Refined(replace(sort, properties=sort.properties | attribute.properties))
    square = _square(sort, symbol)
    if square is None or not isinstance(square.sort, Matrix):
        return None
    return Refined(replace(square.sort, properties=square.sort.properties | attribute.properties))


@_refine.register
def _(attribute: FunctionProperty, sort: Sort | None, symbol: str) -> Refined | None:
    if attribute.property == "smooth":
        return Refined(sort) if isinstance(sort, Function) else None
    curved = attribute.property in ("convex", "strictly convex", "concave")
    function = Function((), Real()) if sort is None and curved else sort
    if not isinstance(function, Function) or not isinstance(function.value, Real):
        return None
    function = replace(function, arguments=function.arguments or (Real(),))
    if len(function.arguments) != 1 or not isinstance(function.arguments[0], Real):
        return None
    return Refined(replace(function, properties=function.properties | {attribute.property}))


@_refine.register
def _(attribute: Sized, sort: Sort | None, symbol: str) -> Refined | None:
    if sort is None:
        return Refined(Matrix(attribute.rows, attribute.columns))
    if isinstance(sort, Matrix) and (sort.rows == attribute.rows or is_unknown_size(sort.rows)):
        return Refined(replace(sort, rows=attribute.rows, columns=attribute.columns))
    return None


@_refine.register
def _(attribute: ElementOf, sort: Sort | None, symbol: str) -> Refined | None:
    inside = attribute.elements.sort
    match sort, inside:
        case None, _:
            return Refined(inside)
        case (Vector(), Vector()) if is_unknown_size(sort.size) or sort.size == inside.size:
            return Refined(replace(inside, one_hot=sort.one_hot))
        case (Matrix(), Matrix()) if (sort.rows, sort.columns) == (inside.rows, inside.columns):
            return Refined(replace(inside, properties=sort.properties | inside.properties))
        case Real(), Real():
            return Refined(intersection(sort, inside))
        case (RandomVariable(), Vector() | Real()) if not inside_bounds(inside):
            return Refined(sort)
    return Refined(sort) if sort == inside else None


def inside_bounds(sort: Sort) -> bool:
    """Return whether the sort is narrower than all real numbers or vectors."""
    entries = sort.entries if isinstance(sort, Vector) else sort
    return entries != Real() or (isinstance(sort, Vector) and (sort.simplex or sort.one_hot))


@_refine.register
def _(attribute: FunctionOf, sort: Sort | None, symbol: str) -> Refined | None:
    value = attribute.value
    if isinstance(sort, Function):
        on = attribute.on or sort.on
        return Refined(replace(sort, arguments=attribute.arguments, value=value or sort.value, on=on))
    if sort is None or isinstance(sort, Real | Vector | Matrix):
        return Refined(Function(attribute.arguments, value or sort or Real(), on=attribute.on))
    return None


@_refine.register
def _(attribute: LawOver, sort: Sort | None, symbol: str) -> Refined | None:
    if isinstance(sort, Law):
        added = tuple(s for s in attribute.spaces if s not in sort.spaces)
        return Refined(replace(sort, spaces=sort.spaces + added))
    return Refined(Law(attribute.spaces)) if sort is None else None


@_refine.register
def _(attribute: Random, sort: Sort | None, symbol: str) -> Refined | None:
    match sort:
        case RandomVariable():
            return Refined(replace(sort, law=attribute.law or sort.law))
        case None | Point():
            return Refined(RandomVariable(base_name(symbol), attribute.law))
        case Real(low=float(), high=float(), integer=True):
            return Refined(RandomVariable(base_name(symbol), attribute.law))
        case Real() | Vector() if not inside_bounds(sort):
            return Refined(RandomVariable(base_name(symbol), attribute.law))
        case Real() if not sort.integer and not sort.nonzero:
            return Refined(RandomVariable(base_name(symbol), attribute.law, sort))
    return None
