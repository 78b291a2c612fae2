r"""A factor or a term that the chain rule or the product rule brings is missing.

The derivative of f(g(x)) is f'(g(x)) g'(x), and that of fg is f'g + fg'; the second part of each is what is forgotten.

Given: Let $x$ and $a$ be real numbers.
Wrong: \frac{d}{dx} \sin(ax) = \cos(ax)
Right: \frac{d}{dx} \sin(ax) = a\cos(ax)
"""

from __future__ import annotations

from errata.language.terms import Derivative
from errata.verify.diagnosis.slips.slip import Slip, is_constant, listed, product_words

NAME = "lost-derivative"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not isinstance(slip.other, Derivative):
        return None
    removed, added = slip.addends
    if added and not removed and not all(map(is_constant, added)):
        return f"the product rule brings a further term: {listed(added)}"
    ratio = slip.factors
    if ratio is not None and ratio[1] and not ratio[0] and not all(map(is_constant, ratio[1])):
        return f"the chain rule brings a factor: {product_words(ratio[1])}"
    return None
