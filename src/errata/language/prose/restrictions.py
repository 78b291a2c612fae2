"""Conditions told in words alone: "It is symmetric", "By normality", "For rotations", "The variances are one".

They name nobody, so no rule gives them to a name; but a claim near them may hold under them only. What is found here
keeps such claims from being called wrong; it makes none right. In a clause such as "it is symmetric" a pronoun, or a
thing with an article, is said to have a property: that is set for good. A word for a property that no phrase gave to
a name may also stand in a sentence that leads to a formula: "by symmetry". Anywhere else it is only spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from errata.language.conditions_in_words import Property, Restriction, Topic
from errata.language.prose.lexing import Token, encode, lex
from errata.language.prose.property_words import (
    harmless_places,
    property_at,
    without_harmless,
    without_properties,
)
from errata.language.prose.segments import Sentence, Words
from errata.language.prose.vocabulary import CLAIMING, CONDITIONAL, COPULAS, LET, STOP_WORDS, WITH, word_set

_SETTING = re.compile(
    r"(?<!\S)(?:(?:without|with no) loss of generality|w\.?l\.?o\.?g\.?|(?:we|us|to|can|may|by) (?:re)?(?:order(?:ing)?"
    r"|sort(?:ing)?|normali[sz](?:e|ing)|cent(?:er|re|ring|ering)|standardi[sz](?:e|ing)|whiten(?:ing)?|scal(?:e|ing)"
    r"|restrict(?:ing)?|constrain(?:ing)?|fre?ez(?:e|ing)|impos(?:e|ing)|requir(?:e|ing)|forc(?:e|ing)))(?!\S)"
)
"""What is done to things so that they have a property from there on."""

_FOLLOWING = re.compile(r"(?<!\S)follow(?:s|ing)? (?:a|an|the) (?:\S+ ){1,3}(?:law|distribution)(?!\S)")
_LOOSE = re.compile(
    r"(?<!\S)(?:up to|modulo|approximate(?:ly|s|d)?|approximations?|approximating|roughly|nearly|heuristic(?:ally)?"
    r"|asymptotic(?:s|ally)?|(?:ignor|neglect|dropp|omitt|discard|absorb|suppress)ing"
    r"|(?:we|can|to|and|may) (?:ignore|neglect|drop|omit|discard|absorb|suppress)"
    r"|(?:to|of|the) (?:first|second|leading|lowest|higher|linear) orders?|lineari[sz](?:e[ds]?|ing|ation)|taylor"
    r"|(?:small|large|many|few) (?:enough|steps?|samples?|values?|times|numbers|[\ue000-\uf8ff])"
    r"|in the (?:limit|long run)|sloppy|abuse of notation)(?!\S)"
)
"""Words after which = need not mean equal."""
_SETTING_LEAD = re.compile(
    r"(?:(?<!\S)(?:suppos(?:e|ing)|assum(?:e|ing)|require[sd]?|demands?|want|need|impose|such|provided|iff|if|when"
    r"|whenever|where|subject to|satisf(?:y|ies|ying)|solves?|obeys?|enforces?|(?<!this )(?<!which )(?<!that )means)"
    r"(?: that| to have| to solve| to be| for \S+ in| in)?"
    r"|(?<!\S)(?:constraints?|conditions?|(?:hyper)?planes?|lines?|boundar(?:y|ies)|manifolds?|surfaces?|curves?|circles?"
    r"|spheres?|ellips(?:e|oid)s?|requirements?|assumptions?|hypothes(?:is|es))(?: \S+){0,3}"
    r" (?:is|are|reads?|becomes?|(?:given|defined|described) by|where))(?: [,:])?$"
)
"""The end of a sentence that leads to a formula which it sets, and does not claim."""
_AT_A_POINT = re.compile(
    r"(?<!\S)(?:(?:at|upon|on|near|in) (?:(?:a|an|the|any|this|its) )?(?:\S+ )?(?:convergence|minim(?:um|a)"
    r"|maxim(?:um|a)|optim(?:um|a)|solutions?|fixed point|equilibri(?:um|a)|(?:stationary|saddle|critical) points?"
    r"|steady state|stationarity|optimality|extrem(?:um|a))"
    r"|(?:set|sets|setting|equat(?:e|es|ing)|put|putting) (?:\S+ ){1,8}?(?:to|equal to) (?:zero|0|[\ue000-\uf8ff])"
    r"|(?:optimality|first-order|first order) conditions?"
    r"|(?:stationary|saddle|critical|fixed) points? satisf(?:y|ies))(?!\S)"
)
"""Where a formula may hold at one point alone."""
_OF_A_KIND = re.compile(
    r"(?:^|(?<= ))(?:for|with|under|if|when|in) (?:(?:an?|any|all|every|the|such|it is) )*(?:[\w-]+ ){0,2}?"
    r"(?:unbiased|unbiasedness|efficient|consistent|ergodic|memoryless|noiseless|noise-free|on-policy|off-policy|lossless"
    r"|reversible|irreducible|perfect|ideal|complete|regular|separable|realisable|realizable|well-specified|calibrated"
    r"|risk-neutral|greedy)(?!\S)|in which case|in that case"
)
"""A kind of things that a claim is for, of which no rule knows what sets it apart."""
_LASTINGLY_LOOSE = re.compile(
    r"(?<!\S)(?:(?:work|works|working|arithmetic|computations?|equations?|equalit(?:y|ies)|numbers|everything)"
    r"(?: \S+){0,3} modulo|terms? of (?:\S+ )?(?:order|degree)(?: \S+){0,3} (?:are|is) (?:dropped|neglected|ignored)"
    r"|(?:are|is) (?:always |hereafter |henceforth )?(?:dropped|neglected|ignored|omitted|suppressed))(?!\S)"
)
"""What is left out from here on."""
_LOOSE_IN_DISPLAY = re.compile(
    r"^(?:plus )?const(?:ants?)?$|(?<!\S)(?:plus const(?:ants?)?|(?:first|second|third|leading|lowest|higher) orders?"
    r"|small|large|dropped|limit)(?!\S)"
)
_DEALING = re.compile(
    r"(?<!\S)(?:we|us|shall) (?:\S+ )?(?:deals?|work|consider|study|look|focus|treat|confine|need|require)(?!\S)"
)
_BACK = re.compile(
    r"here\b|this\b|that\b|it (?:uses|holds|follows|is true|is valid)\b|because\b|since\b|note\b|above\b|again\b"
    r"|we (?:have )?(?:used|assumed|exploited|applied)\b|in (?:the|this) (?:\w+ )*(?:step|line|equality|equation)\b"
    r"|the \S+ (?:step|line|equality|equation|identity|formula|transition)\b|the (?:step|equality|identity|formula)\b",
    re.IGNORECASE,
)
_PRONOUNS = word_set("it they them both each these those all every its their either neither")
_DEMONSTRATIVES = word_set("this that")
_ARTICLES = word_set("the its their all both these those every each our")
_THINGS_OF: tuple[tuple[Topic, frozenset[str]], ...] = (
    (
        "chance",
        word_set(
            """law laws distribution distributions density densities mean means variance variances covariance
            covariances correlation expectation expectations moment moments deviation deviations events coin die support
            kurtosis skewness"""
        ),
    ),
    ("functions", word_set("function functions kernel")),
    ("matrices", word_set("matrix matrices eigenvalue eigenvalues eigenvector eigenvectors trace determinant inverse")),
    (
        "arrays",
        word_set(
            """vector vectors columns column rows row entries entry component components norm norms length lengths
            angle angles transpose dimension dimensions"""
        ),
    ),
    (
        "anything",
        word_set(
            """number numbers scalar scalars element elements variable variables parameter parameters value values
            weight weights bias biases input inputs output outputs noise error errors unit units sample samples
            observation observations data probabilities probability two first second third latter former other others
            one size sizes index indices state states term terms factor factors signal signals label labels reward
            rewards bits fourth quantities quantity series sequence them itself"""
        ),
    ),
)
"""What a number or a comparison can be said of, by what it then is a condition on."""
_THINGS = frozenset(word for _, words in _THINGS_OF for word in words)
_BE = word_set("is are be was were remains remain has have being")
_MAKE = word_set("form forms make makes follow follows obey obeys")
_VERBS = word_set("commute commutes anticommute sum sums add adds coincide coincides vanish vanishes equal equals")
_ADD = word_set("sum sums add adds")
_TAKES = word_set("take takes")
_BETWEEN = word_set("only also both all do does not to always here again must should shall will would")
_PREDICATES = word_set(
    """inverse transpose multiple identity reciprocal complement negative double zero one unity half two three four
    quarter equal same identical constant different distinct larger smaller greater disjoint opposite
    proportional shared fixed frozen clamped trivial probabilities 0 1 2 3"""
)
"""Words that restrict a thing where it is said to be so, and say little elsewhere."""
_AMOUNTS = word_set("zero one unity half two three four quarter same identical constant shared different 0 1 2 3")
"""These say how much a thing is only at the end: it is one; not: these are three inputs."""
_ENDING = word_set("called named denoted written of by for in with to on at as from that which than")
_OPEN = word_set("may might can could not no cannot never whether neither nor")
_PREMISE = word_set("by since because using i.e namely note notice recall")
_CONCLUDING = word_set("get obtain find see show can could may might will conclude derive compute write")
_CONJUNCTIONS = word_set("if when whenever unless since because as while that where")
_CASE = word_set("if when whenever unless for in on at under by since because with without using as while")
_UNIVERSAL = re.compile(
    r"\b(?:all|every|throughout|always|we only|in what follows|from now on|henceforth|everywhere)\b"
)
_PLAIN = frozenset().union(
    *(STOP_WORDS, LET, WITH, CLAIMING, COPULAS, CONDITIONAL, _PRONOUNS, _DEMONSTRATIVES, _ARTICLES, _THINGS, _BE),
    *(_MAKE, _BETWEEN, _CONJUNCTIONS),
    word_set("and , : ; we all by uses used use step line equality last case pairwise each other on know mutually"),
) - word_set("one two three four first second third fourth zero unity half")
"""Words that add nothing to a property."""
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
    (
        "anything",
        re.compile(
            "很小|足够小|充分小|忽略|略去|近似|一阶|高阶|最优点|تقریب|کوچک|نادیده|صرف نظر|vernachlässig|näherung"
            "|hinreichend klein|néglige|approximativement|suffisamment petit|despreci|aproximadamente"
        ),
    ),
)


_About = tuple[Topic, Property | None]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a formula within a sentence is, so far as it matters here.

    names: those that it consists of, None where it is more than names. law: it is a law that nothing is said to have.
    relation: it says something itself.
    """

    names: tuple[str, ...] | None = None
    law: bool = False
    relation: bool = False


