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
    column = _any_column(space)
    slots = tuple(Slot(space, column) if slot.space == space else slot for slot in density.values)
    has = Indicator(Comparison("=", Entry(column, entry.indices), value))
    whole = replace(density, values=slots)
    return Aggregate("sum", Binder(column, Space(space)), Product((has, whole)), span=density.span)


def _is_in(entry: Entry, space: str) -> bool:
    return isinstance(entry.array, Name) and base_name(entry.array.symbol) == space


def _any_column(space: str) -> Name:
    return Name(f"{space}^{{\\circ}}")


def as_law_of_entry(term: Aggregate) -> Density | None:
    """Return how to write what `law_of_entry` made a term of, p(h_j = 1 | v); None where it did not.

    What is written there is the entry, or a comparison: no point of the law, which has whole columns for points.
    """
    match term:
        case Aggregate(
            "sum",
            Binder(Name() as column, Space(space)),
            Product(
                (
                    Indicator(Comparison("=", Entry(Name() as array, (_,)) as entry, value)),
                    Density(_, (Slot(own, point),)) as density,
                )
            ),
        ) if array == column == point == _any_column(space) and own == space:
            own_value = isinstance(value, Entry) and value.indices == entry.indices and _is_in(value, space)
            written = value if own_value else Comparison("=", replace(entry, array=Name(space)), value)
            return replace(density, values=(Slot(space, written),))
    return None
