r"""Eigenvalues told one by one: "with eigenvalues $\lambda$ and $\mu$" is "with eigenvalues $\lambda, \mu$"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_LIST = re.compile(
    rf"(?P<noun>\b(?:eigen[ -]?values|singular values) )(?P<list>{FORMULA}(?:(?:, and|,| and) {FORMULA})+)"
)
_NAME = re.compile(r"\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?\s*")


def with_listed_values(sentence: Sentence) -> Sentence:
    """Return a sentence with the names of eigenvalues or singular values that it lists in one formula."""
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)

    def joined(found: re.Match[str]) -> str:
        marks = list(re.finditer(FORMULA, found["list"]))
        listed = [formulas[ord(mark[0]) - FIRST_FORMULA] for mark in marks]
        names = list(takewhile(lambda formula: _NAME.fullmatch(formula.latex), listed))
        if len(names) < 2:
            return found[0]
        latex = ", ".join(formula.latex.strip() for formula in names)
        formulas[ord(marks[0][0]) - FIRST_FORMULA] = replace(names[0], latex=latex)
        return f"{found['noun']}{marks[0][0]}{found['list'][marks[len(names) - 1].end() :]}"

    text = _LIST.sub(joined, written)
    return sentence if text == written else with_segments(sentence, text, formulas)
