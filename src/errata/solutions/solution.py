"""A solution: a derivation as a person would hand it in, every formula printed from its term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from errata.language.printer import latex_symbol

Known = Literal["proved", "holds", "given"]
Piece = tuple[Literal["text", "formula"], str]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text; formulas stand apart, as LaTeX without delimiters."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One step: the relation and the right side as LaTeX, why it holds, and how that is known.

    reason: the rules of proof that carry it; () for algebra; None where no general proof names any.
    """

    relation: str
    right: str
    known: Known
    reason: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A left side and the steps from it."""

    left: str
    rows: tuple[Row, ...]


Part = Words | Chain


@dataclass(frozen=True, slots=True)
class Box:
    """A step that stands wrong in the notes, and what is right; each one relation, as LaTeX."""

    source: str
    written: str
    right: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A derivation worked out: the question, what is given, the steps among words, the result, the sources.

    assumed: in words, what the steps take for granted beyond what is given. boxes: what the sources have wrong.
    """

    identifier: str
    title: str
    question: Words
    given: tuple[Words, ...]
    parts: tuple[Part, ...]
    result: Words | None
    assumed: tuple[Words, ...]
    sources: tuple[str, ...]
    boxes: tuple[Box, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """Return all steps."""
        return tuple(row for part in self.parts if isinstance(part, Chain) for row in part.rows)


def reason_in_words(row: Row) -> Words:
    """Return why a step holds, as it stands beside it."""
    if row.known == "given":
        return _plain("given")
    if row.reason is None:
        return _plain("by computation" if row.known == "proved" else "in every case tried")
    if not row.reason:
        return _plain("algebra")
    pieces: list[Piece] = []
    for rule in row.reason:
        pieces += [("text", ", ")] if pieces else []
        pieces += _rule(rule)
    return Words(tuple(pieces))


def _plain(text: str) -> Words:
    return Words((("text", text),))


def _rule(rule: str) -> list[Piece]:
    """Return a rule of proof in words; a name that it is about is a formula."""
    if rule in _IN_WORDS:
        return [_IN_WORDS[rule]]
    before, about, name = rule.rpartition(" of ")
    if about and (len(name) == 1 or set(name) & set("_^\\'")) and " " not in name:
        return [("text", before + about), ("formula", latex_symbol(name))]
    return [("text", rule)]


_IN_WORDS: Mapping[str, Piece] = MappingProxyType(
    {
        "definition of KL": ("text", "definition of the Kullback-Leibler divergence"),
        "definition of JSD": ("text", "definition of the Jensen-Shannon divergence"),
        "conditional probability": ("text", "definition of conditional probability"),
        "derivative": ("text", "elementary derivatives"),
        "derivative of a trace": ("text", "matrix calculus"),
        "log x <= x - 1": ("formula", r"\log x \le x - 1"),
    }
)


def how_it_is_known(solution: Solution) -> str:
    """Return the honest sentence at the end of a solution."""
    rows = [row for row in solution.rows() if row.known != "given"]
    held = sum(row.known == "holds" for row in rows)
    if not held:
        return f"All {len(rows)} steps are proved for all sizes and instances, and agree with random interpretations."
    proved = len(rows) - held
    return (
        f"Of {len(rows)} steps {proved} are proved for all sizes and instances; {held} "
        f"{'holds' if held == 1 else 'hold'} in every interpretation tried, without a general proof."
    )
