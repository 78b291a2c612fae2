"""`errata check`: judge every step of notes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from errata.cli.course import BASELINE, CannotRun, baseline_of, config_of, course_of, notes_of, settings_of
from errata.cli.exit_status import FINE, WRONG
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option, judging_options, path_argument

if TYPE_CHECKING:
    from errata.report.report import Report

FORMATS = ("text", "concise", "json", "junit", "sarif", "github", "gitlab")

DESCRIPTION = """\
Judge every step. A step that is wrong comes with its place, what was read, and a counterexample.

  errata check notes/                            every note in a folder
  errata check vae.md gan.tex                    these two
  errata check --format json --output r.json .   for programs (text still goes to the terminal)
  errata check --format sarif --output r.sarif . for code scanning; also junit, github, gitlab, concise
  errata check --strict notes/                   fail, too, on what could not be decided or read
  errata check --exit-zero notes/                report, but never fail

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
    option("--format", choices=FORMATS, default="text", help=f"what to write: {', '.join(FORMATS)} (default: text)")
    option("--output", type=Path, metavar="FILE", help="where to write it; text still goes to the terminal")
    option("--strict", action="store_true", help="fail on conditional, undecided and unread steps too")
    option("--exit-zero", action="store_true", help="end with 0 whatever was found")
    option("--baseline", type=Path, metavar="FILE", help=f"known findings (default: {BASELINE} if it is there)")
    option("--verbose", action="store_true", help="list the steps that are right as well")
    judging_options(parser)
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.verify.workers import JUDGE, start_server

    start_server(JUDGE)  # it loads the witnesses while this process loads the reader
    from errata.report.baseline import BadBaseline
    from errata.report.build import NothingToRead
    from errata.report.output import CannotWrite

    try:
        report = _report(options)
        _deliver(report, options)
    except (CannotRun, NothingToRead, CannotWrite, BadBaseline) as error:
        return fail(str(error))
    return WRONG if report.fails() and not options.exit_zero else FINE


def _report(options: argparse.Namespace) -> Report:
    """Return the report of the run that the options ask for, or raise why there is none."""
    from errata.report.baseline import read_baseline, with_baseline
    from errata.report.build import build_report, notes_to_read
    from errata.report.levels import with_levels
    from errata.report.output import check_target
    from errata.report.progress import progress_bar

    config = config_of(options)
    course, paths, baseline = course_of(config), notes_of(options, config), baseline_of(config)
    known = read_baseline(baseline) if baseline is not None else None
    if options.output is not None:
        check_target(options.output, notes_to_read(paths, course.excluded))
    with progress_bar() as progress:
        report = build_report(paths, settings_of(options, config), progress, course)
    if baseline is not None and known is not None:
        report = with_baseline(report, known, baseline.parent)
    return with_levels(report, config.rules, strict=config.strict)


def _deliver(report: Report, options: argparse.Namespace) -> None:
    """Write the report where the options say; raises CannotWrite."""
    from errata.report.formats import render
    from errata.report.github import render_github_summary
    from errata.report.output import append, write_whole
    from errata.report.terminal import columns_of, write_text
    from errata.report.text import render_text

    if options.format == "text" or options.output is not None:
        print_lines(render_text(report, columns=columns_of(sys.stdout), verbose=options.verbose), options)
    else:
        write_text(render(options.format, report), sys.stdout)
    if options.output is not None:
        write_whole(render(options.format, report, verbose=options.verbose), options.output)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        append(render_github_summary(report), Path(summary))
