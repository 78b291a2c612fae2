import pytest
from reading_helpers import term_of

from errata.language.kernels import KernelPlaces, is_kernel, kernel_law, kernel_symbol, kernel_values, places_of
from errata.language.printer import to_text
from errata.language.terms import Aggregate, Apply, Quotient, subterms
from errata.language.tokens import NotUnderstood


@pytest.mark.parametrize("values", [1, 2, 3])
def test_a_kernel_has_a_name_of_its_own(values):
    symbol = kernel_symbol("p", values)
    assert is_kernel(symbol) and kernel_law(symbol) == "p" and kernel_values(symbol) == values
    assert not is_kernel("p")


@pytest.mark.parametrize(
    ("calls", "places"),
    [
        ([("s", "sa")], KernelPlaces(("s",), ("s", "a"))),
        ([("sr", "sa")], KernelPlaces(("s", "r"), ("s", "a"))),
        ([("s", "sa"), ("sr", "sa"), ("r", "sa")], KernelPlaces(("s", "r"), ("s", "a"))),
        ([("sr", "sa"), ("r", "sas")], KernelPlaces(("s", "r"), ("s", "a"))),
        ([("sr", "sa"), ("s", "rsa")], KernelPlaces(("s", "r"), ("s", "a"))),
        ([], None),
        ([("x", "y")], None),
        ([("s", "sa"), ("s", "s")], None),
        ([("s", "sa"), ("s", "")], None),
        ([("s", "sa"), ("sr", "a")], None),
        ([("ss", "sa")], None),
        ([("sabc", "sabcd")], None),
    ],
)
def test_all_calls_must_be_parts_of_one_kernel(calls, places):
    assert places_of((tuple(values), tuple(given)) for values, given in calls) == places


def test_what_is_written_with_fewer_values_is_a_margin():
    term = term_of(r"\sum_{s', r} p(s', r | s, a) - \sum_{s'} p(s' | s, a)")
    called = {t.function.symbol for t in subterms(term) if isinstance(t, Apply)}
    assert called == {kernel_symbol("p", 2)}
    assert sum(isinstance(t, Aggregate) for t in subterms(term)) == 4


def test_what_is_written_behind_the_bar_is_conditioned_on():
    term = term_of(r"p(s', r | s, a) - p(r | s, a, s')")
    assert any(isinstance(t, Quotient) for t in subterms(term))


def test_points_that_nothing_tells_apart_are_not_read():
    with pytest.raises(NotUnderstood):
        term_of(r"p(s, r | s, a)")


def test_kernels_are_printed_as_they_are_written():
    assert to_text(term_of(r"p(s', r | s, a)")) == "p(s', r | s, a)"


@pytest.mark.parametrize("law", [r"P(\cdot|s,a)", r"P(s'|s,a)"])
def test_a_mean_over_a_step_is_a_sum(law):
    term = term_of(rf"\mathbb{{E}}_{{s' \sim {law}}}[V(s')]")
    assert to_text(term) == to_text(term_of(r"\sum_{s'} P(s'|s,a) V(s')"))


def test_a_variance_over_a_step_is_not_read():
    with pytest.raises(NotUnderstood):
        term_of(r"\operatorname{Var}_{s' \sim P(\cdot|s,a)}[V(s')]")
