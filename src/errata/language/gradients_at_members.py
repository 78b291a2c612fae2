r"""Derivatives by \theta of what is taken at \theta_t: \nabla_\theta J(\theta_t) is the gradient of J, at \theta_t."""

from __future__ import annotations

from collections.abc import Collection

from errata.language.definitions import free_symbols, rebuilt
from errata.language.knowledge import Knowledge
from errata.language.partial_derivatives import depends
from errata.language.symbols import compose
from errata.language.terms import Apply, Density, Entry, Name, Term, children, subterms

_ELSEWHERE = Name("\\xi''")
"""Stands for the point while it is asked whether anything else depends on the variable."""


def point_of(body: Term, variable: Term, knowledge: Knowledge, bound: Collection[str] = ()) -> Term | None:
    r"""Return the one \theta_t, \theta_0 or \theta' at which functions and laws in a body are taken that has no \theta.

    It must not stand anywhere else. The whole family of the iterates w_1, w_2, ... is no variable.
    bound: the names that are bound around the derivative, as in \sum_i f(x_i).
    """
    if not isinstance(variable, Name):
        return None
    found = {part for part in subterms(body) if _is_relative(part, variable)}
    if len(found) != 1:
        return None
    (point,) = found
    iterates = isinstance(point, Entry) and variable.symbol in knowledge.iterates
    if depends(replaced(body, point, _ELSEWHERE) if iterates else body, variable, knowledge.scope):
        return None
    if free_symbols(point) & {*bound} or not free_symbols(point) <= free_symbols(body):
        return None
    return point if _count(body, point) == _taken_at(body, point) else None


def replaced(term: Term, point: Term, name: Name) -> Term:
    """Return the term with a name in place of a point."""
    return name if term == point else rebuilt(term, lambda part: replaced(part, point, name))


def _is_relative(term: Term, variable: Name) -> bool:
    if isinstance(term, Entry):
        return isinstance(term.array, Name) and term.array.symbol.removesuffix("_{\\cdot}") == variable.symbol
    if not isinstance(term, Name) or term == variable:
        return False
    rest = term.symbol.removeprefix(variable.symbol)
    return rest != term.symbol and rest != "_{\\cdot}" and rest[0] in "_^'" and compose(variable.symbol) != term.symbol


def _count(term: Term, point: Term) -> int:
    """Return how often a point stands in a term."""
    return int(term == point) or sum(_count(part, point) for part in children(term))


def _taken_at(body: Term, point: Term) -> int:
    """Return how often a function or law is taken at the point."""
    total = 0
    for part in subterms(body):
        if isinstance(part, Apply):
            total += (*part.arguments, *part.parameters).count(point)
        elif isinstance(part, Density):
            total += part.parameters.count(point)
    return total
