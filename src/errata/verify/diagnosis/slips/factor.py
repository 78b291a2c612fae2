r"""A factor is missing, too much, or another one than it must be.

The usual ones are 2 and 1/2 from squares, n and 1/n from averages, pi and its root from normal densities.

Given: Let $a$ and $b$ be real numbers.
Wrong: (a + b)^2 = a^2 + ab + b^2
Right: (a + b)^2 = a^2 + 2ab + b^2
"""

from __future__ import annotations

from errata.language.terms import Elementary, Number, Product, Quotient, Term
from errata.verify.diagnosis.slips.slip import Slip, is_constant, product_words, words
from errata.verify.diagnosis.trees import ONE

NAME = "factor"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if isinstance(slip.old, Number) and isinstance(slip.new, Number) and _is_factor(slip):
        return f"the factor is {words(slip.new)}, not {words(slip.old)}"
    ratio = slip.factors
    if ratio is None or _is_addend(slip):
        return _everywhere(slip)
    extra, missing = ratio
    if extra and not missing:
        return f"the factor {product_words(extra)} is too much"
    if missing and not extra:
        return f"the factor {product_words(missing)} is missing"
    if sum(extra.values()) <= 2 and sum(missing.values()) <= 2:
        return f"the factor is {product_words(missing)}, not {product_words(extra)}"
    return None


def _is_addend(slip: Slip) -> bool:
    """Whether a sum stands in place of one of its addends."""
    removed, added = slip.addends
    return ONE in (slip.old, slip.new) and not (removed and added)


def _is_factor(slip: Slip) -> bool:
    """Whether the numbers stand in a product or below a bar."""
    if not slip.change.above:
        return False
    return isinstance(slip.change.above[-1][0], Product | Quotient)


def _everywhere(slip: Slip) -> str | None:
    """Factors of numbers are wrong at several places."""
    return "factors are wrong" if slip.is_same(_scaleless) else None


def _scaleless(term: Term) -> Term:
    match term:
        case Product(parts):
            return Product(tuple(p for p in parts if not is_constant(p)) or (ONE,))
        case Quotient(numerator, denominator) if is_constant(denominator):
            return numerator
        case Elementary("sqrt", (argument,)) if is_constant(argument):
            return ONE
    return term
