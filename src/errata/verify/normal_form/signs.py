"""What is known of the sign of an atom or a polynomial: from sorts, from facts, by intervals.

Facts are hypotheses: a claim is judged only where both sides are defined, so the argument of a logarithm as
written is positive there. They are polynomials of the workspace, over all values of the variables in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from errata.language import sorts
from errata.verify.normal_form.factors import content
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Monomial, Polynomial, Rational, Workspace


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval that holds every value; None is unbounded, an open end is not attained."""

    low: Rational | None = None
    high: Rational | None = None
    low_open: bool = True
    high_open: bool = True

    @property
    def positive(self) -> bool:
        """Whether every value is > 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def nonnegative(self) -> bool:
        """Whether every value is >= 0."""
        return self.low is not None and self.low >= 0

    @property
    def negative(self) -> bool:
        """Whether every value is < 0."""
        return self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open))


EVERYTHING = Bounds()
ABOVE_ZERO = Bounds(0, None)
FROM_ZERO = Bounds(0, None, low_open=False)
UNIT_OPEN = Bounds(0, 1)
UNIT_CLOSED = Bounds(0, 1, low_open=False, high_open=False)


def of_sort(sort: sorts.Sort | None) -> Bounds:
    """Return the bounds of a scalar sort (or of the entries of an array sort)."""
    if isinstance(sort, sorts.Real):
        low, high = sort.low, sort.high
        bounds = Bounds(
            None if low is None or low == float("-inf") else Fraction(low),
            None if high is None or high == float("inf") else Fraction(high),
            sort.low_open,
            sort.high_open,
        )
        if sort.integer and bounds.low is not None and bounds.low_open:
            whole = bounds.low.__floor__() + 1
            bounds = Bounds(whole, bounds.high, False, bounds.high_open)
        if sort.nonzero and bounds.low == 0:
            bounds = Bounds(0, bounds.high, True, bounds.high_open)
        return bounds
    if isinstance(sort, sorts.Vector):
        return UNIT_OPEN if sort.simplex else of_sort(sort.entries)
    if isinstance(sort, sorts.Matrix):
        return of_sort(sort.entries)
    if isinstance(sort, sorts.Family):
        return of_sort(sort.element)
    return EVERYTHING


def bounds_of_atom(w: Workspace, atom: Atom) -> Bounds:
    """Return bounds of the values of an atom."""
    bounds = _bounds_by_kind(w, atom)
    if not bounds.positive and w.facts and w.freeze({((atom, 1),): 1}) in w.facts:
        return Bounds(0, bounds.high, True, bounds.high_open)
    return bounds


def _bounds_by_kind(w: Workspace, atom: Atom) -> Bounds:
    kind, arguments = atom.kind, atom.arguments
    match kind:
        case "name":
            return of_sort(w.scope.sorts.get(arguments[0]))
        case "fresh":
            domain = arguments[1]
            if domain.kind in ("range", "index"):
                return Bounds(1, None, low_open=False)
            if domain.kind == "values":
                return of_sort(w.scope.sorts.get(domain.name))
            return EVERYTHING
        case "entry":
            return _bounds_of_entry(w, arguments[0])
        case "apply":
            sort = w.scope.sorts.get(arguments[0])
            plain = isinstance(sort, sorts.Function) and not any(arguments[3])
            return of_sort(sort.value) if isinstance(sort, sorts.Function) and plain else EVERYTHING
        case "density":
            if any(arguments[3]):
                return EVERYTHING
            return ABOVE_ZERO
        case "normal" | "normals" | "exp" | "number" | "mass":
            return ABOVE_ZERO
        case "pi":
            return Bounds(3, 4)
        case "trace":
            return FROM_ZERO if arguments[1] else EVERYTHING
        case "determinant of":
            return ABOVE_ZERO if arguments[2] else EVERYTHING
        case "group":
            return bounds_of(w, arguments[0].polynomial())
        case "abs":
            return FROM_ZERO
        case "log":
            return _bounds_of_log(bounds_of(w, arguments[0].polynomial()))
        case "delta" | "indicator":
            return UNIT_CLOSED
        case "sin" | "cos":
            return Bounds(-1, 1, False, False)
        case "sum":
            body = bounds_of(w, arguments[2].polynomial())
            if body.positive and all(nonempty(w, domain) for domain in arguments[0]):
                return ABOVE_ZERO
            return FROM_ZERO if body.nonnegative else EVERYTHING
        case _:
            return EVERYTHING


def _bounds_of_log(argument: Bounds) -> Bounds:
    """Only on which side of 1 the argument is, which tells the sign."""
    if argument.low is not None and argument.low >= 1:
        return Bounds(0, None, argument.low > 1 or argument.low_open)
    if argument.high is not None and argument.high <= 1:
        return Bounds(None, 0, True, argument.high < 1 or argument.high_open)
    return EVERYTHING


def _bounds_of_entry(w: Workspace, base: Atom) -> Bounds:
    if base.kind == "name":
        return of_sort(w.scope.sorts.get(base.arguments[0]))
    if base.kind == "apply":
        sort = w.scope.sorts.get(base.arguments[0])
        if isinstance(sort, sorts.Function) and not any(base.arguments[3]):
            return of_sort(sort.value)
    return EVERYTHING


def nonempty(w: Workspace, domain: Domain) -> bool:
    """Whether a domain surely has a member."""
    if domain.kind == "range":
        count = bounds_of(w, domain.parts[0].polynomial())
        return count.low is not None and (count.low >= 1 or (count.low >= 0 and count.low_open))
    return domain.kind in ("space", "line", "index", "values")


def bounds_of(w: Workspace, polynomial: Polynomial) -> Bounds:
    """Return bounds of the values of a polynomial, monomial by monomial."""
    low: Rational | None = 0
    high: Rational | None = 0
    low_open = high_open = False
    for monomial, coefficient in polynomial.items():
        part = _scaled(bounds_of_monomial(w, monomial), coefficient)
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
        low_open |= part.low_open
        high_open |= part.high_open
        if low is None and high is None:
            break
    return Bounds(low, high, low_open, high_open)


def _scaled(bounds: Bounds, factor: Rational) -> Bounds:
    low = None if bounds.low is None else bounds.low * factor
    high = None if bounds.high is None else bounds.high * factor
    if factor < 0:
        return Bounds(high, low, bounds.high_open, bounds.low_open)
    return Bounds(low, high, bounds.low_open, bounds.high_open)


def bounds_of_monomial(w: Workspace, monomial: Monomial) -> Bounds:
    """Return bounds of a product of powers of atoms."""
    low: Rational = 1
    high: Rational | None = 1
    any_open = high_open = zero_attained = False
    signed: Bounds | None = None
    for atom, exponent in monomial:
        bounds = bounds_of_atom(w, atom)
        if isinstance(exponent, int) and exponent % 2 == 0 and not bounds.nonnegative:
            bounds = ABOVE_ZERO if bounds.negative or exponent < 0 else FROM_ZERO
        elif bounds.nonnegative or not isinstance(exponent, int):
            bounds = _power_of_bounds(bounds, exponent)
        elif signed is None and exponent == 1:
            signed = bounds
            continue
        else:
            return EVERYTHING
        zero_attained |= bounds.low == 0 and not bounds.low_open
        any_open |= bounds.low_open
        low = low * (bounds.low or 0)
        high = None if high is None or bounds.high is None else high * bounds.high
        high_open |= bounds.high_open
    low_open = any_open if low else not zero_attained
    if signed is None:
        return Bounds(low, high, low_open, high_open)
    if low == 1 and high == 1:
        return signed
    if signed.negative and low == 0 and low_open:
        return Bounds(None, 0)
    if signed.high is not None and signed.high <= 0:
        return Bounds(None, 0, high_open=False)
    return EVERYTHING


def _power_of_bounds(bounds: Bounds, exponent: Rational) -> Bounds:
    """Bounds of b^e for b >= 0 (a fractional power is defined only there)."""
    low = bounds.low if bounds.low is not None and bounds.low >= 0 else 0
    low_open = bounds.low_open if bounds.low is not None and bounds.low >= 0 else False
    if exponent == 1:
        return Bounds(low, bounds.high, low_open, bounds.high_open)
    if exponent < 0:  # defined, so b != 0
        if isinstance(exponent, int) and bounds.high and exponent > -64:
            return Bounds(Fraction(bounds.high) ** exponent, None, bounds.high_open)
        return ABOVE_ZERO
    if exponent > 64:
        return Bounds(0, None, bounds.positive)
    if low == 0:
        if isinstance(exponent, int) and bounds.high is not None:
            return Bounds(0, Fraction(bounds.high) ** exponent, low_open, bounds.high_open)
        return Bounds(0, None, low_open)
    if isinstance(exponent, int):
        high = None if bounds.high is None else Fraction(bounds.high) ** exponent
        return Bounds(Fraction(low) ** exponent, high, low_open, bounds.high_open)
    return ABOVE_ZERO


def sign_of_atom(w: Workspace, atom: Atom) -> int:
    """Return 1 if the atom is surely > 0, -1 if surely < 0, else 0."""
    bounds = bounds_of_atom(w, atom)
    if bounds.positive:
        return 1
    if bounds.negative:
        return -1
    if atom.kind == "group":
        return sign(w, atom.arguments[0].polynomial())
    return 0


def sign(w: Workspace, polynomial: Polynomial) -> int:
    """Return 1 if the polynomial is surely > 0, -1 if surely < 0, else 0."""
    if not polynomial:
        return 0
    bounds = bounds_of(w, polynomial)
    if bounds.positive:
        return 1
    if bounds.negative:
        return -1
    if w.facts:
        if normalised(w, polynomial) in w.facts:
            return 1
        if normalised(w, {m: -c for m, c in polynomial.items()}) in w.facts:
            return -1
    return _sign_by_factors(w, polynomial) if len(polynomial) > 1 else 0


def _sign_by_factors(w: Workspace, polynomial: Polynomial) -> int:
    """The sign of content times core, where the terms have a common factor."""
    c, m, core = content(polynomial)
    if not m:
        return 0
    outside = bounds_of_monomial(w, m)
    if not outside.positive and not outside.negative:
        return 0
    inside = sign(w, core)
    return inside if (c > 0) == outside.positive else -inside


def normalised(w: Workspace, polynomial: Polynomial) -> Frozen:
    """Return the polynomial scaled by a positive number to a first coefficient of 1 or -1, frozen."""
    leading = polynomial[min(polynomial)]
    first = -leading if leading < 0 else leading
    if first == 1:
        return w.freeze(polynomial)
    scaled: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        value = Fraction(coefficient) / first
        scaled[monomial] = value.numerator if value.denominator == 1 else value
    return w.freeze(scaled)
