"""What a sentence says that a sign or an operator means: "$\\otimes$ is the Kronecker product"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.latex_pieces import tokenise
from errata.language.prose.lexing import formulas_in
from errata.language.prose.segments import Sentence

_F = "[\ue000-\uf8ff]"
_ENTRYWISE = r"(?:entry ?-?wise|element ?-?wise|component ?-?wise|point ?-?wise)"
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        rf"(?:hadamard|{_ENTRYWISE})(?: or)?(?: (?:hadamard|schur|{_ENTRYWISE}))? (?:products?|multiplications?)",
        "hadamard",
    ),
    (r"kronecker(?: tensor)? products?", "kronecker"),
    (
        rf"(?:(?:complex )?conjugated? transposes?|hermitian (?:transposes?|conjugates?|adjoints?))(?: of {_F})?",
        "conjugate transpose",
    ),
    (rf"(?:(?:complex|{_ENTRYWISE}) )*(?:conjugates?|conjugation)(?: of {_F})?", "conjugate"),
    (r"imaginary unit", "imaginary"),
    (r"(?:spectral|operator) norms?(?: of (?:a |the )?matri(?:x|ces))?", "spectral norm"),
    (r"frobenius norms?(?: of (?:a |the )?matri(?:x|ces))?", "frobenius norm"),
    (r"maxim(?:al|um) (?:absolute )?column[- ]sums?(?: norms?)?", "column sums"),
    (r"maxim(?:al|um) (?:absolute )?row[- ]sums?(?: norms?)?", "row sums"),
    (rf"(?:real|imaginary) parts?(?: of {_F})?", "part"),
    (r"(?:moore ?-?penrose )?(?:pseudo ?-?inverses?|generali[sz]ed inverses?)", "pseudo_inverse"),
    (
        r"(?:(?:usual|principal) )?(?:(?:matrix|operator) (?:exponentials?|logarithms?|square roots?|functions?)"
        r"|(?:exponential|logarithm|square root) of (?:a|the) matrix)",
        "series",
    ),
    (r"(?:of (?:a|the) matrix )?(?:is |are )?(?:given|defined) by (?:its|their|the) (?:power|taylor) series", "series"),
    (rf"(?:applied|taken|understood|meant|computed|acting) {_ENTRYWISE}", "entries"),
)  # fmt: skip
_SIGN = re.compile(
    rf"(?<!\S)(?P<signs>{_F}(?: (?:and|,) {_F})*) (?:(?:is|are|be|denotes?|means?|stands? for|represents?|for) )?"
    r"(?:the |a |an )?(?P<noun>" + "|".join(f"(?:{pattern})" for pattern, _ in _MEANINGS) + r")(?!\S)"
)
_OTHER = re.compile(rf"(?<!\S)(?P<signs>{_F}) (?:is|denotes?|means?|stands? for|represents?) (?:the |a |an )?\w+")
_STACKED = re.compile(
    rf"(?<!\S)(?P<signs>{_F}) (?:stacks?|stacking|denotes? stacking|is the stacking of) (?:the )?columns"
    r"(?: of (?:a|the|its) (?:matrix|argument))?(?: into (?:a|one) (?:single |long )?(?:column )?vector)?(?!\S)"
)
_NORM = re.compile(r"\\(?:\||[lr]?Vert)(?:\\cdot|[A-Za-z])\\(?:\||[lr]?Vert)_\{?(?P<index>1|2|F|\\infty)\}?")
_MARKS = (("\\dagger", "\\dagger"), ("+", "+"), ("*", "*"), ("\\ast", "*"), ("\\star", "*"), ("H", "H"))
_GRADIENT = re.compile(
    r"\\nabla\s*:?=\s*\\nabla\s*_\s*(?:\{(?P<group>[^{}]+(?:\{[^{}]*\})*)\}|(?P<single>\w|\\[a-zA-Z]+))\s*"
)
_GRADIENT_BY = re.compile(
    rf"(?<!\S)(?P<sign>{_F}) (?:is|denotes?|means|stands for) (?:the )?(?:gradient|derivative)s?"
    rf" (?:taken )?(?:with respect to|by|in) (?P<variable>{_F})(?!\S)"
)
NABLA = "\\nabla"
"""The sign whose meaning is the variable, in LaTeX, that gradients without a subscript are taken by."""
PRODUCTS = frozenset(("\\odot", "\\circ", "\\otimes"))
_FUNCTIONS = frozenset(("\\exp", "\\log", "\\ln", "\\sin", "\\cos", "\\sinh", "\\cosh", "\\tan", "\\tanh", "\\sqrt"))


@dataclass(frozen=True, slots=True)
class Notations:
    """meanings: by sign; "" where the words were not understood. rest: the sentence without them."""

    meanings: Mapping[str, str]
    rest: str
    consumed: frozenset[int]


def notations(encoded: str, sentence: Sentence) -> Notations:
    """Return what a sentence, encoded, says about signs and operators."""
    found: dict[str, str] = {}
    consumed: set[int] = set()

    def told(match: re.Match[str]) -> str:
        numbers = formulas_in(match["signs"])
        signs = [_sign(sentence.formulas[k].latex) for k in numbers]
        if not all(signs):
            return match[0]
        noun = match.groupdict().get("noun")
        meaning = _meaning(noun) if noun else ("columns" if match.re is _STACKED else "")
        if not meaning and not PRODUCTS & set(signs):
            return match[0]
        for sign in signs:
            found.setdefault(sign, meaning)
        consumed.update(sentence.formulas[k].start for k in numbers)
        return " "

    rest = _gradient(encoded, sentence, found, consumed)
    for pattern in (_SIGN, _STACKED, _OTHER):
        rest = pattern.sub(told, rest)
    return Notations(MappingProxyType(found), " ".join(rest.split()), frozenset(consumed))


def _gradient(encoded: str, sentence: Sentence, found: dict[str, str], consumed: set[int]) -> str:
    r"""Enter what \nabla = \nabla_x says, or "$\nabla$ is the gradient with respect to $x$"; return the rest."""
    for number, formula in enumerate(sentence.formulas):
        match = _GRADIENT.fullmatch(formula.latex.strip())
        if match is not None:
            found[NABLA] = match["group"] or match["single"]
            consumed.add(formula.start)
            encoded = encoded.replace(chr(FIRST_FORMULA + number), " ")
    said = _GRADIENT_BY.search(encoded)
    if said is None:
        return encoded
    sign, variable = (sentence.formulas[formulas_in(said[part])[0]] for part in ("sign", "variable"))
    if sign.latex.strip() != NABLA:
        return encoded
    found[NABLA] = variable.latex.strip()
    consumed.add(sign.start)
    return encoded.replace(said[0], " ")


def _meaning(noun: str) -> str:
    return next(meaning for pattern, meaning in _MEANINGS if re.fullmatch(pattern, noun))


def _sign(latex: str) -> str:
    """Return the sign or operator that a formula shows: \\otimes of A \\otimes B, \\exp of e^{tA}; "" for others."""
    tokens = tokenise(latex)
    if any(t in ("=", "\\in", "\\sim", "<", ">") for t in tokens):
        return ""
    for token in tokens:
        if token in PRODUCTS:
            return token
    if tokens[:2] == ("e", "^"):
        return "\\exp"
    if tokens and tokens[0] in _FUNCTIONS:
        return tokens[0]
    norm = _NORM.fullmatch("".join(tokens))
    if norm is not None:
        return f"\\|_{{{norm['index']}}}"
    if tokens in (("i",), ("j",), ("\\mathrm", "{", "i", "}")):
        return "j" if tokens == ("j",) else "i"
    if tokens[:1] in (("\\bar",), ("\\overline",)):
        return "\\bar"
    if tokens[:1] in (("\\Re",), ("\\Im",)):
        return tokens[0]
    for mark, sign in _MARKS:
        if len(tokens) > 2 and tokens[1] == "^" and mark in tokens[2:5] and tokens[-1] in (mark, "}"):
            return sign
    return "\\operatorname{vec}" if latex.strip() in ("\\operatorname{vec}", "\\mathrm{vec}", "\\text{vec}") else ""
