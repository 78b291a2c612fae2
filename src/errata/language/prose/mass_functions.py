r"""Laws told in a sentence by a formula: "let $X$ have law $P(X = k) = p (1 - p)^k$ for $k = 0, 1, \dots$"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errata.language.definitions import free_symbols
from errata.language.mass_functions import law_of_mass
from errata.language.parameter_domains import domains_of_parameters
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import draw
from errata.language.prose.segments import Formula
from errata.language.sorts import RandomVariable, Real

_F = "[\ue000-\uf8ff]"
_TOLD = re.compile(
    r"(?:(?:has|have|with|having|follows?|by) )?(?:(?:the|a|its) )?(?:(?:discrete|probability) )?"
    r"(?:(?:mass function|law|distribution|probabilities|pmf)(?: (?:is|given by|with))? )?"
    rf"(?P<mass>{_F})(?: ,)?(?: for (?:all |every |each )?(?P<values>{_F}))?"
)
_MASS = re.compile(r"\s*(?:P|\\Pr|\\mathbb\{P\})\s*\(\s*(?P<variable>[A-Z])\s*=\s*(?P<value>[a-z])\s*\)\s*=")


def mass_function(encoded: str, formulas: Sequence[Formula], notes: Notebook) -> str | None:
    """Enter the law that a formula tells; return the rest of the sentence, None where none is told."""
    for told in _TOLD.finditer(encoded):
        formula = formulas[formulas_in(told["mass"])[0]]
        head = _MASS.match(formula.latex)
        chain = notes.read.relation(formula.latex) if head is not None else None
        if head is None or not chain or len(chain) != 1 or chain[0].relation != "=":
            continue
        law = law_of_mass(head["value"], chain[0].right)
        known = notes.sort_of(head["variable"])
        again = isinstance(known, RandomVariable) and known.law == law  # a sentence may be read more than once
        if law is None or not (again or draw(Subject(head["variable"]), law, notes)):
            return None
        told_of = {s for p in law.parameters for s in free_symbols(p) if notes.sort_of(s) not in (None, Real())}
        notes.sorts.update(domains_of_parameters((RandomVariable("", law),), told_of))
        used = [formula.start]
        end = told.end("mass")
        if told["values"] is not None:
            values = formulas[formulas_in(told["values"])[0]]
            if re.match(rf"\s*{head['value']}\s*(?:=|\\in|\\geq?)", values.latex):
                used.append(values.start)
                end = told.end()
        notes.consumed.update(used)
        return " ".join((encoded[: told.start()] + encoded[end:]).split())
    return None
