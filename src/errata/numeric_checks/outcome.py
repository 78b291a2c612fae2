"""What the numeric witness can say of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An interpretation that makes the claim false, written for a person.

    values: name to value as text ("d": "1", "p": "(1/2, 1/4, 1/4)"). certified: by exact rationals or balls
    of proven radius, not only by high precision.
    """

    values: Mapping[str, str]
    left: str
    right: str
    certified: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """The claim held in every interpretation tried in which both sides are defined.

    sizes: the sizes of spaces and symbolic sizes that were used. digits: of agreement, at least. truncated:
    a written number agrees to its digits only if it was cut off, not rounded. only: "m = n", where the sides have no
    values for other sizes.
    """

    interpretations: int
    sizes: tuple[int, ...]
    digits: int
    truncated: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Refutation:
    """The claim failed. `thin` names the condition under which alone it fails ("x = 0"), "" if generic;
    `rests_on` are the symbols whose interpretation it depends on."""

    counterexample: Counterexample
    rests_on: frozenset[str]
    thin: str = ""


@dataclass(frozen=True, slots=True)
class NoOpinion:
    """Neither; the reason is a sentence for the report.

    mismatch: a side cannot be formed, or the sides not be compared, for their shapes; then `rests_on` are the
    symbols of the claim.
    """

    reason: str
    mismatch: bool = False
    rests_on: frozenset[str] = frozenset()


NumericOutcome = Agreement | Refutation | NoOpinion
