r"""Brackets that do not balance: the ways to mend one side of a relation by one bracket, the likeliest first.

    \log(1 - D(G(z))       a closing bracket is missing; it may stand in more than one place
    4 * [u * (u + 1))]     a closing bracket is one too many, or its opening one is missing

Only round, square and curly brackets of one side are mended, and only by one bracket a side: what needs more is
not read. All places that give a formula are returned, since the choice among them is a guess of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from errata.language.cursor import RELATIONS
from errata.language.grammar import parse_syntax
from errata.language.syntax import Group, Node, everything
from errata.language.terms import Span
from errata.language.tokens import NotUnderstood, Token

MAXIMAL_GUESSES = 8
_PAIRS = {"(": ")", "[": "]", "\\{": "\\}"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_OPERATORS = frozenset(("+", "-", "*", "/", "\\cdot", "\\times", "\\odot", ",", ";", "|", "\\mid"))
_WORDS = frozenset(("\\text", "\\mathrm", "\\operatorname"))


@dataclass(frozen=True, slots=True)
class Guess:
    """One way to mend a side: what it is then, and in words what was supplied or left out."""

    nodes: tuple[Node, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Mending:
    """A side whose brackets do not balance, and the ways to mend it, the likeliest first."""

    span: Span
    guesses: tuple[Guess, ...]


def mend_row(tokens: Sequence[Token]) -> tuple[tuple[Node, ...], tuple[Mending, ...]] | None:
    """Return a row's nodes with its brackets mended, and what was mended; None where there is no simple way."""
    nodes: list[Node] = []
    mendings: list[Mending] = []
    for part in _sides(tokens):
        parsed = _parsed(part)
        if parsed is not None:
            nodes.extend(parsed)
            continue
        guesses = [] if _opens_a_condition(part) else _guesses(part)
        if not guesses or len(guesses) > MAXIMAL_GUESSES:
            return None
        mendings.append(Mending(Span(part[0].span.start, part[-1].span.end), tuple(guesses)))
        nodes.extend(guesses[0].nodes)
    return tuple(nodes), tuple(mendings)


def _parsed(tokens: Sequence[Token]) -> tuple[Node, ...] | None:
    try:
        return parse_syntax(tokens)
    except NotUnderstood:
        return None


def _sides(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at relations, at words and wide spaces between braces' outermost level; the cuts are parts too."""
    parts: list[list[Token]] = [[]]
    depth, place = 0, 0
    while place < len(tokens):
        token = tokens[place]
        end = place + 1
        if depth == 0 and token.text in _WORDS and _is_remark(tokens, place):
            end = _after_group(tokens, place + 1)
        elif depth or not (token.text in RELATIONS or token.text in ("\\quad", "&", "\\\\")):
            depth += (token.kind == "open") - (token.kind == "close")
            parts[-1].append(token)
            place = end
            continue
        parts.extend((list(tokens[place:end]), []))
        place = end
    return [part for part in parts if part]


def _is_remark(tokens: Sequence[Token], place: int) -> bool:
    """Return whether \\text{...} holds more than one word of letters: a remark, not a name."""
    inside = tokens[place + 2 : _after_group(tokens, place + 1) - 1]
    apart = any(a.span.end < b.span.start for a, b in pairwise(inside))
    return tokens[place].text == "\\text" and (apart or not all(t.kind == "letter" for t in inside))


def _after_group(tokens: Sequence[Token], place: int) -> int:
    depth = 0
    while place < len(tokens):
        depth += (tokens[place].kind == "open") - (tokens[place].kind == "close")
        place += 1
        if depth <= 0:
            break
    return place


def _opens_a_condition(tokens: Sequence[Token]) -> bool:
    """Return whether a side ends in P(X, whose bracket the relation itself may stand in: P(X = 1."""
    return len(tokens) > 1 and tokens[-2].text in _PAIRS


def _guesses(tokens: Sequence[Token]) -> list[Guess]:
    missing = [closing for opening, closing in _PAIRS.items() if _count(tokens, opening) > _count(tokens, closing)]
    surplus = [closing for opening, closing in _PAIRS.items() if _count(tokens, opening) < _count(tokens, closing)]
    if len(missing) + len(surplus) != 1:
        return []
    ways = _closed(tokens, missing[0]) if missing else _opened(tokens, surplus[0])
    found: list[Guess] = []
    shapes: set[tuple[str, ...]] = set()
    for changed, words in ways:
        shape = tuple(t.text for t in changed)
        nodes = _parsed(changed) if shape not in shapes else None
        shapes.add(shape)
        if nodes is not None and not any(_crossed(node) for node in everything(nodes)):
            found.append(Guess(nodes, words))
    return found


def _crossed(node: Node) -> bool:
    """Return whether a bracket is closed by one of another kind."""
    return isinstance(node, Group) and _PAIRS.get(node.opening, node.closing) != node.closing


def _count(tokens: Sequence[Token], text: str) -> int:
    return sum(t.text == text for t in tokens)


def _closed(tokens: Sequence[Token], bracket: str) -> Iterator[tuple[list[Token], str]]:
    """Supply a closing bracket, as late as may be first: after an operand, and where no argument begins."""
    for place in range(len(tokens), 0, -1):
        before = tokens[place - 1]
        following = tokens[place] if place < len(tokens) else None
        if before.text in _OPERATORS or before.text in _PAIRS or before.text in ("\\left", "^", "_"):
            continue
        if before.kind == "open" or (before.kind == "command" and before.text[1:] in ("log", "exp", "ln", "frac")):
            continue
        ends = following is None or following.kind == "close" or following.text in _OPERATORS
        if ends or (following is not None and following.text in (*_OPENING, "\\right")):
            supplied = Token("symbol", bracket, Span(before.span.end, before.span.end))
            yield [*tokens[:place], supplied, *tokens[place:]], f"{bracket} supplied after {_near(tokens[:place])}"


def _opened(tokens: Sequence[Token], bracket: str) -> Iterator[tuple[list[Token], str]]:
    """Leave a closing bracket out, or supply an opening one where an operand begins."""
    for place in range(len(tokens) - 1, -1, -1):
        if tokens[place].text == bracket and tokens[place - 1].text != "\\right":
            left = [*tokens[:place], *tokens[place + 1 :]]
            yield left, f"{bracket} left out after {_near(tokens[:place])}"
    opening = _OPENING[bracket]
    for place, token in enumerate(tokens):
        begins = place == 0 or tokens[place - 1].text in _OPERATORS or tokens[place - 1].text in _PAIRS
        if begins and token.text not in _OPERATORS and token.text not in _OPENING:
            supplied = Token("symbol", opening, Span(token.span.start, token.span.start))
            shown = "".join(t.text for t in tokens[place : place + 4])
            yield [*tokens[:place], supplied, *tokens[place:]], f"{opening} supplied before {shown}"


def _near(tokens: Sequence[Token]) -> str:
    return "".join(t.text for t in tokens[-6:]) or "the beginning"
