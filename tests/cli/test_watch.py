"""Watching: again when something changes, not otherwise, until an interrupt."""

import os
import signal
import subprocess
import sys
import time

from errata.cli.watch import stamps, watch


def test_again_only_when_a_file_changes_comes_or_goes(tmp_path):
    note = tmp_path / "n.md"
    note.write_text("a")
    checks, told = [], []
    changes = iter([None, None, lambda: note.write_text("ab"), None, lambda: (tmp_path / "m.md").write_text("x"), None])

    def sleep(_):
        change = next(changes, KeyboardInterrupt)
        if change is KeyboardInterrupt:
            raise KeyboardInterrupt
        if change is not None:
            change()

    def check():
        checks.append(stamps(tmp_path.iterdir()))
        return len(checks)

    assert watch(check, tmp_path.iterdir, told.append, sleep) == 3
    assert [len(seen) for seen in checks] == [1, 1, 2]
    assert len(told) == 3


def test_files_that_are_gone_have_no_stamp(tmp_path):
    assert stamps([tmp_path / "nothing.md"]) == {}


def test_a_note_is_checked_again_and_an_interrupt_ends_it(tmp_path):
    note = tmp_path / "n.md"
    note.write_text("$$1 + 1 = 3$$\n")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "errata", "check", "--watch", str(note)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    lines = iter(process.stdout.readline, "")
    assert "1 wrong" in next(line for line in lines if "1 claim" in line)
    note.write_text("$$1 + 1 = 2$$\n")
    assert "1 proved" in next(line for line in lines if "1 claim" in line)
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err.count("watching for changes") == 2
