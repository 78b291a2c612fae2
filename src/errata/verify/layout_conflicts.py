"""Gradients against the layout that the note itself states: a column set equal to a row."""

from __future__ import annotations

from errata.language.matching_sizes import lying_across
from errata.language.sorts import Real
from errata.language.statements import Statement
from errata.language.terms import Apply, Derivative, Name, Negative, Term, children
from errata.verify.verdict import Judgement


def against_layout(statement: Statement) -> Judgement | None:
    """Return that a claim sets a gradient equal to its transpose, where the note says how gradients lie.

    Without such words a row beside a column may be a matter of convention, and None is returned.
    """
    scope, first = statement.scope, statement.readings[0]
    if not scope.layout.numbers or first.relation != "=" or len(statement.readings) > 1:
        return None
    if not (_is_gradient(first.left) or _is_gradient(first.right)) or statement.may_be_set or statement.redefines:
        return None
    unsure = {s for s in scope.inferred if not isinstance(sort := scope.sorts.get(s), Real) or not sort.integer}
    if (_shaping(first.left) | _shaping(first.right)) & (unsure | scope.not_understood.keys()):
        return None
    told = lying_across((first.left, first.right), scope)
    return None if told is None else Judgement("wrong", "shape", f"shapes do not agree: {told}")


def _is_gradient(term: Term) -> bool:
    inner = term.term if isinstance(term, Negative) else term
    return isinstance(inner, Derivative)


def _shaping(term: Term) -> set[str]:
    """Return the names that a term's shape may rest on: not those that stand as arguments of functions."""
    if isinstance(term, Name):
        return {term.symbol}
    if isinstance(term, Apply):
        return {term.function.symbol}
    return set().union(*(_shaping(part) for part in children(term)))
