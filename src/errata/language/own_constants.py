r"""\pi as a name of the note's own, as in mixtures: 1 - \pi, \partial / \partial \pi, 0 < \pi < 1 mean no circle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from errata.language.cursor import relation_of
from errata.language.syntax import Leaf, Node, leaf_text, levels

PI = "\\pi"


def own_constants(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the symbols of constants that the formulas use as names; none where they write the constant, too."""
    runs = [level for formula in formulas for level in levels(formula)]
    if any(_is_of_the_circle(run) for run in runs) or not any(map(_is_a_name, runs)):
        return frozenset()
    return frozenset((PI,))


def _is_of_the_circle(run: Sequence[Node]) -> bool:
    """Return whether a number is multiplied by it: 2\\pi, as in the density of a normal law."""
    return any(isinstance(a, Leaf) and a.token.kind == "number" and leaf_text(b) == PI for a, b in pairwise(run))


def _is_a_name(run: Sequence[Node]) -> bool:
    """Return whether it is differentiated by, taken from 1, or held between 0 and 1."""
    texts = [leaf_text(node) for node in run]
    for place in (n for n, text in enumerate(texts) if text == PI):
        before, after = texts[max(0, place - 2) : place], texts[place + 1] if place + 1 < len(texts) else None
        ends = place + 1 == len(run) or after in (")", ",", "+", "-") or relation_of(run[place + 1]) is not None
        if before[-1:] == ["\\partial"] or (before == ["1", "-"] and ends):
            return True
        beside = [run[n] for n in (place - 1, place + 1) if 0 <= n < len(run)]
        bounded = len(beside) == 2 and all(relation_of(node) in ("<", "<=") for node in beside)
        if bounded and before[:1] == ["0"] and texts[place + 2 : place + 3] == ["1"]:
            return True
    return False
