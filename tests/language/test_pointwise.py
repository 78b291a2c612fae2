"""Bare laws and functions in arithmetic are read at a point of their space."""

import pytest
from reading_helpers import term_of

from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.pointwise import lift
from errata.language.scope import Definition, Scope
from errata.language.terms import Name

USAGE = Usage(
    laws={"p": LawUsage(("x",)), "q": LawUsage(("x",)), "r": LawUsage(("z",), ("x",))},
    functions=frozenset("Df"),
    arguments={"D": ("x",)},
)
KNOWN = Knowledge(usage=USAGE)


def lifted(latex, knowledge=KNOWN, kept=frozenset()):
    return lift(term_of(latex, knowledge), knowledge, kept)


@pytest.mark.parametrize(
    ("bare", "written"),
    [
        (r"\frac{p}{p + q}", r"\frac{p(x)}{p(x) + q(x)}"),
        ("1 - D", "1 - D(x)"),
        (r"\log D + 1", r"\log D(x) + 1"),
        ("r + p", r"r(z \mid x) + p(x)"),
        (r"\sum_x p \log q", r"\sum_x p(x) \log q(x)"),
        (r"\mathbb{E}_{x \sim p}[\log D]", r"\mathbb{E}_{x \sim p}[\log D(x)]"),
        (r"\int p \log \frac{p}{q} \, dx", r"\int p(x) \log \frac{p(x)}{q(x)} \, dx"),
    ],
)
def test_bare_laws_and_functions_get_their_point(bare, written):
    assert term_of(written, KNOWN) == lifted(bare)


@pytest.mark.parametrize("latex", [r"KL(p \| q)", "H(p)", "p(x) + 1", "D(x)", "a + b", "f + 1", r"D(y)^2"])
def test_what_stands_for_itself_stays(latex):
    assert term_of(latex, KNOWN) == lifted(latex)


def test_names_that_are_kept_stay():
    assert term_of("D", KNOWN) == lifted("D", kept=frozenset("D"))


def test_a_defined_function_is_taken_at_its_parameters():
    scope = Scope(definitions={"f": Definition("f", ("t",), Name("t"))})
    knowledge = Knowledge(scope, USAGE)
    assert lifted("f(t) + 1", knowledge) == lifted("f + 1", knowledge)
