"""Remainders, and congruences as equations between remainders."""

from __future__ import annotations

import pytest

from errata.language.congruences import divided, speaks_of_congruences
from errata.language.reading import read_document
from errata.language.terms import Elementary, Entry, Name, Number, Product
from errata.notes.document import read_text
from errata.verify.judge import judge


def claim(latex: str, before: str = ""):
    return next(p.statement for p in read_document(read_text(f"{before}$${latex}$$\n")) if p.statement.kind == "claim")


@pytest.mark.parametrize(
    "latex", ["a \\equiv b \\pmod n", "a \\equiv b \\mod n", "a \\equiv b (\\text{mod } n)", "a = b \\pmod{n}"]
)
def test_a_congruence_is_an_equation_between_remainders(latex: str) -> None:
    reading = claim(latex).readings[0]
    sides = tuple(Elementary("mod", (Name(s), Name("n"))) for s in "ab")
    assert ("=", *sides) == (reading.relation, reading.left, reading.right)


@pytest.mark.parametrize(
    "latex",
    [
        "a + b \\bmod n = c",
        "- a \\bmod n = c",
        "a \\bmod n b = c",
        "a \\bmod 0 = c",
        "a \\bmod = c",
        "a < b \\pmod n",
        "a = b \\equiv c \\pmod n",
        "a \\equiv b, \\quad c \\equiv d \\pmod n",
    ],
)
def test_what_is_not_clear_is_not_read(latex: str) -> None:
    assert claim(latex).problem is not None


def test_other_uses_of_the_sign_are_equations() -> None:
    assert claim("2 \\equiv 1 + 1").problem is None
    assert claim("5 \\equiv 1 + 1", "We work modulo 3.\n\n").problem is not None


def test_names_that_are_divided_are_whole_numbers() -> None:
    found = Elementary("mod", (Product((Name("a"), Entry(Name("x"), (Name("i"),)))), Name("n")))
    assert ({"a"}, {"n"}) == divided([found, Number(1)])
    scope = claim("(a + 1) \\bmod n = (a + 1) \\bmod n").scope
    assert scope.sorts["a"].integer
    assert scope.sorts["n"].positive


@pytest.mark.parametrize(
    ("latex", "verdict"),
    [
        ("n^2 + n \\equiv 0 \\pmod 2", ("proved", "holds")),
        ("n^2 + n \\equiv n^2 - n + 1 \\pmod 2", ("wrong",)),
        ("2^{200} \\equiv 1 \\pmod{5}", ("proved", "holds", "undecided")),
        ("7 \\bmod 4 = 3", ("proved", "holds")),
        ("7 \\bmod 4 = 2", ("wrong",)),
    ],
)
def test_verdicts(latex: str, verdict: tuple[str, ...]) -> None:
    assert judge(claim(latex)).verdict in verdict


def test_words_tell_of_congruences() -> None:
    assert speaks_of_congruences(["counted modulo three"])
    assert not speaks_of_congruences(["the model is modular, and so is its mode"])
