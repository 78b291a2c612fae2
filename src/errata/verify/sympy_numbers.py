"""Claims on exact numbers: at small sizes, with random rationals for all that is free, and nothing rounded.

For what SymPy cannot show with symbols in time: inequalities between means, large tables, inverses. Every instance
is decided exactly (see `sympy_exact`); each is a proof of that instance alone, and evidence for the rest. What the
notes assume is met by every instance, as far as it can be lowered; equations are solved for one symbol each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sympy

from errata.language.scope import Scope
from errata.language.sorts import Configurations
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Comparison,
    Conjunction,
    Constant,
    Derivative,
    Elementary,
    Functions,
    Interval,
    Power,
    StandardLaw,
    Term,
    Values,
    subterms,
)
from errata.verify.sympy_conditions import NotMet, explained, meet
from errata.verify.sympy_draws import DrawnSymbols, Point, PolynomialSymbols, Style
from errata.verify.sympy_encoding import (
    Confirmation,
    Lowered,
    ScalarClaim,
    claims_of,
    is_refutable,
    lowered_reading,
    mean_under_another_law,
    sizes_text,
    sympy_failures_named,
)
from errata.verify.sympy_evaluate import Evaluator, TakenByValue
from errata.verify.sympy_exact import outcome
from errata.verify.sympy_instances import NUMBERS, Assignment, assignments, literal_sizes
from errata.verify.sympy_terms import CannotEncode, OutOfRange
from errata.verify.sympy_values import Symbols
from errata.verify.sympy_zero import Deadline

CHOICES = (0, 1, 4, 3, 2, 5, 6)
"""Choices of sizes that are tried, in this order: those in which different names have one size come last."""
ENOUGH_SIZES = 2
MOST_SIZES = 3
DRAWS = {True: 3, False: 8}
"""Draws of numbers at every choice of sizes, of equations and of other relations."""
DRAWS_WITHOUT_SIZES = {True: 8, False: 24}
SECONDS_TO_WRITE = 10.0
MOST_PATTERNS = 12
"""Patterns of free points and indices that one draw is taken at."""
ATTEMPTS = 40
"""How often numbers are drawn for one instance until they meet what the notes assume."""
_EXPONENTIAL = ("exp", "sigmoid", "softplus", "tanh", "sinh", "cosh")
_RELATIONS = ("=", "!=", "<", "<=", ">", ">=")


class Differs(Exception):
    """An instance in which the claim fails; the message says at which numbers."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A claim, as it is taken at numbers.

    variables: whether it must be evaluated with symbols first. styles: kinds of numbers, in the order they are tried.
    """

    lowered: Lowered
    reading: Reading
    scope: Scope
    premises: tuple[Comparison, ...]
    variables: bool
    styles: tuple[Style, ...]
    deadline: Deadline


def confirm_on_numbers(reading: Reading, scope: Scope, seconds: float) -> Confirmation:
    """Return whether the claim holds on exact instances. Raises nothing; no new instance begins after `seconds`."""
    try:
        with sympy_failures_named():
            return _confirm(reading, scope, Deadline.after(seconds))
    except CannotEncode as reason:
        return Confirmation("unknown", str(reason))


def numbers_of(reading: Reading, scope: Scope) -> tuple[str, tuple[ScalarClaim, ...]]:
    """Return an instance of exact numbers: its sizes, and what the claim says of it. Raises CannotEncode."""
    work = _work(reading, scope, Deadline.after(SECONDS_TO_WRITE))
    for sizes, patterns in _choices(work):
        for attempt in range(ATTEMPTS):
            if work.deadline.passed:
                raise CannotEncode("no instance of exact numbers in time")
            try:
                evaluator, point = _at_draw(work, patterns, f"{sizes} {attempt}", work.styles[0], frozenset())
                claims = tuple(dict.fromkeys(claim for claim, _ in _settled(work, evaluator, point, patterns)))
            except (NotMet, TakenByValue):
                continue
            except OutOfRange:
                break
            if claims:
                return sizes, claims
    raise CannotEncode("no instance of exact numbers")


def _work(reading: Reading, scope: Scope, deadline: Deadline) -> _Work:
    lowered, premises = _without_premises(lowered_reading(reading, scope, conditions=True))
    conditions = (*lowered.conditions, *premises)
    equations = any(condition.relation == "=" and explained(condition, scope) is None for condition in conditions)
    variables = equations or any(map(_needs_variables, (lowered.left, lowered.right)))
    exponentials = any(map(_has_exponentials, (lowered.left, lowered.right)))
    styles: tuple[Style, ...] = ("logarithm", "rational") if exponentials else ("rational",)
    return _Work(lowered, reading, scope, premises, variables, styles, deadline)


def _confirm(reading: Reading, scope: Scope, deadline: Deadline) -> Confirmation:
    work = _work(reading, scope, deadline)
    lowered, premises = work.lowered, work.premises
    refutable = is_refutable(reading, scope) and not mean_under_another_law(lowered.needs)
    refutable = refutable and not (premises or lowered.recursions)
    shown: list[str] = []
    counts: list[int] = []
    for sizes, patterns in _choices(work):
        try:
            count = _decided(work, patterns, sizes)
        except Differs as difference:
            where = f"{f'at {sizes}: ' if sizes else ''}{difference}"
            return Confirmation("refuted" if refutable else "unknown", where)
        except OutOfRange:
            continue
        if count:
            shown.append(sizes)
            counts.append(count)
        if len(shown) == _most_sizes(work) or (deadline.passed and len(shown) >= ENOUGH_SIZES):
            break
    return _confirmation(shown, counts, work)


def _most_sizes(work: _Work) -> int:
    """Return at how many choices of sizes the claim is taken: fewer where one costs much."""
    needs = work.lowered.needs
    if not (needs.abstract or needs.sizes):
        return 1
    costly = any(isinstance(work.scope.spaces.get(space), Configurations) for space in needs.spaces)
    return ENOUGH_SIZES if work.variables or costly else MOST_SIZES


def _confirmation(shown: Sequence[str], counts: Sequence[int], work: _Work) -> Confirmation:
    if not shown:
        late = work.deadline.passed
        return Confirmation("unknown", "the time was used up" if late else "no instance of exact numbers is decided")
    draws = f"{min(counts)} draw{'s' if min(counts) > 1 else ''} of exact numbers"
    if not shown[0]:
        return Confirmation("instances", f"exact at {draws}")
    if len(shown) < ENOUGH_SIZES and work.lowered.needs.sizes:
        return Confirmation("unknown", f"only shown at {shown[0]}")
    return Confirmation("instances", f"exact at {'; '.join(shown)}, with {draws} each")


def _without_premises(lowered: Lowered) -> tuple[Lowered, tuple[Comparison, ...]]:
    """Return an implication's conclusion as the claim, and its premises."""
    if lowered.relation != "=>":
        return lowered, ()
    parts = lowered.left.conditions if isinstance(lowered.left, Conjunction) else (lowered.left,)
    premises = tuple(part for part in parts if isinstance(part, Comparison) and part.relation in _RELATIONS)
    right = lowered.right
    if len(premises) < len(parts) or not isinstance(right, Comparison) or right.relation not in _RELATIONS:
        raise CannotEncode("an implication between other things than comparisons")
    return replace(lowered, relation=right.relation, left=right.left, right=right.right), premises


