r"""Just enough of LaTeX to cut a declaration apart: tokens, brackets, commas, relations, names with scripts.

Terms are the parser's affair; here only the notations are cut which are declarations' own language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Tokens = tuple[str, ...]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_SPACING = (
    r"\, \; \: \! \quad \qquad \left \right \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr "
    r"\displaystyle \textstyle \limits \nolimits \middle ~"
)
_NO_MEANING = frozenset((*_SPACING.split(), "\\ "))
_OPENING = frozenset(("(", "[", "{", "\\{", "\\langle"))
_CLOSING = frozenset((")", "]", "}", "\\}", "\\rangle"))
DOTS = frozenset(("\\dots", "\\ldots", "\\cdots", "\\dotsc", "\\dotsb", "…"))
MAXIMAL_TOKENS = 2000

RELATIONS = {
    "=": "=", "\\neq": "!=", "\\ne": "!=", "<": "<", "\\lt": "<", ">": ">", "\\gt": ">", "\\le": "<=",
    "\\leq": "<=", "\\leqslant": "<=", "≤": "<=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "≥": ">=",
    "\\triangleq": "=", "\\equiv": "=", "\\coloneqq": "=", ":=": "=", "\\in": "in", "∈": "in", "\\sim": "~",
    "\\succ": "succ", ":": ":", "\\colon": ":", "\\to": "to", "\\rightarrow": "to", "\\propto": "other",
    "\\approx": "other", "\\succeq": "other", "\\subset": "other", "\\subseteq": "other", "\\mapsto": "other",
    "\\Rightarrow": "other", "\\implies": "other", "\\iff": "other", "\\notin": "other", "\\simeq": "other",
    "\\perp": "perp", "\\prec": "other", "\\preceq": "other", "\\gg": "other", "\\ll": "other",
    "\\not": "other", "\\forall": "other", "\\exists": "other", "\\longrightarrow": "to",
}  # fmt: skip
_STACKED = frozenset(("\\overset", "\\stackrel", "\\underset"))


def tokenise(latex: str) -> Tokens:
    """Return the tokens that carry meaning; an overlong formula has none."""
    if len(latex) > 4 * MAXIMAL_TOKENS:
        return ()
    raw = [t for t in _TOKEN.findall(latex) if not t.isspace() and t not in _NO_MEANING]
    tokens: list[str] = []
    for token in raw:
        if token == "=" and tokens and tokens[-1] == ":":
            tokens[-1] = ":="
        elif token == "." and tokens[-2:] == [".", "."]:
            tokens[-2:] = ["\\dots"]
        else:
            tokens.append(token)
    while tokens and tokens[-1] in (".", ",", ";"):
        tokens.pop()
    return tuple(tokens) if len(tokens) <= MAXIMAL_TOKENS else ()


def latex_of(tokens: Sequence[str]) -> str:
    """Return LaTeX that reads as these tokens."""
    parts: list[str] = []
    for token in tokens:
        if parts and parts[-1][0] == "\\" and parts[-1][-1].isalpha() and token[0].isalpha():
            parts.append(" ")
        parts.append(token)
    return "".join(parts)


def depths(tokens: Sequence[str]) -> list[int]:
    """Return for each token how many brackets enclose it (a bracket itself counts as outside)."""
    depth, result = 0, []
    for token in tokens:
        if token in _CLOSING:
            depth = max(depth - 1, 0)
        result.append(depth)
        if token in _OPENING:
            depth += 1
    return result


def split_at(tokens: Tokens, separators: Sequence[str]) -> list[Tokens]:
    """Cut at the separators outside all brackets."""
    parts: list[Tokens] = []
    begin = 0
    for i, (token, depth) in enumerate(zip(tokens, depths(tokens), strict=True)):
        if depth == 0 and token in separators:
            parts.append(tokens[begin:i])
            begin = i + 1
    return [*parts, tokens[begin:]]


@dataclass(frozen=True, slots=True)
class Relating:
    """A chain cut at its relations: sides has one more member than relations."""

    sides: tuple[Tokens, ...]
    relations: tuple[str, ...]
    decorations: tuple[str, ...]
    """What stands over the relations, such as iid; "" where nothing does."""


def relating(tokens: Tokens) -> Relating:
    """Cut at the relations outside all brackets; \\overset{..}{\\sim} counts as its relation."""
    level = depths(tokens)
    sides: list[Tokens] = []
    relations: list[str] = []
    decorations: list[str] = []
    begin = i = 0
    while i < len(tokens):
        width, relation, decoration = 1, RELATIONS.get(tokens[i]), ""
        if tokens[i] in _STACKED:
            over, after = group(tokens, i + 1)
            under, end = group(tokens, after)
            kinds = [RELATIONS[t] for t in under if t in RELATIONS]
            if len(kinds) == 1:
                width, relation, decoration = end - i, kinds[0], "".join(t for t in over if t.isalpha())
        if relation is not None and level[i] == 0:
            sides.append(tokens[begin:i])
            relations.append(relation)
            decorations.append(decoration)
            begin = i + width
        i += width
    return Relating((*sides, tokens[begin:]), tuple(relations), tuple(decorations))


def group(tokens: Sequence[str], i: int) -> tuple[Tokens, int]:
    """Return the braced group or single token at i, and where it ends."""
    if i >= len(tokens):
        return (), i
    if tokens[i] != "{":
        return (tokens[i],), i + 1
    depth = 0
    for end in range(i, len(tokens)):
        depth += (tokens[end] == "{") - (tokens[end] == "}")
        if depth == 0:
            return tuple(tokens[i + 1 : end]), end + 1
    return tuple(tokens[i + 1 :]), len(tokens)


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with its scripts; `rest` is what follows them."""

    base: Tokens
    lower: Tokens
    upper: Tokens
    rest: Tokens


_DECORATIONS = (
    r"\mathbf \boldsymbol \bm \pmb \hat \tilde \bar \widetilde \widehat \overline \vec \mathcal \mathbb \mathrm "
    r"\mathscr \mathfrak \operatorname \text \textbf \mathsf \mathit \mathds \dot"
)
_ACCENTED = frozenset(_DECORATIONS.split())


def scripted(tokens: Tokens) -> Scripted | None:
    """Cut one name with its scripts off the front; None where no name begins there."""
    if not tokens or not (tokens[0].isalpha() or tokens[0][0] == "\\"):
        return None
    end = 1
    if tokens[0] in _ACCENTED:
        end = group(tokens, 1)[1]
    base, lower, upper = tokens[:end], (), ()  # type: tuple[Tokens, Tokens, Tokens]
    while end < len(tokens):
        if tokens[end] == "_" and not lower:
            lower, end = group(tokens, end + 1)
        elif tokens[end] == "^" and not upper:
            above, end = group(tokens, end + 1)
            if all(t == "\\prime" for t in above):
                base = (*base, *("'" for _ in above))
            else:
                upper = above
        elif tokens[end] == "'":
            base, end = (*base, "'"), end + 1
        else:
            break
    return Scripted(base, lower, upper, tokens[end:])


def bracketed(tokens: Tokens) -> Tokens | None:
    """Return what is inside when one pair of round brackets encloses everything, else None."""
    if len(tokens) < 3 or tokens[0] != "(" or tokens[-1] != ")":
        return None
    return tokens[1:-1] if all(d > 0 for d in depths(tokens)[1:-1]) else None
