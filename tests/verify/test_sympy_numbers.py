"""Claims on exact numbers: every mechanism shows right claims, and none shows a slip."""

from __future__ import annotations

import pytest
import sympy

from errata.language.sorts import POSITIVE, UNIT, Real
from errata.language.statements import Statement
from errata.notes.document import read_text
from errata.verify.check import understand_document
from errata.verify.sympy_draws import DrawnSymbols, Point, orthonormal_rows
from errata.verify.sympy_encoding import Confirmation
from errata.verify.sympy_exact import outcome, sign_of
from errata.verify.sympy_numbers import confirm_on_numbers, numbers_of
from errata.verify.sympy_zero import Deadline

SECONDS = 20.0

TABLES = r"Let $p(x)$ and $q(x)$ be laws. Let $f : X \to \mathbb{R}$ be a function of $x$."
FIVE = "Let $p(a, b, c, d, e)$ be a joint law."
CHAIN = (
    r"Let $P(s'|s, a)$ be a law. Let $r : S \times A \times S \to \mathbb{R}$ and $V : S \to \mathbb{R}$. "
    r"Let $\gamma \in (0, 1)$ and $c \in \mathbb{R}$."
)
TALL = r"Let $X \in \mathbb{R}^{n \times d}$ with $X^\top X$ invertible, $y \in \mathbb{R}^n$."
STOCHASTIC = (
    r"Let $P \in \mathbb{R}^{n \times n}$ be a stochastic matrix, $\gamma \in (0, 1)$ and $v \in \mathbb{R}^n$."
)
RUNNING = (
    r"Let $b \in (0, 1)$ and $g_1, \dots, g_T \in \mathbb{R}$. "
    r"Let $m_0 = 0$ and $m_t = b m_{t-1} + (1 - b) g_t$ for $t = 1, \dots, T$."
)
UNITS = (
    r"Let $x \in \{0,1\}^m$, $y \in \{0,1\}^l$, $b \in \mathbb{R}^l$ and $W \in \mathbb{R}^{m \times l}$. "
    r"Let $E(x, y) = -b^\top y - x^\top W y$. Let $Z = \sum_x \sum_y e^{-E(x, y)}$ and "
    r"$p(x, y) = \frac{1}{Z} e^{-E(x, y)}$."
)
ORDERED = r"Let $x, y \in \mathbb{R}$ with $y \le x$ and $t \in (0, 1)$."
ORTHONORMAL = r"Let $W \in \mathbb{R}^{k \times d}$ with $W W^\top = I$ and $x \in \mathbb{R}^d$."
UNIT_VECTOR = r"Let $u, x \in \mathbb{R}^n$ with $u^\top u = 1$."
NORMAL = r"Let $f : \mathbb{R} \to \mathbb{R}$ be smooth, $\mu \in \mathbb{R}$ and $\sigma > 0$."
REAL = r"Let $x, y, u, v \in \mathbb{R}$."
BLOCKS = r"Let $A \in \mathbb{R}^{m \times n}$, $v \in \mathbb{R}^m$ and $h \in \mathbb{R}^n$."

