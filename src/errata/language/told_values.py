r"""Values that a note tells at single places: V(C) = 0.5, f(x_0) = 0, v(\mathrm{left}) = 1.

They say nothing of the function elsewhere, as f(x) = 0 does. They are put in where the function stands at that place
again, up to the next heading; but no longer where another value is told of the place, for notes go on from one table of
values to the next, and may mean either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from errata.language.definitions import free_symbols, rebuilt, used_symbols
from errata.language.scope import Definition
from errata.language.terms import Aggregate, Apply, At, Derivative, Expectation, Limit, MomentOf, Name, Term

_PLACE = re.compile(r"[A-Z]|\\mathrm\{\w+\}|[^_{}]+_\{?\d+\}?")
"""Names of single places: a capital, a word, a letter with a number."""


def told_place(head: Term, value: Term) -> Apply | None:
    """Return the place at which an equation tells a value: the head, where every argument names a single place."""
    if not isinstance(head, Apply) or free_symbols(value) or not at_single_place(head):
        return None
    return Apply(head.function, head.arguments)


def at_single_place(head: Term) -> bool:
    """Return whether a term is the value of a function at a single place, which says nothing of it elsewhere."""
    match head:
        case Apply(_, arguments, (), 0) if arguments:
            return all(isinstance(a, Name) and _PLACE.fullmatch(a.symbol) is not None for a in arguments)
    return False


def told_by(defined: Definition) -> Apply | None:
    """Return the place at which what was taken for the definition of a function tells a value."""
    if defined.entry_wise or not defined.parameters:
        return None
    return told_place(Apply(Name(defined.symbol), tuple(map(Name, defined.parameters))), defined.body)


def with_told_values(term: Term, values: Mapping[Term, Term]) -> Term:
    """Return a term with the values that are told in the places where they are told.

    A name that is bound, or that something is differentiated by or averaged over, is no single place there.
    """
    moving = _moving(term)
    values = {place: value for place, value in values.items() if not moving & used_symbols(place)} if moving else values
    if not values or isinstance(term, Expectation | MomentOf):
        return term
    if isinstance(term, Apply) and term in values:
        return values[term]
    return rebuilt(term, lambda part: with_told_values(part, values))


def _moving(term: Term) -> set[str]:
    """Return the names that this very node lets move."""
    match term:
        case Aggregate(_, binder):
            return {binder.name.symbol}
        case At() | Limit() | Derivative():
            return used_symbols(term.variable)
    return set()
