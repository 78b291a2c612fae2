"""Corrections are right where they stand, near to what was written, and keep its formatting."""

from __future__ import annotations

import pytest
from diagnosing import diagnosed, judgements, verdicts

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.diagnosis.diagnosis import diagnose

MATRICES = "Let $A, B \\in \\mathbb{R}^{n\\times n}$ be invertible and $x \\in \\mathbb{R}^n$.\n\n"
RATES = "Let $x$ be a real number, $a, b > 0$ and $r \\in (0,1)$.\n\n"
LAWS = "Let $p(y)$ and $q(y)$ be positive laws.\n\n"
SUMS = "Let $b_1, \\dots, b_n$, $c_1, \\dots, c_n$ and $t$ be real numbers.\n\n"
NUMBERS = "Let $a > 0$, $b > 0$ and $c > 0$.\n\n"


@pytest.mark.parametrize(
    ("before", "written", "rule", "mended"),
    [
        (MATRICES, "(AB)^{-1} = A^{-1}B^{-1}", "order", "(AB)^{-1} = B^{-1} A^{-1}"),
        (
            MATRICES,
            "\\nabla_x\\,(x^\\top A x) = (A - A^\\top)\\,x",
            "sign",
            "\\nabla_x\\,(x^\\top A x) = (A + A^\\top)\\,x",
        ),
        (
            RATES,
            "\\frac{d}{dx} \\tanh(a x) = a",
            "lost-derivative",
            "\\frac{d}{dx} \\tanh(a x) = (1 - \\tanh^2(a x)) a",
        ),
        (
            NUMBERS,
            "\\begin{pmatrix} 1 & 2 \\end{pmatrix} \\begin{pmatrix} 0.5 \\\\ 0.3 \\end{pmatrix} = 2 \\cdot 0.3",
            "constant",
            "\\begin{pmatrix} 1 & 2 \\end{pmatrix} \\begin{pmatrix} 0.5 \\\\ 0.3 \\end{pmatrix} = 2 \\cdot 0.3 + 0.5",
        ),
        (MATRICES, "\\det(AB) = \\det(A) + \\det(B)", "", "\\det(AB) = \\det(A) \\det(B)"),
        (NUMBERS, "(a + b)(a-b) = a^{2} + b^{2}", "sign", "(a + b)(a-b) = a^{2} - b^{2}"),
        (
            NUMBERS,
            "4 a b = a^2 + 2 a b + b^2 - (a^2 + 2 a b + b^2)",
            "sign",
            "4 a b = a^2 + 2 a b + b^2 - (a^2 - 2 a b + b^2)",
        ),
        (NUMBERS, "\\log (ab^3) = \\log a + 2\\log b", "factor", "\\log (ab^3) = \\log a + 3\\log b"),
        (NUMBERS, "\\sqrt{a^2 b} = a b", "square-root", "\\sqrt{a^2 b} = a \\sqrt{b}"),
        (NUMBERS, "a (b + 1) = a(b+1) + b", "extra-term", "a (b + 1) = a \\cdot (b + 1)"),
        (NUMBERS, "(a+b)^2 = a^2 + 2\\cdot 2 ab + b^2", "factor", "(a+b)^2 = a^2 + 2 a b + b^2"),
        (NUMBERS, "-2 \\cdot 0.3 = 0.61", "arithmetic", "-2 \\cdot 0.3 = -0.60"),
        (
            MATRICES,
            "x^\\top A x = \\sum_{i=1}^n \\sum_{j=1}^n x_i x_j",
            "factor",
            "x^\\top A x = \\sum_{i=1}^n \\sum_{j=1}^n A_{i,j} x_i x_j",
        ),
        (
            LAWS,
            "\\mathrm{KL}(p\\|q) = p(y) \\log\\frac{p(y)}{q(y)}",
            "lost-sum",
            "\\mathrm{KL}(p\\|q) = \\sum_{y} p(y) \\log\\frac{p(y)}{q(y)}",
        ),
        (NUMBERS, "(a+b-c)^2 = (a+b)^2 - 2ac", "missing-term", "(a+b-c)^2 = (a+b)^2 - 2 a c + c^{2} - 2 b c"),
        (NUMBERS, "(a-b)^2 = a^2 - 3ab + b^2", "factor", "(a-b)^2 = a^2 - 2ab + b^2"),
        (
            NUMBERS,
            "\\log\\frac{e^{-b}}{a^{c}} = \\frac{1}{a^{c}} \\log e^{-b}",
            "log-of-product",
            "\\log\\frac{e^{-b}}{a^{c}} = \\log \\frac{1}{a^{c}} + \\log e^{-b}",
        ),
        (
            LAWS,
            "\\mathrm{KL}(p\\|q) = \\sum_y \\log\\frac{p(y)}{q(y)}",
            "factor",
            "\\mathrm{KL}(p\\|q) = \\sum_y p(y) \\log\\frac{p(y)}{q(y)}",
        ),
        (
            SUMS,
            "\\frac{d}{dt} \\sum_{j=1}^n (c_j + t b_j)^2 = 2 \\sum_{j=1}^n (c_j + t) b_j",
            "lost-derivative",
            "\\frac{d}{dt} \\sum_{j=1}^n (c_j + t b_j)^2 = 2 \\sum_{j=1}^n (c_j + b_j t) b_j",
        ),
        (NUMBERS, "\\int_0^a x^2\\,dx = \\frac{a^3}{2}", "factor", "\\int_0^a x^2\\,dx = \\frac{a^3}{3}"),
        (NUMBERS, "\\log(4a) = \\log a", "constant", "\\log(4a) = \\log a + \\log 4"),
        (NUMBERS, "(a - b)^2 - c = a^2 + 2ab + b^2 + c", "sign", "(a - b)^2 - c = a^2 - 2 a b + b^2 - c"),
        (MATRICES, "A \\operatorname{adj}(A) = \\det(A) A", "", "A \\operatorname{adj}(A) = \\det(A) I"),
        (MATRICES, "\\det(a A) = a \\det(A)", "", "\\det(a A) = a^n \\det(A)"),
        (MATRICES, "\\det(2 A) = 2 \\det(A)", "", "\\det(2 A) = 2^n \\det(A)"),
        (RATES, "\\sum_{s=0}^\\infty r^s = 1", "", "\\sum_{s=0}^\\infty r^s = \\frac{1}{1 - r}"),
        (
            MATRICES,
            "(A \\circ B)^\\top = A \\circ B",
            "transpose",
            "(A \\circ B)^\\top = A^\\top \\circ B^\\top",
        ),
        (
            "Let $p(x, y)$ be a positive law.\n\n",
            "p(x, y) = p(x) p(y)",
            "wrong-law",
            "p(x, y) = p(x \\mid y) p(y)",
        ),
    ],
)
def test_a_slip_is_named_and_mended(before: str, written: str, rule: str, mended: str) -> None:
    found = diagnosed(f"{before}$${written}$$\n")
    assert found is not None and found.suggestion is not None
    assert rule in ("", found.rule)
    assert mended == found.suggestion.latex
    assert verdicts(f"{before}$${found.suggestion.latex}$$\n") != ["wrong"]


