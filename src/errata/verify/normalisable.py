r"""Laws that cannot be normalised: p(x) = e^{x^2} / Z with Z = \int e^{x^2} dx is none, for Z has no finite value.

What holds of every law is judged with the formulas of laws left away. It says nothing of a formula that gives no law.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import free_symbols, used_symbols
from errata.language.inference import relevant
from errata.language.integrated_formulas import integrals_of_formulas
from errata.language.printer import to_text
from errata.language.scope import Scope, UpToFactor
from errata.language.sorts import Configurations, FiniteSpace, Real
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import Aggregate, Binder, Constant, Interval, Name, Negative, Number, Term
from errata.numeric_checks.equalities import NO_VALID
from errata.numeric_checks.outcome import NoOpinion, NumericOutcome

Check = Callable[[Reading, Scope], NumericOutcome]
_ZERO, _ONE, _INFINITY = Number(Fraction(0)), Number(Fraction(1)), Constant("infinity")
_LINE = (Negative(_INFINITY), _INFINITY)
_HALF_LINE, _UNIT = (_ZERO, _INFINITY), (_ZERO, _ONE)


def no_factor(reading: Reading, scope: Scope, check: Check) -> str | None:
    """Return, in words, that a law which is told up to a factor has none; None where each used one may have one.

    Where the note does not say which numbers are meant, the positive ones or those between 0 and 1 may be.
    """
    used = {s for side in (reading.left, reading.right) for s in used_symbols(side)}
    for fact in scope.facts:
        if not isinstance(fact, UpToFactor) or fact.law not in used or not _is_continuous(fact, scope):
            continue
        sort = scope.sorts.get(fact.variable)
        told = isinstance(sort, Real) and (sort.low is not None or sort.high is not None)
        ends = [_ends(sort)] if isinstance(sort, Real) and told else [_LINE, _HALF_LINE, _UNIT]
        ends = [_LINE] if fact.everywhere else ends
        if not any(_has_integral(fact, low, high, scope, check) for low, high in ends):
            return f"{fact.law} is told up to a factor, and none was found that makes the integral of it 1"
    return None


def known_up_to_factor(reading: Reading, scope: Scope) -> str | None:
    """Return a law that is told up to a factor alone, which no interpretation knows of; None where there is none."""
    used = {s for side in (reading.left, reading.right) for s in used_symbols(side)}
    laws = {fact.law for fact in scope.facts if isinstance(fact, UpToFactor)} & used - {d.law for d in scope.densities}
    return min(laws, default=None)


def _is_continuous(fact: UpToFactor, scope: Scope) -> bool:
    """Return whether the density is a formula of a real number, and of numbers that are declared or stand free."""
    kind, sort = scope.spaces.get(base_name(fact.variable)), scope.sorts.get(fact.variable)
    whole = isinstance(sort, Real) and sort.integer
    names = free_symbols(fact.body) - {fact.variable}
    numbers = all(isinstance(scope.sorts.get(name), Real | None) and name not in scope.definitions for name in names)
    return not whole and numbers and not isinstance(kind, FiniteSpace | Configurations)


def _ends(sort: Real) -> tuple[Term, Term]:
    low = _LINE[0] if sort.low is None else Number(Fraction(sort.low))
    return low, _INFINITY if sort.high is None else Number(Fraction(sort.high))


def _has_integral(fact: UpToFactor, low: Term, high: Term, scope: Scope, check: Check) -> bool:
    known = replace(
        scope,
        sorts=MappingProxyType({**scope.sorts, fact.variable: Real()}),
        not_understood=MappingProxyType({}),
        facts=(),
    )
    integral = Aggregate("integral", Binder(Name(fact.variable), Interval(low, high)), fact.body)
    outcome = check(Reading("=", integral, integral), known)
    return not (isinstance(outcome, NoOpinion) and outcome.reason.startswith(NO_VALID))


def without_normaliser(reading: Reading, scope: Scope, check: Check) -> str | None:
    """Return, in words, that an integral in the formula of a law has no value; None where all have one."""
    kept, _ = relevant(scope, [reading.left, reading.right])
    for density in kept.densities:
        _, reached = relevant(kept, [density.body])
        for integral in integrals_of_formulas(reached, kept):
            outcome = check(Reading("=", integral, integral), scope)
            if isinstance(outcome, NoOpinion) and outcome.reason.startswith(NO_VALID):
                return f"the formula of {density.law} has {to_text(integral)}, of which no value was found"
    return None
