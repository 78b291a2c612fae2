"""The table of commands: what each is for, and the file that does it, which is loaded when it is called."""

from __future__ import annotations

import argparse
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, Protocol, cast

from errata.cli.parser import Help, Parser


class Command(Protocol):
    """What the file of a command holds.

    DESCRIPTION: its help, with examples. add_options: tells the parser what it takes. run: does it and returns
    the exit status; it imports what it needs when it runs.
    """

    DESCRIPTION: str

    def add_options(self, parser: Parser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


class Entry(NamedTuple):
    """A line of the table. module: the name of its file in this folder."""

    summary: str
    module: str

    def load(self) -> Command:
        """Return the file of the command."""
        return cast(Command, import_module(f"errata.cli.{self.module}"))


COMMANDS = MappingProxyType(
    {
        "check": Entry("judge every step of notes", "check"),
        "read": Entry("show how every line of notes is understood", "read"),
        "list": Entry("name the derivations of the library", "list"),
        "baseline": Entry("accept the findings that are there, and fail on new ones only", "baseline"),
        "config": Entry("print the settings that hold, and where each comes from", "config"),
        "explain": Entry("say what a rule finds, with an example and the example mended", "explain"),
        "show": Entry("show a derivation of the library with its evidence", "show"),
        "solve": Entry("write derivations of the library as solutions: LaTeX, PDF, Markdown", "solve"),
        "completion": Entry("print what lets a shell complete commands and ids", "completion"),
    }
)


def parser_of(name: str, command: Command) -> Parser:
    """Return the parser of a command, which knows its options and its help."""
    parser = Parser(
        prog=f"errata {name}",
        description=command.DESCRIPTION,
        formatter_class=Help,
        allow_abbrev=False,
    )
    command.add_options(parser)
    return parser
