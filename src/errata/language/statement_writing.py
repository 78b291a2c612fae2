"""What a reader of a document knows at a place of it, and the statements that it emits there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from errata.language import elided_parameters, symbols
from errata.language.argument_counts import with_doubtful_counts
from errata.language.asymptotics import moving_by_custom
from errata.language.bare_names import letters_of, with_bare_names
from errata.language.bracket_repair import Mending
from errata.language.chains import Row
from errata.language.conditions_in_words import Restriction
from errata.language.congruences import speaks_of_congruences
from errata.language.customary_rows import speaks_of_lines, with_customary_rows
from errata.language.definitions import (
    used_symbols,
)
from errata.language.dependence_words import dependence_word, kernel_word, with_doubtful_kernels, with_doubtful_laws
from errata.language.differentials import with_directions
from errata.language.differentiated_conditions import with_parameters
from errata.language.event_thresholds import with_thresholds
from errata.language.inference import complete, relevant
from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.labelled_functions import with_labels_as_arguments
from errata.language.law_parameters import said_as_parameters
from errata.language.leaving import Mark
from errata.language.mean_fields import written_out
from errata.language.numbered_variables import renumbered
from errata.language.open_recursions import (
    with_free_members,
)
from errata.language.parameters_as_arguments import with_parameters_as_arguments
from errata.language.parsing import Parsing
from errata.language.placed import Place, PlacedStatement, Step
from errata.language.prose.leaving_words import Hold
from errata.language.prose.reasoning import speaks_of_other_arithmetic
from errata.language.prose.transport_words import speaks_of_other_metric, speaks_of_other_transport
from errata.language.prose_reader import ProseReader
from errata.language.recursions import ordered
from errata.language.restricted import of_later_things, put_in_force, restricting
from errata.language.sample_means import tells_means, with_sample_means
from errata.language.scope import Scope
from errata.language.shapes import Arrays
from errata.language.sides import Chain, Member
from errata.language.sort_words import sort_in_words
from errata.language.sorts import Function, Real, Sort, element_of
from errata.language.squared_variables import with_squares
from errata.language.stacked_members import speaks_of_row_vectors
from errata.language.standard_moments import with_standard_moments
from errata.language.state import State
from errata.language.statements import Kind, Problem, Reading, Statement
from errata.language.stationary_points import Context, LeftBehind
from errata.language.structure_words import structure_word
from errata.language.summation_ends import with_counts, with_integer_ends
from errata.language.summed_spaces import with_summed_spaces
from errata.language.survey import Survey
from errata.language.syntax import Node
from errata.language.tending import Tellings, Tending
from errata.language.terms import Comparison, Functional, Span, Term, subterms
from errata.language.told_factors import Told
from errata.language.told_probabilities import with_told_probabilities
from errata.language.vector_integrals import over_their_spaces
from errata.notes.document import Declare, Directive, Display, Document, Fragment, Inline, Prose, Text


class StatementWriter:
    """Holds what is known at a place of a document, and writes the statements that stand there."""

    def __init__(self, document: Document, *, chains: int = 0, parsing: Parsing | None = None) -> None:
        self.document = document
        self.parsing = parsing or Parsing.of(document)
        self.letters: frozenset[str] = frozenset()
        self.letters = letters_of(fragment.text for fragment in self.fragments())
        self.words = self._words()
        self.tellings = Tellings(document.sources)
        self.arrays = Arrays({})
        self.stage = 0
        self.structure = structure_word(tuple(b.fragment.text for b in document.blocks if isinstance(b, Text)))
        self.dependence = dependence_word(self.prose())
        self.other_arithmetic = speaks_of_other_arithmetic(self.prose())
        self.other_transport = speaks_of_other_transport(self.prose())
        self.other_metric = speaks_of_other_metric(self.prose())
        self.tells_lines = speaks_of_lines(self.prose())
        self.tells_row_vectors = speaks_of_row_vectors(self.prose())
        written = (block.fragment.text for block in document.blocks if isinstance(block, Display | Text))
        self.speaks_of_congruences = speaks_of_congruences(written)
        self.of_kernels = kernel_word(self.prose())
        self.state = State()
        self.surveyed = Survey()
        self.spoken: set[str] = set()
        self.no_numbers: dict[str, str] = {}
        self.own_notations: dict[str, str] = {}
        self.named: set[str] = set()
        self.described: Set[str] = frozenset()
        self.first_members: set[str] = set()
        self.defined_there: dict[int, str] = {}
        self.supposed: set[str] = set()
        self.announced: Context | None = None
        self.behind = LeftBehind()
        self.passing: dict[str, str] = {}
        self.vanishing: tuple[Restriction, ...] = ()
        self.under: tuple[str, ...] = ()
        self.of_equations = False
        self.statements: list[PlacedStatement] = []
        self.not_judged: list[Reading] = []
        self.chains_before = self.chains = chains
        self.chain = Chain()
        self.last: Member | None = None
        self.before: Comparison | None = None
        self.nearby: Mapping[str, LawUsage] = MappingProxyType({})
        self.points: Mapping[str, str] = MappingProxyType({})
        self.gradient: tuple[Node, ...] = ()
        self.premises: set[int] = set()
        self.carried_on: set[int] = set()
        self.goes_on = False
        self.limited: frozenset[str] = frozenset()
        self.rearranged = False
        self.relations_in_chain = 0
        self.opens_with_zero = False
        self.mendings: tuple[Mending, ...] = ()
        self.told = Told()
        self.trailing: tuple[Comparison, ...] = ()
        self.leaves = False
        self.leaving: list[tuple[int, str]] = []
        self.marks: list[Mark] = []
        self.leading = Hold.GOOD
        self.denying = ""
        self.case: tuple[Restriction, ...] = ()
        self.follows_display = False
        self.given: frozenset[str] = frozenset()
        self.fixed: frozenset[str] = frozenset()
        self.other_law = ""
        self.in_part = False
        self.claimed = 0

    @property
    def usage(self) -> Usage:
        """How the document uses its names."""
        return self.surveyed.usage

    def elsewhere(self) -> frozenset[str]:
        """The names that cannot stand for members of a family alone."""
        usage = self.usage
        return frozenset((*self.surveyed.both_ways, *usage.laws, *usage.functions, *usage.indices, *usage.range_ends))

    def prose(self) -> str:
        """Return the words of the whole document, with a dollar for every formula among them."""
        return self.words

    def _words(self) -> str:
        texts = [self.segments(b) for b in self.document.blocks if isinstance(b, Text)]
        pieces = (s.fragment.text if isinstance(s, Prose) else "$" for segments in texts for s in segments)
        return " ".join(" ".join(pieces).split())

    def fragments(self) -> list[Fragment]:
        found: list[Fragment] = []
        for block in self.document.blocks:
            if isinstance(block, Display):
                found.append(block.fragment)
            elif isinstance(block, Text):
                found.extend(s.fragment for s in self.segments(block) if isinstance(s, Inline))
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                found.extend(s.fragment for s in block.command.segments if isinstance(s, Inline))
        return found

    def segments(self, block: Text) -> tuple[Prose | Inline, ...]:
        """Return the segments of a text, with names that it declares without dollars as formulas."""
        return with_bare_names(block.segments, self.letters)

    def rows(self, text: str) -> list[Row]:
        """Return the rows of a formula as it is meant."""
        return [replace(row, nodes=self.as_meant(row.nodes)) for row in self.parsing.rows(text)]

    def as_meant(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Return the nodes with numbered variables, squares and parameters as these, and with what they leave out."""
        elided = self.surveyed.elided.without(self.is_no_function)
        nodes = with_squares(written_out(nodes, self.surveyed.mean_field), self.surveyed.squared)
        written = elided_parameters.as_meant(renumbered(nodes, self.surveyed.numbers), elided)
        return with_parameters(written, self.surveyed.conditions)

    def is_no_function(self, symbol: str) -> bool:
        """Return whether a name is declared to be anything but a function."""
        sort = self.state.sorts.get(symbol)
        return sort is not None and not isinstance(element_of(sort), Function)

    def prose_reader(self) -> ProseReader:
        return ProseReader(self.parsing, self.knowledge, self.as_meant)

    def knowledge(self) -> Knowledge:
        divergences = dict(self.state.divergences)
        named = frozenset(self.named)
        scope, iterates = self.state.scope(), self.surveyed.recursive
        nearby, points, gradient = self.nearby, self.points, self.gradient
        others = self.other_transport, self.other_metric
        return Knowledge(scope, self.usage, nearby, points, divergences, named, gradient, iterates, *others)

    def restrict(self, found: Sequence[Restriction], fresh: Set[str] = frozenset()) -> None:
        """Put conditions in words in force, and spare the names that are new with them from those before."""
        state = self.state
        told = [of_later_things(r, state.announced, state.scope()) for r in found]
        state.restrictions = put_in_force(state.restrictions, told, state.sections, fresh)

    def lift(self, understood: Sequence[Restriction]) -> None:
        """Take back conditions in words that were understood in another way."""
        words = {r.words for r in understood}
        self.state.restrictions = [r for r in self.state.restrictions if r.restriction.words not in words]

    def protect(self, text: str, nodes: Sequence[Node] = ()) -> None:
        """Mark what an unread formula may have said something about: its left side's names."""
        for symbol in {s for n in nodes if (s := symbols.decorated(n))}:
            self.state.not_understood.setdefault(symbol, f"an unread formula: {' '.join(text.split())[:60]}")

    def emit(
        self,
        kind: Kind,
        step: Step,
        readings: tuple[Reading, ...],
        assumed: tuple[str, ...],
        may_be_set: bool = False,
        redefines: bool = False,
        free: frozenset[str] = frozenset(),
    ) -> None:
        terms = [side for r in readings for side in (r.left, r.right)]
        known_here = with_told_probabilities(with_summed_spaces(self.state.scope(), self.surveyed.summed))
        scope = with_free_members(known_here, free, readings)
        order = (*self.chain.in_order, *ordered(scope.recursions, terms))
        scope = replace(scope, assumptions=(*scope.assumptions, *self.trailing, *order))
        known = frozenset(self.state.announced | self.state.determined)
        scope, standard = with_standard_moments(scope, terms, self.usage.averaged, known)
        told = self.state.announced | (set() if tells_means(self.prose()) else self.spoken)
        scope, means = with_sample_means(scope, terms, self.usage, told)
        scope, thresholds = with_thresholds(scope, terms)
        scope, inferred = complete(with_directions(scope, terms), self.knowledge(), terms)
        scope, guessed = self.with_guesses(scope, terms)
        scope = with_doubtful_laws(scope, terms, self.dependence)
        scope = with_doubtful_kernels(scope, terms, self.of_kernels)
        scope = with_doubtful_counts(scope, terms, self.surveyed.numbers.counts)
        readings, scope = with_labels_as_arguments(*over_their_spaces(readings, scope))
        readings, scope = with_parameters_as_arguments(readings, scope)
        if not self.tells_lines:
            readings, scope = with_customary_rows(readings, scope)
        scope = with_integer_ends(with_counts(scope, terms, self.usage.ranges, known), terms)
        words = (*assumed, *standard, *means, *thresholds, *inferred, *guessed, *_conventions(scope, terms))
        chain = (self.chains, step.place)
        scope = replace(scope, constants=scope.constants | {n for n in self.given if _is_number(scope.sorts.get(n))})
        stated = replace(scope, assumptions=known_here.assumptions)
        restricted = restricting(terms, stated, self.state.restrictions, self.state.sections)
        counting = self.usage.range_ends.union(*self.usage.subscripts.values())
        tending = self.tending_at(step)
        tending = None if tending is None or tending.doubtful else tending
        if tending is None and step.compares:
            names = set[str]().union(*map(used_symbols, terms))
            tending = moving_by_custom(names, self.tellings.elsewhere(counting))
        statement = Statement(
            kind, step.text, step.span, readings, scope, words, None, chain, may_be_set, redefines, restricted,
            self.instance_of(terms), tending, self.tellings.elsewhere(counting), denied=step.at.denied,
        )  # fmt: skip
        self.statements.append(PlacedStatement(statement, step.at.fragment, step.at.block))
        self.claimed += kind == "claim"

    def tending_at(self, step: Step) -> Tending | None:
        """Return what the sentence of a step lets tend to its end."""
        fragment = step.at.fragment
        place = min(step.span.start, len(fragment.offsets) - 1)
        return self.tellings.at(fragment.source, fragment.offsets[place]) if fragment.offsets else None

    def instance_of(self, terms: Sequence[Term]) -> str:
        """Return for which length of a tuple terms speak of its members, "" where they do not."""
        field = self.surveyed.mean_field
        reached = relevant(self.state.scope(), terms)[1] if field is not None else ()
        names = {s for term in reached for s in used_symbols(term)}
        return field.told if field is not None and names & field.members else ""

    def with_guesses(self, scope: Scope, terms: Sequence[Term]) -> tuple[Scope, list[str]]:
        """Say which vectors and matrices were guessed, and that some of them are not sure."""
        reached = relevant(scope, terms)[1]
        guessed = self.arrays.sorts.keys() - self.state.announced - said_as_parameters(reached)
        symbols_here = {s for term in reached for s in used_symbols(term)}
        used = sorted(guessed & symbols_here)
        doubt = dict.fromkeys(used, self.structure) if self.structure is not None else {}
        numbers = (s for s in scope.inferred.keys() & symbols_here if scope.sorts.get(s) == Real())
        doubt.update({s: self.no_numbers[s] for s in numbers if s in self.no_numbers})
        words = {s: f"{s} is {sort_in_words(scope.sorts[s])}" for s in used if s in scope.sorts}
        marked = replace(
            scope,
            not_understood=MappingProxyType({**doubt, **scope.not_understood}),
            inferred=MappingProxyType({**scope.inferred, **words}),
            numbers_perhaps=self.arrays.unsure & set(used),
        )
        return marked, list(words.values())

    def unread(self, at: Place, problem: Problem, text: str | None = None, span: Span | None = None) -> None:
        place = span or Span(problem.span.start, max(problem.span.end, problem.span.start + 1))
        shown = text if text is not None else at.fragment.text[place.start : place.end]
        statement = Statement("claim", shown, place, (), self.state.scope(), (), problem, (self.chains, 0))
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))


def _conventions(scope: Scope, terms: Sequence[Term]) -> tuple[str, ...]:
    jsd = any(isinstance(t, Functional) and t.functional == "jsd" for term in terms for t in subterms(term))
    return (
        ("JSD is taken without the usual factor 1/2, as this note defines it",)
        if jsd and not scope.jsd_factor_half
        else ()
    )


def _is_number(sort: Sort | None) -> bool:
    return sort is None or isinstance(sort, Real)
