r"""Names as notes decorate them: p_{\text{data}}, D^*, \hat y, x^{(i)}, \theta_g, x', \mathbf{W}.

A symbol is a canonical string: the base with its accents, then the label below, then the label above.
Whether a script is a label, an index or a power depends on what is known, so the caller says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words, leaf_text

_ACCENTS = frozenset(
    [
        "hat",
        "tilde",
        "bar",
        "vec",
        "dot",
        "ddot",
        "check",
        "breve",
        "mathbf",
        "mathcal",
        "mathscr",
        "mathfrak",
        "mathbb",
        "overrightarrow",
    ]
)
_GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "varsigma",
        "hbar",
    ]
)
_CONNECTIVES = frozenset(
    [
        "and",
        "or",
        "if",
        "for",
        "where",
        "with",
        "is",
        "are",
        "the",
        "of",
        "in",
        "to",
        "as",
        "then",
        "else",
        "otherwise",
        "when",
        "not",
    ]
)
_STARS = frozenset(("*", "\\star", "\\dagger", "\\circ", "+", "-"))
_ACCENTED = ("\\hat{", "\\tilde{", "\\bar{", "\\check{", "\\breve{")


def base_symbol(node: Node) -> str | None:
    """Return the symbol of an undecorated or accented name; None where the node is no name."""
    if isinstance(node, Leaf):
        if node.token.kind == "letter":
            return node.text
        return node.text if node.text[1:] in _GREEK and node.text[0] == "\\" else None
    if isinstance(node, Command) and node.name in _ACCENTS and len(node.arguments) == 1:
        inner = _plain(node.arguments[0])
        return f"\\{node.name}{{{inner}}}" if inner else None
    if isinstance(node, Words):
        word = "".join(node.text.split())
        if node.command == "text" and word.lower() in _CONNECTIVES:
            return None
        if len(word) == 1 or (node.command == "operatorname" and word.isalnum()):
            return word
        return f"\\mathrm{{{word}}}" if word.replace("\\_", "").isalnum() else None
    if isinstance(node, Group) and node.opening == "{" and len(node.items) == 1:
        return base_symbol(node.items[0])
    return None


def _plain(nodes: Sequence[Node]) -> str | None:
    """Return the symbol of the nodes under an accent: \\hat{x}, \\hat{x_i}, \\overline{ab}."""
    parts = [decorated(node) or "" for node in nodes]
    return "".join(parts) if all(parts) else None


def decorated(node: Node) -> str | None:
    """Return the whole symbol of a name, all its scripts taken as labels; None where it is no name."""
    if not isinstance(node, Scripted):
        return base_symbol(node)
    base = base_symbol(node.base)
    if base is None:
        return None
    return compose(base, label(node.lower or ()), label(node.upper or ()), node.primes)


def compose(base: str, lower: str = "", upper: str = "", primes: int = 0) -> str:
    """Return the canonical symbol of a base with its labels."""
    return base + (f"_{{{lower}}}" if lower else "") + (f"^{{{upper}}}" if upper else "") + "'" * primes


def label(nodes: Sequence[Node]) -> str:
    """Return the text of a script taken as a label: "data", "(1)", "*", "g"."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Words):
            parts.append("".join(node.text.split()))
        elif isinstance(node, Leaf):
            text = "*" if node.text in ("\\star", "*") else node.text
            joint = " " if parts and parts[-1][:1] == "\\" and parts[-1][-1].isalpha() and text.isalpha() else ""
            parts.append(joint + text)
        elif isinstance(node, Group):
            inner = label(node.items)
            parts.append(inner if node.opening == "{" else f"{node.opening}{inner}{node.closing}")
        else:
            parts.append(decorated(node) or "?")
    return "".join(parts)


def is_star(nodes: Sequence[Node] | None) -> bool:
    """Return whether a superscript is a mark of the name: D^*, A^\\star."""
    return bool(nodes) and len(nodes or ()) == 1 and leaf_text((nodes or ())[0]) in ("*", "\\star", "\\dagger")


_OF_POLICIES = frozenset(
    (
        *("V", "v", "Q", "q", "A", "J", "G", "R", "r", "P", "T", "U", "d", "\\rho", "\\eta", "\\mu"),
        *(f"\\{accent}{{{letter}}}" for accent in ("hat", "tilde", "bar") for letter in "VvQqA"),
    )
)
"""What notes on decisions write of a policy: values, advantages, returns, chances."""


def policy_label(base: Node, upper: Sequence[Node] | None) -> str:
    r"""Return the policy that stands above a name as its label, "" where a power may: V^\pi, Q^{\pi'}."""
    above = upper[0] if upper and len(upper) == 1 else None
    named = leaf_text(above.base if isinstance(above, Scripted) else above) == "\\pi" if above is not None else False
    return label(upper or ()) if named and base_symbol(base) in _OF_POLICIES else ""


