r"""Claims of rates and of limits without a limit's sign: f = O(g), f \to c, f \approx g for large n.

What moves, and where to, the words of the sentence tell; of a rate also those of other sentences, or that what is
within the O(...) counts. SymPy's limit of the quotient, confirmed by numbers, proves such a claim; where it finds none,
the claim is judged by sequences alone, and holds at best. Where neither shows a clear trend nothing is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from errata.language.definitions import free_symbols
from errata.language.expansions import expansion_claims, has_remainder, without_remainders
from errata.language.inference import relevant
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading, Statement
from errata.language.tending import Tending, tells
from errata.language.terms import (
    Apply,
    Constant,
    Elementary,
    Entry,
    Landau,
    Limit,
    Name,
    Negative,
    Number,
    Power,
    Quotient,
    Sum,
    Term,
    subterms,
)
from errata.language.unsaid import STRANGE
from errata.verify.verdict import Evidence, Judgement

_RIGHT = ("proved", "holds")
ZERO, TWO = Number(Fraction(0)), Number(Fraction(2))
INFINITY = Constant("infinity")
TREND_OF = {"zero": "vanishes", "constant": "stays bounded, and away from 0", "infinite": "grows without bound"}
RIGHT = {
    "O": ("zero", "constant"),
    "o": ("zero",),
    "Theta": ("constant",),
    "Omega": ("constant", "infinite"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Where the size of a term goes, and whether SymPy's limit shows it, not numbers alone."""

    trend: str
    proved: bool


