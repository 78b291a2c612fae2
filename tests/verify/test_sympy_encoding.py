"""The second symbolic voice: right claims are confirmed, slips never."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from sympy_claims import (
    CASES,
    GAN,
    INFO,
    NORMALS,
    PARAMETRIC,
    PQ,
    THETA,
    TWO,
    VARIABLES,
    claim,
    d,
    function,
    kl,
    law,
    laws,
    log,
    mean,
    minus,
    mu,
    n,
    normal,
    over,
    plus,
    point,
    sigma,
    square,
    times,
    total,
    x,
)

from errata.language.reading import read_document
from errata.language.scope import Definition, DensityDefinition, Scope
from errata.language.sorts import POSITIVE, SIZE, AbstractSpace, EuclideanSpace, Family, Law, Real, Vector
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    IndexSet,
    Interval,
    Name,
    Number,
    Power,
    Range,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
)
from errata.notes.document import read_text
from errata.verify.sympy_encoding import confirm, encode
from errata.verify.sympy_terms import CannotEncode

SECONDS = 20.0
GENERAL = {
    "slope of the sigmoid",
    "tanh by the sigmoid",
    "logarithm of a quotient",
    "sum of the first numbers",
    "log x <= x - 1",
    "KL of two normals",
    "entropy of a normal",
    "second moment of a normal",
    "mean of a coin",
}
SLIPS = [(name, number) for name, (_, _, wrong) in CASES.items() for number in range(len(wrong))]
CONFIRMED = ("general", "instances")


@pytest.mark.parametrize("name", CASES)
def test_right_claims_are_confirmed(name: str) -> None:
    scope, right, _ = CASES[name]
    answer = confirm(right, scope, SECONDS)
    assert answer.kind == ("general" if name in GENERAL else "instances"), answer.reason


@pytest.mark.parametrize(("name", "number"), SLIPS)
def test_slips_are_never_confirmed(name: str, number: int) -> None:
    scope, _, wrong = CASES[name]
    assert confirm(wrong[number], scope, SECONDS).kind not in CONFIRMED


# What must not be confirmed --------------------------------------------------------------------------

r, y, a, b = Name("r"), Name("y"), Name("a"), Name("b")
FREE = Scope(sorts={"r": Real(), "x": Real(), "y": Real(), "a": POSITIVE, "b": POSITIVE, "c": Real()})
c = Name("c")
NUMBERS = Scope(sorts={"x": Family((Name("n"),), Real()), "n": SIZE})
X_I, X_J = Entry(x, (Name("i"),)), Entry(x, (Name("j"),))


def over_range(low: object, high: object, body: object, name: str = "k") -> Aggregate:
    return Aggregate("sum", Binder(Name(name), Range(low, high)), body)  # type: ignore[arg-type]


SIZE_N = Name("n")
CASES_SPACE = Space("x")
UNNAMED = Scope()


def over_index(body: object, name: str) -> Aggregate:
    return Aggregate("sum", Binder(Name(name), IndexSet(name)), body)  # type: ignore[arg-type]


def exp_of(index: str) -> Elementary:
    return Elementary("exp", (Entry(x, (Name(index),)),))


TRAPS: dict[str, tuple[Scope, Reading]] = {
    "logarithm of a square of a real": (FREE, claim(log(square(r)), times(TWO, log(r)))),
    "root of a square of a real": (FREE, claim(function("sqrt", square(r)), r)),
    "a factor that may be zero": (
        FREE,
        claim(Comparison("=", times(c, x), times(c, y)), Comparison("=", x, y), "=>"),
    ),
    "one root of two": (FREE, claim(Comparison("=", square(r), n(4)), Comparison("=", r, TWO), "=>")),
    "true at sizes 2 and 3 only": (
        NUMBERS,
        claim(
            times(plus(square(SIZE_N), times(n(-5), SIZE_N), n(6)), over_range(n(1), SIZE_N, Entry(x, (Name("k"),)))),
            n(0),
        ),
    ),
    "free indices that may be equal": (
        NUMBERS,
        claim(Derivative(square(X_I), X_J), n(0)),
    ),
    "free indices that may differ": (NUMBERS, claim(Derivative(square(X_I), X_J), times(TWO, X_I))),
    "a derivative of what does not mention the variable": (
        FREE,
        claim(Derivative(Name("L"), x), n(0)),
    ),
    "a derivative of a function with the parameter in its name": (
        replace(GAN, sorts={**GAN.sorts, "\\theta": Real()}),
        claim(Derivative(Apply(Name("D_{\\theta}"), (x,)), THETA), n(0)),
    ),
    "a law that is not symmetric": (
        Scope(spaces={"x": AbstractSpace()}),
        claim(
            Density(Name("t"), (point("x", "x'"),), (point("x"),)),
            Density(Name("t"), (point("x"),), (point("x", "x'"),)),
        ),
    ),
    "a conditional law is no marginal": (INFO, claim(d("p", "x", "z"), d("p", "x"))),
    "the mean of a square": (
        VARIABLES,
        claim(Expectation((), square(Name("X"))), square(Expectation((), Name("X")))),
    ),
    "draws that depend": (
        laws(p="xz"),
        claim(
            Expectation((Draw(x, "x", law("p")), Draw(Name("z"), "z", law("p"))), times(x, Name("z"))),
            times(mean("x", law("p"), x), mean("z", law("p"), Name("z"))),
        ),
    ),
    "logarithms of a mixture": (
        PQ,
        claim(log(over(plus(d("p", "x"), d("q", "x")), TWO)), over(plus(log(d("p", "x")), log(d("q", "x"))), TWO)),
    ),
    "an unequal variance": (
        NORMALS,
        claim(mean("x", normal(mu, sigma), times(square(minus(x, mu)), square(minus(x, mu)))), Power(sigma, n(4))),
    ),
    "an unnamed range has no fixed length": (
        UNNAMED,
        claim(over_index(n(1), "i"), TWO),
    ),
    "a missing delta, over an unnamed range": (
        UNNAMED,
        claim(
            Derivative(over(exp_of("i"), over_index(exp_of("k"), "k")), X_J),
            times(n(-1), over(times(exp_of("i"), exp_of("j")), square(over_index(exp_of("k"), "k")))),
        ),
    ),
    "a decimal cut too short": (FREE, claim(function("log", TWO), Number(Fraction(68, 100), 2))),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_are_not_confirmed(name: str) -> None:
    scope, reading = TRAPS[name]
    answer = confirm(reading, scope, SECONDS)
    assert answer.kind not in CONFIRMED, answer.reason


# More that must be confirmed -------------------------------------------------------------------------

VARIANCE = square(sigma)
DENSITY = StandardDensity(x, StandardLaw("normal", (mu, VARIANCE)))
CHAIN = Scope(
    sorts={"\\mu": Real(), "\\sigma": POSITIVE, "w": Real(), "s": POSITIVE},
    spaces={"x": EuclideanSpace(), "z": EuclideanSpace()},
)
Z, W, S = Name("z"), Name("w"), Name("s")
TWO_STEPS = (
    Draw(Z, "z", StandardLaw("normal", (mu, VARIANCE))),
    Draw(x, "x", StandardLaw("normal", (times(W, Z), square(S)))),
)
ENCODER = Scope(
    sorts={"\\mu": Real(), "\\sigma": POSITIVE},
    spaces={"z": EuclideanSpace()},
    densities=(
        DensityDefinition("q", (("z", "z"),), (), StandardDensity(Z, StandardLaw("normal", (mu, VARIANCE)))),
        DensityDefinition("p", (("z", "z"),), (), StandardDensity(Z, StandardLaw("normal", (n(0), n(1))))),
    ),
)
HALF = n(1, 2)
MORE: dict[str, tuple[Scope, Reading, str]] = {
    "a factor that is not zero": (
        FREE,
        claim(Comparison("=", times(a, x), times(a, y)), Comparison("=", x, y), "=>"),
        "general",
    ),
    "both roots": (
        FREE,
        claim(Comparison("=", square(r), n(4)), Comparison("=", square(square(r)), n(16)), "=>"),
        "general",
    ),
    "an equation and its solution": (
        FREE,
        claim(Comparison("=", times(TWO, x), n(6)), Comparison("=", x, n(3)), "<=>"),
        "general",
    ),
    "a definite integral": (
        FREE,
        claim(Aggregate("integral", Binder(x, Interval(n(0), n(1))), square(x)), n(1, 3)),
        "general",
    ),
    "a definition that is put in": (
        replace(FREE, definitions={"f": Definition("f", ("t",), square(Name("t")))}),
        claim(Derivative(Apply(Name("f"), (x,)), x), times(TWO, x)),
        "general",
    ),
    "the chain rule for an unknown function": (
        FREE,
        claim(
            Derivative(square(Apply(Name("f"), (x,))), x),
            times(TWO, Apply(Name("f"), (x,)), Derivative(Apply(Name("f"), (x,)), x)),
        ),
        "general",
    ),
    "base two": (
        replace(FREE, log_base=TWO),
        claim(Elementary("log", (n(8), TWO)), n(3)),
        "general",
    ),
    "squares": (FREE, claim(times(TWO, x, y), plus(square(x), square(y)), "<="), "general"),
    "exponential and its tangent": (FREE, claim(function("exp", x), plus(n(1), x), ">="), "general"),
    "a rounded number": (FREE, claim(function("log", TWO), Number(Fraction(693, 1000), 3)), "general"),
    "a number that is cut off": (FREE, claim(over(TWO, n(3)), Number(Fraction(66, 100), 2)), "general"),
    "Kronecker's delta": (
        NUMBERS,
        claim(Derivative(square(X_I), X_J), times(TWO, X_I, Elementary("delta", (Name("i"), Name("j"))))),
        "instances",
    ),
    "slope of the logarithm of a sum, over an unnamed range": (
        UNNAMED,
        claim(
            Derivative(log(over_index(exp_of("k"), "k")), X_J),
            over(exp_of("j"), over_index(exp_of("k"), "k")),
        ),
        "instances",
    ),
    "two sums over one unnamed range": (
        UNNAMED,
        claim(
            minus(over_index(Entry(x, (Name("i"),)), "i"), over_index(Entry(x, (Name("k"),)), "k")),
            n(0),
        ),
        "instances",
    ),
    "an empty sum": (
        NUMBERS,
        claim(over_range(n(1), minus(SIZE_N, n(2)), Entry(x, (Name("k"),))), minus(
            over_range(n(1), minus(SIZE_N, n(1)), Entry(x, (Name("k"),))), Entry(x, (minus(SIZE_N, n(1)),))
        )),
        "instances",
    ),
    "a transition law": (
        Scope(spaces={"x": AbstractSpace()}),
        claim(
            Aggregate("sum", Binder(Name("x'"), CASES_SPACE), Density(
                Name("t"), (point("x", "x'"),), (point("x"),))),
            n(1),
        ),
        "instances",
    ),
    "normal density and its logarithm": (
        CHAIN,
        claim(Derivative(log(DENSITY), mu), over(minus(x, mu), VARIANCE)),
        "general",
    ),
    "a normal density is normalised": (
        CHAIN,
        claim(Aggregate("integral", Binder(x, CASES_SPACE), DENSITY), n(1)),
        "general",
    ),
    "two normal draws": (
        CHAIN,
        claim(
            Expectation(TWO_STEPS, square(x)),
            plus(times(square(W), plus(square(mu), VARIANCE)), square(S)),
        ),
        "general",
    ),
    "moment generating function": (
        CHAIN,
        claim(
            mean("x", normal(mu, sigma), function("exp", times(W, x))),
            function("exp", plus(times(mu, W), times(HALF, square(W), VARIANCE))),
        ),
        "general",
    ),
    "KL of laws given by densities": (
        ENCODER,
        claim(
            kl(law("q", "z"), law("p")),
            times(n(-1, 2), plus(n(1), log(VARIANCE), times(n(-1), square(mu)), times(n(-1), VARIANCE))),
        ),
        "general",
    ),
    "the law of total expectation": (
        VARIABLES,
        claim(
            Expectation((), Expectation((), Name("X"), (Name("Y"),))),
            Expectation((), Name("X")),
        ),
        "instances",
    ),
    "variance as mean square": (
        VARIABLES,
        claim(
            Expectation((), square(minus(Name("X"), Expectation((), Name("X"))))),
            minus(Expectation((), square(Name("X"))), square(Expectation((), Name("X")))),
        ),
        "instances",
    ),
    "the score in the mean": (
        PARAMETRIC,
        claim(
            Derivative(mean("x", law("p_{\\theta}"), Apply(Name("f"), (x,))), THETA),
            mean("x", law("p_{\\theta}"), times(Apply(Name("f"), (x,)), Derivative(log(d("p_{\\theta}", "x")), THETA))),
        ),
        "instances",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MORE)
def test_more_right_claims_are_confirmed(name: str) -> None:
    scope, reading, kind = MORE[name]
    answer = confirm(reading, scope, SECONDS)
    assert answer.kind == kind, answer.reason


# Refutations and refusals ----------------------------------------------------------------------------


def test_a_false_equation_is_refuted_with_its_point() -> None:
    answer = confirm(claim(plus(a, b), times(a, b)), FREE, SECONDS)
    assert answer.kind == "refuted"
    assert "a = " in answer.reason


@pytest.mark.parametrize(
    "scope",
    [
        replace(FREE, not_understood={"a": "circulant"}),
        replace(FREE, assumptions=(Comparison("=", a, TWO),)),
    ],
)
def test_nothing_is_refuted_that_rests_on_more_than_was_read(scope: Scope) -> None:
    assert confirm(claim(plus(a, b), times(a, b)), scope, SECONDS).kind == "unknown"


def test_a_law_as_a_value_cannot_be_encoded() -> None:
    with pytest.raises(CannotEncode):
        encode(claim(law("p"), law("q")), PQ)


def test_definitions_in_a_circle_cannot_be_encoded() -> None:
    circle = replace(FREE, definitions={"u": Definition("u", (), plus(Name("u"), n(1)))})
    with pytest.raises(CannotEncode):
        encode(claim(Name("u"), n(1)), circle)
    assert confirm(claim(Name("u"), n(1)), circle, SECONDS).kind == "unknown"


def test_a_table_that_would_be_too_large_cannot_be_encoded() -> None:
    letters = "abcdefgh"
    with pytest.raises(CannotEncode):
        encode(claim(d("p", letters), d("p", letters)), laws(p=letters))


def test_different_spaces_have_different_sizes() -> None:
    encoded = encode(claim(total("x", total("z", d("p", "xz"))), n(1)), INFO)
    assert encoded.kind == "instances"
    for instance in encoded.instances:
        assert "2 points" in instance.sizes and "3 points" in instance.sizes


def test_vectors_of_one_size_only() -> None:
    scope = Scope(sorts={"x": Vector(Name("n")), "y": Vector(Name("m")), "n": SIZE, "m": SIZE})
    assert confirm(claim(plus(x, y), plus(y, x)), scope, SECONDS).kind == "unknown"


def test_a_bound_name_is_not_captured_by_a_definition_s_argument() -> None:
    body = over_range(n(1), n(3), times(Name("t"), Name("k")))
    scope = replace(FREE, definitions={"f": Definition("f", ("t",), body)})
    k_outside = over_range(n(1), n(2), Apply(Name("f"), (Name("k"),)))
    assert confirm(claim(k_outside, n(18)), scope, SECONDS).kind == "general"


def test_laws_of_a_slot_by_any_name_of_its_space() -> None:
    scope = Scope(sorts={"p": Law(("x",))}, spaces={"x": AbstractSpace()})
    primed = Aggregate("sum", Binder(Name("x'"), CASES_SPACE), Density(Name("p"), (Slot("x", Name("x'")),)))
    assert confirm(claim(primed, n(1)), scope, SECONDS).kind == "instances"


def test_importing_the_package_does_not_import_sympy() -> None:
    code = "import sys, errata.verify, errata.verify.verdict; print('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def confirmed_note(text):
    """What SymPy says of the last claim of a note."""
    claims = [p.statement for p in read_document(read_text(text)) if p.statement.kind == "claim"]
    return confirm(claims[-1].readings[0], claims[-1].scope, 5.0).kind


def test_a_mean_beside_a_law_that_may_be_its_own_is_not_refuted():
    told = "Let $B$ be a random variable and $r \\in \\mathbb{R}$.\n\n$$\\mathbb{E}[\\mathbb{1}\\{B = r\\}] = "
    assert confirmed_note(told + "P(B = r)$$\n") == "unknown"
    assert confirmed_note("Let $B$ be a random variable.\n\n$$\\mathbb{E}[2 B] = 3 \\mathbb{E}[B]$$\n") == "refuted"
