"""Whether an expression is zero: by small steps of our own, and by numbers of 40 digits.

`vanishes` proves: every step is an identity for the symbols' declared signs. Logarithms are taken apart
only where each factor is known to be positive, then everything becomes one fraction over the remaining
transcendental parts, taken as independent; `simplify` comes last. `agree_numerically` only checks.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy.core.function import AppliedUndef
from sympy.polys.fields import sfield
from sympy.polys.polyerrors import PolynomialError

from errata.language.sorts import Real
from errata.verify.sympy_values import Expression, substitution_of

DIGITS = 40
MAXIMAL_TERMS_FOR_SIMPLIFY = 120
MAXIMAL_OPERATIONS = 60_000


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment after which no new piece of work begins."""

    moment: float

    @staticmethod
    def after(seconds: float) -> Deadline:
        """Return the moment so many seconds from now."""
        return Deadline(time.thread_time() + seconds)

    @property
    def passed(self) -> bool:
        """Whether the time is used up."""
        return time.thread_time() > self.moment


# Proof -----------------------------------------------------------------------------------------------


def expanded_logarithms(expression: Expression) -> Expression:
    """Write every logarithm as a sum of logarithms of its factors, where all are positive."""
    return expression.replace(lambda part: isinstance(part, sympy.log), lambda part: _logarithm(part.args[0]))


def _logarithm(argument: Expression) -> Expression:
    if argument.is_Integer and argument > 1:
        return sympy.Add(*(power * sympy.log(prime) for prime, power in sympy.factorint(int(argument)).items()))
    if argument.is_Rational and argument > 0 and not argument.is_Integer:
        return _logarithm(sympy.Integer(argument.p)) - _logarithm(sympy.Integer(argument.q))
    if isinstance(argument, sympy.exp) and argument.args[0].is_real:
        return argument.args[0]
    if argument.is_Pow and argument.base.is_positive and argument.exp.is_real:
        return argument.exp * _logarithm(argument.base)
    if argument.is_Mul:
        return _logarithm_of_product(argument)
    if argument.is_Add:
        together = _factored(argument)
        if not together.is_Add and together != argument:
            return _logarithm(together)
        return sympy.log(sympy.expand(argument))
    return sympy.log(argument)


def _logarithm_of_product(product: Expression) -> Expression:
    known: list[Expression] = []
    unknown: list[Expression] = []
    for factor in product.args:
        factor = _factored(factor) if factor.is_Add else factor
        (known if factor.is_positive else unknown).append(factor)
    rest = sympy.Mul(*unknown)
    total = sympy.Add(*(_logarithm(factor) for factor in known))
    if rest == 1:
        return total
    if len(unknown) == 1 and rest.is_Pow and rest.exp.is_Integer and rest.exp % 2:
        # the logarithm is defined where the argument is positive, so an odd power's base is positive too
        return total + rest.exp * sympy.log(sympy.expand(rest.base))
    if not known:
        numerator, denominator = sympy.fraction(rest)
        return sympy.log(sympy.expand(numerator) / sympy.expand(denominator))
    return total + sympy.log(rest)


def _factored(expression: Expression) -> Expression:
    try:
        return sympy.factor(sympy.together(expression))
    except (PolynomialError, NotImplementedError):
        return sympy.together(expression)


def _coefficients_of_logarithms(expression: Expression) -> list[Expression] | None:
    """Return the coefficients of an expression that is linear in its logarithms, and what is left of it.

    None where there is no logarithm or it is not linear. If all are zero, so is the expression; this keeps the
    fractions small.
    """
    logarithms = sorted((part for part in expression.atoms(sympy.log) if not part.args[0].has(sympy.log)), key=str)
    if not logarithms:
        return None
    marks = [sympy.Dummy(f"log_{place}") for place in range(len(logarithms))]
    marked = expression.xreplace(dict(zip(logarithms, marks, strict=True)))
    slopes = [sympy.diff(marked, mark) for mark in marks]
    if marked.has(sympy.log) or any(slope.has(*marks) for slope in slopes):
        return None
    return [marked.xreplace(dict.fromkeys(marks, sympy.Integer(0))), *slopes]


