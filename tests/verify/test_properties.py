"""Properties that a note may take for granted of names that it does not declare."""

import pytest

from errata.language.reading import read_document
from errata.language.sorts import POSITIVE, UNIT
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.properties import MOST_TRIES, rescuing_property


def claim(note):
    return [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"][-1]


def rescue(note, holds):
    statement = claim(note)
    return rescuing_property(statement.readings[0], statement.scope, holds)


def test_the_first_property_that_mends_the_step_is_named():
    assert rescue("$$a + b = b - a$$", lambda _, scope: scope.sorts["a"] == POSITIVE) == "a is positive"
    found = rescue("$$a + b = b - a$$", lambda _, scope: scope.sorts["b"] == UNIT)
    assert found == "b lies between 0 and 1"


def test_nothing_that_mends_it_is_none():
    assert rescue("$$a + b = b - a$$", lambda *_: False) is None


def test_declared_names_are_left_as_they_are():
    tried = []
    rescue("Let $a \\in \\mathbb{R}$.\n\n$$a + b = b - a$$", lambda _, scope: bool(tried.append(scope)))
    assert tried
    assert {claim("Let $a \\in \\mathbb{R}$.\n\n$$a + b = b - a$$").scope.sorts["a"]} == {s.sorts["a"] for s in tried}


def test_tries_are_bounded():
    tried = []
    letters = "abcdfghklmoruvw"
    rescue(f"$${' + '.join(letters)} = 1 - a$$", lambda _, scope: bool(tried.append(scope)))
    assert len(tried) == MOST_TRIES


@pytest.mark.parametrize(
    ("note", "verdict", "said"),
    [
        ("$$\\log (ab)^2 = 2 \\log a + 2 \\log b + (a - |a|)$$", ("conditional", "proved", "holds"), ""),
        ("$$\\sum_{i=1}^n w_i = 1 + 0 \\cdot n$$", ("conditional", "undecided"), ""),
        ("Let $a \\in \\mathbb{R}$.\n\n$$a^2 = a + 1$$", ("wrong", "undecided"), ""),
    ],
)
def test_the_judge_asks_for_them(note, verdict, said):
    found = judge(claim(note))
    assert found.verdict in verdict and said in found.message
