"""The formats for programs: their whole form, and what foreign text cannot do to any of them."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from made_reports import LINE, full_report, step, wrong_step

from errata.report.formats import FORMATS, render
from errata.report.github import render_github_summary
from errata.report.report import DocumentReport, Finding, Report
from errata.report.sarif import as_sarif, uri_of
from errata.verify.verdict import Judgement, Suggestion

SCHEMA = json.loads((Path(__file__).parent / "sarif_schema.json").read_text(encoding="utf-8"))
WRONG = Judgement("wrong", "counterexample", "the two sides differ")


def of(*steps, path="n.md", findings=()):
    return Report((DocumentReport(path, steps, findings),), "0.1.0")


@pytest.mark.parametrize("form", ["concise", "junit", "sarif", "github", "gitlab"])
def test_the_whole_form(form, snapshot):
    snapshot(f"full.{form}", render(form, full_report()))


def test_the_summary_for_github(snapshot):
    snapshot("summary.md", render_github_summary(full_report()))


@pytest.mark.parametrize("form", FORMATS)
def test_no_documents_are_no_trouble(form):
    render(form, Report(()))


# Foreign text ----------------------------------------------------------------------------------------

NASTY = 'a\x1b[31m\x9b2J\r\n::error::x %0A ##[set-env] </x> & "q" \ud800 \u202e \ufffe | `b` <script>'


@pytest.fixture
def nasty():
    """A report in which every foreign text is nasty."""
    judgement = Judgement("wrong", NASTY, NASTY, suggestion=Suggestion(NASTY, NASTY, verified=True))
    finding = Finding(NASTY, NASTY, 2, 1, "error")
    return of(step(NASTY, judgement, read_as=NASTY), path=f"{NASTY}.md", findings=(finding,))


@pytest.mark.parametrize("form", ["text", "concise", "junit", "github"])
def test_what_is_read_by_people_has_no_control_characters(form, nasty):
    text = render(form, nasty)
    assert not [c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\ud800"]


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
def test_json_stays_json_in_ascii(form, nasty):
    text = render(form, nasty)
    assert text.isascii() and json.loads(text)


def test_xml_stays_xml(nasty):
    suite = ElementTree.fromstring(render("junit", nasty))[0]
    assert [case.find("failure") is not None for case in suite] == [True, True]


def test_no_workflow_command_but_ours(nasty):
    lines = render("github", nasty).splitlines()
    assert len(lines) == 2
    for line in lines:
        properties, _, message = line.removeprefix("::error ").partition("::")
        assert [pair.partition("=")[0] for pair in properties.split(",")][:2] == ["file", "line"]
        assert "%250A" in message


def test_concise_is_one_line_a_finding(nasty):
    assert len(render("concise", nasty).splitlines()) == 2


def test_a_table_row_stays_one_row(nasty):
    rows = [line for line in render_github_summary(nasty).splitlines() if line.startswith("| ")]
    assert len(rows) == 3
    for row in rows[1:]:
        assert row.count("|") == 5 and row.count("`") == 0
        assert row.count("<") == row.count("<code>") + row.count("</code>") == 6


# SARIF -----------------------------------------------------------------------------------------------


def test_sarif_has_the_form_of_its_schema(nasty):
    for report in (full_report(), nasty, Report(())):
        jsonschema.validate(json.loads(render("sarif", report)), SCHEMA)


def test_a_correction_is_a_fix_of_exactly_the_step():
    (result,) = as_sarif(of(wrong_step()))["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    start = LINE.index("= ")
    assert replacement["deletedRegion"] == {
        "startLine": 96,
        "startColumn": start + 1,
        "endLine": 96,
        "endColumn": len(LINE) + 1,
    }
    assert replacement["insertedContent"]["text"].startswith("= -d\\log s")


def test_a_correction_that_was_not_checked_is_no_fix():
    loose = replace(wrong_step().judgement, suggestion=Suggestion("x", "y", verified=False))
    assert "fixes" not in as_sarif(of(step("a", loose)))["runs"][0]["results"][0]


def test_a_place_in_a_cell_is_not_a_place_in_the_file():
    (result,) = as_sarif(of(wrong_step(cell=3), path="n.ipynb"))["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"] and "fixes" not in result


def test_what_is_known_is_suppressed():
    results = as_sarif(of(wrong_step(expected=True), wrong_step(accepted=True)))["runs"][0]["results"]
    assert [result["suppressions"][0]["kind"] for result in results] == ["inSource", "external"]


@pytest.mark.parametrize(
    ("path", "uri"), [("a b/ü.md", "a%20b/%C3%BC.md"), ("/x/n.md", "file:///x/n.md"), ("a%20#?.md", "a%2520%23%3F.md")]
)
def test_paths_are_references(path, uri):
    assert uri == uri_of(path)


# Which and how many ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_what_is_known_is_not_annotated(form):
    known = of(wrong_step(expected=True), wrong_step(accepted=True))
    assert render(form, known).strip() in ("", "[]")


def test_ten_annotations_of_a_kind_worst_first():
    undecided = [step("u", Judgement("undecided", "undecided"), line=n) for n in range(1, 13)]
    wrong = [step("w", WRONG, line=n) for n in range(13, 25)]
    lines = render("github", of(*undecided, *wrong)).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::notice"] * 10


def test_junit_counts_what_it_holds():
    root = ElementTree.fromstring(render("junit", full_report()))
    cases = list(root.iter("testcase"))
    assert root.get("tests") == str(len(cases))
    assert root.get("failures") == str(len(list(root.iter("failure"))))
    assert root.get("skipped") == str(len(list(root.iter("skipped"))))
