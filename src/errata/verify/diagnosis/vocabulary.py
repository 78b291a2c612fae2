"""The vocabulary of a step: what its sides are made of, and simple combinations of that, with their values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from errata.language.terms import (
    Elementary,
    MatrixOperation,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    subterms,
)
from errata.numeric_checks.quantities import Floats
from errata.verify.diagnosis.arrays import transposed
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.opened import opened
from errata.verify.diagnosis.trees import ONE, tidy
from errata.verify.diagnosis.unwritten import unwritten
from errata.verify.diagnosis.values import Values, flat, inverse, product, shape_of, transpose

MOST_WORDS, MOST_BASE, MOST_PAIRED, MOST_OPENED = 1500, 38, 30, 8
CLOSE = 1e-7
NODE_COST, WRAPPER_COST = 0.15, 0.3
UNWRITTEN_COST, LONG = 0.15, 5
KNOWN = 0.5
"""What an addend of another line of the chain costs of the price of its size."""


@dataclass(frozen=True, eq=False)
class Word:
    """A term of the vocabulary. paired: it is made of two others, or stands nowhere in the step."""

    term: Term
    value: Values
    cost: float
    paired: bool = False


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words by the shapes of their values, each with a matrix of values, one row a word."""

    words: dict[tuple[tuple[int, ...], ...], tuple[tuple[Word, ...], Floats]]

    def multiples(self, value: Values) -> Iterator[tuple[Word, float]]:
        """Yield the words that a value is a multiple of, and the multiple."""
        words, table = self.words.get(shape_of(value), ((), np.zeros((0, 0))))
        wanted = flat(value)
        good = np.isfinite(wanted)
        if not words or good.sum() < 4 or good.sum() < len(good) / 2:
            return
        wanted, table = wanted[good], table[:, good]
        peak = int(np.argmax(np.abs(wanted)))
        if abs(wanted[peak]) < 1e-9:
            return
        with np.errstate(all="ignore"):
            multiple = wanted[peak] / table[:, peak]
            gap = np.abs(table * multiple[:, None] - wanted).max(axis=1)
        for place in np.flatnonzero(gap <= CLOSE * abs(wanted[peak])):
            yield words[place], float(multiple[place])


def vocabulary(bench: Bench, look: Callable[[Term], Values | None]) -> Vocabulary:
    """Build the vocabulary of a step."""
    with np.errstate(all="ignore"):
        base = list(_base(bench, look))
        wrapped = [w for word in base for w in _wrapped(word, bench)]
        singles = _distinct([*base, *wrapped])
        near = sorted(singles, key=lambda w: w.cost)[:MOST_PAIRED]
        words = _distinct([*singles, *_pairs(near)])[:MOST_WORDS]
    grouped: dict[tuple[tuple[int, ...], ...], list[Word]] = {}
    for word in words:
        grouped.setdefault(shape_of(word.value), []).append(word)
    return Vocabulary({k: (tuple(v), np.array([flat(w.value) for w in v])) for k, v in grouped.items()})


def _base(bench: Bench, look: Callable[[Term], Values | None]) -> Iterator[Word]:
    """Yield the parts of both sides and the names, the other side itself left out."""
    sides = (part for side in (bench.written, bench.other) for part in subterms(side))
    lines = dict.fromkeys(addend for line in bench.near for addend in _addends(line))
    addends = dict.fromkeys(addend for side in (bench.other, bench.written) for addend in opened(side))
    parts = dict.fromkeys((*list(addends)[:MOST_OPENED], *sides, *bench.names[:10], *bench.free_entries, *lines))
    lines = lines | addends
    yield from _identities(bench)
    yield from _unwritten(bench, look, {bench.written, bench.other, *parts})
    count = 0
    for part in (ONE, *parts):
        if part == bench.other or isinstance(part, Negative) or (isinstance(part, Number) and part != ONE):
            continue
        size = sum(1 for _ in subterms(part))
        value = look(part) if size <= 16 else None
        if value is None:
            continue
        count += 1
        yield Word(part, value, NODE_COST * size * (KNOWN if part in lines else 1.0))
        if count >= MOST_BASE:
            return


