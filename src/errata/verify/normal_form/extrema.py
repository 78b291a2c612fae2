"""Maxima and minima over a variable: opaque, in a normal form of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.polynomials import combined, single
from errata.verify.normal_form.workspace import Polynomial, Refused

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering


def extremum(lowering: Lowering, term: t.Aggregate) -> Polynomial:
    """Return an extremum as an atom of its body."""
    symbol = term.binder.name.symbol
    if not isinstance(term.binder.domain, t.Functions | t.Laws | t.Values):
        raise Refused("an extremum over a range")
    if symbol in lowering.environment:
        raise Refused("a bound variable bound again")
    body = lowering.conditionally().scalar(term.body)
    kind = type(term.binder.domain).__name__
    frozen = lowering.w.freeze(combined(lowering.w, body))
    return single(lowering.w.atom("extremum", term.operation, kind, symbol, frozen))
