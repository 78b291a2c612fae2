"""A baseline accepts what was there, and nothing else, wherever it has moved to."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import full_report, step, wrong_step

from errata.report.baseline import BadBaseline, read_baseline, render_baseline, with_baseline
from errata.report.report import DocumentReport, Finding, Report
from errata.verify.verdict import Judgement

WRONG = Judgement("wrong", "counterexample", "the two sides differ")
HERE = Path(".")


def of(*steps, path="n.md", findings=()):
    return Report((DocumentReport(path, steps, findings),))


def accepted(known, report, tmp_path):
    """Return which steps of a report the baseline of another accepts."""
    file = tmp_path / "b.json"
    file.write_text(render_baseline(known, HERE), encoding="utf-8")
    found = with_baseline(report, read_baseline(file), HERE)
    return [item.accepted for item in found.documents[0].items]


def test_all_that_is_there_is_accepted(tmp_path):
    file = tmp_path / "b.json"
    file.write_text(render_baseline(full_report(), HERE), encoding="utf-8")
    found = with_baseline(full_report(), read_baseline(file), HERE)
    assert full_report().fails() and not found.fails()


def test_a_finding_that_has_moved_is_still_known(tmp_path):
    here = step("a = b", WRONG, line=3)
    assert accepted(of(here), of(replace(here, line=30, column=9)), tmp_path) == [True]


def test_what_is_new_is_not_accepted(tmp_path):
    here = step("a = b", WRONG)
    assert accepted(of(here), of(here, step("a = c", WRONG)), tmp_path) == [True, False]
    assert accepted(of(here), of(here, path="m.md"), tmp_path) == [False]


def test_of_the_same_as_many_are_accepted_as_there_were(tmp_path):
    here = step("a = b", WRONG)
    assert accepted(of(here, here), of(here, here, here), tmp_path) == [True, True, False]


def test_what_was_undecided_and_is_wrong_now_is_new(tmp_path):
    undecided = step("a = b", Judgement("undecided", "undecided"))
    assert accepted(of(undecided), of(step("a = b", WRONG)), tmp_path) == [False]


def test_findings_that_are_no_steps(tmp_path):
    finding = Finding("form", "this $ is never closed", 4, 1)
    assert accepted(of(findings=(finding,)), of(findings=(replace(finding, line=9),)), tmp_path) == [True]


def test_what_is_expected_needs_no_baseline():
    assert json.loads(render_baseline(of(wrong_step(expected=True)), HERE))["findings"] == []


def test_paths_count_from_the_folder_of_the_baseline(tmp_path):
    text = render_baseline(of(step("a = b", WRONG), path=str(tmp_path / "notes" / "n.md")), tmp_path)
    assert json.loads(text)["findings"][0]["path"] == "notes/n.md"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": 2, "findings": []}', '{"schema": 1, "findings": [{"path": 1}]}', "[" * 100_000],
)
def test_what_is_no_baseline_is_said(text, tmp_path):
    file = tmp_path / "b.json"
    file.write_text(text)
    with pytest.raises(BadBaseline, match=r"b\.json"):
        read_baseline(file)
    with pytest.raises(BadBaseline, match="No such file"):
        read_baseline(tmp_path / "nothing.json")
