"""Words of a note that make its couplings, its Lipschitz functions or its distances others than the customary ones.

Words that tell where the points lie count, too: a bound by the total variation holds there that fails elsewhere.
"""

from __future__ import annotations

import re

_KINDS = (
    r"(?:bi-?)?causal|martingale|entropic|regulari[sz]ed|unbalanced|sliced|partial|independent|independence|product"
    r"|deterministic|monotone|gaussian|restricted|constrained|symmetric|relaxed|adapted|diagonal|fixed"
)
_OF_FUNCTIONS = (
    r"convex|concave|(?:in|de)creasing|monotone|monotonic|positive|non-?negative|bounded|even|odd|linear|affine"
    r"|periodic|smooth|differentiable"
)
_OTHERS = re.compile(
    rf"\b(?:{_KINDS})\W+(?:\w+\W+)?(?:couplings?|(?:transport\W+)?plans?|transport|wasserstein)\b"
    r"|\b(?:couplings?|plans?|joints?|distributions?)\b[^.]{0,60}\b(?:only|such that|subject|constrain\w*|at most)\b"
    r"|\b(?:only|except)\b[^.]{0,40}\b(?:couplings?|plans?)\b"
    rf"|\b(?:{_OF_FUNCTIONS})\b[^.]{{0,20}}\blipschitz\b|\blipschitz\b\W+(?:\w+\W+)?(?:and|or)\W+(?:{_OF_FUNCTIONS})\b"
    r"|sinkhorn"
    r"|\b(?:lies?|lying|(?:re)?scaled|normali[sz]ed|takes? values)\W+(?:\w+\W+){0,3}(?:in|between|within|to|on)\b"
    r"|\bbounded\W+(?:by|set|space|domain|support)|\bdiameter\b|\bnorms?\W+(?:at most|less|bounded|one|1)\b"
    r"|\b(?:disjoint|supported)\b|\bsupports?\W+(?:in|on|within)\b|\bunit\W+(?:ball|cube|interval|square|sphere)\b"
    r"|\binteger(?:s|\W+grid)?\b",
    re.IGNORECASE,
)
_METRICS = re.compile(
    r"\b(?:discrete|trivial|hamming|zero-one|0-1|geodesic|graph|weighted|mahalanobis)\W+(?:metric|distance|cost)\b",
    re.IGNORECASE,
)
_CUSTOMARY = re.compile(
    r"\b(?:joint\W+)?(?:laws?|distributions?|couplings?|plans?|measures?)\b[^.]{0,40}\bsuch that\b[^.]{0,20}"
    r"\bmarginals?\b",
    re.IGNORECASE,
)


def speaks_of_other_transport(prose: str) -> bool:
    """Return whether words may make infima over couplings or suprema over Lipschitz functions others than all."""
    return _OTHERS.search(_CUSTOMARY.sub(" ", prose)) is not None


def speaks_of_other_metric(prose: str) -> bool:
    """Return whether words name a metric other than the customary one; a cost that is written out tells which."""
    return _METRICS.search(prose) is not None
