r"""Weights that depend on a place: \pi_k(x) \ge 0 with \sum_k \pi_k(x) = 1."""

from __future__ import annotations

from errata.language.prose.notebook import Notebook
from errata.language.scope import Definition
from errata.language.sorts import Family, Function, Real
from errata.language.terms import Aggregate, Apply, Binder, Name, Quotient

_UNWEIGHTED = "{}_{{\\circ}}"


def enter_weights(binder: Binder, body: Apply, notes: Notebook) -> bool:
    """Define weights that sum to 1 as any positive functions over their sum; False where they are none."""
    symbol = body.function.symbol
    match notes.sort_of(symbol):
        case Family((_,), Function(value=Real() as numbers)) as declared if numbers.nonnegative:
            pass
        case _:
            return False
    names = [a.symbol for a in body.arguments if isinstance(a, Name)]
    if len(names) != len(body.arguments) or len(set(names)) != len(names) or names[:1] != [binder.name.symbol]:
        return False
    if notes.is_defined(symbol) or body.order or body.parameters:
        return False
    free = _UNWEIGHTED.format(symbol)
    share = Apply(Name(free), body.arguments)
    notes.sorts[free] = declared
    notes.definitions.append(Definition(symbol, tuple(names), Quotient(share, Aggregate("sum", binder, share))))
    return True
