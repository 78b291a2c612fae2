r"""The line follows another convention for a standard name than the note does.

The Jensen-Shannon divergence is mostly half of the sum of two divergences; some notes leave the half out. A note that
writes the sum out without it is believed, which is told once; a line that is off by just this factor mixed the two.

Given: Let $p(x)$ and $q(x)$ be positive densities.
Wrong: \mathrm{KL}(p \| \tfrac{p+q}{2}) + \mathrm{KL}(q \| \tfrac{p+q}{2}) = \mathrm{JSD}(p \| q)
Right: \mathrm{KL}(p \| \tfrac{p+q}{2}) + \mathrm{KL}(q \| \tfrac{p+q}{2}) = 2\,\mathrm{JSD}(p \| q)
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import prod

from errata.language.terms import Functional, Number, Quotient, Term
from errata.verify.diagnosis.slips.slip import Slip, factors, words

NAME = "convention"
WITH_FACTOR = {"jsd": 2}
"""Standard names whose factor conventions differ by, and that factor."""


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if slip.factors is None:
        return None
    removed, added = (_number(side) for side in slip.factors)
    if removed is None or added is None or not removed:
        return None
    names = {f.functional for f in factors(slip.new) if isinstance(f, Functional)}
    if not any(added / removed in (factor, Fraction(1, factor)) for n, factor in WITH_FACTOR.items() if n in names):
        return None
    return f"by the convention for this name here it is {words(slip.new)}, not {words(slip.old)}"


def _number(terms: Counter[Term]) -> Fraction | None:
    """Return the product of numbers, None where one is no number."""
    values = [_value(term) for term in terms.elements()]
    return None if None in values else prod((v for v in values if v is not None), start=Fraction(1))


def _value(term: Term) -> Fraction | None:
    match term:
        case Number(value):
            return value
        case Quotient(Number(above), Number(below)) if below:
            return above / below
    return None
