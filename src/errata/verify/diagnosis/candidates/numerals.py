"""Numerals of one side that the other lost: where both come to numbers, what was put in may have been left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from errata.language.terms import Negative, Number, Product, Sum, Term, subterms
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.trees import ONE, plus, positions, put, tidy

MOST_NUMERALS, MOST_PLACES, MOST_TRIED = 8, 16, 300


def numerals(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with a numeral of the other side as one more addend, or factor of an addend."""
    yield from islice(_put_in(bench), MOST_TRIED)


def _put_in(bench: Bench) -> Iterator[Candidate]:
    found = dict.fromkeys(
        part for part in subterms(bench.other) if isinstance(part, Number) and part.value not in (0, 1)
    )
    for numeral in list(found)[:MOST_NUMERALS]:
        yield Candidate(tidy(plus(bench.written, numeral)), 1.4)
        yield Candidate(tidy(Sum((bench.written, Negative(numeral)))), 1.45)
        for path, node in islice(positions(bench.written), MOST_PLACES):
            if _is_addend(bench.written, path):
                new: Term = numeral if node == ONE else Product((node, numeral))
                yield Candidate(tidy(put(bench.written, path, new)), 1.4)


def _is_addend(root: Term, path: tuple[str | int, ...]) -> bool:
    """Whether a path leads to an addend, or to the whole."""
    plain = path[:-1] if path[-1:] == ("term",) else path
    return plain == () or (len(plain) == 2 and plain[0] == "terms" and isinstance(root, Sum))
