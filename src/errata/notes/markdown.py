"""Markdown into paragraphs: quotes, lists, tables and headings cleaned away, code and comments taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from errata.notes.blocks import Problem, problem_at
from errata.notes.display_state import ENVIRONMENT, MARKDOWN_BARE, DisplayState
from errata.notes.paragraphs import Mark, Paragraph, Role
from errata.notes.source import Fragment, Source

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
_FRONT_MATTER = re.compile(r"(?ms)---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_SPACE = re.compile(r"[ \t]*")
_ITEM = re.compile(r"(?:(?P<bullet>[-*+])|(?P<number>\d{1,9})[.)])(?:[ \t]+|$)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r"(?:=+|-+|(?:[-*_][ \t]*){3,})[ \t]*$")
_TABLE_RULE = re.compile(r"(?=[|:-])\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?$")
_FENCE = re.compile(r"(?P<run>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>[^\r\n]*)")
_RAW_HTML = re.compile(r"<(?P<tag>script|style|pre|svg)\b|\{%-?\s*(?P<liquid>highlight)\b", re.IGNORECASE)
_NO_CODE = re.compile(r"\$|\\[\[(]|\\begin|<!--")
_INLINE = r"\$(?![\s$])(?:[^$\\\r\n]|\\[^\r\n])*(?<!\s)\$(?!\d)"
_TARGET = r"\]\((?=[^()\s]*[./#])[^()\s$\\^{}]*(?: \"[^\"\r\n]*\")?\)"
_IMAGE = rf"!\[(?:[^\[\]\r\n]|\[[^\[\]\r\n]*\])*{_TARGET}"
_OUTSIDE = re.compile(rf"`+|<!--|(?P<unread>{_IMAGE}|{_TARGET})|\\\\[\[(]|{ENVIRONMENT}|\\\[|\\.|{_INLINE}|\$\$")
_INSIDE = re.compile(rf"<!--|\\\\\]|{ENVIRONMENT}|\\\]|\\.|\$\$")
_CELL = re.compile(rf"`[^`\r\n]*`|{_INLINE}|\\.|(?P<bar>\|)")


def markdown_paragraphs(source: Source, *, front_matter: bool = True) -> tuple[list[Paragraph], str, list[Problem]]:
    """Return the paragraphs of a Markdown text in order, its front matter and what is wrong with its form."""
    reader = _MarkdownReader(source)
    matter = _FRONT_MATTER.match(source.text) if front_matter else None
    reader.read(0 if matter is None else matter.end())
    return reader.paragraphs, "" if matter is None else matter["body"], reader.problems


@dataclass(slots=True)
class _MarkdownReader:
    source: Source
    paragraphs: list[Paragraph] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    role: Role = "paragraph"
    in_list: bool = False
    after_blank: bool = True
    quoted: bool = False
    never_closes: set[str] = field(default_factory=set)
    display: DisplayState = field(init=False)
    last_comment_end: int = field(init=False)

    def __post_init__(self) -> None:
        self.display = DisplayState(self.source.text, MARKDOWN_BARE)
        self.last_comment_end = self.source.text.rfind("-->")

    # Lines -------------------------------------------------------------------------------------------

    def read(self, position: int) -> None:
        text = self.source.text
        while position < len(text):
            position = self._line(position)
        self._break()

    def _line(self, start: int) -> int:
        """Read the line that begins here and return where the next one to read begins."""
        end, after = self._line_end(start)
        quote = _QUOTE.match(self.source.text, start, end)
        if self.display.is_open:
            return self._display_line(start, end, after, quote)
        if (quote is not None) != self.quoted and quote is not None:
            self._break()
        self.quoted = quote is not None
        content = start if quote is None else quote.end()
        return self._block_start(content, end, after)

    def _line_end(self, start: int) -> tuple[int, int]:
        line = _LINE.match(self.source.text, start)
        assert line is not None  # the pattern matches anywhere
        return line.end(1), line.end()

    def _display_line(self, start: int, end: int, after: int, quote: re.Match[str] | None) -> int:
        content = quote.end() if quote is not None and self.quoted else start
        content = self._skip_space(content, end)
        fence = _FENCE.match(self.source.text, content, end)
        if fence is not None or (content == end and not self.display.survives_blank_line(start)):
            self._break()
            return start if fence is not None else self._blank(after)
        return self._inside_line(content, end, after)

    def _block_start(self, start: int, end: int, after: int) -> int:
        text = self.source.text
        content = self._skip_space(start, end)
        indent = len(text[start:content].expandtabs(4))
        if content == end:
            self._break()
            return self._blank(after)
        if (fence := _FENCE.match(text, content, end)) is not None:
            return self._fence(fence, content, after)
        if (raw := _RAW_HTML.match(text, content, end)) is not None:
            return self._raw(raw, after)
        if indent >= 4 and self.after_blank and not self.in_list and not _NO_CODE.search(text, content, end):
            return after
        item = self._item(content, end)
        if indent == 0 and self.after_blank and item is None:
            self.in_list = False
        self.after_blank = False
        if item is not None:
            self._break("item")
            self.in_list = True
            return self._block_start_in_item(item, end, after)
        return self._leaf(content, end, after)

    def _block_start_in_item(self, start: int, end: int, after: int) -> int:
        content = self._skip_space(start, end)
        while (item := _ITEM.match(self.source.text, content, end)) is not None and item.end() < end:
            content = self._skip_space(item.end(), end)
        fence = _FENCE.match(self.source.text, content, end)
        if fence is not None:
            return self._fence(fence, content, after)
        return self._inside_line(content, end, after)

    def _leaf(self, content: int, end: int, after: int) -> int:
        text = self.source.text
        if _RULE.match(text, content, end) or _TABLE_RULE.match(text, content, end):
            self._break()
            return after
        if (heading := _HEADING.match(text, content, end)) is not None:
            self._break("heading")
            position = self._inside_line(heading.end(), end, after)
            if not self.display.is_open:
                self._break()
            return position
        if text[content] == "|":
            return self._table_row(content, end, after)
        return self._inside_line(content, end, after)

    def _item(self, content: int, end: int) -> int | None:
        """Return where the content of a list item begins, if one begins here."""
        item = _ITEM.match(self.source.text, content, end)
        if item is None or _RULE.match(self.source.text, content, end):
            return None
        interrupts = item["number"] in (None, "1") and item.end() < end
        return item.end() if interrupts or self.in_list or not self.ranges else None

    def _table_row(self, content: int, end: int, after: int) -> int:
        bars = [m.start() for m in _CELL.finditer(self.source.text, content, end) if m["bar"]]
        edges = [*bars, end]
        for left, right in pairwise(edges):
            self._break("cell")
            position = self._inside_line(self._skip_space(left + 1, right), right, right)
            if position > right:
                return position
        self._break()
        return after

    def _blank(self, after: int) -> int:
        self.after_blank = True
        return after

    def _skip_space(self, start: int, end: int) -> int:
        space = _SPACE.match(self.source.text, start, end)
        return start if space is None else space.end()

    # Code --------------------------------------------------------------------------------------------

    def _fence(self, fence: re.Match[str], content: int, after: int) -> int:
        self._break()
        text, run = self.source.text, fence["run"]
        closing = re.compile(rf"^[ \t>]*{re.escape(run[0])}{{{len(run)},}}[ \t]*\r?$", re.MULTILINE)
        close = closing.search(text, after)
        if close is None:
            opening = Fragment.join(self.source, [(content, fence.end("run"))])
            message = "this code fence is never closed; all that follows is code"
            self.problems.append(problem_at(message, opening))
            return len(text)
        if fence["info"].strip().lower() in ("math", "{math}"):
            body = Fragment.join(self.source, [(after, close.start())], after)
            self.paragraphs.append(Paragraph(body, whole=(content, close.end())))
        return self._line_end(close.end())[1]

    def _raw(self, raw: re.Match[str], after: int) -> int:
        """Skip an HTML element or a block of a site generator that holds no prose."""
        self._break()
        closing = rf"</{raw['tag'].lower()}\s*>" if raw["tag"] else r"\{%-?\s*endhighlight\s*-?%\}"
        if closing in self.never_closes:
            return after
        close = re.compile(closing, re.IGNORECASE).search(self.source.text, raw.end())
        if close is None:
            self.never_closes.add(closing)
            return after
        return close.end()

    # Text within a line ------------------------------------------------------------------------------

    def _inside_line(self, start: int, end: int, after: int) -> int:
        """Add the text of a line to the paragraph, without its comments; return where to read on."""
        kept = position = start
        for_line_end = after
        while (match := self._token(position, end)) is not None:
            token = match[0]
            position = match.end()
            if token == "<!--" and match.end() <= self.last_comment_end:
                self._add(kept, match.start())
                close = self.source.text.find("-->", match.end())
                own_line = not self.source.text[start : match.start()].strip()
                self._mark(match.end(), close, own_line)
                kept = position = close + 3
                if position > end:
                    end, for_line_end = self._line_end(position)
                if own_line:
                    start = position
                    if not self.source.text[position:end].strip():
                        return for_line_end
            elif token[0] == "`":
                position = self._after_code(match, end)
            elif match.groupdict().get("unread"):
                self._add(kept, match.start())
                kept = position
            else:
                self.display.feed(token)
        self._add(kept, end)
        if for_line_end > end:
            self._add(for_line_end - 1, for_line_end)
        return for_line_end

    def _token(self, position: int, end: int) -> re.Match[str] | None:
        pattern = _INSIDE if self.display.is_open else _OUTSIDE
        return pattern.search(self.source.text, position, end)

    def _after_code(self, run: re.Match[str], end: int) -> int:
        close = re.compile(rf"(?<!`){run[0]}(?!`)").search(self.source.text, run.end(), end)
        return run.end() if close is None else close.end()

    def _mark(self, start: int, end: int, own_line: bool) -> None:
        comment = Fragment.join(self.source, [(start, max(start, end))], start)
        self.marks.append(Mark(self.length, comment.strip(), own_line))

    def _add(self, start: int, end: int) -> None:
        if start < end:
            self.ranges.append((start, end))
            self.length += end - start

    def _break(self, role: Role = "paragraph") -> None:
        """End the paragraph."""
        if self.ranges or self.marks:
            anchor = self.ranges[0][0] if self.ranges else self.marks[0].comment.start
            fragment = Fragment.join(self.source, self.ranges, anchor)
            self.paragraphs.append(Paragraph(fragment, tuple(self.marks), self.role))
        self.ranges, self.marks, self.length, self.role = [], [], 0, role
        self.display.reset()


def writes_inline_with_double_dollars(paragraphs: list[Paragraph]) -> bool:
    """Tell whether no formula of the document stands between single dollars."""
    return not any(_SINGLE.search(paragraph.fragment.text) for paragraph in paragraphs)


_SINGLE = re.compile(r"(?<![\\$])\$(?![$\s])")
