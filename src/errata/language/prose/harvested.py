"""What a sentence yields, and what reading it needs of the parser of formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from errata.language.conditions_in_words import Restriction
from errata.language.scope import Definition, DensityDefinition, Fact, Layout
from errata.language.sorts import Sort, SpaceKind
from errata.language.terms import Comparison, Term


class Reader(Protocol):
    """The parser of formulas, as prose sees it; no method raises on unreadable LaTeX."""

    def names(self, latex: str) -> tuple[str, ...]:
        """Return the canonical symbols of a comma-separated list of names; () where it is not one."""

    def relation(self, latex: str) -> tuple[Comparison, ...] | None:
        """Return the comparisons of a chain; None where it is not one or was not read."""

    def heads(self, latex: str) -> tuple[str, ...]:
        """Return all symbols that occur."""

    def term(self, latex: str) -> Term | None:
        """Return the term; None where it was not read."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A name with the sort that the sentence gives it; `words` is the sentence."""

    symbol: str
    sort: Sort
    words: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one sentence says.

    not_understood: by symbol, words (or a formula between dollars) that no rule consumed. A key that is a
    bare command such as "\\exp" says that the sentence redefines this notation ("\\partial": another layout
    of derivatives). spaces: by base name.
    consumed: the starts of the formulas that were taken as declaration, definition or assumption; the others
    are left to whoever looks for claims. is_declaring is False where the sentence only runs on. restrictions:
    conditions in words that name nobody. placed: names that are said to be elements of a set.
    own_notations: by sign, words that explain it and were not understood.
    """

    declarations: tuple[Declared, ...] = ()
    definitions: tuple[Definition, ...] = ()
    densities: tuple[DensityDefinition, ...] = ()
    assumptions: tuple[Comparison, ...] = ()
    facts: tuple[Fact, ...] = ()
    log_base: Term | None = None
    notations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    layout: Layout = field(default_factory=Layout)
    constants: frozenset[str] = frozenset()
    not_understood: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_declaring: bool = False
    spaces: Mapping[str, SpaceKind] = field(default_factory=lambda: MappingProxyType({}))
    consumed: frozenset[int] = frozenset()
    restrictions: tuple[Restriction, ...] = ()
    placed: frozenset[str] = frozenset()
    own_notations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
