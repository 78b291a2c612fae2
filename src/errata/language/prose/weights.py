r"""Weights that depend on a place: \pi_k(x) \ge 0 with \sum_k \pi_k(x) = 1, r_{nk} \ge 0 with \sum_k r_{nk} = 1."""

from __future__ import annotations

from dataclasses import replace

from errata.language.definitions import substitute
from errata.language.prose.notebook import Notebook
from errata.language.scope import Definition
from errata.language.sorts import Family, Function, Real
from errata.language.terms import Aggregate, Apply, Binder, Entry, Name, Quotient, Term

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


def enter_rows(binder: Binder, body: Entry, notes: Notebook) -> bool:
    """Define an array whose rows sum to 1 as any nonnegative one over its sums; False where it is something else."""
    symbol = body.array.symbol if isinstance(body.array, Name) else ""
    names = [i.symbol for i in body.indices if isinstance(i, Name)]
    declared = notes.sort_of(symbol)
    match declared:
        case Family(sizes, Real() as numbers) if len(sizes) == len(names) == len(body.indices) == len(set(names)):
            pass
        case _:
            return False
    if not numbers.nonnegative or numbers.integer or binder.name.symbol not in names or notes.is_defined(symbol):
        return False
    free = _UNWEIGHTED.format(symbol)
    notes.sorts[free] = declared
    share = Entry(Name(free), body.indices)
    other = Name(f"{binder.name.symbol}'")
    whole = Aggregate("sum", replace(binder, name=other), substitute(share, {binder.name.symbol: other}))
    notes.definitions.append(Definition(symbol, tuple(names), Quotient(share, whole), True))
    notes.block(symbol, "its rows sum to 1")  # a formula that this definition is not written out in says less
    return True


def rows_of(total: Term) -> Entry | None:
    """Return the entry whose sum this is over some of its indices, others being left: r_{nk} of sum_k r_{nk}."""
    bound: set[Term] = set()
    while isinstance(total, Aggregate) and total.operation == "sum":
        bound.add(total.binder.name)
        total = total.body
    rows = bound and isinstance(total, Entry) and set(total.indices) - bound
    return total if rows and isinstance(total, Entry) else None
