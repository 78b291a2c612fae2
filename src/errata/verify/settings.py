"""What a run of the checker may be told."""

from __future__ import annotations

from dataclasses import dataclass

GIBIBYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run.

    seed: of every random draw; the same input and seed give the same report. timeout: seconds of processor time that
    one claim may take. jobs: how many worker processes judge claims. strict: conditional, undecided and unread steps
    fail the run too. memory_bytes: what one claim may take beyond a worker's start. every_witness: SymPy is asked for
    every right step, not only for those without a proof of our own. reasons: proofs name the rules that they cannot do
    without, which takes most of the time of a proof and changes no verdict. diagnose: of wrong steps, say what went
    wrong and what the right line is.
    """

    seed: int = 0
    timeout: float = 10.0
    jobs: int = 1
    strict: bool = False
    memory_bytes: int = GIBIBYTE
    every_witness: bool = False
    reasons: bool = True
    diagnose: bool = True
