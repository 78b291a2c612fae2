"""Conditions told in words alone: "It is symmetric", "By normality", "For rotations", "The variances are one".

They name nobody, so no rule gives them to a name; but a claim near them may hold under them only. What is found here
keeps such claims from being called wrong; it makes none right. Two signs are looked for: a word for a property that
no phrase of the sentence gave to a name, outside what the sentence concludes; and a clause in which a pronoun, or a
noun with "the", is said to be something.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from errata.language.prose.harvested import Restriction, Topic
from errata.language.prose.lexing import Token

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "chance",
        re.compile(
            r"normal(?:ity|ly)?|gaussians?|gaussianity|uniform(?:ly|ity)?|exponential(?:ly)?|poisson|bernoulli|binomial"
            r"|geometric|rademacher|laplacian|cauchy|independen(?:t|tly|ce)|dependen(?:t|ce)|(?:un)?correlat(?:ed|ion)"
            r"|cent(?:er|re)d|zero-mean|mean-zero|standardi[sz]ed|moments?|kurtosis|skewness|deterministic|degenerate"
            r"|isotropic|indicators|coins?|dice|die|signs|iid|i\.i\.d\.?|identically|exchangeab(?:le|ility)|unbiased"
        ),
    ),
    (
        "arrays",
        re.compile(
            r"orthogonal(?:ity)?|orthonormal(?:ity)?|unitar(?:y|ity)|rotations?|reflections?|permutations?"
            r"|projections?|projectors?|isometr(?:y|ies|ic)|perpendicular|collinear|parallel|whitened|stochastic|one-hot"
            r"|unit-norm|unit-length|scalars|(?:one|two|three|\d) dimensions?|one-dimensional|univariate"
        ),
    ),
    (
        "matrices",
        re.compile(
            r"(?:anti|skew-?)symmetr(?:y|ic)|self-adjoint|diagonal|triangular|invertib(?:le|ility)|nonsingular"
            r"|nilpotent|idempotent|(?:semi)?definite|(?:semi)?definiteness|commut(?:e|es|ing|ative|ativity)|full-rank"
            r"|rank|toeplitz|circulant|square"
        ),
    ),
    ("integers", re.compile(r"integers?|primes?|parity")),
    (
        "numbers",
        re.compile(
            r"(?:non-?)?(?:positiv|negativ)(?:e|ity)|nonzero|binary|bits|bounded|normali[sz]ed|monotonic(?:ity)?"
            r"|monotone|convex(?:ity)?|concav(?:e|ity)|stationar(?:y|ity)|real|vanish(?:es|ing)?"
        ),
    ),
    (
        "anything",
        re.compile(
            r"(?:a)?symmetr(?:y|ic|ical)|even|odd|(?:without|with no) loss of generality|w\.?l\.?o\.?g\.?"
            r"|unit (?:norms?|lengths?|variances?|traces?|vectors?|means?|diagonal|determinant|sphere|mass|ball)"
            r"|(?:order|sort|normali[sz]e|cent(?:er|re)|standardi[sz]e|whiten|rescale|restrict|constrain|freeze|impose"
            r"|require|force)"
            r"|(?:standard|simplest|trivial|scalar|discrete|continuous|univariate|noiseless|homogeneous|balanced"
            r"|critical|degenerate|linear|special|extreme|limiting|first|second|third|last|other|remaining"
            r"|base|commutative) case"
        ),
    ),
)
"""Words and short phrases for properties, by what they can be properties of."""

_LONGEST = 4

_HARMLESS_PHRASES = re.compile(
    r"negative (?:log|phase|class|samples?|examples?|sampling|gradients?|direction)"
    r"|positive (?:phase|class|samples?|examples?|probabilit(?:y|ies)|densit(?:y|ies))"
    r"|normal (?:equations?|vectors?|form|way|derivatives?)|singular (?:values?|vectors?)|low rank|rank (?:one|of|r|k)"
    r"|stochastic (?:gradients?|policy|policies|approximation|process|optimi[sz]ation|descent|variational)"
    r"|exponential (?:famil|decay|moving|rate|growth|recency|function|of)|even (?:if|though|when|more|better|for|in)"
    r"|linear (?:in)?dependence|square (?:root|of|loss)|(?:least|mean) squares?|normali[sz]ed by|binary cross"
    r"|real (?:numbers?|line|data|samples?|images?|world|challenge|part)|(?:in)?dependent (?:of|on)|bounded by"
    r"|moment of (?:inertia|time)|a moment|gaussian (?:process|kernel|elimination|integral)|in order|order (?:of|to)"
    r"|first order|second order|higher order"
    r"|(?:kl|divergence|jsd|entropy|variance|distance|norm|information) is (?:always |thus |never )?(?:non)?"
    r"(?:posi|nega)tive"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PRONOUNS = _set("it they them both each these those all every its their either neither")
_ARTICLES = _set("the its their all both these those every each our")
_THINGS = _set(
    """matrix matrices vector vectors number numbers scalar scalars law laws distribution distributions density
    densities mean means variance variances covariance covariances correlation expectation expectations moment
    moments deviation deviations columns column rows row entries entry components component elements element
    eigenvalue eigenvalues eigenvector eigenvectors trace determinant norm norms length lengths function functions
    kernel variable variables parameter parameters value values weight weights bias biases input inputs output
    outputs noise error errors unit units sample samples observation observations data events probabilities
    probability two first second third latter former other others one size sizes dimension dimensions index
    indices state states term terms factor factors signal signals label labels reward rewards coin die bits
    support kurtosis skewness fourth quantities quantity series sequence angle angles transpose inverse them itself"""
)
_BE = _set("is are be was were remains remain has have being")
_VERBS = _set(
    """commute commutes anticommute sum sums add adds coincide coincides vanish vanishes agree agrees take takes lie
    lies equal equals follow follows span spans form forms satisfy satisfies differ differs obey obeys share shares"""
)
_BETWEEN = _set("only also both all do does not to always here again must should shall will would")
_NAMING = _set("the what how why where when our exactly precisely just simply then called now")
_HARMLESS = _set(
    """given shown known easy easily simple clear clearly straightforward important useful interesting necessary
    possible following similar above below proven found hard difficult expensive cheap common better worse best good
    bad well-known enough sufficient worth exercise result results example examples lemma theorem proof question goal
    idea reason thus therefore hence often usually not never sometimes typically generally due learnt seen
    equivalent intractable tractable convenient natural reasonable standard tempting instructive function measure form
    way case special generalisation generalization version variant kind type sort consequence matter problem method
    algorithm model estimate part gradient derivative difference tool trick sensitive responsible able going meant
    said as at by in of on to from for via mean linear nonlinear quadratic higher lower high low more less most much
    too such fed passed written drawn"""
)
_RESTRICTING_PARTICIPLE = re.compile(
    r"(?:un)?bounded|(?:un)?normali[sz]ed|cent(?:er|re)d|(?:un)?correlated|shared|tied|fixed|sorted|ordered|balanced"
    r"|(?:un)?biased|saturated|standardi[sz]ed|concentrated|supported|distributed|constrained|restricted|limited"
    r"|whitened|weighted|scaled|rescaled|equidistributed|separated|connected|closed|symmetri[sz]ed|clipped|frozen"
)
_INTENSIFYING = _set("a an so very also")
_PREMISE = _set("by since because using i.e namely note notice recall")
_CONCLUDING = _set("have get obtain find see show know can could may might will conclude derive compute write")
_CONJUNCTIONS = _set("if when whenever unless since because as while that where")
_CASE = _set("if when whenever unless for in on at under by since because with without using as while")
_UNIVERSAL = re.compile(
    r"\b(?:all|every|throughout|always|we only|in what follows|from now on|henceforth|everywhere)\b"
)
_FOREIGN: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "chance",
        re.compile(
            "正态|高斯|均匀|独立|獨立|不相关|正規|نرمال|گوسی|مستقل|یکنواخت|unabhängig|normalverteilt|indépendant"
            "|gaussienne?|independientes?|gaussiana"
        ),
    ),
    (
        "arrays",
        re.compile(
            "对称|對稱|正交|旋转|投影|可逆|متقارن|متعامد|وارون|symmetrisch|invertierbar|symétrique|orthogonale?s?"
            "|inversible|simétrica|ortogonal"
        ),
    ),
    ("numbers", re.compile("非负|非負|正数|正數|نامنفی|positiv|positif|positives?|positivo")),
)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a formula within a sentence is, so far as it matters here: the names it consists of, or a law."""

    names: tuple[str, ...] | None = None
    law: bool = False


