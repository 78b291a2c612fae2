"""What worker processes run: one claim judged, one claim put to SymPy, one wrong step diagnosed.

The heavy libraries are imported there alone. Judges and SymPy get claims as terms; a diagnosis gets the document,
since a mended line is read again where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language.statements import Statement
from errata.notes.document import Document
from errata.verify.verdict import Compared, Diagnosis, Judgement

if TYPE_CHECKING:
    from errata.language.resumption import Resumable

SymPySays = tuple[str, str]
"""The kind of a confirmation and its reason (see `sympy_encoding.Confirmation`)."""

SYMPY_SECONDS = 3.0
SYMPY = "errata.verify.sympy_encoding"
"""The module that a worker for SymPy imports once, before it forks (`workers.JUDGE` is that of the judges)."""

DIAGNOSIS = "errata.verify.diagnosis.diagnosis"
REFERENCE = "errata.verify.reference.comparison"


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step of a document, by its place among all statements."""

    document: Document
    index: int


@dataclass(frozen=True, slots=True)
class Meant:
    """Statements that are meant to be those of a derivation of the library."""

    statements: tuple[Statement, ...]
    reference: Document


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


def confirm_statement_on_numbers(statement: Statement, *, seconds: float) -> SymPySays | None:
    """Ask SymPy about one claim on exact numbers alone, for what it does not show with symbols."""
    from errata.verify.sympy_numbers import confirm_on_numbers
    from errata.verify.sympy_terms import CannotEncode

    try:
        found = confirm_on_numbers(statement.readings[0], statement.scope, seconds)
    except CannotEncode:
        return None
    return found.kind, found.reason


class Diagnoser:
    """Says what went wrong in a step; how its document is read is kept for the other steps of the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._read: Resumable | None = None

    def __call__(self, step: StepOf) -> Diagnosis | None:
        """Return what went wrong in one step, None where nothing can be said."""
        from errata.language.resumption import read_resumably
        from errata.verify.diagnosis.diagnosis import diagnose_place
        from errata.verify.diagnosis.rereading import Place

        if self._read is None or self._read.document != step.document:
            self._read = read_resumably(step.document)
        read = self._read
        return diagnose_place(Place(read.document, read.statements, step.index, read), self._seed)


def compare_with_reference(meant: Meant, *, seed: int) -> list[Compared]:
    """Hold statements against those of the derivation that they are meant to be."""
    from errata.verify.reference.comparison import compare

    return compare(meant.statements, meant.reference, seed)
