"""Claims about complex numbers as claims about real ones: the real and the imaginary parts of both sides.

A complex name Z stands for the pair of real names \\Re Z and \\Im Z, and every operation for what it does to such a
pair, so that both witnesses meet real numbers alone. What has no rule here is refused, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.array_shapes import is_column, shape_of
from errata.language.scope import Scope
from errata.language.sorts import Family, Function, Matrix, Real, Sort, Vector
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    At,
    Comparison,
    ComplexDeterminant,
    ComplexPart,
    Constant,
    Derivative,
    Elementary,
    Entry,
    ImaginaryUnit,
    MatrixOperation,
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

ZERO, ONE, TWO = (Number(Fraction(n)) for n in range(3))
LARGEST_POWER = 6
LARGEST_TERM = 20_000
"""How many subterms a part may have: products of complex factors double with every factor."""

_LINEAR = frozenset(("transpose", "trace", "diagonal", "vectorisation"))
_BILINEAR = frozenset(("hadamard", "kronecker"))
_OF_BOTH_PARTS: Mapping[frozenset[str], tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        frozenset(("symmetric",)): (frozenset(("symmetric",)), frozenset(("symmetric",))),
        frozenset(("hermitian",)): (frozenset(("symmetric",)), frozenset(("antisymmetric",))),
        frozenset(("diagonal",)): (frozenset(("diagonal",)), frozenset(("diagonal",))),
        frozenset(("lower triangular",)): (frozenset(("lower triangular",)), frozenset(("lower triangular",))),
        frozenset(("upper triangular",)): (frozenset(("upper triangular",)), frozenset(("upper triangular",))),
        frozenset(): (frozenset(), frozenset()),
    }
)
"""What a property of a complex matrix says of its real and of its imaginary part; generic ones are invertible."""


class NotReal(Exception):
    """A complex term that has no rule."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The real and the imaginary part of a term; None is zero."""

    real: Term | None
    imaginary: Term | None


@dataclass(frozen=True, slots=True)
class RealClaims:
    """The claims that together say what a claim about complex numbers says, and what is known of their names."""

    readings: tuple[Reading, ...]
    scope: Scope


def is_complex(term: Term, scope: Scope) -> bool:
    """Return whether complex numbers occur in a term, or in what its names are defined to be."""
    return _Complex(scope).in_term(term)


def real_claims(reading: Reading, scope: Scope) -> RealClaims | None:
    """Return the claims about real parts and imaginary parts; None where some operation has no rule.

    Of an order, both sides must be real as they are written.
    """
    try:
        split = _Complex(scope)
        left, right = split.parts(reading.left), split.parts(reading.right)
        known = _real_scope(scope, split)
    except (NotReal, RecursionError):
        return None
    parts = ((left.real, right.real), (left.imaginary, right.imaginary))
    wanted = [pair for pair in parts if pair != (None, None)]
    if any(sum(1 for _ in subterms(side)) > LARGEST_TERM for pair in wanted for side in pair if side):
        return None
    if reading.relation != "=" and (left.imaginary or right.imaginary):
        return None
    claims = tuple(replace(reading, left=one or ZERO, right=other or ZERO) for one, other in wanted)
    return RealClaims(claims or (replace(reading, left=ZERO, right=ZERO),), known)


def part_symbol(part: str, symbol: str) -> str:
    """Return the name of the real or of the imaginary part of a complex name."""
    return f"\\{'Re' if part == 'real' else 'Im'} {symbol}"


def is_complex_sort(sort: Sort | None) -> bool:
    """Return whether what has this sort is complex."""
    match sort:
        case Real():
            return sort.complex
        case Vector() | Matrix():
            return sort.entries.complex
        case Family():
            return is_complex_sort(sort.element)
        case Function():
            return is_complex_sort(sort.value) or any(map(is_complex_sort, sort.arguments))
    return False


def _part_sort(sort: Sort, part: int) -> Sort:
    match sort:
        case Real():
            if sort != Real(complex=True):
                raise NotReal("bounds of a complex number")
            return Real()
        case Vector(entries=entries, simplex=False, one_hot=False) if entries == Real(complex=True):
            return replace(sort, entries=Real())
        case Matrix(entries=entries) if entries == Real(complex=True):
            both = _OF_BOTH_PARTS.get(sort.properties - {"invertible"})
            if both is None:
                raise NotReal("properties of a complex matrix")
            return replace(sort, properties=both[part], entries=Real())
        case Family():
            return replace(sort, element=_part_sort(sort.element, part))
    raise NotReal("a complex name of another kind")


