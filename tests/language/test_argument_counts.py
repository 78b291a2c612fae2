"""Functions of one name that differ by their counts of arguments."""

import pytest
from reading_helpers import claims_of

from errata.language.argument_counts import argument_counts, told_apart
from errata.language.parsing import Parsing
from errata.language.printer import to_latex
from errata.language.symbols import with_count, without_count, written_below
from errata.language.syntax import everything, leaf_text


def nodes(latex):
    return Parsing({}).rows(latex)[0].nodes


def counts(*formulas):
    return dict(argument_counts([nodes(f) for f in formulas]))


def test_a_function_that_begins_equations_with_different_counts_is_two():
    assert counts("K(r) = r", "K(r; s) = r s", "K(r, s, t) = 1") == {"K": {1, 2, 3}}


@pytest.mark.parametrize(
    "formulas",
    [
        ("K(r) = r", "1 = K(r, s)"),
        ("K(r) = r", "K(r, s) > 0"),
        ("K(r) = r", "K(r, 2) = 1"),
        ("K(r) = r", "K(r | s) = 1"),
        ("K(r) = r", "2 K(r, s) = 1"),
        ("p(x) = r", "p(x, y) = r"),
        ("K(r) = r", "K(r, s) = r", "K(r | s) = 1"),
        ("K(r) = r", "K(r, s) = r", "K(s) = 1"),
        ("K(r) = r", "K(r, s) = K(r) K(s)"),
        ("H(x) = r", "H(x, y) = r"),
        ("f_1(x) = r", "f_1(x, y) = r"),
    ],
)
def test_other_uses_tell_no_functions_apart(formulas):
    assert counts(*formulas) == {}


def test_every_call_with_a_count_that_is_told_apart_gets_a_name_of_its_own():
    known = {"K": frozenset((1, 2))}
    changed = told_apart(nodes(r"\frac{K(r)}{K(r; s)^2} + \{K(K(1, 2))\} + K(1, 2, 3)"), known)
    names = [leaf_text(n) for n in everything(changed) if leaf_text(n).startswith("K")]
    assert sorted(names) == ["K", "K", "K", "K⁽2⁾", "K⁽2⁾"]


def test_the_count_is_not_written():
    assert with_count("K", 2) == "K⁽2⁾"
    assert without_count("K⁽12⁾_{a}") == "K_{a}"
    assert written_below("K⁽2⁾") == "K"
    reading = claims_of("$$K(r) = r$$\n\n$$K(r, s) = r s$$\n\n$$K(r, r) = K(r)^2$$")[-1].statement.readings[0]
    assert to_latex(reading.left) == "K(r, r)"


@pytest.mark.parametrize(("note", "doubtful"), [("$$K(r) = r$$\n\n", set()), ("", {"K"})])
def test_one_without_its_formula_is_in_doubt(note, doubtful):
    after = "$$K(r) + 1 = 1 + K(r)$$\n\n$$K(r, s) = r s$$\n\n$$K(r) = r$$"
    claims = claims_of(note + after)
    first = next(c.statement for c in claims if c.statement.text.startswith("K(r) + 1"))
    assert {s for s, words in first.scope.not_understood.items() if "count of arguments" in words} == doubtful


def test_empty_brackets_are_no_call():
    assert told_apart(nodes("K() + {}"), {"K": frozenset((1, 2))})
    assert told_apart((), {"K": frozenset((1, 2))}) == ()
