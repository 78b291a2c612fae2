"""Words and short phrases for properties: what they can be properties of, and what they say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from errata.language.conditions_in_words import Property, Topic
from errata.language.prose.lexing import Token

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a property. imposed: the property where it can be given to names; None where it cannot."""

    about: Topic
    imposed: Property | None
    words: re.Pattern[str]


def _wording(about: Topic, imposed: Property | None, *words: str) -> Wording:
    return Wording(about, imposed, re.compile("|".join(words)))


_DENIED = "(?:not|no|never|cannot be|neither|without)"
_WORDINGS = (
    _wording(
        "chance",
        "standard normal",
        "standard normal",
        "(?:bivariate|jointly) (?:normal|gaussian)",
        "(?:un|de)correlated",
        f"{_DENIED} (?:mutually |linearly )?correlat(?:ed|ions?)|{_DENIED} (?:skew(?:ness|ed)?|third moments?)",
        "cent(?:er|re)d|zero-mean|mean-zero|zero mean|mean zero|standardi[sz]ed|isotropic|iid|i\\.i\\.d|whitened",
    ),
    _wording(
        "chance",
        "independent",
        "independen(?:t|tly|ce)",
        f"{_DENIED} depend(?:en(?:t|ce))?",
        "indep|separately|unrelated(?:ly)?",
    ),
    _wording("chance", None, "dependent|dependence|correlated|deterministic|degenerate|concentrated"),
    _wording(
        "laws",
        "standard normal",
        "normal(?:ity|ly)?|gaussians?|gaussianity|(?:third|fourth|odd|even|higher) moments?|kurtosis|skewness",
        "identically|exchangeab(?:le|ility)",
    ),
    _wording(
        "laws",
        None,
        "uniform(?:ly|ity)?|exponential|exponentially distributed|poisson|bernoulli|binomial|geometric|rademacher",
        "laplacian|cauchy|indicators|signs|fair",
    ),
    _wording("functions", "convex", "convex(?:ity)?"),
    _wording("functions", "concave", "concav(?:e|ity)"),
    _wording("functions", "increasing", "monotonic(?:ity)?|monotone"),
    _wording("functions", None, "(?:in|de)creasing|period(?:ic|icity)?|linear(?:ity)?|homogene(?:ous|ity)"),
    _wording("functions", None, "additiv(?:e|ity)|lipschitz"),
    _wording("matrices", "antisymmetric", "(?:anti|skew-?)symmetr(?:y|ic)|skew symmetr(?:y|ic)"),
    _wording("symmetry", "symmetric", "symmetr(?:y|ic|ical)|sym"),
    _wording("arrays", "orthogonal", "orthogonal(?:ity)?|unitar(?:y|ity)|isometr(?:y|ies|ic)"),
    _wording("arrays", "orthonormal", "orthonormal(?:ity)?|perpendicular"),
    _wording("arrays", "unit length", "unit-norm|unit-length"),
    _wording("arrays", "projecting", "projections?|projectors?"),
    _wording("arrays", "stochastic", "(?:row-|row )?stochastic"),
    _wording("arrays", None, "doubly stochastic|(?:column-|column )stochastic"),
    _wording(
        "arrays",
        None,
        "rotations?|reflections?",
        "permutations?|collinear|parallel|scalars|(?:one|two|three|\\d) dimensions?|one-dimensional|univariate",
        "aligned",
    ),
    _wording("matrices", "symmetric", "self-adjoint"),
    _wording("matrices", "diagonal", "diagonal|triangular|commut(?:e|es|ing|ative|ativity)"),
    _wording("matrices", "invertible", "invertib(?:le|ility)|nonsingular|full-rank|full rank"),
    _wording("matrices", "nilpotent", "nilpotent"),
    _wording("matrices", "idempotent", "idempotent"),
    _wording("matrices", "positive definite", "(?:semi)?definite|(?:semi)?definiteness"),
    _wording(
        "matrices",
        None,
        "singular|noninvertible|rank-deficient|of rank|rank one|rank-one|toeplitz|circulant|square matri(?:x|ces)|tied",
    ),
    _wording("integers", "integer", "integers?"),
    _wording("integers", None, "primes?|powers? of (?:two|three|ten)|multiples? of (?:two|three|four|five|\\d+)"),
    _wording("parity", None, "even|odd|parity"),
    _wording(
        "numbers",
        "positive",
        "positiv(?:e|ity)|non-?negativ(?:e|ity)|nonzero",
        f"{_DENIED} negative",
    ),
    _wording("numbers", "binary", "binary|bits"),
    _wording("numbers", None, "one-hot"),
    _wording(
        "numbers",
        None,
        f"negativ(?:e|ity)|non-?positiv(?:e|ity)|{_DENIED} positive",
        "bounded|normali[sz]ed|stationar(?:y|ity)|active|inactive|saturated|complementary",
    ),
    _wording("anything", "standard normal", "unit variances?"),
    _wording("anything", "unit length", "unit (?:norms?|lengths?|vectors?|sphere)"),
    _wording(
        "anything",
        None,
        "right angles?|right triangles?|normali[sz]es",
        "(?:by|from|since|using) (?:the )?normali[sz]ation",
        "unit (?:means?|traces?|diagonal|determinant|mass|ball)",
        "(?:standard|simplest|trivial|scalar|discrete|continuous|univariate|noiseless|homogeneous|balanced"
        "|critical|degenerate|linear|special|extreme|limiting|first|second|third|last|other|remaining"
        "|base|commutative|positive|negative) case",
    ),
)

