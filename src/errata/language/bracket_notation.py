"""Brackets and bars: (a), [a, b], |x|, \\|x\\|_2, <a, b>, \\lfloor a \\rfloor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import dotted_arrays, matrix_notation, symbols
from errata.language.cursor import Cursor, leaf_text_of, split
from errata.language.number_lists import number_list
from errata.language.power_notation import raised
from errata.language.syntax import Group, Leaf, Node, Scripted, leaf_text
from errata.language.terms import Constant, Elementary, MatrixOperation, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def opens_bar(meaning: Meaning, cursor: Cursor) -> bool:
    """Return whether a bar after a factor begins |x| or \\|x\\|: its like follows on this level."""
    if cursor.text() not in ("|", "\\Vert"):
        return False
    bare = [leaf_text(n.base if isinstance(n, Scripted) else n) for n in cursor.rest]
    return bare[1:].count(bare[0]) % 2 == 1


def bracket(meaning: Meaning, node: Group, *, turned: bool = False) -> Term:
    """The value of a bracket: (a), [a], \\{a\\}, |a|, \\|a\\|, <a, b>, \\lfloor a \\rfloor; turned: (a)^T."""
    if node.opening == "|" and node.closing == "|":
        return Elementary("abs", (meaning.expression(node.items, node.span),), span=node.span)
    if node.opening == "\\Vert":
        return MatrixOperation("norm", (_of_norm(meaning.expression(node.items, node.span)),), span=node.span)
    if node.opening in ("\\lfloor", "\\lceil"):
        kind = "floor" if node.opening == "\\lfloor" else "ceiling"
        return Elementary(kind, (meaning.expression(node.items, node.span),), span=node.span)
    parts = split(node.items, (",", ";"))
    if node.opening == "\\langle" and len(parts) == 2:
        pair = tuple(meaning.expression(p, node.span) for p in parts)
        return MatrixOperation("dot", pair, span=node.span)
    if node.opening in ("{", "(", "[", "\\{", ".") and len(parts) == 1:
        return meaning.expression(node.items, node.span)
    if node.opening == "[" and dotted_arrays.is_dotted(parts):
        below = any(leaf_text(n) == ";" for n in node.items)
        return (dotted_arrays.one_below_another if below else dotted_arrays.side_by_side)(meaning, parts, node.span)
    if node.opening in ("[", "(") and all(parts):
        separators = "".join({leaf_text(n) for n in node.items} & {",", ";"})
        blocks = matrix_notation.stacked(meaning, parts, separators, node.span)
        if blocks is not None:
            return blocks
        terms = [meaning.expression(part, node.span) for part in parts] if separators == "," else []
        numbers = number_list(meaning, terms, node.span, turned=turned)
        if numbers is not None:
            return numbers
    raise NotUnderstood("a list in brackets is not a number; is a name in front of it a function?", node.span)


def bars(meaning: Meaning, cursor: Cursor) -> Term:
    """|x| and \\|x\\| written with bare bars: the next bar of the same kind on this level closes."""
    opening = cursor.take()
    double = leaf_text(opening) == "\\Vert"
    if leaf_text(opening) == "|" and cursor.text() == "|":
        cursor.take()
        double = True
    inside: list[Node] = []
    while (node := cursor.peek()) is not None:
        bare = node.base if isinstance(node, Scripted) else node
        text = leaf_text(bare)
        closes = text == "\\Vert" if double else text in ("|", "\\mid")
        if double and text == "|" and isinstance(node, Leaf) and _bare_text(cursor.peek(1)) == "|":
            cursor.take()
            node = cursor.peek() or node
            closes = True
        if closes and inside:
            break
        inside.append(cursor.take())
    else:
        raise NotUnderstood("this bar is never closed", opening.span)
    closing = cursor.take()
    inner = meaning.expression(inside, opening.span)
    inner = _of_norm(inner) if double else inner
    span = Span(opening.span.start, closing.span.end)
    kind = ""
    upper: tuple[Node, ...] | None = None
    if isinstance(closing, Scripted):
        kind, upper = symbols.label(closing.lower or ()), closing.upper
    value: Term
    if double or kind:
        value = MatrixOperation("norm", (inner,), matrix_notation.norm_kind(meaning, inner, kind), span=span)
    else:
        value = Elementary("abs", (inner,), span=span)
    return raised(meaning, value, upper, span) if upper else value


def _of_norm(term: Term) -> Term:
    """Return what a norm is taken of: a letter e alone is an error or an embedding there, and not Euler's number."""
    return Name("e", span=term.span) if isinstance(term, Constant) and term.kind == "e" else term


def _bare_text(node: Node | None) -> str:
    """Return the text of a leaf, scripts taken off."""
    return leaf_text_of(node.base if isinstance(node, Scripted) else node)
