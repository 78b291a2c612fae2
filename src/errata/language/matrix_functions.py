"""Functions of a matrix: entry by entry, or by their power series; which of the two a note means."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.definitions import rebuilt
from errata.language.matching_sizes import is_square
from errata.language.scope import Scope
from errata.language.terms import Constant, Elementary, MatrixOperation, Power, Term, subterms

_SERIES_FIRST = frozenset(("exp", "log", "sqrt"))
_SERIES_TOO = frozenset(("sin", "cos", "sinh", "cosh", "tan"))
_SIGNS = {"exp": ("\\exp",), "log": ("\\log", "\\ln"), "sqrt": ("\\sqrt",)}
"""Where a note says what a function of a matrix means, it says so of one of these."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The sides of a relation under one meaning; `condition` names it, "" for what is likelier."""

    sides: tuple[Term, Term]
    condition: str


def meanings(sides: tuple[Term, Term], scope: Scope) -> tuple[Meaning, ...]:
    """Return what the functions of matrices in these sides may mean, the likelier first.

    The exponential, logarithm and root of a square matrix are likelier its power series, unless the note says
    that they go by entries; sine and its like may be either; all others go by entries.
    """
    used = {f for side in sides for part in subterms(side) if (f := _function(part, scope)) is not None}
    if not used:
        return (Meaning(sides, ""),)
    told = {f: m for f in used if (m := _told(f, scope)) is not None}
    series = frozenset(f for f in used if told.get(f) == "series" or (f not in told and f in _SERIES_FIRST))
    first = Meaning(_with_series(sides, series, scope), "")
    if told.keys() == used:
        return (first,)
    by_entries = frozenset(f for f in series if told.get(f) == "series")
    if series - by_entries:
        other = _with_series(sides, by_entries, scope)
        return (first, Meaning(other, "if functions of matrices go entry by entry"))
    return (first, Meaning(_with_series(sides, frozenset(used), scope), "if functions of matrices are power series"))


def _told(function: str, scope: Scope) -> str | None:
    signs = _SIGNS.get(function, (f"\\{function}",))
    return next((m for s in signs if (m := scope.notations.get(s)) in ("series", "entries")), None)


def _function(term: Term, scope: Scope) -> str | None:
    """Return the function that a term applies to a square matrix, if it can be a power series."""
    if isinstance(term, Power) and isinstance(term.base, Constant) and term.base.kind == "e":
        return "exp" if is_square(term.exponent, scope) else None
    if isinstance(term, Elementary) and term.function in _SERIES_FIRST | _SERIES_TOO and len(term.arguments) == 1:
        return term.function if is_square(term.arguments[0], scope) else None
    return None


def _with_series(sides: tuple[Term, Term], series: frozenset[str], scope: Scope) -> tuple[Term, Term]:
    return _one(sides[0], series, scope), _one(sides[1], series, scope)


def _one(term: Term, series: frozenset[str], scope: Scope) -> Term:
    function = _function(term, scope)
    if function is None:
        return rebuilt(term, lambda part: _one(part, series, scope))
    argument = term.exponent if isinstance(term, Power) else term.arguments[0]  # type: ignore[attr-defined]
    inner = _one(argument, series, scope)
    if function in series:
        return MatrixOperation("function", (inner,), function, span=term.span)
    return Elementary(function, (inner,), span=term.span)
