"""Short builders of terms for the tests of the numeric witness."""

from __future__ import annotations

from fractions import Fraction

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Density,
    Draw,
    Elementary,
    Expectation,
    Functional,
    LawReference,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slot,
    Space,
    Sum,
    Term,
)
from errata.numeric_checks.outcome import Agreement, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.witness import check

ONE, TWO, HALF = Number(Fraction(1)), Number(Fraction(2)), Number(Fraction(1, 2))
ZERO = Number(Fraction(0))


def number(value: int | str) -> Number:
    text = str(value)
    decimals = len(text.split(".")[1]) if "." in text else None
    return Number(Fraction(text), decimals)


def names(text: str) -> list[Name]:
    return [Name(symbol) for symbol in text.split()]


def plus(*terms: Term) -> Term:
    return Sum(terms)


def minus(left: Term, right: Term) -> Term:
    return Sum((left, Negative(right)))


def times(*factors: Term) -> Term:
    return Product(factors)


def over(top: Term, bottom: Term) -> Term:
    return Quotient(top, bottom)


def squared(term: Term) -> Term:
    return Power(term, TWO)


def fn(function: str, *arguments: Term) -> Term:
    return Elementary(function, arguments)


def log(term: Term) -> Term:
    return Elementary("log", (term,))


def apply(function: str, *arguments: Term, order: int = 0) -> Apply:
    return Apply(Name(function), arguments, (), order)


def slots(text: str) -> tuple[Slot, ...]:
    return tuple(Slot(space, Name(space)) for space in text.split())


def density(law: str, values: str, given: str = "") -> Density:
    return Density(Name(law), slots(values), slots(given))


def law(symbol: str, values: str = "", given: str = "") -> LawReference:
    return LawReference(Name(symbol), slots(values), slots(given))


def mean(variable: str, of: Term, body: Term) -> Expectation:
    return Expectation((Draw(Name(variable), variable, of),), body)


def total(variable: str, body: Term) -> Aggregate:
    return Aggregate("sum", Binder(Name(variable), Space(variable)), body)


def series(index: str, low: Term, high: Term, body: Term) -> Aggregate:
    return Aggregate("sum", Binder(Name(index), Range(low, high)), body)


def kl(first: Term, second: Term) -> Functional:
    return Functional("kl", (first, second))


def equal(left: Term, right: Term) -> Comparison:
    return Comparison("=", left, right)


def judge(left: Term, relation: str, right: Term, scope: Scope | None = None, seed: int = 0) -> NumericOutcome:
    return check(Reading(relation, left, right), scope or Scope(), seed=seed)  # type: ignore[arg-type]


def agrees(left: Term, relation: str, right: Term, scope: Scope | None = None) -> Agreement:
    outcome = judge(left, relation, right, scope)
    assert isinstance(outcome, Agreement), outcome
    return outcome


def refuted(left: Term, relation: str, right: Term, scope: Scope | None = None) -> Refutation:
    outcome = judge(left, relation, right, scope)
    assert isinstance(outcome, Refutation), outcome
    return outcome


def silent(left: Term, relation: str, right: Term, scope: Scope | None = None) -> NoOpinion:
    outcome = judge(left, relation, right, scope)
    assert isinstance(outcome, NoOpinion), outcome
    return outcome


def numbers_of(text: str) -> list[Fraction]:
    """Read a tuple or table as written in a counterexample, row by row."""
    cleaned = text.strip("()[]").replace(";", ",")
    return [Fraction(part.strip()) for part in cleaned.split(",")]
