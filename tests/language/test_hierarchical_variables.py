"""Means over random variables whose laws mention others."""

from fractions import Fraction

import pytest

from errata.language.hierarchical_variables import are_values, both_ways, hierarchy
from errata.language.scope import Definition, Follows, Scope
from errata.language.sorts import EuclideanSpace, Family, RandomVariable
from errata.language.statements import Reading
from errata.language.terms import Comparison, Draw, Entry, Expectation, Name, Number, Product, Span, StandardLaw, Sum
from errata.language.tokens import NotUnderstood

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
U, V, W, NOISE = Name("U"), Name("V"), Name("W"), Name("m")
HERE = Span(0, 1)


def normal(mean):
    return StandardLaw("normal", (mean, ONE))


STANDARD = normal(Number(Fraction(0)))
SORTS = {"U": RandomVariable("U", STANDARD), "V": RandomVariable("V", normal(U)), "W": RandomVariable("W", normal(U))}
SCOPE = Scope(sorts=SORTS)


def names(found):
    return [draw.name.symbol for draw in found.draws]


def test_the_cause_is_drawn_first():
    found = hierarchy((V,), (), SCOPE, HERE)
    assert found.draws == (Draw(U, "U", STANDARD), Draw(V, "V", normal(U)))


def test_a_cause_behind_a_definition():
    scope = Scope(sorts={**SORTS, "V": RandomVariable("V", normal(NOISE))}, definitions={"m": Definition("m", (), U)})
    assert names(hierarchy((V,), (), scope, HERE)) == ["U", "V"]


def test_what_is_given_is_not_drawn():
    assert hierarchy((V,), (U,), SCOPE, HERE).draws == (Draw(V, "V", normal(U)),)


def test_a_value_that_is_given_is_put_in():
    found = hierarchy((Product((U, V)),), (Comparison("=", U, TWO),), SCOPE, HERE)
    assert found.draws == (Draw(V, "V", normal(TWO)),) and found.terms == (Product((TWO, V)),)


def test_independent_variables_are_left_alone():
    assert hierarchy((U,), (), SCOPE, HERE) is None
    assert hierarchy((U,), (V,), SCOPE, HERE) is None


def test_a_number_that_follows_a_law():
    law = StandardLaw("poisson", (TWO,))
    scope = Scope(facts=(Follows("N", law),))
    assert hierarchy((Name("N"),), (), scope, HERE).draws == (Draw(Name("N"), "n", law),)


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (Sum((V, W)), ()),  # whether they are independent given U is not said
        (V, (W,)),
        (V, (Comparison("<", U, ONE),)),
    ],
)
def test_what_the_laws_do_not_tell(body, given):
    with pytest.raises(NotUnderstood):
        hierarchy((body,), given, SCOPE, HERE)


def test_variables_without_a_law_or_of_a_family_are_not_drawn():
    unknown = Scope(sorts={**SORTS, "U": RandomVariable("U")})
    members = Scope(sorts={**SORTS, "V": Family((None,), RandomVariable("V", normal(U)))})
    for scope, body in ((unknown, V), (members, Entry(V, (ONE,)))):
        with pytest.raises(NotUnderstood):
            hierarchy((body,), (), scope, HERE)


def test_variables_in_vectors_are_not_drawn():
    with pytest.raises(NotUnderstood):
        hierarchy((V,), (), Scope(sorts=SORTS, spaces={"V": EuclideanSpace(Name("d"))}), HERE)


def test_the_reading_with_causes_given():
    posed = Reading("=", hierarchy((V,), (), SCOPE, HERE).mean(HERE), U)
    first, given = both_ways((posed,), (), {})
    assert first == posed and given.right == U and given.condition == "if U is given"
    assert given.left == Expectation((Draw(V, "V", normal(U)),), V)
    assert both_ways((given,), (), {}) == (given,)
    told, averaged = both_ways((posed,), {"U"}, {})
    assert (told.left, told.condition) == (given.left, "") and averaged.left == posed.left


def test_a_cause_behind_a_definition_is_given():
    mean = Expectation((Draw(U, "U", STANDARD), Draw(V, "V", normal(NOISE))), V)
    _, given = both_ways((Reading("=", mean, U),), (), {"m": Definition("m", (), U)})
    assert given.left == Expectation((Draw(V, "V", normal(NOISE)),), V)


def test_laws_in_a_circle():
    circle = Scope(sorts={"U": RandomVariable("U", normal(V)), "V": RandomVariable("V", normal(U))})
    with pytest.raises(NotUnderstood, match="itself"):
        hierarchy((V,), (), circle, HERE)


def test_values():
    assert are_values((U, Comparison("=", V, ONE))) and not are_values((Comparison("<", U, ONE),))
