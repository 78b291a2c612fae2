"""The numbers that parameters of standard laws can be."""

import pytest

from errata.language.parameter_domains import domains_of_parameters
from errata.language.sorts import POSITIVE, Family, RandomVariable
from errata.language.terms import Name, StandardLaw

A, B = Name("a"), Name("b")


@pytest.mark.parametrize(
    ("law", "found"),
    [
        (StandardLaw("exponential", (A,)), {"a"}),
        (StandardLaw("poisson", (A,)), {"a"}),
        (StandardLaw("gamma", (A, B)), {"a", "b"}),
        (StandardLaw("beta", (A, B)), {"a", "b"}),
        (StandardLaw("normal", (A, B)), set()),
        (None, set()),
    ],
)
def test_domains(law, found):
    variable = RandomVariable("x", law)
    assert domains_of_parameters([variable, Family((None,), variable)], set()) == dict.fromkeys(found, POSITIVE)


def test_what_is_known_stays():
    assert domains_of_parameters([RandomVariable("x", StandardLaw("exponential", (A,)))], {"a"}) == {}
