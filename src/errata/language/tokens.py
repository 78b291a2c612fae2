r"""LaTeX mathematics into tokens: every token knows its place, macros are expanded on tokens.

Spaces, size commands (\big, \displaystyle), colours, labels and other things that carry no mathematics are
dropped here, so that the grammar never meets them. TeX's own rules hold: \frac12 takes one digit each, a
macro's arguments are single tokens or groups. Expansion is bounded: a macro that calls itself is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Protocol

from errata.language.idioms import COMMON_MACROS, plain
from errata.language.letter_commands import letter_command
from errata.language.statements import Problem
from errata.language.terms import Span
from errata.language.token import Token as Token

MAXIMAL_LENGTH = 20_000
MAXIMAL_EXPANSION = 20_000


class NotUnderstood(Exception):
    """The text could not be read; carries the problem with its place."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(message, span, hint)


class MacroLike(Protocol):
    """What expansion needs of a macro (see `errata.notes.document.Macro`)."""

    @property
    def arity(self) -> int: ...
    @property
    def default(self) -> str | None: ...
    @property
    def body(self) -> str: ...


_SCANNER = re.compile(
    r"""(?P<space>[\s~]+|%[^\n]*\n?)
      |(?P<row>\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\[a-z]+)\s*\])?)
      |(?P<command>\\(?:[A-Za-z]+\*?|.))
      |(?P<entity>&(?:gt|lt|ge|le|amp);)
      |(?P<thousands>\d{1,3}(?:\{,\}\d{3})+(?!\d)|(?<![\w.,(\[{])\d{1,3}(?:,\d{3})+(?!,?\d))
      |(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE]-?\d+)?)
      |(?P<open>\{)|(?P<close>\})
      |(?P<symbol>:=|=:|.)""",
    re.VERBOSE | re.DOTALL,
)

_DROPPED = frozenset(
    [
        r"displaystyle",
        r"textstyle",
        r"scriptstyle",
        r"scriptscriptstyle",
        r"limits",
        r"nolimits",
        r"nonumber",
        r"notag",
        r"big",
        r"Big",
        r"bigg",
        r"Bigg",
        r"bigl",
        r"bigr",
        r"Bigl",
        r"Bigr",
        r"biggl",
        r"biggr",
        r"Biggl",
        r"Biggr",
        r"bigm",
        r"Bigm",
        r"biggm",
        r"Biggm",
        r"quad",
        r"qquad",
        r"hfill",
        r"hspace",
        r"vspace",
        r"allowbreak",
        r"break",
        r"newline",
        r"centering",
        r"noindent",
        r"strut",
        r"mathstrut",
        r"null",
        r"medspace",
        r"thinspace",
        r"negthinspace",
        r"enspace",
        r"mathsurround",
        r"relax",
        r"rm",
        r"bf",
        r"it",
        r"sf",
        r"tt",
        r"cal",
    ]
)
_DROPPED_SPACES = frozenset(("\\,", "\\;", "\\:", "\\!", "\\ ", "\\/", "\\>", "\\-", "\\@", "\\\n", "\\\t"))
_DROPPED_WITH_ARGUMENT = frozenset(
    [
        "label",
        "tag",
        "tag*",
        "hspace",
        "hspace*",
        "vspace",
        "vspace*",
        "color",
        "textcolor",
        "phantom",
        "hphantom",
        "vphantom",
        "cite",
        "ref",
        "eqref",
        "footnote",
        "footnotemark",
        "marginpar",
    ]
)
_SAME_WITH_STAR = frozenset((*COMMON_MACROS, "pdv", "dv", "qty"))
"""Commands whose star is about the size or the type of what they write."""
_KEPT_SPACING = frozenset(("\\quad", "\\qquad"))

