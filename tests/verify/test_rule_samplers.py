"""Every rule of the symbolic witness against its sampler: sound inside, idle condition nowhere."""

from __future__ import annotations

import random

import pytest
from direct_evaluation import Undefined, Unsupported, draw_model, evaluate
from proof_terms import reading
from rule_samplers import RULES, Claim, RuleSampler

from errata.language import terms as t
from errata.language.scope import Scope
from errata.verify import averages, certificates, implications, induction
from errata.verify.normal_form import (
    arrays,
    derivatives,
    eliminations,
    extrema,
    laws,
    logarithms,
    lowering,
    lowering_binders,
    lowering_probability,
    means,
    polynomials,
    totals,
    zero,
)
from errata.verify.proof import prove

INSTANCES = 4


def holds_somewhere_and_fails(claim: Claim, where: Scope) -> tuple[int, int]:
    """In how many models the claim holds and fails."""
    left, relation, right = claim
    counts = [0, 0]
    for seed in range(6):
        model = draw_model(where, seed)
        try:
            held = evaluate(t.Comparison(relation, left, right), model, {})  # type: ignore[arg-type]
        except (Undefined, Unsupported):
            continue
        counts[not held] += 1
    return counts[0], counts[1]


def evaluable(claim: Claim) -> bool:
    """Whether the direct evaluator knows such claims: no implication, no random variable without a law."""
    terms = [part for side in (claim[0], claim[2]) for part in t.subterms(side)]
    if claim[1] == "=>":
        return False
    hard = any(isinstance(part, t.Expectation) and not part.draws for part in terms)
    return not hard and not any(isinstance(part, t.Aggregate) and part.operation == "argmax" for part in terms)


@pytest.mark.parametrize("sampler", RULES, ids=lambda sampler: sampler.rule)
def test_inside_its_side_condition_the_rule_proves_what_is_true(sampler: RuleSampler) -> None:
    rng = random.Random(sampler.rule)
    named = set()
    for _ in range(INSTANCES):
        claim = sampler.inside(rng)
        proof = prove(reading(*claim), sampler.where)
        assert proof is not None, claim
        assert not proof.conditions
        named.update(proof.rules)
        if evaluable(claim) and "an assumption" not in proof.rules:
            held, failed = holds_somewhere_and_fails(claim, sampler.where)
            assert held > 0 and failed == 0, claim
    assert sampler.rule in named


@pytest.mark.parametrize("sampler", [s for s in RULES if s.outside], ids=lambda sampler: sampler.rule)
def test_outside_it_the_claim_is_false_and_not_proved(sampler: RuleSampler) -> None:
    rng = random.Random(sampler.rule)
    assert sampler.outside is not None and sampler.condition
    failures = 0
    for _ in range(INSTANCES):
        claim = sampler.outside(rng)
        proof = prove(reading(*claim), sampler.where)
        assert proof is None or proof.conditions, claim
        if evaluable(claim):
            failures += holds_somewhere_and_fails(claim, sampler.where)[1]
    assert failures > 0 or sampler.rule == "splitting off a term of a sum"


def test_every_rule_has_a_sampler() -> None:
    modules = (
        arrays,
        averages,
        certificates,
        derivatives,
        eliminations,
        extrema,
        implications,
        induction,
        laws,
        logarithms,
        lowering,
        lowering_binders,
        lowering_probability,
        means,
        polynomials,
        totals,
        zero,
    )
    names = {
        value
        for module in modules
        for attribute, value in vars(module).items()
        if attribute.isupper() and isinstance(value, str) and value
    }
    names |= set(lowering_probability.FUNCTIONALS.values())
    assert names <= {sampler.rule for sampler in RULES}
