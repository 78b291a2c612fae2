r"""What an extremum ranges over: conditions below its sign, open and closed ends, simplices, suprema."""

import pytest

from errata.language.printer import to_latex
from errata.language.reading import read_document
from errata.language.terms import Aggregate, Conjunction, Interval, Simplex, Values, Where
from errata.notes.document import read_text


def claim(formula, words=""):
    return list(read_document(read_text(f"{words}\n\n$${formula}$$\n")))[-1].statement


def extremum(formula, words=""):
    left = claim(formula, words).readings[0].left
    assert isinstance(left, Aggregate)
    return left


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        (r"\min_{x : \|x\| = 1} x^\top A x = 1", ["x"]),
        (r"\max_{\|w\| \le 1} w^\top a = \|a\|", ["w"]),
        (r"\min_{x + y = 1} x^2 + y^2 = 1/2", ["x", "y"]),
        (r"\max_{x, y \ge 0, \; x + y \le 1} 2 x + 3 y = 3", ["x", "y"]),
        (r"\min_{\substack{x, y \\ x + y = 2}} x^2 + y^2 = 2", ["x", "y"]),
        (r"\max_{|x| \le 2} x^2 = 4", ["x"]),
    ],
)
def test_conditions_bind_the_names_of_the_body(formula, names):
    part, found = extremum(formula), []
    while isinstance(part, Aggregate):
        found.append(part.binder.name.symbol)
        assert part.binder.domain == Values()
        part = part.body
    assert names == found
    assert isinstance(part, Where)


def test_each_of_a_list_has_its_bound():
    inner = extremum(r"\max_{x, y \ge 0, x + y \le 1} 2 x + 3 y = 3").body.body
    assert isinstance(inner.condition, Conjunction)
    assert len(inner.condition.conditions) == 3


@pytest.mark.parametrize(
    ("below", "opens"),
    [
        (r"0 < x < 1", (True, True)),
        (r"0 \le x < 1", (False, True)),
        (r"x \in [0, 1)", (False, True)),
        (r"1 \ge x > 0", (True, False)),
    ],
)
def test_ends_are_open_or_closed(below, opens):
    domain = extremum(rf"\max_{{{below}}} x = 1").binder.domain
    assert isinstance(domain, Interval)
    assert opens == (domain.low_open, domain.high_open)


def test_a_supremum_need_not_be_attained():
    assert extremum(r"\sup_x \tanh x = 1").limiting
    assert not extremum(r"\max_x \tanh x = 1").limiting


def test_the_simplex():
    found = extremum(r"\max_{p \in \Delta_n} \sum_{i=1}^n p_i r_i = \max_i r_i", r"Let $r \in \mathbb{R}^n$.")
    assert found.binder.domain == Simplex()


@pytest.mark.parametrize(
    "formula", [r"\min_{\|w - a\| \le 1} \|w + a\| = \|a\|", r"\max_{a^\top x = b} c = 1", r"\max_{x : y = 1} z = 1"]
)
def test_what_is_bound_must_be_clear(formula):
    assert claim(formula, r"Let $a, w, x \in \mathbb{R}^n$.").problem is not None


@pytest.mark.parametrize(
    "formula", [r"\min_{x, y : x + y = 1} x y = 1", r"\sup_{x \in (0, 1]} x = 1", r"\max_{p \in \Delta} p_1 = 1"]
)
def test_it_is_printed_as_it_is_read(formula):
    left = extremum(formula)
    assert left == extremum(f"{to_latex(left)} = 1")
