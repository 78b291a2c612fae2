"""`errata check --fix` and `--diff`: sure corrections alone, byte for byte, and nothing the second time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errata.cli import main

NOTE = "Let $a > 0$ and $b > 0$.\r\n\r\n$$\r\n(a+b)(a-b)  = a^{2} + b^{2}\r\n$$\r\n\r\nNaïve end.\r\n"
MENDED = NOTE.replace("a^{2} + b^{2}", "a^{2} - b^{2}")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_bytes(b"\xef\xbb\xbf" + NOTE.encode())
    return path


def test_a_correction_is_written_with_all_else_as_it_was_and_only_once(note: Path) -> None:
    assert main(["check", "--fix", str(note)]) == 0
    assert note.read_bytes() == b"\xef\xbb\xbf" + MENDED.encode()
    assert main(["check", "--fix", str(note)]) == 0
    assert note.read_bytes() == b"\xef\xbb\xbf" + MENDED.encode()


def test_a_patch_is_shown_and_nothing_written(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diff", str(note)]) == 1
    told = capsys.readouterr().out
    assert "-(a+b)(a-b)  = a^{2} + b^{2}" in told and "+(a+b)(a-b)  = a^{2} - b^{2}" in told
    assert note.read_bytes() == b"\xef\xbb\xbf" + NOTE.encode()


def test_a_file_that_changed_meanwhile_is_left_alone(note: Path) -> None:
    from errata.report.fixes import Changed, Fix, write
    from errata.report.report import SourceEdit, digest_of

    start, checked = NOTE.index("+ b^{2}"), NOTE.replace("a", "c")
    fix = Fix(str(note), ((None, (SourceEdit(start, start + 1, "+", "-", digest_of(checked), True),)),))
    with pytest.raises(Changed):
        write(fix)
    assert note.read_bytes() == b"\xef\xbb\xbf" + NOTE.encode()


def markdown(source: str | list[str]) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


CELLS = [
    markdown(["Let $a > 0$ and $b > 0$. Größe:\n", "\n", "$$(a+b)^2 = a^2 + 2ab + b^2$$"]),
    {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["print(1)"]},
    markdown("$$(a+b)(a-b) = a^2 + b^2$$\n\n$$(a-b)^2 = a^2 + 2ab + b^2$$\n"),
]
NOTEBOOK = {"cells": CELLS, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("style", [{"indent": 1, "ensure_ascii": False}, {"indent": 2}, {"indent": None}])
def test_a_notebook_is_mended_with_all_else_as_it_was(style: dict[str, bool | int | None], tmp_path: Path) -> None:
    path = tmp_path / "note.ipynb"
    before = json.dumps(NOTEBOOK, **style) + "\n"
    path.write_text(before, encoding="utf-8")
    assert main(["check", "--fix", str(path)]) == 0
    after = path.read_text(encoding="utf-8")
    assert after == before.replace("(a+b)(a-b) = a^2 + b^2", "(a+b)(a-b) = a^2 - b^2").replace(
        "(a-b)^2 = a^2 + 2ab", "(a-b)^2 = a^2 - 2ab"
    )
    assert main(["check", "--fix", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == after


def test_a_notebook_that_could_not_be_written_the_same_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "note.ipynb"
    before = json.dumps(NOTEBOOK, indent=3)
    path.write_text(before, encoding="utf-8")
    assert main(["check", "--fix", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == before
