"""Parts of the step put in beside what is written, where no value can be required of a place: in sums and means.

What a bracket, a sum or a matrix product would have to be cannot be computed from the outside there. So the parts that
stand elsewhere in the step are tried: as a lost factor, as a lost addend, and in place of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from errata.language.definitions import free_symbols, renamed
from errata.language.terms import (
    Aggregate,
    Apply,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    LawReference,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Slot,
    Sum,
    Term,
    subterms,
)
from errata.verify.diagnosis.arrays import NUMBER, kind_of, transposed
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.slopes import slopes
from errata.verify.diagnosis.trees import Path, at, over, plus, positions, put, tidy

MOST_NODES, MOST_PARTS, MOST_TRIED, MOST_LOGARITHMS = 40, 14, 1100, 8
LARGEST = 14
MOVED = 0.1
_PARTS = Apply | Density | Derivative | Elementary | Entry
_OUTSIDE = ("indices", "name", "function", "law", "variable", "draws", "low", "high", "values", "given")


def insertions(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with a part of the step put in at one place."""
    yield from islice(_inserted(bench), MOST_TRIED)


def _inserted(bench: Bench) -> Iterator[Candidate]:
    parts = _parts(bench)
    known = free_symbols(bench.written) | free_symbols(bench.other)
    for path, node in islice(positions(bench.written), MOST_NODES):
        if any(field in path for field in _OUTSIDE) or isinstance(node, LawReference | Negative):
            continue
        parent = at(bench.written, path[: -2 if isinstance(path[-1], int) else -1]) if path else None
        if isinstance(parent, Slot):
            continue
        bound = _bound(bench.written, path)
        if path and not _hides(bench.written, path) and not bench.is_array(node):
            continue
        for part, cost in (*parts, *_moved(parts, bound, bench)):
            if part != node and free_symbols(part) <= known | bound and _may_stand(part, node, path, bench):
                for new, extra in _beside(node, part, isinstance(parent, Product), bench):
                    yield Candidate(tidy(put(bench.written, path, new)), cost + extra + 0.01 * len(path))


def _moved(parts: list[tuple[Term, float]], bound: frozenset[str], bench: Bench) -> Iterator[tuple[Term, float]]:
    """Yield parts that stand elsewhere at another index, at the one that is bound here."""
    indices = {index.symbol for index in bench.indices}
    for part, cost in parts:
        for old in sorted(free_symbols(part) & indices - bound):
            yield from ((renamed(part, old, new), cost + MOVED) for new in sorted(bound & indices))


def _hides(term: Term, path: Path) -> bool:
    """Return whether what is required of a place cannot be computed: something is summed or multiplied around it."""
    above = (at(term, path[:end]) for end in range(len(path)))
    return any(not isinstance(node, Negative | Sum | Product | Quotient | Power) for node in above)


def _may_stand(part: Term, node: Term, path: Path, bench: Bench) -> bool:
    """Return whether a part can stand beside a node: an array beside a number changes what a whole side is."""
    return not path or bench.is_array(node) or not bench.is_array(part)


def _beside(node: Term, part: Term, in_product: bool, bench: Bench) -> Iterator[tuple[Term, float]]:
    """Yield a node with a part beside it."""
    if isinstance(node, Number):
        yield part, 0.1
    own, other = kind_of(node, bench.scope), kind_of(part, bench.scope)
    if not in_product:
        yield Product((part, node)), 0.0
        if bench.is_array(part) and bench.is_array(node):
            yield Product((node, part)), 0.0
        if not bench.is_array(part):
            yield over(node, part), 0.1
    if own == other and own != NUMBER and bench.has_entrywise_products:
        yield MatrixOperation("hadamard", (part, node)), 0.0
    if own == other and not isinstance(node, Sum):
        yield plus(node, part), 0.15
        yield Sum((node, Negative(part))), 0.15


def _parts(bench: Bench) -> list[tuple[Term, float]]:
    """Return the parts of the step that may be lost somewhere, with what each costs: the smallest first."""
    lines = (bench.other, *bench.near, bench.written)
    found: dict[Term, None] = {}
    for part in chain.from_iterable(subterms(line) for line in lines):
        if isinstance(part, Name) and part in bench.names:
            found[part] = None
            if bench.is_array(part):
                found[transposed(part, bench.scope)] = None
        elif isinstance(part, _PARTS):
            found[part] = None
        elif isinstance(part, Sum | Product | Quotient):
            found.update(dict.fromkeys(p for p in _members(part) if not isinstance(p, Number | Negative)))
    found.update(dict.fromkeys(bench.entries))
    sized = [(part, sum(1 for _ in subterms(part))) for part in found if part not in (bench.other, bench.written)]
    ordered = sorted((item for item in sized if item[1] <= LARGEST), key=lambda item: item[1])
    kinds = [[item for item in ordered if bench.is_array(item[0]) == arrays] for arrays in (False, True)]
    likely = [(part, 1.4) for part in (*slopes(lines), *_in_logarithms(lines))]
    return [*likely, *((part, 1.4 + 0.03 * size) for kind in kinds for part, size in kind[:MOST_PARTS])]


def _in_logarithms(lines: Iterable[Term]) -> list[Term]:
    """Return the logarithms of the laws whose logarithms stand in lines: jointly, by themselves, given each other."""
    logarithms = [p for line in lines for p in subterms(line) if isinstance(p, Elementary) and p.function == "log"]
    found: dict[Term, None] = {}
    for density in (p for logarithm in logarithms for p in subterms(logarithm) if isinstance(p, Density)):
        slots = (*density.values, *density.given)
        if len(slots) != 2:
            continue
        one, other = slots
        forms = (((one,), (other,)), ((other,), (one,)), (slots, ()), ((one,), ()), ((other,), ()))
        found.update((Elementary("log", (replace(density, values=v, given=g),)), None) for v, g in forms)
    return list(found)[:MOST_LOGARITHMS]


def _members(term: Sum | Product | Quotient) -> tuple[Term, ...]:
    match term:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
    return (term,)


def _bound(term: Term, path: Path) -> frozenset[str]:
    """Return the names that are bound where a path leads."""
    found: set[str] = set()
    for end in range(len(path)):
        node = at(term, path[:end])
        if isinstance(node, Aggregate):
            found.add(node.binder.name.symbol)
        elif isinstance(node, Expectation):
            found |= {draw.name.symbol for draw in node.draws}
    return frozenset(found)
