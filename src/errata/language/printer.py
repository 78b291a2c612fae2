"""Terms as LaTeX and as one line of text.

`to_latex` writes what a teacher would write and what the reader of this project reads back to the same term;
`to_text` writes what stands after "read as" in a terminal: every bracket that tells a product from a function
application, every sum with what it ranges over.
"""

from __future__ import annotations

from errata.language.printer_latex import RELATIONS as LATEX_RELATIONS
from errata.language.printer_latex import latex_of, latex_symbol
from errata.language.printer_text import RELATIONS as TEXT_RELATIONS
from errata.language.printer_text import text_of, text_symbol
from errata.language.statements import Reading
from errata.language.terms import Comparison, Term

__all__ = [
    "LATEX_RELATIONS",
    "TEXT_RELATIONS",
    "latex_symbol",
    "relation_to_latex",
    "relation_to_text",
    "text_symbol",
    "to_latex",
    "to_text",
]


def to_latex(term: Term) -> str:
    """Return the canonical LaTeX of a term, without surrounding dollar signs."""
    return latex_of(term)


def to_text(term: Term) -> str:
    """Return a term as one line of Unicode text."""
    return text_of(term)


def relation_to_latex(reading: Reading) -> str:
    """Return the LaTeX of a whole statement, left relation right."""
    return latex_of(Comparison(reading.relation, reading.left, reading.right))


def relation_to_text(reading: Reading) -> str:
    """Return a whole statement, left relation right, as one line of Unicode text."""
    return text_of(Comparison(reading.relation, reading.left, reading.right))
