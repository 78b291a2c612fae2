"""Laws as joints: the density of one law at points of some of its spaces, marginals by leaving slots out."""

from __future__ import annotations

from errata.language import sorts
from errata.verify.normal_form.polynomials import constant, multiply, power, single
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused, Slots, Workspace

CONDITIONAL = "conditional probability"
LINE = Domain("line")


def domain_of_space(w: Workspace, space: str) -> Domain:
    """Return what a variable of the space ranges over."""
    kind = w.scope.spaces.get(space)
    if isinstance(kind, sorts.EuclideanSpace):
        return LINE if kind.size is None else Domain("line", "", (w.size_of_term(kind.size),))
    return Domain("space", space)


def is_point_of(w: Workspace, atom: Atom, domain: Domain) -> bool:
    """Whether an atom is declared as a point of the space: a name, a member of a family, a function's value."""
    if atom.kind == "fresh":
        return bool(atom.arguments[1] == domain)
    indices = 0
    if atom.kind == "entry":
        indices = len(atom.arguments[1])
        atom = atom.arguments[0]
    sort = w.scope.sorts.get(atom.arguments[0]) if atom.kind in ("name", "apply") else None
    if isinstance(sort, sorts.Family) and indices == len(sort.sizes):
        sort = sort.element
    elif indices:
        return False
    elif atom.kind == "apply":
        sort = sort.value if isinstance(sort, sorts.Function) and not any(atom.arguments[3]) else None
    return isinstance(sort, sorts.Point) and domain_of_space(w, sort.space) == domain


def implicit_parameters(w: Workspace, law: str) -> tuple[Frozen, ...]:
    """Return the parameters that the law's sort names, at their own values."""
    sort = w.scope.sorts.get(law)
    if not isinstance(sort, sorts.Law):
        return ()
    return tuple(w.freeze(single(w.atom("name", symbol))) for symbol in sort.parameters)


def plain_parameters(w: Workspace, law: str, slots: int) -> tuple[tuple[Frozen, ...], tuple[int, ...]]:
    """Return the last two arguments of the atom of an underived density with this number of slots."""
    parameters = implicit_parameters(w, law)
    return parameters, (0,) * (len(parameters) + slots)


def density_atom(
    w: Workspace, law: str, slots: Slots, parameters: tuple[Frozen, ...], partials: tuple[int, ...] = ()
) -> Polynomial:
    """Return the density of the marginal over the slots; `partials` are derivatives by the parameters."""
    counts = (partials or (0,) * len(parameters)) + (0,) * len(slots)
    return single(w.atom("density", law, tuple(sorted(slots)), parameters, counts))


def density_at(w: Workspace, law: str, slots: Slots, parameters: tuple[Frozen, ...]) -> Polynomial:
    """Return the density of a law's marginal at these points; 1 for no slots.

    Raises Refused for two slots in one space: the joint keeps one place for each.
    """
    if not slots:
        return constant(1)
    if len({space for space, _ in slots}) < len(slots):
        raise Refused("two slots of one law in one space")
    by_formula = w.hooks.density_by_formula(w, law, slots, parameters)
    if by_formula is not None:
        return by_formula
    return density_atom(w, law, slots, parameters or implicit_parameters(w, law))


def conditional_at(w: Workspace, law: str, values: Slots, given: Slots, parameters: tuple[Frozen, ...]) -> Polynomial:
    """Return joint / marginal. Side condition: the marginal is > 0, which it is as the conditional is defined."""
    if not given:
        return density_at(w, law, values, parameters)
    if not w.allows(CONDITIONAL):
        return single(w.atom("conditional", law, tuple(sorted(values)), tuple(sorted(given)), parameters))
    marginal = density_at(w, law, given, parameters)
    return multiply(w, density_at(w, law, values + given, parameters), power(w, marginal, -1))


def rebuilt_density(w: Workspace, parts: tuple[object, ...]) -> Polynomial:
    """Rebuild a density whose points or parameters have changed."""
    return single(w.atom("density", *parts))
