"""Equations that give a function at a place by its other values, as that of Bellman."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

BELLMAN = "$$v(s) = \\sum_a \\pi(a|s) \\sum_{s'} p(s'|s,a) (r(s,a) + \\gamma v(s'))"


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def test_claims_about_the_other_values_are_judged():
    right = "\\sum_a \\pi(a|s) r(s,a) + \\gamma \\sum_a \\pi(a|s) \\sum_{s'} p(s'|s,a) v(s')"
    assert verdicts(f"{BELLMAN} = {right}$$")[0] in ("proved", "holds")
    assert verdicts(f"{BELLMAN} = {right.replace(chr(92) + 'gamma', '')}$$") == ["wrong"]


@pytest.mark.parametrize(
    "note",
    [
        "$$f(x) = 2 f(-x)$$\n\n$$f(x) = 0$$",
        "$$T(n) = T(n-1) + n = T(n-2) + (n-1) + n$$",
        "$$T(n) = 2 T(n/2) + n$$\n\n$$T(n) = 2 (2 T(n/4) + n / 2) + n$$",
    ],
)
def test_no_refutation_rests_on_what_is_not_solved(note):
    assert "wrong" not in verdicts(note)


def test_a_function_that_is_known_is_held_to_its_formula():
    assert "wrong" in verdicts("Let $f(x) = x^2$ and $y \\in \\mathbb{R}$.\n\n$$f(2) = f(1) + 1$$")
