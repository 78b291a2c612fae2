r"""The variables that formulas sum, integrate or average over, told from their syntax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from errata.language import symbols
from errata.language.syntax import Command, Node, Scripted, everything, leaf_text

_AVERAGES = frozenset(
    ("\\sum", "\\int", "\\prod", "E", "\\mathbb{E}", "\\mathrm{E}", "\\operatorname{E}", "\\max", "\\sup")
)


def averaged_over(formulas: Sequence[Sequence[Node]]) -> frozenset[str]:
    r"""Return the variables that stand below a sum, an integral, a mean or an extremum, or after a d."""
    return frozenset(symbol for formula in formulas for symbol in _averaged(formula))


def _averaged(nodes: Sequence[Node]) -> Iterator[str]:
    found = list(everything(nodes))
    for node, following in zip_longest(found, found[1:]):
        if isinstance(node, Scripted) and node.lower and _is_average(node.base):
            yield from (s for n in everything(node.lower) if (s := symbols.decorated(n)))
        if leaf_text(node) == "d" and following is not None and (symbol := symbols.decorated(following)):
            yield symbol


def _is_average(node: Node) -> bool:
    text = symbols.base_symbol(node) if isinstance(node, Command) else leaf_text(node)
    return text in _AVERAGES
