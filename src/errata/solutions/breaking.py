"""Long formulas in pieces: broken before a sign between terms, where no bracket is open."""

from __future__ import annotations

import re

WIDEST = 62.0
"""About as many letters as stand on a line beside the relation."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_UNSEEN = frozenset(
    {
        *("\\left", "\\right", "\\begin", "\\end", "\\displaystyle", "\\,", "\\;", "\\!"),
        *("\\mathrm", "\\mathbb", "\\mathcal", "\\mathbf", "\\operatorname", "\\text"),
    }
)


def broken(latex: str, widest: float = WIDEST) -> tuple[str, ...]:
    """Return the lines of a formula; joined by blanks they are the formula again."""
    if width(latex) <= widest:
        return (latex,)
    lines: list[str] = []
    for term in _terms(latex):
        if lines and width(lines[-1]) + width(term) <= widest:
            lines[-1] = f"{lines[-1]} {term}"
        else:
            lines.append(term)
    return tuple(lines)


def width(latex: str) -> float:
    """Return about how many letters wide a formula is; of a fraction the wider part counts."""
    latex = re.sub(r"\\(?:begin|end)\{[a-z]+\}", " ", latex)
    total, tokens, place = 0.0, _TOKEN.findall(latex), 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token == "\\frac":
            top, place = _group(tokens, place)
            bottom, place = _group(tokens, place)
            total += max(width(top), width(bottom)) + 0.5
        elif token in "_^" and place < len(tokens):
            script, place = _group(tokens, place)
            total += 0.7 * width(script)
        elif token not in _UNSEEN and token not in "{}&" and not token.isspace():
            total += 1.8 if token in ("+", "-", "=") else 2.0 if token in _NAMES else 1.0
    return total


_NAMES = frozenset({"\\log", "\\exp", "\\sum", "\\int", "\\prod", "\\max", "\\min", "\\cdot", "\\quad"})


def _group(tokens: list[str], place: int) -> tuple[str, int]:
    """Return the group that begins at a place, or the one token there, and where it ends."""
    while place < len(tokens) and tokens[place].isspace():
        place += 1
    if place >= len(tokens) or tokens[place] != "{":
        return "".join(tokens[place : place + 1]), place + 1
    depth, end = 0, place
    while end < len(tokens):
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        end += 1
        if depth == 0:
            break
    return "".join(tokens[place + 1 : end - 1]), end


def _opened(token: str) -> int:
    if token in ("{", "(", "[", "\\{", "\\left", "\\begin"):
        return 1
    return -1 if token in ("}", ")", "]", "\\}", "\\right", "\\end") else 0


def _terms(latex: str) -> list[str]:
    """Return the terms of a sum as written, each but the first with its sign."""
    parts: list[str] = []
    depth, current = 0, ""
    for token in _TOKEN.findall(latex):
        depth += _opened(token)
        if depth == 0 and token in "+-" and current.endswith(" ") and current.strip():
            parts.append(current.strip())
            current = ""
        current += token
    return [*parts, current.strip()]
