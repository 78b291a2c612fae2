"""Infima over couplings and suprema over Lipschitz functions as functionals of two laws."""

from __future__ import annotations

import pytest

from errata.language.prose.transport_words import speaks_of_other_metric, speaks_of_other_transport
from errata.language.reading import read_document
from errata.language.terms import Functional, LawReference, Name, Product, Term
from errata.notes.document import read_text

P, Q = (LawReference(Name(symbol)) for symbol in "pq")
LAWS = "Let $p$ and $q$ be distributions. "


def left_side(latex: str, before: str = LAWS) -> Term | None:
    """Return how the left side of an inequality is read, None where it is not."""
    found = [p.statement for p in read_document(read_text(f"{before}\n\n$${latex} \\ge 0$$\n"))]
    readings = [r for statement in found if statement.kind == "claim" for r in statement.readings]
    return readings[0].left if readings else None


@pytest.mark.parametrize(
    ("latex", "kind"),
    [
        (r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]", "transport"),
        (r"\min_{\pi \in \Gamma(p, q)} \mathbb{E}_{(x, y) \sim \pi}[|y - x|]", "transport"),
        (r"\inf_{\gamma \in \Pi(p, q)} \sum_{x, y} \gamma(x, y) (x - y)^2", "squared_transport"),
        (r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|_2^2]", "squared_transport"),
        (r"\sup_{\|f\|_L \le 1} \mathbb{E}_{x \sim p}[f(x)] - \mathbb{E}_{x \sim q}[f(x)]", "lipschitz_gain"),
        (r"\sup_{\|f\|_{Lip} \le 1} \left| \mathbb{E}_{x \sim q}[f(x)] - \mathbb{E}_{x \sim p}[f(x)] \right|", None),
        (r"\sup_{f \in \mathrm{Lip}_1} \sum_x f(x) (p(x) - q(x))", "lipschitz_gain"),
        (r"\sup_{\|f\|_\infty \le 1} \sum_x p(x) f(x) - \sum_x q(x) f(x)", "bounded_gain"),
    ],
)
def test_a_distance_is_a_functional_of_both_laws(latex: str, kind: str | None) -> None:
    expected = Functional("lipschitz_gain", (Q, P)) if kind is None else Functional(kind, (P, Q))
    assert expected == left_side(latex)


def test_the_slope_allowed_is_a_factor() -> None:
    found = left_side(r"\sup_{\|f\|_L \le 5} \mathbb{E}_{x \sim p}[f(x)] - \mathbb{E}_{x \sim q}[f(x)]")
    assert isinstance(found, Product)
    assert Functional("lipschitz_gain", (P, Q)) == found.factors[-1]


@pytest.mark.parametrize(
    "latex",
    [
        r"\inf_{\gamma} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]",
        r"\inf_{\gamma \in \Pi} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]",
        r"\sup_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]",
        r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[d(x, y)]",
        r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|_1]",
        r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim p}[\|x - y\|]",
        r"\sup_{\|f\|_L \le 1} \mathbb{E}_{x \sim p}[f(x)] + \mathbb{E}_{x \sim q}[f(x)]",
        r"\sup_{\|f\|_L \le 1} \mathbb{E}_{x \sim p}[f(x)^2] - \mathbb{E}_{x \sim q}[f(x)]",
        r"\inf_{\|f\|_L \le 1} \mathbb{E}_{x \sim p}[f(x)] - \mathbb{E}_{x \sim q}[f(x)]",
    ],
)
def test_what_is_no_such_distance_is_not_read(latex: str) -> None:
    assert left_side(latex) is None


def test_words_may_make_the_couplings_others() -> None:
    latex = r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]"
    assert left_side(latex, LAWS + "By $\\Pi(p, q)$ we mean the set of martingale couplings.") is None


@pytest.mark.parametrize("told", ["x \\in [0, 1]", "x > 0", "x \\in \\mathbb{N}"])
def test_places_of_which_more_is_said_are_not_drawn_freely(told: str) -> None:
    latex = r"\inf_{\gamma \in \Pi(p, q)} \mathbb{E}_{(x, y) \sim \gamma}[\|x - y\|]"
    assert left_side(latex, f"Let ${told}$. {LAWS}") is None


@pytest.mark.parametrize(
    ("prose", "other"),
    [
        ("where $ is the set of couplings with marginals $ and $", False),
        ("the set of all joint distributions such that the marginals are $ and $", False),
        ("all 1-Lipschitz functions", False),
        ("the set $ contains only the product coupling", True),
        ("couplings $ such that $ almost surely", True),
        ("over convex 1-Lipschitz functions", True),
        ("all data lie in the interval", True),
        ("on a space of diameter $", True),
    ],
)
def test_words_of_other_transport(prose: str, other: bool) -> None:
    assert other == speaks_of_other_transport(prose)


def test_words_of_other_metrics():
    assert speaks_of_other_metric("with the discrete metric")
    assert speaks_of_other_metric("the Hamming distance of two words")
    assert not speaks_of_other_metric("the Wasserstein distance of two laws")
