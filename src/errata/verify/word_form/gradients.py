"""Derivatives of scalars by a matrix or vector, in denominator layout: the gradient has the variable's shape.

d f = tr(G^T dX) makes G the gradient of f. Every entry of X is varied by itself; properties that X is declared to
have hold where the gradient is taken, not along the way.
"""

from __future__ import annotations

from errata.verify.normal_form.derivatives import CHAIN, DERIVATIVE, PRODUCT, UNDER_SUM
from errata.verify.normal_form.polynomials import constant, monomial, multiply, power, scale, single
from errata.verify.normal_form.substitution import opened
from errata.verify.normal_form.workspace import Atom, Polynomial, Refused
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.letters import (
    Shape,
    Value,
    Word,
    Words,
    columns,
    head_of,
    inverted,
    is_transposed,
    of_word,
    one,
    rows,
    thaw,
)
from errata.verify.word_form.sums import total_of_words

OF_TRACE = "derivative of a trace"
OF_INVERSE = "derivative of an inverse"
OF_DETERMINANT = "derivative of a determinant"


def differentiated(m: Matrices, body: Value, variable: Atom, shape: Shape, order: int) -> Words:
    """Return a gradient, the second one (the Hessian), or the transposed Jacobian of a column by a column."""
    if isinstance(body, dict):
        slope = gradient(m, body, variable, shape)
        return slope if order == 1 else m.transpose(jacobian(m, slope, variable, shape, order - 1))
    return m.transpose(jacobian(m, body, variable, shape, order))


def jacobian(m: Matrices, body: Words, variable: Atom, shape: Shape, order: int) -> Words:
    """Return J with d(body) = J dx, for columns; the variable stands at the end of a word or in a coefficient."""
    unit = one(m.w)
    if order != 1 or body.shape is None or body.shape[1] is not unit or shape[1] is not unit:
        raise Refused("a derivative of a matrix, or of third order")
    if not m.w.allows(DERIVATIVE):
        raise Refused("no derivatives")
    result = Words((body.shape[0], shape[0]), {})
    for word, coefficient in body.terms.items():
        if any(variable in atom.free for factors in coefficient for atom, _ in factors):
            slope = m.transpose(_Gradient(m, variable, shape).of(coefficient))
            column = Words(body.shape, m.reduced(word))
            result = m.added(result, m.matrix_product(column, slope))
        inside = [item for item in word if variable in item.free]
        if not inside:
            continue
        if inside != [word[-1]] or head_of(word[-1]) is not variable or is_transposed(word[-1]):
            raise Refused("a variable inside something that is not linear")
        before = of_word(word[:-1], (body.shape[0], shape[0]))
        result = m.added(result, m.scaled(coefficient, before))
    return result


def gradient(m: Matrices, value: Polynomial, variable: Atom, shape: Shape) -> Words:
    """Return the gradient by the head of a letter of this shape; refuses what does not mention it at all."""
    if not m.w.allows(DERIVATIVE):
        raise Refused("no derivatives")
    if not any(variable in atom.free for monomial_ in value for atom, _ in monomial_):
        raise Refused("a derivative by a variable that does not occur")
    return _Gradient(m, variable, shape).of(value)


