"""Widths, cuts and excerpts of foreign text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errata.report.safe_text import clip, excerpt, one_line, safe, width

ANY = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("因此", 4), ("e\u0301", 1), ("می‌دانیم", 7), ("ｘ", 2), ("∑", 1)]
)
def test_width(text, columns):
    assert columns == width(text)


@given(ANY)
def test_shown_text_has_no_controls_and_is_stable(text):
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in safe(text))
    assert safe(text) == safe(safe(text))


@given(ANY, st.integers(0, 100))
def test_a_cut_text_fits(text, columns):
    assert width(clip(safe(text), columns)) <= columns


@given(ANY, st.integers(0, 90), st.integers(0, 90), st.integers(20, 120))
@example("0" * 13 + "\x80" + "0", 0, 14, 20)
def test_an_excerpt_fits_and_is_underlined_inside(line, start, end, columns):
    text, first, last = excerpt(line, start, end, columns)
    assert width(text) <= columns
    assert 0 <= first < last <= max(columns, width(text)) + 2


@given(st.text("abc ", min_size=1, max_size=60), st.data())
def test_what_fits_is_shown_whole(line, data):
    start = data.draw(st.integers(0, len(line)))
    assert line.rstrip() == excerpt(line, start, len(line), 60)[0]


def test_one_line():
    assert one_line(" a\n\tb  c ") == "a b c"
