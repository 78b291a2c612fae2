"""Phrases about single eigenvalues and eigenvectors: "with largest eigenvalue $\\mu$"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_EXTREME = "largest|smallest|maximal|minimal|maximum|minimum|greatest|least"
_ADJECTIVES = r"(?:(?:corresponding|associated|real|simple|unit|normalized|normalised|non ?-?zero) )*"
_ARTICLE = r"(?:(?:an?|the|its) )?"


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


SPECTRAL_FRAMES: tuple[Frame, ...] = (
    _frame(
        "extreme eigenvalue",
        rf"(?:(?:with|has|have|having|whose) )?{_ARTICLE}(?P<which>{_EXTREME}) (?P<what>eigen ?-?value|singular value)"
        rf"(?: is)? (?P<value>{_F})(?! of)",
    ),
    _frame(
        "extreme eigenvalue of",
        rf"(?:is|be|denotes?|denoting|for) {_ARTICLE}(?P<which>{_EXTREME}) (?P<what>eigen ?-?value|singular value)"
        rf" of (?:the matrix )?(?P<matrix>{_F})",
    ),
    _frame(
        "eigenpair",
        rf"(?:with|has|have|having) {_ARTICLE}{_ADJECTIVES}eigen ?-?value (?P<value>{_F})(?: ,)? (?:with|and|for) "
        rf"{_ARTICLE}(?P<kind>{_ADJECTIVES})eigen ?-?vector (?P<vector>{_F})",
    ),
    _frame(
        "eigenvector of",
        rf"(?:is|be|denotes?) {_ARTICLE}(?P<kind>{_ADJECTIVES})eigen ?-?vector of (?:the matrix )?(?P<matrix>{_F})"
        rf"(?: ,)? (?:with|for|to|belonging to|corresponding to|associated with|associated to) {_ARTICLE}{_ADJECTIVES}"
        rf"eigen ?-?value (?P<value>{_F})",
    ),
)
"""Patterns over the encoded sentence, tried before those of linear algebra."""
