"""Equations that a sentence limits to a case: "$f(x) = x$ if $x > 0$ and $0$ otherwise"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from errata.language.definitions import head_symbol
from errata.language.prose.harvested import Harvest, Reader
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.terms import Term, without_span

_CASE = re.compile(
    r"\s*,?\s*(?:(?:if|iff|when|whenever|unless|except|otherwise|else|only|provided|in case|as long as|so long as"
    r"|(?:on|in|over|for|inside|outside) (?:the )?(?:positive|negative|non-?negative|unit|interval|half|left|right"
    r"|even|odd|small|large|linear|first|last)"
    r"|wenn|falls|sofern|si|lorsque|quand|cuando)\b|如果|若|当|當)",
    re.IGNORECASE,
)


_CALL = re.compile(r"(?:[a-zA-Z]|\\[a-zA-Z]+)\([^()=]*\)\s*=")
"""An equation for the value of a function."""


def without_cases(found: Harvest, sentence: Sentence, read: Reader) -> Harvest:
    """Take out the definitions that hold in a case only, which does not say what the name is in the others."""
    limited = {symbol for formula in limited_formulas(sentence, read) for symbol in _heads(formula, read)}
    limited &= {d.symbol for d in found.definitions}
    if not limited:
        return found
    words = " ".join(sentence.text.split())[:80]
    return replace(
        found,
        definitions=tuple(d for d in found.definitions if d.symbol not in limited),
        not_understood=MappingProxyType({**dict.fromkeys(sorted(limited), words), **found.not_understood}),
    )


def limited_formulas(sentence: Sentence, read: Reader) -> list[Formula]:
    """Return the formulas that words right after them limit to a case, or that say twice what a function is."""
    pairs = pairwise(sentence.segments)
    limited = [a for a, b in pairs if isinstance(a, Formula) and isinstance(b, Words) and _CASE.match(b.text)]
    calls = [formula for formula in sentence.formulas if _CALL.match(formula.latex.strip())]
    told = {formula.start: _left(formula, read) for formula in calls} if len(calls) > 1 else {}
    lefts = [left for left in told.values() if left is not None]
    return limited + [f for f in calls if (left := told.get(f.start)) is not None and lefts.count(left) > 1]


def _left(formula: Formula, read: Reader) -> Term | None:
    chain = read.relation(formula.latex)
    return without_span(chain[0].left) if chain and chain[0].relation == "=" else None


def _heads(formula: Formula, read: Reader) -> set[str]:
    chain = read.relation(formula.latex) or ()
    return {symbol for comparison in chain if (symbol := head_symbol(comparison.left)) is not None}
