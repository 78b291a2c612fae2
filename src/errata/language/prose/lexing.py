"""A sentence into tokens: formulas, keywords, phrases of the vocabulary, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from errata.language.prose.divisibility_frames import DIVISIBILITY_FRAMES
from errata.language.prose.frames import FIRST_FORMULA, FRAMES
from errata.language.prose.law_frames import LAW_FRAMES
from errata.language.prose.matrix_frames import MATRIX_FRAMES
from errata.language.prose.named_law_frames import NAMED_LAW_FRAMES
from errata.language.prose.optimum_frames import OPTIMUM_FRAMES
from errata.language.prose.refine import Attribute
from errata.language.prose.segments import Formula, Sentence
from errata.language.prose.spectral_frames import SPECTRAL_FRAMES
from errata.language.prose.subgaussian_frames import SUBGAUSSIAN_FRAMES, plainly
from errata.language.prose.vocabulary import (
    ATTRIBUTES,
    CLAIMING,
    CONDITIONAL,
    COPULAS,
    FOREIGN_AND,
    FOREIGN_LET,
    LET,
    NEGATIONS,
    PLURALS,
    ROLE_NOUNS,
    SPEAKING_ENGLISH,
    STOP_WORDS,
    WITH,
)

MAXIMAL_FORMULAS = 500
MAXIMAL_WORDS = 1500

TokenKind = Literal[
    "formula", "let", "with", "claim", "if", "copula", "and", "break", "stop", "role", "attribute", "frame",
    "negation", "word", "foreign",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word, phrase or formula. text: as encoded (formulas as single characters).

    formula: its number among the sentence's formulas, -1 for words. attribute: of a vocabulary phrase.
    frame and groups: of a phrase with formulas inside (`frames.FRAMES`).
    """

    kind: TokenKind
    text: str
    formula: int = -1
    attribute: Attribute | None = None
    frame: str = ""
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_verb(self) -> bool:
        """Return whether the phrase begins with its own verb, so that it speaks about all before it."""
        return self.kind == "frame" and self.text.split()[0] in _VERBS

    @property
    def plural(self) -> bool:
        """Return whether the phrase ends in a plural noun."""
        return self.text.split()[-1] in PLURALS


_VERBS = frozenset(
    (
        *("take", "takes", "has", "have", "depends", "depend", "does", "do", "solve", "solves", "satisfy", "satisfies"),
        *("minimise", "minimises", "minimize", "minimizes", "maximise", "maximises", "maximize", "maximizes"),
    )
)
_FRAMES = (
    *SUBGAUSSIAN_FRAMES,
    *NAMED_LAW_FRAMES,
    *DIVISIBILITY_FRAMES,
    *SPECTRAL_FRAMES,
    *MATRIX_FRAMES,
    *OPTIMUM_FRAMES,
    *LAW_FRAMES,
    *FRAMES,
)
_WORD = re.compile(
    r"[A-Za-z]\.[A-Za-z]\.(?:[A-Za-z]\.?)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:\.\d+)?|[,;:()，、；：]|-", re.IGNORECASE
)
_LET_US = re.compile(r"\b(?:let us|let's|let me)(?!\S)")
_DENOTED_BY = re.compile(r"\b(denote) ([^\ue000-\uf8ff,;.]{1,60}?) by ([\ue000-\uf8ff])")
_SUCH = re.compile(r"(?<!\S)such (?=(?:probability )?(?:distributions?|laws?|densit(?:y|ies)|functions?))")
_COLLECTED = re.compile(
    r"^(?:(?:similarly|now|here|first|next|again) ,? ?)?we (?:can |may |now |also |will )?"
    r"(?:combine|collect|stack|arrange|gather|group|put|store|assemble|organi[sz]e)(?: [a-z-]+){0,8}? "
    "(?:(?:in|into|as|to form) (?:an? |the )(?=(?:[a-z]+ )?matrix [\ue000-\uf8ff])"
    "|(?=[\ue000-\uf8ff] (?:as|into|in) (?:the )?(?:rows|columns) of ))"
)
"""What tells that members are put into a matrix declares the matrix: "we combine the targets into a matrix T"."""
_RESTATING = re.compile(r"\bthat is(?= ,| [\ue000-\uf8ff])")
_SPREAD_FIRST = re.compile(
    r"(?<!\S)(?P<spread>(?:unit )?(?:variance|standard deviation|covariance(?: matrix)?)(?: [\ue000-\uf8ff\d]\S*)?)"
    r"(?: ,)? and (?:a |the )?(?P<mean>zero mean|mean (?:zero|[\ue000-\uf8ff]|\d+))(?!\S)"
)
_NON = re.compile(r"^non-(?=\w)")
_LONGEST = max(len(words) for words in ATTRIBUTES)
_PUNCTUATION = {",": "and", "，": "and", "、": "and", ";": "break", "；": "break", ":": "break", "：": "break"}


