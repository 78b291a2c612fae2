"""The share of the library's steps that SymPy confirms, as `errata show` tells it, and whether its scripts run.

  python bench/sympy_share.py [--scripts] [--reasons] [--only TEXT] [--jobs N]

A step counts as confirmed where SymPy proves it in general or on exact instances. With --scripts the plain SymPy
of every step (`errata show ID --sympy`) is run by itself, and what it prints is told.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from claims import Claim, own_sources
from judging import PRELOAD
from table import aligned, share

from errata.language.statements import Statement
from errata.report.sympy_script import script_of
from errata.verify.tasks import SYMPY_SECONDS, SymPySays, confirm_statement, confirm_statement_on_numbers
from errata.verify.workers import Done, Result, TimedOut, run_bounded

CONFIRMED = ("general", "instances")
SCRIPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Row:
    """What SymPy says of one step, and what its script printed ("-" where it was not run)."""

    claim: Claim
    kind: str
    reason: str
    printed: str = "-"

    @property
    def derivation(self) -> str:
        """The id of the derivation that the step belongs to."""
        path = Path(self.claim.path)
        return f"{path.parent.name}/{path.stem}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; fail where a script does not run."""
    options = _options(arguments)
    library = next(source for source in own_sources() if source.name == "library")
    claims = [claim for claim in library.claims if options.only in claim.path]
    statements = [claim.statement for claim in claims]
    told = _asked(confirm_statement, statements, options.jobs)
    again = [place for place, (kind, _) in enumerate(told) if kind == "unknown"]
    for place, answer in zip(
        again, _asked(confirm_statement_on_numbers, [statements[i] for i in again], options.jobs), strict=True
    ):
        told[place] = answer if answer[0] != "unknown" else (answer[0], f"{told[place][1]}; {answer[1]}")
    rows = [Row(claim, *answer) for claim, answer in zip(claims, told, strict=True)]
    if options.scripts:
        texts = run_bounded(script_of, statements, timeout=SCRIPT_SECONDS, jobs=options.jobs, preload=PRELOAD)
        printed = run_bounded(printed_by, [_script(text) for text in texts], timeout=SCRIPT_SECONDS, jobs=options.jobs)
        rows = [
            Row(row.claim, row.kind, row.reason, _printed(result)) for row, result in zip(rows, printed, strict=True)
        ]
    _tell(rows, options)
    return 1 if any(row.printed.startswith("failed") for row in rows) else 0


def _asked(ask: Callable[..., SymPySays | None], statements: Sequence[Statement], jobs: int) -> list[SymPySays]:
    task = partial(ask, seconds=SYMPY_SECONDS)
    return [_said(r) for r in run_bounded(task, statements, timeout=2 * SYMPY_SECONDS, jobs=jobs, preload=PRELOAD)]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scripts", action="store_true", help="run the plain SymPy of every step too")
    parser.add_argument("--reasons", action="store_true", help="list the steps that are not confirmed, and why")
    parser.add_argument("--only", default="", metavar="TEXT", help="derivations whose path contains this text")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(arguments)


def _said(result: Result[SymPySays | None]) -> SymPySays:
    if isinstance(result, Done):
        return result.value or ("unknown", "SymPy says nothing")
    return ("unknown", "the time was used up" if isinstance(result, TimedOut) else result.reason)


def _script(result: Result[str]) -> str:
    if isinstance(result, Done):
        return result.value
    return "# (was not written in time)" if isinstance(result, TimedOut) else f"# ({result.reason})"


def printed_by(script: str) -> str:
    """Run a script by itself; return what it printed, its comment where there is none to run."""
    if script.startswith("#"):
        return f"no script: {script.strip('#() ').strip()}"
    done = subprocess.run(
        [sys.executable, "-I", "-"], input=script, capture_output=True, text=True, timeout=SCRIPT_SECONDS, check=False
    )
    if done.returncode:
        return f"failed: {(done.stderr.strip().splitlines() or ['without a word'])[-1]}"
    return done.stdout.strip()


def _printed(result: Result[str]) -> str:
    if isinstance(result, Done):
        return result.value
    return f"failed: not done within {SCRIPT_SECONDS:g} seconds" if isinstance(result, TimedOut) else result.reason


def _tell(rows: Sequence[Row], options: argparse.Namespace) -> None:
    if options.reasons:
        for row in rows:
            if row.kind not in CONFIRMED or not row.printed.startswith(("True", "-")):
                print(f"{row.derivation}:{row.claim.line} {row.claim.statement.text!r}")
                print(f"    {row.kind}: {row.reason}{f' | prints {row.printed}' if row.printed != '-' else ''}")
        print()
    kinds = Counter(row.kind for row in rows)
    confirmed = sum(kinds[kind] for kind in CONFIRMED)
    table = [(kind, str(count), share(count, len(rows))) for kind, count in sorted(kinds.items())]
    print(
        aligned(("SymPy says", "steps", "share"), [*table, ("confirmed", str(confirmed), share(confirmed, len(rows)))])
    )
    if options.scripts:
        printed = Counter(row.printed.partition(":")[0] for row in rows)
        print()
        lines = [(said, str(count), share(count, len(rows))) for said, count in printed.most_common()]
        print(aligned(("its script prints", "steps", "share"), lines))


if __name__ == "__main__":
    sys.exit(main())
