r"""What a sentence lets tend to its end: "as $n \to \infty$", "for large $n$", "as $h$ tends to zero".

Rates and limits without a limit's sign speak of it. A sentence is that of the source, from one full stop to the next,
with the displays in it. One that lets two names tend somewhere tells of neither, and so does one that sets a condition,
denies something, or speaks of a limit of random variables: what it claims is not what its formulas say alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from errata.notes.document import Source

End = Literal["infinity", "zero"]

_NAME = r"(?P<name>[A-Za-z]|\\(?:epsilon|varepsilon|delta|eta|lambda|tau|sigma|Delta|beta|gamma|alpha|rho|theta))"
_SPACE = r"(?:\s|~|\\[,;:! ]|\\quad|\\qquad|[$}{]|\\\(|\\\))*"
_GOES = r"\\(?:to|rightarrow|longrightarrow|uparrow|downarrow)(?![A-Za-z])|→"
_ENDS = r"(?:\+?\s*(?P<far>\\infty|∞|infinity)|(?P<near>0|zero)(?:\^\{?\+\}?|\+)?(?![\d.]))"
_LEAD = r"(?:\b(?:as|when|for|let|letting|while|taking|in the limit(?: as| of| where| when)?)\b|\()"
_TELLINGS = (
    re.compile(rf"{_LEAD}{_SPACE}{_NAME}{_SPACE}(?:{_GOES}|tends to|goes to|approaches|grows to){_SPACE}{_ENDS}", re.I),
    re.compile(
        rf"\bas{_SPACE}{_NAME}{_SPACE}(?P<far>grows|increases|gets large|becomes large|goes to infinity)\b", re.I
    ),
    re.compile(
        rf"\b(?:for|when|at)\s+(?:all\s+)?(?:(?:sufficiently|very|asymptotically)\s+)?(?P<far>large)(?:\s+enough)?"
        rf"(?:\s+(?:values|numbers)\s+of)?{_SPACE}{_NAME}(?={_SPACE}(?:[.,;:)]|\b(?!and\b|or\b)[a-z]|\s*$))",
        re.I,
    ),
    re.compile(
        rf"\b(?:for|when|if){_SPACE}{_NAME}{_SPACE}(?:is\s+)?(?:(?:sufficiently|very)\s+)?(?P<far>large)"
        r"(?!\s*(?:compared|relative|with respect|against|and))",
        re.I,
    ),
)
COUNTING = ("n", "N", "T")
_OTHERWISE = re.compile(
    r"\b(?:if|unless|suppose|assume|assuming|provided|whenever|not|never|no|cannot|false|wrong|untrue|only|whether"
    r"|probability|surely|distribution|weakly|w\.?h\.?p|expected|amorti[sz]ed|should|must|need|needs|require[sd]?"
    r"|want|choose|compared|uniformly|conjectured?|claims?|believes?|believed|thinks?|thought|mistaken?|absurd|naive"
    r"|naively|refuted?|wrongly|error|incorrect|incorrectly|contradiction|does|do|is it|people|someone|students?"
    r"|would|could|may|might|in law|in mean)\b|n't\b|n['’]t\b"
    r"|\\xrightarrow|\\overset|\\stackrel",
    re.I,
)
_COMMENT = re.compile(r"<!--.*?-->|(?<!\\)%[^\n]*", re.DOTALL)
_LARGE_IF = re.compile(r"\bif\b[^.]{0,40}\blarge\b", re.I)
_BOUNDARY = re.compile(
    r"(?<=[.!?])(?:\$\$?|\\\]|\s*\\end\{[a-z]+\*?\})?\s+(?=[\"(]?(?:[A-Z]|\$|\\\[|\\begin|#|-\s|\*|\d))"
    r"|(?<!\$\$)(?<!\\\])(?<!\})\n[ \t]*\n(?!\s*(?:\$\$|\\\[|\\begin))"
)


_LETTERS = {
    "o": re.compile(r"(?<![A-Za-z\\])o(?![A-Za-z])"),
    "\\Theta": re.compile(r"\\Theta(?![A-Za-z])"),
    "\\Omega": re.compile(r"\\Omega(?![A-Za-z])"),
}
_RATE = r"(?:=|[+-])\s*&?\s*"


@dataclass(frozen=True, slots=True)
class Tending:
    """A name and where a sentence lets it go.

    large: the words only say that it is large, or that it grows. doubtful: its sentence may set or deny what it says.
    by_custom: no words tell it, but that it counts.
    """

    symbol: str
    end: End
    large: bool = False
    doubtful: bool = False
    by_custom: bool = False


class Tellings:
    """What the sentences of a document let tend to its end."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._told: dict[tuple[str, int | None], tuple[list[int], list[Tending | None]]] = {}
        ends: dict[str, set[End]] = {}
        for source in sources:
            text = _COMMENT.sub(lambda match: " " * len(match[0]), source.text)
            cuts = sorted({0, len(text), *(match.end() for match in _BOUNDARY.finditer(text))})
            told = [_tending(text[a:b]) for a, b in pairwise(cuts)]
            self._told[source.path, source.cell] = (cuts[:-1], told)
            for one in told:
                if one is not None and not one.doubtful:
                    ends.setdefault(one.symbol, set()).add(one.end)
        self._ends = ends

    def elsewhere(self, counting: Iterable[str]) -> tuple[Tending, ...]:
        """Return what tends where by all sentences, and to infinity by custom: n, N and T that count in a document."""
        told = tuple(Tending(s, next(iter(e))) for s, e in sorted(self._ends.items()) if len(e) == 1)
        return (
            *told,
            *(Tending(s, "infinity", by_custom=True) for s in COUNTING if s in set(counting) and s not in self._ends),
        )

    @property
    def any(self) -> bool:
        """Whether some sentence lets something tend to its end."""
        return bool(self._ends)

    def at(self, source: Source, offset: int) -> Tending | None:
        """Return what the sentence at a place of a source lets tend somewhere."""
        starts, told = self._told.get((source.path, source.cell), ([], []))
        return told[bisect_right(starts, offset) - 1] if told else None


