"""Laws given what is differentiated by: it becomes a parameter of theirs."""

import pytest

from errata.language.differentiated_conditions import differentiated_conditions, with_parameters
from errata.language.grammar import parse_syntax
from errata.language.syntax import Group, Scripted, leaf_text
from errata.language.tokens import tokenize


def nodes(latex):
    return parse_syntax(tokenize(latex))


def text(found):
    """The leaves of what was read, in order, without scripts."""
    bare = [n.base if isinstance(n, Scripted) else n for n in found]
    return "".join(f"{n.opening}{text(n.items)}{n.closing}" if isinstance(n, Group) else leaf_text(n) for n in bare)


def found(*formulas):
    return differentiated_conditions([nodes(f) for f in formulas])


@pytest.mark.parametrize(
    "latex",
    [
        "\\nabla_\\theta \\log p(x \\mid \\theta)",
        "\\frac{\\partial^2}{\\partial\\theta^2} p(x | z, \\theta)",
        "\\nabla \\ln p(x | z, \\theta)",
        "\\frac{d p(x | \\theta_t)}{d\\theta}",
    ],
)
def test_what_is_differentiated_by_is_a_parameter(latex):
    assert found(latex) == {"\\theta"}


@pytest.mark.parametrize(
    "formulas",
    [
        ("\\nabla_\\theta \\log p(x \\mid \\theta)", "p(\\theta) = 1"),
        ("\\nabla_\\theta \\log p(x \\mid \\theta)", "p(\\theta \\mid x)"),
        ("\\nabla_\\theta \\log p(x \\mid \\theta)", "\\theta \\sim q"),
        ("\\nabla_\\theta \\log p(x \\mid \\theta)", "\\int p(x) d\\theta"),
        ("p(x \\mid \\theta) = \\theta e^{-\\theta x}", "\\nabla_\\theta p(x \\mid \\theta)"),
        ("\\nabla_m \\mathcal{N}(x \\mid m, s)",),
        ("\\nabla_\\tau q(x \\mid \\tau^2)",),
        ("\\nabla_x p(z \\mid \\theta)",),
    ],
    ids=str,
)
def test_points_with_a_law_or_a_formula_stay_points(formulas):
    assert found(*formulas) == frozenset()


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        ("p(x|w)", "p(x;w)"),
        ("p(x|z,w)", "p(x|z;w)"),
        ("p(x|w_t,z)", "p(x|z;w)"),
        ("p(x|z)", "p(x|z)"),
        ("E[x|w]", "E[x|w]"),
        ("(a|w)", "(a|w)"),
    ],
)
def test_parameters_stand_behind_a_semicolon(latex, meant):
    assert text(with_parameters(nodes(latex), frozenset("w"))) == meant
