import pytest

from errata.language.empty_groups import is_empty
from errata.language.grammar import parse_syntax
from errata.language.syntax import Leaf, Scripted
from errata.language.tokens import tokenize


def nodes(latex):
    return parse_syntax(tokenize(latex))


def test_an_empty_group_is_nothing():
    assert [n.text for n in nodes("a{} + {}b") if isinstance(n, Leaf)] == ["a", "+", "b"]


def test_its_scripts_belong_to_the_name_before_it():
    (name,) = nodes("a{}_{i}^2")
    assert isinstance(name, Scripted) and isinstance(name.base, Leaf)
    assert name.base.text == "a" and name.lower is not None and name.upper is not None


@pytest.mark.parametrize("latex", ["a {}^2", "{}_nC_k", "x{}_2F_1", "2{}_n", "a^2{}_n"])
def test_in_front_of_another_name_they_are_not_understood(latex):
    assert any(isinstance(n, Scripted) and is_empty(n.base) for n in nodes(latex))
