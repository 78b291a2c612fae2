"""Single entries of columns such as h in {0, 1}^n: their laws, and sums over pairs of indices."""

from __future__ import annotations

from dataclasses import replace

from errata.language.scope import Scope
from errata.language.sorts import Configurations
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Binder,
    Comparison,
    Density,
    Entry,
    Indicator,
    Name,
    Product,
    Slot,
    Space,
    Term,
)


def entry_of_column(term: Term, scope: Scope) -> Entry | None:
    """Return the term if it is an entry of a column that has finitely many values."""
    if not isinstance(term, Entry) or not isinstance(term.array, Name) or len(term.indices) != 1:
        return None
    finite = isinstance(scope.spaces.get(base_name(term.array.symbol)), Configurations)
    return term if finite else None


def law_of_entry(density: Density, entry: Entry, value: Term) -> Term:
    """Return the probability that one entry has a value: the sum of the law over all columns in which it has."""
    assert isinstance(entry.array, Name)
    space = base_name(entry.array.symbol)
    column = Name(f"{space}^{{\\circ}}")
    slots = tuple(Slot(space, column) if slot.space == space else slot for slot in density.values)
    has = Indicator(Comparison("=", Entry(column, entry.indices), value))
    whole = replace(density, values=slots)
    return Aggregate("sum", Binder(column, Space(space)), Product((has, whole)), span=density.span)
