"""What a condition that is told in words alone says, and what it may be about; see `prose.restrictions`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Topic = Literal[
    "chance", "laws", "functions", "symmetry", "arrays", "matrices", "integers", "parity", "numbers", "anything",
    "distances",
]  # fmt: skip


Property = Literal[
    "symmetric", "antisymmetric", "positive definite", "diagonal", "orthogonal", "orthonormal", "projecting",
    "idempotent", "nilpotent", "invertible", "stochastic", "unit length", "positive", "integer", "binary", "convex",
    "concave", "increasing", "independent", "standard normal", "in all forms",
]  # fmt: skip
"""Properties told in words that names can be given; see `imposed_properties`."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition in words. about: what it can restrict. lasting: it is set for good, not for one case or reason.

    universal: it is said of all things of the kind, those too that are declared after it. names: the only ones that it
    can be about; () where it names nobody. imposed: the property that it tells,
    None where it tells something else. firm: it is said that something is so; otherwise the property is only
    spoken of.
    """

    words: str
    about: Topic
    lasting: bool
    universal: bool
    names: tuple[str, ...] = ()
    imposed: Property | None = None
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Restricted:
    """A condition in words that may be on a statement; see `Restriction`. names: those that it may be about."""

    words: str
    imposed: Property | None
    names: tuple[str, ...]
    firm: bool
