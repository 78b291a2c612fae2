r"""Divergences and entropies of laws that are columns of probabilities: KL(p || q) = \sum_i p_i \log(p_i / q_i)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import symbols
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
    sorts = [meaning.knowledge.scope.sorts.get(name or "") for name in names]
    sizes = {sort.size for sort in sorts if isinstance(sort, Vector) and sort.simplex}
    if len(sizes) != 1 or not all(isinstance(sort, Vector) and sort.simplex for sort in sorts):
        return None
    term = _term(kind, [Entry(Name(name or ""), (_INDEX,)) for name in names])
    domain = Range(Number(Fraction(1)), sizes.pop())
    return None if term is None else Aggregate("sum", Binder(_INDEX, domain), term, span=span)


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
