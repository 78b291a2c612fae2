"""What worker processes run: one claim judged, one claim put to SymPy.

The heavy libraries are imported there alone, and the reader of notes is not: a worker gets claims as terms.
"""

from __future__ import annotations

from errata.language.statements import Statement
from errata.verify.verdict import Judgement

SymPySays = tuple[str, str]
"""The kind of a confirmation and its reason (see `sympy_encoding.Confirmation`)."""

SYMPY_SECONDS = 3.0
SYMPY = "errata.verify.sympy_encoding"
"""The module that a worker for SymPy imports once, before it forks (`workers.JUDGE` is that of the judges)."""


def judge_statement(statement: Statement, *, seed: int, reasons: bool = True) -> Judgement:
    """Judge one claim."""
    from errata.verify.judge import judge

    return judge(statement, seed, reasons=reasons)


def confirm_statement(statement: Statement, *, seconds: float) -> SymPySays | None:
    """Ask SymPy about one claim."""
    from errata.verify.sympy_encoding import confirm
    from errata.verify.sympy_terms import CannotEncode

    try:
        found = confirm(statement.readings[0], statement.scope, seconds)
    except CannotEncode:
        return None
    return found.kind, found.reason
