"""Short ways into the reader for the tests of the language layer."""

from __future__ import annotations

from errata.language.grammar import parse_syntax
from errata.language.knowledge import Knowledge
from errata.language.meaning import Meaning
from errata.language.placed import PlacedStatement
from errata.language.reading import read_document
from errata.language.terms import Term
from errata.language.tokens import tokenize
from errata.language.usage import gather
from errata.notes.document import read_text


def term_of(latex: str, knowledge: Knowledge | None = None) -> Term:
    """Read one expression, with what its own syntax says about its names."""
    nodes = parse_syntax(tokenize(latex))
    return Meaning(knowledge or Knowledge(usage=gather([nodes]))).expression(nodes)


def statements_of(text: str) -> list[PlacedStatement]:
    """Read a Markdown note."""
    return list(read_document(read_text(text)))


def claims_of(text: str) -> list[PlacedStatement]:
    """Read a Markdown note and keep its claims."""
    return [p for p in statements_of(text) if p.statement.kind == "claim"]
