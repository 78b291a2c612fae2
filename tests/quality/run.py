"""`make quality`: the whole mutation suite, with a table. Folders of further notes may be named.

    python tests/quality/run.py [--most N] [--cases N] [--skip N] [--seed N] [--jobs N] [--verdicts] [--show] [NOTES...]

Steps are drawn at random by the seed; a false verdict is told when it is found, the table when all steps are done.
"""

from __future__ import annotations

import argparse
import random
import sys
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "verify")]

from suite import Case, Tally, cases, run_case, sources, table  # noqa: E402

from errata.verify.workers import Done, run_bounded  # noqa: E402

SECONDS = 300.0


def attempt(case: Case, *, seed: int, most: int, diagnosed: bool) -> Tally:
    """Run one case in a worker."""
    return run_case(case, seed, most, diagnosed)


def tell(tally: Tally, everything: bool) -> None:
    """Print what must be looked at."""
    found = [("called right", tally.called_right), ("false alarm", tally.false_alarms)]
    if everything:
        found += [("untold", tally.untold), ("not detected", tally.undetected)]
        found += [("not mended", tally.unmended), ("not named", tally.misnamed)]
    for head, lines in found:
        for line in lines:
            print(f"{head}: {line}", flush=True)


def main() -> int:
    """Run the suite and print its table; fail where a false step was called right or a right one wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--most", type=int, default=12, help="slips and rewritings a step (default: 12)")
    parser.add_argument("--cases", type=int, default=0, help="only so many steps, drawn at random")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many steps of those drawn")
    parser.add_argument("--verdicts", action="store_true", help="judge alone, diagnose nothing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="list what was not mended")
    options = parser.parse_args()
    chosen = [case for text, path in sources(options.folders) for case in cases(text, path)]
    random.Random(options.seed).shuffle(chosen)
    chosen = chosen[options.skip :][: options.cases or None]
    tally, reached, lost = Tally(), 0, 0
    task = partial(attempt, seed=options.seed, most=options.most, diagnosed=not options.verdicts)
    try:
        for result in run_bounded(task, chosen, timeout=SECONDS, jobs=options.jobs):
            reached += 1
            if isinstance(result, Done):
                tally.add(result.value)
                tell(result.value, options.show)
            else:
                lost += 1
    except KeyboardInterrupt:
        print("interrupted: the figures are those of the steps that were reached")
    print(table(tally))
    print(f"{reached} of {len(chosen)} steps, {lost} not finished")
    return 1 if tally.called_right or tally.false_alarms else 0


if __name__ == "__main__":
    sys.exit(main())
