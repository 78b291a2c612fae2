from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import term_of

from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.printer import to_latex
from errata.language.scope import Scope
from errata.language.sorts import Function, Point, Real
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Constant,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    Functional,
    Interval,
    LawReference,
    MatrixOperation,
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
)
from errata.language.tokens import NotUnderstood

X, Y, Z = Name("x"), Name("y"), Name("z")
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def density(law, value, given=None):
    slots = (Slot(given, Name(given)),) if given else ()
    return Density(Name(law), (Slot(value, Name(value)),), slots)


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\log p(x)", Elementary("log", (density("p", "x"),))),
        (r"p(x \mid z)", density("p", "x", "z")),
        (r"\exp(-x)", Elementary("exp", (Negative(X),))),
        (r"\log_2 x", Elementary("log", (X, TWO))),
        (r"\tanh(z)^2", Power(Elementary("tanh", (Z,)), TWO)),
        (r"\sin^2 x", Power(Elementary("sin", (X,)), TWO)),
        (r"x(1 - x)", Product((X, Sum((ONE, Negative(X)))))),
        (r"e^{-x}", Power(Constant("e"), Negative(X))),
        (r"|x|", Elementary("abs", (X,))),
        (r"\|x - y\|", MatrixOperation("norm", (Sum((X, Negative(Y))),))),
        (r"\sqrt{x}", Elementary("sqrt", (X,))),
        (r"\frac{d}{dx} x^2", Derivative(Power(X, TWO), X)),
        (r"\frac{\partial^2 f(x)}{\partial x^2}", Derivative(Apply(Name("f"), (X,)), X, 2)),
        (r"f'(x)", Apply(Name("f"), (X,), (), 1)),
        (r"\int_0^1 x \, dx", Aggregate("integral", Binder(X, Interval(Number(Fraction(0)), ONE)), X)),
        (r"0.25", Number(Fraction(1, 4), 2)),
        (r"50\%", Quotient(Number(Fraction(50)), Number(Fraction(100)))),
    ],
)
def test_reads(latex, term):
    assert term == term_of(latex)


def test_sum_over_a_space_is_told_from_a_sum_over_a_range():
    space = term_of(r"\sum_x p(x)")
    assert Space("x") == space.binder.domain
    counted = term_of(r"\sum_{i=1}^n x_i")
    assert Range(ONE, Name("n")) == counted.binder.domain
    assert Entry(X, (Name("i"),)) == counted.body


def test_a_sum_goes_on_as_long_as_the_bound_name_is_free():
    together = term_of(r"\sum_{i=1}^n x_i + y_i")
    assert isinstance(together, Aggregate)
    apart = term_of(r"\sum_{i=1}^n x_i + \sum_{i=1}^n y_i")
    assert isinstance(apart, Sum)
    assert len(apart.terms) == 2
    assert isinstance(term_of(r"\sum_{i=1}^n x_i + y"), Sum)


def test_a_function_stops_at_a_bracket_that_is_a_factor():
    term = term_of(r"x \log y (1 - x)")
    assert isinstance(term, Product)
    assert Elementary("log", (Y,)) == term.factors[1]


def test_expectation_with_its_draw():
    term = term_of(r"\mathbb{E}_{x \sim p_{\text{data}}}[\log D(x)]")
    assert isinstance(term, Expectation)
    assert (term.draws[0].name.symbol, term.draws[0].space) == ("x", "x")
    assert Name("p_{data}") == term.draws[0].law.law


def test_expectation_under_a_law_binds_the_slots_that_its_condition_leaves_free():
    term = term_of(r"E_{q(z|x)}[\log p(x, z)]")
    assert [d.name.symbol for d in term.draws] == ["z"]
    assert (Slot("x", X),) == term.draws[0].law.given


@pytest.mark.parametrize(
    "latex", [r"KL(p\|q)", r"D_{KL}(p||q)", r"\mathrm{KL}(p, q)", r"D_{\mathrm{KL}}\left(p \,\middle\|\, q\right)"]
)
def test_divergence_in_every_notation(latex):
    assert Functional("kl", (LawReference(Name("p")), LawReference(Name("q")))) == term_of(latex)


