"""Relations that may be conditions which are set, not claims; and conditions that hold for all of something."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import without_commas
from errata.language.definitions import (
    free_symbols,
)
from errata.language.identities import at_places
from errata.language.prose.harvested import Harvest
from errata.language.prose.segments import Sentence
from errata.language.scope import Scope
from errata.language.sorts import Function, Real, Vector, element_of
from errata.language.statements import Reading
from errata.language.syntax import Node
from errata.language.terms import (
    Aggregate,
    Apply,
    Comparison,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
    Name,
    Number,
    Power,
    Term,
    subterms,
    without_span,
)

_SIGMOID = re.compile(r"\b(?:sigmoid|logistic)\b", re.IGNORECASE)
_FOR_ALL = re.compile(r"\bfor (?:all|every|each|any)\b|\\forall", re.IGNORECASE)


def sampled_laws(term: Term) -> set[str]:
    """The laws that something is drawn from, x ~ p_data: any law will do for them."""
    draws = [d.law for t in subterms(term) if isinstance(t, Expectation) for d in t.draws]
    return {law.law.symbol for law in draws if isinstance(law, LawReference)}


def sets_condition(reading: Reading) -> bool:
    """Return whether a relation reads as a condition: a derivative = 0, a > 0, w_i >= 0, sum_i w_i = 1."""
    if isinstance(reading.left, Derivative) and reading.right == Number(Fraction(0)):
        return True
    if any(isinstance(t, Density | LawReference | Functional | Information) for t in subterms(reading.left)):
        return False
    if reading.relation in ("<", "<=", ">", ">=", "!=") and not is_closed(reading.left):
        return True
    return isinstance(reading.right, Number) and bool(free_symbols(reading.left))


def sums_to_one(reading: Reading, scope: Scope) -> bool:
    """Return whether a relation says that numbers which may be probabilities sum to one, as they then should."""
    match reading.left:
        case Aggregate("sum", _, Entry(Name(symbol), _)) if reading.right == Number(Fraction(1)):
            sort = scope.sorts.get(symbol)
            element = sort.entries if isinstance(sort, Vector) and not sort.simplex else element_of(sort)
            return isinstance(element, Real) and element.nonnegative and symbol not in scope.definitions
    return False


def is_closed(term: Term) -> bool:
    """Return whether a side has an operation to perform, so that its relation reads as a claim."""
    closed = Aggregate | Expectation | Derivative | Functional | Information | MomentOf
    return any(isinstance(t, closed) or (isinstance(t, Elementary) and t.function != "abs") for t in subterms(term))


def quantified(found: Harvest, sentence: Sentence, announced: Collection[str]) -> Harvest:
    """A condition that holds "for all x" fixes names in a way that drawing one x cannot.

    An identity on the whole line is taken at several places; other such conditions are not used. A condition on the
    values f(x) of a function at an x that is not announced holds for all of them, too.
    """
    known = set(announced) | {d.symbol for d in found.declarations} | {d.symbol for d in found.definitions}
    general = _FOR_ALL.search(sentence.text) or any(_values_anywhere(a, known) for a in found.assumptions)
    if not found.assumptions or not general:
        return found
    placed = at_places(found.assumptions, sentence.text)
    if placed is not None:
        return replace(found, assumptions=placed)
    names = set().union(*(free_symbols(a) for a in found.assumptions))
    words = " ".join(sentence.text.split())[:80]
    return replace(
        found,
        assumptions=(),
        not_understood=MappingProxyType({**dict.fromkeys(sorted(names), words), **found.not_understood}),
    )


def _values_anywhere(assumption: Comparison, known: Collection[str]) -> bool:
    """Return whether it takes values of a function at a name that nothing says anything of, and does not define it."""
    values = [t for t in subterms(assumption) if isinstance(t, Apply)]
    if any(isinstance(place, Power) and isinstance(place.base, Name) for value in values for place in value.arguments):
        return True  # \ell(\sigma^2) = ... says what the function is of the square
    if assumption.relation == "=" and len({without_span(value) for value in values}) < 2:
        return False
    return any(free_symbols(place) - set(known) for value in values for place in value.arguments)


def works_out_derivative(head: Term | None) -> bool:
    """Return whether a chain that begins so works out a derivative: "= 0" at its end sets it to zero.

    The mean of a derivative is none: E[d log p] = ... = 0 is a claim.
    """
    if head is None or isinstance(head, Expectation):
        return False
    return any(isinstance(t, Derivative) or _is_primed(t) for t in subterms(head))


def _is_primed(term: Term) -> bool:
    """Return whether a term is a derivative f'(x), at no fixed place."""
    return isinstance(term, Apply) and term.order > 0 and any(free_symbols(a) for a in term.arguments)


