"""Shapes by unification: the sizes of I, of a vector of ones and of basis vectors, from what stands beside them.

A dimension is a product of sizes and unknowns. Two that must agree are made equal by cancelling what they share;
what is left over must be an unknown, or the shapes conflict. Sizes of the note never become equal to each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from errata.language.definitions import rebuilt
from errata.language.printer import to_text
from errata.language.prose.refine import is_unknown_size
from errata.language.scope import Definition, Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Matrix, RandomVariable, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Binder,
    Constant,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    Limit,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    StandardDensity,
    Sum,
    Term,
    Values,
    subterms,
)

MAXIMAL_DEPTH = 60
_SIZELESS = {"identity": 0, "ones": 0, "basis": 1}
"""Operations that may lack their size, and how many arguments they have then."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A dimension that is not known yet."""

    number: int


Atom = Term | Unknown
Dimension = tuple[Atom, ...]
"""A product; () is 1."""
Shape = tuple[Dimension, Dimension]

SCALAR: Shape = ((), ())
_ONE = Number(Fraction(1))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two terms whose shapes cannot agree; only where both lengths have names is it sure to be a slip.

    (A vector of length n beside a row of length n may be a matter of convention.)
    """

    left: Term
    right: Term
    message: str
    sure: bool


def sized(terms: Sequence[Term], scope: Scope) -> tuple[tuple[Term, ...], tuple[Conflict, ...]]:
    """Return the sides of a relation with the sizes that follow from it, and where shapes cannot agree."""
    plain = [_without_names(term, scope) for term in terms]
    inference = _Inference(scope)
    numbered = [inference.marked(term) for term in plain]
    for _ in range(2):  # the second time with what was found the first time
        inference.conflicts.clear()
        shapes = [inference.shape(term) for term in numbered]
        inference.sides(shapes, plain)
    inference.by_their_ranges()
    if None not in shapes:
        inference.guess(plain)
    return tuple(inference.resolved(term) for term in numbered), tuple(inference.conflicts)


def conflict_of(terms: Sequence[Term], scope: Scope) -> Conflict | None:
    """Return where the shapes of a relation are sure not to agree, None if they may."""
    _, conflicts = sized(terms, scope)
    return next((conflict for conflict in conflicts if conflict.sure), None)


def lying_across(terms: tuple[Term, Term], scope: Scope) -> str | None:
    """Return, in words, that one side is a column and the other a row of the same length; None if that is not known."""
    inference = _Inference(scope)
    plain = [inference.marked(_without_names(term, scope)) for term in terms]
    one, other = (inference.shape(term) for term in plain)
    if one is None or other is None or inference.conflicts:
        return None
    known = [tuple(map(inference.walk, shape)) for shape in (one, other)]
    if any(isinstance(atom, Unknown) for shape in known for dimension in shape for atom in dimension):
        return None
    if known[0] != known[1][::-1] or () not in known[0] or known[0] == known[1]:
        return None
    return f"the left side is {inference.words(one)}, the right side is {inference.words(other)}"


def is_shaped(term: Term, scope: Scope) -> bool:
    """Return whether the scope tells the shape of a term."""
    inference = _Inference(scope)
    return inference.shape(inference.marked(_without_names(term, scope))) is not None


def shape_of(term: Term, scope: Scope) -> tuple[Term, Term] | None:
    """Return how many rows and columns a term has, as terms; None where the scope does not tell, or they conflict."""
    inference = _Inference(scope)
    shape = inference.shape(inference.marked(_without_names(term, scope)))
    if shape is None or inference.conflicts:
        return None
    rows, columns = inference.size(shape[0]), inference.size(shape[1])
    return None if rows is None or columns is None else (rows, columns)


def is_column(term: Term, scope: Scope) -> bool:
    """Return whether a term is a column of more than one entry, as far as the scope tells."""
    inference = _Inference(scope)
    shape = inference.shape(inference.marked(_without_names(term, scope)))
    if shape is None or inference.conflicts:
        return False
    rows, columns = (inference.walk(dimension) for dimension in shape)
    return rows != () == columns


def is_matrix(term: Term, scope: Scope) -> bool:
    """Return whether a term is a matrix of more than one row and column, as far as the scope tells."""
    inference = _Inference(scope)
    shape = inference.shape(inference.marked(_without_names(term, scope)))
    return shape is not None and () not in (inference.walk(shape[0]), inference.walk(shape[1]))


def is_square(term: Term, scope: Scope) -> bool:
    """Return whether a term is a square matrix, not a number, as far as the scope tells."""
    inference = _Inference(scope)
    shape = inference.shape(inference.marked(_without_names(term, scope)))
    if shape is None:
        return False
    rows, columns = (inference.walk(dimension) for dimension in shape)
    return rows == columns != ()


def _without_names(term: Term, scope: Scope) -> Term:
    """Write sizeless values in place of their names: "I is the identity matrix of matching size"."""
    if isinstance(term, Name):
        definition = scope.definitions.get(term.symbol)
        body = definition.body if definition is not None and not definition.parameters else None
        return replace(body, span=term.span) if body is not None and _lacks_size(body) else term
    if isinstance(term, Aggregate | At | Derivative | Limit):
        bound = term.binder.name if isinstance(term, Aggregate) else term.variable
        if isinstance(bound, Name) and bound.symbol in scope.definitions:
            return term
    return rebuilt(term, lambda part: _without_names(part, scope))


def _lacks_size(term: Term) -> bool:
    return isinstance(term, MatrixOperation) and len(term.arguments) == _SIZELESS.get(term.operation, -1)


@dataclass
class _Inference:
    """The unification of one relation; its state is of that relation alone."""

    scope: Scope
    bindings: dict[Unknown, Dimension] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    ones: list[Unknown] = field(default_factory=list)
    places: list[tuple[Term, Unknown]] = field(default_factory=list)
    count: int = 0
    depth: int = 0
    sure: bool = False

    def sides(self, shapes: Sequence[Shape | None], terms: Sequence[Term]) -> None:
        """Make the shapes of the sides of a relation agree."""
        for (one, left), (other, right) in pairwise(zip(shapes, terms, strict=True)):
            if one is None or other is None:
                continue
            if SCALAR in (one, other):
                if one != other:
                    self.beside_number(one, other, left, right)
            elif not self.beside_vector(one, other, left, right):
                self.same(one, other, left, right)

    def beside_number(self, one: Shape, other: Shape, left: Term, right: Term) -> None:
        """Note the conflict of a number with a row or column of a named length.

        A written number may stand for its copies; beside a matrix, rows may be meant where columns are written.
        """
        number, array = (left, other) if one == SCALAR else (right, one)
        array = (self.walk(array[0]), self.walk(array[1]))
        lengths = [atom for dimension in array for atom in dimension]
        written = all(isinstance(part, Number | Negative | Constant | Quotient) for part in subterms(number))
        if lengths and not written and all(isinstance(atom, Name) for atom in lengths):
            self.sure = () in array and not self._related(Counter(lengths), Counter())
            self.conflict(one, other, left, right)

    def beside_vector(self, one: Shape, other: Shape, left: Term, right: Term) -> bool:
        """Note the conflict of a vector with a matrix, or with a vector of another length; return whether it is one.

        It is one whether vectors are columns or rows, for the kind of a product rests on how many of its factors are
        vectors. What puts a diagonal for a matrix, as a variance may, is a matter of convention.
        """
        lengths = [tuple(atom for dimension in shape for atom in self.walk(dimension)) for shape in (one, other)]
        vectors = [() in map(self.walk, shape) for shape in (one, other)]
        named = any(all(isinstance(atom, kind) for known in lengths for atom in known) for kind in (Name, Number))
        if vectors == [False, False] or not named or sorted(map(repr, lengths[0])) == sorted(map(repr, lengths[1])):
            return False
        if any(_may_be_diagonal(part) for term in (left, right) for part in subterms(term)):
            return False
        if self._related(Counter(lengths[0] + lengths[1]), Counter()):
            return False
        self.sure = True
        self.conflict(one, other, left, right)
        return True

    def by_their_ranges(self) -> None:
        """Give the basis vectors whose sizes nothing else tells the range of their index: i <= n."""
        ranges = {c.left: c.right for c in self.scope.assumptions if c.relation == "<="}
        for index, mark in self.places:
            if index in ranges and self.size((mark,)) is None:
                self.equal((mark,), _dimension(ranges[index]))

    def guess(self, terms: Sequence[Term]) -> None:
        """Where one size alone is written as a number, as in 1/n, it is that of the vectors of ones left over."""
        names = {part.symbol for term in terms for part in subterms(term) if isinstance(part, Name)}
        sizes = {s.symbol for sort in self.scope.sorts.values() for s in _lengths(sort)} & names
        open_ = {mark for mark in self.ones if self.size((mark,)) is None}
        if len(sizes) == 1:
            for mark in open_:
                self.equal((mark,), (Name(next(iter(sizes))),))

    # Sizeless values -------------------------------------------------------------------------------

    def marked(self, term: Term) -> Term:
        """Give every sizeless value an unknown of its own, kept as the name of its size."""
        if _lacks_size(term):
            assert isinstance(term, MatrixOperation)
            self.count += 1
            if term.operation == "ones":
                self.ones.append(Unknown(self.count))
            if term.operation == "basis":
                self.places.append((term.arguments[0], Unknown(self.count)))
            return replace(term, arguments=(*term.arguments, Name(f"\\dim ?{self.count}")))
        return rebuilt(term, self.marked)

    def resolved(self, term: Term) -> Term:
        """Write the sizes that were found; what stays unknown loses its mark."""
        if isinstance(term, MatrixOperation) and term.operation in _SIZELESS and term.arguments:
            mark = _mark(term.arguments[-1])
            if mark is not None:
                kept = tuple(self.resolved(a) for a in term.arguments[:-1])
                size = self.size((mark,))
                return replace(term, arguments=kept if size is None else (*kept, size))
        return rebuilt(term, self.resolved)

    def size(self, dimension: Dimension) -> Term | None:
        """Return a dimension as a term; None where it is not known."""
        atoms = self.walk(dimension)
        known = [atom for atom in atoms if isinstance(atom, Term)]
        if len(known) < len(atoms):
            return None
        if not known:
            return _ONE
        return known[0] if len(known) == 1 else Product(tuple(known))

    # Unification -----------------------------------------------------------------------------------

    def walk(self, dimension: Dimension) -> Dimension:
        """Replace what is bound."""
        atoms: list[Atom] = []
        for atom in dimension:
            if isinstance(atom, Unknown) and atom in self.bindings:
                atoms.extend(self.walk(self.bindings[atom]))
            else:
                atoms.append(atom)
        return tuple(atoms)

    def fresh(self) -> Dimension:
        self.count += 1
        return (Unknown(self.count),)

    def equal(self, one: Dimension, other: Dimension) -> bool:
        """Make two dimensions equal; return whether that is possible (what cannot be told counts as possible)."""
        left, right = Counter(self.walk(one)), Counter(self.walk(other))
        left, right = left - right, right - left
        for single, rest in ((left, right), (right, left)):
            atoms = list(single.elements())
            if len(atoms) == 1 and isinstance(atoms[0], Unknown) and atoms[0] not in rest:
                self.bindings[atoms[0]] = tuple(rest.elements())
                return True
        open_ = any(isinstance(a, Unknown) for a in (*left, *right))
        plain = all(isinstance(a, Name) for a in (*left, *right))
        self.sure = bool(left and right)
        return open_ or not (left or right) or not plain or self._related(left, right)

    def _related(self, left: Counter[Atom], right: Counter[Atom]) -> bool:
        """Return whether the note says something about these sizes beyond their names: they may be equal then."""
        names = {a.symbol for a in (*left, *right) if isinstance(a, Name)}
        told = {n.symbol for c in self.scope.assumptions for n in subterms(c) if isinstance(n, Name)}
        return bool(names & (told | self.scope.definitions.keys()))

    def same(self, one: Shape, other: Shape, left: Term, right: Term) -> Shape:
        """Make two shapes equal, or note the conflict."""
        if not (self.equal(one[0], other[0]) and self.equal(one[1], other[1])):
            alike = [a == () for a in one] == [a == () for a in other]
            self.sure = self.sure and alike  # a row added to every row of a matrix is a matter of convention
            self.conflict(one, other, left, right)
        return one

    def conflict(self, one: Shape, other: Shape, left: Term, right: Term) -> None:
        told = f"{to_text(left)} is {self.words(one)}, {to_text(right)} is {self.words(other)}"
        lengths = [atom for shape in (one, other) for dimension in shape for atom in self.walk(dimension)]
        guessed = any(isinstance(atom, Name) and is_unknown_size(atom) for atom in lengths)
        self.conflicts.append(Conflict(left, right, told, self.sure and not guessed))

    def words(self, shape: Shape) -> str:
        """Write a shape: n × m."""
        sizes = [self.size(dimension) for dimension in shape]
        return " × ".join("?" if size is None else to_text(size) for size in sizes)

    # Shapes ----------------------------------------------------------------------------------------

    def shape(self, term: Term) -> Shape | None:
        """Return the shape of a term; None where it is not known, and then nothing is concluded from it."""
        self.depth += 1
        try:
            return None if self.depth > MAXIMAL_DEPTH else self._shape(term)
        finally:
            self.depth -= 1

    def _shape(self, term: Term) -> Shape | None:
        match term:
            case Number() | Constant() | Density() | StandardDensity():
                return SCALAR
            case Name(symbol):
                return self.name(symbol)
            case Negative(inner):
                return self.shape(inner)
            case Sum(terms):
                return self.sum(terms)
            case Product(factors):
                return self.product(factors)
            case Quotient(numerator, denominator):
                return self.shape(numerator) if self.shape(denominator) == SCALAR else None
            case Power(base, exponent):
                self.shape(exponent)
                return self.shape(base)
            case Elementary(function, arguments) if len(arguments) == 1:
                inner_shape = self.shape(arguments[0])
                return SCALAR if function in ("abs", "max", "min") else inner_shape
            case MatrixOperation():
                return self.operation(term)
            case Array(rows):
                return self.array(rows)
            case Entry():
                return self.entry(term)
            case Aggregate("argmax" | "argmin", Binder(bound, Values())):
                return self.name(bound.symbol)
            case Aggregate(operation, _, body):
                inner_shape = self.shape(body)
                return inner_shape if operation == "sum" else None
            case Derivative(body, variable) if self.shape(body) == SCALAR and isinstance(variable, Name):
                return self.shape(variable) if term.order == 1 else None
            case Derivative(body, Entry() as variable) if self.shape(variable) == SCALAR:
                return self.shape(body)
            case Expectation(_, body):
                return self.shape(body)
            case MomentOf(_, _, arguments):
                moments = [self.shape(argument) for argument in arguments]
                if SCALAR in moments or any(m is None or m[1] != () for m in moments):
                    return SCALAR if all(m == SCALAR for m in moments) else None
                first, last = moments[0], moments[-1]
                return (first[0], last[0]) if first is not None and last is not None else None
            case Apply(function):
                given = [self.shape(argument) for argument in term.arguments]
                sort = self.scope.sorts.get(function.symbol)
                return self.of_sort(sort.value) if isinstance(sort, Function) else self.defined(function.symbol, given)
        return None

    def name(self, symbol: str) -> Shape | None:
        sort = self.scope.sorts.get(symbol)
        definition = self.scope.definitions.get(symbol)
        if sort is None and any(symbol == s.symbol for other in self.scope.sorts.values() for s in _lengths(other)):
            return SCALAR
        if sort is None and definition is not None and not definition.parameters:
            return self.body(definition.body)
        return self.of_sort(sort) if sort is not None else None

    def body(self, term: Term) -> Shape | None:
        """Return the shape of what a definition says, None where it is not known in full."""
        inner = _Inference(self.scope, depth=self.depth)
        shape = inner.shape(term)
        closed = shape is not None and not any(isinstance(a, Unknown) for d in shape for a in inner.walk(d))
        return (inner.walk(shape[0]), inner.walk(shape[1])) if shape is not None and closed else None

    def defined(self, symbol: str, given: Sequence[Shape | None]) -> Shape | None:
        """Return the shape of a defined function's value, taken where its parameters have their declared shapes."""
        definition = self.scope.definitions.get(symbol)
        if definition is None or len(definition.parameters) != len(given):
            return None
        fits = all(s is not None and s == self.name(p) for s, p in zip(given, definition.parameters, strict=True))
        if given and fits:
            return self.body(definition.body)
        return given[0] if len(given) == 1 and self.is_of_numbers(definition) else None  # entry by entry

    def is_of_numbers(self, definition: Definition) -> bool:
        """Return whether a function of one variable takes numbers to numbers."""
        (parameter,) = definition.parameters
        if self.scope.sorts.get(parameter, Real()) != Real():
            return False
        scope = replace(self.scope, sorts=MappingProxyType({**self.scope.sorts, parameter: Real()}))
        return _Inference(scope, depth=self.depth).body(definition.body) == SCALAR

    def of_sort(self, sort: Sort) -> Shape | None:
        match sort:
            case Real():
                return SCALAR
            case Vector(size):
                return _dimension(size), ()
            case Matrix(rows, columns):
                return _dimension(rows), _dimension(columns)
            case Family(sizes, Real()) if len(sizes) == 1 and sizes[0] is not None:
                return None
            case RandomVariable(space):
                kind = self.scope.spaces.get(space)
                if isinstance(kind, EuclideanSpace):
                    return SCALAR if kind.size is None else (_dimension(kind.size), ())
        return None

    def sum(self, terms: Sequence[Term]) -> Shape | None:
        shapes = [self.shape(term) for term in terms]
        found: tuple[Shape, Term] | None = None
        for shape, term in zip(shapes, terms, strict=True):
            if shape is None or shape == SCALAR:
                continue
            if found is None:
                found = shape, term
            else:
                self.same(found[0], shape, found[1], term)
                found = (shape, term) if self._is_spread_over(found[0], shape) else found
        if found is not None:
            return found[0]
        return None if None in shapes else SCALAR

    def _is_spread_over(self, vector: Shape, matrix: Shape) -> bool:
        """Return whether one shape is a row or column and the other a matrix: their sum, if any, is a matrix."""
        return () in map(self.walk, vector) and () not in map(self.walk, matrix)

    def product(self, factors: Sequence[Term]) -> Shape | None:
        shape: Shape | None = SCALAR
        before: Term = _ONE
        for factor in factors:
            right = self.shape(factor)
            if shape is None or right is None:
                shape = None
            elif right == SCALAR or shape == SCALAR:
                before = factor if shape == SCALAR else before
                shape = right if shape == SCALAR else shape
            elif shape == right and shape[1] == ():
                before = factor
            else:
                if not self.equal(shape[1], right[0]):
                    self.conflict(shape, right, before, factor)
                shape, before = (shape[0], right[1]), factor
        return shape

    def operation(self, term: MatrixOperation) -> Shape | None:
        if term.operation in _SIZELESS:
            return self.sizeless(term)
        shapes = [self.shape(argument) for argument in term.arguments]
        if term.operation in ("trace", "determinant"):
            self.square(shapes[0], term.arguments[0])
            return SCALAR
        if term.operation in ("norm", "squared_norm", "rank"):
            return SCALAR
        if term.operation == "dot":
            if shapes[0] is not None and shapes[1] is not None and SCALAR not in shapes:
                self.same(shapes[0], shapes[1], *term.arguments)
            return SCALAR
        if term.operation == "cheapest_plan":
            cost, *margins = shapes
            for place, margin in enumerate(margins):
                if cost is not None and margin is not None and SCALAR not in (cost, margin):
                    self.equal(cost[place], margin[0])
            return SCALAR
        if any(shape is None for shape in shapes):
            return None
        first = shapes[0]
        assert first is not None
        match term.operation:
            case "transpose" | "pseudo_inverse":
                return first[1], first[0]
            case "inverse" | "adjugate" | "function":
                self.square(first, term.arguments[0])
                return first
            case "hadamard":
                second = shapes[1]
                assert second is not None
                if SCALAR in (first, second):
                    return second if first == SCALAR else first
                return self.same(first, second, *term.arguments)
            case "kronecker":
                second = shapes[1]
                assert second is not None
                return (*first[0], *second[0]), (*first[1], *second[1])
            case "vectorisation":
                return (*first[0], *first[1]), ()
            case "eigenvalues" | "eigenvectors":
                self.square(first, term.arguments[0])
                return (first[0], ()) if term.operation == "eigenvalues" else first
            case "softmax":
                return first
            case "diagonal":
                return (first[0], first[0]) if first[1] == () else (first[0], ())
        return None

    def sizeless(self, term: MatrixOperation) -> Shape | None:
        place = _SIZELESS[term.operation]
        for argument in term.arguments[:place]:
            self.shape(argument)
        if len(term.arguments) <= place:
            return None
        mark = _mark(term.arguments[place])
        size: Dimension = (mark,) if mark is not None else _dimension(term.arguments[place])
        return (size, size) if term.operation == "identity" else (size, ())

    def square(self, shape: Shape | None, term: Term) -> None:
        if shape is not None and not self.equal(shape[0], shape[1]):
            told = f"{to_text(term)} is {self.words(shape)}, not square"
            self.conflicts.append(Conflict(term, term, told, self.sure))

    def array(self, rows: Sequence[Sequence[Term]]) -> Shape | None:
        """Blocks in a row are equally high, blocks in a column equally wide."""
        shapes = [[self.shape(cell) for cell in row] for row in rows]
        if any(shape is None for row in shapes for shape in row) or len({len(row) for row in rows}) != 1:
            return None
        if all(shape == SCALAR for row in shapes for shape in row):
            return _dimension(Number(Fraction(len(rows)))), _dimension(Number(Fraction(len(rows[0]))))
        columns = list(zip(*shapes, strict=True))
        for lines, cells, axis in ((shapes, rows, 0), (columns, list(zip(*rows, strict=True)), 1)):
            for line, terms in zip(lines, cells, strict=True):
                known = [(s, t) for s, t in zip(line, terms, strict=True) if s is not None and s != SCALAR]
                for (one, left), (other, right) in pairwise(known):
                    if not self.equal(one[axis], other[axis]):
                        self.conflict(one, other, left, right)
        heights = [_common([s for s in row if s is not None], 0) for row in shapes]
        widths = [_common([s for s in column if s is not None], 1) for column in columns]
        height, width = _together(heights), _together(widths)
        return None if height is None or width is None else (height, width)

    def entry(self, term: Entry) -> Shape | None:
        for index in term.indices:
            self.shape(index)
        if isinstance(term.array, Name):
            sort = self.scope.sorts.get(term.array.symbol)
            if isinstance(sort, Family) and len(sort.sizes) == len(term.indices):
                return self.of_sort(sort.element)
            told = isinstance(sort, Vector | Matrix) or self._is_defined(term.array)
            whole = self.shape(term.array) if told else None
            places = sum(self.walk(dimension) != () for dimension in whole) if whole is not None else 0
            return SCALAR if places == len(term.indices) else None  # X_i is a row of X to some, a column to others
        inner = self.shape(term.array)
        return SCALAR if inner is not None and inner != SCALAR else None

    def _is_defined(self, name: Name) -> bool:
        definition = self.scope.definitions.get(name.symbol)
        return definition is not None and not definition.parameters