def _is_zero_fraction(expression: Expression) -> bool:
    """Tell whether an expression is zero as a fraction in its transcendental parts, taken as independent."""
    if expression == 0:
        return True
    parts = _coefficients_of_logarithms(expression)
    if parts is not None:
        return all(_is_zero_fraction(part) for part in parts)
    try:
        _, element = sfield(expression)
    except (PolynomialError, NotImplementedError, ValueError, TypeError, ZeroDivisionError):
        numerator = sympy.fraction(sympy.together(expression))[0]
        return bool(sympy.expand(numerator) == 0)
    return bool(element == 0)


def vanishes(expression: Expression, domains: Mapping[Expression, Real], deadline: Deadline) -> bool:
    """Tell whether an expression is proved to be zero (False: not proved, whether it is zero or not)."""
    if expression == 0:
        return True
    if expression.has(sympy.nan, sympy.zoo, sympy.oo) or sympy.count_ops(expression) > MAXIMAL_OPERATIONS:
        return False
    expression = expression.doit() if expression.has(sympy.Derivative, sympy.Sum, sympy.Integral) else expression
    expression = expression.subs(_relevant(domains, expression))
    for step in (expanded_logarithms, _split_powers, _as_exponentials, _simplified):
        if deadline.passed:
            return False
        expression = step(expression)
        if _is_zero_fraction(expression):
            return True
    return False


def _relevant(domains: Mapping[Expression, Real], expression: Expression) -> dict[Expression, Expression]:
    present = expression.free_symbols
    return substitution_of({made: sort for made, sort in domains.items() if made in present})


def _split_powers(expression: Expression) -> Expression:
    expanded = sympy.expand_power_exp(sympy.expand_power_base(expression))
    return sympy.expand(expanded)


def _as_exponentials(expression: Expression) -> Expression:
    hyperbolic = (sympy.tanh, sympy.sinh, sympy.cosh, sympy.sin, sympy.cos, sympy.tan)
    if expression.has(*hyperbolic):
        expression = expression.rewrite(sympy.exp)
    return sympy.expand_power_exp(sympy.powsimp(sympy.expand_power_exp(expression)))


def _simplified(expression: Expression) -> Expression:
    if sympy.count_ops(expression) > MAXIMAL_TERMS_FOR_SIMPLIFY:
        return expression
    return sympy.simplify(expression)


# Numbers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison40:
    """How left and right compare at random points: "equal", "different" (with the point) or "undefined"."""

    outcome: str
    point: str = ""


def agree_numerically(
    left: Expression, right: Expression, domains: Mapping[Expression, Real], seed: int, points: int = 2
) -> Comparison40:
    """Compare two expressions at random points of their domain, to 30 of 40 digits relative to their parts."""
    generator = random.Random(seed)
    valid = 0
    for attempt in range(12 * points):
        outcome, where = _compare_once(left, right, domains, generator, small=attempt % 2 == 1)
        if outcome == "different":
            return Comparison40("different", where)
        valid += outcome == "equal"
        if valid == points:
            return Comparison40("equal")
    return Comparison40("undefined")


def _compare_once(
    left: Expression,
    right: Expression,
    domains: Mapping[Expression, Real],
    generator: random.Random,
    small: bool,
) -> tuple[str, str]:
    left, right = with_known_functions((left, right), domains, generator)
    names = sorted(left.free_symbols | right.free_symbols, key=lambda part: str(part.name))
    point = {made: random_value(domains.get(made), made, generator, small) for made in names}
    where = ", ".join(f"{made} = {value}" for made, value in point.items())
    try:
        parts = [_parts_at(side, point) for side in (left, right)]
    except (ValueError, TypeError, ZeroDivisionError, OverflowError, ArithmeticError):
        return "undefined", where
    if any(part is None for part in parts):
        return "undefined", where
    (value_left, scale_left), (value_right, scale_right) = parts  # type: ignore[misc]
    scale = max(scale_left, scale_right)
    if abs(value_left - value_right) <= scale * sympy.Float(10) ** (10 - DIGITS):
        return "equal", where
    return "different", where