def restriction(
    tokens: Sequence[Token],
    told: Collection[int],
    named: Collection[int],
    formulas: Mapping[int, Mentioned],
    text: str,
) -> Restriction | None:
    """Return the condition that an English sentence sets in words, None where there is no sign of one.

    told: the phrases that were given to names. named: the tokens of clauses in which the words left over are known
    to speak about names, which they protect. formulas: the formulas that no rule has taken, by their tokens.
    """
    free = [i for i in _asserted(tokens) if i not in named]
    universal = bool(_UNIVERSAL.search(text.lower()))
    found = _property(tokens, free, told)
    if found is not None:
        topic, place = found
        names = _spoken_of(tokens, place, formulas)
        if names is None or names:
            return Restriction(text, topic, not _in_case(tokens, place), universal and not names, names or ())
    if any(formulas[i].law for i in _asserted(tokens) if i in formulas):
        return Restriction(text, "chance", True, universal)
    place_of_statement = _statement(tokens, free, told)
    if place_of_statement is None:
        return None
    return Restriction(text, "anything", not _in_case(tokens, place_of_statement), universal)


def foreign_restriction(text: str) -> Restriction | None:
    """Return the condition that a sentence of another language, which names nobody, sets in words."""
    topic = next((topic for topic, words in _FOREIGN if words.search(text)), None)
    return Restriction(text, topic, True, False) if topic is not None else None