def _needs_variables(side: Term) -> bool:
    """Tell whether a term binds or moves a number, so that it must stay a symbol while it is evaluated."""
    return any(
        isinstance(part, Derivative | At)
        or (isinstance(part, Apply) and part.order > 0)
        or (isinstance(part, Aggregate) and isinstance(part.binder.domain, Interval | Functions | Values))
        for part in subterms(side)
    )


def _has_exponentials(side: Term) -> bool:
    return any(
        (isinstance(part, Elementary) and part.function in _EXPONENTIAL)
        or (isinstance(part, Power) and part.base == Constant("e"))
        for part in subterms(side)
    )


def _choices(work: _Work) -> Iterator[tuple[str, list[Assignment | None]]]:
    """Yield sizes in words, with all their patterns of free points and indices."""
    needs = work.lowered.needs
    if not (needs.abstract or needs.sizes):
        yield "", [None]
        return
    literals = literal_sizes((work.lowered.left, work.lowered.right))
    seen: set[str] = set()
    for choice in CHOICES:
        try:
            patterns = list(assignments(needs, work.scope, literals, choice, NUMBERS))
        except CannotEncode:
            if choice != CHOICES[-1] or seen:
                continue
            raise
        sizes = sizes_text(patterns[0], needs)
        if sizes not in seen:
            seen.add(sizes)
            yield sizes, list(patterns)


