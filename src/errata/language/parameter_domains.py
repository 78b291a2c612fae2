"""The numbers that parameters of a standard law can be: the rate of an exponential law is positive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from errata.language.definitions import free_symbols
from errata.language.sorts import POSITIVE, UNIT, Family, RandomVariable, Real, Sort
from errata.language.terms import Name, StandardLaw

_POSITIVE = {"exponential": (0,), "poisson": (0,), "gamma": (0, 1), "beta": (0, 1)}
"""Which parameters of a law are positive numbers, whatever values it has."""
_COUNT = Real(1.0, low_open=False, integer=True)
_OTHERS: Mapping[str, Mapping[int, Real]] = {
    "binomial": {0: _COUNT, 1: UNIT},
    "geometric": {1: UNIT},
}


def domains_of_parameters(declared: Iterable[Sort], known: Collection[str]) -> dict[str, Real]:
    """Return the sorts of the parameters in the laws of declared variables that nothing else says anything of.

    known: the names of which something is said.
    """
    found: dict[str, Real] = {}
    for sort in declared:
        variable = sort.element if isinstance(sort, Family) else sort
        if not isinstance(variable, RandomVariable) or not isinstance(variable.law, StandardLaw):
            continue
        for place, domain in _OTHERS.get(variable.law.kind, {}).items():
            parameter = variable.law.parameters[place]
            if isinstance(parameter, Name) and parameter.symbol not in known:
                found[parameter.symbol] = domain
        if variable.law.kind == "integers":
            found.update({s: _COUNT for end in variable.law.parameters for s in free_symbols(end) if s not in known})
        for place in _POSITIVE.get(variable.law.kind, ()):
            parameter = variable.law.parameters[place]
            if isinstance(parameter, Name) and parameter.symbol not in known:
                found[parameter.symbol] = POSITIVE
    return found
