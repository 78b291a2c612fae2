"""One paragraph of cleaned text into blocks: prose with inline formulas, displays, directives, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from errata.notes.blocks import (
    As,
    Block,
    Command,
    Comment,
    Directive,
    Display,
    Expect,
    Ignore,
    Inline,
    Macro,
    Problem,
    Prose,
    Segment,
    Text,
    problem_at,
)
from errata.notes.delimiters import Delimiters, Span, whole_environment
from errata.notes.directives import directive_body, parse_directive
from errata.notes.macros import find_definitions
from errata.notes.source import Fragment

Role = Literal["paragraph", "heading", "item", "cell"]

_ROW_END = re.compile(r"\\\\(?:\[[^\]\n]*\])?\s*$")
_NOT_SPACE = re.compile(r"\S")
_LINE_BEFORE = re.compile(r"\w[^\w\n$]*\Z")
_LINE_AFTER = re.compile(r"[^\w\n$]*\w")
LONGEST_ROW_END = 200
NEIGHBOURHOOD = 200
_PERCENT = re.compile(r"\\.|%(?P<comment>[^\n]*)(?P<end>\n[ \t]*)?", re.DOTALL)
_RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|neq?|approx|sim|propto|in|to|iff|implies|triangleq|equiv|Rightarrow)\b")
_SITE_ESCAPE = re.compile(r"(\\\\)\\\\|(\\)\\[{}|,;:!#$%&_]|(\\)[_*]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment that was taken out of a paragraph at offset `at`; own_line: it begins its line."""

    at: int
    comment: Fragment
    own_line: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Cleaned text between two breaks, with the comments that were taken out of it.

    whole: the source offsets of the delimiters where all of the text is one display.
    """

    fragment: Fragment
    marks: tuple[Mark, ...] = ()
    role: Role = "paragraph"
    latex: bool = False
    whole: tuple[int, int] | None = None


@dataclass(slots=True)
class Findings:
    """What reading paragraphs gathers; one for each document while it is read."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)


def read_paragraph(paragraph: Paragraph, number: int, found: Findings, *, double_dollars_inline: bool = False) -> None:
    """Append the blocks of a paragraph, and its problems and macros, to what was found so far.

    double_dollars_inline: the document writes its inline formulas between double dollars, so such a formula
    with words beside it on its line belongs to the sentence.
    """
    _ParagraphReader(paragraph, number, found, double_dollars_inline).read()


def read_segments(fragment: Fragment, *, latex: bool) -> tuple[Segment, ...]:
    """Read a sentence, such as that of a directive, as prose and formulas in turn."""
    spans = list(Delimiters(fragment.text, latex=latex).spans())
    return _segments(fragment, 0, len(fragment.text), spans)


