"""The judge: merges what both witnesses say of one claim into a verdict. Nothing else makes verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.complex_parts import is_complex, real_claims
from errata.language.conditions_in_words import Restricted
from errata.language.definitions import free_symbols, used_symbols
from errata.language.dependence_words import is_independence
from errata.language.expansions import expansion_claims, has_remainder
from errata.language.imposed_properties import impose
from errata.language.inference import number_for_covariance, relevant, size_names
from errata.language.kind_words import may_be_no_number
from errata.language.matching_sizes import conflict_of
from errata.language.open_recursions import AFTER_ANOTHER
from errata.language.printer import to_text
from errata.language.prose.leaving_words import drops
from errata.language.prose.refine import is_unknown_size
from errata.language.scope import ImageLaw, Independent, Scope
from errata.language.sorts import (
    EuclideanSpace,
    Family,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    Vector,
)
from errata.language.statements import Reading, Statement
from errata.language.symbols import base_name
from errata.language.terms import Comparison, MatrixOperation, Name, Number, subterms
from errata.language.unsaid import PERHAPS_HERE, STRANGE
from errata.numeric_checks.bounds import for_every_value
from errata.numeric_checks.budget import ONLY_APPROACHED
from errata.numeric_checks.equalities import NO_VALID, NOT_ATTAINED, NOT_ROUNDED, ONE_SIZE_ONLY, ROUNDED_BEFORE
from errata.numeric_checks.outcome import Agreement, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.witness import check as check_numerically
from errata.verify import limits, rates, subgaussian
from errata.verify.abstraction import without_formulas
from errata.verify.cancelled_names import cancels, function_cancels
from errata.verify.coarse_rounding import with_exact_result
from errata.verify.densities import with_densities
from errata.verify.deviations import with_deviations
from errata.verify.divergent_integrals import diverges
from errata.verify.equal_names import refute_strictly
from errata.verify.extremal_places import greatest_there, is_bounded
from errata.verify.layout_conflicts import against_layout
from errata.verify.member_independence import for_terms
from errata.verify.normalisable import known_up_to_factor, no_factor, without_normaliser
from errata.verify.one_hot import with_units
from errata.verify.one_space import as_one_space
from errata.verify.pointwise_places import at_points
from errata.verify.proof import prove
from errata.verify.properties import rescuing_property
from errata.verify.rows_as_rows import with_rows
from errata.verify.shape_conventions import in_no_convention
from errata.verify.singular_inverses import singular_inverse
from errata.verify.unattained import with_bounds
from errata.verify.undefined_sides import nowhere_defined
from errata.verify.unsaid_names import UNBOUND, on_one_side, rests_on, whatever, whichever
from errata.verify.verdict import Evidence, Judgement, Proof, Verdict

MOST_PERHAPS = 6
_SHAPES = "shapes do not agree"
_COMPLEX = re.compile(
    r"\\mathbb\s*\{?C\b|\bcomplex\b|\bhermitian\b|\bunitary\b|\bconjugate\b|\bquaternion|\bimaginary\b", re.IGNORECASE
)

_PARTS_RANKED = ("wrong", "undecided", "unread", "conditional", "holds", "proved")

_RIGHT = frozenset(("proved", "holds"))
_ANY_MATRIX = Matrix(Number(Fraction(2)), Number(Fraction(2)))


def judge(statement: Statement, seed: int = 0, *, reasons: bool = True) -> Judgement:
    """Return the verdict on a claim, with how it is known; see `_judged`.

    What conditions in words may save is not called wrong, save for its shapes. What is one thing where what was told
    before is kept, and another where words leave it, is neither right nor wrong.
    """
    if statement.denied and statement.problem is None:
        return _denied(statement, seed, reasons)
    if statement.left is not None:
        return _kept_or_left(statement, statement.left, seed, reasons)
    sides = [side for reading in statement.readings for side in (reading.left, reading.right)]
    statement = replace(statement, scope=for_terms(statement.scope, sides))
    statement = at_points(statement)
    by_rates = rates.judged(statement, lambda posed: judge(posed, seed, reasons=reasons))
    if by_rates is not None:
        return by_rates
    by_laws = subgaussian.judged(statement, lambda posed: judge(posed, seed, reasons=False))
    if by_laws is not None:
        return by_laws
    by_limits = limits.judged(statement, lambda posed: judge(posed, seed, reasons=reasons))
    if by_limits is not None:
        return by_limits
    judgement = _judged(statement, seed, reasons)
    if statement.instance and judgement.verdict in _RIGHT:
        message = " and ".join(w for w in (judgement.message, f"it was checked for {statement.instance}") if w)
        judgement = replace(judgement, verdict="holds", message=message)
    if judgement.verdict in _RIGHT:
        lost = no_factor(statement.readings[0], statement.scope, lambda r, s: _check(r, s, seed))
        if lost is not None:
            return Judgement("undecided", "domain", lost, judgement.evidence)
        judgement = _if_probabilities(statement, _if_numbers(statement, judgement, seed), seed)
        return _unless_coarse(statement, judgement, seed) if judgement.verdict in _RIGHT else judgement
    partly = known_up_to_factor(statement.readings[0], statement.scope) if judgement.verdict == "wrong" else None
    if partly is not None:
        return Judgement("undecided", "undecided", f"{partly} is told up to a factor, which was not used")
    if judgement.verdict != "wrong" or not statement.restricted or judgement.rule == "shape":
        return judgement
    return _under_conditions_in_words(statement, judgement, seed, reasons)


def _denied(statement: Statement, seed: int, reasons: bool) -> Judgement:
    """Return what is known of a formula that the note denies: it is no claim, whether it holds or not."""
    found = judge(replace(statement, denied=""), seed, reasons=reasons)
    if found.verdict not in (*_RIGHT, "wrong"):
        return found
    truth = "it holds" if found.verdict in _RIGHT else "it fails, as they say"
    message = f'the words deny it, and {truth}: "{" ".join(statement.denied.split())}"'
    return Judgement("undecided", "undecided", message, found.evidence)


def _kept_or_left(statement: Statement, left: Statement, seed: int, reasons: bool) -> Judgement:
    """Return what is known of a claim whether what was told before it is kept or left."""
    kept = judge(replace(statement, left=None), seed, reasons=reasons)
    if kept.verdict not in (*_RIGHT, "wrong"):
        return kept
    words = " ".join(statement.leaves.split())
    if left.kind != "claim" or left.problem is not None:
        other = Judgement("undecided", "undecided", "")
    else:
        other = judge(left, seed, reasons=False)
    if kept.verdict == "wrong":
        if other.verdict == "wrong":
            return kept
        message = f'it fails under what is told elsewhere, which may not be meant here: "{words}"'
        return Judgement("undecided", "undecided", message, kept.evidence)
    if other.verdict in _RIGHT:
        return kept if kept.verdict == "holds" or other.verdict == "proved" else replace(other, evidence=kept.evidence)
    if left.kind != "claim" and not drops(words):
        return kept
    message = f'holds under what is told elsewhere, which may not be meant here: "{words}"'
    return Judgement("conditional", "assumption", message, kept.evidence)


def _if_numbers(statement: Statement, judgement: Judgement, seed: int) -> Judgement:
    """Return the verdict on a claim that holds, unless it fails for matrices and names may be such.

    Those are meant that nothing but their use makes numbers, where what is said of them was not understood.
    """
    scope, first = statement.scope, statement.readings[0]
    used = free_symbols(first.left) | free_symbols(first.right)
    turned = _guessed_and_turned(first, scope)
    if turned is not None:
        words = f"whether {turned} is a number or a matrix is not said, and numbers are not transposed"
        return Judgement("undecided", "undecided", words, judgement.evidence)
    told = {s: words for s, words in _told_of(scope) if may_be_no_number(words)}
    unsure = [s for s in sorted(told.keys() & used & scope.inferred.keys()) if scope.sorts.get(s) == Real()]
    if not unsure:
        return judgement
    sorts = MappingProxyType({**scope.sorts, **dict.fromkeys(unsure, _ANY_MATRIX)})
    if not isinstance(_check(first, replace(scope, sorts=sorts), seed), Refutation):
        return judgement
    words = f'what is said of {unsure[0]} was not understood: "{" ".join(told[unsure[0]].split())}"'
    return Judgement("undecided", "undecided", f"{words}, and for matrices it fails", judgement.evidence)


def _guessed_and_turned(reading: Reading, scope: Scope) -> str | None:
    """Return a name within a transpose that was taken for a number, with all the others there; None where none is."""
    for part in (p for side in (reading.left, reading.right) for p in subterms(side)):
        if isinstance(part, MatrixOperation) and part.operation == "transpose":
            names = {s for term in relevant(scope, [part])[1] for s in used_symbols(term)} - scope.definitions.keys()
            sorts = {s: scope.sorts.get(s) for s in names if s in scope.sorts}
            guessed = sorted(s for s, sort in sorts.items() if sort == Real() and s in scope.inferred)
            if guessed and all(isinstance(sort, Real | Function) for sort in sorts.values()):
                return guessed[0]
    return None


def _told_of(scope: Scope) -> Iterable[tuple[str, str]]:
    """Yield the names that a sentence says something of, with its words, where these were not understood."""
    return ((s, words) for s, words in scope.not_understood.items() if not words.startswith(STRANGE))


def _if_probabilities(statement: Statement, judgement: Judgement, seed: int) -> Judgement:
    """Return the verdict on a claim that holds, unless it fails for densities and the note speaks of such."""
    posed = with_densities(statement.readings[0], statement.scope) if judgement.verdict in _RIGHT else None
    if posed is None or not isinstance(_check(*posed, seed), Refutation):
        return judgement
    message = "it holds for the probabilities of points, and fails for densities, which may exceed 1"
    return Judgement("undecided", "undecided", message, judgement.evidence)


def _unless_coarse(statement: Statement, judgement: Judgement, seed: int) -> Judgement:
    """Return the verdict on a claim that holds, unless it does only for a result that is rounded to one digit."""
    posed = with_exact_result(statement.readings[0])
    if posed is None or not isinstance(_check(posed[0], statement.scope, seed), Refutation):
        return judgement
    return Judgement("conditional", "rounding", f"holds if {posed[1]} is rounded to one digit", judgement.evidence)


def _under_conditions_in_words(statement: Statement, judgement: Judgement, seed: int, reasons: bool) -> Judgement:
    """Return what is known of a wrong claim where conditions in words may be on it: wrong if it fails under all."""
    scope = _with_conditions_in_words(statement)
    if isinstance(scope, Restricted):
        return _perhaps_restricted(scope, judgement)
    harder = _judged(replace(statement, scope=scope, restricted=()), seed, reasons)
    if harder.verdict == "wrong" and harder.counterexample is not None:
        return harder
    alone = [replace(statement, restricted=(told,)) for told in statement.restricted]
    unclear = harder.verdict == "undecided" and not any(told.firm for told in statement.restricted)
    if unclear and len(alone) > 1:
        each = [_under_conditions_in_words(one, judgement, seed, reasons) for one in alone]
        return next((one for one in each if one.verdict != "wrong"), each[0])
    return _perhaps_restricted(statement.restricted[0], judgement)


def _with_conditions_in_words(statement: Statement) -> Scope | Restricted:
    """Return the scope with what conditions in words impose, or the condition of which that is not known."""
    scope = statement.scope
    for told in statement.restricted:
        imposed = None if told.imposed is None else impose(told.imposed, told.names, scope)
        if told.firm and (imposed is None or not imposed.complete):
            return told
        scope = scope if imposed is None else imposed.scope
    return scope


def _perhaps_restricted(told: Restricted, judgement: Judgement) -> Judgement:
    words = " ".join(told.words.split())
    message = f'it fails unless what is said in words restricts it: "{words}"'
    return Judgement("undecided", "undecided", message, judgement.evidence)


def _judged(statement: Statement, seed: int, reasons: bool) -> Judgement:
    """Return the verdict on a claim, with how it is known.

    A step is wrong only if it is wrong under every plausible reading, its counterexample rests on nothing
    that was not understood, and no proof says otherwise. Without `reasons` the evidence of a right step tells
    that there is a proof, but not by which rules; the verdict is the same.
    """
    if statement.problem is not None:
        problem = statement.problem
        hint = f" ({problem.hint})" if problem.hint else ""
        return Judgement("unread", "unread", f"{problem.message}{hint}")
    first = statement.readings[0]
    if first.guess:
        return _guessed(statement, seed)
    foreign = _foreign(statement)
    if foreign is not None:
        return Judgement("undecided", "undecided", f'other numbers than real ones are not judged: "{foreign}"')
    several = _claims_within(statement)
    if several is not None:
        return _judged_by_parts(several, seed, reasons)
    number = number_for_covariance(statement.scope, (first.left, first.right))
    if number is not None:
        words = "a random vector has a covariance matrix, as the note says, and here stands a number"
        if free_symbols(number) & statement.scope.inferred.keys():
            return Judgement("undecided", "undecided", f"{words}, if {to_text(number)} is one")
        return Judgement("wrong", "shape", f"{_SHAPES}: {words}")
    weaker = without_formulas(statement.scope, (first.left, first.right))
    if weaker is not None:
        outcome = _check(first, weaker.scope, seed)
        if isinstance(outcome, Agreement):
            lost = without_normaliser(first, statement.scope, lambda r, s: _check(r, s, seed))
            if lost is not None:
                return Judgement("undecided", "domain", lost)
            return _agreed(first, weaker.scope, outcome, reasons)
        if isinstance(outcome, Refutation) and weaker.faithful:
            return _refuted(replace(statement, scope=weaker.scope), outcome, seed)
    outcome = _check(first, statement.scope, seed)
    equal = refute_strictly(first, statement.scope) if not isinstance(outcome, Refutation) else None
    if equal is not None and first.relation == "!=" and isinstance(outcome, Agreement):
        return Judgement("conditional", "domain", "fails where names are equal", (), equal.counterexample)
    if equal is not None:
        return _refuted(statement, equal, seed)
    if isinstance(outcome, Agreement):
        return _agreed(first, statement.scope, outcome, reasons)
    if isinstance(outcome, NoOpinion):
        if outcome.reason in (NOT_ATTAINED, ONLY_APPROACHED):
            bounded = _bounded_only(statement, seed)
            return bounded if bounded is not None else _where_attained(statement, outcome, seed)
        fitting = _fitting_reading(statement, outcome, seed)
        if fitting is not None:
            return Judgement("conditional", "reading", f"holds {fitting.condition}")
        lying = against_layout(statement)
        if lying is not None:
            return lying
        lying = _with_rows(statement, outcome, seed)
        if lying is not None:
            return lying
        if _cannot_be_formed(statement, outcome, seed):
            return Judgement("wrong", "shape", outcome.reason, (Evidence("numeric", outcome.reason),))
        if outcome.reason.startswith((_SHAPES, ONE_SIZE_ONLY)):
            return _misshapen(statement, outcome, seed)
        mixed = _in_one_space(statement, seed)
        if mixed is not None:
            return mixed
        infinite = _divergent(statement, outcome, seed)
        if infinite is not None:
            return infinite
        undefined = _nowhere_defined(statement, outcome, seed)
        if undefined is not None:
            return Judgement("wrong", "domain", undefined, (Evidence("proof", undefined),))
        return _without_opinion(first, statement.scope, outcome)
    return _refuted(statement, outcome, seed)


def _bounded_only(statement: Statement, seed: int) -> Judgement | None:
    """Judge a claim of a maximum or minimum that is not attained: it may hold of the supremum or infimum."""
    bounds = with_bounds(statement.readings[0])
    if bounds is None:
        return None
    reading, words = bounds
    outcome = _check(reading, statement.scope, seed)
    if isinstance(outcome, Agreement):
        message = f"the extremum is not attained: it holds of the {words}"
        return Judgement("conditional", "domain", message, (Evidence("numeric", describe(outcome)),))
    if isinstance(outcome, Refutation):
        return _refuted(replace(statement, readings=(reading,)), outcome, seed)
    return None


def _where_attained(statement: Statement, outcome: NoOpinion, seed: int) -> Judgement:
    """Judge a claim of where a function is greatest which holds wherever there is such a place.

    It is wrong if the function is greater elsewhere in the bounds that the note gives its parameters; where it gives
    none, those may be meant for which the extremum exists.
    """
    first, scope = statement.readings[0], statement.scope
    posed = greatest_there(first, scope)
    if posed is None:
        return _without_opinion(first, scope, outcome)
    elsewhere = _check(*posed, seed)
    if not isinstance(elsewhere, Refutation) or elsewhere.thin:
        return _without_opinion(first, scope, outcome)
    numbers = (Evidence("numeric", _told(elsewhere)),)
    if is_bounded(first, scope):
        judged = _refuted(replace(statement, readings=(posed[0],), scope=posed[1]), elsewhere, seed)
        message = "the function is greater elsewhere" if posed[0].relation == ">=" else "the function is less elsewhere"
        return replace(judged, message=message) if judged.verdict == "wrong" else judged
    words = "it holds where the extremum is attained at a single place, and is no extremum elsewhere"
    return Judgement("conditional", "domain", words, numbers, elsewhere.counterexample)


def _in_one_space(statement: Statement, seed: int) -> Judgement | None:
    """Judge a claim that puts what a map gives into the map again: it needs one space for both, and may fail there."""
    posed = [as_one_space(reading, statement.scope) for reading in statement.readings]
    known = [p for p in posed if p is not None]
    if not known or len(known) < len(posed):
        return None
    _, scope, words = known[0]
    merged = replace(statement, readings=tuple(reading for reading, _, _ in known), scope=scope)
    judged = _judged(merged, seed, False)
    if judged.verdict in _RIGHT:
        return Judgement("conditional", "assumption", f"holds if {words}", judged.evidence)
    if judged.verdict != "wrong":
        return None
    message = f"{judged.message}, even if {words}" if judged.message else ""
    return replace(judged, message=message)


def _divergent(statement: Statement, outcome: NoOpinion, seed: int) -> Judgement | None:
    """Judge an equation with an integral that diverges: wrong, unless it holds once its brackets are supplied."""
    if not outcome.reason.startswith(NO_VALID) or statement.may_be_set or statement.redefines:
        return None
    scope = statement.scope
    found = [diverges(reading, scope, lambda r, s: _check(r, s, seed)) for reading in statement.readings]
    if not all(found) or found[0] is None:
        return None
    words = found[0].words
    evidence = (Evidence("numeric", words),)
    for reading in (f.bracketed for f in found if f is not None and f.bracketed is not None):
        bracketed = _judged(replace(statement, readings=(reading,)), seed, False)
        if bracketed.verdict in _RIGHT:
            side = to_text(reading.left if reading.left != statement.readings[0].left else reading.right)
            return Judgement("conditional", "reading", f"holds if {side} is meant", evidence)
        if bracketed.verdict != "wrong":
            return Judgement("undecided", "domain", words, evidence)
    return Judgement("wrong", "domain", words, evidence)


def _nowhere_defined(statement: Statement, outcome: NoOpinion, seed: int) -> str | None:
    """Return why the claim has a side without any value, in every reading; None where that is not known."""
    if not outcome.reason.startswith(NO_VALID) or statement.may_be_set or statement.redefines:
        return None
    found = [nowhere_defined(reading, statement.scope, seed) for reading in statement.readings]
    return found[0] if all(found) else None


def _is_refuted_too(layout: Reading, outcome: Refutation, scope: Scope) -> bool:
    """Return whether a counterexample holds in another layout too: all lengths are 1 there, and nothing lies across."""
    if "layout" not in layout.condition or outcome.counterexample is None:
        return False
    sorts = (s.element if isinstance(s, Family) else s for s in scope.sorts.values())
    lengths = {name for sort in sorts if isinstance(sort, Vector | Matrix) for name in size_names(sort)}
    values = outcome.counterexample.values
    return all(values.get(name, "1") == "1" for name in lengths)


def _fitting_reading(statement: Statement, outcome: NoOpinion, seed: int) -> Reading | None:
    """Return another layout in which the claim holds where the first cannot even be formed for its shapes."""
    if "shapes do not agree" not in outcome.reason:
        return None
    others = [r for r in statement.readings[1:] if "layout" in r.condition]
    return next((r for r in others if isinstance(_check(r, statement.scope, seed), Agreement)), None)


def _with_rows(statement: Statement, outcome: NoOpinion, seed: int) -> Judgement | None:
    """Return that a claim whose shapes do not agree holds if the rows of a matrix are rows; None where it does not."""
    if not outcome.reason.startswith((_SHAPES, ONE_SIZE_ONLY)):
        return None
    posed = with_rows(statement.readings[0])
    if posed is None or not isinstance(_check(posed[0], statement.scope, seed), Agreement):
        return None
    return Judgement("conditional", "reading", f"holds if the rows of {posed[1]} are meant to be rows, not columns")


def _cannot_be_formed(statement: Statement, outcome: NoOpinion, seed: int) -> bool:
    """Return whether the shapes of what is declared cannot agree under any reading of the claim."""
    scope = statement.scope
    if not outcome.mismatch or statement.may_be_set or statement.redefines or _is_size_defined(scope):
        return False
    if any(s in scope.not_understood or s in _unsure(scope) for s in outcome.rests_on):
        return False
    others = [_check(r, scope, seed) for r in statement.readings[1:]]
    return all(isinstance(o, Refutation) or (isinstance(o, NoOpinion) and o.mismatch) for o in others)


def _is_size_defined(scope: Scope) -> bool:
    """Return whether the length of an array is said to be another one, as in "with p = q": sizes are drawn apart."""
    return any(size in scope.definitions for sort in scope.sorts.values() for size in size_names(sort))


def _unsure(scope: Scope) -> set[str]:
    """Return the names whose shapes were guessed, or never told: what a definition explains has its shape from that."""
    numbers = {s for s in scope.inferred if isinstance(sort := scope.sorts.get(s), Real) and sort.integer}
    unsized = {s for s, sort in scope.sorts.items() if any(is_unknown_size(Name(n)) for n in size_names(sort))}
    return (scope.inferred.keys() - numbers - scope.definitions.keys()) | unsized


def _misshapen(statement: Statement, outcome: NoOpinion, seed: int) -> Judgement:
    """Judge a claim whose shapes do not agree as it was read: in another way, or as a slip of its own.

    It is one only where unification finds the conflict too, between lengths that are declared, in every reading.
    """
    first, *others = statement.readings
    if others:
        return judge(replace(statement, readings=tuple(others)), seed)
    scope = statement.scope
    symbols = {t.symbol for side in (first.left, first.right) for t in subterms(side) if isinstance(t, Name)}
    conflict = conflict_of((first.left, first.right), scope)
    told = not symbols & (_unsure(scope) | scope.not_understood.keys())
    if not told or statement.may_be_set or statement.redefines:
        return _without_opinion(first, scope, outcome)
    message = conflict.message if conflict is not None else None
    posed = _with_conditions_in_words(statement)
    if message is None and isinstance(posed, Scope) and not scope.perhaps:
        message = in_no_convention(first, posed, lambda r, s: _check(r, s, seed))
    if message is None:
        return _without_opinion(first, scope, outcome)
    evidence = (Evidence("numeric", outcome.reason),)
    return Judgement("wrong", "shape", f"{_SHAPES}: {message}", evidence)


def _guessed(statement: Statement, seed: int) -> Judgement:
    """Judge a claim that is only read by guesses, such as a bracket supplied: what is said of it must hold of all.

    It is right if all are right, wrong if all are wrong, and conditional where it depends on the guess.
    """
    judged = [
        (reading, judge(replace(statement, readings=(replace(reading, condition="", guess=False),)), seed))
        for reading in statement.readings
    ]
    verdicts = {judgement.verdict for _, judgement in judged}
    if len(verdicts) == 1:
        return judged[0][1]
    right = [(reading, judgement) for reading, judgement in judged if judgement.verdict in _RIGHT]
    if verdicts <= _RIGHT:
        return next(judgement for _, judgement in right if judgement.verdict == "holds")
    if right:
        reading, judgement = right[0]
        return Judgement("conditional", "reading", f"holds {reading.condition}", judgement.evidence)
    return Judgement("undecided", "undecided", "the ways in which it may be meant give different verdicts")


def _claims_within(statement: Statement) -> list[Statement] | str | None:
    """Return the claims that together say what this one says, or why there are none; None where it is one claim."""
    first, scope = statement.readings[0], statement.scope
    if has_remainder(first):
        split = [(expansion_claims(reading, scope), scope) for reading in statement.readings]
        words = "a remainder O(...) of something that is not said to tend to 0"
    elif any(is_complex(side, scope) for side in (first.left, first.right)):
        found = [real_claims(reading, scope) for reading in statement.readings]
        split = [(claims.readings, claims.scope) if claims else (None, scope) for claims in found]
        words = "complex numbers: some operation here has no rule for real and imaginary parts"
    else:
        return None
    known = [(claims, told) for claims, told in split if claims is not None]
    if len(known) != len(split):
        return words
    count = len(known[0][0])
    alike = [claims for claims, _ in known if len(claims) == count]
    return [
        replace(statement, readings=tuple(claims[place] for claims in alike), scope=known[0][1])
        for place in range(count)
    ]


def _judged_by_parts(claims: list[Statement] | str, seed: int, reasons: bool) -> Judgement:
    """Judge a claim that says several things: the one that is wrong decides, else the one that is known least."""
    if isinstance(claims, str):
        return Judgement("undecided", "undecided", claims)
    judged = [judge(claim, seed, reasons=reasons) for claim in claims]
    return min(judged, key=lambda judgement: _PARTS_RANKED.index(judgement.verdict))


def _foreign(statement: Statement) -> str | None:
    """Return the words that place a name of the claim outside the real numbers: neither witness goes there."""
    told = {symbol: words for symbol, words in statement.scope.not_understood.items() if _COMPLEX.search(words)}
    if not told:
        return None
    reading = statement.readings[0]
    names = {t.symbol for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Name)}
    return next((told[symbol] for symbol in sorted(told) if symbol in names), None)


def _check(reading: Reading, scope: Scope, seed: int) -> NumericOutcome:
    """The numeric outcome; of an implication whose premise holds anyway, that of its conclusion."""
    outcome = check_numerically(reading, scope, seed=seed)
    premise = _premise(reading)
    if premise is not None and isinstance(outcome, NoOpinion):
        known = check_numerically(Reading(premise.relation, premise.left, premise.right), scope, seed=seed)
        if isinstance(known, Agreement):
            return check_numerically(_conclusion(reading), scope, seed=seed)
    return outcome


def _premise(reading: Reading) -> Comparison | None:
    if reading.relation in ("=>", "<=>") and isinstance(reading.left, Comparison):
        return reading.left
    return None


def _conclusion(reading: Reading) -> Reading:
    right = reading.right
    assert isinstance(right, Comparison)
    return Reading(right.relation, right.left, right.right, reading.condition)


def _agreed(reading: Reading, scope: Scope, outcome: Agreement, reasons: bool) -> Judgement:
    numbers = Evidence("numeric", describe(outcome))
    if outcome.only:
        return Judgement("conditional", "domain", f"both sides have values only where {outcome.only}", (numbers,))
    proof = _proof(reading, scope, reasons)
    if proof is None:
        return Judgement("holds", "", "", (numbers,))
    evidence = (Evidence("proof", describe_proof(proof) if reasons else "proved in general"), numbers)
    if proof.conditions:
        message = "holds if " + " and ".join(proof.conditions)
        return Judgement("holds", "", message, evidence)
    return Judgement("proved", "", "", evidence)


def _proof(reading: Reading, scope: Scope, reasons: bool = True) -> Proof | None:
    proof = prove(reading, scope, reasons=reasons)
    if proof is None and _premise(reading) is not None:
        proof = prove(_conclusion(reading), scope, reasons=reasons)
    posed = for_every_value(reading, scope) if proof is None else None
    return prove(*posed, reasons=reasons) if posed is not None else proof


def _without_opinion(reading: Reading, scope: Scope, outcome: NoOpinion) -> Judgement:
    proof = _proof(reading, scope)
    if proof is None and outcome.reason == ROUNDED_BEFORE:
        return Judgement("conditional", "rounding", f"holds if {outcome.reason}")
    if outcome.reason.startswith(NO_VALID):
        singular = singular_inverse(reading, scope)
        if singular is not None:
            return Judgement("undecided", "domain", f"{NO_VALID}: {singular}")
    if proof is None:
        rule = "rounding" if outcome.reason == NOT_ROUNDED else "undecided"
        return Judgement("undecided", rule, outcome.reason)
    evidence = (Evidence("proof", describe_proof(proof)),)
    return Judgement("undecided", "undecided", f"a proof was found, but no numeric check: {outcome.reason}", evidence)


def _refuted(statement: Statement, outcome: Refutation, seed: int) -> Judgement:
    scope, first = statement.scope, statement.readings[0]
    proof = _proof(first, scope)
    if proof is not None and not outcome.thin:
        evidence = (Evidence("proof", describe_proof(proof)), Evidence("numeric", _told(outcome)))
        return Judgement("undecided", "witnesses-disagree", "the witnesses disagree", evidence)
    numbers = (Evidence("numeric", _told(outcome)),)
    if outcome.thin:
        return Judgement("conditional", "domain", f"fails where {outcome.thin}", numbers, outcome.counterexample)
    if first.relation == "!=" and isinstance(_check(replace(first, relation="="), scope, seed), Refutation):
        message = "the sides differ in general, and agree somewhere"
        return Judgement("conditional", "domain", message, numbers, outcome.counterexample)
    if statement.may_be_set:
        return Judgement("undecided", "undecided", "this may be a condition that is set, not a claim", numbers)
    if statement.redefines:
        message = "fails if its left side is what an earlier section defined; as a new definition it claims nothing"
        return Judgement("conditional", "redefined", message, numbers, outcome.counterexample)
    needed = _image_law(first, scope, seed)
    if needed is not None:
        image = f"{needed.function}({needed.source_space})"
        message = f"holds if {needed.law} is the law of {image}, {needed.source_space} ~ {needed.source}"
        return Judgement("conditional", "assumption", message, numbers, outcome.counterexample)
    deviating = with_deviations(first, scope)
    if deviating is not None and isinstance(_check(deviating[0], deviating[1], seed), Agreement):
        message = f"holds if {deviating[2]} has its standard deviation in the second place"
        return Judgement("conditional", "convention", message, numbers, outcome.counterexample)
    unsure = [s for s in sorted(_not_understood(outcome.rests_on, scope)) if not _cancels(first, s, scope, seed)]
    exact = with_units(unsure, scope)
    if exact is not None and isinstance(judged := _check(first, exact, seed), Agreement):
        return _agreed(first, exact, judged, reasons=True)
    if unsure and not _fails_anyhow(statement, unsure, seed):
        return Judgement("undecided", *rests_on(first, unsure[0], scope.not_understood[unsure[0]]), numbers)
    turned = _turned_number(first, scope)
    if turned is not None:
        words = f"{turned} is a number by what is said of it, but is written as a vector here"
        return Judgement("undecided", "undecided", words, numbers)
    perhaps = _as_number(first, scope, outcome.rests_on, seed)
    if perhaps is not None:
        words = f"whether {perhaps} is a number or a matrix is not said"
        return Judgement("undecided", "undecided", f'what is said of {perhaps} was not understood: "{words}"', numbers)
    for other in statement.readings[1:]:
        judged = _check(other, scope, seed)
        if isinstance(judged, Agreement):
            return Judgement("conditional", "reading", f"holds {other.condition}", numbers, outcome.counterexample)
        if isinstance(judged, NoOpinion):
            refuted_too = judged.reason == ONE_SIZE_ONLY and _is_refuted_too(other, outcome, scope)
            if judged.reason.startswith(_SHAPES) or refuted_too:
                continue  # a reading whose shapes do not agree is not what the note means
            return Judgement(
                "undecided",
                "undecided",
                f"another reading ({other.condition}) was not decided: {judged.reason}",
                numbers,
            )
    resting = _perhaps_set(first, scope, seed)
    if resting is not None:
        return Judgement(*resting, numbers, outcome.counterexample)
    extra = rescuing_property(first, scope, lambda reading, other: isinstance(_check(reading, other, seed), Agreement))
    if extra is not None:
        return Judgement("conditional", "assumption", f"holds if {extra}", numbers, outcome.counterexample)
    unbound = on_one_side(first, unsure if exact is None else ())
    if unbound:
        return Judgement("wrong", UNBOUND, whatever(unbound), numbers, outcome.counterexample)
    message = "the two sides differ" if first.relation in ("=", "=>", "<=>") else "the relation fails"
    return Judgement("wrong", "counterexample", message, numbers, outcome.counterexample)


def _cancels(reading: Reading, symbol: str, scope: Scope, seed: int) -> bool:
    """Return whether the first member of a recursion, or a function, makes no difference to how the sides differ."""
    words = scope.not_understood.get(symbol, "")
    if words.startswith(PERHAPS_HERE):
        return function_cancels(reading, symbol, scope, seed)
    return words == AFTER_ANOTHER and cancels(reading, symbol, scope, seed)


def _fails_anyhow(statement: Statement, symbols: Sequence[str], seed: int) -> bool:
    """Return whether the claim fails although something said of these names was not understood."""
    first = statement.readings[0]
    exact = with_units(symbols, statement.scope)
    if exact is not None and isinstance(_check(first, exact, seed), Refutation):
        return True
    if _fails_independently(first, symbols, statement.scope, seed):
        return True
    return _fails_whichever(statement, symbols, seed)


def _fails_whichever(statement: Statement, symbols: Sequence[str], seed: int) -> bool:
    """Return whether the claim fails in every reading, whatever is meant by names that nothing explains."""
    for reading in statement.readings:
        posed = whichever(reading, symbols, statement.scope)
        outcome = _check(*posed, seed) if posed is not None else None
        if posed is None or not isinstance(outcome, Refutation) or outcome.thin:
            return False
        if any(s in posed[1].not_understood for s in outcome.rests_on):
            return False
    return True


def _perhaps_set(reading: Reading, scope: Scope, seed: int) -> tuple[Verdict, str, str] | None:
    """Return the verdict where the step may rest on relations that the note sets rather than claims."""
    several = [scope.perhaps] if len(scope.perhaps) > 1 else []
    unsolved = None
    for conditions in (*((c,) for c in scope.perhaps[:MOST_PERHAPS]), *several):
        told = " and ".join(to_text(c) for c in conditions)
        tried = replace(scope, assumptions=(*scope.assumptions, *conditions), perhaps=())
        outcome = _check(reading, tried, seed)
        if isinstance(outcome, Agreement):
            return "conditional", "assumption", f"holds if {told}"
        if isinstance(outcome, NoOpinion) and len(conditions) == 1:
            unsolved = unsolved or f"this may rest on {told}: {outcome.reason}"
    return None if unsolved is None else ("undecided", "undecided", unsolved)


def _not_understood(rests_on: Iterable[str], scope: Scope) -> set[str]:
    """Return the names that something not understood was said of; a law rests on its variables by whatever name."""
    used = set(rests_on)
    laws = (scope.sorts.get(symbol) for symbol in used)
    spaces = {space for law in laws if isinstance(law, Law) for space in law.spaces}
    said = {s for s, words in scope.not_understood.items() if not words.startswith(STRANGE) and base_name(s) in spaces}
    return said | (used & scope.not_understood.keys())


def _fails_independently(reading: Reading, unsure: Sequence[str], scope: Scope, seed: int) -> bool:
    """Return whether a claim fails for independent variables too, where only their independence was not understood."""
    laws = {s: law for s in unsure if isinstance(law := scope.sorts.get(s), Law) and len(law.spaces) > 1}
    if len(laws) < len(unsure) or not all(is_independence(scope.not_understood[s]) for s in laws):
        return False
    facts = (Independent(law.spaces, symbol) for symbol, law in laws.items())
    return isinstance(_check(reading, replace(scope, facts=(*scope.facts, *facts)), seed), Refutation)


def _as_number(reading: Reading, scope: Scope, rests_on: Iterable[str], seed: int) -> str | None:
    """Return a name that was taken for an array by its letter alone, if the step is not wrong for a number too."""
    for symbol in sorted(scope.numbers_perhaps & set(rests_on)):
        number = replace(scope, sorts=MappingProxyType({**scope.sorts, symbol: Real()}))
        outcome = _check(reading, number, seed)
        impossible = isinstance(outcome, NoOpinion) and outcome.reason.startswith("shapes do not agree")
        if not impossible and not isinstance(outcome, Refutation):
            return symbol
    return None


def _turned_number(reading: Reading, scope: Scope) -> str | None:
    """Return a name that is a number as far as is known, and yet is transposed: it must mean something else here."""
    parts = [part for side in (reading.left, reading.right) for part in subterms(side)]
    names = [
        part.arguments[0].symbol
        for part in parts
        if isinstance(part, MatrixOperation) and part.operation == "transpose" and isinstance(part.arguments[0], Name)
    ]
    return next((symbol for symbol in sorted(names) if isinstance(_number_of(symbol, scope), Real)), None)


def _number_of(symbol: str, scope: Scope) -> Sort | None:
    """Return the sort of a name; that of its values where it is a random variable or a point with a law of numbers."""
    sort = scope.sorts.get(symbol)
    if not isinstance(sort, RandomVariable | Point):
        return sort
    kind = scope.spaces.get(sort.space)
    return Real() if isinstance(kind, EuclideanSpace) and kind.size is None else sort


def _image_law(reading: Reading, scope: Scope, seed: int) -> ImageLaw | None:
    """Return the unstated fact that one law is the image of another under a map, where it mends the step.

    Of a map whose image the note names there is nothing to add.
    """
    names = {t.symbol for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Name)}
    for function in sorted(names):
        sort = scope.sorts.get(function)
        if not (isinstance(sort, Function) and isinstance(sort.value, Point) and len(sort.arguments) == 1):
            continue
        argument = sort.arguments[0]
        told = any(isinstance(fact, ImageLaw) and fact.function == function for fact in scope.facts)
        if told or not isinstance(argument, Point):
            continue
        for law in _laws_over(sort.value.space, names, scope):
            for source in _laws_over(argument.space, names, scope):
                fact = ImageLaw(law, sort.value.space, function, source, argument.space)
                if isinstance(_check(reading, replace(scope, facts=(*scope.facts, fact)), seed), Agreement):
                    return fact
    return None


def _laws_over(space: str, names: set[str], scope: Scope) -> list[str]:
    return [s for s in sorted(names) if isinstance(sort := scope.sorts.get(s), Law) and sort.spaces == (space,)]


def describe(outcome: Agreement) -> str:
    """Say what numeric agreement rests on."""
    sizes = f", sizes {', '.join(map(str, outcome.sizes))}" if outcome.sizes else ""
    return f"holds in {outcome.interpretations} interpretations{sizes}, to {outcome.digits} digits"


def describe_proof(proof: Proof) -> str:
    """Say by which rules a proof goes."""
    return "by " + ", ".join(proof.rules) if proof.rules else "by algebra"


def _told(outcome: Refutation) -> str:
    example = outcome.counterexample
    values = ", ".join(f"{name} = {value}" for name, value in example.values.items())
    sure = "certified" if example.certified else "confirmed at high precision"
    return (
        f"take {values}: left {example.left}, right {example.right} ({sure})"
        if values
        else f"left {example.left}, right {example.right} ({sure})"
    )
