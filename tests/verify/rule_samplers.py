"""For every rule of the symbolic witness: random instances inside its side condition, and just outside.

An instance is a claim. Inside the claim must be true and proved by the rule; outside it must be false somewhere, or
the side condition would be idle, and must not be proved.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from proof_terms import (
    POINTS,
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
    functional,
    half,
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
    scope,
    slots,
    sub,
    v,
)

from errata.language import terms as t
from errata.language.scope import Definition, ImageLaw, Independent, Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Law, Matrix, Point, RandomVariable, Real, Vector

Claim = tuple[t.Term, str, t.Term]
Draw = Callable[[random.Random], Claim]


@dataclass(frozen=True)
class RuleSampler:
    """`condition` says in words what an instance outside lacks; without one the rule has no side condition."""

    rule: str
    where: Scope
    inside: Draw
    outside: Draw | None = None
    condition: str = ""


SIZE = Real(low=1.0, low_open=False, integer=True)
COUNT = Real(low=0.0, low_open=False, integer=True)
N, K, M = v("N"), v("K"), v("M")
i, j = v("i"), v("j")
a, b, u, w, y, th = map(v, ("a", "b", "u", "w", "y", "th"))
x, z = v("x"), v("z")

SCALARS = scope(
    {
        "a": POSITIVE,
        "b": POSITIVE,
        "y": UNIT,
        "u": Real(),
        "w": Real(),
        "g": Function((Real(),), Real()),
        "N": SIZE,
        "K": SIZE,
        "M": COUNT,
        "i": Real(integer=True),
        "j": Real(integer=True),
        "as": Family((N,), Real()),
        "ps": Family((N,), POSITIVE),
        "zs": Family((K,), Real()),
        "l": Vector(N, simplex=True),
    },
    definitions={"q2": Definition("q2", ("t",), pw(v("t"), 2))},
)
LAWS = scope(
    {**PROBABILITY.sorts, "t": Law(("x", "z"), ("th",)), "th": Real(), "u": Real(), "a": POSITIVE}, spaces=SPACES
)
LINE = scope({"x": Point("x"), "u": Real(), "a": POSITIVE}, spaces={"x": EuclideanSpace()})
IMAGE = scope(
    {
        **POINTS,
        "G": Function((Point("z"),), Point("x")),
        "pz": Law(("z",)),
        "pg": Law(("x",)),
        "f": Function((Point("x"),), Real()),
        "h": Function((Point("z"),), Real()),
    },
    spaces=SPACES,
    facts=(ImageLaw("pg", "x", "G", "pz", "z"),),
)
ASSUMING = scope(
    {"u": Real(), "w": Real(), "N": SIZE, "as": Family((N,), Real())},
    assumptions=(
        t.Comparison("<=", u, w),
        t.Comparison("=", ranged("k", 1, N, ent("as", v("k"))), n(1)),
    ),
)
r, s = dens("r", "x"), dens("s", "x")
f, g, h = app("f", x), app("g", x), app("h", x)
pi = t.Constant("pi")


def number(rng: random.Random) -> t.Term:
    """A small positive rational that is not 1."""
    return t.Number(Fraction(rng.choice((2, 3, 5, 7)), rng.choice((1, 11, 13))))


def equal(left: t.Term, right: t.Term) -> Claim:
    return left, "=", right


def positive(rng: random.Random) -> t.Term:
    """A positive scalar term."""
    return rng.choice((a, b, y, exp(u), add(a, b), mul(number(rng), a), sub(n(1), y), add(n(1), pw(u, 2))))


def signed(rng: random.Random) -> t.Term:
    """A scalar term of both signs."""
    return rng.choice((u, w, sub(u, w), sub(u, a), mul(u, a)))


def weight(rng: random.Random) -> t.Term:
    """A law over x, as an object."""
    return rng.choice((law("r"), law("s"), law("p", "x")))


def value(rng: random.Random) -> t.Term:
    """A function of x."""
    return rng.choice((f, g, mul(f, g), pw(f, 2), log(h)))


def _log_of_product(rng: random.Random) -> Claim:
    one, other = rng.sample((a, b, y, exp(u), sub(n(1), y)), 2)
    return equal(log(mul(one, other)), add(log(one), log(other)))


def _log_of_a_sum(rng: random.Random) -> Claim:
    one, other = rng.sample((a, b, y, exp(u)), 2)
    return equal(log(add(one, other)), add(log(one), log(other)))


def _log_of_quotient(rng: random.Random) -> Claim:
    one, other = rng.sample((a, b, y, add(a, b)), 2)
    return equal(log(div(one, other)), sub(log(one), log(other)))


def _log_of_power(rng: random.Random) -> Claim:
    k = rng.choice((2, 3, 5))
    one = rng.choice((a, b, y))
    return equal(log(pw(one, k)), mul(n(k), log(one)))


def _root_of_square(rng: random.Random) -> Claim:
    one = rng.choice((u, w, sub(u, a)))
    return equal(fn("sqrt", mul(pw(one, 2), a)), mul(one, fn("sqrt", a)))


def _marginal(rng: random.Random) -> Claim:
    name = rng.choice("pq")
    return equal(over("z", dens(name, "x z")), dens(name, "x"))


def _marginal_of_square(rng: random.Random) -> Claim:
    name = rng.choice("pq")
    return equal(over("z", pw(dens(name, "x z"), 2)), pw(dens(name, "x"), 2))


def _moment(rng: random.Random) -> Claim:
    shift = number(rng)
    spread = add(pw(u, 2), mul(n(2), u, shift), pw(shift, 2), a)
    return equal(mean([("x", normal(u, a))], pw(add(x, shift), 2)), spread)


def _moment_of_exponential(rng: random.Random) -> Claim:
    return equal(mean([("x", normal(u, a))], exp(mul(number(rng), x))), exp(mul(number(rng), u)))


def _peel(rng: random.Random) -> Claim:
    k = rng.choice((1, 2))
    ends = [fn("sin", add(N, n(e))) for e in range(1, k + 1)]
    return equal(ranged("i", 1, add(N, n(k)), fn("sin", i)), add(ranged("i", 1, N, fn("sin", i)), *ends))


def _peel_empty(rng: random.Random) -> Claim:
    c = number(rng)
    left = ranged("i", 1, sub(M, n(1)), mul(c, add(i, n(3))))
    return equal(left, sub(ranged("i", 1, M, mul(c, add(i, n(3)))), mul(c, add(M, n(3)))))


def _jensen(rng: random.Random) -> Claim:
    q = weight(rng)
    return mean([("x", q)], log(mul(number(rng), h))), "<=", log(mul(n(7), mean([("x", q)], h)))


def _jensen_upside_down(rng: random.Random) -> Claim:
    q = weight(rng)
    return mean([("x", q)], log(h)), ">=", log(mean([("x", q)], h))


def _square(rng: random.Random) -> Claim:
    c = rng.choice((1, 2, 3))
    return add(pw(u, 2), mul(n(c * c), pw(w, 2))), ">=", mul(n(2 * c), u, w)


def _square_too_much(rng: random.Random) -> Claim:
    c = rng.choice((1, 2, 3))
    return add(pw(u, 2), mul(n(c * c), pw(w, 2))), ">=", mul(n(2 * c + 1), u, w)


def _implication(premise: tuple[t.Term, t.Term], conclusion: tuple[t.Term, t.Term]) -> Claim:
    return t.Comparison("=", *premise), "=>", t.Comparison("=", *conclusion)


def _entropy_parts(name: str, first: t.Term, second: t.Term) -> t.Term:
    return {
        "kl": over("x", mul(first, log(div(first, second)))),
        "cross_entropy": neg(over("x", mul(first, log(second)))),
        "total_variation": half(over("x", fn("abs", sub(first, second)))),
        "jsd": half(
            add(
                over("x", mul(first, log(div(mul(n(2), first), add(first, second))))),
                over("x", mul(second, log(div(mul(n(2), second), add(first, second))))),
            )
        ),
    }[name]


def _functional(name: str) -> tuple[Draw, Draw]:
    def inside(_: random.Random) -> Claim:
        return equal(functional(name, law("r"), law("s")), _entropy_parts(name, r, s))

    def outside(_: random.Random) -> Claim:
        p = dens("p", "x")
        return equal(functional(name, law("r"), law("s")), _entropy_parts(name, r, p))

    return inside, outside


def _linear(rng: random.Random) -> Claim:
    c = number(rng)
    q = weight(rng)
    return equal(mean([("x", q)], add(f, mul(c, g))), add(mean([("x", q)], f), mul(c, mean([("x", q)], g))))


def _delta(rng: random.Random) -> Claim:
    c = number(rng)
    return equal(D(ranged("k", 1, N, mul(c, pw(ent("as", v("k")), 2))), ent("as", i)), mul(n(2), c, ent("as", i)))


def _image(rng: random.Random) -> Claim:
    k = rng.choice((1, 2, 3))
    return equal(mean([("z", law("pz"))], pw(app("f", app("G", z)), k)), mean([("x", law("pg"))], pw(f, k)))


def _log_below(rng: random.Random) -> Claim:
    c = number(rng)
    return mul(c, log(a)), "<=", mul(c, sub(a, n(1)))


def _exp_above(rng: random.Random) -> Claim:
    c = number(rng)
    return mul(c, exp(u)), ">=", mul(c, add(n(1), u))


def _best(weight_of_log: t.Term) -> t.Term:
    body = add(mul(weight_of_log, log(y)), mul(b, log(sub(n(1), y))))
    return t.Aggregate("argmax", t.Binder(y, t.Values()), body)


def _mean_as_sum(body: t.Term, density: t.Term) -> Claim:
    return equal(of_r(body), over("x", mul(density, body)))


INDEPENDENT = scope({"X": RandomVariable("X"), "Y": RandomVariable("Y")}, facts=(Independent(("X", "Y")),))
INFORMATION = t.Information("mutual_information", v("p"), (slots("x"), slots("z")))
SPREAD = t.MomentOf("variance", (t.Draw(x, "x", law("r")),), (f,))
KL_INSIDE, KL_OUTSIDE = _functional("kl")
JSD_INSIDE, JSD_OUTSIDE = _functional("jsd")
CROSS_INSIDE, CROSS_OUTSIDE = _functional("cross_entropy")
VARIATION_INSIDE, VARIATION_OUTSIDE = _functional("total_variation")


def always(left: t.Term, right: t.Term, relation: str = "=") -> Draw:
    """One instance, where there is nothing to draw."""
    return lambda _: (left, relation, right)


def of_r(body: t.Term) -> t.Term:
    return mean([("x", law("r"))], body)


def of_pz(body: t.Term) -> t.Term:
    return mean([("z", law("pz"))], body)


def joint_sum(body: t.Term) -> t.Term:
    return over("x", over("z", body))


LOG_DENSITY = sub(neg(half(log(mul(n(2), pi, a)))), div(pw(u, 2), mul(n(2), a)))
LOG_DENSITY_WITHOUT_HALF = sub(neg(half(log(mul(n(2), pi, a)))), div(pw(u, 2), a))
ODDS = div(sub(exp(u), exp(neg(u))), add(exp(u), exp(neg(u))))
RATIO = div(dens("p", "x z"), mul(dens("p", "x"), dens("p", "z")))
CONDITIONAL_RATIO = div(dens("p", "x", "z"), mul(dens("p", "x"), dens("p", "z")))
FOUR_LOGS = add(pw(ent("as", i), 2), ent("as", i))

ARRAYS = scope(
    {
        "N": SIZE,
        "S": Matrix(N, N, frozenset(("symmetric",))),
        "D": Matrix(N, N, frozenset(("diagonal",))),
        "A": Matrix(N, N),
        "x": Vector(N),
        "y": Vector(N),
    }
)


def _masked(first: str, matrix: t.Term, second: str) -> t.Term:
    product = t.MatrixOperation("hadamard", (matrix, v("A")))
    return mul(t.MatrixOperation("transpose", (v(first),)), product, v(second))


def _symmetric_mask(rng: random.Random) -> Claim:
    first, second = rng.sample("xy", 2)
    turned = t.MatrixOperation("transpose", (v("S"),))
    return equal(_masked(first, v("S"), second), _masked(first, turned, second))


def _mask(rng: random.Random) -> Claim:
    first, second = rng.sample("xy", 2)
    return equal(_masked(first, v("A"), second), _masked(second, v("A"), first))


def _diagonal_form(rng: random.Random) -> Claim:
    return _along_the_diagonal(rng, "D")


def _along_the_diagonal(rng: random.Random, matrix: str = "A") -> Claim:
    first, second = rng.sample("xy", 2)
    along = ranged("i", 1, N, mul(ent(first, i), ent(matrix, i, i), ent(second, i)))
    return equal(mul(t.MatrixOperation("transpose", (v(first),)), v(matrix), v(second)), along)


def _equal_indices(rng: random.Random) -> Claim:
    c, same = number(rng), fn("delta", i, j)
    return equal(mul(c, same, ent("as", i), pw(ent("as", j), 2)), mul(c, same, pw(ent("as", j), 3)))


def _without_delta(rng: random.Random) -> Claim:
    c, same = number(rng), fn("delta", i, j)
    return equal(mul(c, same, ent("as", i)), mul(c, ent("as", j)))


def _assumed(rng: random.Random) -> Claim:
    c = number(rng)
    if rng.random() < 0.5:
        return mul(c, u), "<=", mul(c, w)
    return equal(mul(c, u, ranged("i", 1, N, ent("as", i))), mul(c, u))


RULES: tuple[RuleSampler, ...] = (
    RuleSampler("indices that are equal, and that differ", SCALARS, _equal_indices, _without_delta, "a factor delta"),
    RuleSampler("symmetric matrix", ARRAYS, _symmetric_mask, _mask, "symmetric"),
    RuleSampler("diagonal matrix", ARRAYS, _diagonal_form, _along_the_diagonal, "diagonal"),
    # Logarithms, exponentials, powers
    RuleSampler("logarithm of a product", SCALARS, _log_of_product, _log_of_a_sum, "a product stands inside"),
    RuleSampler(
        "logarithm of a quotient",
        SCALARS,
        _log_of_quotient,
        always(log(sub(add(a, b), y)), sub(log(add(a, b)), log(y))),
        "the argument is a quotient",
    ),
    RuleSampler(
        "logarithm of a power",
        SCALARS,
        _log_of_power,
        lambda rng: equal(log(pw(u, 2)), mul(n(2), log(add(u, mul(number(rng), pw(u, 2)))))),
        "one base",
    ),
    RuleSampler(
        "exponential of a sum",
        SCALARS,
        always(exp(sub(u, w)), div(exp(u), exp(w))),
        always(exp(mul(u, w)), mul(exp(u), exp(w))),
        "a sum stands above",
    ),
    RuleSampler(
        "exponential and logarithm are inverse",
        SCALARS,
        always(exp(add(u, log(a))), mul(a, exp(u))),
        always(exp(add(u, a)), mul(a, exp(u))),
        "a logarithm stands above",
    ),
    RuleSampler(
        "power of a product",
        SCALARS,
        always(fn("sqrt", mul(a, b)), mul(fn("sqrt", a), fn("sqrt", b))),
        _root_of_square,
        "every factor >= 0",
    ),
    RuleSampler(
        "common denominator",
        SCALARS,
        always(add(div(a, add(a, b)), div(b, add(a, b))), n(1)),
        always(add(div(a, add(a, b)), div(b, add(a, y))), n(1)),
        "equal denominators",
    ),
    RuleSampler(
        "Pythagorean identity",
        SCALARS,
        always(add(pw(fn("sin", u), 2), pw(fn("cos", u), 2)), n(1)),
        always(add(pw(fn("sin", u), 2), pw(fn("cos", w), 2)), n(1)),
        "one argument",
    ),
    RuleSampler(
        "definition of the sigmoid",
        SCALARS,
        always(fn("sigmoid", u), div(n(1), add(n(1), exp(neg(u))))),
        always(fn("sigmoid", u), div(n(1), add(n(1), exp(u)))),
        "the sign of the exponent",
    ),
    RuleSampler(
        "definition of tanh",
        SCALARS,
        always(fn("tanh", u), ODDS),
        always(fn("tanh", u), half(sub(exp(u), exp(neg(u))))),
        "sinh over cosh",
    ),
    RuleSampler(
        "definition of softplus",
        SCALARS,
        always(fn("softplus", u), log(add(n(1), exp(u)))),
        always(fn("softplus", u), log(add(n(2), exp(u)))),
        "1 + e^x",
    ),
    # Sums and means
    RuleSampler("linearity", LAWS, _linear, always(of_r(pw(f, 2)), pw(of_r(f), 2)), "the mean of a sum"),
    RuleSampler(
        "Kronecker delta",
        SCALARS,
        _delta,
        always(ranged("k", 2, N, mul(fn("delta", v("k"), i), ent("as", v("k")))), ent("as", i)),
        "the index lies in the range",
    ),
    RuleSampler("splitting off a term of a sum", SCALARS, _peel, _peel_empty, "the range is not empty"),
    RuleSampler(
        "induction",
        SCALARS,
        always(ranged("k", 1, N, pw(v("k"), 2)), div(mul(N, add(N, n(1)), add(mul(n(2), N), n(1))), n(6))),
        always(ranged("k", 1, N, pw(v("k"), 2)), div(mul(N, add(N, n(1)), add(N, n(1))), n(4))),
        "base and step",
    ),
    RuleSampler(
        "logarithm of a product over an index",
        SCALARS,
        always(log(ranged("i", 1, N, ent("ps", i), "product")), ranged("i", 1, N, log(ent("ps", i)))),
        always(log(ranged("i", 1, N, pw(ent("as", i), 2), "product")), ranged("i", 1, N, log(FOUR_LOGS))),
        "every factor > 0",
    ),
    RuleSampler(
        "sums over one variable joined",
        LAWS,
        always(add(over("x", div(pw(r, 2), add(r, s))), over("x", div(mul(r, s), add(r, s)))), n(1)),
        always(add(over("x", div(pw(r, 2), add(r, s))), over("x", div(pw(s, 2), add(r, s)))), n(1)),
        "the denominator cancels",
    ),
    RuleSampler(
        "definition of expectation",
        LAWS,
        lambda rng: _mean_as_sum(value(rng), r),
        lambda rng: _mean_as_sum(value(rng), s),
        "its own law",
    ),
    RuleSampler(
        "definition of variance",
        LAWS,
        always(SPREAD, sub(of_r(pw(f, 2)), pw(of_r(f), 2))),
        always(SPREAD, of_r(pw(f, 2))),
        "less the square of the mean",
    ),
    RuleSampler(
        "independence",
        INDEPENDENT,
        always(t.Expectation((), mul(v("X"), v("Y"))), mul(t.Expectation((), v("X")), t.Expectation((), v("Y")))),
    ),
    # Laws
    RuleSampler("marginalisation", LAWS, _marginal, _marginal_of_square, "the density alone, with exponent 1"),
    RuleSampler(
        "normalisation",
        LAWS,
        lambda rng: equal(over("x", rng.choice((r, s, dens("p", "x")))), n(1)),
        lambda rng: equal(over("x", pw(rng.choice((r, s)), 2)), n(1)),
        "exponent 1",
    ),
    RuleSampler("Gaussian moments", LINE, _moment, _moment_of_exponential, "a polynomial in the variable"),
    RuleSampler(
        "Gaussian density",
        LINE,
        always(log(t.StandardDensity(u, normal(n(0), a))), LOG_DENSITY),
        always(log(t.StandardDensity(u, normal(n(0), a))), LOG_DENSITY_WITHOUT_HALF),
        "the factor 1/2",
    ),
    RuleSampler(
        "law of the unconscious statistician",
        IMAGE,
        _image,
        always(
            of_pz(mul(app("f", app("G", z)), app("h", z))),
            mul(mean([("x", law("pg"))], f), of_pz(app("h", z))),
        ),
        "z enters through G(z) only",
    ),
    RuleSampler(
        "conditional probability",
        LAWS,
        always(mul(dens("p", "x", "z"), dens("p", "z")), dens("p", "x z")),
        always(mul(dens("p", "x", "z"), dens("p", "x")), dens("p", "x z")),
        "the marginal of what is given",
    ),
    RuleSampler(
        "Bayes' rule",
        LAWS,
        always(dens("p", "x", "z"), div(mul(dens("p", "z", "x"), dens("p", "x")), dens("p", "z"))),
        always(dens("p", "x", "z"), div(mul(dens("p", "z", "x"), dens("p", "z")), dens("p", "x"))),
        "prior above, evidence below",
    ),
    RuleSampler("definition of KL", LAWS, KL_INSIDE, KL_OUTSIDE, "its own laws"),
    RuleSampler("definition of JSD", LAWS, JSD_INSIDE, JSD_OUTSIDE, "its own laws"),
    RuleSampler("definition of cross-entropy", LAWS, CROSS_INSIDE, CROSS_OUTSIDE, "its own laws"),
    RuleSampler("definition of total variation", LAWS, VARIATION_INSIDE, VARIATION_OUTSIDE, "its own laws"),
    RuleSampler(
        "definition of entropy",
        LAWS,
        always(functional("entropy", law("r")), neg(over("x", mul(r, log(r))))),
        always(functional("entropy", law("r")), over("x", mul(r, log(r)))),
        "its sign",
    ),
    RuleSampler(
        "definition of mutual information",
        LAWS,
        always(INFORMATION, joint_sum(mul(dens("p", "x z"), log(RATIO)))),
        always(INFORMATION, joint_sum(mul(dens("p", "x z"), log(CONDITIONAL_RATIO)))),
        "the joint above",
    ),
    RuleSampler(
        "definition of q2",
        SCALARS,
        always(app("q2", add(u, w)), add(pw(u, 2), mul(n(2), u, w), pw(w, 2))),
        always(app("q2", add(u, w)), add(pw(u, 2), pw(w, 2))),
        "the argument as a whole",
    ),
    # Calculus
    RuleSampler(
        "derivative",
        SCALARS,
        always(D(add(pw(u, 3), mul(a, u)), u), add(mul(n(3), pw(u, 2)), a)),
        always(D(pw(u, 3), u), mul(n(2), pw(u, 2))),
        "the exponent as a factor",
    ),
    RuleSampler(
        "derivative under the sum",
        LAWS,
        always(D(over("x", mul(dens("t", "x"), f)), th), over("x", mul(f, D(dens("t", "x"), th)))),
        always(D(over("x", mul(dens("t", "x"), f)), th), over("x", mul(f, dens("t", "x")))),
        "the derivative stays inside",
    ),
    RuleSampler(
        "chain rule",
        SCALARS,
        always(D(app("g", mul(a, u)), u), mul(a, app("g", mul(a, u), order=1))),
        always(D(app("g", mul(a, u)), u), app("g", mul(a, u), order=1)),
        "the inner derivative",
    ),
    RuleSampler(
        "product rule",
        SCALARS,
        always(D(mul(app("g", u), exp(u)), u), mul(exp(u), add(app("g", u), app("g", u, order=1)))),
        always(D(mul(app("g", u), exp(u)), u), mul(exp(u), app("g", u, order=1))),
        "both terms",
    ),
    RuleSampler("stationary point of a concave function", SCALARS, always(_best(a), div(a, add(a, b)))),
    # Inequalities and implications
    RuleSampler("Jensen's inequality", LAWS, _jensen, _jensen_upside_down, "the logarithm is concave"),
    RuleSampler(
        "monotonicity of the logarithm",
        SCALARS,
        lambda rng: (log(a), "<=", log(add(a, mul(b, number(rng))))),
        lambda rng: (log(a), ">=", log(add(a, mul(b, number(rng))))),
        "the greater argument",
    ),
    RuleSampler("a square is not negative", SCALARS, _square, _square_too_much, "a discriminant <= 0"),
    RuleSampler("log x <= x - 1", SCALARS, _log_below, always(log(a), sub(a, n(1)), ">="), "its direction"),
    RuleSampler("e^x >= 1 + x", SCALARS, _exp_above, always(exp(u), add(n(1), u), "<="), "its direction"),
    RuleSampler("an assumption", ASSUMING, _assumed),
    RuleSampler(
        "a sum of positive terms exceeds each",
        SCALARS,
        always(exp(ent("zs", i)), ranged("k", 1, K, exp(ent("zs", v("k")))), "<="),
        always(ent("zs", i), ranged("k", 1, K, ent("zs", v("k"))), "<="),
        "terms >= 0",
    ),
    RuleSampler(
        "monotonicity of the sum",
        LAWS,
        always(mul(n(2), over("x", mul(f, g))), over("x", add(pw(f, 2), pw(g, 2))), "<="),
        always(mul(n(3), over("x", mul(f, g))), over("x", add(pw(f, 2), pw(g, 2))), "<="),
        "every term",
    ),
    RuleSampler("rearranging the premise", SCALARS, lambda _: _implication((mul(a, u), b), (u, div(b, a)))),
    RuleSampler("applying a function to both sides", SCALARS, lambda _: _implication((exp(u), exp(w)), (u, w))),
)
