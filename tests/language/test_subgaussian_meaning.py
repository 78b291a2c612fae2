"""What a note calls subgaussian: only the customary inequality lets phrases be read."""

import pytest
from reading_helpers import statements_of

from errata.language.prose.lexing import encode
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.prose.subgaussian_predicates import NOTATION
from errata.language.reading import overlook
from errata.language.scope import Subgaussian
from errata.language.terms import Name, Number, Power
from errata.notes.document import read_text


def meaning_of(text):
    return overlook(read_text(text)).begun().state.notations[NOTATION]


BOUND = r"\mathbb{E}[e^{s X}] \le e^{s^2 \sigma^2/2}"


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (f"$X$ is $\\sigma$-subgaussian if ${BOUND}$ for all $s$.", ""),
        (f"$X$ is sub-Gaussian with variance proxy $\\sigma^2$ if\n$$ {BOUND}, \\quad \\forall s. $$", ""),
        (f"$X$ is $\\sigma^2$-subgaussian if ${BOUND}$ for all $s$.", "proxy"),
        (r"$X$ is $\sigma$-subgaussian when $\log E[\exp(s X)] \le \frac{1}{2} s^2 \sigma^2$.", ""),
        (r"$X$ is $\sigma$-subgaussian if $E[e^{s (X - \mu)}] \le e^{s^2 \sigma^2/2}$.", "scale shifted"),
        (r"$X$ is $\sigma$-subgaussian if $E[e^{s X}] \le e^{s^2 \sigma^2}$ for all $s$.", "other"),
        (r"$X$ is $\sigma$-subgaussian if $P(|X| \ge t) \le 2 e^{-t^2/\sigma^2}$ for all $t$.", "other"),
        (r"$X$ is $\sigma$-subgaussian iff $\|X\|_{\psi_2} \le \sigma$.", "other"),
        (r"If $X$ is $\sigma$-subgaussian, then $P(X \ge t) \le e^{-t^2/(2\sigma^2)}$.", ""),
        (r"Then $cX$ is $|c|\sigma$-subgaussian: $E[e^{s c X}] \le e^{s^2 c^2 \sigma^2/2}$.", ""),
        (r"Nothing of the kind: $E[e^{s X}] \le e^{s^2}$.", ""),
    ],
)
def test_the_inequality_after_the_word_tells_its_meaning(said, meaning):
    assert meaning == meaning_of(f"# Notes\n\n{said}\n")


@pytest.mark.parametrize(
    ("said", "proxy"),
    [
        (r"Let $X$ be $\sigma$-subgaussian.", Power(Name(r"\sigma"), Number(2))),
        (r"The noise $X$ is 1-subgaussian.", Number(1)),
        (r"Let $X$ be a zero-mean sub-Gaussian variable with parameter $\sigma$.", Power(Name(r"\sigma"), Number(2))),
        (r"Let $X$ be subgaussian with variance proxy $v$.", Name("v")),
        (r"If $X$ is $\sigma$-subgaussian, then the following holds.", Power(Name(r"\sigma"), Number(2))),
    ],
)
def test_phrases_tell_the_variance_proxy(said, proxy):
    last = statements_of(f"{said}\n\nWe find $X^2 \\ge 0$.\n")[-1].statement
    assert [proxy] == [f.proxy for f in last.scope.facts if isinstance(f, Subgaussian)]


@pytest.mark.parametrize(
    "said",
    [
        r"Let $X$ be $\sigma^2$-subgaussian.",  # the proxy, or the scale
        r"Let $X$ be subgaussian.",
        r"Let $X$ be strictly $\sigma$-subgaussian.",
        r"Let $X$ not be $\sigma$-subgaussian.",
        r"Let $X$ be conditionally $\sigma$-subgaussian given $F$.",
    ],
)
def test_what_a_phrase_leaves_open_is_not_understood(said):
    scope = statements_of(f"{said}\n\nWe find $X^2 \\ge 0$.\n")[-1].statement.scope
    assert not any(isinstance(f, Subgaussian) for f in scope.facts)
    assert "X" in scope.not_understood


def test_a_variable_that_has_a_law_keeps_it():
    text = "Let $X \\sim \\mathcal{N}(0, \\sigma^2)$. Then $X$ is $\\sigma$-subgaussian.\n\nWe find $X^2 \\ge 0$.\n"
    scope = statements_of(text)[-1].statement.scope
    assert not any(isinstance(f, Subgaussian) for f in scope.facts)
    assert not scope.not_understood


def test_other_sentences_are_left_as_they_are():
    sentence = Sentence((Words("If ", 0), Formula("X", 3), Words(" is normal, then it is called so", 4)), ".")
    assert encode(sentence).split()[0] == "if"
