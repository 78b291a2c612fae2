"""The symbolic witness proves true steps, names the reason, and stays inside its budget."""

from __future__ import annotations

import pytest
from direct_evaluation import Undefined, Unsupported, draw_model, evaluate
from proof_terms import SPACES, add, exp, fn, kl, law, log, mul, n, pw, ranged, reading, scope, sub, v
from true_steps import PROBABILITY, STEPS, Step

from errata.language import terms as t
from errata.language.sorts import Law, Real
from errata.verify.proof import find, prove


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_true_step_is_proved_with_its_reason(step: Step) -> None:
    proof = prove(reading(step.left, step.relation, step.right), step.scope)
    assert proof is not None
    assert set(step.reasons) <= set(proof.rules)
    assert proof.conditions == ()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_true_steps_are_true(step: Step) -> None:
    """The direct evaluator, which the other tests rely on, agrees with each of the hand-made steps."""
    if step.relation in ("=>", "propto"):
        pytest.skip("not a comparison of two values")
    checked = 0
    for seed in range(3):
        model = draw_model(step.scope, seed)
        try:
            holds = evaluate(t.Comparison(step.relation, step.left, step.right), model, {})  # type: ignore[arg-type]
        except (Undefined, Unsupported):
            continue
        checked += 1
        assert holds, (step.name, seed)
    assert checked


def test_the_same_input_gives_the_same_proof() -> None:
    for step in STEPS[::7]:
        claim = reading(step.left, step.relation, step.right)
        assert prove(claim, step.scope) == prove(claim, step.scope)


def test_an_exhausted_budget_is_no_proof() -> None:
    step = next(step for step in STEPS if step.name == "elbo")
    claim = reading(step.left, step.relation, step.right)
    assert prove(claim, step.scope, work=60) is None
    assert prove(claim, step.scope) is not None


def test_work_is_counted_on_large_powers() -> None:
    names = [v(symbol) for symbol in "abcdefgh"]
    huge = pw(add(*names), 12)
    assert find(reading(pw(huge, 12), "=", n(0)), scope()) is None


def test_hostile_terms_raise_nothing() -> None:
    tower: t.Term = n(9)
    for _ in range(6):
        tower = pw(n(9), tower)
    deep: t.Term = v("x")
    for _ in range(3000):
        deep = fn("sin", deep)
    for left in (tower, ranged("i", 1, pw(n(10), 12), v("i")), t.Constant("infinity"), fn("gamma", v("x"))):
        assert prove(reading(left, "=", n(0)), scope()) is None
    assert prove(reading(deep, "=", add(deep, n(1))), scope()) is None


def test_numbers_that_were_rounded_prove_nothing() -> None:
    third = t.Number(n("33/100").value, 2)
    assert prove(reading(fn("exp", n(0)), "=", third), scope()) is None
    assert prove(reading(n("1/3"), "=", third), scope()) is None
    assert prove(reading(n("1/2"), "=", t.Number(n("1/2").value, 1)), scope()) is not None


def test_no_claim_about_approximation_or_strictness_at_equality() -> None:
    spaces = scope({"r": Law(("x",)), "s": Law(("x",))}, spaces=SPACES)
    assert prove(reading(v("a"), "~=", v("a")), scope()) is None
    assert prove(reading(kl(law("r"), law("s")), ">", n(0)), spaces) is None
    assert prove(reading(exp(v("u")), ">", n(0)), scope({"u": Real()})) is not None


def test_the_base_of_the_notes_logarithm_reaches_entropies() -> None:
    binary = scope(PROBABILITY.sorts, spaces=SPACES, log_base=n(2))  # type: ignore[arg-type]
    natural = kl(law("r"), law("s"))
    in_bits = sub(
        t.Functional("cross_entropy", (law("r"), law("s"))),
        t.Functional("entropy", (law("r"),)),
    )
    assert prove(reading(natural, "=", in_bits), binary) is not None
    by_hand = t.Aggregate(
        "sum",
        t.Binder(v("x"), t.Space("x")),
        mul(
            t.Density(v("r"), (t.Slot("x", v("x")),)),
            log(t.Quotient(t.Density(v("r"), (t.Slot("x", v("x")),)), t.Density(v("s"), (t.Slot("x", v("x")),)))),
        ),
    )
    assert prove(reading(natural, "=", by_hand), binary) is None
    assert prove(reading(natural, "=", t.Quotient(by_hand, log(n(2)))), binary) is not None
