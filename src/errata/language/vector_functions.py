r"""Undeclared functions whose values are vectors: in bold, \boldsymbol{\phi}(\mathbf{x}), as vectors in bold are, and
those of which a value is transposed, or stands behind a transposed name: \phi(x)^T \phi(y), w^T \phi(x).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.prose.refine import looks_like_matrix, unknown_size
from errata.language.shapes import Arrays
from errata.language.sorts import Function, Real, Sort, Vector
from errata.language.terms import Apply, Comparison, Entry, MatrixOperation, Name, Product, Term, subterms

_SMALL = re.compile(r"[a-z]|\\(?:phi|varphi|psi|eta|xi|zeta)")
_BOLD_SMALL = re.compile(r"\\mathbf\{(?:[a-z]|\\[a-z]+)\}")


def with_vector_functions(
    arrays: Arrays, comparisons: Iterable[Comparison], sorts: Mapping[str, Sort], taken: Collection[str]
) -> Arrays:
    """Return the guessed arrays and, beside them, functions whose values are vectors with a size of their own.

    taken: names that a definition or the prose explains.
    """
    arrays_by_use = _of_vectors(comparisons := tuple(comparisons))
    calls: dict[str, Apply] = {}
    uses: Counter[str] = Counter()
    others: set[str] = set()
    for statement in comparisons:
        for term in subterms(statement):
            if isinstance(term, Apply):
                known = calls.setdefault(term.function.symbol, term)
                alike = len(known.arguments) == len(term.arguments) and not term.order and not term.parameters
                of_matrix = any(looks_like_matrix(s) for a in term.arguments for s in free_symbols(a))
                others |= set() if alike and not of_matrix else {term.function.symbol}
                uses[term.function.symbol] += 1
            elif isinstance(term, Name):
                uses[term.symbol] -= 1
    found = {
        symbol: Function((Real(),) * len(call.arguments), Vector(unknown_size(symbol)))
        for symbol, call in calls.items()
        if _BOLD_SMALL.fullmatch(symbol) or symbol in arrays_by_use
        if not uses[symbol] and symbol not in {*others, *sorts, *taken}
    }
    return replace(arrays, sorts=MappingProxyType({**arrays.sorts, **found})) if found else arrays


def _of_vectors(comparisons: Iterable[Comparison]) -> set[str]:
    """Return the small letters of functions whose values stand where only a vector can."""
    found: set[str] = set()
    for statement in comparisons:
        for term in subterms(statement):
            if isinstance(term, MatrixOperation) and term.operation == "transpose":
                found.update(_called(term.arguments[0]))
            elif isinstance(term, Product):
                before, last = term.factors[-2:] if len(term.factors) > 1 else (term, term)
                if isinstance(before, MatrixOperation) and before.operation == "transpose":
                    found.update(_called(last) if isinstance(before.arguments[0], Name | Entry) else ())
    return found


def _called(term: Term) -> Iterator[str]:
    if isinstance(term, Apply) and _SMALL.fullmatch(term.function.symbol):
        yield term.function.symbol
