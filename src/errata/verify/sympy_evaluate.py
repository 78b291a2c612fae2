"""Lowered terms into SymPy: exactly, in one instance, or in general for claims about scalars.

Objects are constructed, never parsed. In general mode (`assignment` is None) sizes stay symbols and sums over
symbolic ranges are SymPy's; in an instance every space, size and index has a value.
"""

from __future__ import annotations

import sympy

from errata.language.kernels import is_kernel
from errata.language.scope import Recursion, Scope
from errata.language.sorts import (
    POSITIVE,
    SIZE,
    Configurations,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Real,
    Sort,
    Vector,
)
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
    Derivative,
    Domain,
    Elementary,
    Entry,
    Expectation,
    IndexSet,
    Indicator,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
)
from errata.verify import sympy_binders, sympy_calculus, sympy_laws, sympy_recursions
from errata.verify.sympy_functions import apply_elementary, apply_matrix_operation, truth_of
from errata.verify.sympy_instances import Assignment, Needs
from errata.verify.sympy_recursions import Recursions
from errata.verify.sympy_terms import CannotEncode, OutOfRange, base_of, free_symbols
from errata.verify.sympy_values import (
    MAXIMAL_SUMMANDS,
    Environment,
    Expression,
    IdentityValue,
    PointValue,
    Symbols,
    Value,
    add,
    entries,
    entrywise,
    from_blocks,
    is_matrix,
    multiply,
    scalar,
)

MAXIMAL_VALUES = 200_000


