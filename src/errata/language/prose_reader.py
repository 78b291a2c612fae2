"""The parser of formulas as the reader of prose sees it (`prose.harvested.Reader`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations, without_commas
from errata.language.knowledge import Knowledge
from errata.language.meaning import Meaning
from errata.language.name_notation import LOGISTIC
from errata.language.parsing import Parsing
from errata.language.syntax import Node, Scripted, everything, leaf_text
from errata.language.terms import (
    Apply,
    Comparison,
    Elementary,
    Name,
    Term,
)
from errata.language.tokens import NotUnderstood


class ProseReader:
    """The parser of formulas as prose sees it (`prose.harvested.Reader`)."""

    def __init__(
        self,
        parsing: Parsing,
        knowledge: Callable[[], Knowledge],
        as_meant: Callable[[Sequence[Node]], tuple[Node, ...]] = tuple,
    ) -> None:
        self.parsing = parsing
        self.knowledge = knowledge
        self.as_meant = as_meant

    def nodes(self, latex: str) -> tuple[Node, ...] | None:
        rows = self.parsing.rows(latex)
        if len(rows) != 1 or rows[0].problem is not None:
            return None
        return self.as_meant(rows[0].nodes)

    def names(self, latex: str) -> tuple[str, ...]:
        nodes = self.nodes(latex)
        if not nodes:
            return ()
        found: list[str] = []
        for part in split(nodes, (",",)):
            symbol = symbols.decorated(part[0]) if len(part) == 1 else None
            if symbol is None:
                return ()
            found.append(self.knowledge().law(symbol) or symbol)
        return tuple(found)

    def relation(self, latex: str) -> tuple[Comparison, ...] | None:
        nodes = self.nodes(latex)
        if not nodes:
            return None
        members, relations = split_relations(without_commas(nodes))
        if not relations:
            return None
        knowledge = self.knowledge()
        meaning = Meaning(knowledge)
        try:
            terms = [meaning.expression(m) for m in members]
        except NotUnderstood:
            return None
        if LOGISTIC in meaning.ambiguities:
            return None  # Which of the two is defined cannot be told.
        if isinstance(terms[0], Elementary) and leaf_text(_first_base(members[0])) == "\\sigma":
            terms[0] = Apply(Name("\\sigma"), terms[0].arguments)
        found: list[Comparison] = []
        for left, mark, right in zip(terms, relations, terms[1:], strict=False):
            kind = {":=": "=", "\\equiv": "="}.get(relation_of(mark) or "", relation_of(mark))
            if kind not in ("=", "!=", "<", "<=", ">", ">=", "~=", "propto"):
                return None
            found.append(Comparison(kind, left, right))  # type: ignore[arg-type]
        return tuple(found)

    def heads(self, latex: str) -> tuple[str, ...]:
        nodes = self.nodes(latex)
        if not nodes:
            return ()
        return tuple(dict.fromkeys(s for n in everything(nodes) if (s := symbols.decorated(n))))

    def term(self, latex: str) -> Term | None:
        nodes = self.nodes(latex)
        if not nodes:
            return None
        try:
            return Meaning(self.knowledge()).expression(without_commas(nodes))
        except NotUnderstood:
            return None


def _first_base(nodes: Sequence[Node]) -> Node:
    return nodes[0].base if isinstance(nodes[0], Scripted) else nodes[0]
