"""How sure a sentence is of its formulas: "by Cauchy-Schwarz we have $...$" claims it, "when $...$" does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from errata.language.prose.segments import Sentence, Words

_NAMED = re.compile(
    r"\b(?i:by|from|using|use|apply|applying|via)(?: the)? (?:[A-Z][\w'’.-]*(?:[ -](?:and )?[A-Z][\w'’.-]*)*)"
    r"(?: (?:inequality|theorem|identity|lemma|formula|rule|expansion))?(?![\w-])"
)
"""A result that has a name of its own: "By Jensen's inequality"."""
_REASONING = re.compile(
    r"a|all|also|an|and|any|are|as|be|both|by|can|each|every|first|finally|for|from|furthermore|hence|here|in|indeed|is"
    r"|it|its|moreover|next|now|of|on|one|other|particular|recall|similarly|likewise|so|that|the|then|therefore|these"
    r"|this|those|thus|to|two|us|using|use|we|which|with|consequently|easily|clearly|conclude|conclusion|deduce|derive"
    r"|compute|calculate|fact|find|follow(?:s|ing)?|gets?|gives?|giving|has|have|holds?|impl(?:y|ies|ying)|know|leads?"
    r"|means?|note|observe|obtains?|obtained|remember|says|see|seen|shows?|states|yields?|yielding|write|written|rewrite"
    r"|algebra|apply(?:ing)?|binomial|chain|collecting|completing|cyclic|definition|derivative|differentiat(?:e|ing)"
    r"|distribut\w+|equation|expand(?:ing)?|factor(?:ing|ise|ize|ising|izing)?|formula|gradient|hand|identity|inequality"
    r"|integrat(?:e|ing)|integration|induction|left|lemma|linearity|expectations?|logarithms?|multiplication|multiply(?:ing)?"
    r"|norms?|out|parts?|product|property|properties|quotient|rearranging|result|right|rules?|sides?|simplif(?:y|ies|ying)"
    r"|square|squares|squaring|substitut(?:e|ing|ion)|sum|summing|telescop\w+|terms?|theorem|trace|transpos(?:e|ing)|triangle"
    r"|vectors?|matrices|matrix|numbers?|reals?|scalars?|always|true|well|known|well-known|famous|standard|simple",
    re.IGNORECASE,
)


_DOUBTED = re.compile(
    r"\b(?:contradict\w*|absurd\w*|impossib\w*|cannot|can't|isn't|doesn't|not|never|no|nor|false\w*|wrong\w*|mistake\w*"
    r"|errors?|erroneous\w*|incorrect\w*|would|could|might|may|if|unless|suppos\w*|assum\w*|whether|claim\w*|naive\w*"
    r"|instead|rather|but|versus|says?|pretend\w*|people|students?|someone|nonsense|paradox\w*|fallac\w*|guess\w*"
    r"|conjectur\w*|hypothes\w*|question\w*|want\w*|need\w*|require\w*|until|when|where|let|define\w*|set"
    r"|integers?|strings?|python|java|code|program\w*|version\w*|rough\w*|about|around|approximat\w*)\b|\?"
    r"|不|若|如果|假设|矛盾",
    re.IGNORECASE,
)
_OTHER_ARITHMETIC = re.compile(
    r"\b(?:mod(?:ulo|ulus|ular)?|in binary|binary (?:numbers?|digits?|arithmetic|notation|representation|addition)"
    r"|hexadecimal|octal|(?:in|to|of) characteristic|clock|finite fields?|galois|(?:in|to) base|base[- ](?:2|two|8|16)"
    r"|boolean|tropical|max-plus|xor|saturat\w*|overflow\w*|wrap\w* around|integer (?:division|arithmetic)"
    r"|concatenat\w*|(?:fixed|floating)[- ]point|quanti[sz]\w*|truncat\w*|round(?:s|ed|ing)? (?:down|up|off|to)"
    r"|floors?|ceilings?|parallel|log(?:arithmic)? scale|decibels?|percent\w*|in units)\b|二进制|模",
    re.IGNORECASE,
)

Stated = Literal["", "plainly", "by reasoning"]


def how_stated(sentence: Sentence) -> Mapping[int, Stated]:
    """Return how sure a sentence is of each of its formulas, by where they start.

    plainly: nothing in the sentence speaks of doubt, of a case or of what somebody sets. by reasoning: besides, there
    are only words of reasoning before it, at least one, which say nothing of when it holds, or of whom.
    """
    if _DOUBTED.search(sentence.words + sentence.end):
        return MappingProxyType({})
    found: dict[int, Stated] = {}
    reasons, said = True, False
    for segment in sentence.segments:
        if isinstance(segment, Words):
            reasons = reasons and _reasons(segment.text)
            said = said or re.search(r"[^\W\d_]", segment.text) is not None
        else:
            found[segment.start] = "by reasoning" if reasons and said else "plainly"
    return MappingProxyType(found)


def speaks_of_other_arithmetic(prose: str) -> bool:
    """Return whether numbers may be added otherwise than by custom: on a clock, in binary, cut off to integers."""
    return _OTHER_ARITHMETIC.search(prose) is not None


def _reasons(words: str) -> bool:
    left = _NAMED.sub(" ", words)
    return all(_REASONING.fullmatch(word.strip("-'’")) for word in re.findall(r"[\w'’-]+", left))
