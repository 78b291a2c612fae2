"""False or conditional claims that a careless rule would prove, and their true neighbours."""

from __future__ import annotations

import pytest
from proof_terms import (
    POSITIVE,
    PROBABILITY,
    SPACES,
    UNIT,
    D,
    add,
    app,
    dens,
    div,
    ent,
    exp,
    fn,
    kl,
    law,
    log,
    mean,
    mul,
    n,
    neg,
    normal,
    over,
    pw,
    ranged,
    reading,
    scope,
    slot,
    sub,
    v,
)

from errata.language import terms as t
from errata.language.scope import Definition, DensityDefinition, ImageLaw, Independent, Scope
from errata.language.sorts import (
    EuclideanSpace,
    Family,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Vector,
)
from errata.verify.proof import prove

SIZE = Real(low=1.0, low_open=False, integer=True)
COUNT = Real(low=0.0, low_open=False, integer=True)
N, M, x, z = v("N"), v("M"), v("x"), v("z")
i, j = v("i"), v("j")
FAMILIES = scope(
    {
        "N": SIZE,
        "M": COUNT,
        "a": Family((N,), Real()),
        "b": Family((N,), Real()),
        "c": Family((M,), Real()),
        "u": Real(),
        "w": Real(),
        "p": POSITIVE,
        "i": Real(integer=True),
        "j": Real(integer=True),
        "A": Matrix(N, N),
        "B": Matrix(N, N),
        "g": Function((Real(),), Real()),
    }
)
u, w, p = v("u"), v("w"), v("p")
E = t.Expectation


def proved(left: t.Term, relation: str, right: t.Term, where: Scope = FAMILIES) -> bool:
    proof = prove(reading(left, relation, right), where)
    return proof is not None and not proof.conditions


def conditions(left: t.Term, right: t.Term, where: Scope = FAMILIES) -> tuple[str, ...]:
    proof = prove(reading(left, "=", right), where)
    assert proof is not None
    return proof.conditions


def over_a(index: str, body: t.Term) -> t.Term:
    return ranged(index, 1, N, body)


