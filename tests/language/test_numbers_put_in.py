"""Numbers that a calculation by hand puts in."""

import pytest
from reading_helpers import claims_of

from errata.language.numbers_put_in import names_put_in


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        (r"(a - b)^2 = (3 - 0.5)^2", {"a", "b"}),
        (r"\frac12 a + \frac12 b = 2 + 3", {"a", "b"}),
        (r"0.9 \cdot 2 \cdot a = 0.9 \cdot 2 \cdot 3.0", {"a"}),
        (r"a \log b = 3 \log 0.5 + 2", {"a", "b"}),
        (r"(a + 1)^2 - a^2 - 2a = 1", set()),
        (r"\sin^2 a + \cos^2 a = 1", set()),
        (r"a^2 - b^2 = (a + b)(a - b)", set()),
        (r"a = a + 1 + 2", set()),
    ],
)
def test_names(formula, names):
    claim = claims_of(f"$${formula}$$")[-1].statement
    assert names_put_in(claim.readings[0], claim.scope) == names


def test_what_formulas_give_is_no_open_name():
    claim = claims_of("Let $c = 3$ and $d = c + 1$.\n\n$$c + d = 3 + 5$$")[-1].statement
    assert names_put_in(claim.readings[0], claim.scope) == set()
