r"""Letters that count because sums without a range run over them: \sum_a \pi_a r_a, whatever the letter.

A letter that stands for something itself as well, as x in \sum_x x p_x, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from errata.language import symbols
from errata.language.cursor import split
from errata.language.syntax import Leaf, Node, Scripted, inside, leaf_text

_OPERATORS = ("\\sum", "\\prod")


def summed_letters(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the letters under a sum or product alone that stand nowhere but below names and signs."""
    formulas = list(formulas)
    summed = {letter for formula in formulas for node in _everywhere(formula) for letter in _bound(node)}
    below = {letter for formula in formulas for node in _everywhere(formula) for letter in _below_name(node)}
    if not summed & below:
        return frozenset()
    spoken_of = (formula for formula in formulas if len(formula) > 1)  # "the class $c$" tells of no value
    return frozenset(summed & below - {letter for formula in spoken_of for letter in _standing(formula)})


def _everywhere(nodes: Sequence[Node]) -> Iterator[Node]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        stack.extend(inside(node))


def _bound(node: Node) -> Iterator[str]:
    """Yield the letters below a sum that says no range: \\sum_a, \\sum_{a, b}."""
    if isinstance(node, Scripted) and leaf_text(node.base) in _OPERATORS and node.lower and not node.upper:
        parts = split(node.lower, (",",))
        if all(len(part) == 1 and _letter(part[0]) for part in parts):
            yield from (_letter(part[0]) for part in parts)


def _below_name(node: Node) -> Iterator[str]:
    """Yield the letters that stand below a name: the indices of w_a and p_{ab}."""
    if isinstance(node, Scripted) and node.lower and symbols.base_symbol(node.base) is not None:
        yield from (letter for part in node.lower if (letter := _letter(part)))


def _letter(node: Node) -> str:
    return leaf_text(node) if isinstance(node, Leaf) and node.token.kind == "letter" else ""


def _standing(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the letters that stand on a line, not below anything."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Scripted):
            stack.append(node.base)
            stack.extend(node.upper or ())
        else:
            stack.extend(inside(node))
            if letter := _letter(node):
                yield letter
