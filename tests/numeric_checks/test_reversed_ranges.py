"""Sums over ranges that end before they begin."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


@pytest.mark.parametrize(
    ("formula", "verdicts"),
    [
        (r"\sum_{k=t+1}^{T-1} q^{k-t-1} = \frac{1 - q^{T-t-1}}{1 - q}", {"proved", "holds"}),
        (r"\sum_{k=t+1}^{T-1} q^{k-t-1} = \frac{1 - q^{T-t}}{1 - q}", {"wrong"}),
        (r"\sum_{i=1}^{n} \sum_{j=i+2}^{n} 1 = \frac{(n-1)(n-2)}{2}", {"proved", "holds"}),
    ],
)
def test_nobody_means_them_save_within_a_sum(formula, verdicts):
    note = f"Let $q \\in \\mathbb{{R}}$ and let $t, T, n$ be positive integers.\n\n$${formula}$$"
    assert judge(read_document(read_text(note))[-1].statement).verdict in verdicts