def functional_equation(reading: Reading) -> set[str]:
    """Functions whose values on the two sides differ in place or in order: f(x + y) = f(x) + f(y), f'(x) = f(x).

    Such a relation may say what the function is; an arbitrary function refutes nothing.
    """
    left, right = (_values(side) for side in (reading.left, reading.right))
    return {f for f in left.keys() & right.keys() if left[f] != right[f]}


def one_sided(reading: Reading) -> set[str]:
    """Functions that one side of an equation alone takes values of: it may say what the function is."""
    if reading.relation != "=":
        return set()
    return _values(reading.left).keys() ^ _values(reading.right).keys()


def loses_functions(reading: Reading) -> bool:
    """Return whether all functions that one side takes values of stand on the other, too, and there are some."""
    left, right = (_values(side).keys() for side in (reading.left, reading.right))
    return bool(left & right) and (left <= right or right <= left)


def recurrence(reading: Reading) -> set[str]:
    """Families whose elements on the two sides stand at different steps: Q_{n+1} = Q_n + a (R_n - Q_n).

    Such an equation may say what the family is, or rest on one that does; elements of a sum do not count.
    """
    if reading.relation != "=":
        return set()
    left, right = (_steps(side) for side in (reading.left, reading.right))
    return {family for family in left.keys() & right.keys() if left[family] != right[family]}


def _steps(side: Term) -> dict[str, set[tuple[Term, ...]]]:
    """The places at which each family is taken, where none of them is bound by a sum or differentiated by."""
    bound = {t.binder.name.symbol for t in subterms(side) if isinstance(t, Aggregate)}
    moved = {t.variable for t in subterms(side) if isinstance(t, Derivative)}
    found: dict[str, set[tuple[Term, ...]]] = {}
    ranged: set[str] = set()
    for term in subterms(side):
        if isinstance(term, Entry) and isinstance(term.array, Name) and term not in moved:
            names = {t.symbol for index in term.indices for t in subterms(index) if isinstance(t, Name)}
            if names & bound:
                ranged.add(term.array.symbol)
            elif names:
                found.setdefault(term.array.symbol, set()).add(tuple(map(without_span, term.indices)))
    return {family: places for family, places in found.items() if family not in ranged}


def _values(side: Term) -> dict[str, set[tuple[int, tuple[Term, ...]]]]:
    """The arguments and the order of the derivative at which each function is taken."""
    found: dict[str, set[tuple[int, tuple[Term, ...]]]] = {}
    differentiated = {id(t.body): t.order for t in subterms(side) if isinstance(t, Derivative)}
    for term in subterms(side):
        if isinstance(term, Apply):
            order = term.order + differentiated.get(id(term), 0)
            found.setdefault(term.function.symbol, set()).add((order, tuple(map(without_span, term.arguments))))
    return found


def standard_sigmoid(found: Harvest, sentence: Sentence) -> Harvest:
    """The sigmoid, or logistic, function \\sigma(x) is no arbitrary function: the standard one keeps its meaning."""
    if "\\sigma" not in {d.symbol for d in found.declarations} or not _SIGMOID.search(sentence.text):
        return found
    kept = tuple(d for d in found.declarations if d.symbol != "\\sigma" or not isinstance(d.sort, Function))
    words = {s: w for s, w in found.not_understood.items() if s != "\\sigma"}
    return replace(found, declarations=kept, not_understood=MappingProxyType(words))


def is_zero(nodes: Sequence[Node]) -> bool:
    kept = without_commas(nodes)
    return len(kept) == 1 and symbols.label(kept) == "0"
