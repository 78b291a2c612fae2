"""Covariances that are zero, as it is said: "$x$ and $y$ are uncorrelated", "$u$ is uncorrelated with $x$"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from errata.language.prose.laws import ZERO
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.scope import UncorrelatedMembers
from errata.language.sorts import Family, Point, RandomVariable, element_of
from errata.language.terms import Comparison, MomentOf, Name

if TYPE_CHECKING:
    from errata.language.prose.predicates import Said


def can_be_uncorrelated(subjects: Sequence[Subject]) -> bool:
    """Whether the covariances that are told to be zero can be entered: of several variables, or within one family."""
    symbols = {s.symbol for s in subjects}
    families = any(s.indices or s.sizes for s in subjects)
    return len(symbols) == 1 if families else len(symbols) > 1


def enter_uncorrelated(names: Sequence[str], notes: Notebook) -> bool:
    """Enter that these have no covariances: several variables, or the members of one family."""
    families = [name for name in names if isinstance(notes.sort_of(name), Family)]
    if families:
        notes.facts.extend(UncorrelatedMembers(name) for name in families if len(names) == 1)
        return len(names) == 1
    for pair in combinations(names, 2):
        _enter_pair(pair, notes)
    return len(names) > 1


def _enter_pair(pair: tuple[str, str], notes: Notebook) -> None:
    notes.assume(Comparison("=", MomentOf("covariance", (), (Name(pair[0]), Name(pair[1]))), ZERO))


def _uncorrelated(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    return _of_chance(subjects, notes) and enter_uncorrelated(tuple(dict.fromkeys(s.symbol for s in subjects)), notes)


def _uncorrelated_with(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    others = said.subjects("others")
    if not others or not _of_chance((*subjects, *others), notes):
        return False
    if any(isinstance(notes.sort_of(s.symbol), Family) for s in (*subjects, *others)):
        return False
    for subject in subjects:
        for other in others:
            _enter_pair((subject.symbol, other.symbol), notes)
    return True


def _of_chance(subjects: Sequence[Subject], notes: Notebook) -> bool:
    return bool(subjects) and all(
        isinstance(element_of(notes.sort_of(s.symbol)), RandomVariable | Point | None) for s in subjects
    )


UNCORRELATED_MEANINGS = {"uncorrelated": _uncorrelated, "uncorrelated with": _uncorrelated_with}
