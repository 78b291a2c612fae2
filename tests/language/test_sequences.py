"""Names that are functions in some places and sequences in others."""

import pytest

from errata.language.parsing import Parsing
from errata.language.sequences import sequences


def found(*formulas):
    return sequences([Parsing({}).rows(f)[0].nodes for f in formulas])


def test_a_sequence_with_an_equation_of_its_own_is_told_from_the_function():
    assert found("V(s) = 0", "a = b", "V_{n+1} = 2 V_n", "V_0 = 1") == {"V"}


@pytest.mark.parametrize(
    "formulas",
    [
        ("V(s) = 0", "a = b", "1 = V_n"),
        ("V(s) = 0", "V_n = 2"),
        ("a = b", "V_n = V(s_n)"),
        ("V(s) = 0", "a = b", "V_n = 2", "V_n(s) = 1"),
        ("V(s) = 0", "a = b", "V_n = 2", "V + 1 = 2"),
        ("V(s) = 0", "a = b", r"V_n = 2", r"V_\pi = 1"),
        ("a = b", "V_n = 2"),
        ("V(s) = 0", "a = b", "V_n^2 = 2"),
    ],
)
def test_what_may_be_the_same_thing_is_not_told_apart(formulas):
    assert found(*formulas) == frozenset()


def test_empty_brackets_are_no_obstacle():
    assert found("V(s) = 0 + {}", "a = ()", "V_{n+1} = 2 V_n") == {"V"}
