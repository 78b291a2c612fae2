"""No slip in a true step is ever proved: every proof of a mutated step is checked by direct evaluation."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from direct_evaluation import Undefined, Unsupported, draw_model, evaluate, number
from mutations import mutants
from proof_terms import reading
from true_steps import STEPS, Step

from errata.language import terms as t
from errata.verify.proof import find

MOST_MUTANTS = 18
WORK = 6_000


def slips(step: Step) -> Iterator[tuple[t.Term, t.Term]]:
    """Some of the step's single slips, always the same ones."""
    every = [(left, step.right) for left in mutants(step.left)]
    every += [(step.left, right) for right in mutants(step.right)]
    chosen = random.Random(step.name).sample(range(len(every)), min(MOST_MUTANTS, len(every)))
    return iter([every[place] for place in sorted(chosen)])


def refuted(step: Step, left: t.Term, right: t.Term) -> tuple[int, float, float] | None:
    """The first model in which both sides have values that break the relation, None if there is none."""
    for seed in range(8):
        model = draw_model(step.scope, seed)
        try:
            one, other = (evaluate(side, model, {}) for side in (left, right))
            first, second = number(one), number(other)
        except (Undefined, Unsupported):
            continue
        gap = 1e-5 * max(1.0, abs(first), abs(second))
        broken = {
            "=": abs(first - second) > gap,
            "<=": first > second + gap,
            ">=": first < second - gap,
        }[step.relation]
        if broken:
            return seed, first, second
    return None


COMPARED = [step for step in STEPS if step.relation in ("=", "<=", ">=")]


@pytest.mark.parametrize("step", COMPARED, ids=lambda step: step.name)
def test_no_refuted_slip_is_proved(step: Step) -> None:
    for left, right in slips(step):
        if find(reading(left, step.relation, right), step.scope, work=WORK) is not None:
            assert refuted(step, left, right) is None, (left, step.relation, right)


def test_the_slips_are_slips() -> None:
    """The test above has teeth: most slips are false, and the evaluator sees it."""
    seen = false = 0
    for step in COMPARED:
        for left, right in slips(step):
            seen += 1
            false += refuted(step, left, right) is not None
    assert seen > 500
    assert false > 0.6 * seen
