r"""An index or a bound of a sum is another one than it must be.

In W_{ij} the first index counts rows; in a sum the bound name runs, and the others stay. An exchanged index, or a sum
that runs one step too far, gives another number as soon as there are two of anything.

Given: Let $n$ be a positive integer.
Wrong: \sum_{i=1}^{n} i = \sum_{i=0}^{n-1} i
Right: \sum_{i=1}^{n} i = \sum_{i=0}^{n} i
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.terms import Aggregate, Binder, Entry, IndexSet, Name, Range, Term
from errata.verify.diagnosis.slips.slip import Slip, words
from errata.verify.diagnosis.trees import ONE

NAME = "index"
_ANY = Name("\\index")


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_unindexed):
        return None
    bound = any(isinstance(a, Aggregate) for a, _ in slip.change.above) and not any(
        isinstance(a, Entry) for a, _ in slip.change.above
    )
    what = "the bound" if bound else "the index"
    return f"{what} is {words(slip.new)}, not {words(slip.old)}"


def _unindexed(term: Term) -> Term:
    match term:
        case Entry(array, indices):
            return Entry(array, (_ANY,) * len(indices))
        case Aggregate(_, Binder(_, Range() | IndexSet())):
            return replace(term, binder=Binder(_ANY, Range(ONE, ONE)))
    return term
