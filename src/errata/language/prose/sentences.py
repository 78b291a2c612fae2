"""Prose into sentences: a full stop ends one unless it belongs to an abbreviation, a number or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.language.prose.segments import Formula, Segment, Sentence, Words

_SHORTENED = (
    "e.g i.e i.i.d cf resp s.t w.r.t w.l.o.g a.s a.e eq eqs eqn fig sec thm prop lem def no ex vs approx "
    "dr mr mrs prof st etc al p pp ch vol ref refs"
)
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_END = re.compile(
    r"""(?P<latin>[.!?]+["')\]*_]*(?=\s|$))   # a Latin stop stands before a space
      |(?P<other>[。！？؟۔]+|\.(?=\s*$))       # other scripts need none
      |(?P<paragraph>\n[ \t]*\n\s*)
      |(?P<item>\n[ \t]*(?:[-*+•]|\d+[.)])[ \t]+)""",
    re.VERBOSE,
)
_LAW = re.compile(r"(?:Bernoulli|Gaussian|Poisson|Cauchy|Laplace|Rademacher|Wishart|Gamma|Beta|Dirichlet|Normal)s?\b")
"""Capitals that go on with a sentence: i.i.d. Gaussian."""
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")


def sentences(segments: Sequence[Segment]) -> Iterator[Sentence]:
    """Yield the sentences of a text block; a formula is never split, whatever it contains."""
    current: list[Segment] = []
    for position, segment in enumerate(segments):
        if isinstance(segment, Formula):
            current.append(segment)
            continue
        begin = 0
        for match in _END.finditer(segment.text):
            if match["latin"] and not _is_stop(segment.text, match, position + 1 < len(segments)):
                continue
            _append(current, segment, begin, match.start())
            yield from _sentence(current, match[0].strip())
            current = []
            begin = match.end()
        _append(current, segment, begin, len(segment.text))
    yield from _sentence(current)


def _append(current: list[Segment], words: Words, begin: int, end: int) -> None:
    if end > begin:
        current.append(Words(words.text[begin:end], words.start + begin))


def _sentence(segments: list[Segment], end: str = "") -> Iterator[Sentence]:
    if any(isinstance(s, Formula) or s.text.strip() for s in segments):
        yield Sentence(tuple(segments), end)


def _is_stop(text: str, match: re.Match[str], formula_follows: bool) -> bool:
    """Tell a full stop from an abbreviation's point."""
    if not match[0].startswith("."):
        return True
    before = _LAST_WORD.search(text[: match.start()])
    if before is None:
        return True
    word = before[1].lower()
    if word in _ABBREVIATIONS or ("." in word and len(word) <= 7):
        following = text[match.end() :].lstrip()
        ends_here = (following[:1].isupper() and not _LAW.match(following)) or (not following and not formula_follows)
        return word in ("i.i.d", "etc", "a.s", "a.e") and ends_here
    return True
