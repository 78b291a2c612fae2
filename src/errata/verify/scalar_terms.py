"""Terms of numbers as SymPy expressions, and such expressions as terms again.

Objects are constructed, never parsed. What is no operation on numbers but has one for its value (an entry of a
family, a value of an unknown function) stands as a symbol of its own, if it does not move with a bound name.

SymPy is imported with this module; import it late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import sympy

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Point, RandomVariable, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Apply,
    Comparison,
    Constant,
    Elementary,
    Entry,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
)
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, assumptions

_FUNCTIONS: Mapping[str, Callable[[Expression], Expression]] = {
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "factorial": sympy.factorial,
    "gamma": sympy.gamma,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
}
_NAMES = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.atan: "arctan",
    sympy.Abs: "abs",
    sympy.factorial: "factorial",
    sympy.gamma: "gamma",
}
_HALF = sympy.Rational(1, 2)


class Scalars:
    """One reading of terms as expressions: one symbol for each name, and the way back."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.symbols: dict[Term, Expression] = {}
        self.sorts: dict[Expression, Real] = {}
        self.sums: list[tuple[Expression, Expression, Expression, Expression, Expression]] = []
        """Of each sum its closed form, the summand, the name that runs, and from where to where."""

    def encode(self, term: Term, bound: Mapping[str, Expression]) -> Expression:
        """Return a term as an expression, with these values of bound names. Raises CannotEncode."""
        match term:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Constant(kind):
                return {"pi": sympy.pi, "e": sympy.E, "infinity": sympy.oo}[kind]
            case Name(symbol) if symbol in bound:
                return bound[symbol]
            case Name(symbol):
                return self._symbol(term, self.scope.sorts.get(symbol))
            case Negative(inner):
                return -self.encode(inner, bound)
            case Sum(terms):
                return sympy.Add(*(self.encode(part, bound) for part in terms))
            case Product(factors):
                return sympy.Mul(*(self.encode(part, bound) for part in factors))
            case Quotient(numerator, denominator):
                return self.encode(numerator, bound) / self.encode(denominator, bound)
            case Power(base, exponent):
                return self.encode(base, bound) ** self.encode(exponent, bound)
            case Elementary(function, arguments):
                return self._elementary(function, [self.encode(part, bound) for part in arguments])
            case Aggregate("sum", binder, body) if isinstance(binder.domain, Range):
                return self._sum(binder.name.symbol, binder.domain, body, bound)
            case Entry(Name(symbol)) if not free_symbols(term) & bound.keys():
                return self._symbol(term, _member(self.scope.sorts.get(symbol)))
            case Apply(Name(symbol)) if not free_symbols(term) & bound.keys():
                sort = self.scope.sorts.get(symbol)
                return self._symbol(term, sort.value if isinstance(sort, Function) else sort)
        raise CannotEncode(f"{type(term).__name__} is no operation on numbers")

    def _symbol(self, term: Term, sort: Sort | None) -> Expression:
        if term not in self.symbols:
            real = self._within(term, self._real(sort))
            made = sympy.Symbol(f"x{len(self.symbols)}", **assumptions(real))
            self.symbols[term] = made
            self.sorts[made] = real
        return self.symbols[term]

    def _real(self, sort: Sort | None) -> Real:
        if isinstance(sort, Point | RandomVariable):
            kind = self.scope.spaces.get(sort.space)
            sort = Real() if isinstance(kind, EuclideanSpace) and kind.size is None else sort
        if sort is not None and (not isinstance(sort, Real) or sort.complex):
            raise CannotEncode("something that is no real number")
        return sort or Real()

    def _within(self, term: Term, real: Real) -> Real:
        """Return the sort of a name with the bounds that the notes assume of it: x > 0, |r| < 1."""
        for assumption in self.scope.assumptions:
            match assumption:
                case Comparison("<" | "<=", Elementary("abs", (name,)), Number(bound)) if name == term:
                    real = _bounded(real, -float(bound), float(bound))
                case Comparison(">" | ">=", name, Number(bound)) if name == term:
                    real = _bounded(real, float(bound), None)
                case Comparison("<" | "<=", name, Number(bound)) if name == term:
                    real = _bounded(real, None, float(bound))
        return real

    def _elementary(self, function: str, values: list[Expression]) -> Expression:
        if function == "log":
            return sympy.log(values[0]) / (sympy.log(values[1]) if len(values) > 1 else 1)
        if function == "binomial" and len(values) == 2:
            return sympy.binomial(*values)
        if function not in _FUNCTIONS or len(values) != 1:
            raise CannotEncode(f"the function {function}")
        return _FUNCTIONS[function](values[0])

    def _sum(self, symbol: str, domain: Range, body: Term, bound: Mapping[str, Expression]) -> Expression:
        low, high = self.encode(domain.low, bound), self.encode(domain.high, bound)
        if low.is_infinite or high.is_infinite:
            raise CannotEncode("an endless sum")
        running = sympy.Symbol(f"k{len(self.sums)}", integer=True)
        inner = self.encode(body, {**bound, symbol: running})
        total = _without_special_cases(sympy.Sum(inner, (running, low, high)).doit())
        self.sums.append((total, inner, running, low, high))
        return total

    def decode(self, expression: Expression) -> Term:
        """Return an expression as a term. Raises CannotEncode for what has no form here."""
        back = {symbol: term for term, symbol in self.symbols.items()}
        return _term(expression, back)


