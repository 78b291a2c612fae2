"""Limits of the numeric witness: time, evaluation steps and array sizes, and the one error that ends a check."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

OUT_OF_TIME = "out of time"
"""How a reason begins that is one of time alone: on another machine there may be an answer."""


SEARCH_TOO_LONG = "a search for an extremum takes too many evaluations"
"""The reason where an extremum was not found for the numbers that its search would need."""


ONLY_APPROACHED = "the extremum is not attained"
"""The reason where a maximum or minimum is a supremum or infimum only."""


NO_POLYNOMIAL = "a mean over a family that is no polynomial of low degree in its members"


class Unanswerable(Exception):
    """The term cannot be evaluated here; the message is a sentence for the report."""


class Mismatch(Unanswerable):
    """Shapes that cannot agree, whether vectors are written as columns or as rows."""


@dataclass(frozen=True, slots=True)
class Budget:
    """seconds: processor time of one check, so that a busy machine gives the same answers; evaluations: visited
    nodes; elements: of the largest array; searched: numbers that are worked out by the end of a search for an extremum.

    The time is there for what the others miss: what runs into them does so on every machine, and may be kept.
    """

    seconds: float = 3.0
    evaluations: int = 400_000
    elements: int = 20_000_000
    searched: int = 12_000_000


DEFAULT = Budget()


class Meter:
    """Counts what one check has used. Mutable by purpose: it is created anew for every check."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.visited = 0
        self.numbers = 0
        self.deadline = time.process_time() + budget.seconds
        self.approximate = False

    def step(self) -> None:
        """Count one visited node; raise Unanswerable when the budget is used up."""
        self.visited += 1
        if self.visited > self.budget.evaluations:
            raise Unanswerable("too many evaluations are needed")
        if self.visited % 64 == 0 and time.process_time() > self.deadline:
            raise Unanswerable(OUT_OF_TIME)

    def count(self, numbers: int) -> None:
        """Count numbers that were worked out."""
        self.numbers += numbers

    def allow_search(self) -> None:
        """Raise Unanswerable when what was worked out leaves nothing for a search for an extremum."""
        if self.numbers > self.budget.searched:
            raise Unanswerable(SEARCH_TOO_LONG)
        if self.out_of_time():
            raise Unanswerable(f"{OUT_OF_TIME} in a search for an extremum")

    def out_of_time(self) -> bool:
        """Whether the deadline has passed (for searches that may stop early)."""
        return time.process_time() > self.deadline

    def allow(self, shape: Sequence[int]) -> None:
        """Raise Unanswerable if an array of this shape would be too large."""
        elements = 1
        for length in shape:
            elements *= length
        if elements > self.budget.elements:
            raise Unanswerable(f"an array of {elements:.2g} numbers would be needed")

    def mark_approximate(self) -> None:
        """Remember that a quadrature was used, so that a second resolution must confirm the value."""
        self.approximate = True
