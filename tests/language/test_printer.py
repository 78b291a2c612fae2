"""What the printers write, case by case, and what they must tell apart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errata.language.grammar import parse_syntax
from errata.language.printer import (
    latex_symbol,
    relation_to_latex,
    relation_to_text,
    text_symbol,
    to_latex,
    to_text,
)
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Binder,
    Cases,
    Comparison,
    Conjunction,
    Constant,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    Functional,
    Functions,
    IndexSet,
    Indicator,
    Information,
    Interval,
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
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
)
from errata.language.tokens import tokenize

x, y, z, a, b, i, j, n = (Name(symbol) for symbol in "xyzabijn")
p, q = Name("p"), Name("q")
D = Name("D")
one, two = Number(Fraction(1)), Number(Fraction(2))


def density(law: str, value: str, *conditions: str) -> Density:
    return Density(Name(law), (Slot(value, Name(value)),), tuple(Slot(c, Name(c)) for c in conditions))


def log(term: Term) -> Elementary:
    return Elementary("log", (term,))


A_PLUS_B = Sum((a, b))
D_OF_X = Apply(D, (x,))
FROM_P = (Draw(x, "x", LawReference(p)),)
NORMAL = StandardLaw("normal", (Name("\\mu"), Power(Name("\\sigma"), two)))

CASES: list[tuple[Term, str, str]] = [
    (Number(Fraction(3, 4)), r"\frac{3}{4}", "3/4"),
    (Number(Fraction(25, 10), 2), "2.50", "2.50"),
    (Number(Fraction(-1, 100), 2), "-0.01", "-0.01"),
    (Constant("pi"), r"\pi", "π"),
    (Entry(x, (i,)), "x_i", "x[i]"),
    (Entry(Name("y_{\\cdot}"), (i,)), "y_i", "y[i]"),
    (Entry(Name("W"), (i, j)), "W_{ij}", "W[i, j]"),
    (Entry(Name("W"), (one, two)), "W_{1,2}", "W[1, 2]"),
    (Entry(Name("\\theta_{g}"), (i,)), r"\theta_g^{(i)}", "θ_g[i]"),
    (Sum((a, Negative(b), Negative(A_PLUS_B))), "a - b - (a + b)", "a - b - (a + b)"),
    (Product((a, A_PLUS_B)), r"a \cdot (a + b)", "a·(a + b)"),
    (Apply(a, (A_PLUS_B,)), "a(a + b)", "a(a + b)"),
    (Product((two, A_PLUS_B)), "2(a + b)", "2·(a + b)"),
    (Product((two, Number(Fraction(3)))), r"2 \cdot 3", "2·3"),
    (Product((A_PLUS_B, Sum((a, Negative(b))))), "(a + b)(a - b)", "(a + b)·(a - b)"),
    (Product((a, Negative(b))), r"a \cdot (-b)", "a·(-b)"),
    (Quotient(Product((a, b)), A_PLUS_B), r"\frac{a b}{a + b}", "(a b)/(a + b)"),
    (Power(Quotient(a, b), two), r"\left(\frac{a}{b}\right)^2", "(a/b)^2"),
    (Power(Name("x'"), two), "(x')^2", "x'^2"),
    (Power(log(x), two), r"(\log x)^2", "(log x)^2"),
    (Power(Constant("e"), Negative(x)), "e^{-x}", "e^(-x)"),
    (
        log(Quotient(density("p", "x"), Sum((density("p", "x"), density("q", "x"))))),
        r"\log\left(\frac{p(x)}{p(x) + q(x)}\right)",
        "log(p(x)/(p(x) + q(x)))",
    ),
    (Elementary("log", (x, two)), r"\log_2(x)", "log_2(x)"),
    (Elementary("sqrt", (A_PLUS_B,)), r"\sqrt{a + b}", "sqrt(a + b)"),
    (Elementary("sigmoid", (Product((two, x)),)), r"\sigma(2 x)", "sigmoid(2 x)"),
    (Elementary("max", (a, b)), r"\max(a, b)", "max(a, b)"),
    (Elementary("delta", (i, j)), r"\delta_{ij}", "delta(i, j)"),
    (Elementary("factorial", (Sum((n, one)),)), "(n + 1)!", "(n + 1)!"),
    (Apply(Name("f"), (x,), (Name("\\theta"),), 2), r"f''(x; \theta)", "f''(x; θ)"),
    (
        Aggregate("sum", Binder(x, Space("x")), Product((density("p", "x"), log(density("p", "x"))))),
        r"\sum_{x} p(x) \log p(x)",
        "sum over x of p(x) log p(x)",
    ),
    (
        Aggregate("sum", Binder(i, Range(one, n)), Sum((Entry(x, (i,)), one))),
        r"\sum_{i=1}^{n} (x_i + 1)",
        "sum over i = 1..n of (x[i] + 1)",
    ),
    (
        Sum((Aggregate("sum", Binder(i, IndexSet("i")), Entry(x, (i,))), one)),
        r"\sum_{i} x_i + 1",
        "(sum over i of x[i]) + 1",
    ),
    (
        Product((Aggregate("sum", Binder(i, IndexSet("i")), Entry(x, (i,))), a)),
        r"\left(\sum_{i} x_i\right) a",
        "(sum over i of x[i]) a",
    ),
    (
        Aggregate("integral", Binder(Name("\\mu"), Interval(Number(Fraction(0)), one)), Name("\\mu")),
        r"\int_{0}^{1} \mu \, d\mu",
        "integral over μ from 0 to 1 of μ",
    ),
    (Aggregate("max", Binder(D, Functions()), D_OF_X), r"\max_{D} D(x)", "max over functions D of D(x)"),
    (density("p", "x", "z"), r"p(x \mid z)", "p(x | z)"),
    (Density(Name("p"), (Slot("y", one),), (Slot("x", x),)), r"p(y = 1 \mid x)", "p(y = 1 | x)"),
    (Density(Name("P"), (Slot("a", Name("c")),)), "P(A = c)", "P(A = c)"),
    (Density(Name("p"), (Slot("a", Name("c")),)), "p(a = c)", "p(a = c)"),
    (
        Expectation((Draw(y, "y", LawReference(Name("p"), (Slot("y", y),))),), y),
        r"\mathbb{E}_{y \sim p}\left[y\right]",
        "E[y ~ p(y)] y",
    ),
    (
        Density(Name("p_{data}"), (Slot("x", x),), (), (Name("\\theta"),)),
        r"p_{\mathrm{data}}(x; \theta)",
        "p_data(x; θ)",
    ),
    (Expectation(FROM_P, log(D_OF_X)), r"\mathbb{E}_{x \sim p}\left[\log D(x)\right]", "E[x ~ p] log D(x)"),
    (
        Expectation((Draw(x, "x", LawReference(p)), Draw(z, "z", LawReference(p))), Sum((x, z))),
        r"\mathbb{E}_{x, z \sim p}\left[x + z\right]",
        "E[x, z ~ p] (x + z)",
    ),
    (MomentOf("variance", (), (x,)), r"\operatorname{Var}\left[x\right]", "Var(x)"),
    (
        Functional("kl", (LawReference(q, (Slot("z", z),), (Slot("x", x),)), LawReference(p))),
        r"D_{\mathrm{KL}}(q(z \mid x) \,\|\, p)",
        "KL(q(z | x) ‖ p)",
    ),
    (
        Functional("jsd", (LawReference(p), LawReference(q))),
        r"\operatorname{JSD}(p \,\|\, q)",
        "JSD(p ‖ q)",
    ),
    (Functional("entropy", (LawReference(p),)), "H(p)", "H(p)"),
    (Functional("cross_entropy", (LawReference(p), LawReference(q))), "H(p, q)", "H(p, q)"),
    (
        Information("mutual_information", p, ((Slot("x", x),), (Slot("y", y),)), (Slot("z", z),)),
        r"I(x; y \mid z)",
        "I(x; y | z; law p)",
    ),
    (
        Information("entropy", p, ((Slot("y", y),),), (Slot("x", x),), fixed=True),
        r"H(y \mid X = x)",
        "H(y | X = x; law p)",
    ),
    (StandardDensity(x, NORMAL), r"\mathcal{N}(x; \mu, \sigma^2)", "N(x; μ, σ^2)"),
    (Derivative(D_OF_X, x), r"\frac{\partial D(x)}{\partial x}", "∂/∂x (D(x))"),
    (
        Derivative(log(x), x, 2),
        r"\frac{\partial^2}{\partial x^2} \log x",
        "∂^2/∂x^2 (log x)",
    ),
    (At(Apply(Name("f"), (x,)), x, one), r"\left. f(x) \right|_{x = 1}", "(f(x) at x = 1)"),
    (
        Cases(((x, Comparison(">", x, Number(Fraction(0)))),), Number(Fraction(0))),
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        "{x if x > 0; 0 otherwise}",
    ),
    (Indicator(Comparison("=", i, j)), r"\mathbb{1}\left[i = j\right]", "1[i = j]"),
    (
        Conjunction((Comparison("<", a, b), Comparison("<", b, x))),
        r"a < b \land b < x",
        "a < b and b < x",
    ),
    (Array(((a, b), (x, y))), r"\begin{bmatrix} a & b \\ x & y \end{bmatrix}", "[a, b; x, y]"),
    (MatrixOperation("transpose", (A_PLUS_B,)), r"(a + b)^\top", "(a + b)^T"),
    (MatrixOperation("inverse", (a,)), "a^{-1}", "a^(-1)"),
    (MatrixOperation("squared_norm", (x,), "2"), r"\left\|x\right\|_2^2", "squared norm_2(x)"),
    (Power(MatrixOperation("norm", (x,)), two), r"\left\|x\right\|^2", "norm(x)^2"),
    (MatrixOperation("identity", (n,)), "I_n", "I[n]"),
    (MatrixOperation("kronecker", (a, b)), r"a \otimes b", "a ⊗ b"),
    (MatrixOperation("pseudo_inverse", (a,)), "a^+", "a^+"),
    (MatrixOperation("vectorisation", (a,)), r"\operatorname{vec}(a)", "vec(a)"),
    (MatrixOperation("adjugate", (a,)), r"\operatorname{adj}(a)", "adj(a)"),
    (MatrixOperation("rank", (a,)), r"\operatorname{rank}(a)", "rank(a)"),
    (MatrixOperation("function", (a,), "exp"), r"\operatorname{expm}(a)", "exp(a)"),
    (MatrixOperation("dot", (x, y)), r"\left\langle x, y \right\rangle", "dot(x, y)"),
]


@pytest.mark.parametrize(("term", "latex", "text"), CASES, ids=[case[2] for case in CASES])
def test_print(term: Term, latex: str, text: str) -> None:
    assert latex == to_latex(term)
    assert text == to_text(term)


@pytest.mark.parametrize("term", [case[0] for case in CASES], ids=[case[2] for case in CASES])
def test_latex_is_well_formed(term: Term) -> None:
    assert parse_syntax(tokenize(to_latex(term)))


def test_no_two_cases_print_alike() -> None:
    assert len(CASES) == len({to_latex(term) for term, _, _ in CASES})
    assert len(CASES) == len({to_text(term) for term, _, _ in CASES})


@pytest.mark.parametrize(
    ("symbol", "latex", "text"),
    [
        ("\\theta_{g}", r"\theta_g", "θ_g"),
        ("p_{data}", r"p_{\mathrm{data}}", "p_data"),
        ("x'", "x'", "x'"),
        ("\\mathbf{W}", r"\mathbf{W}", "W"),
        ("\\hat{y}_{i}", r"\hat{y}_i", "y_hat_i"),
        ("D^{*}", "D^{*}", "D^*"),
        ("FC", r"\operatorname{FC}", "FC"),
    ],
)
def test_symbols(symbol: str, latex: str, text: str) -> None:
    assert latex == latex_symbol(symbol)
    assert text == text_symbol(symbol)


def test_relation() -> None:
    reading = Reading("<=", log(x), Sum((x, Negative(one))))
    assert relation_to_latex(reading) == r"\log x \le x - 1"
    assert relation_to_text(reading) == "log x ≤ x - 1"


def test_implication_keeps_its_sides_together() -> None:
    reading = Reading("=>", Comparison("=", a, b), Comparison("=", b, a))
    assert relation_to_latex(reading) == r"a = b \Rightarrow b = a"


_leaves = st.sampled_from([x, y, a, one, two, D_OF_X, density("p", "x")])
_terms = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(Sum),
        st.tuples(inner, inner).map(Product),
        st.builds(Negative, inner),
        st.builds(Quotient, inner, inner),
        st.builds(Power, inner, inner),
        st.builds(log, inner),
        inner.map(lambda body: Aggregate("sum", Binder(i, Range(one, n)), body)),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(_terms, _terms)
def test_different_terms_print_differently(first: Term, second: Term) -> None:
    assert (first == second) == (to_latex(first) == to_latex(second))
    assert (first == second) == (to_text(first) == to_text(second))


@settings(max_examples=200, deadline=None)
@given(_terms)
def test_every_print_has_balanced_brackets(term: Term) -> None:
    assert parse_syntax(tokenize(to_latex(term)))
    assert to_text(term).count("(") == to_text(term).count(")")
