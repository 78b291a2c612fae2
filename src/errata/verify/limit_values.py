"""What limits come to: by SymPy's algorithm, and only where numbers of many digits confirm it.

A limit is worked out along a positive number t, x = a + t and x = a - t, or x = t without bound; one from both sides
exists where both of its sides do and agree. A side on which the body is no real number lies outside of its domain.

SymPy is imported with this module; import it late.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import mpmath
import sympy

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.symbols import base_name
from errata.language.terms import Limit, Term
from errata.verify.scalar_terms import Scalars
from errata.verify.sympy_encoding import sympy_failures_named
from errata.verify.sympy_lowering import Lowering
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression

LONGEST = 300
"""No longer expression, by its operations, is given to SymPy."""
DRAWS = 4
DIGITS = 250
EXPONENTS = (2, 4, 8, 16, 32)
MOST_TERMS = 40
SHRINKS = 0.75
"""By at least this factor a difference from the limit has shrunk when the exponent of the distance is doubled."""
COUNTING = frozenset("nmkijNMKT")
"""Letters that count, where nothing else is said of them: such a limit runs over whole numbers."""


class NoValue(Exception):
    """The body is no real number along this way."""


@dataclass(frozen=True, slots=True)
class Way:
    """The body along a positive number that goes to 0, or without bound."""

    body: Expression
    moving: Expression
    unbounded: bool

    @property
    def end(self) -> Expression:
        """Where the moving number goes."""
        return sympy.oo if self.unbounded else sympy.Integer(0)


def value_of(limit: Limit, scope: Scope) -> Term | None:
    """Return the value of a limit as a term, plus or minus infinity included; None where it is not known.

    The body must show the variable: what is only called by a name may depend on it in ways that a note does not write.
    """
    try:
        with sympy_failures_named():
            return _value_of(limit, scope)
    except CannotEncode:
        return None


def _value_of(limit: Limit, scope: Scope) -> Term | None:
    symbol = limit.variable.symbol
    lowering = Lowering(scope, (limit.body, limit.point))
    body = lowering.lower(limit.body, frozenset((symbol,)))
    point = lowering.lower(limit.point)
    if symbol not in free_symbols(body) or symbol in free_symbols(point):
        return None
    for whole in (False, True) if _counts(symbol, scope) else (False,):
        try:
            return _along(limit, Scalars(scope), body, point, whole)
        except CannotEncode:
            if whole or not _counts(symbol, scope):
                raise
    return None


def _counts(symbol: str, scope: Scope) -> bool:
    sort = scope.sorts.get(symbol)
    return (isinstance(sort, Real) and sort.integer) or base_name(symbol) in COUNTING


def _along(limit: Limit, scalars: Scalars, body: Term, point: Term, whole: bool) -> Term:
    found: list[Expression] = []
    for way in _ways(limit, scalars, body, point, whole):
        try:
            found.append(_confirmed(way, scalars))
        except NoValue:
            continue
    if not found or any(sympy.simplify(other - found[0]) != 0 for other in found[1:]):
        raise CannotEncode("the sides of a limit do not agree")
    return scalars.decode(found[0])


def _ways(limit: Limit, scalars: Scalars, body: Term, point: Term, whole: bool) -> Iterator[Way]:
    goal = scalars.encode(point, {})
    unbounded = goal in (sympy.oo, -sympy.oo)
    moving = sympy.Symbol("t", positive=True, **({"integer": True} if whole and unbounded else {}))
    symbol = limit.variable.symbol
    if unbounded and whole:
        along = [2 * moving, 2 * moving + 1]  # of even numbers and of odd ones apart: powers of -1 are numbers there
        yield from (
            Way(scalars.encode(body, {symbol: way if goal == sympy.oo else -way}), moving, True) for way in along
        )
        return
    if unbounded:
        yield Way(scalars.encode(body, {symbol: moving if goal == sympy.oo else -moving}), moving, True)
        return
    if limit.side in ("both", "above"):
        yield Way(scalars.encode(body, {symbol: goal + moving}), moving, False)
    if limit.side in ("both", "below"):
        yield Way(scalars.encode(body, {symbol: goal - moving}), moving, False)


def _confirmed(way: Way, scalars: Scalars) -> Expression:
    """Return the limit along a way.

    Raises NoValue where the body is no real number there, CannotEncode where the limit is not sure.
    """
    if way.body.count_ops() > LONGEST:
        raise CannotEncode("a limit of too long an expression")
    drawn = [_drawn(scalars, number) for number in range(DRAWS)]
    tried = [(draw, _samples(way, draw)) for draw in drawn if _sums_agree(way, scalars, draw)]
    known = [(draw, samples) for draw, samples in tried if samples is not None]
    if not known:
        raise NoValue if tried else CannotEncode("a sum whose closed form numbers do not confirm")
    for change, back in _changes(scalars):
        value = _limit(way, change)
        if value is None:
            continue
        value = sympy.simplify(value.subs(back)) if back else value
        if value.free_symbols <= set(scalars.sorts) and all(_tends(samples, value, draw) for draw, samples in known):
            return value
    raise CannotEncode("SymPy finds no limit that numbers confirm")


def _limit(way: Way, change: dict[Expression, Expression]) -> Expression | None:
    try:
        value = sympy.limit(way.body.subs(change), way.moving, way.end, "-" if way.unbounded else "+")
    except Exception:  # SymPy raises many unrelated kinds where it finds no limit
        return None
    open_ended = value.has(sympy.Limit, sympy.AccumBounds, sympy.nan, sympy.zoo, sympy.I, way.moving, sympy.Piecewise)
    return None if open_ended or (value.has(sympy.oo, -sympy.oo) and value not in (sympy.oo, -sympy.oo)) else value


def _changes(scalars: Scalars) -> Iterator[tuple[dict[Expression, Expression], dict[Expression, Expression]]]:
    """Yield nothing put in; then numbers between 0 and 1 by their odds, so that SymPy knows that powers of them vanish.

    Of numbers between -1 and 1, and then of all, the positive ones are taken: the numbers that confirm are of both
    signs, where the body has values for both.
    """
    yield {}, {}
    change, back = {}, {}
    for symbol, sort in scalars.sorts.items():
        if sort.high == 1 and sort.low in (0, -1) and not sort.integer:
            odds = sympy.Symbol(f"{symbol.name}_odds", positive=True)
            change[symbol] = 1 / (1 + odds)
            back[odds] = 1 / symbol - 1
    if change:
        yield change, back
    signless = [s for s, sort in scalars.sorts.items() if sort.low is None and sort.high is None and not sort.integer]
    positive = {symbol: sympy.Symbol(f"{symbol.name}_positive", positive=True) for symbol in signless}
    if positive:
        yield dict(positive), {new: old for old, new in positive.items()}


# Numbers ---------------------------------------------------------------------------------------------


def _drawn(scalars: Scalars, number: int) -> dict[Expression, sympy.Rational]:
    """Draw a value for every symbol, inside of its declared domain; small numbers of both signs where none is."""
    source = random.Random(number)
    return {symbol: _value_in(sort, source) for symbol, sort in scalars.sorts.items()}


def _value_in(sort: Real, source: random.Random) -> sympy.Rational:
    low, high = sort.low, sort.high
    if sort.integer:
        first = -4 if low is None else int(low) + 1
        value = source.randint(first, first + 5 if high is None else max(first, int(high)))
        return sympy.Integer(value or 1)
    share = sympy.Rational(source.randint(1, 96), 97)
    if low is not None and high is not None:
        return sympy.Rational(low) + (sympy.Rational(high) - sympy.Rational(low)) * share
    if low is not None or high is not None:
        end, sign = (low, 1) if low is not None else (high, -1)
        return sympy.Rational(end or 0) + sign * 3 * share
    return 3 * (2 * share - 1)


def _sums_agree(way: Way, scalars: Scalars, draw: dict[Expression, sympy.Rational]) -> bool:
    """Return whether the closed forms of the sums in the body are right for a few terms."""
    for total, inner, running, low, high in scalars.sums:
        for ahead in (3, 6):
            put = {**draw, way.moving: sympy.Integer(ahead)}
            first, last = low.subs(put), high.subs(put)
            if not (first.is_Integer and last.is_Integer and -1 <= last - first <= MOST_TERMS):
                return False
            terms = (inner.subs(put).subs(running, place) for place in range(int(first), int(last) + 1))
            if abs(sympy.N(sympy.Add(*terms) - total.subs(put), 30)) > sympy.Rational(1, 10**20):
                return False
    return True


def _samples(way: Way, draw: dict[Expression, sympy.Rational]) -> list[mpmath.mpf] | None:
    """Return the body at places ever nearer to the end, None where it is not real there."""
    found = []
    with mpmath.workdps(DIGITS):
        values = {symbol: _number(value, {}) for symbol, value in draw.items()}
        for place, exponent in enumerate(EXPONENTS):
            near = mpmath.mpf(10) ** exponent + place % 2 if way.unbounded else mpmath.mpf(10) ** -exponent
            try:
                value = mpmath.mpmathify(_number(way.body, {**values, way.moving: near}))
            except (ArithmeticError, ValueError, NotImplementedError) as failure:
                raise CannotEncode("the body has no value near the end") from failure
            if isinstance(value, mpmath.mpc):
                if abs(value.imag) > abs(value.real) * mpmath.mpf(10) ** (-DIGITS // 2):
                    return None
                value = value.real
            found.append(value)
    return found


def _number(expression: Expression, values: Mapping[Expression, mpmath.mpf]) -> mpmath.mpf:
    """Return the value of an expression with these values of its symbols. Raises CannotEncode."""
    if expression in values:
        return values[expression]
    if expression.is_Rational:
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    if expression in (sympy.pi, sympy.E):
        return +(mpmath.pi if expression == sympy.pi else mpmath.e)
    parts = [_number(part, values) for part in expression.args]
    if expression.func not in _VALUES:
        raise CannotEncode(f"{expression.func.__name__} has no value here")
    return _VALUES[expression.func](*parts)


def _harmonic(count: mpmath.mpf, order: mpmath.mpf | None = None) -> mpmath.mpf:
    """Return the sum of k^-order up to a count, of 1/k where no order is given."""
    if order is None or order == 1:
        return mpmath.harmonic(count)
    with mpmath.extradps(10):
        return mpmath.zeta(order) - mpmath.zeta(order, count + 1)


_VALUES = {
    sympy.Add: lambda *terms: mpmath.fsum(terms),
    sympy.Mul: lambda *factors: mpmath.fprod(factors),
    sympy.Pow: mpmath.power,
    sympy.exp: mpmath.exp,
    sympy.log: mpmath.log,
    sympy.Abs: abs,
    sympy.sin: mpmath.sin,
    sympy.cos: mpmath.cos,
    sympy.tan: mpmath.tan,
    sympy.sinh: mpmath.sinh,
    sympy.cosh: mpmath.cosh,
    sympy.tanh: mpmath.tanh,
    sympy.asin: mpmath.asin,
    sympy.acos: mpmath.acos,
    sympy.atan: mpmath.atan,
    sympy.factorial: mpmath.factorial,
    sympy.gamma: mpmath.gamma,
    sympy.binomial: mpmath.binomial,
    sympy.harmonic: _harmonic,
}


def _tends(samples: list[mpmath.mpf], limit: Expression, draw: dict[Expression, sympy.Rational]) -> bool:
    """Return whether these values go to the limit, so far as finitely many can show."""
    if not all(mpmath.isfinite(value) for value in samples):
        return False
    with mpmath.workdps(DIGITS):
        if limit in (sympy.oo, -sympy.oo):
            signed = [value if limit == sympy.oo else -value for value in samples]
            return all(b > a * mpmath.mpf("1.2") > 0 for a, b in pairwise(signed[1:]))
        goal = _number(limit, {symbol: _number(value, {}) for symbol, value in draw.items()})
        if isinstance(goal, mpmath.mpc) or not mpmath.isfinite(goal):
            return False
        gaps = [abs(value - goal) / (1 + abs(goal)) for value in samples]
        if gaps[-1] < mpmath.mpf(10) ** -9:
            return True
        shrinking = all(b <= SHRINKS * a for a, b in pairwise(gaps[1:]))
        return bool(shrinking and gaps[-1] < mpmath.mpf("0.1"))
