"""From a step called wrong to what went wrong and what the right line is."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.statements import Reading
from errata.language.terms import Term
from errata.notes.document import Document
from errata.numeric_checks.target import target_of
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.relations import may_hold, other_relations, right_side
from errata.verify.diagnosis.rereading import Edit, Place, place_of, read_again
from errata.verify.diagnosis.search import Found, search
from errata.verify.diagnosis.slips import name_of
from errata.verify.diagnosis.slips.slip import Slip
from errata.verify.diagnosis.source_edit import edits
from errata.verify.judge import judge
from errata.verify.verdict import Diagnosis, Suggestion

MOST_JUDGED = 6
"""How many candidates are put to the judge, best first."""
FRESH = 5
"""Added to the seed where candidates are found, so that the judge draws other interpretations than the search."""


RIGHT = ("proved", "holds")


@dataclass(frozen=True, slots=True)
class Mended:
    """A correction that the judge calls right: the side it puts there, how near it is, and the edit of the source."""

    term: Term
    score: float
    edit: Edit
    latex: str


def diagnose(document: Document, index: int, seed: int = 0) -> Diagnosis | None:
    """Return what went wrong in the index-th step of a document, which the judge called wrong."""
    place = place_of(document, index)
    reading = place.statement.readings[0]
    if reading.relation != "=":
        return _other_relation(place, reading, None, seed)
    bench = _bench(place, reading, seed)
    if bench is None:
        return None
    mended = _mended(place, bench, search(bench), seed)
    return _told(place, reading, mended[0]) if mended else _other_relation(place, reading, bench, seed)


def _told(place: Place, reading: Reading, mended: Mended) -> Diagnosis:
    slip = Slip(reading.right, mended.term, reading.left, place.statement.scope)
    rule, message = name_of(slip)
    return Diagnosis(rule, message, _suggestion(mended.latex, mended.edit))


def _suggestion(latex: str, edit: Edit) -> Suggestion:
    return Suggestion(latex, "", True, edit.start, edit.end, edit.replacement)


def _other_relation(place: Place, reading: Reading, bench: Bench | None, seed: int) -> Diagnosis | None:
    """Return another relation that holds between the two sides as they are written."""
    for relation, edit in other_relations(place.statement, place.fragment.text):
        if bench is not None and not may_hold(relation, bench):
            continue
        again = read_again(place, edit)
        if again is None or again.statement.readings[0].relation != relation:
            continue
        if judge(again.statement, seed, reasons=False).verdict in RIGHT:
            scope = place.statement.scope
            slip = Slip(reading.right, reading.right, reading.left, scope, reading.relation, relation)
            return Diagnosis(*name_of(slip), _suggestion(again.statement.text, edit))
    return None


def _bench(place: Place, reading: Reading, seed: int) -> Bench | None:
    scope = place.statement.scope
    target = target_of(reading.left, reading.right, scope, (), seed + FRESH)
    return None if target is None else Bench(reading.right, target, scope)


def _mended(place: Place, bench: Bench, found: list[Found], seed: int) -> list[Mended]:
    """Return the corrections that the judge calls right, once they stand in the note and are read again."""
    for candidate in found[:MOST_JUDGED]:
        mended = _confirmed(place, bench.written, candidate, seed)
        if mended is not None:
            return [mended]
    return []


def _confirmed(place: Place, written: Term, found: Found, seed: int) -> Mended | None:
    text = place.fragment.text
    for edit in edits(text, written, found.candidate.term, right_side(place.statement, text)):
        again = read_again(place, edit)
        if again is None or again.statement.readings[0].right != found.candidate.term:
            continue
        judgement = judge(again.statement, seed, reasons=False)
        if judgement.verdict not in RIGHT:
            return None
        return Mended(found.candidate.term, found.score, edit, again.statement.text)
    return None
