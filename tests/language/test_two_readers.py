r"""An independent second reader agrees with ours on scalar formulas.

latex2sympy2 reads \log to base 10 and knows nothing of laws, so the formulas here are those that both claim to
read: numbers, names, arithmetic, powers, roots, \ln and \tanh.
"""

from fractions import Fraction

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_helpers import term_of

from errata.language.printer import to_latex
from errata.language.terms import Elementary, Name, Negative, Number, Power, Product, Quotient, Sum

second_reader = pytest.importorskip("latex2sympy2", reason="the second reader needs Python below 3.13")

VALUES = {"x": sympy.Rational(7, 5), "y": sympy.Rational(3, 8), "a": sympy.Rational(9, 4)}
FUNCTIONS = {"tanh": sympy.tanh, "sqrt": sympy.sqrt, "exp": sympy.exp}

names = st.sampled_from([Name(symbol) for symbol in VALUES])
numbers = st.integers(1, 20).map(lambda n: Number(Fraction(n)))


def compound(inner):
    return st.one_of(
        st.tuples(inner, inner).map(lambda t: Quotient(*t)),
        st.tuples(inner, st.integers(2, 4)).map(lambda t: Power(t[0], Number(Fraction(t[1])))),
        st.tuples(inner, inner).map(lambda t: Sum(t)),
        st.tuples(inner, inner).map(lambda t: Sum((t[0], Negative(t[1])))),
        st.tuples(inner, inner).map(lambda t: Product(t)),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner).map(lambda t: Elementary(t[0], (t[1],))),
    )


def value(term):
    """The term's value by SymPy's numbers, computed here and nowhere else."""
    match term:
        case Number(value=number):
            return sympy.Rational(number.numerator, number.denominator)
        case Name(symbol=symbol):
            return VALUES[symbol]
        case Negative(term=inner):
            return -value(inner)
        case Sum(terms=terms):
            return sympy.Add(*map(value, terms))
        case Product(factors=factors):
            return sympy.Mul(*map(value, factors))
        case Quotient(numerator=top, denominator=bottom):
            return value(top) / value(bottom)
        case Power(base=base, exponent=exponent):
            return value(base) ** value(exponent)
        case Elementary(function=function, arguments=(argument,)):
            return FUNCTIONS[function](value(argument))
    raise AssertionError(term)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(names | numbers, compound, max_leaves=6))
def test_both_readers_give_the_same_value(term):
    latex = to_latex(term)
    theirs = second_reader.latex2sympy(latex)
    theirs = theirs.subs({symbol: VALUES[str(symbol)] for symbol in theirs.free_symbols})
    ours = value(term_of(latex))
    if ours.has(sympy.zoo, sympy.nan, sympy.oo):
        return
    gap, scale = abs(sympy.N(theirs - ours, 30)), max(1, abs(sympy.N(ours, 30)))
    assert gap <= scale * sympy.Rational(1, 10**12), latex


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{1}{2} x^2 + 3y", sympy.Rational(1, 2) * VALUES["x"] ** 2 + 3 * VALUES["y"]),
        (r"x(1 - y)^2", VALUES["x"] * (1 - VALUES["y"]) ** 2),
        (r"-\frac{(x - y)^2}{2 a^2}", -((VALUES["x"] - VALUES["y"]) ** 2) / (2 * VALUES["a"] ** 2)),
    ],
)
def test_both_readers_agree_on_what_people_write(latex, expected):
    theirs = second_reader.latex2sympy(latex)
    theirs = theirs.subs({symbol: VALUES[str(symbol)] for symbol in theirs.free_symbols})
    assert sympy.simplify(theirs - expected) == 0
    assert sympy.simplify(value(term_of(latex)) - expected) == 0
