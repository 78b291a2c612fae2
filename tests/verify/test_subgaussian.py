"""Claims on subgaussian variables are tried under laws that surely fit, and hold at best."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def judged(formula, declared="Let $X$ be $\\sigma$-subgaussian and $t > 0$."):
    placed = read_document(read_text(f"{declared}\n\n$${formula}$$\n"))
    statement = [p.statement for p in placed if p.statement.kind == "claim"][-1]
    return judge(statement, reasons=False)


@pytest.mark.parametrize(
    "formula",
    [
        r"P(X \ge t) \le e^{-t^2/(2\sigma^2)}",
        r"P(|X| \ge t) \le 2 e^{-t^2/(2\sigma^2)}",
        r"\operatorname{Var}(X) \le \sigma^2",
        r"\mathbb{E}[e^{\lambda c X}] \le e^{\lambda^2 c^2 \sigma^2/2}",
    ],
)
def test_what_holds_under_all_laws_holds_but_is_not_proved(formula):
    found = judged(formula)
    assert found.verdict == "holds"
    assert "not for all subgaussian laws" in found.message


@pytest.mark.parametrize(
    ("formula", "law"),
    [
        (r"P(X \ge t) \le e^{-t^2/\sigma^2}", "X normal"),
        (r"P(X \ge t) \le \frac12 e^{-t^2/(2\sigma^2)}", "X of two equally likely values"),
        (r"\mathbb{E}[X^3] = 0", "X of two unequally likely values"),
    ],
)
def test_one_law_under_which_it_fails_refutes_a_claim(formula, law):
    found = judged(formula)
    assert (found.verdict, f"it fails for {law}," in found.message) == ("wrong", True)


def test_an_equation_that_may_be_set_does_not_hold_as_some_laws_have_it():
    assert judged(r"\operatorname{Var}(X) = \sigma^2").verdict == "undecided"


def test_two_variables_need_their_dependence():
    claim = r"\mathbb{E}[e^{\lambda (X + Y)}] \le e^{\lambda^2 \sigma^2}"
    assert judged(claim, "Let $X$ and $Y$ be independent and $\\sigma$-subgaussian.").verdict == "holds"
    assert judged(claim, "Let $X$ and $Y$ be $\\sigma$-subgaussian.").verdict == "undecided"


def test_what_else_is_said_of_a_variable_protects_it():
    found = judged(r"P(X \ge 3) \le e^{-5}", "Let $X$ be nonnegative and 1-subgaussian.")
    assert (found.verdict, found.message.startswith("more is said of X")) == ("undecided", True)


def test_members_of_a_family_have_their_own_proxies():
    declared = "Let $X_1, \\dots, X_n$ be independent, where $X_i$ is $\\sigma_i$-subgaussian."
    total = r"\exp\left(\lambda \sum_{i=1}^n X_i\right)"
    right = rf"\mathbb{{E}}\left[{total}\right] \le \exp\left(\frac{{\lambda^2}}{{2}} \sum_{{i=1}}^n \sigma_i^2\right)"
    wrong = rf"\mathbb{{E}}\left[{total}\right] \le \exp\left(\frac{{\lambda^2}}{{8}} \sum_{{i=1}}^n \sigma_i^2\right)"
    assert [judged(claim, declared).verdict for claim in (right, wrong)] == ["holds", "wrong"]
