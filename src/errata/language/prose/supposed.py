"""Formulas within a sentence that its words set: conditions after "if" or "for", definitions after "define"."""

from __future__ import annotations

import re
from typing import Literal

from errata.language.prose.segments import Formula, Sentence, Words

_CONDITION = re.compile(
    r"\b(?:if|iff|when|whenever|while|until|unless|once|provided|provided that|as long as|"
    r"assum(?:ing|ed)|assum(?:ing|ed) that|for|for all|for any|for every|for each|for some|in case|given that|"
    r"wenn|falls|für|fuer|solange|sobald|si|pour|lorsque|quand|tant que|para|cuando)\s*$"
    r"|(?:如果|若|当|當|对于|對於|对|當且僅當|当且仅当)\s*$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:let(?!\s+us\b)|define|defines|defining|denote|denotes|denoting|introduce|introducing|put|set|setting"
    r"|initiali[sz]e)(?!\s+to\b)\b[^,;:.()]*$",
    re.IGNORECASE,
)
_ONLY_CONDITION = re.compile(r"\s*,?\s*(?:for|if|when|whenever)\s*", re.IGNORECASE)
_BEGINS = re.compile(
    r"\s*(?:(?:by|from|using) [^,;:.]{1,60}, )?(?:here|then|so|thus|hence|now|also|note that|we note that)?,?\s*"
    r"(?:for(?: all| any| every| each)?(?: real numbers| numbers| vectors| scalars)?)\s*",
    re.IGNORECASE,
)
"""What opens a sentence of which the last formula in a list is the claim: "For all $a$, $b$, $ab = ba$."."""
_TOLD = re.compile(
    r"\b(?:since|because|as|where|with|here|also|recall|recall that|know that|given|using|using that|by assumption)"
    r"[\s,:]*$",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\b(?:then|have|has|gives?|get|obtain|find|shows?|yields?|that|so|hence|thus)\b", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|and|or|und|oder|et|ou|y|o|,\s*and|,\s*or|和|且|或)?\s*", re.IGNORECASE)


def roles_in(sentence: Sentence) -> dict[int, Literal["assumption", "definition"]]:
    """Return what the words make of formulas that need not be claims, by where they start."""
    return {
        **dict.fromkeys(_definitions(sentence), "definition"),
        **dict.fromkeys(_conditions(sentence), "assumption"),
    }


def _conditions(sentence: Sentence) -> frozenset[int]:
    """Return the places of the formulas that stand as a condition: right after "if", or in a list that begins so."""
    return _after(sentence, _CONDITION)


def told_in(sentence: Sentence) -> frozenset[int]:
    """Return the places of the formulas that are told as known: right after "since", or in a list that begins so."""
    return _after(sentence, _TOLD)


def _after(sentence: Sentence, words: re.Pattern[str]) -> frozenset[int]:
    found: set[int] = set()
    before: str | None = ""
    listed, begins, count = False, False, 0
    last: tuple[int, str | None] = (-1, None)
    for segment in sentence.segments:
        if isinstance(segment, Words):
            before = segment.text if before is None else before + segment.text
            continue
        joined = before is not None and bool(_LIST.fullmatch(before))
        opens = bool(before and words.search(before))
        if opens and listed and count > 1 and _ONLY_CONDITION.fullmatch(before or ""):
            found.discard(last[0])  # "for $t > 0$ and $h(t) = 0$ for $t < 0$"
        if opens:
            begins, count = bool(_BEGINS.fullmatch(before or "")), 0
        listed = opens or (listed and joined)
        if listed:
            found.add(segment.start)
            count += 1
        last, before = (segment.start, before), None
    if listed and begins and count > 1 and _ends(sentence, before) and (last[1] or "").strip() == ",":
        found.discard(last[0])
    return frozenset(found)


def _ends(sentence: Sentence, after: str | None) -> bool:
    """Return whether a sentence ends with its last formula, and no display goes on with it."""
    return not (after or "").strip(" .") and sentence.end not in ("", ":", "：")


def _definitions(sentence: Sentence) -> frozenset[int]:
    """Return the places of the formulas that a verb such as "define" introduces in the same clause."""
    found: set[int] = set()
    before = ""
    for segment in sentence.segments:
        if isinstance(segment, Formula):
            verb = _DEFINITION.search(before)
            if verb is not None and not _CLAIM.search(verb.group()):
                found.add(segment.start)
            before = ""
        else:
            before += segment.text
    return frozenset(found)
