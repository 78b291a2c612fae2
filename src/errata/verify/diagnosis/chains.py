"""What a wrong line does to its chain: what follows from it, where the chain is right again."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.statements import Statement
from errata.language.terms import Term
from errata.numeric_checks.target import Target, target_of
from errata.verify.diagnosis.rereading import Place
from errata.verify.judge import judge

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Carried:
    """How errors are carried through a chain that begins with one value and should keep it.

    mends_itself: the line before is a wrong one, and this one is right again. head: what the chain begins with, where
    the line before is wrong and this one is too, so that it cannot be mended by the line before. again: the next line
    has the right value again. following: the sides of the lines after this one that say what it says. end_is_right:
    whether the chain's last line has the value that it began with; None where this line is the last.
    """

    mends_itself: bool = False
    head: Term | None = None
    again: bool = False
    following: tuple[Term, ...] = ()
    end_is_right: bool | None = None

    def words(self) -> str:
        """Return what there is to say, "" where there is nothing."""
        if self.mends_itself:
            return "right again: it is a line before that is wrong"
        told = []
        if self.head is not None:
            told.append("a line before is wrong already: this one is held against what the chain begins with")
        if self.again:
            told.append("the next line is right again: the slip is in the writing of this one")
        elif self.following:
            count = len(self.following)
            told.append("the next line follows from it" if count == 1 else f"the next {count} lines follow from it")
            back = "a second slip takes it back, and the end of the chain is right"
            told.append(back if self.end_is_right else "the end of the chain is wrong")
        elif self.end_is_right is not None:
            told.append(f"the end of the chain is {'right' if self.end_is_right else 'wrong'}")
        return "; ".join(told)


def carried(place: Place, seed: int) -> Carried:
    """Return how the error of a wrong line is carried through its chain of equations."""
    before, after = _neighbours(place)
    reading = place.statement.readings[0]
    if any(s.readings[0].relation != "=" for s in (*before, *after)):
        return Carried()
    scope = place.statement.scope
    head = before[0].readings[0].left if before else reading.left
    sides = [s.readings[0].right for s in after]
    value = target_of(head, reading.right, scope, (reading.left, *sides), seed)
    if value is None:
        return Carried()
    inherited = bool(before) and not value.fits(reading.left) and _any_wrong(before, seed)
    if inherited and value.fits(reading.right):
        return Carried(mends_itself=True)
    origin = head if inherited else None
    wrong = target_of(reading.right, reading.left, scope, sides, seed) if sides else None
    if wrong is None:
        return Carried(head=origin)
    if value.fits(sides[0]):
        return Carried(head=origin, again=True)
    following = tuple(sides[: _leading(wrong, sides)])
    return Carried(head=origin, following=following, end_is_right=value.fits(sides[-1]))


def _any_wrong(steps: list[Statement], seed: int) -> bool:
    """Return whether the judge calls one of the steps wrong: a rounded number has another value, and is right."""
    return any(judge(step, seed, reasons=False).verdict == "wrong" for step in steps)


def _leading(target: Target, sides: list[Term]) -> int:
    count = 0
    for side in sides:
        if not target.fits(side):
            break
        count += 1
    return count


def lines_beside(place: Place) -> list[Term]:
    """Return the sides that stand in the other equations of the step's chain, the nearest first."""
    before, after = _neighbours(place)
    own = place.statement.readings[0]
    sides = [side for s in (*before[-1:], *after[:2]) for side in (s.readings[0].left, s.readings[0].right)]
    return [side for side in dict.fromkeys(sides) if side not in (own.left, own.right)]


def lines_before(place: Place) -> list[Term]:
    """Return the lines of the step's chain that stand before its left side."""
    before, _ = _neighbours(place)
    return [s.readings[0].left for s in before]


def _neighbours(place: Place) -> tuple[list[Statement], list[Statement]]:
    """Return the steps before in the same chain, and those after; what defines the first member has its value."""
    own = place.statements[place.index]
    chain = [
        (index, p.statement)
        for index, p in enumerate(place.statements)
        if p.fragment is own.fragment and p.statement.chain[0] == own.statement.chain[0]
        if p.statement.readings and p.statement.kind != "definition"
    ]
    before = [s for index, s in chain if index < place.index]
    after = [s for index, s in chain if index > place.index]
    return before[-MOST_LINES:], after[:MOST_LINES]
