"""A note in, the diagnosis of its last claim out."""

from __future__ import annotations

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.diagnosis.diagnosis import diagnose
from errata.verify.judge import judge
from errata.verify.verdict import Diagnosis, Judgement


def diagnosed(note: str) -> Diagnosis | None:
    """Diagnose the first claim of a note that is wrong."""
    document = read_text(note)
    for index, placed in enumerate(read_document(document)):
        if placed.statement.kind == "claim" and judge(placed.statement, reasons=False).verdict == "wrong":
            return diagnose(document, index)
    raise AssertionError("nothing is wrong here")


def judgements(note: str) -> list[Judgement]:
    """Return what the judge says of the claims of a note."""
    steps = [p.statement for p in read_document(read_text(note))]
    return [judge(s, reasons=False) for s in steps if s.kind == "claim"]


def verdicts(note: str) -> list[str]:
    """Return the verdicts on the claims of a note."""
    return [judgement.verdict for judgement in judgements(note)]
