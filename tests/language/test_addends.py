"""The addends of a term, and how one is exchanged for another."""

from fractions import Fraction

from errata.language.addends import addends
from errata.language.terms import Name, Negative, Number, Product, Quotient, Sum

A, B, C, D = (Name(letter) for letter in "abcd")


def number(value):
    return Number(Fraction(value))


def test_a_term_is_its_own_addend():
    (found,) = addends(A)
    assert (found.term, found.sign, found.put(B)) == (A, 1, B)


def test_signs_and_numbers_are_looked_through():
    whole = Sum((A, Negative(Product((number(2), Sum((B, Quotient(C, number(-3)))))))))
    assert [(a.term, a.sign) for a in addends(whole)] == [(A, 1), (B, -1), (C, 1)]


def test_fractions_are_numbers_too():
    whole = Product((Quotient(number(-1), number(3)), A))
    (found,) = addends(whole)
    assert (found.term, found.sign) == (A, -1)


def test_another_term_takes_the_place_of_an_addend():
    whole = Sum((A, Negative(Product((number(2), B)))))
    assert Sum((A, Negative(Product((number(2), D))))) == list(addends(whole))[1].put(D)


def test_what_is_multiplied_by_a_name_is_one_addend():
    whole = Product((A, Sum((B, C))))
    assert [whole] == [a.term for a in addends(whole)]
