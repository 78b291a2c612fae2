"""What relations leave unsaid, and which of them say something new."""

import pytest
from reading_helpers import statements_of


def kinds(text):
    return [p.statement.kind for p in statements_of(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"Since $\sum_a w(a) = 1$ it is so.", "assumption"),
        (r"Since $\sum_c w_c = 1$ it is so.", "assumption"),
        (r"Since $\sum_a w(a) = 2$ it is so.", "claim"),
    ],
)
def test_weights_that_sum_to_one(text, kind):
    assert kinds(text) == [kind]


def test_weights_that_are_defined():
    assert kinds(r"The weights are $w_c = e^{z_c}$. So $\sum_c w_c = 1$.")[-1] == "claim"


def not_understood(text):
    return statements_of(text)[-1].statement.scope.not_understood


def test_an_equation_for_a_function_says_nothing_of_its_parameters():
    text = "The value satisfies\n\n$$V(s) = r(s) + c V(s + 1)$$\n\nThen\n\n$$r(s) + c = c + r(s)$$"
    assert "V" in not_understood(text)
    assert "r" not in not_understood(text)
