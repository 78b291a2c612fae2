"""A reason carries its step alone: what it names suffices, with everything else switched off."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.equalities import Found
from errata.verify.reasons import Claimed, carries, carrying, reason_of


def proof(*ways):
    """Return an attempt that succeeds by the first of these sets of rules that is not switched off."""

    def attempt(disabled):
        for way in ways:
            if not disabled & set(way):
                return Found(tuple(way), (), 1)
        return None

    return attempt


def test_what_is_needed_is_named_and_what_is_not_is_left_out():
    attempt = proof(["a"], ["a", "b"])
    assert carrying(Found(("a", "b"), (), 1), attempt) == ("a",)


def test_of_rules_that_stand_in_for_each_other_one_is_named():
    attempt = proof(["a", "b"], ["a", "c"])
    assert carrying(Found(("a", "b"), (), 1), attempt) == ("a", "b")


def test_rules_that_act_only_where_others_are_off_are_switched_off_as_well():
    attempt = proof(["a", "b"], ["a", "d"], ["a"])
    assert carrying(Found(("a", "b"), (), 1), attempt) == ("a",)


def test_algebra_needs_no_rule():
    assert carrying(Found((), (), 1), proof([])) == ()


def test_what_nothing_carries_has_no_reason():
    assert carrying(Found(("a",), (), 1), lambda disabled: None if disabled else Found(("a", "z"), (), 1)) is None


def test_what_does_not_act_in_the_end_is_not_named():
    attempt = proof(["a", "b"], ["a"])
    assert carrying(Found(("a", "b"), (), 1), lambda off: Found(("a", "b"), (), 1) if not off else attempt(off)) == (
        "a",
    )


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("Let $a, b > 0$.\n\n$$\\log(a b) = \\log a + \\log b$$", "logarithm of a product"),
        ("Let $p$ be a law of $x$.\n\n$$\\sum_x p(x) = 1$$", "normalisation"),
    ],
)
def test_reasons_of_steps(note, rule):
    assert reason_of(claim_of(note)) == (rule,)


def claim_of(note):
    return next(p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim")


def test_a_conditional_that_is_turned_round_is_turned_by_bayes():
    claim = claim_of("Let $p(x, z)$ be a joint law.\n\n$$p(z|x) = \\frac{p(x|z) p(z)}{p(x)}$$")
    assert reason_of(claim) == ("Bayes' rule",)
    assert carries(Claimed(claim, ("Bayes' rule",)))


@pytest.mark.parametrize(
    ("rules", "carried"),
    [
        (("logarithm of a product",), True),
        (("Jensen's inequality",), False),
        ((), False),
        (("logarithm of a product", "Jensen's inequality"), False),
    ],
)
def test_a_reason_is_tried_by_itself(rules, carried):
    claim = claim_of("Let $a, b > 0$.\n\n$$\\log(a b) = \\log a + \\log b$$")
    assert carries(Claimed(claim, rules)) == carried


def test_a_step_without_a_proof_has_no_reason():
    assert reason_of(claim_of("$$1 = 2$$")) is None
    assert not carries(Claimed(claim_of("$$1 = 2$$"), ()))
