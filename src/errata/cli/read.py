"""`errata read`: show how every line of notes is understood."""

from __future__ import annotations

import argparse
import sys

from errata.cli.course import config_of, course_of, notes_of
from errata.cli.exit_status import FINE, WRONG
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option, path_argument
from errata.report.cannot_run import CannotRun

DESCRIPTION = """\
Show how every line was understood: its place, kind and relation, what it was read as, what its names are
taken for. A line that was not understood tells the character and what would help.

  errata read notes/vae.md
  errata read --second-reader notes/vae.md    beside it, what latex2sympy2 makes of every scalar formula
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    path_argument(parser)
    parser.add_argument(
        "--second-reader",
        action="store_true",
        help="ask an independent reader (latex2sympy2) about scalar formulas, and say where it reads something else",
    )
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.report.build import build_reading
    from errata.report.reading import render_reading
    from errata.report.terminal import columns_of

    try:
        config = config_of(options)
        report = build_reading(notes_of(options, config), course_of(config), second_reader=options.second_reader)
    except CannotRun as error:
        return fail(str(error))
    print_lines(render_reading(report, columns=columns_of(sys.stdout)), options)
    return WRONG if report.fails() else FINE
