"""Conditions in words that are in force at a place of a document, and the claims that they may restrict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from errata.language.conditions_in_words import Restricted, Restriction, Topic
from errata.language.definitions import free_symbols
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import Family, Function, Law, Matrix, RandomVariable, Real, Sort, Vector, element_of
from errata.language.terms import (
    Comparison,
    Density,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
    Name,
    StandardLaw,
    Term,
    children,
    subterms,
)
from errata.language.transport import compares_laws

_OF_CHANCE = Density | Expectation | Functional | Information | LawReference | MomentOf


@dataclass(frozen=True, slots=True)
class InForce:
    """A condition and where it holds. section: the one it ends with, None where it is set for good.

    spared: the names that were declared or defined after it.
    """

    restriction: Restriction
    section: int | None
    spared: frozenset[str] = frozenset()


def put_in_force(
    known: Sequence[InForce], found: Sequence[Restriction], section: int, declared: Collection[str]
) -> list[InForce]:
    """Return the conditions after a sentence of this section that tells these and declares new names."""
    kept = [r for r in known if r.section in (None, section)]
    after = [r if r.restriction.universal else replace(r, spared=r.spared | set(declared)) for r in kept]
    return [*(r for r in after if r.restriction not in found), *(_begun(r, section) for r in found)]


def _begun(found: Restriction, section: int) -> InForce:
    return InForce(found, None if found.lasting else section)


def of_later_things(found: Restriction, announced: Collection[str], scope: Scope) -> Restriction:
    """Return a condition as one on things that are declared after it, where it can be on none that are known."""
    if found.universal or found.names:
        return found
    by_chance = any(_is_of_chance(name, scope) for name in announced)
    about = _concerned(InForce(found, None), announced, by_chance, scope)
    return found if about else replace(found, universal=True)


def restricting(
    terms: Sequence[Term], scope: Scope, conditions: Iterable[InForce], section: int
) -> tuple[Restricted, ...]:
    """Return the conditions that may restrict a claim with these sides, the last one first."""
    held = [r for r in conditions if r.section in (None, section)]
    if not held and not scope.assumptions:
        return ()
    names, reached = _rested_on(terms, scope)
    by_chance = any(isinstance(t, _OF_CHANCE) for term in reached for t in subterms(term))
    held = [r for r in held if r.restriction.about != "distances" or any(map(compares_laws, reached))]
    found = []
    for told in reversed(held):
        about = _concerned(told, names, by_chance, scope)
        if about:
            r = told.restriction
            found.append(Restricted(r.words, r.imposed, tuple(sorted(about)), r.firm))
    unused = (to_text(a) for a in scope.assumptions if _is_unused(a, names, scope))
    return (*found, *(Restricted(words, None, (), True) for words in unused))


def _rested_on(terms: Sequence[Term], scope: Scope) -> tuple[set[str], list[Term]]:
    """Return the free names that sides rest on, definitions, laws and conditions followed, and all terms on the way."""
    names: set[str] = set()
    reached: list[Term] = []
    pending = [(term, frozenset[str]()) for term in terms]
    while pending:
        while pending:
            term, bound = pending.pop()
            reached.append(term)
            for symbol in free_symbols(term) - bound - names:
                names.add(symbol)
                pending.extend(_bodies(symbol, scope))
        for condition in scope.assumptions:
            if condition not in reached and free_symbols(condition) & names:
                pending.append((condition, frozenset()))
    return names, reached


def _bodies(symbol: str, scope: Scope) -> list[tuple[Term, frozenset[str]]]:
    """Return what says what a name is, each with the names that it binds."""
    found: list[tuple[Term, frozenset[str]]] = []
    if symbol in scope.definitions:
        definition = scope.definitions[symbol]
        found.append((definition.body, frozenset(definition.parameters)))
    for density in scope.densities:
        if density.law == symbol:
            found.append((density.body, frozenset(name for _, name in (*density.values, *density.given))))
    if symbol in scope.recursions:
        recursion = scope.recursions[symbol]
        found.append((recursion.body, frozenset((recursion.index,))))
        found.extend((value, frozenset[str]()) for _, value in recursion.starts)
    sort = element_of(scope.sorts.get(symbol))
    if isinstance(sort, RandomVariable) and sort.law is not None:
        found.append((sort.law, frozenset()))
    return found


def _is_unused(assumption: Comparison, names: Collection[str], scope: Scope) -> bool:
    """Return whether a condition is on random variables of a claim, but not in a form that they are drawn by.

    It bounds the values of a variable other than by a number, or is on a probability beside the variable's law.
    """
    random = {n: sort.space for n in names if isinstance(sort := element_of(scope.sorts.get(n)), RandomVariable)}
    if assumption.relation != "=" and _loose(assumption) & random.keys():
        return True
    laws = [t for t in subterms(assumption) if isinstance(t, Density) and t.law.symbol not in names]
    return any(slot.space in random.values() for law in laws for slot in law.values)


def _loose(term: Term) -> set[str]:
    """Return the names that stand outside all means and probabilities."""
    if isinstance(term, _OF_CHANCE):
        return set()
    if isinstance(term, Name):
        return {term.symbol}
    return set().union(*(_loose(part) for part in children(term)))


def _concerned(condition: InForce, names: Collection[str], by_chance: bool, scope: Scope) -> list[str]:
    """Return the names among these that a condition may be about."""
    about, only = condition.restriction.about, condition.restriction.names
    left = [name for name in names if name not in condition.spared and (not only or name in only)]
    if about == "chance":
        random = [name for name in left if _is_of_chance(name, scope)]
        return random or (left if by_chance else [])
    if about == "integers" and not condition.restriction.firm:
        left = [name for name in left if _may_count(scope.sorts.get(name))]
    return [name for name in left if _is_about(name, about, scope)]


def _may_count(sort: Sort | None) -> bool:
    """Return whether a name that is only near the word "integer" may be one: it is, or is a family."""
    return isinstance(sort, Family) or (isinstance(sort, Real) and sort.integer)


def _is_about(name: str, about: Topic, scope: Scope) -> bool:
    """Return whether a name is a thing of the kind, and not known by a formula where that says it all."""
    sort = element_of(scope.sorts.get(name))
    match about:
        case "laws" | "distances":
            return _is_open_law(name, scope)
        case "functions":
            return isinstance(sort, Function) and name not in scope.definitions
        case "symmetry":
            if isinstance(sort, Matrix) and "symmetric" in sort.properties:
                return False
            return any(_is_about(name, topic, scope) for topic in ("laws", "functions", "matrices"))
        case "parity":
            return any(_is_about(name, topic, scope) for topic in ("laws", "functions", "integers"))
        case "arrays":
            return sort is None or isinstance(scope.sorts.get(name), Vector | Matrix | Family)
        case "matrices":
            return sort is None or isinstance(scope.sorts.get(name), Matrix | Family)
        case "integers":
            return sort is None or isinstance(sort, Real)
        case "numbers":
            return not isinstance(sort, Law) and not (isinstance(sort, Real) and sort.integer)
    return True


def _is_of_chance(name: str, scope: Scope) -> bool:
    return isinstance(element_of(scope.sorts.get(name)), RandomVariable | Law)


def _is_open_law(name: str, scope: Scope) -> bool:
    """Return whether a name is a law, or a variable with a law, that no formula tells."""
    sort = element_of(scope.sorts.get(name))
    if isinstance(sort, RandomVariable):
        return not isinstance(sort.law, StandardLaw)
    told = name in scope.definitions or any(d.law == name for d in scope.densities)
    return isinstance(sort, Law) and not told
