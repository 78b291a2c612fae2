"""What a document is made of: blocks in document order, and what was wrong with its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from errata.notes.kinds import Kind
from errata.notes.source import Fragment, Position, Source

# Segments of a run of prose --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prose:
    """Words, as written, between formulas."""

    fragment: Fragment


@dataclass(frozen=True, slots=True)
class Inline:
    """The content of an inline formula, without its delimiters."""

    fragment: Fragment


Segment = Prose | Inline


# Directives ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect wrong [rule]`: a step here is known to be wrong, by this rule if one is named."""

    verdict: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """`ignore`: the next block is not judged."""


@dataclass(frozen=True, slots=True)
class Off:
    """`off`: nothing is judged from here on."""


@dataclass(frozen=True, slots=True)
class On:
    """`on`: judging goes on."""


@dataclass(frozen=True, slots=True)
class Forget:
    """`forget`: nothing that was said before holds from here on; the letters are used anew."""


@dataclass(frozen=True, slots=True)
class As:
    """`as ID`: the next block is meant to be that derivation of the library."""

    identifier: str


@dataclass(frozen=True, slots=True)
class Declare:
    """A sentence, such as `let $n$ be a positive integer`, to be read as if it stood in the prose."""

    segments: tuple[Segment, ...]


Command = Expect | Ignore | Off | On | Forget | As | Declare


# Blocks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of prose (paragraph, list item, heading, table cell) with its inline formulas as written.

    segments: prose and formulas in order; the delimiters belong to neither. paragraph: blocks with the same
    number come from one paragraph of the source, as a sentence does that goes on after a display.
    expected, ignored, reference: what the directives before it say. row_expectations: `expect` comments
    at the end of a line inside it, each with its offset in the fragment.
    """

    fragment: Fragment
    segments: tuple[Segment, ...]
    role: Literal["paragraph", "heading", "item", "cell"] = "paragraph"
    paragraph: int = 0
    expected: tuple[Expect, ...] = ()
    ignored: bool = False
    reference: str | None = None
    row_expectations: tuple[tuple[int, Expect], ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """Displayed mathematics: the content of $$..$$ or \\\\[..\\\\], or the body of an environment.

    environment: the name of the environment whose body this is ("align*"), also where that environment is
    all that stands between dollars; None otherwise. Inner environments (aligned, cases, matrices) stay in
    the text. delimiter_span: the source offsets from opening to closing delimiter, both included.
    The other fields are those of `Text`; row expectations stand where a row of the display ends.
    """

    fragment: Fragment
    environment: str | None
    delimiter_span: tuple[int, int]
    paragraph: int = 0
    expected: tuple[Expect, ...] = ()
    ignored: bool = False
    reference: str | None = None
    row_expectations: tuple[tuple[int, Expect], ...] = ()


@dataclass(frozen=True, slots=True)
class Directive:
    """An `errata:` comment; the fragment is what stands after the colon."""

    fragment: Fragment
    command: Command

    @property
    def kind(self) -> str:
        """One of "expect", "ignore", "off", "on", "forget", "as" and "declare"."""
        return type(self.command).__name__.lower()


@dataclass(frozen=True, slots=True)
class Comment:
    """Any other comment that begins a line of Markdown; the fragment is its inside."""

    fragment: Fragment


Block = Text | Display | Directive | Comment


# The document ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that the document defines; it is expanded on tokens by the language layer.

    name: with its backslash. arity: how many arguments #1..#9 it takes. default: the value of #1 where that
    is an optional argument in brackets. delimiters: for `\\\\def` with delimited arguments, the texts that
    must follow the name and each argument (arity + 1 of them); empty otherwise. paired: a star or a size in
    brackets may follow the name and changes nothing (`\\\\DeclarePairedDelimiter`).
    """

    name: str
    arity: int
    default: str | None
    body: str
    delimiters: tuple[str, ...] = ()
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the form of a document, and where; the rest was read all the same."""

    message: str
    position: Position
    end_position: Position
    path: str


def _no_macros() -> Mapping[str, Macro]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `sources`: its own text first (of a notebook, its Markdown cells), then inputs."""

    path: str
    kind: Kind
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    macros: Mapping[str, Macro] = field(default_factory=_no_macros)
    problems: tuple[Problem, ...] = ()
    front_matter: str = ""


def problem_at(message: str, fragment: Fragment) -> Problem:
    """Return a problem that covers the whole fragment."""
    return Problem(message, fragment.position(0), fragment.end_position(len(fragment.text)), fragment.source.path)
