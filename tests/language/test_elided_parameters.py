import pytest

from errata.language.elided_parameters import NOTHING_ELIDED, as_meant, completed, elisions
from errata.language.grammar import parse_syntax
from errata.language.syntax import Group, Leaf, Scripted
from errata.language.tokens import tokenize


def nodes(latex):
    return parse_syntax(tokenize(latex))


def told(*formulas, not_normalised=frozenset()):
    return elisions([nodes(f) for f in formulas], not_normalised)


def text(found):
    """The leaves of what was read, in order: brackets are kept, braces are not."""
    parts = []
    for node in found:
        if isinstance(node, Leaf):
            parts.append(node.text)
        elif isinstance(node, Group):
            parts.append(f"{node.opening}{text(node.items)}{node.closing}")
        elif isinstance(node, Scripted):
            parts.append(text((node.base, *(node.upper or ()))))
    return "".join(parts)


@pytest.mark.parametrize(
    ("formulas", "latex", "meant"),
    [
        (("Z(v)", "\\nabla_v Z"), "Z + Z^2", "Z(v)+Z(v)2"),
        (("f(x;v)", "\\nabla_v f(x)"), "f(y) + 1", "f(y;v)+1"),
        (("f(x,v)", "\\nabla_v f(x)"), "f(y) + f(y, v)", "f(y,v)+f(y,v)"),
        (("f(x;v)", "\\frac{\\partial f}{\\partial v}"), "f - 1", "f(x;v)-1"),
        (("L(v)", "\\nabla L = 0"), "L + 1", "L(v)+1"),
    ],
)
def test_what_a_derivative_needs_is_put_in(formulas, latex, meant):
    assert meant == text(completed(nodes(latex), told(*formulas)))


@pytest.mark.parametrize(
    "formulas",
    [
        ("Z(v)", "Z + 1"),
        ("Z(v)", "\\nabla_x Z"),
        ("Z(v)", "\\nabla_v (v Z)"),
        ("f(x;v)", "f(x) - f(x;v)", "\\nabla_v f(x)"),
        ("f(x;v)", "f(x;u)", "\\nabla_v f(x)"),
        ("f(x;v)", "g(x;v)", "\\nabla_v (f(x) g(x))"),
        ("L(v)", "\\frac{\\partial L}{\\partial v}", "\\frac{\\partial C}{\\partial L}"),
        ("p(x;v)", "\\nabla_v p(x)"),
        ("y(x;v) - y", "\\nabla_v y"),
    ],
    ids=str,
)
def test_without_a_sign_of_it_nothing_is_put_in(formulas):
    assert not told(*formulas).parameters and not told(*formulas).arguments


def test_a_law_that_is_not_normalised_is_a_function():
    found = told("\\tilde p(x;v)", "\\nabla_v \\tilde p(x)", not_normalised=frozenset(("\\tilde{p}",)))
    assert {"\\tilde{p}"} == found.parameters.keys()


def test_a_name_that_is_declared_or_mentioned_stays():
    found = told("Z(v)", "\\nabla_v Z")
    assert text(as_meant(nodes("Z"), found)) == "Z"
    assert text(as_meant(nodes("Z = 1"), found)) == "Z(v)=1"
    assert nodes("Z \\in R") == as_meant(nodes("Z \\in R"), found)
    assert nodes("Z = 1") == as_meant(nodes("Z = 1"), NOTHING_ELIDED)


def test_a_label_above_a_name_is_no_use_of_the_loss():
    found = told("L(v)", "\\nabla_v L")
    assert nodes("h^{L}") == completed(nodes("h^{L}"), found)
    assert nodes("h^{(L)}") == completed(nodes("h^{(L)}"), found)


def test_what_is_something_else_is_left_alone():
    found = told("Z(v)", "\\nabla_v Z").without(lambda symbol: symbol == "Z")
    assert not found.arguments
