"""Phrases with formulas inside: "law of $x$ given $z$", "with mean $m$ and variance $s$"."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_FORMULA = 0xE000
"""Formulas stand in the encoded sentence as single characters of a private range, in order."""

_F = "[\ue000-\uf8ff]"
_VALUE = rf"(?:{_F}|-?\d+(?:\.\d+)?|zero|unit|one)"
_LIST = rf"{_F}(?:(?: ,| and| , and) {_F}(?! an? ))*"
_POSITIVE = "(?:strictly )?positive"
_LAW = (
    rf"(?:(?:joint|conditional|marginal|probability|prior|posterior|true|corresponding|{_POSITIVE}) )*"
    r"(?:laws?|distributions?|densit(?:y|ies)|mass functions?|pdfs?|pmfs?)(?: functions?)?"
)
_ONE_LAW = r"(?:(?:probability|joint|marginal) )*(?:law|distribution|density|mass function|pdf|pmf)(?: function)?"
_GAUSSIAN = r"(?:(?:multivariate|univariate) )?(?:gaussian|normal)(?:ly)?"
_RANDOM = r"(?:(?:real )?(?:discrete )?random (?:variables?|vectors?)|discrete variables?)"
_COVARIANCE = r"(?:variance|covariance|precision)(?: matrix)?"
_EXPLAINED = r"(?: (?:the )?inverse of the (?:co)?variance(?: matrix)?)?"
_MEAN = rf"(?:with |and |has |have |having )?(?:(?:a |the )?mean (?P<mean>{_VALUE})|(?P<mean0>zero) mean)"
_PROPERTIES = "(?P<properties>(?:(?:symmetric|positive definite|positive-definite|diagonal|invertible|and|,) )+)?"
_SPREAD = (
    rf"(?:(?:a |the )?{_PROPERTIES}(?P<kind>{_COVARIANCE}) (?P<spread>{_VALUE}){_EXPLAINED}"
    rf"|(?P<spread0>unit|identity) (?P<kind0>{_COVARIANCE}))"
)
_PSEUDO_INVERSE = "(?:moore ?-?penrose )?(?:pseudo ?-?inverse|generali[sz]ed inverse)"
_STANDARD = (
    r"(?P<name>logistic sigmoid|logistic(?= function)|sigmoid|softmax|softplus|relu|rectified linear unit"
    r"|hyperbolic tangent)"
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
    _frame("rank", rf"(?:of|with|has|have|having) rank (?P<rank>{_F})"),
    _frame(
        "mixture",
        rf"(?:finite )?(?:{_GAUSSIAN} )?mixtures?(?: (?:model|distribution|density|law))?(?: of (?:(?:{_F}|\d+) )?"
        rf"{_GAUSSIAN}s?(?: (?:densities|distributions|laws|components))?)?{_ON}",
    ),
    _frame(
        "means under",
        r"(?:all )?(?:the )?expectations? (?:(?:is|are) )?(?:taken )?(?:under|over|with respect to) (?:the )?"
        rf"(?:(?:probability )?(?:density|distribution|law) )?(?P<law>{_F})",
    ),
    _frame(
        "gaussian density of",
        rf"{_LAW} of (?:the |a )?{_GAUSSIAN}(?: distribution| law)?(?: random vectors?)?(?: (?P<law>{_F}))?{_ON}"
        rf"(?: with)? {_MEAN}(?: ,)? and {_SPREAD}",
    ),
    _frame(
        "gaussian density of",
        (
            rf"{_GAUSSIAN} (?:probability )?(?:density|distribution|law)(?: function)?{_ON}(?: {_MEAN}"
            rf"(?: ,)? and {_SPREAD})?"
        ),
    ),
    _frame(
        "gaussian",
        rf"(?:{_GAUSSIAN}(?: distributed)?(?: {_RANDOM})?|{_RANDOM}) (?:{_GAUSSIAN} )?{_MEAN}(?: ,)? and {_SPREAD}",
    ),
    _frame("gaussian", rf"(?P<standard>standard) {_GAUSSIAN}(?: distributed)?(?: {_RANDOM})?"),
    _frame("random", rf"{_RANDOM}(?: (?:with|having|of) (?:the )?{_ONE_LAW} (?P<law>{_F}))?"),
    _frame(
        "random",
        rf"(?:with|has|have|having|follows?|following) (?:the |an? )?(?:{_GAUSSIAN} )?{_ONE_LAW} (?P<law>{_F})",
    ),
    _frame("moments", rf"{_MEAN}(?:(?: ,)? and {_SPREAD})?"),
    _frame(
        "law of",
        rf"{_LAW} (?:of|over|for|on) (?:the )?(?P<values>{_LIST})(?: (?:given|conditioned on|conditional on) "
        rf"(?P<given>{_LIST}))?",
    ),
    _frame(
        "laws of",
        rf"{_LAW} (?P<pairs>{_F}(?: (?:and|,) {_F})* (?:of|over|on) {_F}(?: (?:and|,) {_F} (?:of|over|on) {_F})*)",
    ),
    _frame("nothing", r"with (?:strictly )?(?:positive|nonzero) (?:probabilit(?:y|ies)|densit(?:y|ies)|values)"),
    _frame("its law", rf"its {_ONE_LAW}"),
    _frame(
        "part of law",
        r"(?:with |and |has |having )?(?:the |a )?(?:marginals?|conditionals?)(?: (?:laws?|densit(?:y|ies)"
        rf"|distributions?))? (?P<parts>{_LIST})",
    ),
    _frame("nothing", rf"(?:with |and )?(?:the )?conditional (?:mean|expectation) {_F}"),
    _frame(
        "operation",
        r"(?:with |and |has |have |having )?(?:the |its )?(?P<noun>determinant|transpose|inverse|trace|derivative"
        rf"|rank|adjugate(?: matrix)?|{_PSEUDO_INVERSE})(?: of)? (?P<written>{_F})",
    ),
    _frame(
        "operation",
        rf"(?P<written>{_F}) (?:is|be|denotes|for) (?:the |its )?(?P<noun>determinant|transpose|inverse|trace"
        rf"|rank|adjugate(?: matrix)?|{_PSEUDO_INVERSE})(?: of {_F})?(?: transposed cofactor matrix"
        r"| the transposed cofactor matrix| transpose of the cofactor matrix)?",
    ),
    _frame("finite", r"(?:takes?|taking) (?:(?:only )?finitely many values|values in (?:a )?finite sets?)"),
    _frame("finite", r"(?:with )?(?:only )?finitely many values"),
    _frame("finite", r"discrete(?: variables?)?(?= ,| and|$)"),
    _frame(
        "entries",
        r"(?:with|has|have|having|whose) (?:all (?:its )?)?(?P<sign>positive|nonnegative|nonzero|real) (?:entries"
        r"|components|elements|coordinates)",
    ),
    _frame("values on", rf"on (?P<set>{_F})"),
    _frame("full rank", rf"(?:(?:of|with|has|have|having) )?full (?:(?P<side>column|row) )?rank(?: {_F})?"),
    _frame(
        "satisfying",
        r"(?P<law>idempotent|antisymmetric|skew-symmetric|skew symmetric|involutory|(?:a )?unit vectors?"
        r"|(?:of |with )?unit (?:euclidean )?(?:norm|length))",
    ),
    _frame("satisfying", r"(?:with|has|have|having) (?P<law>orthonormal columns)"),
    _frame(
        "nothing",
        r"(?:with |of |has |have |having )?finite (?:second |first |all )?(?:moments?|variances?|covariances?"
        rf"(?: matri(?:x|ces))?|means?|expectations?)(?: {_F})?",
    ),
    _frame(
        "nothing",
        r"(?:of|with) (?:the )?(?:matching|appropriate|suitable|compatible|conforming|conformable|same|right) "
        r"(?:sizes?|dimensions?|shapes?)",
    ),
    _frame(
        "entrywise",
        r"(?:is |are )?(?:(?:applied|acts?|acting|taken|understood|works?|operates?|operating) )?(?:entrywise"
        r"|elementwise|componentwise|coordinatewise|pointwise|(?:entry|element|component|coordinate)-wise"
        r"|entry by entry|(?:component|element|entry) by (?:component|element|entry))"
        r"(?: (?:to|on) (?:vectors|matrices|vectors and matrices|arrays|a vector|its argument|its arguments))?"
        r"(?= |$)",
    ),
    _frame("standard function", rf"{_STANDARD} of (?:the )?(?P<of>{_F})"),
    _frame(
        "standard function",
        rf"{_STANDARD}(?: (?:function|map|activation function|nonlinearity|non-linearity)(?= |$)"
        r"|(?=$| ,| ;| and| applied| acting))",
    ),
    _frame("nothing", rf"(?:(?:with|and|have|has|having) )?(?:the )?differentials? {_LIST}"),
    _frame(
        "nothing",
        rf"(?:with |and )?(?:the )?shape (?:parameter )?{_F}(?: ,)? (?:and )?(?:the )?(?:rate|scale|inverse scale)"
        rf"(?: parameter)? {_F}",
    ),
    _frame("nothing", r"bounded(?= function| and|$| ,)"),
    _frame("nothing", r"negative log ?-?(?: ?(?:marginal|joint|conditional) )?(?:likelihood|posterior|prior|density)"),
    _frame("nothing", r"(?:exponential(?:ly)? )?(?:weighted )?(?:moving|running) averages?"),
    _frame("finite space", rf"finite (?:sets?|spaces?|alphabets?)(?: (?P<set>{_F}))?"),
    _frame(
        "values list",
        rf"(?:takes?|taking) (?:only )?(?:the )?values (?P<values>{_VALUE}(?:(?: ,| and| , and) {_VALUE})+)",
    ),
    _frame(
        "values in",
        rf"(?:takes?|taking|with) (?:the |only )?values? (?:in |from )?(?:the (?:finite )?set )?(?P<set>{_F})",
    ),
    _frame(
        "bernoulli",
        rf"bernoulli(?: distributed)?(?: (?:variables?|{_RANDOM}))?(?: with (?:parameter|mean|success probability"
        rf"|probability) (?P<p>{_VALUE}))",
    ),
    _frame("uniform", rf"uniform(?:ly)?(?: distributed)? (?:on|over|in)"
           rf" (?:the (?:(?:unit )?interval|(?:finite )?set|numbers|integers|values) )?(?P<set>{_F})"),
    _frame("independent of", rf"independent of (?:all |each )?(?:(?:of )?the )?(?P<others>{_LIST})"),
    _frame("independent of", rf"(?:(?:does|do) )?not depend on (?P<others>{_LIST})"),
    _frame(
        "iid from",
        r"(?:i\.i\.d\.?|iid|independent|independently|drawn independently|independent samples|i\.i\.d\.? samples"
        r"|iid samples)(?: (?:drawn|sampled|samples|distributed))?"
        rf"(?: (?:from|according to|with law|as)) (?:the (?:law|distribution) )?(?P<law>{_F})",
    ),
    _frame(
        "drawn from",
        r"(?:drawn|sampled|distributed|samples?|draws?)(?: (?:from|according to|as)) (?:the (?:law"
        rf"|distribution|density|(?:{_GAUSSIAN} )?mixture(?: (?:distribution|density|model))?) )?(?P<law>{_F})",
    ),
    _frame(
        "independent",
        r"(?:mutually |jointly |statistically )?(?:independent and identically distributed|i\.i\.d\.?|iid"
        r"|independent(?: of (?:each other|one another))?(?! of ))",
    ),
    _frame(
        "function of",
        r"(?:scalar(?:-valued)? |real(?:-valued)? )?functions? of (?:the )?(?:(?:scalar|real|single|vector|matrix)"
        rf"(?: (?:variable|parameter))? |variable |parameter |variables |parameters )?(?P<on>{_LIST})",
    ),
    _frame(
        "entries function of",
        r"whose (?:entries|elements|components) are (?:(?:smooth|differentiable|twice differentiable"
        r"|continuously differentiable) )?functions of (?:the )?(?:scalar |variable |parameter |real )?"
        rf"(?P<on>{_F})",
    ),
    _frame(
        "depends through",
        rf"(?:depends?|depending) on (?:the )?(?:weights? |parameters? |variables? |matrix |vector )?{_LIST}"
        rf" (?:(?:only|solely) (?:through|via|by)|through|via) (?:the )?(?:\w+ )?(?P<on>{_LIST})",
    ),
    _frame(
        "depends through",
        rf"(?:depends?|depending) (?:only|solely) on (?:the )?(?:\w+ )?(?P<on>{_LIST})",
    ),
    _frame(
        "depends on",
        r"(?:depends?|depending)(?: smoothly| differentiably)? on (?:the )?(?:scalar |variable |parameter )?"
        rf"(?P<on>{_F})",
    ),
    _frame(
        "dimension of",
        rf"(?:dimension|dimensionality) of (?:the )?(?:vector |variable |latent |space of )?(?P<whole>{_F})",
    ),
    _frame("of size", rf"of (?:dimension|size|length|dimensionality) (?P<size>{_F})"),
    _frame("of size", rf"(?P<size>{_F}) - ?dimensional|(?P<size1>{_F}) dimensional"),
    _frame(
        "identity",
        rf"(?:(?:elements|entries|components) of (?:the )?)?(?:(?P<shape>{_F}) )?identity(?: matrix)?"
        rf"(?: of size (?P<size>{_F}))?",
    ),
    _frame(
        "nothing",
        r"(?:(?:such )?that )?(?:all )?(?:the )?(?:inverses?|expectations?|integrals?|derivatives?)(?: below"
        r"| above| involved)? exists?",
    ),
    _frame(
        "nothing",
        r"(?:the )?integrals? (?:is|are) (?:taken )?over (?:all of |the whole (?:space )?|the entire "
        rf"(?:space )?)?{_F}",
    ),
    _frame("nothing", r"not necessarily \w+"),
    _frame("nothing", r"(?:by |using |applying )?(?:the )?(?:multivariable |multivariate )?chain rule"),
    _frame("nothing", r"(?:in )?(?:the )?(?:forward|backward|reverse) (?:pass|propagation)|back-?propagation"),
    _frame("nothing", r"(?:of )?(?:any|arbitrary) (?:rank|size|shape)"),
)  # fmt: skip
"""Patterns over the encoded sentence, the first that matches at a place wins."""
