"""Scripts of plain SymPy: right claims print True, slips False, without this package."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from importlib.resources import as_file

import pytest
from sympy_claims import CASES, GAN, PQ, REALS, a, claim, d, law, log, minus, n

from errata.derivations.library import find
from errata.notes.document import read_document
from errata.report.sympy_script import script_of
from errata.verify.check import understand_document
from errata.verify.sympy_script import to_script
from errata.verify.sympy_terms import CannotEncode

EQUATIONS = [name for name, (_, right, _) in CASES.items() if right.relation in ("=", "=>", "propto")]
SLIPS = [(name, number) for name in EQUATIONS for number in range(len(CASES[name][2]))]


def printed(script: str) -> str:
    """Run a script here: much quicker than a process each."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return out.getvalue().strip()


@pytest.mark.parametrize("name", EQUATIONS)
def test_the_script_of_a_right_claim_prints_true(name: str) -> None:
    scope, right, _ = CASES[name]
    assert printed(to_script(right, scope)) == "True"


@pytest.mark.parametrize(("name", "number"), SLIPS)
def test_the_script_of_a_slip_prints_false(name: str, number: int) -> None:
    scope, _, wrong = CASES[name]
    assert printed(to_script(wrong[number], scope)) == "False"


@pytest.mark.parametrize("name", ["ELBO and gap", "KL of two normals", "GAN optimum"])
def test_a_script_runs_alone(name: str) -> None:
    scope, right, wrong = CASES[name]
    for reading, expected in ((right, "True"), (wrong[0], "False")):
        script = to_script(reading, scope)
        assert "errata" not in script
        done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_an_inequality_is_shown_refuted_or_decided_at_points() -> None:
    assert printed(to_script(claim(n(1), n(2), "<"), REALS)) == "True"
    assert printed(to_script(claim(log(a), minus(a, n(2)), "<="), REALS)) == "False"
    assert printed(to_script(claim(log(a), minus(a, n(1)), "<="), REALS)) == "True at 24 points of exact numbers"


def test_names_are_safe_identifiers() -> None:
    script = to_script(claim(d("p_{data}", "x"), d("p_{data}", "x")), GAN)
    assert "def p_data(x=None):" in script


def test_what_has_no_sympy_form_has_no_script() -> None:
    with pytest.raises(CannotEncode):
        to_script(claim(law("p"), law("q")), PQ)


def test_the_same_claim_gives_the_same_script() -> None:
    scope, right, _ = CASES["KL of two normals"]
    assert to_script(right, scope) == to_script(right, scope)


def library_script(identifier: str, text: str) -> str:
    """The script of the first step of a derivation whose text contains this."""
    with as_file(find(identifier).file) as path:
        steps = [step.statement for step in understand_document(read_document(path)).steps]
    return script_of(next(step for step in steps if step.kind == "claim" and text in step.text))


@pytest.mark.parametrize(
    ("identifier", "text", "expected"),
    [
        ("mdp/bellman", "+ c + ", "True"),  # a transition kernel's chances sum to one
        ("mdp/bellman", "max_a", "True at 24 points of exact numbers"),  # a maximum of formulas
        ("conv/definition", "w(j + 1) x(t - j)", "True at 3 points of exact numbers"),  # a sum of unknown length
        ("relu/sum-of-sigmoids", "0.02", "True"),  # plain numbers
        ("vae/objective", "sigma^2 = ", "True"),  # what follows from an equation as it stands
        ("gan/losses", "D(x) (1 - D(G(z)))", "True"),  # a random variable taken at any point
        ("gan/binary-cross-entropy", "L(D(x), 1)", "True"),  # a family's bare name, any point
        ("bandit/regret", "{A = c\\}", "not decided"),  # the law of A may be P, or another
    ],
)
def test_the_script_of_a_step_of_the_library(identifier: str, text: str, expected: str) -> None:
    assert printed(library_script(identifier, text)) == expected
