"""A small sample of the mutation suite: enough to see that nothing false is called right, nor right wrong."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "verify"))

from suite import Tally, cases, run_case, sources

SAMPLE, MOST = 4, 2


def test_a_sample_of_slips_is_found_and_of_rewritings_accepted() -> None:
    tally = Tally()
    rng = random.Random(1)
    for text, path in rng.sample(sources(()), SAMPLE):
        tally.add(run_case(rng.choice(list(cases(text, path))), 0, MOST))
    assert tally.called_right == []
    assert tally.false_alarms == []
    assert sum(tally.mutants.values()) >= SAMPLE
    assert sum(tally.detected.values()) >= 0.7 * sum(tally.mutants.values())
    assert sum(tally.mended.values()) >= 0.5 * sum(tally.detected.values())
