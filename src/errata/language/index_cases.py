r"""Cases of two indices that sentences set: "for $i \ne j$", "Case $i = j$". Such a relation is no claim of its own.

A case holds for the formulas of its sentence that follow and for the next display; whether it is still meant after
that is not known, unless words put the cases together again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from errata.language.conditions_in_words import Restriction
from errata.language.cursor import relation_of
from errata.language.prose.harvested import Harvest
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.syntax import Leaf, Node, Scripted

_NO_CASE = re.compile(
    r"\b(?:not|unless|except|since|because|as|denote\w*|where|let|set|setting|put)\s*$", re.IGNORECASE
)
_TOGETHER = re.compile(
    r"\b(?:together|combin\w*|both cases|in all cases|in either case|in general|for all|for any|overall|unif\w+"
    r"|compact\w*|summari\w+|altogether|at once)\b|综上|总之|合并",
    re.IGNORECASE,
)


def index_cases(sentence: Sentence, written: Callable[[str], Sequence[Node]], indices: Set[str]) -> tuple[Formula, ...]:
    """Return the formulas of a sentence that set two index letters equal or unequal."""
    found, words = list[Formula](), ""
    for segment in sentence.segments:
        if isinstance(segment, Words):
            words = segment.text
        elif not _NO_CASE.search(words) and _is_case(written(segment.latex), indices):
            found.append(segment)
    return tuple(found)


def _is_case(nodes: Sequence[Node], indices: Set[str]) -> bool:
    if len(nodes) != 3 or relation_of(nodes[1]) not in ("=", "!="):
        return False
    letters = {_letter(nodes[0]), _letter(nodes[2])}
    return len(letters) == 2 and letters <= indices


def _letter(node: Node) -> str | None:
    node = node.base if isinstance(node, Scripted) and node.primes and not node.lower and not node.upper else node
    return node.text if isinstance(node, Leaf) and node.token.kind == "letter" else None


def without_case_words(found: Harvest, sentence: Sentence, cases: Sequence[Formula], letters: Set[str]) -> Harvest:
    """Return what a sentence says without what it was taken to say by its cases, which are put in force.

    letters: those of the cases.
    """
    if not cases:
        return found
    meant = {f"${formula.latex}$" for formula in cases}
    blocked = {s: words for s, words in found.not_understood.items() if s not in letters or words != sentence.text}
    told = tuple(r for r in found.restrictions if r.words not in meant)
    return replace(found, restrictions=told, not_understood=MappingProxyType(blocked))


def lasting_doubt(words: str, names: Sequence[str]) -> Restriction:
    """Return the condition that may still be meant after the display that a case is of."""
    return Restriction(words, "anything", lasting=False, universal=False, names=tuple(names))


def puts_together(words: str) -> bool:
    """Return whether a sentence leaves the cases before it and speaks of all of them."""
    return _TOGETHER.search(words) is not None
