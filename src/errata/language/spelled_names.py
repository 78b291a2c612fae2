r"""Names of several letters that a note spells out: MSE = ..., LO := ..., IS(x) = ...

Letters side by side are a product, unless the note defines them as one word, at the beginning of a formula, and does
not also use each of them by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from errata.language.token import Token

_MAY_DEFINE = re.compile(r"[A-Z][A-Za-z]+\s*(?:\(|&|:|=|_|\\triangleq|\\doteq|\\equiv|\\coloneqq)")
_TRACE = re.compile(
    r"(?<![A-Za-z\\])tr\s*(?:\\left\s*)?[(\[]|\\(?:operatorname|mathrm|text)\s*\{\s*tr\s*\}|\\[tT]r(?![A-Za-z])"
)
_DEFINES = frozenset((":=", "\\triangleq", "\\doteq", "\\coloneqq", "\\coloneq"))
_ROW_ENDS = frozenset(("\\\\", "&", ","))
_NAMING = frozenset(
    ("\\operatorname", "\\text", "\\mathrm", "\\textrm", "\\textbf", "\\mathbf", "\\begin", "\\end", "\\mathbb")
)
_HEADS = frozenset("EPHIK")
"""Letters that signs of their own begin with: E[X], P(A), H(X), I(X; Y)."""
LONGEST_NAME = 20
"""No environment has a name of more letters."""
_OPENS = frozenset(("[", "(", "\\{", "_", "\\left", "\\big", "\\Big"))


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters side by side. defined: how a formula that begins with them goes on: "", "=" or ":=" (a call, too)."""

    word: str
    defined: str = ""


def traces(texts: Iterable[str]) -> frozenset[str]:
    """Return "tr" where formulas spell the trace out before a bracket or write its sign: tr A is one, too, then."""
    return frozenset(("tr",)) if any(_TRACE.search(text) for text in texts) else frozenset()


def may_define_words(texts: Iterable[str]) -> bool:
    """Return whether some formula could define a word; a quick look."""
    return any(_MAY_DEFINE.search(text) for text in texts)


def spelled_names(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """Return the words that the formulas of a note define and use as names.

    Two capitals need a sign of definition, or names in brackets behind them (IS(x) = ...), and must never stand alone;
    one that is doubled needs a word below it (SS_{res});
    an acronym of three and more is a name where one of its letters never stands alone. Where there is such a word,
    other capitals that only ever stand side by side (TN, FP beside TNR) are names, too.
    """
    runs = [run for tokens in formulas for run in _runs(tokens)]
    candidates = {run.word for run in runs if _is_candidate(run)}
    apart = {letter for run in runs if run.word not in candidates for letter in run.word}
    names = {word for word in candidates if _is_name(word, apart)}
    if not names:
        return frozenset()
    alone = {run.word for run in runs if len(run.word) == 1}
    beside = {run.word for run in runs if run.word.isupper() and len(run.word) > 1 and not set(run.word) & alone}
    return frozenset(names | beside)


def _is_candidate(run: _Run) -> bool:
    if len(run.word) < 2 or not run.word[0].isupper():
        return False
    return run.defined == ":=" or (run.defined == "=" and len(run.word) > 2 and run.word.isupper())


def _is_name(word: str, apart: Set[str]) -> bool:
    return not set(word) & apart or (len(word) > 2 and word.isupper() and not set(word) <= apart)


def _runs(tokens: Sequence[Token]) -> Iterable[_Run]:
    place = 0
    while place < len(tokens):
        if tokens[place].kind != "letter":
            place += 1
            continue
        end = place + 1
        scripted = place > 0 and tokens[place - 1].text in ("^", "_")
        while not scripted and end < len(tokens) and tokens[end].kind == "letter" and _touch(tokens, end):
            end += 1
        named = place > 1 and tokens[place - 1].kind == "open" and tokens[place - 2].text in _NAMING
        head = end == place + 1 and end < len(tokens) and tokens[place].text in _HEADS and tokens[end].text in _OPENS
        word = "".join(t.text for t in tokens[place:end])
        if (named and word.isupper() and len(word) > 2) or _is_doubled(word, tokens[end : end + 4]):
            yield _Run(word, ":=")  # \operatorname{RSS}: what is written so in one place is a name in others
        elif not (named or head):
            first = not place or tokens[place - 1].text in _ROW_ENDS or _opens_rows(tokens, place - 1)
            yield _Run(word, _definition(tokens, end) if first and end > place + 1 else "")
        place = end


def _is_doubled(word: str, after: Sequence[Token]) -> bool:
    """Return whether this is SS, a sum of squares, with a word below it."""
    if len(word) != 2 or word[0] != word[1] or not word.isupper() or [t.text for t in after[:2]] != ["_", "{"]:
        return False
    return len(after) == 4 and all(t.kind == "letter" or t.text in ("\\text", "\\mathrm") for t in after[2:3])


def _opens_rows(tokens: Sequence[Token], place: int) -> bool:
    r"""Return whether \begin{aligned} ends here."""
    if tokens[place].kind != "close":
        return False
    last = max(place - LONGEST_NAME, 0)
    opening = next((k for k in range(place, last, -1) if tokens[k].kind == "open"), 0)
    return opening > 0 and tokens[opening - 1].text == "\\begin"


def _touch(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place - 1].span.end == tokens[place].span.start


def _definition(tokens: Sequence[Token], place: int) -> str:
    """Return ":=" where a sign of definition follows, or names in brackets and an equality; "=" for an equality."""
    called = _after_call(tokens, place)
    place = called if called is not None else place
    while place < len(tokens) and tokens[place].text == "&":
        place += 1
    text = tokens[place].text if place < len(tokens) else ""
    colon = text == ":" and place + 1 < len(tokens) and tokens[place + 1].text == "="
    if text in _DEFINES or colon or (called is not None and text == "="):
        return ":="
    return text if text == "=" else ""


def _after_call(tokens: Sequence[Token], place: int) -> int | None:
    """Return where a bracket of names ends that begins here: (x), (w, b), (y | \\mu); None where there is none."""
    if place >= len(tokens) or tokens[place].text != "(":
        return None
    for end in range(place + 1, min(len(tokens), place + 40)):
        token = tokens[end]
        if token.text == ")":
            return end + 1
        if token.kind == "number" or token.text in ("+", "-", "(", "[", "=", "\\cdot", "\\frac"):
            return None
        if token.kind == "letter" and tokens[end - 1].kind == "letter":
            return None
    return None
