r"""Laws told by their values: "$X$ takes the value $a$ with probability $p$ and $b$ with probability $1-p$"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Names, Part, Subject
from errata.language.prose.refine import Random, Within
from errata.language.prose.segments import Formula
from errata.language.sorts import UNIT, EuclideanSpace
from errata.language.symbols import base_name
from errata.language.terms import Name, Negative, Number, StandardLaw, Sum, Term

_F = "[\ue000-\uf8ff]"
_VALUE = rf"(?:{_F}|-? ?\d+(?:\.\d+)?|zero|one)"
_CASE = rf"(?:the )?(?:values? )?(?P<value>{_VALUE}) with (?:the )?probability (?:of )?(?P<chance>{_VALUE})"
_CASE_ANONYMOUS = re.sub(r"\?P<\w+>", "?:", _CASE)
_SENTENCE = re.compile(
    rf"(?P<subject>{_F})(?: ,)?(?: (?:is|be|as))?(?: (?:a|the))?(?: (?:discrete|real|real-valued))?"
    r"(?: random variable)?(?: (?:which|that))? (?:takes?(?: on)?|taking(?: on)?|equals|is equal to|is|assumes|has)"
    rf" (?P<cases>{_CASE_ANONYMOUS}(?:(?: ,)?(?: and| or| ,)? {_CASE_ANONYMOUS})*)"
    rf"(?P<rest>(?: ,)?(?: and| or)? (?:takes? )?(?:the value )?(?P<last>{_VALUE}) otherwise)?(?!\S)"
)


def discrete_law(
    encoded: str, formulas: Sequence[Formula], parts: Sequence[tuple[Part, ...]], notes: Notebook
) -> str | None:
    """Enter a law that is told by its values; return the rest of the sentence, None where none is told."""
    match = _SENTENCE.search(encoded)
    if match is None:
        return None
    subject = _subject(match["subject"], parts)
    cases = [(_term(m["value"], formulas, notes), _term(m["chance"], formulas, notes))
             for m in re.finditer(_CASE, match["cases"])]  # fmt: skip
    known = [(value, chance) for value, chance in cases if value is not None and chance is not None]
    if subject is None or len(known) < len(cases):
        return None
    if match["last"] is not None:
        last = _term(match["last"], formulas, notes)
        if last is None:
            return None
        rest = Sum((Number(Fraction(1)), *(Negative(chance) for _, chance in known)))
        known.append((last, rest))
    for _, chance in known:
        if isinstance(chance, Name) and notes.sort_of(chance.symbol) is None:
            notes.give(Subject(chance.symbol), Within(UNIT))
    law = StandardLaw("discrete", tuple(term for case in known for term in case))
    if not notes.give(subject, Random(law)):
        return None
    notes.spaces.setdefault(base_name(subject.symbol), EuclideanSpace(None))
    notes.consumed.update(formulas[k].start for k in formulas_in(match[0]))
    return " ".join((encoded[: match.start()] + encoded[match.end() :]).split())


def _subject(text: str, parts: Sequence[tuple[Part, ...]]) -> Subject | None:
    found = [s for p in parts[formulas_in(text)[0]] if isinstance(p, Names) for s in p.subjects]
    plain = len(found) == 1 and not found[0].indices and not found[0].sizes and found[0].arguments is None
    return found[0] if plain else None


def _term(text: str, formulas: Sequence[Formula], notes: Notebook) -> Term | None:
    words = {"zero": 0, "one": 1}
    if text in words:
        return Number(Fraction(words[text]))
    numbers = formulas_in(text)
    if numbers:
        return notes.read.term(formulas[numbers[0]].latex)
    return Number(Fraction(text.replace(" ", "")))