_ALIASES: Mapping[str, str] = {
    "\\leq": "\\le", "\\leqslant": "\\le", "\\geq": "\\ge", "\\geqslant": "\\ge", "\\neq": "\\ne",
    "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\|": "\\Vert", "\\lVert": "\\Vert", "\\rVert": "\\Vert",
    "\\parallel": "\\Vert", "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[", "\\rbrack": "]",
    "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\implies": "\\Rightarrow",
    "\\Longrightarrow": "\\Rightarrow", "\\iff": "\\Leftrightarrow", "\\Longleftrightarrow": "\\Leftrightarrow",
    "\\rightarrow": "\\to", "\\longrightarrow": "\\to", "\\gets": "\\leftarrow", "\\coloneqq": ":=",
    "\\triangleq": ":=", "\\defeq": ":=", "\\eqdef": ":=",
    "\\doteq": ":=", "\\equiv": "\\equiv", "\\colon": ":", "\\prime": "'", "\\ast": "*",
    "\\top": "\\top", "\\intercal": "\\top", "\\tran": "\\top", "\\boldsymbol": "\\mathbf", "\\bm": "\\mathbf",
    "\\pmb": "\\mathbf", "\\bold": "\\mathbf", "\\widehat": "\\hat", "\\widetilde": "\\tilde",
    "\\overline": "\\bar", "\\infin": "\\infty", "\\varepsilon": "\\epsilon", "\\eps": "\\epsilon",
    "\\varphi": "\\phi",
    "\\vartheta": "\\theta", "\\varrho": "\\rho", "\\dots": "\\ldots", "\\cdots": "\\ldots", "\\dotsc": "\\ldots",
    "\\dotsb": "\\ldots", "\\textrm": "\\text", "\\textit": "\\text", "\\textbf": "\\text", "\\textsf": "\\text",
    "\\textnormal": "\\text", "\\mbox": "\\text", "\\hbox": "\\text", "\\thickapprox": "\\approx",
    "\\simeq": "\\approx", "\\cong": "\\approx", "\\operatorname*": "\\operatorname",
    "\\bigl": "", "\\middle": "\\middle", "\\dag": "\\dagger", "\\star": "\\star",
    "\\lang": "\\langle", "\\rang": "\\rangle", "\\vec": "\\vec", "\\mathds": "\\mathbb", "\\mathbbm": "\\mathbb",
    "\\stackrel": "\\overset", "\\emph": "\\text", "\\hbar": "\\hbar", "\\mathop": "\\operatorname",
    "\\mathit": "\\mathrm", "\\mathsf": "\\mathrm", "\\mathtt": "\\mathrm", "\\texttt": "\\text",
    "\\mathnormal": "\\mathrm", "\\mathbfit": "\\mathbf",
    "\\gt": ">", "\\lt": "<", "\\cdotp": "\\cdot", "\\bullet": "\\cdot",
    "\\centerdot": "\\cdot",
}  # fmt: skip

_COMMON_MACROS: Mapping[str, str] = {
    "\\E": "\\mathbb{E}", "\\Ex": "\\mathbb{E}", "\\EE": "\\mathbb{E}", "\\R": "\\mathbb{R}", "\\given": "\\mid",
    "\\KL": "\\mathrm{KL}", "\\Var": "\\mathrm{Var}", "\\var": "\\mathrm{Var}", "\\Cov": "\\mathrm{Cov}",
    "\\tr": "\\operatorname{tr}", "\\Tr": "\\operatorname{tr}", "\\diag": "\\operatorname{diag}",
    "\\argmax": "\\arg\\max", "\\iint": "\\int\\int", "\\iiint": "\\int\\int\\int",
    "\\argmin": "\\arg\\min", "\\sigmoid": "\\operatorname{sigmoid}", "\\softplus": "\\operatorname{softplus}",
    "\\JSD": "\\mathrm{JSD}", "\\reals": "\\mathbb{R}", "\\grad": "\\nabla", "\\diff": "\\mathrm{d}",
    "\\dd": "\\mathrm{d}", "\\half": "\\frac{1}{2}", "\\cov": "\\mathrm{Cov}", "\\cross": "\\times",
    "\\erf": "\\operatorname{erf}", "\\logit": "\\operatorname{logit}", "\\Prob": "\\Pr", "\\prob": "\\Pr",
}  # fmt: skip
"""What authors mean by macros that a fragment of their notes uses and does not define."""

_UNICODE: Mapping[str, str] = {
    "−": "-", "–": "-", "×": "\\times", "·": "\\cdot", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx",
    "∼": "\\sim", "∝": "\\propto", "∈": "\\in", "→": "\\to", "⇒": "\\Rightarrow", "⇔": "\\Leftrightarrow",
    "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla", "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "√": "\\sqrt",
    "‖": "\\Vert", "∥": "\\Vert", "∣": "\\mid", "，": ",", "（": "(", "）": ")", "：": ":", "；": ";", "＝": "=",
    "。": ".", "′": "'", "≜": ":=", "=:": ":=", "≔": ":=", "…": "\\ldots", "⋅": "\\cdot", "∗": "*", "⊤": "\\top",
    "ℝ": "\\mathbb{R}",
}  # fmt: skip
_ENTITIES: Mapping[str, str] = {"&gt;": ">", "&lt;": "<", "&ge;": "\\ge", "&le;": "\\le", "&amp;": "&"}
"""What web pages write for signs that mean something to them."""
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
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
            "Phi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)


def scan(text: str, start: int = 0, fixed: Span | None = None, own: frozenset[str] = frozenset()) -> list[Token]:
    """Cut text into tokens; with `fixed`, every token gets that span. `own` macros are left for expansion.

    Raises NotUnderstood where the text is longer than MAXIMAL_LENGTH.
    """
    if len(text) > MAXIMAL_LENGTH:
        raise NotUnderstood(
            f"the formula has {len(text)} characters; at most {MAXIMAL_LENGTH} are read",
            Span(start, start + 1),
        )
    tokens: list[Token] = []
    for match in _SCANNER.finditer(text):
        kind = str(match.lastgroup)
        if kind == "space":
            continue
        span = fixed or Span(start + match.start(), start + match.end())
        tokens.extend(_token(kind, match.group(), span, own))
    return tokens