def test_declared_function_is_called_and_declared_number_multiplies():
    function = Knowledge(Scope(sorts={"a": Function((Real(),), Real())}))
    assert Apply(Name("a"), (X,)) == term_of("a(x)", function)
    number = Knowledge(Scope(sorts={"a": Real()}))
    assert Product((Name("a"), X)) == term_of("a(x)", number)


def test_sigma_before_a_bracket_is_the_sigmoid_unless_declared():
    assert Elementary("sigmoid", (X,)) == term_of(r"\sigma(x)")
    declared = Knowledge(Scope(sorts={"\\sigma": Real(low=0.0)}))
    assert isinstance(term_of(r"\sigma(x)", declared), Product)


def test_composed_functions_between_spaces():
    usage = Usage(laws={"p": LawUsage(("x",))}, functions=frozenset(("D", "G")))
    sorts = {"D": Function((Point("x"),), Real()), "G": Function((Point("z"),), Point("x"))}
    term = term_of("D(G(z))", Knowledge(Scope(sorts=sorts), usage))
    assert Apply(Name("D"), (Apply(Name("G"), (Z,)),)) == term


@pytest.mark.parametrize(
    ("latex", "place"), [(r"x + ", 2), (r"\log", 0), (r"\sum x", 0), (r"\int x", 0), (r"x \unknown y", 2), (r"|x", 0)]
)
def test_what_is_not_understood_has_a_place(latex, place):
    with pytest.raises(NotUnderstood) as caught:
        term_of(latex)
    assert place == caught.value.problem.span.start


# Print and re-read ------------------------------------------------------------------------------------

names = st.sampled_from([Name("x"), Name("y"), Name("a"), Name("\\theta"), Name("\\mu_{0}"), Name("\\hat{y}")])
numbers = st.integers(1, 99).map(lambda n: Number(Fraction(n)))


def compound(inner):
    return st.one_of(
        st.tuples(inner, inner).map(lambda t: Quotient(*t)),
        st.tuples(inner, numbers).map(lambda t: Power(*t)),
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Sum(tuple(t))),
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Product(tuple(t))),
        st.tuples(inner, inner).map(lambda t: Sum((t[0], Negative(t[1])))),
        st.tuples(st.sampled_from(["log", "exp", "sqrt", "tanh", "sigmoid", "softplus", "abs"]), inner).map(
            lambda t: Elementary(t[0], (t[1],))
        ),
        inner.map(lambda t: Aggregate("sum", Binder(Name("i"), Range(Number(Fraction(1)), Name("n"))), t)),
        inner.map(lambda t: Derivative(t, Name("x"))),
    )


def flat(term):
    """The same term with nested sums and products joined, the only freedom that print and re-read has."""
    if isinstance(term, Sum):
        terms = [t for part in term.terms for t in (flat(part).terms if isinstance(flat(part), Sum) else (flat(part),))]
        return Sum(tuple(terms))
    if isinstance(term, Product):
        parts = [f for p in term.factors for f in (flat(p).factors if isinstance(flat(p), Product) else (flat(p),))]
        return Product(tuple(parts))
    if isinstance(term, Negative):
        return Negative(flat(term.term))
    if isinstance(term, Quotient):
        return Quotient(flat(term.numerator), flat(term.denominator))
    if isinstance(term, Power):
        return Power(flat(term.base), flat(term.exponent))
    if isinstance(term, Elementary):
        return Elementary(term.function, tuple(flat(a) for a in term.arguments))
    if isinstance(term, Aggregate):
        return Aggregate(term.operation, term.binder, flat(term.body))
    if isinstance(term, Derivative):
        return Derivative(flat(term.body), term.variable, term.order)
    return term


@given(st.recursive(names | numbers, compound, max_leaves=8))
def test_printing_and_reading_again_gives_the_same_term(term):
    latex = to_latex(term)
    assert flat(term) == flat(term_of(latex)), latex
