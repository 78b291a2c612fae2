r"""Arrays in bold and their components: x_i is an entry of \mathbf{x}, A_{ij} of \mathbf{A}, x_{ni} of \mathbf{x}_n."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.definitions import renamed
from errata.language.prose.harvested import Declared, Harvest
from errata.language.sorts import Family, Matrix, Real, Sort, Vector
from errata.language.syntax import Leaf, Node, Scripted, everything, leaf_text
from errata.language.terms import Name, Term

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def array_of(meaning: Meaning, base: str, lower: Sequence[Node] | None) -> str | None:
    """Return the bold array that base with these scripts below is a component of; None where it is none."""
    known = meaning.knowledge
    if not lower or base in meaning.bound or known.declared(base) or known.is_function(base) or known.law(base):
        return None
    if known.declared(symbols.compose(base, symbols.label(lower))):
        return None
    marks = [n for n in lower if leaf_text(n) != ","]
    for bold in symbols.in_bold(base):
        sort = known.scope.sorts.get(bold)
        if _places(sort) == len(marks) and all(_counts(meaning, mark, sort) for mark in marks):
            return bold
    return None


def _places(sort: Sort | None) -> int:
    """Return how many indices select a number of an array."""
    match sort:
        case Vector():
            return 1
        case Matrix():
            return 2
        case Family(sizes, Vector() | Matrix() as element):
            return len(sizes) + _places(element)
    return 0


def _counts(meaning: Meaning, mark: Node, sort: Sort | None) -> bool:
    """Return whether a mark can count: a number from 1 on, an index, or the size of the array."""
    if isinstance(mark, Leaf) and mark.token.kind == "number":
        return leaf_text(mark) != "0"
    letter = symbols.decorated(mark)
    if letter is None:
        return False
    declared = meaning.knowledge.scope.sorts.get(letter)
    if letter in meaning.bound or letter in meaning.knowledge.usage.indices or Name(letter) in _sizes(sort):
        return True
    if isinstance(declared, Real):
        return declared.integer
    return declared is None and letter.rstrip("'") in "ijklmnrs"


def _sizes(sort: Sort | None) -> tuple[object, ...]:
    match sort:
        case Vector(size):
            return (size,)
        case Matrix(rows, columns):
            return (rows, columns)
        case Family(sizes, element):
            return (*sizes, *_sizes(element))
    return ()


def whole_arrays(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    r"""Return the bold names that stand without an index, \mathbf{t} or \mathbf{t}^{\mathrm{T}}."""
    return frozenset(symbol for formula in formulas for symbol in _whole(formula))


def _whole(nodes: Sequence[Node]) -> Iterator[str]:
    nodes = list(everything(nodes))
    indexed = {id(n.base) for n in nodes if isinstance(n, Scripted) and n.lower}
    for node in nodes:
        symbol = symbols.base_symbol(node)
        if symbol is not None and "\\mathbf{" in symbol and id(node) not in indexed:
            yield symbol


def collected(found: Harvest, whole: Collection[str], known: Collection[str]) -> Harvest:
    r"""Take the numbers t_1, ..., t_N for the entries of a \mathbf{t} that the note writes but does not declare."""
    for declared in found.declarations:
        match declared.sort:
            case Family((size,), Real() as entries) if size is not None:
                bold = next((b for b in symbols.in_bold(declared.symbol) if b in whole and b not in known), None)
                told = {d.symbol for d in found.declarations}
                if bold is not None and bold not in told:
                    found = _renamed(found, declared, Declared(bold, Vector(size, entries), declared.words))
    return found


def _renamed(found: Harvest, old: Declared, new: Declared) -> Harvest:
    def body(term: Term) -> Term:
        return renamed(term, old.symbol, new.symbol)

    return replace(
        found,
        declarations=tuple(new if d is old else d for d in found.declarations),
        definitions=tuple(replace(d, body=body(d.body)) for d in found.definitions),
        densities=tuple(replace(d, body=body(d.body)) for d in found.densities),
        assumptions=tuple(replace(a, left=body(a.left), right=body(a.right)) for a in found.assumptions),
        spaces=MappingProxyType({s: k for s, k in found.spaces.items() if s != symbols.base_name(old.symbol)}),
    )
