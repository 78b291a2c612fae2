r"""Arrays written with dots: [x_1, \dots, x_n]^\top, rows below one another with \vdots between, diagonals with \ddots.

An array of entries a_1, ..., a_n is the sum of a_k e_k over the columns e_k of the identity of size n; rows r_1, ...,
r_m below one another are the sum of e_k r_k, and columns side by side that of c_k e_k^T.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language.definitions import renamed
from errata.language.dotted_terms import run, tidy
from errata.language.syntax import Node, leaf_text
from errata.language.terms import (
    Aggregate,
    Array,
    Binder,
    MatrixOperation,
    Negative,
    Number,
    Product,
    Range,
    Span,
    Sum,
    Term,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

Cell = Sequence[Node]

_DOTS = frozenset(("\\ldots", "\\vdots", "\\ddots"))


def is_dotted(cells: Sequence[Cell]) -> bool:
    """Return whether dots stand for some of these cells."""
    return any(map(_is_dots, cells))


def side_by_side(meaning: Meaning, cells: Sequence[Cell], span: Span) -> Term:
    """Read a row with dots. Raises NotUnderstood where it is not clear how it goes on."""
    return _row(_list(_terms(meaning, cells, span), meaning.names_in_use(), span), span)


def one_below_another(meaning: Meaning, cells: Sequence[Cell], span: Span) -> Term:
    """Read a column with dots. Raises NotUnderstood where it is not clear how it goes on."""
    return _column(_list(_terms(meaning, cells, span), meaning.names_in_use(), span), span)


def matrix(meaning: Meaning, rows: Sequence[Sequence[Cell]], span: Span) -> Term:
    """Read the rows of a matrix with dots. Raises NotUnderstood where it is not clear how it goes on."""
    taken = meaning.names_in_use()
    if all(len(row) == 1 for row in rows):
        return one_below_another(meaning, [row[0] for row in rows], span)
    diagonal = _diagonal(rows)
    if diagonal is not None:
        entries = _list(_terms(meaning, diagonal, span), taken, span)
        return MatrixOperation("diagonal", (_column(entries, span),), span=span)
    full = [None if _only_dots(row) else _terms(meaning, row, span) for row in rows]
    lists = _alike([None if row is None else _list(row, taken, span, constant=True) for row in full], span)
    written = [None if line is None else _row(line, span) for line in lists]
    if len(rows) == 1 and written[0] is not None:
        return written[0]
    if None not in written:
        return Array(tuple((row,) for row in written if row is not None), span=span)
    used = taken | {line.binder.name.symbol for line in lists if line is not None and line.binder is not None}
    return _column(_list(written, used, span), span)


@dataclass(frozen=True, slots=True)
class _List:
    """Members, of which those of `run` have dots for most of them. binder: None of a member that is only repeated."""

    before: tuple[Term, ...]
    binder: Binder | None
    run: Term
    after: tuple[Term, ...]

    def domain(self) -> Range | None:
        return self.binder.domain if self.binder is not None and isinstance(self.binder.domain, Range) else None


def _terms(meaning: Meaning, cells: Sequence[Cell], span: Span) -> list[Term | None]:
    """Read the cells; None stands for dots."""
    return [None if _is_dots(cell) else meaning.expression(cell, span) for cell in cells]


def _is_dots(cell: Cell) -> bool:
    return len(cell) == 1 and leaf_text(cell[0]) in _DOTS


def _only_dots(row: Sequence[Cell]) -> bool:
    return is_dotted(row) and all(not cell or _is_dots(cell) for cell in row)


def _list(members: Sequence[Term | None], taken: Collection[str], span: Span, constant: bool = False) -> _List:
    """Say what the dots among the members stand for. constant: they may repeat one member."""
    gaps = [i for i, member in enumerate(members) if member is None]
    if len(gaps) != 1 or not 0 < gaps[0] < len(members) - 1:
        raise _unclear(span)
    before = [m for m in members[: gaps[0]] if m is not None]
    after = [m for m in members[gaps[0] + 1 :] if m is not None]
    if constant and len({*before, *after}) == 1:
        return _List(tuple(before[:-1]), None, before[-1], tuple(after[1:]))
    found = run(before, after, taken)
    if found is None and all(_differs(member, before[-1], taken) for member in before[:-1]):
        alone = run(before[-1:], after, taken)
        found = (before[:-1], *alone[1:]) if alone is not None else None
    if found is None:
        raise _unclear(span)
    kept, binder, body = found
    return _List(tuple(kept), binder, body, tuple(after[1:]))


def _differs(member: Term, first: Term, taken: Collection[str]) -> bool:
    """Return whether a member before the first of a run is of another form: the 1 of 1, x_1, ..., x_n."""
    return member != first and run([member], [first], taken) is None


def _alike(lists: Sequence[_List | None], span: Span) -> list[_List | None]:
    """Let the rows of a matrix run over one range; a row that repeats a member takes it from the others."""
    ruling = next((line for line in lists if line is not None and line.binder is not None), None)
    if ruling is None:
        raise _unclear(span)
    return [None if line is None else _like(line, ruling, span) for line in lists]


def _like(line: _List, ruling: _List, span: Span) -> _List:
    """Return the row with the index of the other, over whose range it must run."""
    counts = len(ruling.before), len(ruling.after)
    if line.binder is None:
        return _List((line.run,) * counts[0], ruling.binder, line.run, (line.run,) * counts[1])
    assert ruling.binder is not None
    if line.binder.domain != ruling.binder.domain or (len(line.before), len(line.after)) != counts:
        raise _unclear(span)
    body = renamed(line.run, line.binder.name.symbol, ruling.binder.name.symbol)
    return replace(line, binder=ruling.binder, run=body)


def _row(members: _List, span: Span) -> Term:
    """Put numbers or columns side by side."""
    return _joined(members, lambda member, unit: (member, MatrixOperation("transpose", (unit,), span=span)), span)


def _column(members: _List, span: Span) -> Term:
    """Put numbers or rows one below another."""
    return _joined(members, lambda member, unit: (unit, member), span)


def _joined(members: _List, placed: Callable[[Term, Term], tuple[Term, Term]], span: Span) -> Term:
    """Return the sum of the members, each times the column of the identity that tells its place."""
    assert members.binder is not None and isinstance(members.binder.domain, Range)
    low, high = members.binder.domain.low, members.binder.domain.high
    ahead, behind = len(members.before), len(members.after)
    length = tidy(Sum((high, Negative(low), Number(Fraction(1 + ahead + behind)))))

    def at(member: Term, place: Term) -> Term:
        return Product(placed(member, MatrixOperation("basis", (place, length), span=span)), span=span)

    place = tidy(Sum((members.binder.name, Negative(low), Number(Fraction(1 + ahead)))))
    terms = [at(member, Number(Fraction(i + 1))) for i, member in enumerate(members.before)]
    terms.append(Aggregate("sum", members.binder, at(members.run, place), span=span))
    for i, member in enumerate(members.after):
        terms.append(at(member, tidy(Sum((length, Number(Fraction(1 + i - behind)))))))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms), span=span)


def _diagonal(rows: Sequence[Sequence[Cell]]) -> list[Cell] | None:
    r"""Return the cells of a diagonal with \ddots off which nothing but zeros and dots stands; None for others."""
    size = len(rows)
    if any(len(row) != size for row in rows):
        return None
    diagonal = [row[i] for i, row in enumerate(rows)]
    others = [cell for i, row in enumerate(rows) for k, cell in enumerate(row) if i != k]
    empty = all(not cell or _is_dots(cell) or (len(cell) == 1 and leaf_text(cell[0]) == "0") for cell in others)
    dotted = [len(cell) == 1 and leaf_text(cell[0]) == "\\ddots" for cell in diagonal]
    return diagonal if empty and dotted.count(True) == 1 else None


def _unclear(span: Span) -> NotUnderstood:
    return NotUnderstood("in what steps these dots go on is not clear", span, "give the general entry")
