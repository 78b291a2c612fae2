r"""A sum or an average over an index is missing, or one too many.

Given: Let $x_1, \dots, x_n$ be real numbers.
Wrong: \left(\sum_{i=1}^{n} x_i\right)^2 = \sum_{i=1}^{n} x_i x_i
Right: \left(\sum_{i=1}^{n} x_i\right)^2 = \sum_{i=1}^{n}\sum_{j=1}^{n} x_i x_j
"""

from __future__ import annotations

from errata.language.terms import Aggregate, Term, subterms
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "lost-sum"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    old, new = _sums(slip.old), _sums(slip.new)
    if old == new or not (slip.is_same(_summed) or (abs(old - new) == 1 and _within(slip.old, slip.new))):
        return None
    told_of = "a sum is missing" if new > old else "there is a sum too many"
    return f"{told_of}: {words(slip.new)}, not {words(slip.old)}"


def _within(old: Term, new: Term) -> bool:
    return any(isinstance(t, Aggregate) and t.body in (old, new) for side in (old, new) for t in subterms(side))


def _sums(term: Term) -> int:
    return sum(isinstance(t, Aggregate) for t in subterms(term))


def _summed(term: Term) -> Term:
    return term.body if isinstance(term, Aggregate) and term.operation in ("sum", "integral") else term
