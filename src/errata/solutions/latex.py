"""Solutions as a LaTeX document that any basic TeX compiles without warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.solutions.breaking import WIDEST, broken, width
from errata.solutions.solution import Chain, Row, Solution, Words, how_it_is_known, reason_in_words

HEAD = r"""\documentclass[11pt]{article}
\usepackage[a4paper,margin=2.2cm]{geometry}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,graphicx}
\setlength{\parindent}{0pt}
\setlength{\parskip}{1ex plus 0.5ex}
\raggedbottom
\setlength{\emergencystretch}{4em}
\allowdisplaybreaks
\setlength{\lineskiplimit}{3pt}
\setlength{\lineskip}{4pt}
\renewcommand{\arraystretch}{1.3}
% The blackboard letters have no digits: the one of an indicator is bold.
\let\blackboard\mathbb
\renewcommand{\mathbb}[1]{\ifx1#1\mathbf{1}\else\blackboard{#1}\fi}
% A formula that no break makes narrow enough is drawn smaller.
\newsavebox{\formulabox}
\newcommand{\fitted}[2]{\sbox{\formulabox}{$\displaystyle #2$}%
  \ifdim\wd\formulabox>#1\resizebox{#1}{!}{\usebox{\formulabox}}\else\usebox{\formulabox}\fi}
% A short left side stands beside the first relation, a longer one above; the relations of a chain are aligned.
\newsavebox{\besidebox}
\newlength{\relationindent}
\newcommand{\leftside}[1]{\par\addvspace{1.5ex}\fitted{\linewidth}{#1}\par\nopagebreak
  \setlength{\relationindent}{1.2em}\sbox{\besidebox}{}}
\newcommand{\leftbeside}[1]{\par\addvspace{1.5ex}\sbox{\besidebox}{$\displaystyle #1$\hspace{0.5em}}%
  \setlength{\relationindent}{\wd\besidebox}}
\newcommand{\step}[2]{\par\makebox[\relationindent][l]{\usebox{\besidebox}}\sbox{\besidebox}{}%
  \makebox[1.6em][l]{$#1$}\fitted{\dimexpr\linewidth-\relationindent-1.6em}{#2}}
\newcommand{\goeson}[1]{\par\nopagebreak\hspace*{\dimexpr\relationindent+2.8em}%
  \fitted{\dimexpr\linewidth-\relationindent-2.8em}{#1}}
% The reason stands at the right edge, on a line of its own where it must.
\newcommand{\reason}[1]{{\interlinepenalty=10000\unskip\nobreak\hfil\penalty50\hskip1.5em\hbox{}\nobreak\hfil
  \hbox{\small\itshape #1}\parfillskip=0pt\finalhyphendemerits=0\par}}
\newcommand{\longreason}[1]{\par\nopagebreak{\interlinepenalty=10000\raggedleft\small\itshape #1\par}}
\newcommand{\chainends}{\par\addvspace{1ex}}
% A solution does not begin in the last lines of a page.
\newcommand{\room}{\par\dimen0=\pagegoal\advance\dimen0 by-\pagetotal
  \ifdim\dimen0<8\baselineskip\ifdim\dimen0>0pt\vfil\break\fi\fi}
% What stands wrong in the notes: where, what is written, what is right.
\newcommand{\aswritten}[3]{\par\addvspace{1.5ex}\noindent\fbox{\begin{minipage}{\dimexpr\linewidth-2\fboxsep-2\fboxrule}%
  \textbf{As written} in #1:\par\smallskip\fitted{\linewidth}{#2}\par\medskip
  \textbf{What is right:}\par\smallskip\fitted{\linewidth}{#3}\end{minipage}}\par}
"""

SEVERAL = r"""% Several solutions have a table of contents, with a line for each and links to the pages.
\usepackage[hidelinks]{hyperref}
\makeatletter
\renewcommand{\l@section}{\@dottedtocline{1}{0em}{2.4em}}
\makeatother
\begin{document}
\tableofcontents
\clearpage
"""

LONGEST_REASON = 70
SHORT_LEFT = 14.0
"""How many letters wide a left side may be that stands beside the first relation."""


def render_latex(solutions: Sequence[Solution]) -> str:
    """Return the document; of several solutions with a table of contents."""
    several = len(solutions) > 1
    head = HEAD + (SEVERAL if several else "\\begin{document}\n")
    lines = (line for solution in solutions for line in (_heading(solution, several), *_lines(solution)))
    return head + "\n".join(lines) + "\n\\end{document}\n"


def _heading(solution: Solution, several: bool) -> str:
    title = escaped(solution.title)
    if not several:
        return rf"\section*{{{title}}}"
    plain = re.sub(r"\$\\(\w+)\$", r"\1", title)  # the outline of a PDF has no formulas
    told = rf"\texorpdfstring{{{title}\quad{{\footnotesize\ttfamily {escaped(solution.identifier)}}}}}{{{plain}}}"
    return rf"\room\section[{{{told}}}]{{{title}}}"


def _lines(solution: Solution) -> Iterator[str]:
    yield rf"\textbf{{Question.}} {_words(solution.question)}"
    if solution.given:
        yield ""
        yield rf"\textbf{{Given.}} {' '.join(map(_words, solution.given))}"
    if solution.assumed:
        yield ""
        yield rf"\textbf{{Taken for granted.}} {'; '.join(map(_words, solution.assumed))}."
    yield ""
    yield r"\textbf{Solution.}\par\nopagebreak"
    for part, following in zip(solution.parts, [*solution.parts[1:], None], strict=True):
        yield ""
        if isinstance(part, Chain):
            yield from _chain(part)
            yield r"\chainends"
        else:
            yield _words(part) + (r"\par\nopagebreak" if isinstance(following, Chain) else "")
    if solution.result is not None:
        yield ""
        yield rf"\textbf{{Result.}} {_words(solution.result)}"
    yield r"\par\nopagebreak"
    yield rf"\textbf{{How it is known.}} {how_it_is_known(solution)}"
    for box in solution.boxes:
        yield ""
        yield rf"\aswritten{{{_source(box.source)}}}{{{box.written}}}{{{box.right}}}"
    if solution.sources:
        yield r"\par\nopagebreak"
        yield rf"{{\footnotesize\raggedright Sources: {'; '.join(map(_source, solution.sources))}\par}}"


def _source(text: str) -> str:
    """Return where something comes from; between the numbers of lines stands a dash of ranges."""
    return re.sub(r"(?<=\d)-(?=\d)", "--", escaped(text))


def _chain(chain: Chain) -> Iterator[str]:
    first, *rest = broken(_airy(chain.left))
    beside = width(chain.left) <= SHORT_LEFT
    yield rf"\{'leftbeside' if beside else 'leftside'}{{{first}}}"
    yield from (rf"\goeson{{{line}}}" for line in rest)
    widest = WIDEST - width(chain.left) if beside else WIDEST
    for row in chain.rows:
        yield from _row(row, widest)


def _row(row: Row, widest: float) -> Iterator[str]:
    first, *rest = broken(_airy(row.right), widest)
    yield rf"\step{{{row.relation}}}{{{first}}}"
    yield from (rf"\goeson{{{line}}}" for line in rest)
    words = reason_in_words(row)
    command = "reason" if sum(len(text) for _, text in words.pieces) <= LONGEST_REASON else "longreason"
    yield rf"\{command}{{{_words(words)}}}"


_APPLIED_NEXT = re.compile(
    r"(?<=\)) (?=(?:[A-Za-z]|\\(?!(?:log|exp|det|max|min|(?:arc)?(?:sin|cos|tan)h?)\b)[A-Za-z]+)"
    r"(?:_(?:\w|\{[^{}]*\}))?\()"
)
"""A blank between a closing bracket and a letter before an opening one; operators have spaces of their own."""


def _airy(latex: str) -> str:
    """Return a formula with a thin space between p(x) and p(y), which TeX sets as closely as letters."""
    return _APPLIED_NEXT.sub(r" \\, ", latex)


def _words(words: Words) -> str:
    return "".join(f"${text}$" if kind == "formula" else escaped(text) for kind, text in words.pieces).strip()


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\u2192": r"$\to$",
    "\u00d7": r"$\times$",
    "\u2208": r"$\in$",
    "\u2264": r"$\le$",
    "\u2265": r"$\ge$",
    "\u2260": r"$\ne$",
} | {character: f"\\{character}" for character in "&%$#_{}"}
_GREEK = dict(zip("αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ", (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi"),
    *("pi", "rho", "sigma", "tau", "varphi", "chi", "psi", "omega"),
    *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"),
), strict=True))  # fmt: skip


def escaped(text: str) -> str:
    """Return text in which no character has a meaning for TeX; what it has no glyph for is told by its number."""
    return "".join(map(_escaped, re.sub(r"\s+", " ", text)))


def _escaped(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character in _GREEK:
        return rf"$\{_GREEK[character]}$"
    if " " <= character <= "~" or "\u00c0" <= character <= "\u00ff":
        return character
    return rf"U+{ord(character):04X}"
