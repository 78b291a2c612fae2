"""Laws on abstract spaces: one name, one joint table."""

from __future__ import annotations

from math import isclose
from math import log as ln

import pytest
from numeric_builders import (
    HALF,
    ONE,
    ZERO,
    agrees,
    apply,
    density,
    kl,
    law,
    log,
    mean,
    minus,
    names,
    number,
    numbers_of,
    over,
    plus,
    refuted,
    silent,
    squared,
    times,
    total,
)

from errata.language.scope import Definition, DensityDefinition, ImageLaw, Independent, Scope
from errata.language.sorts import UNIT, EuclideanSpace, FiniteSpace, Function, Law, Point, RandomVariable, Real
from errata.language.terms import (
    Aggregate,
    Binder,
    Comparison,
    Density,
    Derivative,
    Draw,
    Expectation,
    Functional,
    Information,
    Laws,
    MomentOf,
    Name,
    Negative,
    Slot,
    Term,
)

X, Z = names("x z")
POINTS = Scope(sorts={"x": Point("x"), "z": Point("z")})


def test_bayes_rule_holds() -> None:
    posterior = over(times(density("p", "x", "z"), density("p", "z")), density("p", "x"))
    outcome = agrees(density("p", "z", "x"), "=", posterior, POINTS)
    assert len(outcome.sizes) >= 2


def test_bayes_rule_with_swapped_margins_is_refuted_by_a_table_that_a_hand_computation_confirms() -> None:
    wrong = over(times(density("p", "x", "z"), density("p", "x")), density("p", "z"))
    outcome = refuted(density("p", "z", "x"), "=", wrong, POINTS)
    values = outcome.counterexample.values
    (table_name,) = [name for name in values if name.startswith("p(")]
    cells = numbers_of(values[table_name])
    first_is_z = table_name == "p(z, x)"
    joint = {(i, j): cells[2 * i + j] for i in range(2) for j in range(2)}
    at = {name: int(values[name].removeprefix("point ")) - 1 for name in ("x", "z")}
    first, second = (at["z"], at["x"]) if first_is_z else (at["x"], at["z"])
    cell = joint[first, second]
    margin_first = joint[first, 0] + joint[first, 1]
    margin_second = joint[0, second] + joint[1, second]
    p_z, p_x = (margin_first, margin_second) if first_is_z else (margin_second, margin_first)
    assert sum(cells) == 1
    assert str(cell / p_x) == outcome.counterexample.left
    assert str(cell / p_z * p_x / p_z) == outcome.counterexample.right
    assert outcome.counterexample.certified
    assert outcome.thin == ""


def test_kl_is_the_sum() -> None:
    body = times(density("p", "x"), log(over(density("p", "x"), density("q", "x"))))
    agrees(kl(law("p"), law("q")), "=", total("x", body), POINTS)


def test_kl_is_not_symmetric() -> None:
    outcome = refuted(kl(law("p"), law("q")), "=", kl(law("q"), law("p")), POINTS)
    p, q = (numbers_of(outcome.counterexample.values[name]) for name in ("p(x)", "q(x)"))
    by_hand = sum(float(a) * ln(a / b) for a, b in zip(p, q, strict=True))
    assert isclose(float(outcome.counterexample.left), by_hand, rel_tol=1e-4)
    assert outcome.rests_on >= {"p", "q"}


@pytest.mark.parametrize(("relation", "right"), [(">=", True), (">", False), ("<=", False), ("<", False)])
def test_kl_against_zero(relation: str, right: bool) -> None:
    left = kl(law("p"), law("q"))
    agrees(left, relation, ZERO, POINTS) if right else refuted(left, relation, ZERO, POINTS)


def test_a_strict_inequality_that_fails_only_at_equal_laws_is_wrong() -> None:
    outcome = refuted(kl(law("p"), law("q")), ">", ZERO, POINTS)
    values = outcome.counterexample.values
    assert values["p(x)"] == values["q(x)"]
    assert outcome.thin == ""


def evidence_bound() -> Term:
    inside = minus(log(density("p", "x z")), log(density("q", "z", "x")))
    return mean("z", law("q", "z", "x"), inside)


def test_evidence_lower_bound() -> None:
    gap = kl(law("q", "z", "x"), law("p", "z", "x"))
    agrees(log(density("p", "x")), "=", plus(evidence_bound(), gap), POINTS)
    agrees(log(density("p", "x")), ">=", evidence_bound(), POINTS)
    refuted(log(density("p", "x")), "<=", evidence_bound(), POINTS)
    refuted(log(density("p", "x")), "=", minus(evidence_bound(), gap), POINTS)
    refuted(log(density("p", "x")), "=", plus(evidence_bound(), kl(law("q", "z", "x"), law("p", "z"))), POINTS)


