r"""\pi as a mixing weight is a name, and the number of the circle elsewhere."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\frac{\\partial Q}{\\partial \\pi} = \\frac{a}{\\pi} - \\frac{b}{1 - \\pi}", "proved"),
        ("\\frac{\\partial Q}{\\partial \\pi} = \\frac{a}{\\pi} + \\frac{b}{1 - \\pi}", "wrong"),
    ],
)
def test_a_weight(claim, verdict):
    note = f"Let $0 < \\pi < 1$ and $Q(\\pi) = a \\log \\pi + b \\log(1 - \\pi)$. Then\n\n$${claim}$$"
    assert verdicts(note)[-1] == verdict


@pytest.mark.parametrize(
    "claim", ["3.1 < \\pi < 3.2", "1 - \\pi/4 = \\frac{4 - \\pi}{4}", "\\sin(\\pi) = 0", "2 \\pi (1 - \\pi) < 0"]
)
def test_the_number(claim):
    assert set(verdicts(f"$${claim}$$")) <= {"proved", "holds"}
