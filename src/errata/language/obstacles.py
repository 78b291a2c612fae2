"""What keeps a relation that could be parsed from being judged: a meaning that is not said, or not had here."""

from __future__ import annotations

from collections.abc import Set

from errata.language.inference import matrix_function, number_for_covariance, vacuous_derivative
from errata.language.pairs import loose_pair
from errata.language.prose.layouts import DERIVATIVE_SIGN
from errata.language.prose.predicates import COVARIANCE_MATRIX, GAUSSIAN
from errata.language.recursions import may_start, recursion_of, start_of, without_start
from errata.language.state import State
from errata.language.statements import Problem, Reading
from errata.language.terms import Derivative, Span, subterms


def obstacle(reading: Reading, state: State, span: Span, free: Set[str] = frozenset()) -> Problem | None:
    """Return why a reading cannot be judged, and what would help; None where nothing stands in the way.

    free: recursions of which one member is free here, so that they need no start.
    """
    scope, both = state.scope(), (reading.left, reading.right)
    if any(isinstance(t, Derivative) for side in both for t in subterms(side)):
        foreign, meaning = state.not_understood.get(DERIVATIVE_SIGN), state.not_understood.get("\\partial")
        if foreign:
            return Problem(f"{foreign} are not read", span)
        if meaning:
            return Problem(f"another meaning of derivatives than entry by entry is not read: {meaning}", span)
    unsupported = None if recursion_of(*both) is not None else matrix_function(scope, both)
    if unsupported is not None:
        return Problem(f"{unsupported} of a matrix is not read: entry by entry, or as a power series?", span)
    number = number_for_covariance(scope, both)
    if number is not None and scope.notations.get(GAUSSIAN) != COVARIANCE_MATRIX:
        words = "a random vector has a covariance matrix, and here stands a number"
        return Problem(words, span, "write \\sigma^2 I")
    start, rootless = start_of(*both), without_start({s: r for s, r in scope.recursions.items() if s not in free}, both)
    if rootless is not None and not (start is not None and may_start(scope.recursions[rootless], start[1])):
        return Problem(f"the recursion of {rootless} has no start", span, "say what its first member is")
    loose = loose_pair(both)
    if loose is not None:
        return Problem(f"whether the sum runs over {loose}, too, or leaves out a single {loose}, is not clear", span)
    vacuous = vacuous_derivative(scope, both)
    if vacuous is not None:
        words = f"how this depends on the variable of the derivative is not said: {vacuous}"
        return Problem(words, span, "define it, or declare it as a function")
    return None
