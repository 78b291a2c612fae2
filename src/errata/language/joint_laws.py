"""Parts of a random vector, z = (x, y) ~ N(m, S): each part is a variable of its own under one joint law."""

from __future__ import annotations

from collections.abc import Iterable

from errata.language.scope import DensityDefinition, Scope
from errata.language.symbols import base_name
from errata.language.terms import Array, Name, StandardDensity, StandardLaw, Term

JOINT = "\\Pr"
"""The law that the parts have jointly; the notes call it p, or nothing."""


def stacked_names(term: Term | None) -> tuple[str, ...]:
    """Return the names that a column written out stacks; none where it stacks anything else."""
    if not isinstance(term, Array) or any(len(row) != 1 for row in term.rows):
        return ()
    names = tuple(row[0].symbol for row in term.rows if isinstance(row[0], Name))
    return names if len(set(names)) == len(term.rows) > 1 else ()


def joint_density(names: Iterable[str], law: StandardLaw) -> DensityDefinition:
    """Return the formula of the joint law: every part lies in a space of its own, named after it."""
    names = tuple(names)
    point = Array(tuple((Name(symbol),) for symbol in names))
    return DensityDefinition(JOINT, tuple((symbol, symbol) for symbol in names), (), StandardDensity(point, law))


def space_of(symbol: str, scope: Scope) -> str:
    """Return the space of a name: x_a and x_b, parts of one random vector, do not share that of x."""
    return symbol if is_part(symbol, scope) else base_name(symbol)


def is_part(symbol: str, scope: Scope) -> bool:
    """Return whether a name is a part of a random vector whose law is told."""
    return symbol in _spaces(scope)


def joint_law(spaces: Iterable[str], scope: Scope) -> str | None:
    """Return the joint law that has all of these places."""
    wanted = set(spaces)
    return JOINT if wanted and wanted <= _spaces(scope) else None


def _spaces(scope: Scope) -> set[str]:
    return {space for density in scope.densities if density.law == JOINT for space, _ in density.values}
