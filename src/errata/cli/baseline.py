"""`errata baseline`: accept the findings that are there, so that only new ones fail."""

from __future__ import annotations

import argparse
from pathlib import Path

from errata.cli.course import BASELINE, config_of, course_of, notes_of, settings_of, store_of
from errata.cli.exit_status import FINE, INTERRUPTED
from errata.cli.output import fail
from errata.cli.parser import Parser, cache_options, judging_options, path_argument
from errata.report.cannot_run import CannotRun

DESCRIPTION = f"""\
Accept the findings that are there, so that `errata check` fails on new ones only. They are kept in a file,
{BASELINE} beside the settings, that is meant to be committed. A finding is known by its file and its text,
not by its line: edits elsewhere in the note do not bring it back.

  errata baseline notes/
  errata baseline --force notes/         write it anew, say after some were mended
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    path_argument(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"where to write it (default: {BASELINE})")
    parser.add_argument("--force", action="store_true", help="write over the baseline that is there")
    judging_options(parser)
    cache_options(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.report.baseline import render_baseline
    from errata.report.build import build_report
    from errata.report.output import check_target, write_whole
    from errata.report.progress import progress_bar
    from errata.report.safe_text import safe
    from errata.report.selection import notes_to_read
    from errata.report.text import plural

    try:
        config = config_of(options)
        paths, course = notes_of(options, config), course_of(config)
        target = options.output or config.baseline or config.root / BASELINE
        if target.exists() and not options.force:
            raise CannotRun(f"{target}: is there already; --force writes over it")
        check_target(target, notes_to_read(paths, course.excluded))
        with progress_bar() as progress, store_of(options) as store:
            report = build_report(paths, settings_of(options, config), progress, course, store)
        if report.interrupted:
            return INTERRUPTED
        text = render_baseline(report, target.parent)
        write_whole(text, target)
    except CannotRun as error:
        return fail(str(error))
    count = sum(item.level != "off" and item.known != "expected" for d in report.documents for item in d.items)
    print(f"{safe(str(target))}: {plural(count, 'finding')} known from now on")
    return FINE
