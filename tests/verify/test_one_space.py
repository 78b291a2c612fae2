"""A map applied to what it gives: both spaces are taken as one, or the claim is left alone."""

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.one_space import as_one_space

DECLARED = (
    "Let $p_z$ be a law of $z$ and let $p_g$ be the law of $G(z)$ with $z \\sim p_z$. Let $h: X \\to \\mathbb{R}$.\n\n"
)


def posed(formula, declared=DECLARED):
    placed = read_document(read_text(f"{declared}$${formula}$$\n"))
    statement = next(p.statement for p in placed if p.statement.kind == "claim")
    return as_one_space(statement.readings[0], statement.scope)


def test_the_image_of_a_map_in_the_map_needs_one_space():
    found = posed("\\mathbb{E}_{z \\sim p_g}[h(G(z))] = \\mathbb{E}_{x \\sim p_g}[h(x)]")
    assert found is not None
    reading, scope, words = found
    assert words == "the points of z and those of x are of one space"
    assert scope.sorts["p_{g}"].spaces == scope.sorts["p_{z}"].spaces == ("x",)
    assert reading.left.draws[0].space == "x"


def test_what_is_told_apart_rightly_is_left_alone():
    assert posed("\\mathbb{E}_{z \\sim p_z}[h(G(z))] = \\mathbb{E}_{x \\sim p_g}[h(x)]") is None


def test_spaces_that_a_joint_law_tells_apart_stay_two():
    declared = DECLARED + "Let $q(x, z)$ be a law.\n\n"
    assert posed("\\mathbb{E}_{z \\sim p_g}[h(G(z))] = \\sum_x \\sum_z q(x, z) h(x)", declared) is None
