"""What a relation leaves unsaid of its names, and whether it says something new instead of claiming something."""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction

from errata.language.conditions import (
    functional_equation,
    is_closed,
    is_zero,
    loses_functions,
    one_sided,
    recurrence,
    sampled_laws,
    sets_condition,
    sums_to_one,
    works_out_derivative,
)
from errata.language.cursor import relation_of
from errata.language.definitions import free_symbols, head_symbol, used_symbols
from errata.language.differentials import DIRECTION
from errata.language.index_ranges import summed_sizes
from errata.language.inference import relevant, size_names
from errata.language.kernels import is_kernel, kernel_law
from errata.language.law_parameters import laws_of_variables, parameters_of_spaces
from errata.language.randomness import is_law_value, is_random, known_from_means, sets_moment
from errata.language.scope import ImageLaw
from errata.language.sides import Member
from errata.language.sorts import RandomVariable
from errata.language.standard_moments import known_as_moments
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.syntax import Node
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Density,
    Derivative,
    Entry,
    Expectation,
    Functional,
    IndexSet,
    Information,
    LawReference,
    MomentOf,
    Name,
    Number,
    Space,
    Term,
    subterms,
)

STRANGE = "nothing says what it is in"
PERHAPS_HERE = f"{STRANGE}, unless the step itself does"
SPOKEN_OF = f"{STRANGE}, and a sentence that speaks of it is not understood"


def may_be_set(reading: Reading, state: State, in_sentence: bool, declared: bool, single: bool) -> bool:
    """Return whether a relation may be a condition: short ones within a sentence, a > 0 of undeclared names."""
    if single and reading.relation == "=" and sets_moment(reading.left, reading.right, state.scope()):
        return True
    if single and sums_to_one(reading, state.scope()):
        return True
    if in_sentence and not is_closed(reading.left):
        if reading.relation == "=" and is_law_value(reading.left) and not is_random(reading.right):
            return True  # also the end of a chain, P(X = i) = P(Y = i) = 1/6
        if reading.relation == "=" and isinstance(reading.left, Name) and not free_symbols(reading.right):
            return True  # the end of a = b = 1/2
        return single or reading.relation in ("<", "<=", ">", ">=", "!=")
    if isinstance(reading.left, Derivative) and reading.right == Number(Fraction(0)):
        return single
    return single and not declared and sets_condition(reading)


def sets_total(reading: Reading, state: State) -> bool:
    """Return whether numbers that nothing is said of sum to one: that is what makes them weights, and no claim."""
    if reading.relation != "=" or reading.right != Number(Fraction(1)):
        return False
    match reading.left:
        case Aggregate(
            "sum", Binder(index, IndexSet() | Space()), Entry(Name(symbol), places) | Apply(Name(symbol), places)
        ) if places == (index,):
            known = state.definitions.keys() | state.entries.keys() | state.recursions.keys() | state.announced
            return symbol not in known and not determined(symbol, state)
    return False


def sets_by_itself(reading: Reading, state: State) -> set[str]:
    """Return the function that an equation gives by its own values elsewhere: V(s) = r(s) + c V(s'), as of Bellman.

    Whatever else stands there may be anything: the equation says what the function is, and nothing of the others.
    """
    head = head_symbol(reading.left) if isinstance(reading.left, Apply) else None
    if head is None or head in state.definitions or head not in functional_equation(reading):
        return set()
    return {head}


def of_numbers(reading: Reading, state: State) -> bool:
    """Return whether a relation is of numbers, written or told, that its left side computes: it can set nothing."""
    if isinstance(reading.left, Name | Number):
        return False
    names = free_symbols(reading.left) | free_symbols(reading.right)
    return all(s in state.definitions and not free_symbols(state.definitions[s].body) for s in names)


def is_about_the_same(reading: Reading) -> bool:
    """Return whether both sides have the same names, and none stands alone: hardly a condition."""
    names = free_symbols(reading.left)
    return bool(names) and names == free_symbols(reading.right) and not isinstance(reading.left, Name)


def is_bound(reading: Reading) -> bool:
    """Return whether a relation bounds one name by numbers, which says all that there is to say of it: |r| < 1.

    One name may bound another, too: for h <= T both may be any numbers of which that is true.
    """
    inequality = reading.relation in ("<", "<=", ">", ">=", "!=")
    names = isinstance(reading.left, Name) and isinstance(reading.right, Name)
    return inequality and (names or len(free_symbols(reading.left) | free_symbols(reading.right)) == 1)


def may_be_solved(reading: Reading, announced: Set[str], *, words: bool, opening: bool) -> bool:
    """Return whether "= 0" may set an equation.

    It may where words tell of equations, and at the end of a chain in something of which nothing is said.
    """
    if reading.relation != "=" or reading.right != Number(Fraction(0)):
        return False
    names = {s for s in free_symbols(reading.left) if not s.startswith(DIRECTION)}
    return bool(names) and (words or not (opening or names <= announced))


def ends_at_zero(head: Member | None, in_sentence: bool, mark: Node, nodes: Sequence[Node]) -> bool:
    """Return whether a chain that works out a derivative, or stands in a sentence, ends in a condition on zero."""
    if not is_zero(nodes):
        return False
    return in_sentence or (relation_of(mark) == "=" and works_out_derivative(head.term if head is not None else None))


