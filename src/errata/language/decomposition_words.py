"""Words that tell of a decomposition of a matrix: "the SVD", "by the spectral theorem", "Cholesky factorisation".

They tell that some formula near them is one; which it is, its form must say too (`decompositions`).
"""

from __future__ import annotations

import re
from typing import Literal

Decomposition = Literal["eigen", "svd", "cholesky", "qr", "lu"]

_FACTORED = r"(?:decompos\w+|factori[sz]\w+)"
_NAMED: tuple[tuple[Decomposition, re.Pattern[str]], ...] = (
    (
        "eigen",
        re.compile(
            rf"\beigen[- ]?(?:values?[- ]?|vectors?[- ]?)?{_FACTORED}|\bspectral (?:{_FACTORED}|theorem)"
            r"|\b(?:evd|eig)\b|\bdiagonali[sz](?:e[sd]?|ing|ation|able)\b"
        ),
    ),
    ("svd", re.compile(rf"\bsvd\b|\bsingular[- ]values?[- ]?{_FACTORED}")),
    ("cholesky", re.compile(rf"\bcholesky\b(?! (?:up|down)dat)|\bldl\b|\bldlt\b (?:{_FACTORED})?")),
    ("qr", re.compile(rf"\bqr[- ]?{_FACTORED}")),
    ("lu", re.compile(rf"\blu[- ]?{_FACTORED}")),
)
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|can't|isn't|doesn't|without|unlike|instead|rather than|generali[sz]ed"
    r"|truncat\w+|approximat\w+|low[- ]rank|incomplete|tensor|higher[- ]order|block|simultaneous\w*|jointly"
    r"|nonnegative|random\w*)\b"
)
"""Words by which another thing than the plain decomposition may be meant."""
_WHOLE = re.compile(r"\bfull\b(?! (?:column |row )?rank)")
_EMPHASIS = re.compile(r"[*_`~]+")


def decompositions_told(words: str) -> frozenset[Decomposition]:
    """Return the decompositions that a sentence, its formulas left out, tells of."""
    plain = " ".join(_EMPHASIS.sub("", words).lower().split())
    if _OTHERWISE.search(plain):
        return frozenset()
    return frozenset(name for name, pattern in _NAMED if pattern.search(plain))


def tells_full(words: str) -> bool:
    """Return whether a sentence speaks of the full form, in which the orthogonal factors are square."""
    return bool(_WHOLE.search(words.lower()))
