"""Notations of linear algebra that stand between factors, above a name or in front of a bracket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from errata.language import power_notation, symbols
from errata.language.cursor import Cursor, cover, leaf_text_of, multiply, split_relations
from errata.language.matching_sizes import is_matrix
from errata.language.power_notation import raised
from errata.language.sorts import Family, Vector
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, leaf_text
from errata.language.terms import Apply, Array, Elementary, Entry, MatrixOperation, Name, Number, Product, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "tr": "trace", "trace": "trace", "det": "determinant", "diag": "diagonal", "vec": "vectorisation",
        "rank": "rank", "rk": "rank", "adj": "adjugate", "pinv": "pseudo_inverse", "softmax": "softmax",
    }
)  # fmt: skip
"""Operators by name."""

POWER_SERIES: Mapping[str, str] = MappingProxyType({"expm": "exp", "logm": "log", "sqrtm": "sqrt"})
"""Names that say of a function that it is one of matrices, not of their entries."""

PRODUCT_SIGNS: Mapping[str, str] = MappingProxyType(
    {"\\odot": "hadamard", "\\circ": "hadamard", "\\otimes": "kronecker"}
)
"""Signs between factors; everything multiplied on either side belongs to them."""


def signed_product(meaning: Meaning, cursor: Cursor, factors: Sequence[Term]) -> Term:
    """Read on after the factors at a sign such as \\odot or \\otimes.

    \\circ also composes functions and \\otimes has other meanings, so one side must be known to be an array there,
    unless the note says what the sign means.
    """
    sign = cursor.take()
    written = leaf_text(sign)
    told = meaning.knowledge.scope.notations.get(written)
    if told is not None and told not in PRODUCT_SIGNS.values():
        raise NotUnderstood(f"what is said of {written} was not understood", sign.span)
    right = meaning.factors(cursor)
    left = multiply(factors)
    if told is None and written != "\\odot" and not (is_array(meaning, left) or is_array(meaning, right)):
        raise NotUnderstood(f"{written} was not understood", sign.span, "declare what stands on its sides")
    operation = told or PRODUCT_SIGNS[written]
    if told is None and written == "\\otimes":
        meaning.ambiguities.update(("product sign", "outer product"))
        if "product sign" in meaning.choices:
            operation = "hadamard"
        elif "outer product" in meaning.choices:
            turned = MatrixOperation("transpose", (right,), span=right.span)
            return Product((left, turned), span=cover((left, right)))
    return MatrixOperation(operation, (left, right), span=cover((left, right)))


def is_array(meaning: Meaning, term: Term) -> bool:
    """Return whether a term is a vector or matrix, as far as its names tell."""
    if power_notation.is_linear(meaning, term):
        return True
    if isinstance(term, Elementary):
        return any(is_array(meaning, argument) for argument in term.arguments)
    if isinstance(term, Apply):
        return any(is_array(meaning, argument) for argument in term.arguments)
    return False


def norm_kind(meaning: Meaning, inner: Term, kind: str) -> str:
    """Return the index of a norm; 2 says nothing of a vector, and of a matrix that it is the spectral norm.

    Some write it for the Frobenius norm of a matrix all the same.
    """
    said = meaning.knowledge.scope.notations.get(f"\\|_{{{kind}}}")
    if kind in ("1", "\\infty") and said in ("column sums", "row sums"):
        return said if is_matrix(inner, meaning.knowledge.scope) else kind
    if kind != "2":
        return kind
    if not is_matrix(inner, meaning.knowledge.scope):
        return ""
    if said in ("spectral norm", "frobenius norm"):
        return "2" if said == "spectral norm" else "F"
    meaning.ambiguities.add("matrix norm")
    return "" if "matrix norm" in meaning.choices else "2"


def stacked(meaning: Meaning, parts: Sequence[Sequence[Node]], separators: str, span: Span) -> Term | None:
    """Read [A, B] as blocks side by side, [A; B] as blocks one above the other; vectors are always stacked.

    Return None where some part is not known to be a vector or matrix.
    """
    terms = [meaning.expression(part, span) for part in parts]
    if not all(is_array(meaning, term) or _is_column(meaning, term) for term in terms):
        return None
    columns = all(_is_column(meaning, term) for term in terms)
    if columns or separators == ";":
        return Array(tuple((term,) for term in terms), span=span)
    return Array((tuple(terms),), span=span)


def _is_column(meaning: Meaning, term: Term) -> bool:
    """Return whether a term is a column: a vector, a member of a family of vectors, or a product that ends in one."""
    if isinstance(term, Product):
        return _is_column(meaning, term.factors[-1])
    sorts = meaning.knowledge.scope.sorts
    if isinstance(term, Entry) and isinstance(term.array, Name):
        family = sorts.get(term.array.symbol)
        return isinstance(family, Family) and isinstance(family.element, Vector)
    return isinstance(term, Name) and isinstance(sorts.get(term.symbol), Vector)


def ones(meaning: Meaning, node: Node) -> Term | None:
    """Read the vector of ones, \\mathbf{1} and \\mathbf{1}_n, and of zeros; None where no such sign stands."""
    base = node.base if isinstance(node, Scripted) else node
    if not isinstance(base, Command) or base.name not in ("mathbf", "mathbb", "boldsymbol", "bm"):
        return None
    written = symbols.label(base.arguments[0])
    if written == "0" and isinstance(node, Command):
        return Number(Fraction(0), span=node.span)
    if written != "1":
        return None
    lower = node.lower if isinstance(node, Scripted) else None
    if lower and (split_relations(lower)[1] or any(isinstance(n, Group) and n.opening != "{" for n in lower)):
        return None  # an indicator: 1_{x > 0}
    size = (meaning.expression(lower, node.span),) if lower else ()
    value = MatrixOperation("ones", size, span=node.span)
    upper = node.upper if isinstance(node, Scripted) else None
    return raised(meaning, value, upper, node.span) if upper else value


def transposed_ones(meaning: Meaning, base: Leaf, node: Scripted) -> Term | None:
    r"""Read 1^\top and 11^\top, where the digit 1 stands for the vector of ones; None where nothing is transposed.

    Raises NotUnderstood for any other number with a transpose.
    """
    if [leaf_text(n) for n in node.upper or ()] != ["\\top"] or node.primes:
        return None
    if base.text not in ("1", "11") or (base.text == "11" and node.lower):
        raise NotUnderstood("a transposed number is not read", node.span)
    size = (meaning.expression(node.lower, node.span),) if node.lower else ()
    column = MatrixOperation("ones", size, span=node.span)
    row = MatrixOperation("transpose", (column,), span=node.span)
    return row if base.text == "1" else Product((column, row), span=node.span)


def is_sign(cursor: Cursor) -> bool:
    """Return whether a sign between factors stands at the cursor."""
    return leaf_text_of(cursor.peek()) in PRODUCT_SIGNS
