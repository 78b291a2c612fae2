"""When a run fails."""

import pytest
from made_reports import full_report, step

from errata.report.levels import with_levels
from errata.report.report import DocumentReport, Finding, Report
from errata.verify.verdict import VERDICTS, Judgement


def report(verdict, *, expected=False, severity=None):
    findings = (Finding("r", "m", 1, 1, severity),) if severity else ()
    return Report((DocumentReport("n.md", (step("a", Judgement(verdict), expected=expected),), findings),))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_only_wrong_fails_and_in_strict_runs_all_that_is_not_right(verdict):
    assert (verdict == "wrong") == report(verdict).fails()
    assert (verdict not in ("proved", "holds")) == with_levels(report(verdict), {}, strict=True).fails()


def test_what_was_expected_does_not_fail():
    assert not with_levels(report("wrong", expected=True), {}, strict=True).fails()
    assert with_levels(report("undecided", expected=True), {}, strict=True).fails()


def test_an_error_finding_fails_and_a_warning_does_not():
    assert report("proved", severity="error").fails()
    assert not with_levels(report("proved", severity="warning"), {}, strict=True).fails()


def test_claims_without_judgement_are_not_counted():
    assert sum(len(document.steps) for document in full_report().documents) == 8
    assert len(full_report().claims()) == 7
