r"""Columns written out by their entries: x = (x_1, \dots, x_n), [x_1, x_2, \dots, x_n]^\top, a matrix of one column."""

from __future__ import annotations

import re

_MEMBERS = re.compile(
    r"(?P<base>\\?[A-Za-z]+)_(?:1|\{1\})(?P<apart>,|&|\\\\)(?:(?P=base)_(?:2|\{2\})(?P=apart))?"
    r"\\(?:[lc]?dots[bc]?|vdots)(?P=apart)(?P=base)_(?P<last>[A-Za-z]|\{[^{}]+\})"
)
_BRACKETS = re.compile(
    r"(?:\((?P<round>.*)\)|\[(?P<square>.*)\]|\\begin\{(?P<kind>[bp]?matrix)\}(?P<rows>.*)\\end\{(?P=kind)\})"
    r"(?P<turned>\^(?:\{?\\top\}?|\{?T\}?|\{?\\intercal\}?|\{\\(?:mathrm|mathsf|text)\{T\}\}))?",
    re.DOTALL,
)


def written_out(latex: str) -> tuple[str, str] | None:
    """Return the letter of the entries and the number of the last; None where no column of entries is written.

    latex: without white space that means nothing. A list in round brackets is a column with and without a transpose;
    one in square brackets lies without.
    """
    outside = _BRACKETS.fullmatch(latex)
    if outside is None:
        return None
    inside = next(part for part in (outside["round"], outside["square"], outside["rows"]) if part is not None)
    members = _MEMBERS.fullmatch(inside.removesuffix("\\\\"))
    if members is None:
        return None
    stands = members["apart"] == "\\\\"
    in_rows = outside["rows"] is not None
    if in_rows == (members["apart"] == ",") or (stands and outside["turned"]):
        return None
    if not stands and outside["round"] is None and not outside["turned"]:
        return None
    return members["base"], members["last"].strip("{}")
