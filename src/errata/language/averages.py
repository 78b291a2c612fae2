r"""Ranges that an average tells: after \frac{1}{N} \sum_i x_i, the index i runs from 1 to N wherever it is not said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from string import ascii_letters

from errata.language import symbols
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, leaf_text, levels
from errata.language.token import Token

Ends = tuple[tuple[Node, ...], tuple[Node, ...]]

PERHAPS_COUNT = "whether it counts what a sum runs over is not said"
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac"))
_COUNTS = frozenset("nNmMdDBSK")
"""Letters that count by custom; a temperature T or a step h before a sum is no count."""


def ranges_of_averages(formulas: Iterable[Sequence[Node]]) -> Mapping[str, Ends]:
    """Return the ends of the range of each index that averages agree on."""
    found: dict[str, dict[str, Ends]] = {}
    for run in (run for formula in formulas for run in levels(formula)):
        for index, count in _averages(run):
            one = Leaf(count.span, Token("number", "1", count.span))
            found.setdefault(index, {})[symbols.decorated(count) or ""] = ((one,), (count,))
    return {index: next(iter(ends.values())) for index, ends in found.items() if len(ends) == 1}


def perhaps_counts(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the other letters by which sums without a range are divided, which may count their terms, too."""
    runs = (run for formula in formulas for run in levels(formula))
    counts = (count for run in runs for _, count in _averages(run, frozenset(ascii_letters) - _COUNTS))
    return frozenset(letter for count in counts if (letter := symbols.decorated(count)))


def _averages(run: Sequence[Node], letters: Set[str] = _COUNTS) -> Iterator[tuple[str, Node]]:
    r"""Yield index and count of \frac{1}{N} \sum_i and of \frac{\sum_i x_i}{N}."""
    for node, following in pairwise((*run, None)):
        if not isinstance(node, Command) or node.name not in _FRACTIONS or len(node.arguments) != 2:
            continue
        above, below = node.arguments
        count = _count(below, letters)
        if count is None or not above:
            continue
        first = above[0].items[0] if isinstance(above[0], Group) and above[0].items else above[0]
        index = _open_index(following if len(above) == 1 and leaf_text(first).isdigit() else first)
        if index is not None:
            yield index, count


def _count(below: Sequence[Node], letters: Set[str]) -> Node | None:
    """Return the letter of a denominator n or 2n, where it is one of these."""
    items = below[0].items if len(below) == 1 and isinstance(below[0], Group) else below
    if len(items) == 2 and leaf_text(items[0]).isdigit():
        items = items[1:]
    return items[0] if len(items) == 1 and leaf_text(items[0]) in letters else None


def _open_index(node: Node | None) -> str | None:
    """Return the one letter below a sum without a range."""
    if not isinstance(node, Scripted) or leaf_text(node.base) != "\\sum" or node.upper or not node.lower:
        return None
    items = node.lower[0].items if len(node.lower) == 1 and isinstance(node.lower[0], Group) else node.lower
    return symbols.decorated(items[0]) if len(items) == 1 and isinstance(items[0], Leaf) else None
