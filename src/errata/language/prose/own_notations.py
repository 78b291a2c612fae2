r"""Notations that a sentence explains in words which are not understood: "let $[x]$ be the integer part of $x$".

Such a sign is not what it usually is, so no formula with it can be read. Signs that are explained as what they mean
anyway, $|x|$ as the absolute value, are not of this kind, and those that `notations` understands are not either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from errata.language.prose.latex_pieces import Tokens, tokenise
from errata.language.prose.lexing import formulas_in
from errata.language.prose.segments import Sentence

_F = "[\ue000-\uf8ff]"
_EXPLAINED = re.compile(
    rf"(?<!\S)(?P<sign>{_F}) (?:is|are|be|denotes?|means?|stands? for|represents?|for) "
    r"(?P<words>(?:(?:the|an?|its|usual|some|arbitrary|any) )*(?:[\w-]+)(?: [\w-]+){0,4})"
)
_BRACKETS = {
    "[": "]",
    "\\{": "\\}",
    "|": "|",
    "\\lvert": "\\rvert",
    "\\|": "\\|",
    "\\lVert": "\\rVert",
    "\\Vert": "\\Vert",
    "\\langle": "\\rangle",
}
_SAME = {"\\lvert": "|", "\\lVert": "\\|", "\\Vert": "\\|"}
_OPERATORS = frozenset(("*", "\\ast", "\\star", "\\bullet", "\\cdot", "\\times", "\\wedge", "\\vee", "\\oplus"))
_USUAL = {
    "|": re.compile(r"\b(?:absolute|modulus|determinant|magnitude|length|norm)\b"),
    "\\|": re.compile(r"(?:\b(?:euclidean|frobenius|2-norm|l2|length|usual|standard)\b|^(?:the|its) norm\b)"),
    "\\langle": re.compile(r"(?:^(?:the|their) |\b(?:usual|standard|euclidean) )(?:inner|scalar|dot) product\b"),
    "[": re.compile(r"\b(?:interval|matrix|matrices|vectors?|rows?|columns?|concatenation|stack(?:ed|ing)?|block)\b"),
    "\\{": re.compile(r"\b(?:sets?|sequences?|famil(?:y|ies)|samples?|data ?sets?|collections?|events?|alphabet)\b"),
    "\\log": re.compile(
        r"^(?!.*\bbase)(?:.*\bnatural\b"
        r"|(?:an? |strictly |monotonically )*(?:concave|convex|increasing|monoton\w*|smooth))"
    ),
    "*": re.compile(r"\b(?:product|multiplication)\b"),
}
_USUAL_OPERATION = re.compile(
    r"^(?:(?:the|usual|ordinary) )*(?:(?:scalar|inner|dot|matrix) )?(?:product|multiplication)\b"
)


def own_notations(encoded: str, sentence: Sentence, consumed: Collection[int]) -> Mapping[str, str]:
    """Return the words that explain signs, by sign; see `sign_of`. consumed: the formulas that were understood."""
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(encoded):
        formula = sentence.formulas[formulas_in(match["sign"])[0]]
        sign = "" if formula.start in consumed else sign_of(tokenise(formula.latex))
        usual = _USUAL.get(sign, _USUAL_OPERATION if sign in _OPERATORS else None)
        if sign and (usual is None or not usual.search(match["words"])):
            found.setdefault(sign, match["words"])
    return MappingProxyType(found)


def sign_of(tokens: Tokens) -> str:
    r"""Return the sign that a formula shows: a bracket, an operator between letters, \log; "" where it shows none."""
    if len(tokens) >= 3 and _BRACKETS.get(tokens[0]) == tokens[-1]:
        inner = tokens[1:-1]
        return _SAME.get(tokens[0], tokens[0]) if _is_sample(inner) else ""
    if len(tokens) == 3 and tokens[1] in _OPERATORS and _is_letter(tokens[0]) and _is_letter(tokens[2]):
        return tokens[1]
    if tokens in (("\\log",), ("\\lg",)):
        return tokens[0]
    return ""


def _is_sample(inner: Tokens) -> bool:
    """Return whether a bracket holds letters and dots alone, as where it is explained."""
    places = [t for t in inner if t not in (",", "\\cdot", "\\cdots")]
    return len(places) <= 2 and all(_is_letter(t) for t in places)


def _is_letter(token: str) -> bool:
    return len(token) == 1 and token.isalpha()
