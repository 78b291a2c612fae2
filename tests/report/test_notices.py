"""Fingerprints name the same finding wherever it stands, and different ones where they differ."""

from dataclasses import replace

from made_reports import full_report, step, wrong_step

from errata.report.notices import notices, worst_first
from errata.report.report import DocumentReport, Report
from errata.verify.verdict import Judgement

WRONG = Judgement("wrong", "counterexample", "the two sides differ")


def marks(*steps, path="n.md"):
    return [notice.fingerprint for notice in notices(Report((DocumentReport(path, steps),)))]


def test_a_fingerprint_stays_when_lines_move():
    here = step("a = b", WRONG, line=3)
    assert marks(here) == marks(replace(here, line=40, end_line=40, column=7, end_column=12))


def test_a_fingerprint_does_not_depend_on_what_the_rule_is_called():
    here = step("a = b", WRONG)
    assert marks(here) == marks(replace(here, judgement=replace(WRONG, rule="sign", message="a sign is lost")))


def test_two_of_the_same_are_told_apart():
    first, second = marks(step("a = b", WRONG, line=3), step("a = b", WRONG, line=5))
    assert first != second


def test_another_file_another_text_another_verdict():
    here = step("a = b", WRONG)
    other_verdict = replace(here, judgement=Judgement("undecided", "undecided"))
    found = [
        *marks(here),
        *marks(here, path="m.md"),
        *marks(replace(here, text="a = c")),
        *marks(other_verdict),
    ]
    assert len(set(found)) == 4


def test_right_steps_are_no_notices():
    assert marks(step("a = a", Judgement("proved"))) == []


def test_the_worst_comes_first():
    levels = [notice.level for notice in worst_first(notices(full_report()))]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert len(levels) == 7


def test_the_message_holds_all_that_a_reader_needs():
    (notice,) = notices(Report((DocumentReport("n.md", (wrong_step(),)),)))
    assert "take d = 1, x = 0, mu = 1: left -1.4189, right -0.1995 (certified)" in notice.message
    assert "right: = -d\\log s" in notice.message and "(checked)" in notice.message
