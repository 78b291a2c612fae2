"""Phrases with formulas inside: "law of $x$ given $z$", "with mean $m$ and variance $s$"."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_FORMULA = 0xE000
"""Formulas stand in the encoded sentence as single characters of a private range, in order."""

_F = "[\ue000-\uf8ff]"
_VALUE = rf"(?:{_F}|-?\d+(?:\.\d+)?|zero|unit|one)"
_LIST = rf"{_F}(?:(?: ,| and| , and) {_F})*"
_POSITIVE = "(?:strictly )?positive"
_LAW = (
    rf"(?:(?:joint|conditional|marginal|probability|prior|posterior|true|corresponding|{_POSITIVE}) )*"
    r"(?:laws?|distributions?|densit(?:y|ies)|mass functions?|pdfs?|pmfs?)(?: functions?)?"
)
_GAUSSIAN = r"(?:(?:multivariate|univariate) )?(?:gaussian|normal)(?:ly)?"
_RANDOM = r"(?:real )?random (?:variables?|vectors?)|discrete variables?"
_COVARIANCE = r"(?:variance|covariance)(?: matrix)?"
_MEAN = rf"(?:with |and |has |have |having )?(?:(?:a |the )?mean (?P<mean>{_VALUE})|(?P<mean0>zero) mean)"
_SPREAD = (
    rf"(?:(?:a |the )?(?P<kind>{_COVARIANCE}) (?P<spread>{_VALUE})|(?P<spread0>unit|identity) (?P<kind0>{_COVARIANCE}))"
)
_ON = rf"(?: (?:on|over|in) (?P<on>{_F}))?"


@dataclass(frozen=True, slots=True)
class Frame:
    """A phrase pattern; `kind` names its meaning."""

    kind: str
    pattern: re.Pattern[str]


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


FRAMES: tuple[Frame, ...] = (
    _frame(
        "gaussian density of",
        rf"{_LAW} of (?:the |a )?{_GAUSSIAN}(?: distribution| law)?(?: random vectors?)?{_ON}"
        rf"(?: with)? {_MEAN}(?: ,)? and {_SPREAD}",
    ),
    _frame(
        "gaussian density of",
        rf"{_GAUSSIAN} (?:probability )?(?:density|distribution|law)(?: function)?{_ON}(?: {_MEAN}(?: ,)? and {_SPREAD})?",
    ),
    _frame(
        "gaussian",
        rf"(?:{_GAUSSIAN}(?: distributed)?(?: {_RANDOM})?|{_RANDOM}) (?:{_GAUSSIAN} )?{_MEAN}(?: ,)? and {_SPREAD}",
    ),
    _frame("gaussian", rf"(?P<standard>standard) {_GAUSSIAN}(?: distributed)?(?: {_RANDOM})?"),
    _frame("random", rf"{_RANDOM}(?: (?:with|having|of) (?:the )?{_LAW} (?P<law>{_F}))?"),
    _frame("random", rf"(?:with|has|have|having) (?:the )?(?:probability )?{_LAW} (?P<law>{_F})"),
    _frame("moments", rf"{_MEAN}(?:(?: ,)? and {_SPREAD})?"),
    _frame("law of", rf"{_LAW} (?:of|over|for|on) (?:the )?(?P<values>{_LIST})(?: (?:given|conditioned on|conditional on) (?P<given>{_LIST}))?"),
    _frame("finite", r"(?:takes?|taking) (?:(?:only )?finitely many values|values in (?:a )?finite sets?)"),
    _frame("finite", r"(?:with )?(?:only )?finitely many values"),
    _frame("finite", r"discrete"),
    _frame("finite space", r"finite sets?|finite spaces?"),
    _frame("values in", rf"(?:takes?|taking|with) (?:the |only )?values? (?:in |from )?(?:the (?:finite )?set )?(?P<set>{_F})"),
    _frame("values list", rf"(?:takes?|taking) (?:only )?(?:the )?values (?P<values>{_VALUE}(?:(?: ,| and| , and) {_VALUE})+)"),
    _frame("bernoulli", rf"bernoulli(?: distributed)?(?: (?:variables?|{_RANDOM}))?(?: with (?:parameter|mean|success probability|probability) (?P<p>{_VALUE}))"),
    _frame("uniform", rf"uniform(?:ly)?(?: distributed)? (?:on|over|in) (?:the (?:unit )?interval )?(?P<set>{_F})"),
    _frame("independent of", rf"independent of (?P<others>{_LIST})"),
    _frame("independent of", rf"(?:does|do) not depend on (?P<others>{_LIST})"),
    _frame("iid from", rf"(?:i\.i\.d\.?|iid|independent|independently|drawn independently|independent samples|i\.i\.d\.? samples|iid samples)"
                       rf"(?: (?:drawn|sampled|samples|distributed))?(?: (?:from|according to|with law|as)) (?:the (?:law|distribution) )?(?P<law>{_F})"),
    _frame("drawn from", rf"(?:drawn|sampled|distributed)(?: (?:from|according to|as)) (?:the (?:law|distribution) )?(?P<law>{_F})"),
    _frame("independent", r"(?:mutually |jointly )?(?:independent|i\.i\.d\.?|iid|independent and identically distributed)"),
    _frame("function of", rf"(?:scalar(?:-valued)? |real(?:-valued)? )?functions? of (?:the )?(?:(?:scalar|real|single|vector|matrix)(?: (?:variable|parameter))? |variable |parameter |variables |parameters )?(?P<on>{_LIST})"),
    _frame("entries function of", rf"whose (?:entries|elements|components) are (?:(?:smooth|differentiable|twice differentiable|continuously differentiable) )?functions of (?:the )?(?:scalar |variable |parameter |real )?(?P<on>{_F})"),
    _frame("depends on", rf"(?:depends?|depending)(?: smoothly| differentiably)? on (?:the )?(?:scalar |variable |parameter )?(?P<on>{_F})"),
    _frame("of size", rf"of (?:dimension|size|length|dimensionality) (?P<size>{_F})"),
    _frame("of size", rf"(?P<size>{_F}) - ?dimensional|(?P<size1>{_F}) dimensional"),
    _frame("identity", rf"(?:(?P<shape>{_F}) )?identity(?: matrix)?(?: of size (?P<size>{_F}))?"),
    _frame("nothing", r"(?:(?:such )?that )?(?:all )?(?:the )?(?:inverses?|expectations?|integrals?|derivatives?)(?: below| above| involved)? exists?"),
    _frame("nothing", rf"(?:the )?integrals? (?:is|are) (?:taken )?over (?:all of |the whole (?:space )?|the entire (?:space )?)?{_F}"),
    _frame("nothing", r"not necessarily \w+"),
)  # fmt: skip
"""Patterns over the encoded sentence, the first that matches at a place wins."""

LOG_BASE = re.compile(
    rf"(?:logarithms?|logs?|{_F})(?: (?:is|are|has|have|taken|to|in|with|the|all|its|of|as))* base (?P<base>{_F}|2|two|e|10|ten)(?!\S)"
    r"|(?<!\S)(?P<two>base[- ]2|base[- ]two|binary) logarithms?(?!\S)"
    r"|(?<!\S)(?P<natural>natural) log(?:arithm)?s?(?!\S)"
    r"|(?<!\S)(?P<ten>decimal|common) logarithms?(?!\S)"
    r"|(?<!\S)base (?P<base1>2|e|10) for (?:the |all )?log(?:arithm)?s?(?!\S)"
)
"""What a sentence says about the base of its logarithms."""