def _decided(work: _Work, patterns: Sequence[Assignment | None], sizes: str) -> int:
    """Return how many draws of numbers are decided, all in favour. Raises Differs and OutOfRange."""
    wanted = (DRAWS if sizes else DRAWS_WITHOUT_SIZES)[work.lowered.relation in ("=", "propto")]
    for style in work.styles:
        decided, refused, open_ones = 0, 0, 0
        while decided < wanted and refused < ATTEMPTS * (decided + 1) and open_ones < 2 and not work.deadline.passed:
            try:
                holds = _holds(work, patterns, f"{sizes} {decided} {refused} {open_ones}", style)
            except NotMet:
                refused += 1
                continue
            decided, open_ones = decided + holds, open_ones + (not holds)
        if decided:
            return decided
    return 0


def _holds(work: _Work, patterns: Sequence[Assignment | None], seed: str, style: Style) -> bool:
    """Tell whether all patterns hold at one draw of numbers; False where one is open. Raises Differs, NotMet."""
    by_value: frozenset[str] = frozenset()
    for _ in range(4):
        try:
            return _holds_with(work, patterns, seed, style, by_value)
        except TakenByValue as conflict:
            by_value |= {conflict.symbol}
    raise CannotEncode("functions are given points in one place and numbers in another")


def _holds_with(
    work: _Work, patterns: Sequence[Assignment | None], seed: str, style: Style, by_value: frozenset[str]
) -> bool:
    evaluator, point = _at_draw(work, patterns, seed, style, by_value)
    open_ones = 0
    for claim, exact in _settled(work, evaluator, point, _sample(patterns, seed)):
        if work.deadline.passed:
            return False
        open_ones += not _claim_holds(claim, work, exact)
    return open_ones == 0


def _at_draw(
    work: _Work, patterns: Sequence[Assignment | None], seed: str, style: Style, by_value: frozenset[str]
) -> tuple[Evaluator, Point]:
    symbols = _symbols(work, seed, style)
    evaluator = Evaluator(work.scope, work.lowered.needs, patterns[0], by_value, symbols, work.lowered.recursions)
    return evaluator, Point(seed, style, evaluator.symbols.domains)


def _settled(
    work: _Work, evaluator: Evaluator, point: Point, patterns: Sequence[Assignment | None]
) -> Iterator[tuple[ScalarClaim, bool]]:
    """Yield what the claim says at every pattern, in numbers, and whether the instance is no mere analogue.

    Raises NotMet where the assumptions do not hold, OutOfRange where no pattern has a value.
    """
    valid = 0
    for pattern in patterns:
        evaluator.assignment = pattern
        try:
            meet(work.lowered.conditions, work.premises, evaluator, point, work.deadline)
            claims = list(claims_of(work.lowered, work.reading, evaluator, work.scope))
        except OutOfRange:
            continue
        valid += 1
        for claim in claims:
            if claim.hypotheses:
                raise CannotEncode("an equivalence")
            left, right = point.settle(claim.left), point.settle(claim.right)
            if left.has(sympy.nan, sympy.zoo) or right.has(sympy.nan, sympy.zoo):
                raise NotMet
            yield ScalarClaim(claim.relation, left, right), evaluator.exact
    if not valid:
        raise OutOfRange("no pattern of these sizes has a value")


def _sample(patterns: Sequence[Assignment | None], seed: str) -> Sequence[Assignment | None]:
    """Return the patterns of one draw: all, or some at random where they are many."""
    return patterns if len(patterns) <= MOST_PATTERNS else random.Random(seed).sample(list(patterns), MOST_PATTERNS)


def _symbols(work: _Work, seed: str, style: Style) -> Symbols:
    if not work.variables:
        return DrawnSymbols(seed, style)
    parts = [part for side in (work.lowered.left, work.lowered.right) for part in subterms(side)]
    normal = any(isinstance(part, StandardLaw) for part in parts) and any(isinstance(part, Apply) for part in parts)
    return PolynomialSymbols(seed) if normal else Symbols()


def _claim_holds(claim: ScalarClaim, work: _Work, exact: bool) -> bool:
    found = outcome(claim.relation, claim.left, claim.right, work.deadline)
    if found == "fails":
        if not exact:
            raise CannotEncode("an instance that is no more than alike does not hold")
        raise Differs(f"{sympy.N(claim.left, 6)} {claim.relation} {sympy.N(claim.right, 6)} fails")
    return found == "holds"
