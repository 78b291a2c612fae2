"""From document to judged steps: order, directives, findings, what workers and SymPy contribute."""

import pytest

from errata.notes.document import read_text
from errata.verify.check import (
    Checker,
    confirm_statement,
    judge_statement,
    understand_document,
    with_sympy,
)
from errata.verify.settings import Settings
from errata.verify.verdict import Evidence, Judgement

LET = "Let $a \\in \\mathbb{R}$.\n\n"


@pytest.fixture(scope="module")
def checker():
    with Checker(Settings(timeout=10)) as opened:
        yield opened


def verdicts(checked):
    return [step.judgement.verdict for step in checked.steps if step.judgement]


def check(checker, note, kind="markdown"):
    return checker.check(read_text(note, "note.md", kind))


def test_steps_keep_their_order_and_only_claims_are_judged(checker):
    checked = check(checker, LET + "$$a + a = 2a = 3a$$\n\n$$s = a^2$$\n\n$$\\qwertz = a$$")
    assert [s.statement.kind for s in checked.steps] == ["declaration", "claim", "claim", "definition", "claim"]
    assert verdicts(checked) == ["proved", "wrong", "unread"]
    assert (checked.path, checked.findings) == ("note.md", ())


def test_understanding_judges_nothing():
    steps = understand_document(read_text(LET + "$$a + a = 3a$$")).steps
    assert [step.judgement for step in steps] == [None, None]


def test_an_expected_wrong_step_is_expected(checker):
    checked = check(checker, LET + "<!-- errata: expect wrong -->\n$$a + a = 3a$$\n\n$$a + a = 4a$$")
    assert [step.expected for step in checked.steps] == [False, True, False]
    assert checked.findings == ()


def test_an_expectation_that_is_not_met_is_an_error(checker):
    checked = check(checker, LET + "<!-- errata: expect wrong -->\n$$a + a = 2a$$")
    [finding] = checked.findings
    assert (finding.rule, finding.severity, finding.fragment_position.line) == ("expectation", "error", 4)
    assert finding.message.startswith("no step here was found wrong")
    assert [step.expected for step in checked.steps] == [False, False]


def test_an_expectation_at_a_row_is_about_that_row(checker):
    note = LET + "$$\n\\begin{aligned}\na + a &= 3a \\\\ % errata: expect wrong\n&= 4a\n\\end{aligned}\n$$"
    checked = check(checker, note)
    assert verdicts(checked) == ["wrong", "wrong"]
    assert [step.expected for step in checked.steps] == [False, True, False]


def test_an_expected_rule_must_be_the_rule(checker):
    fitting = check(checker, LET + "<!-- errata: expect wrong counterexample -->\n$$a + a = 3a$$")
    other = check(checker, LET + "<!-- errata: expect wrong log-of-product -->\n$$a + a = 3a$$")
    assert ([f.severity for f in fitting.findings], [f.severity for f in other.findings]) == ([], ["error"])


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- errata: ignore -->\n$$a = 2a$$",
        "<!-- errata: off -->\n\n$$a = 2a$$\n\n<!-- errata: on -->",
        "```\n$$a = 2a$$\n```",
        "<!-- $$a = 2a$$ -->",
    ],
)
def test_what_is_ignored_is_not_judged(hidden, checker):
    assert verdicts(check(checker, LET + hidden + "\n\n$$a + a = 2a$$")) == ["proved"]


def test_a_document_of_bad_form_has_findings(checker):
    [finding] = check(checker, "# A note\n\nHere $a = b\n\n$$1 + 1 = 2$$").findings
    assert (
        finding.rule,
        finding.severity,
        finding.fragment_position.line,
        finding.fragment_position.column,
    ) == ("form", "warning", 3, 6)


def test_any_number_of_jobs_gives_the_same(checker):
    note = LET + "$$a + a = 2a$$\n\n$$a + a = 3a$$\n\n$$\\sqrt{a^2} = |a|$$"
    with Checker(Settings(timeout=10, jobs=2)) as two:
        assert check(checker, note) == check(two, note)


def test_a_claim_that_takes_too_long_is_undecided_alone():
    note = LET + "$$a + a = 2a$$\n\n$$\\sum_{i=1}^{400} \\sum_{j=1}^{400} \\sum_{k=1}^{400} \\sin(ijka) = 7$$"
    with Checker(Settings(timeout=0.5)) as hasty:
        first, second = (step.judgement for step in check(hasty, note).steps if step.judgement)
    assert second.verdict == "undecided" and second.message
    assert first.verdict in ("proved", "undecided")


def test_every_witness_is_asked_where_that_is_wanted(checker):
    note = LET + "$$(a + 1)^2 = a^2 + 2a + 1$$"
    with Checker(Settings(every_witness=True)) as thorough:
        full = [e.witness for e in check(thorough, note).steps[-1].judgement.evidence]
    usual = [e.witness for e in check(checker, note).steps[-1].judgement.evidence]
    assert (full, usual) == (["proof", "numeric", "sympy"], ["proof", "numeric"])


# SymPy's word ----------------------------------------------------------------------------------------

HOLDS = Judgement("holds", "", "", (Evidence("numeric", "holds in 12 interpretations"),))


def test_a_general_proof_by_sympy_makes_a_step_proved():
    found = with_sympy(HOLDS, ("general", ""))
    assert (found.verdict, found.evidence[-1].witness) == ("proved", "sympy")


def test_exact_instances_are_evidence_and_no_proof():
    found = with_sympy(HOLDS, ("instances", "n = 1, 2"))
    assert (found.verdict, found.evidence[-1].detail) == ("holds", "proved on exact instances: n = 1, 2")


def test_a_condition_that_remains_is_not_proved_away():
    conditional = Judgement("holds", "", "holds if a > 0", HOLDS.evidence)
    assert with_sympy(conditional, ("general", "")).verdict == "holds"


def test_a_refutation_by_sympy_is_a_disagreement():
    found = with_sympy(HOLDS, ("refuted", "n = 2"))
    assert (found.verdict, found.rule) == ("undecided", "witnesses-disagree")


def test_nothing_said_changes_nothing():
    assert HOLDS is with_sympy(HOLDS, ("none", "time"))


# What runs in the workers ----------------------------------------------------------------------------


def statement(note):
    return understand_document(read_text(note)).steps[-1].statement


def test_judging_and_confirming_one_statement():
    claim = statement(LET + "$$a + a = 2a$$")
    assert judge_statement(claim, seed=0).verdict == "proved"
    assert confirm_statement(claim, seconds=3.0)[0] == "general"


def test_what_does_not_encode_is_not_confirmed():
    claim = statement("Let $f$ be a function.\n\n$$\\max_D \\sum_x p(x) D(x) = \\max_D \\sum_x D(x) p(x)$$")
    assert confirm_statement(claim, seconds=1.0) is None or confirm_statement(claim, seconds=1.0)[0] != "refuted"


def test_a_reference_to_the_library_says_that_it_is_not_compared_yet():
    document = read_text("<!-- errata: as gan/jsd -->\n$$\n1 + 1 = 2\n$$\n")
    (finding,) = understand_document(document).findings
    assert finding.rule == "reference"
    assert "not compared" in finding.message
