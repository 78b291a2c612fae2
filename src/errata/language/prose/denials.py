"""Formulas that words deny: "it is not true that $...$", "a common mistake is to write", "$...$ does not hold".

A note does not claim what it denies. Whether it denies all of a formula, or that it holds in general, is seldom said:
so nothing is known of such a formula but that it is no claim of the note's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType

from errata.language.prose.lexing import encode, formulas_in
from errata.language.prose.segments import Sentence

_F = "[\ue000-\uf8ff]"
_BEFORE = re.compile(
    r"(?:\b(?:not|never|n't|no longer|hardly) (?:\w+ ){0,2}(?:true|correct|valid|the case|right|follow|imply|mean"
    r"|conclude|infer|deduce)\b"
    r"|\b(?:common|frequent|typical|popular|usual|classic|classical|tempting|widespread|beginner's) (?:\w+ )?"
    r"(?:mistakes?|errors?|misconceptions?|fallac(?:y|ies)|pitfalls?|slips?)\b"
    r"|\b(?:a|the) (?:mistake|misconception|fallacy|pitfall|myth)\b(?! bound)"
    r"|\b(?:wrong|false|incorrect|erroneous|naive|flawed|bogus) (?:attempts?|formulas?|rules?|claims?|statements?"
    r"|arguments?|calculations?|derivations?|proofs?|identit(?:y|ies)|equations?|steps?|conclusions?|versions?|belief)\b"
    r"|\b(?:wrongly|falsely|incorrectly|erroneously|mistakenly)\b"
    r"|\b(?:one|you|we|students?|people|somebody|someone) (?:\w+ )?(?:may|might|could|would|is|are) (?:\w+ )?"
    r"(?:think|believe|expect|guess|hope|conjecture|suspect|tempted)\b"
    r"|\bit is (?:wrong|false|incorrect|a mistake|tempting|an error)\b|\b(?:do not write|don't write|never write)\b"
    r"|\b(?:nicht|kein) (?:wahr|richtig|korrekt)|\bist falsch|\bhäufiger fehler|\bfälschlich"
    r"|\berreur (?:fréquente|courante|classique)|\bil est faux|\bn'est pas vrai|\ben général faux"
    r"|\berror (?:común|frecuente)|\bno es cierto|\bes falso"
    r"|常见的?错误|误以为|错误(?:地|的)|不正确|اشتباه|درست نیست|غلط)",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:but|instead|however|rather|correct|correctly|right|actually|in fact|the truth|should be|sondern|mais"
    r"|sino|aber)\b|[.;]|正确|而是|但|实际",
    re.IGNORECASE,
)
"""After these what was denied is mended."""
_AFTER = re.compile(
    rf"^[ ,]*(?:(?:which|this|that|and this|but this|both of which|it|these|{_F}) )?(?:\w+ )?"
    r"(?:(?:does|do|did|will|would|can|could|need|may|might|must)(?:n't| not| no longer) (?:\w+ ){0,2}(?:hold|be true"
    r"|be valid|be correct|follow|be right|be the case)\b"
    r"|(?:(?:may|might|can|could|will|would|generally|usually|typically|often) )?(?:fails?(?! to\b)|breaks? down)\b"
    r"|(?:is|are|was|would be|is then|is generally|is in general) (?:\w+ ){0,2}?(?:false|wrong|incorrect|invalid|untrue"
    r"|nonsense|absurd|impossible|a mistake|an error|not (?:\w+ ){0,2}(?:true|correct|valid|right|the case))\b"
    r"|(?:holds?|is true) (?:neither|nowhere|never)\b"
    r"|gilt (?:\w+ )?nicht|ist (?:\w+ )?falsch|n'est pas (?:vraie?|correcte?|valable)|est fauss?e?\b|ne tient pas"
    r"|no es (?:ciert[oa]|válid[oa]|correct[oa])|es fals[oa]\b|不成立|不正确|是错|一般不|不一定|برقرار نیست|درست نیست)",
    re.IGNORECASE,
)


def denied_in(sentence: Sentence) -> Mapping[int | None, str]:
    """Return the words by which a sentence denies formulas, by their numbers; None for the display after it."""
    said = encode(sentence)
    denials = [match.span() for match in _BEFORE.finditer(said)]
    ends = [end for _, end in denials]
    found: dict[int | None, str] = {}
    for place, character in enumerate(f"{said}\0"):
        numbers = [None] if character == "\0" else formulas_in(character)
        if not numbers:
            continue
        before = bisect_right(ends, place)
        denied = before > 0 and not _TURNS.search(said[denials[before - 1][0] : place])
        if denied or (numbers != [None] and _AFTER.search(said[place + 1 :])):
            found[numbers[0]] = sentence.text
    return MappingProxyType(found)


def denies_before(sentence: Sentence) -> bool:
    """Return whether a sentence after a display denies it: "... does not hold in general"."""
    return _AFTER.search(encode(sentence)) is not None
