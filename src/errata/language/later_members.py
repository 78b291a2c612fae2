r"""Sequences that a formula gives one member on: V_{n+1} = \frac1n \sum_{i=1}^n G_i says what every V_n is.

Only of a sequence that the notes write with this one letter below, and with numbers: of data y_1, ..., y_n a formula
for the new y_{n+1} says nothing of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from errata.language.definitions import definition, free_symbols, substitute, used_symbols
from errata.language.prose.harvested import Harvest
from errata.language.recursions import plain, plus, shifted, start_of
from errata.language.scope import Definition
from errata.language.statements import Statement
from errata.language.terms import Aggregate, Comparison, Entry, Name, Number, Term, subterms


def of_any_member(
    left: Term, right: Term, subscripts: Mapping[str, frozenset[str]], known: Collection[str]
) -> tuple[Term, Term]:
    """Return V_{n+1} = ... as an equation for V_n; what is no such equation as it is.

    subscripts: the letters that a document writes below its names. known: the names that something else is said of.
    """
    match left:
        case Entry(Name(symbol), (place,)) if not isinstance(place, Name | Number):
            index, shift = shifted(place)
        case _:
            return left, right
    if index is None or symbol in known or subscripts.get(plain(symbol)) != frozenset((index,)):
        return left, right
    bound = {t.binder.name.symbol for t in subterms(right) if isinstance(t, Aggregate)}
    if index in bound or index not in free_symbols(right) or symbol in used_symbols(right):
        return left, right
    return replace(left, indices=(Name(index),)), substitute(right, {index: plus(Name(index), -shift)})


def with_any_members(found: Harvest, subscripts: Mapping[str, frozenset[str]], known: Collection[str]) -> Harvest:
    """Return what a sentence says with such equations as definitions, save those of the names that are known."""
    told = {id(a): d for a in found.assumptions if (d := _definition(a, subscripts, known))}
    if not told:
        return found
    kept = tuple(a for a in found.assumptions if id(a) not in told)
    return replace(found, assumptions=kept, definitions=(*found.definitions, *told.values()))


def only_values_told(symbol: str, statements: Iterable[Statement]) -> bool:
    """Return whether all that was read of a sequence are values of members of it, C_0 = 0."""
    told = [r for s in statements for r in s.readings[:1] if symbol in used_symbols(r.left) | used_symbols(r.right)]
    starts = [start_of(r.left, r.right) for r in told if r.relation == "="]
    return len(starts) == len(told) > 0 and all(start is not None and start[0] == symbol for start in starts)


def _definition(
    assumption: Comparison, subscripts: Mapping[str, frozenset[str]], known: Collection[str]
) -> Definition | None:
    if assumption.relation != "=":
        return None
    left, right = of_any_member(assumption.left, assumption.right, subscripts, known)
    defined = definition(left, right) if left is not assumption.left else None
    return defined if isinstance(defined, Definition) else None
