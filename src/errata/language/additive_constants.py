r"""ln p(w) = f(w) + const: the sides differ by what does not depend on the variable, so their exponentials are
proportional in it."""

from __future__ import annotations

from dataclasses import replace

from errata.language.statements import Reading
from errata.language.terms import Elementary, Name, Sum, Term

_WORDS = frozenset(("const", "constant", "cst", "consts", "constants"))


def up_to_constants(reading: Reading) -> Reading:
    """Return the reading without its additive constants, as a proportion; unchanged where it has none."""
    left, right = _without(reading.left), _without(reading.right)
    if reading.relation != "=" or (left is reading.left and right is reading.right):
        return reading
    return replace(reading, relation="propto", left=Elementary("exp", (left,)), right=Elementary("exp", (right,)))


def _without(term: Term) -> Term:
    if not isinstance(term, Sum):
        return term
    kept = tuple(t for t in term.terms if not _is_constant(t))
    if len(kept) == len(term.terms) or not kept:
        return term
    return kept[0] if len(kept) == 1 else replace(term, terms=kept)


def _is_constant(term: Term) -> bool:
    if not isinstance(term, Name):
        return False
    word = term.symbol.removeprefix("\\mathrm{").removesuffix("}")
    return word.lower() in _WORDS