def _unwritten(bench: Bench, look: Callable[[Term], Values | None], known: Collection[Term]) -> Iterator[Word]:
    """Yield what the step may lack although neither side says it."""
    for part in unwritten(bench):
        value = look(part) if part not in known else None
        if value is not None:
            size = sum(1 for _ in subterms(part))
            yield Word(part, value, UNWRITTEN_COST + NODE_COST * min(size, LONG), paired=True)


def _addends(term: Term) -> Iterator[Term]:
    match term:
        case Sum(terms):
            for part in terms:
                yield from _addends(part)
        case Negative(inner):
            yield from _addends(inner)
        case Product((Number(), *rest)):
            yield rest[0] if len(rest) == 1 else Product(tuple(rest))
        case _:
            yield term


def _identities(bench: Bench) -> Iterator[Word]:
    """Yield the identity matrix in every size that a square matrix of the step has."""
    sizes: set[tuple[int, ...]] = set()
    for name in bench.names:
        found = bench.target.quantities(name)
        if found is None or any(q.rank != 2 or q.shape[0] != q.shape[1] for q in found):
            continue
        shape = tuple(q.shape[0] for q in found)
        if shape not in sizes and 1 not in shape:
            sizes.add(shape)
            rows = bench.target.rows
            eyes = tuple(np.broadcast_to(np.eye(n), (count, n, n)) for n, count in zip(shape, rows, strict=True))
            yield Word(MatrixOperation("identity"), eyes, NODE_COST)


def _wrapped(word: Word, bench: Bench) -> Iterator[Word]:
    term, value, cost = word.term, word.value, word.cost + WRAPPER_COST
    if term in (ONE, MatrixOperation("identity")):
        return
    if all(a.ndim == 1 for a in value):
        yield Word(Power(term, Number(Fraction(2))), tuple(a**2 for a in value), cost)
        yield Word(Quotient(ONE, term), tuple(1 / a for a in value), cost)
        yield Word(Elementary("log", (term,)), tuple(np.log(a) for a in value), cost + 0.2)
        yield Word(Elementary("sqrt", (term,)), tuple(np.sqrt(a) for a in value), cost + 0.2)
        yield Word(Elementary("exp", (term,)), tuple(np.exp(a) for a in value), cost + 0.3)
        return
    if any(a.ndim == 1 for a in value):
        return
    if all(a.shape[2] == 1 for a in value) and any(a.shape[1] > 1 for a in value):
        squares = tuple((a**2).sum(axis=(1, 2)) for a in value)
        yield Word(Power(MatrixOperation("norm", (term,)), Number(Fraction(2))), squares, cost)
    turned = transposed(term, bench.scope)
    if turned != term:
        yield Word(turned, transpose(value), cost)
    inverted = inverse(value)
    if inverted is not None:
        yield Word(MatrixOperation("inverse", (term,)), inverted, cost)
        yield Word(MatrixOperation("inverse", (turned,)), transpose(inverted), cost + WRAPPER_COST)
        yield Word(MatrixOperation("trace", (term,)), tuple(np.trace(a, axis1=1, axis2=2) for a in value), cost + 0.2)
        determinants = tuple(np.linalg.det(np.nan_to_num(a)) for a in value)
        yield Word(MatrixOperation("determinant", (term,)), determinants, cost + 0.2)


def _pairs(words: list[Word]) -> Iterator[Word]:
    """Yield products of two words, and quotients of numbers."""
    unit = MatrixOperation("identity")
    for place, one in enumerate(words):
        for other_place, other in enumerate(words):
            numbers = one.value[0].ndim == 1 and other.value[0].ndim == 1
            if ONE in (one.term, other.term) or (numbers and other_place <= place):
                continue  # a square is a word already
            if unit in (one.term, other.term) and one.value[0].ndim == other.value[0].ndim == 3:
                continue
            value = product(one.value, other.value)
            if value is not None:
                yield Word(_times(one.term, other.term), value, one.cost + other.cost, paired=True)


def _times(one: Term, other: Term) -> Term:
    """Return a product as it is written: what is divided by one of the two stands above its bar."""
    for first, second in ((one, other), (other, one)):
        if isinstance(second, Quotient) and second.numerator == ONE and first != ONE:
            return tidy(Quotient(first, second.denominator))
    return tidy(Product((one, other)))


def _distinct(words: list[Word]) -> list[Word]:
    found: dict[Term, Word] = {}
    for word in sorted(words, key=lambda w: w.cost):
        found.setdefault(word.term, word)
    return list(found.values())
