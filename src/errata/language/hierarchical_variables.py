r"""Random variables whose laws mention others: U ~ N(0, 1) and V ~ N(U, 1), where E[V] averages over U as well.

The law of V is then the one given U, and the joint law is that of U times that of V given U. A mean is taken over the
variables in that order. Where more has to be known of how they depend on each other, it is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from errata.language.definitions import free_symbols, names_behind, rebuilt, substitute
from errata.language.named_laws import law_followed
from errata.language.prose.given_variables import WHATEVER
from errata.language.scope import Definition, Independent, Scope
from errata.language.sorts import EuclideanSpace, Family, Matrix, RandomVariable, Vector
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import Comparison, Draw, Expectation, MatrixOperation, MomentOf, Name, Span, Term, subterms
from errata.language.tokens import NotUnderstood


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The draws of a mean, from causes to effects, and its terms with the values that are given put in."""

    draws: tuple[Draw, ...]
    terms: tuple[Term, ...]

    def mean(self, span: Span) -> Expectation:
        """Return the mean of the only term."""
        (body,) = self.terms
        return Expectation(self.draws, body, span=span)


def hierarchy(terms: Sequence[Term], given: Sequence[Term], scope: Scope, span: Span) -> Hierarchy | None:
    """Return how a mean of the terms under the conditions is drawn; None where no law mentions a random variable.

    A variable that has a named law and stands as a number elsewhere counts as a random one.
    Raises NotUnderstood where how the variables depend on each other is not told by their laws alone.
    """
    values = _values(given)
    mentioned = _random_behind(set().union(*map(free_symbols, terms)), scope)
    drawn = _ordered(mentioned - values.keys(), values.keys(), scope, span)
    staged = any(law_followed(s, scope) is not None or _parents(s, scope) for s in drawn)
    if not drawn or not (staged or _averaged_within(terms, scope)):
        return None
    if not are_values(given) or not _told(drawn, mentioned, values.keys(), scope):
        together = ", ".join(sorted({*drawn, *values}))
        raise NotUnderstood(f"how these random variables depend on each other is not read: {together}", span)
    draws = tuple(_draw(symbol, values, scope) for symbol in drawn)
    return Hierarchy(draws, tuple(substitute(term, values) for term in terms))


def both_ways(
    found: tuple[Reading, ...], given: Collection[str], definitions: Mapping[str, Definition]
) -> tuple[Reading, ...]:
    """Return the readings of a step with its means over all causes, and with these given.

    "For a given U, Var(V) = 1" is said in many words, or in none. given: the names that words say are given; the means
    for given values come first then.
    """
    first = found[0]
    causes = {n for side in (first.left, first.right) for t in subterms(side) for n in _causes(t, definitions)}
    if not causes:
        return found
    everything = _with_given(first, causes, definitions)
    if WHATEVER in given:
        return _whichever(first, sorted(causes), definitions)
    named = causes & set(given)
    if not named:
        return (*found, replace(everything, condition=f"if {_are(causes)} given"))
    told = _with_given(first, named, definitions), replace(first, condition=f"if {_are(causes)} averaged over")
    return told if named == causes else (*told, replace(everything, condition=f"if {_are(causes)} given"))


def _whichever(reading: Reading, causes: Sequence[str], definitions: Mapping[str, Definition]) -> tuple[Reading, ...]:
    """Return the readings where words leave open which causes are given: each of them, all and none.

    None are given where the words mean other names, such as weights that are no variables.
    """
    averaged = replace(reading, condition=f"if {_are(causes)} averaged over", guess=True)
    counts = range(1, len(causes) + 1) if len(causes) <= MOST_CAUSES else (1, len(causes))
    given = (names for count in counts for names in combinations(causes, count))
    return averaged, *(
        replace(_with_given(reading, names, definitions), condition=f"if {_are(names)} given", guess=True)
        for names in given
    )


MOST_CAUSES = 4
"""Of more causes than these not all sets are tried that may be given."""


def _are(names: Collection[str]) -> str:
    return f"{' and '.join(sorted(names))} {'is' if len(names) == 1 else 'are'}"


def _with_given(reading: Reading, names: Collection[str], definitions: Mapping[str, Definition]) -> Reading:
    left, right = (_given(side, names, definitions) for side in (reading.left, reading.right))
    return replace(reading, left=left, right=right)


def _given(term: Term, names: Collection[str], definitions: Mapping[str, Definition]) -> Term:
    changed = rebuilt(term, lambda part: _given(part, names, definitions))
    causes = _causes(changed, definitions) & set(names)
    if isinstance(changed, Expectation | MomentOf) and causes:
        return replace(changed, draws=tuple(d for d in changed.draws if d.name.symbol not in causes))
    return changed


def _causes(term: Term, definitions: Mapping[str, Definition]) -> set[str]:
    """Return the names that a mean draws and the law of another of its draws mentions."""
    if not isinstance(term, Expectation | MomentOf):
        return set()
    mentioned = set().union(*(free_symbols(draw.law) for draw in term.draws))
    return {draw.name.symbol for draw in term.draws} & names_behind(mentioned, definitions)


