r"""Shapes written below names: X_{n \times p} is the matrix X, and says in passing that it is n by p.

They are labels of their own only where one letter has several of them: A_{m \times n} A_{n \times m}.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from errata.language import symbols
from errata.language.syntax import Leaf, Node, Scripted, everything, leaf_text

_TIMES = ("\\times", "×")
_SIZED_CONSTANTS = frozenset(("i", "0", "1", "o", "e", "j"))
"""Letters of the identity and of matrices of zeros and ones: their sizes belong to them."""


def is_shape(lower: Sequence[Node] | None) -> bool:
    r"""Return whether a subscript is a shape: two sides of letters, numbers and signs around a \times."""
    if not lower or sum(leaf_text(n) in _TIMES for n in lower) != 1:
        return False
    return leaf_text(lower[0]) not in _TIMES and leaf_text(lower[-1]) not in _TIMES and all(map(_is_of_size, lower))


def _is_of_size(node: Node) -> bool:
    return isinstance(node, Leaf) or (isinstance(node, Scripted) and isinstance(node.base, Leaf))


def shaped_names(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the names below which one shape is written wherever there is any."""
    found: dict[str, set[str]] = defaultdict(set)
    for formula in formulas:
        for node in everything(formula):
            if isinstance(node, Scripted) and node.lower and is_shape(node.lower):
                symbol = symbols.base_symbol(node.base)
                if symbol is not None and symbols.base_name(symbol) not in _SIZED_CONSTANTS:
                    found[symbol].add(symbols.label(node.lower))
    return frozenset(symbol for symbol, shapes in found.items() if len(shapes) == 1)
