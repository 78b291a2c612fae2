"""The report as text, in the manner of a compiler: place, rule, the line underlined, what was read, why."""

from __future__ import annotations

from collections.abc import Iterator

from errata.numeric_checks.outcome import Counterexample
from errata.report.line import EMPTY, Line, Style
from errata.report.report import DocumentReport, Finding, Report, Step
from errata.report.safe_text import clip, excerpt, one_line, safe
from errata.verify.verdict import VERDICTS, Judgement, Suggestion, Verdict

UNEXPLAINED = ("the two sides differ", "the relation fails")
"""What the judge says of a wrong step of which nothing more is known."""
LONGEST = 600
"""Columns of the longest message or reading that is printed whole."""

STYLES: dict[Verdict, Style] = {
    "proved": "right",
    "holds": "right",
    "wrong": "error",
    "conditional": "warning",
    "undecided": "note",
    "unread": "note",
}

COUNTED: dict[Verdict, str] = {verdict: "hold" if verdict == "holds" else verdict for verdict in VERDICTS}


def render_text(report: Report, *, columns: int = 120, verbose: bool = False) -> list[Line]:
    """Return the lines of a report.

    Wrong steps and findings come in the order of the source, with all that is known of them; conditional
    steps in short; what was not decided or not read, one line each, at the end. verbose: right steps too.
    """
    lines: list[Line] = []
    for document in report.documents:
        for item in in_order(document):
            if item.known == "baseline":
                continue
            if isinstance(item, Finding):
                lines += [finding_line(document, item), EMPTY]
            else:
                lines += _step_lines(document, item, columns, verbose)
    for verdict in ("undecided", "unread"):
        grouped = [
            short_line(document, step, columns)
            for document in report.documents
            for step in document.steps
            if step.judgement and step.kind == "claim" and step.judgement.verdict == verdict and _is_told(step)
        ]
        lines += [*grouped, EMPTY] if grouped else []
    lines.append(summary_line(report))
    return lines


def in_order(document: DocumentReport) -> list[Step | Finding]:
    """Return the steps and findings of a document as they stand in it, those of included files last."""
    return sorted(document.items, key=lambda item: (_foreign_path(document, item), item.place))


def _foreign_path(document: DocumentReport, item: Step | Finding) -> str:
    return "" if item.path in (None, document.path) else item.path or ""


def place_of(document: DocumentReport, item: Step | Finding) -> str:
    """Return path:line:column, with the cell of a notebook before the line."""
    cell = f"cell {item.cell}:" if item.cell is not None else ""
    return f"{safe(item.path or document.path)}:{cell}{item.line}:{item.column}"


def finding_line(document: DocumentReport, finding: Finding) -> Line:
    """Return the line of a finding that is no step."""
    style: Style = "error" if finding.severity == "error" else "warning"
    return (
        (f"{place_of(document, finding)}: ", "place"),
        (f"{finding.severity} [{safe(finding.rule)}]", style),
        (f": {clip(one_line(finding.message), LONGEST)}", ""),
    )


def summary_line(report: Report) -> Line:
    """Return the honest counts of a run."""
    return ((summary_text(report), "strong"),)


def summary_text(report: Report) -> str:
    """Return the honest counts of a run as a sentence."""
    counts = report.counts()
    parts = [f"{counts[verdict]} {COUNTED[verdict]}{_aside(report, verdict)}" for verdict in VERDICTS]
    ended = "interrupted: " if report.interrupted else ""
    head = f"{ended}{plural(len(report.documents), 'document')}, {plural(counts['claims'], 'claim')}: "
    return head + ", ".join(parts)


def _aside(report: Report, verdict: Verdict) -> str:
    """Return how many of a verdict are known or not told, in brackets."""
    steps = [step for step in report.claims() if step.judgement and step.judgement.verdict == verdict]
    counts = (
        (sum(step.known == "expected" for step in steps), "expected"),
        (sum(step.known == "baseline" for step in steps), "in the baseline"),
        (sum(step.set_level == "off" for step in steps), "off"),
    )
    told = [f"{count} {what}" for count, what in counts if count]
    return f" ({', '.join(told)})" if told else ""


