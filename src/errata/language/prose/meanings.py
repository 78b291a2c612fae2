"""All phrases with formulas inside, each kind with its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from errata.language.prose.divisibility import DIVISIBILITY_MEANINGS
from errata.language.prose.finite_laws import finite_law, law_on
from errata.language.prose.jacobians import JACOBIAN_MEANINGS
from errata.language.prose.law_predicates import LAW_MEANINGS
from errata.language.prose.matrix_predicates import MATRIX_MEANINGS
from errata.language.prose.mixture_predicates import MIXTURE_MEANINGS
from errata.language.prose.named_laws import NAMED_LAW_MEANINGS
from errata.language.prose.notebook import Notebook
from errata.language.prose.optimum_predicates import OPTIMUM_MEANINGS
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import MEANINGS, Meaning, Said
from errata.language.prose.spectral_predicates import SPECTRAL_MEANINGS
from errata.language.prose.stacked_lines import LINE_MEANINGS
from errata.language.prose.subgaussian_predicates import SUBGAUSSIAN_MEANINGS
from errata.language.prose.uncorrelated import UNCORRELATED_MEANINGS

_ALL: Mapping[str, Meaning] = MappingProxyType(
    {
        **MEANINGS,
        **MATRIX_MEANINGS,
        **OPTIMUM_MEANINGS,
        **SPECTRAL_MEANINGS,
        **MIXTURE_MEANINGS,
        **JACOBIAN_MEANINGS,
        **LINE_MEANINGS,
        **LAW_MEANINGS,
        **NAMED_LAW_MEANINGS,
        **DIVISIBILITY_MEANINGS,
        **UNCORRELATED_MEANINGS,
        **SUBGAUSSIAN_MEANINGS,
        "finite law": finite_law,
        "law of": law_on,
    }
)


def say(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter what the phrase says about the subjects; False where it cannot be said of them."""
    return _ALL[said.token.frame](said, subjects, notes)
