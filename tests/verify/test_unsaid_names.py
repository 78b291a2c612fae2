"""A name that nothing explains protects a step, unless the step fails whatever is meant by it."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.verdict import Judgement

DECLARED = (
    "Let $x_1, \\dots, x_n$ be real numbers. Let $c$ be a real number. Let $w \\in \\mathbb{R}^m$ and "
    "$A \\in \\mathbb{R}^{m\\times m}$. Let $p(y)$ and $q(y)$ be positive laws.\n\n"
)


def judged(claim: str, after: str = "") -> Judgement:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n\n{after}\n"))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim"))


@pytest.mark.parametrize(
    "claim",
    [
        "\\sum_{i=1}^n (x_i + c) = \\sum_{i=1}^n x_j + n c",
        "\\|w\\|^2 = w_k^2",
        "\\operatorname{tr}(A^\\top A) = \\sum_{i=1}^m A_{il}^2",
        "\\mathrm{KL}(p\\|q) = p(y)\\log\\frac{p(y)}{q(y)}",
        "\\|w\\|^2 = w_k w_l",
    ],
)
def test_what_fails_wherever_an_index_stands_is_wrong(claim: str) -> None:
    found = judged(claim)
    assert (found.verdict, found.rule) == ("wrong", "unbound-index")


@pytest.mark.parametrize(
    "claim",
    [
        "\\max_j w_j = w_k",
        "\\max_j w_j^2 = w_k w_l",
        "\\sum_{i=1}^n x_i^2 = \\sum_{i=1}^n x_i^2 + x_k - x_l",
        "\\min_y p(y) = p(y')",
    ],
)
def test_what_holds_for_some_index_is_undecided(claim: str) -> None:
    found = judged(claim)
    assert found.verdict == "undecided"
    assert found.rule in ("unbound-index", "undefined-name")


def test_a_name_that_can_be_any_number_is_undecided() -> None:
    found = judged("(c + 1)^2 = c^2 + 2 d c + 1")
    assert (found.verdict, found.rule) == ("undecided", "undefined-name")
    assert "d" in found.message


@pytest.mark.parametrize("after", ["The only entry of $w$ that is not zero is at $k$.", "Here $k = 1$ if $w$ is so."])
def test_an_index_that_a_later_sentence_speaks_of_is_undecided(after: str) -> None:
    assert judged("\\|w\\|^2 = w_k^2", after).verdict == "undecided"


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Let $u \\in \\mathbb{R}^n$ with $u_1 = \\dots = u_n$.", "\\frac{1}{n} \\sum_{i=1}^n u_i = u_1"),
        ("Let $u \\in \\mathbb{R}^n$ with $u_1 = \\dots = u_n$.", "\\frac{1}{n} \\sum_{i=1}^n u_i = u_k"),
        ("Let $u_1 = u_2 = \\dots = u_n = 1$.", "\\sum_{i=1}^n u_i = n u_k"),
    ],
)
def test_what_is_said_of_entries_in_words_that_are_not_read_protects_their_array(said: str, claim: str) -> None:
    placed = read_document(read_text(f"{said}\n\n$${claim}$$\n"))
    assert judge(next(p.statement for p in placed if p.statement.kind == "claim")).verdict == "undecided"


MAPS = "Let $F, G : Z \\to X$ and $D : X \\to (0, 1)$ and let $p$ be a law of $z$.\n\n"


def judged_lines(*lines: str) -> list[Judgement]:
    body = " \\\\\n".join(lines)
    placed = read_document(read_text(f"{MAPS}$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$\n"))
    return [judge(p.statement) for p in placed if p.statement.kind == "claim"]


def test_a_declared_function_that_a_chain_loses_is_a_slip() -> None:
    found = judged_lines(
        "\\mathbb{E}_{z \\sim p}[D(G(z)) D(F(z))] &= \\sum_z p(z) D(G(z)) D(F(z))",
        "&= \\sum_z p(z) D(F(z))",
    )
    assert [f.verdict for f in found] == ["proved", "wrong"]


@pytest.mark.parametrize(
    "lines",
    [
        ["\\mathbb{E}_{z \\sim p}[D(G(z))] &= \\mathbb{E}_{z \\sim p}[D(F(z))]"],
        ["\\mathbb{E}_{z \\sim p}[D(G(z))] &= \\sum_z p(z) D(G(z))", "&= 1/2"],
        ["\\mathbb{E}_{z \\sim p}[D(G(z))] &= \\mathbb{E}_{z \\sim p}[D(F(z))]", "&= 1/2"],
        ["\\mathbb{E}_{z \\sim p}[D(G(z))] &= \\sum_z p(z) D(G(z))", "&= \\sum_z p(z) D(F(z))"],
        ["\\mathbb{E}_{z \\sim p}[D(G(z))] &= \\sum_z p(z) D(G(z))", "&= \\frac{1}{2} \\sum_z p(z)"],
    ],
)
def test_a_relation_may_say_what_a_declared_function_is(lines: list[str]) -> None:
    found = judged_lines(*lines)[-1]
    assert found.verdict == "undecided"
    assert "may say what" in found.message


@pytest.mark.parametrize(
    ("remark", "verdict"),
    [("linearity", "wrong"), ("exchange the sums", "wrong"), ("", "undecided"), ("stationarity", "undecided")],
)
def test_a_rearrangement_sets_no_function(remark: str, verdict: str) -> None:
    claim = "\\sum_z p(z) (D(G(z)) + D(F(z))) &= \\sum_z p(z) D(F(z)) && \\text{(REMARK)}".replace("REMARK", remark)
    assert [f.verdict for f in judged_lines(claim)] == [verdict]
    right = (
        "\\sum_z p(z) (D(G(z)) + D(F(z))) &= \\sum_z p(z) D(F(z)) + \\sum_z p(z) D(G(z)) && \\text{(REMARK)}".replace(
            "REMARK", remark
        )
    )
    assert [f.verdict for f in judged_lines(right)] == ["proved"]


def test_a_rearrangement_may_bring_in_a_function() -> None:
    (found,) = judged_lines("\\sum_z p(z) D(G(z)) &= \\sum_z p(z) D(F(z)) && \\text{(collect)}")
    assert found.verdict == "undecided"


def test_what_a_remark_rearranges_may_yet_be_a_function_by_itself() -> None:
    (found,) = judged_lines("D(x) &= \\sum_z p(z) D(G(z)) && \\text{(linearity)}")
    assert found.verdict == "undecided"


def test_the_variables_of_a_law_are_explained_by_its_declaration() -> None:
    said = "Let $p$ and $q$ be laws of $y$.\n\n$$\\mathrm{KL}(p\\|q) = p(y)\\log\\frac{p(y)}{q(y)}$$\n"
    (claim,) = [p.statement for p in read_document(read_text(said)) if p.statement.kind == "claim"]
    assert judge(claim).rule == "unbound-index"
    told = said.replace("of $y$.", "of $y$. Here $y$ is the only point that $p$ allows.")
    (claim,) = [p.statement for p in read_document(read_text(told)) if p.statement.kind == "claim"]
    assert judge(claim).verdict == "undecided"
