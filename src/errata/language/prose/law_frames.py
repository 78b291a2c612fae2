"""Phrases about laws: "a distribution that depends smoothly on $t$", "of two discrete variables", "a policy"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_LIST = rf"{_F}(?:(?: ,| and| , and) {_F}(?! an? ))*"
_LAWS = r"(?:(?:joint|probability|conditional|marginal|prior|posterior) )*(?:laws?|distributions?|densit(?:y|ies))"
_VARIABLES = (
    r"(?:(?:the|a|an|two|three|four|several|some|single|discrete|continuous|random|latent|hidden|observed) )*"
    r"(?:variables?|vectors?)"
)


_COMPONENTS = r"(?:the |all |its |their )*(?:components|entries|coordinates|elements)"
_INDEPENDENTLY = r"(?:(?:mutually|all) )?(?:independent(?: and identically distributed)?|i\.?i\.?d\.?)"
_ZERO_AND_SPREAD = (
    r"(?:with |having |of )?(?:zero mean|mean (?:zero|0|(?P<mean>[\ue000-\uf8ff]))) and (?:a )?"
    r"(?:(?P<unit>unit) variance|variance (?:(?P<spread>[\ue000-\uf8ff])|(?P<one>one|1)))"
)


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


_COUNTED = (
    r"(?:(?:possible|different|distinct|discrete) )*(?:classes|categories|outcomes|values|states|points|items|symbols"
    r"|labels|elements|alternatives)"
)
LAW_FRAMES: tuple[Frame, ...] = (
    _frame("finite law", rf"(?:discrete |categorical )?{_LAWS} (?:over|on) (?:the )?(?P<count>{_F}) {_COUNTED}"),
    _frame("finite law", rf"(?:discrete |categorical )?{_LAWS} (?:over|on) (?:the )?(?:finite )?set (?P<set>{_F})"),
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
    _frame("policy", r"(?:(?:transition|environment) )*dynamics(?: of (?:the|an) (?:environment|mdp|process))?"),
    _frame("policy", r"(?:state[- ])?transition (?:probabilit(?:y|ies)|kernel|model|function|distribution|law)"),
    _frame("probabilities", r"(?:prior|posterior|class|class-conditional|conditional|joint) probabilit(?:y|ies)"),
    _frame(
        "components of",
        rf"{_COMPONENTS} of (?P<of>{_LIST}) are {_INDEPENDENTLY}(?: random variables?)? {_ZERO_AND_SPREAD}",
    ),
    _frame(
        "independent components",
        rf"(?:has|have|having|with|whose) {_COMPONENTS}(?: (?:are|being))? {_INDEPENDENTLY}(?: random variables?)?"
        rf" {_ZERO_AND_SPREAD}",
    ),
    _frame(
        "independent components",
        rf"(?:(?:has|have|having|with) )?{_INDEPENDENTLY} {_COMPONENTS} {_ZERO_AND_SPREAD}",
    ),
    _frame("uncorrelated with", rf"uncorrelated (?:with|to) (?P<others>{_LIST})"),
    _frame(
        "uncorrelated",
        r"(?:(?:pairwise|mutually|all) )*uncorrelated(?: with (?:each other|one another))?(?! (?:with|to) )",
    ),
    _frame(
        "rademacher",
        r"(?:(?:has|have|having|follows?|following|with|from) (?:the |a )?)?rademacher(?: distributed)?"
        r"(?: (?:random )?(?:variables?|signs?)| (?:law|distribution))?",
    ),
    _frame("gaussian laws", r"(?:(?:univariate|multivariate|one-dimensional) )?gaussians"),
    _frame(
        "smooth law",
        rf"(?:depends?|depending)(?: smoothly| differentiably)? on (?:the |a )?(?:parameters? )?(?P<on>{_F})"
        r"(?! (?:only|solely|through|via)(?!\S))",
    ),
)
"""Patterns over the encoded sentence, tried before the general ones; a meaning that does not fit gives way to them."""
