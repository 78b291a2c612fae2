"""Sizes that nobody told, joined where a formula needs them to agree: A B, of "two matrices A and B".

Sizes that are told are joined with none but these, so what cannot fit is found out as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.inference import relevant
from errata.language.prose.refine import is_unknown_size
from errata.language.scope import Scope
from errata.language.shapes import unify_declared
from errata.language.sorts import Family, Matrix, Sort, Vector
from errata.language.statements import Reading
from errata.language.terms import Comparison, Name, subterms


def with_joined_sizes(scope: Scope, readings: Sequence[Reading]) -> Scope:
    """Return the scope with those sizes of a claim's arrays made equal that nobody told and the claim joins."""
    terms = [side for r in readings for side in (r.left, r.right)]
    narrowed, reached = relevant(scope, terms)
    used = {t.symbol for term in reached for t in subterms(term) if isinstance(t, Name)}
    unsized = {s: sort for s, sort in scope.sorts.items() if s in used and _is_unsized(sort)}
    if not unsized:
        return scope
    statements = [part for term in reached for part in subterms(term) if isinstance(part, Comparison)]
    statements += [Comparison("=", Name(s), d.body) for s, d in narrowed.definitions.items() if not d.parameters]
    statements += [Comparison("=", r.left, r.right) for r in readings if r.relation not in ("=>", "<=>")]
    statements += [*narrowed.assumptions, *(side for side in terms if isinstance(side, Comparison))]
    return replace(scope, sorts=MappingProxyType({**scope.sorts, **unify_declared(unsized, statements, scope.sorts)}))


def _is_unsized(sort: Sort) -> bool:
    match sort:
        case Vector(size):
            return is_unknown_size(size)
        case Matrix(rows, columns):
            return is_unknown_size(rows) or is_unknown_size(columns)
        case Family(_, element):
            return _is_unsized(element)
    return False
