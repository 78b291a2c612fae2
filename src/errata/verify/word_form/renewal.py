"""Building matrices and the scalars made of them anew, letter by letter, with other values for some letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from errata.verify.normal_form.polynomials import add, constant, multiply, power, single
from errata.verify.normal_form.workspace import BINDERS, Atom, Frozen, Polynomial, Refused
from errata.verify.word_form import kronecker
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.determinants import determinant
from errata.verify.word_form.letters import (
    Value,
    Word,
    Words,
    columns,
    head_of,
    identity,
    inverted,
    is_transposed,
    of_word,
    rows,
    thaw,
)


class Renewal:
    """Builds values anew in an algebra: letters by `of_letter`, scalar leaves by `of_leaf`."""

    def __init__(
        self,
        m: Matrices,
        touched: Callable[[Atom], bool],
        of_letter: Callable[[Atom], Words],
        of_leaf: Callable[[Atom], Polynomial] = single,
    ) -> None:
        self.m = m
        self.touched = touched
        self.of_letter = of_letter
        self.of_leaf = of_leaf

    def value(self, value: Value) -> Value:
        """Return a number or matrix built anew."""
        return self.scalar(value) if isinstance(value, dict) else self.matrix(value)

    def matrix(self, value: Words) -> Words:
        """Return a matrix built anew."""
        result = Words(value.shape, {})
        for word, coefficient in value.terms.items():
            result = self.m.added(result, self.m.scaled(self.scalar(coefficient), self.word(word, value)))
        return result

    def word(self, word: Word, whole: Words) -> Words:
        """Return a word built anew."""
        result = Words(None, {(): constant(1)}) if whole.shape is None else identity(whole.shape[0])
        for item in word:
            result = self.m.matrix_product(result, self.letter(item))
        return result

    def letter(self, item: Atom) -> Words:
        """Return a letter built anew."""
        shape = (rows(item), columns(item))
        if not self.touched(item):
            return of_word((item,), shape)
        words = inverted(item)
        if words is not None:
            return self.m.inverse(self.matrix(thaw(words, shape)))
        parts = kronecker.parts_of(self.m, item)
        if parts is not None:
            renewed = kronecker.kronecker_product(self.m, self.matrix(parts[0]), self.matrix(parts[1]))
            assert isinstance(renewed, Words)
            return renewed
        stacked = kronecker.stacked_in(item)
        if stacked is not None:
            renewed = kronecker.vectorised(self.m, self.matrix(stacked))
            return self.m.transpose(renewed) if is_transposed(item) else renewed
        if head_of(item).kind not in ("name", "entry", "fresh"):
            raise Refused("a letter in which another is replaced")
        return self.of_letter(item)

    def scalar(self, value: Polynomial) -> Polynomial:
        """Return a number built anew."""
        result: Polynomial = {}
        for factors, c in value.items():
            part: Polynomial = {tuple(pair for pair in factors if not self.touched(pair[0])): c}
            for atom, exponent in factors:
                if self.touched(atom):
                    part = multiply(self.m.w, part, power(self.m.w, self.atom(atom), exponent))
            result = add(result, part)
        return result

    def atom(self, atom: Atom) -> Polynomial:
        """Return an atom built anew."""
        w = self.m.w
        w.spend(1)
        match atom.kind:
            case "name" | "fresh":
                return self.of_leaf(atom)
            case "trace":
                word = atom.arguments[0]
                whole = Words((rows(word[0]), columns(word[-1])), {})
                return self.m.trace(self.word(word, whole))
            case "determinant of":
                words, size, _ = atom.arguments
                return determinant(self.m, self.matrix(thaw(words, (size, size))))
            case kind if kind in BINDERS or kind not in w.hooks.rebuilders:
                raise Refused(f"{kind} in which a letter is replaced")
            case kind:
                return w.hooks.rebuilders[kind](w, self._mapped(atom.arguments))

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, Frozen):
            return self.m.w.freeze(self.scalar(value.polynomial()))
        if isinstance(value, tuple):
            return tuple(self._mapped(part) for part in value)
        if isinstance(value, Atom) and self.touched(value):
            raise Refused("an array in which a letter is replaced")
        return value