def _segments(fragment: Fragment, start: int, end: int, spans: list[Span]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    position = start
    for span in spans:
        if position < span.start:
            segments.append(Prose(fragment.slice(position, span.start)))
        segments.append(Inline(_content(fragment, span)))
        position = span.end
    if position < end:
        segments.append(Prose(fragment.slice(position, end)))
    return tuple(segments)


def _content(fragment: Fragment, span: Span) -> Fragment:
    content = fragment.slice(span.inner_start, span.inner_end)
    if span.opener in (r"\\(", r"\\["):
        content = content.without(_site_escapes(content.text))
    text = content.text
    if span.opener == "$" and len(text) > 2 and text[0] == text[-1] == "`":
        content = content.slice(1, len(text) - 1)
    return content.strip()


def _site_escapes(text: str) -> list[tuple[int, int]]:
    """Find the backslashes that a site generator takes away in \\\\[...\\\\] and \\\\(...\\\\)."""
    return [match.span(match.lastindex or 0) for match in _SITE_ESCAPE.finditer(text)]


class _ParagraphReader:
    def __init__(self, paragraph: Paragraph, number: int, found: Findings, inline_doubles: bool) -> None:
        self.paragraph = paragraph
        self.fragment = paragraph.fragment
        self.text = paragraph.fragment.text
        self.number = number
        self.found = found
        self.inline_doubles = inline_doubles
        self.marks = list(reversed(paragraph.marks))

    def read(self) -> None:
        first = len(self.found.blocks)
        if self.paragraph.whole is not None:
            self._display(Span(0, len(self.text), 0, len(self.text), "math"))
            return
        delimiters = Delimiters(self.text, latex=self.paragraph.latex)
        run_start, inlines = 0, list[Span]()
        for span in delimiters.spans():
            if not span.is_display or self._belongs_to_sentence(span):
                inlines.append(span)
                continue
            self._text(run_start, span.start, inlines)
            self._display(span)
            run_start, inlines = span.end, []
        self._text(run_start, len(self.text), inlines)
        while self.marks:
            self._comment(self.marks.pop())
        for start, end, message in delimiters.unclosed:
            self.found.problems.append(problem_at(message, self.fragment.slice(start, end)))
        blocks = self.found.blocks
        blocks[first:] = sorted(blocks[first:], key=lambda block: block.fragment.start)

    def _belongs_to_sentence(self, span: Span) -> bool:
        """Tell whether a formula between double dollars is part of a line of prose."""
        content = self.text[span.inner_start : span.inner_end]
        if span.opener != "$$" or not span.closed or "\n" in content or "\\begin" in content:
            return False
        before = _LINE_BEFORE.search(self.text[max(0, span.start - NEIGHBOURHOOD) : span.start])
        after = _LINE_AFTER.match(self.text, span.end, span.end + NEIGHBOURHOOD)
        if self.inline_doubles:
            return before is not None or after is not None
        return before is not None and after is not None and _RELATION.search(content) is None

    # Prose -------------------------------------------------------------------------------------------

    def _text(self, start: int, end: int, spans: list[Span]) -> None:
        """Emit the prose from start to end, parted where a comment stands on a line of its own."""
        inner: list[Mark] = []
        while self.marks and self.marks[-1].at <= end:
            mark = self.marks.pop()
            if not mark.own_line:
                inner.append(mark)
                continue
            cut = max(mark.at, start)
            before = [span for span in spans if span.start < cut]
            cut = max([cut, *(span.end for span in before[-1:])])
            self._run(start, cut, before, inner)
            self._comment(mark)
            start, spans, inner = cut, spans[len(before) :], []
        self._run(start, end, spans, inner)

    def _run(self, start: int, end: int, spans: list[Span], marks: list[Mark]) -> None:
        expectations: list[tuple[int, Expect]] = []
        others: list[Mark] = []
        stripped = self.text[start:end].strip()
        first = start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
        for mark in marks:
            command = self._command(mark)
            if isinstance(command, Expect) and stripped:
                at = _before_space(self.text, mark.at) - first
                expectations.append((min(max(at, 0), len(stripped)), command))
            else:
                others.append(mark)
        if stripped:
            last = first + len(stripped)
            fragment = self.fragment.slice(first, last)
            segments = self._defining(_segments(self.fragment, first, last, spans))
            self.found.blocks.append(
                Text(
                    fragment,
                    segments,
                    self.paragraph.role,
                    self.number,
                    row_expectations=tuple(expectations),
                )
            )
        for mark in others:
            if stripped or not self._covers_display_before(mark):
                self._comment(mark)

    def _defining(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """Take the definitions of macros out of inline formulas."""
        kept: list[Segment] = []
        for segment in segments:
            if isinstance(segment, Inline) and (ranges := self._definitions(segment.fragment.text)):
                rest = segment.fragment.without(ranges).strip()
                segment = Inline(rest)
            if segment.fragment.text:
                kept.append(segment)
        return tuple(kept)

    def _covers_display_before(self, mark: Mark) -> bool:
        """Let a directive that stands behind a display, on its last line, speak of that display."""
        last = self.found.blocks[-1] if self.found.blocks else None
        if not isinstance(last, Display) or last.paragraph != self.number:
            return False
        command = self._command(mark)
        if isinstance(command, Expect):
            last = replace(last, expected=(*last.expected, command))
        elif isinstance(command, Ignore):
            last = replace(last, ignored=True)
        elif isinstance(command, As):
            last = replace(last, reference=command.identifier)
        else:
            return False
        self.found.blocks[-1] = last
        return True

    # Displays ----------------------------------------------------------------------------------------

    def _display(self, span: Span) -> None:
        content = self.fragment.slice(span.inner_start, span.inner_end)
        marks: list[Mark] = []
        while self.marks and self.marks[-1].at < span.end:
            mark = self.marks.pop()
            marks.append(Mark(max(mark.at - span.inner_start, 0), mark.comment, mark.own_line))
        environment = span.environment
        if environment is None and (whole := whole_environment(content.text)) is not None:
            environment, start, end = whole
            content = content.slice(start, end)
            marks = [Mark(max(mark.at - start, 0), mark.comment, mark.own_line) for mark in marks]
        content, marks = self._cleaned(span, content, marks)
        commands = [(mark, self._command(mark)) for mark in marks]
        rows = [(_row_offset(content.text, mark), c) for mark, c in commands if isinstance(c, Expect)]
        references = [command.identifier for _, command in commands if isinstance(command, As)]
        if content.text.strip():
            self.found.blocks.append(
                Display(
                    content,
                    environment,
                    self.paragraph.whole or self._source_span(span),
                    self.number,
                    ignored=any(isinstance(command, Ignore) for _, command in commands),
                    reference=references[-1] if references else None,
                    row_expectations=tuple(rows),
                )
            )
        for mark, command in commands:
            if not isinstance(command, Expect | Ignore | As):
                self._comment(mark)

    def _source_span(self, span: Span) -> tuple[int, int]:
        return self.fragment.offsets[span.start], self.fragment.offsets[span.end - 1] + 1

    def _cleaned(self, span: Span, content: Fragment, marks: list[Mark]) -> tuple[Fragment, list[Mark]]:
        """Take comments, definitions and a site generator's backslashes out of the content of a display."""
        removed: list[tuple[int, int]] = []
        if not self.paragraph.latex:
            removed, comments = _percent_comments(content)
            marks = sorted([*marks, *comments], key=lambda mark: mark.at)
        if span.opener == r"\\[":
            removed += _site_escapes(content.text)
        removed += self._definitions(content.text)
        ranges = _merged(removed)
        moved = _moved([mark.at for mark in marks], ranges)
        marks = [Mark(at, mark.comment, mark.own_line) for at, mark in zip(moved, marks, strict=True)]
        return content.without(ranges), marks

    def _definitions(self, text: str) -> list[tuple[int, int]]:
        """Keep the macros that a formula defines, and tell where their definitions stand."""
        definitions = find_definitions(text)
        self.found.macros.update({macro.name: macro for _, _, macro in definitions if macro is not None})
        return [(start, end) for start, end, _ in definitions]

    # Comments ----------------------------------------------------------------------------------------

    def _command(self, mark: Mark) -> Command | Problem | None:
        """Return the command of a directive, None for any other comment; its problems are told later."""
        body = directive_body(mark.comment)
        if body is None:
            return None
        return parse_directive(body, read_segments(body, latex=self.paragraph.latex))

    def _comment(self, mark: Mark) -> None:
        """Emit the directive or comment of a mark."""
        body = directive_body(mark.comment)
        if body is None:
            if mark.own_line:
                self.found.blocks.append(Comment(mark.comment))
            return
        command = parse_directive(body, read_segments(body, latex=self.paragraph.latex))
        if isinstance(command, Problem):
            self.found.problems.append(command)
        else:
            self.found.blocks.append(Directive(body, command))


def _percent_comments(content: Fragment) -> tuple[list[tuple[int, int]], list[Mark]]:
    """Find the % comments of a display in Markdown: those that a line end closes, and all directives."""
    removed, marks = list[tuple[int, int]](), list[Mark]()
    for match in _PERCENT.finditer(content.text):
        if match["comment"] is None:
            continue
        comment = content.slice(match.start("comment"), match.end("comment"))
        is_directive = directive_body(comment) is not None
        if match["end"] is None and not is_directive:
            continue
        removed.append(match.span())
        if is_directive:
            line = content.text[content.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            marks.append(Mark(match.start(), comment, not line.strip()))
    return removed, marks


def _row_offset(text: str, mark: Mark) -> int:
    """Return an offset inside the row that an expectation speaks of, or at its end.

    At a row's end that is before the row's \\\\\\\\; on a line of its own it is the start of what follows.
    """
    if mark.own_line and (following := _NOT_SPACE.search(text, mark.at)) is not None:
        return following.start()
    start = max(0, mark.at - LONGEST_ROW_END)
    head = text[start : mark.at].rstrip()
    row_end = _ROW_END.search(head)
    return start + len(head if row_end is None else head[: row_end.start()].rstrip())


def _before_space(text: str, at: int) -> int:
    """Return the offset moved back over the white space before it."""
    window = text[max(0, at - LONGEST_ROW_END) : at]
    return at - len(window) + len(window.rstrip())


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _moved(offsets: list[int], removed: list[tuple[int, int]]) -> list[int]:
    """Return where increasing offsets come to stand when these ranges are taken out."""
    moved, taken, index = list[int](), 0, 0
    for offset in offsets:
        while index < len(removed) and removed[index][1] <= offset:
            taken += removed[index][1] - removed[index][0]
            index += 1
        inside = offset - removed[index][0] if index < len(removed) and removed[index][0] < offset else 0
        moved.append(offset - taken - inside)
    return moved
