"""Variables that only entropies speak of: H(X, Y), H(Y | X), I(X; Y) imply one joint law of X and Y."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import split
from errata.language.scope import Definition
from errata.language.syntax import Command, Group, Leaf, Node, Words, leaf_text, levels

JOINT = "\\Pr"
"""The symbol of a joint law that the note does not name."""
_BARS = ("|", "\\mid")
_SEPARATORS = (",", ";", *_BARS)
_LAWS = frozenset("PQ")


_OF_CHANCE = re.compile(
    r"\bentrop\w*|\buniform(?:ly)?\b|\brandom\b|\bdistribut\w+|\bbits?\b|\bnats?\b|\bcoins?\b|\bdice\b|熵|آنتروپی",
    re.IGNORECASE,
)
ENTROPY = "entropy"
"""What a letter is said to stand for that entropies are written with."""
_DIFFERENTIAL = re.compile(r"\bdifferential entrop|微分熵", re.IGNORECASE)
_CONTINUOUS = re.compile(r"\bcontinuous\b|\bdifferential entrop|\bdensit|连续|微分熵|پیوسته", re.IGNORECASE)


def speaks_of_discrete(prose: str) -> bool:
    """Return whether nothing in the prose says that variables are continuous: their entropies have other laws."""
    return _CONTINUOUS.search(prose) is None


def entropy_letters(prose: str) -> dict[str, str]:
    """Return the letter that a note on differential entropies writes them with."""
    return {"h": ENTROPY} if _DIFFERENTIAL.search(prose) else {}


def perhaps_entropy(defined: object, prose: Callable[[], str]) -> str | None:
    """Return the word of a note by which H(X) = ... tells the entropy of a variable and explains no function H."""
    if not isinstance(defined, Definition) or defined.symbol not in ("H", "h") or not defined.parameters:
        return None
    if not all(p.isupper() and len(p) == 1 for p in defined.parameters):
        return None
    spoken = _OF_CHANCE.search(prose())
    return None if spoken is None else spoken[0]


def informed_variables(formulas: Iterable[Sequence[Node]], spaces: Collection[str]) -> tuple[str, ...]:
    """Return the spaces of the capitals in entropies, where some entropy has a condition or an information stands.

    () where a law of the note is over one of them: it is the law then.
    """
    brackets = [bracket for formula in formulas for bracket in _brackets(formula)]
    listed = [(head, names) for head, bracket in brackets if (names := _capitals(bracket))]
    if not any(head == "I" or _has_bar(bracket) for head, bracket in brackets if _capitals(bracket)):
        return ()
    found = tuple(dict.fromkeys(symbols.base_name(n) for _, names in listed for n in names))
    return () if set(found) & set(spaces) else found


def _brackets(formula: Sequence[Node]) -> Iterator[tuple[str, Group]]:
    for level in levels(formula):
        for node, bracket in pairwise(level):
            word = node.text if isinstance(node, Words) else leaf_text(node)
            if isinstance(node, Command) and node.name in ("mathbb", "mathrm"):
                word = symbols.label(node.arguments[0])
            if word in ("H", "I") and isinstance(bracket, Group) and bracket.opening in ("(", "["):
                yield word, bracket


def _capitals(bracket: Group) -> tuple[str, ...]:
    """Return the capitals that a bracket lists; () where anything else stands there."""
    parts = split(bracket.items, _SEPARATORS)
    letters = [leaf_text(p[0]) if len(p) == 1 and isinstance(p[0], Leaf) else "" for p in parts]
    fitting = all(len(t) == 1 and t.isupper() and t not in _LAWS for t in letters)
    return tuple(letters) if fitting else ()


def _has_bar(bracket: Group) -> bool:
    return any(leaf_text(n) in _BARS for n in bracket.items)
