r"""By what a \nabla without a subscript is taken: by the variable of the others of its display, or the only one.

Of f_\theta(x) notes take the gradient by either, so that a label or a parameter leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from errata.language import symbols
from errata.language.labelled_functions import label_of
from errata.language.syntax import Group, Leaf, Node, Scripted, everything, leaf_text, levels
from errata.language.terms import Apply, Density, Entry, LawReference, Name, Term, subterms


def only_subscript(formulas: Iterable[Sequence[Node]]) -> tuple[Node, ...]:
    r"""Return what stands below every \nabla of these formulas that has something there; () where they differ."""
    found = [
        node.lower
        for formula in formulas
        for node in everything(formula)
        if isinstance(node, Scripted) and leaf_text(node.base) == "\\nabla" and node.lower
    ]
    return found[0] if len({symbols.label(lower) for lower in found}) == 1 else ()


def only_variable(formulas: Sequence[Sequence[Node]]) -> tuple[Node, ...]:
    r"""Return what the gradients of these formulas are taken by: what stands below them, or the w of \nabla f(w)."""
    return only_subscript(formulas) or _only_place(formulas)


def _only_place(formulas: Iterable[Sequence[Node]]) -> tuple[Node, ...]:
    r"""Return the one name that functions after a bare \nabla are applied to; () if another has a subscript."""
    found: list[tuple[Node, ...]] = []
    for formula in formulas:
        for level in levels(formula):
            for sign, function, bracket in zip(level, level[1:], level[2:], strict=False):
                if isinstance(sign, Scripted) and leaf_text(sign.base) == "\\nabla":
                    return ()
                if leaf_text(sign) == "\\nabla" and isinstance(bracket, Group) and isinstance(function, Leaf):
                    found.extend([bracket.items] if len(bracket.items) == 1 else [])
    named = all(symbols.decorated(place[0]) is not None for place in found)
    return found[0] if named and len({symbols.label(place) for place in found}) == 1 else ()


def only_argument(body: Term) -> Name | None:
    """Return the name that all functions in a term are taken at, None where they have others, labels or parameters."""
    parts = list(subterms(body))
    calls = [t for t in parts if isinstance(t, Apply)]
    open_ones = [t for t in calls if t.parameters or label_of(t.function.symbol) or len(t.arguments) != 1]
    if open_ones or any(isinstance(t, Density | LawReference) for t in parts):
        return None
    arguments = {t.arguments[0] for t in calls}
    (argument,) = arguments if len(arguments) == 1 else (None,)
    return argument if isinstance(argument, Name) else None


def only_parameter(body: Term) -> Name | Entry | None:
    r"""Return the parameter of the laws in a term, all that is smooth in it: \nabla \log \pi(a | s; \theta)."""
    parts = list(subterms(body))
    laws = [t for t in parts if isinstance(t, Density)]
    parameters = {p for law in laws for p in law.parameters}
    if len(parameters) != 1 or any(isinstance(t, Apply | LawReference) for t in parts):
        return None
    (parameter,) = parameters
    return parameter if isinstance(parameter, Name | Entry) else None
