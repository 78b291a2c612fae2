"""The ledger counts what came out, and gives every wrong step one line with its place in the original."""

import re
from pathlib import Path

import pytest

from errata.numeric_checks.outcome import Counterexample
from errata.report.ledger import counts, ledger, source_of
from errata.report.report import DocumentReport, Report, Step
from errata.verify.verdict import Judgement, Suggestion

ROOT = Path(__file__).parents[2]


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


def test_the_ledger_in_the_readme_has_a_line_for_every_mistake_that_the_notes_expect():
    """The README shows what the program printed; every expected mistake of the notes stands in it, at its line."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^\| (notes/\d+\.md:\d+) ", readme, re.MULTILINE))
    assert shown == expected_places()


def expected_places():
    """Return the places of the steps that the notes mark as wrong: a row with the mark, or the first line after it."""
    places = set()
    for note in sorted((ROOT / "notes").glob("*.md")):
        lines = note.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if "% errata: expect wrong" in line:
                places.add(f"notes/{note.name}:{number}")
            elif line.startswith("<!-- errata: expect wrong"):
                places.add(f"notes/{note.name}:{number + 1}")
    return places
