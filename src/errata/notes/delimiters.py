"""Where formulas begin and end inside one paragraph of cleaned text.

Linear in the length of the paragraph: a search for a closing delimiter that failed is not made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DISPLAYS = "equation align alignat flalign gather multline eqnarray xalignat dmath IEEEeqnarray math displaymath"
_INNER = (
    "aligned alignedat gathered multlined split cases dcases rcases numcases array subarray substack "
    "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix"
)


def _with_starred(names: str) -> frozenset[str]:
    return frozenset(f"{name}{star}" for name in names.split() for star in ("", "*"))


DISPLAY_ENVIRONMENTS = _with_starred(_DISPLAYS)
INNER_ENVIRONMENTS = _with_starred(_INNER)
_ARGUMENT_TAKERS = re.compile(r"(?:x?alignat|IEEEeqnarray|alignedat|array|subarray)\*?$")
_BRACED = re.compile(r"\s*(?:\[[^\]\n]*\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")

_BEGIN = r"\\begin\s*\{(?P<name>[A-Za-z]+\*?)\}"
_MARKDOWN_TOKEN = re.compile(rf"(?s)\\\\[\[(]|{_BEGIN}|\\.|\$\$?|`+")
_LATEX_TOKEN = re.compile(
    rf"(?s){_BEGIN}|\\verb\*?([^\sA-Za-z*])[^\n]*?\2|\\(?:lstinline|mintinline)\b[^\n{{|!]*([|!])[^\n]*?\3|\\.|\$\$?"
)
_ANY_ENVIRONMENT = re.compile(r"\\(?P<which>begin|end)\s*\{(?P<name>[A-Za-z]+\*?)\}|\\.", re.DOTALL)
_CLOSERS = {
    "$$": re.compile(r"\\.|(?P<close>\$\$)", re.DOTALL),
    r"\[": re.compile(r"(?P<close>\\\])|\\.", re.DOTALL),
    r"\(": re.compile(r"(?P<close>\\\))|\\.", re.DOTALL),
    r"\\[": re.compile(r"(?P<close>(?<!\\)\\\\\])"),
    r"\\(": re.compile(r"(?P<close>(?<!\\)\\\\\))"),
}
_DOLLAR = re.compile(r"\\(?:text[a-z]*|mbox|hbox|fbox)\s*\{|\\.|[{}$]", re.DOTALL)
_MATHEMATICAL = re.compile(r"\\[A-Za-z,;!\\]|[\^_=<>+|]|^\W*[^\W\d_]\W*$")
_MARKED = re.compile(r"\\[A-Za-z]|[\^_=]")


@dataclass(frozen=True, slots=True)
class Span:
    """One formula: its delimiters from start to end, its content from inner_start to inner_end.

    opener is the opening delimiter ("$", "$$", "\\\\(", "\\\\[", their forms with two backslashes, "begin").
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    opener: str
    environment: str | None = None
    closed: bool = True

    @property
    def is_display(self) -> bool:
        """Whether it is set on a line of its own."""
        return self.opener not in ("$", r"\(", r"\\(") and self.environment != "math"


def looks_mathematical(content: str) -> bool:
    """Tell whether text between ambiguous delimiters has a mark of mathematics, or is one letter."""
    return _MATHEMATICAL.search(content) is not None


