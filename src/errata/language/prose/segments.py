"""What prose is made of: words and inline formulas, each with its place in the text block."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain text; `start` is its offset in the block."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Formula:
    """An inline formula without its delimiters; `start` is the offset of its first character in the block."""

    latex: str
    start: int


Segment = Words | Formula


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its segments in order, the full stop left out. end: that full stop, or the like; "" without one."""

    segments: tuple[Segment, ...]
    end: str = ""

    @property
    def start(self) -> int:
        """Return the offset of the sentence in the block."""
        return self.segments[0].start

    @property
    def text(self) -> str:
        """Return the sentence as written, formulas between dollars."""
        return "".join(s.text if isinstance(s, Words) else f"${s.latex}$" for s in self.segments).strip()

    @property
    def words(self) -> str:
        """Return the sentence with a dollar for every formula."""
        return "".join(s.text if isinstance(s, Words) else "$" for s in self.segments).strip()

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Return the formulas in order."""
        return tuple(s for s in self.segments if isinstance(s, Formula))
