r"""Conditions that a sentence goes on with after a display: "where we have assumed $\alpha < 1$", "provided $n > 2$".

They hold for the display before them alone. The sentence must end with them: what goes on, "if $x > 0$, we get", may
begin another thing, and so may a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.language.prose.segments import Formula, Segment

_LEADS = re.compile(
    r"\s*[,;]?\s*\(?\s*(?:where\s+)?(?:"
    r"(?:we\s+|it\s+is\s+)?(?:have\s+|has\s+been\s+)?(?:assumed?|supposed?|assuming|supposing)(?:\s+that)?"
    r"|provided(?:\s+that)?|for(?:\s+(?:all|any|every|each))?|if|when|whenever|as\s+long\s+as|so\s+long\s+as|given\s+that|under\s+the\s+condition(?:\s+that)?)"
    r"\s*"
)
_JOINS = re.compile(r"\s*(?:,|and|,\s*and)\s*")
_ENDS = re.compile(r"\s*\)?\s*(?:[.;]|\)|,?\s*(?:and|but|while|whereas)\s*$|$)")


def trailing_conditions(segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the formulas of the conditions that a block of text begins with; none where its sentence goes on."""
    found: list[str] = []
    pattern = _LEADS
    for segment in segments:
        if isinstance(segment, Formula):
            found.append(segment.latex)
        elif not found or _JOINS.fullmatch(segment.text):
            if not pattern.fullmatch(segment.text):
                return
            pattern = _JOINS
        elif _ENDS.match(segment.text):
            break
        else:
            return
    if pattern is _JOINS:
        yield from found
