"""Words that give vectors or matrices a structure: where the prose has one, a guessed array may have it.

Nothing here says of which array the word speaks, or what follows: it only keeps a refutation from resting on
arrays that were guessed from formulas, whose properties may stand in sentences that are not read.
"""

from __future__ import annotations

import re

_STRUCTURE = re.compile(
    r"\b(?:ortho\w*|unitary|unit[- ](?:length|norm|vectors?|variance)|normali[sz]ed|symmetric\w*"
    r"|(?:block[- ])?diagonal\w*"
    r"|eigen?\w*|eigne|singular|svd|decompos\w*|factori[sz]\w*|cholesky|qr|triangular|idempotent|project(?:ion|or)s?"
    r"|basis|stochastic matri\w*|permutation\w*|rotat\w*|whiten\w*|cent(?:er|re)d|standardi[sz]ed|simplex|one[- ]hot"
    r"|circulant|toeplitz|low[- ]rank|null ?space|kernel(?=\s+of\b)|(?:in|whose) (?:its|the) kernel"
    r"|pseudo-?inverse|adjoint|commut\w*|involut\w*|perpendicular"
    r"|parallel|binary|indicator|incidence|adjacency|laplacian|markov|transition matri\w*|vandermonde|householder)\b",
    re.IGNORECASE,
)


def structure_word(texts: tuple[str, ...]) -> str | None:
    """Return the first word of these texts that gives arrays a structure, or None."""
    return next((found.group() for text in texts if (found := _STRUCTURE.search(text))), None)
