"""Sizes of which one is told to be at least another."""

from __future__ import annotations

import pytest

from errata.language.scope import Scope
from errata.language.sorts import SIZE, Real
from errata.language.terms import Comparison, Name
from errata.numeric_checks.sizes import choose_sizes

N, K = Name("n"), Name("k")
TWO = Real(low=2.0, high=2.0, low_open=False, high_open=False, integer=True)


@pytest.mark.parametrize("seed", range(4))
def test_the_larger_size_is_larger_and_every_third_time_alike(seed: int) -> None:
    scope = Scope(sorts={"n": SIZE, "k": SIZE}, assumptions=(Comparison(">=", N, K),))
    chosen = [choose_sizes(("k", "n"), scope, seed, attempt) for attempt in range(6)]
    assert [(s["n"] > s["k"], s["n"] == s["k"]) for s in chosen] == [
        (True, False), (True, False), (False, True), (True, False), (True, False), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_strictly_larger_size_is_never_alike(seed: int) -> None:
    scope = Scope(sorts={"n": SIZE, "k": SIZE}, assumptions=(Comparison(">", N, K),))
    assert all(s["n"] > s["k"] for s in (choose_sizes(("k", "n"), scope, seed, a) for a in range(6)))


def test_fixed_sizes_stay() -> None:
    scope = Scope(sorts={"n": TWO, "k": TWO}, assumptions=(Comparison(">=", N, K),))
    assert choose_sizes(("k", "n"), scope, 0, 0) == {"n": 2, "k": 2}
