r"""Steps whose shapes do not agree, held against the conventions under which they might.

A vector may be meant as a row, each by itself; a number beside a matrix for that multiple of I, or for its copies, and
so may a row or column; a product of two columns for that of their entries. Where shapes conflict as they are written
and the step fails in every such convention as well, it is wrong whichever is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from errata.language.definitions import rebuilt, used_symbols
from errata.language.inference import relevant, size_names
from errata.language.matching_sizes import shape_of, sized
from errata.language.scope import Scope
from errata.language.sorts import Family, Matrix, Real, Sort, Vector
from errata.language.statements import Reading
from errata.language.terms import (
    Apply,
    Array,
    Density,
    Derivative,
    Entry,
    Expectation,
    Functional,
    Information,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Product,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.numeric_checks.equalities import ONE_SIZE_ONLY
from errata.numeric_checks.outcome import NoOpinion, NumericOutcome, Refutation

MOST_TURNED = 4
"""No more vectors are tried as rows, each by itself."""
_ONE = Number(Fraction(1))
_STRANGE = (
    Apply, Array, Density, Expectation, Functional, Information, LawReference, MomentOf, StandardDensity, StandardLaw,
)  # fmt: skip
"""Where such terms stand, conventions are not tried."""
_UNFORMED = ("shapes do not agree", "a derivative of a matrix by a vector or matrix")
_GRADIENT = "\\nabla"
Shape = tuple[Term, Term]


@dataclass(frozen=True, slots=True)
class Convention:
    """turned: the vectors that are rows, and gradients. units: numbers stand for multiples of I, else for copies.

    entrywise: products of vectors of one shape are those of their entries.
    """

    turned: frozenset[str]
    units: bool
    entrywise: bool


def in_no_convention(reading: Reading, scope: Scope, check: Callable[[Reading, Scope], NumericOutcome]) -> str | None:
    """Return how the shapes of an equation conflict, where it fails in every convention; None where that is unknown."""
    conflicts = sized((reading.left, reading.right), scope)[1]
    if reading.relation != "=" or not conflicts:
        return None
    heads = _vectors(reading, scope)
    if heads is None:
        return None
    for convention in _conventions(heads):
        posed = _in(convention, reading, scope)
        if not _fails(check(*posed)):
            return None
    return conflicts[0].message


def _fails(outcome: NumericOutcome) -> bool:
    """Return whether an equation is refuted in general, or its sides cannot even be formed or compared."""
    if isinstance(outcome, NoOpinion):
        return outcome.reason.startswith(_UNFORMED) or outcome.reason == ONE_SIZE_ONLY
    return isinstance(outcome, Refutation) and not outcome.thin


def _conventions(heads: list[str]) -> Iterator[Convention]:
    for chosen in product((False, True), repeat=len(heads)):
        turned = frozenset(head for head, is_turned in zip(heads, chosen, strict=True) if is_turned)
        for units, entrywise in product((True, False), repeat=2):
            yield Convention(turned, units, entrywise)


def _vectors(reading: Reading, scope: Scope) -> list[str] | None:
    """Return the vectors that an equation rests on; None where anything else but numbers and matrices stands there.

    Of the lengths nothing may be said but that they are such.
    """
    reached = [reading.left, reading.right, *relevant(scope, [reading.left, reading.right])[1]]
    names = {s for term in reached for s in used_symbols(term)}
    lengths = {size for s in names if (sort := scope.sorts.get(s)) is not None for size in size_names(sort)}
    told = {s for c in (*scope.assumptions, *scope.perhaps) for side in (c.left, c.right) for s in used_symbols(side)}
    bounded = {s for s in lengths if isinstance(sort := scope.sorts.get(s), Real) and sort.high is not None}
    if bounded or lengths & (told | scope.definitions.keys() | scope.not_understood.keys()):
        return None
    parts = [part for term in reached for part in subterms(term)]
    functions = any(d.parameters for s, d in scope.definitions.items() if s in names) or names & scope.recursions.keys()
    if functions or any(isinstance(part, _STRANGE) for part in parts):
        return None
    sorts = {s: scope.sorts[s] for s in names if s in scope.sorts and s not in scope.definitions}
    if not all(isinstance(sort, Real | Vector | Matrix) or _is_family_of_arrays(sort) for sort in sorts.values()):
        return None
    heads = sorted(s for s, sort in sorts.items() if isinstance(_element(sort), Vector))
    heads += [_GRADIENT] if any(isinstance(part, Derivative) for part in parts) else []
    return heads if len(heads) <= MOST_TURNED else None


def _element(sort: Sort) -> Sort:
    return sort.element if isinstance(sort, Family) else sort


def _is_family_of_arrays(sort: Sort) -> bool:
    return isinstance(sort, Family) and isinstance(sort.element, Real | Vector | Matrix)


def _in(convention: Convention, reading: Reading, scope: Scope) -> tuple[Reading, Scope]:
    """Return an equation and its scope as a convention has them, written in the customary one."""

    def turned(term: Term) -> Term:
        return _turned(term, convention.turned, scope)

    definitions = {s: replace(d, body=turned(d.body)) for s, d in scope.definitions.items() if not d.parameters}
    assumptions = tuple(replace(c, left=turned(c.left), right=turned(c.right)) for c in scope.assumptions)
    posed = replace(scope, definitions=MappingProxyType({**scope.definitions, **definitions}), assumptions=assumptions)
    sides = [_filled(turned(side), convention, posed) for side in (reading.left, reading.right)]
    left, right = _alike(sides, convention, posed)
    return replace(reading, left=left, right=right), posed


def _turned(term: Term, heads: frozenset[str], scope: Scope) -> Term:
    """Return a term with a transpose on each of the given vectors, and on what is differentiated."""
    match term:
        case Name(symbol) if symbol in heads:
            return MatrixOperation("transpose", (term,))
        case Entry(Name(symbol), indices) if symbol in scope.sorts:
            sort = scope.sorts[symbol]
            whole = isinstance(sort, Family) and len(indices) == len(sort.sizes)
            return MatrixOperation("transpose", (term,)) if symbol in heads and whole else term
    inner = rebuilt(term, lambda part: _turned(part, heads, scope))
    if isinstance(term, Derivative) and _GRADIENT in heads:
        return MatrixOperation("transpose", (inner,))
    return inner


def _filled(term: Term, convention: Convention, scope: Scope) -> Term:
    """Return a term with what is added written out to one shape, and products of vectors by entries if so meant."""
    inner = rebuilt(term, lambda part: _filled(part, convention, scope))
    if isinstance(inner, Sum):
        return Sum(tuple(_alike(inner.terms, convention, scope)))
    if isinstance(inner, Product) and convention.entrywise:
        return _by_entries(inner, scope)
    return inner


def _by_entries(term: Product, scope: Scope) -> Term:
    factors: list[Term] = []
    for factor in term.factors:
        before = shape_of(factors[-1], scope) if factors else None
        same = before is not None and before == shape_of(factor, scope) and before[0] != before[1]
        if same:
            factors[-1] = MatrixOperation("hadamard", (factors[-1], factor))
        else:
            factors.append(factor)
    return Product(tuple(factors)) if len(factors) > 1 else factors[0]


def _alike(terms: tuple[Term, ...] | list[Term], convention: Convention, scope: Scope) -> list[Term]:
    """Return terms that are added or compared in the largest shape that any of them has."""
    known = [shape_of(term, scope) for term in terms]
    rows = next((shape[0] for shape in known if shape is not None and shape[0] != _ONE), _ONE)
    columns = next((shape[1] for shape in known if shape is not None and shape[1] != _ONE), _ONE)
    whole = next((shape for shape in known if shape is not None and _ONE not in shape), (rows, columns))
    return [_written_out(term, shape, whole, convention) for term, shape in zip(terms, known, strict=True)]


def _written_out(term: Term, shape: Shape | None, whole: Shape, convention: Convention) -> Term:
    if shape is None or shape == whole:
        return term
    if isinstance(term, Negative):
        return Negative(_written_out(term.term, shape, whole, convention))
    if shape == (_ONE, _ONE) and convention.units and whole[0] == whole[1]:
        return Product((term, MatrixOperation("identity", (whole[0],))))
    left = (_ones(whole[0]),) if shape[0] == _ONE != whole[0] else ()
    right = (MatrixOperation("transpose", (_ones(whole[1]),)),) if shape[1] == _ONE != whole[1] else ()
    if shape == (_ONE, _ONE):
        return Product((term, *left, *right)) if left or right else term
    return Product((*left, term, *right)) if left or right else term


def _ones(size: Term) -> Term:
    return MatrixOperation("ones", (size,))
