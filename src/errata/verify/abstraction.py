"""Weaker scopes: a claim that holds without a fact holds with it.

Notes give a law by formula in one part and use its name for any law in another. So a claim is first judged
with its laws left free, over abstract spaces; only what fails there needs what the scope says of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from errata.language.inference import relevant
from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import AbstractSpace, EuclideanSpace, Family, Law, Point, RandomVariable, Real, Vector
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Density,
    Draw,
    Entry,
    Expectation,
    LawReference,
    MomentOf,
    Name,
    Space,
    StandardDensity,
    StandardLaw,
    Term,
    children,
    subterms,
)


@dataclass(frozen=True, slots=True)
class Weaker:
    """A weaker scope; `faithful` where only spaces were freed, so that what fails in it fails indeed."""

    scope: Scope
    faithful: bool


def without_formulas(scope: Scope, terms: Iterable[Term]) -> Weaker | None:
    """Return the scope with its laws left free, or None where that is no weaker than the scope itself.

    A space keeps its kind where its points are used as numbers, for then not every space will do.
    """
    terms = list(terms)
    laws = {symbol for symbol, sort in scope.sorts.items() if isinstance(sort, Law)}
    bare = replace(
        scope,
        densities=(),
        definitions=MappingProxyType({s: d for s, d in scope.definitions.items() if s not in laws}),
        assumptions=tuple(a for a in scope.assumptions if _is_about_sizes(a, scope)),
        facts=tuple(f for f in scope.facts if not isinstance(f, ImageLaw)),
    )
    bare, reached = relevant(bare, terms)
    used = {symbol for term in reached for symbol in _as_numbers(term)}
    kept = {base_name(symbol) for symbol in used}
    over_laws = {space for sort in scope.sorts.values() if isinstance(sort, Law) for space in sort.spaces}
    freed = {s for s in over_laws if isinstance(scope.spaces.get(s), EuclideanSpace) and s not in kept}
    if bare == scope and not freed:
        return None
    spaces = {**bare.spaces, **{space: AbstractSpace() for space in freed}}
    sorts = dict(bare.sorts)
    for symbol, sort in bare.sorts.items():
        space = base_name(symbol)
        if space in freed and isinstance(sort, Real | Vector | RandomVariable):
            sorts[symbol] = Point(space)
        elif space in freed and isinstance(sort, Family):
            sorts[symbol] = Family(sort.sizes, Point(space))
    freer = replace(bare, sorts=MappingProxyType(sorts), spaces=MappingProxyType(spaces))
    return Weaker(freer, bare == relevant(scope, terms)[0])


def _is_about_sizes(assumption: Comparison, scope: Scope) -> bool:
    """Whether a condition only tells how numbers compare: n > m says which matrices are meant at all."""
    names = {t.symbol for t in subterms(assumption) if isinstance(t, Name)}
    numbers = all(isinstance(scope.sorts.get(symbol), Real) and symbol not in scope.definitions for symbol in names)
    return assumption.relation != "=" and numbers


def _as_numbers(term: Term) -> set[str]:
    """The names that stand as numbers: anywhere but in a law's slot, a function's place or a binder."""
    if isinstance(term, Name):
        return {term.symbol}
    if isinstance(term, StandardDensity | StandardLaw):
        return {t.symbol for t in subterms(term) if isinstance(t, Name)}
    found: set[str] = set()
    for part in _open_parts(term):
        found |= _as_numbers(part)
    return found


def _open_parts(term: Term) -> list[Term]:
    if isinstance(term, Density | LawReference):
        return [s.value for s in term.values + term.given if not _is_point(s.value)]
    if isinstance(term, Apply):
        return [a for a in term.arguments if not _is_point(a)]
    if isinstance(term, Aggregate):
        return [term.body, *_limits(term.binder)]
    if isinstance(term, Expectation):
        return [term.body, *term.given, *_laws(term.draws)]
    if isinstance(term, MomentOf):
        return [*term.arguments, *_laws(term.draws)]
    return list(children(term))


def _is_point(term: Term) -> bool:
    return isinstance(term, Name) or (isinstance(term, Entry) and isinstance(term.array, Name))


def _limits(binder: Binder) -> list[Term]:
    if isinstance(binder.domain, Space):
        return []
    whole = Aggregate("sum", binder, Name(""))
    return [part for part in children(whole) if part is not binder.name and part != Name("")]


def _laws(draws: tuple[Draw, ...]) -> list[Term]:
    return [d.law for d in draws if not isinstance(d.law, LawReference)]
