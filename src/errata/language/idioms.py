r"""Idioms of writing, on tokens: what writes another thing than it says, turned into what it means.

\P{}(A) ends a command's name with empty braces; <x, y> stands for \langle x, y \rangle; sigm(x) and NLL(w) spell
a function in plain letters; and some macros mean the same to all who use them without saying what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from errata.language.terms import Span
from errata.language.token import Token

_TAKES_ARGUMENTS = frozenset(
    (
        "frac", "binom", "sqrt", "hat", "tilde", "bar", "vec", "dot", "ddot", "check", "breve", "acute", "underline",
        "mathbf", "mathbb", "mathcal", "mathscr", "mathfrak", "underbrace", "overbrace", "overset", "underset", "boxed",
        "xrightarrow", "xlongequal", "cancel", "bcancel", "not", "overrightarrow", "substack", "pdv", "dv", "smash",
        "pmod", "fbox", "overleftarrow", "underrightarrow", "ensuremath", "text", "mathrm", "operatorname", "textsc",
        "begin", "end", "vdotswithin",
    )
)  # fmt: skip
_TRANSPOSES = frozenset(("\\T", "\\trans", "\\transp", "\\transpose", "\\tpose"))
_OPERATES = frozenset(("=", "+", "-", "(", "[", ",", "\\cdot", "\\times", "\\le", "\\ge", ":=", "&", "\\\\"))
_SPELLED = frozenset(
    (
        "sigm", "sigmoid", "softmax", "softplus", "relu", "ReLU", "tanh", "sinh", "cosh", "exp", "log", "ln", "det",
        "tr", "diag", "sign", "sgn", "erf", "rank", "Var", "Cov", "var", "cov", "Beta", "Gamma", "Ber", "Bern",
        "Poisson", "logit", "NLL", "MSE", "MAE", "RMSE", "RSS", "SSE", "TSS", "BCE", "ELBO", "AIC", "BIC",
        "Corr", "corr",
    )
)  # fmt: skip


_STANDS_ALONE = frozenset(("log", "exp", "det", "tanh", "softmax", "sigmoid", "softplus"))
"""Functions that letters spell without a bracket after them, too: no product has these letters side by side."""


@dataclass(frozen=True, slots=True)
class CommonMacro:
    """A macro with arguments whose meaning authors share."""

    arity: int
    body: str
    default: str | None = None


COMMON_MACROS: Mapping[str, CommonMacro] = MappingProxyType(
    {
        "norm": CommonMacro(1, r"\Vert #1 \Vert"),
        "abs": CommonMacro(1, r"\left| #1 \right|"),
        "inner": CommonMacro(2, r"\langle #1, #2 \rangle"),
        "iprod": CommonMacro(2, r"\langle #1, #2 \rangle"),
        "mat": CommonMacro(1, r"\mathbf{#1}"),
        "vb": CommonMacro(1, r"\mathbf{#1}"),
        "va": CommonMacro(1, r"\vec{#1}"),
        "floor": CommonMacro(1, r"\lfloor #1 \rfloor"),
        "ceil": CommonMacro(1, r"\lceil #1 \rceil"),
        "indicator": CommonMacro(1, r"\mathbb{1}\{#1\}"),
        "pd": CommonMacro(2, r"\frac{\partial #1}{\partial #2}"),
        "pder": CommonMacro(2, r"\frac{\partial #1}{\partial #2}"),
        "pderiv": CommonMacro(2, r"\frac{\partial #1}{\partial #2}"),
        "matr": CommonMacro(1, r"\mathbf{#1}"),
    }
)
"""Used where a document does not define them itself."""


def plain(tokens: Sequence[Token], names: Set[str] = frozenset()) -> list[Token]:
    """Return the tokens with these idioms written out. names: letters side by side that are one name."""
    untransposed = list(_transposed(list(_unsized(tokens))))
    return list(_spelled(_angles(list(_without_empty_braces(untransposed))), names))


def _unsized(tokens: Sequence[Token]) -> Iterator[Token]:
    """Drop what only sizes the bracket after it: \\qty(a + b)."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        if not (token.text == "\\qty" and after is not None and after.text in ("(", "[", "|", "\\{")):
            yield token


def _transposed(tokens: Sequence[Token]) -> Iterator[Token]:
    r"""Read \\T and its like, alone in a superscript, as the sign of the transpose."""
    for place, token in enumerate(tokens):
        raised = place and tokens[place - 1].text == "^"
        braced = 1 < place < len(tokens) - 1 and tokens[place - 2].text == "^" and tokens[place - 1].kind == "open"
        if token.text in _TRANSPOSES and (raised or (braced and tokens[place + 1].kind == "close")):
            yield replace(token, text="\\top")
        else:
            yield token


def _without_empty_braces(tokens: Sequence[Token]) -> Iterator[Token]:
    """Drop {} where it is no argument: \\P{}(A), \\vert{} x, \\mathop{}\\!d."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        empty = token.kind == "open" and place + 1 < len(tokens) and tokens[place + 1].kind == "close"
        before = tokens[place - 1] if place else None
        after = tokens[place + 2] if place + 2 < len(tokens) else None
        if token.text == "\\operatorname" and _opens_empty(tokens, place + 1):
            place += 3
        elif empty and before is not None and _ends_a_name(before) and not (after and after.text in ("^", "_")):
            place += 2
        else:
            yield token
            place += 1


def _opens_empty(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place].kind == "open" and tokens[place + 1].kind == "close"


def _ends_a_name(token: Token) -> bool:
    if token.kind == "command":
        return token.text[1:] not in _TAKES_ARGUMENTS
    return token.kind in ("letter", "close") or token.text in ("|", "\\Vert")


def _angles(tokens: list[Token]) -> list[Token]:
    """<x, y> as an inner product: two parts without a relation, where no comparison could stand."""
    found = list(tokens)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        opens = before is None or before.text in _OPERATES or before.kind in ("open", "number")
        end = _closing_angle(tokens, place) if token.text == "<" and opens else None
        if end is not None:
            found[place] = Token("command", "\\langle", token.span)
            found[end] = Token("command", "\\rangle", tokens[end].span)
    return found


def _closing_angle(tokens: Sequence[Token], start: int) -> int | None:
    depth = commas = 0
    for place in range(start + 1, len(tokens)):
        token = tokens[place]
        depth += (token.kind == "open" or token.text in "([") - (token.kind == "close" or token.text in ")]")
        if token.text == ">" and depth == 0:
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            ends = after is None or after.text in (*_OPERATES, "^", ")", "]", ".") or after.kind == "close"
            return place if commas == 1 and ends else None
        if depth < 0 or token.text in ("<", "=", "\\le", "\\ge", "\\\\", "&"):
            return None
        commas += token.text == "," and depth == 0
    return None


def _spelled(tokens: Sequence[Token], names: Set[str]) -> Iterator[Token]:
    """sigm(x), NLL(w): letters before a bracket that spell a known function; others are a product, as ABC(D + E).

    A letter after ^ or _ is a script by itself: A^Ttr(B).
    """
    place = 0
    while place < len(tokens):
        end = place
        if place and tokens[place - 1].text in ("^", "_"):
            yield tokens[place]
            place += 1
            continue
        while _goes_on(tokens, place, end):
            end += 1
        word = "".join(t.text for t in tokens[place:end])
        if word not in names and len(word) == 4 and word.startswith("log"):  # logp(x), but not logit(p)
            end, word = place + len("log"), "log"
        opens = end + (end < len(tokens) and tokens[end].text in _SIZED)
        called = opens < len(tokens) and tokens[opens].text in ("(", "[")
        called = called and (len(word) > 2 or _touch(tokens[end - 1], tokens[end]))
        whole = not (place and tokens[place - 1].kind == "open" and tokens[place - 2].text in _NAMING)
        if whole and (word in names or word in _STANDS_ALONE or (called and word in _SPELLED)):
            span = Span(tokens[place].span.start, tokens[end - 1].span.end)
            yield Token("command", "\\operatorname", span)
            yield Token("open", "{", span)
            yield from (replace(t, span=t.span) for t in tokens[place:end])
            yield Token("close", "}", span)
        else:
            yield from tokens[place : max(end, place + 1)]
        place = max(end, place + 1)


def _goes_on(tokens: Sequence[Token], place: int, end: int) -> bool:
    if end >= len(tokens) or tokens[end].kind != "letter":
        return False
    return end == place or _touch(tokens[end - 1], tokens[end])


_SIZED = frozenset(("\\left", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\Bigl", "\\biggl", "\\Biggl"))
_NAMING = frozenset(("\\operatorname", "\\text", "\\mathrm"))


def _touch(one: Token, other: Token) -> bool:
    return one.span.end == other.span.start
