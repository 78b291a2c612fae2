r"""Laws that factorise over a tuple of any length, q(Z) = \prod_{i=1}^M q_i(Z_i), written out for a length of three.

Every Z_i has a space and a law of its own, and how many there are is not said. With three of them all is finite: sums
and products over i are written out, and Z stands for (Z_1, Z_2, Z_3). A claim that fails then is wrong; one that holds,
holds for three. An index that nothing binds is that of any factor, and is taken to be the second.

That is done only where it is sure for the whole document: where the count, the tuple and its members stand nowhere that
it would not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import relation_of, split
from errata.language.node_latex import latex_of_nodes
from errata.language.prose.segments import Formula, Sentence
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    everything,
    leaf_text,
    levels,
    with_changed_runs,
)
from errata.language.terms import Span
from errata.language.token import Token

LENGTH = 3
_ANY_MEMBER = 2
_MOST_SIGNS, _DEEPEST, _MOST_MEMBERS = 40, 3, 5
_ENDS = frozenset((",", ";", ".", "\\quad", "\\qquad"))
_BIG = frozenset(("\\sum", "\\prod"))
_DOTS = frozenset(("\\ldots", "\\dots"))


@dataclass(frozen=True, slots=True)
class MeanField:
    """laws: the symbols that factorise. variable: the tuple. count: its length, as a letter."""

    laws: frozenset[str]
    variable: str
    count: str

    @property
    def length(self) -> int:
        """How many members are written out."""
        return int(self.count) if self.count.isdigit() else LENGTH

    @property
    def told(self) -> str:
        """What the claims about it are judged for; "" where that is what the note says."""
        return "" if self.count.isdigit() else f"{self.count} = {LENGTH}"

    @property
    def members(self) -> frozenset[str]:
        """The names that stand for single factors and members."""
        numbers = [str(k) for k in range(1, self.length + 1)]
        laws = (symbols.compose(law, k) for law in self.laws for k in numbers)
        return frozenset((*laws, *(symbols.numbered(self.variable, k) for k in numbers)))


class _Unfit(Exception):
    """A formula in which the factors cannot be written out."""


def mean_field(formulas: Iterable[Sequence[Node]]) -> MeanField | None:
    """Return the laws of a document that factorise so; None where there are none, or they cannot be written out."""
    formulas = [tuple(f) for f in formulas]
    found = {field for formula in formulas for field in _factorisations(formula)}
    if len({(field.variable, field.count) for field in found}) != 1:
        return None
    if any(field.count.isdigit() and not 2 <= field.length <= _MOST_MEMBERS for field in found):
        return None
    field = replace(next(iter(found)), laws=frozenset().union(*(f.laws for f in found)))
    try:
        for formula in formulas:
            _written(formula, field)
    except _Unfit:
        return None
    return field


def written_out(nodes: Sequence[Node], field: MeanField | None) -> tuple[Node, ...]:
    """Return a formula with the factors written out."""
    if field is None:
        return tuple(nodes)
    try:
        return _written(nodes, field)
    except _Unfit:  # a formula that is not the document's own, such as a correction that is tried
        return tuple(nodes)


# Finding -------------------------------------------------------------------------------------------------


def _factorisations(formula: Sequence[Node]) -> Iterator[MeanField]:
    r"""Yield the laws of equations q(Z) = \prod_{i=1}^M q_i(Z_i), with nothing else behind the product."""
    for level in levels(formula):
        for place in range(len(level) - 5):
            field = _factorisation(level[place : place + 7])
            if field is not None:
                yield field


def _factorisation(nodes: Sequence[Node]) -> MeanField | None:
    head, bracket, sign, product, factor, member = nodes[:6]
    after = leaf_text(nodes[6]) if len(nodes) > 6 else "."
    law = symbols.base_symbol(head)
    variable = _only_name(bracket)
    bound = _bound(product)
    if law is None or variable is None or bound is None or relation_of(sign) not in ("=", ":=") or bound.count is None:
        return None
    if leaf_text(bound.operator) != "\\prod" or after not in _ENDS:
        return None
    point = member.items[0] if isinstance(member, Group) and len(member.items) == 1 else None
    if _indexed(factor, bound.index) != law or point is None or _indexed(point, bound.index) != variable:
        return None
    return MeanField(frozenset((law,)), variable, bound.count)


def _only_name(bracket: Node) -> str | None:
    if not isinstance(bracket, Group) or bracket.opening != "(" or len(bracket.items) != 1:
        return None
    return symbols.base_symbol(bracket.items[0])


def _indexed(node: Node, index: str) -> str | None:
    """Return the name that has just this index."""
    if not isinstance(node, Scripted) or node.upper or node.primes or not node.lower or len(node.lower) != 1:
        return None
    return symbols.base_symbol(node.base) if leaf_text(node.lower[0]) == index else None


@dataclass(frozen=True, slots=True)
class _Bound:
    """A sum or product over the members: its sign, index, count (None: not written), and what the index is not."""

    operator: Node
    index: str
    count: str | None
    other: str = ""


def _bound(node: Node) -> _Bound | None:
    if not isinstance(node, Scripted) or leaf_text(node.base) not in _BIG or not node.lower:
        return None
    texts = [leaf_text(n) for n in node.lower]
    count = leaf_text(node.upper[0]) if node.upper and len(node.upper) == 1 else None
    if node.upper and not count:
        return None
    index = texts[0]
    if len(index) != 1 or not index.islower():
        return None
    if len(texts) == 1 or texts[1:] == ["=", "1"]:
        return _Bound(node.base, index, count)
    if len(node.lower) == 3 and relation_of(node.lower[1]) == "!=" and not node.upper:
        return _Bound(node.base, index, None, texts[2])
    return None


def told_members(sentence: Sentence, field: MeanField | None, nodes: Callable[[str], Sequence[Node]]) -> Sentence:
    r"""Return a sentence with its formulas written out, and Z_1, Z_2, Z_3 for Z = (Z_1, \dots, Z_M).

    nodes: reads a formula.
    """
    if field is None:
        return sentence
    told = (_told(s, field, nodes(s.latex)) if isinstance(s, Formula) else s for s in sentence.segments)
    return replace(sentence, segments=tuple(told))


def _told(formula: Formula, field: MeanField, nodes: Sequence[Node]) -> Formula:
    if nodes and is_tuple(nodes, field):
        return replace(formula, latex=", ".join(f"{field.variable}_{k}" for k in range(1, field.length + 1)))
    written = written_out(nodes, field)
    return formula if written == tuple(nodes) else replace(formula, latex=latex_of_nodes(written))


# Writing out ---------------------------------------------------------------------------------------------


def _written(nodes: Sequence[Node], field: MeanField) -> tuple[Node, ...]:
    if is_tuple(nodes, field):
        return tuple(nodes)
    if sum(leaf_text(node) in _BIG for node in everything(nodes)) > _MOST_SIGNS:
        raise _Unfit
    found = _spread(nodes, field)
    free = {i for node in everything(found) if (i := _index_of(node, field)) is not None and not i.isdigit()}
    free -= {bound.index for node in everything(found) if (bound := _bound(node)) is not None}
    if len(free) > 1:
        raise _Unfit
    for index in free:
        found = _spread(_with_index(found, index, _ANY_MEMBER), field)
    _check(found, field)
    return _with_tuple(found, field)


def is_tuple(nodes: Sequence[Node], field: MeanField) -> bool:
    r"""Return whether a formula is the tuple by itself, Z or Z = (Z_1, \dots, Z_M)."""
    while nodes and leaf_text(nodes[-1]) in (".", ",", ";"):
        nodes = nodes[:-1]
    if len(nodes) == 1:
        return symbols.base_symbol(nodes[0]) == field.variable and not isinstance(nodes[0], Scripted)
    bracket = nodes[2] if len(nodes) == 3 else None
    if not isinstance(bracket, Group) or symbols.base_symbol(nodes[0]) != field.variable:
        return False
    members = [p for p in split(bracket.items, (",",)) if not (len(p) == 1 and leaf_text(p[0]) in _DOTS)]
    return all(len(p) == 1 and _index_of(p[0], field) is not None for p in members)


def _spread(nodes: Sequence[Node], field: MeanField, depth: int = 0) -> tuple[Node, ...]:
    """Write out the sums and products over members on this level and below. depth: how many are around it."""
    if depth > _DEEPEST:
        raise _Unfit
    found: list[Node] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        bound = _bound(node)
        end = place if bound is None else _end_of_body(nodes, place, bound)
        if bound is None or not _runs_over_members(nodes[place + 1 : end], bound, field):
            found.append(_below(node, field, depth))
            place += 1
            continue
        if bound.count not in (None, field.count) or (bound.other and not bound.other.isdigit()):
            if bound.other and len(bound.other) == 1:  # what the index is not is told further outside, or by nothing
                found.extend(nodes[place:end])
                place = end
                continue
            raise _Unfit
        if any(_mentions(n, bound.index) for n in nodes[end:]) and leaf_text(bound.operator) == "\\sum":
            raise _Unfit
        whole = Span(node.span.start, nodes[end - 1].span.end)
        found.append(_members(nodes[place + 1 : end], bound, whole, field, depth + 1))
        place = end
    return tuple(found)


def _members(body: Sequence[Node], bound: _Bound, span: Span, field: MeanField, depth: int) -> Node:
    """Return the sum or product of the body over the members, in an invisible bracket."""
    places = [k for k in range(1, field.length + 1) if str(k) != bound.other]
    parts: list[Node] = []
    for k in places:
        if parts and leaf_text(bound.operator) == "\\sum":
            parts.append(Leaf(span, Token("symbol", "+", span)))
        parts.append(Group(span, "{", "}", _spread(_with_index(body, bound.index, k), field, depth)))
    return Group(span, "{", "}", tuple(parts))


def _end_of_body(nodes: Sequence[Node], place: int, bound: _Bound) -> int:
    """Return where the body ends: a sum's before + or -, a product's after the last factor that has the index."""
    end = place + 1
    while end < len(nodes):
        text, first = leaf_text(nodes[end]), end == place + 1
        if relation_of(nodes[end]) is not None or text in _ENDS or (text in ("+", "-") and not first):
            break
        end += 1
    if leaf_text(bound.operator) == "\\sum":
        return end
    last = max((k for k in range(place + 1, end) if _mentions(nodes[k], bound.index)), default=place)
    called = last + 1 < end and isinstance(nodes[last + 1], Group) and not isinstance(nodes[last], Group)
    return last + 2 if called else last + 1


def _runs_over_members(body: Sequence[Node], bound: _Bound, field: MeanField) -> bool:
    return any(_index_of(node, field) == bound.index for node in everything(body))


def _index_of(node: Node, field: MeanField) -> str | None:
    """Return the index of a factor or member; None for other nodes."""
    if not isinstance(node, Scripted) or symbols.base_symbol(node.base) not in (*field.laws, field.variable):
        return None
    texts = [leaf_text(n) for n in node.lower or ()]
    return texts[0] if len(texts) == 1 and len(texts[0]) == 1 else None


def _mentions(node: Node, index: str) -> bool:
    """Return whether an index stands in a node where no sum or product within binds it."""
    return leaf_text(node) == index or any(_is_free(level, index) for level in _levels_of(node))


def _is_free(nodes: Sequence[Node], index: str) -> bool:
    place = 0
    while place < len(nodes):
        bound = _bound(nodes[place])
        if bound is not None and bound.index == index:
            place = _end_of_body(nodes, place, bound)
        elif _mentions(nodes[place], index):
            return True
        else:
            place += 1
    return False


def _levels_of(node: Node) -> Iterator[Sequence[Node]]:
    """Yield what stands side by side directly below a node."""
    match node:
        case Group(items=items):
            yield items
        case Scripted(base=base, lower=lower, upper=upper):
            yield from ((base,), lower or (), upper or ())
        case Command(arguments=arguments):
            yield from arguments
        case Environment(rows=rows):
            yield from (cell for row in rows for cell in row)


def _below(node: Node, field: MeanField, depth: int) -> Node:
    if isinstance(node, Scripted):
        above = None if node.upper is None else _spread(node.upper, field, depth)
        return replace(node, base=_below(node.base, field, depth), upper=above)
    return with_changed_runs(node, lambda run: _spread(run, field, depth))


def _with_index(nodes: Sequence[Node], index: str, number: int) -> tuple[Node, ...]:
    """Put a number in the place of an index, where no sum or product within binds it."""
    found: list[Node] = []
    place = 0
    while place < len(nodes):
        bound = _bound(nodes[place])
        if bound is not None and bound.index == index:
            end = _end_of_body(nodes, place, bound)
            found.extend(nodes[place:end])
            place = end
        else:
            found.append(_numbered(nodes[place], index, number))
            place += 1
    return tuple(found)


def _numbered(node: Node, index: str, number: int) -> Node:
    def within(nodes: Sequence[Node]) -> tuple[Node, ...]:
        return _with_index(nodes, index, number)

    match node:
        case Leaf() if leaf_text(node) == index:
            return Leaf(node.span, Token("number", str(number), node.span))
        case Scripted(base=base, lower=lower, upper=upper):
            below = None if lower is None else within(lower)
            above = None if upper is None else within(upper)
            return replace(node, base=_numbered(base, index, number), lower=below, upper=above)
    return with_changed_runs(node, within)


def _check(nodes: Sequence[Node], field: MeanField) -> None:
    """Raise where the count is left, or the tuple stands where only one variable may."""
    left = 0 if not field.told else sum(leaf_text(node) == field.count for node in everything(nodes))
    if field.told and left != sum(_divergences(level, field) for level in _every_level(nodes)):
        raise _Unfit
    every = sum(symbols.base_symbol(n) == field.variable for n in everything(nodes))
    members = [n for n in everything(nodes) if _index_of(n, field) is not None and isinstance(n, Scripted)]
    based = sum(symbols.base_symbol(member.base) == field.variable for member in members)
    listed = sum(len(list(_tuples(level, field))) for level in _every_level(nodes))
    if every - based != listed:
        raise _Unfit


def _every_level(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    yield from levels(nodes)
    for node in everything(nodes):
        if isinstance(node, Scripted):
            yield node.lower or ()
            yield node.upper or ()


def _divergences(level: Sequence[Node], field: MeanField) -> int:
    """Return how often the letter of the count is the K of KL on a level."""
    pairs = pairwise(level)
    return sum(leaf_text(one) == field.count == "K" and leaf_text(other) == "L" for one, other in pairs)


def _tuples(level: Sequence[Node], field: MeanField) -> Iterator[int]:
    """Yield the places on a level where the tuple may stand for its members: arguments, below signs, differentials."""
    separators = (",", "|", "\\mid", ";")
    for place, (before, node, after) in enumerate(zip((None, *level), level, (*level[1:], None), strict=False)):
        if symbols.base_symbol(node) != field.variable or isinstance(node, Scripted):
            continue
        alone = all(n is None or leaf_text(n) in separators for n in (before, after))
        if alone or _is_differential(before):
            yield place


def _with_tuple(nodes: Sequence[Node], field: MeanField) -> tuple[Node, ...]:
    """Write the members in the place of the tuple."""
    places = set(_tuples(nodes, field))
    signs = {sign for place in places if (sign := _integral_of(nodes, place)) is not None}
    found: list[Node] = []
    for place, node in enumerate(nodes):
        if place in signs:
            found.extend([node] * field.length)
        elif place in places:
            found.extend(_listed(node, nodes[place - 1 : place], field.length))
        else:
            found.append(_inside(node, field))
    return tuple(found)


def _integral_of(nodes: Sequence[Node], place: int) -> int | None:
    """Return where the integral sign of the differential d Z stands, whose Z stands at a place."""
    if not _is_differential(nodes[place - 1] if place else None):
        return None
    signs = [k for k in range(place) if leaf_text(nodes[k]) == "\\int"]
    return signs[-1] if signs and not any(_is_differential(n) for n in nodes[signs[-1] : place - 1]) else None


def _is_differential(node: Node | None) -> bool:
    return node is not None and symbols.base_symbol(node) in ("d", "\\mathrm{d}")


def _listed(node: Node, before: Sequence[Node], length: int) -> Iterator[Node]:
    """Yield the members of a tuple: with commas, or each with the d that stands before the first."""
    differential = before and _is_differential(before[0])
    for k in range(1, length + 1):
        if k > 1:
            yield before[0] if differential else Leaf(node.span, Token("symbol", ",", node.span))
        yield Scripted(node.span, node, (Leaf(node.span, Token("number", str(k), node.span)),), None)


def _inside(node: Node, field: MeanField) -> Node:
    match node:
        case Scripted(base=base, lower=lower, upper=upper):
            below = None if lower is None else _with_tuple(lower, field)
            above = None if upper is None else _with_tuple(upper, field)
            return replace(node, base=_inside(base, field), lower=below, upper=above)
        case Command() if symbols.base_symbol(node) is not None:
            return node
    return with_changed_runs(node, lambda run: _with_tuple(run, field))
