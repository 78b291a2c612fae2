r"""The logarithm of a sum was taken apart.

log(a + b) has no form as a sum of logarithms: log a + log b is the logarithm of the product.

Given: Let $a > 0$ and $b > 0$.
Wrong: \log a + \log\left(1 + \frac{b}{a}\right) = \log a + \log b
Right: \log a + \log\left(1 + \frac{b}{a}\right) = \log(a + b)
"""

from __future__ import annotations

from errata.language.terms import Sum, subterms
from errata.verify.diagnosis.slips.log_of_product import is_logarithm
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "log-of-sum"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    apart = isinstance(slip.old, Sum) and any(is_logarithm(t) for a in slip.old.terms for t in subterms(a))
    if apart and is_logarithm(slip.new) and isinstance(slip.new.arguments[0], Sum):  # type: ignore[attr-defined]
        return f"the logarithm of a sum is not the sum of logarithms: {words(slip.new)}"
    return None
