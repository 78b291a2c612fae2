"""The ledger counts what came out, and gives every wrong step one line with its place in the original."""

import os
import re
from pathlib import Path

import pytest

from errata.cli import main
from errata.numeric_checks.outcome import Counterexample
from errata.report.build import build_report
from errata.report.ledger import counts, ledger, source_of
from errata.report.report import DocumentReport, Report, Step
from errata.report.text import summary_text
from errata.verify.settings import Settings
from errata.verify.verdict import Judgement, Suggestion

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- ledger -->\n", "<!-- end of the ledger -->\n"


def step(verdict, line=1, suggestion=None):
    counterexample = Counterexample({"x": "1"}, "2", "3", True) if verdict == "wrong" else None
    judgement = Judgement(verdict, "rule", "the two sides differ", (), counterexample, suggestion)
    return Step("claim", line, 1, line, 6, "|a| = b", "=", "a = b", (), judgement)


def nowhere(path, line):
    return ""


def test_every_verdict_is_counted_in_its_column():
    verdicts = ("proved", "holds", "wrong", "conditional", "undecided", "unread")
    definition = Step("definition", 1, 1, 1, 6, "a = b", "=", "a = b")
    document = DocumentReport("a.md", (*map(step, verdicts), definition))
    assert counts(document) == (6, 2, 1, 1, 1, 1)


def test_a_wrong_step_is_one_line_with_its_counterexample():
    lines = ledger(Report((DocumentReport("a.md", (step("wrong", 3),)),)), lambda path, line: f"seed {line}")
    written = r"| a.md:3 (seed 3) | `\|a\| = b` | the two sides differ: take x = 1: left 2, right 3 (certified) |"
    assert lines[-1] == written


def test_a_mended_line_is_shown():
    mended = Suggestion("a = c", "", True)
    lines = ledger(Report((DocumentReport("a.md", (step("wrong", 3, mended),)),)), nowhere)
    assert lines[-1].endswith("| `a = c` |")


def test_several_documents_are_summed():
    documents = tuple(DocumentReport(name, (step("proved"),)) for name in ("a.md", "b.md"))
    assert ledger(Report(documents), nowhere)[-1] == "| all | 2 | 2 | 0 | 0 | 0 | 0 |"


@pytest.mark.parametrize(("line", "told"), [(1, ""), (2, "seed 003, lines 1-9"), (5, "seed 003, lines 11-11")])
def test_the_place_in_the_original_is_that_of_the_comment_above(tmp_path, line, told):
    note = tmp_path / "note.md"
    note.write_text("a\n<!-- seed 003 lines 1-9 -->\nb\n<!-- seed 003 lines 11-11 -->\nc\n", encoding="utf-8")
    assert source_of(str(note), line) == told


def test_the_place_in_a_file_that_is_not_there(tmp_path):
    assert source_of(str(tmp_path / "none.md"), 1) == ""


def test_the_ledger_in_the_readme_is_what_the_program_finds(monkeypatch, capsys):
    """The right lines, which take their time to find, are not compared; UPDATE_SNAPSHOTS=1 writes all anew."""
    monkeypatch.chdir(ROOT)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        write_ledger(capsys)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition(BEGIN)[2].partition(END)[0]
    report = build_report([Path("notes")], Settings(jobs=2, timeout=60, reasons=False, diagnose=False))
    assert not report.fails()
    assert summary_text(report).partition(":")[0] in shown
    found = [without_right_line(row) for row in ledger(report, source_of) if row]
    assert [without_right_line(row) for row in shown.splitlines() if row.startswith("|")] == found


def without_right_line(row):
    """Return a row of the table of wrong steps without its last cell, and any other as it is."""
    return row[: row.rindex("` | ") + 1] if row.startswith("| notes/") and "` | " in row else row


def write_ledger(capsys):
    """Write what the program prints into the README."""
    main(["check", "--ledger", "--no-cache", "--timeout", "60", "notes"])
    printed = capsys.readouterr().out
    summary = next(line for line in printed.splitlines() if re.match(r"\d+ documents, \d+ claims: ", line))
    tables = printed[printed.index("| document |") :].strip()
    before, _, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = f"{before}{BEGIN}```\n{summary}\n```\n\n{tables}\n{END}{after}"
    (ROOT / "README.md").write_text(text, encoding="utf-8", newline="\n")
