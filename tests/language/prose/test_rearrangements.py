"""Which remarks say that a formula is only written in another way."""

import pytest

from errata.language.prose.rearrangements import is_rearrangement


@pytest.mark.parametrize(
    "remark",
    [
        "(linearity)",
        "by linearity of the expectation",
        "(pull out what does not move)",
        "(exchange the sums)",
        "(interchanging the order of summation)",
        "(count from the other end)",
        "(logarithm of a product)",
        "(multiply out and collect)",
    ],
)
def test_a_remark_gives_a_rearrangement(remark: str) -> None:
    assert is_rearrangement(remark)


@pytest.mark.parametrize(
    "remark",
    [
        "",
        "(normalisation)",
        "(stationarity)",
        "(if the sums are equal)",
        "(linearity, if f is linear)",
        "(factorisation)",
        "(expansion)",
        "(we require linearity)",
        "(the order)",
        "(linearity of f)",
        "collectively",
    ],
)
def test_a_remark_that_says_more_or_something_else_gives_none(remark: str) -> None:
    assert not is_rearrangement(remark)


def test_a_long_remark_takes_no_long_time() -> None:
    assert not is_rearrangement("the sum of the " * 20_000)
    assert not is_rearrangement("the sum of " * 7)
