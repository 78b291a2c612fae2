"""Letters, words, and matrices as sums of words.

A letter is an interned atom: a head (a name, a member of a family, the inverse of a sum, ...), whether it is
transposed, and its shape. The empty word is the identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errata.verify.normal_form.polynomials import add, constant
from errata.verify.normal_form.workspace import Atom, Frozen, Polynomial, Workspace

Word = tuple[Atom, ...]
Shape = tuple[Frozen, Frozen]
FrozenWords = tuple[tuple[Word, Frozen], ...]

INVERSE = "inverse of"


@dataclass(frozen=True)
class Words:
    """A matrix: its shape, and the coefficient of each word; without a shape a multiple of the identity."""

    shape: Shape | None
    terms: Mapping[Word, Polynomial]


Value = Polynomial | Words


def one(w: Workspace) -> Frozen:
    """Return the size 1."""
    return w.freeze(constant(1))


def letter(w: Workspace, head: Atom, shape: Shape, transposed: bool = False) -> Atom:
    """Return the letter of a head, of this shape."""
    return w.atom("letter", head, int(transposed), *shape)


def head_of(item: Atom) -> Atom:
    """Return what a letter is made of."""
    head: Atom = item.arguments[0]
    return head


def is_transposed(item: Atom) -> bool:
    """Whether the letter is the transpose of its head."""
    return bool(item.arguments[1])


def rows(item: Atom) -> Frozen:
    """Return the number of rows of a letter."""
    size: Frozen = item.arguments[2]
    return size


def columns(item: Atom) -> Frozen:
    """Return the number of columns of a letter."""
    size: Frozen = item.arguments[3]
    return size


def inverted(item: Atom) -> FrozenWords | None:
    """Return the sum that a letter is the inverse of, None for other letters."""
    head = head_of(item)
    if head.kind != INVERSE:
        return None
    words: FrozenWords = head.arguments[0]
    return words


def rank(word: Word) -> tuple[int, Word]:
    """A key that orders words, longer ones last."""
    return len(word), word


def freeze(w: Workspace, value: Words) -> FrozenWords:
    """Return the matrix as an argument of an atom."""
    return tuple((word, w.freeze(value.terms[word])) for word in sorted(value.terms, key=rank))


def thaw(words: FrozenWords, shape: Shape | None) -> Words:
    """Return the matrix that an atom holds."""
    return Words(shape, {word: coefficient.polynomial() for word, coefficient in words})


def of_word(word: Word, shape: Shape | None) -> Words:
    """Return the matrix that is one word."""
    return Words(shape, {word: constant(1)})


def identity(size: Frozen | None = None) -> Words:
    """Return the identity, of whatever size where none is told."""
    return of_word((), None if size is None else (size, size))


def accumulate(target: dict[Word, Polynomial], word: Word, coefficient: Polynomial) -> None:
    """Add a word with its coefficient, in place."""
    total = add(target.get(word, {}), coefficient)
    if total:
        target[word] = total
    else:
        target.pop(word, None)


def square_blocks(word: Word, size: Frozen) -> list[Word]:
    """Return the factors of a word between the places where it passes through a dimension."""
    blocks: list[Word] = []
    start = 0
    for place in range(1, len(word) + 1):
        if place == len(word) or rows(word[place]) is size:
            blocks.append(word[start:place])
            start = place
    return blocks
