"""The second symbolic voice: claims as SymPy, in general for scalars, else as exact small instances.

Supported: scalar claims with derivatives, definite sums and integrals, equations, a few inequalities and
implications; and claims about laws, spaces, indexed families, vectors and matrices at sizes 2 and 3, with
laws as tables of positive symbols, over all patterns of free points and indices. A normal law's expectations
are exact, by moments.

Caveats: an instance is evidence, no proof for all sizes. Nothing is concluded from a claim that could not be
shown; a refutation is only given where no assumption, fact or unread word was left aside.

SymPy is imported with this module; import it late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

import sympy

from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import Function, Sort, Vector
from errata.language.statements import Reading
from errata.language.terms import (
    Apply,
    Array,
    Comparison,
    Conjunction,
    Density,
    Name,
    Negative,
    Number,
    Relation,
    StandardDensity,
    Term,
    subterms,
)
from errata.verify.sympy_evaluate import Evaluator, TakenByValue
from errata.verify.sympy_inequalities import is_nonnegative
from errata.verify.sympy_instances import Assignment, Needs, assignments, find_needs, literal_sizes
from errata.verify.sympy_lowering import Lowering
from errata.verify.sympy_means import HIDDEN_LAW
from errata.verify.sympy_recursions import Recursions, lowered_recursions, members
from errata.verify.sympy_solving import contradict, follows_algebraically, follows_from_all, solved_cases
from errata.verify.sympy_terms import CannotEncode, OutOfRange, free_symbols
from errata.verify.sympy_values import Expression, PointValue, Symbols, entries
from errata.verify.sympy_zero import Deadline, agree_numerically, vanishes

MAXIMAL_CLAIMS = 400
CHOICES = (0, 1, 2)
UNDER_EQUATIONS = (0, 1, 3, 4, 2)
ENOUGH = 2
_LATE = "the time was used up"


@dataclass(frozen=True, slots=True)
class ScalarClaim:
    """left relation right between SymPy scalars, wherever the hypotheses (equations, as zeros) hold.

    given: what the notes assume, as zeros too; used where the claim does not hold without it.
    """

    relation: Relation
    left: Expression
    right: Expression
    hypotheses: tuple[Expression, ...] = ()
    given: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class EncodedInstance:
    """One instance (or the general form, with sizes ""): its claims, its symbols, and whether it is exact.

    exact: False where the instance is an analogue, from whose failure nothing follows.
    """

    sizes: str
    claims: tuple[ScalarClaim, ...]
    symbols: Symbols
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Encoded:
    """A claim in SymPy: in general (one instance), or as several exact instances of several sizes."""

    kind: Literal["general", "instances"]
    instances: tuple[EncodedInstance, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What SymPy says of a claim.

    "general": proved for all values. "instances": proved at the sizes that the reason names. "refuted": it
    fails, at values that the reason names. "unknown": neither, for this reason.
    """

    kind: Literal["general", "instances", "refuted", "unknown"]
    reason: str


@dataclass(frozen=True, slots=True)
class Lowered:
    """A claim whose sides are lowered, the equations that the notes assume of its names, and what all that needs."""

    relation: Relation
    left: Term
    right: Term
    needs: Needs
    given: tuple[tuple[Term, Term], ...] = ()
    conditions: tuple[Comparison, ...] = ()
    recursions: Recursions = field(default_factory=dict)


def lowered_reading(reading: Reading, scope: Scope, *, conditions: bool = False) -> Lowered:
    """Lower both sides of a claim, with all that the notes assume if `conditions`. Raises CannotEncode."""
    lowering = Lowering(scope, (reading.left, reading.right))
    try:
        left, right = lowering.lower(reading.left), lowering.lower(reading.right)
        recursions = lowered_recursions((left, right), lowering, scope)
        mentioned = (left, right, reading.left, reading.right, *members(recursions))
        assumed = tuple(_assumed(mentioned, lowering, scope))
        equations = tuple((part.left, part.right) for part in assumed if part.relation == "=")
        given = equations if reading.relation == "=" else ()
        if not conditions:
            assumed = ()
        sides = (left, right, *(side for equation in given for side in equation))
        sides += tuple(side for part in assumed for side in (part.left, part.right))
        needs = find_needs(sides, scope, recursions)
        return Lowered(reading.relation, left, right, needs, given, assumed, recursions)
    except RecursionError:
        raise CannotEncode("definitions unfold without an end") from None


