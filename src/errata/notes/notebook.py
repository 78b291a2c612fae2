"""Notebooks: the Markdown cells of a Jupyter notebook, each a source of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import product

from errata.notes.blocks import Problem
from errata.notes.kinds import DocumentError
from errata.notes.source import Position, Source


def notebook_sources(text: str, path: str) -> tuple[list[Source], list[Problem]]:
    """Return the Markdown cells of a notebook, numbered from 1 among all cells, and what is wrong with it.

    Raises `DocumentError` where the text is no JSON (with its place) or has no list of cells.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for number, cell in enumerate(_cells(_parsed(text, path), path), start=1):
        if not isinstance(cell, dict):
            problems.append(_malformed(number, path, "is no object"))
        elif cell.get("cell_type") == "markdown":
            written = _written(cell.get("source"))
            if written is None:
                problems.append(_malformed(number, path, "has a `source` that is no string or list of strings"))
            else:
                sources.append(Source(path, written, number))
    return sources, problems


def notebook_with(text: str, path: str, sources: Mapping[int, str]) -> str | None:
    """Return the text of a notebook with other sources in some cells, all else as it stands character by character.

    sources: by the number of the cell. None where the notebook is not written as programs write one, so that it could
    not be written again the same. Raises `DocumentError` as `notebook_sources` does.
    """
    notebook = _parsed(text, path)
    style = next((style for style in _STYLES if _dumped(notebook, style) == text), None)
    if style is None:
        return None
    for number, cell in enumerate(_cells(notebook, path), start=1):
        if number in sources and isinstance(cell, dict):
            in_lines = isinstance(cell.get("source"), list)
            cell["source"] = sources[number].splitlines(keepends=True) if in_lines else sources[number]
    return _dumped(notebook, style)


_STYLES = tuple(product((1, 2, 4, None), (False, True), ("\n", "")))
"""Indentation, whether other scripts are escaped, and the end of the file."""


def _dumped(notebook: object, style: tuple[int | None, bool, str]) -> str:
    indent, escaped, end = style
    return json.dumps(notebook, indent=indent, ensure_ascii=escaped) + end


def _parsed(text: str, path: str) -> object:
    try:
        parsed: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError(f"no notebook: {error.msg}", path, error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError(f"no notebook: {error}", path, 1, 1) from error
    return parsed


def _cells(notebook: object, path: str) -> list[object]:
    if not isinstance(notebook, dict):
        raise DocumentError("no notebook: the JSON is no object", path, 1, 1)
    cells = notebook.get("cells")
    if cells is None:  # format 3 keeps them in worksheets
        worksheets = notebook.get("worksheets")
        sheets = worksheets if isinstance(worksheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for listed in lists if isinstance(listed, list) for cell in listed] if lists else None
    if not isinstance(cells, list):
        raise DocumentError("no notebook: it has no list of cells", path, 1, 1)
    return cells


def _written(source: object) -> str | None:
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return None


def _malformed(number: int, path: str, what: str) -> Problem:
    place = Position(1, 1, number)
    return Problem(f"cell {number} {what}", place, place, path)
