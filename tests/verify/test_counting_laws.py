r"""Laws on whole numbers: uniform ones on finite sets, dice and coins, binomial and Poisson laws."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdict(text):
    return judge(list(read_document(read_text(text)))[-1].statement).verdict


@pytest.mark.parametrize(
    "note",
    [
        r"Let $X \sim U\{0, 1\}$. Then $$\operatorname{Var}(X) = \frac14.$$",
        r"Let $X$ be uniform on $\{1, \dots, n\}$. Then $$\operatorname{Var}(X) = \frac{n^2 - 1}{12}.$$",
        r"Let $X \sim \mathrm{Poisson}(100)$. Then $$E[X] = 100.$$",
        r"Let $X \sim \mathrm{Bin}(n, p)$. Then $$P(X = k) = \binom nk p^k (1-p)^{n-k}.$$",
        r"Let $X$ be binomial with parameters $n$ and $p$. Then $$E[X(X-1)] = n(n-1)p^2.$$",
        r"Let $X$ be the number shown by a fair die. Then $$\operatorname{Var}(X) = \frac{35}{12}.$$",
        r"We throw two fair dice; let $X, Y$ be the results. Then $$P(X + Y = 7) = \frac16.$$",
        r"A coin with heads probability $q$ is tossed $m$ times, and $K$ is the number of heads. Then $$E[K] = m q.$$",
    ],
)
def test_right(note):
    assert verdict(note) in ("proved", "holds")


@pytest.mark.parametrize(
    "note",
    [
        r"Let $X$ be uniform on $\{1, \dots, n\}$. Then $$E[X] = \frac n2.$$",
        r"Let $X \sim \mathrm{Bin}(n, p)$. Then $$\operatorname{Var}(X) = n p.$$",
        r"Let $X$ be the number shown by a fair die. Then $$E[X] = 3.$$",
        r"We throw two fair dice; let $X, Y$ be the results. Then $$E[X Y] = \frac{91}{6}.$$",
        r"Toss a fair coin $n$ times and let $X$ be the number of heads. Then $$\operatorname{Var}(X) = \frac n2.$$",
        r"For $k = 0, 1, 2, \dots$ we have $$2^k = 1 + k.$$",
        r"We have $$\cos(k \pi) = 1, \quad k = 0, 1, 2, \dots$$",
    ],
)
def test_wrong(note):
    assert verdict(note) == "wrong"


@pytest.mark.parametrize(
    "note",
    [
        r"Let $X$ be the number shown by a fair die given that it is even. Then $$E[X] = 4.$$",
        r"We roll a fair die and let $X$ be the number shown, divided by two. Then $$E[X] = 1.75.$$",
        r"Toss a fair coin $n$ times and let $X$ be the number of heads minus the number of tails. Then $$E[X] = 0.$$",
        r"A fair die is rolled and $X$ is the number shown. If it is odd we roll again. Then $$E[X] = 4.$$",
        r"Let $X \sim \mathrm{Uniform}(\{1, 3, \dots, 9\})$. Then $$E[X] = 5.$$",
        r"We have $$2^k \ge 1 + k, \quad k \in \mathbb{N}.$$",
    ],
)
def test_other_experiments_are_not_called_wrong(note):
    assert verdict(note) != "wrong"


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        (r"Let $P(X = k) = (1-p)^{k-1} p$ for $k = 1, 2, \dots$ with $0 < p < 1$.", r"E[X] = 1/p", r"E[X] = (1-p)/p"),
        (r"Let $P(X = k) = p (1-p)^k$ for $k = 0, 1, \dots$ with $0 < p < 1$.", r"E[X] = 1/p - 1", r"E[X] = 1/p"),
        (
            r"Let $X$ have law $P(X = k) = \binom nk p^k (1-p)^{n-k}$ for $k = 0, \dots, n$.",
            r"E[X] = n p",
            r"\operatorname{Var}(X) = n p",
        ),
    ],
)
def test_a_law_by_its_formula(told, right, wrong):
    assert verdict(f"{told} Then $${right}$$") in ("proved", "holds")
    assert verdict(f"{told} Then $${wrong}$$") == "wrong"


def test_letters_that_a_sentence_calls_events():
    told = r"Let $A$ and $B$ be independent events. Then "
    assert verdict(f"{told} $$P(A, B) = P(A) P(B).$$") in ("proved", "holds")
    assert verdict(f"{told} $$P(A \\mid B) = P(B).$$") == "wrong"
    assert verdict(r"Let $A$ and $B$ be two events. Then $$P(A, B) = P(A) P(B).$$") == "wrong"
