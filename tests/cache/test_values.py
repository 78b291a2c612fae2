"""Judgements and reports come back from JSON as they were, and nothing else comes back at all."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "report"))
from made_reports import WRONG, full_report

from errata.report.report_values import NotAReport, report_from_values, report_to_values
from errata.verify.cache.judgement_json import NotAJudgement, from_values, to_values
from errata.verify.verdict import Evidence, Judgement


def through_json(values):
    return json.loads(json.dumps(values))


@pytest.mark.parametrize(
    "judgement",
    [
        WRONG,
        Judgement("proved", evidence=(Evidence("proof", "by Bayes' rule"), Evidence("sympy", "in general"))),
        Judgement("undecided", "undecided", "\x1b[31m μ \ud800"),
    ],
)
def test_a_judgement_comes_back(judgement):
    assert from_values(through_json(to_values(judgement))) == judgement


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        {},
        {"verdict": "right"},
        {"verdict": "proved", "rule": 3},
        {"verdict": "proved", "evidence": [["oracle", "yes"]]},
        {"verdict": "proved", "evidence": [["proof"]]},
        {"verdict": "wrong", "example": [[["x", 1]], "0", "1", True]},
        {"verdict": "wrong", "suggestion": {"latex": "x"}},
        {"verdict": "wrong", "suggestion": {"code": "x"}},
    ],
)
def test_values_that_are_no_judgement(values):
    with pytest.raises(NotAJudgement):
        from_values(values)


def test_a_report_comes_back():
    for document in full_report().documents:
        assert report_from_values(document.path, through_json(report_to_values(document))) == document


@pytest.mark.parametrize(
    "values",
    [
        None,
        {"steps": []},
        {"steps": [{}], "findings": []},
        {"steps": [], "findings": [{"rule": "r", "message": "m", "line": "1", "column": 1}]},
        {"steps": [], "findings": [{"rule": "r", "message": "m", "line": 1, "column": 1, "extra": 1}]},
    ],
)
def test_values_that_are_no_report(values):
    with pytest.raises(NotAReport):
        report_from_values("n.md", values)
