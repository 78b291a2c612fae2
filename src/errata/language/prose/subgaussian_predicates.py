"""What phrases mean that call a variable subgaussian (patterns in `subgaussian_frames`).

What that is the note may say itself, elsewhere (`subgaussian_meaning`); where it says nothing, or what is customary,
E[exp(s X)] <= exp(s^2 sigma^2/2) for all s, a phrase is read. With another meaning it is not understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.lexing import quoted
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said, draw
from errata.language.prose.refine import Within
from errata.language.scope import Subgaussian
from errata.language.sorts import POSITIVE, RandomVariable, element_of
from errata.language.terms import Number, Power, Term

NOTATION = "subgaussian"
"""The key under which the notations of a note tell what it calls subgaussian; see `subgaussian_meaning`."""

_TWO = Number(Fraction(2))


def _subgaussian(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    meaning = notes.scope.notations.get(NOTATION, "")
    if not subjects or not all(_may_be_called_so(s, notes) for s in subjects):
        return False
    proxy = _proxy(said, meaning, notes)
    if proxy is None:
        notes.block_all([s.symbol for s in subjects], quoted(said.token.text, said.formulas))
        return True
    for subject in subjects:
        if not draw(subject, None, notes):
            return False
        notes.facts.append(Subgaussian(subject.symbol, proxy, subject.indices, "shifted" in meaning))
    for scale in (*said.subjects("scale"), *said.subjects("proxy")):
        if scale.arguments is None and notes.sort_of(scale.symbol) is None and not notes.is_defined(scale.symbol):
            notes.give(scale, Within(POSITIVE))
    return True


def _may_be_called_so(subject: Subject, notes: Notebook) -> bool:
    """Return whether nothing else says how the variable is distributed, which a phrase could be on parameters of."""
    element = element_of(notes.sort_of(subject.symbol))
    has_law = isinstance(element, RandomVariable) and element.law is not None
    return subject.arguments is None and not has_law and not notes.is_defined(subject.symbol)


def _proxy(said: Said, meaning: str, notes: Notebook) -> Term | None:
    """Return the variance proxy that a phrase tells; None where the note means something else by it, or may."""
    told = said.value("proxy", notes)
    if told is not None or meaning.startswith("other"):
        return None if meaning.startswith("other") else told
    scale = said.value("scale", notes)
    if scale is None or meaning.startswith("proxy"):
        return scale
    if isinstance(scale, Power) and scale.exponent == _TWO:
        return None  # "$\sigma^2$-subgaussian": with the proxy or the scale sigma^2, as the note has not said
    return scale if isinstance(scale, Number) and scale.value == 1 else Power(scale, _TWO)


SUBGAUSSIAN_MEANINGS: Mapping[str, Meaning] = MappingProxyType({"subgaussian": _subgaussian})
