r"""Commands that authors define for a letter in another type: \vx and \bx for \mathbf{x}, \cL for \mathcal{L}.

Others put an accent or a label on it: \xhat for \hat{x}, \tp for \tilde{p}, \pdata for p_{\text{data}}.

They stand for names alone, so nothing is read into them; a document that defines them itself is believed.
"""

from __future__ import annotations

import re

_GREEK = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
    "|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)
_BOLD = re.compile(
    rf"\\(?:b|v|bf)(?:([A-Za-z])|({_GREEK}))|\\(?:m|rm)([A-Z])|\\rv([a-z])|\\rm({_GREEK})|\\([A-Za-z])vec|\\([wxyz])"
)
_ACCENTED = re.compile(
    rf"\\(?P<own>[A-Za-z]|{_GREEK})(?P<accent>hat|tilde|bar)"
    r"|\\(?P<before>hat|tilde|bar)(?P<accented>[A-Za-z])|\\(?P<short>[ht])(?P<initial>[pqxyz])"
)
_LABELLED = re.compile(r"\\([pqPQ])(?:(data|model|gen|true|prior)|(theta|phi|psi))")
_SHORT = {"h": "hat", "t": "tilde"}
_SCRIPT = re.compile(r"\\(?:c|cal|mc)([A-Z])")
_DOUBLE = re.compile(r"\\([RNZQCEP])\1")
_OTHERS = frozenset(("\\beta", "\\bf", "\\bm", "\\bb", "\\va", "\\vb", "\\vu", "\\bi", "\\be", "\\hbar"))
"""Letters, and commands that take an argument or set a type."""


def letter_command(text: str) -> str | None:
    r"""Return what a command writes that stands for a letter in another type; None for other commands."""
    if text in _OTHERS:
        return None
    if (bold := _BOLD.fullmatch(text)) is not None:
        letter = next(group for group in bold.groups() if group)
        return f"\\mathbf{{{letter if len(letter) == 1 else chr(92) + letter}}}"
    if (accented := _ACCENTED.fullmatch(text)) is not None:
        accent = accented["accent"] or accented["before"] or _SHORT[accented["short"]]
        letter = accented["own"] or accented["accented"] or accented["initial"]
        return f"\\{accent}{{{letter if len(letter) == 1 else chr(92) + letter}}}"
    if (labelled := _LABELLED.fullmatch(text)) is not None:
        label = f"\\text{{{labelled[2]}}}" if labelled[2] else f"\\{labelled[3]}"
        return f"{labelled[1]}_{{{label}}}"
    if (script := _SCRIPT.fullmatch(text)) is not None:
        return f"\\mathcal{{{script[1]}}}"
    double = _DOUBLE.fullmatch(text)
    return f"\\mathbb{{{double[1]}}}" if double is not None else None