def _assumed(sides: Iterable[Term], lowering: Lowering, scope: Scope) -> Iterator[Comparison]:
    """Yield what the notes assume of the names of a claim; leaving one out proves less, never more."""
    names = {name for side in sides for name in free_symbols(side)}
    for assumption in scope.assumptions:
        if names & {*free_symbols(assumption.left), *free_symbols(assumption.right)}:
            with suppress(CannotEncode):
                left, right = lowering.lower(assumption.left), lowering.lower(assumption.right)
                yield Comparison(assumption.relation, left, right)


def encode(reading: Reading, scope: Scope, most: int | None = None) -> Encoded:
    """Return the claim in SymPy: the general form where it is one about scalars, else (the first `most`) instances.

    Raises CannotEncode with the reason where it has neither.
    """
    with sympy_failures_named():
        lowered = lowered_reading(reading, scope)
        try:
            return Encoded("general", (encode_general(lowered, reading, scope),))
        except CannotEncode:
            return Encoded("instances", tuple(islice(encode_instances(lowered, reading, scope), most)))


@contextmanager
def sympy_failures_named() -> Iterator[None]:
    """Turn whatever SymPy raises into CannotEncode: its failures say nothing about a claim."""
    try:
        yield
    except CannotEncode:
        raise
    except Exception as failure:  # SymPy raises many unrelated kinds, some of them private
        raise CannotEncode(f"SymPy failed: {type(failure).__name__}") from failure


def encode_general(lowered: Lowered, reading: Reading, scope: Scope) -> EncodedInstance:
    """Return the general form. Raises CannotEncode for claims with abstract parts."""
    if lowered.needs.abstract:
        raise CannotEncode("the claim has parts that only instances can show")
    return _instance(lowered, reading, scope, [None], "")


def encode_instances(lowered: Lowered, reading: Reading, scope: Scope) -> Iterator[EncodedInstance]:
    """Yield exact instances, one a choice of sizes, each with all patterns of free points and indices."""
    needs = lowered.needs
    if not (needs.abstract or needs.sizes):
        raise CannotEncode("the claim has no sizes to be taken at")
    literals = literal_sizes((lowered.left, lowered.right))
    seen: set[str] = set()
    choices = UNDER_EQUATIONS if lowered.given else CHOICES
    for choice in choices if needs.sizes else CHOICES[:2]:
        try:
            patterns = list(assignments(needs, scope, literals, choice))
        except CannotEncode:
            if len(seen) < 2:
                raise
            break  # the third choice only adds to what two have shown
        sizes = sizes_text(patterns[0], needs)
        if sizes in seen:
            continue
        try:
            instance = _instance(lowered, reading, scope, patterns, sizes)
        except OutOfRange:
            continue  # these sizes do not go together, such as an index beyond its array
        seen.add(sizes)
        yield instance
    if not seen:
        raise CannotEncode("no instance of small sizes has a value")


def sizes_text(pattern: Assignment, needs: Needs) -> str:
    named = {name: size for name, size in pattern.sizes.items() if name not in needs.indices}
    return replace(pattern, sizes=named).text or "every pattern of indices up to 3"


def _instance(
    lowered: Lowered, reading: Reading, scope: Scope, patterns: Sequence[Assignment | None], sizes: str
) -> EncodedInstance:
    by_value: frozenset[str] = frozenset()
    for _ in range(8):
        try:
            return _instance_with(lowered, reading, scope, patterns, sizes, by_value)
        except TakenByValue as conflict:
            by_value |= {conflict.symbol}
    raise CannotEncode("functions are given points in one place and numbers in another")


def _instance_with(
    lowered: Lowered,
    reading: Reading,
    scope: Scope,
    patterns: Sequence[Assignment | None],
    sizes: str,
    by_value: frozenset[str],
) -> EncodedInstance:
    claims: dict[ScalarClaim, None] = {}
    evaluator = Evaluator(scope, lowered.needs, patterns[0], by_value, recursions=lowered.recursions)
    exact = True
    valid = 0
    for pattern in patterns:
        evaluator.assignment = pattern
        try:
            found = list(claims_of(lowered, reading, evaluator, scope))
        except OutOfRange:
            continue
        valid += 1
        claims.update(dict.fromkeys(found))
        exact = exact and evaluator.exact
        if len(claims) > MAXIMAL_CLAIMS:
            raise CannotEncode("the instance has too many equations")
    if not valid:
        raise OutOfRange("no pattern of these sizes has a value")
    return EncodedInstance(sizes, tuple(claims), evaluator.symbols, exact)


