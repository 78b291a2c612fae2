"""What a wrong line does to its chain: what follows from it, where the chain is right again."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.statements import Statement
from errata.language.terms import Term
from errata.numeric_checks.target import Target, target_of
from errata.verify.diagnosis.rereading import Place

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Carried:
    """How an error is carried forward.

    mends_itself: the line before is the wrong one, and this one is right again. again: the next line has the right
    value again. following: how many lines after this one say what it says. end_is_right: the chain's last line has
    the value that it began with.
    """

    mends_itself: bool = False
    again: bool = False
    following: int = 0
    end_is_right: bool = False

    def words(self) -> str:
        """Return what there is to say, "" where there is nothing."""
        if self.mends_itself:
            return "right again: it is the line before that is wrong"
        if self.again:
            return "the next line is right again: the slip is in the writing of this one"
        if not self.following:
            return ""
        lines = "the next line follows" if self.following == 1 else f"the next {self.following} lines follow"
        return f"{lines} from it" + ("; the end of the chain is right" if self.end_is_right else "")


def carried(place: Place, seed: int) -> Carried:
    """Return how the error of a wrong line is carried through its chain of equations."""
    before, after = _neighbours(place)
    reading = place.statement.readings[0]
    scope = place.statement.scope
    if before is not None and before.readings[0].relation == "=":
        value = target_of(before.readings[0].left, reading.right, scope, (), seed)
        if value is not None and value.fits(reading.right) and not value.fits(reading.left):
            return Carried(mends_itself=True)
    sides = [s.readings[0].right for s in after if s.readings[0].relation == "="]
    if not sides or len(sides) < len(after):
        return Carried()
    right = target_of(reading.left, reading.right, scope, sides, seed)
    wrong = target_of(reading.right, reading.left, scope, sides, seed)
    if right is None or wrong is None:
        return Carried()
    if right.fits(sides[0]):
        return Carried(again=True)
    return Carried(following=_leading(wrong, sides), end_is_right=right.fits(sides[-1]))


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
    steps = [*([before] if before is not None else []), *after[:2]]
    own = place.statement.readings[0]
    sides = [side for s in steps for side in (s.readings[0].left, s.readings[0].right)]
    return [side for side in dict.fromkeys(sides) if side not in (own.left, own.right)]


def _neighbours(place: Place) -> tuple[Statement | None, list[Statement]]:
    """Return the step before in the same chain, and those after."""
    own = place.statements[place.index]
    chain = [
        (index, p.statement)
        for index, p in enumerate(place.statements)
        if p.fragment is own.fragment and p.statement.chain[0] == own.statement.chain[0] and p.statement.readings
    ]
    before = [s for index, s in chain if index < place.index]
    after = [s for index, s in chain if index > place.index]
    return (before[-1] if before else None), after[:MOST_LINES]
