"""Functions of whole arrays that are written at one component, as the softmax often is."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


SOFTMAX = "Let $\\sigma(z_i) = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$.\n\n"


@pytest.mark.parametrize("written", ["\\sigma(z_i)", "\\sigma(z)_i", "\\sigma(\\mathbf{z})_i", "f(z)_i"])
def test_an_equation_with_a_sum_over_the_others_explains_a_member(written):
    other = written.replace("_i", "_j")
    note = f"$${written} = \\frac{{e^{{z_i}}}}{{\\sum_k e^{{z_k}}}}$$\n\n"
    slope = f"\\frac{{\\partial {written}}}{{\\partial z_j}} = {written} "
    assert is_right(verdicts(f"{note}$${slope} (\\delta_{{ij}} - {other})$$"))
    assert "wrong" in verdicts(f"{note}$${slope} (\\delta_{{ij}} + {other})$$")


def test_at_other_letters_the_name_keeps_its_meaning():
    logistic = "The logistic function is $\\sigma(x) = \\frac{1}{1 + e^{-x}}$, and\n\n$$\\sigma'(x) = "
    assert is_right(verdicts(f"{SOFTMAX}{logistic} \\sigma(x) (1 - \\sigma(x))$$"))
    assert "wrong" in verdicts(f"{SOFTMAX}{logistic} \\sigma(x) (1 + \\sigma(x))$$")


def test_a_function_of_one_number_is_none():
    note = "Let $f(z_i) = \\frac{1}{1 + e^{-z_i}}$ for numbers $z_1, z_2$.\n\n$$f(z_1) = f(z_2)$$"
    assert "wrong" in verdicts(note)


def test_softmax_of_a_member_is_a_member_of_softmax():
    note = "$$p_i = \\text{softmax}(z_i), \\quad \\sum_k p_k = 1$$\n\n$$\\frac{\\partial p_i}{\\partial z_j} = "
    assert is_right(verdicts(f"{note} p_i (\\delta_{{ij}} - p_j)$$"))
    assert "wrong" in verdicts(f"{note} p_i (\\delta_{{ij}} + p_j)$$")