def test_a_later_line_of_a_chain_is_mended_by_itself() -> None:
    found = diagnosed(
        NUMBERS + "$$\n\\begin{aligned}\n(a+b)^2 &= (a+b)(a+b) \\\\\n&= a^2 + ab + b^2\n\\end{aligned}\n$$\n"
    )
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex == "= a^2 + 2 ab + b^2"


def test_the_edit_is_that_of_the_text() -> None:
    note = NUMBERS + "$$(a + b)(a-b) = a^{2} + b^{2}$$\n"
    found = diagnosed(note)
    assert found is not None and found.suggestion is not None
    edit, text = found.suggestion, "(a + b)(a-b) = a^{2} + b^{2}"
    assert edit.latex == text[: edit.start] + edit.replacement + text[edit.end :]


def test_without_a_correction_within_reach_none_is_shown() -> None:
    found = diagnosed(NUMBERS + "$$a^7 - b = \\sin(c) \\exp(b^c)$$\n")
    assert found is None or found.suggestion is None


def test_what_only_undoes_itself_is_no_correction() -> None:
    found = diagnosed("Let $a$ and $b$ be real numbers.\n\n$$a^2 = b$$\n")
    assert found is None or found.suggestion is None


def test_where_nothing_else_is_in_reach_a_single_edit_may_lead_to_the_line_before() -> None:
    note = "Let $W \\in \\mathbb{R}^{k \\times d}$ with $W W^\\top = I$ and $x \\in \\mathbb{R}^d$.\n\n"
    found = diagnosed(note + "$$x^\\top x - x^\\top W^\\top W x = x^\\top x + x^\\top W^\\top W x$$\n")
    assert found is not None and found.suggestion is not None
    assert found.rule == "sign"
    assert found.suggestion.latex.endswith("= x^\\top x - x^\\top W^\\top W x")


