"""Sentences about the layout of derivatives: denominator or numerator, the Jacobian, symmetric matrices."""

from __future__ import annotations

import re

from errata.language.prose.segments import Sentence
from errata.language.scope import Layout

DERIVATIVE_SIGN = "\\partial"
"""The key under which words that give derivatives another meaning are not understood."""

_F = "[\ue000-\uf8ff]"
_LAYOUTS: tuple[tuple[re.Pattern[str], Layout], ...] = (
    (re.compile(r"\bdenominator[- ]layout|\bhessian (?:layout|formulation)"), Layout("denominator", "denominator")),
    (re.compile(r"\bnumerator[- ]layout|\bjacobian (?:layout|formulation)"), Layout("numerator", "numerator")),
    (
        re.compile(rf"^(?:the )?gradients? (?:{_F} )?(?:of a (?:scalar )?function )?(?:{_F} )?"
                   r"(?:is|are|denotes|has) (?:the |a |always )?column vectors?\b"),
        Layout(numbers="denominator"),
    ),
    (
        re.compile(r"\b(?:gradients?|derivatives?)\b.{0,80}? (?:is|are) (?:the |a |always |taken to be |written as )*"
                   r"row vectors?\b"),
        Layout(numbers="numerator"),
    ),
    (
        re.compile(rf"\b(?:gradients?|derivatives?|{_F}) .{{0,60}}?(?:has|have|of) (?:always )?the (?:same )?shape"
                   r" (?:of|as)\b"),
        Layout(numbers="denominator"),
    ),
    (
        re.compile(rf"{_F} (?:is|denotes) (?:the )?(?:matrix|vector) of (?:all |the )?partial derivatives"),
        Layout(numbers="denominator"),
    ),
)  # fmt: skip
_STRUCTURED = re.compile(
    r"\bsymmetric[- ]structured|\bstructured derivative|\btaking (?:the )?symmetry (?:of \S+ )?into account"
)
_WIRTINGER = re.compile(r"\bwirtinger(?:'s)? derivatives?\b")
_FOREIGN = re.compile(
    r"\b(?P<words>complex derivatives?"
    r"|(?:diagonal|toeplitz|hankel|circulant|triangular|antisymmetric|skew[- ]symmetric)[- ]structured derivatives?"
    r"|structured derivatives? (?:of|for|with) (?:an? )?(?:diagonal|toeplitz|hankel|circulant|triangular)\b"
    r"|(?:diagonal|toeplitz|hankel|circulant|triangular|antisymmetric|skew[- ]symmetric) matrix of (?:the )?"
    r"(?:partial )?derivatives)"
)
ENTRY_RATIO = re.compile(
    r"\\frac\s*\{\s*\\partial\s+[^{}]*?_\{?(?P<top>[a-z])\}?\s*\}\s*\{\s*\\partial\s+[^{}]*?_\{?(?P<bottom>[a-z])\}?\s*\}"
)
_PLACE = re.compile(r"\(\s*(?P<row>[a-z])\s*,\s*(?P<column>[a-z])\s*\)")


def foreign_derivatives(encoded: str) -> str | None:
    """Return the words that give derivatives a meaning that is not read."""
    found = _FOREIGN.search(encoded)
    return found["words"] if found is not None else None


def layout_of(encoded: str, sentence: Sentence) -> Layout | None:
    """Return the layout that a sentence declares, None where it declares none."""
    said = [layout for pattern, layout in _LAYOUTS if pattern.search(encoded)]
    both = {"denominator", "numerator"} <= {layout.vectors for layout in said}
    if both or (said and re.search(r"\b(?:not|unlike|instead of|rather than)\b", encoded)):
        return None
    found = Layout()
    for layout in said:
        found = found.joined(layout)
    if _STRUCTURED.search(encoded):
        found = found.joined(Layout(symmetric=True))
    if _WIRTINGER.search(encoded):
        found = found.joined(Layout(wirtinger=True))
    found = found.joined(_entry_wise(encoded, sentence))
    return found if found != Layout() else None


def _entry_wise(encoded: str, sentence: Sentence) -> Layout:
    """Read "the Jacobian, whose (i, j) entry is dy_i/dx_j": which index counts the rows."""
    if not re.search(r"\b(?:entry|entries|element|elements|component|components)\b", encoded):
        return Layout()
    latex = [f.latex for f in sentence.formulas]
    places = [m for text in latex if (m := _PLACE.fullmatch(text.strip()))]
    ratios = [m for text in latex if (m := ENTRY_RATIO.fullmatch(text.strip()))]
    if len(places) != 1 or len(ratios) != 1:
        return Layout()
    row, column = places[0]["row"], places[0]["column"]
    if (row, column) == (ratios[0]["top"], ratios[0]["bottom"]):
        return Layout(vectors="numerator")
    if (row, column) == (ratios[0]["bottom"], ratios[0]["top"]):
        return Layout(vectors="denominator")
    return Layout()


_OPENING = re.compile(r"(?:let|suppose|assume|given|for|with|consider|denote)\b")
_SAID = re.compile(
    rf"(?:(?:and |, |; )?(?:all )?derivatives? (?:are|is) )?wirtinger(?:'s)? derivatives?(?: [,:] {_F}(?: and {_F})?)?|"
    r"(?:(?:and |, |; )?(?:all )?(?:derivatives?|gradients?|jacobians?)(?: here| below)? (?:are|is|use|in) )?"
    r"(?:(?:in|use|using|we use|with) )?(?:the )?(?:denominator|numerator)[- ]layout(?: convention| notation)?"
    rf"|(?:where |here )?{_F} (?:is|denotes) the (?:symmetric[- ])?structured derivative"
)


def opens_with_declaration(encoded: str) -> bool:
    """Return whether the sentence declares names too."""
    return _OPENING.match(encoded) is not None


def without_layout(encoded: str) -> str:
    """Return the encoded sentence without the words about the layout."""
    return " ".join(_SAID.sub(" ", encoded).split())
