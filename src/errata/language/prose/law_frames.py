"""Phrases about laws: "a distribution that depends smoothly on $t$", "of two discrete variables", "a policy"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_LIST = rf"{_F}(?:(?: ,| and| , and) {_F})*"
_LAWS = r"(?:(?:joint|probability|conditional|marginal|prior|posterior) )*(?:laws?|distributions?|densit(?:y|ies))"
_VARIABLES = (
    r"(?:(?:the|a|an|two|three|four|several|some|single|discrete|continuous|random|latent|hidden|observed) )*"
    r"(?:variables?|vectors?)"
)


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


LAW_FRAMES: tuple[Frame, ...] = (
    _frame("law of", rf"{_LAWS} (?:of|over|for|on) {_VARIABLES} (?P<values>{_LIST})"),
    _frame("law", rf"{_LAWS} (?:of|over|for|on) {_VARIABLES}(?! {_F})"),
    _frame(
        "finite variables",
        r"(?P<kind>discrete|binary) (?:random )?variables? (?:with|having) (?:the |a |an )?(?:(?:joint|probability) )*"
        rf"(?:law|distribution) (?P<law>{_F})",
    ),
    _frame("finite variables", r"(?P<kind>binary) (?:random )?variables?"),
    _frame("factorises", rf"factori[sz]es? (?:as|according to|into) (?P<law>{_F})"),
    _frame("policy", r"(?:(?:stochastic|parametri[sz]ed|parametric) )*polic(?:y|ies)"),
    _frame("probabilities", r"(?:prior|posterior|class|class-conditional|conditional|joint) probabilit(?:y|ies)"),
    _frame("gaussian laws", r"(?:(?:univariate|multivariate|one-dimensional) )?gaussians"),
    _frame(
        "smooth law",
        rf"(?:depends?|depending)(?: smoothly| differentiably)? on (?:the |a )?(?:parameters? )?(?P<on>{_F})",
    ),
)
"""Patterns over the encoded sentence, tried before the general ones; a meaning that does not fit gives way to them."""
