"""Products, transposes, traces and inverses of words, and the rewriting that keeps them reduced.

Every rewriting makes words smaller: an inverse cancels against what it inverts (S^-1 u -> (1 - S^-1 (S - c u)) / c
for the greatest word u of S, c its coefficient), orthogonal letters against their transposes, an assumed
equation replaces its greatest word, what stands between two dimensions 1 comes out as a scalar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form.factors import tidy
from errata.verify.normal_form.facts import is_nonzero
from errata.verify.normal_form.polynomials import add, constant, multiply, power, product, scale, single
from errata.verify.normal_form.workspace import Atom, Frozen, Polynomial, Rational, Refused, Workspace
from errata.verify.word_form import kronecker, pseudo_inverses, unit_columns
from errata.verify.word_form.letters import (
    INVERSE,
    FrozenWords,
    Value,
    Word,
    Words,
    accumulate,
    columns,
    freeze,
    head_of,
    identity,
    inverted,
    is_transposed,
    letter,
    of_word,
    one,
    rank,
    rows,
    square_blocks,
    thaw,
)
from errata.verify.word_form.sums import is_sum, opened_sum, total_of_words, trace_through_sum

CYCLIC = "cyclic trace"
SYMMETRIC = "symmetric matrix"
ORTHOGONAL = "orthogonal matrix"
ANTISYMMETRIC = "antisymmetric matrix"
DIAGONAL = "diagonal matrices commute"
IDEMPOTENT = "idempotent matrix"
INVOLUTORY = "involutory matrix"
KRONECKER_TRACE = "trace of a Kronecker product"
INVERSE_OF_PRODUCT = "inverse of a product"
INVERSE_CANCELS = "a matrix times its inverse"
ASSUMED_EQUATION = "an assumed equation of matrices"
RANK_ONE = "inverse of a rank one update"
LONGEST_WORD = 40

_LINEAR = frozenset(("symmetric", "antisymmetric", "diagonal"))
_DENSE = frozenset(("symmetric", "positive definite", "invertible"))
"""Properties under which invertible matrices are dense (or all there are)."""

Terms = dict[Word, Polynomial]


@dataclass
class Matrices:
    """The algebra of words in one workspace.

    plain: heads whose properties are left out of account, as a derivative by them is taken entry by entry.
    invertible: letters that have an inverse, as the claim writes it. rewrites: greatest words of assumed equations
    with what they are equal to. values: traces that are assumed to have a value. regular: products of letters that
    are not square which have an inverse, as the claim writes it.
    """

    w: Workspace
    plain: frozenset[Atom] = frozenset()
    invertible: set[Atom] = field(default_factory=set)
    rewrites: list[tuple[Word, Words]] = field(default_factory=list)
    values: dict[Atom, Polynomial] = field(default_factory=dict)
    regular: set[Word] = field(default_factory=set)

    # What is known of a letter -----------------------------------------------------------------------

    def has(self, item: Atom, *properties: str) -> bool:
        """Whether a letter has one of the properties by its sort; the inverse of a letter has them with it."""
        head = head_of(item)
        words = inverted(item)
        if words is not None:
            return len(words) == 1 and len(words[0][0]) == 1 and self.has(words[0][0][0], *properties)
        if head in self.plain:
            return False
        if head.kind == "covariance" and head.arguments[0] == head.arguments[1]:
            return not {"symmetric", "positive semidefinite"}.isdisjoint(properties)
        sort: sorts.Sort | None = None
        if head.kind == "name":
            sort = self.w.scope.sorts.get(head.arguments[0])
        elif head.kind == "entry" and head.arguments[0].kind == "name":
            sort = self.w.scope.sorts.get(head.arguments[0].arguments[0])
            sort = sort.element if isinstance(sort, sorts.Family) else None
        elif head.kind == "apply":
            function = self.w.scope.sorts.get(head.arguments[0])
            sort = function.value if isinstance(function, sorts.Function) else None
            if any(head.arguments[3]):  # of a derivative only what is linear is left
                properties = tuple(each for each in properties if each in _LINEAR)
        return isinstance(sort, sorts.Matrix) and not sort.properties.isdisjoint(properties)

    def is_symmetric(self, item: Atom) -> bool:
        """Whether a letter is its own transpose by its sort."""
        return self.has(item, "symmetric", "positive definite", "positive semidefinite", "diagonal")

    def surely_invertible(self, item: Atom) -> bool:
        """Whether a letter has an inverse: by its sort, or as the claim writes one."""
        return (
            inverted(item) is not None
            or self.has(item, "invertible", "positive definite", "orthogonal")
            or self._upright(item) in self.invertible
        )

    def varies_freely(self, item: Atom) -> bool:
        """Whether a letter stands for a dense set of invertible matrices: by its sort, and nothing is assumed."""
        head = head_of(item)
        sort = self.w.scope.sorts.get(head.arguments[0]) if head.kind == "name" else None
        assumed = {
            part.symbol
            for condition in self.w.scope.assumptions
            for part in t.subterms(condition)
            if isinstance(part, t.Name)
        }
        free = isinstance(sort, sorts.Matrix) and sort.properties <= _DENSE and sort.entries == sorts.Real()
        return free and head.arguments[0] not in assumed

    def _upright(self, item: Atom) -> Atom:
        return letter(self.w, head_of(item), (columns(item), rows(item))) if is_transposed(item) else item

    def suppose_invertible(self, value: Words) -> None:
        """Harvest that a matrix, as written, has an inverse: each square factor of a product then has one too."""
        if value.shape is not None and len(value.terms) == 1:
            ((word, _),) = value.terms.items()
            blocks = square_blocks(word, value.shape[0])
            self.invertible.update(self._upright(block[0]) for block in blocks if len(block) == 1)
            self.regular.update(block for block in blocks if len(block) > 1)

    # Transposes --------------------------------------------------------------------------------------

    def transposed_letter(self, item: Atom) -> Words:
        """Return the transpose of a letter."""
        shape = (columns(item), rows(item))
        if self.is_symmetric(item) and self.w.allows(SYMMETRIC):
            return of_word((item,), shape)
        if self.has(item, "antisymmetric") and self.w.allows(ANTISYMMETRIC):
            return self.scaled(constant(-1), of_word((item,), shape))
        words = inverted(item)
        if words is not None:
            return self.inverse(self.transpose(thaw(words, shape)))
        product = kronecker.transposed(self, item)
        if product is not None:
            return product
        if is_sum(item):
            binders, inside = opened_sum(self, item)
            return total_of_words(self, binders, self.transpose(inside))
        return of_word((letter(self.w, head_of(item), shape, not is_transposed(item)),), shape)

    def transpose(self, value: Words) -> Words:
        """Return the transpose of a matrix."""
        if value.shape is None:
            return value
        result: Terms = {}
        for word, coefficient in value.terms.items():
            turned = identity(value.shape[1])
            for item in reversed(word):
                turned = self.matrix_product(turned, self.transposed_letter(item))
            for other, factor in turned.terms.items():
                accumulate(result, other, multiply(self.w, coefficient, factor))
        return Words(value.shape[::-1], result)

    def turned(self, word: Word) -> Word | None:
        """Return the transpose of a word where it is a single word, letter by letter."""
        found = self.signed_turned(word)
        return found[1] if found is not None and found[0] == 1 else None

    def signed_turned(self, word: Word) -> tuple[int, Word] | None:
        """Return the transpose of a word where it is a single word or minus one, letter by letter."""
        items: list[Atom] = []
        sign = 1
        for item in reversed(word):
            terms = self.transposed_letter(item).terms
            ((other, coefficient),) = terms.items() if len(terms) == 1 else (((), {}),)
            if len(other) != 1 or coefficient not in (constant(1), constant(-1)):
                return None
            sign *= 1 if coefficient == constant(1) else -1
            items.append(other[0])
        return sign, tuple(items)

    # Products ----------------------------------------------------------------------------------------

    def product(self, left: Value, right: Value) -> Value:
        """Return a product of numbers and matrices; a matrix of 1 by 1 is a number."""
        if isinstance(left, dict):
            return multiply(self.w, left, right) if isinstance(right, dict) else self.scaled(left, right)
        if isinstance(right, dict):
            return self.scaled(right, left)
        return self.number_or_matrix(self.matrix_product(left, right))

    def number_or_matrix(self, value: Words) -> Value:
        """Return the value, as a number where it is 1 by 1."""
        if value.shape is not None and value.shape[0] is value.shape[1] is one(self.w):
            return value.terms.get((), {})
        return value

    def matrix_product(self, left: Words, right: Words) -> Words:
        """Return the product of two matrices; one of 1 by 1 is a multiple of the empty word."""
        w = self.w
        if left.shape is None or right.shape is None:
            shape = left.shape or right.shape
        elif left.shape[1] is not right.shape[0]:
            raise Refused("a product of matrices whose shapes do not fit")
        else:
            shape = (left.shape[0], right.shape[1])
        result: Terms = {}
        for u, a in left.terms.items():
            for v, b in right.terms.items():
                factor = multiply(w, a, b)
                for word, coefficient in self.reduced(u + v).items():
                    accumulate(result, word, multiply(w, factor, coefficient))
        return Words(shape, result)

    def scaled(self, factor: Polynomial, value: Words) -> Words:
        """Return a number times a matrix."""
        terms = {word: multiply(self.w, factor, c) for word, c in value.terms.items()}
        return Words(value.shape, {word: c for word, c in terms.items() if c})

    def added(self, left: Words, right: Words) -> Words:
        """Return the sum of two matrices; an identity takes the size of its neighbour."""
        shape = left.shape or right.shape
        for other in (left, right):
            if other.shape is None and shape is not None and shape[0] is not shape[1]:
                raise Refused("an identity matrix beside one that is not square")
            if other.shape is not None and other.shape != shape:
                raise Refused("matrices of different shapes added")
        terms = dict(left.terms)
        for word, coefficient in right.terms.items():
            accumulate(terms, word, coefficient)
        return Words(shape, terms)

    def difference(self, left: Words, right: Words) -> Words:
        """Return left - right."""
        return self.added(left, self.scaled(constant(-1), right))

    # Rewriting ---------------------------------------------------------------------------------------

    def reduced(self, word: Word) -> Mapping[Word, Polynomial]:
        """Return a product of letters as a sum of reduced words."""
        self.w.spend(1 + len(word))
        if len(word) > LONGEST_WORD:
            raise Refused("a product of too many factors")
        scalars, rest = self._without_scalars(word)
        if not scalars:
            return {}
        step = self._step(rest)
        return {rest: scalars} if step is None else self._rewritten(step, scalars)

    def _rewritten(self, step: Mapping[Word, Polynomial], factor: Polynomial) -> Terms:
        result: Terms = {}
        for other, c in step.items():
            for final, coefficient in self.reduced(other).items():
                accumulate(result, final, product(self.w, (factor, c, coefficient)))
        return result

    def _without_scalars(self, word: Word) -> tuple[Polynomial, Word]:
        """Take out what stands between two places of dimension 1."""
        unit = one(self.w)
        cuts = [place for place in range(len(word) + 1) if word and _size_at(word, place) is unit]
        scalars = constant(1)
        if len(cuts) < 2:
            return scalars, word
        for start, end in pairwise(cuts):
            scalars = multiply(self.w, scalars, self._form(word[start:end]))
        return scalars, word[: cuts[0]] + word[cuts[-1] :]

    def _form(self, word: Word) -> Polynomial:
        """Return a product of dimension 1 by 1 that passes through no other dimension 1, as a number."""
        step = self._step(word)
        if step is not None:
            return self._rewritten(step, constant(1)).get((), {})
        through = trace_through_sum(self, word)
        if through is not None:
            return through
        return self._least_trace([word], lambda other: [other])

    def _step(self, word: Word) -> Terms | None:
        """Return the word after one rewriting, None where none applies."""
        for place in range(len(word)):
            found = self._pair(word, place)
            found = self._cancelled(word, place) if found is None else found
            found = self._assumed(word, place) if found is None else found
            found = unit_columns.step(self, word, place) if found is None else found
            found = kronecker.step(self, word, place) if found is None else found
            found = pseudo_inverses.step(self, word, place) if found is None else found
            if found is not None:
                return found
        return None

    def _pair(self, word: Word, place: int) -> Terms | None:
        """Q Q^T = I for an orthogonal Q; diagonal matrices in one order."""
        pair = word[place : place + 2]
        if len(pair) < 2:
            return None
        first, second = pair
        opposite = head_of(first) is head_of(second) and is_transposed(first) is not is_transposed(second)
        square = rows(first) is columns(first)
        if opposite and square and self.has(first, "orthogonal") and self.w.allows(ORTHOGONAL):
            return {word[:place] + word[place + 2 :]: constant(1)}
        if first is second and self.has(first, "idempotent") and self.w.allows(IDEMPOTENT):
            return {(*word[:place], *word[place + 1 :]): constant(1)}
        if first is second and self.has(first, "involutory") and self.w.allows(INVOLUTORY):
            return {word[:place] + word[place + 2 :]: constant(1)}
        both_diagonal = self.has(first, "diagonal") and self.has(second, "diagonal")
        if second < first and both_diagonal and self.w.allows(DIAGONAL):
            return {(*word[:place], second, first, *word[place + 2 :]): constant(1)}
        return None

    def _cancelled(self, word: Word, place: int) -> Terms | None:
        """An inverse beside the greatest word of what it inverts, on either side."""
        words = inverted(word[place])
        if words is None:
            return None
        lead = self._greatest(words)
        if lead is None:
            return None
        size = len(lead)
        after = word[place + 1 : place + 1 + size] == lead
        before = place >= size and word[place - size : place] == lead
        if not (after or before) or not self.w.allows(INVERSE_CANCELS):
            return None
        start, end = (place, place + 1 + size) if after else (place - size, place + 1)
        factor = power(self.w, dict(words)[lead].polynomial(), -1)
        result: Terms = {word[:start] + word[end:]: factor}
        for other, coefficient in words:
            if other != lead:
                inside = (word[place], *other) if after else (*other, word[place])
                change = scale(-1, multiply(self.w, factor, coefficient.polynomial()))
                accumulate(result, word[:start] + inside + word[end:], change)
        return result

    def _greatest(self, words: FrozenWords) -> Word | None:
        """The greatest word of a sum whose coefficient is surely nonzero."""
        for word, coefficient in reversed(words):
            if word and len(coefficient.items) == 1 and all(is_nonzero(self.w, a) for a, _ in coefficient.items[0][0]):
                return word
        return None

    def _assumed(self, word: Word, place: int) -> Terms | None:
        """The greatest word of an assumed equation gives way to the others."""
        for lead, equal in self.rewrites:
            end = place + len(lead)
            if word[place:end] == lead and self._may_assume(lead):
                return {word[:place] + other + word[end:]: c for other, c in equal.terms.items()}
        return None

    def _may_assume(self, letters: Word) -> bool:
        """Whether assumptions on these letters hold here: not while a derivative varies them."""
        varied = any(not self.plain.isdisjoint(item.free) for item in letters)
        return not varied and self.w.allows(ASSUMED_EQUATION)

    def assume(self, zero: Words) -> None:
        """Take over an equation of matrices, sum = 0, and its transpose, as rewritings."""
        for value in (zero, self.transpose(zero)):
            words = freeze(self.w, value)
            if not words or len(words[-1][0]) < 1 or value.shape is None:
                continue
            lead, coefficient = words[-1]
            rest = thaw(words[:-1], value.shape)
            if len(coefficient.items) == 1 and not coefficient.items[0][0]:
                factor = constant(Fraction(-1) / coefficient.items[0][1])
                self.rewrites.append((lead, self.scaled(factor, rest)))

    def assume_value(self, zero: Polynomial) -> None:
        """Take over an equation that gives a trace a number for its value."""
        traces = [(m, c) for m, c in zero.items() if m]
        if len(traces) == 1 and len(traces[0][0]) == 1:
            ((atom, exponent),), factor = traces[0]
            if atom.kind == "trace" and exponent == 1:
                self.values[atom] = constant(Fraction(-zero.get((), 0)) / factor)

    # Traces ------------------------------------------------------------------------------------------

    def trace(self, value: Value) -> Polynomial:
        """Return the trace of a square matrix; of a number, the number."""
        if isinstance(value, dict):
            return value
        if value.shape is None or value.shape[0] is not value.shape[1]:
            raise Refused("a trace of an array that is not square")
        result: Polynomial = {}
        for word, coefficient in value.terms.items():
            inside = self.cycle(word) if word else value.shape[0].polynomial()
            result = add(result, multiply(self.w, coefficient, inside))
        return result

    def cycle(self, word: Word) -> Polynomial:
        """Return the trace of a word: the least of its rotations and of those of its transpose."""
        w = self.w
        w.spend(len(word))
        unit = one(w)
        for place in range(len(word)):
            if rows(word[place]) is unit:
                return self.reduced(word[place:] + word[:place]).get((), {})
        if not w.allows(CYCLIC):
            return self._trace_atom(word, sure=False)
        through = trace_through_sum(self, word)
        if through is not None:
            return through
        turning = _rotations(word)
        for rotation in turning:
            step = self._step(rotation)
            if step is not None:
                size = rows(rotation[0])
                return self.trace(Words((size, size), self._rewritten(step, constant(1))))
        parts = kronecker.square_parts(self, word[0]) if len(word) == 1 else None
        if parts is not None and w.allows(KRONECKER_TRACE):
            return multiply(w, self.trace(parts[0]), self.trace(parts[1]))
        return self._least_trace(turning, _rotations)

    def _least_trace(self, words: list[Word], ways: Callable[[Word], list[Word]]) -> Polynomial:
        """The trace of words that are all alike: of the least of them and their transposes."""
        found = self.signed_turned(words[0])
        turned = [] if found is None else ways(found[1])
        if found is not None and found[0] < 0:
            if not set(words).isdisjoint(turned):  # a trace that is minus itself
                return {}
            least = min((*words, *turned))
            return scale(1 if least in words else -1, self._trace_atom(least, sure=False))
        sure = any(word in turned and self.is_square(word) for word in words)
        return self._trace_atom(min((*words, *turned)), sure)

    def _trace_atom(self, word: Word, sure: bool) -> Polynomial:
        atom = self.w.atom("trace", word, int(sure))
        value = self.values.get(atom)
        return value if value is not None and self._may_assume(word) else single(atom)

    def is_square(self, word: Word) -> bool:
        """Whether a word is U^T U or U^T P U with a positive semidefinite letter P in the middle."""
        if self.turned(word) != word:
            return False
        return len(word) % 2 == 0 or self.has(word[len(word) // 2], "positive definite", "positive semidefinite")

    # Inverses ----------------------------------------------------------------------------------------

    def inverse(self, value: Words) -> Words:
        """Return the inverse, taken to exist: of a product by its square factors, else as a letter."""
        w = self.w
        if not value.terms or (value.shape is not None and value.shape[0] is not value.shape[1]):
            raise Refused("an inverse of an array that is not square, or zero")
        if len(value.terms) > 1:
            return self._inverse_of_sum(value)
        ((word, coefficient),) = value.terms.items()
        result: Words = Words(value.shape, {(): power(w, coefficient, -1)})
        if not word:
            return result
        assert value.shape is not None
        blocks = square_blocks(word, value.shape[0])
        if len(blocks) > 1 and not w.allows(INVERSE_OF_PRODUCT):
            blocks = [word]
        for block in reversed(blocks):
            result = self.matrix_product(result, self._inverse_of_block(block, value.shape[0]))
        return result

    def _inverse_of_block(self, block: Word, size: Frozen) -> Words:
        shape = (size, size)
        if len(block) == 1:
            words = inverted(block[0])
            if words is not None:
                return thaw(words, shape)
            if self.has(block[0], "orthogonal") and self.w.allows(ORTHOGONAL):
                return self.transposed_letter(block[0])
            if self.has(block[0], "involutory") and self.w.allows(INVOLUTORY):
                return of_word(block, shape)
            product = kronecker.inverse(self, block[0])
            if product is not None:
                return product
        return self._inverse_letter(of_word(block, shape))

    def _inverse_letter(self, value: Words) -> Words:
        assert value.shape is not None
        head = self.w.atom(INVERSE, freeze(self.w, value))
        return of_word((letter(self.w, head, value.shape),), value.shape)

    def _inverse_of_sum(self, value: Words) -> Words:
        """1/c (S / c)^-1 for the common factor c of a sum."""
        if value.shape is None:
            raise Refused("an inverse of unknown size")
        updated = self._inverse_of_rank_one_update(value)
        if updated is not None:
            return updated
        factor, core = self.without_factor(value)
        return self.scaled(power(self.w, factor, -1), self._inverse_letter(core))

    def _inverse_of_rank_one_update(self, value: Words) -> Words | None:
        """(P + c u v^T)^-1 = P^-1 - c P^-1 u v^T P^-1 / (1 + c v^T P^-1 u) where P surely has an inverse."""
        unit = one(self.w)
        outer = [word for word in value.terms if any(rows(item) is unit for item in word[1:])]
        rest = [word for word in value.terms if word not in outer]
        if len(outer) != 1 or len(rest) != 1 or value.shape is None or value.shape[0] is unit:
            return None
        (word,), (plain,) = outer, rest
        kept = value.terms[plain]
        invertible = all(self.surely_invertible(item) for item in plain)
        nonzero = len(kept) == 1 and all(is_nonzero(self.w, atom) for factors in kept for atom, _ in factors)
        if not invertible or not nonzero or not self.w.allows(RANK_ONE):
            return None
        inner = self.inverse(Words(value.shape, {plain: kept}))
        update = Words(value.shape, {word: value.terms[word]})
        around = self.matrix_product(self.matrix_product(inner, update), inner)
        share = add(constant(1), self.trace(self.matrix_product(update, inner)))
        return self.difference(inner, self.scaled(power(self.w, share, -1), around))

    def without_factor(self, value: Words) -> tuple[Polynomial, Words]:
        """Return the common factor of the coefficients, surely nonzero, and the matrix divided by it."""
        w = self.w
        monomials = [dict(m) for coefficient in value.terms.values() for m in coefficient]
        shared: dict[Atom, Rational] = {}
        for atom in {atom for m in monomials for atom in m}:
            least = min(m.get(atom, 0) for m in monomials)
            if least and is_nonzero(w, atom):
                shared[atom] = tidy(least)
        greatest = value.terms[max(value.terms, key=rank)]
        number = greatest[min(greatest)]
        factor = constant(number)
        for atom in sorted(shared):
            factor = multiply(w, factor, single(atom, shared[atom]))
        return factor, self.scaled(power(w, factor, -1), value)


def _rotations(word: Word) -> list[Word]:
    return [word[place:] + word[:place] for place in range(len(word))]


def _size_at(word: Word, place: int) -> Frozen:
    return rows(word[place]) if place < len(word) else columns(word[-1])
