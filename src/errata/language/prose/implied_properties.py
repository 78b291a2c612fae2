"""Properties of defined matrices: V D V^T is symmetric where D is diagonal, and what blocks must be for theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.language.prose.notebook import Notebook
from errata.language.prose.refine import Attribute, MatrixProperty
from errata.language.scope import Definition
from errata.language.sorts import Matrix
from errata.language.terms import Array, MatrixOperation, Name, Product, Sum, Term

_SYMMETRIC = frozenset(("symmetric", "diagonal", "positive definite", "positive semidefinite"))
_REGULAR = frozenset(("invertible", "orthogonal", "positive definite", "positive diagonal", "unit diagonal"))


def follows(attribute: Attribute | None, symbol: str, notes: Notebook) -> bool:
    """Return whether the definition of a name makes it symmetric, or positive definite, as the attribute says."""
    if not isinstance(attribute, MatrixProperty):
        return False
    if attribute.properties == {"invertible"}:
        return _is_regular_product(symbol, notes)
    if not attribute.properties <= {"symmetric", "positive definite"}:
        return False
    body = next((d.body for d in notes.definitions if d.symbol == symbol and not d.parameters), None)
    if isinstance(body, Array):
        return _of_blocks(body, attribute.properties, notes)
    factors = body.factors if isinstance(body, Product) else ()
    half, odd = divmod(len(factors), 2)
    if not half or any(_turned(f) != g for f, g in zip(factors[:half], reversed(factors), strict=False)):
        return False
    middle = _properties(factors[half], notes) if odd else frozenset(("positive definite",))
    if "positive definite" not in attribute.properties:
        return bool(middle & _SYMMETRIC)
    return "positive definite" in middle and _are_regular(factors[:half], notes)


def _is_regular_product(symbol: str, notes: Notebook) -> bool:
    """Return whether a name is defined as a product of square matrices that have inverses."""
    body = next((d.body for d in notes.definitions if d.symbol == symbol and not d.parameters), None)
    return isinstance(body, Product) and _are_regular(body.factors, notes)


def _of_blocks(body: Array, properties: frozenset[str], notes: Notebook) -> bool:
    """Make ((A, B), (B^T, D)) symmetric or positive definite: then D is, and so is the Schur complement A - B D^-1 B^T.

    Every such matrix is of this form (Horn and Johnson, Matrix Analysis, theorem 7.7.7).
    """
    rows = body.rows
    if len(rows) != 2 or any(len(row) != 2 for row in rows):
        return False
    (first, above), (below, last) = rows
    if not isinstance(first, Name) or not isinstance(last, Name) or first == last:
        return False
    sorts = (notes.sort_of(first.symbol), notes.sort_of(last.symbol))
    if not all(isinstance(sort, Matrix) for sort in sorts) or any(notes.is_defined(n.symbol) for n in (first, last)):
        return False
    if not _are_transposes(above, below, notes):
        return False
    for name, sort in zip((first, last), sorts, strict=True):
        assert isinstance(sort, Matrix)
        notes.sorts[name.symbol] = replace(sort, properties=sort.properties | {"symmetric"} | properties)
    if "positive definite" in properties:
        rest = Name(f"{first.symbol}/{last.symbol}")
        notes.sorts[rest.symbol] = notes.sorts.pop(first.symbol)
        explained = Product((above, MatrixOperation("inverse", (last,)), below))
        notes.definitions.append(Definition(first.symbol, (), Sum((rest, explained))))
    return True


def _are_transposes(above: Term, below: Term, notes: Notebook) -> bool:
    """Return whether the blocks beside the diagonal mirror each other; a free one is made to."""
    if _turned(above) == below or _turned(below) == above:
        return True
    defined = {d.symbol: d.body for d in notes.definitions if not d.parameters}
    for one, other in ((above, below), (below, above)):
        if isinstance(one, Name) and one.symbol in defined:
            return defined[one.symbol] == _turned(other)
    if isinstance(above, Name) and isinstance(below, Name) and not notes.is_defined(below.symbol):
        notes.definitions.append(Definition(below.symbol, (), _turned(above)))
        return not notes.is_defined(above.symbol)
    return False


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
