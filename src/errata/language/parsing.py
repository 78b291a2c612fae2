"""The formulas of a document as syntax: each is parsed once, however often it is read."""

from __future__ import annotations

from collections.abc import Mapping

from errata.language.chains import Row, rows_of
from errata.language.tokens import MacroLike, NotUnderstood, tokenize


class Parsing:
    """Parses formulas with the macros of a document; what was parsed before is remembered."""

    def __init__(self, macros: Mapping[str, MacroLike]) -> None:
        self.macros = macros
        self._known: dict[str, tuple[Row, ...]] = {}

    def rows(self, latex: str) -> tuple[Row, ...]:
        """Return the rows of a formula; one that cannot be cut into tokens is a row with a problem."""
        known = self._known.get(latex)
        if known is None:
            known = self._known[latex] = self._parsed(latex)
        return known

    def _parsed(self, latex: str) -> tuple[Row, ...]:
        try:
            return tuple(rows_of(tokenize(latex, self.macros)))
        except NotUnderstood as error:
            return (Row((), error),)
