r"""Laws told by an experiment: "the number shown by a fair die", "the number of heads in $n$ tosses of a fair coin".

A fair die shows each of 1, ..., 6 as often; the number of heads in n tosses is binomial. Several dice are independent.
The whole sentence must tell of nothing else: "the number shown, divided by two" has another law.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from errata.language.prose.independence import enter_independence
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Names, Part, Subject
from errata.language.prose.predicates import draw
from errata.language.prose.segments import Formula
from errata.language.terms import Number, Quotient, StandardLaw, Term

_F = "[\ue000-\uf8ff]"
_FAIR = r"fair (?:(?:six|6)[- ]?sided )?"
_SHOWN = (
    r"(?:the |its |their )?(?:two )?(?:number|outcome|result|value|score|face)s?"
    r"(?: (?:that )?(?:is |are |it )?(?:shown|shows|rolled|thrown|obtained|showing|up))*"
)
_ROLL = r"(?:roll|rolled|rolling|throw|thrown|throwing|toss|tossed|cast)"
_LINK = r"(?: ,| ;| :| and| we| once| twice| together)*"
_BE = r"(?:be|is|are|denotes?|for)"
_VIA = rf"(?: (?:by|of|on|from|in|when|after|with|a|an|the|one|two|single|{_ROLL}|throws?|rolls?))*"
_NAMED = rf"(?P<subject>{_F}(?:(?: ,| and) {_F})?)"
_DICE = (
    re.compile(rf"{_NAMED} {_BE} {_SHOWN}{_VIA} {_FAIR}(?:die|dice)(?: is {_ROLL})?(?!\S)"),
    re.compile(
        rf"(?:we )?{_ROLL} (?:a|one|two) {_FAIR}(?:die|dice){_LINK} (?:let |where |with )?{_NAMED} {_BE} {_SHOWN}(?!\S)"
    ),
    re.compile(
        rf"(?:we )?{_ROLL} (?:a|one|two) {_FAIR}(?:die|dice){_LINK} (?:call|denote|write) {_SHOWN}(?: by| as)?"
        rf" {_NAMED}(?!\S)"
    ),
    re.compile(
        rf"(?:a|one|two) {_FAIR}(?:die|dice) (?:is|are) {_ROLL}{_LINK} (?:let |where |with )?{_NAMED} {_BE}"
        rf" {_SHOWN}(?!\S)"
    ),
)
_COIN = (
    rf"(?:(?P<fair>a {_FAIR}coin)|a (?:biased )?coin (?:that (?:shows|lands|comes up)|which (?:shows|lands|comes up)"
    rf"|with|showing) (?:heads (?:with )?probability|probability of heads) (?P<chance>{_F}))"
)
_TOSS = r"(?:toss|tossed|tosses|flip|flipped|flips|throw|thrown|throws)"
_HEADS = r"(?:the )?(?:total )?number of heads(?: shown| obtained| seen)?"
_COINS = (
    re.compile(rf"{_NAMED} {_BE} {_HEADS} in (?P<count>{_F}) (?:independent )?{_TOSS} of {_COIN}(?!\S)"),
    re.compile(
        rf"(?:we )?{_TOSS} {_COIN} (?P<count>{_F}) times{_LINK}(?: independently)?{_LINK} (?:let |where |with )?"
        rf"{_NAMED} {_BE} {_HEADS}(?!\S)"
    ),
    re.compile(
        rf"{_COIN} is {_TOSS} (?P<count>{_F}) times{_LINK}(?: independently)?{_LINK} (?:let |where |with )?"
        rf"{_NAMED} {_BE} {_HEADS}(?!\S)"
    ),
)
_BEFORE = re.compile(
    r"(?: |[,:]|let|now|next|suppose|assume|that|we|consider|again|example|here|if|when)*", re.IGNORECASE
)
_AFTER = re.compile(r"(?: |[.,:;]|then|so|hence|thus)*", re.IGNORECASE)
"""What may stand around: anything else may say more of the experiment, or another one."""
_SIX, _ONE, _TWO = (Number(Fraction(n)) for n in (6, 1, 2))


def experiment(
    encoded: str, formulas: Sequence[Formula], parts: Sequence[tuple[Part, ...]], notes: Notebook
) -> str | None:
    """Enter a law that is told by an experiment; return the rest of the sentence, None where none is told."""
    for pattern in (*_DICE, *_COINS):
        match = pattern.search(encoded)
        if match is None or not _is_whole(encoded, match):
            continue
        law: Term | None = StandardLaw("integers", (_ONE, _SIX))
        if pattern in _COINS:
            law = _heads(match, formulas, notes)
        named = (part for k in formulas_in(match["subject"]) for part in parts[k])
        subjects = [subject for part in named if isinstance(part, Names) for subject in part.subjects]
        several = "two" in match[0].split() or len(subjects) > 1
        if law is None or not subjects or not all(map(_plain, subjects)) or several != (len(subjects) == 2):
            return None
        if not all(draw(subject, law, notes) for subject in subjects):
            return None
        if several:
            enter_independence([subject.symbol for subject in subjects], notes)
        notes.consumed.update(formulas[k].start for k in formulas_in(match[0]))
        return ""
    return None


def _heads(match: re.Match[str], formulas: Sequence[Formula], notes: Notebook) -> Term | None:
    count = notes.read.term(formulas[formulas_in(match["count"])[0]].latex)
    chance: Term | None = Quotient(_ONE, _TWO)
    if match["chance"] is not None:
        chance = notes.read.term(formulas[formulas_in(match["chance"])[0]].latex)
    return None if count is None or chance is None else StandardLaw("binomial", (count, chance))


def _is_whole(encoded: str, match: re.Match[str]) -> bool:
    before, after = encoded[: match.start()], encoded[match.end() :]
    return _BEFORE.fullmatch(before) is not None and _AFTER.fullmatch(after) is not None


def _plain(subject: Subject) -> bool:
    return not subject.indices and not subject.sizes and subject.arguments is None
