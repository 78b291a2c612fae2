"""One-hot vectors in passing."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.one_hot_words import with_one_hot_clauses
from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

LOSS = "$L = -\\sum_i y_i \\log p_i$ with $p_i = e^{z_i} / \\sum_j e^{z_j}$.\n\n$$\\frac{\\partial L}{\\partial z_i} = "


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize("lead", ["Cross entropy of one-hot $y$: ", "The loss of the one-hot vector $y$ is "])
def test_what_a_loss_is_of_is_one_hot(lead):
    assert verdicts(f"{lead}{LOSS} p_i - y_i$$") == ["proved"]
    assert verdicts(f"{lead}{LOSS} p_i + y_i$$") == ["wrong"]


def test_other_sentences_stand_as_they_are():
    told = sentence("The one-hot vector $y$ is given")
    assert with_one_hot_clauses(told) is told
