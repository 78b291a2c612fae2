"""Sources and fragments: text that never forgets where each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source: line and column from 1, in code points; `cell` is a notebook cell, from 1."""

    line: int
    column: int
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, or of one Markdown cell of a notebook."""

    path: str
    text: str = field(repr=False)
    cell: int | None = None
    _line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "_line_starts", starts)

    def position(self, offset: int) -> Position:
        """Return the place of an offset; offsets outside the text are moved to its nearest end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1, self.cell)

    def line(self, number: int) -> str:
        """Return a line (counted from 1) without its end, or "" where there is none."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @property
    def line_count(self) -> int:
        """The number of lines."""
        return len(self._line_starts)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Cleaned text, such as a formula without the quote marks before its lines.

    Its k-th character is the one that stands at `source.text[offsets[k]]`; offsets increase.
    """

    text: str
    source: Source = field(repr=False)
    offsets: tuple[int, ...] | range = field(repr=False)

    @property
    def is_contiguous(self) -> bool:
        """Whether the source has these very characters one after another."""
        return isinstance(self.offsets, range)

    @property
    def start(self) -> int:
        """The source offset of the first character (of an empty fragment: of its place)."""
        return self.offsets.start if isinstance(self.offsets, range) else self.offsets[0]

    @property
    def end(self) -> int:
        """The source offset just after the last character."""
        return self.offsets[-1] + 1 if self.text else self.start

    def position(self, k: int) -> Position:
        """Return the place of the k-th character; k = len(text) is the place just after the last one."""
        if k >= len(self.text):
            return self.source.position(self.end)
        return self.source.position(self.offsets[k])

    def end_position(self, k: int) -> Position:
        """Return the place just after character k - 1, the exclusive end of a range that ends at k."""
        return self.source.position(self.offsets[k - 1] + 1) if k > 0 else self.position(0)

    def slice(self, start: int, end: int) -> Fragment:
        """Return the characters from start to end (exclusive), each still with its place."""
        start = min(max(start, 0), len(self.text))
        end = min(max(end, start), len(self.text))
        if start == end:
            place = self.offsets[start] if start < len(self.text) else self.end
            return Fragment("", self.source, range(place, place))
        return Fragment(self.text[start:end], self.source, _shortest(self.offsets[start:end]))

    def strip(self) -> Fragment:
        """Return the fragment without white space at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self.slice(left, max(left, len(self.text.rstrip())))

    def without(self, ranges: Iterable[tuple[int, int]]) -> Fragment:
        """Return the fragment without these ranges of its characters (in order, apart from each other)."""
        kept, position = [], 0
        for start, end in ranges:
            kept.append((position, start))
            position = end
        kept.append((position, len(self.text)))
        text = "".join(self.text[start:end] for start, end in kept)
        offsets = tuple(chain.from_iterable(self.offsets[start:end] for start, end in kept))
        return Fragment(text, self.source, _shortest(offsets, self.start))

    @classmethod
    def join(cls, source: Source, ranges: Iterable[tuple[int, int]], anchor: int = 0) -> Fragment:
        """Return the fragment made of these half-open ranges of the source; `anchor` places an empty one."""
        merged: list[tuple[int, int]] = []
        for start, end in ranges:
            if start >= end:
                continue
            if merged and merged[-1][1] == start:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        text = "".join(source.text[start:end] for start, end in merged)
        if len(merged) <= 1:
            return cls(text, source, range(*merged[0]) if merged else range(anchor, anchor))
        return cls(text, source, tuple(chain.from_iterable(range(start, end) for start, end in merged)))


def _shortest(offsets: tuple[int, ...] | range, anchor: int = 0) -> tuple[int, ...] | range:
    """Write increasing offsets as a range where they have no gap."""
    if isinstance(offsets, range):
        return offsets
    if not offsets:
        return range(anchor, anchor)
    if offsets[-1] - offsets[0] + 1 == len(offsets):
        return range(offsets[0], offsets[-1] + 1)
    return offsets
