"""When a run fails."""

import pytest
from made_reports import full_report, step

from errata.report.report import DocumentReport, Finding, Report
from errata.verify.verdict import VERDICTS, Judgement


def report(verdict, *, expected=False, severity=None):
    findings = (Finding("r", "m", 1, 1, severity),) if severity else ()
    return Report((DocumentReport("n.md", (step("a", Judgement(verdict), expected=expected),), findings),))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_only_wrong_fails_and_in_strict_runs_all_that_is_not_right(verdict):
    assert (verdict == "wrong") == report(verdict).fails()
    assert (verdict not in ("proved", "holds")) == report(verdict).fails(strict=True)


def test_what_was_expected_does_not_fail():
    assert not report("wrong", expected=True).fails(strict=True)
    assert report("undecided", expected=True).fails(strict=True)


def test_an_error_finding_fails_and_a_warning_does_not():
    assert report("proved", severity="error").fails()
    assert not report("proved", severity="warning").fails(strict=True)


def test_claims_without_judgement_are_not_counted():
    assert sum(len(document.steps) for document in full_report().documents) == 8
    assert len(full_report().claims()) == 7