CLAIMS = {
    "means over tables": (
        TABLES,
        r"\sum_x p(x) f(x) \le \max_x f(x)",
        (r"\sum_x p(x) f(x) \ge \max_x f(x)", r"2 \sum_x p(x) f(x) \le \max_x f(x)"),
    ),
    "inequalities between laws": (
        TABLES,
        r"\sum_x p(x) \log \frac{p(x)}{q(x)} \ge 0",
        (r"\sum_x p(x) \log \frac{q(x)}{p(x)} \ge 0", r"\sum_x q(x) \log \frac{p(x)}{q(x)} \ge 0"),
    ),
    "large tables": (
        FIVE,
        "p(a, b, c, d) = p(d | a, b, c) p(c | a, b) p(a, b)",
        ("p(a, b, c, d) = p(d | a, b) p(c | a, b) p(a, b)", "p(a, b, c, d) = p(c | a, b) p(a, b)"),
    ),
    "transition kernels": (
        CHAIN,
        r"\sum_{s'} P(s'|s, a) (r(s, a, s') + c + \gamma V(s')) = \sum_{s'} P(s'|s, a) (r(s, a, s') + \gamma V(s')) + c",
        (
            r"\sum_{s'} P(s'|s, a) (r(s, a, s') + c + \gamma V(s'))"
            r" = \sum_{s'} P(s'|s, a) (r(s, a, s') + \gamma V(s')) + 2 c",
            r"\sum_{s'} P(s'|s, a) (r(s, a, s') + \gamma V(s')) = \sum_{s'} P(s'|s, a) r(s, a, s') - \gamma"
            r" \sum_{s'} P(s'|s, a) V(s')",
        ),
    ),
    "inverses of tall products": (
        TALL,
        r"X^\top (y - X (X^\top X)^{-1} X^\top y) = 0",
        (r"X^\top (y + X (X^\top X)^{-1} X^\top y) = 0", r"X^\top (y - 2 X (X^\top X)^{-1} X^\top y) = 0"),
    ),
    "stochastic matrices": (
        STOCHASTIC,
        r"(I - \gamma P) (I + \gamma P) v = v - \gamma^2 P^2 v",
        (
            r"(I - \gamma P) (I + \gamma P) v = v + \gamma^2 P^2 v",
            r"(I - \gamma P) (I + \gamma P) v = v - \gamma P^2 v",
        ),
    ),
    "recursions": (
        RUNNING,
        r"m_t = (1 - b) \sum_{s=1}^t b^{t - s} g_s",
        (r"m_t = (1 - b) \sum_{s=1}^t b^{s} g_s", r"m_t = (1 + b) \sum_{s=1}^t b^{t - s} g_s"),
    ),
    "configurations": (
        UNITS,
        r"p(y_j = 1|x) = \frac{1}{1 + \exp\left( -b_j - \sum_{i=1}^m W_{ij} x_i \right)}",
        (
            r"p(y_j = 1|x) = \frac{1}{1 + \exp\left( b_j - \sum_{i=1}^m W_{ij} x_i \right)}",
            r"p(y_j = 1|x) = \frac{2}{1 + \exp\left( -b_j - \sum_{i=1}^m W_{ij} x_i \right)}",
        ),
    ),
    "assumed order": (
        ORDERED,
        r"t x + (1 - t) y \le x",
        (r"t x + (1 - t) y \le y", r"t x - (1 - t) y \le x"),
    ),
    "orthonormal rows": (
        ORTHONORMAL,
        r"\|x - W^\top W x\|^2 = \|x\|^2 - \|W x\|^2",
        (r"\|x - W^\top W x\|^2 = \|x\|^2 + \|W x\|^2", r"\|x - W^\top W x\|^2 = \|x\|^2 - 2 \|W x\|^2"),
    ),
    "unit vectors": (
        UNIT_VECTOR,
        r"\|x - u u^\top x\|^2 = \|x\|^2 - (u^\top x)^2",
        (r"\|x - u u^\top x\|^2 = \|x\|^2 + (u^\top x)^2",),
    ),
    "means of polynomials": (
        NORMAL,
        r"\frac{\partial}{\partial \sigma} \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f(\mu + \sigma \epsilon)]"
        r" = \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f'(\mu + \sigma \epsilon) \epsilon]",
        (
            r"\frac{\partial}{\partial \sigma} \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f(\mu + \sigma \epsilon)]"
            r" = \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f'(\mu + \sigma \epsilon)]",
        ),
    ),
    "largest of numbers": (
        REAL,
        r"|\max(x, y) - \max(u, v)| \le \max(|x - u|, |y - v|)",
        (r"|\max(x, y) - \max(u, v)| \le \min(|x - u|, |y - v|)",),
    ),
    "blocks": (
        BLOCKS,
        r"\begin{pmatrix} v \\ h \end{pmatrix}^\top \begin{pmatrix} 0 & A \\ A^\top & 0 \end{pmatrix}"
        r" \begin{pmatrix} v \\ h \end{pmatrix} = 2 v^\top A h",
        (
            r"\begin{pmatrix} v \\ h \end{pmatrix}^\top \begin{pmatrix} 0 & A \\ A^\top & 0 \end{pmatrix}"
            r" \begin{pmatrix} v \\ h \end{pmatrix} = v^\top A h",
        ),
    ),
}
SLIPS = [(name, place) for name, (_, _, slips) in CLAIMS.items() for place in range(len(slips))]


