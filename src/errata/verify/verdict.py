"""Verdicts and the evidence for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from errata.numeric_checks.outcome import Counterexample

Verdict = Literal["proved", "holds", "wrong", "conditional", "undecided", "unread"]
VERDICTS: tuple[Verdict, ...] = ("proved", "holds", "wrong", "conditional", "undecided", "unread")


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof for all sizes and all instances.

    rules: the names of those without which it fails, most telling first ("Bayes' rule", "linearity of
    expectation"); empty means algebra. conditions: side conditions that the scope does not discharge.
    """

    rules: tuple[str, ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one witness contributed: "numeric", "proof" or "sympy", and a sentence."""

    witness: Literal["numeric", "proof", "sympy"]
    detail: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A right line in place of the step as written.

    start, end and replacement: the same as an edit of the text of the fragment in which the step's span counts.
    safe: it is one edit, alone at its distance, and near enough to what was written to be made without asking.
    """

    latex: str
    description: str
    verified: bool
    start: int = 0
    end: int = 0
    replacement: str = ""
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is known of a wrong step beyond that it is wrong; "" where nothing more specific is."""

    rule: str = ""
    message: str = ""
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of holding a statement against the reference that it is meant to be; in words where it is another."""

    kind: Literal["same", "differs", "open"]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge's word on one claim."""

    verdict: Verdict
    rule: str = ""
    message: str = ""
    evidence: tuple[Evidence, ...] = ()
    counterexample: Counterexample | None = None
    suggestion: Suggestion | None = None
