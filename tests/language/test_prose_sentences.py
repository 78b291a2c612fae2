"""Sentence splitting: stops of several scripts, abbreviations, formulas with points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_helpers import segments

from errata.language.prose import Formula, Words, sentences


def texts(text: str) -> list[str]:
    return [s.text for s in sentences(segments(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x > 0$. Let $y > 0$.", ["Let $x > 0$", "Let $y > 0$"]),
        ("Let $x = 1.5$ be given.", ["Let $x = 1.5$ be given"]),
        ("Let $a. b$ and 3.5 be. Then", ["Let $a. b$ and 3.5 be", "Then"]),
        ("The samples are i.i.d. from $p$.", ["The samples are i.i.d. from $p$"]),
        ("See e.g. $p$, cf. $q$.", ["See e.g. $p$, cf. $q$"]),
        ("They are i.i.d. Then $x > 0$.", ["They are i.i.d", "Then $x > 0$"]),
        ("设 $x>0$。则 $y>0$。", ["设 $x>0$", "则 $y>0$"]),
        ("آیا $x$؟ بله $y$۔ خوب", ["آیا $x$", "بله $y$", "خوب"]),
        ("one\n\ntwo\n- three", ["one", "two", "three"]),
    ],
)
def test_splitting(text: str, expected: list[str]) -> None:
    assert expected == texts(text)


def test_offsets_are_kept() -> None:
    text = "Let $x > 0$. And $y$."
    second = list(sentences(segments(text)))[1]
    assert [text.rindex("y")] == [f.start for f in second.formulas]
    assert all(text[s.start :].startswith(s.text) for s in second.segments if isinstance(s, Words))


@given(st.lists(st.one_of(st.text(max_size=20).map(lambda t: Words(t, 0)), st.just(Formula("a.b", 0))), max_size=6))
def test_no_formula_is_lost(pieces: list[Words | Formula]) -> None:
    kept = [f for s in sentences(pieces) for f in s.formulas]
    assert [p for p in pieces if isinstance(p, Formula)] == kept
