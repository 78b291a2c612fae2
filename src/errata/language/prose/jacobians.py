"""Names for derivatives of functions of vectors: "differentiable functions with Jacobians $J_f, J_g$"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from errata.language.prose.layouts import ENTRY_RATIO
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.scope import Definition
from errata.language.sorts import Function, Real, Vector
from errata.language.terms import Apply, Derivative, MatrixOperation, Name, Term

_ENTRY = re.compile(r"_\s*\{?\s*(?P<row>[a-z])\s*,?\s*(?P<column>[a-z])\s*\}?\s*=\s*(?P<ratio>.*)")


def _jacobian(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Define the Jacobians of functions of one vector, in their order; the note may say which index counts the rows."""
    names = said.subjects("names")
    if not names or len(names) != len(subjects) or any(n.indices or n.arguments is not None for n in names):
        return False
    transposed = _is_transposed(said.latex("entries")) if "entries" in _given(said) else False
    symbols = {name.symbol for name in names}
    if transposed is not None:  # the entries were read as a definition of their own
        notes.definitions[:] = [d for d in notes.definitions if d.symbol not in symbols or not d.entry_wise]
    bodies = [_derivative(subject, notes) for subject in subjects]
    if transposed is None or None in bodies or any(notes.is_defined(name.symbol) for name in names):
        return False
    for name, body in zip(names, bodies, strict=True):
        assert body is not None
        whole = body if transposed else MatrixOperation("transpose", (body,))
        notes.definitions.append(Definition(name.symbol, (), whole))
    for number in formulas_in(said.token.groups.get("entries") or ""):
        notes.consumed.add(said.formulas[number].start)
    return True


def _given(said: Said) -> set[str]:
    return {group for group, text in said.token.groups.items() if text}


def _derivative(subject: Subject, notes: Notebook) -> Term | None:
    """Return the derivative of a function by its argument, in denominator layout."""
    sort = notes.sort_of(subject.symbol)
    if not isinstance(sort, Function) or len(sort.on) != 1 or not isinstance(sort.value, Vector | Real):
        return None
    variable = Name(sort.on[0])
    return Derivative(Apply(Name(subject.symbol), (variable,)), variable)


def _is_transposed(latex: str) -> bool | None:
    """Return whether (J)_{ij} is written as df_j/dx_i; None where the formula is none of both."""
    entry = _ENTRY.search(latex)
    ratio = ENTRY_RATIO.fullmatch(entry["ratio"].strip()) if entry is not None else None
    if entry is None or ratio is None:
        return None
    places, counted = (entry["row"], entry["column"]), (ratio["top"], ratio["bottom"])
    if places == counted:
        return False
    return True if places == counted[::-1] else None


JACOBIAN_MEANINGS: Mapping[str, Meaning] = MappingProxyType({"jacobian": _jacobian})
