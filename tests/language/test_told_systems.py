"""Systems of equations told in one sentence."""

import pytest

from errata.language.scope import Definition
from errata.language.terms import Name, Sum
from errata.language.told_systems import system_in


def defined(symbol, *names, parameters=()):
    return Definition(symbol, parameters, Sum(tuple(map(Name, names))))


@pytest.mark.parametrize(
    ("definitions", "names"),
    [
        ([defined("x", "y", "c"), defined("y", "x", "d")], ["x", "y"]),
        ([defined("x", "y"), defined("y", "z"), defined("z", "x")], ["x", "y", "z"]),
        ([defined("x", "y"), defined("y", "z"), defined("z", "y")], ["y", "z"]),
        ([defined("x", "y"), defined("y", "z")], []),
        ([defined("x", "y", parameters=("t",)), defined("y", "x")], []),
    ],
)
def test_system(definitions, names):
    found = system_in(definitions)
    assert [equation.left.symbol for equation in found] == names
    bodies = {d.symbol: d.body for d in definitions}
    assert all(equation.right == bodies[equation.left.symbol] for equation in found)
