from fractions import Fraction

import pytest
from reading_helpers import claims_of, statements_of

from errata.language.recursions import may_start, recursion_of, start_of
from errata.language.scope import Recursion
from errata.language.terms import Comparison, Entry, Name, Negative, Number, Product, Sum

A, T = Name("a"), Name("t")
ONE = Number(Fraction(1))


def at(index):
    return Entry(Name("h"), (index,))


BEFORE, AFTER = Sum((T, Negative(ONE))), Sum((T, ONE))
DOUBLED = Recursion("h", "t", Product((A, at(BEFORE))))


@pytest.mark.parametrize(("left", "right"), [(at(T), Product((A, at(BEFORE)))), (at(AFTER), Product((A, at(T))))])
def test_a_recursion_counts_from_the_member_it_gives(left, right):
    assert recursion_of(left, right) == DOUBLED


@pytest.mark.parametrize("right", [Product((A, at(T))), Product((A, at(AFTER))), A])
def test_what_is_no_recursion(right):
    assert recursion_of(at(T), right) is None


def test_a_start_is_a_member_at_a_number():
    assert start_of(at(ONE), A) == ("h", 1, A)
    assert start_of(at(T), A) is None
    assert may_start(DOUBLED, 0)
    assert not may_start(DOUBLED, 2)


def scope_of(text):
    return claims_of(text)[-1].statement.scope


def test_a_sentence_may_state_the_recursion_and_its_start():
    scope = scope_of("Let $a \\in \\mathbb{R}$, $h_0 = 1$ and $h_t = a h_{t-1}$.\n\n$$h_2 = a^2$$")
    (start,) = scope.recursions["h"].starts
    assert start == (0, ONE)
    assert not scope.assumptions


def test_displays_may_state_them():
    text = "Let $a, h_0 \\in \\mathbb{R}$.\n\n$$h_{t+1} = a h_t$$\n\n$$h_2 = a^2 h_0$$"
    assert [s.statement.kind for s in statements_of(text)][-2:] == ["definition", "claim"]
    assert scope_of(text).recursions["h"].starts == ((0, Name("h_{0}")),)


def test_a_derivative_by_an_earlier_member_keeps_the_order():
    stated = "Let $a \\in \\mathbb{R}$, $h_0 = 1$ and $h_t = a h_{t-1}$.\n\n"
    text = stated + "$$\\frac{\\partial h_t}{\\partial h_k} = a^{t-k}$$"
    assert scope_of(text).assumptions == (Comparison("<=", Name("k"), T),)
