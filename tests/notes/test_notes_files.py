from pathlib import Path

import pytest

from errata.notes import files
from errata.notes.document import DocumentError, find_notes, read_document
from errata.notes.files import links_left


def test_a_byte_order_mark_is_no_column(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf$x$")
    fragment = read_document(path).blocks[0].fragment
    assert (fragment.position(0).line, fragment.position(0).column, fragment.text) == (1, 1, "$x$")


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"a\n\xc3\xa9b\xff", (2, 3)), (b"\xef\xbb\xbfa\xff", (1, 2)), (b"a\r\nb\xff", (2, 2)), (b"\xff", (1, 1))],
)
def test_the_first_wrong_byte_is_told(tmp_path: Path, data: bytes, place: tuple[int, int]) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match="not UTF-8: byte 0xff") as raised:
        read_document(path)
    assert place == (raised.value.line, raised.value.column)
    assert f"{path}:{place[0]}:{place[1]}: not UTF-8" in str(raised.value)


def test_what_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "big.md").write_text("x" * 100)
    monkeypatch.setattr(files, "LARGEST_FILE", 99)
    expected = {"folder.md": "not a file", "none.md": "no such file", "a.txt": "not a note", "big.md": "larger than"}
    for name, message in expected.items():
        with pytest.raises(DocumentError, match=message):
            read_document(tmp_path / name)
    with pytest.raises(DocumentError, match=r"not a path|no such file"):
        read_document(Path("a\0.md"))


def test_a_folder_is_searched_in_a_stable_order(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "z.md").touch()
    folder = tmp_path / "notes"
    for name in ("b.md", "a.tex", "sub/c.ipynb", ".hidden/d.md", "e.txt", ".f.md", "B.MD"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "link").symlink_to(outside)
    (folder / "link.md").symlink_to(outside / "z.md")
    names = ["B.MD", "a.tex", "b.md", "sub/c.ipynb"]
    assert [folder / name for name in names] == find_notes([folder])
    twice = find_notes([folder / "b.md", folder, folder / "b.md"])
    assert [folder / name for name in ("b.md", "B.MD", "a.tex", "sub/c.ipynb")] == twice
    assert [folder / "link", folder / "link.md"] == links_left([folder])
    assert links_left([folder], lambda path: path.name.startswith("link")) == []
