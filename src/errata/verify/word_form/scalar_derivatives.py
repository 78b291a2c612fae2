"""Derivatives of numbers and matrices by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.derivatives import CHAIN, DERIVATIVE, PRODUCT
from errata.verify.normal_form.polynomials import add, constant, monomial, multiply, power, scale, single
from errata.verify.normal_form.substitution import only_atom
from errata.verify.normal_form.workspace import Atom, Polynomial, Refused
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.gradients import OF_DETERMINANT, OF_INVERSE, OF_TRACE
from errata.verify.word_form.letters import Value, Word, Words, columns, identity, inverted, of_word, rows, thaw

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering


def derivative(lowering: WordLowering, body: t.Term, variable: Polynomial) -> Value:
    """Return the derivative of a number or matrix by a scalar atom."""
    w = lowering.w
    atom = only_atom(variable)
    if atom.kind not in ("name", "fresh") or not w.allows(DERIVATIVE):
        raise Refused("a derivative by an expression")
    value = lowering.value(body)
    parts = [value] if isinstance(value, dict) else list(value.terms.values())
    letters = () if isinstance(value, dict) else [item for word in value.terms for item in word]
    inside = [*letters, *(each for part in parts for factors in part for each, _ in factors)]
    if not any(atom in each.free for each in inside):
        raise Refused("a derivative by a variable that does not occur")
    rule = _ByScalar(lowering.m, atom)
    return rule.scalar(value) if isinstance(value, dict) else rule.matrix(value)


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
            case _:
                raise Refused(f"the derivative of {atom.kind}")

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
        """d S^-1 = -S^-1 dS S^-1; no other letter depends on a number."""
        words = inverted(item)
        if words is None:
            raise Refused("a letter that depends on a number")
        self.need(OF_INVERSE)
        shape = (rows(item), columns(item))
        alone = of_word((item,), shape)
        inside = self.m.matrix_product(alone, self.matrix(thaw(words, shape)))
        return self.m.scaled(constant(-1), self.m.matrix_product(inside, alone))
