"""What stands for the mean of numbers by common consent."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


def test_the_bar_is_the_mean():
    assert is_right(verdicts("$$\\sum_{i=1}^n (x_i - \\bar{x})^2 = \\sum_{i=1}^n x_i^2 - n \\bar{x}^2$$"))


def test_no_refutation_rests_on_it():
    assert verdicts("$$\\sum_{i=1}^n (x_i - \\bar{x})^2 = \\sum_{i=1}^n x_i^2$$") == ["undecided"]


@pytest.mark.parametrize("told", ["Let $\\bar{x} = 5$.", "Let $\\bar{x}$ be the complex conjugate of $x$."])
def test_what_is_told_of_it_holds(told):
    assert not is_right(verdicts(f"{told}\n\n$$\\bar{{x}} = \\frac{{1}}{{n}} \\sum_{{i=1}}^n x_i$$"))


@pytest.mark.parametrize("what", ["median", "weighted mean"])
def test_what_words_call_otherwise_is_no_mean(what):
    note = f"Denote the {what} of $x_1, \\ldots, x_n$ by $\\bar{{x}}$.\n\n$$\\sum_{{i=1}}^n (x_i - \\bar{{x}}) = 0$$"
    assert not is_right(verdicts(note))
