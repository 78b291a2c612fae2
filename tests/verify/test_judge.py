"""The judge merges the witnesses: each verdict, and when it is given."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.outcome import Agreement, Counterexample, Refutation
from errata.verify import judge as judge_module
from errata.verify.judge import describe, describe_proof, judge
from errata.verify.verdict import Proof


def claims(note):
    return [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def judged(note):
    """Judge the last claim of a note."""
    return judge(claims(note)[-1])


@pytest.mark.parametrize(
    ("note", "verdict", "said"),
    [
        ("Let $a, b \\in \\mathbb{R}$.\n\n$$(a+b)^2 = a^2 + 2ab + b^2$$", "proved", ""),
        ("Let $a, b \\in \\mathbb{R}$.\n\n$$(a+b)^2 = a^2 + ab + b^2$$", "wrong", "the two sides differ"),
        ("Let $a \\in \\mathbb{R}$.\n\n$$e^a \\le a$$", "wrong", "the relation fails"),
        ("Let $a \\in \\mathbb{R}$.\n\n$$\\sqrt{a^2} = a$$", "conditional", "fails where a < 0"),
        ("$$\\log 5 = 2.322$$", "conditional", "holds if \\log is base 2"),
        ("$$a + b = 1$$", "undecided", "this may be a condition that is set, not a claim"),
        ("$$\\qwertz{a} = b$$", "unread", "\\qwertz was not understood"),
        ("$$a = \\frac{1}{$$", "unread", "{ is never closed"),
    ],
)
def test_each_verdict(note, verdict, said):
    found = judged(note)
    assert (verdict, said) == (found.verdict, found.message)


def test_a_proof_and_numbers_are_the_evidence_of_what_is_proved():
    found = judged("$$p(x, z) = p(x \\mid z) p(z)$$")
    assert [evidence.witness for evidence in found.evidence] == ["proof", "numeric"]


def test_without_reasons_the_verdict_is_the_same_and_the_proof_names_no_rule():
    [claim] = claims("$$p(x, z) = p(x \\mid z) p(z)$$")
    named, unnamed = judge(claim), judge(claim, reasons=False)
    assert named.verdict == unnamed.verdict == "proved"
    assert [e.detail for e in named.evidence if e.witness == "proof"] == ["by conditional probability"]
    assert [e.detail for e in unnamed.evidence if e.witness == "proof"] == ["proved in general"]


def test_a_wrong_step_has_its_counterexample():
    found = judged("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 3a$$")
    assert found.counterexample.values["a"] != "0"
    assert found.counterexample.left != found.counterexample.right


def test_a_redefinition_in_another_section_is_no_wrong_step():
    note = "# One\n\n$$s = a + b$$\n\n# Two\n\n$$s = a b$$"
    assert (judged(note).verdict, judged(note).rule) == ("conditional", "redefined")


def test_what_was_not_understood_protects():
    note = "Let $W \\in \\mathbb{R}^{2 \\times 2}$ be circulant.\n\n$$W^\\top = -W$$"
    found = judged(note)
    assert (found.verdict, "circulant" in found.message) == ("undecided", True)


def test_an_image_law_that_nobody_states_is_named():
    note = """Let $p_z$ be a law of $z$. Let $p_g$ be a law of $x$. Let $D: X \\to (0,1)$. Let $G: Z \\to X$.

$$\\mathbb{E}_{z \\sim p_z}[\\log(1 - D(G(z)))] = \\mathbb{E}_{x \\sim p_g}[\\log(1 - D(x))]$$"""
    found = judged(note)
    assert found.verdict == "conditional"
    assert found.message.startswith("holds if p_{g} is the law of G(z)")


def test_a_stated_image_law_is_used():
    note = """Let $p_z$ be a law of $z$. Let $D: X \\to (0,1)$ and $G: Z \\to X$.
Let $p_g$ be the law of $G(z)$ with $z \\sim p_z$.

$$\\mathbb{E}_{z \\sim p_z}[\\log(1 - D(G(z)))] = \\mathbb{E}_{x \\sim p_g}[\\log(1 - D(x))]$$"""
    assert judged(note).verdict in ("proved", "holds")


def refutation(thin=""):
    return Refutation(Counterexample({"a": "1"}, "1", "2", True), frozenset("a"), thin)


def test_witnesses_that_disagree_are_a_bug_of_ours_and_no_verdict(monkeypatch):
    [claim] = claims("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 2a$$")
    monkeypatch.setattr(judge_module, "check_numerically", lambda *_, **__: refutation())
    found = judge(claim)
    assert (found.verdict, found.rule) == ("undecided", "witnesses-disagree")
    assert [evidence.witness for evidence in found.evidence] == ["proof", "numeric"]


def test_a_failure_on_a_thin_set_is_conditional_even_against_a_proof(monkeypatch):
    [claim] = claims("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 2a$$")
    monkeypatch.setattr(judge_module, "check_numerically", lambda *_, **__: refutation("a = 0"))
    assert (judge(claim).verdict, judge(claim).message) == ("conditional", "fails where a = 0")


def test_a_proof_with_conditions_only_holds(monkeypatch):
    [claim] = claims("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 2a$$")
    monkeypatch.setattr(judge_module, "prove", lambda *_, **__: Proof(("cancelling",), ("a \\ne 0", "a < 2")))
    found = judge(claim)
    assert (found.verdict, found.message) == ("holds", "holds if a \\ne 0 and a < 2")


def test_without_a_proof_it_holds(monkeypatch):
    [claim] = claims("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 2a$$")
    monkeypatch.setattr(judge_module, "prove", lambda *_, **__: None)
    assert judge(claim).verdict == "holds"


def test_the_same_seed_gives_the_same_judgement():
    [claim] = claims("Let $a, b \\in \\mathbb{R}$.\n\n$$e^{a b} = e^a e^b$$")
    assert judge(claim, 3) == judge(claim, 3)


def test_how_evidence_is_described():
    assert describe(Agreement(12, (2, 3), 9)) == "holds in 12 interpretations, sizes 2, 3, to 9 digits"
    assert describe(Agreement(1, (), 15)) == "holds in 1 interpretations, to 15 digits"
    assert (
        describe_proof(Proof(())),
        describe_proof(Proof(("Bayes' rule", "linearity"))),
    ) == ("by algebra", "by Bayes' rule, linearity")


@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        ("\\int_{\\infty}^{\\infty} e^{-u^2} \\, du = \\sqrt{\\pi}", ("wrong",)),
        ("\\int_{-\\infty}^{-\\infty} e^{-u^2} \\, du = \\sqrt{\\pi}", ("wrong",)),
        ("\\int_{\\infty}^{-\\infty} e^{-u^2} \\, du = \\sqrt{\\pi}", ("wrong",)),
        ("\\int_{\\infty}^{0} e^{-u} \\, du = 1", ("wrong",)),
        ("\\int_{\\infty}^{-\\infty} e^{-u^2} \\, du = -\\sqrt{\\pi}", ("proved", "holds")),
        ("\\int_{-\\infty}^{\\infty} e^{-u^2} \\, du = \\sqrt{\\pi}", ("proved", "holds")),
    ],
)
def test_an_integral_between_infinite_ends_goes_the_way_they_stand(claim, verdicts):
    assert judged(f"$${claim}$$").verdict in verdicts
