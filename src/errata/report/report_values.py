"""The report of a document as plain JSON values, and back. What is as it usually is, is left out."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from errata.report.report import DocumentReport, Finding, Obstacle, Step
from errata.verify.cache.judgement_json import NotAJudgement, from_values, to_values


class NotAReport(Exception):
    """Values that are none; they are not trusted."""


def report_to_values(report: DocumentReport) -> dict[str, Any]:
    """Return the report of a document, but for its path, as dictionaries, lists, texts, numbers and None."""
    return {
        "steps": [_step_to_values(step) for step in report.steps],
        "findings": [_plain(finding, _FINDING) for finding in report.findings],
    }


def _step_to_values(step: Step) -> dict[str, Any]:
    values = _plain(step, _STEP)
    if step.judgement is not None:
        values["judgement"] = to_values(step.judgement)
    if step.problem is not None:
        values["problem"] = _plain(step.problem, _OBSTACLE)
    return values


def _plain(value: Any, defaults: dict[str, Any]) -> dict[str, Any]:
    return {name: found for name, usual in defaults.items() if (found := getattr(value, name)) != usual}


def _defaults(of: Any) -> dict[str, Any]:
    """Return the fields that are plain values, with what they usually are (MISSING: they are always written)."""
    return {f.name: f.default for f in fields(of) if f.name not in ("judgement", "problem", "edit")}


_STEP, _FINDING, _OBSTACLE = _defaults(Step), _defaults(Finding), _defaults(Obstacle)
_LISTS = ("assumed", "other_readings", "names")


def report_from_values(path: str, values: Any) -> DocumentReport:
    """Return the report that was written, for a document of this path. Raises NotAReport."""
    try:
        steps = tuple(_step(step) for step in values["steps"])
        findings = tuple(Finding(**_checked(finding, _FINDING)) for finding in values["findings"])
    except (KeyError, TypeError, ValueError, AttributeError, NotAJudgement) as error:
        raise NotAReport from error
    return DocumentReport(path, steps, findings)


def _step(values: Any) -> Step:
    judgement, problem = values.pop("judgement", None), values.pop("problem", None)
    read = _checked(values, _STEP)
    for name in _LISTS:
        if name in read:
            read[name] = tuple(read[name])
    if judgement is not None:
        read["judgement"] = from_values(judgement)
    if problem is not None:
        read["problem"] = Obstacle(**_checked(problem, _OBSTACLE))
    return Step(**read)


_NUMBERS = frozenset({"line", "column", "end_line", "end_column", "cell"})
_SWITCHES = frozenset({"expected", "accepted"})


def _checked(values: Any, defaults: dict[str, Any]) -> dict[str, Any]:
    for name, value in values.items():
        wanted = int if name in _NUMBERS else bool if name in _SWITCHES else list if name in _LISTS else str
        if name not in defaults or not (isinstance(value, wanted) or (value is None and defaults[name] is None)):
            raise NotAReport
    if any(usual is MISSING and name not in values for name, usual in defaults.items()):
        raise NotAReport
    return dict(values)
