"""`errata check`: judge every step of notes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from errata.cli.course import BASELINE, baseline_of, config_of, course_of, notes_of, settings_of, store_of
from errata.cli.exit_status import FINE, INTERRUPTED, WRONG
from errata.cli.output import fail, tell
from errata.cli.parser import Parser, cache_options, colour_option, judging_options, path_argument
from errata.cli.replay import Said, keep, key_of, recall, summary_file
from errata.cli.text_input import is_text, text_document
from errata.report.cannot_run import CannotRun
from errata.report.terminal import columns_of, wants_colour, write_text

if TYPE_CHECKING:
    from errata.config.config import Config
    from errata.report.report import Report
    from errata.verify.cache.store import Store

Notes = tuple[Path, ...]

FORMATS = ("text", "concise", "json", "junit", "sarif", "github", "gitlab")

DESCRIPTION = """\
Judge every step. A step that is wrong comes with its place, what was read, and a counterexample.

  errata check notes/                            every note in a folder
  errata check vae.md gan.tex                    these two
  errata check -                                 what comes in on standard input
  errata check --tex 'KL(p\\|q) = H(p,q) - H(p)'  one line
  errata check --format json --output r.json .   for programs (text still goes to the terminal)
  errata check --format sarif --output r.sarif . for code scanning; also junit, github, gitlab, concise
  errata check --diff notes/                     what it would mend, as a patch; --fix writes it
  errata check --watch notes/                    again, whenever a note changes
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
  <!-- errata: forget -->                  what was said before does not hold from here on

exit status
  0  nothing wrong   1  a step is wrong, or an expectation was not met   2  it could not run
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    path_argument(parser)
    option = parser.add_argument
    option("--tex", metavar="FORMULA", help="judge one line of LaTeX mathematics instead of notes")
    option("--format", choices=FORMATS, default="text", help=f"what to write: {', '.join(FORMATS)} (default: text)")
    option("--output", type=Path, metavar="FILE", help="where to write it; text still goes to the terminal")
    option("--strict", action="store_true", help="fail on conditional, undecided and unread steps too")
    option("--fix", action="store_true", help="write the corrections that are sure into the notes")
    option("--diff", action="store_true", help="show these corrections as a patch, and write nothing")
    option("--unsafe-fixes", action="store_true", help="with these two: take corrections that are not sure, too")
    option("--watch", action="store_true", help="check again when a note changes, until Ctrl-C")
    option("--exit-zero", action="store_true", help="end with 0 whatever was found")
    option("--baseline", type=Path, metavar="FILE", help=f"known findings (default: {BASELINE} if it is there)")
    option("--verbose", action="store_true", help="list the steps that are right as well")
    option("--ledger", action="store_true", help="end with a table per document, and one line per wrong step")
    judging_options(parser)
    cache_options(parser)
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    try:
        config = config_of(options)
        if is_text(options):
            return _delivered(_said_of_text(options, config), options)
        named = notes_of(options, config)
        if options.fix or options.diff:
            from errata.cli.fixing import run_fixes

            return run_fixes(options, config, named)
        if options.watch:
            return _watched(options, config, named)
        return _checked(options, config, named)
    except CannotRun as error:
        return fail(str(error))


def _checked(options: argparse.Namespace, config: Config, named: Notes) -> int:
    """Check notes once; raises CannotRun."""
    from errata.notes.files import links_left
    from errata.report.selection import notes_to_read

    excluded = course_of(config).excluded
    notes = notes_to_read(named, excluded)
    for link in links_left(named, excluded):
        tell(f"{link}: a link, which a search of folders does not follow")
    _refuse_target(options, notes)
    with store_of(options) as store:
        key = key_of(options, config, notes, store) if store is not None else ""
        said = recall(store, key) if store is not None else None
        if said is None:
            said = _said(options, config, named, notes, store, key)
    return _delivered(said, options)


def _refuse_target(options: argparse.Namespace, notes: Notes) -> None:
    """Say before the work that the report cannot be written where it is to go. Raises CannotRun."""
    if options.output is not None:
        from errata.report.output import check_target

        check_target(options.output, notes)


