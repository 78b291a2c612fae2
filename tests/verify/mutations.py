"""Single slips of the kind that people make, at every place of a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from errata.language import terms as t

TWO = t.Number(Fraction(2))


def mutants(term: t.Term) -> Iterator[t.Term]:
    """Yield the term with one slip somewhere in it."""
    yield from _here(term)
    for item in fields(term):
        if item.name == "span":
            continue
        for changed in _inside(getattr(term, item.name)):
            yield replace(term, **{item.name: changed})


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, t.Term):
        yield from mutants(value)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            for changed in _inside(part):
                yield (*value[:place], changed, *value[place + 1 :])
    elif isinstance(value, t.Draw):
        for changed in mutants(value.law):
            yield replace(value, law=changed)
    elif isinstance(value, t.Binder) and isinstance(value.domain, t.Range):
        for changed in mutants(value.domain.high):
            yield replace(value, domain=replace(value.domain, high=changed))
        yield replace(value, domain=replace(value.domain, low=TWO))


def _here(term: t.Term) -> Iterator[t.Term]:
    match term:
        case t.Negative(part):
            yield part
        case t.Sum(parts):
            for place in range(len(parts)):
                rest = parts[:place] + parts[place + 1 :]
                yield rest[0] if len(rest) == 1 else t.Sum(rest)
                flipped = t.Negative(parts[place])
                yield t.Sum((*parts[:place], flipped, *parts[place + 1 :]))
        case t.Product(factors) if len(factors) > 1:
            for place in range(len(factors)):
                rest = factors[:place] + factors[place + 1 :]
                yield rest[0] if len(rest) == 1 else t.Product(rest)
            yield t.Product((TWO, *factors))
        case t.Quotient(above, below):
            yield t.Quotient(below, above)
            yield above
        case t.Power(base, exponent):
            yield base
            yield t.Power(base, t.Sum((exponent, t.Number(Fraction(1)))))
        case t.Number(value) if value:
            yield t.Number(2 * value)
            yield t.Number(-value)
        case t.Elementary("log", (argument,)):
            yield argument
            yield t.Elementary("log", (t.Product((TWO, argument)),))
            yield t.Elementary("log", (t.Power(argument, TWO),))
        case t.Elementary("exp" | "sigmoid" | "tanh" | "softplus" as name, (argument,)):
            yield t.Elementary(name, (t.Negative(argument),))
        case t.Elementary("sqrt", (argument,)):
            yield argument
        case t.Entry(array, indices):
            if len(indices) == 2:
                yield t.Entry(array, indices[::-1])
            for place in range(len(indices)):
                for other in (t.Name("i"), t.Name("j"), t.Number(Fraction(1))):
                    yield t.Entry(array, (*indices[:place], other, *indices[place + 1 :]))
        case t.Aggregate("sum" | "integral", _, body):
            yield body
            yield t.Power(term, TWO)
        case t.Density(law, values, given):
            yield from _other_laws(term, law)
            if given:
                yield replace(term, values=given, given=values)
                yield replace(term, given=())
                yield replace(term, values=values + given, given=())
            if len(values) == 2:
                yield replace(term, values=values[:1], given=values[1:])
                yield replace(term, values=values[:1])
        case t.LawReference(law, values, given):
            yield from _other_laws(term, law)
            if given and values:
                yield replace(term, given=())
        case t.Functional(_, (first, second)):
            yield replace(term, laws=(second, first))
            yield replace(term, laws=(first, first))
        case t.Information(_, _, groups, given):
            if given:
                yield replace(term, given=groups[0], groups=(given,))
                yield replace(term, given=())
            if len(groups) == 2:
                yield replace(term, kind="entropy", groups=groups[:1], given=groups[1])
        case t.Derivative(body, _, _):
            yield body
        case t.MatrixOperation("transpose", (part,)):
            yield part


def _other_laws(term: t.Term, law: t.Name) -> Iterator[t.Term]:
    for one, other in (("p", "q"), ("q", "p"), ("r", "s"), ("s", "r")):
        if law.symbol == one:
            yield replace(term, law=t.Name(other))