def restrictions(
    tokens: Sequence[Token],
    told: Collection[int],
    named: Collection[int],
    formulas: Mapping[int, Mentioned],
    text: str,
    leads: bool = False,
    declares: bool = False,
    asks: bool = False,
) -> tuple[Restriction, ...]:
    """Return the condition that an English sentence sets in words, and those that it only speaks of.

    told: the phrases that were given to names. named: the tokens of clauses in which the words left over are known
    to speak about names, which they protect. formulas: by their tokens. leads: the sentence goes on in a display, or
    points to one. declares: the sentence began with a declaration, which is no longer among the tokens. asks: it is a
    question, which sets nothing.
    """
    asserted = _asserted(tokens)
    free = [i for i in asserted if i not in named]
    firm = None if asks else _set_firmly(tokens, asserted, free, told, formulas, text, leads, declares)
    spoken = _spoken_properties(tokens, free, told, formulas, text)
    if firm is None:
        return tuple(spoken)
    only_properties = firm.imposed is not None
    others = (r for r in spoken if r.imposed != firm.imposed)
    return (firm, *(replace(r, firm=only_properties, lasting=only_properties and firm.lasting) for r in others))


def reason_in_display(text: str) -> tuple[Restriction, ...]:
    """Return the conditions that words within a display tell: "(by symmetry)", "as they commute", "+ const"."""
    tokens = lex(encode(Sentence((Words(text, 0),))))
    found = (wording for wording, _ in _properties(tokens, range(len(tokens)), ()))
    simple = _is_all_that_is_said(tokens, ())
    told = [
        Restriction(text, about, False, False, (), imposed, firm=simple or imposed is None)
        for about, imposed in found
        if about != "functions"
    ]
    if any(words.search(" ".join(token.text for token in tokens)) for words in (_LOOSE, _LOOSE_IN_DISPLAY)):
        told.append(Restriction(text, "anything", False, False))
    return tuple(told)


