r"""Lists after a display that say what its names are: "* $C = W W^T + \sigma^2 I$", "* $\mu_i = w^T x_i$ is the mean".

Such a list stands for a sentence that begins with "where". An item is one if it opens with an equation for a name,
of which the display speaks without saying itself what it is, and if no words after the equation make it a choice
("can be set to"), a condition or a claim. A list that sets names to numbers or to one another, or one name twice, is
one of special cases, and tells nothing of the display.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from errata.language import symbols
from errata.language.chains import Row
from errata.language.cursor import relation_of, split_relations
from errata.language.syntax import Node, Scripted, everything
from errata.notes.document import Block, Comment, Directive, Fragment, Inline, Prose, Text

MAXIMAL_ITEMS = 12
_LEADS = re.compile(r"(?:where|with|here|in which|其中|这里|wobei|où|donde)[\s:,：]*", re.IGNORECASE)
_DESCRIBES = re.compile(
    r"[\s.,;]*(?:$|\(|(?:,\s*)?(?:which\s+)?(?:is|are|being|denotes?|:|-|–|—)\s+"
    r"(?:the|a|an|our|its|their|called|known as)\s)"
)
_CONSTANTS = frozenset(("I", "\\mathbf{I}", "e", "\\pi", "\\infty", "i"))
_CHOOSES = re.compile(
    r"\b(?:can|could|may|might|must|should|would|if|when|whenever|unless|assum\w*|suppos\w*|set|sets|choos\w*|choice|"
    r"chosen|without loss|follows|implies|hence|thus|therefore|because|since|optim\w*|minimi\w*|maximi\w*|solution|"
    r"same|special|limit|approximat\w*)\b",
    re.IGNORECASE,
)


def is_lead(words: str) -> bool:
    """Return whether words only lead over to what a list tells: "where:"."""
    return _LEADS.fullmatch(words.strip()) is not None


def list_after(following: Iterable[Block]) -> tuple[Text, ...]:
    """Return the items of the list right after a display, if there is one; "where:" may stand between."""
    items: list[Text] = []
    for block in following:
        if isinstance(block, Directive | Comment):
            continue
        if not isinstance(block, Text) or len(items) >= MAXIMAL_ITEMS:
            break
        if block.role == "item":
            items.append(block)
        elif items or not is_lead(block.fragment.text):
            break
    return tuple(items)


def opening_formula(item: Text) -> Inline | None:
    """Return the formula that an item opens with, if no words of the item choose, suppose or conclude anything."""
    segments = [s for s in item.segments if isinstance(s, Inline) or s.fragment.text.strip()]
    if not segments or not isinstance(segments[0], Inline):
        return None
    after = segments[1].fragment.text if len(segments) > 1 else ""
    words = " ".join(s.fragment.text for s in segments if isinstance(s, Prose))
    described = not isinstance(segments[-1], Inline) or len(segments) == 1
    return segments[0] if described and _DESCRIBES.match(after) and not _CHOOSES.search(words) else None


@dataclass(frozen=True, slots=True)
class Legend:
    """What an item says that a name is: its letter, the name, the sides of the equation, and where it is written."""

    base: str
    name: str
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    formula: Fragment


def legends(formulas: Iterable[tuple[Fragment, Sequence[Row]]], display: Sequence[Row]) -> tuple[Legend, ...]:
    """Return what the items of a list tell, by the formulas that they open with; nothing where they list cases.

    display: the rows of the display, which must mention a name that is told, and not have it alone on one side.
    """
    found: list[Legend] = []
    for fragment, rows in formulas:
        members, relations = split_relations(rows[0].nodes) if len(rows) == 1 and rows[0].problem is None else ([], [])
        if not relations or relation_of(relations[0]) not in ("=", ":="):
            continue
        base = _head(members[0])
        if base is None:
            continue
        name = _name(members[0], base)
        if _is_value(members[1]) or any(name == legend.name for legend in found):
            return ()
        found.append(Legend(base, name, members[0], members[1], fragment))
    mentioned = {symbols.base_symbol(node) for row in display for node in everything(row.nodes)} - _alone(display)
    return tuple(legend for legend in found if legend.base in mentioned)


def _is_value(side: Sequence[Node]) -> bool:
    """Return whether a side is a name alone, or has none: B = A and y = 0 are cases."""
    names = {symbol for node in everything(side) if (symbol := symbols.base_symbol(node)) is not None}
    return _head(side) is not None or names <= _CONSTANTS


def _head(member: Sequence[Node]) -> str | None:
    """Return the letter of a side that is one name, with or without an index."""
    if len(member) != 1:
        return None
    (node,) = member
    if isinstance(node, Scripted) and node.upper:
        return None
    return symbols.base_symbol(node.base if isinstance(node, Scripted) else node)


def _name(member: Sequence[Node], base: str) -> str:
    """Return a name with its label, A_1; of a member, x_i, only the letter."""
    (node,) = member
    label = symbols.label(node.lower or ()) if isinstance(node, Scripted) else ""
    counts = len(label) == 1 and label.isalpha()
    return base if counts else symbols.decorated(node) or base


def _alone(display: Sequence[Row]) -> set[str]:
    """Return the names that are all of a side of a relation."""
    sides = (member for row in display for member in split_relations(row.nodes)[0])
    return {symbol for side in sides if (symbol := _head(side)) is not None}
