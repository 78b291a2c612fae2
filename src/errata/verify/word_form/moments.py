"""Means of matrices and forms of random vectors, by their moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.workspace import Refused
from errata.verify.word_form.letters import Value

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering


def mean(lowering: WordLowering, term: t.Expectation | t.MomentOf) -> Value:
    """Return a mean, variance or covariance."""
    return lowering.plain_value(term)


def of_gaussians(lowering: WordLowering, term: t.Functional | t.StandardDensity) -> Value:
    """Return a functional or density of Gaussian laws."""
    raise Refused("not yet")
