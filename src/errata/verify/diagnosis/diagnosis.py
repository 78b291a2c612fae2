"""From a step called wrong to what went wrong and what the right line is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from errata.language.definitions import rebuilt
from errata.language.printer import to_latex
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Comparison,
    Derivative,
    Entry,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Number,
    Span,
    Term,
)
from errata.notes.document import Document
from errata.numeric_checks.target import target_of
from errata.verify import subgaussian
from errata.verify.diagnosis.bench import Bench
from errata.verify.diagnosis.chains import Carried, carried, lines_before, lines_beside
from errata.verify.diagnosis.form import same_form
from errata.verify.diagnosis.relations import left_side, may_hold, other_relations, right_side
from errata.verify.diagnosis.rereading import Edit, Place, place_of, read_again
from errata.verify.diagnosis.search import Found, search, search_copies
from errata.verify.diagnosis.slips import name_of
from errata.verify.diagnosis.slips.slip import Slip, is_constant
from errata.verify.diagnosis.source_edit import edits
from errata.verify.diagnosis.trees import ZERO, with_same_addends
from errata.verify.diagnosis.unequal import either_sign, mended_side
from errata.verify.judge import judge
from errata.verify.verdict import Diagnosis, Suggestion

MOST_JUDGED = 6
"""How many candidates are put to the judge, best first."""
MOST_FOLLOWING = 2
FRESH = 5
"""Added to the seed where candidates are found, so that the judge draws other interpretations than the search."""
RIGHT = ("proved", "holds")
_ORDERS = ("<", "<=", ">", ">=")
NEAR, APART = 2.0, 0.4
"""A correction is safe to make where it costs less than one and is cheaper than the next by the other."""
FAR = 1.6
"""What the best correction of the right side must cost before the left one is looked at."""
LEFT_COST = 1.0
FARTHEST = 5.8
"""What costs more is no correction of what was written, but another formula."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A correction that the judge calls right: the sides it puts there, how near it is, and the edit of the source."""

    written: Term
    term: Term
    other: Term
    score: float
    edit: Edit
    latex: str


def diagnose(document: Document, index: int, seed: int = 0) -> Diagnosis | None:
    """Return what went wrong in the index-th step of a document, which the judge called wrong."""
    return diagnose_place(place_of(document, index), seed)


def diagnose_place(place: Place, seed: int = 0) -> Diagnosis | None:
    """Return what went wrong in a step that the judge called wrong."""
    reading = place.statement.readings[0]
    if subgaussian.concerns(place.statement):
        return None  # a line that holds under the laws which are tried need not be right
    if reading.relation != "=":
        return _other_relation(place, reading, None, seed) or _other_side(place, reading, seed)
    chain = carried(place, seed + FRESH)
    if chain.mends_itself:
        return Diagnosis("", chain.words())
    right = _bench(place, reading, "right", seed, chain.head)
    mended = _mended(place, right, seed) if right is not None else []
    if chain.head is None and (not mended or mended[0].score > FAR):
        left = _left_bench(place, reading, seed)
        mended = sorted([*mended, *(_mended(place, left, seed) if left is not None else ())], key=lambda m: m.score)
    if not mended and right is not None:
        mended = _mended(place, right, seed, search_copies)
    if mended:
        return _told(place, mended, chain, seed)
    found = _other_relation(place, reading, right, seed) if right is not None and chain.head is None else None
    return found or (Diagnosis("", chain.words()) if chain.words() else None)


def _told(place: Place, mended: list[Mended], chain: Carried, seed: int) -> Diagnosis:
    best, *others = mended
    slip = Slip(best.written, best.term, best.other, place.statement.scope)
    rule, message = name_of(slip)
    apart = not others or others[0].score - best.score >= APART
    safe = best.score < NEAR and apart and not chain.following and chain.head is None
    told = "; ".join(words for words in (message, chain.words(), _then(place, best, chain, seed)) if words)
    return Diagnosis(rule, told, _suggestion(best.latex, best.edit, safe))


def _then(place: Place, best: Mended, chain: Carried, seed: int) -> str:
    """Return what the next line is once this one is mended, where it follows from this one as it is written."""
    if not chain.following or best.written != place.statement.readings[0].right:
        return ""
    scope = place.statement.scope
    target = target_of(best.other, chain.following[0], scope, (), seed + FRESH)
    if target is None:
        return ""
    same = with_same_addends(best.written, best.term, chain.following[0])
    if same is not None and target.fits(same):
        candidates = [same]
    else:
        bench = Bench(chain.following[0], target, scope, near=(best.term, best.written))
        candidates = [found.candidate.term for found in search(bench)[:MOST_FOLLOWING]]
    for term in candidates:
        claim = replace(place.statement, readings=(Reading("=", best.other, term),))
        if judge(claim, seed, reasons=False).verdict in RIGHT:
            return f"mended, the next line is = {to_latex(term)}"
    return ""


def _suggestion(latex: str, edit: Edit, safe: bool = False) -> Suggestion:
    return Suggestion(latex, "", True, edit.start, edit.end, edit.replacement, safe)


