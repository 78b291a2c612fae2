"""The one value that all renderers draw: a report of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from errata.verify.verdict import VERDICTS, Judgement, Verdict

if TYPE_CHECKING:
    from errata.language.statements import Kind

Level = Literal["error", "warning", "note", "off"]
Known = Literal["", "expected", "baseline"]

_LEVELS: Mapping[Verdict, Level] = MappingProxyType(
    {
        "proved": "off",
        "holds": "off",
        "wrong": "error",
        "conditional": "warning",
        "undecided": "note",
        "unread": "note",
    }
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What was not understood, at which character, and what would help."""

    message: str
    line: int
    column: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """A correction as an edit of the source: what stands from start to end (exclusive), and what is to stand there.

    digest: of the whole text, by which a file that has changed is told. safe: it may be made without asking.
    """

    start: int
    end: int
    written: str
    replacement: str
    digest: str
    safe: bool = False


def digest_of(text: str) -> str:
    """Return by what a text is known again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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
    set_level: Level | None = None
    """How bad it is, where the settings of a run say so (else its verdict does)."""
    accepted: bool = False
    """It stands in the baseline: it is known and does not count as new."""
    edit: SourceEdit | None = None
    """Its correction in the file it stands in; not kept in a cache."""
    second_reader: tuple[str, ...] = ()
    """What an independent reader makes of its scalar sides, and where that differs; not kept in a cache."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands: cell (0 without cells), line, column."""
        return (self.cell or 0, self.line, self.column)

    @property
    def level(self) -> Level:
        """How bad it is; "off" is not worth a word. A definition or declaration is judged only if it is broken."""
        if self.judgement is None:
            return "off"
        if self.set_level is not None:
            return self.set_level
        if self.kind != "claim":
            return "warning" if self.judgement.rule else "off"
        return "note" if self.known == "expected" else _LEVELS[self.judgement.verdict]

    @property
    def known(self) -> Known:
        """Why it does not count as new, if it is wrong or worse."""
        if self.expected and self.judgement is not None and self.judgement.verdict == "wrong":
            return "expected"
        return "baseline" if self.accepted else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report that is no step: an unclosed formula, an expectation that was not met, a clash.

    severity "error" fails the run, unless it is accepted (stands in the baseline).
    """

    rule: str
    message: str
    line: int
    column: int
    severity: Level = "warning"
    cell: int | None = None
    path: str | None = None
    accepted: bool = False

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands: cell (0 without cells), line, column."""
        return (self.cell or 0, self.line, self.column)

    @property
    def level(self) -> Level:
        """How bad it is."""
        return self.severity

    @property
    def known(self) -> Known:
        """Why it does not count as new."""
        return "baseline" if self.accepted else ""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All that was found in one document."""

    path: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def items(self) -> tuple[Step | Finding, ...]:
        """Steps and findings."""
        return (*self.steps, *self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """All documents of a run, in the order given."""

    documents: tuple[DocumentReport, ...]
    version: str = field(default="")
    interrupted: bool = False
    """It was ended early: it holds what was found by then."""

    def claims(self) -> tuple[Step, ...]:
        """Return the claims that were judged, in order."""
        return tuple(s for d in self.documents for s in d.steps if s.kind == "claim" and s.judgement)

    def counts(self) -> dict[str, int]:
        """Return the number of claims and of each verdict."""
        judged = [step.judgement.verdict for step in self.claims() if step.judgement]
        return {"claims": len(judged)} | {verdict: judged.count(verdict) for verdict in VERDICTS}

    def fails(self) -> bool:
        """Return whether the run fails: an error that is neither expected nor in the baseline."""
        return any(item.level == "error" and not item.known for d in self.documents for item in d.items)
