"""Sizes: which symbols are sizes, the values they get, and terms over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

import numpy as np

from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Matrix, Real, Sort, Vector
from errata.language.terms import Comparison, Name, Negative, Number, Product, Quotient, Sum, Term, subterms
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.needs import Needs

LARGEST_SIZE = 60


def rational(term: Term, sizes: Mapping[str, int]) -> Fraction:
    """Return the value of a term over sizes and numbers; raise Unanswerable for anything else."""
    match term:
        case Number(value):
            return value
        case Name(symbol) if symbol in sizes:
            return Fraction(sizes[symbol])
        case Negative(inner):
            return -rational(inner, sizes)
        case Sum(terms):
            return sum((rational(t, sizes) for t in terms), Fraction(0))
        case Product(factors):
            result = Fraction(1)
            for factor in factors:
                result *= rational(factor, sizes)
            return result
        case Quotient(numerator, denominator):
            below = rational(denominator, sizes)
            if below == 0:
                raise Unanswerable("a size divides by zero")
            return rational(numerator, sizes) / below
    raise Unanswerable("a size is given by a formula that is not understood")


def length(term: Term, sizes: Mapping[str, int]) -> int:
    """Return a length of an array: a whole number from 1 to LARGEST_SIZE."""
    value = rational(term, sizes)
    if value.denominator != 1 or value < 1:
        raise Unanswerable("a size is not a positive integer")
    if value > LARGEST_SIZE:
        raise Unanswerable(f"a size of {value} is too large")
    return int(value)


def counted_from(index: Term) -> tuple[str, int] | None:
    """Read i, i + 1, i - 2 as the name and what is added; None for anything else."""
    match index:
        case Name(symbol):
            return symbol, 0
        case Sum((Name(symbol), Number(value))) if value.denominator == 1:
            return symbol, int(value)
        case Sum((Name(symbol), Negative(Number(value)))) if value.denominator == 1:
            return symbol, -int(value)
    return None


def size_symbols(needs: Needs, scope: Scope) -> tuple[str, ...]:
    """Return the symbols that stand for sizes: lengths of arrays, ends of ranges, declared sizes; sorted."""
    found = set()
    for symbol in needs.names:
        sort = scope.sorts.get(symbol)
        if sort is None or isinstance(sort, Real):
            whole = isinstance(sort, Real) and sort.integer
            if symbol in needs.range_ends and (sort is None or whole or sort == Real()):
                found.add(symbol)
            if isinstance(sort, Real) and whole and sort.low == 1.0 and not sort.low_open and sort.high is None:
                found.add(symbol)
    lengths = {
        part.symbol
        for sort in scope.sorts.values()
        for term in _size_terms(sort)
        for part in subterms(term)
        if isinstance(part, Name)
    }
    found |= lengths
    for space in needs.spaces:
        kind = scope.spaces.get(space)
        if isinstance(kind, EuclideanSpace) and kind.size is not None:
            found |= {part.symbol for part in subterms(kind.size) if isinstance(part, Name)}
    indices = {
        counted[0]
        for uses in needs.entry_indices.values()
        for use in uses
        for index in use
        if (counted := counted_from(index)) is not None
    }
    running = {c.left.symbol for c in needs.assumptions if is_upper_bound(c) and isinstance(c.left, Name)}
    indices |= running - needs.range_ends
    return tuple(sorted((found - (indices - lengths) - needs.defined) & needs.names))


def is_upper_bound(condition: Comparison) -> bool:
    """Return whether a condition says up to where an index runs: i <= n."""
    return condition.relation == "<=" and isinstance(condition.left, Name) and isinstance(condition.right, Name)


def _size_terms(sort: Sort) -> Iterator[Term]:
    match sort:
        case Vector(size):
            yield size
        case Matrix(rows, columns):
            yield rows
            yield columns
        case Family(sizes, element):
            yield from (size for size in sizes if size is not None)
            yield from _size_terms(element)
        case Function(arguments, value):
            for part in (*arguments, value):
                yield from _size_terms(part)


def allowed(scope: Scope, symbol: str, value: float) -> bool:
    """Whether a number lies in the declared domain of a symbol."""
    sort = scope.sorts.get(symbol)
    if sort is None:
        return True
    if not isinstance(sort, Real):
        return False
    above = sort.low is None or value > sort.low or (value == sort.low and not sort.low_open)
    below = sort.high is None or value < sort.high or (value == sort.high and not sort.high_open)
    return above and below and not (sort.nonzero and value == 0) and (not sort.integer or value == round(value))


def choose_sizes(symbols: tuple[str, ...], scope: Scope, seed: int, attempt: int) -> dict[str, int]:
    """Choose distinct sizes from 2 up, other ones at each attempt, within declared bounds.

    Every second attempt turns the order of the one before: a matrix is both tall and wide in the course of it,
    unless a condition says which it is.
    Dimensions of Euclidean spaces are 2, 1 and 3 in turn, so that integrals stay possible.
    """
    low = 2 if attempt % 3 < 2 else 3
    pool = list(range(low, low + max(3, len(symbols) + 1)))
    rng = np.random.default_rng([seed, attempt - attempt % 2, 7])
    order = rng.permutation(len(pool))[: len(symbols)]
    if attempt % 2:
        order = len(pool) - 1 - order
    sizes = {}
    dimensions = {
        kind.size.symbol
        for kind in scope.spaces.values()
        if isinstance(kind, EuclideanSpace) and isinstance(kind.size, Name)
    }
    for symbol, place in zip(symbols, order, strict=True):
        value = (2, 1, 3)[attempt % 3] if symbol in dimensions else pool[int(place)]
        sort = scope.sorts.get(symbol)
        if isinstance(sort, Real):
            if sort.high is not None and value > sort.high:
                value = int(sort.high)
            if sort.low is not None and value < sort.low:
                value = int(np.ceil(sort.low)) + attempt % 3
        sizes[symbol] = value
    return _ordered(sizes, scope, dimensions, attempt)


def _ordered(sizes: Mapping[str, int], scope: Scope, fixed: Set[str], attempt: int) -> dict[str, int]:
    """Return the sizes as conditions order them: exchanged where these want them the other way round, and apart.

    Every third attempt takes both alike where that is allowed: what needs a square matrix is met too. fixed: the names
    of those that are not exchanged.
    """
    found = dict(sizes)
    pairs = [p for p in map(_order_told, scope.assumptions) if p is not None and {p[0], p[1]} <= found.keys()]
    for _ in pairs:
        for lower, upper, _ in pairs:
            if found[lower] > found[upper] and not {lower, upper} & fixed:
                found[lower], found[upper] = found[upper], found[lower]
    for lower, upper, strict in pairs:
        alike = not strict and attempt % 3 == 2
        value = found[lower] if alike else max(found[upper], found[lower] + 1)
        found[upper] = value if allowed(scope, upper, value) else found[upper]
    return found


def _order_told(condition: Comparison) -> tuple[str, str, bool] | None:
    """Read m <= n and the like as the lesser name, the greater one, and whether they are never equal."""
    match condition:
        case Comparison("<" | "<=" as relation, Name(lower), Name(upper)):
            return lower, upper, relation == "<"
        case Comparison(">" | ">=" as relation, Name(upper), Name(lower)):
            return lower, upper, relation == ">"
    return None
