r"""Extrema: \max_x f(x), \inf_{x > 0} f(x), \arg\min_{\|w\| \le 1} f(w), \max\{a, b\}, and what they range over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from errata.language import feasible_sets, symbols, transport
from errata.language.cursor import Cursor, relation_of, split, split_relations
from errata.language.natural_ranges import natural_range
from errata.language.operator_notation import body_of, bound_names, membership, natural_domain
from errata.language.power_notation import raised
from errata.language.sorts import Real
from errata.language.syntax import Command, Group, Node, Scripted, Words, leaf_text
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Binder,
    Constant,
    Domain,
    Elementary,
    Entry,
    Functions,
    IndexSet,
    Interval,
    Laws,
    Name,
    Negative,
    Range,
    Simplex,
    Space,
    Span,
    Term,
    Values,
    Where,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_EXTREMA: dict[str, AggregateOperation] = {
    "max": "max", "min": "min", "sup": "max", "inf": "min", "argmax": "argmax", "argmin": "argmin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """An extremum's sign: what it asks for, what stands below it, and how many nodes its name takes."""

    operation: AggregateOperation
    lower: tuple[Node, ...] | None
    taken: int
    limiting: bool = False


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read an extremum with its body, or return None where there is none."""
    sign = _sign(cursor)
    return None if sign is None else _extremum(meaning, cursor, sign)


def _sign(cursor: Cursor) -> Sign | None:
    node = cursor.peek()
    if node is None:
        return None
    base = node.base if isinstance(node, Scripted) else node
    lower = node.lower if isinstance(node, Scripted) else None
    if isinstance(node, Command) and node.name == "underset":
        inner = _sign(Cursor(node.arguments[1]))
        whole = inner is not None and inner.taken == len(node.arguments[1])
        return replace(inner, lower=node.arguments[0], taken=1) if inner is not None and whole else None
    if leaf_text(base) == "\\arg":
        following = _sign(Cursor(cursor.items, cursor.position + 1))
        if following and following.operation in ("max", "min"):
            sought: AggregateOperation = "argmax" if following.operation == "max" else "argmin"
            return Sign(sought, following.lower or lower, following.taken + 1)
        return None
    word = leaf_text(base)[1:] if leaf_text(base).startswith("\\") else ""
    if isinstance(base, Words):
        word = "".join(base.text.split()).replace("\\", "").lower()
    if word in _EXTREMA:
        return Sign(_EXTREMA[word], lower, 1, word in ("sup", "inf"))
    return None


def _extremum(meaning: Meaning, cursor: Cursor, sign: Sign) -> Term:
    operation, lower = sign.operation, sign.lower
    start = cursor.take()
    for _ in range(sign.taken - 1):
        cursor.take()
    following = cursor.peek()
    if not lower:
        values = following.base if isinstance(following, Scripted) and following.lower is None else following
        if isinstance(values, Group) and operation in ("max", "min"):
            cursor.take()
            parts = tuple(meaning.expression(p, values.span) for p in split(values.items, (",",)))
            if len(parts) < 2:
                raise NotUnderstood("an extremum needs several values or a variable below it", values.span)
            found = Elementary(operation, parts, span=Span(start.span.start, values.span.end))
            upper = following.upper if isinstance(following, Scripted) else None
            return raised(meaning, found, upper, Span(start.span.start, (following or values).span.end))
        raise NotUnderstood("this extremum does not say its variable", start.span, "write it below: \\max_x")
    over = transport.ranged_over(meaning, lower, start)
    restricted = None if over is not None else _restricted(meaning, lower, start)
    names, domain = ([over.name], None) if over is not None else ([], None)
    if restricted is not None:
        names = [name for name, _ in restricted.names]
    elif over is None:
        names, domain = _extremum_bounds(meaning, lower, start)
    outside = meaning.knowledge
    known = meaning.knowledge = transport.knowing(outside, over)
    plain = [n.symbol for n in names if not known.is_function(n.symbol) and known.law(n.symbol) is None]
    meaning.bound.extend(plain)
    try:
        body = body_of(meaning, cursor, [n.symbol for n in names], start)
    finally:
        meaning.knowledge = outside
        del meaning.bound[len(meaning.bound) - len(plain) :]
    span = Span(start.span.start, (body.span or start.span).end)
    if over is not None:
        return transport.extremum(meaning, operation, over, body, span)
    transport.refuse_all_plans(operation, names, body, span)
    if restricted is not None:
        return _where(meaning, sign, restricted, body, start, span)
    for name in reversed(names):
        ranging = domain or _extremum_domain(meaning, name, body)
        body = Aggregate(operation, Binder(_canonical(meaning, name), ranging), body, limiting=sign.limiting, span=span)
    return body


def _restricted(meaning: Meaning, lower: Sequence[Node], owner: Node) -> feasible_sets.Feasible | None:
    """Read conditions below the sign; None where it is a name, names, or a name between ends or in a set."""
    members, relations = split_relations(lower)
    kinds = {relation_of(r) for r in relations}
    one_line = not any(isinstance(node, Command) and node.name == "substack" for node in lower)
    if one_line and (not kinds or kinds == {"!="}):
        return None
    leads = bool(relations) and (_is_name(members[0]) or (not _mentions_a_name(members[0]) and _is_name(members[1])))
    if one_line and len(relations) == 1 and (kinds == {"in"} or (kinds <= _ORDER and leads)):
        return None
    if one_line and len(relations) == 2 and (kinds <= {"<", "<="} or kinds <= {">", ">="}) and _is_name(members[1]):
        return None
    return feasible_sets.read(meaning, lower, owner, lambda name, right: _extremum_set(meaning, name, right))


_ORDER = {"<", "<=", ">", ">="}


def _mentions_a_name(nodes: Sequence[Node]) -> bool:
    return any((symbol := symbols.decorated(node)) is not None and not symbol.isdigit() for node in nodes)


def _where(
    meaning: Meaning, sign: Sign, restricted: feasible_sets.Feasible, body: Term, owner: Node, span: Span
) -> Term:
    """Build the extremum of the body over the names where the conditions hold."""
    scope = meaning.knowledge.scope
    bound = feasible_sets.of_body(restricted, body, lambda symbol: type(scope.sorts.get(symbol)), owner)
    if any(name.symbol in scope.definitions for name, _ in bound.names):
        raise NotUnderstood("a variable of this sign is defined before", owner.span)
    if any(meaning.knowledge.law(n.symbol) or meaning.knowledge.is_function(n.symbol) for n, _ in bound.names):
        raise NotUnderstood("conditions on laws and functions are not read below a sign", owner.span)
    found: Term = Where(body, bound.condition, span=span)
    for name, domain in reversed(bound.names):
        binder = Binder(name, domain or Values())
        found = Aggregate(sign.operation, binder, found, limiting=sign.limiting, span=span)
    return found


def _canonical(meaning: Meaning, name: Name) -> Name:
    law = meaning.knowledge.law(name.symbol)
    return Name(law, span=name.span) if law else name


def _extremum_bounds(meaning: Meaning, lower: Sequence[Node], owner: Node) -> tuple[list[Name], Domain | None]:
    """Read x, x > 0, 0 < x < 1 or x \\in [0, 1]; no domain where all values of the names are meant."""
    members, relations = split_relations(lower)
    kinds = tuple(relation_of(r) for r in relations)
    if not kinds or kinds == ("!=",):
        return bound_names(meaning, members[0], owner), None
    if kinds == ("in",):
        names = bound_names(meaning, members[0], owner)
        return names, _extremum_set(meaning, names[0], members[1])
    if all(kind in ("<", "<=") for kind in kinds):
        ascending = list(members)
    elif all(kind in (">", ">=") for kind in kinds):
        ascending = list(reversed(members))
    else:
        raise NotUnderstood("this condition below the sign was not understood", relations[0].span)
    variable = members[1] if len(members) == 3 else next((m for m in members if _is_name(m)), ())
    if len(members) > 3 or not _is_name(variable):
        raise NotUnderstood("this condition below the sign was not understood", relations[0].span)
    place = ascending.index(variable)
    infinity = Constant("infinity")
    low = meaning.expression(ascending[0]) if place else Negative(infinity)
    high = meaning.expression(ascending[-1]) if place + 1 < len(ascending) else infinity
    strict = [kind in ("<", ">") for kind in (kinds if kinds[0] in ("<", "<=") else reversed(kinds))]
    low_open = place > 0 and strict[place - 1]
    ends = Interval(low, high, low_open=low_open, high_open=place < len(strict) and strict[place])
    return bound_names(meaning, variable, owner), ends


def _is_name(nodes: Sequence[Node]) -> bool:
    symbol = symbols.decorated(nodes[0]) if len(nodes) == 1 else None
    return symbol is not None and not symbol.isdigit()


def _extremum_set(meaning: Meaning, name: Name, right: Sequence[Node]) -> Domain | None:
    if meaning.knowledge.law(name.symbol) or meaning.knowledge.is_function(name.symbol):
        return None
    if len(right) == 1 and isinstance(right[0], Group) and right[0].opening in ("(", "["):
        parts = split(right[0].items, (",",))
        if len(parts) == 2:
            low, high = (meaning.expression(part) for part in parts)
            return Interval(low, high, low_open=right[0].opening == "(", high_open=right[0].closing == ")")
    if feasible_sets.is_simplex(right):
        return Simplex()
    known = membership(meaning, name, right)
    written = known.name.lstrip("\\") if isinstance(known, IndexSet) else ""
    if written == "mathbb{R}" and isinstance(sort := meaning.knowledge.scope.sorts.get(name.symbol, Real()), Real):
        infinity = Constant("infinity")
        return Values(said=True) if sort == Real() else Interval(Negative(infinity), infinity)
    return None if written.startswith("mathbb{R}") else known


def _extremum_domain(meaning: Meaning, name: Name, body: Term) -> Domain:
    if meaning.knowledge.law(name.symbol):
        return Laws()
    if meaning.knowledge.is_function(name.symbol):
        return Functions()
    if name.symbol in meaning.knowledge.usage.ranges:
        known = Range(*meaning.knowledge.usage.ranges[name.symbol])
        return natural_range(known, name, body, meaning.knowledge.scope)
    space = symbols.base_name(name.symbol)
    sort = meaning.knowledge.scope.sorts.get(name.symbol)
    indexed = any(isinstance(part, Entry) and name in part.indices for part in subterms(body))
    if sort is None and (indexed or name.symbol in meaning.knowledge.usage.indices):
        return natural_domain(meaning, name)
    is_number = isinstance(sort, Real)
    if meaning.knowledge.is_space(space) and not (is_number and name.symbol != space):
        return Space(space)
    if any(isinstance(part, Entry) and name in part.indices for part in subterms(body)):
        return IndexSet(name.symbol)
    return Values()