def _set_firmly(
    tokens: Sequence[Token],
    asserted: Sequence[int],
    free: Sequence[int],
    told: Collection[int],
    formulas: Mapping[int, Mentioned],
    text: str,
    leads: bool,
    declares: bool,
) -> Restriction | None:
    """Return the condition that a sentence sets, None where there is no sign of one."""
    universal = bool(_UNIVERSAL.search(text.lower()))
    if any(formulas[i].law for i in asserted if i in formulas):
        return Restriction(text, "chance", True, universal)
    if _SETTING.search(" ".join(tokens[i].text for i in free)):
        return Restriction(text, "anything", True, universal)
    said = " ".join(token.text for token in tokens)
    if _FOLLOWING.search(said):
        return Restriction(text, "laws", True, universal)
    if _LASTINGLY_LOOSE.search(said):
        return Restriction(text, "anything", True, universal)
    if leads and any(words.search(said) for words in (_LOOSE, _SETTING_LEAD, _AT_A_POINT, _OF_A_KIND)):
        return Restriction(text, "anything", False, universal)
    supposed = _supposed(tokens, told, formulas)
    if supposed is not None and (leads or any(formula.relation for formula in formulas.values())):
        vague = any(token.text in _PRONOUNS for token in tokens[:supposed])
        about = () if vague else _spoken_of(tokens, supposed, formulas) or ()
        return Restriction(text, "anything", False, universal and not about, about)
    stated = _statement(tokens, free, told, formulas)
    if stated is not None:
        (topic, imposed), place = stated
        imposed = imposed if _is_all_that_is_said(tokens, told) else None
        return Restriction(text, topic, not _in_case(tokens, place), universal, (), imposed)
    found = next(_properties(tokens, free, told), None)
    if found is None:
        return None
    (topic, imposed), place = found
    names = _spoken_of(tokens, place, formulas)
    opened = declares or bool(_DEALING.search(said)) or any(token.kind == "let" for token in tokens[:place])
    lasting = opened and not _in_case(tokens, place)
    attached = leads or any(formula.names is None for formula in formulas.values())
    if names == () or not (lasting or attached):
        return None
    imposed = imposed if _is_all_that_is_said(tokens, told) else None
    return Restriction(text, topic, lasting, universal and not names, names or (), imposed)


