"""What a relation defines, and the free symbols of terms."""

import pytest
from reading_helpers import term_of

from errata.language.definitions import definition, free_symbols, head_symbol, used_symbols
from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.scope import Definition, DensityDefinition
from errata.language.terms import LawReference, Name

USAGE = Usage(
    laws={"p": LawUsage(("x", "z")), "q": LawUsage(("x",))}, functions=frozenset("fD"), indices=frozenset("i")
)
KNOWN = Knowledge(usage=USAGE)


def term(latex):
    return term_of(latex, KNOWN)


@pytest.mark.parametrize(
    ("left", "symbol"),
    [
        ("a", "a"),
        (r"\hat y", r"\hat{y}"),
        ("f(x)", "f"),
        ("f(x, y)", "f"),
        ("f(x, x)", None),
        ("f(2)", None),
        ("f(x + 1)", None),
        ("p(x)", "p"),
        (r"p(x \mid z)", "p"),
        ("a + b", None),
        ("2 a", None),
        ("a^2", None),
        (r"\log a", None),
    ],
)
def test_the_symbol_that_a_left_side_would_define(left, symbol):
    assert symbol == head_symbol(term(left))


def test_a_name_a_function_and_a_law_are_defined():
    assert Definition("a", (), term("b + 1")) == definition(term("a"), term("b + 1"))
    assert Definition("f", ("x", "y"), term("x y")) == definition(term("f(x, y)"), term("x y"))
    assert DensityDefinition("p", (("x", "x"),), (("z", "z"),), term("x z")) == definition(
        term(r"p(x \mid z)"), term("x z")
    )


@pytest.mark.parametrize(
    ("left", "parameters"), [("f(x; w, b)", ("x", "w", "b")), ("f(x; 2)", ("x",)), ("f(x; x)", ("x",))]
)
def test_names_behind_a_semicolon_are_parameters_too(left, parameters):
    found = definition(term_of(left), term_of("w + b"))
    assert isinstance(found, Definition) and found.parameters == parameters


def test_nothing_is_defined_by_itself():
    assert definition(term("a"), term("a + 1")) is None
    assert definition(term("f(x)"), term("f(x) + 1")) is None


def test_a_law_is_defined_by_a_law_alone():
    bare = LawReference(Name("m"))
    assert definition(bare, term("3")) is None
    assert definition(bare, LawReference(Name("q"))) == Definition("m", (), LawReference(Name("q")))


@pytest.mark.parametrize(
    ("latex", "free"),
    [
        ("a + b", {"a", "b"}),
        (r"\sum_{i=1}^n i a", {"n", "a"}),
        (r"i + \sum_{i=1}^n i", {"i", "n"}),
        (r"\int_0^t s \, ds", {"t"}),
        (r"\sum_x q(x) f(x)", {"q", "f"}),
        (r"\mathbb{E}_{x \sim q}[f(x) + c]", {"q", "f", "c"}),
    ],
)
def test_bound_symbols_are_not_free(latex, free):
    assert free == free_symbols(term(latex))
    assert free <= used_symbols(term(latex))
