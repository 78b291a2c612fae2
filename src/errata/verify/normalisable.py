r"""Laws that cannot be normalised: p(x) = e^{x^2} / Z with Z = \int e^{x^2} dx is none, for Z has no finite value.

What holds of every law is judged with the formulas of laws left away. It says nothing of a formula that gives no law.
"""

from __future__ import annotations

from collections.abc import Callable

from errata.language.inference import relevant
from errata.language.integrated_formulas import integrals_of_formulas
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.numeric_checks.equalities import NO_VALID
from errata.numeric_checks.outcome import NoOpinion, NumericOutcome


def without_normaliser(reading: Reading, scope: Scope, check: Callable[[Reading, Scope], NumericOutcome]) -> str | None:
    """Return, in words, that an integral in the formula of a law has no value; None where all have one."""
    kept, _ = relevant(scope, [reading.left, reading.right])
    for density in kept.densities:
        _, reached = relevant(kept, [density.body])
        for integral in integrals_of_formulas(reached, kept):
            outcome = check(Reading("=", integral, integral), scope)
            if isinstance(outcome, NoOpinion) and outcome.reason.startswith(NO_VALID):
                return f"the formula of {density.law} has {to_text(integral)}, of which no value was found"
    return None
