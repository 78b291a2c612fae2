"""Big operators: sums, products, integrals, extrema, and what they range over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import Cursor, cover, describe, relation_of, split
from errata.language.free_occurrences import occurs_free
from errata.language.natural_ranges import natural_range
from errata.language.sorts import FiniteSpace
from errata.language.syntax import Command, Group, Node, Scripted, Words, everything, leaf_text
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Binder,
    Cases,
    Comparison,
    Constant,
    Domain,
    IndexSet,
    Indicator,
    Interval,
    Name,
    Negative,
    Number,
    Product,
    Range,
    Space,
    Span,
    Sum,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_SUMS: dict[str, AggregateOperation] = {"\\sum": "sum", "\\prod": "product"}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a big operator binds: the written name, and its range.

    natural: none is written; it is the one that the letter has elsewhere.
    """

    name: Name
    domain: Domain
    condition: Term | None = None
    natural: bool = False


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read a big operator with its body, or return None where there is none."""
    node = cursor.peek()
    base = node.base if isinstance(node, Scripted) else node
    text = leaf_text(base) if base is not None else ""
    if text in _SUMS:
        return _sum(meaning, cursor, _SUMS[text])
    if text == "\\int":
        return _integral(meaning, cursor)
    return None


# Sums and products -----------------------------------------------------------------------------------


def _sum(meaning: Meaning, cursor: Cursor, operation: AggregateOperation) -> Term:
    node = cursor.take()
    lower = node.lower if isinstance(node, Scripted) else None
    upper = node.upper if isinstance(node, Scripted) else None
    if not lower:
        raise NotUnderstood(f"this {operation} does not say what it runs over", node.span, "write \\sum_{i=1}^{n}")
    bounds = _bounds(meaning, lower, upper, node)
    names = [b.name.symbol for b in bounds]
    running = names[:1] if bounds[-1].condition is not None else names
    meaning.bound.extend(names)
    try:
        read_body = body_of if operation == "sum" else _factors
        body = read_body(meaning, cursor, running, node)
    finally:
        del meaning.bound[len(meaning.bound) - len(names) :]
    bounds = _of_one(bounds, body)
    span = Span(node.span.start, (body.span or node.span).end)
    if bounds[-1].condition is not None:
        met = bounds[-1].condition
        summed = operation == "sum"
        body = (
            Product((Indicator(met), body), span=body.span)
            if summed
            else Cases(((body, met),), Number(Fraction(1)), span=body.span)
        )
    for bound in reversed(bounds):
        scope = meaning.knowledge.scope
        domain = natural_range(bound.domain, bound.name, body, scope) if bound.natural else bound.domain
        body = Aggregate(operation, Binder(bound.name, domain), body, span=span)
    return body


def _of_one(bounds: list[Bound], body: Term) -> list[Bound]:
    """Return the bounds without the second of a pair that the body does not mention: sum_{j != k} p_j is of one k."""
    match bounds:
        case [first, second] if second.condition is not None:
            names = {t.symbol for t in subterms(body) if isinstance(t, Name)}
            if first.name.symbol in names and second.name.symbol not in names:
                return [replace(first, condition=second.condition)]
    return bounds


def body_of(meaning: Meaning, cursor: Cursor, names: Sequence[str], node: Node) -> Term:
    """One product; and on over + and - as long as the next term has a bound name free."""
    if cursor.peek() is None:
        raise NotUnderstood(f"nothing stands after {describe(node)}", node.span)
    negative = meaning.sign(cursor)
    first = meaning.product(cursor)
    return rest_of_sum(meaning, cursor, Negative(first, span=first.span) if negative else first, names)


def _factors(meaning: Meaning, cursor: Cursor, names: Sequence[str], node: Node) -> Term:
    """Read the body of a product: up to a further product in which the bound names are not free.

    prod_i a_i prod_j b_j is two products side by side; nested, the second would come in as many times as the first.
    """
    rest = _next_term(cursor)
    for place, later in enumerate(rest):
        is_product = isinstance(later, Scripted) and leaf_text(later.base) == "\\prod"
        if place and is_product and not _mentions(rest[place:], names):
            sign = cursor.text() in ("+", "-")
            own = Cursor(tuple(cursor.items[: cursor.position + sign + place]), cursor.position)
            body = body_of(meaning, own, names, node)
            cursor.position = own.position
            return body
    return body_of(meaning, cursor, names, node)


def next_term_mentions(cursor: Cursor, names: Sequence[str]) -> bool:
    """Return whether the term after the + or - at the cursor has one of these names free."""
    return _mentions(_next_term(cursor), names)


def _later_term_mentions(cursor: Cursor, names: Sequence[str]) -> bool:
    """Return whether a term from here on has one of these names free: sum_i a_i - 1 + b_i is one sum."""
    ahead = Cursor(cursor.items, cursor.position)
    while ahead.text() in ("+", "-"):
        if next_term_mentions(ahead, names):
            return True
        ahead.position += 1
        while (node := ahead.peek()) is not None and leaf_text(node) not in ("+", "-") and relation_of(node) is None:
            ahead.position += 1
    return False


def rest_of_sum(meaning: Meaning, cursor: Cursor, first: Term, names: Sequence[str]) -> Term:
    """Go on over + and - as long as the next term, or one after it, has one of these names free."""
    terms: list[Term] = [first]
    while cursor.text() in ("+", "-") and _later_term_mentions(cursor, names):
        negative = meaning.sign(cursor)
        term = meaning.product(cursor)
        terms.append(Negative(term, span=term.span) if negative else term)
    return first if len(terms) == 1 else Sum(tuple(terms), span=cover(terms))


def _next_term(cursor: Cursor) -> list[Node]:
    taken: list[Node] = []
    for node in cursor.rest:
        if leaf_text(node) in ("+", "-") and taken:
            break
        if relation_of(node) is not None:
            break
        if leaf_text(node) not in ("+", "-"):
            taken.append(node)
    return taken


def _mentions(nodes: Sequence[Node], names: Sequence[str]) -> bool:
    """Return whether a bound name occurs free: not under an operator that binds it again."""
    rebound: set[str] = set()
    for node in everything(nodes):
        if isinstance(node, Scripted) and leaf_text(node.base) in ("\\sum", "\\prod", "\\int") and node.lower:
            below = itertools.takewhile(lambda mark: relation_of(mark) is None, node.lower)
            rebound.update(symbol for mark in below if (symbol := symbols.decorated(mark)) is not None)
        if (isinstance(node, Scripted) and leaf_text(node.base) == "\\int") or leaf_text(node) == "\\int":
            rebound.update(_differentials(nodes))
    wanted = [name for name in names if name not in rebound]
    return occurs_free(nodes, wanted)


def _differentials(nodes: Sequence[Node]) -> set[str]:
    found = set()
    for first, second in itertools.pairwise(nodes):
        if _is_d(first):
            found.add(symbols.decorated(second) or "")
    return found


def _bounds(meaning: Meaning, lower: Sequence[Node], upper: Sequence[Node] | None, node: Node) -> list[Bound]:
    """Read what stands below and above the sign: i=1..n, i<j, x \\in X, x, (i, j)."""
    if len(lower) == 1 and isinstance(lower[0], Command) and lower[0].name == "substack":
        raise NotUnderstood("conditions in several lines below a sum are not read", node.span)
    halves = _halves(lower)
    if halves is not None:
        mark, left, right = halves
        kind = relation_of(mark)
        names = bound_names(meaning, left, node)
        if kind == "=":
            low = meaning.expression(right, node.span)
            if upper is None:
                raise NotUnderstood("this range has no upper end", node.span)
            high = meaning.expression(upper, node.span)
            return [Bound(name, Range(low, high)) for name in names]
        if kind == "in":
            return [Bound(name, membership(meaning, name, right)) for name in names]
        if kind == "<" and len(names) == 1 and upper is None:
            return _pair(meaning, names[0], right, node)
        if kind == "!=" and len(names) == 1 and upper is None:
            return _different(meaning, names[0], right, node)
        raise NotUnderstood("this condition below the sign was not understood", mark.span)
    names = bound_names(meaning, lower, node)
    if upper is not None:
        if len(names) == 1:
            one = Number(Fraction(1))
            return [Bound(names[0], Range(one, meaning.expression(upper, node.span)))]
        raise NotUnderstood("this range has no lower end", node.span)
    return [Bound(name, natural_domain(meaning, name), natural=True) for name in names]


def _pair(meaning: Meaning, first: Name, right: Sequence[Node], node: Node) -> list[Bound]:
    """Read i<j: every pair once. Where i or j is bound or stands free elsewhere it is another sum."""
    others = bound_names(meaning, right, node)
    second = others[0]
    if len(others) != 1 or second.symbol <= first.symbol or {first.symbol, second.symbol} & set(meaning.bound):
        raise NotUnderstood("this condition below the sign was not understood", node.span)
    below = Comparison("<", first, second)
    return [Bound(first, IndexSet(first.symbol)), Bound(second, IndexSet(second.symbol), below)]


def _different(meaning: Meaning, first: Name, right: Sequence[Node], node: Node) -> list[Bound]:
    """Read i != j: all pairs of two, or all j but i, where i is bound already or comes before j."""
    others = bound_names(meaning, right, node)
    second = others[0]
    if len(others) != 1 or first.symbol in meaning.bound:
        raise NotUnderstood("this condition below the sign was not understood", node.span)
    apart = Comparison("!=", first, second)
    own, other = natural_domain(meaning, first), natural_domain(meaning, second)
    if isinstance(own, IndexSet) and isinstance(other, Range):
        own = other
    if isinstance(other, IndexSet) and isinstance(own, Range):
        other = own
    if second.symbol in meaning.bound or second.symbol < first.symbol:
        return [Bound(first, own, apart)]
    return [Bound(first, own), Bound(second, other, apart)]


def _halves(nodes: Sequence[Node]) -> tuple[Node, tuple[Node, ...], tuple[Node, ...]] | None:
    for place, node in enumerate(nodes):
        if relation_of(node) is not None:
            return node, tuple(nodes[:place]), tuple(nodes[place + 1 :])
    return None


def bound_names(meaning: Meaning, nodes: Sequence[Node], owner: Node) -> list[Name]:
    """Read i, or i, j, or ij, or (x): the bound names."""
    if len(nodes) == 1 and isinstance(nodes[0], Group):
        nodes = nodes[0].items
    found: list[Name] = []
    for part in split(nodes, (",",)):
        for node in part:
            symbol = symbols.decorated(node)
            if symbol is None:
                raise NotUnderstood("a name is expected below this sign", owner.span)
            found.append(Name(symbol, span=node.span))
    if not found:
        raise NotUnderstood("a name is expected below this sign", owner.span)
    return found


def membership(meaning: Meaning, name: Name, right: Sequence[Node]) -> Domain:
    space = symbols.base_name(name.symbol)
    if len(right) == 1 and isinstance(right[0], Group) and right[0].opening == "\\{":
        inner = split(right[0].items, (",",))
        dotted = [p for p in inner if len(p) == 1 and leaf_text(p[0]) == "\\ldots"]
        if dotted and len(inner) in (3, 4):
            return Range(meaning.expression(inner[0]), meaning.expression(inner[-1]))
    run = _run_of_numbers(meaning, right)
    if run is not None and not _is_point_here(meaning, space):
        return run
    if meaning.knowledge.is_space(space):
        return Space(space)
    return IndexSet("".join(symbols.decorated(n) or "" for n in right) or space)


def _is_point_here(meaning: Meaning, space: str) -> bool:
    """Return whether a variable over written numbers is a point of the space: so declared, or in a law here."""
    kind = meaning.knowledge.scope.spaces.get(space)
    if isinstance(kind, FiniteSpace):
        return True
    return kind is None and any(space in law.all for law in meaning.knowledge.nearby.values())


def _run_of_numbers(meaning: Meaning, right: Sequence[Node]) -> Range | None:
    """Return {0, 1} or {1, 2, 3} as a range; None where the set is no run of integers written out."""
    if len(right) != 1 or not isinstance(right[0], Group) or right[0].opening != "\\{":
        return None
    values = [meaning.expression(part) for part in split(right[0].items, (",",))]
    numbers = sorted(v.value for v in values if isinstance(v, Number))
    whole = len(numbers) == len(values) and all(n.denominator == 1 for n in numbers)
    if not whole or numbers != [numbers[0] + place for place in range(len(numbers))]:
        return None
    return Range(Number(numbers[0]), Number(numbers[-1]))


def natural_domain(meaning: Meaning, name: Name) -> Domain:
    space = symbols.base_name(name.symbol)
    known = meaning.knowledge.usage.ranges.get(name.symbol)
    if known is not None:
        return Range(*known)
    if meaning.knowledge.is_space(space):
        return Space(space)
    return IndexSet(name.symbol)


# Integrals -------------------------------------------------------------------------------------------


def _is_d(node: Node) -> bool:
    return leaf_text(node) == "d" or (isinstance(node, Words) and node.text.strip() == "d")


def _integral(meaning: Meaning, cursor: Cursor) -> Term:
    node = cursor.take()
    lower = node.lower if isinstance(node, Scripted) else None
    upper = node.upper if isinstance(node, Scripted) else None
    inner, variable, tail = _integrand(cursor)
    if variable is not None and not lower:
        inner, variable = _in_order(inner, variable)
    if variable is None:
        if not lower or upper is not None:
            raise NotUnderstood("the integral does not say its variable", node.span, "end it with dx")
        names = bound_names(meaning, _without_membership(lower), node)
        return _over_space(meaning, cursor, names, node)
    symbol = symbols.decorated(variable)
    if symbol is None:
        raise NotUnderstood("the variable of this integral was not understood", variable.span)
    name = Name(symbol, span=variable.span)
    domain = _integral_domain(meaning, name, lower, upper, node)
    cursor.position += tail
    meaning.bound.append(symbol)
    try:
        body = meaning.expression(inner, node.span) if inner else Number(Fraction(1))
        if tail == 2 and not inner:
            body = body_of(meaning, cursor, [symbol], node)
    finally:
        meaning.bound.pop()
    return Aggregate("integral", Binder(name, domain), body, span=Span(node.span.start, variable.span.end))


def _integrand(cursor: Cursor) -> tuple[list[Node], Node | None, int]:
    """Return the nodes up to the differential that closes this sign, the variable, and how many to skip."""
    depth = 0
    rest = list(cursor.rest)
    for place, node in enumerate(rest):
        bare = node.base if isinstance(node, Scripted) else node
        if leaf_text(bare) == "\\int":
            depth += 1
        if relation_of(node) is not None:
            break
        if _is_d(node) and place + 1 < len(rest) and symbols.decorated(rest[place + 1]) is not None:
            if depth == 0:
                return rest[:place], rest[place + 1], place + 2
            depth -= 1
    return [], None, 0


def _in_order(inner: list[Node], variable: Node) -> tuple[list[Node], Node]:
    r"""Return what is integrated, and by what: in \int x \int f(x, y) dx dy the outer sign goes with dx."""
    first = next((place for place, node in enumerate(inner) if leaf_text(node) == "\\int"), None)
    if first is None or len(inner) < first + 3 or not _is_d(inner[-2]):
        return inner, variable
    names = [symbols.decorated(node) for node in (inner[-1], variable)]
    stands = [name is not None and _mentions(inner[:first], [name]) for name in names]
    return ([*inner[:-1], variable], inner[-1]) if stands == [True, False] else (inner, variable)


def _over_space(meaning: Meaning, cursor: Cursor, names: list[Name], node: Node) -> Term:
    symbols_bound = [n.symbol for n in names]
    meaning.bound.extend(symbols_bound)
    try:
        body = body_of(meaning, cursor, symbols_bound, node)
    finally:
        del meaning.bound[len(meaning.bound) - len(names) :]
    for name in reversed(names):
        domain = _integral_domain(meaning, name, None, None, node)
        body = Aggregate(
            "integral", Binder(name, domain), body, span=Span(node.span.start, (body.span or node.span).end)
        )
    return body


def _without_membership(nodes: Sequence[Node]) -> Sequence[Node]:
    halves = _halves(nodes)
    return halves[1] if halves is not None else nodes


def _integral_domain(
    meaning: Meaning, name: Name, lower: Sequence[Node] | None, upper: Sequence[Node] | None, node: Node
) -> Domain:
    space = symbols.base_name(name.symbol)
    infinite = (
        upper is not None
        and lower is not None
        and symbols.label(lower) == "-\\infty"
        and symbols.label(upper).lstrip("+") == "\\infty"
    )
    written = _written_interval(meaning, name, lower, node) if lower and upper is None else None
    if written is not None:
        return written
    if meaning.knowledge.is_space(space) and (upper is None or infinite):
        return Space(space)
    if lower is None or upper is None:
        return Interval(Negative(Constant("infinity")), Constant("infinity"))
    return Interval(meaning.expression(lower, node.span), meaning.expression(upper, node.span))


def _written_interval(meaning: Meaning, name: Name, lower: Sequence[Node], node: Node) -> Interval | None:
    """Read what stands below an integral: [a, b], x in [a, b], x > a; None where it is a name, or x in a name.

    Raises NotUnderstood for anything else: it leaves something out.
    """
    halves = _halves(lower)
    if halves is not None and relation_of(halves[0]) != "in":
        return _half_line(meaning, name, halves, node)
    inside = lower if halves is None else halves[2]
    if len(inside) == 1 and not isinstance(inside[0], Group):
        return None
    ends = split(inside[0].items, (",",)) if len(inside) == 1 and isinstance(inside[0], Group) else []
    if len(ends) == 2 and all(ends):
        low, high = (meaning.expression(end, node.span) for end in ends)
        return Interval(low, high)
    raise NotUnderstood("what this integral runs over was not understood", node.span)


def _half_line(
    meaning: Meaning, name: Name, halves: tuple[Node, tuple[Node, ...], tuple[Node, ...]], node: Node
) -> Interval:
    """Read x > a and x < a below an integral."""
    mark, left, right = halves
    relation = relation_of(mark)
    alone = len(left) == 1 and symbols.decorated(left[0]) == name.symbol and _halves(right) is None
    if not alone or relation not in ("<", "<=", ">", ">="):
        raise NotUnderstood("what this integral runs over was not understood", node.span)
    end, infinity = meaning.expression(right, node.span), Constant("infinity")
    return Interval(end, infinity) if relation in (">", ">=") else Interval(Negative(infinity), end)
