"""True steps of machine learning, built by hand, that the symbolic witness must prove."""

from __future__ import annotations

from dataclasses import dataclass

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
    scope,
    slots,
    sub,
    v,
)

from errata.language import terms as t
from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Law, Matrix, Point, Real, Vector


@dataclass(frozen=True)
class Step:
    """A true step; `reasons` are rules that its proof must name."""

    name: str
    left: t.Term
    relation: str
    right: t.Term
    scope: Scope
    reasons: tuple[str, ...] = ()


SIZE = Real(low=1.0, low_open=False, integer=True)
INDEX = Real(integer=True)

r, s = dens("r", "x"), dens("s", "x")
x, z = v("x"), v("z")
Dx = app("D", x)
R, S = law("r"), law("s")
MIX = half(add(R, S))
E_q = [("z", law("q", "z", "x"))]
pi = t.Constant("pi")
one = n(1)

SCALARS = scope({"a": POSITIVE, "b": POSITIVE, "y": UNIT, "u": Real(), "w": Real(), "mu": Real(), "sg": POSITIVE})
a, b, y, u, w, mu, sg = map(v, ("a", "b", "y", "u", "w", "mu", "sg"))
sigma = fn("sigmoid", u)
variance = pw(sg, 2)

GAN = scope(
    {
        **POINTS,
        "D": Function((Point("x"),), UNIT),
        "G": Function((Point("z"),), Point("x")),
        "r": Law(("x",)),
        "pz": Law(("z",)),
        "pg": Law(("x",)),
    },
    spaces=SPACES,
    facts=(ImageLaw("pg", "x", "G", "pz", "z"),),
)

d, N, K = v("d"), v("N"), v("K")
i, j, k = v("i"), v("j"), v("k")
VECTORS = scope(
    {
        "d": SIZE,
        "m": Vector(d),
        "c": Vector(d),
        "sd": Vector(d, POSITIVE),
        "z": Point("z"),
        "s": POSITIVE,
    },
    spaces={"z": EuclideanSpace(d)},
)
FAMILIES = scope(
    {
        "N": SIZE,
        "K": SIZE,
        "zz": Family((K,), Real()),
        "aa": Family((N,), Real()),
        "bb": Family((N,), Real()),
        "pp": Family((N,), UNIT),
        "A": Matrix(N, K),
        "B": Matrix(K, N),
        "e": Vector(N),
        "f": Vector(N),
        "i": INDEX,
        "j": INDEX,
        "mu": Real(),
        "sg": POSITIVE,
    }
)
SMOOTH = scope(
    {**POINTS, "t": Law(("x", "z"), ("th",)), "th": Real(), "f": Function((Point("x"),), Real())}, spaces=SPACES
)
WEIGHTS = scope(
    {
        "N": SIZE,
        "l": Vector(N, simplex=True),
        "l'": Vector(N, simplex=True),
        "xs": Family((N,), Real()),
        "phi": Function((Real(),), Real(), frozenset(("convex",))),
    }
)


def squared(vector: t.Term) -> t.Term:
    return t.MatrixOperation("squared_norm", (vector,))


def trace(matrix: t.Term) -> t.Term:
    return t.MatrixOperation("trace", (matrix,))


def transposed(matrix: t.Term) -> t.Term:
    return t.MatrixOperation("transpose", (matrix,))


COVARIANCE = t.MatrixOperation("diagonal", (t.MatrixOperation("hadamard", (v("sd"), v("sd"))),))
IDENTITY = t.MatrixOperation("identity")


def softmax(index: t.Term) -> t.Term:
    return div(exp(ent("zz", index)), ranged("l", 1, K, exp(ent("zz", v("l")))))


def entropy_of(values: str, given: str = "") -> t.Term:
    return t.Information("entropy", v("p"), (slots(values),), slots(given))


INFORMATION = t.Information("mutual_information", v("p"), (slots("x"), slots("z")))
VALUE = add(mean([("x", R)], log(Dx)), mean([("x", S)], log(sub(one, Dx))))
OPTIMAL = add(over("x", mul(r, log(div(r, add(r, s))))), over("x", mul(s, log(sub(one, div(r, add(r, s)))))))
ELBO = sub(mean(E_q, log(dens("p", "x", "z"))), kl(law("q", "z", "x"), law("p", "z")))
GAP = kl(law("q", "z", "x"), law("p", "z", "x"))