def is_dagger(nodes: Sequence[Node] | None) -> bool:
    """Return whether a superscript is a dagger, which on a matrix is an operation."""
    return bool(nodes) and len(nodes or ()) == 1 and leaf_text((nodes or ())[0]) == "\\dagger"


def is_bracketed(nodes: Sequence[Node] | None) -> bool:
    """Return whether a superscript is written in round brackets: x^{(i)}, W^{(1)}."""
    return nodes is not None and len(nodes) == 1 and isinstance(nodes[0], Group) and nodes[0].opening == "("


def is_word_label(nodes: Sequence[Node] | None, base: str = "") -> bool:
    """Return whether a subscript is a word: \\text{data}, \\mathrm{mix}, three letters and more, or n_{in}.

    base: the name above it, which is no index of its own.
    """
    if not nodes:
        return False
    if any(isinstance(node, Words) for node in nodes):
        return True
    letters = [leaf_text(node) for node in nodes]
    if len(letters) == 2 and base in letters and all(t.isalpha() for t in letters):
        return True
    return len(letters) >= 3 and all(len(t) == 1 and t.isalpha() for t in letters)


def _closing(inner: str) -> int:
    """Return where the brace that was opened just before a text is closed, or the text's last place."""
    depth = 1
    for place, character in enumerate(inner):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place
    return max(len(inner) - 1, 0)


def base_name(symbol: str) -> str:
    r"""Return the name of the space that a point's symbol belongs to: x for x, X, x_n, \tilde{x}, \mathbf{x}."""
    if symbol.endswith("²"):
        return squared(base_name(symbol[:-1]))
    text = symbol
    while True:
        stripped = text
        if stripped.startswith("\\") and stripped.split("{", 1)[0][1:] in _ACCENTS and "{" in stripped:
            inner = stripped.split("{", 1)[1]
            end = _closing(inner)
            after = inner[end + 1 :]
            stripped = inner[:end] + after[: len(after) - len(after.lstrip(_NUMERALS))]
        else:
            for mark in "_^'":
                stripped = stripped.split(mark, 1)[0]
        if stripped == text:
            return text.lower() if len(text.rstrip(_NUMERALS)) == 1 else text
        text = stripped


_NUMERALS = "₀₁₂₃₄₅₆₇₈₉"


def numbered(base: str, number: str) -> str:
    """Return the symbol of a variable of its own that is told from others by a number: x₁."""
    return base + "".join(_NUMERALS[int(digit)] for digit in number)


def with_count(base: str, count: int) -> str:
    """Return the symbol of a function that is told from others of its name by its count of arguments: f⁽2⁾."""
    return f"{base}⁽{count}⁾"


def squared(base: str) -> str:
    """Return the symbol of a variable of its own that is written as a square: σ²."""
    return f"{base}²"


def without_count(symbol: str) -> str:
    """Return a symbol without the counts that `with_count` gave it."""
    return _COUNT.sub("", symbol)


def written_below(symbol: str) -> str:
    """Return a symbol as notes write it: x_1 for x₁, \\sigma^2 for σ², and functions without their counts."""
    found = without_count(symbol).replace("²", "^{2}")
    return _NUMBER.sub(lambda number: "_{" + "".join(str(_NUMERALS.index(d)) for d in number[0]) + "}", found)


_NUMBER = re.compile(f"[{_NUMERALS}]+")
_COUNT = re.compile("⁽[0-9]+⁾")


def any_member(place: int) -> str:
    """Return the index by which something is said of all members of a family; no reader meets it."""
    return f"\\iota_{{{place}}}"


def is_any_member(symbol: str) -> bool:
    """Return whether this is an index that `any_member` made."""
    return symbol.startswith("\\iota_{")


__all__ = [
    "any_member",
    "base_name",
    "base_symbol",
    "compose",
    "decorated",
    "is_any_member",
    "is_bracketed",
    "is_dagger",
    "is_star",
    "is_word_label",
    "label",
    "numbered",
    "policy_label",
    "squared",
    "with_count",
    "without_count",
    "written_below",
]


def in_bold(symbol: str) -> tuple[str, ...]:
    r"""Return the ways to write a plain letter in bold: x as \mathbf{x}, \hat{x} as \hat{\mathbf{x}}."""
    for accent in _ACCENTED:
        if symbol.startswith(accent) and symbol.endswith("}"):
            inner = symbol.removeprefix(accent)[:-1]
            return (*(f"{accent}{bold}}}" for bold in in_bold(inner)), f"\\mathbf{{{symbol}}}")
    letter = len(symbol) == 1 or (symbol[:1] == "\\" and symbol[1:].isalpha())
    return (f"\\mathbf{{{symbol}}}",) if letter else ()