def _spoken_properties(
    tokens: Sequence[Token],
    free: Sequence[int],
    told: Collection[int],
    formulas: Mapping[int, Mentioned],
    text: str,
) -> Iterator[Restriction]:
    """Yield the properties that a sentence speaks of, which names can be given."""
    for (topic, imposed), place in _properties(tokens, free, told):
        names = _spoken_of(tokens, place, formulas)
        if imposed is not None and names != ():
            yield Restriction(text, topic, False, False, names or (), imposed, firm=False)


def _supposed(tokens: Sequence[Token], told: Collection[int], formulas: Mapping[int, Mentioned]) -> int | None:
    """Return a word of an "if" clause that no rule has read; None where it tells an action: "if we expand"."""
    for i, token in enumerate(tokens):
        of_a_case = token.text in ("that", "where") and i > 0 and tokens[i - 1].text == "case"
        if token.kind != "if" and token.text not in ("provided", "upon") and not of_a_case:
            continue
        end = next((k for k in range(i + 1, len(tokens)) if _ends_clause(tokens[k])), len(tokens))
        inside = range(i + 1, end)
        acting = i + 1 < end and (tokens[i + 1].text in ("we", "you", "one") or tokens[i + 1].text.endswith("ing"))
        if acting or any(k in formulas and formulas[k].relation for k in inside):
            continue
        unread = (k for k in inside if tokens[k].kind in ("word", "role", "attribute", "frame") and k not in told)
        place = next(unread, None)
        if place is not None:
            return place
    return None


