"""Independence as it is said: "$x$ and $y$ are independent", "$n$ is independent of $x$ and $y$"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import IndexRange, Part, Subject
from errata.language.prose.segments import Sentence
from errata.language.prose.sets import number_of
from errata.language.scope import Independent, IndependentMembers
from errata.language.sorts import Family

INDEPENDENCE = frozenset(("independent", "independent of", "uncorrelated", "uncorrelated with"))
"""The phrases that say that variables are independent or have no covariance."""
_F = "[\ue000-\uf8ff]"
_CONDITIONAL = re.compile(
    r"(?<!\S)(?:condition(?:al|ally|ed|ing)(?!\S)"
    rf"|(?:independent|uncorrelated)(?: (?:of|with) [a-z ]*{_F})? given(?!\S)"
    rf"|(?<!are )(?<!is )(?<!be )given (?!that )[^,]*{_F}[^,]* , "
    r".*(?<!\S)(?:is|are|be|being|becomes?) .*(?<!\S)(?:independent|uncorrelated))"
)
_SCRIPT = re.compile(r"[_^](?:\{[^{}]*\}|\\?\w)")
_RESTRICTING = re.compile(r"[<>]|\\(?:leq?|geq?|leqslant|geqslant|neq?|in|notin|not)(?![a-zA-Z])")
_WHOLE_RANGE = re.compile(
    r"\s*[01]\s*(?:<|\\leq?|\\leqslant)(?![a-zA-Z])|.*\\in\s*(?:\\\{\s*[01]\s*,|\[|\\mathbb\s*\{?\s*[NZ])"
)


def is_conditional(encoded: str) -> bool:
    """Whether a sentence may speak of independence under a condition: alone, the variables may depend."""
    return bool(_CONDITIONAL.search(encoded))


def of_some_members(members: Sequence[Subject], parts: Sequence[Sequence[Part]]) -> bool:
    """Whether a formula of the sentence restricts the index of a member: "of $x_i$ for $i \\ne k$"."""
    indices = {index for member in members for index in member.indices}
    return any(_restricts(part, index) for found in parts for part in found for index in indices)


def _restricts(part: Part, index: str) -> bool:
    if isinstance(part, IndexRange) and part.low is not None:
        return index in {s.symbol for s in part.subjects} and number_of(part.low) not in (0.0, 1.0)
    written = _SCRIPT.sub("", part.latex)
    alone = re.search(rf"(?<![a-zA-Z\\]){re.escape(index)}(?![a-zA-Z])", written)
    return bool(alone and _RESTRICTING.search(written)) and not _WHOLE_RANGE.match(written)


def enter_independence(names: Sequence[str], notes: Notebook) -> None:
    """Enter that these are independent; of a family, so are all members."""
    families = tuple(s for s in names if isinstance(notes.sort_of(s), Family))
    notes.facts.append(Independent(tuple(names), members=families))


def enter_independence_of(subjects: Sequence[Subject], others: Sequence[Subject], notes: Notebook) -> None:
    """Enter that each name is independent of the others: of these among themselves nothing is said."""
    groups = tuple(tuple(s.symbol for s in group) for group in (subjects, others))
    paired = _paired(subjects, others, notes)
    if not paired and all(len(group) < 2 or _known(group, notes) for group in groups):
        notes.facts.append(Independent((*groups[0], *groups[1])))
        return
    for name in groups[0]:
        for other in groups[1]:
            pair = (name, other)
            notes.facts.append(IndependentMembers(pair) if pair in paired else Independent(pair))


def _paired(subjects: Sequence[Subject], others: Sequence[Subject], notes: Notebook) -> set[tuple[str, str]]:
    """Return the families of which only members of one index are said to be independent: $u_i$ of $v_i$.

    Where the members of both are independent, what is meant is that all are.
    """
    return {
        (one.symbol, other.symbol)
        for one in subjects
        for other in others
        if one.indices and one.indices == other.indices
        if not all(_has_independent_members(s.symbol, notes) for s in (one, other))
    }


def _has_independent_members(name: str, notes: Notebook) -> bool:
    return any(isinstance(f, Independent) and name in f.members for f in (*notes.scope.facts, *notes.facts))


def _known(names: Sequence[str], notes: Notebook) -> bool:
    facts = (*notes.scope.facts, *notes.facts)
    return any(isinstance(f, Independent) and f.law is None and set(names) <= set(f.names) for f in facts)


_OTHERS = r"(?:each other|one another)"
_BOTH = re.compile(
    rf"\bindependent of (?:(?P<first>(?:all )?(?:the )?{FORMULA})(?: ,)? and (?:also )?of {_OTHERS}"
    rf"|{_OTHERS}(?: ,)? and (?:also )?of (?P<last>(?:all )?(?:the )?{FORMULA}))"
)


_TAKEN = "(?:drawn|sampled|generated|obtained|taken|chosen)"
_APART = r"(?:independently|i\.i\.d\.?|iid)"
_DRAWN = re.compile(rf"\b(?:{_TAKEN} {_APART}|{_APART} {_TAKEN}) from(?! the same\b)")


def with_mutual_independence(sentence: Sentence) -> Sentence:
    """Return a sentence in which "independent of x and of each other" is told as two things, and draws in one way."""
    written = with_marks(sentence)
    text = _BOTH.sub(lambda m: f"mutually independent and independent of {m['first'] or m['last']}", written)
    text = _DRAWN.sub("drawn independently from", text)
    return sentence if text == written else with_segments(sentence, text, sentence.formulas)