def _other_relation(place: Place, reading: Reading, bench: Bench | None, seed: int) -> Diagnosis | None:
    """Return another relation that holds between the two sides as they are written.

    Between two numbers some order always holds, and what is worked out is equal to what comes out: an equation of
    such was meant as one.
    """
    if reading.relation == "=" and is_constant(reading.left) and is_constant(reading.right):
        return None
    worked_out = reading.relation == "=" and isinstance(reading.left, Derivative)
    for relation, edit in other_relations(place.statement, place.fragment.text):
        if (worked_out and relation in _ORDERS) or (bench is not None and not may_hold(relation, bench)):
            continue
        again = read_again(place, edit)
        if again is None or again.statement.readings[0].relation != relation:
            continue
        if judge(again.statement, seed, reasons=False).verdict in _accepted(reading.relation, relation):
            scope = place.statement.scope
            slip = Slip(reading.right, reading.right, reading.left, scope, reading.relation, relation)
            return Diagnosis(*name_of(slip), _suggestion(again.statement.text, edit))
    return None


def _other_side(place: Place, reading: Reading, seed: int) -> Diagnosis | None:
    """Return another right side of a step that is no equation."""
    found = mended_side(place, seed + FRESH)
    if found is None:
        return None
    term, edit, latex = found
    if isinstance(reading.right, Comparison) and term == either_sign(reading.right):
        return Diagnosis("domain", "a solution is lost, that of the other sign", _suggestion(latex, edit))
    rule, message = name_of(_slip_of(reading, term, place.statement.scope))
    return Diagnosis(rule, message, _suggestion(latex, edit))


def _slip_of(reading: Reading, term: Term, scope: Scope) -> Slip:
    """Return the slip in a right side, which may be in the relation of a conclusion alone."""
    match reading.right, term:
        case Comparison(written, left, right), Comparison(meant, _, _) if term == Comparison(meant, left, right):
            return Slip(right, right, left, scope, written, meant)
    return Slip(reading.right, term, reading.left, scope)


def _accepted(written: str, relation: str) -> tuple[str, ...]:
    """Return the verdicts that another relation needs: between any two sides some order may hold by chance."""
    return RIGHT[:1] if written == "=" and relation in _ORDERS else RIGHT


def _bench(place: Place, reading: Reading, side: str, seed: int, head: Term | None = None) -> Bench | None:
    """Return a side with what it must equal: the other side, or what the chain begins with."""
    scope = place.statement.scope
    written, other = (reading.right, reading.left) if side == "right" else (reading.left, reading.right)
    target = target_of(head or other, written, scope, (), seed + FRESH)
    if target is None:
        return None
    near, before = tuple(lines_beside(place)), tuple(lines_before(place))
    return Bench(written, target, scope, side, near, before, composed=head is not None)


def _left_bench(place: Place, reading: Reading, seed: int) -> Bench | None:
    """Return the left side as the one to mend, where it stands in this step and says no more than a formula does.

    What is defined and what is to be worked out, a derivative or a mean, was meant as it stands.
    """
    if left_side(place.statement, place.fragment.text) is None:
        return None
    fixed = Name | Entry | Apply | Derivative | Expectation | MomentOf | LawReference
    integral = isinstance(reading.left, Aggregate) and reading.left.operation == "integral"
    if isinstance(reading.left, fixed | Number) or integral:
        return None
    bench = _bench(place, reading, "left", seed)
    return None if bench is None or (bench.is_constant and bench.other != ZERO) else bench


def _mended(place: Place, bench: Bench, seed: int, searching: Callable[[Bench], list[Found]] = search) -> list[Mended]:
    """Return the best two corrections, of different forms, that the judge calls right in their place in the note."""
    extra = 0.0 if bench.side == "right" else LEFT_COST
    if bench.side == "left" and bench.other == ZERO:
        extra = 0.0
    if bench.side == "right" and bench.written == ZERO:
        extra = 1.0
    right: list[Mended] = []
    for found in searching(bench)[:MOST_JUDGED]:
        if found.score > FARTHEST:
            break
        if right and same_form(found.candidate.term, right[0].term, bench.scope):
            continue
        mended = _confirmed(place, bench, found, seed)
        if mended is not None:
            right.append(replace(mended, score=mended.score + extra))
        if len(right) == 2 or (right and found.score + extra > right[0].score + APART):
            break
    return right


def _confirmed(place: Place, bench: Bench, found: Found, seed: int) -> Mended | None:
    text = place.fragment.text
    term = found.candidate.term
    for edit in edits(text, bench.written, term, _region(place, bench.side)):
        again = read_again(place, edit)
        if again is None or _sizeless(_side(again.statement.readings[0], bench.side)) != _sizeless(term):
            continue
        statement = again.statement
        if bench.composed:
            statement = replace(statement, readings=(Reading("=", bench.other, term),))
        if judge(statement, seed, reasons=False).verdict not in RIGHT:
            return None
        return Mended(bench.written, term, bench.other, found.score, edit, again.statement.text)
    return None


def _sizeless(term: Term) -> Term:
    """Return a term with its identity matrices as they are written: their sizes are found when they are read."""
    if isinstance(term, MatrixOperation) and term.operation == "identity":
        return MatrixOperation("identity")
    return rebuilt(term, _sizeless)


def _region(place: Place, side: str) -> Span:
    left = left_side(place.statement, place.fragment.text)
    return left if side == "left" and left is not None else right_side(place.statement, place.fragment.text)


def _side(reading: Reading, side: str) -> Term:
    return reading.right if side == "right" else reading.left
