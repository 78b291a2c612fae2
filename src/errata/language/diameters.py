r"""Formulas that bound how far points lie apart: $|x - y| \le 1$ says of a space what no declaration does.

Bounds of distances between laws may rest on them, wherever they stand in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from errata.language.conditions_in_words import Restriction

_BAR = r"(?:\\?\||\\[lrmd]?[vV]ert|\\(?:left|right|big[lr]?|Big[lr]?)\s*(?:\\?\||\\[lr]?[vV]ert))"
_POINT = r"(?:\\[a-zA-Z]+\s*)?\{?[a-zA-Z]\}?(?:_\{?\w+\}?|'+|\^\{?\\prime\}?)?"
_BELOW = r"(?:\\le(?:q|qslant)?(?![a-zA-Z])|<|≤|=\s*[\d.]+\s*$)"
_APART = re.compile(rf"{_BAR}\s*{_POINT}\s*-\s*{_POINT}\s*{_BAR}\s*(?:_\{{?\w+\}}?)?\s*{_BELOW}")
_METRIC = re.compile(rf"(?<![a-zA-Z\\])d\s*\(\s*{_POINT}\s*,\s*{_POINT}\s*\)\s*{_BELOW}")
_DIAMETER = re.compile(r"\\(?:operatorname|mathrm|text)\s*\{\s*diam\w*\s*\}|\bdiam\b")
_LONGEST = 400


def diameters(formulas: Iterable[str]) -> tuple[Restriction, ...]:
    """Return what the formulas of a note say of how far points lie apart, as conditions on distances of laws."""
    told = (f for f in formulas if len(f) <= _LONGEST and any(p.search(f) for p in (_APART, _METRIC, _DIAMETER)))
    return tuple(Restriction(f"${' '.join(f.split())}$", "distances", True, True) for f in dict.fromkeys(told))
