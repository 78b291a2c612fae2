"""Names that notes average without declaring them: E[X], Var(X), Cov(X, Y) make X and Y random.

What holds for every law of them holds; where a law of the statement is over their space, it is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from errata.language import symbols
from errata.language.cursor import split
from errata.language.definitions import free_symbols, names_behind
from errata.language.joint_laws import is_part, space_of
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable, Real, Sort, Vector, element_of
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    leaf_text,
    levels,
)
from errata.language.terms import (
    Aggregate,
    Comparison,
    Density,
    Entry,
    Expectation,
    Indicator,
    LawReference,
    MomentOf,
    Name,
    Number,
    Range,
    Slot,
    Term,
    children,
    subterms,
)

_MEANS = frozenset(("E", "Var", "var", "Cov", "cov", "Corr", "corr"))


def averaged_names(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the symbols that stand alone in E[X], Var(X) or Cov(X, Y), no law being written below the sign."""
    for level in levels(nodes):
        for place, node in enumerate(level[1:], start=1):
            bracket = node.base if isinstance(node, Scripted) else node
            if not (isinstance(bracket, Group) and bracket.opening in ("(", "[", "\\{")):
                continue
            if _word_before(level, place) not in _MEANS:
                continue
            for part in split(split(bracket.items, ("|", "\\mid"))[0], (",",)):
                symbol = _bare_symbol(part[0]) if len(part) == 1 else None
                if symbol is not None:
                    yield symbol


def _word_before(level: Sequence[Node], place: int) -> str:
    node = level[place - 1]
    if isinstance(node, Words):
        return "".join(node.text.split())
    if isinstance(node, Command) and node.name in ("mathbb", "mathbf", "mathcal", "mathscr"):
        return symbols.label(node.arguments[0])
    letters = ""
    while place and isinstance(level[place - 1], Leaf) and len(leaf_text(level[place - 1])) == 1:
        letters = leaf_text(level[place - 1]) + letters
        place -= 1
        if letters in ("E", "Var", "Cov"):
            return letters
    return letters


def _bare_symbol(node: Node) -> str | None:
    """Return the name, without the index of a member: X for X_i, but X_{max} as a whole."""
    if isinstance(node, Scripted) and node.lower and not symbols.is_word_label(node.lower) and node.upper is None:
        return symbols.base_symbol(node.base)
    return symbols.decorated(node)


_PROBABILITIES = frozenset(("P", "p", "\\Pr", "\\mathbb{P}", "\\mathrm{P}", "\\mathrm{Pr}"))


def known_from_means(left: Term, right: Term) -> set[str]:
    """Return what on the right any law will do for: P(X = x) of what is averaged, and what a mean is given."""
    names: set[str] = set()
    conditions: set[str] = set()
    for part in (*subterms(left), *subterms(right)):
        if isinstance(part, Expectation) and not part.draws:
            conditions |= {s for c in part.given for s in _conditioned(c)}
            names |= free_symbols(part.body)
        elif isinstance(part, MomentOf) and not part.draws:
            names |= {s for argument in part.arguments for s in free_symbols(argument)}
    spaces = {symbols.base_name(s) for s in names | conditions}
    uses: dict[str, set[str]] = {}
    for part in subterms(right):
        if isinstance(part, Density) and part.law.symbol in _PROBABILITIES:
            uses.setdefault(part.law.symbol, set()).update(s.space for s in (*part.values, *part.given))
    return conditions | {law for law, places in uses.items() if places <= spaces}


def sets_moment(left: Term, right: Term, scope: Scope) -> bool:
    """Return whether P(X = 1, Y = 2) = p/2 or E[X] = m may set what it states: nothing else says what it is."""
    match left:
        case Expectation((), Name() | Entry() | Indicator(), ()) | MomentOf(_, (), (Name() | Entry(), *_)):
            names = free_symbols(left)
        case _:
            return False
    if is_random(right):
        return False
    sorts = [element_of(scope.sorts.get(s)) for s in names]
    has_law = any(isinstance(sort, RandomVariable) and sort.law is not None for sort in sorts)
    told = set().union(*(free_symbols(a) for a in scope.assumptions))
    told |= {variable for d in scope.densities for _, variable in d.values}
    return not has_law and not names & (told | scope.definitions.keys())


def is_random(term: Term) -> bool:
    """Return whether a term speaks of laws or means."""
    return any(isinstance(t, Expectation | MomentOf | Density | LawReference) for t in subterms(term))


def is_law_value(term: Term) -> bool:
    """Return whether a term is P(X = i), E[X] or Var(X): what a note may say outright."""
    match term:
        case Density() | Expectation((), Name() | Entry() | Indicator(), ()) | MomentOf(_, (), (Name() | Entry(), *_)):
            return True
    return False


def values_at(term: Term) -> tuple[Slot, ...]:
    """Return the places of P(X = i, Y = j), none of anything else."""
    return term.values if isinstance(term, Density) else ()


def sets_law_at(left: Term, right: Term) -> bool:
    """Return whether P(A = 1) = f of numbers alone may set what it states."""
    if is_random(right):
        return False
    match left:
        case Density(law, values, ()) if law.symbol in _PROBABILITIES:
            return all(isinstance(s.value, Number) for s in values)
    return False


BOTH_WAYS = "whether it is random or a fixed number is not said"
"""Said of a name that is declared a number and averaged, E[c], and also stands outside the means, E[X + c] = m + c."""


def outside_means(term: Term) -> set[str]:
    """Return the names that stand outside all means of a term."""
    if isinstance(term, Expectation | MomentOf):
        return set()
    return ({term.symbol} if isinstance(term, Name) else set()).union(*map(outside_means, children(term)))


