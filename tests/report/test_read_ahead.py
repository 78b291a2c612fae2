"""What is read ahead is what would be read in its turn, and is read once."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import DocumentError
from errata.notes.document import read_document as open_document
from errata.report.read_ahead import ReadAhead


@pytest.fixture
def notes(tmp_path):
    """Two notes."""
    paths = (tmp_path / "a.md", tmp_path / "b.md")
    for path in paths:
        path.write_text(f"Let $x > 0$.\n\n$$x + x = 2x$$\n\nThis is {path.name}.\n")
    return paths


def opening(opened):
    """Return what opens documents and notes which."""

    def open_one(path):
        opened.append(path.name)
        return open_document(path)

    return open_one


def test_an_announced_document_is_opened_once_and_read_as_in_its_turn(notes):
    first, second = notes
    opened = []
    reader = ReadAhead(opening(opened))
    reader.announce(second)
    reader.statements(reader.open(first))
    document = reader.open(second)
    assert opened == ["a.md", "b.md"]
    assert read_document(document) == reader.statements(document)


def test_another_document_may_come_than_the_one_announced(notes):
    first, second = notes
    reader = ReadAhead(open_document)
    reader.announce(second)
    reader.statements(reader.open(first))
    document = reader.open(first)
    assert read_document(document) == reader.statements(document)


def test_what_goes_wrong_goes_wrong_in_its_turn(notes, tmp_path):
    reader = ReadAhead(open_document)
    missing = tmp_path / "gone.md"
    reader.announce(missing)
    reader.statements(reader.open(notes[0]))
    with pytest.raises(DocumentError):
        reader.open(missing)
