"""`errata check`: judge every step of notes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from errata.cli.exit_status import FINE, WRONG
from errata.cli.judging import settings_of
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option, judging_options, path_argument

DESCRIPTION = """\
Judge every step. A step that is wrong comes with its place, what was read, and a counterexample.

  errata check notes/                            every note in a folder
  errata check vae.md gan.tex                    these two
  errata check --format json --output r.json .   for programs (text still goes to the terminal)
  errata check --strict notes/                   fail, too, on what could not be decided or read

verdicts
  proved       for all sizes and instances
  holds        no general proof, but it agrees in every interpretation tried
  wrong        there is a counterexample inside the declared domain
  conditional  true only under an extra assumption or reading, which is named
  undecided    neither; the reason is given
  unread       not understood; it says at which character, and what would help

directives, invisible in the rendered note (in LaTeX: % errata: ...)
  <!-- errata: let $x > 0$ -->             declare what the writer took for granted
  <!-- errata: expect wrong [rule] -->     the next block has a known mistake; not to find it is an error
  <!-- errata: ignore -->                  do not judge the next block; `off` and `on` for a region

exit status
  0  nothing wrong   1  a step is wrong, or an expectation was not met   2  it could not run
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    path_argument(parser)
    option = parser.add_argument
    option("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    option("--output", type=Path, metavar="FILE", help="where to write it; text still goes to the terminal")
    option("--strict", action="store_true", help="fail on conditional, undecided and unread steps too")
    option("--verbose", action="store_true", help="list the steps that are right as well")
    judging_options(parser)
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.verify.workers import JUDGE, start_server

    start_server(JUDGE)  # it loads the witnesses while this process loads the reader
    from errata.report.build import NothingToRead, build_report, notes_to_read
    from errata.report.output import CannotWrite, check_target, write_whole
    from errata.report.progress import progress_bar

    try:
        if options.output is not None:
            check_target(options.output, notes_to_read(options.paths))
        with progress_bar() as progress:
            report = build_report(options.paths, settings_of(options), progress)
    except (NothingToRead, CannotWrite) as error:
        return fail(str(error))

    from errata.report.json_report import render_json
    from errata.report.line import plain
    from errata.report.terminal import columns_of
    from errata.report.text import render_text

    json_only = options.format == "json" and options.output is None
    if json_only:
        sys.stdout.write(render_json(report))
    else:
        print_lines(render_text(report, columns=columns_of(sys.stdout), verbose=options.verbose), options)
    if options.output is not None:
        as_json = options.format == "json"
        text = render_json(report) if as_json else plain(render_text(report, verbose=options.verbose))
        try:
            write_whole(text, options.output)
        except CannotWrite as error:
            return fail(str(error))
    return WRONG if report.fails(strict=options.strict) else FINE