def _common(shapes: Sequence[Shape], axis: int) -> Dimension | None:
    """Return the length that the blocks of a row or column share; a number that stands for a block tells none."""
    return next((shape[axis] for shape in shapes if shape != SCALAR), None)


def _together(lengths: Sequence[Dimension | None]) -> Dimension | None:
    """Return the sum of lengths as a length of its own; None where one is not known or is itself a product."""
    if len(lengths) == 1:
        return lengths[0]
    terms = [_ONE if length == () else length[0] for length in lengths if length is not None and len(length) < 2]
    known = [term for term in terms if isinstance(term, Term)]
    return (Sum(tuple(sorted(known, key=repr))),) if len(known) == len(lengths) else None


def _may_be_diagonal(term: Term) -> bool:
    return isinstance(term, MomentOf) or (isinstance(term, MatrixOperation) and term.operation == "diagonal")


def _lengths(sort: Sort) -> list[Name]:
    """Return the names of the lengths of a vector or matrix."""
    sizes: tuple[Term, ...] = (sort.size,) if isinstance(sort, Vector) else ()
    sizes = (sort.rows, sort.columns) if isinstance(sort, Matrix) else sizes
    return [size for size in sizes if isinstance(size, Name)]


def _dimension(size: Term) -> Dimension:
    if size == _ONE:
        return ()
    return tuple(_factors(size))


def _factors(size: Term) -> Iterator[Term]:
    if isinstance(size, Product):
        for factor in size.factors:
            yield from _factors(factor)
    else:
        yield size


def _mark(size: Term) -> Unknown | None:
    if isinstance(size, Name) and size.symbol.startswith("\\dim ?"):
        return Unknown(int(size.symbol.removeprefix("\\dim ?")))
    return None