# Sorts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Average:
    """What stands in a mean without draws: the names in it (definitions followed), and those it is conditioned on."""

    inside: frozenset[str]
    conditions: frozenset[str]


def implied_variables(
    scope: Scope, averaged: frozenset[str], indices: frozenset[str], terms: Iterable[Term]
) -> Mapping[str, RandomVariable]:
    """Return the sorts of undeclared names that the terms average over.

    Averaged are the names that stand alone in some mean of the notes; where a mean has none, its capitals, or
    its only name. Nothing is returned for a name whose law cannot be told.
    """
    terms = list(terms)
    averages = list(_averages(terms, scope))
    parts = [p for term in (*terms, *(d.body for d in scope.definitions.values())) for p in subterms(term)]
    ends = {s for p in parts if isinstance(p, Aggregate) for s in _ends(p)}
    families = {p.array.symbol for p in parts if isinstance(p, Entry) and isinstance(p.array, Name)}
    chosen: set[str] = set()
    for average in averages:
        unknown = {s for s in average.inside | average.conditions if _may_be_random(s, scope, averaged)}
        unknown -= indices | ends
        named = {s for s in unknown if s in averaged} | (unknown & average.conditions)
        known = any(isinstance(element_of(scope.sorts.get(s)), RandomVariable) for s in average.inside)
        if not named & average.inside and not known:
            capitals = {s for s in unknown & average.inside if len(s) == 1 and s.isupper()}
            alone = unknown & average.inside
            named |= capitals or (alone & families) or (alone if len(alone) == 1 else set())
        chosen |= named | {s for s in unknown if is_part(s, scope)}
        chosen |= {s for s in average.inside if _has_no_law(scope.sorts.get(s))}
    found: dict[str, RandomVariable] = {}
    for symbol in sorted(chosen):
        law = _law_over(symbol, chosen, scope, terms)
        if law is not _UNCLEAR and not (law is None and _has_no_law(scope.sorts.get(symbol))):
            sort = scope.sorts.get(symbol)
            values = sort if isinstance(sort, Real) and law is None else Real()
            found[symbol] = RandomVariable(space_of(symbol, scope), law, values)
    return found


def _ends(term: Aggregate) -> set[str]:
    """Return the names that a range ends with: sizes, which are not random."""
    domain = term.binder.domain
    return free_symbols(domain.low) | free_symbols(domain.high) if isinstance(domain, Range) else set()


def _averages(terms: Iterable[Term], scope: Scope) -> Iterator[_Average]:
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Expectation) and not part.draws:
                inside = frozenset(names_behind(free_symbols(part.body), scope.definitions))
                yield _Average(inside, frozenset(s for c in part.given for s in _conditioned(c)))
            elif isinstance(part, MomentOf) and not part.draws:
                names = {s for argument in part.arguments for s in free_symbols(argument)}
                yield _Average(frozenset(names_behind(names, scope.definitions)), frozenset())


def _conditioned(condition: Term) -> set[str]:
    side = condition.left if isinstance(condition, Comparison) else condition
    return {side.symbol} if isinstance(side, Name) else set()


def _has_no_law(sort: Sort | None) -> bool:
    return isinstance(sort, RandomVariable) and sort.law is None


def _may_be_random(symbol: str, scope: Scope, averaged: frozenset[str]) -> bool:
    """Return whether a name is declared nowhere, or as any number or vector and then averaged."""
    if symbol in scope.definitions:
        return False
    sort = scope.sorts.get(symbol)
    with_law = any(symbol == variable for d in scope.densities for _, variable in d.values)
    if isinstance(sort, Real) and sort.integer and with_law:
        return True  # x in {0, 1} with the law p(x)
    described = symbol in averaged or with_law
    bounded = isinstance(sort, Real) and not (sort.integer or sort.nonzero or sort.complex)
    bounded = bounded and symbol in averaged and symbol.isupper()
    return sort is None or bounded or (described and (sort == Real() or _is_any_vector(sort)))


def _is_any_vector(sort: Sort) -> bool:
    return isinstance(sort, Vector) and sort.entries == Real() and not sort.simplex and not sort.one_hot


_UNCLEAR = Name("")


def _law_over(symbol: str, chosen: set[str], scope: Scope, terms: Sequence[Term]) -> Term | None:
    """Return the law that the variable has in these terms, None where it is any law or part of a joint one."""
    space = space_of(symbol, scope)
    means = [t for term in terms for t in subterms(term) if isinstance(t, Expectation | MomentOf)]
    random = {space_of(s, scope) for s in chosen} | {draw.space for t in means for draw in t.draws}
    uses = [t for term in terms for t in subterms(term) if isinstance(t, Density | LawReference)]
    uses = [t for t in uses if space in {s.space for s in (*t.values, *t.given)}]
    laws = {t.law.symbol for t in uses} | {d.law for d in scope.densities if space in {s for s, _ in d.values}}
    if not laws:
        return None
    if len(laws) > 1:
        return _UNCLEAR
    law = laws.pop()
    outside = {tuple(s for s in t.given if s.space not in random) for t in uses if space in {v.space for v in t.values}}
    if len(outside) > 1 or any(not isinstance(s.value, Name) for given in outside for s in given):
        return _UNCLEAR
    given = outside.pop() if outside else ()
    formulas = [d for d in scope.densities if d.law == law]
    if not uses and len(formulas) == 1 and not random & {s for s, _ in formulas[0].given}:
        given = tuple(Slot(s, Name(variable)) for s, variable in formulas[0].given)
    if not given and not formulas:
        return None
    if any(d.given for d in formulas) and not given:
        return _UNCLEAR
    return LawReference(Name(law), (Slot(space, Name(symbol)),), given)