def tells(words: str) -> bool:
    """Return whether words let something tend to its end: they are no other condition then."""
    return any(True for _ in _matches(words))


def rate_letters(formulas: Iterable[str], told: bool) -> list[str]:
    r"""Return which of o, \\Theta and \\Omega are rates in a document, and neither names nor functions.

    Such a letter is one where it stands only after a sign of equality, called, and words let something tend.
    """
    written = list(formulas) if told else []
    found = []
    for letter, pattern in _LETTERS.items():
        called = sum(len(pattern.findall(text)) for text in written)
        rates = sum(len(re.findall(_RATE + pattern.pattern + r"\s*(?:\\left\s*)?\(", text)) for text in written)
        if called and called == rates:
            found.append(letter)
    return found


@lru_cache(maxsize=4096)  # the parts of a document are read one by one, and more than once
def _tending(sentence: str) -> Tending | None:
    found = _unique(_matches(sentence))
    if found is None:
        return None
    words = _LARGE_IF.sub("", sentence) if found.large else sentence
    return replace(found, doubtful=bool(_OTHERWISE.search(words)) or "?" in words)


def _matches(sentence: str) -> Iterable[Tending]:
    for pattern in _TELLINGS:
        for match in pattern.finditer(sentence):
            groups = match.groupdict()
            word = (groups.get("far") or "").lower()
            large = bool(word) and word not in ("\\infty", "∞", "infinity")
            yield Tending(match["name"], "infinity" if word else "zero", large)


def _unique(found: Iterable[Tending]) -> Tending | None:
    told = list(found)
    if not told or len({(t.symbol, t.end) for t in told}) > 1:
        return None
    return next((t for t in told if not t.large), told[0])
