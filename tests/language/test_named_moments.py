"""New names for the mean and the covariance of a law that follows."""

import pytest
from reading_helpers import claims_of

from errata.language.terms import Elementary, Expectation, MomentOf

LAWS = "Let $p(v)=\\mathcal{N}(v|c,1)$ and $p(y|v)=\\mathcal{N}(y|v,1)$."


def definitions(law):
    return claims_of(f"{LAWS}\n\n$$p(v|y)={law}$$")[-1].statement.scope.definitions


def test_new_names_are_the_mean_and_the_covariance():
    found = definitions("\\mathcal{N}(v|m,S)")
    assert (Expectation, MomentOf) == (type(found["m"].body), type(found["S"].body))


def test_the_square_of_a_new_name_is_the_variance():
    assert isinstance(definitions("\\mathcal{N}(v|m,s^2)")["s"].body, Elementary)


@pytest.mark.parametrize(("law", "symbol"), [("\\mathcal{N}(v|c,S)", "c"), ("\\mathcal{N}(v|y,S)", "y")])
def test_a_name_that_stands_in_the_laws_stays_what_it_is(law, symbol):
    assert symbol not in definitions(law)
