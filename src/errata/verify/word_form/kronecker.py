"""Kronecker products and stacked columns as letters.

(A x B)(C x D) = AC x BD where the shapes fit, (A x B) vec(W) = vec(B W A^T), vec(U)^T vec(V) = tr(U^T V); a
Kronecker product of two columns is a stacked outer product. Both are linear, so a letter holds single words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.verify.normal_form.polynomials import multiply
from errata.verify.normal_form.workspace import Atom, Frozen, Polynomial, Refused
from errata.verify.word_form.letters import (
    Shape,
    Value,
    Word,
    Words,
    head_of,
    identity,
    is_transposed,
    letter,
    of_word,
    one,
)

if TYPE_CHECKING:
    from errata.verify.word_form.algebra import Matrices, Terms

MIXED_PRODUCT = "product of Kronecker products"
STACKED = "stacking the columns of a product"
STACKED_PRODUCT = "inner product of stacked columns"
KRONECKER, VEC = "kronecker", "vectorisation"


def kronecker_product(m: Matrices, left: Value, right: Value) -> Value:
    """Return the Kronecker product."""
    if isinstance(left, dict) or isinstance(right, dict):
        return m.product(left, right)
    if left.shape is None or right.shape is None:
        raise Refused("a Kronecker product with an identity of unknown size")
    shape = (_times(m, left.shape[0], right.shape[0]), _times(m, left.shape[1], right.shape[1]))
    result = Words(shape, {})
    for u, a in left.terms.items():
        for v, b in right.terms.items():
            part = _of_words(m, (u, left.shape), (v, right.shape), shape)
            result = m.added(result, m.scaled(multiply(m.w, a, b), part))
    return result


def _times(m: Matrices, one_size: Frozen, other: Frozen) -> Frozen:
    return m.w.freeze(multiply(m.w, one_size.polynomial(), other.polynomial()))


def _of_words(m: Matrices, left: tuple[Word, Shape], right: tuple[Word, Shape], shape: Shape) -> Words:
    unit = one(m.w)
    u, v = of_word(*left), of_word(*right)
    if left[1][1] is right[1][1] is unit:
        return vectorised(m, m.matrix_product(v, m.transpose(u)))
    if left[1][0] is right[1][0] is unit:
        return m.transpose(vectorised(m, m.matrix_product(m.transpose(v), u)))
    if not left[0] and not right[0]:
        return identity(shape[0])
    return of_word((letter(m.w, m.w.atom(KRONECKER, *left, *right), shape),), shape)


def vectorised(m: Matrices, value: Value) -> Words:
    """Return the columns of a matrix, stacked."""
    if isinstance(value, dict) or value.shape is None:
        raise Refused("the columns of something without a shape")
    rows, columns = value.shape
    unit = one(m.w)
    if columns is unit:
        return value
    if rows is unit:
        return m.transpose(value)
    shape = (_times(m, rows, columns), unit)
    result: dict[Word, Polynomial] = {
        (letter(m.w, m.w.atom(VEC, word, value.shape), shape),): c for word, c in value.terms.items()
    }
    return Words(shape, result)


def parts_of(m: Matrices, item: Atom) -> tuple[Words, Words] | None:
    """Return the two factors of a letter that is a Kronecker product, None for other letters."""
    head = head_of(item)
    if head.kind != KRONECKER:
        return None
    u, left, v, right = head.arguments
    first, second = of_word(u, left), of_word(v, right)
    return (m.transpose(first), m.transpose(second)) if is_transposed(item) else (first, second)


def stacked_in(item: Atom) -> Words | None:
    """Return the matrix whose columns a letter stacks, None for other letters."""
    head = head_of(item)
    return of_word(*head.arguments) if head.kind == VEC else None


def transposed(m: Matrices, item: Atom) -> Words | None:
    """Return the transpose of a Kronecker product, None for other letters."""
    parts = parts_of(m, item)
    if parts is None:
        return None
    product = kronecker_product(m, m.transpose(parts[0]), m.transpose(parts[1]))
    assert isinstance(product, Words)
    return product


def step(m: Matrices, word: Word, place: int) -> Terms | None:
    """Return the word with two neighbours joined by a rule of this module, None where none applies."""
    if place + 1 >= len(word):
        return None
    joined = _joined(m, word[place], word[place + 1])
    if joined is None:
        return None
    return {word[:place] + inner + word[place + 2 :]: c for inner, c in joined.terms.items()}


def _joined(m: Matrices, first: Atom, second: Atom) -> Words | None:
    one_parts, other_parts = parts_of(m, first), parts_of(m, second)
    if one_parts is not None and other_parts is not None:
        return _mixed(m, one_parts, other_parts)
    if one_parts is not None and not is_transposed(second):
        return _stacked(m, one_parts, stacked_in(second))
    if other_parts is not None and is_transposed(first):
        a, b = other_parts
        found = _stacked(m, (m.transpose(a), m.transpose(b)), stacked_in(first))
        return None if found is None else m.transpose(found)
    if is_transposed(first) and not is_transposed(second):
        u, v = stacked_in(first), stacked_in(second)
        if u is not None and v is not None and u.shape == v.shape and m.w.allows(STACKED_PRODUCT):
            value = m.trace(m.product(m.transpose(u), v))
            unit = one(m.w)
            return Words((unit, unit), {(): value} if value else {})
    return None


def _mixed(m: Matrices, first: tuple[Words, Words], second: tuple[Words, Words]) -> Words | None:
    (a, b), (c, d) = first, second
    assert a.shape and b.shape and c.shape and d.shape
    if a.shape[1] is not c.shape[0] or b.shape[1] is not d.shape[0] or not m.w.allows(MIXED_PRODUCT):
        return None
    product = kronecker_product(m, m.product(a, c), m.product(b, d))
    if isinstance(product, dict):
        return Words((one(m.w), one(m.w)), {(): product} if product else {})
    return product


def _stacked(m: Matrices, parts: tuple[Words, Words], inside: Words | None) -> Words | None:
    if inside is None:
        return None
    a, b = parts
    assert a.shape and b.shape and inside.shape
    if b.shape[1] is not inside.shape[0] or a.shape[1] is not inside.shape[1] or not m.w.allows(STACKED):
        return None
    return vectorised(m, m.matrix_product(m.matrix_product(b, inside), m.transpose(a)))


def inverse(m: Matrices, item: Atom) -> Words | None:
    """(A x B)^-1 = A^-1 x B^-1 for square factors, None where it does not apply."""
    parts = square_parts(m, item)
    if parts is None:
        return None
    product = kronecker_product(m, m.inverse(parts[0]), m.inverse(parts[1]))
    assert isinstance(product, Words)
    return product


def square_parts(m: Matrices, item: Atom) -> tuple[Words, Words] | None:
    """Return the factors of a Kronecker product of square matrices, None for other letters."""
    parts = parts_of(m, item)
    if parts is None or any(part.shape is None or part.shape[0] is not part.shape[1] for part in parts):
        return None
    return parts
