"""What stands above: powers, transposes, inverses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language import complex_notation, symbols
from errata.language.complex_parts import is_complex
from errata.language.differentials import DIRECTION
from errata.language.sorts import Family, Function, Matrix, Real, Vector
from errata.language.syntax import Group, Node, Words, leaf_text
from errata.language.terms import (
    MATRIX_OPERATIONS,
    Apply,
    Array,
    ComplexPart,
    Constant,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_TRANSPOSES = frozenset(("T", "\\top", "t"))

_NUMBERS = (Name, Number, Quotient, Sum, Product)
_ARRAY_OPERATIONS = MATRIX_OPERATIONS - {"trace", "determinant", "norm", "squared_norm", "dot", "rank"}


def turns(upper: Sequence[Node] | None) -> bool:
    """Return whether the sign of the transpose stands above."""
    return upper is not None and len(upper) == 1 and (leaf_text(upper[0]) in _TRANSPOSES or _is_upright_t(upper[0]))


def raised(meaning: Meaning, base: Term, upper: tuple[Node, ...] | None, span: Span) -> Term:
    if not upper:
        return base
    group = upper[0] if len(upper) == 1 else None
    bracketed = isinstance(group, Group) and group.opening == "(" and len(group.items) == 1
    if bracketed and not isinstance(base, Number | Constant):
        raise NotUnderstood("a power in brackets may be a derivative", span, "leave the brackets out if it is a power")
    texts = ["\\top" if _is_upright_t(n) else leaf_text(n) for n in upper]
    linear = is_linear(meaning, base)
    conjugation = complex_notation.mark(meaning, upper)
    if conjugation is not None and (linear or "H" not in texts or is_complex(base, meaning.knowledge.scope)):
        return complex_notation.marked(conjugation, base, span)
    counted = meaning.knowledge.declared(texts[0]) or (texts[0] == "t" and "t" in meaning.knowledge.usage.indices)
    if texts == ["\\top"] or (linear and len(texts) == 1 and texts[0] in _TRANSPOSES and not counted):
        return MatrixOperation("transpose", (base,), span=span)
    if linear and texts in (["-", "\\top"], ["-", "T"]):
        inverse = MatrixOperation("inverse", (base,), span=span)
        return MatrixOperation("transpose", (inverse,), span=span)
    pseudo = _pseudo_inverse(meaning, base, upper, span)
    if pseudo is not None:
        return pseudo
    if texts == ["-", "1"] and linear:
        return MatrixOperation("inverse", (base,), span=span)
    if (
        texts == ["T"]
        and not isinstance(base, Number | Constant)
        and not meaning.knowledge.declared("T")
        and "T" not in meaning.bound
        and not _counts_with(meaning, base)
    ):
        return MatrixOperation("transpose", (base,), span=span)
    exponent = meaning.expression(upper, span)
    return Power(base, exponent, span=span)


def _counts_with(meaning: Meaning, base: Term) -> bool:
    """Return whether T above a number is a power: the note counts up to T, in a sum or a family."""
    sorts = meaning.knowledge.scope.sorts
    names = [sorts.get(part.symbol) for part in subterms(base) if isinstance(part, Name)]
    if not all(isinstance(sort, Real) for sort in names) or not isinstance(base, _NUMBERS):
        return False
    lengths = [size for sort in sorts.values() if isinstance(sort, Family) for size in sort.sizes]
    return "T" in meaning.knowledge.usage.range_ends or Name("T") in lengths


def is_linear(meaning: Meaning, term: Term) -> bool:
    """Return whether the term is built from a declared vector or matrix."""
    if isinstance(term, Name):
        sort = meaning.knowledge.scope.sorts.get(term.symbol.removeprefix(DIRECTION))
        if isinstance(sort, Function) and sort.on:
            sort = sort.value
        defined = meaning.knowledge.scope.definitions.get(term.symbol)
        if defined is not None and isinstance(defined.body, MatrixOperation) and not defined.parameters:
            return is_linear(meaning, defined.body)
        return isinstance(sort, Vector | Matrix) or (
            sort is None and symbols.base_name(term.symbol) in ("\\Sigma", "\\Lambda")
        )
    if isinstance(term, Sum):
        return any(is_linear(meaning, t) for t in term.terms)
    if isinstance(term, Product):
        return any(is_linear(meaning, t) for t in term.factors)
    if isinstance(term, Negative | ComplexPart):
        return is_linear(meaning, term.term)
    if isinstance(term, Apply):
        sort = meaning.knowledge.scope.sorts.get(term.function.symbol)
        return isinstance(sort, Function) and isinstance(sort.value, Vector | Matrix)
    if isinstance(term, MatrixOperation):
        return term.operation in _ARRAY_OPERATIONS
    return isinstance(term, Array)


def is_exponential(meaning: Meaning, upper: Sequence[Node] | None) -> bool:
    """Return whether e with this above it is the exponential although an array or what is averaged is called e.

    An array has no powers, and of a random error only the square and the like are written.
    """
    variable = meaning.knowledge.is_array("e") or "e" in meaning.knowledge.usage.averaged
    if not upper or not variable or symbols.is_star(upper) or symbols.is_bracketed(upper):
        return False
    return len(upper) > 1 or (leaf_text(upper[0]) not in (*_TRANSPOSES, "'") and not leaf_text(upper[0]).isdigit())


def _pseudo_inverse(meaning: Meaning, base: Term, upper: Sequence[Node], span: Span) -> Term | None:
    """Read A^+ and A^\\dagger; the dagger of a matrix may also be its (conjugate) transpose."""
    texts = [leaf_text(n) for n in upper]
    if texts not in (["+"], ["\\dagger"]) or not is_linear(meaning, base):
        return None
    if texts == ["\\dagger"] and "\\dagger" not in meaning.knowledge.scope.notations:
        meaning.ambiguities.add("dagger")
        if "dagger" in meaning.choices:
            return MatrixOperation("transpose", (base,), span=span)
    return MatrixOperation("pseudo_inverse", (base,), span=span)


def _is_upright_t(node: Node) -> bool:
    """Return whether the node is an upright T, as in w^{\\mathrm{T}}: it stands for no quantity."""
    return isinstance(node, Words) and node.text.strip() == "T"