_IMPOSABLE = re.compile(
    r"(?<!\S)(?:" + "|".join(w.words.pattern for w in _WORDINGS if w.imposed is not None) + r")(?!\S)"
)
_SAYS_MORE = re.compile(r"(?<!\S)\S*(?:[^yn]|[^o]n)\0 (?:of|with|except|but|up|in|to|about|around|at)(?!\S)")
"""After an adjective these words tell more of it: nilpotent of index two. After a noun they tell whose it is."""

_HARMLESS = re.compile(
    r"negative (?:log|phase|class|samples?|examples?|sampling|gradients?|direction|of|loss|logits?|side)"
    r"|positive (?:phase|class|samples?|examples?|probabilit(?:y|ies)|densit(?:y|ies))"
    r"|normal (?:equations?|vectors?|form|way|derivatives?)"
    r"|stochastic (?:gradients?|policy|policies|approximation|process|optimi[sz]ation|descent|variational)"
    r"|exponential (?:famil|decay|moving|rate|growth|recency|function|of)|even (?:if|though|when|more|better|for|in|so)"
    r"|the (?:main )?diagonal(?! (?:case|matri|covariance))"
    r"|linear (?:in)?dependence|binary cross|singular (?:values?|vectors?)"
    r"|gaussian (?:process|kernel|elimination|integral)|in order|order (?:of|to)|(?:first|second|higher|same) order"
    r"|(?:kl|divergence|jsd|entropy|variance|distance|norm|information) is (?:always |thus |never )?(?:non)?"
    r"(?:posi|nega)tive"
)


def property_at(tokens: Sequence[Token], place: int, end: int) -> Wording | None:
    """Return the longest wording of a property that begins in a token."""
    inside = len(tokens[place].text.split())
    words = [word for token in tokens[place : min(end, place + _LONGEST)] for word in token.text.split()]
    phrases = (words[start : start + length] for start in range(inside) for length in range(_LONGEST, 0, -1))
    found = (_wording_of(" ".join(phrase)) for phrase in phrases)
    return next((wording for wording in found if wording is not None), None)


def without_properties(words: str) -> str | None:
    """Return the words without those for properties that can be given to names; None where one is told more closely."""
    marked = _IMPOSABLE.sub(lambda match: f"{match[0]}\0", words)
    return None if _SAYS_MORE.search(marked) else _IMPOSABLE.sub("", words)


def harmless_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the tokens of phrases that only sound like properties: the negative log-likelihood."""
    return _harmless_among(tuple(token.text for token in tokens))


@lru_cache(maxsize=4)
def _harmless_among(words: tuple[str, ...]) -> frozenset[int]:
    """Return the places of such phrases; asked for again at every verb of a sentence."""
    starts, text = [], ""
    for word in words:
        starts.append(len(text))
        text += word.replace("-", " ") + " "
    found = [m.span() for m in _HARMLESS.finditer(text)]
    return frozenset(i for i, start in enumerate(starts) if any(low <= start < high for low, high in found))


def without_harmless(text: str) -> str:
    """Return a text without the phrases that only sound like properties."""
    return re.sub(_HARMLESS.pattern, " ", text, flags=re.IGNORECASE)


def _wording_of(phrase: str) -> Wording | None:
    return next((wording for wording in _WORDINGS if wording.words.fullmatch(phrase)), None)