def claim_of(declared: str, formula: str) -> Statement:
    document = read_text(f"{declared}\n\n$$\n{formula}\n$$\n", "note.md")
    statements = [step.statement for step in understand_document(document).steps]
    (found,) = [statement for statement in statements if statement.kind == "claim"]
    assert found.readings, found.problem
    return found


def told(declared: str, formula: str) -> Confirmation:
    found = claim_of(declared, formula)
    return confirm_on_numbers(found.readings[0], found.scope, SECONDS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_right_claim_is_shown_on_exact_instances(name: str) -> None:
    declared, right, _ = CLAIMS[name]
    answer = told(declared, right)
    assert answer.kind == "instances", answer.reason
    assert "exact at" in answer.reason
    assert "exact numbers" in answer.reason


@pytest.mark.parametrize(("name", "place"), SLIPS)
def test_a_slip_is_shown_to_fail(name: str, place: int) -> None:
    declared, _, slips = CLAIMS[name]
    answer = told(declared, slips[place])
    assert answer.kind in ("refuted", "unknown")
    assert answer.reason.endswith("fails"), answer.reason


def test_an_instance_says_its_sizes_and_draws() -> None:
    declared, right, _ = CLAIMS["inverses of tall products"]
    assert told(declared, right).reason.startswith("exact at n = 3, d = 2;")


def test_assumptions_that_cannot_be_met_show_nothing() -> None:
    answer = told(r"Let $x, y \in \mathbb{R}$ with $x < y$ and $y < x$.", "x - y = 1")
    assert answer.kind == "unknown"


def test_a_premise_is_met() -> None:
    declared = r"Let $c > 0$ and $g \in \mathbb{R}^n$. Suppose $\|g\| > c$."
    assert told(declared, r"\frac{c}{\|g\|} < 1").kind == "instances"
    assert told(declared, r"\frac{c}{\|g\|} > 1").kind != "instances"


def test_an_instance_in_numbers_is_what_the_script_shows() -> None:
    found = claim_of(*CLAIMS["stochastic matrices"][:2])
    sizes, claims = numbers_of(found.readings[0], found.scope)
    assert sizes == "n = 2"
    assert all(claim.left == claim.right and claim.left.is_Rational for claim in claims)


def test_numbers_lie_in_their_sorts() -> None:
    symbols = DrawnSymbols("seed", "rational")
    for place in range(50):
        assert 0 < symbols.symbol("t", UNIT, place) < 1
        assert symbols.symbol("a", POSITIVE, place) > 0
        assert symbols.symbol("k", Real(low=1.0, low_open=False, integer=True), place) >= 1
    assert symbols.symbol("t", UNIT, 3) == symbols.symbol("t", UNIT, 3)
    assert DrawnSymbols("seed", "logarithm").symbol("x", Real()).has(sympy.log)


def test_rows_are_orthonormal() -> None:
    rows = sympy.Matrix(orthonormal_rows(2, 3, "seed"))
    assert rows * rows.T == sympy.eye(2)


def test_a_point_solves_an_equation_for_one_symbol() -> None:
    x, y = sympy.symbols("x y", real=True)
    point = Point("seed", "rational", {})
    assert point.solve(x**2 - 3 * y + 1)
    assert point.settle(x**2 - 3 * y) == -1


def test_signs_of_exact_numbers() -> None:
    deadline = Deadline.after(SECONDS)
    root, log = sympy.sqrt, sympy.log
    assert sign_of(root(2) + root(3) - root(5 + 2 * root(6)), deadline) == 0
    assert sign_of(log(6) - log(2) - log(3), deadline) == 0
    assert sign_of(sympy.exp(1) - sympy.Rational(2718281828459045, 10**15), deadline) == 1
    assert sign_of(sympy.Symbol("x"), deadline) is None
    assert outcome("<", sympy.Integer(1), root(2), deadline) == "holds"
    assert outcome("=", sympy.Integer(1), root(2), deadline) == "fails"
