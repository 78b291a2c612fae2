r"""\lambda_{\max}(A), \lambda_{\min}(A) and \sigma_{\max}(A) where a note uses them and does not say what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from errata.language import symbols
from errata.language.cursor import relation_of
from errata.language.scope import Definition
from errata.language.syntax import Group, Node, Scripted, levels
from errata.language.terms import Entry, MatrixOperation, Name, Negative, Number, Term

_MATRIX = "A"


def _first(operation: str, matrix: Term) -> Term:
    return Entry(MatrixOperation(operation, (matrix,)), (Number(Fraction(1)),))


_MEANINGS: Mapping[str, Term] = {
    "\\lambda_{\\max}": _first("eigenvalues", Name(_MATRIX)),
    "\\lambda_{\\min}": Negative(_first("eigenvalues", Negative(Name(_MATRIX)))),
    "\\sigma_{\\max}": _first("singular_values", Name(_MATRIX)),
}


def extreme_eigenvalues(formulas: Iterable[Sequence[Node]]) -> Mapping[str, Definition]:
    """Return what the names mean that the formulas apply to matrices; those that a formula opens with may be defined.

    A name that stands alone somewhere is the note's own, and it says of which matrix it is.
    """
    used: set[str] = set()
    own: set[str] = set()
    for formula in formulas:
        for run in levels(formula):
            for place, node in enumerate(run):
                symbol = symbols.decorated(node)
                if symbol is not None and symbol in _MEANINGS:
                    after = run[place + 1] if place + 1 < len(run) else None
                    after = after.base if isinstance(after, Scripted) else after
                    applied = isinstance(after, Group) and after.opening == "("
                    (used if applied else own).add(symbol)
        head = symbols.decorated(formula[0]) if _may_define(formula) else None
        own |= {head} if head is not None else set()
    return {s: Definition(s, (_MATRIX,), _MEANINGS[s]) for s in sorted(used - own)}


def _may_define(formula: Sequence[Node]) -> bool:
    """Return whether a formula begins as f(A) = does."""
    return (
        len(formula) > 2
        and isinstance(formula[1], Group)
        and len(formula[1].items) == 1
        and relation_of(formula[2]) in ("=", ":=")
    )
