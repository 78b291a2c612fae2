"""What the formulas of a whole document tell before any of them is given a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from errata.language.elided_parameters import NOTHING_ELIDED, Elisions
from errata.language.implied_dependence import ToldOfLosses
from errata.language.knowledge import Usage
from errata.language.mean_fields import MeanField
from errata.language.numbered_variables import NO_NUMBERING, Numbering
from errata.language.scope import Definition
from errata.language.sorts import FiniteSpace


@dataclass(frozen=True, slots=True)
class Survey:
    """What the formulas of a whole document tell before any of them is given a meaning."""

    usage: Usage = field(default_factory=Usage)
    recursive: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    averaged: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    numbers: Numbering = NO_NUMBERING
    events: frozenset[str] = frozenset()
    perhaps_events: frozenset[str] = frozenset()
    both_ways: frozenset[str] = frozenset()
    elided: Elisions = NOTHING_ELIDED
    imaginary: frozenset[str] = frozenset()
    perhaps_imaginary: frozenset[str] = frozenset()
    perhaps_counts: frozenset[str] = frozenset()
    squared: frozenset[str] = frozenset()
    still: frozenset[str] = frozenset()
    mean_field: MeanField | None = None
    given: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    arrays: bool = False
    told: ToldOfLosses = field(default_factory=ToldOfLosses)
    differentiated: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    constants: frozenset[str] = frozenset()
    extremes: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
    summed: Mapping[str, FiniteSpace] = field(default_factory=lambda: MappingProxyType({}))
    labels: frozenset[str] = frozenset()
