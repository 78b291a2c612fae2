"""Exponentials among the factors of an integrand are put together before it is evaluated far out."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


@pytest.mark.parametrize(
    ("integrand", "value", "right"),
    [
        ("e^{tx} e^{-x^2/2}", "\\sqrt{2\\pi} e^{t^2/2}", True),
        ("e^{tx} e^{-x^2/2}", "\\sqrt{2\\pi} e^{t/2}", False),
        ("\\frac{e^{tx}}{e^{x^2}}", "\\sqrt{\\pi} e^{t^2/4}", True),
        ("x \\exp(tx) \\cdot \\frac{3}{\\exp(x^2/2)}", "3 t \\sqrt{2\\pi} e^{t^2/2}", True),
        ("x \\exp(tx) \\cdot \\frac{3}{\\exp(x^2/2)}", "t \\sqrt{2\\pi} e^{t^2/2}", False),
    ],
)
def test_integrals_of_products_of_exponentials(integrand, value, right):
    note = f"$$\\int_{{-\\infty}}^\\infty {integrand} \\, dx = {value}$$"
    (claim,) = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    assert judge(claim).verdict in (("proved", "holds") if right else ("wrong",))


def test_what_does_not_die_down_has_no_value():
    note = "$$\\int_{-\\infty}^\\infty e^{x^2} e^{-x} dx = \\sqrt{\\pi}$$"
    (claim,) = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    assert judge(claim).verdict not in ("proved", "holds")
