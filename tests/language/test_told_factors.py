"""Decompositions that words tell, from sentence to sentence."""

from __future__ import annotations

from errata.language.terms import MatrixOperation, Name, Product
from errata.language.told_factors import Told


def similar(middle: str) -> Product:
    return Product((Name("Q"), Name(middle), MatrixOperation("transpose", (Name("Q"),))))


EIGEN = Told().then("The eigendecomposition of $ is")


def test_in_the_sentence_itself_the_form_is_enough_but_for_letters_of_other_matrices() -> None:
    assert EIGEN.factored(similar("E")) is not None
    assert EIGEN.factored(similar("J")) is None


def test_in_later_sentences_the_letters_are_customary() -> None:
    later = EIGEN.then("We write")
    assert later.factored(similar("D")) is not None
    assert later.factored(similar("E")) is None


def test_it_is_forgotten_after_some_sentences_or_words_of_other_matrices() -> None:
    assert EIGEN.then("First.").then("Second.").then("Third.").factored(similar("D")) is None
    assert EIGEN.then("For any invertible matrix").factored(similar("D")) is None


def test_a_formula_that_was_met_is_told_no_more() -> None:
    assert EIGEN.without("eigen").factored(similar("D")) is None


def test_the_sentence_after_a_display_may_name_it() -> None:
    assert Told().named_after("This is the eigendecomposition of $").factored(similar("D")) is not None
    assert Told().named_after("The eigendecomposition of $ is unknown").factored(similar("D")) is None
