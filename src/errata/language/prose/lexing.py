"""A sentence into tokens: formulas, keywords, phrases of the vocabulary, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from errata.language.prose.frames import FIRST_FORMULA, FRAMES
from errata.language.prose.refine import Attribute
from errata.language.prose.segments import Formula, Sentence
from errata.language.prose.vocabulary import (
    ATTRIBUTES,
    CLAIMING,
    CONDITIONAL,
    COPULAS,
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
    def plural(self) -> bool:
        """Return whether the phrase ends in a plural noun."""
        return self.text.split()[-1] in PLURALS


_WORD = re.compile(
    r"[A-Za-z]\.[A-Za-z]\.(?:[A-Za-z]\.?)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:\.\d+)?|[,;:()，、；：]|-", re.IGNORECASE
)
_NON = re.compile(r"^non-(?=\w)")
_LONGEST = max(len(words) for words in ATTRIBUTES)
_PUNCTUATION = {",": "and", "，": "and", "、": "and", ";": "break", "；": "break", ":": "break", "：": "break"}


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
    return " ".join(w for w in words if w not in "()")


def formulas_in(text: str) -> list[int]:
    """Return the numbers of the formulas in a piece of encoded text."""
    return [ord(c) - FIRST_FORMULA for c in text if FIRST_FORMULA <= ord(c) <= 0xF8FF]


def lex(encoded: str) -> tuple[Token, ...]:
    """Return the tokens of an encoded sentence, longest phrases first."""
    return tuple(_lex(encoded))


def _lex(encoded: str) -> Iterator[Token]:
    position = 0
    while position < len(encoded):
        if encoded[position] == " ":
            position += 1
            continue
        token, position = _frame_at(encoded, position) or _phrase_at(encoded, position)
        yield token


def _frame_at(encoded: str, position: int) -> tuple[Token, int] | None:
    for frame in FRAMES:
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
    return _word(word), position + len(word)


def _word(word: str) -> Token:
    if FIRST_FORMULA <= ord(word[0]) <= 0xF8FF:
        return Token("formula", word, formula=ord(word[0]) - FIRST_FORMULA)
    return Token(_kind(word), word)


def _kind(word: str) -> TokenKind:
    if word in _PUNCTUATION:
        return "and" if _PUNCTUATION[word] == "and" else "break"
    for words, kind in _KINDS:
        if word in words:
            return kind
    return "word" if word[0].isdigit() or word[0] < "\u0250" else "foreign"


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
    return foreign <= len(words) and (len(words) < 2 or any(w in SPEAKING_ENGLISH for w in words))