# Claims of one pattern -------------------------------------------------------------------------------


def claims_of(lowered: Lowered, reading: Reading, evaluator: Evaluator, scope: Scope) -> Iterator[ScalarClaim]:
    match lowered.relation:
        case "=>":
            yield from _implication(lowered.left, lowered.right, evaluator)
        case "<=>":
            yield from _implication(lowered.left, lowered.right, evaluator)
            yield from _implication(lowered.right, lowered.left, evaluator)
        case "propto":
            yield from _proportional(lowered, reading, evaluator, scope)
        case "=" | "!=" | "<" | "<=" | ">" | ">=" | "~=":
            given = tuple(_zeros(lowered.given, evaluator))
            for claim in compared(lowered.relation, lowered.left, lowered.right, evaluator, ()):
                yield replace(claim, given=given)
        case _:
            raise CannotEncode(f"the relation {lowered.relation}")


def _zeros(equations: tuple[tuple[Term, Term], ...], evaluator: Evaluator) -> Iterator[Expression]:
    """Yield what is zero by these equations, entry by entry; those without an encoding are left out."""
    for left, right in equations:
        with suppress(CannotEncode, OutOfRange):
            yield from (claim.left - claim.right for claim in compared("=", left, right, evaluator, ()))


def compared(
    relation: Relation, left: Term, right: Term, evaluator: Evaluator, hypotheses: tuple[Expression, ...]
) -> Iterator[ScalarClaim]:
    one, other = evaluator.number(left, {}), evaluator.number(right, {})
    first, second = entries(one, other), entries(other, one)
    zero = [sympy.Integer(0)]
    if second == zero and len(first) > 1:
        second = zero * len(first)
    elif first == zero and len(second) > 1:
        first = zero * len(second)
    shapes = [getattr(value, "shape", None) for value in (one, other)]
    if len(first) != len(second) or (None not in shapes and shapes[0] != shapes[1]):
        raise CannotEncode("the two sides have different shapes")
    if len(first) > 1 and relation not in ("=", "!="):
        raise CannotEncode("arrays are compared by size")
    if relation == "!=" and len(first) > 1:
        raise CannotEncode("arrays are said to be different")
    for a, b in zip(first, second, strict=True):
        if a.has(sympy.nan, sympy.zoo) or b.has(sympy.nan, sympy.zoo):
            raise OutOfRange("a side has no value in this instance")
        yield ScalarClaim(relation, a, b, hypotheses)


def _implication(premise: Term, conclusion: Term, evaluator: Evaluator) -> Iterator[ScalarClaim]:
    hypotheses = tuple(claim.left - claim.right for part in _conjuncts(premise) for claim in _equation(part, evaluator))
    for part in _conjuncts(conclusion):
        if not isinstance(part, Comparison) or part.relation not in ("=", "!=", "<", "<=", ">", ">="):
            raise CannotEncode("an implication whose conclusion is no comparison")
        yield from compared(part.relation, part.left, part.right, evaluator, hypotheses)


def _equation(part: Term, evaluator: Evaluator) -> Iterator[ScalarClaim]:
    if not isinstance(part, Comparison) or part.relation != "=":
        raise CannotEncode("an implication whose premise is no equation")
    return compared("=", part.left, part.right, evaluator, ())


def _conjuncts(term: Term) -> tuple[Term, ...]:
    return term.conditions if isinstance(term, Conjunction) else (term,)


def _proportional(lowered: Lowered, reading: Reading, evaluator: Evaluator, scope: Scope) -> Iterator[ScalarClaim]:
    """The quotient is the same at two points of the variable: L(x) R(x') = L(x') R(x)."""
    names = _varying(reading.left)
    if not names:
        raise CannotEncode("it is not clear in which variable the sides are proportional")
    here = [evaluator.number(side, {}) for side in (lowered.left, lowered.right)]
    others: list[dict[str, object]]
    if evaluator.assignment is None:
        others = [{name: evaluator.symbols.symbol(f"{name}'", scope.sorts.get(name)) for name in names}]
    else:
        if len(names) != 1 or (names[0], ()) not in evaluator.assignment.points:
            raise CannotEncode("proportional in something that is no point here")
        space = dict(evaluator.needs.points)[names[0]]
        start = evaluator.assignment
        others = []
        for place in range(start.spaces[space]):
            if place != start.points[(names[0], ())]:
                others.append({names[0]: PointValue(space, place)})
    for env in others:
        there = [evaluator.number(side, env) for side in (lowered.left, lowered.right)]
        cells = [entries(value) for value in (*here, *there)]
        if any(len(cell) != 1 for cell in cells):
            raise CannotEncode("arrays that are proportional")
        yield ScalarClaim("=", cells[0][0] * cells[3][0], cells[2][0] * cells[1][0])


