"""Words that may leave what was told before: "in general", "for any real $x$", "without this assumption", a new case.

What a sentence tells holds for good, as a supposition, for a part of the note, or for a case. A later sentence may
leave that: a new case leaves the last one, general words leave suppositions, too, and a sentence that takes names anew
leaves whatever was told of them. Whether it does is seldom sure; these are the places where it may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from errata.language.prose.fresh_names import speaks_generally
from errata.language.prose.lexing import encode, formulas_in
from errata.language.prose.segments import Sentence

_F = "[\ue000-\uf8ff]"
_LIST = rf"{_F}(?:(?: ,)?(?: and| und| et| y| e)? {_F})*"


class Hold(IntEnum):
    """For how long what a sentence tells holds; what leaves one leaves all before it.

    IF: what is explained for the first time is for the case only, too.
    """

    IF = 0
    CASE = 1
    PART = 2
    SUPPOSED = 3
    GOOD = 4


@dataclass(frozen=True, slots=True)
class Leaving:
    """What words may leave. up_to: what holds no longer than this. anew: formulas of names of which all is left.

    whatever: everything that was told is left, of whatever name. any_of: formulas of names that are any of their kind.
    """

    words: str
    up_to: Hold
    anew: tuple[str, ...] = ()
    whatever: bool = False
    any_of: tuple[str, ...] = ()


_OPENS = (
    r"^(?:(?:and|but|now|then|so|next|finally|however|again|conversely|instead|yet|here|also|similarly|likewise|still|thus"
    r"|hence|first|second|secondly|third|lastly|aber|mais|pero) ,? ?)*"
)
_ADVERBIAL = (
    r"(?:general|particular|fact|addition|short|summary|total|practice|principle|turn|detail|order|our|what|which|other"
    r"|this|that|these|those|view|terms|contrast|any|every|each|either|both|all|matrix|vector|symbols|words|closed)\b"
)
_CASE = re.compile(
    rf"{_OPENS}(?:if|when|whenever|for|without(?! loss)|unless|under|otherwise|else|once"
    rf"|(?:with|setting|taking|putting)(?= {_F})|on|off|at|away from|outside|inside|within|beyond"
    r"|above|below|near|far from"
    r"|(?:in|under|at|with) (?:(?:the|an?|this other|any|every|our|another) )?(?:[\w-]+ ){0,3}"
    r"(?:cases?|settings?|regimes?|situations?|problems?|models?|worlds?|limits?|scenarios?)"
    rf"|(?:in|out of) (?!{_ADVERBIAL})(?:[\w-]+ ){{1,3}}(?={_F}|,)|later|afterwards|eventually|initially"
    r"|before|after|during|in contrast|by contrast|on the other hand|wenn|falls|ist|sind|für|ohne|sonst"
    r"|im (?:\w+ )?falle?|si|pour|lorsque|quand|sans|sinon|dans le cas|para|cuando|sin|en el caso)(?![\w-])"
    r"|^(?:如果|若|当|當|对于?|對於?|否则|在.{0,8}(?:情况|情形)|اگر|برای|هرگاه|وقتی|بدون|در حالت)",
    re.IGNORECASE,
)
"""How a sentence opens that speaks of a case."""
_IF = re.compile(
    r"\b(?:cases?|settings?|regimes?|if|when|whenever|without(?! loss)|unless|initially|at the (?:start"
    r"|beginning|outset|end|origin|boundary)|wenn|falls|si|lorsque|quand|sans|cuando|sin)\b"
    r"|如果|若|当|情况|اگر|وقتی|بدون|حالت",
    re.IGNORECASE,
)
_SAME_CASE = re.compile(
    rf"{_OPENS}(?:if so|(?:on|at|with|above|below|within) (?:this|that|these|the (?:other|one|same|whole|left"
    r"|right|average))"
    r"|on average|at (?:last|first|least|most|once)"
    r"|in (?:this|that|these|the same|which|such|both|all|either) |in (?:particular|fact|addition|other words)"
    r"|under (?:this|these|our|the (?:above|same))|for (?:this|these|that|those|example|instance|convenience|later"
    r"|completeness|brevity|short|the (?:same|above|sake|rest))|with (?:this|these|that)|when this)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:not|[a-z]+n't|nons?[a-z]*|asymmetric|dependent|correlated|biased|merely|only|just|off-[a-z]+|other|another"
    r"|different|instead|arbitrary|arbitrarily|general|generic|generally|allowed|less|longer|drop\w*|relax\w*"
    r"|lift\w*|without(?! loss)|restricted"
    r"|nicht|keine?r?|ohne|abhängige?n?r?|beliebige\w*|allgemeine\w*|nur|bloß|pas|sans"
    r"|quelconques?|dépendante?s?|seulement|cualquiera?|cualesquiera|sin|dependientes?|otr[oa]s?|solo|sólo)\b"
    r"|不|非|任意|一般|只是|仅|其他|نباش|نیست|هر |دلخواه|بدون|غیر|کلی",
    re.IGNORECASE,
)
"""Words of a case that is another than the one which was declared."""
_GENERAL = re.compile(
    r"\b(?:general|in (?:any|every|each|either) case|(?:no|not any) longer|not necessarily|need not|regardless"
    r"|whether or not|in the absence of|without (?!loss\b)(?:an? |the |any )?(?:[\w-]+ ){0,3}(?:assumption|condition"
    r"|hypothesis|requirement|constraint|independence|symmetry|normality|commutativity|orthogonality|restriction|bound)s?"
    r"|(?:drop|remove|lift|relax|abandon|discard|undo|forget|violat)\w* (?:this|the|that|these|our|all|any)"
    r"|im allgemeinen|allgemein|ohne (?:diese|die|unabhängigkeit)|beliebig\w*|en général|cas général|sans (?:cette|l')"
    r"|quelconques?|en general|caso general|cualquiera?)\b"
    r"|一般|任意|不再|去掉|否则|حالت کلی|طور کلی|دلخواه",
    re.IGNORECASE,
)
_DROPS = re.compile(
    r"\b(?:without(?! loss)|in the absence of|no longer|not necessarily|need not"
    r"|(?:drop|remove|lift|relax|abandon|discard|violat)\w*)\b",
    re.IGNORECASE,
)
_DROPS_ASSUMPTION = re.compile(
    r"\b(?:without|in the absence of|(?:drop|remove|lift|relax|abandon|discard|violat)\w*)"
    r" (?!any\b|(?:further|additional|extra|more|other|special|specific|strong) )(?:the |this |that |these |our )?"
    r"(?:[\w-]+ ){0,3}(?:assumptions?|approximations?|hypothes[ie]s"
    r"|conditions?|ansatz|factori[sz]ation|independence|symmetry|normality)\b",
    re.IGNORECASE,
)
_VERBS = r"(?:we|it|is|are|be|of|in|on|to|that|which|the|this|these|with|for|has|have|where)\b"
_TAKES_ANEW = re.compile(
    rf"\b(?:let|consider|take|fix|choose|pick|now) (?P<let>{_LIST}) (?:be|denote|are|is) (?:now )?"
    r"(?:an?|any|arbitrary|two|some|general)\b(?! (?:above|before))"
    r"|\b(?:any|every|each|all|arbitrary|general|generic|beliebige\w*|tout|toute|tous|cualquier|任意|هر)"
    rf" (?:(?!{_VERBS})[\w-]+ ){{1,5}}(?P<any>{_LIST})"
    rf"|\b(?:arbitrary|general|generic|beliebige[sr]?) (?P<arbitrary>{_LIST})"
    rf"|(?P<is>{_LIST}) (?:is|are|be|ist|sind|est|sont|es|son) (?:now |an? |une? |una? )?(?:\w+ )?"
    r"(?:arbitrary|any|general|generic|merely|beliebig|quelconques?|cualquiera|allowed to)\b"
    rf"|(?:任意|一般)\w{{0,6}} ?(?P<zh>{_LIST})|هر \S+ \S+ (?P<fa>{_LIST})",
    re.IGNORECASE,
)
_ANY_OF = re.compile(rf"\b(?:any|every|arbitrary|jede[sr]?|tout|toute|cualquier) ({_LIST})", re.IGNORECASE)
_ARBITRARY_THINGS = re.compile(
    r"\b(?:for|of|with|let us consider|consider|to|take) (?:an? |the |any |all |every )?(?:arbitrary|general|generic"
    r"|nons?[a-z]+|any) (?:[\w-]+ ){0,3}[a-z]+",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:suppose|supposing|assume|assuming|assumed|imagine|say|given|provided|simplicity|angenommen|supposons"
    r"|supposant|supongamos|suponiendo)\b|假设|假設|假定|فرض",
    re.IGNORECASE,
)
_SETS = re.compile(
    r"\b(?:let|define\w*|defining|denote\w*|introduce\w*|write|sei|seien|soit|soient|sea|sean)\b|设|設|令|记|記|定义",
    re.IGNORECASE,
)
_OF_A_PART = re.compile(
    r"\b(?:in this (?:section|subsection|paragraph|part|exercise|example|problem|chapter)|for (?:the moment|now"
    r"|illustration|example|instance)|illustrat\w+|temporarily|momentarily|for the sake of|special case|first|at first"
    r"|to begin with|zunächst|d'abord|primero)\b|先|暂时|特例|特殊情况",
    re.IGNORECASE,
)
_SUPPOSES_ANEW = re.compile(
    r"^(?:(?:suppose|assume|let|consider|take) (?:instead|alternatively)"
    r"|(?:instead|alternatively|conversely) ,? ?(?:suppose|assume|let|consider|we (?:suppose|assume)))\b"
    r"|\b(?:we|let us) (?:now|next|then) (?:treat|turn to|consider|look at|study) (?:[\w-]+ ){1,4}"
    r"(?:cases?|settings?|situations?)\b",
    re.IGNORECASE,
)
_SUPPOSES_OF = re.compile(
    rf"{_OPENS}(?:(?:we|let us) )?(?:suppose|assume|imagine|take|consider|angenommen|supposons|supongamos)(?![\w-])"
    r"|^(?:假设|假設|假定|فرض)",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(?:further|furthermore|also|moreover|additionally|in addition|besides|as well|too|still|as (?:above|before)"
    r"|the same)\b|此外|同时|还|也",
    re.IGNORECASE,
)
_THING_OF_CASES = re.compile(r"\bcases?\b|情况|情形|حالت", re.IGNORECASE)
_PARTS = re.compile(
    r"^\W*(?:(?:(?:sub)?case|part|question|exercise|problem|example|fall|cas|caso|teil|aufgabe|情况|情形|例"
    r"|حالت) ?[\w.]+"
    r"|(?!(?:in|this|that|each|either|any|every|both|which)\b)[\w-]+(?: [\w-]+)? case)\W*(?:[:.,：]|$)"
    r"|^\W{0,3}\(?(?:[a-h]|i{1,3}|iv|v|vi)\)(?=\s)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:the )?(?:solution|proof|answer|derivation|explanation|hint|verification|calculation|result)s?"
    r"|lösung|beweis|antwort|preuve|démonstration|réponse|solución|demostración|respuesta|解答?|证明|答案?|حل|پاسخ|اثبات)\W*$",
    re.IGNORECASE,
)
"""Headings of what belongs to the statement before them."""
_COMMA = re.compile(r" ?[,，،;:] ?")


def hold_of(sentence: Sentence) -> Hold:
    """Return for how long what a sentence tells holds; what "let" or "define" sets holds for good."""
    said = encode(sentence)
    if _OF_A_PART.search(said) and (
        _SUPPOSES.search(said) or re.search(r"\b(?:let|set|take|consider|sei|soit)\b", said)
    ):
        return Hold.PART
    if _SETS.search(said):
        return Hold.GOOD
    if _IF.search(said):
        return Hold.IF
    if _SUPPOSES.search(said):
        return Hold.SUPPOSED
    return Hold.CASE if _CASE.search(said) else Hold.GOOD


def drops(words: str) -> bool:
    """Return whether words say that something told before is not supposed: "without this assumption"."""
    return _DROPS.search(words) is not None


def drops_assumption(words: str) -> bool:
    """Return whether words drop what they call an assumption, an approximation or the like."""
    return _DROPS_ASSUMPTION.search(words) is not None


def sets(sentence: Sentence) -> bool:
    """Return whether a sentence sets something from there on: "let", "define"."""
    return _SETS.search(encode(sentence)) is not None


def begins_part(sentence: Sentence) -> bool:
    """Return whether a sentence begins a part that stands for itself: "Case 2:", "(b) ...", "**Dependent case.**"."""
    return _PARTS.search(sentence.words) is not None


def supposes_of(sentence: Sentence) -> tuple[str, ...]:
    """Return the formulas of which a sentence supposes something, without adding to what was supposed before."""
    said = encode(sentence)
    if _ADDS.search(said) or not _SUPPOSES_OF.search(said):
        return ()
    return tuple(_written(_COMMA.split(said, maxsplit=1)[0], sentence))


def left_by(sentence: Sentence, *, heading: bool = False) -> Leaving | None:
    """Return what a sentence may leave of what was told before it, None where there is no sign of that."""
    said, words = encode(sentence), sentence.text
    if _GOES_ON.search(words):
        return None
    if _ADDS.search(said) and not heading and not begins_part(sentence):
        return None
    anew = _TAKES_ANEW.search(said)
    names = tuple(_written(next(g for g in anew.groups() if g), sentence)) if anew is not None else ()
    if names:
        return Leaving(words, Hold.PART if heading or begins_part(sentence) else Hold.CASE, names)
    any_of = tuple(latex for found in _ANY_OF.finditer(said) for latex in _written(found[1], sentence))
    opening = _COMMA.split(said, maxsplit=1)[0]
    case = _CASE.search(said) and not _SAME_CASE.search(said)
    opens_case = case or begins_part(sentence) or (heading and _THING_OF_CASES.search(said))
    if opens_case or re.search(r"\bthe (?:[\w-]+ ){1,2}case\b", said):
        told = opening if case else said
        if _OTHER.search(told):
            names = tuple(_written(told, sentence))
            return Leaving(words, Hold.SUPPOSED, names, whatever=not names)
    if _ARBITRARY_THINGS.search(said):
        return Leaving(words, Hold.SUPPOSED, whatever=True)
    if speaks_generally(sentence.words) or _GENERAL.search(said) or _SUPPOSES_ANEW.search(said):
        return Leaving(words, Hold.SUPPOSED, any_of=any_of)
    if heading or begins_part(sentence):
        return Leaving(words, Hold.PART)
    return Leaving(words, Hold.CASE, any_of=any_of) if case or any_of else None


def _written(encoded: str, sentence: Sentence) -> list[str]:
    formulas = sentence.formulas
    return [formulas[number].latex for number in formulas_in(encoded) if number < len(formulas)]