def _step(name: str, left: t.Term, relation: str, right: t.Term, where: Scope, *reasons: str) -> Step:
    return Step(name, left, relation, right, where, reasons)


STEPS = (
    # Entropy, cross-entropy, KL
    _step("kl", kl(R, S), "=", over("x", mul(r, log(div(r, s)))), PROBABILITY, "definition of KL"),
    _step("kl of ratio", kl(R, S), "=", neg(mean([("x", R)], log(div(s, r)))), PROBABILITY, "definition of KL"),
    _step(
        "kl as entropies", kl(R, S), "=", sub(functional("cross_entropy", R, S), functional("entropy", R)), PROBABILITY
    ),
    _step("kl split", kl(R, S), "=", sub(over("x", mul(r, log(r))), over("x", mul(r, log(s)))), PROBABILITY),
    _step("kl >= 0", kl(R, S), ">=", n(0), PROBABILITY, "Jensen's inequality"),
    _step(
        "jensen's step",
        neg(mean([("x", R)], log(div(s, r)))),
        ">=",
        neg(log(mean([("x", R)], div(s, r)))),
        PROBABILITY,
        "Jensen's inequality",
    ),
    _step("mean of a ratio", mean([("x", R)], div(s, r)), "=", one, PROBABILITY, "normalisation"),
    _step("cross-entropy bound", functional("cross_entropy", R, S), ">=", functional("entropy", R), PROBABILITY),
    # Bayes and joints
    _step(
        "bayes",
        dens("p", "z", "x"),
        "=",
        div(mul(dens("p", "x", "z"), dens("p", "z")), dens("p", "x")),
        PROBABILITY,
        "Bayes' rule",
    ),
    _step(
        "product rule",
        dens("p", "x z"),
        "=",
        mul(dens("p", "x", "z"), dens("p", "z")),
        PROBABILITY,
        "conditional probability",
    ),
    _step(
        "marginal",
        dens("p", "x"),
        "=",
        over("z", mul(dens("p", "z"), dens("p", "x", "z"))),
        PROBABILITY,
        "marginalisation",
    ),
    _step("marginal as mean", dens("p", "x"), "=", mean([("z", law("p", "z"))], dens("p", "x", "z")), PROBABILITY),
    _step("conditional sums to one", over("z", dens("p", "z", "x")), "=", one, PROBABILITY, "marginalisation"),
    _step(
        "posterior in proportion", dens("p", "z", "x"), "propto", mul(dens("p", "x", "z"), dens("p", "z")), PROBABILITY
    ),
    _step(
        "information",
        INFORMATION,
        "=",
        sub(entropy_of("z"), entropy_of("z", "x")),
        PROBABILITY,
        "definition of mutual information",
    ),
    _step("information is symmetric", INFORMATION, "=", sub(entropy_of("x"), entropy_of("x", "z")), PROBABILITY),
    _step("chain rule of entropy", entropy_of("x z"), "=", add(entropy_of("x"), entropy_of("z", "x")), PROBABILITY),
    _step("information >= 0", INFORMATION, ">=", n(0), PROBABILITY, "Jensen's inequality"),
    _step("conditioning", entropy_of("z", "x"), "<=", entropy_of("z"), PROBABILITY),
    _step(
        "variational bound",
        INFORMATION,
        ">=",
        add(entropy_of("z"), over("x", over("z", mul(dens("p", "x z"), log(dens("q", "z", "x")))))),
        PROBABILITY,
        "Jensen's inequality",
    ),
    # ELBO
    _step("log evidence", log(dens("p", "x")), "=", mean(E_q, log(dens("p", "x"))), PROBABILITY),
    _step(
        "evidence by posterior",
        mean(E_q, log(dens("p", "x"))),
        "=",
        mean(E_q, log(div(dens("p", "x z"), dens("p", "z", "x")))),
        PROBABILITY,
        "conditional probability",
    ),
    _step("elbo", log(dens("p", "x")), "=", add(ELBO, GAP), PROBABILITY),
    _step("elbo bound", log(dens("p", "x")), ">=", ELBO, PROBABILITY, "Jensen's inequality"),
    _step("elbo joint", ELBO, "=", mean(E_q, log(div(dens("p", "x z"), dens("q", "z", "x")))), PROBABILITY),
    # GAN
    _step("value", VALUE, "=", over("x", add(mul(r, log(Dx)), mul(s, log(sub(one, Dx)))), "integral"), PROBABILITY),
    _step(
        "optimal value",
        OPTIMAL,
        "=",
        add(neg(log(n(4))), mul(n(2), functional("jsd", R, S))),
        PROBABILITY,
        "definition of JSD",
    ),
    _step("optimal value by kl", OPTIMAL, "=", add(neg(log(n(4))), kl(R, MIX), kl(S, MIX)), PROBABILITY),
    _step("least value", OPTIMAL, ">=", neg(log(n(4))), PROBABILITY, "Jensen's inequality"),
    _step(
        "image law",
        mean([("z", law("pz"))], log(sub(one, app("D", app("G", z))))),
        "=",
        over("x", mul(dens("pg", "x"), log(sub(one, Dx)))),
        GAN,
        "law of the unconscious statistician",
    ),
    _step(
        "pointwise derivative",
        D(add(mul(a, log(y)), mul(b, log(sub(one, y)))), y),
        "=",
        sub(div(a, y), div(b, sub(one, y))),
        SCALARS,
        "derivative",
    ),
    _step(
        "optimal point",
        t.Comparison("=", sub(div(a, y), div(b, sub(one, y))), n(0)),
        "=>",
        t.Comparison("=", y, div(a, add(a, b))),
        SCALARS,
    ),
    _step(
        "score has mean zero",
        over("x", over("z", mul(dens("t", "x z"), D(log(dens("t", "x z")), v("th"))))),
        "=",
        n(0),
        SMOOTH,
        "normalisation",
    ),
    _step(
        "score function",
        D(over("x", mul(dens("t", "x"), app("f", x))), v("th")),
        "=",
        over("x", mul(dens("t", "x"), app("f", x), D(log(dens("t", "x")), v("th")))),
        SMOOTH,
    ),
    # Activations
    _step("sigmoid mirrored", fn("sigmoid", neg(u)), "=", sub(one, sigma), SCALARS, "definition of the sigmoid"),
    _step("sigmoid'", D(sigma, u), "=", mul(sigma, sub(one, sigma)), SCALARS, "derivative"),
    _step("tanh'", D(fn("tanh", u), u), "=", sub(one, pw(fn("tanh", u), 2)), SCALARS, "derivative"),
    _step("tanh", fn("tanh", u), "=", sub(mul(n(2), fn("sigmoid", mul(n(2), u))), one), SCALARS, "definition of tanh"),
    _step("softplus'", D(fn("softplus", u), u), "=", sigma, SCALARS),
    _step("logit loss", neg(log(sigma)), "=", fn("softplus", neg(u)), SCALARS),
    _step("sigmoid bound", mul(sigma, sub(one, sigma)), "<=", n("1/4"), SCALARS, "a square is not negative"),
    _step(
        "softmax",
        D(log(ranged("k", 1, K, exp(ent("zz", k)))), ent("zz", j)),
        "=",
        softmax(j),
        FAMILIES,
        "Kronecker delta",
    ),
    _step("softmax'", D(softmax(i), ent("zz", j)), "=", mul(softmax(i), sub(fn("delta", i, j), softmax(j))), FAMILIES),
    _step("softmax sums to one", ranged("i", 1, K, softmax(i)), "=", one, FAMILIES),
    # Gaussians
    _step(
        "gaussian kl",
        kl(normal(mu, variance), normal(n(0), one)),
        "=",
        half(sub(add(pw(mu, 2), variance), add(one, log(variance)))),
        SCALARS,
        "Gaussian moments",
    ),
    _step(
        "gaussian entropy",
        functional("entropy", normal(mu, variance)),
        "=",
        half(log(mul(n(2), pi, t.Constant("e"), variance))),
        SCALARS,
        "Gaussian moments",
    ),
    _step(
        "gaussian density",
        t.StandardDensity(u, normal(mu, variance)),
        "=",
        mul(div(one, mul(fn("sqrt", mul(n(2), pi)), sg)), exp(neg(div(pw(sub(u, mu), 2), mul(n(2), variance))))),
        SCALARS,
        "Gaussian density",
    ),
    _step(
        "gaussian kl in d dimensions",
        kl(normal(v("m"), COVARIANCE), normal(n(0), IDENTITY)),
        "=",
        half(ranged("i", 1, d, sub(add(pw(ent("m", i), 2), pw(ent("sd", i), 2)), add(one, log(pw(ent("sd", i), 2)))))),
        VECTORS,
        "Gaussian moments",
    ),
    _step(
        "mean of a square",
        mean([("z", normal(v("m"), COVARIANCE))], squared(z)),
        "=",
        add(squared(v("m")), trace(COVARIANCE)),
        VECTORS,
        "Gaussian moments",
    ),
    _step(
        "gaussian log-likelihood",
        log(t.StandardDensity(z, normal(v("m"), mul(pw(v("s"), 2), IDENTITY)))),
        "=",
        sub(
            neg(mul(div(d, n(2)), log(mul(n(2), pi, pw(v("s"), 2))))),
            div(squared(sub(z, v("m"))), mul(n(2), pw(v("s"), 2))),
        ),
        VECTORS,
    ),
    _step(
        "bernoulli log-likelihood",
        log(
            ranged(
                "i",
                1,
                N,
                mul(pw(ent("pp", i), ent("aa", i)), pw(sub(one, ent("pp", i)), sub(one, ent("aa", i)))),
                "product",
            )
        ),
        "=",
        ranged(
            "i",
            1,
            N,
            add(mul(ent("aa", i), log(ent("pp", i))), mul(sub(one, ent("aa", i)), log(sub(one, ent("pp", i))))),
        ),
        FAMILIES,
    ),
    # Sums and matrices
    _step(
        "exchange",
        ranged("i", 1, N, ranged("j", 1, K, mul(ent("A", i, j), ent("aa", i)))),
        "=",
        ranged("j", 1, K, ranged("i", 1, N, mul(ent("aa", i), ent("A", i, j)))),
        FAMILIES,
    ),
    _step(
        "square of a sum",
        pw(ranged("i", 1, N, ent("aa", i)), 2),
        "=",
        ranged("i", 1, N, ranged("j", 1, N, mul(ent("aa", i), ent("aa", j)))),
        FAMILIES,
    ),
    _step("trace of a product", trace(mul(v("A"), v("B"))), "=", trace(mul(v("B"), v("A"))), FAMILIES),
    _step(
        "square of a difference",
        squared(sub(v("e"), v("f"))),
        "=",
        add(squared(v("e")), neg(mul(n(2), transposed(v("e")), v("f"))), squared(v("f"))),
        FAMILIES,
    ),
    _step("gradient", D(squared(v("e")), ent("e", i)), "=", mul(n(2), ent("e", i)), FAMILIES),
    # Inequalities
    _step("means", add(a, b), ">=", mul(n(2), fn("sqrt", mul(a, b))), SCALARS, "a square is not negative"),
    _step("log below", log(a), "<=", sub(a, one), SCALARS, "log x <= x - 1"),
    _step("entropy bound", neg(ranged("i", 1, N, mul(ent("l", i), log(ent("l", i))))), "<=", log(N), WEIGHTS),
    _step(
        "convexity",
        app("phi", ranged("i", 1, N, mul(ent("l", i), ent("xs", i)))),
        "<=",
        ranged("i", 1, N, mul(ent("l", i), app("phi", ent("xs", i)))),
        WEIGHTS,
        "Jensen's inequality",
    ),
    _step("variance", mean([("x", R)], pw(app("f", x), 2)), ">=", pw(mean([("x", R)], app("f", x)), 2), PROBABILITY),
)
