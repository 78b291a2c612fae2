"""Puts the parts of the normal form together: how atoms are rebuilt, and a workspace for one attempt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from errata.language.scope import DensityDefinition, Scope
from errata.language.terms import Term
from errata.verify.normal_form import arrays, laws, totals
from errata.verify.normal_form.arrays import Block, Value
from errata.verify.normal_form.law_objects import log_of_normals
from errata.verify.normal_form.logarithms import exponential, general_power, logarithm
from errata.verify.normal_form.lowering import Lowering, absolute, circular
from errata.verify.normal_form.lowering_binders import product_over
from errata.verify.normal_form.polynomials import combined, multiply, power, single
from errata.verify.normal_form.substitution import closed
from errata.verify.normal_form.workspace import (
    Frozen,
    Hooks,
    Mode,
    Polynomial,
    Rebuild,
    Refused,
    Slots,
    Workspace,
)


def workspace(scope: Scope, work: int, mode: Mode, disabled: frozenset[str] = frozenset()) -> Workspace:
    """Return a workspace for one attempt at a proof in the scope."""
    hooks = Hooks(_REBUILDERS, log_of_normals, density_by_formula, size_of_term)
    return Workspace(scope, work, hooks, mode, disabled)


def size_of_term(w: Workspace, term: Term) -> Frozen:
    """Return a size as an atom's argument."""
    return w.freeze(combined(w, Lowering(w, guarded=True).scalar(term)))


def density_by_formula(w: Workspace, law: str, slots: Slots, parameters: tuple[Frozen, ...]) -> Polynomial | None:
    """Return the density of a law at these slots where the scope gives it by formula.

    p(x | z) := f(x, z) makes the joint over x and z equal to f(x, z) p(z).
    """
    if not w.mode.unfold:
        return None
    spaces = frozenset(space for space, _ in slots)
    for definition in w.scope.densities:
        values = frozenset(space for space, _ in definition.values)
        given = frozenset(space for space, _ in definition.given)
        if definition.law != law or values | given != spaces or not w.allows(f"definition of {law}"):
            continue
        return _unfolded(w, definition, dict(slots), parameters)
    return None


def _unfolded(
    w: Workspace, definition: DensityDefinition, points: Mapping[str, Frozen], parameters: tuple[Frozen, ...]
) -> Polynomial:
    names: dict[str, Value] = {}
    for space, symbol in (*definition.values, *definition.given):
        names[symbol] = _point(w, space, points[space])
    lowering = Lowering(w, guarded=True)
    body = lowering.of_definition(f"{definition.law}()", names).scalar(definition.body)
    given = tuple((space, points[space]) for space, _ in definition.given)
    return multiply(w, body, laws.density_at(w, definition.law, given, parameters))


def _point(w: Workspace, space: str, point: Frozen) -> Value:
    size = Lowering(w).size_of_space(space)
    if size is None:
        return point.polynomial()
    return Block((size,), lambda i: arrays.array_entry(w, point, w.freeze(i[0])))


# Rebuilding ------------------------------------------------------------------------------------------


def _delta(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    return arrays.kronecker(w, parts[0], parts[1])


def _vector(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    variables, domains, body = parts
    return arrays.vector_atom(w, variables, domains, body)


def _entry(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    return arrays.entry_atom(w, parts[0], parts[1])


def _product(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    variables, domains, body = parts
    return product_over(w, tuple(zip(variables, domains, strict=True)), body)


def _elementary(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    name, arguments = parts
    return Lowering(w, guarded=True).function(name, tuple(argument.polynomial() for argument in arguments))


def _power(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    base, exponent = (part.polynomial() for part in parts)
    return general_power(w, base, exponent, Lowering(w).is_integer(exponent))


def _same_kind(kind: str) -> Rebuild:
    return lambda w, parts: single(w.atom(kind, *parts))


def _extremum_over(kind: str) -> Rebuild:
    def rebuild(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
        variables, domains, body = parts
        return single(closed(w, kind, variables, domains, body))

    return rebuild


def _refused(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    raise Refused("a value put into something opaque")


OF_WORDS = (
    "letter",
    "word",
    "trace",
    "inverse of",
    "determinant of",
    "pseudo-inverse of",
    "kronecker",
    "vectorisation",
    "ones",
    "basis",
    "mean of",
    "covariance",
)
"""Atoms of the word form: renaming an index goes through them."""

_REBUILDERS: Mapping[str, Rebuild] = MappingProxyType(
    {
        "sum": totals.rebuilt_sum,
        "vector": _vector,
        "product": _product,
        "entry": _entry,
        "delta": _delta,
        "elementary": _elementary,
        "power": _power,
        "group": lambda w, parts: power(w, parts[0].polynomial(), 1),
        "log": lambda w, parts: logarithm(w, parts[0].polynomial()),
        "exp": lambda w, parts: exponential(w, parts[0].polynomial()),
        "abs": lambda w, parts: absolute(w, parts[0].polynomial()),
        "sin": lambda w, parts: circular(w, "sin", parts[0].polynomial()),
        "cos": lambda w, parts: circular(w, "cos", parts[0].polynomial()),
        **{
            kind: _same_kind(kind)
            for kind in [
                "apply",
                "density",
                "conditional",
                "normal",
                "normals",
                "cases",
                "indicator",
                "opaque",
                "determinant",
                "inverse",
                "derivative",
                "mass",
                *OF_WORDS,
            ]
        },
        **{kind: _extremum_over(kind) for kind in ("max", "min", "argmax", "argmin")},
        "mean": _refused,
        "extremum": _refused,
    }
)
