"""What notes call a value that a formula defines: "the variational free energy $F(q) = ...$".

Such a noun right before the formula is another name for its left side, and says nothing of the names on its right. That
is so of these nouns alone: "the symmetric matrix $S = A + B$" tells of A and B.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from errata.language.prose.lexing import Token

_KINDS = (
    r"(?:(?:variational|negative|helmholtz|gibbs|thermodynamic|internal|total|average|mean|empirical|training"
    r"|surrogate|augmented|auxiliary|regulari[sz]ed|penali[sz]ed|unregulari[sz]ed|weighted|log|complete-data|marginal"
    r"|conditional|joint|quadratic|squared|least-squares|cross-entropy|reconstruction|prediction|optimi[sz]ation|new"
    r"|simple|standard|above|ordinary|overall) )*"
)
_NOUNS = (
    r"(?:free energy|bethe free energy|energy(?: functional)?|action(?: functional)?|elbo|evidence lower bound"
    r"|variational (?:lower )?bound|functional|lagrangian|hamiltonian|risk|log-likelihood|log likelihood|objective|loss"
    r"|cost|criterion|likelihood|potential(?: energy)?"
    r"|(?:gibbs|boltzmann|boltzmann-gibbs|gibbs-boltzmann|canonical|softmax) (?:law|distribution|measure|policy)"
    r"|(?:mean-field|mean field|(?:fully )?factori[sz]ed) "
    r"(?:factori[sz]ation|approximation|assumption|distribution|family|law|posterior|form))(?: function(?:al)?| elbo)?"
)
_NAME = re.compile(rf"(?:the |an? |our |its |this |following |corresponding |so-called )*{_KINDS}{_NOUNS}(?: as| by)?")
_LONGEST = 12


def names_of_values(tokens: Sequence[Token], defines: Callable[[Token], bool]) -> frozenset[int]:
    """Return the words that are such nouns right before formulas that define something."""
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.formula >= 0 and defines(token):
            found.update(_before(tokens, place))
    return frozenset(found)


def _before(tokens: Sequence[Token], place: int) -> range:
    """Return the longest run of words before a place that is such a noun."""
    for start in range(max(0, place - _LONGEST), place):
        run = tokens[start:place]
        if all(t.formula < 0 for t in run) and _NAME.fullmatch(" ".join(t.text for t in run)):
            return range(start, place)
    return range(0)
