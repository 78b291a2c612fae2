"""Replacing leaves by values, rebuilding every atom on the way so that it stays in normal form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errata.verify.normal_form.polynomials import accumulate, multiply, power
from errata.verify.normal_form.workspace import (
    BINDERS,
    LEAVES,
    Atom,
    Domain,
    Frozen,
    Polynomial,
    Refused,
    Workspace,
)

Values = Mapping[Atom, Polynomial]


def substitute(w: Workspace, polynomial: Polynomial, values: Values) -> Polynomial:
    """Return the polynomial with leaves replaced by values; bound variables are never captured."""
    if not values:
        return polynomial
    return _Substitution(w, values).of(polynomial)


class _Substitution:
    def __init__(self, w: Workspace, values: Values) -> None:
        self.w = w
        self.values = values
        self.leaves = frozenset(values)
        self.seen: dict[Atom, Polynomial] = {}

    def of(self, polynomial: Polynomial) -> Polynomial:
        result: Polynomial = {}
        w = self.w
        for m, c in polynomial.items():
            if all(self.leaves.isdisjoint(atom.free) for atom, _ in m):
                accumulate(result, {m: c})
                continue
            part: Polynomial = {tuple((a, e) for a, e in m if self.leaves.isdisjoint(a.free)): c}
            for atom, exponent in m:
                if not self.leaves.isdisjoint(atom.free):
                    part = multiply(w, part, power(w, self.atom(atom), exponent))
            accumulate(result, part)
        return result

    def atom(self, atom: Atom) -> Polynomial:
        found = self.seen.get(atom)
        if found is None:
            self.w.spend(1)
            found = self.seen[atom] = self._rebuilt(atom)
        return found

    def _rebuilt(self, atom: Atom) -> Polynomial:
        w = self.w
        if atom.kind in LEAVES:
            return dict(self.values[atom])
        if atom.kind in BINDERS:
            variables, domains, body = opened(w, atom)
            domains = tuple(self.mapped(domain) for domain in domains)
            return w.hooks.rebuilders[atom.kind](w, (variables, domains, self.of(body)))
        return w.hooks.rebuilders[atom.kind](w, self.mapped(atom.arguments))

    def mapped(self, value: Any) -> Any:
        if isinstance(value, Frozen):
            return value if self.leaves.isdisjoint(value.free) else self.w.freeze(self.of(value.polynomial()))
        if isinstance(value, Atom):
            return value if self.leaves.isdisjoint(value.free) else only_atom(self.atom(value))
        if isinstance(value, Domain):
            return Domain(value.kind, value.name, self.mapped(value.parts))
        if isinstance(value, tuple):
            return tuple(self.mapped(part) for part in value)
        return value


def only_atom(polynomial: Polynomial) -> Atom:
    """Return the atom that the polynomial is; raises Refused if it is none (an array must be an atom)."""
    if len(polynomial) == 1:
        ((m, c),) = polynomial.items()
        if c == 1 and len(m) == 1 and m[0][1] == 1:
            return m[0][0]
    raise Refused("an expression in place of an array")


def opened(w: Workspace, atom: Atom) -> tuple[tuple[Atom, ...], tuple[Domain, ...], Polynomial]:
    """Return a binder's content with fresh variables in place of the bound ones."""
    domains, bound, body = atom.arguments
    variables = tuple(w.fresh(domain) for domain in domains)
    return variables, domains, renamed(w, body.polynomial(), dict(zip(bound, variables, strict=True)))


def renamed(w: Workspace, polynomial: Polynomial, names: Mapping[Atom, Atom]) -> Polynomial:
    """Return the polynomial with leaves renamed."""
    return substitute(w, polynomial, {old: {((new, 1),): 1} for old, new in names.items()})


def instantiated(w: Workspace, atom: Atom, values: tuple[Polynomial, ...]) -> Polynomial:
    """Return the body of a binder at these values of its variables."""
    _, bound, body = atom.arguments
    return substitute(w, body.polynomial(), dict(zip(bound, values, strict=True)))


def closed(w: Workspace, kind: str, variables: tuple[Atom, ...], domains: tuple[Domain, ...], body: Polynomial) -> Atom:
    """Return the binder atom over the variables, which are named by the height of the body."""
    height = max((a.height for m in body for a, _ in m), default=0)
    bound = tuple(w.atom("bound", height + 1 + place) for place in range(len(variables)))
    frozen = w.freeze(renamed(w, body, dict(zip(variables, bound, strict=True))))
    if frozen.height > height:  # a level inside could meet one of ours
        raise Refused("binders could not be told apart")
    return w.atom(kind, domains, bound, frozen)


def replaced(w: Workspace, polynomial: Polynomial, old: Atom, new: Polynomial) -> Polynomial:
    """Return the polynomial with an atom replaced wherever it occurs, inside other atoms too."""
    return _Replacement(w, old, new).of(polynomial)


class _Replacement(_Substitution):
    def __init__(self, w: Workspace, old: Atom, new: Polynomial) -> None:
        leaves = old.free or frozenset((old,))
        super().__init__(w, {leaf: {((leaf, 1),): 1} for leaf in leaves})
        self.seen[old] = new