def _varying(left: Term) -> list[str]:
    if isinstance(left, Density):
        return [slot.value.symbol for slot in left.values if isinstance(slot.value, Name)]
    if isinstance(left, StandardDensity):
        return [left.point.symbol] if isinstance(left.point, Name) else []
    if isinstance(left, Apply):
        return [part.symbol for part in left.arguments if isinstance(part, Name)]
    return []


# Confirmation ----------------------------------------------------------------------------------------


def confirm(reading: Reading, scope: Scope, seconds: float) -> Confirmation:
    """Return whether SymPy confirms the claim; every proof is checked by 40-digit numbers too.

    Work is bounded by sizes, and no new piece begins after `seconds`; one piece may take longer, so the caller
    runs this in a process that can be killed. Raises nothing: what cannot be encoded is "unknown".
    """
    try:
        with sympy_failures_named():
            return _confirm(reading, scope, Deadline.after(seconds))
    except CannotEncode as reason:
        return Confirmation("unknown", str(reason))


def _confirm(reading: Reading, scope: Scope, deadline: Deadline) -> Confirmation:
    lowered = lowered_reading(reading, scope)
    refutable = is_refutable(reading, scope) and not mean_under_another_law(lowered.needs)
    refutable = refutable and not lowered.recursions  # where a recursion begins is our reading of the notes
    try:
        general = encode_general(lowered, reading, scope)
    except CannotEncode:
        return _confirm_instances(lowered, reading, scope, deadline, refutable)
    decimals = decimals_of(reading)
    if decimals is not None and _agrees_to_digits(general, decimals):
        return Confirmation("general", f"equal to the {decimals} decimals that are written")
    answer = _confirm_instance(general, deadline)
    if answer is None:
        return Confirmation("general", "proved by SymPy")
    if answer.kind == "refuted":
        return answer if refutable and general.exact else Confirmation("unknown", answer.reason)
    if lowered.needs.sizes and not deadline.passed:
        return _confirm_instances(lowered, reading, scope, deadline, refutable)
    return answer


def _confirm_instances(
    lowered: Lowered, reading: Reading, scope: Scope, deadline: Deadline, refutable: bool
) -> Confirmation:
    shown: list[str] = []
    try:
        for instance in encode_instances(lowered, reading, scope):
            if deadline.passed and len(shown) < ENOUGH:
                return Confirmation("unknown", _LATE)
            if deadline.passed:
                break
            if any(contradict(claim.given) for claim in instance.claims[:1]):
                continue
            if lowered.given and len(shown) == ENOUGH:
                break
            answer = _confirm_instance(instance, deadline)
            if answer is not None and answer.kind == "refuted":
                where = f"at {instance.sizes}: {answer.reason}"
                return Confirmation("refuted" if refutable and instance.exact else "unknown", where)
            if answer is not None and answer.reason == _LATE and len(shown) >= ENOUGH:
                break
            if answer is not None:
                return Confirmation("unknown", f"at {instance.sizes}: {answer.reason}")
            shown.append(instance.sizes)
    except CannotEncode as reason:
        return Confirmation("unknown", str(reason) if not shown else f"only shown at {'; '.join(shown)}: {reason}")
    if lowered.needs.sizes and len(shown) < 2:
        return Confirmation("unknown", f"only shown at {'; '.join(shown)}")
    return Confirmation("instances", f"exact at {'; '.join(shown)}")


def _confirm_instance(instance: EncodedInstance, deadline: Deadline) -> Confirmation | None:
    """Return None where every claim is proved and agrees numerically, else why not."""
    for number, claim in enumerate(instance.claims):
        if deadline.passed:
            return Confirmation("unknown", _LATE)
        answer = _confirm_claim(claim, instance, deadline, number)
        if answer is not None:
            return answer
    return None


