"""The numbers that parameters of a standard law can be: the rate of an exponential law is positive."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from errata.language.sorts import POSITIVE, Family, RandomVariable, Real, Sort
from errata.language.terms import Name, StandardLaw

_POSITIVE = {"exponential": (0,), "poisson": (0,), "gamma": (0, 1), "beta": (0, 1)}
"""Which parameters of a law are positive numbers, whatever values it has."""


def domains_of_parameters(declared: Iterable[Sort], known: Collection[str]) -> dict[str, Real]:
    """Return the sorts of the parameters in the laws of declared variables that nothing else says anything of.

    known: the names of which something is said.
    """
    found: dict[str, Real] = {}
    for sort in declared:
        variable = sort.element if isinstance(sort, Family) else sort
        if not isinstance(variable, RandomVariable) or not isinstance(variable.law, StandardLaw):
            continue
        for place in _POSITIVE.get(variable.law.kind, ()):
            parameter = variable.law.parameters[place]
            if isinstance(parameter, Name) and parameter.symbol not in known:
                found[parameter.symbol] = POSITIVE
    return found
