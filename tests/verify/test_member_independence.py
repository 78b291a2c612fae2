"""Independence of members of one index counts where a claim looks at one index alone."""

import pytest

from errata.language.scope import Definition, Independent, IndependentMembers, Scope
from errata.language.terms import Aggregate, Binder, Entry, Expectation, Name, Number, Product, Range
from errata.verify.member_independence import for_terms

TOLD = Scope(
    facts=(IndependentMembers(("u", "v")),),
    definitions={"s": Definition("s", (), Name("u"))},
)


def member(family, index):
    return Entry(Name(family), (Name(index),))


def total(index, body):
    return Aggregate("sum", Binder(Name(index), Range(Number(1), Name("n"))), body)


@pytest.mark.parametrize(
    ("term", "suffices"),
    [
        (Expectation((), Product((member("u", "i"), member("v", "i")))), True),
        (total("i", Expectation((), Product((member("u", "i"), member("v", "i"))))), True),
        (Expectation((), Product((member("u", "i"), member("v", "j")))), False),
        (Expectation((), total("i", Product((member("u", "i"), member("v", "i"))))), False),
        (Expectation((), Product((member("u", "i"), Name("v")))), False),
        (Expectation((), Product((Name("s"), member("v", "i")))), False),
    ],
)
def test_one_index_that_stands_still(term, suffices):
    facts = for_terms(TOLD, [term]).facts
    assert facts == ((Independent(("u", "v")),) if suffices else TOLD.facts)