def _real_scope(scope: Scope, split: _Complex) -> Scope:
    """Return the scope with pairs of real names; what else it says of complex names must not get lost."""
    complex_names = [symbol for symbol, sort in scope.sorts.items() if is_complex_sort(sort)]
    names = [symbol for symbol in complex_names if not isinstance(scope.sorts[symbol], Function)]
    if any(split.in_term(condition) for condition in scope.perhaps):
        raise NotReal("a condition that may be set")
    sorts = {symbol: sort for symbol, sort in scope.sorts.items() if symbol not in complex_names}
    doubts = dict(scope.not_understood)
    for symbol in names:
        for place, part in enumerate(("real", "imaginary")):
            sorts[part_symbol(part, symbol)] = _part_sort(scope.sorts[symbol], place)
            if symbol in doubts:
                doubts[part_symbol(part, symbol)] = doubts[symbol]
    return replace(
        scope,
        sorts=MappingProxyType(sorts),
        assumptions=tuple(part for condition in scope.assumptions for part in _conditions(condition, split)),
        definitions=MappingProxyType({s: d for s, d in scope.definitions.items() if not split.in_term(d.body)}),
        earlier=tuple(e for e in scope.earlier if not split.in_term(e)),
        not_understood=MappingProxyType(doubts),
    )


def _conditions(condition: Comparison, split: _Complex) -> tuple[Comparison, ...]:
    """Return a condition as conditions on real and imaginary parts."""
    if not split.in_term(condition):
        return (condition,)
    left, right = split.parts(condition.left), split.parts(condition.right)
    if condition.relation != "=":
        raise NotReal("an inequality between complex numbers")
    pairs = ((left.real, right.real), (left.imaginary, right.imaginary))
    return tuple(Comparison("=", one or ZERO, other or ZERO) for one, other in pairs if (one, other) != (None, None))


