r"""Densities told up to a factor: p(x) \propto e^{-x^2}. Whether there is such a factor is another question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from errata.language.scope import UpToFactor
from errata.language.terms import Apply, Comparison, Density, Entry, Functional, LawReference, Name, Term, subterms

Relations = Callable[[str], Sequence[Comparison] | None]


def up_to_factor(relation: str, left: Term, right: Term) -> UpToFactor | None:
    """Return what a proportionality tells of the law of one variable; None where its body is no formula in that."""
    if relation != "propto" or not isinstance(left, Density) or left.given or left.parameters or len(left.values) != 1:
        return None
    variable = left.values[0].value
    if not isinstance(variable, Name) or any(isinstance(part, _UNKNOWN) for part in subterms(right)):
        return None
    return UpToFactor(left.law.symbol, variable.symbol, right)


_UNKNOWN = (Apply, Density, Entry, Functional, LawReference)


def proportions_in(formulas: Iterable[str], relations: Relations) -> tuple[UpToFactor, ...]:
    """Return what the formulas of a sentence tell so."""
    found = []
    written = tuple(formulas)
    for latex in written:
        chain = relations(latex) if "\\propto" in latex or "∝" in latex else None
        if chain and len(chain) == 1:
            told = up_to_factor(chain[0].relation, chain[0].left, chain[0].right)
            found += [replace(told, everywhere=_everywhere(told.variable, written))] if told is not None else []
    return tuple(found)


def _everywhere(variable: str, formulas: Sequence[str]) -> bool:
    """Return whether a formula of the sentence is the set of all real numbers, or says that the variable is in it."""
    line = re.compile(rf"\s*(?:{re.escape(variable)}\s*\\in\s*)?\\mathbb\s*\{{?R\}}?\s*")
    return any(line.fullmatch(latex) for latex in formulas)
