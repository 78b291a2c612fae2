"""How notes write complex numbers: the imaginary unit, conjugates and conjugate transposes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from errata.language import symbols
from errata.language.complex_parts import is_complex_sort
from errata.language.cursor import relation_of
from errata.language.syntax import Command, Leaf, Node, Scripted, Words, everything, leaf_text, levels
from errata.language.terms import ComplexPart, ImaginaryUnit, MatrixOperation, Name, Span, Term, subterms

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

IMAGINARY, CONJUGATE, CONJUGATE_TRANSPOSE = "imaginary", "conjugate", "conjugate transpose"
"""What a note may say that a letter, a mark above a name or a bar over it means."""

MARKS = ("H", "*", "\\dagger")
BAR = "\\bar"
PARTS: Mapping[str, Literal["real", "imaginary"]] = MappingProxyType(
    {"Re": "real", "Im": "imaginary", "re": "real", "im": "imaginary"}
)


def unit(meaning: Meaning, node: Node) -> Term | None:
    """Return the imaginary unit where a node is it: a letter that the note calls so, or an upright i."""
    upright = isinstance(node, Words) and node.text.strip() == "i"
    letter = node.text if isinstance(node, Leaf) else "i" if upright else ""
    if letter not in ("i", "j") or letter in meaning.bound or meaning.knowledge.declared(letter):
        return None
    said = meaning.knowledge.scope.notations.get(letter) == IMAGINARY
    return ImaginaryUnit(span=node.span) if said or upright else None


def mark(meaning: Meaning, upper: Sequence[Node]) -> str | None:
    """Return what a mark above a name or a bracket means here, None where it is no conjugation.

    A raised H has no other meaning than the conjugate transpose unless H is a name; a star and a dagger are
    conjugations only where the note says so.
    """
    if len(upper) != 1:
        return None
    text = "H" if isinstance(upper[0], Words) and upper[0].text.strip() == "H" else leaf_text(upper[0])
    sign = "*" if text in ("\\star", "\\ast") else text
    if sign not in MARKS or meaning.knowledge.declared(sign) or sign in meaning.bound:
        return None
    said = meaning.knowledge.scope.notations.get(sign)
    if said in (CONJUGATE, CONJUGATE_TRANSPOSE):
        return said
    return CONJUGATE_TRANSPOSE if sign == "H" else None


def marked(said: str, base: Term, span: Span) -> Term:
    """Return the conjugate, or the conjugate transpose, of a term."""
    conjugate = ComplexPart("conjugate", base, span=span)
    return MatrixOperation("transpose", (conjugate,), span=span) if said == CONJUGATE_TRANSPOSE else conjugate


def barred(meaning: Meaning, node: Node) -> Term | None:
    """Return the conjugate where a bar stands over something complex and makes no declared name of it."""
    if not isinstance(node, Command) or node.name != "bar" or len(node.arguments) != 1:
        return None
    symbol = symbols.base_symbol(node)
    sorts = meaning.knowledge.scope.sorts
    if symbol is not None and meaning.knowledge.declared(symbol):
        return None
    said = meaning.knowledge.scope.notations.get(BAR) == CONJUGATE
    if not said and not any(is_complex_sort(sort) for sort in sorts.values()):
        return None
    inner = meaning.expression(node.arguments[0], node.span)
    names = [part for part in subterms(inner) if isinstance(part, Name)]
    complex_names = any(is_complex_sort(sorts.get(name.symbol)) for name in names)
    if not complex_names and not any(isinstance(part, ImaginaryUnit) for part in subterms(inner)):
        return None
    return ComplexPart("conjugate", inner, span=node.span)


def read(meaning: Meaning, node: Node) -> Term | None:
    """Return the imaginary unit or the conjugate that a node shows, the power above it left aside."""
    if isinstance(node, Scripted) and (node.lower is not None or node.primes):
        return None
    base = node.base if isinstance(node, Scripted) else node
    return unit(meaning, base) or barred(meaning, base)


def imaginary_letters(
    formulas: Iterable[Sequence[Node]], prose: str, indices: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the letters i and j that are the imaginary unit in a note, and those that may be.

    indices: letters that count or number things there, which are neither. A letter is the unit in an exponent of e and
    where the prose speaks of complex numbers; it may be where it is a factor.
    """
    factors: set[str] = set()
    exponents: set[str] = set()
    for formula in formulas:
        for level in levels(formula):
            factors |= _letters(level)
        for node in everything(formula):
            if isinstance(node, Scripted) and leaf_text(node.base) == "e" and node.upper is not None:
                exponents |= {letter for level in levels(node.upper) for letter in _letters(level)}
    told = factors if _COMPLEX.search(prose) else set()
    free = (factors | exponents) - set(indices)
    return frozenset(free & (exponents | told)), frozenset(free)


def _letters(level: Sequence[Node]) -> set[str]:
    """Return the letters i and j that stand as factors at a level: i b, 2 i, i \\sin x; not i = 1, ..., n."""
    found: set[str] = set()
    for before, node, after in zip([None, *level], level, [*level[1:], None], strict=False):
        if leaf_text(node) in ("i", "j") and (_multiplies(before) or _multiplies(after)):
            found.add(leaf_text(node))
    return found


def _multiplies(node: Node | None) -> bool:
    if isinstance(node, Leaf):
        text = node.text
        command = text.startswith("\\") and text[1:].isalpha() and not text.endswith(("quad", "dots"))
        return text.isalnum() or (command and relation_of(node) is None)
    return isinstance(node, Scripted | Command)


_COMPLEX = re.compile(r"\b(?:complex|imaginary|euler's formula|real part|modulus|argument of)\b", re.IGNORECASE)