def test_what_a_definition_says_may_be_missing() -> None:
    note = NUMBERS + "Let $L = \\log a + \\sin(b c)$.\n\n"
    found = diagnosed(note + "$$L^2 - L \\log a = L$$\n")
    assert found is not None and found.suggestion is not None
    assert "\\sin" in found.suggestion.latex


def test_the_same_note_gives_the_same_diagnosis() -> None:
    note = MATRICES + "$$\\operatorname{tr}(AB) = \\operatorname{tr}(A)\\operatorname{tr}(B)$$\n"
    assert diagnosed(note) == diagnosed(note)


def test_a_left_side_is_mended_where_the_right_one_is_zero() -> None:
    found = diagnosed(NUMBERS + "$$(a+b)^2 - a^2 - ab - b^2 = 0$$\n")
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex.endswith("= 0")


def test_a_line_that_follows_from_a_wrong_one_is_told() -> None:
    lines = "$$\n\\begin{aligned}\n(a+b)^2 &= a^2 + ab + b^2 \\\\\n&= b^2 + ab + a^2\n\\end{aligned}\n$$\n"
    found = diagnosed(NUMBERS + lines)
    assert found is not None and "the next line follows from it" in found.message


def test_a_slip_in_writing_is_mended_by_what_the_next_line_says() -> None:
    chain = "\\begin{aligned}\n(a + b)(a - b) &= a^2 + b^2 \\\\\n&= a^2 - b^2\n\\end{aligned}"
    found = diagnosed(f"{NUMBERS}$$\n{chain}\n$$\n")
    assert found is not None and found.suggestion is not None
    assert found.rule == "sign"
    assert found.suggestion.latex.strip() == "(a + b)(a - b) &= a^2 - b^2"


def test_a_line_that_is_right_again_is_told() -> None:
    lines = "$$\n\\begin{aligned}\n(a+b)^2 &= a^2 + ab + b^2 \\\\\n&= a^2 + 2ab + b^2\n\\end{aligned}\n$$\n"
    found = diagnosed(NUMBERS + lines)
    assert found is not None and "right again" in found.message


def test_a_gap_in_the_words_of_a_sum_is_filled() -> None:
    found = diagnosed(NUMBERS + "$$(a+b)^3 = a^3 + 3a^2b + b^3$$\n")
    assert found is not None and found.suggestion is not None
    assert found.rule == "missing-term"


def test_a_correction_is_defined_wherever_the_written_line_is() -> None:
    note = "Let $t \\in \\{0, 1\\}$ and $s \\in \\mathbb{R}$.\n\n"
    found = diagnosed(note + "$$t (s - \\log(1 + e^s)) - (1 - t) s = t (s - \\log(1 + e^s)) - (1 - t) s + t$$\n")
    assert found is not None and found.suggestion is not None
    assert found.rule == "extra-term"


def test_an_equation_for_a_name_in_which_it_stands_again_is_mended() -> None:
    note = (
        "Let $P \\in \\mathbb{R}^{n\\times n}$, $v, r \\in \\mathbb{R}^n$ and $g \\in (0, 1)$ with $v = r + g P v$.\n\n"
    )
    found = diagnosed(note + "$$v = r - g P v$$\n")
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex == "v = r + g P v"


