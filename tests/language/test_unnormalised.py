import pytest

from errata.language.grammar import parse_syntax
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.tokens import tokenize
from errata.language.unnormalised import in_formulas, in_words, is_all_that_is_said


def nodes(latex):
    return parse_syntax(tokenize(latex))


@pytest.mark.parametrize(
    "latex",
    [
        "p(x) = \\frac{\\tilde p(x)}{Z}",
        "p(x) = \\frac{1}{Z(v)} \\tilde p(x)",
        "p(x) = \\tilde p(x) / Z",
        "Z = \\sum_x \\tilde p(x)",
        "Z(v) = \\int \\tilde p(x) dx",
        "\\log \\tilde p(x) - \\log Z",
        "\\nabla_v \\log \\tilde p(x) - \\nabla_v \\log Z(v)",
    ],
)
def test_a_formula_tells_it(latex):
    assert {"\\tilde{p}"} == in_formulas([nodes(latex)])


@pytest.mark.parametrize(
    "latex",
    [
        "\\sum_x \\tilde p(x) = 1",
        "Z = \\sum_x \\tilde p(x) f(x)",
        "\\log p(x) - \\log Z",
        "\\log \\tilde p(x) - \\log p(x)",
        "Z = \\sum_x p(x)",
        "\\log \\tilde p(x) -",
    ],
)
def test_others_do_not(latex):
    assert not in_formulas([nodes(latex)])


@pytest.mark.parametrize(
    ("before", "latex", "after", "found"),
    [
        ("Let the unnormalised density be ", "\\tilde p(x)", "", True),
        ("Here ", "\\tilde p(x)", " is an unnormalized density", True),
        ("Here ", "p^*(x)", ", the unnormalised law", True),
        ("Here ", "\\tilde p(x)", " is a law, and the other is unnormalised", False),
        ("the normalised ", "\\tilde p(x)", "", False),
        ("the unnormalised ", "p(x)", "", False),
    ],
)
def test_words_beside_the_name_tell_it(before, latex, after, found):
    sentence = Sentence((Words(before, 0), Formula(latex, len(before)), Words(after, len(before) + len(latex))))
    assert found == bool(in_words(sentence, nodes))


def test_other_words_are_not_understood_with_it():
    assert is_all_that_is_said("unnormalised density partition function")
    assert not is_all_that_is_said("unnormalised density symmetric")
