"""Probabilities of whole numbers that a formula gives, and the laws they belong to."""

import pytest

from errata.language.mass_functions import law_of_mass
from errata.language.reading import read_document
from errata.language.sorts import RandomVariable
from errata.language.terms import StandardLaw
from errata.notes.document import read_text


def law(formula):
    note = f"Let $a$ be a number. The law is $$P(X = k) = {formula}.$$ Then $$E[X] = a.$$"
    sort = list(read_document(read_text(note)))[-1].statement.scope.sorts.get("X")
    found = sort.law if isinstance(sort, RandomVariable) else None
    return found.kind if isinstance(found, StandardLaw) else None


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (r"e^{-\lambda} \lambda^k / k!", "poisson"),
        (r"\frac{\mu^k}{k!} \exp(-\mu)", "poisson"),
        (r"(1 - p)^{k - 1} p", "geometric"),
        (r"p (1 - p)^k", "geometric"),
        (r"2^{-k}", "geometric"),
        (r"\binom{n}{k} p^k (1 - p)^{n - k}", "binomial"),
        (r"e^{-\lambda} \lambda^{k} / (k - 1)!", None),
        (r"e^{\lambda} \lambda^k / k!", None),
        (r"(1 - p)^{k} q", None),
        (r"\binom{n}{k} p^k (1 - p)^{k - n}", None),
        (r"e^{-k} k^k / k!", None),
    ],
)
def test_the_law_of_a_formula(formula, kind):
    assert kind == law(formula)


def test_the_parameters_do_not_count():
    from errata.language.terms import Name

    assert law_of_mass("k", Name("k")) is None
