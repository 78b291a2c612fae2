r"""Words below a mean: \mathbb{E}_{\text{old}}[X] is the mean under a law of its own, Var_{\text{MC}}[X] a variance.

A law of its own is one of the possible ones, so the mean is read as E[X | law = old]. What holds for every law holds
for it, too. But whether a mean without the label is under the same law, or another one, the notes do not say: a step
that has both may be right only if it is right for any two laws, and is never wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.language import symbols
from errata.language.definitions import free_symbols
from errata.language.randomness import outside_means
from errata.language.statements import Reading
from errata.language.syntax import Node, Words, leaf_text
from errata.language.terms import Comparison, Expectation, MomentOf, Name, Term, subterms

LAW = "law"
"""The variable whose values are the laws that labels name."""


def label_below(lower: Sequence[Node] | None) -> str | None:
    r"""Return the word below a mean: \text{old}, or capitals side by side, MC; None where it may name variables."""
    if not lower:
        return None
    letters = [leaf_text(node) for node in lower]
    capitals = len(letters) > 1 and all(len(text) == 1 and text.isalpha() and text.isupper() for text in letters)
    if not (capitals or (len(lower) == 1 and isinstance(lower[0], Words))):
        return None
    word = symbols.label(lower)
    return word if len(word) > 1 and word.isalnum() else None


def under_label(word: str) -> Term:
    """Return the condition that says which law a mean is under."""
    return Comparison("=", Name(LAW), Name(symbols.compose(LAW, word)))


def uncertain_labels(reading: Reading) -> set[str]:
    r"""Return the names of the laws of labels, unless all means of a relation are under one of them.

    A capital that stands outside the means, too, may be fixed in them: \mathbb{E}_{\text{noise}}[X + e] = X.
    """
    sides = (reading.left, reading.right)
    found = {label for side in sides for label in _labels(side)}
    outside = {s for side in sides for s in outside_means(side) if s.isupper()}
    fixed = outside & {s for side in sides for s in _inside(side)}
    return {label for label in found if label is not None} if len(found) > 1 or fixed else set()


def _labels(term: Term) -> Iterator[str | None]:
    for part in subterms(term):
        if isinstance(part, Expectation):
            laws = [label for condition in part.given if (label := _label_of(condition))]
            yield laws[0] if laws else None
        elif isinstance(part, MomentOf):
            yield None


def _inside(term: Term) -> set[str]:
    means = [part for part in subterms(term) if isinstance(part, Expectation | MomentOf)]
    return set().union(*(free_symbols(mean) for mean in means)) if means else set()


def _label_of(condition: Term) -> str | None:
    match condition:
        case Comparison("=", Name(variable), Name(label)) if variable == LAW:
            return label
    return None
