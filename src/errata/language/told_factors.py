"""Decompositions that words tell, carried from sentence to sentence and met with the formulas that follow.

In the sentence itself the form of a formula is enough; a formula some sentences later must have the customary letters
too: A = P B P^{-1} may be any similar matrices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from errata.language.decomposition_words import Decomposition, decompositions_told, tells_full
from errata.language.decompositions import Factor, Factored, factored
from errata.language.symbols import base_name
from errata.language.terms import Term

_SENTENCES_BACK = 2
_DIAGONAL_LETTERS = frozenset(("d", "s", "l", "\\Lambda", "\\Sigma", "\\Delta", "\\Gamma", "\\Omega"))
_NO_DIAGONAL_LETTERS = frozenset(("a", "b", "j", "m", "t", "x"))
"""Letters of other middle factors: of similar matrices, of the Jordan form and of the Schur form."""
_OTHER_LETTERS = frozenset((("l",), ("r",), ("u",), ("c",), ("g",), ("q", "r"), ("l", "u")))
"""Letters of the factors of Cholesky, QR and LU."""

_OTHER_FORMS = re.compile(
    r"\b(?:any|some|arbitrary|general|invertible|non-?singular|regular|congruen\w+|similar\w*|bas[ie]s|transform\w*"
    r"|rotat\w+)\b"
)
"""Words after which a product of the same form may be of other factors."""
_NAMING_BACK = re.compile(r"[\s,;(]*(?:where\b|which\b|(?:this |that |it )?is\b|called\b|known as\b)")


@dataclass(frozen=True, slots=True)
class Told:
    """The decompositions that the sentence just read tells, and those that each of the sentences before it told."""

    here: frozenset[Decomposition] = frozenset()
    before: tuple[frozenset[Decomposition], ...] = ()
    full: bool = False

    def then(self, words: str) -> Told:
        """Return what is told where one more sentence is read."""
        before = () if _OTHER_FORMS.search(words.lower()) else (self.here, *self.before)[:_SENTENCES_BACK]
        return Told(decompositions_told(words), before, tells_full(words))

    def named_after(self, words: str) -> Told:
        """Return what is told of a display when the sentence after it says what it is: "This is the SVD of X"."""
        if not _NAMING_BACK.match(words.lower()):
            return self
        return replace(self, here=self.here | decompositions_told(words), full=self.full or tells_full(words))

    def without(self, name: Decomposition) -> Told:
        """Return what is told when the formula of a decomposition has been met."""
        return replace(self, here=self.here - {name}, before=tuple(told - {name} for told in self.before))

    def factored(self, product: Term) -> Factored | None:
        """Return what a product is that is one of these decompositions, None for any other."""
        found = factored(self.here, product, self.full)
        if found is not None:
            return None if _diagonal_letter(found.factors) in _NO_DIAGONAL_LETTERS else found
        found = factored(frozenset[Decomposition]().union(*self.before), product)
        return found if found is not None and _is_customary(found.factors) else None


def _diagonal_letter(factors: Sequence[Factor]) -> str | None:
    return next((base_name(f.symbol) for f in factors if "diagonal" in f.sort.properties), None)


def _is_customary(factors: Sequence[Factor]) -> bool:
    letter = _diagonal_letter(factors)
    if letter is not None:
        return letter in _DIAGONAL_LETTERS
    return tuple(base_name(f.symbol) for f in factors) in _OTHER_LETTERS
