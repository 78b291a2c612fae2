"""Which statements define a name, and what they define."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, replace
from operator import is_
from typing import Any

from errata.language.laws import as_law, references
from errata.language.pairs import loose_pair
from errata.language.scope import Definition, DensityDefinition
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    Information,
    Interval,
    LawReference,
    Limit,
    MomentOf,
    Name,
    Number,
    Power,
    Range,
    Slot,
    StandardDensity,
    StandardLaw,
    Term,
    children,
    subterms,
)


def head_symbol(left: Term) -> str | None:
    """Return the symbol that a left side would define: a name, a function of names, a law at names."""
    if isinstance(left, Name):
        return left.symbol
    if isinstance(left, LawReference) and not left.values and not left.given:
        return left.law.symbol
    if isinstance(left, Apply) and left.order == 0 and _distinct_names(left.arguments):
        return left.function.symbol
    if isinstance(left, Density) and _distinct_names(tuple(s.value for s in left.values + left.given)):
        return left.law.symbol
    if isinstance(left, Entry) and isinstance(left.array, Name) and _distinct_names(left.indices):
        return left.array.symbol
    return None


def solved_deviation(left: Term, right: Term, announced: Collection[str]) -> tuple[Term, Term]:
    r"""Read \sigma^2 = ... as what \sigma is: a standard deviation, which is no negative number.

    announced: names that something is said of. A mean on the right says what it is the deviation of: then it is known.
    """
    match left:
        case Power(Name(symbol) as name, Number(two)) if two == 2 and symbol not in announced:
            averaged = any(isinstance(part, Expectation | MomentOf) for part in subterms(right))
            if base_name(symbol) == "\\sigma" and not averaged:
                return name, Elementary("sqrt", (right,))
    return left, right


def hidden_parameters(defined: Definition) -> list[str]:
    """Return the parameters that a formula mentions by relatives alone: y(x, w) = w_0 + sum_i w_i x_i^*, x a vector.

    At other arguments such a formula does not tell the value.
    """
    free = free_symbols(defined.body)
    relatives = {base_name(s) for s in free}
    return [p for p in defined.parameters if p not in free and base_name(p) in relatives]


def constant_family(left: Term, right: Term) -> Definition | None:
    """Return what g_t = g says: every member of the family is the name without an index."""
    match left, right:
        case Entry(Name(symbol), (Name(index),)), Name(other) if symbol.removesuffix("_{\\cdot}") == other:
            return Definition(symbol, (index,), right, entry_wise=True)
    return None


def _distinct_names(terms: tuple[Term, ...]) -> bool:
    names = [t.symbol if isinstance(t, Name) else t.law.symbol if isinstance(t, LawReference) else "" for t in terms]
    return all(names) and len(set(names)) == len(names)


def definition(left: Term, right: Term) -> Definition | DensityDefinition | None:
    """Return what `left := right` defines; None where the right side needs what is being defined."""
    symbol = head_symbol(left)
    if symbol is None or symbol in used_symbols(right) or loose_pair((left, right)) is not None:
        return None
    if isinstance(left, LawReference):
        law = as_law(right)
        return Definition(symbol, (), law) if law is not None and [*references(law), law] else None
    if isinstance(left, Name):
        return Definition(symbol, (), right)
    if isinstance(left, Apply):
        names = [
            a.symbol if isinstance(a, Name) else a.law.symbol
            for a in left.arguments
            if isinstance(a, Name | LawReference)
        ]
        given = [p.symbol for p in left.parameters if isinstance(p, Name)]
        if len({*names, *given}) == len(left.arguments) + len(left.parameters):
            names += given
        return Definition(symbol, tuple(names), right)
    if isinstance(left, Entry):
        return Definition(symbol, tuple(i.symbol for i in left.indices if isinstance(i, Name)), right, True)
    if isinstance(left, Density):
        return density_definition(symbol, _pairs(left.values), _pairs(left.given), right)
    return None


def density_definition(
    law: str, values: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...], body: Term
) -> DensityDefinition:
    """Return what law(values | given) := body defines; a law without its point, p(x) = N(m, s), is taken at x."""
    if isinstance(body, StandardLaw) and len(values) == 1:
        body = StandardDensity(Name(values[0][1]), body, span=body.span)
    return DensityDefinition(law, values, given, body)


def _pairs(slots: tuple[Slot, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((s.space, s.value.symbol) for s in slots if isinstance(s.value, Name))


def used_symbols(term: Term) -> set[str]:
    """Return the symbols of names, functions and laws that occur in a term, bound ones included."""
    return {t.symbol for t in subterms(term) if isinstance(t, Name)}


def free_symbols(term: Term) -> set[str]:
    """Return the symbols that occur in a term and are not bound there."""
    return _free(term, frozenset())


def _free(term: Term, bound: frozenset[str]) -> set[str]:
    if isinstance(term, Name):
        return set() if term.symbol in bound else {term.symbol}
    if isinstance(term, Aggregate):
        limits = [part for part in children(term) if part is not term.binder.name and part is not term.body]
        inside = _free(term.body, bound | {term.binder.name.symbol})
        return inside.union(*(_free(limit, bound) for limit in limits))
    if isinstance(term, Expectation | MomentOf):
        drawn = bound | {d.name.symbol for d in term.draws}
        return set().union(*(_free(part, drawn) for part in children(term)))
    if isinstance(term, LawReference):
        own = {s.value.symbol for s in term.values if isinstance(s.value, Name)}
        return set().union(*(_free(part, bound | own) for part in children(term)))
    if isinstance(term, At):
        return _free(term.body, bound | {term.variable.symbol}) | _free(term.value, bound)
    if isinstance(term, Limit):
        return _free(term.body, bound | {term.variable.symbol}) | _free(term.point, bound)
    if isinstance(term, Information):
        return {term.law.symbol} - bound
    return set().union(*(_free(part, bound) for part in children(term)))


def names_behind(names: Iterable[str], definitions: Mapping[str, Definition]) -> set[str]:
    """Return the names, and all that they rest on by definitions."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        symbol = waiting.pop()
        if symbol in found:
            continue
        found.add(symbol)
        if symbol in definitions:
            definition = definitions[symbol]
            waiting.extend(free_symbols(definition.body) - set(definition.parameters))
    return found


