"""What a step may lack although neither side says it: the parts of definitions, powers, sums over entries, divergences.

A lost term often stands nowhere else in its line. But what it was made of does: the definition of a name that stands
there, the names of a power, an array whose entries were summed up, the laws of a divergence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, permutations, product

from errata.language.definitions import free_symbols
from errata.language.sorts import Family, Matrix, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Binder,
    Constant,
    Elementary,
    Entry,
    Functional,
    Information,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
    subterms,
)
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.trees import ONE

MOST = 40
MOST_NAMES, MOST_EXPONENTS, MOST_LAWS, MOST_SLOTS, MOST_MEMBERS = 5, 4, 3, 3, 5
_BETWEEN, _OF = ("kl", "jsd", "cross_entropy"), ("entropy",)


def unwritten(bench: Bench) -> Iterator[Term]:
    """Yield terms that the step may lack, which it does not contain."""
    kinds = (_of_definitions, _of_laws, _of_information, _members_of_families, _sums_over_entries, _of_numbers)
    found = dict.fromkeys(term for kind in kinds for term in kind(bench))
    yield from islice(found, MOST)


def _of_definitions(bench: Bench) -> Iterator[Term]:
    """Yield the addends and factors of what defines a name of the step."""
    for symbol in sorted(free_symbols(bench.other) | free_symbols(bench.written)):
        definition = bench.scope.definitions.get(symbol)
        if definition is not None and not definition.parameters:
            yield from _members(definition.body)


def _members(term: Term) -> Iterator[Term]:
    match term:
        case Negative(inner):
            yield from _members(inner)
        case Sum(parts) | Product(parts):
            for part in parts:
                yield part.term if isinstance(part, Negative) else part
                yield from _members(part) if isinstance(part, Product | Negative) else ()
        case Quotient(numerator, denominator):
            yield from (numerator, denominator)


def _of_laws(bench: Bench) -> Iterator[Term]:
    """Yield the entropies and divergences of the laws of the step, where its lines speak of such."""
    lines = (bench.written, bench.other, *bench.near, *bench.before)
    if not any(isinstance(part, Functional) for line in lines for part in subterms(line)):
        return
    laws = bench.laws[:MOST_LAWS]
    for pair in permutations(laws, 2):
        yield from (Functional(name, pair) for name in _BETWEEN)
    for law in laws:
        yield from (Functional(name, (law,)) for name in _OF)


def _of_information(bench: Bench) -> Iterator[Term]:
    """Yield the entropies of the variables whose entropies the step speaks of, alone, together and given each other."""
    parts = [part for line in (bench.written, bench.other) for part in subterms(line)]
    spoken = [part for part in parts if isinstance(part, Information) and not part.fixed]
    slots = tuple(dict.fromkeys(slot for part in spoken for group in (*part.groups, part.given) for slot in group))
    if not spoken or len(slots) > MOST_SLOTS:
        return
    for slot in slots:
        others = tuple(other for other in slots if other != slot)
        yield Information("entropy", spoken[0].law, ((slot,),))
        if others:
            yield Information("entropy", spoken[0].law, ((slot,),), others)
    if len(slots) == 2:
        yield Information("entropy", spoken[0].law, (slots,))
        yield Information("mutual_information", spoken[0].law, ((slots[0],), (slots[1],)))


def _members_of_families(bench: Bench) -> Iterator[Term]:
    """Yield the members of a sequence between those that stand in the step: g_2 where g_1 and g_3 do."""
    parts = [part for line in (bench.written, bench.other) for part in subterms(line)]
    entries = [part for part in parts if isinstance(part, Entry) and len(part.indices) == 1]
    written = [(e.array, e.indices[0].value) for e in entries if isinstance(e.indices[0], Number)]
    places = [int(value) for _, value in written if value.denominator == 1]
    if not places or max(places) - min(places, default=0) > MOST_MEMBERS:
        return
    for array in dict.fromkeys(array for array, _ in written):
        yield from (Entry(array, (Number(Fraction(place)),)) for place in range(min(places), max(places) + 1))


def _sums_over_entries(bench: Bench) -> Iterator[Term]:
    """Yield the sums over j of W_ij v_j at the indices i that are free in the step."""
    free = free_symbols(bench.written) | free_symbols(bench.other)
    places = [index for index in bench.indices if index.symbol in free]
    bound = next((Name(s) for s in ("j", "k", "l", "m") if s not in free and s not in bench.scope.sorts), None)
    if not places or bound is None:
        return
    sizes = {name: _sizes(bench.scope.sorts.get(name.symbol)) for name in bench.names}
    for array, (rows, columns) in ((n, s) for n, s in sizes.items() if len(s) == 2):
        for vector, (length,) in ((n, s) for n, s in sizes.items() if len(s) == 1):
            summed = Entry(vector, (bound,))
            for index in places:
                if length == columns:
                    yield _sum(bound, length, Entry(array, (index, bound)), summed)
                if length == rows:
                    yield _sum(bound, length, Entry(array, (bound, index)), summed)


def _sum(bound: Name, length: Term, *factors: Term) -> Term:
    return Aggregate("sum", Binder(bound, Range(ONE, length)), Product(factors))


def _sizes(sort: Sort | None) -> tuple[Term, ...]:
    match sort:
        case Vector(size):
            return (size,)
        case Matrix(rows, columns):
            return (rows, columns)
        case Family(sizes, Real()) if None not in sizes:
            return tuple(size for size in sizes if size is not None)
    return ()


def _of_numbers(bench: Bench) -> Iterator[Term]:
    """Yield what is left of a share, one more than an exponential, and powers of one number to another."""
    written = free_symbols(bench.written) | free_symbols(bench.other)
    bases = [name for name in bench.numbers if name.symbol in written][:MOST_NAMES]
    lines = (bench.written, bench.other)
    summed = any(isinstance(part, Aggregate) for line in lines for part in subterms(line))
    for name in bases:
        if summed or _is_share(name, bench):
            yield Sum((ONE, Negative(name)))
        yield from (Sum((ONE, power)) for power in _exponentials(name, lines))
    whole = [name for name in bench.numbers if _is_whole(name, bench)][:MOST_EXPONENTS]
    yield from (Power(base, exponent) for base in _numerals(bench) for exponent in whole)
    for base, exponent in product(bases, whole):
        if base != exponent:
            yield Power(base, exponent)
        if base != exponent and (summed or _is_share(base, bench)):
            yield Sum((ONE, Negative(Power(base, exponent))))


def _numerals(bench: Bench) -> Iterator[Term]:
    """Yield the numerals of an equation of determinants, and -1: a factor comes out of one to the power of its size."""
    parts = [part for line in (bench.written, bench.other) for part in subterms(line)]
    if not any(isinstance(part, MatrixOperation) and part.operation == "determinant" for part in parts):
        return
    yield from dict.fromkeys(part for part in parts if isinstance(part, Number) and part.value > 1)
    if any(isinstance(part, Negative) for part in parts):
        yield Negative(ONE)


def _exponentials(name: Name, lines: Iterable[Term]) -> Iterator[Term]:
    """Yield e to the power of a name, as such powers are written in the step."""
    parts = [part for line in lines for part in subterms(line)]
    if any(isinstance(part, Elementary) and part.function == "exp" for part in parts):
        yield Elementary("exp", (name,))
    if any(isinstance(part, Power) and part.base == Constant("e") for part in parts):
        yield Power(Constant("e"), name)


def _is_share(name: Name, bench: Bench) -> bool:
    """Return whether a number lies between 0 and 1: what is left of it is often meant."""
    sort = bench.scope.sorts.get(name.symbol)
    return isinstance(sort, Real) and sort.low is not None and sort.low >= 0 and sort.high == 1


def _is_whole(name: Name, bench: Bench) -> bool:
    sort = bench.scope.sorts.get(name.symbol)
    return isinstance(sort, Real) and sort.integer
