"""Claims as they are read twice: with what was told before them kept, and with what words may leave of it left.

Only claims that this makes a difference to carry the other reading along; the judge says of them what both agree on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from errata.language.definitions import used_symbols
from errata.language.inference import relevant, size_names
from errata.language.placed import PlacedStatement
from errata.language.prose.leaving_words import drops_assumption
from errata.language.scope import Scope
from errata.language.statements import Problem, Statement
from errata.language.terms import Term

_Place = tuple[int, int, int]


def with_other_readings(
    kept: Sequence[PlacedStatement], left: Sequence[PlacedStatement], words: Sequence[tuple[int, str]]
) -> list[PlacedStatement]:
    """Return statements of a document with the others that they are where what was told before is left.

    words: what may leave it, in order, at least one, each with the number of the statements before it.
    """
    counts = [count for count, _ in words]
    others: dict[_Place, deque[Statement]] = defaultdict(deque)
    for placed in left:
        others[_place(placed)].append(placed.statement)
    found = []
    for number, placed in enumerate(kept):
        waiting = others[_place(placed)]
        other = waiting.popleft() if waiting else None
        statement = placed.statement
        if other is None or statement.kind != "claim" or statement.problem is not None:
            found.append(placed)
            continue
        count, told = words[max(bisect_right(counts, number) - 1, 0)]
        differs = _differs(statement, other)
        if not differs and drops_assumption(told) and placed.block is kept[count].block:
            other, differs = replace(other, problem=Problem("what words drop here is not known", other.span)), True
        found.append(replace(placed, statement=replace(statement, left=other, leaves=told)) if differs else placed)
    return found


def _place(placed: PlacedStatement) -> _Place:
    span = placed.statement.span
    return placed.fragment.start, span.start, span.end


def _differs(one: Statement, other: Statement) -> bool:
    """Return whether two readings of a step rest on other things, or say other things."""
    if other.kind != "claim" or other.problem is not None or one.readings != other.readings:
        return True
    terms = [side for reading in one.readings for side in (reading.left, reading.right)]
    return _rests_on(one.scope, terms) != _rests_on(other.scope, terms)


def _rests_on(scope: Scope, terms: Sequence[Term]) -> tuple[object, ...]:
    """Return what terms rest on, without the words that were not understood."""
    kept, reached = relevant(scope, terms)
    names = {symbol for term in reached for symbol in used_symbols(term)}
    names |= {size for name in names if (sort := scope.sorts.get(name)) is not None for size in size_names(sort)}
    sorts = {name: scope.sorts.get(name) for name in names}
    listed = kept.densities, kept.assumptions, kept.perhaps, kept.facts
    return sorts, scope.log_base, scope.layout, dict(kept.definitions), dict(kept.recursions), *listed