class _Complex:
    """Takes the terms of one scope apart."""

    def __init__(self, scope: Scope, unfolding: frozenset[str] = frozenset()) -> None:
        self.scope = scope
        self.unfolding = unfolding

    def in_term(self, term: Term) -> bool:
        """Return whether complex numbers occur in a term, or in what its names are defined to be."""
        return any(
            isinstance(t, ImaginaryUnit | ComplexPart) or (isinstance(t, Name) and self.is_complex_name(t.symbol))
            for t in subterms(term)
        )

    def is_complex_name(self, symbol: str) -> bool:
        definition = self.scope.definitions.get(symbol)
        if definition is None or symbol in self.unfolding:
            return is_complex_sort(self.scope.sorts.get(symbol))
        return _Complex(self.scope, self.unfolding | {symbol}).in_term(definition.body)

    def parts(self, term: Term) -> Parts:
        """Return both parts of a term; raise NotReal where an operation on complex numbers has no rule."""
        if not self.in_term(term):
            if any(map(_of_what_is_negative, subterms(term))):
                raise NotReal("the root or logarithm of a negative number")
            return Parts(term, None)
        match term:
            case ImaginaryUnit():
                return Parts(None, ONE)
            case Name(symbol):
                return self.name(symbol)
            case Entry(array, indices) if not any(self.in_term(i) for i in indices):
                return _each(self.parts(array), lambda part: Entry(part, indices))
            case ComplexPart(part, inner):
                return _taken(part, self.parts(inner))
            case Negative(inner):
                return _each(self.parts(inner), Negative)
            case Sum(terms):
                return _sum([self.parts(t) for t in terms])
            case Product(factors):
                return self.product([self.parts(f) for f in factors])
            case Quotient(numerator, denominator):
                return _quotient(self.parts(numerator), self.parts(denominator))
            case Power(base, exponent):
                return self.power(base, exponent)
            case Elementary(function, (argument,)):
                return self.elementary(function, argument)
            case MatrixOperation(operation, arguments, kind):
                return self.operation(operation, arguments, kind)
            case Aggregate("sum", binder, body) if not self.in_term(Aggregate("sum", binder, ZERO)):
                return _each(self.parts(body), lambda part: Aggregate("sum", binder, part))
            case At(body, variable, value):
                return self.taken_at(self.parts(body), variable, self.parts(value))
            case Derivative(body, variable, order):
                return self.derivative(body, variable, order)
        raise NotReal(type(term).__name__)

    def name(self, symbol: str) -> Parts:
        definition = self.scope.definitions.get(symbol)
        if definition is None or symbol in self.unfolding:
            return Parts(Name(part_symbol("real", symbol)), Name(part_symbol("imaginary", symbol)))
        if definition.parameters:
            raise NotReal("a complex function")
        return _Complex(self.scope, self.unfolding | {symbol}).parts(definition.body)

    def product(self, factors: list[Parts]) -> Parts:
        """Multiply in the order written, since the factors may be matrices."""
        result = factors[0]
        for factor in factors[1:]:
            result = _bilinear(result, factor, lambda a, b: Product((a, b)))
        return result

    def power(self, base: Term, exponent: Term) -> Parts:
        if base == Constant("e"):
            return self.elementary("exp", exponent)
        if isinstance(exponent, Number) and exponent.value.denominator == 1 and 1 <= exponent.value <= LARGEST_POWER:
            return self.product([self.parts(base)] * int(exponent.value))
        raise NotReal("a power of a complex number")

    def elementary(self, function: str, argument: Term) -> Parts:
        """Functions of a complex number; of the entries of an array, or of a matrix, they have no rule."""
        if shape_of(argument, self.scope) != ():
            raise NotReal("a function of complex arrays")
        parts = self.parts(argument)
        a, b = parts.real or ZERO, parts.imaginary or ZERO

        def of(name: str, value: Term) -> Term:
            return Elementary(name, (value,))

        match function:
            case "abs":
                return Parts(of("sqrt", _squares(parts)), None)
            case "exp":
                size = of("exp", a)
                return Parts(Product((size, of("cos", b))), Product((size, of("sin", b))))
            case "cos":
                back = Negative(Product((of("sin", a), of("sinh", b))))
                return Parts(Product((of("cos", a), of("cosh", b))), back)
            case "sin":
                return Parts(Product((of("sin", a), of("cosh", b))), Product((of("cos", a), of("sinh", b))))
        raise NotReal(function)

    def operation(self, operation: str, arguments: tuple[Term, ...], kind: str) -> Parts:
        parts = [self.parts(argument) for argument in arguments]
        if operation in _LINEAR and len(parts) == 1:
            return _each(parts[0], lambda part: MatrixOperation(operation, (part,)))
        if operation in _BILINEAR and len(parts) == 2:
            return _bilinear(parts[0], parts[1], lambda a, b: MatrixOperation(operation, (a, b)))
        if operation == "inverse":
            return _inverse(parts[0])
        if operation == "determinant":
            a, b = parts[0].real or ZERO, parts[0].imaginary
            if b is None:
                return Parts(MatrixOperation("determinant", (a,)), None)
            return Parts(ComplexDeterminant("real", a, b), ComplexDeterminant("imaginary", a, b))
        if operation in ("norm", "squared_norm") and self.is_entrywise_norm(arguments[0], kind):
            total = _sum_of([MatrixOperation("squared_norm", (p,), kind) for p in _present(parts[0])])
            return Parts(total if operation == "squared_norm" else Elementary("sqrt", (total,)), None)
        raise NotReal(operation)

    def is_entrywise_norm(self, argument: Term, kind: str) -> bool:
        """Return whether the norm is the root of the sum of the entries' squared moduli."""
        return kind in ("", "F") or (kind == "2" and is_column(shape_of(argument, self.scope)))

    def taken_at(self, body: Parts, variable: Name, value: Parts) -> Parts:
        """Put a value in place of a variable: its parts in place of the variable's."""
        places = self.parts(variable)
        if places.imaginary is None and value.imaginary is not None:
            raise NotReal("a complex value of a real variable")
        return _at(_at(body, places.real, value.real), places.imaginary, value.imaginary)

    def derivative(self, body: Term, variable: Term, order: int) -> Parts:
        """Return the derivative by a real variable, or Wirtinger's by a complex one or by its conjugate."""
        if not self.in_term(variable):
            return _each(self.parts(body), lambda part: Derivative(part, variable, order))
        part, name = (variable.part, variable.term) if isinstance(variable, ComplexPart) else ("", variable)
        moved = self.parts(name)
        x, y = moved.real, moved.imaginary
        if not isinstance(x, Name) or not isinstance(y, Name):
            raise NotReal("a derivative by a defined name")
        if part in ("real", "imaginary"):
            return _each(self.parts(body), lambda inner: Derivative(inner, x if part == "real" else y, order))
        if not self.scope.layout.wirtinger or order != 1:
            raise NotReal("a derivative by a complex variable")
        along = _each(self.parts(body), lambda part: Derivative(part, x))
        across = _each(self.parts(body), lambda part: Derivative(part, y))
        turn = Parts(None, ONE) if part == "conjugate" else Parts(None, Negative(ONE))
        both = _sum([along, self.product([turn, across])])
        return _each(both, lambda part: Quotient(part, TWO))


