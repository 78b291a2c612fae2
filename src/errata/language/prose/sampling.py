r"""Sentences about samples: "the weights $w_j$ are drawn independently with zero mean and variance $\sigma^2$".

Such a sentence is read as a whole or not at all: a list of names, and for each what is said of its members, that
they are independent, have one law, this mean, this variance. A word that is in no list below ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.independence import (
    enter_independence,
    enter_independence_of,
    is_conditional,
    of_some_members,
)
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Equation, Names, Part, Subject
from errata.language.prose.refine import Random
from errata.language.prose.segments import Formula
from errata.language.prose.uncorrelated import can_be_uncorrelated, enter_uncorrelated
from errata.language.scope import IdenticallyDistributed, Independent, Scope
from errata.language.sorts import POSITIVE, Family, RandomVariable, element_of
from errata.language.symbols import any_member, base_name
from errata.language.terms import Comparison, Entry, Expectation, MomentOf, Name, Number, Power, Term

_F = "[\ue000-\uf8ff]"
_VALUE = rf"(?:{_F}|zero|unit|one|\d+)"
_MEAN = "(?:mean|expectation|expected value)"
_SPREAD = "(?:variance|standard deviation)"
_VALUES = rf"(?P<values>{_VALUE}(?:(?: ,| and| , and) {_VALUE})*)(?:(?: ,)? respectively)?"
_THINGS = (
    "(?:random variables?|random vectors?|r.v.s?|rvs?|variables?|samples?|observations?|draws?|copies|realisations?|"
    "realizations?|measurements?|data points?|examples?|noise terms?|noise|errors?|terms?|weights?|inputs?|outputs?|"
    "biases|values?|entries|elements|components|estimators?|estimates?|models?|data|trials?|rewards?|quantities|numbers)"
)
_EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{pattern})(?!\S)"))
    for kind, pattern in (
        ("from", rf"from (?:a|an|the|some|one) {_F} (?:distribution|law|population)"),
        (
            "independent of",
            r"(?:mutually )?independent of (?:all )?(?:the |their )?"
            rf"(?:(?P<noun>{_THINGS})(?! {_F})|(?:{_THINGS} )?(?P<others>{_F}))",
        ),
        (
            "iid",
            r"independent(?:ly)? and identically(?: distributed)?|i\.?i\.?d\.?",
        ),
        (
            "independent",
            r"(?:(?:mutually|jointly|statistically|all|pairwise) )*"
            r"(?:(?:drawn|sampled|chosen|generated|initiali[sz]ed) )?"
            r"(?:independent|independently)"
            rf"(?: of (?:each other|one another|all others)| across {_F}| for (?:each|every|all) {_F})?(?! of )",
        ),
        (
            "identical",
            r"identically distributed|(?:drawn )?from (?:the same|one|a common|the|a|some|an unknown)"
            r"(?: same| unknown| fixed| common)? (?:distribution|law|population)"
            r"|(?:have|share|having|sharing|with) (?:the same|a common) (?:distribution|law)",
        ),
        ("uncorrelated", r"(?:(?:pairwise|mutually|all) )*uncorrelated(?! (?:with|to) )"),
        ("mean", rf"{_MEAN} (?:of )?(?P<value>{_VALUE})|(?P<zero>zero) {_MEAN}|{_MEAN} - ?(?P<nought>zero)"),
        ("spread", rf"(?P<kind>{_SPREAD}) (?:of )?(?P<value>{_VALUE})|(?P<unit>unit) (?P<kind1>{_SPREAD})"),
        ("mean", rf"(?:means|expectations|expected values) {_VALUES}"),
        ("spread", rf"(?P<kind>variances|standard deviations) {_VALUES}"),
        ("same", r"(?:this|that|the|whose|its) (?:common )?(?:distribution|law)|they|them"),
        ("things", _THINGS),
        ("name", _F),
        ("break", "[;:]"),
        ("and", "and|,|but|that"),
        (
            "glue",
            "let|let's|suppose|assume|assuming|we|have|consider|given|each|all|a|an|the|of|be|is|are|being|with|has"
            "|having|also|further|furthermore|moreover|for now|now|some|collection|sequence|set|family|finite|common"
            "|to|if|then|where|here|say|in addition|additionally|that is|i.e|real|real-valued|scalar|their|associated"
            "|this|for|layer|drawn|it|same|both|random|as|s|any|discrete|continuous",
        ),
    )
)
_STARTS = re.compile(
    r"independent|\buncorrelated|i\.?i\.?d\b|identically|\bzero mean|\bmeans? .*(?:variance|standard deviation)"
)


@dataclass
class _Group:
    """Some names, and what is said of them."""

    subjects: list[Subject] = field(default_factory=list)
    words: list[tuple[str, re.Match[str]]] = field(default_factory=list)


def sampled(
    encoded: str, formulas: Sequence[Formula], parts: Sequence[tuple[Part, ...]], notes: Notebook
) -> str | None:
    """Enter what a sentence, or a clause that it begins or ends with, says about samples; return the rest of it.

    None where it says nothing of the kind, or some word of it is not known.
    """
    if not _STARTS.search(encoded) or _OF_VECTORS.search(encoded) or is_conditional(encoded):
        return None
    starts = sorted({0, *(m.start() for m in _CLAUSE.finditer(encoded)), *_definitions_in(encoded, parts)})
    for start, following in zip(starts, [*starts[1:], len(encoded)], strict=True):
        for stop in dict.fromkeys((len(encoded), following)):
            events, end = _events(encoded[start:stop].rstrip(" ,"))
            whole = start + end >= len(encoded[:stop].rstrip(" ,"))
            speaks = (not start or whole) and _STARTS.search(encoded[start : start + end])
            if speaks and _told(events, encoded, formulas, parts, notes):
                return " ".join((encoded[:start] + encoded[start + end :]).split())
    return None


def _definitions_in(encoded: str, parts: Sequence[tuple[Part, ...]]) -> list[int]:
    """Return where a clause begins that is nothing but a formula which sets something: ", and $s = \\sum_i X_i$"."""
    found = re.finditer(rf"(?:, and|,|and) (?P<formula>{_F})(?= ,|$)", encoded)
    return [m.start() for m in found if all(isinstance(p, Equation) for p in parts[formulas_in(m["formula"])[0]])]


_OF_VECTORS = re.compile(rf"(?<!\S)(?:components|entries|coordinates|elements) of {_F}|whose (?:components|entries)")
_CLAUSE = re.compile(r"(?<!\S)(?:where|and (?:let|suppose|assume|define|write|set)|suppose|assume)(?!\S)")


def _told(
    events: Sequence[tuple[str, re.Match[str]]],
    encoded: str,
    formulas: Sequence[Formula],
    parts: Sequence[tuple[Part, ...]],
    notes: Notebook,
) -> bool:
    groups = _groups(events, parts, notes.scope)
    if groups is None or not all(_is_about_chance(g, notes) for g in groups):
        return False
    alone = [s for g in groups for s in g.subjects if not s.indices and not s.sizes]
    if events[0][1][0] == "if" and alone:
        return False  # "if X and Y are independent": it may be so here only
    values = [_values(g, formulas, parts, notes) for g in groups]
    others = [_others(g, encoded, parts) for g in groups]
    if any(v is None for v in values) or any(o == () for found in others for o in found):
        return False
    if any(
        found and of_some_members(sum(found, tuple(g.subjects)), parts) for g, found in zip(groups, others, strict=True)
    ):
        return False
    for group in groups:
        if any(kind == "uncorrelated" for kind, _ in group.words) and not can_be_uncorrelated(group.subjects):
            return False
    for group, said, apart in zip(groups, values, others, strict=True):
        _enter(group, said or [], apart, notes)
    for kind, match in events:
        text = (
            match[0]
            if kind in ("name", "mean", "spread", "independent of", "from", "independent", "uncorrelated")
            else ""
        )
        notes.consumed.update(formulas[k].start for k in formulas_in(text))
    return True


def _events(encoded: str) -> tuple[list[tuple[str, re.Match[str]]], int]:
    """Return what the text is made of as far as all its words are known, up to a comma or its end, and that place."""
    position = end = kept = 0
    found: list[tuple[str, re.Match[str]]] = []
    while position < len(encoded):
        if encoded[position] == " ":
            position += 1
            continue
        event = next(((k, m) for k, p in _EVENTS if (m := p.match(encoded, position))), None)
        if event is None:
            return found[:kept], end
        if event[1][0] in (",", "then", ";"):
            kept, end = len(found), position
        found.append(event)
        position = event[1].end()
    return found, len(encoded)


def _groups(
    events: Sequence[tuple[str, re.Match[str]]], parts: Sequence[tuple[Part, ...]], scope: Scope
) -> list[_Group] | None:
    """Gather the names and what is said of them; words before the first name are about it."""
    groups: list[_Group] = [_Group()]
    for place, (kind, match) in enumerate(events):
        if kind == "name":
            number = formulas_in(match[0])[0]
            if any(isinstance(p, Equation) for p in parts[number]):
                groups[-1].words.append(("equation", match))
                continue
            subjects = [s for p in parts[number] if isinstance(p, Names) for s in p.subjects]
            if not subjects or len(subjects) < len(parts[number]) or any(s.arguments for s in subjects):
                return None
            counts = all(not s.indices and not s.sizes for s in subjects)
            if counts and place + 1 < len(events) and events[place + 1][0] in ("independent", "iid", "things"):
                continue
            if groups[-1].subjects and groups[-1].words:
                groups.append(_Group())
            groups[-1].subjects.extend(subjects)
        elif kind == "same":
            if groups[-1].subjects:
                continue
            of_chance = (f for f in reversed(scope.facts) if isinstance(f, Independent | IdenticallyDistributed))
            before = next(of_chance, None)
            if before is None or any(s not in scope.sorts for s in before.names):
                return None
            groups[-1].subjects.extend(_known(s, scope) for s in before.names)
        elif kind not in ("things", "break", "and", "glue"):
            groups[-1].words.append((kind, match))
    return groups if all(g.subjects and g.words for g in groups) else None


def _known(symbol: str, scope: Scope) -> Subject:
    sort = scope.sorts.get(symbol)
    return Subject(symbol, tuple(any_member(n) for n in range(len(sort.sizes))) if isinstance(sort, Family) else ())


def _is_about_chance(group: _Group, notes: Notebook) -> bool:
    """Return whether a word says that the names are random; data have a mean and a variance too."""
    kinds = {kind for kind, _ in group.words}
    if kinds & {"independent", "iid", "independent of", "identical", "uncorrelated"}:
        return True
    return all(isinstance(element_of(notes.sort_of(s.symbol)), RandomVariable) for s in group.subjects)


def _values(
    group: _Group, formulas: Sequence[Formula], parts: Sequence[tuple[Part, ...]], notes: Notebook
) -> list[tuple[str, tuple[Term, ...]]] | None:
    """Read the means and variances that are said, one for all names or one for each; None where one cannot be read."""
    found: list[tuple[str, tuple[Term, ...]]] = []
    for kind, match in group.words:
        if kind == "equation":
            number = formulas_in(match[0])[0]
            relations = notes.read.relation(formulas[number].latex)
            if not relations or not all(_is_moment(r) for r in relations[:1]) or len(relations) != 1:
                return None
            found.append(("equation", (relations[0],)))
        elif kind in ("mean", "spread"):
            values = _read_values(match, formulas, notes)
            if values is None or len(values) not in (1, len(group.subjects)):
                return None
            word = (match.groupdict().get("kind") or match.groupdict().get("kind1") or "") if kind == "spread" else ""
            squared = word.startswith("standard")
            found.append((kind, tuple(Power(v, Number(Fraction(2))) if squared else v for v in values)))
    return found


def _is_moment(relation: Comparison) -> bool:
    if relation.relation != "=":
        return False
    match relation.left:
        case Expectation((), Name() | Entry(), ()) | MomentOf("variance", (), (Name() | Entry(),)):
            return True
    return False


def _read_values(match: re.Match[str], formulas: Sequence[Formula], notes: Notebook) -> tuple[Term, ...] | None:
    groups = {k: v for k, v in match.groupdict().items() if v is not None and not k.startswith("kind")}
    text = next(iter(groups.values()), "")
    values = [_value(word, formulas, notes) for word in text.split() if word not in ("and", ",")]
    read = tuple(v for v in values if v is not None)
    return read if values and len(read) == len(values) else None


def _value(text: str, formulas: Sequence[Formula], notes: Notebook) -> Term | None:
    words = {"zero": Number(Fraction(0)), "unit": Number(Fraction(1)), "one": Number(Fraction(1))}
    if text in words:
        return words[text]
    if text.isdigit():
        return Number(Fraction(text))
    if text and ord(text) >= FIRST_FORMULA:
        return notes.read.term(formulas[formulas_in(text)[0]].latex)
    return None


def _others(group: _Group, encoded: str, parts: Sequence[tuple[Part, ...]]) -> list[tuple[Subject, ...]]:
    """Return what each "independent of ..." names: a formula, or the noun that a formula of the sentence follows."""
    found = []
    for kind, match in group.words:
        if kind == "independent of":
            text = match["others"]
            if text is None:
                named = re.search(rf"(?<!\S){match['noun']} (?P<name>{_F})", encoded)
                text = named["name"] if named else ""
            found.append(tuple(s for k in formulas_in(text) for p in parts[k] for s in p.subjects))
    return found


def _enter(
    group: _Group, said: Sequence[tuple[str, tuple[Term, ...]]], others: Sequence[tuple[Subject, ...]], notes: Notebook
) -> None:
    subjects = group.subjects
    for place, subject in enumerate(subjects):
        known = notes.sort_of(subject.symbol)
        if known is not None and isinstance(element_of(known), RandomVariable):
            notes.sorts.setdefault(subject.symbol, known)
        else:
            notes.give(subject, Random(None))
            if not {kind for kind, _ in group.words} & {"identical", "iid"}:
                _place_apart(subject, subjects, notes)
        member = member_of(subject, notes)
        for kind, values in said:
            value = values[place] if len(values) > 1 else values[0]
            if kind == "mean":
                notes.assume(Comparison("=", Expectation((), member), value))
            elif kind == "spread":
                notes.assume(Comparison("=", MomentOf("variance", (), (member,)), value))
                _make_positive(value, notes)
    for _, (relation,) in (s for s in said if s[0] == "equation"):
        assert isinstance(relation, Comparison)
        notes.assume(relation)
    names = tuple(dict.fromkeys(s.symbol for s in subjects))
    kinds = {kind for kind, _ in group.words}
    if kinds & {"independent", "iid"}:
        enter_independence(names, notes)
    if kinds & {"identical", "iid"}:
        notes.facts.append(IdenticallyDistributed(names))
    if "uncorrelated" in kinds:
        enter_uncorrelated(names, notes)
    for other in others:
        enter_independence_of(subjects, other, notes)


def _make_positive(variance: Term, notes: Notebook) -> None:
    """Make s of a variance s^2 a positive number where nothing else is said of it: it is the standard deviation."""
    match variance:
        case Power(Name(symbol), Number(exponent)) if exponent == 2 and notes.sort_of(symbol) is None:
            if not notes.is_defined(symbol):
                notes.sorts[symbol] = POSITIVE


def _place_apart(subject: Subject, subjects: Sequence[Subject], notes: Notebook) -> None:
    """Give X_1 of "X_1, X_2, X_3 with means 1, 2, 3" values of its own: it is no other draw of what X_2 is."""
    sort = notes.sorts.get(subject.symbol)
    alike = [s for s in subjects if base_name(s.symbol) == base_name(subject.symbol)]
    if isinstance(sort, RandomVariable) and len(alike) > 1:
        notes.sorts[subject.symbol] = replace(sort, space=subject.symbol)


def member_of(subject: Subject, notes: Notebook) -> Name | Entry:
    """Return the variable, or any member of a family of variables."""
    sort = notes.sort_of(subject.symbol)
    if not isinstance(sort, Family):
        return Name(subject.symbol)
    fitting = len(subject.indices) == len(sort.sizes)
    names = subject.indices if fitting else tuple(any_member(n) for n in range(len(sort.sizes)))
    return Entry(Name(subject.symbol), tuple(Name(n) for n in names))
