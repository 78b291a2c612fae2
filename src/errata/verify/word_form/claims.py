"""One attempt at an equation of matrices (or of numbers made of them) by words."""

from __future__ import annotations

from errata.language.statements import Reading
from errata.verify.normal_form.workspace import Exhausted, NoProof, Workspace
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.equality import same
from errata.verify.word_form.letters import Words
from errata.verify.word_form.lowering import WordLowering


def equal_words(w: Workspace, reading: Reading) -> bool:
    """Whether both sides of an equation are surely equal; the second pass knows what both need to be defined."""
    if reading.relation != "=":
        return False
    m = Matrices(w)
    _assume(m)
    for _ in range(2):
        lowering = WordLowering(m)
        if same(m, lowering.value(reading.left), lowering.value(reading.right)):
            return True
    return False


def _assume(m: Matrices) -> None:
    """Take over the assumed equations of the scope that words model."""
    for assumption in m.w.scope.assumptions:
        if assumption.relation != "=":
            continue
        lowering = WordLowering(m, guarded=True)
        try:
            left, right = lowering.value(assumption.left), lowering.value(assumption.right)
            minus = m.product({(): -1}, right)
            difference = lowering.sum_of([left, minus])
            if isinstance(difference, Words):
                m.assume(difference)
            else:
                m.assume_value(difference)
        except Exhausted:
            raise
        except NoProof:
            continue
