"""What checking one document gives: every statement with its place and its judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from errata.language.statements import Statement
from errata.notes.source import Fragment, Position
from errata.verify.verdict import Judgement

Severity = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """A statement, the fragment that its span counts in, and the judge's word (None for all but claims).

    expected: an `expect wrong` directive covers the step.
    """

    statement: Statement
    block_fragment: Fragment
    judgement: Judgement | None = None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class CheckedFinding:
    """Something to report that is no step: an unclosed formula, an expectation that was not met, a clash.

    severity "error" fails the run. path: the file it stands in, which an included file makes another than
    the document's own.
    """

    rule: str
    message: str
    severity: Severity
    fragment_position: Position
    path: str


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """All that was found in one document, in the order of its source.

    in_time: nothing in it was left open for want of time, so that the same will be found again.
    """

    path: str
    steps: tuple[CheckedStep, ...]
    findings: tuple[CheckedFinding, ...] = ()
    in_time: bool = True
