"""`errata list`: name the derivations of the library."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from errata.cli.exit_status import FINE
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option

DESCRIPTION = """\
Name the derivations of the library, all or those of one topic.

  errata list
  errata list vae
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="only this topic, such as gan or vae")
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.derivations.front_matter import LibraryError
    from errata.derivations.library import derivations, topics

    try:
        known = topics()
        chosen = [d for d in derivations() if options.topic in (None, d.topic)]
    except LibraryError as error:
        return fail(str(error))
    if options.topic is not None and options.topic not in known:
        near = get_close_matches(options.topic, known, n=1)
        advice = f"did you mean `{near[0]}`?" if near else f"the topics are {', '.join(known)}"
        return fail(f"the library has no topic `{options.topic}`: {advice}")
    longest = max((len(derivation.identifier) for derivation in chosen), default=0)
    print_lines([((f"{d.identifier:<{longest}}", "strong"), (f"  {d.title}", "")) for d in chosen], options)
    return FINE
