import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.language.tokens import NotUnderstood, tokenize
from errata.notes.document import Macro


def texts(latex, macros=None):
    return [t.text for t in tokenize(latex, macros)]


def test_size_commands_and_labels_carry_no_mathematics():
    assert texts(r"a\label{eq:1}\Big(b\Big)\,\tag{3}") == ["a", "(", "b", ")"]


def test_aliases_share_one_token():
    assert texts(r"a \leqslant b") == texts(r"a \le b") == texts("a ≤ b")


def test_every_token_knows_its_place():
    latex = r"\alpha + x_{10}"
    for token in tokenize(latex):
        assert latex[token.span.start : token.span.end] == token.text


def test_macro_with_arguments_is_expanded_at_the_place_of_its_call():
    macros = {"\\norm": Macro("\\norm", 1, None, r"\Vert #1 \Vert")}
    tokens = tokenize(r"2\norm{x}", macros)
    assert [t.text for t in tokens] == ["2", "\\Vert", "x", "\\Vert"]
    assert (tokens[1].span.start, tokens[1].span.end) == (1, 9)
    assert (tokens[2].span.start, tokens[2].span.end) == (7, 8)


def test_optional_argument_has_its_default():
    macros = {"\\E": Macro("\\E", 2, "x", r"E_{#1}[#2]")}
    assert texts(r"E_{x}[y]") == texts(r"\E{y}", macros)
    assert texts(r"E_{z}[y]") == texts(r"\E[z]{y}", macros)


def test_macro_that_calls_itself_is_an_error_with_a_place():
    macros = {"\\a": Macro("\\a", 0, None, r"\a\a")}
    with pytest.raises(NotUnderstood) as caught:
        tokenize(r"x + \a", macros)
    assert caught.value.problem.span.start == 4
    assert "never stops" in caught.value.problem.message


def test_too_long_a_formula_is_refused():
    with pytest.raises(NotUnderstood, match="characters"):
        tokenize("x+" * 20_000)


@given(st.text(max_size=60))
def test_spans_stay_in_bounds(text):
    try:
        tokens = tokenize(text)
    except NotUnderstood as error:
        assert 0 <= error.problem.span.start <= len(text)
        return
    for token in tokens:
        assert 0 <= token.span.start < token.span.end <= len(text)
