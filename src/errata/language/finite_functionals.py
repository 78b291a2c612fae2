r"""Divergences and entropies of laws that are columns of probabilities: KL(p || q) = \sum_i p_i \log(p_i / q_i)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.number_lists import listed_size
from errata.language.scope import Scope
from errata.language.sorts import Vector
from errata.language.syntax import Node
from errata.language.terms import (
    Aggregate,
    Binder,
    Elementary,
    Entry,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    Range,
    Span,
    Term,
)

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_INDEX = Name("i'")


def of_columns(meaning: Meaning, kind: str, laws: Sequence[Sequence[Node]], span: Span) -> Term | None:
    """Return a functional of such laws written out; None where they are other laws."""
    names = [symbols.decorated(nodes[0]) if len(nodes) == 1 else None for nodes in laws]
    sizes = {_size(meaning.knowledge.scope, name or "") for name in names}
    size = sizes.pop()
    if sizes or size is None:
        return None
    term = _term(kind, [Entry(Name(name or ""), (_INDEX,)) for name in names])
    domain = Range(Number(Fraction(1)), size)
    return None if term is None else Aggregate("sum", Binder(_INDEX, domain), term, span=span)


def _size(scope: Scope, name: str) -> Term | None:
    """Return how many probabilities a column has, declared or listed; None where a name is no such column."""
    sort, defined = scope.sorts.get(name), scope.definitions.get(name)
    if isinstance(sort, Vector):
        return sort.size if sort.simplex else None
    return listed_size(defined.body) if defined is not None else None


def _term(kind: str, entries: Sequence[Entry]) -> Term | None:
    """Return what is summed over the points."""
    match kind, entries:
        case "entropy", [p]:
            return Negative(Product((p, Elementary("log", (p,)))))
        case "cross_entropy", [p, q]:
            return Negative(Product((p, Elementary("log", (q,)))))
        case "kl", [p, q]:
            return Product((p, Elementary("log", (Quotient(p, q),))))
    return None
