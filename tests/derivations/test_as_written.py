"""What stands wrong in the notes, as the library tells it."""

import re
from pathlib import Path

import pytest

from errata.derivations.as_written import AsWritten, read_as_written
from errata.derivations.front_matter import LibraryError
from errata.derivations.library import derivations

NOTES = Path(__file__).parents[2] / "notes"
SEED = re.compile(r"<!-- seed (\d+) lines (\d+)-(\d+) -->")


def test_an_item_has_a_place_what_is_written_and_what_is_right():
    item = "000_a.txt: 3-4: $|x| = x$, right: $|x| \\ge x$"
    assert read_as_written(item, "made.md") == AsWritten("000_a.txt: 3-4", "|x| = x", r"|x| \ge x")


@pytest.mark.parametrize("item", ["", "000_a.txt: 3: $x = y$", "000_a.txt: 3: x = y, right: y = x", "$x$, right: $y$"])
def test_an_item_of_another_form_is_refused(item):
    with pytest.raises(LibraryError, match=r"made\.md:1: cannot read"):
        read_as_written(item, "made.md")


def test_each_is_a_step_that_the_transcribed_notes_expect_to_be_wrong():
    notes = [note.read_text(encoding="utf-8") for note in sorted(NOTES.glob("*.md"))]
    known = {place for note in notes for place in _wrong_lines(note)}
    told = [step for derivation in derivations() for step in derivation.as_written]
    assert len(told) >= 10
    for step in told:
        file, lines = step.source.split(": ")
        first, _, last = lines.partition("-")
        assert any((file[:3], line) in known for line in range(int(first), int(last or first) + 1)), step.source


def _wrong_lines(note):
    """Yield the seed and every line of the blocks that have a step with an expectation."""
    marks = list(SEED.finditer(note))
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(note)], strict=True):
        if "expect wrong" in note[mark.end() : end]:
            yield from ((mark[1], line) for line in range(int(mark[2]), int(mark[3]) + 1))
