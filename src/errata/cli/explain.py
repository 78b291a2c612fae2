"""`errata explain`: what a rule finds, why that matters, an example, and the example mended."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from errata.cli.exit_status import FINE
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option

DESCRIPTION = """\
Say what a rule finds, why that matters, and show an example with its mended line. Without a rule, name them all.

  errata explain
  errata explain log-of-product
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="what stands in brackets behind a verdict")
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.report.explanation import render_page, render_rules
    from errata.verify.diagnosis.slips import PAGES

    pages = {page.rule: page for page in PAGES}
    if options.rule is None:
        print_lines(render_rules(PAGES), options)
        return FINE
    rule = options.rule.strip("[]")
    if rule not in pages:
        near = get_close_matches(rule, pages, n=1)
        advice = f"did you mean `{near[0]}`?" if near else "`errata explain` names them all"
        return fail(f"there is no rule `{rule}`: {advice}")
    print_lines(render_page(pages[rule]), options)
    return FINE
