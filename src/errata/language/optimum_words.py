r"""Sentences that announce a formula: "setting the gradient to zero gives", "the minimum is attained at".

The formula that follows claims what a name is where a derivative is zero, or where a function is least or greatest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.lexing import encode
from errata.language.prose.segments import Sentence, Words
from errata.notes.document import Block, Display, Text

_F = "[\ue000-\uf8ff]"
_BY = r" (?:with respect to|w\.r\.t\.?|wrt|by) (?:the )?(?:\w+ )?"
_OF = rf"(?: of (?:the )?(?:[\w-]+ ){{0,4}}?(?P<objective>{_F}))"
_ZERO = rf"(?:zero|0|{_F})"
_SET = r"(?:setting|equating|set|equate|put|putting)"
_BACK = (
    r"(?:this|it|that|the result|the expression|both|them|these|the above|the (?:last|above) (?:expression|equation)"
    r"|this (?:expression|derivative|gradient|result|equation)|both (?:derivatives|gradients|expressions)"
    r"|(?:the|this|its)(?: partial)? (?:derivatives?|gradients?))"
)
_SETTING = re.compile(
    rf"{_SET} (?:the |this |its )?(?:partial )?(?:derivatives?|gradients?)"
    rf"{_OF}?(?:{_BY}(?P<over>{_F}))?(?: equal)? to {_ZERO}(?: and solving for (?P<unknown>{_F}))?"
    rf"|{_SET} {_BACK}(?: equal)? to {_ZERO}(?: and solving for (?P<unknown2>{_F}))?"
    rf"|(?:{_SET}|solving|solve|imposing|requiring|the condition)(?: the (?:equation|condition))? (?P<equation>{_F})"
    rf"(?: and solving| for (?P<unknown3>{_F}))?"
    rf"|(?:maximi[sz]ing|minimi[sz]ing)(?: (?:the )?(?:[\w-]+ ){{0,3}}?(?P<extremal>{_F}))?{_BY}(?P<over2>{_F})"
    rf"|令 ?(?:其|之|上式|它|导数|梯度|偏导数?) ?(?:等于|为) ?(?:零|0|{_F})"
    rf"|对 ?(?P<over3>{_F}) ?求(?:偏)?导(?:数)? ?,? ?(?:并)?令(?:其|之)?(?:等于|为) ?(?:零|0|{_F})"
)
_DIFFERENTIATED = re.compile(rf"(?:differentiating|derivatives?|gradients?)(?: [\w-]+){{0,3}}?{_BY}(?P<over4>{_F})")
_FINDS = r"(?:get|obtain|find|have|see|conclude|deduce|infer|derive|arrive at)"
_GIVING = r"(?:gives|yields|implies|means|leads to|shows|entails|happens (?:when|for|at|if)|occurs (?:when|for|at|if))"
_SO = r"(?:so|hence|thus|therefore|consequently|then|and|from which|whence)"
_FOLLOWING = re.compile(
    rf"(?:(?:{_SO},? )*{_SO}|(?:and |thus |hence )?(?:giving|yielding|implying|leading to|{_GIVING})"
    r"|or|i\.?e\.?,?|that is,?"
    rf"|(?:{_SO},? )*(?:we|one) (?:then |therefore |thus |hence |can |may )?{_FINDS}s?"
    rf"|(?:and |so )?(?:which|this|it|that)(?: then| in turn| immediately)? {_GIVING}"
    r"|(?:and |so )?solving(?: for)?(?: this| it| (?:this|the) (?:equation|unknown))?,?"
    rf" (?:gives|yields|(?:we|one) {_FINDS}s?)"
    r"|(?:因此|所以|故|于是|从而|解得|得到?|可得))(?: that)?"
)
"""All the words between a formula and the next, where the second follows from the first."""
_GIVES = re.compile(
    r"(?:obtain|find|get|have|gives?|giving|yields?|yielding|leads? to|see|solution|得到?|可得)(?:\b|$)"
)
_EXTREMAL = re.compile(
    rf"(?:(?P<attaining>{_F}) (?:attains|achieves|reaches|takes|has) its (?:unique |global )?(?P<extremum>min|max)imum"
    r" (?:at|when|for|where)"
    r"|(?:unique |global )?(?P<extremum2>min|max)imum"
    rf"(?: (?:value )?of (?:the )?(?:[\w-]+ ){{0,3}}?(?P<objective2>{_F}))?"
    r" is (?:then |therefore |thus |hence )?(?:attained|achieved|reached|obtained|found) (?:at|when|for|by|where)"
    rf"|(?:unique |global )?(?P<extremum3>min|max)imi[sz]er(?: of (?:the )?(?:[\w-]+ ){{0,3}}?(?P<objective3>{_F}))?"
    r" is (?:then |therefore |thus |hence )?(?:given by|attained at|found to be)?"
    rf"|(?P<objective4>{_F}) is (?P<extremum4>min|max)imi[sz]ed (?:at|by|when|for|where)) ?$"
)
_SEVERAL = re.compile(r"\b(?:or|either|one of|solutions|roots|points|two|three|several|many|more)\b")
"""Words by which more than one place is found."""
_CONSTRAINED = re.compile(r"\bsubject to\b|constrain|approximat|约束|约等")
"""What a sentence finds under a constraint, or nearly, is another place."""
_OF_CONSTRAINTS = re.compile(
    r"\bsubject to\b|constrain|feasib|\bs\.\s?t\.|\btext\{ ?s\.?t|lagrang|multiplier|约束|拉格朗日", re.IGNORECASE
)
_EQUATION = re.compile(
    r"\b(?:equations?|roots?|zeros?|zeroes|solv\w+|solutions?|conditions?|characteristic|critical|stationary|optimality"
    r"|stationarity|equilibri\w+|fixed points?|steady states?|constraints?|vanish\w*|satisf\w+|requires?|requiring|need"
    r"|intersect\w*|where|when|iff?)\b|方程|零点|解|条件|根",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"an?|and|are|as|at|be|both|by|can|do|finally|first|for|from|hence|here|in|is|its?|let|must|next|note|now|of|on|one"
    r"|order|our|so|that|the|their|them|then|therefore|these|they|this|thus|to|us|we|which|with|w\.?r\.?t|respect"
    r"|call(?:ed)?|comput(?:e|ing)|equal|equat(?:e|ing)|find(?:ing)?|get|have|obtain|set(?:ting)?|solv(?:e|ing)|tak(?:e|ing)"
    r"|vanish(?:es)?|wanted|required|yields|left|right|sides?|zero|values?|unique|strictly|smooth|quadratic|squared|sum"
    r"|(?:log-?)?likelihoods?|log|loss|costs?|risk|objective|function|expression|condition|mle|estimat(?:e|or)|solution"
    r"|derivatives?|differentia\w+|gradients?|partial|convex|concave|m(?:in|ax)im\w+|optim\w+|critical|stationary|points?"
    r"|global|local"
)
"""Words that speak of the derivative or the extremum of the function at hand, and of no other function."""
_OBJECTIVES = ("attaining", "objective2", "objective3", "objective4")
_COMBINED = re.compile(r"[-+*/=<>^]|\\(?:frac|cdot|times|sum|int|le|ge|approx|sim|propto|mapsto|to)(?![a-zA-Z])")
"""In a formula that may be another function, and not a name."""
_LOGARITHM = re.compile(r"\blog|\bln\b|likelihood|对数|似然")
"""Words by which the derivative is that of a logarithm; where a law is 0, only that of the law itself may be 0."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a sentence says of a formula that it announces.

    extremum: where a derivative is zero, or the function least or greatest; "following": what the formula before sets
    to zero. equation, objective, variable: the LaTeX of the equation that the sentence sets, of the function, and of
    what is found, None where it does not say. logarithm: the derivative is that of a logarithm. setting: the number of
    the formula within the sentence that is that equation.
    """

    extremum: Literal["stationary", "following", "argmin", "argmax"]
    equation: str | None = None
    objective: str | None = None
    variable: str | None = None
    logarithm: bool = False
    setting: int | None = None


def announcements(sentence: Sentence) -> dict[int | None, Announcement]:
    """Return what a sentence announces: by the number of the formula within it, None for the display after it."""
    following = _following(sentence)
    encoded = encode(sentence)
    if _CONSTRAINED.search(encoded):
        return following
    return {**following, **_extremal(sentence, encoded), **_stationary(sentence, encoded)}


def turns_away(sentence: Sentence, announced: Mapping[int | None, Announcement]) -> bool:
    """Return whether a sentence may turn to another function than the one at hand, in words or formulas."""
    return not announced and (
        not _only_speaks(encode(sentence)) or any(_COMBINED.search(f.latex) for f in sentence.formulas)
    )


def speaks_of_equations(words: str) -> bool:
    """Return whether words may announce an equation, whose end in "= 0" is set and not claimed."""
    return bool(_EQUATION.search(words))


def constrained(blocks: Sequence[Block], here: Block) -> bool:
    """Return whether a note speaks of constraints, from the last heading on to a block, under which extrema move."""
    spoken = False
    for block in blocks:
        if isinstance(block, Text) and block.role == "heading":
            spoken = False
        if isinstance(block, Text | Display) and _OF_CONSTRAINTS.search(block.fragment.text):
            spoken = True
        if block is here:
            break
    return spoken


def _stationary(sentence: Sentence, encoded: str) -> dict[int | None, Announcement]:
    found = _SETTING.search(encoded)
    gives = None if found is None else _GIVES.search(encoded, found.end())
    if found is None or (gives is None and not sentence.text.endswith(":")):
        return {}
    conclusion = None
    if gives is not None:
        conclusion = _first_formula(encoded, gives.end())
        if _SEVERAL.search(encoded, gives.end()):
            return {}
    groups = _groups(sentence, found)
    elsewhere = _DIFFERENTIATED.search(encoded)
    around = {} if elsewhere is None else _groups(sentence, elsewhere)
    over = ("over", "over2", "over3", "unknown", "unknown2", "unknown3")
    variable = next((groups[k] for k in over if k in groups), around.get("over4"))
    objective = groups.get("objective") or groups.get("extremal")
    if objective is None and "equation" not in groups and not _only_speaks(encoded[: found.start()]):
        return {}
    logarithm = _LOGARITHM.search(encoded) is not None
    equation = groups.get("equation")
    setting = None if equation is None else _first_formula(encoded, found.start("equation"))
    return {conclusion: Announcement("stationary", equation, objective, variable, logarithm, setting)}


def _extremal(sentence: Sentence, encoded: str) -> dict[int | None, Announcement]:
    """Return what is announced by "the minimum of f is attained at", of the formula that these words end before."""
    found: dict[int | None, Announcement] = {}
    ends = [m.start() for m in re.finditer(_F, encoded)]
    for end, number in [*((e, k) for k, e in enumerate(ends)), (len(encoded), None)]:
        extremal = _EXTREMAL.search(encoded[:end])
        if extremal is None:
            continue
        groups = _groups(sentence, extremal)
        words = (v for k, v in extremal.groupdict().items() if k.startswith("extremum") and v is not None)
        objective = next((groups[k] for k in _OBJECTIVES if k in groups), None)
        if objective is None and not _only_speaks(encoded[: extremal.start()]):
            continue
        found[number] = Announcement("argmin" if next(words) == "min" else "argmax", None, objective)
    return found


def _following(sentence: Sentence) -> dict[int | None, Announcement]:
    """Return the formulas before which all words since the formula before them say that they follow from that."""
    found: dict[int | None, Announcement] = {}
    number, words = 0, ""
    for segment in sentence.segments:
        if isinstance(segment, Words):
            words = segment.text
            continue
        if _follows(words):
            found[number] = Announcement("following")
        number, words = number + 1, ""
    if _follows(words):
        found[None] = Announcement("following")
    return found


def _follows(words: str) -> bool:
    said = " ".join(words.lower().split()).strip(" ,:;.")
    return bool(_FOLLOWING.fullmatch(said))


def _only_speaks(words: str) -> bool:
    """Return whether words speak of the derivative or the extremum of the function at hand alone."""
    return all(_SPEAKING.fullmatch(word.strip(".-")) for word in re.findall(r"[\w.'-]+", words.lower()))


def _groups(sentence: Sentence, found: re.Match[str]) -> dict[str, str]:
    """Return the LaTeX of the formulas that the groups of a match stand for."""
    marks = {k: v for k, v in found.groupdict().items() if v is not None and len(v) == 1}
    numbers = {k: ord(v) - FIRST_FORMULA for k, v in marks.items()}
    return {k: sentence.formulas[n].latex for k, n in numbers.items() if 0 <= n < len(sentence.formulas)}


def _first_formula(encoded: str, place: int) -> int | None:
    mark = re.search(_F, encoded[place:])
    return None if mark is None else ord(mark.group()) - FIRST_FORMULA
