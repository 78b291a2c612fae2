"""The sentences of a course come before those of a note, and are no part of it."""

from errata.notes.document import Text, read_text
from errata.notes.preamble import PREAMBLE, with_preamble


def test_sentences_come_first_as_paragraphs_of_their_own():
    note = read_text("A note.\n\n$$x = 1$$\n")
    both = with_preamble(note, ("Let $x > 0$.", "Let $n$ be\nan integer."))
    ahead = both.blocks[:2]
    assert [block.fragment.source.path for block in ahead] == [PREAMBLE, PREAMBLE]
    assert both.blocks[2:] == note.blocks
    numbers = [block.paragraph for block in both.blocks if isinstance(block, Text)]
    assert len(set(numbers)) == len(numbers) and sorted(numbers) == numbers


def test_a_sentence_is_no_display():
    assert with_preamble(read_text(""), ("$$1 = 2$$",)).blocks == ()


def test_without_sentences_the_note_is_as_it_was():
    note = read_text("$$x = 1$$")
    assert with_preamble(note, ()) is note
