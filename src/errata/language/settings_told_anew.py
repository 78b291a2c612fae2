r"""Settings that a later supposition replaces: "Suppose $\gamma = 0.5$" in one exercise, "$\gamma = 0.9$" in the next.

Only what a sentence supposes is replaced, and only by what a later one supposes: a name with one number for another,
or a name with bounds that leave nothing of those before. What a claim comes to sets nothing, two values in one
sentence contradict each other, and "suppose further" adds to what was supposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from errata.language.definitions import used_symbols
from errata.language.prose.harvested import Harvest
from errata.language.prose.segments import Sentence
from errata.language.setting import Setting
from errata.language.sorts import Real, Sort
from errata.language.state import State
from errata.language.terms import Comparison, Name, Negative, Number, Quotient, Term

_SUPPOSES = re.compile(
    r"\b(?:suppose|supposing|assume|assuming|let|consider|take|taking|set|setting|put|choose|choosing|say|given|now"
    r"|angenommen|sei|seien|supposons|soit|soient|supongamos|sea|sean)\b|(?:设|設|假设|假設|令)",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(?:further|furthermore|also|moreover|additionally|in addition|besides|as well|too|still|again|both|either|or"
    r"|contradict\w*|außerdem|zudem|ferner|de plus|aussi|además|también)\b|(?:此外|同时|同時|还|還|也)",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(r"\b(?:so|hence|thus|therefore|then|gives?|gets?|have|has|yields?|follows)\b", re.IGNORECASE)


def supposes(sentence: Sentence) -> bool:
    """Return whether a sentence begins with a supposition of its own, which adds to none before."""
    formulas = sentence.formulas
    if not formulas:
        return False
    before = sentence.words.split("$", 1)[0]
    if _CONCLUDES.search(before) or _ADDS.search(sentence.words):
        return False
    return _SUPPOSES.search(before) is not None


def settings(found: Harvest, sentence: Sentence, section: int) -> dict[Term, Setting]:
    """Return the numbers that a supposition gives to names and members; none where it gives two to one."""
    told: dict[Term, list[Term]] = {}
    equations = [(a.left, a.right) for a in found.assumptions if a.relation == "="]
    equations += [(Name(d.symbol), d.body) for d in found.definitions if not d.parameters and not d.entry_wise]
    for left, right in equations:
        if used_symbols(left) and not used_symbols(right):
            told.setdefault(left, []).append(right)
    return {left: Setting(v[0], section, sentence.text) for left, v in told.items() if len(v) == 1}


def give_way(state: State, found: Harvest, new: Mapping[Term, Setting]) -> Mapping[str, str] | None:
    """Drop from a state what a supposition contradicts; return the names that are in doubt then, with words.

    None where it contradicts nothing. new: the numbers that it gives. Bounds that leave one number, or none, may be
    told for the sake of a contradiction: no refutation rests on them. What a supposition of an earlier section set
    besides the number that is told anew may hold or not.
    """
    gone = _contradicted(found, new, state.settings)
    freed = _unbounded(found, new, state.sorts)
    here = state.sections
    beside = {
        left: setting
        for left, setting in state.settings.items()
        if setting.section < here and left not in new and any(setting.sentence == s.sentence for s in gone.values())
    }
    for left, setting in (*gone.items(), *beside.items()):
        del state.settings[left]
        if isinstance(left, Name) and (known := state.definitions.get(left.symbol)) and known.body == setting.value:
            del state.definitions[left.symbol]
    state.assumptions = [a for a in state.assumptions if not _is_among(a, {**gone, **beside})]
    state.sorts.update(freed)
    if not gone and not freed:
        return None
    words = {s: setting.sentence for left, setting in beside.items() for s in used_symbols(left)}
    return {**words, **dict.fromkeys(freed, "other bounds were told before")}


def _contradicted(found: Harvest, new: Mapping[Term, Setting], old: Mapping[Term, Setting]) -> dict[Term, Setting]:
    """Return the settings before that those of a supposition contradict, or bounds that it tells."""
    bounds = {Name(d.symbol): d.sort for d in found.declarations}
    return {
        left: setting
        for left, setting in old.items()
        if (left in new and not _same(setting.value, new[left].value))
        or (isinstance(left, Name) and _outside(setting.value, bounds.get(left)))
    }


def _unbounded(found: Harvest, new: Mapping[Term, Setting], sorts: Mapping[str, Sort]) -> dict[str, Real]:
    """Return the names whose bounds a supposition contradicts, with their sorts without these bounds."""
    declared = {d.symbol: d.sort for d in found.declarations}
    known = {symbol: sort for symbol, sort in sorts.items() if isinstance(sort, Real)}
    return {
        symbol: replace(sort, low=None, high=None, low_open=True, high_open=True)
        for symbol, sort in known.items()
        if _narrowed_to_nothing(sort, declared.get(symbol))
        or (Name(symbol) in new and _outside(new[Name(symbol)].value, sort))
    }


def _narrowed_to_nothing(old: Sort, new: Sort | None) -> bool:
    """Return whether bounds leave no number, or only one, which those before did not: a <= 0 after a >= 0."""
    return isinstance(new, Real) and new != old and (new.empty or (new.low is not None and new.low == new.high))


def _same(one: Term, other: Term) -> bool:
    number = _number(one)
    return one == other if number is None else number == _number(other)


def _outside(value: Term, sort: Sort | None) -> bool:
    """Return whether a number lies outside the bounds of a sort."""
    x = _number(value)
    if x is None or not isinstance(sort, Real):
        return False
    below = sort.low is not None and (x < sort.low or (x == sort.low and sort.low_open))
    above = sort.high is not None and (x > sort.high or (x == sort.high and sort.high_open))
    return below or above


def _number(term: Term) -> Fraction | None:
    r"""Return the value of a number as it may be written: 2, -2, \frac{1}{2}; None for anything else."""
    match term:
        case Number(value):
            return value
        case Negative(inner):
            positive = _number(inner)
            return None if positive is None else -positive
        case Quotient(top, bottom):
            above, below = _number(top), _number(bottom)
            return above / below if above is not None and below else None
    return None


def _is_among(assumption: Comparison, gone: Mapping[Term, Setting]) -> bool:
    return assumption.relation == "=" and assumption.left in gone and assumption.right == gone[assumption.left].value
