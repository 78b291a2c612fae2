"""Which formulas of a sentence stand under which of its conditions: "for $x > 0$ we have $|x| = x$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from types import MappingProxyType

from errata.language.prose.harvested import Harvest, Reader
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.sorts import Real

_WORDS = (
    r"(?:if|when|whenever|provided|provided that|assuming|assuming that|as long as|for|for all|for any|for every"
    r"|for each|given that|wenn|falls|für|si|pour|lorsque|quand|para|cuando)\s*$|(?:如果|若|当|當|对于|對於)\s*$"
)
_BEFORE = re.compile(rf"\b(?:{_WORDS})", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:^|[,;:.(])\s*(?:(?:and|then|so|thus|hence|now|here|moreover|similarly|likewise|we have|note that|that)[\s,]+)*"
    rf"(?:{_WORDS})",
    re.IGNORECASE,
)
"""A condition at the beginning of a clause; in its midst, "we showed it for", it need not be one of what follows."""
_CASE = re.compile(rf"(?:\bcase\b[^.;]{{0,20}}|^[\s*#\d.)]*(?:and|or)?\s*(?:{_WORDS})?)$", re.IGNORECASE)
"""What leads to a case of two indices: "Case 2:", "and for", or nothing at all where the sentence begins with it."""
_AND = re.compile(r"\s*(?:,|and|,\s*and|和|且)?\s*", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:otherwise|else|but|not|even|only|also|too|general|instead|however|unless|except|whereas|while|elsewhere"
    r"|apart|besides|whether|or|trivial\w*|clear\w*|obvious\w*)\b|;|否则|不|但",
    re.IGNORECASE,
)
"""Words by which what follows need not stand under a condition before it."""
_LASTING = re.compile(
    r"\b(?:let|define\w*|defining|consider\w*|denote\w*|suppose\w*|assum\w*|fix|take|given|write|put|set|choose|introduce)\b"
    r"|设|令|记|定义|考虑|假设|假定",
    re.IGNORECASE,
)
"""Words of sentences that set something for good, its bounds too."""
_INEQUALITY = re.compile(r"[<>]|\\(?:le|ge|leq|geq|lt|gt|ne|neq|leqslant|geqslant)(?![a-zA-Z])")
_LISTED = re.compile(r",|\\[a-z]?dots")


def conditions_of(sentence: Sentence, cases: Set[int] = frozenset()) -> Mapping[int | None, tuple[str, ...]]:
    """Return the inequalities that formulas of a sentence stand under: by number, None for the display after it.

    cases: where the formulas begin that set two indices equal or unequal, which are conditions as well.
    """
    found: dict[int | None, tuple[str, ...]] = {}
    pending: tuple[str, ...] = ()
    used, number, words = False, -1, ""
    for segment in sentence.segments:
        if isinstance(segment, Words):
            words += segment.text
            continue
        number += 1
        bounds = _is_bound(segment) or segment.start in cases
        if number and bounds and re.fullmatch(rf"\s*,?\s*(?:{_WORDS})", words, re.IGNORECASE):
            found.setdefault(number - 1, (segment.latex,))
        elif bounds and (
            _begins(words, number)
            or (pending and not used and _AND.fullmatch(words))
            or (segment.start in cases and _CASE.search(words))
        ):
            pending, used = (*(() if used or _OTHERWISE.search(words) else pending), segment.latex), False
        else:
            pending = () if _OTHERWISE.search(words) else pending
            if pending:
                found[number] = pending
                used = True
        words = ""
    alone = not used and any(f.start in cases for f in sentence.formulas)
    if pending and (alone or sentence.end in ("", ":", "：")) and not _OTHERWISE.search(words):
        found[None] = pending
    return MappingProxyType(found)


def _begins(words: str, number: int) -> bool:
    """Return whether a clause begins with a condition; words after a formula, without a mark, go on with its clause."""
    return bool(_BEGINS.search(words if not number else f"\0{words}"))


def in_passing(found: Harvest, sentence: Sentence, read: Reader, known: Set[str]) -> Harvest:
    """Return what a sentence says, where bounds are for it and the display after it only: "for $x > 0$ we have".

    known: names that are declared. Such a bound is left to be read as a condition, and its name is any number.
    """
    if sets_for_good(sentence.words):
        return found
    formulas = tuple(_bounds(sentence))
    bounds = {f.start: set(read.heads(f.latex)) for f in formulas}
    names = {name for heads in bounds.values() for name in heads}
    if not names:
        return found
    kept = tuple(d for d in found.declarations if d.symbol not in names or not isinstance(d.sort, Real))
    open_ones = {d.symbol: d for d in found.declarations if d not in kept and d.symbol not in known}
    unbounded = tuple(
        replace(d, sort=Real(integer=d.sort.integer)) for d in open_ones.values() if isinstance(d.sort, Real)
    )
    blocked = {s: w for s, w in found.not_understood.items() if s not in names or w != sentence.text}
    return replace(
        found,
        declarations=(*kept, *unbounded),
        consumed=found.consumed - bounds.keys(),
        not_understood=MappingProxyType(blocked),
        restrictions=tuple(r for r in found.restrictions if r.words not in {f"${f.latex}$" for f in formulas}),
    )


def sets_for_good(words: str) -> bool:
    """Return whether words set something for good, its bounds too: "let", "consider", "given"."""
    return _LASTING.search(words) is not None


def _bounds(sentence: Sentence) -> Iterator[Formula]:
    """Yield the inequalities right after "for" or "if", and those that a list goes on with."""
    listed, words = False, ""
    for segment in sentence.segments:
        if isinstance(segment, Words):
            words += segment.text
            continue
        bounds = _is_bound(segment)
        listed = bounds and bool(_BEFORE.search(words) or (listed and _AND.fullmatch(words)))
        if listed:
            yield segment
        words = ""


def _is_bound(formula: Formula) -> bool:
    return bool(_INEQUALITY.search(formula.latex)) and not _LISTED.search(formula.latex)
