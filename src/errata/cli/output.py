"""What commands say: lines on standard output, and why one could not run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.cli.exit_status import COULD_NOT_RUN

if TYPE_CHECKING:
    from errata.report.line import Line


def print_lines(lines: Sequence[Line], options: argparse.Namespace) -> None:
    """Write lines to standard output, coloured as the options say."""
    from errata.report.terminal import wants_colour, write

    write(lines, sys.stdout, colour=wants_colour(options.color, sys.stdout))


def fail(message: str) -> int:
    """Say on standard error why it could not run, and return the exit status for that."""
    tell(message)
    return COULD_NOT_RUN


def tell(message: str) -> None:
    """Say something on standard error, control characters written out."""
    from errata.report.safe_text import safe

    print(f"errata: {safe(message)}", file=sys.stderr)
