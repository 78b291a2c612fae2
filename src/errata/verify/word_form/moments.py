"""Means of numbers and matrices made of random vectors, by their moments.

A product in which random vectors occur falls apart into chains: matrices between open ends, where a random vector
stands. E[x f] = E[x] E[f] + sum over the other vectors y of Cov[x, y] E[df/dy] closes one end after another: exact
for jointly Gaussian vectors, and for any with two moments while no more than two ends are open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from errata.language.scope import Independent
from errata.verify.normal_form.logarithms import exponential
from errata.verify.normal_form.polynomials import add, constant, monomial, multiply, scale
from errata.verify.normal_form.workspace import Atom, Frozen, Monomial, Polynomial, Refused
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.letters import (
    Value,
    Word,
    Words,
    columns,
    head_of,
    identity,
    is_transposed,
    letter,
    of_word,
    one,
    rows,
)

BY_MOMENTS = "mean by moments"
LARGEST_DEGREE = 6


@dataclass(frozen=True)
class RandomVector:
    """A random vector: the head of its letter, its moments, and whether it is Gaussian; None: an unknown moment."""

    head: Atom
    size: Frozen
    mean: Words | None = None
    covariance: Words | None = None
    gaussian: bool = False


@dataclass(frozen=True)
class _Chain:
    """left^T body right; an end without a random vector is closed. `place` tells the outer parts of a matrix."""

    body: Words
    left: Atom | None = None
    right: Atom | None = None
    place: str = "inside"

    @property
    def ends(self) -> int:
        return (self.left is not None) + (self.right is not None)


class Means:
    """Takes means over independent (or unrelated) random vectors."""

    def __init__(self, m: Matrices, vectors: Mapping[Atom, RandomVector]) -> None:
        self.m = m
        self.vectors = dict(vectors)

    def of(self, value: Value) -> Value:
        """Return the mean of a number or matrix."""
        if not self.m.w.allows(BY_MOMENTS):
            raise Refused("no moments")
        if isinstance(value, dict):
            result: Polynomial = {}
            for factors, c in value.items():
                result = add(result, scale(c, self._number(self._closed([], factors))))
            return result
        total = Words(value.shape, {})
        for word, coefficient in value.terms.items():
            for factors, c in coefficient.items():
                part = self._closed(self._outer(word, value), factors)
                total = self.m.added(total, self.m.scaled(constant(c), part))
        return total

    def _number(self, value: Words) -> Polynomial:
        found = self.m.number_or_matrix(value)
        if not isinstance(found, dict):
            raise Refused("a matrix in place of a number")
        return found

    # Taking apart ------------------------------------------------------------------------------------

    def _random(self, atom: Atom) -> bool:
        return not self.vectors.keys().isdisjoint(atom.free)

    def _outer(self, word: Word, whole: Words) -> list[_Chain]:
        """The chains of a word: itself, or what stands before and after the place where its dimension is 1."""
        unit = one(self.m.w)
        assert whole.shape is not None or not word
        if not word:
            return [_Chain(whole if whole.shape is None else identity(whole.shape[0]), place="whole")]
        for place in range(1, len(word)):
            if rows(word[place]) is unit:
                before = self._chain(word[:place], "first")
                return [before, self._chain(word[place:], "last")]
        return [self._chain(word, "whole")]

    def _chain(self, word: Word, place: str) -> _Chain:
        """A word with the random vectors at its ends taken off; elsewhere there is none."""
        shape = (rows(word[0]), columns(word[-1]))
        left = right = None
        if head_of(word[0]) in self.vectors and is_transposed(word[0]):
            left, word = head_of(word[0]), word[1:]
        if word and head_of(word[-1]) in self.vectors and not is_transposed(word[-1]):
            right, word = head_of(word[-1]), word[:-1]
        if any(self._random(item) for item in word):
            raise Refused("a random vector inside something that is not linear")
        if not word:
            size = self.vectors[left or right].size if left or right else shape[0]  # type: ignore[index]
            return _Chain(identity(size), left, right, place)
        return _Chain(of_word(word, (rows(word[0]), columns(word[-1]))), left, right, place)

    def _closed(self, outer: list[_Chain], factors: Monomial) -> Words:
        """The mean of a product of chains with a product of scalars."""
        chains = list(outer)
        sure: list[tuple[Atom, int]] = []
        tilt: Polynomial = {}
        for atom, exponent in factors:
            if not self._random(atom):
                sure.append((atom, exponent))  # type: ignore[arg-type]
            elif atom.kind == "exp":
                tilt = add(tilt, scale(exponent, atom.arguments[0].polynomial()))
            elif atom.kind == "trace" and isinstance(exponent, int) and 0 < exponent <= LARGEST_DEGREE:
                chains += [self._form(atom.arguments[0])] * exponent
            else:
                raise Refused("the mean of something that is no polynomial")
        known = monomial(self.m.w, sure)
        if not tilt:
            return self.m.scaled(known, self._mean(chains))
        factor, tilted = self._tilted(tilt, {head for chain in chains for head in (chain.left, chain.right) if head})
        return self.m.scaled(multiply(self.m.w, known, factor), tilted._mean(chains))

    def _form(self, word: Word) -> _Chain:
        if rows(word[0]) is not one(self.m.w):
            raise Refused("a random vector inside a trace")
        return self._chain(word, "inside")

    # Closing ends ------------------------------------------------------------------------------------

    def _mean(self, chains: list[_Chain]) -> Words:
        heads = [head for chain in chains for head in (chain.left, chain.right) if head is not None]
        if len(heads) > LARGEST_DEGREE:
            raise Refused("a moment of too high an order")
        if len(heads) > 2 and not self._jointly_gaussian(set(heads)):
            raise Refused("a moment of third order or more of vectors that are not Gaussian")
        return self._closing(chains)

    def _jointly_gaussian(self, heads: set[Atom]) -> bool:
        gaussian = all(self.vectors[head].gaussian for head in heads)
        return gaussian and all(a is b or self._independent(a, b) for a in heads for b in heads)

    def _closing(self, chains: list[_Chain]) -> Words:
        m = self.m
        m.w.spend(5)
        place = next((place for place, chain in enumerate(chains) if chain.ends), None)
        if place is None:
            return self._product(chains)
        chain = self._open_right(chains[place])
        others = [*chains[:place], *chains[place + 1 :]]
        head = chain.right if chain.right is not None else chain.left
        assert head is not None
        mean = self._mean_of(head)
        if chain.right is not None:
            closed = replace(chain, body=m.matrix_product(chain.body, mean), right=None)
        else:
            closed = replace(chain, body=m.matrix_product(m.transpose(mean), chain.body), left=None)
        result = self._closing([*others, closed])
        if chain.left is not None and chain.right is not None:
            spread = self.covariance(chain.right, chain.left)
            form = m.trace(m.matrix_product(chain.body, spread))
            result = m.added(result, m.scaled(form, self._closing(others)))
        for other_place, other in enumerate(others):
            rest = [*others[:other_place], *others[other_place + 1 :]]
            for linked in self._linked(chain, other):
                result = m.added(result, self._closing([*rest, linked]))
        return result

    def _open_right(self, chain: _Chain) -> _Chain:
        if chain.right is None and chain.place == "inside":
            return self._turned(chain)
        return chain

    def _turned(self, chain: _Chain) -> _Chain:
        return _Chain(self.m.transpose(chain.body), chain.right, chain.left, chain.place)

    def _linked(self, chain: _Chain, other: _Chain) -> list[_Chain]:
        """The chain with its open end joined to each open end of another, by their covariance."""
        found: list[_Chain] = []
        if chain.right is None:  # the last part of a matrix, open on the left only
            assert chain.left is not None
            ways = [other] if other.right is not None else []
            ways += [self._turned(other)] if other.left is not None and other.place == "inside" else []
            for way in ways:
                assert way.right is not None
                spread = self.covariance(way.right, chain.left)
                body = self._joined(way.body, spread, chain.body)
                found.append(_Chain(body, way.left, chain.right, _joint_place(way, chain)))
            return found
        ways = [other] if other.left is not None else []
        ways += [self._turned(other)] if other.right is not None and other.place == "inside" else []
        if chain.place == "inside" and other.place != "inside" and other.right is not None:
            return self._linked_to_first(chain, other)
        for way in ways:
            assert way.left is not None
            spread = self.covariance(chain.right, way.left)
            body = self._joined(chain.body, spread, way.body)
            found.append(_Chain(body, chain.left, way.right, _joint_place(chain, way)))
        return found

    def _linked_to_first(self, chain: _Chain, other: _Chain) -> list[_Chain]:
        """Join a chain within to the first part of a matrix, which is open on the right only."""
        assert other.right is not None
        turned = self._turned(chain)
        assert turned.left is not None
        body = self._joined(other.body, self.covariance(other.right, turned.left), turned.body)
        return [_Chain(body, other.left, turned.right, other.place)]

    def _joined(self, left: Words, middle: Words, right: Words) -> Words:
        return self.m.matrix_product(self.m.matrix_product(left, middle), right)

    def _product(self, chains: list[_Chain]) -> Words:
        """The product of closed chains: numbers, and the first and last part of a matrix in order."""
        m = self.m
        number = constant(1)
        parts: dict[str, Words] = {}
        for chain in chains:
            if chain.place == "inside":
                number = multiply(m.w, number, self._number(chain.body))
            else:
                parts[chain.place] = chain.body
        if "whole" in parts:
            return m.scaled(number, parts["whole"])
        if parts:
            return m.scaled(number, m.matrix_product(parts["first"], parts["last"]))
        return m.scaled(number, identity(one(m.w)))

    # Moments -----------------------------------------------------------------------------------------

    def _mean_of(self, head: Atom) -> Words:
        vector = self.vectors[head]
        if vector.mean is not None:
            return vector.mean
        shape = (vector.size, one(self.m.w))
        return of_word((letter(self.m.w, self.m.w.atom("mean of", _symbol(head)), shape),), shape)

    def covariance(self, first: Atom, second: Atom) -> Words:
        """Return E[(x - E x)(y - E y)^T]."""
        w, one_vector, other = self.m.w, self.vectors[first], self.vectors[second]
        shape = (one_vector.size, other.size)
        if first is not second and self._independent(first, second):
            return Words(shape, {})
        if first is second and one_vector.covariance is not None:
            return one_vector.covariance
        ordered = first < second or first is second
        upper, lower = (first, second) if ordered else (second, first)
        item = letter(w, w.atom("covariance", _symbol(upper), _symbol(lower)), shape, transposed=not ordered)
        return of_word((item,), shape)

    def _independent(self, first: Atom, second: Atom) -> bool:
        if first.kind != "name" or second.kind != "name":
            return True  # variables of draws that do not mention each other
        names = {first.arguments[0], second.arguments[0]}
        return any(
            isinstance(fact, Independent) and fact.law is None and names <= set(fact.names)
            for fact in self.m.w.scope.facts
        )

    def _tilted(self, exponent: Polynomial, others: set[Atom]) -> tuple[Polynomial, Means]:
        """E[exp(a^T x) f(x)] = exp(a^T m + a^T S a / 2) E[f(x + S a)] for a Gaussian x, f of it and the others."""
        m = self.m
        slopes: dict[Atom, Words] = {}
        for factors, c in exponent.items():
            random = [pair for pair in factors if self._random(pair[0])]
            if len(random) != 1 or random[0][0].kind != "trace" or random[0][1] != 1:
                raise Refused("the mean of an exponential of something that is not linear")
            chain = self._form(random[0][0].arguments[0])
            if chain.ends != 1:
                raise Refused("the mean of an exponential of a quadratic form")
            chain = self._open_right(chain)
            assert chain.right is not None
            rest = monomial(m.w, [pair for pair in factors if pair is not random[0]])
            slope = m.scaled(scale(c, rest), m.transpose(chain.body))
            known = slopes.get(chain.right)
            slopes[chain.right] = slope if known is None else m.added(known, slope)
        if not self._jointly_gaussian(slopes.keys() | others):
            raise Refused("the mean of an exponential of a vector that is not Gaussian")
        total: Polynomial = {}
        shifted = dict(self.vectors)
        for head, slope in slopes.items():
            mean, spread = self._mean_of(head), self.covariance(head, head)
            shift = m.matrix_product(spread, slope)
            turned = m.transpose(slope)
            total = add(total, self._number(m.matrix_product(turned, mean)))
            total = add(total, scale(Fraction(1, 2), self._number(m.matrix_product(turned, shift))))
            shifted[head] = replace(self.vectors[head], mean=m.added(mean, shift))
        return exponential(m.w, total), Means(m, shifted)


def _symbol(head: Atom) -> str:
    """The name of a random vector: a moment of it does not vary with it."""
    if head.kind != "name":
        raise Refused("an unknown moment of a vector without a name")
    symbol: str = head.arguments[0]
    return symbol


def _joint_place(left: _Chain, right: _Chain) -> str:
    """Where the join of two chains stands in a matrix."""
    places = {left.place, right.place} - {"inside"}
    if places == {"first", "last"}:
        return "whole"
    return places.pop() if places else "inside"
