r"""The logarithm of a product was not taken apart into a sum.

log(ab) = log a + log b: a factor inside becomes an added logarithm, a power becomes a factor, and nothing inside the
logarithm multiplies it.

Given: Let $a > 0$ and $b > 0$.
Wrong: \log(a b) = \log a \log b
Right: \log(a b) = \log a + \log b
"""

from __future__ import annotations

from errata.language.terms import Elementary, Product, Sum, Term, subterms
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "log-of-product"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    multiplied = isinstance(slip.old, Product) and any(map(is_logarithm, subterms(slip.old)))
    if multiplied and isinstance(slip.new, Sum) and any(map(is_logarithm, subterms(slip.new))):
        return f"the logarithm of a product is a sum: {words(slip.new)}, not {words(slip.old)}"
    return None


def is_logarithm(term: Term) -> bool:
    """Return whether a term is a logarithm."""
    return isinstance(term, Elementary) and term.function == "log"
