r"""Lists of numbers in brackets as vectors: x = [1, 2, 3] and y = (0, 1, 0)^T are columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations
from errata.language.syntax import Environment, Group, Leaf, Node, Scripted, leaf_text, levels
from errata.language.terms import (
    Array,
    Elementary,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Term,
    subterms,
)

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

ROW = "list as a row"
"""The choice of reading by which a list of numbers that nothing turns lies."""
_OF_NUMBERS = Number | Negative | Sum | Product | Quotient | Power | Elementary
_SIGNS = frozenset(("-", "+", "."))


def number_list(meaning: Meaning, parts: Sequence[Term], span: Span, *, turned: bool) -> Term | None:
    """Return the vector that a list of numbers is; None where some part is no number; turned: [1, 2]^T."""
    if len(parts) < 2 or not all(isinstance(t, _OF_NUMBERS) for part in parts for t in subterms(part)):
        return None
    meaning.ambiguities.add(ROW)
    if turned ^ (ROW in meaning.choices) ^ meaning.knowledge.usage.lists_lie:
        return Array((tuple(parts),), span=span)
    return Array(tuple((part,) for part in parts), span=span)


def listed_names(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the names that formulas set to lists of numbers: these are no laws."""
    return frozenset(symbol for formula in formulas for symbol in _listed(formula))


def lists_lie(formulas: Iterable[Sequence[Node]], names: Set[str]) -> bool:
    """Return whether a listed name stands left of a matrix, x W: then lists are rows."""
    pairs = (pair for formula in formulas for level in levels(formula) for pair in pairwise(level))
    return any(symbols.decorated(a) in names and _is_matrix(b) for a, b in pairs) if names else False


def _is_matrix(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Environment) or (symbols.base_symbol(base) or "").removeprefix("\\mathbf{")[:1].isupper()


def _listed(formula: Sequence[Node]) -> Iterator[str]:
    members, relations = split_relations(formula)
    for left, right, relation in zip(members, members[1:], relations, strict=False):
        symbol = symbols.decorated(left[0]) if len(left) == 1 else None
        if symbol is not None and relation_of(relation) in ("=", ":=") and len(right) == 1 and _is_list(right[0]):
            yield symbol


def _is_list(node: Node) -> bool:
    inner = node.base if isinstance(node, Scripted) else node
    if not isinstance(inner, Group) or inner.opening not in ("[", "("):
        return False
    parts = split(inner.items, (",",))
    return len(parts) > 1 and all(part and all(_is_numeric(n) for n in part) for part in parts)


def _is_numeric(node: Node) -> bool:
    return isinstance(node, Leaf) and (node.token.kind == "number" or leaf_text(node) in _SIGNS)


def listed_size(term: Term | None) -> Term | None:
    """Return how many numbers a column lists."""
    column = isinstance(term, Array) and all(len(row) == 1 for row in term.rows)
    return Number(Fraction(len(term.rows))) if column and isinstance(term, Array) else None
