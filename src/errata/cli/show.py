"""`errata show`: show a derivation of the library with its evidence."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from errata.cli.exit_status import FINE, WRONG
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option, judging_options

if TYPE_CHECKING:
    from errata.verify.settings import Settings

DESCRIPTION = """\
Show a derivation of the library: its steps, the verdict on each, and three columns of evidence: the general
proof (rules used), SymPy (in general or exact on instances), and numbers (interpretations, sizes, digits).

  errata show gan/jsd
  errata show gan/jsd --sympy > jsd.py     each step as plain SymPy, to run and take apart
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    parser.add_argument("identifier", metavar="ID", help="the id, such as gan/jsd")
    parser.add_argument("--sympy", action="store_true", help="print its steps as a script of plain SymPy")
    judging_options(parser)
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from importlib.resources import as_file

    from errata.derivations.front_matter import LibraryError
    from errata.derivations.library import UnknownDerivation, find
    from errata.report.build import build_report
    from errata.report.evidence import render_evidence
    from errata.report.terminal import columns_of

    try:
        derivation = find(options.identifier)
    except (LibraryError, UnknownDerivation) as error:
        return fail(str(error))
    with as_file(derivation.file) as path:
        if options.sympy:
            from errata.report.sympy_script import render_sympy

            sys.stdout.write(render_sympy(derivation, path))
            return FINE
        report = build_report([path], _settings(options))
    print_lines(render_evidence(derivation, report, columns=columns_of(sys.stdout)), options)
    return WRONG if report.fails() else FINE


def _settings(options: argparse.Namespace) -> Settings:
    """Every witness is asked; the settings of a course do not touch the library."""
    from errata.verify.settings import Settings

    timeout = 10.0 if options.timeout is None else options.timeout
    return Settings(seed=options.seed, timeout=timeout, jobs=options.jobs, every_witness=True)
