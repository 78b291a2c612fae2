"""Commands for letters in another type."""

import pytest

from errata.language.letter_commands import letter_command


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ("\\vx", "\\mathbf{x}"),
        ("\\bX", "\\mathbf{X}"),
        ("\\mA", "\\mathbf{A}"),
        ("\\rmA", "\\mathbf{A}"),
        ("\\rvz", "\\mathbf{z}"),
        ("\\bmu", "\\mathbf{\\mu}"),
        ("\\vtheta", "\\mathbf{\\theta}"),
        ("\\cL", "\\mathcal{L}"),
        ("\\calF", "\\mathcal{F}"),
        ("\\RR", "\\mathbb{R}"),
        ("\\bfx", "\\mathbf{x}"),
        ("\\w", "\\mathbf{w}"),
        ("\\xhat", "\\hat{x}"),
        ("\\mubar", "\\bar{\\mu}"),
        ("\\tildex", "\\tilde{x}"),
        ("\\tp", "\\tilde{p}"),
        ("\\pdata", "p_{\\text{data}}"),
        ("\\qphi", "q_{\\phi}"),
    ],
)
def test_a_letter_in_another_type(command, written):
    assert letter_command(command) == written


@pytest.mark.parametrize(
    "command",
    ["\\beta", "\\bm", "\\mu", "\\va", "\\vb", "\\cap", "\\ma", "\\bar", "\\RN", "\\cl", "\\hbar", "\\to", "\\th"],
)
def test_other_commands(command):
    assert letter_command(command) is None
