r"""The shapes of layers that a note does not declare: W^{(l)} a^{(l-1)} + b^{(l)} with transposes or \odot beside it.

All layers are taken to be of one width. That is one of the networks that the note speaks of, so that what fails for it
fails; and a claim that never mentions a width holds for any if it holds for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction

from errata.language.array_shapes import shape_of
from errata.language.definitions import used_symbols
from errata.language.prose.refine import looks_like_matrix
from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, Function, Matrix, Real, Sort, Vector
from errata.language.symbols import label
from errata.language.syntax import Node, Scripted, everything, leaf_text
from errata.language.terms import Apply, Entry, MatrixOperation, Name, Number, Term, subterms

_TELLING = frozenset(("transpose", "hadamard", "diagonal"))
_TRANSPOSED = ("T", "\\top", "\\intercal")
_WIDTH = Name("n")


def speaks_of_arrays(formulas: Iterable[Sequence[Node]]) -> bool:
    r"""Return whether some formula transposes, or multiplies entry by entry with \odot."""
    nodes = (node for formula in formulas for node in everything(formula))
    return any(
        leaf_text(n) == "\\odot" or (isinstance(n, Scripted) and label(n.upper or ()) in _TRANSPOSED) for n in nodes
    )


def given_sorts(families: Mapping[str, Definition], scope: Scope) -> dict[str, Sort]:
    """Return the sorts of families that their formulas tell, of those that are not declared."""
    shapes = {s: shape_of(d.body, scope) for s, d in families.items() if s not in scope.sorts}
    return {s: Family((None,), _element(shape)) for s, shape in shapes.items() if shape}


def _element(shape: tuple[Term, ...]) -> Vector | Matrix:
    return Vector(shape[0]) if shape[1] == Number(Fraction(1)) else Matrix(shape[0], shape[1])


def layer_sorts(
    terms: Sequence[Term], known: Mapping[str, Sort], kept: Set[str], *, arrays: bool, entrywise: bool
) -> dict[str, Sort] | None:
    r"""Return sorts for the names in terms of which nothing says what they are; None where they are not clear.

    kept: names that have their meaning. arrays: whether the note has signs of matrices; else all are numbers, unless a
    capital stands among them. entrywise: whether words tell that functions are applied so, as \sigma is anyway.
    """
    parts = [part for term in terms for part in subterms(term)]
    families = {p.array.symbol for p in parts if isinstance(p, Entry) and isinstance(p.array, Name)}
    indices = {s for p in parts if isinstance(p, Entry) for i in p.indices for s in used_symbols(i)}
    functions = {p.function.symbol for p in parts if isinstance(p, Apply)}
    names = {p.symbol for p in parts if isinstance(p, Name)} - indices - functions - kept
    open_ones = sorted(names - known.keys())
    operations = {p.operation for p in parts if isinstance(p, MatrixOperation)}
    if not (arrays or operations & _TELLING):
        return None if any(map(looks_like_matrix, open_ones)) else {}
    if not open_ones:
        return {}
    declared = any(_is_array(known[s]) for s in names & known.keys())
    if declared or "n" in used(terms) | known.keys() or not all(map(_is_latin, open_ones)):
        return None
    found: dict[str, Sort] = {}
    for symbol in open_ones:
        element: Sort = Matrix(_WIDTH, _WIDTH) if looks_like_matrix(symbol) else Vector(_WIDTH)
        found[symbol] = Family((None,), element) if symbol in families else element
    applied = Function((Real(),), Real(), frozenset(("entrywise",)))
    for symbol in functions - kept - known.keys():
        if entrywise or "hadamard" in operations or symbol == "\\sigma":
            found[symbol] = applied
    return found


def used(terms: Iterable[Term]) -> set[str]:
    """Return all symbols of some terms."""
    return {symbol for term in terms for symbol in used_symbols(term)}


def _is_array(sort: Sort) -> bool:
    return isinstance(sort.element if isinstance(sort, Family) else sort, Vector | Matrix)


def _is_latin(symbol: str) -> bool:
    """Return whether a name is a Latin letter, in bold perhaps."""
    base = symbol.split("_", 1)[0].split("^", 1)[0]
    base = base.removeprefix("\\mathbf{").removesuffix("}")
    return len(base) == 1 and base.isalpha()
