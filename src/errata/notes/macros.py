"""Definitions of commands: found in the text and collected, never expanded here.

Read are \\newcommand, \\renewcommand, \\providecommand, \\def, \\let, \\DeclareMathOperator, their starred
forms, and \\DeclarePairedDelimiter.
"""

from __future__ import annotations

import re

from errata.notes.blocks import Macro

LONGEST_BODY = 10_000
LONGEST_BODY_IN_DOUBT = 300
DEFINITION = re.compile(
    r"\\(?P<how>newcommand|renewcommand|providecommand|[gex]?def|let|DeclareMathOperator"
    r"|DeclarePairedDelimiter)(?P<star>\*?)(?![A-Za-z])"
)
_NAME = re.compile(r"\s*(?:\{\s*(\\(?:[A-Za-z]+|[^A-Za-z\s]))\s*\}|(\\(?:[A-Za-z]+|[^A-Za-z\s])))")
_ARITY = re.compile(r"\s*\[\s*(\d)\s*\]")
_DEFAULT = re.compile(r"\s*\[([^\]\n]*)\]")
_LET = re.compile(r"\s*=?[ \t]?(\\(?:[A-Za-z]+|[^A-Za-z\s])|[^\s\\])")
_PARAMETER = re.compile(r"#(\d)")
_BRACES = re.compile(r"\\.|[{}]|%[^\n]*", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")


class DefinitionReader:
    """Reads the definitions of one text, each at most once, in time linear in its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._doubtful_until = 0

    def read(self, start: int) -> tuple[Macro | None, int] | None:
        """Read the definition that begins here as `read_definition` does.

        Where one was not closed those behind it are mostly not closed either, and are not searched so far.
        """
        match = DEFINITION.match(self.text, start)
        if match is None:
            return None
        longest = LONGEST_BODY_IN_DOUBT if start < self._doubtful_until else LONGEST_BODY
        definition = read_definition(self.text, match, longest)
        if definition is None:
            self._doubtful_until = max(self._doubtful_until, match.end() + LONGEST_BODY)
        return definition


def read_definition(text: str, match: re.Match[str], longest: int = LONGEST_BODY) -> tuple[Macro | None, int] | None:
    """Read the definition that `DEFINITION` matched; None where the text there is no definition.

    A body is at most `longest` characters long. Returns the macro and where the definition ends. A definition
    that is complete but that TeX itself would refuse (parameters out of order) gives no macro and is skipped.
    """
    how, position = match["how"], match.end()
    name = _NAME.match(text, position)
    if name is None:
        return None
    symbol, position = name[1] or name[2], name.end()
    if how == "let":
        target = _LET.match(text, position)
        return None if target is None else (Macro(symbol, 0, None, target[1]), target.end())
    if how.endswith("def"):
        return _read_def(symbol, text, position, longest)
    if how == "DeclareMathOperator":
        body = read_group(text, position, longest)
        operator = rf"\operatorname{match['star']}{{{body[0]}}}" if body else ""
        return None if body is None else (Macro(symbol, 0, None, operator), body[1])
    if how == "DeclarePairedDelimiter":
        return _read_paired(symbol, text, position, longest)
    return _read_newcommand(symbol, text, position, longest)


def _read_newcommand(symbol: str, text: str, position: int, longest: int) -> tuple[Macro, int] | None:
    arity, default = 0, None
    if (count := _ARITY.match(text, position)) is not None:
        arity, position = int(count[1]), count.end()
        if (optional := _DEFAULT.match(text, position)) is not None:
            default, position = optional[1], optional.end()
    body = read_group(text, position, longest) or _read_command(text, position)
    return None if body is None else (Macro(symbol, arity, default, body[0]), body[1])


def _read_command(text: str, position: int) -> tuple[str, int] | None:
    command = _NAME.match(text, position)
    return None if command is None or command[2] is None else (command[2], command.end())


def _read_def(symbol: str, text: str, position: int, longest: int) -> tuple[Macro | None, int] | None:
    brace = text.find("{", position, position + 200)
    body = None if brace < 0 else read_group(text, brace, longest)
    if body is None:
        return None
    pieces = _PARAMETER.split(text[position:brace])
    numbers, delimiters = pieces[1::2], tuple(piece.strip() for piece in pieces[::2])
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return None, body[1]
    return Macro(symbol, len(numbers), None, body[0], delimiters if any(delimiters) else ()), body[1]


def _read_paired(symbol: str, text: str, position: int, longest: int) -> tuple[Macro, int] | None:
    left = read_group(text, position, longest)
    right = None if left is None else read_group(text, left[1], longest)
    if left is None or right is None:
        return None
    return Macro(symbol, 1, None, rf"\left{left[0]} #1 \right{right[0]}", paired=True), right[1]


def read_group(text: str, position: int, longest: int = LONGEST_BODY) -> tuple[str, int] | None:
    """Return the inside of the brace group that begins here, comments left out, and where it ends.

    None where no group begins (after white space), or where it is not closed within `longest`
    characters.
    """
    while position < len(text) and text[position].isspace():
        position += 1
    if not text.startswith("{", position):
        return None
    depth = 0
    for token in _BRACES.finditer(text, position, position + longest):
        depth += (token[0] == "{") - (token[0] == "}")
        if depth == 0:
            return _COMMENT.sub("", text[position + 1 : token.start()]), token.end()
    return None


def find_definitions(text: str) -> list[tuple[int, int, Macro | None]]:
    """Return start, end and macro of every definition in the text, in order."""
    found: list[tuple[int, int, Macro | None]] = []
    position = 0
    reader = DefinitionReader(text)
    while (match := DEFINITION.search(text, position)) is not None:
        definition = reader.read(match.start())
        position = match.end()
        if definition is not None:
            macro, position = definition
            found.append((match.start(), position, macro))
    return found
