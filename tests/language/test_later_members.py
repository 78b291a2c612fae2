"""Sequences that a formula gives one member on."""

import pytest

from errata.language.cursor import split_relations
from errata.language.knowledge import Knowledge
from errata.language.later_members import of_any_member, only_values_told
from errata.language.meaning import Meaning
from errata.language.parsing import Parsing
from errata.language.printer import to_latex
from errata.language.scope import Scope
from errata.language.statements import Reading, Statement
from errata.language.terms import Span
from errata.language.usage import gather


def sides(latex):
    nodes = Parsing({}).rows(latex)[0].nodes
    usage = gather([nodes, Parsing({}).rows(r"V_{n+1} a_{k+1} y_{j+1}")[0].nodes])
    meaning = Meaning(Knowledge(usage=usage))
    left, right = split_relations(nodes)[0]
    return meaning.expression(left), meaning.expression(right)


def rewritten(latex, letters=("n",), known=()):
    return [to_latex(side) for side in of_any_member(*sides(latex), {"V": frozenset(letters)}, known)]


def test_a_formula_for_the_next_member_is_one_for_every_member():
    assert rewritten(r"V_{n+1} = \sum_{k=1}^n a_k") == ["V_n", r"\sum_{k=1}^{n - 1} a_k"]
    assert rewritten(r"V_{n-2} = 3^n") == ["V_n", "3^{n + 2}"]


@pytest.mark.parametrize(
    ("latex", "letters", "known"),
    [
        (r"V_{n+1} = 1", ("n",), ()),
        (r"V_{n+1} = V_n + n", ("n",), ()),
        (r"V_{n+1} = n", ("n", "i"), ()),
        (r"V_{n+1} = n", ("n",), ("V",)),
        (r"V_{n} = n", ("n",), ()),
        (r"V_{1} = n", ("n",), ()),
        (r"V_{n+1} = \sum_{n=1}^3 n", ("n",), ()),
    ],
)
def test_other_equations_stay_as_they_are(latex, letters, known):
    left, right = sides(latex)
    assert of_any_member(left, right, {"V": frozenset(letters)}, known) == (left, right)


@pytest.mark.parametrize(
    ("formulas", "only"),
    [
        (["V_0 = 0"], True),
        (["V_0 = 0", "V_1 = a_1"], True),
        ([], False),
        (["V_0 = 0", "V_n = 1"], False),
        (["1 = V_0"], False),
    ],
)
def test_values_of_members_say_nothing_of_the_others(formulas, only):
    told = [Statement("claim", f, Span(0, 1), (Reading("=", *sides(f)),), Scope()) for f in formulas]
    assert only_values_told("V", told) is only
