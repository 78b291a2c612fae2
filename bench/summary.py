"""Figures of a source: shares and times, of errata on all claims and beside SymPy on those it can be asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims import Claim
from judging import Judged
from sympy_baseline import METHODS, Compared

DECIDED = ("proved", "holds", "wrong")


@dataclass(frozen=True, slots=True)
class Measured:
    """One claim with all that was found."""

    claim: Claim
    judged: Judged
    compared: Compared


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds a claim; None where there are no claims."""

    median: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Overall:
    """errata on all claims; the times are those of the judge on claims that were read.

    decided and proved_with_sympy are of the verdicts of `errata check`, proved of the judge's own.
    """

    source: str
    claims: int
    unread: int
    decided: int
    proved: int
    proved_with_sympy: int
    times: Times


@dataclass(frozen=True, slots=True)
class Contest:
    """One contestant ("errata", "simplify" or "equals") on the claims that SymPy can be asked about.

    against: how many answers are the opposite of errata's verdict. slowness: its median as a multiple of
    errata's. with_encoding: SymPy's times with the building of the two sides counted in, as errata's times
    count all work from the terms on.
    """

    source: str
    who: str
    claims: int
    decided: int
    against: int
    times: Times
    slowness: float | None
    with_encoding: Times


def overall(name: str, measured: Sequence[Measured]) -> Overall:
    """Return the figures of errata on all claims."""
    own = [m.judged.judgement.verdict for m in measured]
    checked = [m.judged.checked for m in measured]
    return Overall(
        source=name,
        claims=len(measured),
        unread=own.count("unread"),
        decided=sum(verdict in DECIDED for verdict in checked),
        proved=own.count("proved"),
        proved_with_sympy=checked.count("proved"),
        times=times(m.judged.seconds for m in measured if m.judged.judgement.verdict != "unread"),
    )


def contest(name: str, measured: Sequence[Measured]) -> list[Contest]:
    """Return the figures of errata, without SymPy's help, and of SymPy on the claims with a plain form."""
    common = [m for m in measured if m.compared.form]
    own = times(m.judged.seconds for m in common)
    decided = sum(m.judged.judgement.verdict in DECIDED for m in common)
    rows = [Contest(name, "errata", len(common), decided, 0, own, 1.0 if common else None, own)]
    for method in METHODS:
        answers = [(m, m.compared.answer(method)) for m in common]
        taken = times(answer.seconds for _, answer in answers)
        rows.append(
            Contest(
                source=name,
                who=method,
                claims=len(common),
                decided=sum(answer.says != "" for _, answer in answers),
                against=sum(is_against(m.judged, answer.says) for m, answer in answers),
                times=taken,
                slowness=taken.median / own.median if taken.median and own.median else None,
                with_encoding=times(answer.seconds + answer.encoding for _, answer in answers),
            )
        )
    return rows


def is_against(judged: Judged, says: str) -> bool:
    """Tell whether an answer is the opposite of the judge's verdict."""
    verdict = judged.judgement.verdict
    return (says == "wrong" and verdict in ("proved", "holds")) or (says == "right" and verdict == "wrong")


def times(seconds: Iterable[float]) -> Times:
    """Return median and 95th percentile, both by nearest rank."""
    ordered = sorted(seconds)
    if not ordered:
        return Times(None, None)
    return Times(_rank(ordered, 0.5), _rank(ordered, 0.95))


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[math.ceil(share * len(ordered)) - 1]
