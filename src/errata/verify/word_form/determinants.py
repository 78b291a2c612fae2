"""Determinants of words and sums of words."""

from __future__ import annotations

from errata.verify.normal_form.logarithms import general_power
from errata.verify.normal_form.polynomials import (
    add,
    constant,
    constant_value,
    multiply,
    power,
    product,
    single,
    subtract,
)
from errata.verify.normal_form.signs import sign
from errata.verify.normal_form.workspace import Frozen, Polynomial, Refused
from errata.verify.word_form import kronecker
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.letters import (
    Word,
    Words,
    freeze,
    head_of,
    inverted,
    letter,
    of_word,
    one,
    rank,
    rows,
    square_blocks,
    thaw,
)

PRODUCT = "determinant of a product"
INVERSE = "determinant of an inverse"
MULTIPLE = "determinant of a multiple"
KRONECKER = "determinant of a Kronecker product"
EXCHANGE = "det(I + AB) = det(I + BA)"
FACTOR = "a factor taken out of a determinant"
DETERMINANT = "determinant of"


def determinant(m: Matrices, value: Words) -> Polynomial:
    """Return the determinant: multiplicative, invariant under transposition, det(I + AB) = det(I + BA)."""
    w = m.w
    if value.shape is None or value.shape[0] is not value.shape[1]:
        raise Refused("the determinant of an array that is not square")
    size = value.shape[0]
    if not value.terms:
        return {}
    if len(value.terms) > 1:
        return _of_sum(m, value, size)
    ((word, coefficient),) = value.terms.items()
    return multiply(w, multiple(m, coefficient, size), _of_word(m, word, size))


def multiple(m: Matrices, factor: Polynomial, size: Frozen) -> Polynomial:
    """det(c I) = c^n; the size is a whole number >= 1."""
    if constant_value(factor) == 1:
        return factor
    if not m.w.allows(MULTIPLE):
        raise Refused("the determinant of a multiple")
    return general_power(m.w, factor, size.polynomial(), integer=True)


def _of_word(m: Matrices, word: Word, size: Frozen) -> Polynomial:
    w = m.w
    blocks = square_blocks(word, size)
    if len(blocks) > 1 and not w.allows(PRODUCT):
        return _atom(m, of_word(word, (size, size)))
    result = constant(1)
    for block in blocks:
        result = multiply(w, result, _of_block(m, block, size))
    return result


def _of_block(m: Matrices, block: Word, size: Frozen) -> Polynomial:
    if len(block) == 1:
        words = inverted(block[0])
        if words is not None and m.w.allows(INVERSE):
            return power(m.w, determinant(m, thaw(words, (size, size))), -1)
        parts = kronecker.square_parts(m, block[0])
        if parts is not None and m.w.allows(KRONECKER):
            return _of_kronecker(m, *parts)
        upright = letter(m.w, head_of(block[0]), (size, size))
        return _atom(m, of_word((upright,), (size, size)))
    return _atom(m, of_word(block, (size, size)))


def _of_kronecker(m: Matrices, left: Words, right: Words) -> Polynomial:
    """det(A x B) = det(A)^q det(B)^p for A of p by p and B of q by q."""
    assert left.shape is not None and right.shape is not None
    powers = ((determinant(m, left), right.shape[0]), (determinant(m, right), left.shape[0]))
    return product(m.w, [general_power(m.w, base, size.polynomial(), integer=True) for base, size in powers])


def _of_sum(m: Matrices, value: Words, size: Frozen) -> Polynomial:
    w = m.w
    factor, core = m.without_factor(value)
    outside = multiple(m, factor, size)
    taken = _without_invertible_term(m, core, size)
    if taken is not None:
        return multiply(w, outside, taken)
    exchanged = _exchanged(m, core, size)
    return multiply(w, outside, _atom(m, core) if exchanged is None else exchanged)


def _without_invertible_term(m: Matrices, core: Words, size: Frozen) -> Polynomial | None:
    """det(P + R) = det(P) det(I + P^-1 R) for a product P of letters that surely have inverses."""
    if () in core.terms:
        return None
    for word in sorted(core.terms, key=rank):
        blocks = square_blocks(word, size)
        if not all(len(block) == 1 and m.surely_invertible(block[0]) for block in blocks):
            continue
        if constant_value(core.terms[word]) is None or not m.w.allows(FACTOR):
            continue
        inside = m.matrix_product(m.inverse(of_word(word, (size, size))), core)
        return multiply(m.w, _of_word(m, word, size), _of_sum(m, inside, size))
    return None


def _exchanged(m: Matrices, core: Words, size: Frozen) -> Polynomial | None:
    """det(a I + b u v) over the least dimension that the word passes through, a surely nonzero."""
    w = m.w
    a = core.terms.get((), {})
    words = [word for word in core.terms if word]
    if len(words) != 1 or not sign(w, a) or not w.allows(EXCHANGE):
        return None
    word = words[0]
    b = core.terms[word]
    sizes = [rows(item) for item in word]
    least = one(w) if one(w) in sizes else min(sizes)
    places = [place for place, each in enumerate(sizes) if each is least]
    outside = general_power(w, a, subtract(size.polynomial(), least.polynomial()), integer=True)
    turned = [word[place:] + word[:place] for place in places]
    if least is one(w):
        form = m.trace(Words((least, least), m.reduced(turned[0])))
        inside = multiply(w, b, form)
        return multiply(w, outside, add(a, inside))
    across = [m.turned(each) for each in turned]
    chosen = min([*turned, *(each for each in across if each is not None)])
    sums = Words((least, least), {(): a, chosen: b})
    return multiply(w, outside, _atom(m, sums))


def _atom(m: Matrices, value: Words) -> Polynomial:
    """The determinant of a matrix or of its transpose, the lesser of the two, as an atom."""
    w = m.w
    choices = [freeze(w, value), freeze(w, m.transpose(value))]
    chosen = min(choices, key=lambda words: [(rank(word), c.number) for word, c in words])
    positive = surely_positive_definite(m, value)
    assert value.shape is not None
    return single(w.atom(DETERMINANT, chosen, value.shape[0], int(positive)))


def surely_positive_definite(m: Matrices, value: Words) -> bool:
    """Whether a sum is of positive definite letters and squares U^T U, the first not missing, with factors > 0."""
    if not all(sign(m.w, c) > 0 for c in value.terms.values()):
        return False
    definite = [len(word) == 1 and m.has(word[0], "positive definite") for word in value.terms if word]
    return (any(definite) or () in value.terms) and all(
        sure or m.is_square(word) for sure, word in zip(definite, filter(None, value.terms), strict=True)
    )
