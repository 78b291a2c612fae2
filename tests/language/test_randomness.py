"""Undeclared names in means: which are taken for random, and under which law."""

import pytest
from reading_helpers import claims_of

from errata.language.sorts import Family, RandomVariable
from errata.language.terms import LawReference


def sort_in(note, symbol):
    return claims_of(note)[-1].statement.scope.sorts.get(symbol)


@pytest.mark.parametrize(
    ("note", "random", "constant"),
    [
        (r"$$E[aX] = a E[X]$$", "X", "a"),
        (r"$$\operatorname{Cov}(U, V) = \mathbb{E}[UV] - \mathbb{E}[U]\mathbb{E}[V]$$", "V", None),
        (r"$$\mathrm{Var}(bt) = b^2 \mathrm{Var}(t)$$", "t", "b"),
        (r"Let $t \in \mathbb{R}$ and $b > 0$. $$\mathrm{Var}(bt) = b^2 \mathrm{Var}(t)$$", "t", "b"),
        (r"$$\mathbb{E}[z^2] \ge 0$$", "z", None),
    ],
)
def test_what_stands_alone_in_a_mean_is_random(note, random, constant):
    assert isinstance(sort_in(note, random), RandomVariable)
    assert constant is None or not isinstance(sort_in(note, constant), RandomVariable)


def test_members_of_a_family_are_random():
    sort = sort_in(r"$$\sum_{i=1}^n E[X_i] = n$$", "X")
    assert isinstance(sort, Family)
    assert isinstance(sort.element, RandomVariable)


def test_a_parameter_of_the_only_law_over_the_space_stays_a_condition():
    sort = sort_in(r"$$\mathbb{E}[x] = \sum_x x\,p(x \mid \nu)$$", "x")
    assert isinstance(sort.law, LawReference)
    assert [slot.space for slot in sort.law.given] == ["\\nu"]


def test_under_two_laws_nothing_is_taken_for_random():
    sort = sort_in(r"$$\mathbb{E}[x] = \sum_x x\,(p(x) - q(x))$$", "x")
    assert not isinstance(sort, RandomVariable)
