import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.language.grammar import MAXIMAL_DEPTH, parse_syntax
from errata.language.syntax import Command, Environment, Group, Leaf, Scripted, everything
from errata.language.tokens import NotUnderstood, tokenize


def parse(latex):
    return parse_syntax(tokenize(latex))


def test_fraction_takes_one_digit_each_as_tex_does():
    (fraction, epsilon) = parse(r"\frac12\epsilon")
    assert isinstance(fraction, Command)
    assert [a[0].text for a in fraction.arguments] == ["1", "2"]
    assert epsilon.text == "\\epsilon"


def test_scripts_attach_in_either_order():
    (one,) = parse("x^2_j")
    (other,) = parse("x_j^2")
    for node in (one, other):
        assert isinstance(node, Scripted)
        assert node.lower[0].text == "j"
        assert node.upper[0].text == "2"


def test_primes_are_counted():
    (node,) = parse("f''")
    assert node.primes == 2


def test_half_open_intervals_are_brackets():
    (group,) = parse("(0, 1]")
    assert (group.opening, group.closing) == ("(", "]")


def test_rows_and_cells_of_an_environment():
    (node,) = parse(r"\begin{cases} a & x > 0 \\ b & x \le 0 \end{cases}")
    assert isinstance(node, Environment)
    assert [len(row) for row in node.rows] == [2, 2]


@pytest.mark.parametrize(
    ("latex", "place", "words"),
    [
        ("a(b", 1, "never closed"),
        ("a)", 1, "closes nothing"),
        (r"\frac{a}", 0, "lacks an argument"),
        (r"\begin{aligned} a", 0, "never closed"),
        (r"x + \left( a", 4, "never closed"),
        ("(a}", 0, "closed by"),
    ],
)
def test_what_is_not_balanced_is_an_error_with_its_place(latex, place, words):
    with pytest.raises(NotUnderstood, match=words) as caught:
        parse(latex)
    assert place == caught.value.problem.span.start


def test_nesting_is_bounded():
    with pytest.raises(NotUnderstood, match="nested"):
        parse("(" * 1000 + "x" + ")" * 1000)
    assert parse("(" * (MAXIMAL_DEPTH - 5) + "x" + ")" * (MAXIMAL_DEPTH - 5))


@given(st.text(alphabet="ab12+-=()[]{}^_'|\\frac\\left\\right\\sum &", max_size=40))
def test_spans_stay_in_bounds_and_nothing_else_is_raised(text):
    try:
        nodes = parse(text)
    except NotUnderstood as error:
        assert 0 <= error.problem.span.start <= len(text)
        return
    for node in everything(nodes):
        assert isinstance(node, Leaf | Group | Command | Scripted | Environment) or node.span
        assert 0 <= node.span.start <= node.span.end <= len(text)
