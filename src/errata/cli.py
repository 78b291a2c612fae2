"""The door: `errata check`, `read`, `list` and `show`, each of which imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from errata import __version__

if TYPE_CHECKING:
    from errata.report.line import Line
    from errata.verify.settings import Settings

FINE, WRONG, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130

DESCRIPTION = """\
errata checks the mathematics in notes, step by step: LaTeX, Markdown, Jupyter notebooks.

  errata check notes/                judge every step of every derivation in a folder
  errata read notes/vae.md           show how every line was understood
  errata list                        name the derivations of the library
  errata show gan/jsd                show one of them with the evidence for each step
"""

CHECK = """\
Judge every step. A step that is wrong comes with its place, what was read, and a counterexample.

  errata check notes/                            every note in a folder
  errata check vae.md gan.tex                    these two
  errata check --format json --output r.json .   for programs (text still goes to the terminal)
  errata check --strict notes/                   fail, too, on what could not be decided or read

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

READ = """\
Show how every line was understood: its place, kind and relation, what it was read as, what its names are
taken for. A line that was not understood tells the character and what would help.

  errata read notes/vae.md
"""

LIST = """\
Name the derivations of the library, all or those of one topic.

  errata list
  errata list vae
"""

SHOW = """\
Show a derivation of the library: its steps, the verdict on each, and three columns of evidence: the general
proof (rules used), SymPy (in general or exact on instances), and numbers (interpretations, sizes, digits).

  errata show gan/jsd
  errata show gan/jsd --sympy > jsd.py     each step as plain SymPy, to run and take apart
"""


class Parser(argparse.ArgumentParser):
    """An argument parser that names what was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end with the status for "could not run"."""
        self.exit(COULD_NOT_RUN, f"errata: {message}\n(`{self.prog} --help` explains and gives examples)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("errata: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not try to flush to them at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    return status


def _run(words: list[str]) -> int:
    parser, commands = _parsers()
    _check_command(parser, commands, words)
    options, unknown = parser.parse_known_args(words)
    if unknown:
        _reject(commands.get(options.command, parser), unknown[0])
    if options.command is None:
        parser.print_help()
        return FINE
    status: int = options.run(options)
    return status


def _check_command(parser: Parser, commands: dict[str, Parser], words: list[str]) -> None:
    if not words or words[0].startswith("-") or words[0] in commands:
        return
    near = get_close_matches(words[0], commands, n=1)
    if near:
        parser.error(f"no command `{words[0]}`: did you mean `{near[0]}`?")
    if Path(words[0]).exists():
        parser.error(f"no command `{words[0]}`: did you mean `errata check {words[0]}`?")
    parser.error(f"no command `{words[0]}`: the commands are {', '.join(commands)}")


def _reject(parser: Parser, word: str) -> NoReturn:
    options = [option for action in parser._actions for option in action.option_strings]
    near = get_close_matches(word.partition("=")[0], options, n=1)
    parser.error(f"no option `{word}`" + (f": did you mean `{near[0]}`?" if near else ""))


# Options ---------------------------------------------------------------------------------------------


def _parsers() -> tuple[Parser, dict[str, Parser]]:
    raw = argparse.RawDescriptionHelpFormatter
    parser = Parser(prog="errata", description=DESCRIPTION, formatter_class=raw, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"errata {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    commands = {}
    for name, summary, description, build in (
        ("check", "judge every step of notes", CHECK, _check_options),
        ("read", "show how every line of notes is understood", READ, _read_options),
        ("list", "name the derivations of the library", LIST, _list_options),
        ("show", "show a derivation of the library with its evidence", SHOW, _show_options),
    ):
        command = subparsers.add_parser(
            name, help=summary, description=description, formatter_class=raw, allow_abbrev=False
        )
        build(command)
        commands[name] = command
    return parser, commands


def _check_options(command: Parser) -> None:
    _path_argument(command)
    option = command.add_argument
    option("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    option("--output", type=Path, metavar="FILE", help="where to write it; text still goes to the terminal")
    option("--strict", action="store_true", help="fail on conditional, undecided and unread steps too")
    option("--verbose", action="store_true", help="list the steps that are right as well")
    _judging_options(command)
    _colour_option(command)
    command.set_defaults(run=_check)


def _read_options(command: Parser) -> None:
    _path_argument(command)
    _colour_option(command)
    command.set_defaults(run=_read)


def _list_options(command: Parser) -> None:
    command.add_argument("topic", nargs="?", metavar="TOPIC", help="only this topic, such as gan or vae")
    _colour_option(command)
    command.set_defaults(run=_list)


def _show_options(command: Parser) -> None:
    command.add_argument("identifier", metavar="ID", help="the id, such as gan/jsd")
    command.add_argument("--sympy", action="store_true", help="print its steps as a script of plain SymPy")
    _judging_options(command)
    _colour_option(command)
    command.set_defaults(run=_show)


def _path_argument(command: Parser) -> None:
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a note (.md, .tex, .ipynb) or a folder of notes"
    )


def _judging_options(command: Parser) -> None:
    jobs = min(2, os.cpu_count() or 1)
    option = command.add_argument
    option("--seed", type=_seed, default=0, metavar="N", help="of all random draws (default: 0)")
    option("--timeout", type=_seconds, default=10.0, metavar="SECONDS", help="for one claim (default: 10)")
    option("--jobs", type=_positive, default=jobs, metavar="N", help=f"processes at work (default: {jobs})")


def _colour_option(command: Parser) -> None:
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto, on a terminal where NO_COLOR is not set)",
    )


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0, not `{text}`")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"a whole number from 1 is needed, not `{text}`")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"a number of seconds above 0 is needed, not `{text}`")
    return seconds


