"""Phrases of linear algebra with formulas inside: "with eigenvalues $\\lambda_1, \\dots, \\lambda_n$"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_HAS = r"(?:with|has|have|having)"
_IS = r"(?:is|are|be|denotes?|denoting|means?|stands? for|for)"
_NTH = rf"(?P<place>{_F})(?: ?-? ?(?:th|st|nd|rd))?"
_MATRIX = r"(?:(?:design|data|feature|observation) )?matrix"
_SPECTRUM = r"(?:(?:real|ordered|sorted|distinct) )*"


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


MATRIX_FRAMES: tuple[Frame, ...] = (
    _frame(
        "eigen",
        rf"{_HAS} (?:the )?{_SPECTRUM}eigen ?-?values? (?P<values>{_F})"
        r"(?:(?: ,)? and (?:(?:corresponding|associated) )?"
        rf"orthonormal (?:(?:corresponding|associated) )?eigen ?-?vectors? (?P<vectors>{_F}))?",
    ),
    _frame("singular values", rf"{_HAS} (?:the )?{_SPECTRUM}singular values? (?P<values>{_F})"),
    _frame(
        "basis",
        rf"(?:{_F} ?-?(?:th|st|nd|rd) )?(?:standard|canonical|coordinate) (?:basis|unit) vectors?"
        rf"(?: (?:of|in) (?P<space>{_F}))?",
    ),
    _frame("basis", rf"{_F} ?-?(?:th|st|nd|rd) (?:unit|basis) vectors?(?: (?:of|in) (?P<space>{_F}))?"),
    _frame(
        "ones",
        rf"(?P<written>{_F}) {_IS} (?:the |a |an )?(?:(?:column )?vector (?:of (?:all )?(?:ones|1s|1's)"
        r"|whose entries are all (?:one|1))|all ?-?ones?(?: column)? vector)"
        rf"(?: (?:of (?:length|size|dimension)|in) {_F})?",
    ),
    _frame(
        "ones",
        rf"(?:(?:column )?vector of (?:all )?ones|all ?-?ones?(?: column)? vector) (?P<written>{_F})",
    ),
    _frame(
        "decomposition",
        r"(?:(?:its|the|a|an) )?(?:(?:thin|full|reduced|real) )?(?P<name>singular value|cholesky|qr|lu|eigen(?:value)?"
        r"|spectral|eigen ?-) ?-?(?:decomposition|factori[sz]ation)",
    ),
    _frame("decomposition", r"(?:(?:its|the|a|an) )?(?P<name>svd|eigendecomposition)"),
    _frame(
        "contractive",
        r"(?:with|of|has|have|having) (?:spectral|operator) norm (?:strictly )?(?:less than|smaller than|below) "
        rf"(?P<bound>1|one|{_F})",
    ),
    _frame(
        "single entry",
        rf"(?P<written>{_F}) {_IS} (?:the |a |an )?(?:single ?-?entry|elementary|unit|{_F})? ?matri(?:x|ces)"
        rf" (?:with|whose only non ?-?zero entry is) (?:a |an )?(?:single |only )?(?:1|one|{_F}) (?:at|in|as) "
        rf"(?:the )?(?:position |place |entry )?(?P<place>{_F})(?: entry| position| place)?"
        rf"(?:(?: ,)?(?: and)?(?: all)? (?:zeros?|zero entries|{_F}) (?:elsewhere|everywhere else|otherwise))?",
    ),
    _frame(
        "outside columns",
        r"(?:(?:be|is|are|lying|lies) )?(?:not in|outside(?: of)?) (?:the )?(?:column space|range|image|column span"
        rf"|span of the columns) of (?P<matrix>{_F})",
    ),
    _frame(
        "convergent",
        r"(?:with|of|has|have|having) spectral radius (?:strictly )?(?:less than|smaller than|below) "
        rf"(?P<bound>1|one|{_F})",
    ),
    _frame(
        "convergent",
        r"(?:with|has|have|having|whose) (?:all )?(?:its |the )?eigen ?-?values? (?:all )?(?:are |have |of |with )?"
        r"(?:(?:absolute values?|moduli|modulus|magnitudes?) )?(?:all )?(?:strictly )?(?:less than|smaller than|below) "
        rf"(?P<bound>1|one|{_F})(?: in (?:absolute value|modulus|magnitude))?",
    ),
    _frame(
        "lines",
        rf"(?:{_HAS} (?:the )?(?P<kind>rows|columns)|(?:whose|such that (?:its|the)) (?P<kind0>rows|columns) are"
        rf"(?: given by)?)(?: vectors?)? (?:the )?(?P<values>{_F})",
    ),
    _frame(
        "lines",
        rf"(?:{_HAS}(?: the)?|whose|where the|such that (?:the|its)|in which the) {_NTH} (?P<kind>row|column)"
        r"(?: vector)?(?: of it)?(?: being| is| equals?)?(?: given by| equal to)? (?:the )?(?:vector )?"
        rf"(?P<values>{_F})",
    ),
    _frame(
        "lines",
        rf"(?:{_HAS}|containing|contains|that has|which has|obtained by stacking|formed by stacking|stacking) (?:the )?"
        rf"(?:(?:data )?(?:vectors?|points?) )?(?P<values>{_F}) (?:as|in|into|along) (?:its |the )?"
        rf"(?:{_NTH} (?P<kind>row|column)|(?P<kind0>rows|columns))",
    ),
    _frame("orthonormal lines", rf"{_HAS} (?:the )?orthonormal (?P<kind>rows|columns)(?: vectors?)? (?P<values>{_F})"),
    _frame(
        "lines of",
        rf"(?:(?:the|each) )?(?:{_NTH} )?(?P<kind>rows?|columns?)(?: vectors?)? of (?:the )?(?:{_MATRIX} )?"
        rf"(?P<matrix>{_F}) (?:are|is|equals?|contains?)(?: given by| equal to)? (?:the )?(?:vectors? )?"
        rf"(?P<values>{_F})",
    ),
    _frame(
        "lines of",
        rf"(?P<values>{_F}) (?:as|into|in) (?:the )?(?P<kind>rows|columns) of (?:an? |the )?(?:{_MATRIX} )?"
        rf"(?P<matrix>{_F})",
    ),
    _frame(
        "jacobian",
        rf"{_HAS} (?:the |a )?(?:respective )?jacobians?(?: matri(?:x|ces))? "
        rf"(?P<names>{_F}(?:(?: ,| and| , and) {_F})*)"
        rf"(?:(?: ,)? (?:where|with|whose entries are) (?P<entries>{_F}))?",
    ),
    _frame(
        "orthonormal",
        r"(?:(?:mutually |pairwise )?orthonormal(?: vectors| system| set| matri(?:x|ces))?|(?:an )?orthonormal basis)"
        rf"(?: (?:of|in) (?P<space>{_F}))?(?! columns| eigen| rows)",
    ),
    _frame("turning", r"(?:(?:proper )?rotation|reflection|permutation|householder|givens) ?-?matri(?:x|ces)"),
    _frame("nothing", r"(?:below|above) (?:is|are) (?:assumed )?invertible"),
)
"""Patterns over the encoded sentence, tried before all others."""
