"""Colours where they are wanted, and nothing that the stream cannot take."""

import io

import pytest
from made_reports import full_report

from errata.report.terminal import columns_of, wants_colour, write
from errata.report.text import render_text


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_without_colours_no_escapes_are_written():
    stream = io.StringIO()
    write(render_text(full_report()), stream, colour=False)
    assert "\x1b" not in stream.getvalue()


def test_colours_change_nothing_but_colours():
    import re

    plain, coloured = io.StringIO(), Terminal()
    write(render_text(full_report(), columns=300), plain, colour=False)
    write(render_text(full_report(), columns=300), coloured, colour=True)
    assert "\x1b[1;31mwrong" in coloured.getvalue()
    without = re.sub(r"\x1b\[[\d;]*m", "", coloured.getvalue())
    assert [line.rstrip() for line in plain.getvalue().splitlines()] == [line.rstrip() for line in without.splitlines()]


def test_what_the_encoding_lacks_is_written_as_an_escape():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    write([(("μ = 1", ""),)], stream, colour=False)
    stream.flush()
    assert raw.getvalue() == b"\\u03bc = 1\n"


@pytest.mark.parametrize(
    ("colour", "environment", "expected"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"TERM": "dumb"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {}, False),
    ],
)
def test_who_decides_on_colours(colour, environment, expected, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected == wants_colour(colour, Terminal())


def test_a_file_is_not_coloured_of_itself():
    assert not wants_colour("auto", io.StringIO())


def test_the_width_of_what_is_no_terminal(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert columns_of(io.StringIO()) == 120
    monkeypatch.setenv("COLUMNS", "90")
    assert columns_of(io.StringIO()) == 90
