r"""Laws that words alone make of functions: with "the unnormalised \tilde p(x)" and "the partition function Z" the law
p is \tilde p / Z, though no formula says so. A note that speaks of the law of the data may mean that by p.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import relation_of
from errata.language.knowledge import Usage
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.scope import DensityDefinition
from errata.language.syntax import Group, Node, leaf_text, levels
from errata.language.terms import Apply, Name, Quotient, Term
from errata.language.unnormalised import is_partition_name

_CONSTANT = r"(?:normali[sz](?:ation|ing) (?:constant|factor)|partition function)"
_BEFORE = re.compile(rf"\b{_CONSTANT}\s*,?\s*$", re.IGNORECASE)
_AFTER = re.compile(rf"^\s*,?\s*(?:which )?(?:is|denotes|as|called)?\s*(?:the|a|our)?\s*{_CONSTANT}\b", re.IGNORECASE)
_OF_DATA = re.compile(
    r"\b(?:data|true|empirical|unknown|underlying)[ -](?:generating )?(?:distribution|law|density|probabilit)"
    r"|\b(?:data|samples?|observations?|examples?|points)(?: \S+)? (?:follow|(?:is|are|were) drawn|comes?)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\\(?:tilde|hat|bar)\{(?P<letter>[pq])\}(?P<label>(?:_\{.*\})?)")


def normalised_laws(
    sentences: Iterable[Sentence],
    unnormalised: Mapping[str, tuple[str, ...]],
    usage: Usage,
    formulas: Iterable[Sequence[Node]],
    read: Callable[[str], Term | None],
) -> Iterator[DensityDefinition]:
    """Yield the formulas of such laws. unnormalised: the functions, with the spaces that they are applied to points of.

    read: reads a formula. Nothing is yielded where there are several, or where a formula tells the law.
    """
    sentences = tuple(sentences)
    if any(_OF_DATA.search(sentence.words) for sentence in sentences):
        return
    constants = {term for sentence in sentences for term in _constants(sentence, read)}
    told = {head for formula in formulas for head in _heads(formula)}
    if len(constants) != 1 or len(unnormalised) != 1:
        return
    ((symbol, spaces),) = unnormalised.items()
    marked = _MARKED.fullmatch(symbol)
    if marked is None or not spaces:
        return
    law = marked["letter"] + marked["label"]
    if law in told or law not in usage.laws or not (set(spaces) <= set(usage.laws[law].all) or not usage.laws[law].all):
        return
    variables = tuple(Name(space) for space in spaces)
    body = Quotient(Apply(Name(symbol), variables), constants.pop())
    yield DensityDefinition(law, tuple((space, space) for space in spaces), (), body)


def _constants(sentence: Sentence, read: Callable[[str], Term | None]) -> Iterator[Term]:
    """Yield the partition functions that a sentence calls so."""
    if "normali" not in sentence.words.lower() and "partition" not in sentence.words.lower():
        return
    for one, other in pairwise(sentence.segments):
        written = ""
        if isinstance(one, Words) and isinstance(other, Formula) and _BEFORE.search(one.text):
            written = other.latex
        elif isinstance(one, Formula) and isinstance(other, Words) and _AFTER.search(other.text):
            written = one.latex
        match read(written) if written else None:
            case Name(symbol) | Apply(Name(symbol), parameters=()) as term if is_partition_name(symbol):
                yield term


def _heads(formula: Sequence[Node]) -> Iterator[str]:
    """Yield the names that a formula says something of at points without a condition: the p of p(x) = ..."""
    for level in levels(formula):
        for head, bracket, sign in zip(level, level[1:], level[2:], strict=False):
            told = isinstance(bracket, Group) and (relation_of(sign) in ("=", ":=", "propto"))
            if told and isinstance(bracket, Group) and not any(leaf_text(n) in ("|", "\\mid") for n in bracket.items):
                yield symbols.decorated(head) or ""
