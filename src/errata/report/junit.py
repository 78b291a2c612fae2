"""The report as JUnit XML: a suite for every document, a case for every claim."""

from __future__ import annotations

from xml.etree import ElementTree

from errata.report.notices import Notice, notices_of
from errata.report.report import DocumentReport, Report, Step
from errata.report.safe_text import clip, one_line, safe

LONGEST_NAME = 200


def render_junit(report: Report) -> str:
    """Return the XML. An error is a failure; what was not decided or not read, and what is known, is skipped."""
    root = ElementTree.Element("testsuites", name="errata")
    for document in report.documents:
        root.append(_suite(document))
    for key in ("tests", "failures", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(document: DocumentReport) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_text(document.path))
    for item, notice in notices_of(document):
        if isinstance(item, Step) and item.kind == "claim" and item.judgement is not None:
            suite.append(_case(document, item, notice))
        elif notice is not None and notice.level == "error":
            suite.append(_finding(document, notice))
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    return suite


def _case(document: DocumentReport, step: Step, notice: Notice | None) -> ElementTree.Element:
    case = _new_case(document, step.path, step.cell, step.line, step.column, step.text)
    if notice is None:
        return case
    if notice.level == "error" and not notice.known:
        _add_failure(case, notice)
    elif notice.known or notice.rule in ("undecided", "unread"):
        known = f"{notice.known}: " if notice.known else ""
        ElementTree.SubElement(case, "skipped", message=_text(known + notice.message))
    else:
        ElementTree.SubElement(case, "system-out").text = _text(notice.message)
    return case


def _finding(document: DocumentReport, notice: Notice) -> ElementTree.Element:
    path = None if notice.path == document.path else notice.path
    case = _new_case(document, path, notice.cell, notice.line, notice.column, notice.rule)
    if notice.known:
        ElementTree.SubElement(case, "skipped", message=_text(f"{notice.known}: {notice.message}"))
    else:
        _add_failure(case, notice)
    return case


def _new_case(
    document: DocumentReport, path: str | None, cell: int | None, line: int, column: int, text: str
) -> ElementTree.Element:
    place = f"{f'cell {cell}:' if cell is not None else ''}{line}:{column}"
    name = clip(f"{place} {one_line(text)}", LONGEST_NAME)
    return ElementTree.Element("testcase", classname=_text(path or document.path), name=_text(name))


def _add_failure(case: ElementTree.Element, notice: Notice) -> None:
    failure = ElementTree.SubElement(case, "failure", type=_text(notice.rule), message=_text(notice.message))
    failure.text = _text(f"{safe(notice.path)}:{notice.line}:{notice.column}: {notice.message}")


def _text(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold; the writer escapes the rest."""
    return "".join(c if c not in "\ufffe\uffff" else f"<U+{ord(c):04X}>" for c in safe(text))