def _confirm_claim(claim: ScalarClaim, instance: EncodedInstance, deadline: Deadline, seed: int) -> Confirmation | None:
    domains = instance.symbols.domains
    left, right = claim.left, claim.right
    if claim.hypotheses:
        plain = replace(claim, hypotheses=())
        if claim.relation == "=" and follows_algebraically(claim.hypotheses, left - right):
            return None
        for case in solved_cases(claim.hypotheses, domains):
            put_in = replace(
                plain,
                left=claim.left.subs(case).doit(),
                right=claim.right.subs(case).doit(),
            )
            answer = _confirm_claim(put_in, instance, deadline, seed)
            if answer is not None:
                return answer
        return None
    match claim.relation:
        case "=":
            compared = agree_numerically(left, right, domains, seed)
            if compared.outcome == "different" and claim.given and follows_from_all(claim.given, left - right):
                return None
            if compared.outcome == "different":
                return Confirmation("refuted", f"the sides differ where {compared.point or 'evaluated'}")
            if compared.outcome == "undefined":
                return Confirmation("unknown", "no random point gives both sides a value")
            if vanishes(left - right, domains, deadline):
                return None
            return Confirmation("unknown", "SymPy finds no proof, though the sides agree at random points")
        case "!=":
            apart = sympy.factor(sympy.together(left - right))
            return None if apart.is_nonzero else Confirmation("unknown", "the sides may be equal")
        case "<=" | ">=" | "<" | ">":
            small, large = (left, right) if claim.relation in ("<=", "<") else (right, left)
            strict = claim.relation in ("<", ">")
            if is_nonnegative(large - small, domains, deadline, strict):
                return None
            return Confirmation("unknown", "SymPy has no proof of the inequality")
    return Confirmation("unknown", f"SymPy does not decide the relation {claim.relation}")


def decimals_of(reading: Reading) -> int | None:
    """Return how many decimals a side has that is nothing but decimal numbers, for "=" and "~="; the fewest of all."""
    if reading.relation in ("=", "~="):
        for side in (reading.right, reading.left):
            numbers = _plain_numbers(side)
            written = [part.decimals for part in numbers or () if part.decimals is not None]
            if written:
                return min(written)
    return None


def _plain_numbers(side: Term) -> list[Number] | None:
    """Return the numbers that a side consists of, alone or as the entries of an array; None for anything else."""
    cells = [cell for row in side.rows for cell in row] if isinstance(side, Array) else [side]
    bare = [cell.term if isinstance(cell, Negative) else cell for cell in cells]
    numbers = [cell for cell in bare if isinstance(cell, Number)]
    return numbers if len(numbers) == len(bare) else None


def _agrees_to_digits(instance: EncodedInstance, decimals: int) -> bool:
    """Tell whether the sides are numbers that agree to these digits, rounded or cut off."""
    gaps = [claim.left - claim.right for claim in instance.claims]
    if any(gap.free_symbols or gap.has(sympy.nan, sympy.zoo, sympy.oo) for gap in gaps):
        return False
    values = [gap.evalf(40) for gap in gaps]
    return all(value.is_real and abs(value) < sympy.Rational(1, 10**decimals) for value in values)


def is_refutable(reading: Reading, scope: Scope) -> bool:
    """Tell whether a failure is one of the claim: nothing that the notes assume was left aside."""
    mentioned = frozenset(free_symbols(reading.left)) | frozenset(free_symbols(reading.right))
    rounded = any(
        isinstance(part, Number) and part.decimals is not None
        for side in (reading.left, reading.right)
        for part in subterms(side)
    )
    other_facts = any(not isinstance(fact, ImageLaw) for fact in scope.facts)
    return not (
        rounded
        or scope.assumptions
        or other_facts
        or any(name in scope.not_understood for name in mentioned)
        or any(_says_more(scope.sorts.get(name)) for name in mentioned)
    )


def mean_under_another_law(needs: Needs) -> bool:
    """Tell whether a variable without a law of its own has its mean beside a law of its space: they may be one.

    What holds for any law then holds for that one, but what fails need not.
    """
    hidden = {axis.space for law, axes in needs.laws.items() if law.startswith(HIDDEN_LAW) for axis in axes}
    named = {axis.space for law, axes in needs.laws.items() if not law.startswith(HIDDEN_LAW) for axis in axes}
    return bool(hidden & named)


def _says_more(sort: Sort | None) -> bool:
    """Tell whether a name is declared to be more than its symbol in SymPy is: an even function, a column of one 1."""
    if isinstance(sort, Function):
        return bool(sort.properties - {"entrywise"})
    return isinstance(sort, Vector) and sort.one_hot
