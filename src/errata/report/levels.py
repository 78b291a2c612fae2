"""How bad findings are, as the settings of a run have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from errata.report.report import DocumentReport, Finding, Level, Report, Step

LEVELS: tuple[Level, ...] = ("error", "warning", "note", "off")
STRICT = frozenset({"conditional", "undecided", "unread"})


def with_levels(report: Report, levels: Mapping[str, Level], *, strict: bool = False) -> Report:
    """Return a report whose findings have the levels that are set for their rules or, failing that, verdicts.

    strict: what is conditional, undecided or unread is an error, unless a level is set for it. What is known
    (expected, or in the baseline) keeps its own.
    """
    documents = tuple(
        DocumentReport(
            document.path,
            tuple(_set_step(step, levels, strict) for step in document.steps),
            tuple(f for finding in document.findings if (f := _set_finding(finding, levels)) is not None),
        )
        for document in report.documents
    )
    return replace(report, documents=documents)


def _set_step(step: Step, levels: Mapping[str, Level], strict: bool) -> Step:
    judgement = step.judgement
    if judgement is None or step.known:
        return step
    if judgement.verdict in ("proved", "holds"):
        return step
    chosen = levels.get(judgement.rule) or (levels.get(judgement.verdict) if step.kind == "claim" else None)
    if chosen is None and strict and step.kind == "claim" and judgement.verdict in STRICT:
        chosen = "error"
    return step if chosen is None else replace(step, set_level=chosen)


def _set_finding(finding: Finding, levels: Mapping[str, Level]) -> Finding | None:
    chosen = levels.get(finding.rule)
    if chosen is None or finding.known:
        return finding
    return None if chosen == "off" else replace(finding, severity=chosen)
