import pytest
from reading_helpers import claims_of, statements_of, term_of

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.told_moments import settled, told_moment


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (r"\mathbb{E}[X]", "m", ("X", "mean")),
        (r"\mathbb{E}[X^2]", "m", ("X", "square")),
        (r"\operatorname{Var}(X)", "m", ("X", "variance")),
        (r"\mathbb{E}[X^3]", "m", None),
        (r"\mathbb{E}[X]", "X", None),
        (r"\mathbb{E}[X]", r"\mathbb{E}[Y]", None),
        ("X", "m", None),
    ],
)
def test_what_tells_a_moment(left, right, told):
    assert told_moment(term_of(left), term_of(right), Scope()) == told


@pytest.mark.parametrize(
    ("left", "kinds", "is_settled"),
    [
        (r"\mathbb{E}[a X + b]", {"mean"}, True),
        (r"\mathbb{E}[X^2]", {"mean"}, False),
        (r"\mathbb{E}[X^2]", {"square"}, False),
        (r"\mathbb{E}[(X - b)^2]", {"mean", "square"}, True),
        (r"\mathbb{E}[(X - b)^2]", {"mean", "variance"}, True),
        (r"\mathbb{E}[X^3]", {"mean", "variance"}, False),
        (r"\mathbb{E}[\exp(X)]", {"mean", "variance"}, False),
        (r"\operatorname{Var}(a X)", {"variance"}, True),
        (r"\operatorname{Var}(a X)", {"mean"}, False),
        (r"\operatorname{Var}(X^2)", {"mean", "variance"}, False),
    ],
)
def test_means_are_settled_by_the_moments_in_them(left, kinds, is_settled):
    reading = Reading("=", term_of(left), term_of("c"))
    assert ("X" in settled(reading, {"X": frozenset(kinds)})) == is_settled


def test_moments_told_as_known_are_assumptions():
    first, *_ = statements_of(r"Since $\mathbb{E}[u] = 0$, we get $$\mathbb{E}[u + b] = b$$")
    assert first.statement.kind == "assumption"


def test_a_moment_that_is_concluded_stays_a_claim():
    first, *_ = claims_of(r"Hence $\mathbb{E}[u] = 0$.")
    assert first.statement.kind == "claim"
