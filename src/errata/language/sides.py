"""Both sides of a relation into terms: the likelier meaning first, then the others that notes allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from errata.language import matrix_functions
from errata.language.additive_constants import up_to_constants
from errata.language.asymptotics import KINDS, compared, has_constants
from errata.language.bracket_repair import MAXIMAL_GUESSES, Guess
from errata.language.conventions import averaging_law, under_one_law
from errata.language.cursor import without_commas
from errata.language.definitions import unfold_entries
from errata.language.derivative_layout import JACOBIAN, NUMERATOR, STRUCTURED
from errata.language.derivatives_by_members import by_members
from errata.language.differentials import FEWER
from errata.language.entropy_units import bases_of, in_units
from errata.language.function_notation import LOG_BASE_2, LOG_BASE_10, LOG_BASES
from errata.language.functionals import unfold_functionals
from errata.language.knowledge import Knowledge
from errata.language.matching_sizes import sized
from errata.language.meaning import Meaning
from errata.language.name_notation import ENTRY_OF_POWER, FACTOR, LOGISTIC
from errata.language.number_lists import ROW
from errata.language.observed_data import with_data_held
from errata.language.open_recursions import with_tidy_places
from errata.language.partial_derivatives import HELD_FIXED, WHOLE
from errata.language.pointwise import lift
from errata.language.probability_notation import AT_POINT, POSTERIOR
from errata.language.scope import Scope
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.syntax import Node
from errata.language.terms import Apply, Comparison, Entry, Name, Number, Span, Term, subterms
from errata.language.tokens import NotUnderstood
from errata.language.told_values import with_told_values
from errata.language.vector_products import ENTRYWISE

MAXIMAL_READINGS = 4

CONDITIONS = {
    LOG_BASE_2: "if \\log is base 2",
    LOG_BASE_10: "if \\log is base 10",
    "slash": "if all that follows / is the denominator",
    "tight slash": "if only the letter that follows / is the denominator",
    "power on a bracket": "if the power on the bracket is read the other way",
    "function reach": "if the function applies to its first factor only",
    "derivative reach": "if the derivative is taken of the whole sum",
    ENTRYWISE: "if \\cdot between vectors is the product entry by entry",
    ENTRY_OF_POWER: "if a power of a matrix with indices is read the other way",
    "product sign": "if \\otimes is the product entry by entry",
    "outer product": "if \\otimes is the outer product of vectors",
    "matrix norm": "if the norm of a matrix with index 2 is the Frobenius norm",
    "dagger": "if \\dagger is the transpose",
    ROW: "if the list of numbers is a row",
    FACTOR: "if the bracket after the name is a factor",
    LOGISTIC: "if \\sigma(...) is the logistic function",
    FEWER: "if the names whose differentials are not written are constant",
    WHOLE: "if \\partial is the whole derivative",
    HELD_FIXED: "if \\partial holds fixed what else is defined",
    NUMERATOR: "in numerator layout",
    STRUCTURED: "if both entries of a symmetric pair are one variable",
    AT_POINT: "if H(y | x) is the entropy of p(y | x) at this x, not averaged over x",
    POSTERIOR: "if the second law is the one given all that the first is no law of",
    JACOBIAN: "with the Jacobian (numerator layout) for derivatives of vectors",
}


@dataclass
class Member:
    """One side of a relation: its nodes, what it meant when it was last read, and the ways to mend its brackets."""

    nodes: tuple[Node, ...]
    span: Span
    term: Term | None = None
    guesses: tuple[Guess, ...] = ()

    @property
    def versions(self) -> tuple[Guess, ...]:
        return self.guesses or (Guess(self.nodes, ""),)


@dataclass
class Chain:
    """What the chain of relations that is being read has told so far.

    head: its first member. draws: the law a variable was last drawn from. mean_law: the law that an expectation
    without a subscript averages over. indices: names that stood as an index of an array, whose length bounds them.
    in_order: what the relation that was read last takes for granted of the order of times.
    """

    head: Member | None = None
    draws: dict[str, Term] = field(default_factory=dict)
    mean_law: Term | None = None
    indices: set[str] = field(default_factory=set)
    in_order: tuple[Comparison, ...] = ()


def readings(
    chain: Chain, left: Member, kind: str, right: Member, knowledge: Knowledge, state: State
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Read both sides, in the likelier way first and then in the other ways that notes allow."""
    relation = {":=": "=", "\\equiv": "="}.get(kind, kind)
    if relation in KINDS:
        first, _, assumed = sides(chain, left, right, knowledge, state)
        return compared(relation, *first, has_constants(right.nodes)), assumed
    if relation not in ("=", "!=", "<", "<=", ">", ">=", "~=", "propto", "->"):
        raise NotUnderstood(f"the relation {kind} is not judged", right.span)
    if left.guesses or right.guesses:
        return _guessed(chain, left, relation, right, knowledge, state)
    first, ambiguities, assumed = sides(chain, left, right, knowledge, state)
    found = [Reading(relation, first[0], first[1])]  # type: ignore[arg-type]
    rounded = any(isinstance(t, Number) and t.decimals is not None for side in first for t in subterms(side))
    for choice in sorted(ambiguities):
        if choice in LOG_BASES and not (rounded or LOG_BASES[choice] in bases_of(first)):
            continue
        try:
            others, _, _ = sides(chain, left, right, knowledge, state, frozenset((choice,)))
        except NotUnderstood:
            continue
        if others != first and len(found) < MAXIMAL_READINGS:
            found.append(Reading(relation, others[0], others[1], CONDITIONS[choice]))  # type: ignore[arg-type]
    left.term, right.term = first
    found = [r for reading in found for r in in_units(reading, knowledge.scope, knowledge.usage.log_bases)]
    return tuple(up_to_constants(r) for r in _of_matrices(found, knowledge.scope)), assumed


