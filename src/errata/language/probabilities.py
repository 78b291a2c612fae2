"""Letters of laws that are numbers: where 1 - p stands in a note, p is the chance of an event, and H(p) is of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from errata.language import symbols
from errata.language.syntax import Group, Node, Scripted, leaf_text, levels

_LETTERS = ("p", "q")


def probabilities(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the letters p and q, indices included, that are taken from one."""
    return frozenset(
        symbol
        for formula in formulas
        for level in levels(formula)
        for one, minus, name, after in zip_longest(level, level[1:], level[2:], level[3:])
        if name is not None and leaf_text(one) == "1" and leaf_text(minus) == "-"
        if (symbol := symbols.decorated(name)) is not None and symbols.base_name(symbol) in _LETTERS
        if not _is_bracket(after)
    )


def _is_bracket(node: Node | None) -> bool:
    return isinstance(node.base if isinstance(node, Scripted) else node, Group)
