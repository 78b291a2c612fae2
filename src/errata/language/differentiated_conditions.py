r"""Laws given what is differentiated by: with \nabla_\theta \log \pi(a | s, \theta), \theta is a parameter of the law.

What stands behind the bar of a law is a point of a space, and nothing is differentiated by that. A note that does so
means the law as a smooth function of it, as it would with a semicolon. Where the note has a law of \theta itself, draws
it, or sums or integrates over it, or gives the law by a formula, it is left as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations
from errata.language.implied_dependence import variables_of
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    leaf_text,
    levels,
    with_changed_runs,
)
from errata.language.token import Token

Nodes = tuple[Node, ...]

_BARS = ("|", "\\mid", "\\vert")
_NO_LAWS = frozenset(("E", "\\mathbb{E}", "H", "I", "N", "\\mathcal{N}", "Var", "Cov"))
"""Means and entropies, and a law that is told by its name: so is every name that is a word."""
_PARAMETERS = frozenset(("\\theta", "\\phi", "\\psi", "\\omega", "w", "\\mathbf{w}", "\\vec{\\theta}", "\\vec{w}"))
_LOGARITHMS = ("\\log", "\\ln")
_GATHERING = frozenset(("\\sum", "\\prod", "\\int", "\\mathbb{E}", "E"))


def differentiated_conditions(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the names that formulas differentiate by and that laws are given, and of which there is no law."""
    formulas = list(formulas)
    variables = {base for formula in formulas for variable in variables_of(formula) if (base := _only_name(variable))}
    variables |= {base for formula in formulas for base in _of_bare_gradients(formula)}
    if not variables:
        return frozenset()
    given = {base for formula in formulas for call in _calls(formula) for base in _names(call[1])}
    random = {base for formula in formulas for base in (*_random(formula), *_given_by_formula(formula))}
    return frozenset(variables & given - random)


def with_parameters(nodes: Sequence[Node], names: frozenset[str]) -> Nodes:
    """Return the nodes with these names behind a semicolon wherever they stand behind the bar of a law."""
    if not names:
        return tuple(nodes)
    found: list[Node] = []
    for place, node in enumerate(nodes):
        before = nodes[place - 1] if place else None
        found.append(_changed(node, names, is_law=before is not None and _is_name(before)))
    return tuple(found)


def _changed(node: Node, names: frozenset[str], *, is_law: bool) -> Node:
    match node:
        case Group(items=items):
            inner = with_parameters(items, names)
            return replace(node, items=_moved(inner, names) if is_law and node.opening in ("(", "[") else inner)
        case Scripted(base=base, lower=lower, upper=upper):
            above = with_parameters(upper, names) if upper else upper
            below = with_parameters(lower, names) if lower else lower
            return replace(node, base=_changed(base, names, is_law=is_law), lower=below, upper=above)
        case Command() if symbols.base_symbol(node) is not None:
            return node
    return with_changed_runs(node, lambda run: with_parameters(run, names))


def _moved(items: Nodes, names: frozenset[str]) -> Nodes:
    halves = split(items, _BARS)
    if len(halves) != 2 or any(leaf_text(n) == ";" for n in items):
        return items
    parts = split(halves[1], (",",))
    parameters = [p for p in parts if _only_name(p) in names]
    if not parameters:
        return items
    kept = [p for p in parts if _only_name(p) not in names]
    bar = next(n for n in items if leaf_text(n) in _BARS)
    moved = (_mark(";", bar), *_listed(parameters, bar))
    return (*halves[0], *((bar, *_listed(kept, bar)) if kept else ()), *moved)


def _listed(parts: Sequence[Nodes], like: Node) -> Iterator[Node]:
    for place, part in enumerate(parts):
        yield from (_mark(",", like),) if place else ()
        yield from part


def _mark(text: str, like: Node) -> Leaf:
    return Leaf(like.span, Token("symbol", text, like.span))


# What formulas tell ----------------------------------------------------------------------------------


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _is_name(node: Node) -> bool:
    symbol = symbols.base_symbol(_bare(node))
    return symbol is not None and symbol not in _NO_LAWS and not symbol.startswith("\\mathrm")


def _only_name(nodes: Sequence[Node]) -> str:
    """Return the base of the name that stands there alone, without a power, "" for anything else."""
    if len(nodes) != 1 or (isinstance(nodes[0], Scripted) and nodes[0].upper and not _is_label(nodes[0].upper)):
        return ""
    return symbols.base_symbol(_bare(nodes[0])) or ""


def _is_label(upper: Nodes) -> bool:
    return symbols.is_star(upper) or symbols.is_bracketed(upper)


def _names(nodes: Sequence[Node]) -> Iterator[str]:
    return (base for part in split(nodes, (",",)) if (base := _only_name(part)))


def _calls(formula: Sequence[Node]) -> Iterator[tuple[Nodes, Nodes]]:
    """Yield what stands before and after the bar of every law."""
    for level in levels(formula):
        for name, following in pairwise(level):
            bracket = _bare(following)
            if isinstance(bracket, Group) and bracket.opening in ("(", "[") and _is_name(name):
                halves = split(bracket.items, _BARS)
                if len(halves) == 2:
                    yield halves[0], halves[1]


def _random(formula: Sequence[Node]) -> Iterator[str]:
    """Yield the names that have a law, or that something runs over, and those a law that a formula gives is given."""
    for values, _ in _calls(formula):
        yield from _names(values)
    for level in levels(formula):
        for place, node in enumerate(level):
            if leaf_text(node) == "\\sim" and place:
                yield _only_name((level[place - 1],))
            if leaf_text(node) == "d" and place + 1 < len(level) and any(_is_integral(n) for n in level[:place]):
                yield _only_name((level[place + 1],))
            if isinstance(node, Scripted) and node.lower and leaf_text(node.base) in _GATHERING:
                yield from _names(node.lower)
            if isinstance(node, Leaf) and place + 1 < len(level) and node.text in ("p", "q", "P"):
                bracket = _bare(level[place + 1])
                if isinstance(bracket, Group) and len(split(bracket.items, _BARS)) == 1:
                    yield from _names(bracket.items)


def _given_by_formula(formula: Sequence[Node]) -> Iterator[str]:
    """Yield what the law is given that a relation, or its logarithm, begins with: a formula says what it is."""
    members, relations = split_relations(formula)
    if not relations or relation_of(relations[0]) not in ("=", ":=", "propto"):
        return
    head = members[0][1:] if members[0] and leaf_text(members[0][0]) in _LOGARITHMS else members[0]
    if len(head) == 2 and _is_name(head[0]) and isinstance(bracket := _bare(head[1]), Group):
        halves = split(bracket.items, _BARS)
        yield from _names(halves[1]) if len(halves) == 2 else ()


def _of_bare_gradients(formula: Sequence[Node]) -> Iterator[str]:
    r"""Yield the letter of parameters that is given alone in \nabla \pi(a | s, \theta), or in \nabla \log of it."""
    for level in levels(formula):
        for place, sign in enumerate(level):
            if leaf_text(sign) != "\\nabla":
                continue
            logarithm = place + 1 < len(level) and leaf_text(level[place + 1]) in _LOGARITHMS
            found = next(_calls(level[place + 1 + logarithm : place + 3 + logarithm]), None)
            letters = [base for base in _names(found[1]) if base in _PARAMETERS] if found is not None else []
            yield from letters if len(letters) == 1 else ()


def _is_integral(node: Node) -> bool:
    return leaf_text(_bare(node)) == "\\int"
