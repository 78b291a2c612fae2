r"""Numbers that are declared one by one, x_1, x_2 \in \mathbb{R}, where sums run over them: \sum_{i=1}^2 x_i."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import replace
from fractions import Fraction

from errata.language.prose.harvested import Declared, Harvest
from errata.language.sorts import Family, Real
from errata.language.terms import Number, Term

_NUMBERED = re.compile(r"(?P<base>.+)_\{(?P<number>[1-9]\d?)\}")


def as_families(
    found: Harvest, subscripts: Mapping[str, frozenset[str]], ranges: Mapping[str, tuple[Term, Term]], taken: Set[str]
) -> Harvest:
    """Return what a sentence says with such numbers as one family, if they are all that a sum runs over.

    subscripts: the letters that stand below a name. ranges: from where to where the letters run. taken: known names.
    """
    members: dict[str, dict[int, Declared]] = {}
    for declared in found.declarations:
        match = _NUMBERED.fullmatch(declared.symbol)
        if match is not None and isinstance(declared.sort, Real):
            members.setdefault(match["base"], {})[int(match["number"])] = declared
    for base, numbered in members.items():
        ends = {ranges[letter] for letter in subscripts.get(base, ()) if letter in ranges}
        count = len(numbered)
        sorts = {declared.sort for declared in numbered.values()}
        runs = ends == {(Number(Fraction(1)), Number(Fraction(count)))}
        if runs and base not in taken and sorted(numbered) == [*range(1, count + 1)] and len(sorts) == 1:
            first = numbered[1]
            family = Declared(base, Family((Number(Fraction(count)),), sorts.pop()), first.words)
            gone = {declared.symbol for declared in numbered.values()}
            kept = (d for d in found.declarations if d.symbol not in gone)
            found = replace(found, declarations=(*kept, family))
    return found
