"""Derivatives of numbers and matrices by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.derivatives import CHAIN, DERIVATIVE, PRODUCT
from errata.verify.normal_form.polynomials import add, constant, monomial, multiply, power, scale, single
from errata.verify.normal_form.substitution import only_atom
from errata.verify.normal_form.workspace import Atom, Polynomial, Refused
from errata.verify.word_form import kronecker
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.gradients import OF_DETERMINANT, OF_INVERSE, OF_TRACE
from errata.verify.word_form.letters import (
    Value,
    Word,
    Words,
    columns,
    head_of,
    identity,
    inverted,
    is_transposed,
    letter,
    of_word,
    rows,
    thaw,
)

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering


LARGEST_ORDER = 4


def repeated(lowering: WordLowering, body: t.Term, variable: Polynomial, order: int) -> Value:
    """Return the derivative of a number or matrix by a scalar atom, of this order."""
    w = lowering.w
    atom = only_atom(variable)
    if atom.kind not in ("name", "fresh") or not w.allows(DERIVATIVE) or not 1 <= order <= LARGEST_ORDER:
        raise Refused("a derivative by an expression")
    value = lowering.value(body)
    parts = [value] if isinstance(value, dict) else list(value.terms.values())
    letters = () if isinstance(value, dict) else [item for word in value.terms for item in word]
    inside = [*letters, *(each for part in parts for factors in part for each, _ in factors)]
    if not any(atom in each.free for each in inside):
        raise Refused("a derivative by a variable that does not occur")
    rule = _ByScalar(lowering.m, atom)
    for _ in range(order):
        value = rule.scalar(value) if isinstance(value, dict) else rule.matrix(value)
    return value


class _ByScalar:
    def __init__(self, m: Matrices, variable: Atom) -> None:
        self.m = m
        self.variable = variable

    def need(self, rule: str) -> None:
        """Refuse where the rule is switched off."""
        if not self.m.w.allows(rule):
            raise Refused(f"no {rule}")

    def scalar(self, value: Polynomial) -> Polynomial:
        """Return the derivative of a number."""
        w = self.m.w
        result: Polynomial = {}
        for factors, c in value.items():
            dependent = [(place, pair) for place, pair in enumerate(factors) if self.variable in pair[0].free]
            if len(dependent) > 1:
                self.need(PRODUCT)
            for place, (atom, exponent) in dependent:
                rest = monomial(w, [*factors[:place], *factors[place + 1 :], (atom, exponent - 1)])
                result = add(result, scale(c * exponent, multiply(w, rest, self.atom(atom))))
        return result

    def atom(self, atom: Atom) -> Polynomial:
        """Return the derivative of an atom that depends on the variable."""
        m, w, arguments = self.m, self.m.w, atom.arguments
        if atom is self.variable:
            return constant(1)
        match atom.kind:
            case "trace":
                self.need(OF_TRACE)
                word = arguments[0]
                return m.trace(self.word(word, Words((rows(word[0]), columns(word[-1])), {})))
            case "determinant of":
                self.need(OF_DETERMINANT)
                value = thaw(arguments[0], (arguments[1], arguments[1]))
                inside = m.trace(m.matrix_product(m.inverse(value), self.matrix(value)))
                return multiply(w, single(atom), inside)
            case "group":
                return self.scalar(arguments[0].polynomial())
            case "log":
                self.need(CHAIN)
                inside = arguments[0].polynomial()
                return multiply(w, power(w, inside, -1), self.scalar(inside))
            case "exp":
                self.need(CHAIN)
                return multiply(w, single(atom), self.scalar(arguments[0].polynomial()))
            case "apply":
                return self._apply(atom)
            case _:
                raise Refused(f"the derivative of {atom.kind}")

    def _apply(self, atom: Atom) -> Polynomial:
        """Chain rule for an unknown function of one number."""
        partial, inner = self.partial(atom)
        return multiply(self.m.w, inner, single(partial))

    def partial(self, head: Atom) -> tuple[Atom, Polynomial]:
        """The derivative of an unknown function by its only argument, and the derivative of that argument."""
        function, values, parameters, orders = head.arguments
        if len(values) != 1 or parameters:
            raise Refused("a function of several arguments")
        self.need(CHAIN)
        raised = self.m.w.atom("apply", function, values, parameters, (orders[0] + 1,))
        return raised, self.scalar(values[0].polynomial())

    def matrix(self, value: Words) -> Words:
        """Return the derivative of a matrix, entry by entry."""
        result = Words(value.shape, {})
        for word, coefficient in value.terms.items():
            alone = Words(value.shape, self.m.reduced(word))
            result = self.m.added(result, self.m.scaled(self.scalar(coefficient), alone))
            result = self.m.added(result, self.m.scaled(coefficient, self.word(word, value)))
        return result

    def word(self, word: Word, whole: Words) -> Words:
        """Return the derivative of a word by the product rule, in order."""
        m = self.m
        result = Words(whole.shape, {})
        for place, item in enumerate(word):
            if self.variable in item.free:
                before = identity(rows(word[0]))
                for other in word[:place]:
                    before = m.matrix_product(before, of_word((other,), (rows(other), columns(other))))
                part = m.matrix_product(before, self.letter(item))
                for other in word[place + 1 :]:
                    part = m.matrix_product(part, of_word((other,), (rows(other), columns(other))))
                result = m.added(result, part)
        return result

    def letter(self, item: Atom) -> Words:
        """d S^-1 = -S^-1 dS S^-1, and the chain rule for an unknown function."""
        words = inverted(item)
        shape = (rows(item), columns(item))
        if words is None and head_of(item).kind == "apply":
            raised, inner = self.partial(head_of(item))
            moved = letter(self.m.w, raised, shape[::-1] if is_transposed(item) else shape)
            value = of_word((moved,), (rows(moved), columns(moved)))
            return self.m.scaled(inner, self.m.transpose(value) if is_transposed(item) else value)
        parts = kronecker.parts_of(self.m, item)
        if parts is not None:
            return self._kronecker(*parts)
        stacked = kronecker.stacked_in(item)
        if stacked is not None:
            moved_column = kronecker.vectorised(self.m, self.matrix(stacked))
            return self.m.transpose(moved_column) if is_transposed(item) else moved_column
        if words is None:
            raise Refused("a letter that depends on a number")
        self.need(OF_INVERSE)
        alone = of_word((item,), shape)
        inside = self.m.matrix_product(alone, self.matrix(thaw(words, shape)))
        return self.m.scaled(constant(-1), self.m.matrix_product(inside, alone))

    def _kronecker(self, left: Words, right: Words) -> Words:
        """The product rule for a Kronecker product."""
        self.need(PRODUCT)
        one_part = kronecker.kronecker_product(self.m, self.matrix(left), right)
        other = kronecker.kronecker_product(self.m, left, self.matrix(right))
        assert isinstance(one_part, Words) and isinstance(other, Words)
        return self.m.added(one_part, other)
