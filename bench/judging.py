"""errata on every claim: the verdict, and the seconds that the judge took for it.

The clock runs inside the worker process, around the judge alone: reading, imports and messages between
processes do not count. The judge works as it does for the plain text report, which names no rules of proofs;
for JSON it also finds out which rules each proof cannot do without.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from errata.language.statements import Statement
from errata.verify.check import with_sympy
from errata.verify.tasks import SYMPY_SECONDS, confirm_statement
from errata.verify.verdict import Judgement
from errata.verify.workers import Crashed, Done, Result, TimedOut, run_bounded

PRELOAD = ("errata.verify.judge", "errata.verify.sympy_encoding", "scipy.special")
"""All that a worker imports, loaded by the fork server before any worker starts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The judge's own judgement, its seconds, and the verdict of `errata check`, which asks SymPy as well."""

    judgement: Judgement
    seconds: float
    checked: str
    crashed: bool = False


def judge_all(statements: Sequence[Statement], *, seed: int, timeout: float) -> list[Judged]:
    """Judge every claim, one after another; a claim that passes its time is undecided and cost all of it."""
    results = list(run_bounded(partial(timed_judge, seed=seed), statements, timeout=timeout, preload=PRELOAD))
    timed = [_judgement(result, timeout) for result in results]
    asked = [i for i, (judgement, _) in enumerate(timed) if judgement.verdict == "holds"]
    confirmed = run_bounded(
        partial(confirm_statement, seconds=SYMPY_SECONDS),
        [statements[i] for i in asked],
        timeout=min(timeout, 2 * SYMPY_SECONDS),
        preload=PRELOAD,
    )
    checked = {i: judgement.verdict for i, (judgement, _) in enumerate(timed)}
    for i, result in zip(asked, confirmed, strict=True):
        if isinstance(result, Done) and result.value is not None:
            checked[i] = with_sympy(timed[i][0], result.value).verdict
    return [
        Judged(judgement, seconds, checked[i], isinstance(results[i], Crashed))
        for i, (judgement, seconds) in enumerate(timed)
    ]


def timed_judge(statement: Statement, *, seed: int) -> tuple[Judgement, float]:
    """Judge one claim and say how many seconds it took (runs in a worker process)."""
    import scipy.special  # noqa: F401  the witness imports it late: here, so that no claim pays for it

    from errata.verify.judge import judge

    start = time.perf_counter()
    judgement = judge(statement, seed, reasons=False)
    return judgement, time.perf_counter() - start


def _judgement(result: Result[tuple[Judgement, float]], timeout: float) -> tuple[Judgement, float]:
    match result:
        case Done(value):
            return value
        case TimedOut():
            return Judgement("undecided", "undecided", f"not decided within {timeout:g} seconds"), timeout
        case Crashed(reason):
            return Judgement("undecided", "undecided", reason), timeout