def test_jensen_shannon_divergence_and_its_factor() -> None:
    middle = Definition("m", (), over(plus(law("p"), law("q")), number(2)))
    scope = Scope(sorts={"x": Point("x")}, definitions={"m": middle})
    jsd = Functional("jsd", (law("p"), law("q")))
    sum_of_both = plus(kl(law("p"), law("m")), kl(law("q"), law("m")))
    agrees(jsd, "=", times(HALF, sum_of_both), scope)
    refuted(jsd, "=", sum_of_both, scope)
    without_half = Scope(sorts=scope.sorts, definitions=scope.definitions, jsd_factor_half=False)
    agrees(jsd, "=", sum_of_both, without_half)


def test_a_mixture_has_a_density() -> None:
    middle = Definition("m", (), over(plus(law("p"), law("q")), number(2)))
    scope = Scope(sorts={"x": Point("x")}, definitions={"m": middle})
    agrees(density("m", "x"), "=", over(plus(density("p", "x"), density("q", "x")), number(2)), scope)
    refuted(density("m", "x"), "=", plus(density("p", "x"), density("q", "x")), scope)


def test_a_law_given_by_formula_is_followed() -> None:
    energy = Definition("E", ("x",), squared(X))
    weight = over(_exponential(apply("E", X)), total("x", _exponential(apply("E", X))))
    formula = DensityDefinition("p", (("x", "x"),), (), weight)
    scope = Scope(sorts={"x": Point("x")}, definitions={"E": energy}, densities=(formula,))
    agrees(total("x", density("p", "x")), "=", ONE, scope)
    agrees(density("p", "x"), "=", weight, scope)
    refuted(density("p", "x"), "=", _exponential(apply("E", X)), scope)


def _exponential(term: Term) -> Term:
    from errata.language.terms import Elementary

    return Elementary("exp", (Negative(term),))


def test_an_image_law_must_be_declared() -> None:
    sorts = {
        "x": Point("x"),
        "z": Point("z"),
        "G": Function((Point("z"),), Point("x")),
        "D": Function((Point("x"),), UNIT),
    }
    left = mean("z", law("p_z"), log(apply("D", apply("G", Z))))
    right = mean("x", law("p_g"), log(apply("D", X)))
    fact = ImageLaw("p_g", "x", "G", "p_z", "z")
    agrees(left, "=", right, Scope(sorts=sorts, facts=(fact,)))
    refuted(left, "=", right, Scope(sorts=sorts))


def test_parameters_of_a_law_can_be_differentiated() -> None:
    theta = Name("\\theta")
    scope = Scope(sorts={"x": Point("x"), "p_\\theta": Law(("x",), ("\\theta",))})
    p = Density(Name("p_\\theta"), (Slot("x", X),), (), (theta,))
    agrees(mean("x", law("p_\\theta"), Derivative(log(p), theta)), "=", ZERO, scope)
    agrees(Derivative(log(p), theta), "=", over(Derivative(p, theta), p), scope)
    refuted(Derivative(log(p), theta), "=", Derivative(p, theta), scope)


def test_random_variables_share_one_joint_law() -> None:
    x, y = names("X Y")
    sorts = {"X": RandomVariable("x"), "Y": RandomVariable("y")}

    def e(body: Term) -> Term:
        return Expectation((), body)

    scope = Scope(sorts=sorts)
    agrees(e(plus(x, y)), "=", plus(e(x), e(y)), scope)
    refuted(e(times(x, y)), "=", times(e(x), e(y)), scope)
    agrees(e(times(x, y)), "=", times(e(x), e(y)), Scope(sorts=sorts, facts=(Independent(("X", "Y")),)))
    variance = MomentOf("variance", (), (x,))
    agrees(variance, "=", minus(e(squared(x)), squared(e(x))), scope)
    refuted(variance, "=", e(squared(x)), scope)


def test_information_identities() -> None:
    sorts = {"X": RandomVariable("x"), "Y": RandomVariable("y")}
    scope = Scope(sorts=sorts)
    x, y = (Slot("x", Name("X")),), (Slot("y", Name("Y")),)
    p = Name("P")
    entropy = Information("entropy", p, (x,))
    conditional = Information("entropy", p, (x,), y)
    mutual = Information("mutual_information", p, (x, y))
    agrees(mutual, "=", minus(entropy, conditional), scope)
    agrees(conditional, "<=", entropy, scope)
    refuted(conditional, "<", entropy, scope)
    refuted(mutual, "=", minus(conditional, entropy), scope)