def _token(kind: str, text: str, span: Span, own: frozenset[str] = frozenset()) -> list[Token]:
    if kind == "row":
        return [Token("symbol", "\\\\", span)]
    if kind == "command":
        text = text.removesuffix("*") if text[1:-1] in _SAME_WITH_STAR else text
        if text in own:
            return [Token("command", text, span)]
        if text in _DROPPED_SPACES:
            return []
        if text.endswith("*") and text not in ("\\operatorname*", "\\tag*", "\\hspace*", "\\vspace*"):
            star = Span(span.end - 1, span.end) if span.end - span.start == len(text) else span
            return [*_token("command", text[:-1], span), Token("symbol", "*", star)]
        if text in _COMMON_MACROS:
            return scan(_COMMON_MACROS[text], fixed=span)
        letter = letter_command(text)
        if letter is not None:
            return scan(letter, fixed=span)
        text = _ALIASES.get(text, text)
        return [Token("command" if text.startswith("\\") else "symbol", text, span)] if text else []
    if kind == "entity":
        return scan(_ENTITIES[text], fixed=span)
    if kind == "thousands":
        return [Token("number", re.sub(r"\D", "", text), span)]
    if kind == "symbol":
        if text in _GREEK:
            return [Token("command", "\\" + _GREEK[text], span)]
        if text in _UNICODE:
            return scan(_UNICODE[text], fixed=span)
        return [Token("letter" if text.isalpha() else "symbol", text, span)]
    return [Token(kind, text, span)]


def tokenize(text: str, macros: Mapping[str, MacroLike] | None = None, names: Set[str] = frozenset()) -> list[Token]:
    """Return the tokens of a formula, macros expanded and what carries no mathematics dropped.

    names: letters side by side that are one name.
    Raises NotUnderstood for a macro that calls itself, one without its arguments, or too long a text.
    """
    tokens = scan(text, own=frozenset(macros or ()))
    known: dict[str, MacroLike] = {**COMMON_MACROS, **{name.lstrip("\\"): m for name, m in (macros or {}).items()}}
    return plain(_without_dressing(_expand(tokens, known)), names)


def _expand(tokens: Sequence[Token], macros: Mapping[str, MacroLike]) -> list[Token]:
    pending = [(token, 0) for token in reversed(tokens)]
    done: list[Token] = []
    steps = 0
    while pending:
        token, depth = pending.pop()
        macro = macros.get(token.text[1:]) or macros.get(token.text) if token.kind == "command" else None
        if macro is None:
            done.append(token)
            continue
        steps += 1
        if depth > 40 or steps > MAXIMAL_EXPANSION or len(pending) > MAXIMAL_EXPANSION:
            raise NotUnderstood(f"the macro {token.text} never stops expanding", token.span)
        arguments, end = _macro_arguments(pending, macro, token)
        whole = Span(token.span.start, max(token.span.end, end))
        body: list[Token] = []
        for piece in re.split(r"(#[1-9])", macro.body):
            if re.fullmatch(r"#[1-9]", piece):
                number = int(piece[1])
                body.extend(arguments[number - 1] if number <= len(arguments) else [])
            else:
                body.extend(scan(piece, fixed=whole))
        pending.extend((part, depth + 1) for part in reversed(body))
    return done


def _macro_arguments(pending: list[tuple[Token, int]], macro: MacroLike, token: Token) -> tuple[list[list[Token]], int]:
    """Take a macro's arguments; return them and where the last of them ends."""
    arguments: list[list[Token]] = []
    needed, end = macro.arity, token.span.end
    if macro.default is not None and needed:
        if pending and pending[-1][0].text == "[":
            pending.pop()
            optional: list[Token] = []
            while pending and pending[-1][0].text != "]":
                optional.append(pending.pop()[0])
            if pending:
                end = pending.pop()[0].span.end
            arguments.append(optional)
        else:
            arguments.append(scan(macro.default, fixed=token.span))
        needed -= 1
    for _ in range(needed):
        if not pending:
            raise NotUnderstood(f"the macro {token.text} lacks an argument", token.span)
        argument, end = _one_argument(pending, token)
        arguments.append(argument)
    return arguments, end


def _one_argument(pending: list[tuple[Token, int]], owner: Token) -> tuple[list[Token], int]:
    first = pending.pop()[0]
    if first.kind != "open":
        return [first], first.span.end
    depth = 1
    taken: list[Token] = []
    while pending:
        token = pending.pop()[0]
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return taken, token.span.end
        taken.append(token)
    raise NotUnderstood(f"the argument of {owner.text} is never closed", owner.span)


def _without_dressing(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        name = token.text[1:] if token.kind == "command" else ""
        position += 1
        if name in _DROPPED_WITH_ARGUMENT:
            position = _after_group(tokens, position)
        elif name in ("quad", "qquad"):
            kept.append(replace(token, text="\\quad"))
        elif name not in _DROPPED:
            kept.append(token)
    return kept


def _after_group(tokens: Sequence[Token], position: int) -> int:
    if position >= len(tokens) or tokens[position].kind != "open":
        return position
    depth = 0
    while position < len(tokens):
        depth += (tokens[position].kind == "open") - (tokens[position].kind == "close")
        position += 1
        if depth == 0:
            break
    return position
