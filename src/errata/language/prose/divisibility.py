"""Whole numbers told by what divides them: "even", "an odd integer", "a multiple of three", "divisible by $4$"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.divisibility_frames import NUMBER_WORDS
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.prose.refine import FunctionProperty, Within
from errata.language.sorts import Function, Real
from errata.language.terms import Comparison, Elementary, Name, Number

_COUNTING = frozenset("ijklmnKLMN")
"""Letters that are read as whole numbers where only "even" or "odd" is said: a function may be even, too."""
_WHOLE = Real(integer=True)


def _divisible(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    groups = said.token.groups
    divisor = 2 if groups.get("parity") else _divisor(said)
    if divisor is None or not subjects:
        return False
    if (
        groups.get("parity")
        and not groups.get("number")
        and all(_may_be_function(subject, notes) for subject in subjects)
    ):
        return False not in [notes.give(subject, FunctionProperty(groups["parity"])) for subject in subjects]
    remainder = 1 if groups.get("parity") == "odd" else 0
    sure = bool(groups.get("number") or groups.get("by"))
    for subject in subjects:
        plain = not subject.indices and not subject.sizes and subject.arguments is None and not subject.given
        known = notes.sort_of(subject.symbol)
        if not plain or notes.is_defined(subject.symbol) or not (known is None or isinstance(known, Real)):
            return False
        if not (sure or (isinstance(known, Real) and known.integer) or subject.symbol in _COUNTING):
            return False
        if not notes.give(subject, Within(_WHOLE)):
            return False
        left = Elementary("mod", (Name(subject.symbol), Number(Fraction(divisor))))
        notes.assume(Comparison("=", left, Number(Fraction(remainder))))
    return True


def _may_be_function(subject: Subject, notes: Notebook) -> bool:
    """Return whether "even" is said of a function, as it is of whatever is no letter for whole numbers."""
    known = notes.sort_of(subject.symbol)
    return isinstance(known, Function) or (known is None and subject.symbol not in _COUNTING)


def _divisor(said: Said) -> int | None:
    written = said.token.groups["by"]
    if written in NUMBER_WORDS:
        return NUMBER_WORDS[written]
    text = said.latex("by").strip() if formulas_in(written) else written
    return int(text) if re.fullmatch(r"[1-9]\d?", text) else None


DIVISIBILITY_MEANINGS: Mapping[str, Meaning] = MappingProxyType({"divisible": _divisible})