def _of_matrices(found: Sequence[Reading], scope: Scope) -> list[Reading]:
    """Tell functions of matrices from functions of their entries, and write sizes that follow from others."""
    told: list[Reading] = []
    others: list[Reading] = []
    for reading in found:
        for meaning in matrix_functions.meanings((reading.left, reading.right), scope):
            (left, right), _ = sized(meaning.sides, scope)
            condition = " and ".join(c for c in (reading.condition, meaning.condition) if c)
            kept = told if not meaning.condition else others
            kept.append(Reading(reading.relation, left, right, condition))
    return [*told[:1], *others[:1], *told[1:], *others[1:]][:MAXIMAL_READINGS]


def _guessed(
    chain: Chain, left: Member, relation: str, right: Member, knowledge: Knowledge, state: State
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Read a relation with unbalanced brackets in every way to mend it; each reading is conditional on its way.

    Raises NotUnderstood where no way gives a meaning, or where there are too many.
    """
    found: dict[tuple[Term, Term], tuple[Reading, tuple[str, ...]]] = {}
    problem: NotUnderstood | None = None
    for a, b in product(left.versions, right.versions):
        words = " and ".join(w for w in (a.words, b.words) if w)
        both = (Member(a.nodes, left.span, None if left.guesses else left.term), Member(b.nodes, right.span))
        try:
            terms, _, assumed = sides(chain, *both, knowledge, state)
        except NotUnderstood as error:
            problem = problem or error
            continue
        if terms not in found:
            reading = Reading(relation, *terms, f"with {words}", guess=True)  # type: ignore[arg-type]
            found[terms] = (reading, (*assumed, f"a bracket is {words}"))
    if not found or len(found) > MAXIMAL_GUESSES:
        raise problem or NotUnderstood("brackets do not balance", right.span if right.guesses else left.span)
    readings = tuple(reading for reading, _ in found.values())
    left.term, right.term = readings[0].left, readings[0].right
    return readings, next(iter(found.values()))[1]


def sides(
    chain: Chain, left: Member, right: Member, knowledge: Knowledge, state: State, choices: frozenset[str] = frozenset()
) -> tuple[tuple[Term, Term], set[str], tuple[str, ...]]:
    ambiguities: set[str] = set()
    assumed: list[str] = []
    terms: list[Term] = []
    draws = dict(chain.draws)
    kept: frozenset[str] = frozenset()
    in_order: list[Comparison] = []
    for side in (left, right):
        before = terms[0] if terms else side.term
        if before is not None:
            chain.mean_law = averaging_law(before) or chain.mean_law
        meaning = Meaning(knowledge, choices, draws=draws, mean_law=chain.mean_law)
        if not side.nodes:
            raise NotUnderstood("a side of this relation is missing", side.span)
        term = meaning.expression(without_commas(side.nodes), side.span)
        if not terms and isinstance(term, Apply):
            kept = frozenset(a.symbol for a in term.arguments if isinstance(a, Name))
        if not terms and isinstance(term, Entry) and isinstance(term.array, Name):
            state.customary.pop(term.array.symbol, None)
        entries = {**state.customary, **state.entries}
        lifted = lift(term, knowledge, kept)
        lifted = with_data_held(lifted, state.definitions) if state.observed else lifted
        lifted = by_members(lifted, state.entries, {**state.definitions, **state.as_written})
        lifted = with_tidy_places(unfold_entries(lifted, entries)) if entries else lifted
        if terms or not isinstance(lifted, Apply):  # at a place alone a value may be told anew
            lifted = with_told_values(lifted, state.values_here())
        terms.append(unfold_functionals(lifted, state.definitions, knowledge.is_function, knowledge.is_law))
        ambiguities |= meaning.ambiguities
        assumed.extend(meaning.assumed)
        in_order.extend(meaning.in_order)
    if not choices:
        chain.draws = draws
        chain.in_order = tuple(dict.fromkeys(in_order))
    terms = under_one_law(terms)
    return (terms[0], terms[1]), ambiguities, tuple(dict.fromkeys(assumed))
