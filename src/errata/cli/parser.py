"""The parser of a command line, and the options that several commands share."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from errata.cli.exit_status import COULD_NOT_RUN
from errata.report.terminal import columns_of


class Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal allows, up to a page; finding that out by itself would cost argparse dear."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(100, columns_of(sys.stdout)) - 2)


class Parser(argparse.ArgumentParser):
    """An argument parser that names what was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end with the status for "could not run"."""
        message = _with_nearest(message)
        self.exit(COULD_NOT_RUN, f"errata: {message}\n(`{self.prog} --help` explains and gives examples)\n")

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Return the options that the words give; an option that is not known ends the program."""
        options, unknown = self.parse_known_args(words)
        if unknown:
            self._reject(unknown[0])
        return options

    def _reject(self, word: str) -> NoReturn:
        from difflib import get_close_matches

        known = [option for action in self._actions for option in action.option_strings]
        near = get_close_matches(word.partition("=")[0], known, n=1)
        self.error(f"no option `{word}`" + (f": did you mean `{near[0]}`?" if near else ""))


_CHOICE = re.compile(r"invalid choice: '(?P<given>.*)' \(choose from (?P<known>.*)\)", re.DOTALL)


def _with_nearest(message: str) -> str:
    """Return what argparse says of a choice that is none with the nearest one before all of them."""
    found = _CHOICE.search(message)
    if found is None:
        return message
    from difflib import get_close_matches

    near = get_close_matches(found["given"], re.findall(r"[\w-]+", found["known"]), n=1)
    return f"{message}; did you mean `{near[0]}`?" if near else message


# Shared options --------------------------------------------------------------------------------------


def path_argument(parser: Parser) -> None:
    """Take the notes to work on, and the settings that may name them."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a note (.md, .tex, .ipynb) or a folder of notes (default: `paths` of the settings)",
    )
    config_option(parser)


def config_option(parser: Parser) -> None:
    """Take the file of settings."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="settings (default: the nearest errata.toml or pyproject.toml with [tool.errata], upward)",
    )


def judging_options(parser: Parser) -> None:
    """Take how steps are judged."""
    jobs = min(2, os.cpu_count() or 1)
    option = parser.add_argument
    option("--seed", type=seed, default=0, metavar="N", help="of all random draws (default: 0)")
    option("--timeout", type=seconds, metavar="SECONDS", help="of processor time for one claim (default: 10)")
    option("--jobs", type=positive, default=jobs, metavar="N", help=f"processes at work (default: {jobs})")


def cache_options(parser: Parser) -> None:
    """Take where verdicts are kept from run to run."""
    parser.add_argument("--cache-dir", type=Path, metavar="DIR", help="where verdicts are kept (default: your caches)")
    parser.add_argument("--no-cache", action="store_true", help="judge everything anew, and keep nothing")


def colour_option(parser: Parser) -> None:
    """Take whether to colour."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto, on a terminal where NO_COLOR is not set)",
    )


# Values ----------------------------------------------------------------------------------------------


def seed(text: str) -> int:
    """Return a seed."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0, not `{text}`")
    return int(text)


def positive(text: str) -> int:
    """Return a count from 1."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"a whole number from 1 is needed, not `{text}`")
    return int(text)


def seconds(text: str) -> float:
    """Return a span of time."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < 1e6:
        raise argparse.ArgumentTypeError(f"a number of seconds above 0 is needed, not `{text}`")
    return found
