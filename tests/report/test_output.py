"""A file is written whole or not at all, and only the one that was named."""

import os
import stat

import pytest

from errata.report.output import CannotWrite, check_target, write_whole


def test_a_new_file(tmp_path):
    write_whole("μ\n", tmp_path / "r.txt")
    assert "μ\n".encode() == (tmp_path / "r.txt").read_bytes()
    assert os.listdir(tmp_path) == ["r.txt"]


def test_a_file_that_was_named_is_replaced_and_keeps_its_permissions(tmp_path):
    target = tmp_path / "r.txt"
    target.write_text("old")
    target.chmod(0o640)
    write_whole("new", target)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("new", 0o640)


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole("new", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_what_fails_leaves_the_old_file_and_no_debris(tmp_path, monkeypatch):
    target = tmp_path / "r.txt"
    target.write_text("old")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(CannotWrite, match="No space left"):
        write_whole("new", target)
    assert (os.listdir(tmp_path), target.read_text()) == (["r.txt"], "old")


def test_a_device_is_written_to(tmp_path):
    write_whole("gone", type(tmp_path)(os.devnull))
    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(("target", "reason"), [(".", "is a folder"), ("no/r.txt", "no folder")])
def test_where_no_file_can_be_is_said_before_the_run(target, reason, tmp_path):
    with pytest.raises(CannotWrite, match=reason):
        check_target(tmp_path / target, [])


def test_a_note_is_not_overwritten_by_its_report(tmp_path):
    note = tmp_path / "n.md"
    note.write_text("$a = b$")
    (tmp_path / "again.md").symlink_to(note)
    for target in (note, tmp_path / "again.md"):
        with pytest.raises(CannotWrite, match="one of the notes"):
            check_target(target, [note])
    check_target(tmp_path / "r.txt", [note])