# Pairs -----------------------------------------------------------------------------------------------


def _at(body: Parts, place: Term | None, value: Term | None) -> Parts:
    if not isinstance(place, Name):
        return body
    return _each(body, lambda part: At(part, place, value or ZERO))


def _present(parts: Parts) -> list[Term]:
    return [part for part in (parts.real, parts.imaginary) if part is not None]


def _each(parts: Parts, change: Callable[[Term], Term]) -> Parts:
    real, imaginary = parts.real, parts.imaginary
    return Parts(None if real is None else change(real), None if imaginary is None else change(imaginary))


def _sum_of(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else Sum(tuple(terms)) if terms else ZERO


def _sum(terms: list[Parts]) -> Parts:
    real = [t.real for t in terms if t.real is not None]
    imaginary = [t.imaginary for t in terms if t.imaginary is not None]
    return Parts(_sum_of(real) if real else None, _sum_of(imaginary) if imaginary else None)


def _bilinear(one: Parts, other: Parts, times: Callable[[Term, Term], Term]) -> Parts:
    """Return the parts of (a + ib)(c + id) = (ac - bd) + i(ad + bc)."""

    def of(left: Term | None, right: Term | None) -> list[Term]:
        return [] if left is None or right is None else [times(left, right)]

    real = [*of(one.real, other.real), *(Negative(t) for t in of(one.imaginary, other.imaginary))]
    imaginary = [*of(one.real, other.imaginary), *of(one.imaginary, other.real)]
    return Parts(_sum_of(real) if real else None, _sum_of(imaginary) if imaginary else None)


def _squares(parts: Parts) -> Term:
    return _sum_of([Power(part, TWO) for part in _present(parts)])


def _quotient(numerator: Parts, denominator: Parts) -> Parts:
    """Return the parts of a quotient by a number: times the conjugate, over the squared modulus."""
    if denominator.imaginary is None:
        below = denominator.real or ZERO
        return _each(numerator, lambda part: Quotient(part, below))
    turned = _bilinear(numerator, _taken("conjugate", denominator), lambda a, b: Product((a, b)))
    size = _squares(denominator)
    return _each(turned, lambda part: Quotient(part, size))


def _taken(part: str, parts: Parts) -> Parts:
    if part == "conjugate":
        return Parts(parts.real, None if parts.imaginary is None else Negative(parts.imaginary))
    return Parts(parts.real if part == "real" else parts.imaginary, None)


def _inverse(parts: Parts) -> Parts:
    """Return the parts of (A + iB)^{-1}: P = (A + B A^{-1} B)^{-1} and -A^{-1} B P, where A has an inverse."""

    def inverse(term: Term) -> Term:
        return MatrixOperation("inverse", (term,))

    a, b = parts.real, parts.imaginary
    if a is None or b is None:
        return Parts(None if a is None else inverse(a), None if b is None else Negative(inverse(b)))
    real = inverse(Sum((a, Product((b, inverse(a), b)))))
    return Parts(real, Negative(Product((inverse(a), b, real))))


def _of_what_is_negative(term: Term) -> bool:
    """Return whether this is \\sqrt{-a} or \\log(-a), which is no real number where a is positive."""
    match term:
        case Elementary("sqrt" | "log", (argument, *_)):
            return isinstance(argument, Negative) or (isinstance(argument, Number) and argument.value < 0)
    return False
