"""Where the command begins: the command is found, loaded and run, and what may end it early is caught."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from errata import __version__
from errata.cli.commands import COMMANDS, parser_of
from errata.cli.exit_status import COULD_NOT_RUN, FINE, INTERRUPTED
from errata.cli.parser import Help, Parser

DESCRIPTION = """\
errata checks the mathematics in notes, step by step: LaTeX, Markdown, Jupyter notebooks.

  errata check notes/                judge every step of every derivation in a folder
  errata read notes/vae.md           show how every line was understood
  errata list                        name the derivations of the library
  errata show gan/jsd                show one of them with the evidence for each step
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("errata: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not try to flush to them at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    return status


def _run(words: list[str]) -> int:
    if not words or words[0].startswith("-"):
        parser = _door()
        parser.parse(words)
        parser.print_help()
        return FINE
    name = words[0]
    if name not in COMMANDS:
        _door().error(f"no command `{name}`: {_advice(name)}")
    command = COMMANDS[name].load()
    return command.run(parser_of(name, command).parse(words[1:]))


def _door() -> Parser:
    width = max(map(len, COMMANDS))
    table = "\n".join(f"  {name:<{width}}  {entry.summary}" for name, entry in COMMANDS.items())
    parser = Parser(
        prog="errata",
        usage="errata [-h] [--version] COMMAND ...",
        description=DESCRIPTION,
        epilog=f"commands:\n{table}",
        formatter_class=Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"errata {__version__}")
    return parser


def _advice(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if Path(name).exists():
        return f"did you mean `errata check {name}`?"
    return f"the commands are {', '.join(COMMANDS)}"
