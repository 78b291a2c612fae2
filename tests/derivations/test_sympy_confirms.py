"""Steps of the library that SymPy confirms on exact numbers: some for every mechanism (bench/sympy_share.py: all)."""

from __future__ import annotations

from importlib.resources import as_file

import pytest

from errata.derivations.library import find
from errata.language.statements import Statement
from errata.notes.document import read_document
from errata.report.sympy_script import script_of
from errata.verify.check import understand_document
from errata.verify.sympy_numbers import confirm_on_numbers

STEPS = (
    ("mdp/bellman", 4, "transition kernels"),
    ("mdp/linear-solve", 4, "stochastic matrices"),
    ("bayes-net/alarm", 1, "large tables"),
    ("matrix/least-squares", 12, "inverses"),
    ("optim/adam", 2, "recursions"),
    ("rl/sarsa", 4, "assumed order"),
    ("init/xavier", 2, "assumed means"),
    ("pca/reconstruction", 3, "orthonormal rows"),
    ("divergence/comparison", 1, "inequalities between laws"),
)


def claims_of(identifier: str) -> list[Statement]:
    with as_file(find(identifier).file) as path:
        statements = [step.statement for step in understand_document(read_document(path)).steps]
    return [statement for statement in statements if statement.kind == "claim"]


@pytest.mark.parametrize(("identifier", "place", "mechanism"), STEPS, ids=[mechanism for *_, mechanism in STEPS])
def test_sympy_confirms_a_step_of_the_library(identifier: str, place: int, mechanism: str) -> None:
    claim = claims_of(identifier)[place]
    answer = confirm_on_numbers(claim.readings[0], claim.scope, 20.0)
    assert answer.kind == "instances", answer.reason


@pytest.mark.parametrize("identifier", ["divergence/kl-asymmetry", "kalman/linear"])
def test_every_step_has_a_script(identifier: str) -> None:
    for claim in claims_of(identifier):
        assert script_of(claim).startswith('"""'), claim.text
