r"""Spaces that sums tell: with p(x | \mu) and \sum_{x=0}^{1}, x is 0 or 1."""

import pytest

from errata.language.reading import read_document
from errata.language.sorts import FiniteSpace
from errata.notes.document import read_text
from errata.verify.judge import judge

COIN = "Let $p(x | \\mu) = \\mu^x (1 - \\mu)^{1 - x}$ with $0 < \\mu < 1$.\n\n$$\\sum_{x=0}^1 p(x | \\mu) = 1$$\n\n"


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("E[x] = \\mu", True),
        ("E[x] = 1 - \\mu", False),
        ("\\operatorname{Var}[x] = \\mu (1 - \\mu)", True),
        ("\\operatorname{Var}[x] = \\mu (1 + \\mu)", False),
    ],
)
def test_a_law_given_by_a_formula_over_the_points_of_a_sum(claim, right):
    first, last = verdicts(f"{COIN}$${claim}$$")
    assert first in ("proved", "holds")
    assert last in ("proved", "holds") if right else last == "wrong"


@pytest.mark.parametrize("more", ["$$P(X > 1) = 0$$", "$$\\sum_{x=0}^\\infty p(x) = 1$$", "$$\\sum_{x=0}^9 p(x) = 1$$"])
def test_a_sum_over_some_of_the_points_tells_no_space(more):
    found = [p.statement.scope for p in read_document(read_text(f"$$\\sum_{{x=0}}^2 p(x) \\le 1$$\n\n{more}"))]
    assert not any(isinstance(scope.spaces.get("x"), FiniteSpace) for scope in found)


def test_a_sum_tells_no_space_of_a_law_that_no_formula_gives():
    """Ten throws have more heads than a sum runs over."""
    (verdict,) = verdicts("Let $p(k)$ be the probability of $k$ heads in ten throws.\n\n$$\\sum_{k=0}^2 p(k) = 1$$")
    assert verdict not in ("proved", "holds")
