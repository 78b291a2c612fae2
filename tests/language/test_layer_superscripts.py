"""Layers and times above names."""

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


NETWORK = "Let $z^l = W^l a^{l-1} + b^l$, $a^l = \\tanh(z^l)$ and the cost $C = \\frac{1}{2} \\|a^L - y\\|^2$.\n\n"


def test_nothing_is_differentiated_by_a_power():
    assert is_right(verdicts(f"{NETWORK}$$\\frac{{\\partial C}}{{\\partial a^L}} = a^L - y$$"))
    assert "wrong" in verdicts(f"{NETWORK}$$\\frac{{\\partial C}}{{\\partial a^L}} = y - a^L$$")


def test_elsewhere_a_letter_above_is_a_power():
    assert is_right(verdicts("Let $f(x) = x^l$ with an integer $l > 1$.\n\n$$f'(x) = l x^{l-1}$$"))
    assert "wrong" in verdicts("Let $f(x) = x^l$ with an integer $l > 1$.\n\n$$f'(x) = x^{l-1}$$")
