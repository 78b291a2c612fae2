from errata.notes.document import Directive, Display, Text, read_text
from errata.notes.parts import parts_of
from errata.notes.preamble import with_preamble

NOTE = "Let $a > 0$.\n\n$$a$$\n\n<!-- errata: forget -->\n\n$$b$$\n"


def texts(document):
    return [block.fragment.text for block in document.blocks if isinstance(block, Text | Display)]


def test_a_document_is_cut_where_it_forgets():
    assert [texts(part) for part in parts_of(read_text(NOTE))] == [["Let $a > 0$.", "a"], ["b"]]
    assert not any(isinstance(b, Directive) for part in parts_of(read_text(NOTE)) for b in part.blocks)


def test_a_document_that_forgets_nothing_is_its_only_part():
    document = read_text("$$a$$")
    assert (document,) == parts_of(document)


def test_what_the_settings_say_is_not_forgotten():
    parts = parts_of(with_preamble(read_text(NOTE), ["Let $n$ be an integer."]))
    assert [texts(part) for part in parts] == [
        ["Let $n$ be an integer.", "Let $a > 0$.", "a"],
        ["Let $n$ be an integer.", "b"],
    ]
