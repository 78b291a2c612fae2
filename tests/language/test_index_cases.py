"""Cases of two indices: "if $i \\ne j$" is no claim, and holds for the display after it."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

SOFTMAX = "Let $p_i = \\frac{e^{z_i}}{\\sum_{j=1}^K e^{z_j}}$.\n\n"
SAME = "$$\\frac{\\partial p_i}{\\partial z_j} = p_i (1 - p_i)$$\n\n"
OTHER = "$$\\frac{\\partial p_i}{\\partial z_j} = -p_i p_j$$\n\n"
BOTH = "$$\\frac{\\partial p_i}{\\partial z_j} = p_i (1[i = j] - p_j)$$\n\n"


def verdicts(note):
    found = [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    return ["right" if v in ("proved", "holds") else v for v in found]


@pytest.mark.parametrize(
    ("same", "other"),
    [
        ("If $i = j$,", "If $i \\neq j$,"),
        ("For $i = j$:", "and for $i \\ne j$:"),
        ("**Case $i = j$**:", "**Case $i \\neq j$**:"),
        ("Case 1: $i = j$.", "Case 2: $i \\neq j$."),
        ("When $i = j$ we get", "When $i \\not= j$ we get"),
    ],
)
def test_each_case_holds_for_its_display(same, other):
    def note(first, second):
        return f"{SOFTMAX}{same}\n\n{first}{other}\n\n{second}Together\n\n{BOTH}"

    assert verdicts(note(SAME, OTHER)) == ["right", "right", "right"]
    assert verdicts(note(OTHER, SAME)) == ["wrong", "wrong", "right"]


def test_a_case_may_be_meant_until_words_put_the_cases_together():
    doubtful = f"{SOFTMAX}For $i \\ne j$:\n\n{OTHER}Here is the same again.\n\n{OTHER}"
    assert verdicts(doubtful) == ["right", "undecided"]
    assert verdicts(doubtful.replace("Here is the same again.", "In general,")) == ["right", "wrong"]


def test_a_condition_after_its_formula_is_of_that_one():
    first, second = OTHER.strip().strip("$"), SAME.strip().strip("$")
    note = f"{SOFTMAX}We have ${first}$ for $i \\ne j$, and ${second}$ for $i = j$."
    assert set(verdicts(note)) <= {"right"}
