"""Short names for building terms by hand in the tests of the symbolic witness."""

from __future__ import annotations

from fractions import Fraction

from errata.language import terms as t
from errata.language.scope import Scope
from errata.language.sorts import AbstractSpace, EuclideanSpace, Function, Law, Point, Real, Sort
from errata.language.statements import Reading

UNIT = Real(low=0.0, high=1.0)
POSITIVE = Real(low=0.0)


def n(value: int | str) -> t.Number:
    return t.Number(Fraction(value))


def v(symbol: str) -> t.Name:
    return t.Name(symbol)


def add(*parts: t.Term) -> t.Term:
    return t.Sum(parts)


def neg(part: t.Term) -> t.Term:
    return t.Negative(part)


def sub(left: t.Term, right: t.Term) -> t.Term:
    return t.Sum((left, t.Negative(right)))


def mul(*parts: t.Term) -> t.Term:
    return t.Product(parts)


def div(left: t.Term, right: t.Term) -> t.Term:
    return t.Quotient(left, right)


def pw(base: t.Term, exponent: t.Term | int) -> t.Term:
    return t.Power(base, n(exponent) if isinstance(exponent, int) else exponent)


def fn(name: str, *arguments: t.Term) -> t.Term:
    return t.Elementary(name, arguments)


def log(argument: t.Term) -> t.Term:
    return fn("log", argument)


def exp(argument: t.Term) -> t.Term:
    return fn("exp", argument)


def half(part: t.Term) -> t.Term:
    return mul(n("1/2"), part)


def app(function: str, *arguments: t.Term, order: int = 0) -> t.Term:
    return t.Apply(v(function), arguments, (), order)


def ent(array: str, *indices: t.Term) -> t.Term:
    return t.Entry(v(array), indices)


def slot(space: str, value: t.Term | None = None) -> t.Slot:
    return t.Slot(space, value if value is not None else v(space))


def slots(written: str) -> tuple[t.Slot, ...]:
    return tuple(slot(name) for name in written.split())


def dens(law: str, values: str, given: str = "") -> t.Term:
    """p(values | given) at the points named like their spaces."""
    return t.Density(v(law), slots(values), slots(given))


def law(symbol: str, values: str = "", given: str = "") -> t.Term:
    return t.LawReference(v(symbol), slots(values), slots(given))


def mean(draws: list[tuple[str, t.Term]], body: t.Term) -> t.Term:
    return t.Expectation(tuple(t.Draw(v(name), name, drawn) for name, drawn in draws), body)


def over(space: str, body: t.Term, operation: str = "sum") -> t.Term:
    return t.Aggregate(operation, t.Binder(v(space), t.Space(space)), body)


def ranged(index: str, low: t.Term | int, high: t.Term | int, body: t.Term, operation: str = "sum") -> t.Term:
    low = n(low) if isinstance(low, int) else low
    high = n(high) if isinstance(high, int) else high
    return t.Aggregate(operation, t.Binder(v(index), t.Range(low, high)), body)


def kl(first: t.Term, second: t.Term) -> t.Term:
    return t.Functional("kl", (first, second))


def functional(name: str, *laws: t.Term) -> t.Term:
    return t.Functional(name, laws)


def normal(mean_: t.Term, variance: t.Term) -> t.StandardLaw:
    return t.StandardLaw("normal", (mean_, variance))


def D(body: t.Term, variable: t.Term, order: int = 1) -> t.Term:
    return t.Derivative(body, variable, order)


def reading(left: t.Term, relation: str, right: t.Term) -> Reading:
    return Reading(relation, left, right)  # type: ignore[arg-type]


def scope(sorts: dict[str, Sort] | None = None, **rest: object) -> Scope:
    return Scope(sorts=sorts or {}, **rest)  # type: ignore[arg-type]


SPACES = {"x": AbstractSpace(), "y": AbstractSpace(), "z": AbstractSpace()}
POINTS: dict[str, Sort] = {name: Point(name) for name in SPACES}

PROBABILITY = scope(
    {
        **POINTS,
        "p": Law(("x", "z")),
        "q": Law(("x", "z")),
        "r": Law(("x",)),
        "s": Law(("x",)),
        "D": Function((Point("x"),), UNIT),
        "f": Function((Point("x"),), Real()),
        "g": Function((Point("x"),), Real()),
        "h": Function((Point("x"),), POSITIVE),
    },
    spaces=SPACES,
)

LINE = EuclideanSpace()
