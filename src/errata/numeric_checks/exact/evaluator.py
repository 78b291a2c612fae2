"""Exact values of terms in one world."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Cases,
    Comparison,
    Conjunction,
    Constant,
    Density,
    Elementary,
    Entry,
    Expectation,
    Functional,
    IndexSet,
    Indicator,
    Information,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Space,
    StandardDensity,
    Sum,
    Term,
    subterms,
)
from errata.numeric_checks.exact import balls, matrices
from errata.numeric_checks.exact.balls import Exact, Undefined, Unproven, ZeroLogarithm
from errata.numeric_checks.exact.world import (
    ExactFamily,
    ExactMatrix,
    ExactPoint,
    ExactPolynomial,
    ExactTable,
    ExactValue,
    World,
)

MOST_STEPS = 60_000


class Evaluator:
    """Walks terms; counts steps so that it ends."""

    def __init__(self) -> None:
        self.steps = 0

    def value(self, term: Term, world: World) -> ExactValue:
        """Return the exact value; raise Undefined or Unproven."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Unproven("too many steps")
        match term:
            case Number(value):
                return value
            case Constant(kind):
                if kind == "infinity":
                    raise Unproven("infinity")
                return arb.pi() if kind == "pi" else arb.const_e()
            case Name(symbol):
                return self.name(symbol, world)
            case Negative(inner):
                return matrices.scaled(Fraction(-1), self.quantity(inner, world))
            case Sum(terms):
                return matrices.sum_of([self.quantity(t, world) for t in terms])
            case Product():
                return self.product(term, world)
            case Quotient(numerator, denominator):
                below = self.number(denominator, world)
                return matrices.scaled(balls.divide(Fraction(1), below), self.quantity(numerator, world))
            case Power(base, exponent):
                return balls.power(self.number(base, world), self.number(exponent, world))
            case Elementary():
                return self.elementary(term, world)
            case Entry():
                return self.entry(term, world)
            case Apply():
                return self.apply(term, world)
            case At(body, variable, value):
                return self.value(body, world.bind(variable.symbol, self.value(value, world)))
            case Array(rows):
                return matrices.stacked([[self.quantity(e, world) for e in row] for row in rows])
            case MatrixOperation():
                return self.matrix_operation(term, world)
            case Comparison() | Conjunction():
                return Fraction(int(self.truth(term, world)))
            case Indicator(condition):
                return Fraction(int(self.truth(condition, world)))
            case Cases(branches, otherwise):
                for value, condition in branches:
                    if self.truth(condition, world):
                        return self.value(value, world)
                if otherwise is None:
                    raise Undefined("no case holds")
                return self.value(otherwise, world)
            case Aggregate():
                return self.aggregate(term, world)
        from errata.numeric_checks.exact import laws

        match term:
            case Density():
                return laws.density(term, world, self)
            case StandardDensity():
                return laws.standard_density(term, world, self)
            case Expectation():
                return laws.expectation(term, world, self)
            case MomentOf():
                return laws.moment(term, world, self)
            case Functional():
                return laws.functional(term, world, self)
            case Information():
                return laws.information(term, world, self)
        raise Unproven(f"a {type(term).__name__.lower()}")

    def quantity(self, term: Term, world: World) -> Exact | ExactMatrix:
        """A number or matrix; a point counts as the value it carries."""
        value = self.value(term, world)
        if isinstance(value, ExactPoint):
            value = world.points[value.space][value.index]
        if isinstance(value, ExactFamily):
            value = matrices.from_family(value)
        if isinstance(value, ExactTable | ExactPolynomial) or not isinstance(value, Fraction | ExactMatrix | arb):
            raise Unproven("something that is no number")
        return value

    def number(self, term: Term, world: World) -> Exact:
        """A number."""
        return matrices.as_number(self.quantity(term, world))

    def name(self, symbol: str, world: World) -> ExactValue:
        definition = world.scope.definitions.get(symbol)
        if definition is not None and symbol not in world.values:
            if definition.parameters:
                raise Unproven("a function without arguments")
            return self.value(definition.body, world)
        if symbol not in world.values:
            raise Unproven(f"the value of {symbol}")
        return world.values[symbol]

    def product(self, term: Product, world: World) -> ExactValue:
        result: Exact | ExactMatrix = Fraction(1)
        zero_logarithm = False
        for factor in term.factors:
            try:
                value = self.quantity(factor, world)
            except ZeroLogarithm:
                zero_logarithm = True
                continue
            result = matrices.product_of(result, value)
        if zero_logarithm:
            if isinstance(result, Fraction) and result == 0:
                return Fraction(0)
            raise ZeroLogarithm
        return result

    def elementary(self, term: Elementary, world: World) -> ExactValue:
        name, arguments = term.function, term.arguments
        if name == "delta":
            return self.delta(arguments, world)
        values = [self.quantity(a, world) for a in arguments]
        if name in ("max", "min") and len(values) > 1:
            best = matrices.as_number(values[0])
            for value in values[1:]:
                number = matrices.as_number(value)
                above = balls.sign(balls.add(number, balls.negative(best))) > 0
                best = number if above == (name == "max") else best
            return best
        if name == "log":
            base = matrices.as_number(values[1]) if len(values) == 2 else None
            result = balls.logarithm(matrices.as_number(values[0]))
            return result if base is None else balls.divide(result, balls.logarithm(base))
        if name == "mod":
            return balls.remainder(*map(matrices.as_number, values))
        if len(values) != 1:
            raise Unproven(f"{name} of several arguments")
        if name == "abs" and isinstance(values[0], ExactMatrix):
            return matrices.determinant(values[0])
        return matrices.entrywise(lambda x: balls.elementary(name, x), values[0])

    def log_base(self, world: World) -> Exact | None:
        base = world.scope.log_base
        return None if base is None else self.number(base, world)

    def delta(self, arguments: tuple[Term, ...], world: World) -> Exact:
        if len(arguments) == 2:
            left, right = (self.value(a, world) for a in arguments)
            if isinstance(left, ExactPoint) and isinstance(right, ExactPoint):
                return Fraction(int(left == right))
        values = [self.number(a, world) for a in arguments]
        gap = values[0] if len(values) == 1 else balls.add(values[0], balls.negative(values[1]))
        return Fraction(int(balls.sign(gap) == 0))

    def entry(self, term: Entry, world: World) -> ExactValue:
        indices: list[int] = []
        walk: Term = term
        while isinstance(walk, Entry):
            here = [self.number(i, world) for i in walk.indices]
            if not all(isinstance(i, Fraction) and i.denominator == 1 for i in here):
                raise Undefined("an index that is no integer")
            indices = [int(i) for i in here] + indices
            walk = walk.array
        array = self.value(walk, world)
        if isinstance(array, ExactPoint):
            array = world.points[array.space][array.index]
        if isinstance(array, ExactFamily):
            split = len(array.sizes)
            key = tuple(indices[:split])
            if key not in array.members:
                raise Undefined("an index out of range")
            member = array.members[key]
            rest = indices[split:]
            if not rest:
                return member
            array, indices = member, rest
        if not isinstance(array, ExactMatrix):
            raise Unproven("an entry of something that is no array")
        return matrices.entry(array, indices)

    def apply(self, term: Apply, world: World) -> ExactValue:
        if term.order:
            raise Unproven("a derivative")
        symbol = term.function.symbol
        definition = world.scope.definitions.get(symbol)
        if symbol not in world.values and definition is not None and definition.parameters:
            given = (*term.arguments, *term.parameters)
            short = len(given) < len(definition.parameters) and not term.parameters
            if not short and len(given) != len(definition.parameters):
                raise Unproven("an application with missing arguments")
            inner = world
            for parameter, argument in zip(definition.parameters, given, strict=False):
                inner = inner.bind(parameter, self.value(argument, world))
            return self.value(definition.body, inner)
        function = self.name(symbol, world)
        if isinstance(function, ExactPolynomial) and len(term.arguments) == 1:
            x, total = self.number(term.arguments[0], world), Fraction(0)
            result: Exact = total
            for coefficient in reversed(function.coefficients):
                result = balls.add(balls.multiply(result, x), coefficient)
            return result
        if not isinstance(function, ExactTable):
            raise Unproven(f"the function {symbol}")
        place = tuple(
            self.point(argument, space, world).index
            for argument, space in zip(term.arguments, function.spaces, strict=True)
        )
        return function.values[place]

    def point(self, term: Term, space: str, world: World) -> ExactPoint:
        """A point of the space, or the one that carries the number."""
        value = self.value(term, world)
        if isinstance(value, ExactFamily):
            value = value.members.get((0,), value)
        if isinstance(value, ExactPoint) and value.space == space:
            return value
        if isinstance(value, Fraction):
            for place, carried in enumerate(world.points.get(space, ())):
                if carried == value:
                    return ExactPoint(space, place)
        raise Unproven("a point of another space")

    def matrix_operation(self, term: MatrixOperation, world: World) -> ExactValue:
        values = [self.quantity(a, world) for a in term.arguments]
        return matrices.operation(term.operation, values, term.kind)

    def truth(self, term: Term, world: World) -> bool:
        if isinstance(term, Conjunction):
            return all(self.truth(c, world) for c in term.conditions)
        if not isinstance(term, Comparison):
            raise Unproven("a condition")
        left, right = self.value(term.left, world), self.value(term.right, world)
        if isinstance(left, ExactPoint) and isinstance(right, ExactPoint):
            same = left == right
            if term.relation in ("=", "!="):
                return same == (term.relation == "=")
        gap = balls.add(self.number(term.left, world), balls.negative(self.number(term.right, world)))
        s = balls.sign(gap)
        table = {"=": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}
        if term.relation not in table:
            raise Unproven(f"the relation {term.relation}")
        return table[term.relation]

    def members(self, term: Aggregate, world: World) -> Iterator[ExactValue]:
        """Yield what the bound name ranges over."""
        match term.binder.domain:
            case Space(name):
                for place in range(world.count(name)):
                    yield ExactPoint(name, place)
            case Range(low, high):
                first, last = self.number(low, world), self.number(high, world)
                if not all(isinstance(x, Fraction) and x.denominator == 1 for x in (first, last)):
                    raise Unproven("a range with ends that are no integers")
                for n in range(int(first), int(last) + 1):
                    yield Fraction(n)
            case IndexSet():
                for n in range(1, self.index_count(term, world) + 1):
                    yield Fraction(n)
            case _:
                raise Unproven("a domain that is not finite")

    def index_count(self, term: Aggregate, world: World) -> int:
        for part in subterms(term.body):
            if isinstance(part, Entry) and isinstance(part.array, Name) and term.binder.name in part.indices:
                array = self.value(part.array, world)
                place = part.indices.index(term.binder.name)
                if isinstance(array, ExactFamily) and place < len(array.sizes):
                    return array.sizes[place]
                if isinstance(array, ExactMatrix):
                    return len(array.rows) if place == 0 else len(array.rows[0])
        raise Unproven("the range of an index")

    def aggregate(self, term: Aggregate, world: World) -> ExactValue:
        symbol, operation = term.binder.name.symbol, term.operation
        if operation in ("argmax", "argmin"):
            raise Unproven("an argument of an extremum")
        values = [self.quantity(term.body, world.bind(symbol, m)) for m in self.members(term, world)]
        if operation in ("sum", "integral"):
            return matrices.sum_of(values) if values else Fraction(0)
        if operation == "product":
            result: Exact | ExactMatrix = Fraction(1)
            for value in values:
                result = matrices.product_of(result, value)
            return result
        if not values:
            raise Undefined("an extremum over nothing")
        best = matrices.as_number(values[0])
        for value in values[1:]:
            number = matrices.as_number(value)
            above = balls.sign(balls.add(number, balls.negative(best))) > 0
            best = number if above == (operation == "max") else best
        return best
