"""What a report has to say, flattened: one notice a finding, which every format for programs is made from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from errata.report.report import DocumentReport, Finding, Known, Level, Report, Step
from errata.report.safe_text import one_line
from errata.report.text import counterexample_text, in_order
from errata.verify.verdict import Suggestion

ORDER: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to report. Places count from 1 in code points, ends exclusive; a finding has an empty range.

    path and text are as they stand in the note, with whatever characters that has; message is safe to show.
    known: why it does not count as new. fingerprint: stays the same when the lines around it move.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None
    level: Level
    rule: str
    message: str
    text: str
    known: Known
    fingerprint: str
    suggestion: Suggestion | None = None


def notices(report: Report) -> tuple[Notice, ...]:
    """Return all notices of a report, document by document, in the order of the source."""
    return tuple(n for document in report.documents for _, n in notices_of(document) if n is not None)


def worst_first(found: tuple[Notice, ...]) -> list[Notice]:
    """Return notices sorted by how bad they are, else in their order."""
    return sorted(found, key=lambda notice: ORDER.index(notice.level))


def notices_of(document: DocumentReport) -> Iterator[tuple[Step | Finding, Notice | None]]:
    """Yield the steps and findings of a document, each with its notice if it is worth one."""
    counted: Counter[str] = Counter()
    for item in in_order(document):
        if item.level == "off":
            yield item, None
            continue
        path = item.path or document.path
        identity = identity_of(item)
        counted[path + identity] += 1
        mark = fingerprint(path, identity, counted[path + identity])
        yield item, _step(path, item, mark) if isinstance(item, Step) else _finding(path, item, mark)


def identity_of(item: Step | Finding) -> str:
    """Return what makes a notice the same one wherever it stands in its file."""
    if isinstance(item, Finding):
        return f"{item.rule}: {' '.join(item.message.split())}"
    verdict = item.judgement.verdict if item.judgement and item.kind == "claim" else item.kind
    return f"{verdict}: {' '.join(item.text.split())}"


def fingerprint(path: str, identity: str, occurrence: int) -> str:
    """Return the name of a notice: of its file, what it is about, and how many like it stand before it."""
    parts = "\0".join((path.replace("\\", "/"), identity, str(occurrence)))
    return hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _step(path: str, step: Step, mark: str) -> Notice:
    judgement = step.judgement
    assert judgement is not None
    return Notice(
        path,
        step.line,
        step.column,
        step.end_line,
        step.end_column,
        step.cell,
        step.level,
        rule_of(step),
        _message(step),
        step.text,
        step.known,
        mark,
        judgement.suggestion,
    )


def rule_of(step: Step) -> str:
    """Return the rule of a judged step, or the verdict where no rule is named."""
    judgement = step.judgement
    return (judgement.rule or judgement.verdict) if judgement else step.kind


def _message(step: Step) -> str:
    judgement = step.judgement
    assert judgement is not None
    verdict = judgement.verdict if step.kind == "claim" else step.kind
    told = judgement.message or "; ".join(evidence.detail for evidence in judgement.evidence)
    parts = [f"{verdict}: {told}" if told else verdict]
    if judgement.counterexample is not None:
        parts.append(counterexample_text(judgement.counterexample))
    if judgement.suggestion is not None:
        how = "checked" if judgement.suggestion.verified else "not checked"
        parts.append(f"right: {judgement.suggestion.latex} ({how})")
    return one_line("; ".join(parts))


def _finding(path: str, finding: Finding, mark: str) -> Notice:
    line, column, message = finding.line, finding.column, one_line(finding.message)
    return Notice(
        path, line, column, line, column, finding.cell, finding.level, finding.rule, message, "", finding.known, mark
    )
