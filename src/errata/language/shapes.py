"""The shapes of undeclared vectors and matrices: sizes that a document's formulas force to be equal.

Every guessed array starts with sizes of its own; a sum, a product or a relation joins those that must agree.
Declared sizes and numbers are never joined with each other, and no size is forced to be 1, but by a row that is
added to all rows of a matrix, X W + b, where a formula speaks of one row as of any: where a formula does not
fit, it joins nothing, and will be found out when it is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from errata.language import symbols
from errata.language.gaussian_constants import dimension_told
from errata.language.kinds import Guess, Guesses
from errata.language.prose.refine import is_unknown_size, unknown_size
from errata.language.sorts import Family, Function, Matrix, Sort, Vector
from errata.language.taken_arrays import arrays_taken, gradient_at
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Comparison,
    Derivative,
    Entry,
    Expectation,
    IndexSet,
    Limit,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    StandardDensity,
    Sum,
    Term,
    children,
)

ONE = Number(Fraction(1))
Shape = tuple[Term, Term]
SCALAR: Shape = (ONE, ONE)


@dataclass(frozen=True, slots=True)
class Arrays:
    """The sorts of guessed arrays by symbol, and those of them of which not even the kind is sure.

    sizes: what the sizes are, by what they must equal, that neither a sentence nor a guess told.
    """

    sorts: Mapping[str, Sort]
    unsure: frozenset[str] = frozenset()
    sizes: Mapping[Term, Term] = field(default_factory=dict)

    def joined(self, told: Mapping[str, Sort]) -> Arrays:
        """Return these arrays with others, of whose kinds words tell."""
        return Arrays({**self.sorts, **told}, self.unsure - told.keys())


def provisional(guesses: Guesses, family_label: str) -> Arrays:
    """Return sorts for guesses, every array with sizes of its own.

    family_label: the label under which the elements of a family are kept apart from the name without an index.
    """
    sorts: dict[str, Sort] = {}
    unsure: set[str] = set()
    for symbol, guess in guesses.names.items():
        sorts[symbol] = _sort(symbol, guess)
        unsure |= set() if guess.sure else {symbol}
    for symbol, guess in guesses.elements.items():
        labelled = symbol.endswith(f"_{{{family_label}}}")
        kept = symbol if labelled else symbols.compose(symbol, family_label)
        sorts[kept] = Family((None,), _sort(symbol, guess))
        unsure |= set() if guess.sure else {kept}
    return Arrays(sorts, frozenset(unsure))


def _sort(symbol: str, guess: Guess) -> Sort:
    if guess.kind == "matrix":
        return Matrix(unknown_size(symbol, "_1"), unknown_size(symbol, "_2"))
    size = unknown_size(symbol)
    return Vector(size) if guess.kind == "vector" else Matrix(ONE, size)


def unify(arrays: Arrays, comparisons: Iterable[Comparison], sorts: Mapping[str, Sort]) -> Arrays:
    """Return the same arrays with sizes that the statements force to be equal made equal."""
    open_sizes = {
        s.symbol for sort in sorts.values() for s in _sizes(sort) if isinstance(s, Name) and is_unknown_size(s)
    }
    own = open_sizes | {s.symbol for sort in arrays.sorts.values() for s in _sizes(sort) if isinstance(s, Name)}
    solver = _Solver({**sorts, **arrays.sorts}, frozenset(own))
    statements = tuple(comparisons)
    solver.open = {s.left.symbol for s in statements if isinstance(s.left, Name)} - solver.sorts.keys()
    for _ in range(3):
        for statement in statements:
            solver.ranges.clear()
            solver.agree(solver.shape(statement.left), solver.shape(statement.right))
            _heads(statement, solver)
    found = {symbol: solver.settled(sort) for symbol, sort in arrays.sorts.items()}
    sizes: dict[Term, Term] = {Name(s): solver.root(Name(s)) for s in sorted(open_sizes & solver.parents.keys())}
    return Arrays(found, arrays.unsure, sizes)


def has_open_sizes(sorts: Iterable[Sort]) -> bool:
    """Return whether there are arrays of which no sentence tells the sizes."""
    return any(is_unknown_size(size) for sort in sorts for size in _sizes(sort))


def _heads(statement: Comparison, solver: _Solver) -> None:
    """A name without a sort has the shape of what it is said to equal."""
    if isinstance(statement.left, Name) and statement.left.symbol not in solver.sorts:
        shape = solver.shape(statement.right)
        if shape is not None:
            solver.defined.setdefault(statement.left.symbol, shape)


def _sizes(sort: Sort) -> tuple[Term, ...]:
    if isinstance(sort, Vector):
        return (sort.size,)
    if isinstance(sort, Matrix):
        return (sort.rows, sort.columns)
    if isinstance(sort, Function):
        return _sizes(sort.value)
    return _sizes(sort.element) if isinstance(sort, Family) else ()


class _Solver:
    """Union of sizes; `parents` leads from a guessed size to what it equals.

    own: the sizes that may be made equal to others. defined: the shapes of names without a sort, from what they are
    said to equal; open: such names, as long as their shapes are not known. ranges: how far the indices run that are
    bound here or free in the statement. undeclared: the lengths of arrays without a sort, by place.
    """

    def __init__(self, sorts: Mapping[str, Sort], own: frozenset[str]) -> None:
        self.sorts = sorts
        self.own = own
        self.parents: dict[str, Term] = {}
        self.defined: dict[str, Shape] = {}
        self.ranges: dict[str, Term] = {}
        self.undeclared: dict[tuple[str, int], Term] = {}
        self.open: set[str] = set()

    # Sizes ------------------------------------------------------------------------------------------

    def root(self, size: Term) -> Term:
        while isinstance(size, Name) and size.symbol in self.parents:
            size = self.parents[size.symbol]
        return size

    def equal(self, one: Term, other: Term, broadcast: bool = False) -> bool:
        """Join two sizes; say whether they agree now."""
        left, right = self.root(one), self.root(other)
        if left == right:
            return True
        for size, target in ((left, right), (right, left)):
            if isinstance(size, Name) and size.symbol in self.own and (broadcast or target != ONE):
                self.parents[size.symbol] = target
                return True
        return False

    def any_size(self) -> Name:
        """Return a size of which nothing is known: what one index counts has one length."""
        size = Name(f"count {len(self.own)}")
        self.own |= {size.symbol}
        return size

    def agree(self, left: Shape | None, right: Shape | None) -> None:
        if left is None or right is None or SCALAR in (self.rooted(left), self.rooted(right)):
            return
        for one, other in zip(left, right, strict=True):
            self.equal(one, other)

    def rooted(self, shape: Shape) -> Shape:
        return self.root(shape[0]), self.root(shape[1])

    def settled(self, sort: Sort) -> Sort:
        if isinstance(sort, Vector):
            return Vector(self.root(sort.size), sort.entries)
        if isinstance(sort, Matrix):
            return Matrix(self.root(sort.rows), self.root(sort.columns), sort.properties, sort.entries)
        if isinstance(sort, Function):
            return replace(sort, value=self.settled(sort.value))
        return Family(sort.sizes, self.settled(sort.element)) if isinstance(sort, Family) else sort

    # Shapes -----------------------------------------------------------------------------------------

    def shape(self, term: Term) -> Shape | None:
        """Return rows and columns of a term, None where they are not known; join sizes on the way."""
        if isinstance(term, Name):
            return self.shape_of_sort(self.sorts.get(term.symbol), term.symbol)
        if isinstance(term, Entry):
            return self.entry(term)
        if isinstance(term, Negative):
            return self.shape(term.term)
        if isinstance(term, Sum):
            return self.sum(term)
        if isinstance(term, Product):
            return self.product(term)
        if isinstance(term, Quotient):
            self.shape(term.denominator)
            return self.shape(term.numerator)
        if isinstance(term, Power):
            self.shape(term.exponent)
            return self.square(self.shape(term.base))
        if isinstance(term, MatrixOperation):
            return self.operation(term)
        if isinstance(term, Aggregate):
            return self.aggregate(term)
        if isinstance(term, Derivative):
            inner, by = self.shape(term.body), self.shape(term.variable)
            return by if inner == SCALAR else None
        if isinstance(term, At):
            self.taken(term)
            return self.shape(gradient_at(term) or term.body)
        if isinstance(term, Apply):
            for argument in term.arguments:
                self.shape(argument)
            self.taken(term)
            sort = self.sorts.get(term.function.symbol)
            return self.shape_of_sort(sort.value, "") if isinstance(sort, Function) else SCALAR
        if isinstance(term, Expectation | Limit):
            return self.shape(term.body)
        if isinstance(term, StandardDensity):
            return self.density(term)
        for part in children(term):
            self.shape(part)
        return SCALAR

    def taken(self, term: Term) -> None:
        """What a function is declared to take has the shape that it is declared to take."""
        for argument, sort in arrays_taken(term, self.sorts):
            self.agree(self.shape(argument), self.shape_of_sort(sort, ""))

    def shape_of_sort(self, sort: Sort | None, symbol: str) -> Shape | None:
        if isinstance(sort, Vector):
            return sort.size, ONE
        if isinstance(sort, Matrix):
            return sort.rows, sort.columns
        if sort is None:
            return self.defined.get(symbol, None if symbol in self.open else SCALAR)
        return SCALAR

    def entry(self, term: Entry) -> Shape | None:
        if not isinstance(term.array, Name):
            return None
        sort = self.sorts.get(term.array.symbol)
        for index, size in zip(term.indices, self.lengths(term.array.symbol, len(term.indices)), strict=False):
            if isinstance(index, Name) and size is not None:
                self.equal(self.ranges.setdefault(index.symbol, self.any_size()), size)
        return self.shape_of_sort(sort.element, "") if isinstance(sort, Family) else SCALAR

    def lengths(self, symbol: str, count: int) -> tuple[Term | None, ...]:
        """Return how many members an array has in each place; of one that nothing declares it is found."""
        sort = self.sorts.get(symbol)
        if isinstance(sort, Family):
            return sort.sizes
        if sort is not None or symbol in self.defined:
            return _sizes(sort) if sort is not None else self.defined[symbol]
        return tuple(self.undeclared.setdefault((symbol, place), self.any_size()) for place in range(count))

    def aggregate(self, term: Aggregate) -> Shape | None:
        domain, symbol = term.binder.domain, term.binder.name.symbol
        whole = isinstance(domain, Range) and domain.low == ONE and isinstance(domain.high, Name)
        if whole and isinstance(domain, Range):
            self.ranges[symbol] = domain.high
        elif isinstance(domain, IndexSet):
            self.ranges[symbol] = self.any_size()
        shape = self.shape(term.body)
        self.ranges.pop(symbol, None)
        return shape if term.operation == "sum" else SCALAR

    def sum(self, term: Sum) -> Shape | None:
        pairs = [(t, s) for t in term.terms if (s := self.shape(t)) is not None and self.rooted(s) != SCALAR]
        if not pairs:
            return SCALAR
        first = pairs[0][1]
        broadcast = any(self.lies(t) for t, _ in pairs)
        for _, other in pairs[1:]:
            if broadcast:
                self.equal(first[0], other[0], broadcast=True)
            self.agree(first, other)
        return first

    def lies(self, term: Term) -> bool:
        """Return whether an addend is a row by itself: b, or b W."""
        bare = term.term if isinstance(term, Negative) else term
        head = bare.factors[0] if isinstance(bare, Product) else bare
        sort = self.sorts.get(head.symbol) if isinstance(head, Name) else None
        return isinstance(sort, Matrix) and sort.rows == ONE

    def product(self, term: Product) -> Shape | None:
        result: Shape | None = SCALAR
        for factor in term.factors:
            shape = self.shape(factor)
            if shape is None or result is None:
                result = None
            elif self.rooted(result) == SCALAR:
                result = shape
            elif self.rooted(shape) != SCALAR:
                result = (result[0], shape[1]) if self.equal(result[1], shape[0]) else None
        told = dimension_told(term)
        if told is not None and told[1].symbol not in self.sorts:
            self.agree(self.shape(told[0]), (told[1], told[1]))
        return result

    def operation(self, term: MatrixOperation) -> Shape | None:
        shapes = [self.shape(a) for a in term.arguments]
        first = shapes[0] if shapes else None
        if term.operation == "transpose":
            return (first[1], first[0]) if first is not None else None
        if term.operation == "inverse":
            return self.square(first)
        if term.operation in ("trace", "determinant"):
            self.square(first)
            return SCALAR
        if term.operation == "basis" and isinstance(term.arguments[0], Name):
            rows = self.ranges.get(term.arguments[0].symbol)
            if len(term.arguments) == 2:
                if rows is not None:
                    self.equal(term.arguments[1], rows)
                rows = term.arguments[1]
            return (rows, ONE) if rows is not None else None
        if term.operation in ("dot", "hadamard"):
            self.agree(first, shapes[1])
            return SCALAR if term.operation == "dot" else first
        return SCALAR if term.operation == "norm" else None

    def density(self, term: StandardDensity) -> Shape:
        """Join the sizes of a normal law's point, mean and covariance matrix."""
        shapes = [self.shape(part) for part in (term.point, *term.law.parameters)]
        if term.law.kind == "normal" and len(shapes) == 3:
            point, mean, covariance = shapes
            self.agree(point, mean)
            column = mean if point is None else point
            if column is not None and self.rooted(column) != SCALAR:
                self.agree(covariance, (column[0], column[0]))
        return SCALAR

    def square(self, shape: Shape | None) -> Shape | None:
        if shape is not None and self.rooted(shape) != SCALAR:
            self.equal(*shape)
        return shape
