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


LIBRARY = {
    "mean/square": "Let $r \\in (0, 1)$ and $c_1, \\dots, c_n \\in \\mathbb{R}$. Let $u_0 = 0$.\n\n"
    "$$u_t = r u_{t-1} + (1 - r) c_t^2$$\n"
}
MEAN = "Let $b \\in (0, 1)$ and $h_1, \\dots, h_m \\in \\mathbb{R}$. Let $s_0 = 0$.\n\n"


@pytest.mark.parametrize(
    ("identifier", "written", "rules"),
    [
        ("mean/square", "s_k = b s_{k-1} + (1 - b) h_k^2", []),
        ("mean/square", "s_k = b s_{k-1} + (1 - b) h_k", ["differs-from-reference"]),
        ("mean/square", "2 s_k = 2 b s_{k-1} + h_k^2", ["reference"]),
        ("mean/cube", "s_k = b s_{k-1} + (1 - b) h_k^2", ["reference"]),
    ],
)
def test_what_is_meant_to_be_of_the_library_is_compared_with_it(identifier, written, rules):
    document = read_text(f"{MEAN}<!-- errata: as {identifier} -->\n$${written}$$\n")
    with Checker(Settings(diagnose=False), library=LIBRARY.__getitem__) as checker:
        assert [f.rule for f in checker.check(document).findings] == rules


def test_without_a_library_nothing_is_compared():
    document = read_text("<!-- errata: as mean/square -->\n$$\n1 + 1 = 2\n$$\n")
    with Checker(Settings(diagnose=False)) as checker:
        assert checker.check(document).findings == ()


def test_a_convention_of_the_note_is_told_once():
    jsd = "\\mathrm{JSD}(p\\|q)"
    halves = "\\mathrm{KL}(p\\|\\tfrac{p+q}{2}) + \\mathrm{KL}(q\\|\\tfrac{p+q}{2})"
    note = f"Let $p(x)$ and $q(x)$ be positive densities.\n\n$${jsd} = {halves}$$\n\n$${halves} = {jsd}$$\n"
    with Checker(Settings(diagnose=False)) as checker:
        checked = checker.check(read_text(note))
        plain = checker.check(read_text(note.replace(f"$${jsd} = {halves}$$\n\n", "")))
    assert [f.rule for f in checked.findings] == ["convention"]
    assert plain.findings == ()