def set_aside(reading: Reading, state: State) -> dict[str, str]:
    """Take away that nothing says what a name is, within a chain whose right side brings no name of its own.

    Such a step goes from one formula of these names to another, and must be right whatever they are; but of
    laws there is more to say than a formula shows.
    """
    lawful = Density | LawReference | Functional | Information | Expectation | MomentOf
    if any(isinstance(t, lawful) for side in (reading.left, reading.right) for t in subterms(side)):
        return {}
    if not free_symbols(reading.right) <= free_symbols(reading.left):
        return {}
    kept = unspecified(reading, state, opening=False)
    strange = ((s, w) for s, w in state.not_understood.items() if w.startswith(STRANGE))
    found = {symbol: words for symbol, words in strange if symbol not in kept}
    for symbol in found:
        del state.not_understood[symbol]
    return found


def redefines(reading: Reading, state: State) -> bool:
    """Return whether the left side is a name defined in an earlier section: it may be meant anew."""
    symbol = head_symbol(reading.left) if reading.relation == "=" else None
    return symbol in state.defined_in and state.defined_in.get(symbol or "") != state.sections


def only_names(reading: Reading, state: State) -> bool:
    """Return whether a relation merely sets two undetermined names or laws equal: p_g = p_data."""
    if reading.relation != "=":
        return False
    for side in (reading.left, reading.right):
        if not isinstance(side, Name | Density | LawReference):
            return False
        symbol = head_symbol(side)
        if symbol is None or symbol in state.definitions:
            return False
    return head_symbol(reading.left) != head_symbol(reading.right)


def unspecified(reading: Reading, state: State, opening: bool, rearranged: bool = False) -> set[str]:
    """Functions and families that nothing defines, in a relation that may say what they are.

    A chain that goes on works something out of what is declared. What it comes to in the end may still be a condition,
    and so may a mean of one function in place of that of another. rearranged: the note says that the right side is the
    left one written in another way; that may bring in a function, but sets none that the left side works with.
    """
    kernels = {s for s in free_symbols(reading.left) | free_symbols(reading.right) if is_kernel(s)}
    defined = state.definitions.keys() | state.normalisers().keys() | state.customs.keys()
    defined |= {s for s in kernels if kernel_law(s) in state.announced}
    alone = {f for f in one_sided(reading) - defined if not determined(f, state) and f not in state.entries}
    alone -= _rested_on(reading.left, state) & _rested_on(reading.right, state) if alone else set()
    if not opening and is_closed(reading.right) and loses_functions(reading):
        alone -= state.announced
    if rearranged and not isinstance(reading.left, Apply | Entry):
        alone -= state.announced - free_symbols(reading.right)
    steps = recurrence(reading) - defined - state.entries.keys()
    return (functional_equation(reading) - state.announced - defined) | alone | steps


def _rested_on(side: Term, state: State) -> set[str]:
    """Return the names that a side rests on, definitions followed; an image law rests on its map."""
    _, reached = relevant(state.scope(), [side])
    names = {symbol for term in reached for symbol in used_symbols(term)}
    return names | {f.function for f in state.facts if isinstance(f, ImageLaw) and f.law in names}


def strangers(reading: Reading, state: State, guessed: Set[str], opening: bool) -> set[str]:
    """Names on a right side that nothing relates to the left: what the notes say of them is not known.

    Within a chain only names that were never met; of the first relation of a chain all names that are
    declared nowhere and that the left side does not rest on, for such a line may define what it relates.
    """
    right = free_symbols(reading.right) - free_symbols(reading.left)
    declared = state.sorts.keys() - (guessed - state.announced)
    known = state.announced | declared | state.definitions.keys()
    known |= {s for s in free_symbols(reading.left) | right if is_kernel(s) and kernel_law(s) in state.announced}
    known |= {d.law for d in state.densities}
    known |= {s for f in state.facts if isinstance(f, ImageLaw) for s in (f.law, f.function)}
    known |= state.normalisers().keys() | state.customs.keys()
    known |= {variable for d in state.densities for _, variable in (*d.values, *d.given)}
    known |= {size for sort in state.sorts.values() for size in size_names(sort)}
    known |= parameters_of_spaces(state.spaces.values())
    known |= sampled_laws(reading.right) | known_from_means(reading.left, reading.right)
    known |= {s for s in right if s.startswith(DIRECTION)}
    known |= {s for a in state.assumptions for s in used_symbols(a)}
    laws = (sort.law for sort in state.sorts.values() if isinstance(sort, RandomVariable))
    known |= {s for law in laws if law is not None for s in used_symbols(law)}
    lengths = summed_sizes((reading.left, reading.right), state.sorts)[0]
    known |= {s for size in lengths.values() for s in used_symbols(size)}
    known |= known_as_moments(reading.left, reading.right, state.scope())
    if not opening:
        return right - known - state.seen
    _, reached = relevant(state.scope(), [reading.left])
    reached = [*reached, *laws_of_variables(state.sorts, state.densities, reached)]
    left = free_symbols(reading.left)
    conditioned = {s for a in state.assumptions if a.relation == "=" for s in used_symbols(a)}
    introduced = left - known - state.seen - conditioned
    alone = {s for s in introduced - free_symbols(reading.right) if not s.startswith(DIRECTION)}
    return alone | (right - known - {s for term in reached for s in used_symbols(term)})


def determined(symbol: str, state: State) -> bool:
    """Return whether something said before fixes what a name is, in words that were not understood perhaps."""
    return symbol in state.not_understood or fixed(symbol, state)


def fixed(symbol: str, state: State) -> bool:
    """Return whether something said before fixes what a name is: a condition, or a law it is drawn from."""
    if any(symbol in used_symbols(a) for a in state.assumptions):
        return True
    if any(isinstance(fact, ImageLaw) and fact.law == symbol for fact in state.facts):
        return True
    return symbol in state.determined or isinstance(state.sorts.get(symbol), RandomVariable)