@lru_cache(maxsize=4096)
def encode(sentence: Sentence) -> str:
    """Return the sentence as words between single spaces, every formula one character."""
    words: list[str] = []
    number = 0
    for segment in sentence.segments:
        if isinstance(segment, Formula):
            words.append(chr(FIRST_FORMULA + number))
            number += 1
        else:
            text = segment.text.replace("’", "'")
            words.extend(_NON.sub("non", match[0].lower()) for match in _WORD.finditer(text))
        if number >= MAXIMAL_FORMULAS or len(words) >= MAXIMAL_WORDS:
            break
    text = " ".join(w for w in words if w not in "()")
    text = _COLLECTED.sub("let ", _SUCH.sub("", text))
    text = _DENOTED_BY.sub(r"\1 \3 be \2", text.replace("denote by ", "denote "))
    text = _SPREAD_FIRST.sub(r"\g<mean> and \g<spread>", text)
    return plainly(_RESTATING.sub("i.e", _LET_US.sub("we", _with_foreign_openers(text))))


def quoted(text: str, formulas: Sequence[Formula]) -> str:
    """Return encoded text as written, formulas between dollars."""
    return "".join(f"${formulas[k[0]].latex}$" if (k := formulas_in(c)) else c for c in text)


def formulas_in(text: str) -> list[int]:
    """Return the numbers of the formulas in a piece of encoded text."""
    return [ord(c) - FIRST_FORMULA for c in text if FIRST_FORMULA <= ord(c) <= 0xF8FF]


@lru_cache(maxsize=4096)  # a sentence is read before all of a document, and in every reading of it
def lex(encoded: str) -> tuple[Token, ...]:
    """Return the tokens of an encoded sentence, longest phrases first."""
    tokens = list(_lex(encoded))
    for i, token in enumerate(tokens):
        if token.text == "denote" and i and tokens[i - 1].kind == "formula":
            tokens[i] = Token("copula", token.text)
    return tuple(tokens)


def _lex(encoded: str) -> Iterator[Token]:
    position, before = 0, ""
    while position < len(encoded):
        if encoded[position] == " ":
            position += 1
            continue
        token, position = _frame_at(encoded, position) or _phrase_at(encoded, position)
        if token.text == "means" and before in _BEFORE_NOUNS:
            token = replace(token, kind="word")
        yield token
        before = token.text


def _frame_at(encoded: str, position: int) -> tuple[Token, int] | None:
    for frame in _FRAMES:
        match = frame.pattern.match(encoded, position)
        if match is not None and match.end() > position:
            groups = {k: v for k, v in match.groupdict().items() if v is not None}
            return Token("frame", match[0], frame=frame.kind, groups=MappingProxyType(groups)), match.end()
    return None


def _phrase_at(encoded: str, position: int) -> tuple[Token, int]:
    words = encoded[position : position + 120].split(" ", _LONGEST)[:_LONGEST]
    for length in range(len(words), 0, -1):
        attribute = ATTRIBUTES.get(tuple(words[:length]))
        if attribute is not None:
            text = " ".join(words[:length])
            return Token("attribute", text, attribute=attribute), position + len(text)
    end = encoded.find(" ", position)
    word = encoded[position : end if end >= 0 else len(encoded)]
    found = Token("stop", word) if _SOMEONE.match(encoded, position) else _word(word)
    return found, position + len(word)


_BEFORE_NOUNS = frozenset(
    (
        *("with", "have", "having", "has", "of", "the", "their"),
        *("unknown", "known", "common", "equal", "respective", "zero", "two"),
    )
)
"""After these words "means" are averages; else something means something."""
_SOMEONE = re.compile(r"one (?:of|another|such|can|could|may|might|must|should|has|gets|obtains|finds|sees)(?!\S)")
"""Where "one" is no number: one of them, one can see."""


def _word(word: str) -> Token:
    if FIRST_FORMULA <= ord(word[0]) <= 0xF8FF:
        return Token("formula", word, formula=ord(word[0]) - FIRST_FORMULA)
    if word[0] >= "\u0250":
        return _foreign(word)
    return Token(_kind(word), word)


def _kind(word: str) -> TokenKind:
    if word in _PUNCTUATION:
        return "and" if _PUNCTUATION[word] == "and" else "break"
    for words, kind in _KINDS:
        if word in words:
            return kind
    return "word"


def _foreign(word: str) -> Token:
    """Read a word, or in scripts without spaces a run of words, of another language."""
    if word in FOREIGN_AND:
        return Token("and", word)
    return Token("foreign", word)


_HALF_WIDTH = str.maketrans("，、；：（）", ",,;:()")


def _with_foreign_openers(encoded: str) -> str:
    """Put an English opener where words of another language end in one of theirs."""
    encoded = encoded.translate(_HALF_WIDTH)
    for words, opener in FOREIGN_LET.items():
        if words in encoded:
            encoded = re.sub(rf"{words}(?= [\ue000-\uf8ff])", f" {opener}", encoded)
    return " ".join(encoded.split())


_KINDS: tuple[tuple[frozenset[str], TokenKind], ...] = (
    (frozenset(("and", "or")), "and"),
    (NEGATIONS, "negation"),
    (CONDITIONAL, "if"),
    (LET, "let"),
    (WITH, "with"),
    (CLAIMING, "claim"),
    (COPULAS, "copula"),
    (STOP_WORDS | frozenset("-"), "stop"),
    (ROLE_NOUNS, "role"),
)


def speaks_english(tokens: tuple[Token, ...]) -> bool:
    """Return whether the words can be judged: in other languages only the formulas speak."""
    foreign = sum(t.kind == "foreign" for t in tokens)
    words = [w for t in tokens if t.formula < 0 and t.kind != "foreign" for w in t.text.split()]
    return 2 * foreign <= len(words) and (len(words) < 2 or any(w in SPEAKING_ENGLISH for w in words))