FALSE = {
    "capture": (mul(ent("a", i), over_a("i", ent("b", i))), over_a("i", mul(ent("a", i), ent("b", i)))),
    "square of a sum": (pw(over_a("i", ent("a", i)), 2), over_a("i", pw(ent("a", i), 2))),
    "sum of products": (
        over_a("i", mul(ent("a", i), ent("b", i))),
        mul(over_a("i", ent("a", i)), over_a("i", ent("b", i))),
    ),
    "free indices may agree": (D(pw(ent("a", i), 2), ent("a", j)), n(0)),
    "matrices do not commute": (mul(v("A"), v("B")), mul(v("B"), v("A"))),
    "transpose of a product": (
        t.MatrixOperation("transpose", (mul(v("A"), v("B")),)),
        mul(t.MatrixOperation("transpose", (v("A"),)), t.MatrixOperation("transpose", (v("B"),))),
    ),
    "root of a square": (fn("sqrt", pw(u, 2)), u),
    "root of a product of negatives": (fn("sqrt", mul(u, w)), mul(fn("sqrt", neg(u)), fn("sqrt", neg(p)))),
    "log of a square": (log(pw(u, 2)), log(add(u, pw(u, 2)))),
    "log of a sum": (log(add(exp(u), exp(w))), add(u, w)),
    "unknown functions are not linear": (app("g", add(u, w)), add(app("g", u), app("g", w))),
    "quotients do not split below": (div(n(1), add(u, w)), add(div(n(1), u), div(n(1), w))),
    "an index shifted": (over_a("i", ent("a", i)), ranged("i", 0, sub(N, n(1)), ent("a", i))),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_not_proved(name: str) -> None:
    left, right = FALSE[name]
    assert prove(reading(left, "=", right), FAMILIES) is None


def test_their_true_neighbours_are() -> None:
    assert proved(mul(ent("a", i), over_a("i", ent("b", i))), "=", over_a("j", mul(ent("a", i), ent("b", j))))
    assert proved(log(pw(u, 2)), "=", mul(n(2), log(fn("abs", u))))
    assert proved(log(pw(u, 2)), "=", mul(n(2), log(u)))  # judged where log u has a value
    assert proved(fn("sqrt", pw(p, 2)), "=", p)
    assert proved(fn("sqrt", pw(u, 2)), "=", fn("abs", u))
    assert proved(D(pw(ent("a", i), 2), ent("a", j)), "=", mul(n(2), ent("a", i), fn("delta", i, j)))


def test_an_empty_sum_has_no_last_term() -> None:
    """sum_1^(M-1) = sum_1^M - last is false for M = 0, and M may be 0."""
    left = ranged("i", 1, sub(M, n(1)), ent("c", i))
    right = sub(ranged("i", 1, M, ent("c", i)), ent("c", M))
    assert conditions(left, right) == ("the upper end of a sum is at least 1",)
    left = ranged("i", 1, sub(N, n(1)), ent("a", i))
    right = sub(over_a("i", ent("a", i)), ent("a", N))
    assert conditions(left, right) == ()


def test_a_fact_under_an_empty_sum_is_no_fact() -> None:
    """sum_(i=1)^M log u tells nothing of u where M = 0."""
    vacuous = mul(n(0), ranged("i", 1, M, log(u)))
    assert not proved(add(fn("sqrt", pw(u, 2)), vacuous), "=", u)
    real = mul(n(0), over_a("i", log(u)))
    assert proved(add(fn("sqrt", pw(u, 2)), real), "=", u)


def test_what_holds_in_one_case_is_no_fact_elsewhere() -> None:
    cases = t.Cases(((log(u), t.Comparison(">", u, n(0))),), n(0))
    assert not proved(add(fn("sqrt", pw(u, 2)), mul(n(0), cases)), "=", u)


# Laws ------------------------------------------------------------------------------------------------


def test_two_points_of_one_space_are_refused() -> None:
    first = t.Density(v("p"), (slot("x", x),), (slot("x", v("x'")),))
    second = t.Density(v("p"), (slot("x", v("x'")),), (slot("x", x),))
    where = scope({**PROBABILITY.sorts, "x'": Point("x")}, spaces=SPACES)
    assert prove(reading(first, "=", second), where) is None


def test_false_claims_about_laws() -> None:
    r, s = dens("r", "x"), dens("s", "x")
    q_given, p_joint = dens("q", "z", "x"), dens("p", "x z")
    for left, right in (
        (over("x", pw(r, 2)), n(1)),
        (over("x", mul(r, r)), n(1)),
        (over("x", mul(r, app("f", x))), mul(over("x", r), over("x", app("f", x)))),
        (dens("p", "x", "z"), dens("p", "z", "x")),
        (dens("p", "x z"), mul(dens("p", "x"), dens("p", "z"))),
        (over("z", dens("p", "x", "z")), n(1)),
        (kl(law("r"), law("s")), kl(law("s"), law("r"))),
        (mean([("x", law("r"))], log(app("h", x))), log(mean([("x", law("r"))], app("h", x)))),
        (over("z", mul(q_given, log(p_joint))), log(over("z", mul(q_given, p_joint)))),
        (
            mean([("x", law("r"))], mul(app("f", x), app("g", x))),
            mul(mean([("x", law("r"))], app("f", x)), mean([("x", law("r"))], app("g", x))),
        ),
        (over("x", add(r, s)), n(1)),
    ):
        assert prove(reading(left, "=", right), PROBABILITY) is None


def test_inequalities_the_wrong_way_round() -> None:
    r, s = dens("r", "x"), dens("s", "x")
    ratio = div(s, r)
    average = mean([("x", law("r"))], log(ratio))
    for left, relation, right in (
        (average, ">=", log(mean([("x", law("r"))], ratio))),
        (average, ">=", n(0)),
        (kl(law("r"), law("s")), ">=", log(n(2))),
        (kl(law("r"), law("s")), "<=", log(n(2))),
        (u, ">=", n(0)),
        (pw(u, 3), ">=", n(0)),
        (mul(u, w), "<=", pw(u, 2)),
        (add(u, w), ">=", mul(n(2), fn("sqrt", mul(u, w)), n(2))),
        (log(p), ">=", sub(p, n(1))),
        (exp(u), "<=", add(n(1), u)),
    ):
        where = PROBABILITY if relation and left in (average, kl(law("r"), law("s"))) else FAMILIES
        assert prove(reading(left, relation, right), where) is None, (left, relation)


def test_the_image_law_needs_the_declaration() -> None:
    sorts = {
        "x": Point("x"),
        "z": Point("z"),
        "G": Function((Point("z"),), Point("x")),
        "H": Function((Point("z"),), Point("x")),
        "D": Function((Point("x"),), UNIT),
        "pz": Law(("z",)),
        "pg": Law(("x",)),
    }
    left = mean([("z", law("pz"))], log(app("D", app("G", z))))
    right = mean([("x", law("pg"))], log(app("D", x)))
    told = scope(sorts, spaces=SPACES, facts=(ImageLaw("pg", "x", "G", "pz", "z"),))
    assert prove(reading(left, "=", right), scope(sorts, spaces=SPACES)) is None
    assert proved(left, "=", right, told)
    other = mean([("z", law("pz"))], log(app("D", app("H", z))))
    assert prove(reading(other, "=", right), told) is None
    mixed = mean([("z", law("pz"))], mul(app("D", app("G", z)), app("D", app("H", z))))
    assert prove(reading(mixed, "=", mean([("x", law("pg"))], pw(app("D", x), 2))), told) is None


def test_independence_must_be_declared_of_all_together() -> None:
    variables = {name: RandomVariable(name) for name in ("X", "Y", "Z")}
    product = E((), mul(v("X"), v("Y"), v("Z")))
    apart = mul(E((), v("X")), E((), v("Y")), E((), v("Z")))
    pairs = tuple(Independent(pair) for pair in (("X", "Y"), ("Y", "Z"), ("X", "Z")))
    assert prove(reading(product, "=", apart), scope(variables)) is None
    assert prove(reading(product, "=", apart), scope(variables, facts=pairs)) is None
    assert proved(product, "=", apart, scope(variables, facts=(Independent(("X", "Y", "Z")),)))
    spread = t.MomentOf("variance", (), (v("X"),))
    assert proved(spread, "=", E((), pw(sub(v("X"), E((), v("X"))), 2)), scope(variables))
    assert prove(reading(spread, "=", E((), pw(v("X"), 2))), scope(variables)) is None


def test_definitions_are_followed_and_never_in_a_circle() -> None:
    f = Definition("f", ("t",), pw(v("t"), 2))
    where = scope({"u": Real()}, definitions={"f": f})
    assert proved(app("f", add(u, n(1))), "=", add(pw(u, 2), mul(n(2), u), n(1)), where)
    assert proved(app("f", u, order=1), "=", mul(n(2), u), where)
    circle = Definition("h", (), add(v("h"), n(1)))
    assert prove(reading(v("h"), "=", n(0)), scope(definitions={"h": circle})) is None


def test_a_density_given_by_formula_is_one_law() -> None:
    line = EuclideanSpace()
    where = scope(
        {"x": Point("x"), "z": Point("z"), "p": Law(("x", "z")), "s": POSITIVE},
        spaces={"x": line, "z": line},
        densities=(
            DensityDefinition("p", (("x", "x"),), (("z", "z"),), t.StandardDensity(x, normal(z, pw(v("s"), 2)))),
            DensityDefinition("p", (("z", "z"),), (), t.StandardDensity(z, normal(n(0), n(1)))),
        ),
    )
    assert proved(mean([("z", law("p", "z"))], pw(z, 2)), "=", n(1), where)
    assert prove(reading(mean([("z", law("p", "z"))], pw(z, 2)), "=", pw(v("s"), 2)), where) is None
    inner = over("x", mul(dens("p", "x", "z"), x), "integral")
    assert proved(inner, "=", z, where)
    assert proved(dens("p", "x z"), "=", mul(dens("p", "x", "z"), dens("p", "z")), where)


# Calculus and implications -----------------------------------------------------------------------------


def test_a_dependence_that_is_not_known_gives_no_zero() -> None:
    assert prove(reading(D(v("loss"), v("th")), "=", n(0)), scope()) is None
    assert prove(reading(D(mul(v("loss"), v("th")), v("th")), "=", v("loss")), scope()) is not None


def test_implications_do_not_divide_by_zero() -> None:
    def equal(left: t.Term, right: t.Term) -> t.Comparison:
        return t.Comparison("=", left, right)

    for premise, conclusion in (
        (equal(mul(u, w), n(0)), equal(w, n(0))),
        (equal(mul(u, w), u), equal(w, n(1))),
        (equal(pw(u, 2), pw(w, 2)), equal(u, w)),
        (equal(pw(u, 2), u), equal(u, n(1))),
        (equal(app("g", u), app("g", w)), equal(u, w)),
        (equal(mul(n(0), u), n(0)), equal(u, n(0))),
    ):
        assert prove(reading(premise, "=>", conclusion), FAMILIES) is None
    assert proved(equal(mul(p, w), p), "=>", equal(w, n(1)))
    assert proved(equal(u, w), "=>", equal(app("g", u), app("g", w)))
    assert proved(equal(mul(u, w), u), "=>", equal(div(mul(u, w), u), n(1)))
    assert proved(t.Comparison("<=", u, w), "=>", t.Comparison("<=", add(u, p), add(w, p)))
    assert not proved(t.Comparison("<=", u, w), "=>", t.Comparison("<=", mul(u, u), mul(w, w)))
    assert not proved(equal(u, w), "<=>", equal(pw(u, 2), pw(w, 2)))
    assert proved(equal(exp(u), exp(w)), "<=>", equal(u, w))


def test_weights_sum_to_one_over_their_whole_range_only() -> None:
    where = scope({"N": SIZE, "M": SIZE, "l": Vector(N, simplex=True)})
    assert proved(ranged("i", 1, N, ent("l", i)), "=", n(1), where)
    assert prove(reading(ranged("i", 1, sub(N, n(1)), ent("l", i)), "=", n(1)), where) is None
    assert prove(reading(ranged("i", 1, N, pw(ent("l", i), 2)), "=", n(1)), where) is None


def test_induction_needs_its_base_and_the_size_as_no_length() -> None:
    k = v("k")
    half_square = div(mul(N, add(N, n(1))), n(2))
    assert proved(ranged("k", 1, N, k), "=", half_square)
    assert not proved(ranged("k", 1, N, k), "=", add(half_square, n(1)))  # the step holds, the base does not
    assert not proved(ranged("k", 1, N, pw(k, 3)), "=", pw(N, 3))  # the base holds, the step does not
    powers = ranged("k", 0, sub(N, n(1)), pw(p, k))
    assert proved(powers, "=", div(sub(n(1), pw(p, N)), sub(n(1), p)))
    assert prove(reading(ranged("i", 1, N, ent("a", i)), "=", ent("a", n(1))), FAMILIES) is None


def test_an_extremum_needs_the_sign_of_the_curvature() -> None:
    where = scope({"a": POSITIVE, "b": POSITIVE, "c": Real(), "y": UNIT})
    a, b, c, y = map(v, ("a", "b", "c", "y"))

    def best(operation: t.AggregateOperation, body: t.Term) -> t.Term:
        return t.Aggregate(operation, t.Binder(y, t.Values()), body)

    body = add(mul(a, log(y)), mul(b, log(sub(n(1), y))))
    place = div(a, add(a, b))
    assert proved(best("argmax", body), "=", place, where)
    assert proved(best("max", body), "=", add(mul(a, log(place)), mul(b, log(sub(n(1), place)))), where)
    assert prove(reading(best("argmin", body), "=", place), where) is None
    unsigned = add(mul(c, log(y)), mul(b, log(sub(n(1), y))))
    assert prove(reading(best("argmax", unsigned), "=", div(c, add(c, b))), where) is None
    outside = neg(pw(sub(y, n(2)), 2))
    assert prove(reading(best("argmax", outside), "=", n(2)), where) is None


def test_the_best_discriminator_is_found_point_by_point() -> None:
    r, s = dens("r", "x"), dens("s", "x")
    discriminator = app("D", x)
    value = over("x", add(mul(r, log(discriminator)), mul(s, log(sub(n(1), discriminator)))), "integral")
    best = t.Aggregate("max", t.Binder(v("D"), t.Functions()), value)
    optimal = over("x", add(mul(r, log(div(r, add(r, s)))), mul(s, log(div(s, add(r, s))))), "integral")
    assert proved(best, "=", optimal, PROBABILITY)
    assert proved(best, "=", sub(mul(n(2), t.Functional("jsd", (law("r"), law("s")))), log(n(4))), PROBABILITY)
    swapped = over("x", add(mul(s, log(div(r, add(r, s)))), mul(r, log(div(s, add(r, s))))), "integral")
    assert prove(reading(best, "=", swapped), PROBABILITY) is None
    squared = t.Aggregate("max", t.Binder(v("D"), t.Functions()), pw(over("x", mul(r, discriminator)), 2))
    assert prove(reading(squared, "=", n(1)), PROBABILITY) is None
