r"""Remainders and congruences: a \bmod n, and a \equiv b \pmod n, which says that the remainders agree.

A modulus is written once, at the end of a relation or a chain of them; the reader gives it to every member. A sign
\equiv without one may mean a congruence as well where the note speaks of such: then it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from errata.language.syntax import Command, Group, Leaf, Node, Words, everything, leaf_text
from errata.language.terms import (
    Elementary,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Span,
    Sum,
    Term,
    children,
    subterms,
)
from errata.language.token import Token

SIGN = "\\bmod"
_MARKS = frozenset((SIGN, "\\mod"))
_SPOKEN_OF = re.compile(r"\\[bp]?mod\b|\bmod(?:ulo)?\b|\bcongruen|\bresidue class", re.IGNORECASE)


def speaks_of_congruences(texts: Iterable[str]) -> bool:
    """Return whether words or formulas of a document tell of remainders."""
    return any(_SPOKEN_OF.search(text) for text in texts)


def with_modulus(
    members: Sequence[tuple[Node, ...]], relations: Sequence[str | None]
) -> tuple[tuple[Node, ...], ...] | None:
    """Return the members of a chain of congruences, each by its remainder; None where no modulus stands at the end."""
    found = _cut(members[-1]) if members and set(relations) in ({"\\equiv"}, {"="}) else None
    if found is None or not found[0]:
        return None
    last, modulus = found
    return tuple(_remainder(member, modulus) if member else () for member in (*members[:-1], last))


def has_remainder(nodes: Sequence[Node]) -> bool:
    """Return whether a remainder is taken somewhere."""
    return any(leaf_text(node) == SIGN for node in everything(nodes))


def _cut(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], Group] | None:
    """Cut the modulus off: b \\pmod n, b \\mod n, b (\\text{mod } n)."""
    last = nodes[-1] if nodes else None
    if isinstance(last, Command) and last.name == "pmod":
        return tuple(nodes[:-1]), _group(last.arguments[0], last.span)
    if isinstance(last, Group) and is_modulus(last):
        return tuple(nodes[:-1]), _group(last.items[1:], last.span)
    place = next((i for i, node in enumerate(nodes) if leaf_text(node) == "\\mod"), None)
    if place is None:
        return None
    return tuple(nodes[:place]), _group(nodes[place + 1 :], nodes[place].span)


def is_modulus(node: Node) -> bool:
    r"""Return whether a node is a bracket that tells the modulus: (\text{mod } 5)."""
    return isinstance(node, Group) and node.opening == "(" and len(node.items) > 1 and _says_mod(node.items[0])


def _says_mod(node: Node) -> bool:
    return leaf_text(node) in _MARKS or (isinstance(node, Words) and node.text.strip() == "mod")


def _group(nodes: Sequence[Node], span: Span) -> Group:
    return Group(span, "{", "}", tuple(n for n in nodes if leaf_text(n) != "\\quad"))


def _remainder(nodes: Sequence[Node], modulus: Group) -> tuple[Node, ...]:
    span = Span(nodes[0].span.start, nodes[-1].span.end)
    sign = Leaf(modulus.span, Token("command", SIGN, modulus.span))
    return Group(span, "{", "}", tuple(nodes)), sign, modulus


# What is divided -------------------------------------------------------------------------------------


def divided(terms: Iterable[Term]) -> tuple[set[str], set[str]]:
    """Return the names that remainders are taken of, and those by which: whole numbers, if nothing is said of them."""
    remainders = [part for term in terms for part in subterms(term) if is_remainder(part)]
    dividends = {symbol for part in remainders for symbol in _numbers(children(part)[0])}
    return dividends, {symbol for part in remainders for symbol in _numbers(children(part)[1])}


def is_remainder(term: Term) -> bool:
    """Return whether a term is a mod n."""
    return isinstance(term, Elementary) and term.function == "mod"


def _numbers(term: Term) -> Iterator[str]:
    """Yield the names that a whole number is made of, no indices and arguments among them."""
    if isinstance(term, Name):
        yield term.symbol
    elif isinstance(term, Sum | Product | Power | Negative):
        for part in children(term):
            yield from _numbers(part)


def is_whole(term: Term) -> bool:
    """Return whether a modulus written as a number is one: a positive whole number."""
    return not isinstance(term, Number) or (term.value.denominator == 1 and term.value > Fraction(0))
