"""Functions at which extrema are attained, compared with formulas at every point."""

from errata.language.reading import read_document
from errata.language.terms import Aggregate, Apply
from errata.notes.document import read_text
from errata.verify.pointwise_places import at_points

DECLARED = "Let $p$ and $q$ be densities and\n$$V(D) = \\int p(x) \\log D(x) + q(x) \\log(1 - D(x)) \\, dx.$$\n\n"


def posed(formula):
    placed = read_document(read_text(f"{DECLARED}$${formula}$$\n"))
    statement = [p.statement for p in placed if p.statement.kind == "claim"][-1]
    return statement, at_points(statement)


def test_the_place_is_taken_at_the_points_of_the_formula():
    statement, found = posed("\\arg\\max_D V(D) = \\frac{p}{p + q}")
    left = found.readings[0].left
    assert isinstance(left, Apply)
    assert isinstance(found.scope.definitions[left.function.symbol].body, Aggregate)
    assert found.readings[0].right == statement.readings[0].right


def test_values_and_numbers_are_left_alone():
    for formula in ("\\max_D V(D) = \\frac{p(x)}{p(x) + q(x)}", "\\arg\\max_D V(D) = 1"):
        statement, found = posed(formula)
        assert found is statement
