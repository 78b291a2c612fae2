r"""Quantities that a note may hold fixed though their formulas mention the variable: responsibilities in an M-step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from errata.language.definitions import free_symbols
from errata.language.scope import Definition
from errata.language.terms import Derivative, Name, Term, subterms

HELD = "whether what else depends on it is held fixed is not said"
_SPEAKS = re.compile(
    r"\bEM\b|\b[EM][- ]step|\bexpectation[- ]maximi|\bresponsibilit|\b(?:held|hold(?:s|ing)?|keep(?:s|ing)?|kept"
    r"|treat(?:s|ed|ing)?)\b[^.]{0,40}\b(?:fixed|constants?)\b|\bcoordinate[- ](?:ascent|descent)"
    r"|\balternat(?:e|es|ing)\b|\bstop[- ]?grad|固定|交替|期望最大",
    re.IGNORECASE,
)


def perhaps_held(terms: Iterable[Term], told: Mapping[str, Definition], prose: str) -> dict[str, str]:
    """Return, with what is in doubt, the variables of derivatives that other quantities of the note depend on.

    told: what members of families, and names without arguments, are. Only where words speak of holding things fixed.
    """
    parts = (part for term in terms for part in subterms(term))
    variables = {p.variable.symbol for p in parts if isinstance(p, Derivative) and isinstance(p.variable, Name)}
    if not variables or not _SPEAKS.search(prose):
        return {}
    depended = {s for d in told.values() for s in free_symbols(d.body) if s not in d.parameters}
    return dict.fromkeys(variables & depended, HELD)