def _averaged_within(terms: Sequence[Term], scope: Scope) -> bool:
    """Return whether a mean within the terms is drawn given a cause, as that of E[E[V | U]] is."""
    means = [part for term in terms for part in subterms(term) if isinstance(part, Expectation | MomentOf)]
    return any(_parents(draw.name.symbol, scope) for mean in means for draw in mean.draws)


def are_values(given: Sequence[Term]) -> bool:
    """Return whether all conditions say which value a variable has: U, or U = u."""
    return len(_values(given)) == len(given)


def _values(given: Sequence[Term]) -> dict[str, Term]:
    """Return what the conditions fix: U of "given U" to itself, and U of "given U = u" to u."""
    found: dict[str, Term] = {}
    for condition in given:
        match condition:
            case Name(symbol):
                found[symbol] = condition
            case Comparison("=", Name(symbol), value):
                found[symbol] = value
    return found


def _random_behind(names: set[str], scope: Scope) -> set[str]:
    """Return the random variables among the names and among what defines them."""
    return {name for name in names_behind(names, scope.definitions) if _is_random(name, scope)}


def _is_random(name: str, scope: Scope) -> bool:
    sort = scope.sorts.get(name)
    random = isinstance(sort.element if isinstance(sort, Family) else sort, RandomVariable)
    return random or law_followed(name, scope) is not None


def _law(symbol: str, scope: Scope) -> Term | None:
    sort = scope.sorts.get(symbol)
    element = sort.element if isinstance(sort, Family) else sort
    return element.law if isinstance(element, RandomVariable) else law_followed(symbol, scope)


def _parents(symbol: str, scope: Scope) -> set[str]:
    """Return the random variables that the law of one mentions."""
    law = _law(symbol, scope)
    return set() if law is None else _random_behind(free_symbols(law), scope)


def _ordered(wanted: Collection[str], fixed: Collection[str], scope: Scope, span: Span) -> list[str]:
    """Return the variables with all that their laws mention and nothing fixes, those without such a law first."""
    stages: dict[str, int] = {}

    def stage(symbol: str, below: frozenset[str]) -> int:
        if symbol in below:
            raise NotUnderstood(f"the law of {symbol} mentions {symbol} itself", span)
        if symbol not in stages:
            parents = sorted(_parents(symbol, scope) - set(fixed))
            stages[symbol] = 1 + max((stage(parent, below | {symbol}) for parent in parents), default=0)
        return stages[symbol]

    for symbol in sorted(wanted):
        stage(symbol, frozenset())
    return sorted(stages, key=lambda symbol: (stages[symbol], symbol))


def _told(drawn: Sequence[str], mentioned: set[str], fixed: Collection[str], scope: Scope) -> bool:
    """Return whether the laws of the variables and what is known of independence make up their joint law."""
    parents = {symbol: _parents(symbol, scope) for symbol in drawn}
    causes = set().union(*parents.values())
    if not set(fixed) <= causes or set(drawn) & _ancestors(fixed, scope):
        return False
    for place, symbol in enumerate(drawn):
        if isinstance(scope.sorts.get(symbol), Family) or _law(symbol, scope) is None:
            return False
        if len(drawn) > 1 and not _is_law_of_numbers(symbol, scope):
            return False
        needed = mentioned.union(*(parents[later] for later in drawn[place:]))
        beside = {earlier for earlier in (*fixed, *drawn[:place]) if earlier in needed} - parents[symbol]
        if beside and not (parents[symbol] <= set(fixed) and _independent({symbol, *beside}, scope)):
            return False
    return True


def _is_law_of_numbers(symbol: str, scope: Scope) -> bool:
    """Return whether the law of a variable is not one of vectors, whose sizes nothing relates."""
    law, sort = _law(symbol, scope), scope.sorts.get(symbol)
    space = scope.spaces.get(sort.space) if isinstance(sort, RandomVariable) else None
    if isinstance(space, EuclideanSpace) and space.size is not None:
        return False
    parts = [] if law is None else list(subterms(law))
    arrays = any(isinstance(scope.sorts.get(t.symbol), Vector | Matrix) for t in parts if isinstance(t, Name))
    return not arrays and not any(isinstance(t, MatrixOperation) for t in parts)


def _ancestors(symbols: Collection[str], scope: Scope) -> set[str]:
    found: set[str] = set()
    waiting = list(symbols)
    while waiting:
        new = _parents(waiting.pop(), scope) - found
        found |= new
        waiting.extend(new)
    return found


def _independent(names: set[str], scope: Scope) -> bool:
    return any(isinstance(f, Independent) and f.law is None and names <= set(f.names) for f in scope.facts)


def _draw(symbol: str, values: Mapping[str, Term], scope: Scope) -> Draw:
    sort, law = scope.sorts.get(symbol), _law(symbol, scope)
    assert law is not None
    space = sort.space if isinstance(sort, RandomVariable) else base_name(symbol)
    return Draw(Name(symbol), space, substitute(law, values))
