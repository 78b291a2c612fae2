"""Sentences tell what tends where, unless they set it, deny it, or speak of several."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.language.tending import rate_letters, tells
from errata.notes.document import read_text

TOLD = [
    ("As $n \\to \\infty$, $n + 1 = O(n)$.", ("n", "infinity")),
    ("For all sufficiently large $m$, $m + 1 \\approx m$.", ("m", "infinity")),
    ("When $N$ is large we have $N + 1 \\approx N$.", ("N", "infinity")),
    ("We get $h^2 + h \\to 0$ as $h$ tends to $0$.", ("h", "zero")),
    ("$$1 + n = O(n) \\quad (n \\to \\infty)$$", ("n", "infinity")),
]
OPEN = [
    "For large $n$ and large $d$, $n + d \\approx n$.",
    "It is not true that $n^2 = O(n)$ as $n \\to \\infty$.",
    "Does $n^2 = O(n)$ hold as $n \\to \\infty$?",
    "As $n \\to \\infty$ it grows. We have $n + 1 \\approx n$.",
    "We have $n + 1 \\approx n$.",
]


def tending(note: str):
    claims = [p.statement for p in read_document(read_text(note + "\n")) if p.statement.kind == "claim"]
    told = claims[-1].tending
    return None if told is None else (told.symbol, told.end)


@pytest.mark.parametrize(("note", "expected"), TOLD)
def test_told(note: str, expected: tuple[str, str]) -> None:
    assert expected == tending(note)


@pytest.mark.parametrize("note", OPEN)
def test_open(note: str) -> None:
    assert tending(note) is None


def test_what_tends_is_no_claim() -> None:
    found = read_document(read_text("As $n \\to \\infty$, $n + 1 = O(n)$.\n"))
    assert [p.statement.kind for p in found] == ["assumption", "claim"]


def test_words_that_tell() -> None:
    assert tells("for large $n$")
    assert not tells("for even $n$")


def test_letters_of_rates() -> None:
    assert rate_letters(["n^2 = \\Theta(n^2)", "o(x) = 1"], told=True) == ["\\Theta"]
    assert rate_letters(["n^2 = \\Theta(n^2)", "x \\Theta(x)"], told=True) == []
    assert rate_letters(["n^2 = \\Theta(n^2)"], told=False) == []
