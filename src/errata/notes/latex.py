"""LaTeX into paragraphs: comments and definitions taken out, verbatim skipped, inputs followed.

An input is followed only inside the folder of the document, links resolved, and only so deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from errata.notes.blocks import Macro, Problem, problem_at
from errata.notes.delimiters import DISPLAY_ENVIRONMENTS, INNER_ENVIRONMENTS
from errata.notes.directives import directive_body
from errata.notes.display_state import DisplayState
from errata.notes.files import read_file
from errata.notes.kinds import DocumentError
from errata.notes.macros import DefinitionReader, read_group
from errata.notes.paragraphs import Mark, Paragraph, Role
from errata.notes.source import Fragment, Source

DEEPEST_INPUT = 10
MOST_INPUTS = 500
LONGEST_TITLE = 300
MOST_INDENTED = 200
VERBATIM = frozenset(
    ("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "comment", "luacode")
) | frozenset(("pycode", "tikzpicture", "tikzcd", "filecontents", "filecontents*"))
_TOKEN = re.compile(
    r"""
      (?P<comment>%[^\r\n]*(?:\r?\n[ \t]*)?)
    | (?P<blank>\r?\n[ \t]*\r?\n\s*)
    | (?P<space>(?<=\n)[ \t]+)
    | (?P<environment>\\(?:begin|end)[ \t]*\{[^{}\s]+\})
    | (?P<bracket>\\[\[\]])
    | (?P<verb>\\verb\*?(?P<edge>[^\sA-Za-z*]).*?(?P=edge))
    | (?P<part>\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph)\b\*?)
    | (?P<item>\\(?:item|par)\b[ \t]*)
    | (?P<input>\\(?:input|include|subfile)\b[ \t]*\{(?P<file>[^{}\r\n]*)\})
    | (?P<label>\\label[ \t]*\{[^{}\r\n]*\})
    | (?P<definition>\\(?:newcommand|renewcommand|providecommand|[gex]?def|let|DeclareMathOperator
        |DeclarePairedDelimiter)(?![A-Za-z]))
    | \\(?:[^A-Za-z]|$)
    | (?P<inline>\$(?!\$)(?:[^$\\%\r\n]|\\[^\r\n%]|\r?\n(?![ \t]*\r?\n))+\$)
    | (?P<display>\$\$)
    """,
    re.VERBOSE,
)
_ENVIRONMENT = re.compile(r"\\(begin|end)[ \t]*\{([^{}\s]+)\}")
_LINE_BEGINS = re.compile(r"(?:^|[\r\n])[ \t]*$")
_OPTION = re.compile(r"[ \t]*\[[^\[\]\r\n]*\]")
_MATHEMATICS = DISPLAY_ENVIRONMENTS | INNER_ENVIRONMENTS


@dataclass(slots=True)
class LatexReading:
    """What reading a LaTeX document gathers: its paragraphs in order, through all inputs."""

    folder: Path | None
    sources: list[Source] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)
    open_files: list[Path] = field(default_factory=list)

    def read(self, source: Source) -> None:
        """Read a source and what it inputs."""
        self.sources.append(source)
        _LatexReader(source, self).read()

    def follow(self, name: str, at: Fragment) -> None:
        """Read the file that an \\\\input names, or note why not."""
        if self.folder is None:
            self.problems.append(problem_at("text without a file of its own has no inputs", at))
            return
        try:
            path = self._inside_folder(name)
            if path in self.open_files:
                raise DocumentError(f"{name} is an input of itself", at.source.path)
            if len(self.open_files) > DEEPEST_INPUT or len(self.sources) > MOST_INPUTS:
                raise DocumentError("inputs are nested too deep, or too many", at.source.path)
            shown = str(Path(self.sources[0].path).parent / path.relative_to(self.folder))
            source = Source(shown, read_file(path, shown))
        except DocumentError as error:
            place = "" if error.line is None else f" (line {error.line}, column {error.column})"
            self.problems.append(problem_at(f"input {name}: {error.message}{place}", at))
            return
        self.open_files.append(path)
        self.read(source)
        self.open_files.pop()

    def _inside_folder(self, name: str) -> Path:
        assert self.folder is not None
        try:
            named = self.folder / name.strip().strip('"')
            candidates = [named, named.with_name(named.name + ".tex")]
            for path in (candidate.resolve() for candidate in candidates):
                if not path.is_relative_to(self.folder):
                    raise DocumentError("lies outside the folder of the document and is not read", name)
                if path.is_file():
                    return path
        except (OSError, ValueError, RuntimeError) as error:
            raise DocumentError(f"not a path that can be read ({error})", name) from error
        raise DocumentError("no such file", name)


@dataclass(slots=True)
class _LatexReader:
    source: Source
    reading: LatexReading
    ranges: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    role: Role = "paragraph"
    kept: int = 0
    display: DisplayState = field(init=False)
    definitions: DefinitionReader = field(init=False)
    first_paragraph: int = field(init=False)
    never_ends: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.display = DisplayState(self.source.text, DISPLAY_ENVIRONMENTS)
        self.definitions = DefinitionReader(self.source.text)
        self.first_paragraph = len(self.reading.paragraphs)

    def read(self) -> None:
        text = self.source.text
        position: int | None = 0
        end = len(text)
        while position is not None:
            match = _TOKEN.search(text, position)
            if match is None:
                break
            position = self._token(match)
            if position is None:
                end = match.start()
        self._add(self.kept, end)
        self._break()

    def _token(self, match: re.Match[str]) -> int | None:
        """Take one token and return where to read on; None ends the document."""
        kind = match.lastgroup if match.lastgroup not in ("edge", "file") else None
        kind = "input" if match["input"] else "verb" if match["verb"] else kind
        if kind == "comment":
            return self._comment(match)
        if kind == "space" or (kind == "label" and not self.display.is_open):
            return self._drop(match.start(), match.end())
        if kind == "blank":
            return self._blank(match.start(), match.end())
        if kind in ("bracket", "display"):
            self.display.feed(match[0])
        elif kind == "environment":
            return self._environment(match)
        elif kind == "definition":
            return self._definition(match)
        elif not self.display.is_open and kind in ("part", "item", "input"):
            return self._structure(kind, match)
        return match.end()

    def _blank(self, start: int, end: int) -> int:
        if self.display.is_open and self.display.survives_blank_line(start):
            return self._drop(start, end)
        self._add(self.kept, start)
        self.kept = end
        self._break()
        return end

    def _comment(self, match: re.Match[str]) -> int:
        text = self.source.text
        start, end = match.span()
        inside = Fragment.join(self.source, [(start + 1, end)], start + 1).strip()
        own_line = _LINE_BEGINS.search(text[max(0, start - MOST_INDENTED) : start]) is not None
        self._add(self.kept, start)
        self.kept = end
        if directive_body(inside) is not None:
            self.marks.append(Mark(self.length, inside, own_line))
        if text[end : end + 2].startswith(("\n", "\r\n")) and text[end - 1] in "\n \t":
            blank = re.compile(r"\s*").match(text, end)
            return self._blank(end, end if blank is None else blank.end())
        return end

    def _drop(self, start: int, end: int) -> int:
        self._add(self.kept, start)
        self.kept = end
        return end

    def _environment(self, match: re.Match[str]) -> int | None:
        named = _ENVIRONMENT.fullmatch(match[0])
        assert named is not None  # it is the same pattern
        begins, name = named[1] == "begin", named[2]
        if self.display.is_open or name in _MATHEMATICS:
            self.display.feed(match[0].replace(" ", ""))
            return match.end()
        self._drop(match.start(), match.end())
        self._break()
        if name == "document":
            if not begins:
                return None
            del self.reading.paragraphs[self.first_paragraph :]
            return match.end()
        if begins and name in VERBATIM:
            return self._verbatim(name, match)
        option = _OPTION.match(self.source.text, match.end()) if begins else None
        self.kept = match.end() if option is None else option.end()
        return self.kept

    def _verbatim(self, name: str, match: re.Match[str]) -> int:
        closing = f"\\end{{{name}}}"
        close = -1 if name in self.never_ends else self.source.text.find(closing, match.end())
        if close < 0:
            self.never_ends.add(name)
            opening = Fragment.join(self.source, [match.span()])
            self.reading.problems.append(problem_at(f"\\begin{{{name}}} is never closed", opening))
            return match.end()
        self.kept = close + len(closing)
        return self.kept

    def _definition(self, match: re.Match[str]) -> int:
        definition = self.definitions.read(match.start())
        if definition is None:
            return match.end()
        macro, end = definition
        if macro is not None:
            self.reading.macros[macro.name] = macro
        return self._drop(match.start(), end)

    def _structure(self, kind: str, match: re.Match[str]) -> int:
        self._drop(match.start(), match.end())
        if kind == "input":
            self._break()
            at = Fragment.join(self.source, [match.span("file")], match.end())
            self.reading.follow(match["file"], at)
            return match.end()
        option = _OPTION.match(self.source.text, match.end())
        if kind == "item" and option is not None and match[0].startswith("\\item"):
            self.kept = option.end()
        if kind == "item" or (title := self._title(match, option)) is None:
            self._break("item" if match[0].startswith("\\item") else "paragraph")
            return max(self.kept, match.end())
        self._break("heading")
        self._add(*title)
        self._break()
        self.kept = title[1] + 1
        return self.kept

    def _title(self, match: re.Match[str], option: re.Match[str] | None) -> tuple[int, int] | None:
        """Return where the title of a part of the document stands, without its braces."""
        start = match.end() if option is None else option.end()
        group = read_group(self.source.text, start, LONGEST_TITLE)
        if group is None:
            return None
        return self.source.text.index("{", start) + 1, group[1] - 1

    def _add(self, start: int, end: int) -> None:
        if start < end:
            self.ranges.append((start, end))
            self.length += end - start

    def _break(self, role: Role = "paragraph") -> None:
        """End the paragraph."""
        if self.marks or any(not self.source.text[start:end].isspace() for start, end in self.ranges):
            anchor = self.ranges[0][0] if self.ranges else self.marks[0].comment.start
            fragment = Fragment.join(self.source, self.ranges, anchor)
            self.reading.paragraphs.append(Paragraph(fragment, tuple(self.marks), self.role, latex=True))
        self.ranges, self.marks, self.length, self.role = [], [], 0, role
        self.display.reset()
