r"""What an extremum ranges over where conditions stand below its sign: \min_{x : \|x\| = 1}, \max_{p \in \Delta_n}.

Names are told before a colon, or as members of a set; where only conditions are written, as in
\max_{\|w\| \le 1} w^\top a, the names are those of the conditions that the body has too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations, without_commas
from errata.language.definitions import free_symbols
from errata.language.syntax import Command, Group, Node, Words, leaf_text
from errata.language.terms import (
    Aggregate,
    Comparison,
    Conjunction,
    Domain,
    Name,
    Relation,
    Span,
    Term,
    Where,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_SUCH_THAT = (":", "\\colon", "\\mid")
_SUCH_THAT_WORDS = ("s.t.", "st", "subject to", "such that", "with")
_SEPARATORS = (",", "\\\\")
_ORDER = {"=": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Feasible:
    """names: with the set each is in (None: all values). told: whether the note says which names are meant."""

    names: tuple[tuple[Name, Domain | None], ...]
    condition: Term
    told: bool


def read(
    meaning: Meaning, lower: Sequence[Node], owner: Node, member: Callable[[Name, Sequence[Node]], Domain | None]
) -> Feasible:
    """Read conditions below a sign; `member` reads a set.

    Raises NotUnderstood for what is neither name nor condition.
    """
    head, tail = _such_that(_in_one_line(lower))
    names: list[tuple[Name, Domain | None]] = []
    conditions: list[Term] = []
    waiting: list[Name] = []
    parts = [(part, True) for part in split(head, _SEPARATORS)] + [(part, False) for part in split(tail, _SEPARATORS)]
    for part, before in parts:
        nodes = without_commas(part)
        if not nodes:
            continue
        members, relations = split_relations(nodes)
        kinds = [relation_of(r) for r in relations]
        name = _name(members[0])
        if name is not None and not kinds and (before or not tail):
            waiting.append(name)
        elif name is not None and kinds == ["in"]:
            known = member(name, members[1])
            names += [(each, known) for each in (*waiting, name)]
            waiting = []
        elif kinds and all(kind in _ORDER for kind in kinds):
            order = [str(kind) for kind in kinds]
            if name is not None and not tail:  # x, y >= 0
                for each in waiting:
                    conditions += _between(each, _sides(meaning, members, owner)[1:], order)
                waiting = []
            conditions += _between(None, _sides(meaning, members, owner), order)
        else:
            raise NotUnderstood("this condition below the sign was not understood", nodes[0].span)
    names += [(each, None) for each in waiting]
    if not conditions:
        raise NotUnderstood("this condition below the sign was not understood", owner.span)
    whole = conditions[0] if len(conditions) == 1 else Conjunction(tuple(conditions))
    if names:
        return _few(Feasible(tuple(names), whole, True), owner)
    implied = sorted(free_symbols(whole))
    return _few(Feasible(tuple((Name(symbol), None) for symbol in implied), whole, False), owner)


def of_body(feasible: Feasible, body: Term, kind_of: Callable[[str], object], owner: Node) -> Feasible:
    """Return what is bound: the names told, or else those that the conditions and the body have.

    Raises NotUnderstood where several could be meant that are not of one kind.
    """
    there = free_symbols(body)
    if feasible.told:
        if not {name.symbol for name, _ in feasible.names} <= there | free_symbols(feasible.condition):
            raise NotUnderstood("a variable of this sign stands nowhere else", owner.span)
        return feasible
    both = tuple((name, domain) for name, domain in feasible.names if name.symbol in there)
    if not both or len({kind_of(name.symbol) for name, _ in both}) > 1:
        raise NotUnderstood(
            "this sign does not say its variable", owner.span, "write it before the condition: \\min_{x : ...}"
        )
    return Feasible(both, feasible.condition, True)


def refuse_bound_elsewhere(left: Term, right: Term) -> None:
    """Raise NotUnderstood where a name that conditions below a sign bind stands free elsewhere: it may be given."""
    free = free_symbols(left) | free_symbols(right)
    for part in (p for side in (left, right) for p in subterms(side)):
        if isinstance(part, Aggregate) and part.binder.name.symbol in free and _is_restricted(part):
            message = f"{part.binder.name.symbol} stands elsewhere, too: which names the sign binds is not said"
            raise NotUnderstood(message, part.span or Span(0, 1))


def _is_restricted(term: Aggregate) -> bool:
    body = term.body
    while isinstance(body, Aggregate) and body.operation == term.operation:
        body = body.body
    return isinstance(body, Where)


def is_simplex(right: Sequence[Node]) -> bool:
    r"""Return whether a set is written as the probability simplex is: \Delta, \Delta_n, \Delta^{n-1}, \Delta(S)."""
    if not right or len(right) > 2 or (len(right) == 2 and not isinstance(right[1], Group)):
        return False
    base = getattr(right[0], "base", right[0])
    return leaf_text(base) == "\\Delta"


def _few(feasible: Feasible, owner: Node) -> Feasible:
    if len(feasible.names) > MOST_NAMES:
        raise NotUnderstood("an extremum over so many variables is not searched", owner.span)
    return feasible


def _in_one_line(lower: Sequence[Node]) -> tuple[Node, ...]:
    r"""Return what stands below the sign, the lines of a \substack one after the other."""
    if len(lower) == 1 and isinstance(lower[0], Command) and lower[0].name == "substack":
        joined: list[Node] = []
        for node in lower[0].arguments[0]:
            joined += node.items if isinstance(node, Group) and node.opening == "{" else (node,)
        return tuple(joined)
    return tuple(lower)


def _such_that(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    for place, node in enumerate(nodes):
        words = " ".join(node.text.split()) if isinstance(node, Words) else ""
        if place and (leaf_text(node) in _SUCH_THAT or words in _SUCH_THAT_WORDS):
            return tuple(nodes[:place]), tuple(nodes[place + 1 :])
    return tuple(nodes), ()


def _name(nodes: Sequence[Node]) -> Name | None:
    symbol = symbols.decorated(nodes[0]) if len(nodes) == 1 else None
    return Name(symbol, span=nodes[0].span) if symbol is not None and not symbol.isdigit() else None


def _sides(meaning: Meaning, members: Sequence[Sequence[Node]], owner: Node) -> list[Term]:
    return [meaning.expression(member, owner.span) for member in members]


def _between(first: Term | None, sides: Sequence[Term], kinds: Sequence[str]) -> list[Term]:
    """Return the comparisons of neighbours, with another first side if one is given."""
    terms = [*([] if first is None else [first]), *sides]
    relations: Sequence[Relation] = kinds  # type: ignore[assignment]
    return [Comparison(r, left, right) for r, left, right in zip(relations, terms, terms[1:], strict=False)]
