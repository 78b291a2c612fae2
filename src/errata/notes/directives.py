"""Directives: the comments that speak to errata, and which blocks they cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from errata.notes.blocks import (
    As,
    Block,
    Command,
    Declare,
    Directive,
    Display,
    Expect,
    Forget,
    Ignore,
    Inline,
    Off,
    On,
    Problem,
    Segment,
    Text,
    problem_at,
)
from errata.notes.source import Fragment

KEYWORDS = ("expect", "ignore", "off", "on", "forget", "as")
_HEAD = re.compile(r"\s*errata\s*:\s*", re.IGNORECASE)
_RULE = re.compile(r"[\w.-]+")
_IDENTIFIER = re.compile(r"[\w./-]+")


def directive_body(comment: Fragment) -> Fragment | None:
    """Return what stands after `errata:` in the inside of a comment, or None for an ordinary comment."""
    head = _HEAD.match(comment.text)
    return None if head is None else comment.slice(head.end(), len(comment.text)).strip()


def parse_directive(body: Fragment, segments: tuple[Segment, ...]) -> Command | Problem:
    """Return the command that the body of a directive gives, or what is wrong with it.

    segments: the body read as prose with formulas, for when it is a sentence that declares.
    """
    words = body.text.split()
    if not words:
        return problem_at("empty directive: after `errata:` comes a sentence or one of " + _known(), body)
    keyword, arguments = words[0].lower().rstrip(".,;"), words[1:]
    if keyword == "expect":
        return _expect(body, arguments)
    if keyword == "as" and len(arguments) == 1 and _IDENTIFIER.fullmatch(arguments[0]):
        return As(arguments[0])
    simple: dict[str, Command] = {"ignore": Ignore(), "off": Off(), "on": On(), "forget": Forget()}
    if keyword in simple and not arguments:
        return simple[keyword]
    if any(isinstance(segment, Inline) for segment in segments) or _is_sentence(keyword, arguments):
        return Declare(segments)
    return problem_at(_advice(keyword, arguments), body)


def _expect(body: Fragment, arguments: list[str]) -> Command | Problem:
    if not arguments or arguments[0].lower() != "wrong":
        return problem_at("`expect` is followed by `wrong` and perhaps a rule: `expect wrong sign`", body)
    if len(arguments) > 2 or not all(_RULE.fullmatch(word) for word in arguments):
        return problem_at("`expect wrong` takes one rule at most: `expect wrong log-of-product`", body)
    return Expect("wrong", arguments[1] if len(arguments) == 2 else None)


def _is_sentence(keyword: str, arguments: list[str]) -> bool:
    return len(arguments) >= 2 and keyword not in KEYWORDS and not _nearest(keyword)


def _nearest(keyword: str) -> list[str]:
    return get_close_matches(keyword, KEYWORDS, n=1, cutoff=0.7)


def _advice(keyword: str, arguments: list[str]) -> str:
    if keyword == "as":
        return "`as` is followed by one id of the library, such as `as gan/jsd`"
    if keyword in KEYWORDS:
        return f"nothing may follow `{keyword}`, but here stands `{' '.join(arguments)}`"
    near = _nearest(keyword)
    if near:
        return f"unknown directive `{keyword}`: did you mean `{near[0]}`?"
    return f"unknown directive `{keyword}`: it is none of {_known()}, and no sentence"


def _known() -> str:
    return ", ".join(f"`{keyword}`" for keyword in KEYWORDS)


# Coverage --------------------------------------------------------------------------------------------


def cover(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Write into each block of mathematics what the directives before it say.

    `expect`, `ignore` and `as` cover the next display, or the next text that holds a formula, whichever
    comes first; `off` covers everything up to `on`. A directive that covers nothing is a problem.
    """
    covered: list[Block] = []
    problems: list[Problem] = []
    waiting: list[Directive] = []
    off = False
    for block in blocks:
        if isinstance(block, Directive):
            if isinstance(block.command, Off | On):
                off = isinstance(block.command, Off)
            elif isinstance(block.command, Expect | Ignore | As):
                waiting.append(block)
        elif isinstance(block, Display) or (isinstance(block, Text) and _has_formula(block)):
            block = _covered(block, waiting, off)
            waiting = []
        covered.append(block)
    for directive in waiting:
        message = f"`{directive.kind}` stands before no block of mathematics"
        problems.append(problem_at(message, directive.fragment))
    return tuple(covered), tuple(problems)


def _has_formula(block: Text) -> bool:
    return any(isinstance(segment, Inline) for segment in block.segments)


def _covered(block: Text | Display, directives: list[Directive], off: bool) -> Text | Display:
    commands = [directive.command for directive in directives]
    references = [command.identifier for command in commands if isinstance(command, As)]
    return replace(
        block,
        expected=(*(command for command in commands if isinstance(command, Expect)), *block.expected),
        ignored=block.ignored or off or any(isinstance(command, Ignore) for command in commands),
        reference=references[-1] if references else block.reference,
    )
