"""Decorated names taken apart: what of their scripts is a label, an index, a power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import complex_notation, components, paired_indices, power_notation, symbols
from errata.language.array_shapes import shape_of
from errata.language.cursor import number, split
from errata.language.definitions import free_symbols
from errata.language.sorts import Family, Function, Matrix, Real
from errata.language.syntax import Group, Leaf, Node, Scripted, leaf_text
from errata.language.terms import Comparison, Name, Number, Sum, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_COUNTING = frozenset("ijklmn")
FAMILY_LABEL = "\\cdot"
"""The label of a family p_1, ..., p_n whose name is also that of a law."""


@dataclass(frozen=True)
class ResolvedName:
    """A decorated name taken apart."""

    symbol: str
    indices: tuple[Term, ...] = ()
    upper: tuple[Node, ...] | None = None
    primes: int = 0


def resolve(meaning: Meaning, node: Node) -> ResolvedName | None:
    """Tell labels from indices and powers in a decorated name."""
    if not isinstance(node, Scripted):
        symbol = symbols.base_symbol(node)
        return ResolvedName(symbol) if symbol else None
    base = symbols.base_symbol(node.base)
    if base is None:
        return None
    between = _between(meaning, base, node)
    if between is not None:
        return between
    if symbols.compose(base, symbols.label(node.lower or ())) not in meaning.bound:  # else the z_i of a sum over z_i
        base = components.array_of(meaning, base, node.lower) or base
    lower_label, indices = _subscript(meaning, base, node.lower)
    upper_label, upper_indices, power = _superscript(meaning, base, lower_label, node)
    symbol = symbols.compose(base, lower_label, upper_label)
    primes = node.primes
    if primes and not meaning.knowledge.is_function(symbol):
        symbol, primes = symbols.compose(base, lower_label, upper_label, primes), 0
    family = symbols.compose(base, FAMILY_LABEL, upper_label)
    if indices and not lower_label and (_is_sample(meaning, symbol) or meaning.knowledge.declared(family)):
        symbol = family
    return ResolvedName(symbol, indices + upper_indices, power, primes)


def _between(meaning: Meaning, base: str, node: Scripted) -> ResolvedName | None:
    """Return G_{t:h} as a member of the family of what stands between two times, where an equation explains it."""
    second = meaning.knowledge.usage.paired.get(base)
    found = paired_indices.places(node.lower) if second is not None and not node.primes else None
    if found is None:
        return None
    first, last = (meaning.expression(part, node.span) for part in found)
    other = last if second == "end" else paired_indices.steps(first, last)
    if other is None:
        raise NotUnderstood("between which times this stands was not understood", node.span)
    if not free_symbols(Sum((first, last))) & set(meaning.bound):
        zero = Number(Fraction(0))
        order = Comparison("<=", first, last) if second == "end" else Comparison(">=", other, zero)
        meaning.in_order.append(order)
    return ResolvedName(symbols.compose(base, paired_indices.LABEL), (first, other), node.upper)


def _is_sample(meaning: Meaning, symbol: str) -> bool:
    """x_1, ..., x_n beside a bound x, or p_i beside a law p: the family is another thing than the name."""
    if meaning.knowledge.is_linear(symbol) or isinstance(meaning.knowledge.scope.sorts.get(symbol), Family):
        return False
    if symbol in meaning.knowledge.usage.sequences:
        return True
    if symbol in meaning.knowledge.usage.range_ends:
        return True  # the counts N_1, ..., N_K beside the N that a sum runs to
    return symbol in meaning.knowledge.usage.laws or meaning.knowledge.is_space(symbols.base_name(symbol))


def _subscript(meaning: Meaning, base: str, lower: tuple[Node, ...] | None) -> tuple[str, tuple[Term, ...]]:
    if not lower:
        return "", ()
    text = symbols.label(lower)
    whole = symbols.compose(base, text)
    known = meaning.knowledge
    if whole in meaning.bound:
        return text, ()
    if _is_indexed_function(meaning, base) and _is_index(meaning, lower, base):
        return "", indices(meaning, lower)
    if symbols.is_word_label(lower, base) or known.declared(whole) or known.is_function(whole):
        return text, ()
    if known.law(whole):
        return text, ()
    if _is_index(meaning, lower, base):
        return "", indices(meaning, lower, _dimensions(meaning, base))
    return text, ()


def _is_indexed_function(meaning: Meaning, base: str) -> bool:
    """Return whether a name is defined, or declared, with an index and arguments: \\lambda_i(X)."""
    declared = meaning.knowledge.scope.sorts.get(base)
    if isinstance(declared, Family) and isinstance(declared.element, Function):
        return True
    definition = meaning.knowledge.scope.definitions.get(base)
    return definition is not None and len(definition.parameters) == 2 and not definition.entry_wise


def _dimensions(meaning: Meaning, base: str) -> int:
    """Return how many indices select one element of a declared array; 1 where that is not known."""
    sort = meaning.knowledge.scope.sorts.get(base)
    if isinstance(sort, Family):
        return len(sort.sizes)
    return 2 if isinstance(sort, Matrix) else 1


def _is_index(meaning: Meaning, lower: Sequence[Node], base: str) -> bool:
    """Return whether a subscript counts: every name in it runs over a range."""
    names = [n for n in lower if leaf_text(n) not in (",", "+", "-")]
    letters = [
        s for n in names if not (isinstance(n, Leaf) and n.token.kind == "number") and (s := symbols.decorated(n))
    ]
    numbers = [n for n in names if isinstance(n, Leaf) and n.token.kind == "number"]
    if len(letters) + len(numbers) != len(names) or not names:
        return False
    if letters:
        counting = _is_defined_array(meaning, base) and all(letter in _COUNTING for letter in letters)
        return (
            all(runs(meaning, letter) for letter in letters)
            or counting
            or (meaning.knowledge.is_array(base) and all(len(letter) == 1 for letter in letters))
        )
    if meaning.knowledge.is_linear(base) and any(leaf_text(n) == "0" for n in numbers):
        return False  # Entries count from 1: w_0 beside a vector w is a name of its own.
    return meaning.knowledge.is_array(base) or base in meaning.knowledge.usage.indexed


def _is_defined_array(meaning: Meaning, base: str) -> bool:
    """Return whether a name is defined to be a column or a matrix, p = softmax(z)."""
    scope = meaning.knowledge.scope
    definition = scope.definitions.get(base)
    return definition is not None and not definition.parameters and bool(shape_of(definition.body, scope))


def runs(meaning: Meaning, letter: str) -> bool:
    """Return whether a letter is an index here."""
    declared = meaning.knowledge.scope.sorts.get(letter)
    if isinstance(declared, Real) and declared.integer:
        return True
    return letter in meaning.bound or letter in meaning.knowledge.usage.indices


def indices(meaning: Meaning, lower: Sequence[Node], expected: int = 1) -> tuple[Term, ...]:
    """Read indices; the digits of A_{12} are two where two are expected."""
    found: list[Term] = []
    if len(lower) == 1 and len(leaf_text(lower[0])) == expected > 1 and leaf_text(lower[0]).isdigit():
        return tuple(Number(Fraction(digit), span=lower[0].span) for digit in leaf_text(lower[0]))
    for part in split(lower, (",",)):
        compound = any(leaf_text(n) in ("+", "-") for n in part)
        if compound:
            found.append(meaning.expression(part))
        else:
            found.extend(_index(meaning, n) for n in part)
    return tuple(found)


def _index(meaning: Meaning, node: Node) -> Term:
    if isinstance(node, Leaf) and node.token.kind == "number":
        return number(node)
    return Name(symbols.decorated(node) or "", span=node.span)


def _superscript(
    meaning: Meaning, base: str, lower_label: str, node: Scripted
) -> tuple[str, tuple[Term, ...], tuple[Node, ...] | None]:
    upper = node.upper
    if not upper:
        return "", (), None
    if symbols.is_dagger(upper) and power_notation.is_linear(meaning, Name(symbols.compose(base, lower_label))):
        return "", (), upper
    whole = symbols.compose(base, lower_label, symbols.label(upper))
    if complex_notation.mark(meaning, upper) is not None and not meaning.knowledge.declared(whole):
        return "", (), upper
    if symbols.is_star(upper):
        return "*", (), None
    if policy := symbols.policy_label(node.base, upper):
        return policy, (), None
    if any(leaf_text(n) in ("\\backslash", "\\setminus") for n in upper):
        return symbols.label(upper), (), None
    if symbols.is_bracketed(upper):
        group = upper[0]
        assert isinstance(group, Group)
        names = [n for n in group.items if leaf_text(n) not in ("+", "-", ",")]
        letters = [s for n in names if (s := symbols.decorated(n))]
        if letters and all(runs(meaning, letter) for letter in letters):
            return "", indices(meaning, group.items), None
        return symbols.label(upper), (), None
    if meaning.knowledge.declared(whole):
        return symbols.label(upper), (), None
    if not node.lower and _are_all_indices(meaning, base, upper):
        return "", indices(meaning, upper), None
    return "", (), upper


def _are_all_indices(meaning: Meaning, base: str, upper: Sequence[Node]) -> bool:
    """Return whether a family of several indices has them all above: J^{ij}."""
    sort = meaning.knowledge.scope.sorts.get(base)
    names = [leaf_text(n) for n in upper if leaf_text(n) != ","]
    several = isinstance(sort, Family) and len(sort.sizes) == len(names) > 1
    return several and all(len(name) == 1 and name.isalnum() for name in names)
