"""Probabilities told one by one are the law, where together they tell all of it."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

TEST = "Suppose $P(D=1) = 0.01$, $P(T=1|D=1) = 0.99$ and $P(T=1|D=0) = 0.05$.\n\n"
THREE = "Let $P(X=0) = 1/2$, $P(X=1) = 1/4$ and $P(X=2) = 1/4$.\n\n"
COIN = "Suppose $P(X=1) = p$ and $P(X=0) = 1 - p$.\n\n"


def verdict(note):
    found = [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    return "right" if found[-1] in ("proved", "holds") else found[-1]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (f"{TEST}$$P(T=1) = P(T=1|D=1) P(D=1) + P(T=1|D=0) P(D=0) = 0.99 \\cdot 0.01 + 0.05 \\cdot 0.99$$", "right"),
        (f"{TEST}$$P(D=1|T=1) = \\frac{{P(T=1|D=1) P(D=1)}}{{P(T=1)}} = \\frac{{0.0099}}{{0.0594}}$$", "right"),
        (f"{TEST}$$P(D=0) P(T=0|D=0) = 0.99 \\cdot 0.95 + 0$$", "right"),
        (f"{TEST}$$P(D=0) P(T=0|D=0) = 0.99 \\cdot 0.05 + 0$$", "wrong"),
        (f"{THREE}$$E[X^2] + E[X] = 2$$", "right"),
        (f"{THREE}$$E[X^2] + E[X] = 3$$", "wrong"),
        (f"{COIN}$$E[X^2] - E[X]^2 = p (1 - p)$$", "right"),
        (f"{COIN}$$E[X^2] - E[X]^2 = p (1 + p)$$", "wrong"),
        # With a half of the law, or one that does not sum to 1, nothing is known.
        ("Suppose $P(D=1) = 0.01$ and $P(T=1|D=1) = 0.99$.\n\n$$P(T=1) P(D=1) = 0.5 + 0.1$$", "undecided"),
        (f"{THREE.replace('1/2', '1/3')}$$E[X^2] + E[X] = 2$$", "undecided"),
    ],
)
def test_a_law_told_by_its_probabilities(note, expected):
    assert verdict(note) == expected
