"""Where statements and the relations that they come from stand in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from errata.language.prose.reasoning import Stated
from errata.language.statements import Kind, Statement
from errata.language.stationary_points import Context
from errata.language.terms import Comparison, Span
from errata.notes.document import Directive, Display, Fragment, Text


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement, the fragment its span counts in, and the block it stands in (for its directives)."""

    statement: Statement
    fragment: Fragment
    block: Text | Display | Directive


@dataclass(frozen=True, slots=True)
class Place:
    """Where a relation stands: its block and, in it, the fragment that its spans count in.

    role: what the words around a formula within a sentence make of a relation that may be set. stated: how sure the
    sentence is of it. told: whether words tell it as known, "since E[X] = 0". denied: words that deny it.
    """

    block: Text | Display | Directive
    fragment: Fragment
    role: Kind = "claim"
    stated: Stated = ""
    told: bool = False
    denied: str = ""

    @property
    def in_sentence(self) -> bool:
        return isinstance(self.block, Text)


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a chain and where it stands.

    place: its number in the chain. opening: it brings the chain's first member. premise: what it is said to follow
    from. sets_zero: its right side is a zero that the chain sets its left side to, or that is supposed. announced: what
    the sentence before says that it finds. arrow: whether the premise follows from it, too. leads: something is said
    to follow from it. compares: its sign compares how both sides grow. defines: its sign says that it is a definition.
    """

    at: Place
    span: Span
    place: int
    opening: bool
    premise: Comparison | None
    sets_zero: bool
    announced: Context | None = None
    arrow: Literal["=>", "<=>"] = "=>"
    leads: bool = False
    compares: bool = False
    defines: bool = False

    @property
    def text(self) -> str:
        return self.at.fragment.text[self.span.start : self.span.end]
