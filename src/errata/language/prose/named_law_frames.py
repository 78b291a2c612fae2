"""Phrases that name a law and its parameters: "the Cauchy density with location $m$ and scale $s$"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_LAW = (
    r"(?P<law>gamma|beta|cauchy|dirichlet|poisson|binomial(?:ly)?|exponential(?:ly)?"
    r"|(?:multivariate )?student(?:'s)?[- ]t|inverse[- ]wishart|wishart)"
)
_KIND = r"(?:positive|real|scalar|symmetric|positive definite)"
_ROLE = (
    rf"(?:(?:{_KIND} )*(?:shape|rate|scale|location|parameters?|mean|intensity)(?: (?:parameters?|matrix|vector))? {_F}"
    rf"(?: symmetric positive definite)?(?: and {_F}(?! degrees))?|{_F} degrees of freedom)"
)
_SUM = rf"(?:(?: ,)? i\.e (?P<sum>{_F}) with (?:independent|i\.?i\.?d\.?) (?P<drawn>{_F}))?"

NAMED_LAW_FRAMES: tuple[Frame, ...] = (
    Frame(
        "named law",
        re.compile(
            r"(?<!\S)(?:(?:with|has|have|having|follows?|following|from) )?(?:the |an? )?"
            rf"{_LAW}(?: distributed)?(?: (?:probability )?(?:density|distribution|law)(?: function)?"
            r"| (?:random )?variable)? (?:with|of) (?:the |a )?"
            rf"(?P<parameters>{_ROLE}(?:(?: ,| and| , and) (?:the |a )?{_ROLE})*){_SUM}(?!\S)"
        ),
    ),
)
