"""Statements: what the notes say, one relation each, with its place and what is known there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from errata.language.conditions_in_words import Restricted
from errata.language.scope import Scope
from errata.language.tending import Tending
from errata.language.terms import Relation, Span, Term

Kind = Literal["claim", "declaration", "definition", "assumption"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not understood, and where; `hint` says what would help."""

    message: str
    span: Span
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One plausible meaning of a statement; `condition` names it ("if \\\\log is base 2"), "" for the first.

    guess: as written it has no meaning, and this is one of the ways to mend it.
    """

    relation: Relation
    left: Term
    right: Term
    condition: str = ""
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation of a block.

    text and span: the step as written (of a chain's first claim left side, relation and right side, of a
    later one the relation and its right side); the span counts in the block's text. readings: the plausible
    meanings, preferred one first; empty where `problem` says why it was not read. scope: what is known where
    it stands. assumed: in words, what was inferred about its names. chain: the number of its chain in the
    block and its place in it, so that neighbours can be told. may_be_set: it may be meant as a condition that is
    set (a derivative = 0), not as a claim. redefines: its left side was defined before, in another section.
    restricted: conditions told in words, which name nobody, that may be on it. instance: for which size it is read,
    "M = 3", where it is not read for all. tending: what its sentence lets tend to its end. tending_elsewhere: what
    other sentences do. left: what it is where what was told before is left, and leaves: the words that may leave it,
    where that makes a difference. denied: the words by which the note denies it.
    """

    kind: Kind
    text: str
    span: Span
    readings: tuple[Reading, ...]
    scope: Scope
    assumed: tuple[str, ...] = ()
    problem: Problem | None = None
    chain: tuple[int, int] = (0, 0)
    may_be_set: bool = False
    redefines: bool = False
    restricted: tuple[Restricted, ...] = ()
    instance: str = ""
    tending: Tending | None = None
    tending_elsewhere: tuple[Tending, ...] = ()
    left: Statement | None = None
    leaves: str = ""
    denied: str = ""
