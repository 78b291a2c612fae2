"""Phrases that call a variable subgaussian: "is $\\sigma$-subgaussian", "subgaussian with variance proxy $v$"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

SUBGAUSSIAN = "(?:sub-?gaussian|sub gaussian)"
_F = "[\ue000-\uf8ff]"
_VALUE = rf"(?:{_F}|\d+(?:\.\d+)?|one)"
_THING = "(?: (?:(?:real|scalar) )?(?:random )?(?:variables?|noise|rewards?|errors?))?"
_CENTRED = "(?:(?:zero[- ]mean|mean[- ]zero|centred|centered)(?: ,)?(?: and)? )?"
_ARTICLE = "(?:a |an |the |some |common |same |constant )*"

_ANY = re.compile(rf"(?<!\S){SUBGAUSSIAN}(?!\S)")
SUBGAUSSIAN_FRAMES: tuple[Frame, ...] = tuple(
    Frame("subgaussian", re.compile(rf"(?<!\S){pattern}(?!\S)"))
    for pattern in (
        rf"{_CENTRED}(?P<scale>{_VALUE}) - {SUBGAUSSIAN}{_THING}(?: with (?:zero mean|mean zero))?",
        rf"{_CENTRED}{SUBGAUSSIAN}{_THING} with {_ARTICLE}(?:parameter|constant|scale(?: parameter)?)"
        rf" (?P<scale>{_VALUE})",
        rf"{_CENTRED}{SUBGAUSSIAN}{_THING} with {_ARTICLE}(?:variance proxy|proxy variance|variance factor"
        rf"|variance parameter) (?P<proxy>{_VALUE})",
    )
)

_SUBGAUSSIAN = rf"(?:{_VALUE} - )?{SUBGAUSSIAN}"
_SUPPOSED = re.compile(
    r"^(?:(?:and|now|then|so|moreover|similarly) )?(?:if|when|whenever) "
    rf"(?:(?:the|a|an|random|variables?|noise|rewards?|errors?) )*(?P<names>{_F}(?:(?: ,| and) {_F})*)"
    rf"(?P<is> (?:is|are) (?:(?:independent|i\.?i\.?d\.?)(?: ,| and)? )?{_CENTRED}{_SUBGAUSSIAN}(?!\S)[^,;:]*?)"
    r"(?= ,| then| we)"
)
_CALLED = re.compile(
    rf"(?<!\S)(?P<is>is|are|be) (?:called|said to be|termed) (?=(?:a |an )?{_CENTRED}{_SUBGAUSSIAN}(?!\S))"
)
_SHARPLY = re.compile(rf"(?<!\S)(?:strictly|optimally|exactly|sharply) (?={_CENTRED}{_SUBGAUSSIAN}(?!\S))")
"""With these words it says of the variance, or of other scales, what is not read."""
_CENTRED_VARIABLE = re.compile(
    r"(?<!\S)(?:zero[- ]mean|mean[- ]zero|centred|centered) (?=(?:(?:real|random|scalar) )*variables?"
    rf"(?: {_F})?(?: (?:that|which))? (?:is|be|are)(?: a| an)? {_SUBGAUSSIAN}(?!\S))"
)


def plainly(encoded: str) -> str:
    """Return a sentence that calls something subgaussian in plain words.

    One that begins "if $X$ is subgaussian" sets this, as it says nothing else of X. That its mean is zero goes
    without saying.
    """
    if not _ANY.search(encoded):
        return encoded
    encoded = _SHARPLY.sub("sharply ", encoded)
    plain = _CENTRED_VARIABLE.sub("", _CALLED.sub(r"\g<is> ", encoded))
    return _SUPPOSED.sub(r"let \g<names>\g<is>", plain, count=1)
