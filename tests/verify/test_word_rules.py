"""Every rule of the word form against its sampler, and no slip in a true equation of matrices is ever proved."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from matrix_evaluation import Undefined, draw_model, evaluate, gap
from mutations import mutants
from proof_terms import mul, n, reading, sub, v
from word_rule_samplers import WHERE, WORD_RULES, Claim, WordSampler, op, total_of_squares, tp

from errata.language import terms as t
from errata.verify.equalities import attempt
from errata.verify.normal_form.workspace import Mode
from errata.verify.proof import prove
from errata.verify.word_form import (
    algebra,
    blocks,
    determinants,
    equality,
    gradients,
    kronecker,
    moments,
    operations,
    pseudo_inverses,
    random_vectors,
    unit_columns,
)

INSTANCES = 10
MODELS = 10
TOLERANCE = 2e-5
WORDS = Mode(words=True)


def counts(claim: Claim, sampler: WordSampler, models: int = MODELS) -> tuple[int, int]:
    """In how many models the two sides agree and differ."""
    found = [0, 0]
    for seed in range(models):
        model = draw_model(sampler.where, seed, sampler.special)
        try:
            different = gap(evaluate(claim[0], model), evaluate(claim[1], model)) > TOLERANCE
        except (Undefined, ValueError, np.linalg.LinAlgError):
            continue
        found[different] += 1
    return found[0], found[1]


@pytest.mark.parametrize("sampler", WORD_RULES, ids=lambda sampler: sampler.rule)
def test_inside_its_side_condition_the_rule_proves_what_is_true(sampler: WordSampler) -> None:
    rng = random.Random(sampler.rule)
    agreed = 0
    named = set()
    for _ in range(INSTANCES):
        claim = sampler.inside(rng)
        found = attempt(reading(claim[0], "=", claim[1]), sampler.where, WORDS, 50_000)
        assert found is not None, claim
        assert not found.conditions
        named.update(found.rules)
        held, failed = counts(claim, sampler)
        assert failed == 0, claim
        agreed += held
    assert agreed >= 50
    assert sampler.rule in named


@pytest.mark.parametrize("sampler", WORD_RULES, ids=lambda sampler: sampler.rule)
def test_outside_it_the_claim_is_false_and_not_proved(sampler: WordSampler) -> None:
    rng = random.Random(sampler.rule)
    for _ in range(INSTANCES // 2):
        claim = sampler.outside(rng)
        assert counts(claim, sampler)[1] > 0, (claim, sampler.condition)
        assert prove(reading(claim[0], "=", claim[1]), sampler.where) is None, claim


@pytest.mark.parametrize("sampler", WORD_RULES, ids=lambda sampler: sampler.rule)
def test_no_refuted_slip_is_proved(sampler: WordSampler) -> None:
    rng = random.Random(sampler.rule)
    false = 0
    for _ in range(3):
        left, right = sampler.inside(rng)
        slips = [(other, right) for other in _slips(left)] + [(left, other) for other in _slips(right)]
        for claim in rng.sample(slips, min(12, len(slips))):
            failed = counts(claim, sampler, 4)[1]
            false += failed > 0
            if failed:
                assert attempt(reading(claim[0], "=", claim[1]), sampler.where, WORDS, 8_000) is None, claim
    assert false > 2


def _slips(term: t.Term) -> Iterator[t.Term]:
    yield from mutants(term)
    yield from _exchanged(term)


def _exchanged(term: t.Term) -> Iterator[t.Term]:
    """The term with two neighbouring factors exchanged, or an inverse lost, somewhere in it."""
    if isinstance(term, t.Product):
        for place in range(len(term.factors) - 1):
            one, other = term.factors[place : place + 2]
            yield replace(term, factors=(*term.factors[:place], other, one, *term.factors[place + 2 :]))
    if isinstance(term, t.MatrixOperation) and term.operation == "inverse":
        yield term.arguments[0]
    for item in fields(term):
        if item.name != "span":
            for changed in _inside(getattr(term, item.name)):
                yield replace(term, **{item.name: changed})


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, t.Term):
        yield from _exchanged(value)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            for changed in _inside(part):
                yield (*value[:place], changed, *value[place + 1 :])


def test_a_sum_over_a_family_comes_out_of_a_trace() -> None:
    left, right = total_of_squares()
    assert prove(reading(left, "=", right), WHERE) is not None


def test_squares_and_definite_forms_are_nonnegative() -> None:
    form = mul(tp(v("x")), tp(v("W")), v("W"), v("x"))
    claims = [
        (mul(tp(v("z")), tp(v("W")), v("W"), v("z")), ">=", n(0)),
        (mul(tp(v("x")), v("P"), v("x")), ">=", n(0)),
        (op("squared_norm", sub(mul(v("A"), v("x")), v("y"))), ">=", n(0)),
    ]
    assert all(prove(reading(*claim), WHERE) is not None for claim in claims)
    assert prove(reading(mul(tp(v("x")), v("S"), v("x")), ">=", n(0)), WHERE) is None
    assert prove(reading(mul(tp(v("x")), v("P"), v("y")), ">=", n(0)), WHERE) is None
    assert prove(reading(form, ">=", n(1)), WHERE) is None


def test_every_rule_has_a_sampler() -> None:
    modules = (
        algebra,
        blocks,
        determinants,
        equality,
        gradients,
        kronecker,
        moments,
        operations,
        pseudo_inverses,
        random_vectors,
        unit_columns,
    )
    names = {
        value
        for module in modules
        for attribute, value in vars(module).items()
        if attribute.isupper() and isinstance(value, str) and " " in value
    }
    names |= set(random_vectors.FUNCTIONALS.values())
    assert names - {"determinant of", "inverse of", "pseudo-inverse of", *_OF_SCALARS} <= {
        sampler.rule for sampler in WORD_RULES
    }


_OF_SCALARS = {"chain rule", "product rule", "derivative under the sum"}