class Delimiters:
    """Finds the formulas of one paragraph, `problems` those places where one is opened and not closed."""

    def __init__(self, text: str, *, latex: bool) -> None:
        self.text = text
        self.latex = latex
        self.unclosed: list[tuple[int, int, str]] = []
        self._never_closes: set[str] = set()
        self._toggles = latex and len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
        self._backticks = {} if latex else _last_backtick_runs(text)

    def spans(self) -> Iterator[Span]:
        """Yield the formulas in order."""
        token = _LATEX_TOKEN if self.latex else _MARKDOWN_TOKEN
        position = 0
        while (match := token.search(self.text, position)) is not None:
            span = self._span(match)
            if isinstance(span, Span):
                yield span
                position = span.end
            else:
                position = span

    def _span(self, match: re.Match[str]) -> Span | int:
        """Return the formula that begins here, or where to look on."""
        opener = match[0]
        if opener == "$":
            return self._dollar(match.start())
        if opener == "$$":
            return self._double_dollar(match.start())
        if opener.startswith("`"):
            return self._after_code(match)
        if match["name"] is not None:
            return self._environment(match)
        if opener in _CLOSERS:
            return self._bracket(match.start(), opener)
        return match.end()

    def _after_code(self, match: re.Match[str]) -> int:
        if self._backticks.get(len(match[0]), -1) <= match.start():
            return match.end()
        close = re.compile(rf"(?<!`){match[0]}(?!`)").search(self.text, match.end())
        return match.end() if close is None else close.end()

    def _close(self, opener: str, start: int) -> re.Match[str] | None:
        """Return the closing delimiter, or None; never search twice in vain."""
        if opener in self._never_closes:
            return None
        for match in _CLOSERS[opener].finditer(self.text, start):
            if match["close"] is not None:
                return match
        self._never_closes.add(opener)
        return None

    def _unclosed_display(self, start: int, inner_start: int, what: str, environment: str | None = None) -> Span:
        self.unclosed.append((start, inner_start, f"{what} is never closed; it ends here with its paragraph"))
        end = len(self.text)
        opener = "begin" if environment else what
        return Span(start, end, inner_start, end, opener, environment, closed=False)

    def _double_dollar(self, start: int) -> Span | int:
        close = self._close("$$", start + 2)
        if close is None:
            return self._unclosed_display(start, start + 2, "$$")
        return Span(start, close.end(), start + 2, close.start(), "$$")

    def _bracket(self, start: int, opener: str) -> Span | int:
        inner = start + len(opener)
        close = self._close(opener, inner)
        if close is not None:
            if self.latex or looks_mathematical(self.text[inner : close.start()]):
                return Span(start, close.end(), inner, close.start(), opener)
            return close.end()
        escaped = opener.startswith("\\\\")
        if not self.latex and (escaped or not _MARKED.search(self.text, inner, inner + 1000)):
            return inner
        if opener == r"\[":
            return self._unclosed_display(start, inner, opener)
        self.unclosed.append((start, inner, f"{opener} is never closed"))
        return inner

    def _environment(self, match: re.Match[str]) -> Span | int:
        name = match["name"]
        if name not in DISPLAY_ENVIRONMENTS and (self.latex or name not in INNER_ENVIRONMENTS):
            return match.end()
        inner = body_start(name, self.text, match.end())
        depth = 1
        for token in _ANY_ENVIRONMENT.finditer(self.text, match.end()):
            if token["name"] != name:
                continue
            depth += 1 if token["which"] == "begin" else -1
            if depth == 0:
                inner = min(inner, token.start())
                return Span(match.start(), token.end(), inner, token.start(), "begin", name)
        what = f"\\begin{{{name}}}"
        return self._unclosed_display(match.start(), inner, what, name)

    def _dollar(self, start: int) -> Span | int:
        inner = start + 1
        end = self._closing_dollar(inner)
        rest = self.text[inner:] if end is None else self.text[inner:end]
        if end is not None and self._is_formula(rest, self.text[end + 1 : end + 2]):
            return Span(start, end + 1, inner, end, "$")
        if end is not None and self._toggles:
            return end + 1
        if not rest[:1].isspace() and not rest[:1].isdigit() and _MARKED.search(rest):
            self.unclosed.append((start, inner, "$ is never closed in its paragraph"))
        return inner

    def _is_formula(self, content: str, after: str) -> bool:
        if not content.strip():
            return False
        if self._toggles:
            return True
        if after.isdigit():
            return False
        if not content[0].isspace() and not content[-1].isspace():
            return True
        return looks_mathematical(content) and not (content[-1].isspace() and after.isalnum())

    def _closing_dollar(self, start: int) -> int | None:
        """Return the next dollar that does not stand inside a \\text{...} of the formula."""
        if "$" in self._never_closes:
            index = self.text.find("$", start)
            return None if index < 0 else index
        groups: list[bool] = []
        texts = 0
        for match in _DOLLAR.finditer(self.text, start):
            token = match[0]
            if token == "$":
                if texts == 0:
                    return match.start()
            elif token == "}":
                if groups and groups.pop():
                    texts -= 1
            elif token.endswith("{") and token != "\\{":
                groups.append(len(token) > 1)
                texts += len(token) > 1
        self._never_closes.add("$")
        return None


def body_start(environment: str, text: str, position: int) -> int:
    """Return where the body of an environment begins: after its argument, if it is one that takes one."""
    if not _ARGUMENT_TAKERS.match(environment):
        return position
    argument = _BRACED.match(text, position)
    return position if argument is None else argument.end()


def whole_environment(text: str) -> tuple[str, int, int] | None:
    """Return name, start and end of the body where one display environment is all that the text holds."""
    begin = re.match(rf"\s*{_BEGIN}", text)
    if begin is None or begin["name"] not in DISPLAY_ENVIRONMENTS:
        return None
    name, depth = begin["name"], 1
    for token in _ANY_ENVIRONMENT.finditer(text, begin.end()):
        if token["name"] != name:
            continue
        depth += 1 if token["which"] == "begin" else -1
        if depth == 0:
            tail = text[token.end() :].strip(" \t\r\n.,;")
            start = min(body_start(name, text, begin.end()), token.start())
            return None if tail else (name, start, token.start())
    return None


def _last_backtick_runs(text: str) -> dict[int, int]:
    return {len(run[0]): run.start() for run in re.finditer("`+", text)}
