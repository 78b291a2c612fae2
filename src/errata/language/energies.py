r"""E(s) as a function, an energy or an error, where a note gives it by a formula: it is no mean there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from errata.language import symbols
from errata.language.bound_variables import averaged_over
from errata.language.cursor import relation_of, split
from errata.language.syntax import Group, Node, Scripted, Words, everything, leaf_text

_E = "E"


def is_energy(formulas: Sequence[Sequence[Node]]) -> bool:
    """Return whether some formula defines E(s) by its argument, and E never stands before anything but names."""
    calls = [bracket for formula in formulas for bracket in _calls(formula)]
    return bool(calls) and all(map(_names, calls)) and any(map(_defines, formulas))


def _calls(formula: Sequence[Node]) -> Iterator[Group]:
    """Yield the brackets after E on every level of a formula."""
    for level in _levels(formula):
        for node, following in pairwise(level):
            if leaf_text(_bare(node)) == _E and isinstance(_bare(following), Group):
                yield _bare(following)  # type: ignore[misc]


def _levels(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    yield nodes
    for node in everything(nodes):
        if isinstance(node, Group):
            yield node.items


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _names(bracket: Group) -> tuple[str, ...]:
    """Return the names in a bracket, () where it has anything else, a condition, or square brackets."""
    if bracket.opening != "(":
        return ()
    parts = [part[0] if len(part) == 1 else None for part in split(bracket.items, (",",))]
    found = [symbols.decorated(n) if n is not None and not isinstance(n, Words) else None for n in parts]
    return tuple(symbols.base_name(s) for s in found if s is not None) if all(found) else ()


def _defines(formula: Sequence[Node]) -> bool:
    """Return whether a formula says E(s) = ... s ...: with a value of s, not a mean over it."""
    if len(formula) < 4 or leaf_text(formula[0]) != _E or not isinstance(formula[1], Group):
        return False
    if relation_of(formula[2]) not in ("=", ":="):
        return False
    right = formula[3:]
    arguments = set(_names(formula[1])) - averaged_over([right])
    if any(leaf_text(n) == _E for n in everything(right)):
        return False
    return any((s := symbols.decorated(n)) is not None and symbols.base_name(s) in arguments for n in everything(right))
