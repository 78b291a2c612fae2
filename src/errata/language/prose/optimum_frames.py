"""Phrases about what a formula determines: "let $w$ minimise $f(w)$", "the solution of $Ax = b$ of least norm"."""

from __future__ import annotations

import re

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
_SUBJECTS = rf"(?: (?:over|in|with respect to|w\.r\.t\.) (?:all )?(?P<over>{_F}))?"
_NORM = r"(?:least|minimal|minimum|smallest) (?:euclidean )?(?:norm|length)"
_EQUATIONS = r"(?:normal equations?|linear equations?|equations?|(?:linear )?systems?(?: of equations)?)"


def _frame(kind: str, pattern: str) -> Frame:
    return Frame(kind, re.compile(rf"(?<!\S){pattern}(?!\S)"))


_RESTRICTED = (
    r"(?! (?:, )?(?:and )?(?:subject|under|among|within|with|such|given|where|over|for|whose|in|of|while|when))"
)
OPTIMUM_FRAMES: tuple[Frame, ...] = (
    _frame(
        "optimal law",
        r"(?:the |a |that |unique |probability )*(?:distribution|law|density) (?:that|which) "
        rf"(?P<verb>minimi[sz]es|maximi[sz]es) (?:the )?(?P<objective>{_F}){_RESTRICTED}",
    ),
    _frame(
        "optimum",
        rf"(?P<verb>minimi[sz]es?|minimi[sz]ing|maximi[sz]es?|maximi[sz]ing) (?:the )?(?P<objective>{_F}){_SUBJECTS}",
    ),
    _frame(
        "optimum",
        r"(?:(?:the|a|unique|global) )*(?P<verb>minimi[sz]er|maximi[sz]er) (?:of (?:the )?)?"
        rf"(?P<objective>{_F}){_SUBJECTS}",
    ),
    _frame(
        "least norm",
        rf"(?:(?:the|unique) )*solution (?:of|to) (?:the )?(?:{_EQUATIONS} )?(?P<equation>{_F}) (?:of|with) {_NORM}",
    ),
    _frame(
        "least norm",
        rf"(?:(?:the|unique) )*(?:{_NORM}|minimum-norm|least-norm|minimal-norm) solution (?:of|to) (?:the )?"
        rf"(?:{_EQUATIONS} )?(?P<equation>{_F})",
    ),
    _frame(
        "solution",
        rf"(?:solves?|solving|(?:(?:the|a|unique) )*solution (?:of|to)|satisf(?:y|ies|ying)(?= (?:the )?{_EQUATIONS}))"
        rf" (?:the )?(?:{_EQUATIONS} )?(?P<equation>{_F})",
    ),
)
"""Patterns over the encoded sentence, tried with those of linear algebra."""