def _bounded(real: Real, low: float | None, high: float | None) -> Real:
    """Return a sort with narrower bounds; single values at the ends are left out, for a limit is a formula in it."""
    if low is not None and (real.low is None or low >= real.low):
        real = replace(real, low=low, low_open=True)
    if high is not None and (real.high is None or high <= real.high):
        real = replace(real, high=high, high_open=True)
    return real


def _member(sort: Sort | None) -> Sort | None:
    if isinstance(sort, Family):
        return sort.element
    return sort.entries if isinstance(sort, Vector) else sort


def _without_special_cases(total: Expression) -> Expression:
    """Leave out what a sum is at single values of a parameter, as a geometric one is where its ratio is 1."""
    for case in total.atoms(sympy.Piecewise):
        *special, (value, last) = case.args
        if last != sympy.true or not all(isinstance(condition, sympy.Eq) for _, condition in special):
            raise CannotEncode("a sum with several cases")
        total = total.subs(case, value)
    if total.has(sympy.Sum, sympy.Piecewise):
        raise CannotEncode("a sum without a closed form")
    return total


def _term(expression: Expression, back: Mapping[Expression, Term]) -> Term:
    if expression in back:
        return back[expression]
    if expression.is_Rational:
        value = Number(Fraction(abs(int(expression.p)), int(expression.q)))
        return Negative(value) if expression.p < 0 else value
    if expression in (sympy.pi, sympy.E):
        return Constant("pi" if expression == sympy.pi else "e")
    if expression in (sympy.oo, -sympy.oo):
        infinity = Constant("infinity")
        return infinity if expression == sympy.oo else Negative(infinity)
    if expression.is_Add:
        return Sum(tuple(_term(part, back) for part in expression.args))
    if expression.is_Mul:
        return _product(expression, back)
    if expression.is_Pow:
        base, exponent = expression.as_base_exp()
        return _power(base, exponent, back)
    if expression.func in _NAMES and len(expression.args) == 1:
        return Elementary(_NAMES[expression.func], (_term(expression.args[0], back),))
    raise CannotEncode(f"{expression.func.__name__} is not written as a term")


def _product(expression: Expression, back: Mapping[Expression, Term]) -> Term:
    numerator, denominator = expression.as_numer_denom()
    if denominator != 1:
        return Quotient(_term(numerator, back), _term(denominator, back))
    factors = [_term(part, back) for part in expression.args]
    if expression.args[0] == -1:
        return Negative(factors[1] if len(factors) == 2 else Product(tuple(factors[1:])))
    return Product(tuple(factors))


def _power(base: Expression, exponent: Expression, back: Mapping[Expression, Term]) -> Term:
    if exponent.could_extract_minus_sign():
        return Quotient(Number(Fraction(1)), _term(base**-exponent, back))
    if exponent == _HALF:
        return Elementary("sqrt", (_term(base, back),))
    return Power(_term(base, back), _term(exponent, back))
