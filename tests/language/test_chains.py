"""Displays into rows, rows into phrases, phrases into relations."""

import pytest

from errata.language.chains import phrases, rows_of
from errata.language.syntax import everything, leaf_text
from errata.language.tokens import tokenize


def written(nodes):
    return "".join(leaf_text(node) for node in everything(nodes))


def phrases_of(latex):
    """Return (is a condition, [(members, relations, implied), ...]) of every phrase, row by row."""
    found = []
    for row in rows_of(tokenize(latex)):
        assert row.problem is None
        for phrase in phrases(row.nodes):
            propositions = [
                ([written(m) for m in p.members], [leaf_text(r) for r in p.relations], p.implied)
                for p in phrase.propositions
            ]
            found.append((phrase.condition, propositions))
    return found


def claim(*members, relations="=", implied=""):
    signs = [relations] * (len(members) - 1) if isinstance(relations, str) else relations
    return (list(members), signs, implied)


@pytest.mark.parametrize(
    "latex",
    [
        r"a &= b \\ &= c",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{align*} a &= b \\[4pt] &= c \end{align*}",
        r"\begin{split} a &= b \\ &= c \end{split}",
        r"\begin{eqnarray} a &=& b \\ &=& c \end{eqnarray}",
    ],
)
def test_a_row_that_begins_with_a_relation_has_no_left_side(latex):
    assert [(False, [claim("a", "b")]), (False, [claim("", "c")])] == phrases_of(latex)


@pytest.mark.parametrize("latex", [r"a &= b + \\ &\quad c", r"a &= b \\ &\quad + c", r"a = \\ b + c"])
def test_a_row_that_goes_on(latex):
    [(condition, [(members, relations, _)])] = phrases_of(latex)
    assert (condition, members[0], members[-1], relations) == (False, "a", "b+c", ["="])


def test_a_chain_of_different_relations():
    assert [(False, [claim("a", "b", "c", relations=["\\le", "<"])])] == phrases_of(r"a \le b < c")


def test_a_bad_row_costs_only_itself():
    rows = rows_of(tokenize(r"a = b \\ (c = d \\ e = f"))
    assert [row.problem is None for row in rows] == [True, False, True]
    assert "never closed" in rows[1].problem.problem.message


@pytest.mark.parametrize("separator", [r"\quad", r",\quad", r"\text{ and }", ","])
def test_two_claims_beside_each_other(separator):
    expected = [(False, [claim("a", "b")]), (False, [claim("c", "d")])]
    assert expected == phrases_of(rf"a = b {separator} c = d")


@pytest.mark.parametrize(
    "latex", [r"a = b \quad \text{for } x > 0", r"a = b, \quad x > 0", r"a = b \quad \text{if } x > 0", "a = b, x > 0"]
)
def test_a_condition_on_a_row(latex):
    assert [(False, [claim("a", "b")]), (True, [claim("x", "0", relations=">")])] == phrases_of(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"a = b \quad (\text{Bayes})",
        r"a = b \quad \text{by Bayes' rule}",
        r"a = b && \text{(linearity, normalisation)}",
        r"a = b.",
        r"a = b,",
    ],
)
def test_reasons_and_full_stops_are_set_aside(latex):
    assert [(False, [claim("a", "b")])] == phrases_of(latex)


@pytest.mark.parametrize(("arrow", "kind"), [(r"\Rightarrow", "=>"), (r"\implies", "=>"), (r"\iff", "<=>")])
def test_implications(arrow, kind):
    assert [(False, [claim("a", "b"), claim("c", "d", implied=kind)])] == phrases_of(rf"a = b {arrow} c = d")


@pytest.mark.parametrize("latex", [r"a = b, \quad i = 1, \ldots, n", r"a = b, \quad i \in \{1, \ldots, n\}"])
def test_what_an_index_runs_over_is_no_claim(latex):
    assert [(False, [claim("a", "b")])] == [phrase for phrase in phrases_of(latex) if not phrase[0]]


def test_a_formula_without_a_relation_claims_nothing():
    [(_, [(members, relations, _)])] = phrases_of("a + b")
    assert (members, relations) == (["a+b"], [])
