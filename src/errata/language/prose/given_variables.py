"""Variables that a law is told under: in "Given $X$, $Y$ is Poisson with mean $X$" they are no subject of the sentence.

What the law mentions tells that it is the one given X; the words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_GIVEN = re.compile(
    rf"(?P<before>^\s*|[,;:] |\band )(?:given|conditional(?:ly)? (?:on|upon)|conditioned on) {FORMULA}, ?"
    rf"(?=let {FORMULA}|suppose {FORMULA}|{FORMULA} (?:is|has|follows|~))",
    re.IGNORECASE,
)


def without_given(sentence: Sentence, is_number: Callable[[str], bool]) -> Sentence:
    """Return a sentence without the words that name what is given, a number or what the rest of it mentions.

    is_number: tells whether what a formula says is the name of a number, random or not; an event is none.
    """
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)

    def left_out(found: re.Match[str]) -> str:
        number = ord(found[2]) - FIRST_FORMULA
        name = formulas[number].latex.strip()
        mention = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")
        mentioned = any(mention.search(other.latex) for other in formulas[number + 1 :])
        return found["before"] if is_number(name) or (_NAME.fullmatch(name) and mentioned) else found[0]

    text = _GIVEN.sub(left_out, written)
    return sentence if text == written else with_segments(sentence, text, formulas)


WHATEVER = "*"
"""Stands for what is given where words tell it without its name."""


def speaks_of_given(sentence: Sentence) -> bool:
    """Return whether words without a formula say that something is given: "given the mean"."""
    return _GIVEN_IN_WORDS.search(with_marks(sentence)) is not None


def fixes(sentence: Sentence) -> bool:
    """Return whether a sentence fixes what it says is given for those after it: "Hold $U$ fixed."."""
    return _FIXES.search(sentence.words) is not None and sentence.end == "."


def releases(sentence: Sentence) -> bool:
    """Return whether a sentence may speak of what was fixed as random again: "marginally", "on average"."""
    return _RELEASES.search(sentence.words) is not None


def given_in(sentence: Sentence) -> tuple[str, ...]:
    """Return the formulas of what a sentence says is given: "for fixed $U$", "if $U$ is known"."""
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    marks = (mark for found in _TAKEN_AS_GIVEN.finditer(with_marks(sentence)) for mark in found.groups() if mark)
    return tuple(formulas[ord(mark) - FIRST_FORMULA].latex for mark in marks)


_TAKEN_AS_GIVEN = re.compile(
    rf"\b(?:given|fix(?:ed|ing)?|hold(?:ing)?|for (?:each|every|any|all)|condition(?:al(?:ly)?|ing|ed)? (?:on|upon)"
    rf"|know(?:n|ing)|treat(?:ing)?) (?:a |an |the |value |of )*{FORMULA}"
    rf"|{FORMULA},? (?:is |are |being |as )?(?:given|fixed|known|constant|held|kept|a constant|a parameter)\b",
    re.IGNORECASE,
)

_PARAMETER = (
    r"(?:(?:same|first|latent|hidden|true|unknown|random|underlying|realised|realized|drawn|prior|common|value|of|the)"
    r" )*(?:means?|rates?|parameters?|variances?|precisions?|scales?|latents?|variables?|causes?|labels?|class(?:es)?"
    r"|components?|probabilit(?:y|ies)|bias(?:es)?|coefficients?|weights?|intensit(?:y|ies)|states?|regimes?|draws?)"
    rf"\b(?! {FORMULA})"
)
_GIVEN_IN_WORDS = re.compile(
    r"\b(?:given|condition(?:al(?:ly)?|ing|ed)? (?:on|upon)"
    r"|for (?:an? |each |every )?(?:fixed|given|known|particular))"
    rf" (?:the |an? |its |this |that |their )?{_PARAMETER}"
    rf"|\b(?:once|when|if|with|while|after|as) (?:the |its |this |that |their ){_PARAMETER}"
    r" (?:is |are |being |has been |have been )?(?:held |kept )?(?:known|given|fixed|observed|constant|drawn)\b",
    re.IGNORECASE,
)
_FIXES = re.compile(
    r"^\W*(?:(?:now|first|next|then|so|let us|we|here|for now|for the moment),? )*"
    r"(?:fix|hold|keep|freeze|condition|treat|regard)\b",
    re.IGNORECASE,
)
_RELEASES = re.compile(
    r"\b(?:marginal\w*|averag\w*|uncondition\w*|integrat\w*|overall|total|law of|instead|random again"
    r"|no longer|now let)\b",
    re.IGNORECASE,
)

_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
