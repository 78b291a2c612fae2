"""Claims built by hand: each right one with slips beside it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from errata.language.scope import Definition, ImageLaw, Independent, Scope
from errata.language.sorts import (
    POSITIVE,
    SIZE,
    UNIT,
    AbstractSpace,
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
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Constant,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    Functional,
    Functions,
    Information,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Relation,
    Slot,
    Space,
    StandardLaw,
    Sum,
    Term,
)


def n(value: int, below: int = 1) -> Number:
    return Number(Fraction(value, below))


def plus(*terms: Term) -> Term:
    return Sum(terms)


def minus(left: Term, right: Term) -> Term:
    return Sum((left, Negative(right)))


def times(*factors: Term) -> Term:
    return Product(factors)


def over(top: Term, bottom: Term) -> Term:
    return Quotient(top, bottom)


def log(term: Term) -> Term:
    return Elementary("log", (term,))


def function(name: str, *arguments: Term) -> Term:
    return Elementary(name, arguments)


def point(space: str, symbol: str = "") -> Slot:
    return Slot(space, Name(symbol or space))


def d(law: str, values: str, given: str = "") -> Density:
    """The density law(values | given), one letter a point."""
    return Density(Name(law), tuple(map(point, values)), tuple(map(point, given)))


def law(symbol: str, values: str = "", given: str = "") -> LawReference:
    return LawReference(Name(symbol), tuple(map(point, values)), tuple(map(point, given)))


def total(space: str, body: Term) -> Term:
    return Aggregate("sum", Binder(Name(space), Space(space)), body)


def mean(space: str, of: Term, body: Term) -> Term:
    return Expectation((Draw(Name(space), space, of),), body)


def kl(first: Term, second: Term) -> Term:
    return Functional("kl", (first, second))


def jsd(first: Term, second: Term) -> Term:
    return Functional("jsd", (first, second))


def claim(left: Term, right: Term, relation: Relation = "=") -> Reading:
    return Reading(relation, left, right)


def laws(**spaces: str) -> Scope:
    return Scope(
        sorts={name: Law(tuple(letters)) for name, letters in spaces.items()},
        spaces={letter: AbstractSpace() for letters in spaces.values() for letter in letters},
    )


x, y, z, a, b, mu, sigma = (Name(symbol) for symbol in ("x", "y", "z", "a", "b", "\\mu", "\\sigma"))
MU_P, MU_Q, S_P, S_Q = (Name(symbol) for symbol in ("\\mu_{1}", "\\mu_{2}", "\\sigma_{1}", "\\sigma_{2}"))
D_OF_X = Apply(Name("D"), (x,))
TWO, ONE, HALF = n(2), n(1), over(n(1), n(2))


def normal(mean_: Term, deviation: Term) -> StandardLaw:
    return StandardLaw("normal", (mean_, Power(deviation, TWO)))


def square(term: Term) -> Term:
    return Power(term, TWO)


PQ = laws(p="x", q="x")
JOINT = laws(p="xz", q="zx")
GAN = Scope(
    sorts={
        "p_{data}": Law(("x",)),
        "p_{g}": Law(("x",)),
        "D": Function((Point("x"),), UNIT),
    },
    spaces={"x": AbstractSpace()},
)
IMAGE = Scope(
    sorts={**GAN.sorts, "p_{z}": Law(("z",)), "G": Function((Point("z"),), Point("x"))},
    spaces={"x": AbstractSpace(), "z": AbstractSpace()},
    facts=(ImageLaw("p_{g}", "x", "G", "p_{z}", "z"),),
)
REALS = Scope(sorts={"x": Real(), "a": POSITIVE, "b": POSITIVE, "n": SIZE})
NORMALS = Scope(
    sorts={
        "\\mu_{1}": Real(), "\\mu_{2}": Real(), "\\sigma_{1}": POSITIVE, "\\sigma_{2}": POSITIVE,
        "\\mu": Real(), "\\sigma": POSITIVE,
    },
    spaces={"x": EuclideanSpace()},
)  # fmt: skip
GAN_VALUE = plus(mean("x", law("p_{data}"), log(D_OF_X)), mean("x", law("p_{g}"), log(minus(ONE, D_OF_X))))
P_DATA, P_G = d("p_{data}", "x"), d("p_{g}", "x")
OPTIMUM = over(P_DATA, plus(P_DATA, P_G))
OPTIMAL_VALUE = plus(
    mean("x", law("p_{data}"), log(OPTIMUM)), mean("x", law("p_{g}"), log(over(P_G, plus(P_DATA, P_G))))
)
SCORE = plus(over(P_DATA, D_OF_X), Negative(over(P_G, minus(ONE, D_OF_X))))
ELBO = mean("z", law("q", "z", "x"), log(over(d("p", "xz"), d("q", "z", "x"))))
RECONSTRUCTION = mean("z", law("q", "z", "x"), log(d("p", "x", "z")))


def sigmoid(term: Term) -> Term:
    return function("sigmoid", term)


def kl_normals(sign: int = 1) -> Term:
    spread = over(plus(square(S_P), square(minus(MU_P, MU_Q))), times(TWO, square(S_Q)))
    return plus(log(over(S_Q, S_P)), times(n(sign), spread), Negative(HALF))


VECTORS = Scope(
    sorts={
        "x": Vector(Name("n")), "y": Vector(Name("n")), "A": Matrix(Name("n"), Name("n")),
        "S": Matrix(Name("n"), Name("n"), frozenset({"symmetric"})), "n": SIZE,
    },
)  # fmt: skip
STANDARD = StandardLaw("normal", (n(0), MatrixOperation("identity")))
MU_J = Entry(mu, (Name("j"),))
DIAGONAL_SCOPE = Scope(
    sorts={"\\mu": Vector(Name("d")), "\\sigma": Vector(Name("d"), POSITIVE), "v": Vector(Name("d"), POSITIVE)},
    spaces={"z": EuclideanSpace(Name("d"))},
)
VARIANCES = StandardLaw("normal", (mu, MatrixOperation("diagonal", (Name("v"),))))
V_J = Entry(Name("v"), (Name("j"),))


def over_j(body: Term) -> Term:
    return Aggregate("sum", Binder(Name("j"), Range(ONE, Name("d"))), body)


VAE_KL = Negative(times(HALF, over_j(plus(ONE, log(V_J), Negative(square(MU_J)), Negative(V_J)))))
VAE_KL_SLIP = Negative(times(HALF, over_j(plus(ONE, log(V_J), Negative(square(MU_J)), V_J))))

FAMILY = Scope(sorts={"z": Family((Name("K"),), Real()), "K": SIZE})


def exp_z(index: str) -> Term:
    return function("exp", Entry(z, (Name(index),)))


def over_k(body: Term) -> Term:
    return Aggregate("sum", Binder(Name("k"), Range(ONE, Name("K"))), body)


def softmax(index: str) -> Term:
    return over(exp_z(index), over_k(exp_z("k")))


DELTA_IJ = Elementary("delta", (Name("i"), Name("j")))
SOFTMAX_SLOPE = Derivative(softmax("i"), Entry(z, (Name("j"),)))
VARIABLES = Scope(
    sorts={"X": RandomVariable("x"), "Y": RandomVariable("y")},
    spaces={"x": AbstractSpace(), "y": AbstractSpace()},
)
INDEPENDENT = Scope(sorts=VARIABLES.sorts, spaces=VARIABLES.spaces, facts=(Independent(("X", "Y")),))
X, Y = Name("X"), Name("Y")
BERNOULLI = Scope(
    sorts={"\\theta": UNIT},
    spaces={"x": EuclideanSpace()},
)
THETA = Name("\\theta")
COIN = StandardLaw("bernoulli", (THETA,))
PARAMETRIC = Scope(sorts={"p_{\\theta}": Law(("x",), ("\\theta",)), "\\theta": Real()}, spaces={"x": AbstractSpace()})
P_THETA = d("p_{\\theta}", "x")
MIXTURE = Scope(
    sorts=PQ.sorts,
    spaces=PQ.spaces,
    definitions={"m": Definition("m", (), over(plus(law("p"), law("q")), TWO))},
)
MI = Information("mutual_information", Name("p"), ((point("x"),), (point("z"),)))
H_X = Information("entropy", Name("p"), ((point("x"),),))
H_X_Z = Information("entropy", Name("p"), ((point("x"),),), (point("z"),))
INFO = laws(p="xz")

CASES: Mapping[str, tuple[Scope, Reading, tuple[Reading, ...]]] = {
    "KL is cross entropy less entropy": (
        PQ,
        claim(
            kl(law("p"), law("q")),
            minus(Functional("cross_entropy", (law("p"), law("q"))), Functional("entropy", (law("p"),))),
        ),
        (
            claim(
                kl(law("p"), law("q")),
                plus(Functional("cross_entropy", (law("p"), law("q"))), Functional("entropy", (law("p"),))),
            ),
            claim(kl(law("p"), law("q")), kl(law("q"), law("p"))),
        ),
    ),
    "KL by definition": (
        PQ,
        claim(kl(law("p"), law("q")), total("x", times(d("p", "x"), log(over(d("p", "x"), d("q", "x")))))),
        (claim(kl(law("p"), law("q")), total("x", times(d("p", "x"), log(over(d("q", "x"), d("p", "x")))))),),
    ),
    "Bayes": (
        INFO,
        claim(d("p", "z", "x"), over(times(d("p", "x", "z"), d("p", "z")), d("p", "x"))),
        (
            claim(d("p", "z", "x"), times(d("p", "x", "z"), d("p", "z"))),
            claim(d("p", "z", "x"), over(times(d("p", "x", "z"), d("p", "x")), d("p", "z"))),
        ),
    ),
    "posterior is proportional": (
        INFO,
        claim(d("p", "z", "x"), times(d("p", "x", "z"), d("p", "z")), "propto"),
        (claim(d("p", "z", "x"), d("p", "x", "z"), "propto"),),
    ),
    "marginal": (
        INFO,
        claim(d("p", "x"), total("z", times(d("p", "x", "z"), d("p", "z")))),
        (claim(d("p", "x"), total("z", d("p", "x", "z"))),),
    ),
    "ELBO and gap": (
        JOINT,
        claim(log(d("p", "x")), plus(ELBO, kl(law("q", "z", "x"), law("p", "z", "x")))),
        (
            claim(log(d("p", "x")), minus(ELBO, kl(law("q", "z", "x"), law("p", "z", "x")))),
            claim(log(d("p", "x")), plus(ELBO, kl(law("p", "z", "x"), law("q", "z", "x")))),
            claim(log(d("p", "x")), ELBO),
        ),
    ),
    "ELBO as reconstruction": (
        JOINT,
        claim(ELBO, minus(RECONSTRUCTION, kl(law("q", "z", "x"), law("p", "z")))),
        (
            claim(ELBO, plus(RECONSTRUCTION, kl(law("q", "z", "x"), law("p", "z")))),
            claim(ELBO, minus(RECONSTRUCTION, kl(law("q", "z", "x"), law("p", "z", "x")))),
        ),
    ),
    "GAN optimum": (
        GAN,
        claim(Comparison("=", SCORE, n(0)), Comparison("=", D_OF_X, OPTIMUM), "=>"),
        (
            claim(
                Comparison("=", SCORE, n(0)),
                Comparison("=", D_OF_X, over(P_G, plus(P_DATA, P_G))),
                "=>",
            ),
        ),
    ),
    "GAN best value": (
        GAN,
        claim(Aggregate("max", Binder(Name("D"), Functions()), GAN_VALUE), OPTIMAL_VALUE),
        (claim(Aggregate("max", Binder(Name("D"), Functions()), GAN_VALUE), Negative(OPTIMAL_VALUE)),),
    ),
    "GAN value is JSD": (
        GAN,
        claim(OPTIMAL_VALUE, plus(Negative(log(n(4))), times(TWO, jsd(law("p_{data}"), law("p_{g}"))))),
        (
            claim(OPTIMAL_VALUE, plus(Negative(log(n(4))), jsd(law("p_{data}"), law("p_{g}")))),
            claim(OPTIMAL_VALUE, plus(log(n(4)), times(TWO, jsd(law("p_{data}"), law("p_{g}"))))),
        ),
    ),
    "image law": (
        IMAGE,
        claim(
            mean("z", law("p_{z}"), log(Apply(Name("D"), (Apply(Name("G"), (z,)),)))),
            mean("x", law("p_{g}"), log(D_OF_X)),
        ),
        (
            claim(
                mean("z", law("p_{z}"), log(Apply(Name("D"), (Apply(Name("G"), (z,)),)))),
                mean("x", law("p_{data}"), log(D_OF_X)),
            ),
        ),
    ),
    "slope of the sigmoid": (
        REALS,
        claim(Derivative(sigmoid(x), x), times(sigmoid(x), minus(ONE, sigmoid(x)))),
        (
            claim(Derivative(sigmoid(x), x), times(sigmoid(x), plus(ONE, sigmoid(x)))),
            claim(Derivative(sigmoid(x), x), minus(ONE, sigmoid(x))),
        ),
    ),
    "tanh by the sigmoid": (
        REALS,
        claim(function("tanh", x), minus(times(TWO, sigmoid(times(TWO, x))), ONE)),
        (claim(function("tanh", x), minus(times(TWO, sigmoid(x)), ONE)),),
    ),
    "logarithm of a quotient": (
        REALS,
        claim(log(over(a, b)), minus(log(a), log(b))),
        (claim(log(over(a, b)), over(log(a), log(b))), claim(log(plus(a, b)), plus(log(a), log(b)))),
    ),
    "sum of the first numbers": (
        REALS,
        claim(
            Aggregate("sum", Binder(Name("k"), Range(ONE, Name("n"))), Name("k")),
            over(times(Name("n"), plus(Name("n"), ONE)), TWO),
        ),
        (
            claim(
                Aggregate("sum", Binder(Name("k"), Range(ONE, Name("n"))), Name("k")),
                over(times(Name("n"), minus(Name("n"), ONE)), TWO),
            ),
        ),
    ),
    "log x <= x - 1": (
        REALS,
        claim(log(a), minus(a, ONE), "<="),
        (claim(log(a), minus(a, TWO), "<="), claim(log(a), minus(a, ONE), "<")),
    ),
    "KL of two normals": (
        NORMALS,
        claim(kl(normal(MU_P, S_P), normal(MU_Q, S_Q)), kl_normals()),
        (
            claim(kl(normal(MU_P, S_P), normal(MU_Q, S_Q)), kl_normals(-1)),
            claim(kl(normal(MU_Q, S_Q), normal(MU_P, S_P)), kl_normals()),
        ),
    ),
    "entropy of a normal": (
        NORMALS,
        claim(
            Functional("entropy", (normal(mu, sigma),)),
            times(HALF, log(times(TWO, Constant("pi"), Constant("e"), square(sigma)))),
        ),
        (),
    ),
    "second moment of a normal": (
        NORMALS,
        claim(mean("x", normal(mu, sigma), square(x)), plus(square(mu), square(sigma))),
        (
            claim(mean("x", normal(mu, sigma), square(x)), square(mu)),
            claim(mean("x", normal(mu, sigma), square(x)), plus(square(mu), sigma)),
        ),
    ),
    "KL of the variational encoder": (
        DIAGONAL_SCOPE,
        claim(kl(VARIANCES, STANDARD), VAE_KL),
        (claim(kl(VARIANCES, STANDARD), VAE_KL_SLIP), claim(kl(VARIANCES, STANDARD), Negative(VAE_KL))),
    ),
    "slope of the softmax": (
        FAMILY,
        claim(SOFTMAX_SLOPE, times(softmax("i"), minus(DELTA_IJ, softmax("j")))),
        (
            claim(SOFTMAX_SLOPE, times(softmax("i"), minus(ONE, softmax("j")))),
            claim(SOFTMAX_SLOPE, Negative(times(softmax("i"), softmax("j")))),
        ),
    ),
    "gradient of a quadratic form": (
        VECTORS,
        claim(
            Derivative(times(MatrixOperation("transpose", (x,)), Name("A"), x), x),
            times(plus(Name("A"), MatrixOperation("transpose", (Name("A"),))), x),
        ),
        (
            claim(
                Derivative(times(MatrixOperation("transpose", (x,)), Name("A"), x), x), times(TWO, Name("A"), x)
            ),
        ),
    ),
    "gradient of a symmetric form": (
        VECTORS,
        claim(
            Derivative(times(MatrixOperation("transpose", (x,)), Name("S"), x), x), times(TWO, Name("S"), x)
        ),
        (claim(Derivative(times(MatrixOperation("transpose", (x,)), Name("S"), x), x), times(Name("S"), x)),),
    ),
    "transpose of a product": (
        VECTORS,
        claim(
            MatrixOperation("transpose", (times(Name("A"), Name("S")),)),
            times(Name("S"), MatrixOperation("transpose", (Name("A"),))),
        ),
        (
            claim(
                MatrixOperation("transpose", (times(Name("A"), Name("S")),)),
                times(MatrixOperation("transpose", (Name("A"),)), Name("S")),
            ),
        ),
    ),
    "linearity of the mean": (
        VARIABLES,
        claim(Expectation((), plus(X, Y)), plus(Expectation((), X), Expectation((), Y))),
        (claim(Expectation((), times(X, Y)), times(Expectation((), X), Expectation((), Y))),),
    ),
    "independent variables": (
        INDEPENDENT,
        claim(Expectation((), times(X, Y)), times(Expectation((), X), Expectation((), Y))),
        (claim(Expectation((), square(X)), square(Expectation((), X))),),
    ),
    "variance": (
        VARIABLES,
        claim(MomentOf("variance", (), (X,)), minus(Expectation((), square(X)), square(Expectation((), X)))),
        (claim(MomentOf("variance", (), (X,)), Expectation((), square(X))),),
    ),
    "mean of a coin": (
        BERNOULLI,
        claim(mean("x", COIN, x), THETA),
        (claim(mean("x", COIN, x), minus(ONE, THETA)),),
    ),
    "mean of the score": (
        PARAMETRIC,
        claim(mean("x", law("p_{\\theta}"), Derivative(log(P_THETA), THETA)), n(0)),
        (claim(mean("x", law("p_{\\theta}"), Derivative(P_THETA, THETA)), n(0)),),
    ),
    "JSD by a named mixture": (
        MIXTURE,
        claim(
            jsd(law("p"), law("q")),
            plus(times(HALF, kl(law("p"), law("m"))), times(HALF, kl(law("q"), law("m")))),
        ),
        (claim(jsd(law("p"), law("q")), plus(kl(law("p"), law("m")), kl(law("q"), law("m")))),),
    ),
    "mutual information": (
        INFO,
        claim(MI, minus(H_X, H_X_Z)),
        (claim(MI, minus(H_X_Z, H_X)), claim(MI, H_X)),
    ),
    "mutual information as KL": (
        INFO,
        claim(
            MI,
            total("x", total("z", times(d("p", "xz"), log(over(d("p", "xz"), times(d("p", "x"), d("p", "z"))))))),
        ),
        (claim(MI, total("x", total("z", times(d("p", "xz"), log(over(d("p", "xz"), d("p", "x"))))))),),
    ),
}  # fmt: skip
