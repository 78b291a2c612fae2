r"""Functions written with parameters, f(x; \theta): they depend on these as on their arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import rebuilt
from errata.language.labelled_functions import changed_everywhere
from errata.language.scope import Scope
from errata.language.sorts import Function, Real, Sort
from errata.language.statements import Reading
from errata.language.terms import Apply, Name, Term, subterms

LEFT_OUT = "its parameters are left out in places"


def with_parameters_as_arguments(readings: Sequence[Reading], scope: Scope) -> tuple[tuple[Reading, ...], Scope]:
    r"""Return readings and scope in which f(x; \theta) is a function of x and \theta.

    A function that a formula defines is what the formula says. One that stands without its parameters too is doubted.
    """
    calls = _calls(readings, scope)
    parameters = {symbol: _kinds(found, scope) for symbol, found in calls.items() if _is_free(symbol, found, scope)}
    if not parameters:
        return tuple(readings), scope
    uneven = {s: LEFT_OUT for s in parameters if any(not call.parameters for call in calls[s])}

    def change(term: Term) -> Term:
        term = rebuilt(term, change)
        if isinstance(term, Apply) and term.function.symbol in parameters:
            return replace(term, arguments=(*term.arguments, *term.parameters), parameters=())
        return term

    readings, scope = changed_everywhere(readings, scope, change)
    sorts = {symbol: _longer(scope.sorts[symbol], added) for symbol, added in parameters.items()}
    doubtful = {**uneven, **scope.not_understood}
    return readings, replace(
        scope, sorts=MappingProxyType({**scope.sorts, **sorts}), not_understood=MappingProxyType(doubtful)
    )


def _calls(readings: Iterable[Reading], scope: Scope) -> dict[str, list[Apply]]:
    """Return the calls of every function, by its symbol."""
    sides = [side for r in readings for side in (r.left, r.right)]
    bodies = [*(d.body for d in scope.definitions.values()), *(d.body for d in scope.densities), *scope.assumptions]
    found: dict[str, list[Apply]] = {}
    for term in (*sides, *bodies):
        for part in subterms(term):
            if isinstance(part, Apply):
                found.setdefault(part.function.symbol, []).append(part)
    return found


def _is_free(symbol: str, calls: Sequence[Apply], scope: Scope) -> bool:
    """Return whether a function has parameters of one number, which its declaration does not count."""
    sort = scope.sorts.get(symbol)
    counts = {len(call.parameters) for call in calls} - {0}
    if len(counts) != 1 or not isinstance(sort, Function) or symbol in scope.definitions:
        return False
    return all(not call.order and len(call.arguments) == len(sort.arguments) for call in calls)


def _kinds(calls: Iterable[Apply], scope: Scope) -> tuple[Sort, ...]:
    """Return the sorts of the parameters, as the first call has them."""
    parameters = next(call.parameters for call in calls if call.parameters)
    return tuple(scope.sorts.get(p.symbol, Real()) if isinstance(p, Name) else Real() for p in parameters)


def _longer(sort: Sort, added: Sequence[Sort]) -> Sort:
    assert isinstance(sort, Function)
    return replace(sort, arguments=(*sort.arguments, *added))
