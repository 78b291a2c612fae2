"""The sizes of undeclared vectors, from what stands beside them: x - m has that of m, A x = b as many as A columns.

And undeclared names that stand where a function of the note has a vector.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from errata.language.array_shapes import ONE, is_column, shape_of
from errata.language.scope import Scope
from errata.language.sorts import Vector
from errata.language.terms import Apply, At, Comparison, MatrixOperation, Name, Negative, Product, Sum, Term, subterms


def sizes_beside(
    terms: Iterable[Term], unknown: Collection[str], vectors: Collection[str], scope: Scope
) -> dict[str, Term]:
    """Return sizes of undeclared names, by symbol.

    unknown: names that nothing is known of; in a sum with a column they are columns. vectors: those of them that
    are known to be vectors; in a product they have as many rows as the matrix before them has columns.
    """
    found: dict[str, Term] = {}
    for term in terms:
        for part in subterms(term):
            match part:
                case Sum(summands):
                    pairs = list(_in_sum(summands, scope))
                case Comparison("=", left, right):
                    pairs = [*_in_sum((left, right), scope), *_as_eigenvector(left, right, scope)]
                case Product(factors):
                    pairs = [(s, size) for s, size in _in_product(factors, scope) if s in vectors]
                case _:
                    continue
            for symbol, size in pairs:
                if symbol in unknown:
                    found.setdefault(symbol, size)
    return found


def in_place_of_parameters(terms: Iterable[Term], scope: Scope, unknown: Collection[str]) -> dict[str, Vector]:
    """Return the sorts of undeclared names at which functions of vectors are taken, as formulas of the note have them.

    What something is evaluated at is of the sort of the variable.
    """
    parts = [part for term in terms for part in subterms(term)]
    found: dict[str, Vector] = {}
    for part in parts:
        if isinstance(part, Apply) and (definition := scope.definitions.get(part.function.symbol)) is not None:
            for parameter, argument in zip(definition.parameters, part.arguments, strict=False):
                sort = scope.sorts.get(parameter)
                if isinstance(sort, Vector) and isinstance(argument, Name) and argument.symbol in unknown:
                    found.setdefault(argument.symbol, sort)
    for part in parts:
        match part:
            case At(variable=Name(variable), value=Name(value)) if variable in found and value in unknown:
                found.setdefault(value, found[variable])
    return found


def _in_sum(terms: Sequence[Term], scope: Scope) -> Iterator[tuple[str, Term]]:
    shapes = [shape_of(term, scope) for term in terms]
    column = next((shape for shape in shapes if is_column(shape)), None)
    if column is None:
        return
    for term in terms:
        match _positive(term):
            case Name(symbol):
                yield symbol, column[0]
            case Product((*before, Name(symbol))) if before:
                left = shape_of(Product(tuple(before)) if len(before) > 1 else before[0], scope)
                if left is not None and len(left) == 2 and left[0] == column[0] and left[1] != ONE:
                    yield symbol, left[1]


def _as_eigenvector(left: Term, right: Term, scope: Scope) -> Iterator[tuple[str, Term]]:
    """A v = c v: the square matrix on one side alone tells that v is a column."""
    for one, other in ((left, right), (right, left)):
        match one, other:
            case Product((*before, Name(symbol))), Product((*_, Name(again))) if before and symbol == again:
                shape = shape_of(Product(tuple(before)) if len(before) > 1 else before[0], scope)
                if shape is not None and len(shape) == 2 and shape[0] == shape[1] != ONE:
                    yield symbol, shape[1]


def _in_product(factors: Sequence[Term], scope: Scope) -> Iterator[tuple[str, Term]]:
    for left, right in pairwise(factors):
        match left, right:
            case _, Name(symbol):
                shape = shape_of(left, scope)
                if shape is not None and len(shape) == 2 and shape[1] != ONE:
                    yield symbol, shape[1]
            case MatrixOperation("transpose", (Name(symbol),)), _:
                shape = shape_of(right, scope)
                if shape is not None and len(shape) == 2:
                    yield symbol, shape[0]


def _positive(term: Term) -> Term:
    return term.term if isinstance(term, Negative) else term
