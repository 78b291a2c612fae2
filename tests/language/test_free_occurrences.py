"""Names that divergences, entropies and means bind."""

import pytest

from errata.language.free_occurrences import occurs_free
from errata.language.grammar import parse_syntax
from errata.language.tokens import tokenize


def nodes(latex):
    return parse_syntax(tokenize(latex))


@pytest.mark.parametrize(
    "latex",
    [
        "KL(q(z) \\| p(z \\mid x))",
        "D_{KL}(q(z) \\| p(z))",
        "\\mathrm{KL}(q(z) \\| p(z))",
        "H(q(z))",
        "H(z)",
        "\\mathbb{E}_{q(z)}[\\log p(x, z)]",
        "E_{z \\sim q}[f(z)]",
        "f(x)",
    ],
)
def test_a_variable_that_is_bound(latex):
    assert not occurs_free(nodes(latex), ["z"])


@pytest.mark.parametrize(
    "latex",
    [
        "q(z) \\log q(z)",
        "KL(q(x \\mid z) \\| p(x))",
        "\\mathbb{E}_{p(x \\mid z)}[f(x)]",
        "\\mathbb{E}_{q(x)}[f(x, z)]",
        "\\frac{z}{2}",
        "K L z",
        "q(z) KL(q(z) \\| p(z))",
        "\\mathbb{E}[g_z X]",
        "H(x \\mid z)",
    ],
)
def test_a_variable_that_is_free(latex):
    bound_below = "g_z" in latex
    assert occurs_free(nodes(latex), ["g_{z}"] if bound_below else ["z"])
