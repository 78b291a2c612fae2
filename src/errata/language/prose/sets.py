r"""Notations of sets: \mathbb{R}^{m \times n}, (0,1), \{1,\dots,K\}, \mathcal{X}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from errata.language.prose.harvested import Reader
from errata.language.prose.latex_pieces import DOTS, Tokens, group, latex_of, scripted, split_at
from errata.language.sorts import UNIT, Configurations, FiniteSpace, Matrix, Point, Real, Sort, Vector
from errata.language.symbols import base_name
from errata.language.terms import Constant, Negative, Number, Relation, Sum, Term

_REALS = frozenset(("R", "ℝ", "\\R", "\\reals", "\\Reals", "\\RR"))
_INTEGERS = frozenset(("ℤ", "\\Z", "\\ZZ", "\\integers"))
_NATURALS = frozenset(("ℕ", "\\N", "\\NN", "\\naturals"))
_BLACKBOARD = frozenset(("\\mathbb", "\\mathbf", "\\mathrm", "\\Bbb", "\\rm", "\\mathds", "\\bf"))
_COMPLEX = frozenset(("ℂ", "\\C", "\\CC", "\\complex", "\\Complex"))
_ALGEBRAS = frozenset("FHKO")
"""Blackboard letters for fields and algebras of which no arithmetic is known here: quaternions do not commute."""
_SPACES_OF = frozenset(("\\mathcal", "\\mathscr"))


@dataclass(frozen=True, slots=True)
class ElementSet:
    """What membership says of a name: its sort, further conditions on it, and the points of a finite set."""

    sort: Sort
    conditions: tuple[tuple[Relation, Term], ...] = ()
    points: tuple[Term, ...] = ()


def points_of(elements: ElementSet) -> FiniteSpace | Configurations:
    """Return the finite space of the points that were written out, or of columns of them."""
    sort = elements.sort
    return Configurations(elements.points, sort.size) if isinstance(sort, Vector) else FiniteSpace(elements.points)


def element_set(tokens: Tokens, read: Reader) -> ElementSet | None:
    """Return what membership in the written set says; None where the notation is not known."""
    factors = split_at(tokens, ("\\setminus", "\\backslash"))
    if len(factors) == 2:
        inner = element_set(factors[0], read)
        return _nonzero(inner) if inner and latex_of(factors[1]) in ("\\{0\\}", "0") else None
    if not tokens:
        return None
    return _interval(tokens, read) or _finite(tokens, read) or _numbers(tokens, read)


def _nonzero(inner: ElementSet) -> ElementSet | None:
    return ElementSet(replace(inner.sort, nonzero=True)) if isinstance(inner.sort, Real) else None


# Numbers and arrays of numbers -----------------------------------------------------------------------


def _numbers(tokens: Tokens, read: Reader) -> ElementSet | None:
    name = scripted(tokens)
    if name is None or name.rest:
        return None
    inner = name.base
    if len(inner) > 1 and inner[0] in _BLACKBOARD:
        inner = group(inner, 1)[0]
    written = "".join(inner)
    blackboard = name.base[0] == "\\mathbb" or len(written) > 1
    if written in _REALS:
        entries = Real()
    elif written in _INTEGERS or (blackboard and written == "Z"):
        entries = Real(integer=True)
    elif written in _NATURALS or (blackboard and written == "N"):
        entries = Real(low=1.0, low_open=False, integer=True)
    elif written in _COMPLEX or (name.base[0] == "\\mathbb" and written == "C"):
        return None if name.lower else _powered(Real(complex=True), name.upper, read)
    elif name.base == ("\\Delta",):
        return _simplex(name.upper, name.lower, read)
    elif blackboard and written == "S":
        return _symmetric(name.upper, name.lower, read)
    else:
        return _named_space(name.base, name.lower, name.upper, read)
    exponent = name.upper
    for script in (name.lower, name.upper):
        narrowed = _narrowed(entries, script)
        if narrowed is not None:
            entries = narrowed
            exponent = () if script == name.upper else exponent
        elif script and script == name.lower:
            return None
    return _powered(entries, exponent, read)


def _narrowed(entries: Real, script: Tokens) -> Real | None:
    """Return the numbers that a script such as + or >0 keeps.

    "+" may or may not exclude zero; the smaller set is taken, where both readings speak.
    """
    written = latex_of(script)
    if written in ("+", "++", ">0", "\\gt0"):
        return replace(entries, low=1.0 if entries.integer else 0.0, low_open=not entries.integer)
    if written in ("\\ge0", "\\geq0", "\\geqslant0", "≥0", "0") and (written != "0" or entries.integer):
        return replace(entries, low=0.0, low_open=False)
    if written in ("-", "--", "<0"):
        return replace(entries, high=-1.0 if entries.integer else 0.0, high_open=not entries.integer)
    if written in ("*", "\\ast", "\\neq0", "\\ne0", "\\times"):
        return replace(entries, nonzero=True)
    return None


def _powered(entries: Real, exponent: Tokens, read: Reader) -> ElementSet | None:
    if not exponent:
        return ElementSet(entries)
    sizes = [read.term(latex_of(part)) for part in split_at(exponent, ("\\times", "×", "\\cdot"))]
    known = [size for size in sizes if size is not None]
    if len(known) != len(sizes) or len(sizes) > 2:
        return None
    if len(known) == 2:
        return ElementSet(Matrix(known[0], known[1], entries=entries))
    return ElementSet(entries if known[0] == Number(Fraction(1)) else Vector(known[0], entries=entries))


def _simplex(upper: Tokens, lower: Tokens, read: Reader) -> ElementSet | None:
    if len(upper) > 2 and upper[-2:] == ("-", "1") and not lower:
        size = read.term(latex_of(upper[:-2]))
    elif upper and not lower:
        dimension = read.term(latex_of(upper))
        size = None
        if isinstance(dimension, Number):
            size = Number(dimension.value + 1)
        elif dimension is not None:
            size = Sum((dimension, Number(Fraction(1))))
    else:
        size = None
    return ElementSet(Vector(size, entries=UNIT, simplex=True)) if size is not None else None


def _symmetric(upper: Tokens, lower: Tokens, read: Reader) -> ElementSet | None:
    size = read.term(latex_of(upper)) if upper else None
    kinds = {"": {"symmetric"}, "++": {"symmetric", "positive definite"}}
    properties = kinds.get(latex_of(lower))
    return ElementSet(Matrix(size, size, frozenset(properties))) if size is not None and properties else None


def _named_space(base: Tokens, lower: Tokens, upper: Tokens, read: Reader) -> ElementSet | None:
    """Read X or \\mathcal{X} as the space of x; products and powers of it are not known."""
    if lower or upper:
        return None
    inner = group(base, 1)[0] if base[0] in (*_SPACES_OF, "\\mathbb") else base
    if len(inner) != 1 or not inner[0].isalpha() or not inner[0].isupper():
        return None
    if base[0] == "\\mathbb" and inner[0] in _ALGEBRAS:
        return None
    symbols = read.names(inner[0])
    return ElementSet(Point(base_name(symbols[0] if symbols else inner[0])))


# Intervals and finite sets ---------------------------------------------------------------------------


def _interval(tokens: Tokens, read: Reader) -> ElementSet | None:
    name_end = len(tokens)
    if tokens[-1] not in (")", "]"):
        close = max((i for i, t in enumerate(tokens) if t in (")", "]")), default=-1)
        if close < 0 or tokens[close + 1 : close + 2] != ("^",):
            return None
        name_end = close + 1
    inside = tokens[:name_end]
    if inside[0] not in ("(", "[") or inside[-1] not in (")", "]"):
        return None
    ends = split_at(inside[1:-1], (",", ";"))
    if len(ends) != 2:
        return None
    low, high = read.term(latex_of(ends[0])), read.term(latex_of(ends[1]))
    if low is None or high is None:
        return None
    interval = between(low, high, inside[0] == "(", inside[-1] == ")")
    if name_end == len(tokens):
        return interval
    if interval.conditions or not isinstance(interval.sort, Real):
        return None
    return _powered(interval.sort, group(tokens, name_end + 1)[0], read)


def between(low: Term, high: Term, low_open: bool, high_open: bool) -> ElementSet:
    """Return the interval with these ends; an end that is no number becomes a condition."""
    conditions: list[tuple[Relation, Term]] = []
    low_value, high_value = number_of(low), number_of(high)
    if low_value is None and not _is_infinite(low):
        conditions.append((">" if low_open else ">=", low))
    if high_value is None and not _is_infinite(high):
        conditions.append(("<" if high_open else "<=", high))
    sort = Real(low_value, high_value, low_open or low_value is None, high_open or high_value is None)
    return ElementSet(sort, tuple(conditions))


def number_of(term: Term) -> float | None:
    """Return the value of a number written out, else None."""
    if isinstance(term, Number):
        return float(term.value)
    if isinstance(term, Negative) and isinstance(term.term, Number):
        return -float(term.term.value)
    return None


def _is_infinite(term: Term) -> bool:
    inner = term.term if isinstance(term, Negative) else term
    if isinstance(inner, Sum) and len(inner.terms) == 1:
        inner = inner.terms[0]
    return isinstance(inner, Constant) and inner.kind == "infinity"


def _finite(tokens: Tokens, read: Reader) -> ElementSet | None:
    if tokens[0] != "\\{" or "\\}" not in tokens:
        return None
    close = tokens.index("\\}")
    exponent: Tokens = ()
    if tokens[close + 1 :]:
        if tokens[close + 1] != "^":
            return None
        exponent, end = group(tokens, close + 2)
        if end != len(tokens):
            return None
    members = split_at(tokens[1:close], (",",))
    run = integer_run(members, read)
    if run is None and (low := open_run(members)) is not None:
        inner = integers_from(low)
    elif run is not None:
        ends = between(run[0], run[1], False, False)
        inner = ends
        if isinstance(ends.sort, Real):
            inner = ElementSet(replace(ends.sort, integer=True), ends.conditions)
    else:
        points = [read.term(latex_of(member)) for member in members]
        values = [number_of(point) if point is not None else None for point in points]
        if any(v is None for v in values):
            return None
        inner = _finite_numbers([p for p in points if p], [v for v in values if v is not None])
    if not exponent:
        return inner
    entries = _signs() if {number_of(p) for p in inner.points} == {-1.0, 1.0} else inner.sort
    if inner.conditions or not isinstance(entries, Real):
        return None
    powered = _powered(entries, exponent, read)
    is_vector = powered is not None and isinstance(powered.sort, Vector)
    return replace(powered, points=inner.points) if powered is not None and is_vector else powered


def _signs() -> Real:
    """Return the sort of the numbers -1 and 1."""
    return Real(-1.0, 1.0, False, False, integer=True, nonzero=True)


def _finite_numbers(points: Sequence[Term], values: Sequence[float]) -> ElementSet:
    """Read consecutive integers as an integer between bounds, other numbers as points of a finite space."""
    ordered = sorted(values)
    consecutive = all(v == ordered[0] + i for i, v in enumerate(ordered)) and ordered[0] == int(ordered[0])
    if consecutive:
        return ElementSet(Real(ordered[0], ordered[-1], False, False, integer=True), points=tuple(points))
    return ElementSet(Point(""), points=tuple(points))


def open_run(members: Sequence[Tokens]) -> int | None:
    r"""Return the first of 0, 1, 2, \dots, which goes on without an end; None where the members are no such run."""
    if len(members) < 3 or len(members[-1]) != 1 or members[-1][0] not in DOTS:
        return None
    written = ["".join(member) for member in members[:-1]]
    if not all(re.fullmatch(r"-?\d{1,6}", number) for number in written):
        return None
    first = int(written[0])
    return first if [int(number) for number in written] == list(range(first, first + len(written))) else None


def integers_from(low: int) -> ElementSet:
    """Return the integers from a number on."""
    return ElementSet(Real(float(low), low_open=False, integer=True))


def integer_run(members: Sequence[Tokens], read: Reader) -> tuple[Term, Term] | None:
    r"""Return the ends of 1, \dots, K; None where the members are no run."""
    if len(members) < 3 or len(members[-2]) != 1 or members[-2][0] not in DOTS:
        return None
    low, high = read.term(latex_of(members[0])), read.term(latex_of(members[-1]))
    return (low, high) if low is not None and high is not None else None
