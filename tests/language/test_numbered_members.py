"""Numbers that are declared one by one, where sums run over them."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize("numbers", ["\\mathbb{C}", "\\mathbb{R}"])
def test_a_sum_runs_over_them(numbers):
    declared = f"Let $z_1, z_2 \\in {numbers}$.\n\n$$\\sum_{{i=1}}^2 z_i = "
    assert verdicts(f"{declared} z_1 + z_2$$")[0] in ("proved", "holds")
    assert verdicts(f"{declared} z_1 - z_2$$") == ["wrong"]


def test_where_the_sum_runs_over_more_nothing_is_known_of_the_others():
    found = verdicts("Let $z_1, z_2 \\in \\mathbb{R}$.\n\n$$\\sum_{i=1}^3 z_i = z_1 + z_2$$")
    assert found == ["undecided"]