@pytest.mark.parametrize(
    ("lines", "told", "mended"),
    [
        (
            ["(a+b)^2 &= a^2 + ab + b^2", "&= b^2 + ab + a^2"],
            "the next line follows from it; the end of the chain is wrong; mended, the next line is = b^2 + 2 a b + a^2",
            "(a+b)^2 &= a^2 + 2 ab + b^2",
        ),
        (
            ["(a+b)^2 &= a^2 + b^2", "&= b^2 + a^2"],
            "mended, the next line is = b^2 + a^2 + 2 a b",
            "(a+b)^2 &= a^2 + b^2 + 2 a b",
        ),
        (
            ["(a+b)^2 &= a^2 + ab + b^2", "&= b^2 + ab + a^2", "&= b^2 + 2ab + a^2"],
            "a second slip takes it back, and the end of the chain is right",
            "(a+b)^2 &= a^2 + 2 ab + b^2",
        ),
        (
            ["(a+b)^2 &= a^2 - 2ab + b^2", "&= a^2 - 2ab + 2b^2", "&= a^2 + 2ab + b^2"],
            "the end of the chain is right",
            "(a+b)^2 &= a^2 + 2ab + b^2",
        ),
    ],
)
def test_what_an_error_does_to_its_chain_is_told(lines: list[str], told: str, mended: str) -> None:
    body = " \\\\\n".join(lines)
    found = diagnosed(f"{NUMBERS}$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$\n")
    assert found is not None and found.suggestion is not None
    assert told in found.message
    assert mended == found.suggestion.latex


def test_a_line_after_a_wrong_one_is_mended_by_what_the_chain_begins_with() -> None:
    lines = "(a+b)^2 &= a^2 - 2ab + b^2 \\\\\n&= a^2 - 2ab + 2b^2"
    document = read_text(f"{NUMBERS}$$\n\\begin{{aligned}}\n{lines}\n\\end{{aligned}}\n$$\n")
    places = [i for i, p in enumerate(read_document(document)) if p.statement.kind == "claim"]
    found = diagnose(document, places[-1])
    assert found is not None and found.suggestion is not None
    assert "a line before is wrong already" in found.message
    assert found.suggestion.latex == "= a^2 + 2ab + b^2"
    assert not found.suggestion.safe


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("1 + x \\le e^{-x}", "1 + x \\le e^{x}"),
        ("\\sqrt{ab} \\le \\frac{a - b}{2}", "\\sqrt{ab} \\le \\frac{a + b}{2}"),
        ("a = r a + b \\Rightarrow a = \\frac{b}{1 + r}", "a = \\frac{b}{1 - r}"),
        ("3 a = b \\Rightarrow a = 3 b", "a = \\frac{1}{3} b"),
        ("a < b \\Rightarrow \\frac{1}{a} < \\frac{1}{b}", "\\frac{1}{a} > \\frac{1}{b}"),
    ],
)
def test_a_bound_and_a_conclusion_are_mended_but_never_for_sure(written: str, mended: str) -> None:
    found = diagnosed(f"{RATES}$${written}$$\n")
    assert found is not None and found.suggestion is not None
    assert mended == found.suggestion.latex
    assert not found.suggestion.safe


def test_no_order_is_offered_between_two_numbers() -> None:
    found = diagnosed(NUMBERS + "$$\\frac{2}{3} = 0.665$$\n")
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex == "\\frac{2}{3} = 0.667"


@pytest.mark.parametrize(
    "written",
    [
        "\\log\\frac{a}{b} = \\log(b - a)",  # what is right says the left side again
        "\\log(1 + e^c) = \\log(e^c)",
        "4 (a (a + b) + a) = 4 a",
    ],
)
def test_no_correction_says_the_other_side_again_or_wastes_words(written: str) -> None:
    found = diagnosed(f"{NUMBERS}$${written}$$\n")
    told = found.suggestion.latex.split("=")[1] if found is not None and found.suggestion is not None else ""
    assert "\\frac{a}{b}" not in told and "(0)" not in told and "\\log e" not in told


def test_a_lost_solution_is_told_of() -> None:
    found = diagnosed("Let $x$ be a real number.\n\n$$x^2 = 9 \\Rightarrow x = 3$$\n")
    assert found is not None and found.suggestion is not None
    assert (found.rule, found.suggestion.latex) == ("domain", "\\left|x\\right| = 3")


def test_a_counterexample_of_an_implication_is_small() -> None:
    (found,) = judgements(f"{NUMBERS}$$a < b \\Rightarrow a^2 > b^2$$\n")
    assert found.counterexample is not None
    assert dict(found.counterexample.values) == {"a": "1", "b": "2"}
