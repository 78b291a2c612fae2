"""Signs that a sentence explains in words which are not understood."""

from __future__ import annotations

import pytest

from errata.language.prose.latex_pieces import tokenise
from errata.language.prose.lexing import encode
from errata.language.prose.own_notations import own_notations, sign_of
from errata.language.prose.segments import Formula, Sentence, Words


@pytest.mark.parametrize(
    ("latex", "sign"),
    [
        ("[x]", "["),
        (r"\{x\}", r"\{"),
        (r"\lVert\cdot\rVert", r"\|"),
        (r"\langle x, y\rangle", r"\langle"),
        ("a * b", "*"),
        (r"\log", r"\log"),
        ("[0, 1]", ""),
        ("[x + 1]", ""),
        ("a + b", ""),
        ("x", ""),
        (r"\log x", ""),
    ],
)
def test_the_sign_that_a_formula_shows(latex, sign):
    assert sign_of(tokenise(latex)) == sign


@pytest.mark.parametrize(
    ("before", "latex", "after", "words"),
    [
        ("let", "[x]", "be the integer part", {"[": "the integer part"}),
        ("where", "|A|", "denotes the number of elements", {"|": "the number of elements"}),
        ("let", r"\|\cdot\|", "be a norm", {r"\|": "a norm"}),
        ("let", r"\|x\|", "be the euclidean norm", {}),
        ("where", "|x|", "is the absolute value", {}),
        ("let", "[x]", "and more", {}),
    ],
)
def test_what_is_explained(before, latex, after, words):
    sentence = Sentence((Words(before, 0), Formula(latex, 10), Words(after, 20)))
    assert own_notations(encode(sentence), sentence, ()) == words
    assert own_notations(encode(sentence), sentence, (10,)) == {}