def _spoken_of(tokens: Sequence[Token], place: int, formulas: Mapping[int, Mentioned]) -> tuple[str, ...] | None:
    """Return the names that stand in the clause of a property; None where none does."""
    low = high = place
    while low > 0 and not _ends_clause(tokens[low - 1]):
        low -= 1
    while high + 1 < len(tokens) and not _ends_clause(tokens[high + 1]):
        high += 1
    inside = (formulas[i].names for i in range(low, high + 1) if i in formulas)
    known = [names for names in inside if names is not None]
    return tuple(dict.fromkeys(name for names in known for name in names)) if known else None


def _ends_clause(token: Token) -> bool:
    return token.text == "," or token.kind in ("break", "let", "if", "claim")


def _asserted(tokens: Sequence[Token]) -> list[int]:
    """Return the tokens outside what the sentence concludes, which follows from what is known."""
    kept: list[int] = []
    concluded = premise = False
    for i, token in enumerate(tokens):
        if token.kind in ("let", "if", "break") or token.text == "where":
            concluded, premise = False, token.kind == "if"
        elif token.kind == "claim":
            following = tokens[i + 1].text if i + 1 < len(tokens) else ""
            premise = token.text in _PREMISE
            concluded = not premise and (token.text != "we" or following in _CONCLUDING)
        elif token.text == "," and premise:
            concluded, premise = True, False
        if not concluded:
            kept.append(i)
    return kept


def _property(tokens: Sequence[Token], free: Sequence[int], told: Collection[int]) -> tuple[Topic, int] | None:
    """Return a property that no name was given, and where it stands."""
    harmless = _harmless_places(tokens)
    open_ones = [i for i in free if i not in told and i not in harmless and tokens[i].formula < 0]
    words = [(word, i) for i in open_ones for word in tokens[i].text.split()]
    for place, (_, i) in enumerate(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            phrase = " ".join(word for word, _ in words[place : place + length])
            topic = next((topic for topic, pattern in _TOPICS if pattern.fullmatch(phrase)), None)
            if topic is not None:
                return topic, i
    return None


def _harmless_places(tokens: Sequence[Token]) -> set[int]:
    """Return the tokens of phrases that only sound like properties: the negative log-likelihood."""
    starts, text = [], ""
    for token in tokens:
        starts.append(len(text))
        text += token.text.replace("-", " ") + " "
    found = [m.span() for m in _HARMLESS_PHRASES.finditer(text)]
    return {i for i, start in enumerate(starts) if any(low <= start < high for low, high in found)}


def _in_case(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a preposition or a conjunction of a case or a reason opens the clause of a token."""
    for i in range(place, -1, -1):
        if tokens[i].text.split()[0] in _CASE:
            return True
        if tokens[i].text in (",", ";", ":") or tokens[i].kind == "let":
            return False
    return False


def _statement(tokens: Sequence[Token], free: Sequence[int], told: Collection[int]) -> int | None:
    """Return where a clause says that a pronoun, or a thing with an article, is something."""
    inside = set(free)
    for i in free:
        if tokens[i].text not in _PRONOUNS | _ARTICLES or not _opens_clause(tokens, i):
            continue
        verb = _verb_after(tokens, i)
        reason = i > 0 and tokens[i - 1].text in _CONJUNCTIONS
        if verb is not None and verb in inside and _says_something(tokens, verb, told, reason):
            return i
    return None


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    return before is None or before.kind in ("and", "let", "if", "break", "claim") or before.text in _CONJUNCTIONS


def _verb_after(tokens: Sequence[Token], subject: int) -> int | None:
    """Return the verb of a short subject without formulas, which is a pronoun or ends in the name of a thing."""
    head = tokens[subject].text
    for i in range(subject + 1, min(subject + 8, len(tokens))):
        token = tokens[i]
        first = token.text.split()[0]
        if token.formula >= 0 or token.kind in ("and", "break", "claim", "if", "let") or first in ("that", "which"):
            return None
        if first in _BE or first in _VERBS:
            alone = head == tokens[subject].text and head in _PRONOUNS
            return i if alone or head in _THINGS else None
        if first not in _BETWEEN:
            head = token.text.split()[-1]
    return None


def _says_something(tokens: Sequence[Token], verb: int, told: Collection[int], reason: bool) -> bool:
    """Return whether the predicate is a property, as far as can be told: no result, no name, nothing done to it."""
    first = tokens[verb].text.split()
    if first[0] in _VERBS or len(first) > 1:
        return verb not in told
    for i in range(verb + 1, len(tokens)):
        token = tokens[i]
        word = token.text.split()[0]
        if word in _INTENSIFYING:
            continue
        if token.kind in ("break", "let", "if", "claim", "role") or word in _HARMLESS:
            return False
        if word in _NAMING and not reason:
            return False
        if word.endswith("ed") and not _RESTRICTING_PARTICIPLE.fullmatch(word):
            return False
        if token.kind in ("word", "negation", "formula", "attribute", "frame"):
            return i not in told
    return reason