def points_back(text: str) -> bool:
    """Return whether a sentence speaks of the formula before it: "The last step uses ...", "Here ..."."""
    return bool(_BACK.match(text))


def foreign_restriction(text: str) -> Restriction | None:
    """Return the condition that a sentence of another language, which names nobody, sets in words."""
    said = without_harmless(text)
    topic = next((topic for topic, words in _FOREIGN if words.search(said)), None)
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
        elif token.text in ("fail", "fails"):
            concluded = True
        if not concluded:
            kept.append(i)
    return kept


def _properties(tokens: Sequence[Token], free: Sequence[int], told: Collection[int]) -> Iterator[tuple[_About, int]]:
    """Yield the properties that no name was given, and where they stand."""
    harmless = harmless_places(tokens)
    for i in free:
        if i in told or i in harmless or _is_open(tokens, i):
            continue
        wording = property_at(tokens, i, len(tokens))
        if wording is not None:
            yield (wording.about, wording.imposed), i


def _is_all_that_is_said(tokens: Sequence[Token], told: Collection[int]) -> bool:
    """Return whether nothing is said but properties that can be given to names; "nilpotent of index two" says more."""
    words = " ".join(token.text for i, token in enumerate(tokens) if i not in told and token.formula < 0)
    rest = without_properties(words)
    return rest is not None and all(word in _PLAIN for word in rest.split())


def _is_open(tokens: Sequence[Token], i: int) -> bool:
    """Return whether no property can be said there: in a formula, or after "may", "need not", "is not"."""
    if tokens[i].formula >= 0:
        return True
    for k in range(i - 1, max(i - 5, -1), -1):
        if tokens[k].text in _OPEN:
            return True
        if _ends_clause(tokens[k]) or tokens[k].kind == "and":
            return False
    return False