def _parts_at(side: Expression, point: Mapping[Expression, Expression]) -> tuple[Expression, Expression] | None:
    """Return value and scale (the largest summand's size) at a point; None where it is no real number."""
    summands = [part.xreplace(dict(point)).evalf(DIGITS, maxn=400) for part in sympy.Add.make_args(side)]
    if not all(part.is_Float or part.is_Integer or part.is_Rational for part in summands):
        return None
    value = sympy.Add(*summands)
    if not value.is_finite:
        return None
    return value, max(abs(part) for part in summands)


def random_value(sort: Real | None, made: Expression, generator: random.Random, small: bool) -> Expression:
    """Return a random rational inside the domain of a symbol; `small`: between 0 and 1 where it may be."""
    fraction = sympy.Rational(generator.randint(8, 120), generator.choice((37, 41, 43, 47)))
    if sort is None:
        sort = Real()
    if small and not made.is_integer and sort.low in (None, 0.0) and sort.high is None:
        return sympy.Rational(generator.randint(5, 96), 101)
    if sort.integer or made.is_integer:
        return sympy.Integer(generator.choice(_whole_numbers(sort, made)))
    if sort.low is not None and sort.high is not None:
        low, high = sympy.nsimplify(sort.low), sympy.nsimplify(sort.high)
        return low + (high - low) * sympy.Rational(generator.randint(5, 96), 101)
    if sort.low is not None:
        return sympy.nsimplify(sort.low) + fraction
    if sort.high is not None:
        return sympy.nsimplify(sort.high) - fraction
    if made.is_positive:
        return fraction
    return fraction * generator.choice((-1, 1))


def _whole_numbers(sort: Real, made: Expression) -> list[int]:
    """Return some whole numbers of the domain of a symbol, all of them where they are few."""
    low, high = 1 if made.is_positive else -4, math.inf
    if sort.low is not None:
        low = math.floor(sort.low) + 1 if sort.low_open else math.ceil(sort.low)
    if sort.high is not None:
        high = math.ceil(sort.high) - 1 if sort.high_open else math.floor(sort.high)
    found = [value for value in range(low, int(min(low + 6, high)) + 1) if value or not sort.nonzero]
    return found or [low]


def with_known_functions(
    sides: tuple[Expression, ...], domains: Mapping[Expression, Real], generator: random.Random
) -> tuple[Expression, ...]:
    """Replace every undefined function by a random smooth one with values in its declared range."""
    heads = sorted(
        {part.func for side in sides for part in side.atoms(AppliedUndef)}, key=lambda head: str(head.__name__)
    )
    for head in heads:
        arity = max(len(part.args) for side in sides for part in side.atoms(AppliedUndef) if part.func == head)
        arguments = [sympy.Dummy(f"argument_{place}", real=True) for place in range(arity)]
        inner = sympy.Rational(generator.randint(-9, 9), 10)
        for place, argument in enumerate(arguments):
            inner += sympy.Rational(generator.randint(3, 9), 7 + place) * argument
            inner += sympy.Rational(generator.randint(2, 5), 11) * argument**2
        body = _into_range(sympy.cos(inner) + inner / 3, domains.get(head), head)
        meaning = sympy.Lambda(tuple(arguments), body)
        sides = tuple(side.replace(head, meaning) for side in sides)
    return tuple(side.doit() if heads else side for side in sides)


def _into_range(body: Expression, sort: Real | None, head: Expression) -> Expression:
    if sort is None or (sort.low is None and sort.high is None):
        return body
    if sort.low is not None and sort.high is not None:
        low, high = sympy.nsimplify(sort.low), sympy.nsimplify(sort.high)
        return low + (high - low) / (1 + sympy.exp(-body))
    if sort.low is not None:
        return sympy.nsimplify(sort.low) + sympy.exp(body)
    return sympy.nsimplify(sort.high) - sympy.exp(body)
