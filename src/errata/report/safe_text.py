"""Foreign text on a terminal: what it shows as, and how many columns it takes.

Notes are written by others. Their control characters would move the cursor or recolour the screen, and
their direction overrides would show other text than what stands there: they are shown, never sent.
"""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
TAB = "    "

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def shown(character: str) -> str:
    """Return what one character of foreign text is shown as."""
    code = ord(character)
    if character == "\t":
        return TAB
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or character in _OVERRIDES:
        return f"<U+{code:04X}>"
    return character


def safe(text: str) -> str:
    """Return foreign text as it is shown, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(shown, text))


def width(text: str) -> int:
    """Return the columns that shown text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_width_of, text))


def _width_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    combining = unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf")
    return 0 if combining else 1


def clip(text: str, columns: int) -> str:
    """Return shown text cut to a number of columns, with an ellipsis where something was cut."""
    if width(text) <= columns:
        return text
    if columns < width(ELLIPSIS):
        return ""
    kept, used = [], width(ELLIPSIS)
    for character in text:
        used += _width_of(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def one_line(text: str) -> str:
    """Return foreign text with every run of white space as one blank, as it is shown."""
    return safe(" ".join(text.split()))


def excerpt(line: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """Return a source line as shown in so many columns, and the columns from and to which it is underlined.

    start and end are offsets into the line (end exclusive; at least one character is underlined). A line
    that is too wide is cut around them, their beginning first.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    before, inside, after = safe(line[:start]), safe(line[start:end]), safe(line[end:])
    needed = max(1, width(inside))
    if width(before) + needed + width(after) > columns:
        spare = max(0, columns - needed)
        room_after = min(width(after), max(spare // 3, spare - width(before)))
        before = _clip_left(before, max(spare - room_after, min(8, columns // 4)))
        inside = clip(inside, max(1, columns - width(before)))
        after = clip(after, columns - width(before) - width(inside)) if width(after) else ""
        needed = max(1, width(inside))
    first = width(before)
    return (before + inside + after).rstrip(), first, first + needed


def _clip_left(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept, used = [], width(ELLIPSIS)
    for character in reversed(text):
        used += _width_of(character)
        if used > columns:
            break
        kept.append(character)
    return ELLIPSIS + "".join(reversed(kept))
