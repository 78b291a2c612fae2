"""The one value that all renderers draw: a report of a run."""

from __future__ import annotations

from dataclasses import dataclass, field

from errata.language.statements import Kind
from errata.verify.verdict import VERDICTS, Judgement


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What was not understood, at which character, and what would help."""

    message: str
    line: int
    column: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with its place in the source (1-based, in code points, end exclusive) and its judgement.

    cell is the notebook cell, counted from 1, or None. source_line is the text of the first line, for the
    terminal. expected: an `expect wrong` directive covers it. read_as says how it was understood;
    other_readings are the further plausible meanings, each with its condition.
    """

    kind: Kind
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    relation: str
    read_as: str
    assumed: tuple[str, ...] = ()
    judgement: Judgement | None = None
    expected: bool = False
    cell: int | None = None
    source_line: str = ""
    path: str | None = None
    """The file it stands in, where that is not the document's own (an \\\\input file)."""
    other_readings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """What each name in it is taken for: "d: a positive integer"."""
    problem: Obstacle | None = None
    """What kept it from being read."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands: cell (0 without cells), line, column."""
        return (self.cell or 0, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report that is no step: an unclosed formula, an expectation that was not met, a clash.

    severity "error" fails the run.
    """

    rule: str
    message: str
    line: int
    column: int
    severity: str = "warning"
    cell: int | None = None
    path: str | None = None

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands: cell (0 without cells), line, column."""
        return (self.cell or 0, self.line, self.column)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All that was found in one document."""

    path: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All documents of a run, in the order given."""

    documents: tuple[DocumentReport, ...]
    version: str = field(default="")

    def claims(self) -> tuple[Step, ...]:
        """Return the claims that were judged, in order."""
        return tuple(s for d in self.documents for s in d.steps if s.kind == "claim" and s.judgement)

    def counts(self) -> dict[str, int]:
        """Return the number of claims and of each verdict."""
        judged = [step.judgement.verdict for step in self.claims() if step.judgement]
        return {"claims": len(judged)} | {verdict: judged.count(verdict) for verdict in VERDICTS}

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether the run fails: a step wrong that was not expected to be, or a finding of severity
        "error"; if strict, also a step that is conditional, undecided or unread."""
        bad = {"wrong", "conditional", "undecided", "unread"} if strict else {"wrong"}
        steps = any(
            step.judgement.verdict in bad and not (step.expected and step.judgement.verdict == "wrong")
            for step in self.claims()
            if step.judgement
        )
        return steps or any(f.severity == "error" for d in self.documents for f in d.findings)
