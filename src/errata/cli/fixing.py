"""`errata check --fix` and `--diff`: corrections made in the notes, or shown as a patch."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from errata.cli.course import course_of, settings_of
from errata.cli.exit_status import FINE, WRONG
from errata.config.config import Config


def run_fixes(options: argparse.Namespace, config: Config, named: tuple[Path, ...]) -> int:
    """Check the notes and make or show their corrections; fail where something stays wrong. Raises CannotRun."""
    from errata.report.build import build_report
    from errata.report.fixes import fixes, patch, write
    from errata.report.progress import progress_bar

    with progress_bar() as progress:
        report = build_report(named, settings_of(options, config), progress, course_of(config))
    found = fixes(report, unsafe=options.unsafe_fixes)
    made = sum(len(fix.edits) for fix in found)
    if options.diff:
        sys.stdout.write("".join(map(patch, found)))
    else:
        for fix in found:
            write(fix)
    judged = [step for step in report.claims() if step.judgement is not None and not step.expected]
    wrong = sum(1 for step in judged if step.judgement is not None and step.judgement.verdict == "wrong")
    others = sum(len(fix.edits) for fix in fixes(report, unsafe=True)) - made
    hint = f", {others} more with --unsafe-fixes" if others else ""
    told = "would be made" if options.diff else "made"
    sys.stderr.write(f"{made} of {wrong} wrong steps: corrections {told} in {len(found)} files{hint}\n")
    return WRONG if wrong and (options.diff or made < wrong) else FINE
