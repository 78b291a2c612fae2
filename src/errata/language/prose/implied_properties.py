"""Properties that follow from how a matrix is defined: V D V^T is symmetric where D is diagonal."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.prose.notebook import Notebook
from errata.language.prose.refine import Attribute, MatrixProperty
from errata.language.sorts import Matrix
from errata.language.terms import MatrixOperation, Name, Product, Term

_SYMMETRIC = frozenset(("symmetric", "diagonal", "positive definite", "positive semidefinite"))
_REGULAR = frozenset(("invertible", "orthogonal", "positive definite", "positive diagonal", "unit diagonal"))


def follows(attribute: Attribute | None, symbol: str, notes: Notebook) -> bool:
    """Return whether the definition of a name makes it symmetric, or positive definite, as the attribute says."""
    if not isinstance(attribute, MatrixProperty) or not attribute.properties <= {"symmetric", "positive definite"}:
        return False
    body = next((d.body for d in notes.definitions if d.symbol == symbol and not d.parameters), None)
    factors = body.factors if isinstance(body, Product) else ()
    half, odd = divmod(len(factors), 2)
    if not half or any(_turned(f) != g for f, g in zip(factors[:half], reversed(factors), strict=False)):
        return False
    middle = _properties(factors[half], notes) if odd else frozenset(("positive definite",))
    if "positive definite" not in attribute.properties:
        return bool(middle & _SYMMETRIC)
    return "positive definite" in middle and _are_regular(factors[:half], notes)


def _turned(term: Term) -> Term:
    match term:
        case MatrixOperation("transpose", (inner,)):
            return inner
    return MatrixOperation("transpose", (term,))


def _are_regular(factors: Sequence[Term], notes: Notebook) -> bool:
    return all(_properties(f, notes) & _REGULAR for f in factors)


def _properties(term: Term, notes: Notebook) -> frozenset[str]:
    match term:
        case MatrixOperation("transpose", (inner,)):
            return _properties(inner, notes)
        case Name(symbol) if isinstance(sort := notes.sort_of(symbol), Matrix) and sort.rows == sort.columns:
            return sort.properties
    return frozenset()
