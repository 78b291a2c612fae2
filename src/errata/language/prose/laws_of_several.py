r"""Laws of several variables told in one list: "$X$ and $Y$ are independent exponential variables with rates $a$, $b$".

It is read as "$X \sim Exp(a)$ and $Y \sim Exp(b)$ are independent": the first name has the first parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.segments import Formula

_F = "[\ue000-\uf8ff]"
_LIST = rf"{_F}(?:(?:, and|,| and) {_F})*"
_SEVERAL = re.compile(
    rf"(?P<names>{_LIST})(?P<verb> (?:be|are) (?:two |three )?)independent (?P<law>exponential|Poisson|Bernoulli"
    r"|Gaussian|normal)(?:s|ly distributed)?(?: (?:random )?variables)? with (?:(?:success|respective) )?"
    rf"(?P<role>rates|means|parameters|intensities|probabilities) (?P<values>{_LIST})"
    rf"(?:,? and (?P<kind>variances|standard deviations) (?P<spreads>{_LIST}))?(?:,? respectively)?(?=[.,;:]|$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z](?:_(?:\w|\{\w+\}))?")

_LAWS: Mapping[tuple[str, str, str], str] = MappingProxyType(
    {
        ("exponential", "rates", ""): r"\text{{Exp}}({0})",
        ("exponential", "parameters", ""): r"\text{{Exp}}({0})",
        ("exponential", "means", ""): r"\text{{Exp}}(1/({0}))",
        **{("poisson", role, ""): r"\text{{Poisson}}({0})" for role in ("rates", "means", "parameters", "intensities")},
        **{("bernoulli", role, ""): r"\text{{Bernoulli}}({0})" for role in ("means", "parameters", "probabilities")},
        **{(law, "means", "variances"): r"\mathcal{{N}}({0}, {1})" for law in ("gaussian", "normal")},
        **{(law, "means", "standard deviations"): r"\mathcal{{N}}({0}, ({1})^2)" for law in ("gaussian", "normal")},
    }
)
"""The law by its name and what its parameters are called."""


def with_laws_of_several(encoded: str, formulas: list[Formula]) -> str | None:
    """Return a text that tells the laws of several variables with these as formulas, None where it tells none.

    encoded: the words of a sentence with a mark for each formula. The new formulas are added to the list.
    """
    found = _SEVERAL.search(encoded)
    if found is None:
        return None
    names = _members(found["names"], formulas)
    lists = [_members(found[group], formulas) for group in ("values", "spreads") if found[group]]
    law = _LAWS.get((found["law"].lower(), found["role"].lower(), (found["kind"] or "").lower()))
    if law is None or len(names) < 2 or any(len(members) != len(names) for members in lists):
        return None
    if not all(_NAME.fullmatch(name.latex) for name in names):
        return None
    told = [
        replace(name, latex=rf"{name.latex} \sim {law.format(*(m.latex for m in parameters))}")
        for name, *parameters in zip(names, *lists, strict=True)
    ]
    marks = [chr(FIRST_FORMULA + len(formulas) + k) for k in range(len(told))]
    formulas.extend(told)
    return f"{encoded[: found.start()]}{' and '.join(marks)}{found['verb']}independent{encoded[found.end() :]}"


def _members(text: str, formulas: Sequence[Formula]) -> list[Formula]:
    """Return the members of a list, be they formulas of their own or all in one."""
    found = []
    for mark in re.findall(_F, text):
        formula = formulas[ord(mark) - FIRST_FORMULA]
        found += [replace(formula, latex=part.strip()) for part in formula.latex.split(",")]
    return found
