"""Vectors, matrices and Gaussian laws."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import numpy as np
import pytest
from numeric_builders import (
    HALF,
    ONE,
    TWO,
    ZERO,
    agrees,
    apply,
    density,
    fn,
    kl,
    law,
    log,
    mean,
    minus,
    names,
    numbers_of,
    over,
    plus,
    refuted,
    series,
    silent,
    squared,
    times,
)

from errata.language.scope import DensityDefinition, Scope
from errata.language.sorts import POSITIVE, EuclideanSpace, Function, Matrix, Point, Real, Vector
from errata.language.terms import (
    Aggregate,
    Array,
    Binder,
    Constant,
    Derivative,
    Entry,
    IndexSet,
    MatrixOperation,
    Name,
    Negative,
    Product,
    Space,
    StandardDensity,
    StandardLaw,
    Term,
)

A, B, C, S, Q, X, Y, Z, MU, V, J, K = names("A B C S Q x y z \\mu v j k")
N, M, D = names("n m d")


def square(*properties: str) -> Matrix:
    return Matrix(N, N, frozenset(properties))


SCOPE = Scope(
    sorts={
        "A": Matrix(N, M),
        "B": Matrix(M, N),
        "C": square("invertible"),
        "S": square("positive definite"),
        "Q": square("orthogonal"),
        "x": Vector(N),
        "y": Vector(N),
    }
)


def op(operation: str, *arguments: Term, kind: str = "") -> Term:
    return MatrixOperation(operation, arguments, kind)


def t(term: Term) -> Term:
    return op("transpose", term)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (op("trace", Product((A, B))), op("trace", Product((B, A)))),
        (t(Product((A, B))), Product((t(B), t(A)))),
        (op("inverse", Product((C, S))), Product((op("inverse", S), op("inverse", C)))),
        (op("determinant", Product((C, S))), times(op("determinant", C), op("determinant", S))),
        (Product((t(Q), Q)), op("identity")),
        (op("squared_norm", Product((Q, X))), op("squared_norm", X)),
        (op("squared_norm", X), Product((t(X), X))),
        (op("dot", X, Y), Product((t(Y), X))),
        (Derivative(Product((t(X), S, X)), X), times(TWO, S, X)),
        (Derivative(Product((t(X), C, X)), X), times(plus(C, t(C)), X)),
        (Derivative(log(op("determinant", S)), S), op("inverse", S)),
        (Derivative(op("trace", Product((A, B))), A), t(B)),
        (plus(X, ZERO), X),
        (op("trace", op("identity", N)), N),
    ],
)
def test_identities_of_linear_algebra(left: Term, right: Term) -> None:
    agrees(left, "=", right, SCOPE)


def test_the_determinant_is_not_additive() -> None:
    outcome = refuted(op("determinant", plus(S, C)), "=", plus(op("determinant", S), op("determinant", C)), SCOPE)
    values = outcome.counterexample.values
    s, c = (np.array([[float(e) for e in r.split(",")] for r in values[k].strip("[]").split(";")]) for k in "SC")
    assert isclose(np.linalg.det(s + c), float(outcome.counterexample.left), abs_tol=1e-9)
    assert isclose(np.linalg.det(s) + np.linalg.det(c), float(outcome.counterexample.right), abs_tol=1e-9)
    assert outcome.counterexample.certified


def test_the_gradient_of_an_asymmetric_form_needs_both_terms() -> None:
    refuted(Derivative(Product((t(X), C, X)), X), "=", times(TWO, C, X), SCOPE)


@pytest.mark.parametrize(
    ("left", "right"), [(plus(X, A), X), (Product((A, A)), A), (t(Product((A, B))), Product((t(A), t(B))))]
)
def test_shapes_that_do_not_agree_are_named(left: Term, right: Term) -> None:
    assert silent(left, "=", right, SCOPE).reason.startswith("shapes do not agree")


def test_a_written_matrix() -> None:
    turn = Array(((ZERO, Negative(ONE)), (ONE, ZERO)))
    agrees(op("determinant", turn), "=", ONE)
    agrees(Product((turn, turn)), "=", Negative(op("identity")))


def softmax(place: Term) -> Term:
    return over(fn("exp", Entry(X, (place,))), Aggregate("sum", Binder(J, IndexSet("j")), fn("exp", Entry(X, (J,)))))


def test_the_softmax_jacobian() -> None:
    left = Derivative(softmax(Name("i")), Entry(X, (K,)))
    agrees(left, "=", times(softmax(Name("i")), minus(fn("delta", Name("i"), K), softmax(K))), SCOPE)
    refuted(left, "=", times(softmax(Name("i")), minus(ONE, softmax(K))), SCOPE)


# Gaussian laws ---------------------------------------------------------------------------------------

GAUSSIAN = Scope(sorts={"\\mu": Vector(D), "v": Vector(D, POSITIVE), "z": Point("z")}, spaces={"z": EuclideanSpace(D)})
POSTERIOR = StandardLaw("normal", (MU, op("diagonal", V)))
PRIOR = StandardLaw("normal", (ZERO, op("identity")))


def closed_form(last: Term) -> Term:
    mu_j, v_j = Entry(MU, (J,)), Entry(V, (J,))
    return times(HALF, series("j", ONE, D, plus(squared(mu_j), v_j, Negative(log(v_j)), last)))


def test_the_gaussian_divergence_in_every_dimension() -> None:
    agrees(kl(POSTERIOR, PRIOR), "=", closed_form(Negative(ONE)), GAUSSIAN)
    outcome = refuted(kl(POSTERIOR, PRIOR), "=", closed_form(ONE), GAUSSIAN)
    values = outcome.counterexample.values
    assert values["d"] == "1"
    mu, v = (float(numbers_of(values[s])[0]) for s in ("\\mu", "v"))
    left = float(Fraction(outcome.counterexample.left))
    assert isclose(0.5 * (mu**2 + v - np.log(v) - 1), left, rel_tol=1e-4)


def test_the_gaussian_divergence_as_a_mean_and_as_an_integral() -> None:
    ratio = minus(log(StandardDensity(Z, POSTERIOR)), log(StandardDensity(Z, PRIOR)))
    agrees(mean("z", POSTERIOR, ratio), "=", closed_form(Negative(ONE)), GAUSSIAN)
    formulas = (
        DensityDefinition("q", (("z", "z"),), (), StandardDensity(Z, POSTERIOR)),
        DensityDefinition("p", (("z", "z"),), (), StandardDensity(Z, PRIOR)),
    )
    scope = Scope(sorts=GAUSSIAN.sorts, spaces=GAUSSIAN.spaces, densities=formulas)
    agrees(kl(law("q"), law("p")), "=", closed_form(Negative(ONE)), scope)
    body = times(density("q", "z"), log(over(density("q", "z"), density("p", "z"))))
    agrees(Aggregate("integral", Binder(Z, Space("z")), body), "=", closed_form(Negative(ONE)), scope)


def test_the_log_likelihood_of_a_gaussian() -> None:
    unit = StandardLaw("normal", (MU, op("identity")))
    scope = Scope(sorts={"\\mu": Vector(D), "x": Vector(D)})
    left = log(StandardDensity(X, unit))
    distance = times(HALF, op("squared_norm", minus(X, MU)))
    constant = times(HALF, D, log(times(TWO, Constant("pi"))))
    agrees(left, "=", minus(Negative(constant), distance), scope)
    refuted(left, "=", minus(constant, distance), scope)
    refuted(left, "=", times(constant, Negative(distance)), scope)


def test_reparameterisation() -> None:
    scope = Scope(sorts={"f": Function((Real(),), Real())})
    m, s, e, x = names("m s e x")
    left = mean("x", StandardLaw("normal", (m, squared(s))), apply("f", x))
    noise = StandardLaw("normal", (ZERO, ONE))
    agrees(left, "=", mean("e", noise, apply("f", plus(m, times(s, e)))), scope)
    refuted(left, "=", mean("e", noise, apply("f", plus(m, times(squared(s), e)))), scope)


def test_marginal_and_posterior_of_a_linear_gaussian_model() -> None:
    z, x, s = names("z x s")
    prior, noise = StandardLaw("normal", (ZERO, ONE)), StandardLaw("normal", (z, squared(s)))
    scope = Scope(
        sorts={"z": Point("z"), "x": Point("x"), "s": POSITIVE},
        spaces={"z": EuclideanSpace(), "x": EuclideanSpace()},
        densities=(
            DensityDefinition("p", (("z", "z"),), (), StandardDensity(z, prior)),
            DensityDefinition("p", (("x", "x"),), (("z", "z"),), StandardDensity(x, noise)),
        ),
    )
    marginal = StandardDensity(x, StandardLaw("normal", (ZERO, plus(ONE, squared(s)))))
    agrees(density("p", "x"), "=", marginal, scope)
    refuted(density("p", "x"), "=", StandardDensity(x, StandardLaw("normal", (ZERO, squared(s)))), scope)
    shrink = over(ONE, plus(ONE, squared(s)))
    posterior = StandardLaw("normal", (times(shrink, x), times(shrink, squared(s))))
    agrees(density("p", "z", "x"), "=", StandardDensity(z, posterior), scope)


def test_an_unknown_density_on_the_line_is_smooth() -> None:
    scope = Scope(sorts={"x": Point("x")}, spaces={"x": EuclideanSpace()})
    (x,) = names("x")
    p = density("p", "x")
    agrees(Derivative(log(p), x), "=", over(Derivative(p, x), p), scope)
    agrees(Aggregate("integral", Binder(x, Space("x")), p), "=", ONE, scope)
    refuted(Derivative(log(p), x), "=", Derivative(p, x), scope)


def test_semidefinite_matrices_of_a_counterexample_have_small_integers() -> None:
    sorts = {"A": square("positive semidefinite"), "B": square("positive semidefinite", "symmetric")}
    right = Product((op("trace", A), op("trace", B)))
    outcome = refuted(op("trace", Product((A, B))), "=", right, Scope(sorts=sorts))
    for name in ("A", "B"):
        found = np.array(numbers_of(outcome.counterexample.values[name]))
        assert set(found.ravel()) <= {0.0, 1.0, 2.0, 3.0}
