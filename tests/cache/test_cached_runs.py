"""Checking again: the same output without the witnesses, and anew whatever has changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from errata.cli import main
from errata.notes.document import read_text
from errata.verify.cache.store import Store
from errata.verify.check import Checker
from errata.verify.settings import Settings

WRONG = "Let $x \\in \\mathbb{R}$.\n\n$$(x + 1)^2 = x^2 + 1$$\n"
HEAVY = ("numpy", "scipy", "sympy", "mpmath", "flint", "errata.language", "errata.numeric_checks.evaluate")

LOADED_LATE = ("dataclasses", "inspect", "tempfile", "multiprocessing", "errata.report.report", "rich")


@pytest.fixture
def notes(tmp_path, monkeypatch):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "notes"


def check(capsys, *words):
    status = main(["check", *words])
    return status, capsys.readouterr().out


@pytest.fixture
def no_judging(monkeypatch):
    """Let any judging fail from now on."""

    def forbid():
        def fail(*_):
            raise AssertionError("judged anew")

        monkeypatch.setattr("errata.verify.workers.Workers._fresh", fail)

    return forbid


def test_the_second_run_says_the_same(notes, capsys, no_judging):
    first = check(capsys, "notes")
    no_judging()
    assert check(capsys, "notes") == first
    assert check(capsys, "--format", "concise", "notes")[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--output", "report"],
        *(["--format", f, "--output", "report"] for f in ("json", "sarif", "github", "junit")),
    ],
)
def test_the_second_run_loads_none_of_the_witnesses_nor_the_report(words, notes, tmp_path):
    """It says and writes the same again; nor does it load what takes time to load."""
    code = f"import sys\nfrom errata.cli import main\nmain({['check', *words, 'notes']!r})\n"
    code += f"print([name for name in {(*HEAVY, *LOADED_LATE)!r} if name in sys.modules])"
    runs, written = [], []
    for _ in range(2):
        runs.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        written.append(Path("report").read_text() if words else "")
        Path("report").unlink(missing_ok=True)
    assert runs[1].splitlines()[:-1] == runs[0].splitlines()[:-1]
    assert runs[1].splitlines()[-1] == "[]"
    assert written[1] == written[0] and bool(written[0]) == bool(words)


def test_the_summary_of_a_job_is_written_again(notes, tmp_path, monkeypatch, capsys, no_judging):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    check(capsys, "--format", "github", "notes")
    no_judging()
    once = summary.read_text()
    assert check(capsys, "--format", "github", "notes")[0] == 1
    assert "1 wrong" in once and summary.read_text() == 2 * once


def test_where_the_report_cannot_go_is_said_of_known_notes_as_well(notes, capsys):
    words = ["check", "notes", "--output"]
    assert main([*words, "report"]) == 1 and main([*words, "report"]) == 1
    assert main([*words, "notes/a.md"]) == 2
    assert "is one of the notes to check" in capsys.readouterr().err


def test_a_copy_elsewhere_is_not_judged_again(notes, capsys, no_judging):
    check(capsys, "notes")
    no_judging()
    (notes / "b.md").write_text(WRONG, encoding="utf-8")
    status, out = check(capsys, "notes")
    assert status == 1 and "2 documents, 2 claims" in out and "notes/b.md:3:3: wrong" in out


def test_of_a_note_that_has_changed_only_new_claims_are_judged(notes, capsys, monkeypatch):
    check(capsys, "notes")
    asked = []
    run = Checker._results

    def counted(self, workers, places, items):
        asked.extend(item for item in items if hasattr(item, "kind"))
        return run(self, workers, places, items)

    monkeypatch.setattr(Checker, "_results", counted)
    (notes / "a.md").write_text(WRONG + "\n$$1 + 1 = 2$$\n", encoding="utf-8")
    assert "2 claims: 1 proved, 0 hold, 1 wrong" in check(capsys, "notes")[1]
    assert [statement.text for statement in asked] == ["1 + 1 = 2"]


@pytest.mark.parametrize("words", [["--seed", "1"], ["--no-cache"], ["--cache-dir", "elsewhere"]])
def test_what_makes_another_run(words, notes, capsys, no_judging):
    check(capsys, "notes")
    no_judging()
    with pytest.raises(AssertionError, match="judged anew"):
        Checker(Settings(), None).check(read_text(WRONG))
    assert "internal-error" in check(capsys, *words, "notes")[1]


def test_a_level_that_is_set_is_not_part_of_a_judgement(notes, capsys, no_judging):
    check(capsys, "notes")
    no_judging()
    Path("errata.toml").write_text('[rules]\nwrong = "warning"\n')
    assert check(capsys, "notes")[0] == 0


def test_an_included_file_that_has_changed(notes, capsys):
    (notes / "a.md").unlink()
    (notes / "main.tex").write_text("\\begin{document}\n\\input{part}\n\\end{document}\n")
    (notes / "part.tex").write_text("\\[ 1 + 1 = 2 \\]\n")
    assert check(capsys, "notes")[0] == 0
    assert check(capsys, "notes")[0] == 0
    (notes / "part.tex").write_text("\\[ 1 + 1 = 3 \\]\n")
    assert check(capsys, "notes")[0] == 1


def test_time_outs_are_not_kept(tmp_path):
    settings = Settings(timeout=1e-6)
    with Store(tmp_path / "s") as store, Checker(settings, store) as checker:
        checked = checker.check(read_text(WRONG))
        assert not checked.in_time
        assert checked.steps[-1].judgement.verdict == "undecided"
    with Store(tmp_path / "s") as store, Checker(Settings(), store) as checker:
        assert checker.check(read_text(WRONG)).steps[-1].judgement.verdict == "wrong"


def test_a_damaged_cache_is_never_fatal(notes, capsys):
    first = check(capsys, "--cache-dir", "c", "notes")
    Path("c", "verdicts.sqlite").write_bytes(os.urandom(10_000))
    assert check(capsys, "--cache-dir", "c", "notes") == first
    assert Path("c", "verdicts.sqlite.set-aside").exists()


@pytest.mark.parametrize("included", [False, True])
def test_a_note_that_is_written_to_while_it_is_checked(included, notes, capsys, monkeypatch):
    """What was found in the old text is never said of the new one."""
    right = "\\[ 1 + 1 = 2 \\]\n"
    (notes / "a.md").unlink()
    (notes / "main.tex").write_text("\\[ 1 = 1 \\]\\input{part}\n")
    (notes / "part.tex").write_text("\\[ 1 + 1 = 3 \\]\n")
    written = notes / ("part.tex" if included else "main.tex")
    if not included:
        written.write_text("\\[ 1 + 1 = 3 \\]\n")
        (notes / "part.tex").unlink()
    check_document = Checker.check

    def slowly(self, document):
        checked = check_document(self, document)
        written.write_text(right)
        return checked

    with monkeypatch.context() as patched:
        patched.setattr(Checker, "check", slowly)
        assert check(capsys, "notes")[0] == 1
    assert check(capsys, "notes")[0] == 0


def test_a_note_that_is_written_to_before_it_is_read(notes, capsys, monkeypatch):
    from errata.report.remembered import Remembered

    recall = Remembered.recall

    def recall_and_write(self, path):
        found = recall(self, path)
        (notes / "a.md").write_text("$$1 + 1 = 2$$\n")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Remembered, "recall", recall_and_write)
        assert check(capsys, "notes")[0] == 0
    (notes / "a.md").write_text(WRONG, encoding="utf-8")
    assert check(capsys, "notes")[0] == 1