def unfold_entries(term: Term, entries: Mapping[str, Definition]) -> Term:
    """Return the term with entries that are defined one by one (a_j := ...) replaced by what they are.

    A binder of the body that would capture an index gets another name.
    """
    if not entries:
        return term
    if isinstance(term, Entry) and isinstance(term.array, Name) and term.array.symbol in entries:
        defined = entries[term.array.symbol]
        bound = {t.binder.name.symbol for t in subterms(defined.body) if isinstance(t, Aggregate)}
        used = set().union(*(free_symbols(i) for i in term.indices))
        if len(defined.parameters) == len(term.indices) and not bound & set(defined.parameters):
            inner = {k: v for k, v in entries.items() if k != term.array.symbol}
            body = with_other_binders(defined.body, bound & used)
            body = substitute(body, dict(zip(defined.parameters, term.indices, strict=True)))
            return unfold_entries(body, inner)
    return rebuilt(term, lambda part: unfold_entries(part, entries))


def with_other_binders(body: Term, clashing: set[str]) -> Term:
    """Return a body with other names for those bound in it that would capture an index: y_j, with y_k := sum_j ..."""
    taken = used_symbols(body)
    for symbol in sorted(clashing):
        other = f"{symbol}'"
        while other in taken:
            other += "'"
        taken.add(other)
        body = renamed(body, symbol, other)
    return body


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """Return the term with names replaced by terms, where no binder of the term has one of these names.

    A name that something is differentiated by stays, but not the index of a member: dL/dz_j is dL/dz_k for k.
    """
    if isinstance(term, Name):
        return values.get(term.symbol, term)
    changed = rebuilt(term, lambda part: substitute(part, values))
    if isinstance(changed, Derivative) and isinstance(changed.variable, Entry):
        indices = tuple(substitute(i, values) for i in changed.variable.indices)
        return replace(changed, variable=replace(changed.variable, indices=indices))
    return changed


_LEFT_ALONE = frozenset(("binder", "draws", "law", "function", "variable"))


def rebuilt(term: Term, change: Callable[[Term], Term]) -> Term:
    """Return the term with `change` applied to its direct subterms, bound names and law symbols left alone."""
    if not children(term):
        return term
    changes: dict[str, Any] = {}
    if isinstance(term, Aggregate) and isinstance(term.binder.domain, Range | Interval):
        domain = term.binder.domain
        low, high = change(domain.low), change(domain.high)
        if low is not domain.low or high is not domain.high:
            changes["binder"] = replace(term.binder, domain=replace(domain, low=low, high=high))
    names: tuple[str, ...] = term.__match_args__
    for name in names:
        if name in _LEFT_ALONE:
            continue
        old = getattr(term, name)
        new = _rebuilt(old, change)
        if new is not old:
            changes[name] = new
    return replace(term, **changes) if changes else term


def _rebuilt(value: Any, change: Callable[[Term], Term]) -> Any:
    if isinstance(value, Term):
        return change(value)
    if isinstance(value, Slot):
        new = change(value.value)
        return value if new is value.value else Slot(value.space, new)
    if isinstance(value, tuple):
        parts = [_rebuilt(v, change) for v in value]
        return value if all(map(is_, parts, value)) else tuple(parts)
    return value


def renamed(term: Term, old: str, new: str) -> Term:
    """Return the term with one symbol in place of another, wherever it stands."""
    changed: Any = _renamed(term, old, new)
    return changed  # type: ignore[no-any-return]


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Name):
        return replace(value, symbol=new) if value.symbol == old else value
    if isinstance(value, tuple):
        return tuple(_renamed(part, old, new) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        changes = {f.name: _renamed(getattr(value, f.name), old, new) for f in fields(value) if f.name != "span"}
        return replace(value, **{k: v for k, v in changes.items() if v is not getattr(value, k)})
    return value
