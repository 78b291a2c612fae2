"""The report as JSON, schema 1: the contract for programs. The same report gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from errata.numeric_checks.outcome import Counterexample
from errata.report.report import DocumentReport, Finding, Obstacle, Report, Step
from errata.verify.verdict import Evidence, Suggestion

SCHEMA = 1


def render_json(report: Report) -> str:
    """Return the report as one JSON document, in ASCII, with keys in a fixed order, ended by a newline."""
    return json.dumps(as_data(report), indent=1) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain dictionaries, lists, strings, numbers, booleans and None."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "errata", "version": report.version},
        "documents": [_document(document) for document in report.documents],
        "summary": report.counts(),
        "interrupted": report.interrupted,
    }


def _document(document: DocumentReport) -> dict[str, Any]:
    return {
        "path": document.path,
        "steps": [_step(step) for step in document.steps],
        "findings": [_finding(finding) for finding in document.findings],
    }


def _step(step: Step) -> dict[str, Any]:
    """A claim that was not judged has no verdict, and so have declarations, definitions and assumptions."""
    judgement = step.judgement
    return {
        "kind": step.kind,
        "path": step.path,
        "cell": step.cell,
        "line": step.line,
        "column": step.column,
        "end_line": step.end_line,
        "end_column": step.end_column,
        "text": step.text,
        "relation": step.relation,
        "read_as": step.read_as,
        "other_readings": list(step.other_readings),
        "assumed": list(step.assumed),
        "verdict": judgement.verdict if judgement and step.kind == "claim" else None,
        "rule": (judgement.rule or None) if judgement else None,
        "message": judgement.message if judgement else "",
        "evidence": [_evidence(evidence) for evidence in judgement.evidence] if judgement else [],
        "counterexample": _counterexample(judgement.counterexample) if judgement else None,
        "suggestion": _suggestion(judgement.suggestion) if judgement else None,
        "problem": _obstacle(step.problem),
        "expected": step.expected,
        "level": step.level,
        "accepted": step.accepted,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"witness": evidence.witness, "detail": evidence.detail}


def _counterexample(counterexample: Counterexample | None) -> dict[str, Any] | None:
    if counterexample is None:
        return None
    return {
        "values": dict(counterexample.values),
        "left": counterexample.left,
        "right": counterexample.right,
        "certified": counterexample.certified,
    }


def _suggestion(suggestion: Suggestion | None) -> dict[str, Any] | None:
    if suggestion is None:
        return None
    return {
        "latex": suggestion.latex,
        "description": suggestion.description,
        "verified": suggestion.verified,
    }


def _obstacle(obstacle: Obstacle | None) -> dict[str, Any] | None:
    if obstacle is None:
        return None
    return {
        "message": obstacle.message,
        "line": obstacle.line,
        "column": obstacle.column,
        "hint": obstacle.hint,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "message": finding.message,
        "severity": finding.severity,
        "accepted": finding.accepted,
        "path": finding.path,
        "cell": finding.cell,
        "line": finding.line,
        "column": finding.column,
    }
