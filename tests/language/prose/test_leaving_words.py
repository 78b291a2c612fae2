"""Words that may leave what was told before."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.leaving_words import Hold, begins_part, hold_of, left_by, supposes_of


@pytest.mark.parametrize(
    ("text", "hold"),
    [
        ("Let $A$ be symmetric", Hold.GOOD),
        ("The matrix $A$ is symmetric", Hold.GOOD),
        ("Suppose that $A$ is symmetric", Hold.SUPPOSED),
        ("For simplicity assume $x > 0$", Hold.SUPPOSED),
        ("In this section we assume that $A$ is symmetric", Hold.PART),
        ("Let $n = 3$ for illustration", Hold.PART),
        ("For $b = 0$", Hold.CASE),
        ("With $\\lambda = 0$ it is easy", Hold.CASE),
        ("If the mean is known, then", Hold.IF),
    ],
)
def test_how_long_it_holds(text, hold):
    assert hold_of(sentence(text)) is hold


@pytest.mark.parametrize(
    ("text", "up_to", "anew", "whatever"),
    [
        ("In general,", Hold.SUPPOSED, (), False),
        ("We no longer suppose this", Hold.SUPPOSED, (), False),
        ("一般情况下，", Hold.SUPPOSED, (), False),
        ("For an arbitrary square matrix, however,", Hold.SUPPOSED, (), True),
        ("For off-policy data this is false", Hold.SUPPOSED, (), True),
        ("If $A$ is not symmetric,", Hold.SUPPOSED, ("A",), False),
        ("Thus for every real $z$,", Hold.CASE, ("z",), False),
        ("Now let $X$ and $Y$ be arbitrary random variables", Hold.CASE, ("X", "Y"), False),
        ("Let $A$ be an $n$ by $n$ matrix", Hold.CASE, ("A",), False),
        ("Für beliebiges reelles $x$ gilt", Hold.CASE, ("x",), False),
        ("With $\\lambda > 0$,", Hold.CASE, (), False),
        ("**Dependent case", Hold.SUPPOSED, (), True),
        ("Case 2: $X=Y$", Hold.PART, (), False),
    ],
)
def test_what_is_left(text, up_to, anew, whatever):
    left = left_by(sentence(text))
    assert left is not None
    assert (left.up_to, left.anew, left.whatever) == (up_to, anew, whatever)


@pytest.mark.parametrize(
    "text",
    [
        "Then we obtain",
        "In this case,",
        "Under these assumptions,",
        "In particular,",
        "Moreover, let $A$ be a positive definite matrix, too",
        "The gradient is",
        "It is symmetric, so all we need is $x$",
    ],
)
def test_what_leaves_nothing(text):
    assert left_by(sentence(text)) is None


def test_any_of_its_kind():
    left = left_by(sentence("For any $q$ we have"))
    assert left is not None
    assert (left.any_of, left.anew) == (("q",), ())


@pytest.mark.parametrize("text", ["Case 2: $X=Y$", "(b) Suppose $A$ is triangular", "**Dependent case"])
def test_parts(text):
    assert begins_part(sentence(text))


@pytest.mark.parametrize("text", ["The case is closed by $x$", "In case 2 we argue", "A part of it"])
def test_no_parts(text):
    assert not begins_part(sentence(text))


def test_suppositions_of_names():
    assert supposes_of(sentence("Now assume $c = 4$")) == ("c = 4",)
    assert supposes_of(sentence("Suppose further that $c = 4$")) == ()
    assert supposes_of(sentence("We see that $c = 4$")) == ()