class _Gradient:
    def __init__(self, m: Matrices, variable: Atom, shape: Shape) -> None:
        self.m = m
        self.variable = variable
        self.zero = Words(shape, {})
        self.seen: dict[Atom, Words] = {}

    def need(self, rule: str) -> None:
        """Refuse where the rule is switched off."""
        if not self.m.w.allows(rule):
            raise Refused(f"no {rule}")

    def of(self, value: Polynomial) -> Words:
        """Return the gradient of a scalar: the sum over its atoms, by the rule for products and powers."""
        m, result = self.m, self.zero
        for factors, c in value.items():
            dependent = [(place, pair) for place, pair in enumerate(factors) if self.variable in pair[0].free]
            if len(dependent) > 1:
                self.need(PRODUCT)
            for place, (atom, exponent) in dependent:
                rest = monomial(m.w, [*factors[:place], *factors[place + 1 :], (atom, exponent - 1)])
                result = m.added(result, m.scaled(scale(c * exponent, rest), self.of_atom(atom)))
        return result

    def of_atom(self, atom: Atom) -> Words:
        """Return the gradient of an atom."""
        found = self.seen.get(atom)
        if found is None:
            self.m.w.spend(2)
            found = self.seen[atom] = self._of_atom(atom)
        return found

    def _of_atom(self, atom: Atom) -> Words:
        m, w, arguments = self.m, self.m.w, atom.arguments
        match atom.kind:
            case "trace":
                self.need(OF_TRACE)
                return self._of_cycle(arguments[0])
            case "determinant of":
                return self._of_determinant(atom)
            case "group":
                return self.of(arguments[0].polynomial())
            case "log":
                self.need(CHAIN)
                inside = arguments[0].polynomial()
                return m.scaled(power(w, inside, -1), self.of(inside))
            case "exp":
                self.need(CHAIN)
                return m.scaled(single(atom), self.of(arguments[0].polynomial()))
            case "abs":
                inside = arguments[0].polynomial()
                return m.scaled(multiply(w, power(w, inside, -1), single(atom)), self.of(inside))
            case "sum":
                self.need(UNDER_SUM)
                variables, domains, body = opened(w, atom)
                return total_of_words(m, tuple(zip(variables, domains, strict=True)), self.of(body))
            case "sin" | "cos":
                self.need(CHAIN)
                other = single(w.atom("cos" if atom.kind == "sin" else "sin", arguments[0]))
                return m.scaled(scale(1 if atom.kind == "sin" else -1, other), self.of(arguments[0].polynomial()))
            case _:
                raise Refused(f"the gradient of {atom.kind}")

    def _of_cycle(self, word: Word) -> Words:
        """The gradient of tr(word): each letter in turn is rotated to the front."""
        result = self.zero
        for place, item in enumerate(word):
            if self.variable in item.free:
                rest = self._word((*word[place + 1 :], *word[:place]), (columns(item), rows(item)))
                result = self.m.added(result, self._of_letter(item, rest))
        return result

    def _word(self, word: Word, shape: Shape) -> Words:
        return Words(shape, self.m.reduced(word))

    def _of_letter(self, item: Atom, rest: Words) -> Words:
        """The gradient of tr(letter * rest) as the letter varies."""
        m = self.m
        words = inverted(item)
        if words is not None:
            self.need(OF_INVERSE)
            alone = of_word((item,), (rows(item), columns(item)))
            around = m.matrix_product(m.matrix_product(alone, rest), alone)
            return self._of_sum(thaw(words, alone.shape), m.scaled(constant(-1), around))
        if head_of(item) is not self.variable:
            raise Refused("a letter that depends on the variable")
        return rest if is_transposed(item) else m.transpose(rest)

    def _of_sum(self, value: Words, rest: Words) -> Words:
        """The gradient of tr(value * rest) as the value varies."""
        m, result = self.m, self.zero
        for word, coefficient in value.terms.items():
            whole = m.matrix_product(Words(value.shape, m.reduced(word)), rest)
            if any(self.variable in atom.free for factors in coefficient for atom, _ in factors):
                result = m.added(result, m.scaled(m.trace(whole), self.of(coefficient)))
            for place, item in enumerate(word):
                if self.variable in item.free:
                    after = self._part(word[place + 1 :], rest, first=True)
                    around = self._part(word[:place], after, first=False)
                    result = m.added(result, m.scaled(coefficient, self._of_letter(item, around)))
        return result

    def _part(self, word: Word, value: Words, *, first: bool) -> Words:
        if not word:
            return value
        part = Words((rows(word[0]), columns(word[-1])), self.m.reduced(word))
        return self.m.matrix_product(part, value) if first else self.m.matrix_product(value, part)

    def _of_determinant(self, atom: Atom) -> Words:
        """Jacobi: d det S = det S tr(S^-1 dS)."""
        self.need(OF_DETERMINANT)
        words, size, _ = atom.arguments
        value = thaw(words, (size, size))
        return self.m.scaled(single(atom), self._of_sum(value, self.m.inverse(value)))
