"""Laws of single entries: what is made of p(h_j = 1 | v), and how that is written again."""

import pytest

from errata.language.printer import to_latex
from errata.language.reading import read_document
from errata.language.terms import Aggregate, subterms
from errata.notes.document import read_text

MACHINE = r"""Let $h \in \{0,1\}^n$ and $v \in \{0,1\}^m$. Let $E(v, h) = -v^\top h$.
Let $Z = \sum_v \sum_h e^{-E(v, h)}$ and $p(v, h) = \frac{1}{Z} e^{-E(v, h)}$.

"""


def read(formula):
    *_, last = read_document(read_text(f"{MACHINE}$${formula}$$\n", "made.md"))
    return last.statement.readings[0]


@pytest.mark.parametrize(
    "written",
    [
        r"p(h_j = 1 \mid v)",
        r"p(h_j \mid v)",
        r"p(h_j)",
        r"p(v_i = 0 \mid h)",
        r"1 - p(h_j = 1)",
        r"\prod_{j=1}^{n} p(h_j \mid v)",
    ],
)
def test_the_law_of_an_entry_is_written_as_it_was(written):
    found = read(f"{written} = 1").left
    assert any(isinstance(part, Aggregate) and part.operation == "sum" for part in subterms(found))
    assert to_latex(found) == written


@pytest.mark.parametrize(
    "other",
    [r"\sum_{h} \mathbb{1}[h_j = 1] p(h \mid v)", r"\sum_{h} h_j p(h \mid v)", r"\sum_{j=1}^{n} \mathbb{1}[j = 1]"],
)
def test_other_sums_stay_sums(other):
    assert to_latex(read(f"{other} = 1").left).startswith(r"\sum")