class Evaluator:
    """Evaluates lowered terms in one instance; `needs` and `assignment` say which."""

    def __init__(
        self,
        scope: Scope,
        needs: Needs,
        assignment: Assignment | None,
        by_value: frozenset[str] = frozenset(),
        symbols: Symbols | None = None,
        recursions: Recursions | None = None,
    ) -> None:
        self.scope = scope
        self.needs = needs
        self.assignment = assignment
        self.symbols = Symbols() if symbols is None else symbols
        self.recursions: Recursions = recursions or {}
        self.known: dict[str, Value] = {}
        """Values of names that an equation of the notes explains."""
        self._free: dict[int, tuple[Term, frozenset[str]]] = {}
        self._aggregates: dict[object, tuple[Value, Assignment | None]] = {}
        self._members: dict[tuple[str, int], tuple[Assignment | None, Value]] = {}
        self.by_value = by_value
        """Functions whose points are taken by the real value they carry, as the claim also gives them numbers."""
        self._called: dict[str, bool] = {}
        self._work = 0
        self.exact = True
        """False where the instance is an analogue (a density of a normal law on finitely many points)."""

    # names ---------------------------------------------------------------------------------------------

    def evaluate(self, term: Term, env: Environment) -> Value:
        """Return the value of a lowered term. Raises CannotEncode."""
        self._work += 1
        if self._work > MAXIMAL_VALUES:
            raise CannotEncode("the instance is too large")
        match term:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Constant(kind):
                return {"pi": sympy.pi, "e": sympy.E, "infinity": sympy.oo}[kind]
            case Name(symbol):
                return self._name(symbol, env)
            case Entry():
                return self._entry(term, env)
            case Negative(inner):
                return multiply(sympy.Integer(-1), self.number(inner, env))
            case Sum(terms):
                total = self.number(terms[0], env)
                for part in terms[1:]:
                    total = add(total, self.number(part, env))
                return total
            case Product(factors):
                return self._product(factors, env)
            case Quotient(numerator, denominator):
                bottom = scalar(self.number(denominator, env))
                if bottom == 0:
                    raise OutOfRange("a denominator is zero in this instance")
                return multiply(self.number(numerator, env), 1 / bottom)
            case Power(base, exponent):
                return self._power(base, exponent, env)
            case Elementary():
                return self._elementary(term, env)
            case Apply():
                return self._apply(term, env)
            case Array(rows):
                return from_blocks([[self.number(cell, env) for cell in row] for row in rows])
            case MatrixOperation(operation, arguments, kind):
                return apply_matrix_operation(operation, [self.number(part, env) for part in arguments], kind)
            case Cases() | Indicator() | Comparison() | Conjunction():
                return self._condition_or_cases(term, env)
            case Aggregate():
                return self._aggregate(term, env)
            case Density():
                return sympy_laws.density(self, term, env)
            case StandardDensity(point, law):
                return sympy_laws.standard_density(self, point, law, env)
            case Expectation(draws, body) if len(draws) == 1 and isinstance(draws[0].law, StandardLaw):
                return sympy_laws.standard_mean(self, draws[0].name.symbol, draws[0].space, draws[0].law, body, env)
            case Derivative():
                return sympy_calculus.derivative(self, term, env)
            case At(body, variable, value):
                return sympy_calculus.at(self, body, variable.symbol, value, env)
        raise CannotEncode(f"{type(term).__name__} has no SymPy form here")

    def _aggregate(self, term: Aggregate, env: Environment) -> Value:
        """Return the value of a big operator, computed once for the same values of its free names."""
        if id(term) not in self._free:
            self._free[id(term)] = term, frozenset(free_symbols(term))
        free = self._free[id(term)][1]
        given = tuple((name, env[name]) for name in sorted(free & set(env)))
        pattern = self.assignment if self.recursions or self.known or self.needs.moves(free) else None
        key = (id(term), given, id(pattern), tuple(self.known))
        if key not in self._aggregates:
            self._aggregates[key] = sympy_binders.aggregate(self, term, env), pattern
        return self._aggregates[key][0]

    def number(self, term: Term, env: Environment) -> Value:
        """Return a value that can be computed with: a point gives the number that it carries."""
        value = self.evaluate(term, env)
        if isinstance(value, PointValue):
            return self.value_of(value)
        if isinstance(value, bool):
            raise CannotEncode("a condition stands where a number is needed")
        return value

    def value_of(self, point: PointValue) -> Value:
        """Return the number (or vector) that a point carries."""
        kind = self.scope.spaces.get(point.space)
        if isinstance(kind, Configurations):
            size, base = self.integer(kind.size, {}), len(kind.points)
            digits = [point.index // base**place % base for place in reversed(range(size))]
            return sympy.ImmutableMatrix([self.number(kind.points[digit], {}) for digit in digits])
        if isinstance(kind, FiniteSpace):
            return self.number(kind.points[point.index], {})
        if isinstance(kind, EuclideanSpace) and kind.size is not None:
            size = self.integer(kind.size, {})
            cells = [self.symbols.symbol(f"{point.space} value", None, point.index, i) for i in range(1, size + 1)]
            return sympy.ImmutableMatrix(cells)
        return self.symbols.symbol(f"{point.space} value", None, point.index)

    def _name(self, symbol: str, env: Environment) -> Value:
        if symbol in env:
            return env[symbol]
        if symbol in self.known:
            return self.known[symbol]
        instance = self.assignment
        if instance is not None:
            if symbol in instance.sizes:
                return sympy.Integer(instance.sizes[symbol])
            if (symbol, ()) in instance.points:
                return PointValue(dict(self.needs.points)[symbol], instance.points[(symbol, ())])
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Function | Law | Family):
            raise CannotEncode(f"{base_of(symbol)} stands alone where a number is needed")
        if instance is None and symbol in self.needs.sizes and sort is None:
            sort = SIZE
        return self.of_sort(symbol, sort, ())

    def of_sort(self, symbol: str, sort: Sort | None, place: tuple[int, ...]) -> Value:
        """Return the symbol, vector or matrix of symbols that a free quantity is."""
        match sort:
            case Vector(size, element, simplex):
                count = self.integer(size, {})
                if simplex:
                    weights = [self.symbols.symbol(symbol, POSITIVE, *place, i) for i in range(1, count + 1)]
                    return sympy.ImmutableMatrix([weight / sympy.Add(*weights) for weight in weights])
                return sympy.ImmutableMatrix(
                    [self.symbols.symbol(symbol, element, *place, i) for i in range(1, count + 1)]
                )
            case Matrix():
                return self._matrix(symbol, sort, place)
        return self.symbols.symbol(symbol, sort, *place)

    def _matrix(self, symbol: str, sort: Matrix, place: tuple[int, ...]) -> Value:
        rows, columns = self.integer(sort.rows, {}), self.integer(sort.columns, {})
        unknown = sort.properties - {"symmetric", "positive definite", "diagonal", "invertible", "square", "stochastic"}
        if unknown:
            raise CannotEncode(f"a matrix that is {', '.join(sorted(unknown))}")

        def cell(i: int, j: int, element: Real) -> Expression:
            return self.symbols.symbol(symbol, element, *place, i + 1, j + 1)

        definite = "positive definite" in sort.properties
        if "diagonal" in sort.properties:
            return sympy.ImmutableMatrix(
                rows, columns, lambda i, j: cell(i, j, POSITIVE if definite else sort.entries) if i == j else 0
            )
        if definite:
            factor = sympy.Matrix(
                rows, columns, lambda i, j: cell(i, j, POSITIVE if i == j else Real()) if i >= j else 0
            )
            return sympy.ImmutableMatrix(factor * factor.T)
        if "stochastic" in sort.properties:
            if sort.properties != {"stochastic"} or not self.symbols.drawn:
                raise CannotEncode(f"a matrix that is {', '.join(sorted(sort.properties))}")
            weights = [[cell(i, j, POSITIVE) for j in range(columns)] for i in range(rows)]
            return sympy.ImmutableMatrix([[weight / sympy.Add(*row) for weight in row] for row in weights])
        if "symmetric" in sort.properties:
            return sympy.ImmutableMatrix(rows, columns, lambda i, j: cell(min(i, j), max(i, j), sort.entries))
        return sympy.ImmutableMatrix(rows, columns, lambda i, j: cell(i, j, sort.entries))

    def integer(self, term: Term, env: Environment) -> int:
        """Return a term that is a number here. Raises CannotEncode."""
        value = scalar(self.number(term, env))
        if not value.is_Integer:
            raise CannotEncode("a size that is no number here")
        if not 0 <= int(value) <= MAXIMAL_SUMMANDS:
            raise OutOfRange("a size out of bounds")
        return int(value)

    def _entry(self, term: Entry, env: Environment) -> Value:
        array: Term = term
        indices: list[int] = []
        while isinstance(array, Entry):
            indices = [self._index(index, env) for index in array.indices] + indices
            array = array.array
        if isinstance(array, Name) and array.symbol not in env:
            symbol = array.symbol
            sort = self.scope.sorts.get(symbol)
            if self.assignment is not None and (symbol, tuple(indices)) in self.assignment.points:
                space = dict(self.needs.point_families)[symbol]
                return PointValue(space, self.assignment.points[(symbol, tuple(indices))])
            if symbol in self.recursions:
                return self._member(self.recursions[symbol], indices)
            if isinstance(sort, Family):
                return self._family_element(symbol, sort, indices)
            if sort is None:
                self._check_limits(symbol, indices)
                return self.symbols.symbol(symbol, None, *indices)
        value = self.number(array, env)
        return _cell(value, indices)

    def _member(self, recursion: Recursion, indices: list[int]) -> Value:
        """Return a member of a recursion, or an entry of one; each is computed once an assignment."""
        key = (recursion.symbol, indices[0])
        known = self._members.get(key)
        if known is None or known[0] is not self.assignment:
            known = self.assignment, sympy_recursions.member(self, recursion, indices[0])
            self._members[key] = known
        return _cell(known[1], indices[1:]) if indices[1:] else known[1]

    def free_member(self, symbol: str, place: int) -> Value:
        """Return a member of a family that nothing more is known of."""
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Family) and len(sort.sizes) != 1:
            raise CannotEncode("a recursion with several indices")
        return self.of_sort(symbol, sort.element if isinstance(sort, Family) else sort, (place,))

    def _family_element(self, symbol: str, sort: Family, indices: list[int]) -> Value:
        own, rest = indices[: len(sort.sizes)], indices[len(sort.sizes) :]
        if len(own) < len(sort.sizes):
            raise CannotEncode(f"{symbol} has fewer indices here than it needs")
        self._check_limits(symbol, indices)
        for index, size in zip(own, sort.sizes, strict=True):
            if size is not None and self.assignment is not None and index > self.integer(size, {}):
                raise OutOfRange(f"an index of {symbol} is too large")
        value = self.of_sort(symbol, sort.element, tuple(own))
        return _cell(value, rest) if rest else value

    def _check_limits(self, symbol: str, indices: list[int]) -> None:
        """Refuse elements beyond those that the sums over an axis of unknown size run through."""
        if self.assignment is None:
            return
        for place, index in enumerate(indices):
            ends = [self._end(domain) for domain in self.needs.limits.get((symbol, place), ())]
            known = [end for end in ends if end is not None]
            if known and index > max(known):
                raise OutOfRange(f"an index of {symbol} is too large")

    def _end(self, domain: Domain) -> int | None:
        assert self.assignment is not None
        if isinstance(domain, IndexSet):
            return self.assignment.sizes[self.needs.index_sets[domain.name]]
        if isinstance(domain, Range) and set(free_symbols(domain.high)) <= set(self.assignment.sizes):
            end = scalar(self.number(domain.high, {}))
            return int(end) if end.is_Integer else None
        return None

    def _index(self, term: Term, env: Environment) -> int:
        value = self.evaluate(term, env)
        if isinstance(value, PointValue):
            return value.index + 1
        value = scalar(value)
        if not value.is_Integer:
            raise CannotEncode("an index that is no number here")
        if value < 0:
            raise OutOfRange("a negative index")
        return int(value)

    # algebra -------------------------------------------------------------------------------------------

    def _product(self, factors: tuple[Term, ...], env: Environment) -> Value:
        """Multiply; by the usual convention 0 log 0 is 0."""
        values: list[Value] = []
        undefined: LogarithmOfZero | None = None
        for part in factors:
            try:
                values.append(self.number(part, env))
            except LogarithmOfZero as failure:
                undefined = failure
        if undefined is not None:
            if any(isinstance(value, sympy.Expr) and value == 0 for value in values):
                return sympy.Integer(0)
            raise undefined
        total = values[0]
        for value in values[1:]:
            total = multiply(total, value)
        return total

    def _power(self, base: Term, exponent: Term, env: Environment) -> Value:
        below, above = self.number(base, env), scalar(self.number(exponent, env))
        if is_matrix(below):
            if below.cols == 1 and below.rows > 1:
                return entrywise(below, lambda cell: cell**above)
            if not above.is_Integer or below.rows != below.cols or above < -1:
                raise CannotEncode("a power of a matrix")
            return below**above if above >= 0 else below.inv()
        if isinstance(below, IdentityValue):
            raise CannotEncode("a power of an identity matrix")
        if below == 0 and above.is_number and above < 0:
            raise OutOfRange("a division by zero in this instance")
        return sympy.exp(above) if below == sympy.E else below**above

    def _elementary(self, term: Elementary, env: Environment) -> Value:
        if term.function == "delta":
            return self._delta(term, env)
        arguments = [self.number(part, env) for part in term.arguments]
        if term.function == "log" and 0 in entries(arguments[0], sympy.eye(1)):
            raise LogarithmOfZero("the logarithm of zero in this instance")
        return apply_elementary(term.function, arguments)

    def _delta(self, term: Elementary, env: Environment) -> Value:
        arguments = term.arguments
        if len(arguments) == 1 and isinstance(arguments[0], Sum) and len(arguments[0].terms) == 2:
            first, second = arguments[0].terms
            if isinstance(second, Negative):
                arguments = (first, second.term)
        if len(arguments) != 2:
            raise CannotEncode("a delta of something that is no difference of two points")
        one, other = (self.evaluate(part, env) for part in arguments)
        truth = self._same(one, other)
        return sympy.Integer(1 if truth else 0)

    def _same(self, one: Value, other: Value) -> bool:
        if isinstance(one, PointValue) and isinstance(other, PointValue):
            if one.space != other.space:
                raise CannotEncode("points of different spaces are compared")
            return one == other
        if isinstance(one, PointValue) or isinstance(other, PointValue):
            one, other = (self.value_of(v) if isinstance(v, PointValue) else v for v in (one, other))
        one, other = scalar(one), scalar(other)
        if one.is_number and other.is_number:
            return bool(one == other)
        raise CannotEncode("whether two symbolic numbers are equal")

    def _condition_or_cases(self, term: Term, env: Environment) -> Value:
        match term:
            case Cases(branches, otherwise):
                for value, condition in branches:
                    if self.truth(condition, env):
                        return self.number(value, env)
                if otherwise is None:
                    raise OutOfRange("no case holds here")
                return self.number(otherwise, env)
            case Indicator(condition):
                return sympy.Integer(1 if self.truth(condition, env) else 0)
        return self.truth(term, env)

    def truth(self, term: Term, env: Environment) -> bool:
        """Return whether a condition holds. Raises CannotEncode where that depends on free quantities."""
        if isinstance(term, Conjunction):
            return all(self.truth(part, env) for part in term.conditions)
        if not isinstance(term, Comparison):
            raise CannotEncode("a condition that is no comparison")
        if term.relation in ("=", "!="):
            same = self._same(self.evaluate(term.left, env), self.evaluate(term.right, env))
            return same if term.relation == "=" else not same
        return truth_of(term.relation, scalar(self.number(term.left, env)), scalar(self.number(term.right, env)))

    # functions -----------------------------------------------------------------------------------------

    def _apply(self, term: Apply, env: Environment) -> Value:
        symbol = term.function.symbol
        arguments = [self.evaluate(part, env) for part in term.arguments]
        parameters = [self.number(part, env) for part in term.parameters]
        if self.assignment is not None and symbol in self.assignment.maps:
            return self._image(symbol, arguments)
        sort = self.scope.sorts.get(symbol)
        value_sort = sort.value if isinstance(sort, Function) else None
        if sort is not None and not isinstance(sort, Function):
            raise CannotEncode(f"{base_of(symbol)} is applied, but it is declared to be no function")
        place = [part.index for part in arguments if isinstance(part, PointValue)]
        takes_points = bool(place) and symbol not in self.by_value
        known = self._called.setdefault(symbol, takes_points)
        if known != takes_points:
            raise TakenByValue(symbol)
        if symbol in self.by_value:
            arguments = [self.value_of(part) if isinstance(part, PointValue) else part for part in arguments]
            place = []
        numbers = [part for part in arguments if not isinstance(part, PointValue)]
        scalars = [cell for part in (*numbers, *parameters) for cell in entries(part)]
        if term.order and (len(scalars) != 1 or place):
            raise CannotEncode("a primed function of several arguments")
        return self._function_value(symbol, value_sort, place, scalars, term.order)

    def _function_value(
        self, symbol: str, sort: Sort | None, place: list[int], scalars: list[Expression], order: int
    ) -> Value:
        if isinstance(sort, Vector):
            size = self.integer(sort.size, {})
            cells = [
                self._function_value(symbol, sort.entries, [*place, i], scalars, order) for i in range(1, size + 1)
            ]
            return sympy.ImmutableMatrix(cells)
        if isinstance(sort, Matrix | Family | Law):
            raise CannotEncode(f"the values of {base_of(symbol)} are no numbers or vectors")
        if is_kernel(symbol):
            return sympy_laws.kernel(self, symbol, place, scalars)
        if not scalars:
            return self.symbols.symbol(symbol, sort, *place, kind="function")
        head = self.symbols.function(symbol, sort, *place)
        if not order:
            return head(*scalars)
        inner = sympy.Dummy("xi", real=True)
        return head(inner).diff(inner, order).subs(inner, scalars[0])

    def _image(self, symbol: str, arguments: list[Value]) -> Value:
        assert self.assignment is not None
        target = next(target for name, _, target in self.needs.maps if name == symbol)
        if len(arguments) != 1 or not isinstance(arguments[0], PointValue):
            raise CannotEncode(f"{base_of(symbol)} is applied to something that is no point of its space")
        return PointValue(target, self.assignment.maps[symbol][arguments[0].index])

    def count(self, space: str) -> int:
        """Return how many points a space has. Raises CannotEncode."""
        if self.assignment is None or space not in self.assignment.spaces:
            raise CannotEncode(f"the space of {space} is not used")
        return self.assignment.spaces[space]


class LogarithmOfZero(OutOfRange):
    """A logarithm of zero, which stands for nothing unless zero times it is taken."""


class TakenByValue(Exception):
    """A function is given points in one place and numbers in another; `symbol` is its name."""

    def __init__(self, symbol: str) -> None:
        super().__init__(symbol)
        self.symbol = symbol


def _cell(value: Value, indices: list[int]) -> Value:
    if not is_matrix(value):
        raise CannotEncode("an index on something that has no entries")
    if len(indices) == 1 and 1 in value.shape:
        cells = list(value)
        if not 1 <= indices[0] <= len(cells):
            raise OutOfRange("an index outside its vector")
        return cells[indices[0] - 1]
    if len(indices) == 1:
        raise CannotEncode("one index on a matrix")
    if len(indices) != 2:
        raise CannotEncode("more than two indices on a matrix")
    row, col = indices
    if not (1 <= row <= value.rows and 1 <= col <= value.cols):
        raise OutOfRange("an index outside its matrix")
    return value[row - 1, col - 1]
