"""Hypotheses of what is to be shown: "Show that if $a > 0$, then ..." supposes them for the answer."""

from __future__ import annotations

import re
from dataclasses import replace

from errata.language.prose.segments import Sentence, Words

_ASKED = re.compile(
    r"(?<![\w-])(?:show|prove|verify|demonstrate|deduce|conclude|argue)\s+that\s*,?\s+(?:if|when)(?![\w-])",
    re.IGNORECASE,
)
_THEN = re.compile(r",\s*(?:then|we have|it follows|one has|there)\b", re.IGNORECASE)


def with_hypothesis(sentence: Sentence) -> Sentence:
    """Return a sentence that asks to show something under a hypothesis as one that supposes it."""
    first = sentence.segments[0]
    if not isinstance(first, Words) or not _THEN.search(sentence.words):
        return sentence
    text = _ASKED.sub("Suppose", first.text, count=1)
    return (
        sentence
        if text == first.text
        else replace(sentence, segments=(replace(first, text=text), *sentence.segments[1:]))
    )