def judged(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement | None:
    """Return the verdict on a claim of a rate, or of a limit in words; None where it is neither."""
    if statement.problem is not None or not statement.readings:
        return None
    first, *others = (_in_one_sense(replace(statement, readings=(r,)), judge) for r in statement.readings)
    if first is None or first.verdict not in (*_RIGHT, "wrong"):
        return first
    right = first.verdict in _RIGHT
    if any(other is None or other.verdict not in (_RIGHT if right else ("wrong",)) for other in others):
        return _open("the senses that this claim may have differ in where they tend")
    return _as_told(statement, first)


def _in_one_sense(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement | None:
    reading = statement.readings[0]
    if has_remainder(reading):
        if reading.relation not in ("=", "<=") or expansion_claims(reading, statement.scope) is not None:
            return None
        return _rate(statement)
    if reading.relation == "->":
        return _limit(statement, judge)
    if reading.relation == "~=" and statement.tending is not None and statement.tending.end == "infinity":
        return _approximation(statement)
    return None


def _open(reason: str) -> Judgement:
    return Judgement("undecided", "undecided", reason)


def _as_told(statement: Statement, judgement: Judgement) -> Judgement:
    """Return a verdict, or that words leave open what a wrong claim is under."""
    others = [told for told in statement.restricted if not tells(told.words)]
    if judgement.verdict == "wrong" and (others or statement.redefines):
        return _open("it fails unless other words restrict it")
    return judgement


# Rates -----------------------------------------------------------------------------------------------


def _rate(statement: Statement) -> Judgement:
    reading, scope = statement.readings[0], statement.scope
    rest, remainders = without_remainders(reading.right)
    if len(remainders) != 1 or has_remainder(Reading("=", reading.left, rest)):
        return _open("rates of several terms, or within others, are not judged")
    remainder = remainders[0]
    moving = _moving(statement, remainder)
    if moving is None:
        return _open("what tends where in this O(...) is not said")
    if reading.relation == "<=" and (remainder.kind != "O" or rest != ZERO):
        return _open("a rate beside an inequality is not judged")
    left = reading.left if rest == ZERO else Sum((reading.left, Negative(rest)))
    lowered = _lowered((left, remainder.argument), scope)
    problem = "" if lowered is None else _unsure(lowered, moving, scope)
    if lowered is None or problem:
        return _open(problem or "what tends here is no formula of numbers")
    body, bound = lowered
    known = _known(Quotient(body, bound), moving, scope)
    if known is None:
        return _open(f"how the quotient of both sides goes as {_in_words(moving)} is not clear from its values")
    if known.trend in RIGHT[remainder.kind]:
        return _right(known, f"the quotient of both sides {TREND_OF[known.trend]} as {_in_words(moving)}")
    if moving.by_custom and not isinstance(reading.left, Name | Apply | Entry):
        return _open(f"whether {moving.symbol} goes to infinity is not said")
    words = f"as {_in_words(moving)} the quotient {TREND_OF[known.trend]}"
    return _wrong(statement, known, words, (body, bound), moving)


def _moving(statement: Statement, remainder: Landau) -> Tending | None:
    names = free_symbols(remainder.argument)
    if statement.tending is not None:
        return statement.tending if not names or statement.tending.symbol in names else None
    elsewhere = [t for t in statement.tending_elsewhere if t.symbol in names]
    return elsewhere[0] if len(elsewhere) == 1 else None


# Limits ----------------------------------------------------------------------------------------------


def _limit(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement:
    reading, moving, scope = statement.readings[0], statement.tending, statement.scope
    unknown = isinstance(reading.left, Name) and reading.left.symbol not in scope.definitions
    if moving is None or unknown:
        return _open("what tends where in this limit is not said")
    lowered = _lowered((reading.left, reading.right), scope)
    if lowered is None or moving.symbol not in free_symbols(lowered[0]) or moving.symbol in free_symbols(lowered[1]):
        return _open("what tends here is no formula of numbers")
    body, goal = lowered
    problem = _unsure((body,), moving, scope, strictly=False)
    if problem:
        return _open(problem)
    infinite = goal in (INFINITY, Negative(INFINITY))
    limit = Limit(body, Name(moving.symbol), _point(moving), "both")
    posed = Reading("=", limit, goal, reading.condition)
    found = judge(replace(statement, readings=(posed,), may_be_set=False))
    if found.verdict in ("proved", "holds"):
        return found
    undeclared = _unsure((body, goal) if not infinite else (body,), moving, scope)
    if found.verdict == "wrong":
        return _open(undeclared) if undeclared else found
    away = body if infinite else Sum((body, Negative(goal)))
    known = _known(away, moving, scope)
    if known is None or undeclared:
        return _open(undeclared or f"where this goes as {_in_words(moving)} is not clear from its values")
    if infinite:
        return _to_infinity(statement, known, body, moving)
    if known.trend == "zero":
        return _right(replace(known, proved=False), f"the difference vanishes as {_in_words(moving)}")
    words = f"as {_in_words(moving)} the difference from what it is said to tend to {TREND_OF[known.trend]}"
    return _wrong(statement, known, words, (body, goal), moving)


def _to_infinity(statement: Statement, known: Known, body: Term, moving: Tending) -> Judgement:
    from errata.verify.rate_sequences import sign

    if known.trend != "infinite":
        words = f"as {_in_words(moving)} the left side {TREND_OF[known.trend]}"
        return _wrong(statement, known, words, (body,), moving)
    goal = 1 if statement.readings[0].right == INFINITY else -1
    if moving.end != "infinity" or sign(body, moving.symbol, statement.scope) != goal:
        return _open("of which sign it is far out is not clear")
    return _right(replace(known, proved=False), f"it grows without bound as {_in_words(moving)}")


# Approximations --------------------------------------------------------------------------------------


def _approximation(statement: Statement) -> Judgement:
    """Judge f \\approx g for large n by f / g, which must go to 1, and by each term of g, which must count."""
    reading, moving, scope = statement.readings[0], statement.tending, statement.scope
    assert moving is not None
    lowered = _lowered((reading.left, reading.right), scope)
    problem = "" if lowered is None else _unsure(lowered, moving, scope)
    if lowered is None or problem or moving.symbol not in free_symbols(lowered[0]):
        return _open(problem or "how close 'approximately equal' must be is not said")
    left, right = lowered
    if _rounded(reading):
        return _open("how close rounded numbers are for large values is not judged")
    away = Sum((left, Negative(right)))
    if right == ZERO:
        known = _known(left, moving, scope)
        if known is not None and known.trend == "zero":
            return _right(known, f"the left side vanishes as {_in_words(moving)}")
        return _open("how close to 0 it must be is not said")
    known = _known(Quotient(away, right), moving, scope)
    if known is not None and known.trend == "zero":
        if not all(_vanishes(Quotient(away, part), moving, scope) for part in _parts_that_count(left, right)):
            return _open("both sides are alike in their greatest terms, but whether their smaller ones are meant to be")
        return _right(known, f"the quotient of both sides goes to 1 as {_in_words(moving)}")
    quotient = _known(Quotient(left, right), moving, scope)
    if known is None or quotient is None or not _is_far(left, right, moving, scope):
        return _open(f"whether both sides come close as {_in_words(moving)} is not clear from their values")
    if quotient.trend != "constant" and _vanishes(away, moving, scope):
        return _open("both sides vanish, one of them sooner")
    words = f"as {_in_words(moving)} the quotient of both sides does not go to 1"
    return _wrong(statement, known, words, (left, right), moving)


def _parts_that_count(left: Term, right: Term) -> tuple[Term, ...]:
    """Return the terms against which the difference must be small: those of both sides that one does not leave out."""
    of_right = right.terms if isinstance(right, Sum) else ()
    of_left = left.terms if isinstance(left, Sum) else ()
    if right in of_left or (of_right and set(of_right) <= set(of_left)):
        return of_right
    return (*of_right, *of_left)


def _vanishes(term: Term, moving: Tending, scope: Scope) -> bool:
    known = _known(term, moving, scope)
    return known is not None and known.trend == "zero"


def _rounded(reading: Reading) -> bool:
    parts = (part for side in (reading.left, reading.right) for part in subterms(side))
    return any(isinstance(part, Number) and part.decimals is not None for part in parts)


def _is_far(left: Term, right: Term, moving: Tending, scope: Scope) -> bool:
    """Return whether the sides differ by a fifth or more, far out."""
    from errata.verify.rate_sequences import sign

    off = Quotient(Sum((left, Negative(right))), right)
    square = Power(off, TWO)
    beyond = Sum((Elementary("sqrt", (square,)), Negative(Number(Fraction(1, 5)))))
    return sign(beyond, moving.symbol, scope) == 1


# What both witnesses know ----------------------------------------------------------------------------


def _known(term: Term, moving: Tending, scope: Scope) -> Known | None:
    """Return where the size of a term goes; None where neither SymPy nor its values show it, or they differ."""
    from errata.verify.limit_values import value_of
    from errata.verify.rate_sequences import trend

    limit = Limit(term, Name(moving.symbol), _point(moving), "both")
    told = _size(value_of(limit, scope), moving, scope)
    seen = trend(term, moving.symbol, scope) if moving.end == "infinity" else None
    if told is not None and seen is not None and told != seen:
        return None
    if told is not None:
        return Known(told, True)
    return None if seen is None else Known(seen, False)


def _size(value: Term | None, moving: Tending, scope: Scope) -> str | None:
    """Return the trend of what has this limit; None where it may be 0 for some parameters only."""
    from errata.verify.rate_sequences import sign

    if value is None:
        return None
    if value in (INFINITY, Negative(INFINITY)):
        return "infinite"
    if value == ZERO:
        return "zero"
    return "constant" if sign(value, moving.symbol, scope) or _differs_from_zero(value, scope) else None


def _differs_from_zero(value: Term, scope: Scope) -> bool:
    from errata.verify.rate_sequences import sign

    return sign(Power(value, TWO), "", scope) == 1


def _lowered(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term] | None:
    """Return terms with definitions put in; None where something other than numbers is left."""
    from errata.verify.sympy_encoding import sympy_failures_named
    from errata.verify.sympy_lowering import Lowering
    from errata.verify.sympy_terms import CannotEncode

    try:
        with sympy_failures_named():
            lowering = Lowering(scope, terms)
            return lowering.lower(terms[0]), lowering.lower(terms[1])
    except CannotEncode:
        return None


def _unsure(terms: tuple[Term, ...], moving: Tending, scope: Scope, strictly: bool = True) -> str:
    """Return what leaves open how these terms move, "" where nothing does.

    A name that is declared nowhere may move with the others, and a condition may tie what moves to a parameter.
    strictly: names that are declared nowhere are doubted, too.
    """
    names: Set[str] = set().union(*map(free_symbols, terms))
    if moving.symbol in scope.definitions or (strictly and moving.symbol not in free_symbols(terms[0])):
        return f"how this moves with {moving.symbol} is not written"
    others = sorted(names - {moving.symbol})
    sort = scope.sorts.get(moving.symbol, Real())
    if not isinstance(sort, Real) or (sort.high is not None and moving.end == "infinity"):
        return f"{moving.symbol} does not tend there"
    for assumption in relevant(scope, terms)[0].assumptions:
        about = free_symbols(assumption)
        if moving.symbol in about and about & set(others):
            return f"{moving.symbol} and {min(about & set(others))} are tied by a condition"
    for name in others:
        fixed = name in scope.constants
        if name in scope.not_understood and not (fixed and scope.not_understood[name].startswith(STRANGE)):
            return f'what is said of {name} was not understood: "{" ".join(scope.not_understood[name].split())}"'
        if strictly and name in scope.inferred and not fixed:
            return f"whether {name} stays as it is while {moving.symbol} moves is not said"
    return ""


def _point(moving: Tending) -> Term:
    return INFINITY if moving.end == "infinity" else ZERO


def _in_words(moving: Tending) -> str:
    return f"{moving.symbol} goes to {'infinity' if moving.end == 'infinity' else '0'}"


def _right(known: Known, words: str) -> Judgement:
    if known.proved:
        detail = f"{words}: the limit was worked out by SymPy, and confirmed by numbers"
        return Judgement("proved", "", "", (Evidence("sympy", detail),))
    detail = f"{words}: judged by sequences, for there is no proof"
    return Judgement("holds", "", "", (Evidence("numeric", detail),))


def _wrong(statement: Statement, known: Known, words: str, sides: tuple[Term, ...], moving: Tending) -> Judgement:
    from errata.verify.rate_sequences import values_at

    places = values_at(sides, moving.symbol, statement.scope)
    numbers = f"; both sides at {'; '.join(places)}" if places and len(sides) > 1 else f"; {'; '.join(places)}"
    message = words + (numbers if places else "")
    how = "judged by SymPy's limit and by sequences" if known.proved else "judged by sequences"
    return Judgement("wrong", "counterexample", message, (Evidence("numeric", f"{how}: {words}"),))
