"""The front matter of a derivation: `key: value` lines and `- item` lists between two `---`."""

from __future__ import annotations

import re
from collections.abc import Iterable

FENCE = "---"
_KEY = re.compile(r"([a-z][a-z-]*):(?:\s+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.+)$")

Values = dict[str, str | tuple[str, ...]]


class LibraryError(Exception):
    """Something wrong with the library's own files; the message names file and line."""


def read_front_matter(text: str, path: str, *, single: Iterable[str], lists: Iterable[str]) -> Values:
    """Return the values by key: a text for the keys in `single`, a tuple for those in `lists`.

    Every key in `single` must be there; a list that is missing is empty. Raises LibraryError.
    """
    wanted_lists, wanted = frozenset(lists), frozenset(single)
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise LibraryError(f"{path}:1: a derivation begins with `{FENCE}` and its front matter")
    values: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    current = ""
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == FENCE:
            break
        if not line.strip():
            continue
        key, item = _KEY.match(line), _ITEM.match(line)
        if key and key[1] in values.keys() | items.keys():
            raise LibraryError(f"{path}:{number}: `{key[1]}` stands here twice")
        if key and key[1] in wanted and key[2]:
            values[key[1]], current = _unquoted(key[2]), ""
        elif key and key[1] in wanted_lists and key[2] in (None, "[]"):
            items[key[1]], current = [], key[1]
        elif item and current:
            items[current].append(_unquoted(item[1]))
        else:
            expected = _expected(wanted, wanted_lists)
            raise LibraryError(f"{path}:{number}: cannot read `{line.strip()}`: {expected}")
    else:
        raise LibraryError(f"{path}:{len(lines)}: the front matter has no closing `{FENCE}`")
    for key_name in sorted(wanted - values.keys()):
        raise LibraryError(f"{path}:1: the front matter has no `{key_name}`")
    return {**values, **{key_name: tuple(items.get(key_name, ())) for key_name in wanted_lists}}


def _expected(single: frozenset[str], lists: frozenset[str]) -> str:
    keys = [*(f"`{key}: value`" for key in sorted(single)), *(f"`{key}:`" for key in sorted(lists))]
    return f"expected {', '.join(keys)} or `- item`"


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
