"""A property told in words, given to the names that it may be about.

What fails even so cannot be saved by the words. A property may be given in a stronger form than was told, diagonal
for commuting, standard normal for symmetric: whatever holds under the words holds under that, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from errata.language.conditions_in_words import Property
from errata.language.definitions import free_symbols
from errata.language.scope import Independent, Scope
from errata.language.sorts import (
    POSITIVE,
    SIZE,
    Family,
    Function,
    Law,
    Matrix,
    RandomVariable,
    Real,
    Sort,
    Vector,
    element_of,
)
from errata.language.terms import Comparison, MatrixOperation, Name, Number, Product, StandardLaw, Term

_OF_MATRICES = {
    "symmetric": ("symmetric",),
    "antisymmetric": ("antisymmetric",),
    "positive definite": ("positive definite",),
    "diagonal": ("diagonal",),
    "orthogonal": ("orthogonal",),
    "orthonormal": ("orthogonal",),
    "projecting": ("symmetric", "idempotent"),
    "idempotent": ("idempotent",),
    "nilpotent": ("nilpotent",),
    "invertible": ("invertible",),
    "stochastic": ("stochastic",),
}
_OF_FUNCTIONS = frozenset(("convex", "concave", "increasing"))
_BINARY = Real(low=0.0, high=1.0, low_open=False, high_open=False, integer=True)
_ONE_ALONE = Real(low=1.0, high=1.0, low_open=False, high_open=False, integer=True)
_TWO_ALONE = Real(low=2.0, high=2.0, low_open=False, high_open=False, integer=True)
_ZERO, _ONE = Number(Fraction(0)), Number(Fraction(1))
_STANDARD_NORMAL = StandardLaw("normal", (_ZERO, _ONE))


@dataclass(frozen=True, slots=True)
class Imposed:
    """A scope in which names have a property. complete: all have it that the words could be about."""

    scope: Scope
    complete: bool


def impose(told: Property, names: Collection[str], scope: Scope) -> Imposed:
    """Return the scope with a property given to those of the names that can have it."""
    if told == "in all forms":
        return _in_all_forms(names, scope)
    open_ = [name for name in sorted(names) if not _is_known(told, name, scope)]
    given = {name: _with_property(told, scope.sorts.get(name)) for name in open_}
    sorts = {name: sort for name, sort in given.items() if sort is not None}
    changed = replace(
        scope,
        sorts=MappingProxyType({**scope.sorts, **sorts}),
        facts=(*scope.facts, *(_independence(told, sorts))),
        assumptions=(*scope.assumptions, *_lengths(told, sorts), *_right_angles(told, sorts)),
    )
    return Imposed(changed, len(sorts) == len(given))


def _in_all_forms(names: Collection[str], scope: Scope) -> Imposed:
    """Make factors such as they may be in every form of a decomposition, the full one and the thin ones.

    They are square, for their sizes, which have names, are all the same; on the diagonal of a triangle stand ones.
    """
    found = {name: sort for name in names if isinstance(sort := scope.sorts.get(name), Matrix)}
    sizes = [size for sort in found.values() for size in (sort.rows, sort.columns)]
    fixed = {size.symbol: _TWO_ALONE for size in sizes if isinstance(size, Name)}
    triangles = {
        name: replace(sort, properties=sort.properties | {"unit diagonal"})
        for name, sort in found.items()
        if sort.properties & {"lower triangular", "upper triangular"}
    }
    changed = replace(scope, sorts=MappingProxyType({**scope.sorts, **fixed, **triangles}))
    return Imposed(changed, len(found) == len(names) and all(isinstance(size, Name) for size in sizes))


def _is_known(told: Property, name: str, scope: Scope) -> bool:
    """Return whether a formula of the note gives a matrix the property already: W W^T = I, S = diag(v)."""
    if told in ("orthogonal", "orthonormal"):
        return any(_says_orthonormal(condition, name) for condition in scope.assumptions)
    definition = scope.definitions.get(name)
    body = definition.body if definition is not None and not definition.parameters else None
    is_diagonal = isinstance(body, MatrixOperation) and body.operation == "diagonal"
    return told in ("diagonal", "symmetric") and is_diagonal


def _says_orthonormal(condition: Comparison, name: str) -> bool:
    """Return whether a condition says that a matrix times its transpose is the identity."""
    one, turned = Name(name), MatrixOperation("transpose", (Name(name),))
    product = condition.left
    unit = isinstance(condition.right, MatrixOperation) and condition.right.operation == "identity"
    is_square = isinstance(product, Product) and product.factors in ((one, turned), (turned, one))
    return condition.relation == "=" and unit and is_square


def _with_property(told: Property, sort: Sort | None) -> Sort | None:
    """Return the sort of things with the property: the same if it says nothing of their kind, None where it is open."""
    match sort:
        case Family(element=element):
            member = _with_property(told, element)
            return None if member is None else replace(sort, element=member)
        case Matrix():
            return _matrix(told, sort)
        case Vector() if told == "stochastic":
            return replace(sort, simplex=True)
        case Vector(entries=entries):
            return replace(sort, entries=_number(told, entries))
        case Real():
            return None if told == "unit length" else _number(told, sort)
        case Function():
            return replace(sort, properties=sort.properties | {told}) if told in _OF_FUNCTIONS else None
        case RandomVariable():
            return _random(told, sort)
        case Law():
            return sort if told == "independent" else None
    return None


def _matrix(told: Property, sort: Matrix) -> Matrix | None:
    if told == "unit length":
        return None
    if told not in _OF_MATRICES:
        return replace(sort, entries=_number(told, sort.entries))
    if sort.rows != sort.columns:
        return None if told in ("orthogonal", "orthonormal", "stochastic") else sort
    return replace(sort, properties=sort.properties | set(_OF_MATRICES[told]))


def _number(told: Property, sort: Real) -> Real:
    match told:
        case "positive" if sort.low is None and sort.high is None:
            return SIZE if sort.integer else POSITIVE
        case "integer":
            return SIZE if sort == POSITIVE else replace(sort, integer=True)
        case "binary" if not _leaves_out_its_ends(sort):
            return _ONE_ALONE if sort.positive else _BINARY
    return sort


def _leaves_out_its_ends(sort: Real) -> bool:
    """Return whether numbers are declared to lie between 0 and 1, and to be neither: they are what a chance can be."""
    return (sort.low, sort.high, sort.low_open, sort.high_open) == (0.0, 1.0, True, True)


def _random(told: Property, sort: RandomVariable) -> RandomVariable | None:
    if told == "independent":
        return sort
    if sort.law is not None:
        return sort if told == "positive" or not free_symbols(sort.law) else None
    if told == "positive":
        return replace(sort, values=_number(told, sort.values))
    return replace(sort, law=_STANDARD_NORMAL) if told in ("standard normal", "symmetric") else None


def _independence(told: Property, sorts: dict[str, Sort]) -> Iterator[Independent]:
    if told not in ("independent", "standard normal"):
        return
    random = [name for name, sort in sorts.items() if isinstance(element_of(sort), RandomVariable)]
    families = [name for name in random if isinstance(sorts[name], Family)]
    if len(random) > 1 or families:
        yield Independent(tuple(random), members=tuple(families))
    for name, sort in sorts.items():
        if isinstance(sort, Law) and len(sort.spaces) > 1:
            yield Independent(sort.spaces, name)


def _lengths(told: Property, sorts: dict[str, Sort]) -> Iterator[Comparison]:
    if told in ("unit length", "orthonormal"):
        for name in _vectors(sorts):
            yield Comparison("=", _product(Name(name), Name(name)), _ONE)


def _right_angles(told: Property, sorts: dict[str, Sort]) -> Iterator[Comparison]:
    if told in ("orthogonal", "orthonormal"):
        for one, other in combinations(_vectors(sorts), 2):
            if sorts[one].size == sorts[other].size:  # type: ignore[attr-defined]
                yield Comparison("=", _product(Name(one), Name(other)), _ZERO)


def _vectors(sorts: dict[str, Sort]) -> list[str]:
    return [name for name, sort in sorts.items() if isinstance(sort, Vector)]


def _product(one: Term, other: Term) -> Term:
    return MatrixOperation("dot", (one, other))
