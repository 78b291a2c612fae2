import pytest

from errata.language.spelled_names import may_define_words, spelled_names
from errata.language.tokens import tokenize


def names_in(*formulas):
    return spelled_names([tokenize(formula) for formula in formulas])


@pytest.mark.parametrize(
    ("formulas", "names"),
    [
        (["MSE = a + b"], {"MSE"}),
        (["MSE = a + b", r"RMSE = \sqrt{MSE}"], {"MSE", "RMSE"}),
        ([r"LO \triangleq \log a"], {"LO"}),
        (["OR := a / b"], {"OR"}),
        (["IS(x) = x^2"], {"IS"}),
        ([r"\begin{aligned} IS(x) &= x^2 \end{aligned}"], {"IS"}),
        (["Loss(w) = w^2"], {"Loss"}),
        (["NLA = \\sum_{i=1}^N a_i"], {"NLA"}),
        (["MSE = E[(x - m)^2]"], {"MSE"}),
        (["TPR = TP / (TP + FN)"], {"TPR", "TP", "FN"}),
    ],
)
def test_words_that_a_note_defines(formulas, names):
    assert names_in(*formulas) == names


@pytest.mark.parametrize(
    "formulas",
    [
        ["AB = C"],
        ["AB = C", "BA = D"],
        ["ABC = A(BC)"],
        ["ABC = D", "A + B + C"],
        ["AB(x) = A(Bx)"],
        ["AB(x + y) = ABx + ABy"],
        ["PV = nRT", "P = nRT/V"],
        ["xyz = 1"],
        ["OR := a", "O + 1"],
    ],
)
def test_products_stay_products(formulas):
    assert names_in(*formulas) == frozenset()


def test_most_notes_are_not_looked_at():
    assert not may_define_words([r"x^2 + y = 3", r"\frac{a}{b} \le AB"])
    assert may_define_words(["MSE = 1"])
