"""Cases that are told in other languages than English."""

import pytest
from reading_helpers import claims_of


@pytest.mark.parametrize(
    "note",
    [
        "设 $x>0$。如果 $x$ 是负数，则\n\n$$|x|=-x$$",
        "Sei $x>0$. Ist $x$ negativ, so gilt\n\n$$|x|=-x$$",
        "Soit $x>0$. Si $x$ est négatif, on a\n\n$$|x|=-x$$",
    ],
)
def test_names_of_a_case_are_not_understood(note):
    assert "x" in claims_of(note)[-1].statement.scope.not_understood


def test_for_all_tells_no_case():
    note = "Sei $x\\in\\mathbb{R}$. Für alle $x$ gilt\n\n$$x^2\\ge0$$"
    assert "x" not in claims_of(note)[-1].statement.scope.not_understood
