"""The formulas of a document as syntax: each is parsed once, however often it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from errata.language.absolute_values import with_absolute_values
from errata.language.asymptotics import with_asymptotics
from errata.language.bare_sums import with_letters
from errata.language.chains import Row, rows_of
from errata.language.layer_superscripts import NO_LAYERS, Layers, layers, with_layers
from errata.language.spelled_names import may_define_words, spelled_names, traces
from errata.language.taken_between import with_variables
from errata.language.token import Token
from errata.language.tokens import MacroLike, NotUnderstood, tokenize
from errata.notes.document import Display, Document, Inline, Text


class Parsing:
    """Parses formulas with the macros and the names of several letters of a document; what was parsed is remembered."""

    def __init__(
        self, macros: Mapping[str, MacroLike], names: Set[str] = frozenset(), known_layers: Layers = NO_LAYERS
    ) -> None:
        self.macros = macros
        self.names = names
        self.layers = known_layers
        self._known: dict[str, tuple[Row, ...]] = {}

    @classmethod
    def of(cls, document: Document) -> Parsing:
        """Return what parses the formulas of a document."""
        texts = list(dict.fromkeys(_formulas(document)))
        names = traces(texts)
        if may_define_words(texts):
            names |= spelled_names(_tokens(text, document.macros) for text in texts)
        return cls(document.macros, names, layers(texts))

    def rows(self, latex: str) -> tuple[Row, ...]:
        """Return the rows of a formula; one that cannot be cut into tokens is a row with a problem."""
        known = self._known.get(latex)
        if known is None:
            known = self._known[latex] = self._parsed(latex)
        return known

    def _parsed(self, latex: str) -> tuple[Row, ...]:
        try:
            rows = rows_of(tokenize(latex, self.macros, self.names))
        except NotUnderstood as error:
            return (Row((), error),)
        labelled = (with_layers(row.nodes, self.layers) for row in rows)
        summed = with_letters([with_asymptotics(with_absolute_values(nodes)) for nodes in labelled])
        told = with_variables(summed)
        return tuple(replace(row, nodes=nodes) for row, nodes in zip(rows, told, strict=True))


def _tokens(latex: str, macros: Mapping[str, MacroLike]) -> Sequence[Token]:
    try:
        return tokenize(latex, macros)
    except NotUnderstood:
        return ()


def _formulas(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Display):
            yield block.fragment.text
        elif isinstance(block, Text):
            yield from (s.fragment.text for s in block.segments if isinstance(s, Inline))
