"""A reader of formulas for tests of prose: the real parser, with the usage of the sentence alone."""

from __future__ import annotations

from errata.language import symbols
from errata.language.chains import rows_of
from errata.language.cursor import relation_of, split, split_relations, without_commas
from errata.language.knowledge import Knowledge
from errata.language.meaning import Meaning
from errata.language.prose import Formula, Harvest, Segment, Sentence, Words, harvest, sentences
from errata.language.scope import Scope
from errata.language.syntax import Node, everything
from errata.language.terms import Comparison, Term
from errata.language.tokens import NotUnderstood, tokenize
from errata.language.usage import gather


def segments(text: str) -> tuple[Segment, ...]:
    """Cut at dollars; starts count in the text."""
    found: list[Segment] = []
    position = 0
    for i, piece in enumerate(text.split("$")):
        if piece:
            found.append(Formula(piece, position) if i % 2 else Words(piece, position))
        position += len(piece) + 1
    return tuple(found)


class FormulaReader:
    """Reads formulas with the real parser."""

    def __init__(self, sentence: Sentence, scope: Scope) -> None:
        parsed = [self.nodes(f.latex) for f in sentence.formulas]
        self.knowledge = Knowledge(scope, gather(nodes for nodes in parsed if nodes))

    @staticmethod
    def nodes(latex: str) -> tuple[Node, ...] | None:
        try:
            rows = rows_of(tokenize(latex, {}))
        except NotUnderstood:
            return None
        return rows[0].nodes if len(rows) == 1 and rows[0].problem is None else None

    def names(self, latex: str) -> tuple[str, ...]:
        nodes = self.nodes(latex)
        found = [symbols.decorated(p[0]) if len(p) == 1 else None for p in split(nodes or (), (",",))]
        return tuple(s for s in found if s) if all(found) else ()

    def relation(self, latex: str) -> tuple[Comparison, ...] | None:
        nodes = self.nodes(latex)
        if not nodes:
            return None
        members, relations = split_relations(without_commas(nodes))
        try:
            terms = [Meaning(self.knowledge).expression(m) for m in members]
        except NotUnderstood:
            return None
        kinds = [relation_of(r) for r in relations]
        pairs = zip(terms, kinds, terms[1:], strict=False)
        return tuple(Comparison(kind, left, right) for left, kind, right in pairs) or None  # type: ignore[arg-type]

    def heads(self, latex: str) -> tuple[str, ...]:
        nodes = self.nodes(latex)
        return tuple(dict.fromkeys(s for n in everything(nodes or ()) if (s := symbols.decorated(n))))

    def term(self, latex: str) -> Term | None:
        nodes = self.nodes(latex)
        if not nodes:
            return None
        try:
            return Meaning(self.knowledge).expression(nodes)
        except NotUnderstood:
            return None


def said(text: str, scope: Scope | None = None) -> Harvest:
    """Harvest one sentence."""
    (sentence,) = sentences(segments(text))
    known = scope or Scope()
    return harvest(sentence, FormulaReader(sentence, known), known)


def sorts(found: Harvest) -> dict[str, object]:
    """Return the declared sorts by symbol."""
    return {d.symbol: d.sort for d in found.declarations}
