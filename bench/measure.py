"""The measurement: what is measured in which order, the tables, and the figures as JSON."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from claims import Source, own_sources, source_of
from judging import judge_all
from startup import NotInstalled, startup_seconds
from summary import Measured, contest, is_against, overall
from sympy_baseline import METHODS, ask_all
from table import contest_table, overall_table, startup_table

from errata import __version__
from errata.report.selection import NothingToRead

RESULTS = Path(__file__).resolve().parent / "results.json"
COULD_NOT_RUN = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, write the figures; return the exit status."""
    options = _options(arguments)
    try:
        sources = () if options.only else own_sources()
        sources += tuple(source_of(str(path), [path]) for path in options.paths)
        startup = startup_seconds(options.runs)
    except (NothingToRead, NotInstalled) as error:
        print(f"bench: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except subprocess.CalledProcessError as error:
        print(f"bench: {' '.join(error.cmd)} ended with status {error.returncode}", file=sys.stderr)
        return COULD_NOT_RUN
    measured = {source.name: _measured(source, options) for source in sources}
    print(_tables(measured, startup))
    figures = json.dumps(_figures(sources, measured, startup, options), indent=1, ensure_ascii=False)
    options.output.write_text(figures + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run.py", description="Measure errata, and SymPy beside it.")
    option = parser.add_argument
    option("paths", nargs="*", type=Path, metavar="FOLDER", help="notes of your own, measured as well")
    option("--only", action="store_true", help="measure these alone, not the notes and the library")
    option("--timeout", type=float, default=10.0, metavar="SECONDS", help="for one claim (default: 10)")
    option("--seed", type=int, default=0, metavar="N", help="of all random draws (default: 0)")
    option("--runs", type=int, default=5, metavar="N", help="of each start-up command (default: 5)")
    option("--output", type=Path, default=RESULTS, metavar="FILE", help="for the figures (bench/results.json)")
    return parser.parse_args(arguments)


def _measured(source: Source, options: argparse.Namespace) -> list[Measured]:
    statements = [claim.statement for claim in source.claims]
    print(f"{source.name}: {len(statements)} claims: errata ...", file=sys.stderr, flush=True)
    judged = judge_all(statements, seed=options.seed, timeout=options.timeout)
    print(f"{source.name}: SymPy ...", file=sys.stderr, flush=True)
    compared = ask_all(statements, seed=options.seed, timeout=options.timeout)
    return [Measured(*row) for row in zip(source.claims, judged, compared, strict=True)]


def _with_total(measured: Mapping[str, list[Measured]]) -> list[tuple[str, list[Measured]]]:
    total = [("total", [m for rows in measured.values() for m in rows])] if len(measured) > 1 else []
    return [*measured.items(), *total]


def _tables(measured: Mapping[str, list[Measured]], startup: Mapping[str, float]) -> str:
    rows = _with_total(measured)
    return "\n".join(
        [
            "errata on all claims (decided: proved, holds or wrong; times of the judge a claim, as for the report in",
            "plain text, which does not name the rules of proofs)",
            "",
            overall_table([overall(name, found) for name, found in rows]),
            "",
            "The equations that SymPy can be asked about (errata without SymPy's help; against: contradicts errata;",
            "x errata: ratio of the medians; encoded too: median with the building of both sides counted in)",
            "",
            contest_table([row for name, found in rows for row in contest(name, found)]),
            "",
            "The same without those whose difference is 0 as soon as both sides are built",
            "",
            contest_table([row for name, found in rows for row in contest(name, _to_be_shown(found))]),
            "",
            startup_table(startup),
            *_crashes([m for found in measured.values() for m in found]),
        ]
    )


def _to_be_shown(measured: Sequence[Measured]) -> list[Measured]:
    return [m for m in measured if not m.compared.zero_as_built]


def _crashes(measured: Sequence[Measured]) -> list[str]:
    """Say how many claims took a worker down: figures with many of them tell little."""
    own = sum(m.judged.crashed for m in measured)
    baseline = sum(m.compared.crashed for m in measured)
    if not own + baseline:
        return []
    return ["", f"workers that crashed: {own} with errata, {baseline} with SymPy (reasons in the figures)"]


def _figures(
    sources: Sequence[Source],
    measured: Mapping[str, list[Measured]],
    startup: Mapping[str, float],
    options: argparse.Namespace,
) -> dict[str, Any]:
    rows = _with_total(measured)
    return {
        "schema": 1,
        "errata": __version__,
        "python": platform.python_version(),
        "sympy": version("sympy"),
        "machine": platform.machine(),
        "seed": options.seed,
        "timeout": options.timeout,
        "startup": dict(startup),
        "all": [asdict(overall(name, found)) for name, found in rows],
        "beside_sympy": [asdict(row) for name, found in rows for row in contest(name, found)],
        "beside_sympy_to_be_shown": [
            asdict(row) for name, found in rows for row in contest(name, _to_be_shown(found))
        ],
        "unreadable": {source.name: list(source.unreadable) for source in sources if source.unreadable},
        "claims": {name: [_claim(m) for m in found] for name, found in measured.items()},
    }


def _claim(measured: Measured) -> dict[str, Any]:
    judgement = measured.judged.judgement
    compared = measured.compared
    return {
        "path": measured.claim.path,
        "line": measured.claim.line,
        "text": measured.claim.statement.text,
        "verdict": judgement.verdict,
        "message": judgement.message,
        "checked": measured.judged.checked,
        "seconds": measured.judged.seconds,
        "form": compared.form,
        "no_form": compared.reason,
        "zero_as_built": compared.zero_as_built,
        "crashed": measured.judged.crashed or compared.crashed,
    } | {
        method: asdict(answer) | {"against": is_against(measured.judged, answer.says)}
        for method in METHODS
        if compared.form
        for answer in [compared.answer(method)]
    }

