"""The chain of the adversarial network: value, best discriminator, Jensen-Shannon divergence."""

from __future__ import annotations

from numeric_builders import (
    ONE,
    TWO,
    ZERO,
    agrees,
    apply,
    density,
    equal,
    law,
    log,
    mean,
    minus,
    names,
    number,
    over,
    plus,
    refuted,
    times,
)

from errata.language.scope import Definition, Scope
from errata.language.sorts import UNIT, Function, Law, Point
from errata.language.terms import Aggregate, Binder, Comparison, Derivative, Functional, Functions, Name, Negative

(X,) = names("x")
DX = apply("D", X)
VALUE = plus(mean("x", law("p"), log(DX)), mean("x", law("q"), log(minus(ONE, DX))))
BEST = over(density("p", "x"), plus(density("p", "x"), density("q", "x")))
SORTS = {"x": Point("x"), "D": Function((Point("x"),), UNIT), "p": Law(("x",)), "q": Law(("x",))}
JSD = Functional("jsd", (law("p"), law("q")))


def test_the_maximal_value_is_the_jensen_shannon_divergence() -> None:
    greatest = Aggregate("max", Binder(Name("D"), Functions()), VALUE)
    agrees(greatest, "=", plus(Negative(log(number(4))), times(TWO, JSD)), Scope(sorts=SORTS))
    refuted(greatest, "=", plus(Negative(log(number(4))), JSD), Scope(sorts=SORTS))
    refuted(greatest, "=", plus(Negative(log(TWO)), times(TWO, JSD)), Scope(sorts=SORTS))


def test_the_best_discriminator() -> None:
    best = Definition("D^*", (), Aggregate("argmax", Binder(Name("D"), Functions()), VALUE))
    scope = Scope(sorts=SORTS, definitions={"D^*": best})
    agrees(apply("D^*", X), "=", BEST, scope)
    refuted(apply("D^*", X), "=", over(density("q", "x"), plus(density("p", "x"), density("q", "x"))), scope)


def test_the_value_at_the_best_discriminator() -> None:
    scope = Scope(sorts=SORTS, definitions={"D": Definition("D", ("x",), BEST)})
    agrees(VALUE, "=", plus(Negative(log(number(4))), times(TWO, JSD)), scope)


def test_the_derivative_by_a_value_of_the_discriminator() -> None:
    scope = Scope(sorts=SORTS)
    slope = minus(over(density("p", "x"), DX), over(density("q", "x"), minus(ONE, DX)))
    agrees(Derivative(VALUE, DX), "=", slope, scope)
    refuted(Derivative(VALUE, DX), "=", plus(over(density("p", "x"), DX), over(density("q", "x"), DX)), scope)


def test_the_stationary_point_follows() -> None:
    scope = Scope(sorts=SORTS)
    slope = minus(over(density("p", "x"), DX), over(density("q", "x"), minus(ONE, DX)))
    agrees(equal(slope, ZERO), "=>", equal(DX, BEST), scope)
    wrong = Comparison("=", DX, over(density("p", "x"), density("q", "x")))
    refuted(equal(slope, ZERO), "=>", wrong, scope)
