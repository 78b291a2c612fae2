"""Sentences about notation as such: the base of logarithms, the layout of derivatives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.harvested import Harvest, Reader
from errata.language.prose.latex_pieces import group, latex_of, tokenise
from errata.language.prose.layouts import DERIVATIVE_SIGN, foreign_derivatives, layout_of
from errata.language.prose.lexing import formulas_in
from errata.language.prose.segments import Sentence
from errata.language.terms import Constant, Number, Term

_F = "[\ue000-\uf8ff]"
_LINK = "is|are|has|have|taken|to|in|with|the|all|its|of|as|use|uses|using"
_LOG_BASE = re.compile(
    rf"(?<!\S)(?:(?:logarithms?|logs?|{_F})(?: (?:{_LINK}))* base (?P<base>{_F}|2|two|e|10|ten)"
    r"|(?P<two>base[- ]?2|base[- ]two|binary) (?:logarithms?|logs?)"
    r"|(?P<natural>natural) (?:logarithms?|logs?)"
    r"|(?P<ten>decimal|common) logarithms?"
    r"|base (?P<base1>2|e|10) for (?:the |all )?(?:logarithms?|logs?)"
    r"|(?:measured|expressed|given) in (?P<unit>bits|nats)"
    rf"|(?:taking|take|using|use|with|denotes?|means?|is|as|stands for) (?P<log>{_F}))(?!\S)"
)
_NAMED: Mapping[str, Term] = MappingProxyType(
    {
        "2": Number(Fraction(2)),
        "two": Number(Fraction(2)),
        "10": Number(Fraction(10)),
        "ten": Number(Fraction(10)),
        "e": Constant("e"),
    }
)


def without_convention(encoded: str) -> str:
    """Return the encoded sentence without the words about logarithms."""
    return _LOG_BASE.sub(" ", encoded)


def convention(encoded: str, sentence: Sentence, read: Reader) -> Harvest | None:
    """Return what a sentence says about notation; None where it is about names.

    Where it speaks about logarithms it may speak about names too.
    """
    base = _log_base(encoded, sentence, read)
    every = frozenset(f.start for f in sentence.formulas)
    if base is not None:
        logs = frozenset(f.start for f in sentence.formulas if _speaks_of_logs(f.latex, read))
        return Harvest(log_base=base, is_declaring=True, consumed=logs)
    if foreign_derivatives(encoded) is not None:
        words = foreign_derivatives(encoded) or ""
        blocked = MappingProxyType({DERIVATIVE_SIGN: words})
        return Harvest(is_declaring=True, not_understood=blocked, consumed=every)
    layout = layout_of(encoded, sentence)
    if layout is not None:
        return Harvest(is_declaring=True, layout=layout, consumed=every)
    return None


def _log_base(encoded: str, sentence: Sentence, read: Reader) -> Term | None:
    for formula in sentence.formulas:
        sides = re.split(r"=|\\equiv|\\triangleq", formula.latex.replace(":=", "="))
        if len(sides) == 2 and _is_log(sides[0]) and (written := _base_written(sides[1], read)) is not None:
            return written
    match = _LOG_BASE.search(encoded)
    if match is None:
        return None
    if match["two"]:
        return _NAMED["2"]
    if match["ten"]:
        return _NAMED["10"]
    if match["unit"]:
        return _NAMED["2" if match["unit"] == "bits" else "e"]
    if match["natural"]:
        return _NAMED["e"]
    if match["log"]:
        return _base_written(sentence.formulas[formulas_in(match["log"])[0]].latex, read)
    written_base = match["base"] or match["base1"]
    numbers = formulas_in(written_base)
    subject = formulas_in(match[0])
    if subject and subject != numbers and not _is_log(sentence.formulas[subject[0]].latex):
        return None
    return read.term(sentence.formulas[numbers[0]].latex) if numbers else _NAMED[written_base]


def _speaks_of_logs(latex: str, read: Reader) -> bool:
    return any(_base_written(side, read) is not None or _is_log(side) for side in latex.split("="))


def _is_log(latex: str) -> bool:
    return "".join(latex.split()) in ("\\log", "log", "\\lg", "\\log(\\cdot)")


def _base_written(latex: str, read: Reader) -> Term | None:
    r"""Return b of a bare \log_b, e of a bare \ln."""
    tokens = tokenise(latex)
    if tokens == ("\\ln",):
        return _NAMED["e"]
    if tokens[:2] != ("\\log", "_"):
        return None
    base, end = group(tokens, 2)
    return read.term(latex_of(base)) if end == len(tokens) else None
