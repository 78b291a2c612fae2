r"""One letter for a function and for a sequence: V(s) of one exercise, and the V_n of another.

A sequence is told from the function of its name where the notes give it by an equation of its own, V_{n+1} = ..., and
write the two in different places: side by side, V_t may be short for V(s_t).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from errata.language import symbols
from errata.language.cursor import relation_of, split_relations
from errata.language.syntax import Group, Leaf, Node, Scripted, leaf_text, levels

_CALLED, _COUNTED, _OTHER = "called", "counted", "other"


def sequences(formulas: Sequence[Sequence[Node]]) -> frozenset[str]:
    """Return the names that are functions in some places of a document and sequences in others."""
    uses: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    headed = {head for formula in formulas if (head := _head(formula)) is not None}
    if not headed:
        return frozenset()
    for place, formula in enumerate(formulas):
        for symbol, use in _uses(formula):
            uses[symbol][use].add(place)
    return frozenset(s for s in headed if uses[s][_CALLED] and not uses[s][_OTHER] and _apart(uses[s]))


def _apart(uses: dict[str, set[int]]) -> bool:
    """Return whether a name stands as a function and as a sequence in formulas that do not follow each other."""
    return not any({place - 1, place, place + 1} & uses[_COUNTED] for place in uses[_CALLED])


def _head(formula: Sequence[Node]) -> str | None:
    """Return the sequence that an equation begins with: V of V_{n+1} = ..."""
    members, relations = split_relations(formula)
    if not relations or relation_of(relations[0]) not in ("=", ":=") or len(members[0]) != 1:
        return None
    node = members[0][0]
    return symbols.base_symbol(node.base) if isinstance(node, Scripted) and _counts(node) and not node.upper else None


def _counts(node: Scripted) -> bool:
    """Return whether a single letter stands below a name, with a number added perhaps."""
    lower = node.lower or ()
    letters = [n for n in lower if isinstance(n, Leaf) and n.token.kind == "letter"]
    others = [n for n in lower if n not in letters]
    return len(letters) == 1 and all(leaf_text(n) in ("+", "-") or leaf_text(n).isdecimal() for n in others)


def _uses(formula: Sequence[Node]) -> Iterator[tuple[str, str]]:
    for level in levels(formula):
        for node, after in zip(level, [*level[1:], None], strict=False):
            bracket = after.base if isinstance(after, Scripted) else after
            called = isinstance(bracket, Group) and bracket.opening in ("(", "[")
            base = node.base if isinstance(node, Scripted) else node
            symbol = symbols.base_symbol(base)
            if symbol is not None:
                yield symbol, _use(node, called)


def _use(node: Node, called: bool) -> str:
    if isinstance(node, Scripted) and node.lower:
        return _OTHER if called or not (_counts(node) or symbols.label(node.lower).isdecimal()) else _COUNTED
    return _CALLED if called else _OTHER
