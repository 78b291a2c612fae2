"""The search for the right line: candidates in order, held against the other side, ranked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from errata.language.printer import to_latex
from errata.language.terms import Constant, Functional, Name, Number, Product, Sum, Term, subterms
from errata.verify.diagnosis.arrays import commuted
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.candidates.edits import single_edits
from errata.verify.diagnosis.candidates.everywhere import everywhere
from errata.verify.diagnosis.candidates.holes import assemblies, holes
from errata.verify.diagnosis.candidates.insertions import insertions
from errata.verify.diagnosis.candidates.numbers import by_numbers, rounds
from errata.verify.diagnosis.candidates.numerals import numerals
from errata.verify.diagnosis.form import same_form
from errata.verify.diagnosis.slips.slip import is_constant
from errata.verify.diagnosis.waste import waste

TOKEN_COST, NAME_COST = 0.25, 0.3
NEAR, NEAREST = 2.2, 1.3
"""What a candidate may cost that makes a search for others needless, and an edit that leads to the other side."""
LONG = 4
VERY_LONG = 10
"""How many tokens that are struck out, and that are put in, count in full."""
_TOKEN = re.compile(r"\\(?!left|right|cdot)[A-Za-z]+|[A-Za-z0-9]|[^\s{}()\[\]\\+]")
"""What counts as written: brackets and a plus do not, since the printer sets them as it needs them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that agrees with the other side, and its score: the lower, the nearer to what was written."""

    candidate: Candidate
    score: float
    latex: str


def search(bench: Bench) -> list[Found]:
    """Return the candidates that agree with the other side, the best first.

    What is less likely to be meant is looked for only where nothing near is found.
    """
    filled = numerals(bench) if bench.is_constant else holes(bench)  # many terms come to any one number
    found = _found(bench, (*single_edits(bench), *by_numbers(bench), *everywhere(bench), *filled), {})
    for further in (insertions, assemblies) if bench.side == "right" and not bench.is_constant else ():
        if all(f.score > NEAR for f in found.values()):
            found = _found(bench, further(bench), found)
    return _ranked(found)


def search_copies(bench: Bench) -> list[Found]:
    """Return the single edits that lead to the other side itself, where that is a sum or a product.

    They say no more than the line before did. So they are for a step where nothing else is within reach.
    """
    if not isinstance(bench.other, Sum | Product):
        return []
    near = (c for c in single_edits(bench) if c.term == bench.other and c.cost <= NEAREST)
    return _ranked(_found(bench, near, {}, copies=True))


def _ranked(found: Mapping[Term, Found]) -> list[Found]:
    return sorted(found.values(), key=lambda f: (f.score, f.latex))


def _found(
    bench: Bench, candidates: Iterable[Candidate], known: Mapping[Term, Found], copies: bool = False
) -> dict[Term, Found]:
    """Add the candidates that agree to those that are known, each as cheaply as it was found."""
    found = dict(known)
    for candidate in fitting(bench, candidates, copies):
        kept = found.get(candidate.term)
        score = candidate.cost + distance(bench.written, candidate.term)
        if kept is None or score < kept.score:
            found[candidate.term] = Found(candidate, score, to_latex(candidate.term))
    return found


def fitting(bench: Bench, candidates: Iterable[Candidate], copies: bool = False) -> Iterator[Candidate]:
    """Yield the candidates that have the other side's value and are no mere copy of it. copies: those, too."""
    cheapest: dict[Term, Candidate] = {}
    for candidate in candidates:
        known = cheapest.get(candidate.term, candidate)
        nearer = candidate if candidate.cost < known.cost else known
        cheapest[candidate.term] = replace(nearer, single=known.single or candidate.single)
    wasted = waste(bench.written, bench.scope) + is_constant(bench.written)  # numbers are added up, then
    for term, candidate in cheapest.items():
        if term == bench.written or not (bench.fits(term) or rounds(bench, term)):
            continue
        if waste(term, bench.scope) <= wasted and (copies or not _is_copy(candidate, bench)):
            yield candidate


def _is_copy(candidate: Candidate, bench: Bench) -> bool:
    """Whether a candidate says again what the other side says, or names what the step is to say.

    One edit may lead to the other side where something is taken away: a term that was written twice, say.
    """
    if _is_small(bench.other):
        return candidate.term == bench.other
    if not candidate.single and commuted(candidate.term, bench.scope) == commuted(bench.other, bench.scope):
        return True
    if candidate.term in bench.before or (bench.side == "left" and candidate.term == bench.other):
        return True
    said = (*bench.near, *((bench.other,) if isinstance(bench.other, Functional) else ()))  # also by the next line
    if not candidate.single and any(same_form(candidate.term, line, bench.scope) for line in said):
        return True
    if candidate.single and candidate.term == bench.other:
        return not isinstance(bench.other, Sum | Product) or _size(bench.other) >= _size(bench.written)
    return _count(bench.other, candidate.term) > _count(bench.other, bench.written)


def _size(term: Term) -> int:
    return sum(1 for _ in subterms(term))


def _count(part: Term, term: Term) -> int:
    return sum(t == part for t in subterms(term))


def _is_small(term: Term) -> bool:
    """Whether a side is so short that it may well stand in the other one."""
    return isinstance(term, Number | Constant)


def distance(written: Term, candidate: Term) -> float:
    """Return how much of what is written changes: tokens that come or go, and names that come in.

    To strike out a long part is hardly more than to strike out a short one, and to put in a very long one than a long.
    """
    old, new = _TOKEN.findall(to_latex(written)), _TOKEN.findall(to_latex(candidate))
    counts = [old.count(token) - new.count(token) for token in {*old, *new}]
    struck, put_in = sum(c for c in counts if c > 0), sum(-c for c in counts if c < 0)
    changed = (_eased(struck, LONG) + _eased(put_in, VERY_LONG)) / 2
    names = {t.symbol for t in subterms(candidate) if isinstance(t, Name)}
    names -= {t.symbol for t in subterms(written) if isinstance(t, Name)}
    return TOKEN_COST * changed + NAME_COST * len(names)


def _eased(count: int, full: int) -> float:
    return min(count, full + 0.25 * (count - full))
