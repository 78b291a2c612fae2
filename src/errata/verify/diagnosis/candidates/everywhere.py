"""One edit at all occurrences of a part: about a third of the slips with several places are the same slip repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice

from errata.language.definitions import free_symbols, rebuilt
from errata.language.terms import Entry, MatrixOperation, Name, Negative, Number, Product, Quotient, Sum, Term, subterms
from errata.verify.diagnosis.arrays import transposed
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.candidates.edits import edits_at, own_edits, scaled, wrapped
from errata.verify.diagnosis.trees import Path, at, positions, put, tidy

AGAIN = 0.5
"""What an edit costs more for being made at all occurrences."""
MOST_PARTS = 10
MOST_EDITS = 900
MOST_PLACES, MOST_INNER, MOST_NAMES, MOST_ALIKE = 60, 12, 4, 9
TWICE = 1.75
"""What two edits alike cost together."""


def everywhere(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with one edit at all occurrences of a part, and with two names exchanged."""
    yield from islice(_everywhere(bench), MOST_EDITS)


def _everywhere(bench: Bench) -> Iterator[Candidate]:
    counts = Counter(t for t in subterms(bench.written) if not isinstance(t, Number))
    repeated = [part for part, count in counts.items() if count > 1][:MOST_PARTS]
    for part in repeated:
        for new, cost in (*own_edits(part, bench), *wrapped(part, bench), *scaled(part, bench)):
            yield Candidate(tidy(replaced(bench.written, part, new)), cost + AGAIN)
    for name, other in combinations(_names(bench), 2):
        yield Candidate(_exchanged(bench.written, name, other), 1.3)
    yield from _exchanged_within(bench)
    yield from _all_transposes(bench)
    yield from _all_signs(bench)
    yield from _two_alike(bench)
    for part in repeated:
        for path, node in islice(positions(part), 1, MOST_INNER):
            for new, cost in edits_at(part, path, node, bench):
                yield Candidate(tidy(replaced(bench.written, part, put(part, path, new))), cost + AGAIN)


def replaced(term: Term, old: Term, new: Term) -> Term:
    """Return the term with a part replaced wherever it stands."""
    return new if term == old else rebuilt(term, lambda part: replaced(part, old, new))


def _names(bench: Bench) -> list[Name]:
    return [Name(symbol) for symbol in sorted(free_symbols(bench.written))][:8]


def _exchanged(term: Term, one: Name, other: Name) -> Term:
    if term == one:
        return other
    if term == other:
        return one
    return rebuilt(term, lambda part: _exchanged(part, one, other))


def _exchanged_within(bench: Bench) -> Iterator[Candidate]:
    """Yield the side with two names exchanged in one addend or factor."""
    for path, node in islice(positions(bench.written), MOST_PLACES):
        if path and isinstance(node, Product | Quotient):
            for name, other in combinations([Name(s) for s in sorted(free_symbols(node))][:MOST_NAMES], 2):
                yield Candidate(tidy(put(bench.written, path, _exchanged(node, name, other))), 1.35)


def _two_alike(bench: Bench) -> Iterator[Candidate]:
    """Yield the side with two signs turned, and with two transposes put in or taken away."""
    nodes = list(islice(positions(bench.written), MOST_PLACES))
    addends = [path for path, node in nodes if isinstance(node, Sum) for path in _addends(path, node)]
    cells = [path for path, _ in nodes if path and "rows" in path[-3:-1]]
    arrays = [path for path, node in nodes if isinstance(node, Name | Entry) and bench.is_array(node)]
    for places, changed in ((addends + cells, _turned_sign), (arrays, lambda t: transposed(t, bench.scope))):
        for one, other in combinations(places[:MOST_ALIKE], 2):
            if one != other[: len(one)] and other != one[: len(other)]:
                first = put(bench.written, other, changed(at(bench.written, other)))
                yield Candidate(tidy(put(first, one, changed(at(first, one)))), TWICE)


def _addends(path: Path, node: Sum) -> Iterator[Path]:
    return ((*path, "terms", place) for place in range(len(node.terms)))


def _turned_sign(term: Term) -> Term:
    return term.term if isinstance(term, Negative) else Negative(term)


def _all_transposes(bench: Bench) -> Iterator[Candidate]:
    """Every array the other way: those with a transpose lose it, the others get one."""
    arrays = {t for t in subterms(bench.written) if isinstance(t, Name | Entry) and bench.is_array(t)}

    def turned(term: Term) -> Term:
        match term:
            case MatrixOperation("transpose", (inner,)) if inner in arrays:
                return inner
            case Name() | Entry() if term in arrays:
                return transposed(term, bench.scope)
        return rebuilt(term, turned)

    yield Candidate(tidy(turned(bench.written)), 1.3)

    def moved(term: Term) -> Term:
        """A^T S A in place of A S A^T."""
        if isinstance(term, Product) and len(term.factors) > 2:
            first, *middle, last = term.factors
            if transposed(first, bench.scope) == last:
                return Product((last, *middle, first))
        return rebuilt(term, moved)

    yield Candidate(tidy(moved(bench.written)), 1.2)


def _all_signs(bench: Bench) -> Iterator[Candidate]:
    def plain(term: Term) -> Term:
        return rebuilt(term.term if isinstance(term, Negative) else term, plain)

    yield Candidate(tidy(plain(bench.written)), 1.6)
