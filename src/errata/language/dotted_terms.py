r"""Sums and products with dots: X_1 + \cdots + X_n, 1 + x + x^2 + \dots + x^n, a + a q + a q^2 + \cdots.

The last written term before the dots and the term after them (or, where the series goes on for ever, the two last
written ones) differ in whole numbers or indices only; what differs runs from the one to the other in steps of one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from errata.language.definitions import rebuilt, substitute, used_symbols
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Binder,
    Constant,
    Entry,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Range,
    Sum,
    Term,
    subterms,
)

Linear = dict[str, Fraction]
_INDICES = "kijlmrsuv"


def written_out(
    operation: AggregateOperation, before: Sequence[Term], after: Sequence[Term], taken: set[str]
) -> tuple[Term, ...] | None:
    """Return the terms with the dots between them as a big operator; None where no step is clear.

    before: the terms before the dots; after: those behind them. taken: symbols that are no fresh index.
    """
    found = run(before, after, taken)
    if found is None:
        return None
    kept, binder, body = found
    return (*kept, Aggregate(operation, binder, body), *after[1:])


def run(
    before: Sequence[Term], after: Sequence[Term], taken: Collection[str]
) -> tuple[Sequence[Term], Binder, Term] | None:
    """Return what dots stand for: the terms that come before the run, its index and its general term.

    The run ends with the first of `after`, or goes on for ever. None where no step is clear.
    """
    if not before:
        return None
    fresh = next((k for k in _INDICES if k not in taken and not _occurs(k, (*before, *after))), None)
    if fresh is None:
        return None
    found = _between(before, after[0], fresh) if after else _onwards(before, fresh)
    if found is None:
        return None
    kept, binder = _from_the_first(before[:-1], *found)
    return kept, binder, found[1]


def _from_the_first(before: Sequence[Term], binder: Binder, body: Term) -> tuple[Sequence[Term], Binder]:
    """Let the range begin at the first written term that fits it."""
    assert isinstance(binder.domain, Range)
    kept = list(before)
    while kept and isinstance(binder.domain.low, Number):
        low = _less(binder.domain.low)
        if _simple(kept[-1]) != _with(body, binder.name.symbol, low):
            break
        kept.pop()
        binder = Binder(binder.name, Range(low, binder.domain.high))
    return kept, binder


def _occurs(symbol: str, terms: Sequence[Term]) -> bool:
    return any(symbol in used_symbols(t) for t in terms)


def _between(before: Sequence[Term], last: Term, fresh: str) -> tuple[Binder, Term] | None:
    """Range from the last written term up to the one behind the dots."""
    first = before[-1]
    pairs: list[tuple[Term, Term]] = []
    if not _differences(first, last, pairs) or not pairs:
        return None
    lengths = [_minus(_linear(b), _linear(a)) for a, b in pairs]
    if any(x is None for x in lengths):
        return None
    whole = lengths[0]
    opposite = {k: -v for k, v in (whole or {}).items()}
    if any(x not in (whole, opposite) for x in lengths):
        return None
    upwards = _goes_up(whole or {})
    if not upwards:
        whole, opposite = opposite, whole or {}
    start = next((a for (a, _), x in zip(pairs, lengths, strict=True) if x == whole), None)
    if start is None:
        return None
    end = next(b for (a, b), x in zip(pairs, lengths, strict=True) if x == whole)
    steps = {id(a): 1 if x == whole else -1 for (a, _), x in zip(pairs, lengths, strict=True)}
    body = _shifted(first, steps, start, fresh)
    if len(before) > 1 and _simple(before[-2]) != _with(body, fresh, _less(start)):
        return None
    return Binder(Name(fresh), Range(start, end)), body


def _onwards(before: Sequence[Term], fresh: str) -> tuple[Binder, Term] | None:
    """Range from the last written term for ever, in the steps in which the last two differ."""
    if len(before) < 2:
        return None
    earlier, first = before[-2], before[-1]
    pairs: list[tuple[Term, Term]] = []
    if not _differences(first, _explicit(earlier, first), pairs) or not pairs:
        return None
    lengths = [_minus(_linear(a), _linear(b)) for a, b in pairs]
    if any(x != {"": Fraction(1)} for x in lengths):
        return None
    start = pairs[0][0]
    body = _shifted(first, {id(a): 1 for a, _ in pairs}, start, fresh)
    return Binder(Name(fresh), Range(start, Constant("infinity"))), body


def _goes_up(length: Linear) -> bool:
    """Return whether a symbolic length is positive for large sizes: n - 1, t - 2."""
    symbols = [v for k, v in length.items() if k]
    return all(v > 0 for v in symbols) if symbols else length.get("", Fraction(0)) > 0


# Two terms side by side ------------------------------------------------------------------------------


def _differences(one: Term, other: Term, found: list[tuple[Term, Term]]) -> bool:
    """Gather the whole numbers and linear expressions in which two terms differ; False where they differ otherwise."""
    if one == other:
        return True
    if _linear(one) is not None and _linear(other) is not None and _counts(one) and _counts(other):
        found.append((one, other))
        return True
    if type(one) is not type(other):
        return False
    return all(
        _different(getattr(one, f.name), getattr(other, f.name), found, f.name) for f in fields(one) if f.name != "span"
    )


def _different(one: Any, other: Any, found: list[tuple[Term, Term]], place: str) -> bool:
    if isinstance(one, Term) and isinstance(other, Term):
        return _differences(one, other, found)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(_different(a, b, found, place) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def _counts(term: Term) -> bool:
    """Return whether a term may count: it is made of whole numbers and single letters."""
    return all(
        isinstance(t, Sum | Negative | Product)
        or (isinstance(t, Number) and t.value.denominator == 1 and t.decimals is None)
        or (isinstance(t, Name) and len(t.symbol) == 1)
        for t in subterms(term)
    )


def _linear(term: Term) -> Linear | None:
    """Read a sum of whole numbers and multiples of names."""
    match term:
        case Number(value):
            return {"": value} if value else {}
        case Name(symbol):
            return {symbol: Fraction(1)}
        case Negative(inner):
            found = _linear(inner)
            return None if found is None else {k: -v for k, v in found.items()}
        case Product((Number(value), Name(symbol))):
            return {symbol: value}
        case Sum(terms):
            total: Linear = {}
            for part in terms:
                found = _linear(part)
                if found is None:
                    return None
                for k, v in found.items():
                    total[k] = total.get(k, Fraction(0)) + v
            return {k: v for k, v in total.items() if v}
    return None


def _minus(one: Linear | None, other: Linear | None) -> Linear | None:
    if one is None or other is None:
        return None
    found = {k: one.get(k, Fraction(0)) - other.get(k, Fraction(0)) for k in {*one, *other}}
    return {k: v for k, v in found.items() if v}


def _shifted(term: Term, steps: Mapping[int, int], start: Term, fresh: str) -> Term:
    """Return the term with each place that differs moved along with the index."""
    if id(term) in steps:
        if term == start and steps[id(term)] == 1:
            return Name(fresh)
        if steps[id(term)] == 1:
            return tidy(Sum((Name(fresh), term, Negative(start))))
        return tidy(Sum((term, start, Negative(Name(fresh)))))
    changes = {}
    for f in fields(term):
        if f.name == "span":
            continue
        old = getattr(term, f.name)
        new = _shifted_value(old, steps, start, fresh)
        if new is not old:
            changes[f.name] = new
    return replace(term, **changes) if changes else term


def _shifted_value(value: Any, steps: Mapping[int, int], start: Term, fresh: str) -> Any:
    if isinstance(value, Term):
        return _shifted(value, steps, start, fresh)
    if isinstance(value, tuple):
        parts = tuple(_shifted_value(v, steps, start, fresh) for v in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    return value


def tidy(term: Term) -> Term:
    """Write a linear expression as a sum of names and one number."""
    linear = _linear(term)
    if linear is None:
        return term
    parts: list[Term] = []
    for symbol, factor in sorted(linear.items(), key=lambda item: (item[1] < 0, item[0] == "", item[0])):
        size = Number(abs(factor))
        part: Term = size if not symbol else Name(symbol) if abs(factor) == 1 else Product((size, Name(symbol)))
        parts.append(Negative(part) if factor < 0 else part)
    if not parts:
        return Number(Fraction(0))
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


# The term before the first of the range --------------------------------------------------------------


def _less(start: Term) -> Term:
    return tidy(Sum((start, Negative(Number(Fraction(1))))))


def _with(term: Term, symbol: str, value: Term) -> Term:
    return _simple(substitute(term, {symbol: value}))


def _simple(term: Term) -> Term:
    """Write x^1 as x, x^0 as 1, 1 x as x, and work out whole numbers, so that written terms can be compared."""
    term = rebuilt(term, _simple)
    if isinstance(term, Sum) and _linear(term) is not None:
        return tidy(term)
    match term:
        case Power(base, Number(value)) if value == 1:
            return base
        case Power(_, Number(value)) if value == 0:
            return Number(Fraction(1))
        case Product(factors):
            kept = tuple(f for f in factors if f != Number(Fraction(1)))
            return Number(Fraction(1)) if not kept else kept[0] if len(kept) == 1 else Product(kept)
        case Entry(array, indices):
            return Entry(array, tuple(tidy(i) for i in indices))
    return term


def _explicit(earlier: Term, later: Term) -> Term:
    """Write the earlier term in the form of the later one: x as x^1 beside x^2, 1 as x^0 beside x^1."""
    if isinstance(later, Power) and not isinstance(earlier, Power) and earlier == later.base:
        return Power(earlier, Number(Fraction(1)))
    if isinstance(later, Product) and isinstance(earlier, Product) and len(later.factors) == len(earlier.factors):
        return Product(tuple(_explicit(e, f) for e, f in zip(earlier.factors, later.factors, strict=True)))
    return earlier