def _in_case(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a preposition or a conjunction of a case or a reason opens the clause of a token."""
    for i in range(place, -1, -1):
        if tokens[i].text.split()[0] in _CASE:
            return True
        if tokens[i].text in (",", ";", ":") or tokens[i].kind == "let":
            return False
    return False


def _statement(
    tokens: Sequence[Token], free: Sequence[int], told: Collection[int], formulas: Mapping[int, Mentioned]
) -> tuple[_About, int] | None:
    """Return what a clause says its subject to be, which is not named, and where the clause begins."""
    inside = set(free)
    for i, token in enumerate(tokens):
        if not _opens_clause(tokens, i) or not (i in inside or token.text in _DEMONSTRATIVES):
            continue
        verb, thing = _verb_after(tokens, i)
        if verb is None or (verb not in inside and token.text not in _DEMONSTRATIVES):
            continue
        reason = i > 0 and tokens[i - 1].text in _CONJUNCTIONS
        about = _predicate(tokens, verb, told, formulas, reason, thing)
        if about is not None and (thing is not None or token.text not in ("a", "an")):
            return about, i
    return None


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    if tokens[i].kind in ("and", "break", "let", "if", "with") or tokens[i].formula >= 0 or tokens[i].text == "what":
        return False
    if before is None or before.text in _CONJUNCTIONS:
        return True
    return before.kind in ("and", "let", "if", "break", "claim") and before.text not in ("by", "using")


def _verb_after(tokens: Sequence[Token], subject: int) -> tuple[int | None, Topic | None]:
    """Return the verb of a short subject without formulas, and what that can be on: a pronoun, the name of a thing."""
    first_word = head = tokens[subject].text
    topic: Topic | None = None
    for i in range(subject + 1, min(subject + 8, len(tokens))):
        token = tokens[i]
        first = token.text.split()[0]
        if token.formula >= 0 or token.kind in ("and", "break", "claim", "if", "let") or first in ("that", "which"):
            break
        if first in _BE | _VERBS | _TAKES | _MAKE:
            plural = i == subject + 1 and head in _THINGS and head.endswith("s")
            told_of = first_word in _ARTICLES | _DEMONSTRATIVES | {"one"} and head in _THINGS
            if plural or told_of:
                return i, topic or _thing(head)
            return i, "anything" if head == first_word and head in _PRONOUNS else None
        if first not in _BETWEEN:
            head = token.text.split()[-1]
            topic = topic or _thing(head)
    return None, None


def _thing(word: str) -> Topic | None:
    return next((topic for topic, words in _THINGS_OF if word in words), None)


def _predicate(
    tokens: Sequence[Token],
    verb: int,
    told: Collection[int],
    formulas: Mapping[int, Mentioned],
    reason: bool,
    thing: Topic | None,
) -> _About | None:
    """Return what the subject of a verb is said to be, None where that is no property: a result, a name, an action.

    thing: what a number or a comparison is a condition on if it is said of the subject; None where neither can be.
    """
    first = tokens[verb].text.split()
    end = next((i for i in range(verb + 1, len(tokens)) if _ends_clause(tokens[i])), len(tokens))
    taken = any(i in formulas and (formulas[i].relation or i in told) for i in range(verb + 1, end))
    if taken or verb in told:
        return None
    if first[0] in _TAKES:
        valued = any("value" in token.text for token in tokens[verb:end])
        return ("chance", None) if thing is not None and valued else None
    inside = [i for i in range(verb, end) if i not in told and not _is_open(tokens, i)]
    harmless = harmless_places(tokens)
    wordings = (property_at(tokens, i, end) for i in inside if i not in harmless)
    wording = next((wording for wording in wordings if wording is not None), None)
    if wording is not None:
        return wording.about, wording.imposed
    if thing is None:
        return None
    if first[0] in _ADD and not any(tokens[i].text == "to" for i in range(verb, end - 1)):
        return None
    if first[0] in _VERBS or tokens[verb].kind == "frame":
        return None if _is_open(tokens, verb) or tokens[verb - 1].text == "not" else (thing, None)
    return (thing, None) if _is_said(tokens, range(verb + 1, end), formulas, reason) else None


def _is_said(tokens: Sequence[Token], places: range, formulas: Mapping[int, Mentioned], reason: bool) -> bool:
    """Return whether a predicate begins with a number, a comparison or a formula."""
    negated = False
    for i in places:
        word = tokens[i].text.split()[0]
        if i in formulas:
            return formulas[i].names is None and not negated
        alone = i + 1 >= places.stop or tokens[i + 1].kind == "and" or tokens[i + 1].text in _ENDING - {"as"}
        if (word in _PREDICATES and (alone or word not in _AMOUNTS)) or (word == "the" and reason):
            return not negated or word in ("equal", "zero", "same", "identical")
        if word in _ENDING or (word in _OPEN and word != "not"):
            return False
        if tokens[i].kind == "word" and not word.endswith("ly") and word not in _THINGS:
            return False
        negated = negated or word == "not"
    return False
