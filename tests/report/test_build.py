"""From paths to a report: places, documents that fail, and files that others include."""

import json

import pytest

from errata.language.scope import Definition, Scope
from errata.language.sorts import SIZE
from errata.language.statements import Problem, Reading, Statement
from errata.language.terms import Name, Span
from errata.notes.source import Fragment, Position, Source
from errata.report.build import report_on
from errata.report.places import document_report
from errata.report.selection import NothingToRead
from errata.verify.checked import CheckedDocument, CheckedFinding, CheckedStep
from errata.verify.verdict import Judgement


def judged(document):
    """Check a document in which nothing stands."""
    return CheckedDocument(document.path, ())


def checked(text, start, end, *, path="n.md", cell=None, **more):
    """Return a document of one claim that stands between these offsets of the text."""
    fragment = Fragment(text, Source(path, text, cell), range(len(text)))
    reading = Reading("=", Name("d"), Name("b"))
    fields = {"kind": "claim", "readings": (reading,), "scope": Scope(sorts={"d": SIZE}), **more}
    statement = Statement(text=text[start:end], span=Span(start, end), **fields)
    return CheckedDocument("n.md", (CheckedStep(statement, fragment, Judgement("proved")),))


def only_step(document):
    return document_report(document).steps[0]


def test_a_step_gets_its_place():
    step = only_step(checked("ab\n  d = b\nc", 5, 10))
    assert (step.line, step.column, step.end_line, step.end_column) == (2, 3, 2, 8)
    assert (step.source_line, step.relation, step.read_as, step.path) == ("  d = b", "=", "d = b", None)


def test_a_step_of_several_lines():
    step = only_step(checked("d\n= b", 0, 5))
    assert (step.line, step.column, step.end_line, step.end_column) == (1, 1, 2, 4)


def test_cells_and_included_files_are_told():
    step = only_step(checked("d = b", 0, 5, path="part.tex", cell=3))
    assert (step.cell, step.path) == (3, "part.tex")


def test_names_are_told_with_their_sorts():
    assert only_step(checked("d = b", 0, 5)).names == ("d: a positive integer",)


def test_a_declaration_tells_the_names_that_it_spells():
    scope = Scope(sorts={"d": SIZE, "a": SIZE}, definitions={"\\mu": Definition("\\mu", (), Name("d"))})
    step = only_step(checked("\\mad, d, \\mu", 0, 12, readings=(), scope=scope, kind="declaration"))
    assert step.names == ("d: a positive integer", "μ := d")


def test_other_readings_come_with_their_condition():
    readings = (Reading("=", Name("d"), Name("b")), Reading("=", Name("b"), Name("d"), "if f is a number"))
    assert only_step(checked("d = b", 0, 5, readings=readings)).other_readings == ("if f is a number: b = d",)


def test_an_obstacle_gets_its_place():
    problem = Problem("what is ?", Span(4, 5), "declare it")
    step = only_step(checked("x\nd ? b", 2, 7, readings=(), problem=problem))
    assert (step.problem.line, step.problem.column, step.problem.hint) == (2, 3, "declare it")


def test_findings_keep_their_place():
    finding = CheckedFinding("form", "never closed", "warning", Position(3, 4, 5), "part.tex")
    found = document_report(CheckedDocument("n.tex", (), (finding,))).findings[0]
    assert (found.line, found.column, found.cell, found.path) == (3, 4, 5, "part.tex")


def test_a_document_that_fails_us_does_not_cost_the_others(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("$x = 1$")

    def check(document):
        if document.path.endswith("a.md"):
            raise KeyError("x")
        return judged(document)

    first, second = report_on([tmp_path], check).documents
    assert (first.findings[0].rule, first.findings[0].severity) == ("internal-error", "error")
    assert "KeyError: 'x' at test_build.py:" in first.findings[0].message
    assert second.findings == ()


def test_an_included_file_is_judged_once(tmp_path):
    (tmp_path / "main.tex").write_text("\\input{part}")
    (tmp_path / "part.tex").write_text("$x = 1$")
    assert [d.path for d in report_on([tmp_path], judged).documents] == [str(tmp_path / "main.tex")]
    assert len(report_on([tmp_path, tmp_path / "part.tex"], judged).documents) == 2


def test_documents_come_in_the_order_of_the_paths_each_once(tmp_path):
    for name in ("c.md", "a.md", "b.ipynb", ".hidden.md", "d.txt"):
        (tmp_path / name).write_text(json.dumps({"cells": [], "nbformat": 4, "metadata": {}}))
    paths = [tmp_path / "c.md", tmp_path]
    names = [d.path.rpartition("/")[2] for d in report_on(paths, judged).documents]
    assert names == ["c.md", "a.md", "b.ipynb"]


def test_progress_is_told(tmp_path):
    (tmp_path / "a.md").write_text("")
    told = []
    report_on([tmp_path], judged, lambda *values: told.append(values))
    assert told == [(0, 1, str(tmp_path / "a.md")), (1, 1, "")]


@pytest.mark.parametrize(("name", "reason"), [("gone.md", "no such file or folder"), (".", "no notes in this folder")])
def test_a_path_that_leads_to_no_notes(name, reason, tmp_path):
    with pytest.raises(NothingToRead, match=reason):
        report_on([tmp_path / name], judged)
