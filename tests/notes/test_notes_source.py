import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.notes.source import Fragment, Position, Source

TEXTS = st.text(alphabet=st.sampled_from("ab é\U0001d538\n\r"), max_size=40)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 1)), (6, (3, 2)), (99, (3, 2)), (-1, (1, 1))],
)
def test_position_counts_lines_and_code_points_from_one(offset: int, expected: tuple[int, int]) -> None:
    position = Source("x", "a\U0001d538\nb\n\u00e9").position(offset)
    assert expected == (position.line, position.column)


def test_all_line_ends_count_once() -> None:
    source = Source("x", "a\r\nb\rc\nd")
    assert [source.line(number) for number in (1, 2, 3, 4, 5, 0)] == ["a", "b", "c", "d", "", ""]
    assert Position(2, 1) == source.position(3)


@given(TEXTS, st.integers(0, 40))
def test_position_and_line_agree_with_the_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    source = Source("x", text)
    position = source.position(offset)
    rest = source.line(position.line)[position.column - 1 :]
    assert text[offset:].startswith(rest)


@given(TEXTS, st.lists(st.integers(0, 40), max_size=8), st.integers(0, 40), st.integers(0, 40))
def test_slices_keep_every_character_at_its_place(text: str, cuts: list[int], start: int, end: int) -> None:
    source = Source("x", text)
    cuts = sorted({min(cut, len(text)) for cut in cuts})
    fragment = Fragment.join(source, zip(cuts[::2], cuts[1::2], strict=False))
    part = fragment.slice(start, end)
    assert fragment.text[min(start, len(fragment.text)) : max(start, end)] == part.text
    assert part.text == "".join(text[offset] for offset in part.offsets)
    assert part.is_contiguous == (part.end - part.start == len(part.text))
    assert part.position(0) <= part.end_position(len(part.text))


def test_end_position_stands_after_the_last_character_and_not_before_the_next() -> None:
    fragment = Fragment.join(Source("x", "> ab\n> cd"), [(2, 5), (7, 9)])
    assert fragment.text == "ab\ncd"
    assert Position(1, 5) == fragment.end_position(2)
    assert Position(2, 3) == fragment.position(3)
    assert Position(2, 5) == fragment.end_position(5)
    assert not fragment.is_contiguous
    assert fragment.slice(3, 5).is_contiguous


def test_without_takes_characters_out() -> None:
    fragment = Fragment.join(Source("x", "abcdef"), [(0, 6)]).without([(1, 2), (4, 6)])
    assert (fragment.text, tuple(fragment.offsets)) == ("acd", (0, 2, 3))
