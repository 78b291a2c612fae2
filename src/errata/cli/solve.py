"""`errata solve`: derivations of the library as solutions in LaTeX, PDF or Markdown."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from errata.cli.course import store_of
from errata.cli.exit_status import FINE
from errata.cli.output import fail
from errata.cli.parser import Parser, cache_options, judging_options
from errata.report.cannot_run import CannotRun

if TYPE_CHECKING:
    from errata.derivations.library import Derivation

DESCRIPTION = """\
Write derivations of the library as solutions: the question, what is given, every step with its reason, the
result, how it is known, and the sources. A reason is checked: the rules it names carry the step by themselves.

  errata solve gan/jsd -o jsd.tex
  errata solve info/kl vae/elbo -o notes.pdf     several; a PDF needs pdflatex
  errata solve gan -o gan.md                     all of a topic
  errata solve --all -o library.pdf
"""

ENDINGS = (".tex", ".pdf", ".md")


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    option = parser.add_argument
    option("identifiers", nargs="*", metavar="ID", help="an id such as gan/jsd, or a topic such as gan")
    option("--all", action="store_true", help="the whole library")
    option("-o", "--output", type=Path, metavar="FILE", help=".tex, .pdf or .md (default: LaTeX to the terminal)")
    option("--force", action="store_true", help="write over a file that is there")
    judging_options(parser)
    cache_options(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.derivations.front_matter import LibraryError
    from errata.derivations.library import UnknownDerivation
    from errata.solutions.build import CannotBuild
    from errata.solutions.tex import NoPdf

    try:
        _solve(options)
    except (CannotRun, LibraryError, UnknownDerivation, CannotBuild, NoPdf) as error:
        return fail(str(error))
    return FINE


def _solve(options: argparse.Namespace) -> None:
    from errata.report.output import check_target, write_whole
    from errata.report.terminal import write_text
    from errata.solutions.build import build_solutions
    from errata.solutions.latex import render_latex
    from errata.solutions.markdown import render_markdown
    from errata.solutions.tex import compile_latex, find_engine
    from errata.verify.settings import Settings

    chosen = _chosen(options)
    target: Path | None = options.output
    if target is not None:
        if target.suffix not in ENDINGS:
            raise CannotRun(f"{target}: its ending is none of {', '.join(ENDINGS)}")
        if target.exists() and not options.force:
            raise CannotRun(f"{target}: is there already; --force writes over it")
        check_target(target, ())
        if target.suffix == ".pdf":
            find_engine()  # before the work, not after it
    timeout = 30.0 if options.timeout is None else options.timeout
    settings = Settings(seed=options.seed, timeout=timeout, jobs=options.jobs, reasons=False)
    with store_of(options) as store:
        solutions = build_solutions(chosen, settings, store)
    if target is None:
        write_text(render_latex(solutions), sys.stdout)
    elif target.suffix == ".md":
        write_whole(render_markdown(solutions), target)
    elif target.suffix == ".tex":
        write_whole(render_latex(solutions), target)
    else:
        pdf, warnings = compile_latex(render_latex(solutions))
        write_whole(pdf, target)
        for warning in warnings:
            print(f"errata: {warning}", file=sys.stderr)


def _chosen(options: argparse.Namespace) -> list[Derivation]:
    """Return the derivations that are asked for, each once, in the order of the library within a topic."""
    from errata.derivations.library import derivations, find, topics

    if options.all:
        return list(derivations())
    if not options.identifiers:
        raise CannotRun("no ID is given (`errata list` names them; --all takes the whole library)")
    found: dict[str, Derivation] = {}
    for word in options.identifiers:
        if word not in topics() and (near := get_close_matches(word, topics(), n=1)) and "/" not in word:
            raise CannotRun(f"the library has no topic `{word}`: did you mean `{near[0]}`?")
        known = [d for d in derivations() if d.topic == word] if word in topics() else [find(word)]
        found.update((derivation.identifier, derivation) for derivation in known)
    return list(found.values())
