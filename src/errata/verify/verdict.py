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
    """A right line in place of the step as written."""

    latex: str
    description: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge's word on one claim."""

    verdict: Verdict
    rule: str = ""
    message: str = ""
    evidence: tuple[Evidence, ...] = ()
    counterexample: Counterexample | None = None
    suggestion: Suggestion | None = None