def _watched(options: argparse.Namespace, config: Config, named: Notes) -> int:
    """Check notes whenever one of them, or a file beside them that they may include, changes."""
    from errata.cli.watch import watch
    from errata.notes.files import find_notes

    excluded = course_of(config).excluded

    def check() -> int:
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[H")
        try:
            status = _checked(options, config, named)
        except CannotRun as error:  # a note may be gone for the moment in which an editor writes it anew
            status = fail(str(error))
        sys.stdout.flush()
        return status

    def told(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    beside = [path.parent for path in named if path.suffix.lower() == ".tex"]
    return watch(check, lambda: find_notes([*named, *beside], excluded), told)


def _said_of_text(options: argparse.Namespace, config: Config) -> Said:
    """Check what is no file. Raises CannotRun."""
    from errata.report.build import build_report_of

    document = text_document(options)
    _refuse_target(options, ())
    accepts = _baseline(config)
    with store_of(options) as store:
        report = build_report_of(document, settings_of(options, config), course_of(config), store)
    return _rendered(accepts(report), options, config)


def _said(
    options: argparse.Namespace, config: Config, named: Notes, notes: Notes, store: Store | None, key: str
) -> Said:
    """Check the notes, and keep what there is to say of them. Raises CannotRun."""
    from errata.report.build import build_report
    from errata.report.progress import progress_bar
    from errata.report.remembered import Remembered

    accepts, settings, course = _baseline(config), settings_of(options, config), course_of(config)
    remembered = Remembered(store, settings, course) if store is not None else None
    with progress_bar() as progress:
        report = build_report(named, settings, progress, course, store, remembered)
    said = _rendered(accepts(report), options, config)
    if store is not None and remembered is not None and remembered.holds_all(report):
        # What notes say that were written to meanwhile is not what was found.
        unchanged = key == key_of(options, config, notes, store)
        if unchanged:
            keep(store, key, said, remembered.includes)
    return said


def _baseline(config: Config) -> Callable[[Report], Report]:
    """Return what accepts the findings of the baseline, if there is one. Raises CannotRun."""
    path = baseline_of(config)
    if path is None:
        return lambda report: report
    from errata.report.baseline import read_baseline, with_baseline

    known = read_baseline(path)
    return lambda report: with_baseline(report, known, path.parent)


def _rendered(report: Report, options: argparse.Namespace, config: Config) -> Said:
    """Return what there is to say of a report, with the levels of the course."""
    from errata.report.levels import with_levels

    report = with_levels(report, config.rules, strict=config.strict)
    file = summary = None
    if options.output is not None:
        from errata.report.formats import render

        file = render(options.format, report, verbose=options.verbose)
    if summary_file(options) is not None:
        from errata.report.github import render_github_summary

        summary = render_github_summary(report)
    return Said(_text(report, options), report.fails(), file, summary, report.interrupted)


def _text(report: Report, options: argparse.Namespace) -> str:
    """Return what goes to standard output."""
    from errata.report.formats import render
    from errata.report.terminal import drawn
    from errata.report.text import render_text

    if options.format != "text" and options.output is None:
        return render(options.format, report)
    lines = render_text(report, columns=columns_of(sys.stdout), verbose=options.verbose)
    if options.ledger:
        from errata.report.ledger import render_ledger, source_of
        from errata.report.line import EMPTY

        lines = [*lines, EMPTY, *render_ledger(report, source_of)]
    return drawn(lines, colour=wants_colour(options.color, sys.stdout))


def _delivered(said: Said, options: argparse.Namespace) -> int:
    """Write what is said where it belongs, and return the exit status. Raises CannotRun."""
    write_text(said.text, sys.stdout)
    if said.file is not None:
        from errata.report.output import write_whole

        write_whole(said.file, options.output)
    summary = summary_file(options)
    if said.summary is not None and summary is not None:
        from errata.report.output import append

        append(said.summary, summary)
    if said.interrupted:
        return INTERRUPTED
    return WRONG if said.failed and not options.exit_zero else FINE