def plural(count: int, noun: str) -> str:
    """Return a count with its noun, such as "1 claim" or "2 claims"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# Steps -----------------------------------------------------------------------------------------------


def _step_lines(document: DocumentReport, step: Step, columns: int, verbose: bool) -> list[Line]:
    judgement = step.judgement
    if judgement is None or not _is_told(step):
        return []
    if step.kind != "claim":
        return [_broken_line(document, step, judgement), EMPTY] if judgement.rule else []
    if judgement.verdict == "wrong":
        return [*wrong_lines(document, step, judgement, columns), EMPTY]
    if judgement.verdict == "conditional":
        head = _head(document, step, judgement)
        return [head, *source_lines(step, columns), *_because(step, judgement), EMPTY]
    if verbose and judgement.verdict in ("proved", "holds"):
        return [short_line(document, step, columns)]
    return []


def _is_told(step: Step) -> bool:
    """Return whether a step is shown: not one in the baseline, nor one of a rule that is switched off."""
    return step.known != "baseline" and step.set_level != "off"


def _head(document: DocumentReport, step: Step, judgement: Judgement) -> Line:
    rule = f" [{safe(judgement.rule)}]" if judgement.rule else ""
    return (
        (f"{place_of(document, step)}: ", "place"),
        (judgement.verdict + rule, STYLES[judgement.verdict]),
        (" (expected)" if step.expected and judgement.verdict == "wrong" else "", "faint"),
    )


def _broken_line(document: DocumentReport, step: Step, judgement: Judgement) -> Line:
    return (
        (f"{place_of(document, step)}: ", "place"),
        (f"{step.kind} [{safe(judgement.rule)}]", "warning"),
        (f": {clip(one_line(judgement.message), LONGEST)}", ""),
    )


def short_line(document: DocumentReport, step: Step, columns: int) -> Line:
    """Return a step on one line: place, verdict, reason, and as much of the step as there is room for."""
    judgement = step.judgement
    if judgement is None:
        return ((f"{place_of(document, step)}: ", "place"), (step.kind, ""))
    place = f"{place_of(document, step)}: "
    reason = clip(one_line(_reason(step, judgement)), LONGEST)
    told = f": {reason}" if reason else ""
    room = max(24, columns - len(place) - len(judgement.verdict) - len(told) - 3)
    return (
        (place, "place"),
        (judgement.verdict, STYLES[judgement.verdict]),
        (told, ""),
        (f"   {clip(one_line(step.text), room)}", "faint"),
    )


def _reason(step: Step, judgement: Judgement) -> str:
    if judgement.verdict == "unread" and step.problem is not None:
        hint = f" ({step.problem.hint})" if step.problem.hint else ""
        return f"at {step.problem.line}:{step.problem.column}, {step.problem.message}{hint}"
    if judgement.message:
        return judgement.message
    return "; ".join(evidence.detail for evidence in judgement.evidence)


def wrong_lines(document: DocumentReport, step: Step, judgement: Judgement, columns: int) -> list[Line]:
    """Return all that is known of a wrong step."""
    lines = [_head(document, step, judgement), *source_lines(step, columns)]
    if step.read_as:
        lines.append(_note(step, f"read as {clip(one_line(step.read_as), LONGEST)}", "faint"))
    if step.assumed:
        lines.append(_note(step, f"assuming {clip(one_line('; '.join(step.assumed)), LONGEST)}", "faint"))
    lines += _because(step, judgement)
    if judgement.counterexample is not None:
        lines.append(_note(step, counterexample_text(judgement.counterexample)))
    if judgement.suggestion is not None:
        lines += [_note(step, text, "right") for text in _suggestion_texts(judgement.suggestion)]
    elif _is_wrong(step) and judgement.message in UNEXPLAINED:
        lines.append(_note(step, "no correction is within reach", "faint"))
    return lines


def _because(step: Step, judgement: Judgement) -> list[Line]:
    return [_note(step, clip(one_line(judgement.message), LONGEST))] if judgement.message else []


def source_lines(step: Step, columns: int) -> list[Line]:
    """Return the gutter with the step's first line, underlined as far as the step goes on it."""
    gutter = _gutter(step)
    start = step.column - 1
    end = step.end_column - 1 if step.end_line == step.line else len(step.source_line.rstrip())
    text, first, last = excerpt(step.source_line.rstrip(), start, end, max(20, columns - len(gutter) - 3))
    number = str(step.line).rjust(len(gutter) - 1)
    style: Style = "error" if _is_wrong(step) else "warning"
    return [
        ((f"{gutter}|", "faint"),),
        ((f"{number} | ", "faint"), (text, "")),
        ((f"{gutter}| ", "faint"), (" " * first + "^" * (last - first), style)),
    ]


def _is_wrong(step: Step) -> bool:
    return step.judgement is not None and step.judgement.verdict == "wrong"


def _gutter(step: Step) -> str:
    return " " * (max(3, len(str(step.line))) + 1)


def _note(step: Step, text: str, style: Style = "") -> Line:
    return ((f"{_gutter(step)}| ", "faint"), (text, style))


def counterexample_text(counterexample: Counterexample) -> str:
    """Return a counterexample as a sentence that a person can follow with a pencil."""
    values = ", ".join(f"{name} = {value}" for name, value in counterexample.values.items())
    take = f"take {values}: " if values else ""
    how = "certified" if counterexample.certified else "high precision"
    sides = f"left {counterexample.left}, right {counterexample.right}"
    return clip(one_line(take + sides), LONGEST) + f" ({how})"


def _suggestion_texts(suggestion: Suggestion) -> Iterator[str]:
    how = "checked" if suggestion.verified else "not checked"
    yield f"right: {clip(one_line(suggestion.latex), LONGEST)}   ({how})"
    if suggestion.description:
        yield clip(one_line(suggestion.description), LONGEST)
