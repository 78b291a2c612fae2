r"""One-hot vectors in passing: "the loss of one-hot $y$ is 3" says what "of $y$, which is one-hot," does."""

from __future__ import annotations

import re

from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_IN_PASSING = re.compile(
    r"\b(?P<of>of|between|from|to|and) (?:the |a |an )?one[- ]hot(?: (?:encoded|label|target|vector|labels|targets))*"
    rf" {FORMULA}"
)


def with_one_hot_clauses(sentence: Sentence) -> Sentence:
    """Return a sentence with such attributes as clauses."""
    written = with_marks(sentence)

    def clause(found: re.Match[str]) -> str:
        ends = found.end() == len(written) or written[found.end()] in ".,;:"
        return f"{found['of']} {found[2]}, which is one-hot{'' if ends else ','}"

    text = _IN_PASSING.sub(clause, written)
    if text == written:
        return sentence
    return with_segments(sentence, text, [s for s in sentence.segments if isinstance(s, Formula)])
