r"""Joint laws that factorise along a graph: p(a, b, c) = p(a | c) p(b | c) p(c), a directed graph without cycles."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.terms import Comparison, Density, Name, Product, Term


@dataclass(frozen=True, slots=True)
class Factor:
    """The law of some places given others, by their spaces."""

    values: tuple[str, ...]
    given: tuple[str, ...]


def factorisation(equation: Comparison) -> tuple[str, tuple[Factor, ...]] | None:
    """Return the law and its factors, parents first; None where the equation is no factorisation of one law.

    Every variable of the left side is a value of exactly one factor, and given only what comes before it. What the
    left side is given comes first, whatever its law: p(a | b, c) = p(a | c) leaves p(b, c) as it is.
    """
    match equation:
        case Comparison("=", Density(Name(law), parameters=()) as joint, right):
            factors = right.factors if isinstance(right, Product) else (right,)
        case _:
            return None
    found = [_factor(f, joint) for f in factors]
    if any(f is None for f in found):
        return None
    waiting = [f for f in found if f is not None]
    if sorted(space for f in waiting for space in f.values) != sorted(slot.space for slot in joint.values):
        return None
    given = tuple(slot.space for slot in joint.given)
    ordered = [Factor(given, ())] if given else []
    known = set(given)
    while waiting:
        ready = next((f for f in waiting if set(f.given) <= known), None)
        if ready is None:
            return None
        waiting.remove(ready)
        ordered.append(ready)
        known |= set(ready.values)
    return (law, tuple(ordered)) if len(known) == len((*joint.values, *given)) else None


def _factor(term: Term, joint: Density) -> Factor | None:
    """Return a density of the joint law's own variables as a factor."""
    if not isinstance(term, Density) or term.law != joint.law or term.parameters:
        return None
    if not set(term.values) <= set(joint.values) or not set(term.given) <= {*joint.values, *joint.given}:
        return None
    return Factor(tuple(s.space for s in term.values), tuple(s.space for s in term.given))