def test_jensen_in_both_directions() -> None:
    x = Name("X")
    sorts = {"X": RandomVariable("x"), "f": Function((Real(),), Real(), frozenset({"convex"}))}
    outside, inside = apply("f", Expectation((), x)), Expectation((), apply("f", x))
    agrees(outside, "<=", inside, Scope(sorts=sorts))
    refuted(outside, ">=", inside, Scope(sorts=sorts))
    sorts["f"] = Function((Real(),), Real())
    refuted(outside, "<=", inside, Scope(sorts=sorts))


def test_proportional_in_the_variable_of_the_law() -> None:
    joint = times(density("p", "x", "z"), density("p", "z"))
    agrees(density("p", "z", "x"), "propto", joint, POINTS)
    refuted(density("p", "z", "x"), "propto", density("p", "x", "z"), POINTS)
    silent(X, "propto", Z, POINTS)


def test_equal_laws_by_assumption() -> None:
    assumed = Comparison("=", law("p"), law("q"))
    agrees(kl(law("p"), law("q")), "=", ZERO, Scope(sorts=POINTS.sorts, assumptions=(assumed,)))
    refuted(kl(law("p"), law("q")), "=", ZERO, POINTS)


def test_declared_points_are_used() -> None:
    scope = Scope(sorts={"y": Point("y")}, spaces={"y": FiniteSpace((number(0), number(1)))})
    probability = Density(Name("p"), (Slot("y", number(1)),))
    agrees(mean("y", law("p"), Name("y")), "=", probability, scope)
    refuted(mean("y", law("p"), Name("y")), "=", Density(Name("p"), (Slot("y", number(0)),)), scope)


def test_several_points_of_one_space_are_never_a_refutation() -> None:
    first, second = names("a b")
    pair = Density(Name("p"), (Slot("x", first), Slot("x", second)))
    split = times(Density(Name("p"), (Slot("x", first),)), Density(Name("p"), (Slot("x", second),)))
    silent(pair, "=", split)


def test_a_joint_draw_is_not_two_independent_draws() -> None:
    joint = law("p", "x z")
    draws = (Draw(X, "x", joint), Draw(Z, "z", joint))
    left = Expectation(draws, times(X, Z))
    agrees(left, "=", total("x", total("z", times(density("p", "x z"), X, Z))), POINTS)
    refuted(left, "=", times(mean("x", law("p", "x"), X), mean("z", law("p", "z"), Z)), POINTS)


def test_another_name_for_a_law_has_its_margins_and_conditionals() -> None:
    scope = Scope(sorts=POINTS.sorts, definitions={"r": Definition("r", (), law("p"))})
    agrees(density("r", "z", "x"), "=", density("p", "z", "x"), scope)
    agrees(kl(law("r", "z", "x"), law("p", "z", "x")), "=", ZERO, scope)
    agrees(mean("z", law("r", "z", "x"), Z), "=", mean("z", law("p", "z", "x"), Z), scope)
    refuted(mean("z", law("r", "z", "x"), Z), "=", mean("z", law("p", "z"), Z), scope)


def test_the_variational_bound_on_mutual_information() -> None:
    p, slots_x, slots_z = Name("p"), (Slot("x", X),), (Slot("z", Z),)
    information = Information("mutual_information", p, (slots_x, slots_z))
    joint = law("p", "x z")
    fit = Expectation((Draw(X, "x", joint), Draw(Z, "z", joint)), log(density("q", "z", "x")))
    bound = plus(Information("entropy", p, (slots_z,)), fit)
    scope = Scope(sorts={**POINTS.sorts, "q": Law(("z", "x"))})
    agrees(information, ">=", bound, scope)
    agrees(information, "=", Aggregate("max", Binder(Name("q"), Laws()), bound), scope)
    refuted(information, "=", bound, scope)


def test_a_law_at_other_parameters_is_another_law() -> None:
    a, b = names("a b")
    first, second = (Density(Name("p"), (Slot("x", X),), (), (theta,)) for theta in (a, b))
    refuted(first, "=", second, POINTS)
    agrees(total("x", first), "=", total("x", second), POINTS)
    agrees(first, "=", second, Scope(sorts=POINTS.sorts, assumptions=(Comparison("=", a, b),)))


def test_laws_on_real_space_without_a_formula_are_read_as_tables() -> None:
    real = Scope(sorts=POINTS.sorts, spaces={"x": EuclideanSpace(), "z": EuclideanSpace(Name("d"))})
    posterior = over(times(density("p", "x", "z"), density("p", "z")), density("p", "x"))
    agrees(density("p", "z", "x"), "=", posterior, real)
    assert refuted(kl(law("p"), law("q")), "=", kl(law("q"), law("p")), real).counterexample.certified


def test_an_equation_for_a_free_point_is_no_claim() -> None:
    silent(X, "=", Z, POINTS)
    silent(X, "=", plus(Z, ONE), POINTS)
