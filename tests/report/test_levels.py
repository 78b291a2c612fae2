"""Levels as a course sets them: by rule, by verdict, and what stays as it is."""

from dataclasses import replace

import pytest
from made_reports import full_report, step, wrong_step

from errata.report.levels import with_levels
from errata.report.line import plain
from errata.report.report import DocumentReport, Finding, Report
from errata.report.text import render_text
from errata.verify.verdict import Judgement


def of(*steps, findings=()):
    return Report((DocumentReport("n.md", steps, findings),))


def test_a_rule_that_is_off_neither_fails_nor_shows_but_is_counted():
    quiet = with_levels(of(wrong_step()), {"log-of-product": "off"})
    text = plain(render_text(quiet))
    assert not quiet.fails()
    assert "log-of-product" not in text
    assert "1 wrong (1 off)" in text


@pytest.mark.parametrize("key", ["side-condition", "conditional"])
def test_a_level_is_set_by_rule_or_by_verdict(key):
    conditional = step("x/x = 1", Judgement("conditional", "side-condition", "needs x ≠ 0"))
    assert with_levels(of(conditional), {key: "error"}).fails()


def test_the_rule_comes_before_the_verdict():
    conditional = step("x/x = 1", Judgement("conditional", "side-condition", "needs x ≠ 0"))
    assert not with_levels(of(conditional), {"conditional": "error", "side-condition": "note"}).fails()


def test_a_level_that_is_set_comes_before_strict():
    undecided = step("a = b", Judgement("undecided", "undecided"))
    assert with_levels(of(undecided), {}, strict=True).fails()
    assert not with_levels(of(undecided), {"undecided": "note"}, strict=True).fails()


def test_what_is_right_stays_right():
    proved = step("a = a", Judgement("proved", "counterexample"))
    assert not with_levels(of(proved), {"counterexample": "error", "proved": "error"}).fails()


def test_findings_have_levels_too():
    finding = Finding("expectation", "none was found", 1, 1, "error")
    assert not with_levels(of(findings=(finding,)), {"expectation": "off"}).documents[0].findings
    assert not with_levels(of(findings=(finding,)), {"expectation": "warning"}).fails()
    assert with_levels(of(findings=(replace(finding, severity="warning"),)), {"expectation": "error"}).fails()


def test_no_levels_change_nothing():
    assert with_levels(full_report(), {}) == full_report()


def test_what_is_accepted_neither_fails_nor_shows():
    known = of(wrong_step(accepted=True), findings=(Finding("r", "m", 1, 1, "error", accepted=True),))
    text = plain(render_text(known))
    assert not with_levels(known, {}, strict=True).fails()
    assert text.count("\n") == 1 and "1 wrong (1 in the baseline)" in text
