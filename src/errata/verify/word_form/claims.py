"""One attempt at an equation of matrices, or at a relation of numbers made of them, by words."""

from __future__ import annotations

from errata.language.statements import Reading
from errata.language.terms import (
    Array,
    Elementary,
    MatrixOperation,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    children,
    subterms,
)
from errata.verify.inequalities import DEPTH, nonnegative
from errata.verify.normal_form.polynomials import subtract
from errata.verify.normal_form.signs import sign
from errata.verify.normal_form.workspace import Exhausted, NoProof, Workspace
from errata.verify.normal_form.zero import reduced
from errata.verify.word_form import blocks
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.equality import same
from errata.verify.word_form.letters import Words
from errata.verify.word_form.lowering import WordLowering


def proved_by_words(w: Workspace, reading: Reading) -> bool:
    """Whether an equation or inequality is proved."""
    if _mixes_limits(reading):
        return False
    match reading.relation:
        case "=":
            return equal_words(w, reading)
        case "<=" | "<":
            return ordered_words(w, reading.left, reading.right, reading.relation == "<")
        case ">=" | ">":
            return ordered_words(w, reading.right, reading.left, reading.relation == ">")
    return False


def equal_words(w: Workspace, reading: Reading) -> bool:
    """Whether both sides of an equation are surely equal; the second pass knows what both need to be defined."""
    m = Matrices(w)
    _assume(m)
    _harvest(WordLowering(m), reading.left)
    _harvest(WordLowering(m), reading.right)
    equal = False
    for _ in range(2):
        w.conditions.clear()
        lowering = WordLowering(m)
        if any(blocks.is_written(lowering, side) for side in (reading.left, reading.right)):
            equal = blocks.same_blocks(lowering, reading.left, reading.right)
        else:
            equal = same(m, lowering.value(reading.left), lowering.value(reading.right))
        if equal and not w.conditions:
            break
    return equal


def _harvest(lowering: WordLowering, term: Term) -> None:
    """Note which matrices have inverses, as those are written outside of binders and conditions."""
    if isinstance(term, MatrixOperation) and term.operation == "inverse":
        try:
            lowering.value(term)
        except Exhausted:
            raise
        except NoProof:
            pass
    if isinstance(term, Array | Elementary | MatrixOperation | Negative | Power | Product | Quotient | Sum):
        for part in children(term):
            _harvest(lowering, part)


def ordered_words(w: Workspace, small: Term, large: Term, strict: bool) -> bool:
    """Whether small <= large (or <) is proved of numbers made of matrices."""
    m = Matrices(w)
    _assume(m)
    for _ in range(2):
        lowering = WordLowering(m)
        difference = subtract(lowering.scalar(large), lowering.scalar(small))
        if sign(w, difference) > 0:
            return True
        if not strict and nonnegative(w, reduced(w, difference), DEPTH):
            return True
    return False


def _mixes_limits(reading: Reading) -> bool:
    """Whether an adjugate, proved where a matrix is invertible, stands beside what jumps where it is not."""
    used = {
        part.operation
        for side in (reading.left, reading.right)
        for part in subterms(side)
        if isinstance(part, MatrixOperation)
    }
    return "adjugate" in used and not used.isdisjoint(("pseudo_inverse", "rank"))


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
