"""Suppositions that replace those before them."""

import pytest
from reading_helpers import claims_of

from errata.language.definitions import used_symbols
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.settings_told_anew import supposes
from errata.language.sorts import Real


def sentence(text):
    pieces = text.split("$")
    return Sentence(tuple(Formula(p, i) if i % 2 else Words(p, i) for i, p in enumerate(pieces)))


@pytest.mark.parametrize(
    "text", ["Suppose $a = 1$", "Now let $a = 1$ and $b = 2$", "Case 2: take $a = 1$", "设 $a = 1$"]
)
def test_a_supposition_of_its_own(text):
    assert supposes(sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "Suppose further that $a = 1$",
        "Let also $a = 1$",
        "Suppose both $a = 1$ and $a = 2$",
        "Then let $a = 1$",
        "We have $a = 1$",
        "so $a = 1$, let us say",
        "Suppose nothing",
    ],
)
def test_no_supposition_of_its_own(text):
    assert not supposes(sentence(text))


def last(note):
    return claims_of(note)[-1].statement.scope


def values(scope, symbol):
    told = [a.right for a in scope.assumptions if symbol in used_symbols(a.left)]
    defined = scope.definitions.get(symbol)
    return {int(value.value) for value in (*told, *([defined.body] if defined else ()))}


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("Suppose $a = 1$.", "Suppose $a = 2$.", {2}),
        ("Suppose $a = 1$.", "Suppose also $a = 2$.", {1, 2}),
        ("Suppose $a = 1$.", "Suppose $b = 2$.", {1}),
        ("Suppose $a = 1$.", "Suppose $a < 0$.", set()),
        ("Suppose $a = 1$.", "Suppose $a > 0$.", {1}),
        ("Suppose $a = 1$.", "Suppose $a = 2$ and $a = 3$.", {1, 2, 3}),
    ],
)
def test_a_number_gives_way_to_what_contradicts_it(first, second, left):
    assert values(last(f"{first} Then $$1 + a = a + 1$$ {second} Then $$a + 2 = 2 + a$$"), "a") == left


@pytest.mark.parametrize(
    ("first", "second", "bounds"),
    [
        ("Suppose $a > 0$.", "Suppose $a < 0$.", (None, 0)),
        ("Suppose $a \\ge 0$.", "Suppose $a \\le 0$.", (None, 0)),
        ("Suppose $a > 0$.", "Suppose $a < 1$.", (0, 1)),
        ("Suppose $a > 0$.", "Suppose $a = -1$.", (None, None)),
    ],
)
def test_bounds_give_way_to_those_that_leave_nothing_of_them(first, second, bounds):
    sort = last(f"{first} Then $$1 + a = a + 1$$ {second} Then $$a + 2 = 2 + a$$").sorts.get("a", Real())
    assert (sort.low, sort.high) == bounds


def test_what_an_earlier_section_set_besides_is_in_doubt():
    note = "Suppose $a = 1$ and $b = 2$. Then $$a + b = 3$$\n\n# Next\n\nSuppose $a = 3$. Then $$a + b = 5$$"
    scope = last(note)
    assert values(scope, "a") == {3} and values(scope, "b") == set() and "b" in scope.not_understood


@pytest.mark.parametrize(
    ("sort", "empty"),
    [
        (Real(0, 1), False),
        (Real(1, 0), True),
        (Real(1, 1), True),
        (Real(1, 1, False, False), False),
        (Real(2, 3, integer=True), True),
        (Real(2, 3, True, False, integer=True), False),
        (Real(0.5, 0.7, integer=True), True),
        (Real(5), False),
    ],
)
def test_bounds_that_leave_no_number(sort, empty):
    assert sort.empty is empty
