"""Exact numbers in place of symbols: random rationals, and logarithms of rationals, inside the declared sorts.

Drawn while a claim is evaluated (`DrawnSymbols`), every step of the evaluation is arithmetic of exact numbers. What
needs a variable, such as a derivative, is evaluated with symbols first; `Point` puts the numbers in afterwards, and
polynomials with rational coefficients for undefined functions.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Literal

import sympy
from sympy.core.function import AppliedUndef

from errata.language.sorts import Real, Sort
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, Symbols

Style = Literal["rational", "logarithm"]
"""logarithm: free real numbers are logarithms of rationals, so that their exponentials are rational."""

LARGEST = 6
"""Whole numbers without a bound of their own are drawn up to so much above their least value."""
_DENOMINATORS = (2, 3, 5, 7)


def drawn(sort: Real | None, style: Style, generator: random.Random) -> Expression:
    """Return a random exact number inside a sort."""
    sort = sort or Real()
    low = None if sort.low is None else sympy.nsimplify(sort.low)
    high = None if sort.high is None else sympy.nsimplify(sort.high)
    if sort.complex:
        raise CannotEncode("a complex number")
    if sort.integer:
        return _whole(sort, low, high, generator)
    if low is not None and high is not None:
        bottom = generator.choice((7, 11, 12, 13))
        return low + (high - low) * sympy.Rational(generator.randint(1, bottom - 1), bottom)
    fraction = sympy.Rational(generator.randint(1, 14), generator.choice(_DENOMINATORS))
    if low is not None:
        return low + fraction
    if high is not None:
        return high - fraction
    if style == "logarithm":
        quotient = sympy.Rational(generator.randint(1, 9), generator.choice(_DENOMINATORS))
        return sympy.log(quotient) if quotient != 1 else sympy.log(2)
    return fraction * generator.choice((-1, 1))


def _whole(sort: Real, low: Expression | None, high: Expression | None, generator: random.Random) -> Expression:
    least = -4 if low is None else int(sympy.floor(low)) + 1 if sort.low_open else int(sympy.ceiling(low))
    most = least + LARGEST
    if high is not None:
        most = min(most, int(sympy.ceiling(high)) - 1 if sort.high_open else int(sympy.floor(high)))
    values = [value for value in range(least, most + 1) if value or not sort.nonzero]
    if not values:
        raise CannotEncode("whole numbers of an empty interval")
    return sympy.Integer(generator.choice(values))


class DrawnSymbols(Symbols):
    """Hands out a number for every quantity, and for every function one that is the same for the same arguments."""

    drawn = True

    def __init__(self, seed: str, style: Style) -> None:
        super().__init__()
        self._generator = random.Random(seed)
        self._style = style
        self._numbers: dict[tuple[str, tuple[object, ...]], Expression] = {}

    def symbol(self, name: str, sort: Sort | None, *place: object, kind: str = "") -> Expression:
        """Return the number that this quantity has in this draw."""
        key = (f"{kind} {name}", place)
        if key not in self._numbers:
            self._numbers[key] = drawn(sort if isinstance(sort, Real) else None, self._style, self._generator)
        return self._numbers[key]

    def function(self, name: str, sort: Sort | None, *place: object) -> Any:
        """Return a function of rational numbers; of others it cannot be told whether they are the same."""

        def value(*arguments: Expression) -> Expression:
            if not all(argument.is_Rational for argument in arguments):
                raise CannotEncode("a function of numbers that are not rational")
            return self.symbol(name, sort, *place, *arguments, kind="value of")

        return value


class PolynomialSymbols(Symbols):
    """Symbols, but for functions, which are random polynomials: so their means under a normal law are exact."""

    def __init__(self, seed: str) -> None:
        super().__init__()
        self._generator = random.Random(seed)
        self._polynomials: dict[tuple[str, tuple[object, ...]], Any] = {}

    def function(self, name: str, sort: Sort | None, *place: object) -> Any:
        """Return the polynomial of one number that this function is in this draw. Raises CannotEncode."""
        if isinstance(sort, Real) and (sort.low is not None or sort.high is not None):
            raise CannotEncode("a function with bounded values under a normal law")
        key = (name, place)
        if key not in self._polynomials:
            argument = sympy.Dummy("argument", real=True)
            powers = [sympy.Rational(self._generator.randint(1, 9), 7) * argument**power for power in range(4)]
            self._polynomials[key] = sympy.Lambda(argument, sympy.Add(*powers))
        return self._polynomials[key]


class Point:
    """Numbers for the symbols, and polynomials for the functions, of claims that were evaluated with symbols."""

    def __init__(self, seed: str, style: Style, domains: Mapping[Expression, Real]) -> None:
        self.seed = seed
        self._generator = random.Random(seed)
        self._style = style
        self._domains = domains
        self.numbers: dict[Expression, Expression] = {}
        self._meanings: dict[Expression, Expression] = {}

    def settle(self, expression: Expression) -> Expression:
        """Return the value of an expression at this point."""
        for head in _heads(expression):
            expression = expression.replace(head, self._meaning(head, expression))
        expression = expression.doit()
        for symbol in sorted(expression.free_symbols - set(self.numbers), key=str):
            self.numbers[symbol] = drawn(self._domains.get(symbol), self._style, self._generator)
        return expression.xreplace(self.numbers).doit()

    def solve(self, zero: Expression) -> bool:
        """Make an expression zero by the value of one symbol that no earlier one has fixed; tell whether it is."""
        zero = zero.xreplace(self.numbers).doit()
        if zero.atoms(AppliedUndef):
            return False
        numerator = sympy.expand(sympy.fraction(sympy.together(zero))[0])
        for symbol in sorted(
            numerator.free_symbols, key=lambda symbol: (_is_bounded(self._domains, symbol), str(symbol))
        ):
            if symbol.is_integer or not numerator.is_polynomial(symbol) or sympy.degree(numerator, symbol) != 1:
                continue
            others = numerator.free_symbols - {symbol}
            for other in sorted(others, key=str):
                self.numbers[other] = drawn(self._domains.get(other), self._style, self._generator)
            line = numerator.xreplace(self.numbers)
            slope, rest = line.coeff(symbol, 1), line.coeff(symbol, 0)
            if slope == 0:
                return False
            self.numbers[symbol] = sympy.nsimplify(-rest / slope)
            return is_inside(self.numbers[symbol], self._domains.get(symbol))
        return bool(numerator == 0)

    def _meaning(self, head: Expression, expression: Expression) -> Expression:
        if head not in self._meanings:
            arity = max(len(part.args) for part in expression.atoms(AppliedUndef) if part.func == head)
            arguments = [sympy.Dummy(f"argument_{place}", real=True) for place in range(arity)]
            inner = sympy.Rational(self._generator.randint(-9, 9), 5)
            for argument in arguments:
                inner += sympy.Rational(self._generator.randint(1, 9), 7) * argument
                inner += sympy.Rational(self._generator.randint(1, 9), 11) * argument**2
            self._meanings[head] = sympy.Lambda(tuple(arguments), _inside(inner, self._domains.get(head)))
        return self._meanings[head]


def orthonormal_rows(rows: int, columns: int, seed: str) -> list[list[Expression]]:
    """Return rational orthonormal rows, by two reflections. Raises CannotEncode for more rows than columns."""
    if rows > columns:
        raise CannotEncode("more orthonormal rows than columns")
    generator = random.Random(seed)
    turned = sympy.eye(columns)
    for _ in range(2):
        axis = sympy.Matrix([generator.randint(1, 5) * generator.choice((-1, 1)) for _ in range(columns)])
        turned = turned * (sympy.eye(columns) - 2 * axis * axis.T / axis.dot(axis))
    return [[turned[i, j] for j in range(columns)] for i in range(rows)]


def _is_bounded(domains: Mapping[Expression, Real], symbol: Expression) -> bool:
    sort = domains.get(symbol)
    return sort is not None and (sort.low is not None or sort.high is not None)


def _heads(expression: Expression) -> list[Expression]:
    return sorted({part.func for part in expression.atoms(AppliedUndef)}, key=lambda head: str(head.__name__))


def _inside(body: Expression, sort: Real | None) -> Expression:
    """Return a rational function with values in a sort."""
    low, high = (None, None) if sort is None else (sort.low, sort.high)
    if low is not None and high is not None:
        return sympy.nsimplify(low) + sympy.nsimplify(high - low) * (1 + body**2) / (3 + 2 * body**2)
    if low is not None:
        return sympy.nsimplify(low) + 1 + body**2
    if high is not None:
        return sympy.nsimplify(high) - 1 - body**2
    return body


def is_inside(value: Expression, sort: Real | None) -> bool:
    """Tell whether a number lies in a sort."""
    if value.is_real is not True:
        return False
    if sort is None:
        return True
    if sort.low is not None:
        gap = value - sympy.nsimplify(sort.low)
        if not (gap.is_positive if sort.low_open else gap.is_nonnegative):
            return False
    if sort.high is not None:
        gap = sympy.nsimplify(sort.high) - value
        if not (gap.is_positive if sort.high_open else gap.is_nonnegative):
            return False
    return not (sort.nonzero and value == 0)
