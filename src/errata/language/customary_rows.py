r"""Data matrices by their custom: beside members x_1, ..., x_N, X is the matrix of them, where its shape fits.

Notes that write \sum_n x_n x_n^T = X^T X seldom say so. Such a step may be right by the custom; none is wrong by it,
as the letters may mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from errata.language.array_shapes import shape_of
from errata.language.definitions import unfold_entries, used_symbols
from errata.language.prose.refine import is_unknown_size
from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, Matrix, Vector, resized
from errata.language.statements import Reading
from errata.language.terms import Entry, MatrixOperation, Name, Product, Term, subterms

BY_CUSTOM = "that it is the matrix of these members is not said"
_MEMBERS = re.compile(r"(?P<before>(?:\\(?:mathbf|tilde|hat|bar)\{)*)(?P<letter>[a-z])(?P<after>\}*)(?:_\{\\cdot\})?")
_TOLD = re.compile(r"\b(?:rows?|columns?|stack\w*|transpos\w*)\b", re.IGNORECASE)


def speaks_of_lines(prose: str) -> bool:
    """Return whether words tell of rows or columns: what they say goes before any custom."""
    return bool(_TOLD.search(prose))


def with_customary_rows(readings: tuple[Reading, ...], scope: Scope) -> tuple[tuple[Reading, ...], Scope]:
    """Return a claim in which members of a data matrix are its rows, or its columns, where the matrix stands too."""
    terms = [side for reading in readings for side in (reading.left, reading.right)]
    alone = _alone(terms)
    found: dict[str, Definition] = {}
    sizes: dict[Term, Term] = {}
    whole: dict[str, str] = {}
    for symbol in sorted(_indexed(terms)):
        matrix = _capital(symbol)
        if matrix not in alone or matrix in scope.definitions:
            continue
        told = _member(symbol, matrix, scope, sizes)
        if told is not None:
            found[symbol], whole[f"{matrix}_{{\\circ}}"] = told, matrix
    if not found or any(_differ(reading, scope) for reading in readings):
        return readings, scope
    sorts = {symbol: resized(sort, sizes) for symbol, sort in scope.sorts.items()}
    definitions = {s: replace(d, body=unfold_entries(d.body, found)) for s, d in scope.definitions.items()}
    definitions.update({s: Definition(s, (), Name(matrix)) for s, matrix in whole.items()})
    told_readings = tuple(
        replace(r, left=unfold_entries(r.left, found), right=unfold_entries(r.right, found)) for r in readings
    )
    return told_readings, replace(
        scope,
        sorts=MappingProxyType(sorts),
        definitions=MappingProxyType(definitions),
        not_understood=MappingProxyType({**dict.fromkeys(whole, BY_CUSTOM), **scope.not_understood}),
    )


def _differ(reading: Reading, scope: Scope) -> bool:
    """Return whether the sides cannot be equal by their declared shapes, whatever the matrix is made of."""
    left, right = shape_of(reading.left, scope), shape_of(reading.right, scope)
    open_ones = any(is_unknown_size(size) for shape in (left, right) for size in shape or ())
    return left is not None and right is not None and left != right and not open_ones


def _member(symbol: str, matrix: str, scope: Scope, sizes: dict[Term, Term]) -> Definition | None:
    """Return a member as a line of the matrix that fits; enter what its open size must be."""
    match scope.sorts.get(symbol), scope.sorts.get(matrix):
        case Family((Term() as count,), Vector(size=length, simplex=False)), Matrix(rows=rows, columns=columns):
            pass
        case _:
            return None
    whole: Term = Name(f"{matrix}_{{\\circ}}")
    if columns == length and rows != length and (rows == count or is_unknown_size(rows)):
        whole, fitted = MatrixOperation("transpose", (whole,)), rows
    elif rows == length and columns != length and (columns == count or is_unknown_size(columns)):
        fitted = columns
    else:
        return None
    if fitted != count:
        sizes[fitted] = count
    index = "i"
    body = Product((whole, MatrixOperation("basis", (Name(index), count))))
    return Definition(symbol, (index,), body, entry_wise=True)


def _capital(symbol: str) -> str:
    named = _MEMBERS.fullmatch(symbol)
    return f"{named['before']}{named['letter'].upper()}{named['after']}" if named is not None else ""


def _indexed(terms: Iterable[Term]) -> set[str]:
    parts = (part for term in terms for part in subterms(term))
    return {p.array.symbol for p in parts if isinstance(p, Entry) and isinstance(p.array, Name) and len(p.indices) == 1}


def _alone(terms: Iterable[Term]) -> set[str]:
    """Return the names of these terms, but for those of which entries are taken."""
    terms = list(terms)
    entries = {p.array.symbol for t in terms for p in subterms(t) if isinstance(p, Entry) and isinstance(p.array, Name)}
    return set().union(*(used_symbols(t) for t in terms)) - entries