# Commands --------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from errata.verify.workers import JUDGE, start_server

    start_server(JUDGE)  # it loads the witnesses while this process loads the reader
    from errata.report.build import NothingToRead, build_report, notes_to_read
    from errata.report.output import CannotWrite, check_target, write_whole
    from errata.report.progress import progress_bar

    try:
        if options.output is not None:
            check_target(options.output, notes_to_read(options.paths))
        with progress_bar() as progress:
            report = build_report(options.paths, _settings(options), progress)
    except (NothingToRead, CannotWrite) as error:
        return _fail(str(error))

    from errata.report.json_report import render_json
    from errata.report.line import plain
    from errata.report.terminal import columns_of
    from errata.report.text import render_text

    json_only = options.format == "json" and options.output is None
    if json_only:
        sys.stdout.write(render_json(report))
    else:
        _print(render_text(report, columns=columns_of(sys.stdout), verbose=options.verbose), options)
    if options.output is not None:
        as_json = options.format == "json"
        text = render_json(report) if as_json else plain(render_text(report, verbose=options.verbose))
        try:
            write_whole(text, options.output)
        except CannotWrite as error:
            return _fail(str(error))
    return WRONG if report.fails(strict=options.strict) else FINE


def _read(options: argparse.Namespace) -> int:
    from errata.report.build import NothingToRead, build_reading
    from errata.report.reading import render_reading
    from errata.report.terminal import columns_of

    try:
        report = build_reading(options.paths)
    except NothingToRead as error:
        return _fail(str(error))
    _print(render_reading(report, columns=columns_of(sys.stdout)), options)
    return WRONG if report.fails() else FINE


def _list(options: argparse.Namespace) -> int:
    from errata.derivations.front_matter import LibraryError
    from errata.derivations.library import derivations, topics

    try:
        known = topics()
        chosen = [d for d in derivations() if options.topic in (None, d.topic)]
    except LibraryError as error:
        return _fail(str(error))
    if options.topic is not None and options.topic not in known:
        near = get_close_matches(options.topic, known, n=1)
        advice = f"did you mean `{near[0]}`?" if near else f"the topics are {', '.join(known)}"
        return _fail(f"the library has no topic `{options.topic}`: {advice}")
    longest = max((len(derivation.identifier) for derivation in chosen), default=0)
    _print([((f"{d.identifier:<{longest}}", "strong"), (f"  {d.title}", "")) for d in chosen], options)
    return FINE


def _show(options: argparse.Namespace) -> int:
    from dataclasses import replace
    from importlib.resources import as_file

    from errata.derivations.front_matter import LibraryError
    from errata.derivations.library import UnknownDerivation, find
    from errata.report.build import build_report
    from errata.report.evidence import render_evidence
    from errata.report.terminal import columns_of

    try:
        derivation = find(options.identifier)
    except (LibraryError, UnknownDerivation) as error:
        return _fail(str(error))
    with as_file(derivation.file) as path:
        if options.sympy:
            from errata.report.sympy_script import render_sympy

            sys.stdout.write(render_sympy(derivation, path))
            return FINE
        report = build_report([path], replace(_settings(options), every_witness=True))
    _print(render_evidence(derivation, report, columns=columns_of(sys.stdout)), options)
    return WRONG if report.fails() else FINE


def _settings(options: argparse.Namespace) -> Settings:
    from errata.verify.settings import Settings

    return Settings(
        seed=options.seed,
        timeout=options.timeout,
        jobs=options.jobs,
        strict=getattr(options, "strict", False),
        reasons=_shows_reasons(options),
    )


def _shows_reasons(options: argparse.Namespace) -> bool:
    """Whether the report names the rules of proofs: as plain text it does so only where all steps are listed."""
    return getattr(options, "format", None) != "text" or bool(options.verbose)


def _print(lines: Sequence[Line], options: argparse.Namespace) -> None:
    from errata.report.terminal import wants_colour, write

    write(lines, sys.stdout, colour=wants_colour(options.color, sys.stdout))


def _fail(message: str) -> int:
    from errata.report.safe_text import safe

    print(f"errata: {safe(message)}", file=sys.stderr)
    return COULD_NOT_RUN
