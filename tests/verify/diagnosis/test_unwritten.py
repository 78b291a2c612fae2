"""What a step may lack although neither side says it."""

from __future__ import annotations

import pytest

from errata.language.printer import to_text
from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.target import target_of
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.unwritten import unwritten

LAWS = "Let $p(x)$ and $q(x)$ be positive laws.\n\n"
ARRAYS = "Let $W \\in \\mathbb{R}^{m \\times n}$, $a \\in \\mathbb{R}^m$, $y \\in \\mathbb{R}^n$, $i \\in \\{1, \\dots, m\\}$.\n\n"
NUMBERS = "Let $r \\in (0, 1)$, $a > 0$ and $n$ be a positive integer.\n\n"


def terms_of(note: str) -> list[str]:
    """Return what the last claim of a note may lack."""
    statement = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"][-1]
    reading = statement.readings[0]
    target = target_of(reading.left, reading.right, statement.scope, (), 0)
    assert target is not None
    return [to_text(term) for term in unwritten(Bench(reading.right, target, statement.scope))]


@pytest.mark.parametrize(
    ("note", "lacking"),
    [
        (NUMBERS + "$$a^2 = r$$", "1 - r"),
        (NUMBERS + "$$a^2 = r^2$$", "r^n"),
        (NUMBERS + "$$e^a + 1 = e^a$$", "1 + e^a"),
        (NUMBERS + "Let $L = a^2 + \\sin r$.\n\n$$L = a^2$$", "sin r"),
        (LAWS + "$$\\mathrm{KL}(p\\|q) = \\mathrm{KL}(q\\|p)$$", "H(p)"),
        (ARRAYS + "$$(W y + a)_i = a_i$$", "sum over j = 1..n of W[i, j] y[j]"),
    ],
)
def test_what_may_be_lacking(note: str, lacking: str) -> None:
    assert lacking in terms_of(note)


def test_what_is_left_of_a_number_is_meant_only_of_a_share() -> None:
    assert "1 - a" not in terms_of(NUMBERS + "$$a^2 = r$$")
