import pytest
from reading_helpers import claims_of, term_of

from errata.language.gradient_variables import only_argument, only_subscript, only_variable
from errata.language.grammar import parse_syntax
from errata.language.terms import Derivative, Name, subterms
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("formulas", "count"),
    [(("\\nabla f", "\\nabla_v g"), 1), (("\\nabla_u f", "\\nabla_v g"), 0), (("\\nabla f",), 0)],
)
def test_the_others_must_agree(formulas, count):
    assert count == len(only_subscript(parse_syntax(tokenize(f)) for f in formulas))


@pytest.mark.parametrize(
    ("formulas", "count"),
    [
        (("\\nabla f(w) = \\nabla g(x, w)",), 1),
        (("\\nabla f(w)", "\\nabla g(v)"), 0),
        (("\\nabla f(w)", "\\nabla_v g(w)"), 1),
        (("\\nabla f(w)", "\\nabla_v g(v)", "\\nabla_w g(w)"), 0),
        (("\\nabla f(w + 1)",), 0),
    ],
)
def test_a_function_may_tell_by_what_it_is_applied_to(formulas, count):
    assert len(only_variable([parse_syntax(tokenize(f)) for f in formulas])) == count


@pytest.mark.parametrize(
    ("latex", "name"),
    [("\\log f(x)", "x"), ("f(x) g(x)", "x"), ("f(x) g(y)", ""), ("f(x; v)", ""), ("f_\\theta(x)", ""), ("x + y", "")],
)
def test_the_only_argument_of_all_functions(latex, name):
    found = only_argument(term_of(latex))
    assert (Name(name) if name else None) == found


def test_a_gradient_is_taken_by_what_the_others_of_its_display_are_taken_by():
    (claim,) = claims_of("Let $f: \\mathbb{R} \\to \\mathbb{R}$.\n\n$$\\nabla \\exp(f(u) f(v)) = f(u) \\nabla_v f(v)$$")
    (derivative,) = [t for t in subterms(claim.statement.readings[0].left) if isinstance(t, Derivative)]
    assert Name("v") == derivative.variable
