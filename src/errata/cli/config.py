"""`errata config`: print the settings that hold and where each comes from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from errata.cli.course import baseline_of, config_of
from errata.cli.exit_status import FINE
from errata.cli.output import fail, print_lines
from errata.cli.parser import Parser, colour_option, config_option
from errata.report.cannot_run import CannotRun

if TYPE_CHECKING:
    from errata.config.config import Config

DESCRIPTION = """\
Print the settings that hold in this folder and where each comes from: errata.toml, or [tool.errata] in
pyproject.toml, the nearest upward (of two in one folder, errata.toml wins).

  errata config

A course may set, for example

  paths = ["notes"]                      # what to check where no path is named
  exclude = ["drafts", "notes/old-*.md"]
  strict = true                          # fail on what is conditional, undecided or unread
  timeout = 20                           # seconds of processor time for one claim
  baseline = "known.json"                # findings that do not count as new

  [rules]                                # on, off, error, warning or note; by rule or by verdict
  conditional = "error"
  undecided = "off"

  [notation]
  log-base = 2
  layout = "numerator"                   # of derivatives, or "denominator"
  declare = ["Let $\\\\sigma$ be the logistic function."]

  [notation.names]                       # the course's own names and their sorts
  W = "\\\\mathbb{R}^{m \\\\times n}"
  n = "a positive integer"
"""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    config_option(parser)
    colour_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from errata.report.safe_text import one_line

    try:
        config = config_of(options)
    except CannotRun as error:
        return fail(str(error))
    rows = [(key, one_line(value), _source(config, key)) for key, value in _values(config)]
    keys, values = (max(len(row[column]) for row in rows) for column in (0, 1))
    print_lines(
        [((f"{k:<{keys}}", "strong"), (f" = {v:<{values}}", ""), (f"   {source}", "faint")) for k, v, source in rows],
        options,
    )
    return FINE


def _values(config: Config) -> list[tuple[str, str]]:
    """Return the settings as TOML writes them."""
    rules = [(f"rules.{rule}", _text(level)) for rule, level in config.rules.items()]
    names = [(f"notation.names.{name}", _text(meaning)) for name, meaning in config.names.items()]
    baseline = baseline_of(config)
    return [
        ("paths", _list(tuple(map(str, config.paths)))),
        ("exclude", _list(config.exclude)),
        ("strict", "true" if config.strict else "false"),
        ("timeout", f"{config.timeout:g}"),
        ("baseline", _text(str(baseline)) if baseline is not None else '""'),
        *rules,
        ("notation.log-base", _text(config.log_base or "e")),
        ("notation.layout", _text(config.layout)),
        ("notation.declare", _list(config.declare)),
        *names,
    ]


def _text(text: str) -> str:
    return f"'{text}'" if "\\" in text and "'" not in text else '"' + text.replace("\\", "\\\\") + '"'


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _source(config: Config, key: str) -> str:
    parts = key.split(".")
    table = {"rules": "rules", "notation": ".".join(parts[:2])}.get(parts[0], key)
    source = config.sources.get(table)
    return f"({source})" if source is not None else "(default)"
