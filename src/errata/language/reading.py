"""A document into statements: what is declared, defined, assumed and claimed, each with its scope.

Reading goes in order, since a claim may rest on what stands before it; but the sorts of names are looked up
in the whole document, for notes say "where D is the discriminator" after the formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Literal

from errata.language import components, elided_parameters, symbols, tied_signs, unnormalised
from errata.language.argument_counts import argument_counts, with_doubtful_counts
from errata.language.bare_names import letters_of, with_bare_names
from errata.language.bound_variables import averaged_over
from errata.language.bracket_repair import Mending
from errata.language.chains import Phrase, Proposition, Row, guesses_for, phrases, remarks
from errata.language.complex_notation import IMAGINARY, imaginary_letters
from errata.language.conditions import is_zero, quantified, standard_sigmoid
from errata.language.conditions_in_words import Restriction
from errata.language.conventions import defines_jsd_without_half
from errata.language.cursor import relation_of, split, split_relations
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.definitions import (
    constant_family,
    definition,
    free_symbols,
    head_symbol,
    hidden_parameters,
    solved_deviation,
    used_symbols,
)
from errata.language.dependence_words import dependence_word, with_doubtful_laws
from errata.language.differentials import directions, with_directions
from errata.language.elided_parameters import NOTHING_ELIDED, Elisions, completed, elisions
from errata.language.entered_factors import (
    doubt_factors,
    enter_defined,
    enter_factors,
    factor_sorts,
    may_enter,
    shape_factors,
)
from errata.language.entry_definitions import limited_names, without_limited
from errata.language.event_thresholds import with_thresholds
from errata.language.factor_columns import written_both_ways
from errata.language.gradient_variables import only_variable
from errata.language.inference import complete, relevant, size_names
from errata.language.informed_variables import speaks_of_discrete
from errata.language.kind_words import CONSTANTS, speaks_of_a_constant, speaks_of_no_number
from errata.language.kinds import Guesses, guess_kinds
from errata.language.knowledge import Knowledge, LawUsage, Usage, written_laws
from errata.language.labelled_functions import with_labels_as_arguments
from errata.language.later_members import of_any_member, only_values_told, with_any_members
from errata.language.law_claims import law_claim
from errata.language.law_parameters import said_as_parameters
from errata.language.likelihoods import likelihood_of
from errata.language.meaning import Meaning
from errata.language.name_notation import LOGISTIC
from errata.language.named_moments import named_moments
from errata.language.numbered_variables import NO_NUMBERING, Numbering, numbering, renumbered
from errata.language.obstacles import obstacle
from errata.language.open_recursions import (
    backward_recursion_of,
    brings_names,
    first_member,
    reach,
    reached,
    with_free_members,
    written_out,
)
from errata.language.optimum_words import Announcement, announcements, constrained, speaks_of_equations
from errata.language.own_signs import own_sign
from errata.language.parameters_as_arguments import with_parameters_as_arguments
from errata.language.parsing import Parsing
from errata.language.prose import harvest, sentences
from errata.language.prose.harvested import Harvest
from errata.language.prose.restrictions import points_back, reason_in_display
from errata.language.prose.segments import Formula, Segment, Sentence, Words
from errata.language.prose.stated_conditions import conditions_of, in_passing
from errata.language.prose.supposed import roles_in
from errata.language.prose_reader import ProseReader
from errata.language.random_events import UNDECLARED, compares_with_numbers, declared_events, event_letters, told_events
from errata.language.randomness import sets_law_at, values_at
from errata.language.recursions import may_start, ordered, plain, recursion_of, recursive_names, start_of
from errata.language.restricted import of_later_things, put_in_force, restricting
from errata.language.scope import Definition, Follows, Scope
from errata.language.settings_told_anew import give_way, settings, supposes
from errata.language.shapes import Arrays, has_open_sizes, provisional, unify
from errata.language.sides import CONDITIONS, Chain, Member, readings, sides
from errata.language.sort_words import sort_in_words
from errata.language.sorts import POSITIVE, Family, Function, Law, Point, Real, Vector, element_of
from errata.language.standard_moments import with_standard_moments
from errata.language.state import State, follows, same_slots
from errata.language.statements import Kind, Problem, Reading, Statement
from errata.language.stationary_points import Context, Found, found_there, has_alternatives, vanishing, works_out
from errata.language.structure_words import structure_word
from errata.language.summation_ends import with_integer_ends
from errata.language.syntax import Node, everything, leaf_text, span_of
from errata.language.tables import probability_table
from errata.language.terms import Comparison, Density, Derivative, Entry, Functional, Name, Span, Term, subterms
from errata.language.tokens import NotUnderstood
from errata.language.told_factors import Told
from errata.language.trailing_conditions import trailing_conditions
from errata.language.unsaid import (
    PERHAPS_HERE,
    SPOKEN_OF,
    STRANGE,
    determined,
    ends_at_zero,
    fixed,
    is_bound,
    may_be_set,
    may_be_solved,
    only_names,
    redefines,
    set_aside,
    strangers,
    unspecified,
)
from errata.language.usage import gather
from errata.language.vector_functions import with_vector_functions
from errata.language.vector_integrals import over_their_spaces
from errata.notes.document import Comment, Declare, Directive, Display, Document, Fragment, Inline, Prose, Text
from errata.notes.parts import parts_of, preamble_of


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement, the fragment its span counts in, and the block it stands in (for its directives)."""

    statement: Statement
    fragment: Fragment
    block: Text | Display | Directive


def read_document(document: Document, parsing: Parsing | None = None) -> tuple[PlacedStatement, ...]:
    """Return all statements of a document, in order.

    What cannot be read becomes a statement with a problem; nothing is raised for any document. A part that begins
    with `forget` is read as if it stood alone. parsing: what remembers formulas of documents with the same macros.
    """
    first, *later = parts_of(document)
    parsing = parsing or Parsing(document.macros)
    found = list(_read_part(first, 0, parsing))
    for part in later:
        chains = max((p.statement.chain[0] for p in found), default=0)
        preamble = {id(block) for block in preamble_of(part.blocks)}
        found.extend(p for p in _read_part(part, chains, parsing) if id(p.block) not in preamble)
    return tuple(found)


def part_of_step(document: Document, read: Sequence[PlacedStatement], index: int) -> tuple[Document, int]:
    """Return the part of a document between two `forget`s that a step stands in, and the step's number there.

    read: the statements of the whole document. What is said in one part has no bearing on a step of another.
    """
    parts = parts_of(document)
    if len(parts) == 1:
        return document, index
    part = next(p for p in parts if any(block is read[index].block for block in p.blocks))
    own = {id(block) for block in part.blocks}
    return part, sum(id(p.block) in own for p in read[:index])


def _read_part(document: Document, chains: int, parsing: Parsing) -> tuple[PlacedStatement, ...]:
    """Read what stands between two `forget`s, its chains numbered from the number given.

    A document that speaks of vectors or matrices without declaring them is read again with what its formulas
    tell of their kinds, and once more with what they tell of their shapes.
    """
    looked_over = overlook(document, chains, parsing)
    reader = looked_over.read()
    while (arrays := next_arrays(reader)) is not None:
        reader = looked_over.read(arrays, reader.stage + 1)
    return tuple(reader.statements)


def overlook(document: Document, chains: int = 0, parsing: Parsing | None = None) -> DocumentReader:
    """Return a reader that has looked a document over and can read it; see `DocumentReader`."""
    reader = DocumentReader(document, chains=chains, parsing=parsing)
    reader.look_over()
    return reader


def next_arrays(reader: DocumentReader) -> Arrays | None:
    """Return the arrays with which a document is to be read again, None where what was read is settled.

    After the first reading they are guessed by their kinds, after the second by the shapes that fit together.
    """
    if reader.stage == 0:
        state = reader.state
        guesses = reader.guesses().without(state.customary.keys())
        arrays = provisional(guesses, FAMILY_LABEL)
        arrays = with_vector_functions(
            arrays, _comparisons(reader.statements, state.scope()), state.sorts, state.definitions
        )
        factors = factor_sorts(state)
        if not (arrays.sorts or guesses.elements or factors or has_open_sizes(state.sorts.values())):
            return None
        return arrays.joined(factors)
    return reader.unified() if reader.stage == 1 else None


def _comparisons(statements: Sequence[PlacedStatement], scope: Scope) -> list[Comparison]:
    """What the statements say, in their likelier readings, and what the scope after them assumes and defines."""
    found: list[Comparison] = []
    for placed in statements:
        for reading in placed.statement.readings[:1]:
            sides = (reading.left, reading.right)
            found.extend(s for s in sides if isinstance(s, Comparison))
            if not any(isinstance(s, Comparison) for s in sides):
                found.append(Comparison("=", *sides))
    found.extend(scope.assumptions)
    found.extend(Comparison("=", Name(s), d.body) for s, d in scope.definitions.items() if not d.parameters)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a relation stands: its block and, in it, the fragment that its spans count in.

    role: what the words around a formula within a sentence make of a relation that may be set.
    """

    block: Text | Display | Directive
    fragment: Fragment
    role: Kind = "claim"

    @property
    def in_sentence(self) -> bool:
        return isinstance(self.block, Text)


@dataclass(frozen=True, slots=True)
class _Step:
    """One relation of a chain and where it stands.

    place: its number in the chain. opening: it brings the chain's first member. premise: what it is said to follow
    from. sets_zero: its right side is a zero that the chain sets its left side to, or that is supposed. announced: what
    the sentence before says that it finds. arrow: whether the premise follows from it, too. leads: something is said
    to follow from it.
    """

    at: _Place
    span: Span
    place: int
    opening: bool
    premise: Comparison | None
    sets_zero: bool
    announced: Context | None = None
    arrow: Literal["=>", "<=>"] = "=>"
    leads: bool = False

    @property
    def text(self) -> str:
        return self.at.fragment.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the formulas of a whole document tell before any of them is given a meaning."""

    usage: Usage = field(default_factory=Usage)
    recursive: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    averaged: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    numbers: Numbering = NO_NUMBERING
    events: frozenset[str] = frozenset()
    both_ways: frozenset[str] = frozenset()
    elided: Elisions = NOTHING_ELIDED
    imaginary: frozenset[str] = frozenset()
    perhaps_imaginary: frozenset[str] = frozenset()


class DocumentReader:
    """Reads the blocks of a document in order; see `read_document`.

    It looks the whole document over before it begins. chains: the number after which its chains are numbered.
    parsing: what remembers the formulas of the document. arrays: those guessed by the readings before this one, of
    which there were as many as `stage`.
    """

    def __init__(self, document: Document, *, chains: int = 0, parsing: Parsing | None = None) -> None:
        self.document = document
        self.parsing = parsing or Parsing(document.macros)
        self.letters: frozenset[str] = frozenset()
        self.letters = letters_of(fragment.text for fragment in self.fragments())
        self.arrays = Arrays({})
        self.stage = 0
        self.structure = structure_word(tuple(b.fragment.text for b in document.blocks if isinstance(b, Text)))
        self.dependence = dependence_word(self.prose())
        self.state = State()
        self.surveyed = _Survey()
        self.spoken: set[str] = set()
        self.no_numbers: dict[str, str] = {}
        self.own_notations: dict[str, str] = {}
        self.named: set[str] = set()
        self.described: Set[str] = frozenset()
        self.first_members: set[str] = set()
        self.announced: Context | None = None
        self.vanishing: tuple[Restriction, ...] = ()
        self.under: tuple[str, ...] = ()
        self.of_equations = False
        self.statements: list[PlacedStatement] = []
        self.chains_before = self.chains = chains
        self.chain = Chain()
        self.last: Member | None = None
        self.before: Comparison | None = None
        self.nearby: Mapping[str, LawUsage] = MappingProxyType({})
        self.points: Mapping[str, str] = MappingProxyType({})
        self.gradient: tuple[Node, ...] = ()
        self.premises: set[int] = set()
        self.limited: frozenset[str] = frozenset()
        self.relations_in_chain = 0
        self.mendings: tuple[Mending, ...] = ()
        self.told = Told()
        self.trailing: tuple[Comparison, ...] = ()

    # The whole document -----------------------------------------------------------------------------

    def look_over(self) -> None:
        """Take what all of the document tells, whatever is guessed of its arrays."""
        self.surveyed = self.survey()
        self.look_ahead()

    def read(self, arrays: Arrays | None = None, stage: int = 0) -> DocumentReader:
        """Return a reader that has read all of the document, which this one has looked over."""
        reader = self.begun(arrays, stage)
        for place in range(len(reader.document.blocks)):
            reader.read_block(place)
        return reader

    def begun(self, arrays: Arrays | None = None, stage: int = 0) -> DocumentReader:
        """Return a reader that has looked the document over, as this one has, and read none of it yet."""
        reader = self.copy()
        reader.arrays, reader.stage = arrays or Arrays({}), stage
        reader.state.sizes = reader.arrays.sizes
        for symbol, sort in reader.arrays.sorts.items():
            reader.state.sorts.setdefault(symbol, sort)
        for symbol, spaces in reader.usage.unnormalised.items():
            reader.state.sorts.setdefault(symbol, Function(tuple(map(Point, spaces)), POSITIVE))
        reader.state.directions = reader.surveyed.directions
        reader.state.notations.update(dict.fromkeys(reader.surveyed.imaginary, IMAGINARY))
        reader.state.not_understood.update(dict.fromkeys(reader.surveyed.perhaps_imaginary, "it may be a root of -1"))
        reader.state.take(declared_events(reader.surveyed.events, UNDECLARED))
        reader.state.not_understood.update(dict.fromkeys(reader.surveyed.events, UNDECLARED))
        reader.state.continuous = not speaks_of_discrete(reader.prose())
        return reader

    def unified(self) -> Arrays:
        """Return the arrays that were guessed, with the shapes that all that was read tells together."""
        return unify(self.arrays, _comparisons(self.statements, self.state.scope()), self.state.sorts)

    def survey(self) -> _Survey:
        """Return what the formulas of the document tell together."""
        written = [row.nodes for fragment in self.fragments() for row in self.parsing.rows(fragment.text)]
        numbers = replace(numbering(written), counts=argument_counts(written))
        formulas = [renumbered(nodes, numbers) for nodes in written]
        not_normalised = self.said_to_be_unnormalised() | unnormalised.in_formulas(formulas)
        elided = elisions(formulas, not_normalised)
        formulas = [completed(nodes, elided) for nodes in formulas]
        usage = gather(formulas, discrete=speaks_of_discrete(self.prose()), not_normalised=not_normalised)
        return _Survey(
            usage,
            recursive_names(formulas),
            components.whole_arrays(formulas),
            averaged_over(formulas),
            directions(formulas, self.prose()),
            numbers,
            event_letters(formulas),
            written_both_ways(formulas),
            elided,
            *imaginary_letters(formulas, self.prose(), usage.indices),
        )

    def said_to_be_unnormalised(self) -> frozenset[str]:
        """Return the names of laws that sentences call unnormalised."""
        texts = (b.segments for b in self.document.blocks if isinstance(b, Text))
        nodes = self.prose_reader().nodes
        return frozenset().union(*(unnormalised.in_words(s, nodes) for segments in texts for s in _sentences(segments)))

    @property
    def usage(self) -> Usage:
        """How the document uses its names."""
        return self.surveyed.usage

    def read_block(self, place: int) -> None:
        """Read one block; those before it have been read."""
        block = self.document.blocks[place]
        if isinstance(block, Display):
            self.explained(place)
            self.continued(place)
            self.trailing = self.conditions_after(place)
            with self.supposing(self.under):
                self.display(_Place(block, block.fragment))
            self.under, self.trailing = (), ()
        elif isinstance(block, Text):
            self.state.sections += block.role == "heading"
            if block.role == "heading":
                self.state.open_factors.clear()
            self.text(block, self.segments(block))
        elif isinstance(block, Directive) and isinstance(block.command, Declare):
            self.text(block, block.command.segments)

    def copy(self) -> DocumentReader:
        """Return a reader that stands at the same place and goes on by itself."""
        other = copy(self)
        other.state = self.state.copy()
        other.statements = list(self.statements)
        other.first_members = set(self.first_members)
        other.chain = replace(self.chain, draws=dict(self.chain.draws), indices=set(self.chain.indices))
        return other

    def guesses(self) -> Guesses:
        """Return what all that was read tells of the kinds of names that are not declared."""
        return guess_kinds(_comparisons(self.statements, self.state.scope()), self.state.sorts, self.taken())

    def taken(self) -> frozenset[str]:
        """The symbols that are laws, functions or spaces, or that a definition explains: no arrays of their own."""
        usage = self.usage
        kept = {*usage.laws, *usage.aliases, *usage.functions, *usage.indices, *self.state.definitions}
        return frozenset(kept | {d.law for d in self.state.densities})

    def elsewhere(self) -> frozenset[str]:
        """The names that cannot stand for members of a family alone."""
        usage = self.usage
        return frozenset((*self.surveyed.both_ways, *usage.laws, *usage.functions, *usage.indices, *usage.range_ends))

    def prose(self) -> str:
        """Return the words of the whole document, with a dollar for every formula among them."""
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
        """Return the nodes with numbered variables as letters of their own, and with what they leave out."""
        elided = self.surveyed.elided.without(self.is_no_function)
        return elided_parameters.as_meant(renumbered(nodes, self.surveyed.numbers), elided)

    def is_no_function(self, symbol: str) -> bool:
        """Return whether a name is declared to be anything but a function."""
        sort = self.state.sorts.get(symbol)
        return sort is not None and not isinstance(element_of(sort), Function)

    def prose_reader(self) -> ProseReader:
        return ProseReader(self.parsing, self.knowledge, self.as_meant)

    def look_ahead(self) -> None:
        """Take the sorts and "where" definitions of all sentences, for formulas that stand before them."""
        for block in self.document.blocks:
            segments: tuple[Prose | Inline, ...] = ()
            if isinstance(block, Text):
                segments = self.segments(block)
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                segments = block.command.segments
            for found, sentence in self.harvests(segments):
                self.state.take_sorts(found)
                open_ones = (f for f in sentence.formulas if f.start not in found.consumed)
                self.spoken |= {symbol for formula in open_ones for symbol in self.heads(formula)}
                self.own_notations = {**found.own_notations, **self.own_notations}
                self.spoken_of(sentence)
                if found.log_base is not None and self.state.log_base is None:
                    self.state.log_base = found.log_base
                self.state.layout = found.layout.joined(self.state.layout)

    def spoken_of(self, sentence: Sentence) -> None:
        """Note the names that a sentence speaks of as other things than they are by custom."""
        alone = {symbol for formula in sentence.formulas for symbol in self.heads(formula)}
        if not speaks_of_a_constant(sentence.words):
            self.named |= alone & CONSTANTS
        if speaks_of_no_number(sentence.words):
            self.no_numbers.update(dict.fromkeys(alone, sentence.text))

    def heads(self, formula: Formula) -> Iterator[str]:
        """Yield the names that a formula within a sentence is about: those that stand alone, or before a relation."""
        for row in self.rows(formula.latex):
            for piece in split(split_relations(row.nodes)[0][0], (",",)):
                symbol = symbols.decorated(piece[0]) if len(piece) == 1 else None
                if symbol is not None:
                    yield symbol

    def explained(self, place: int) -> None:
        """Take the definitions of a sentence right after a display that begins with "where"."""
        for block in self.document.blocks[place + 1 : place + 3]:
            if isinstance(block, Text):
                words = block.fragment.text.lstrip(" ,.").lower()
                if words.startswith(_WHERE):
                    for found, _ in islice(self.harvests(self.segments(block)), 1):
                        self.state.take_definitions(found)
                return

    def continued(self, place: int) -> None:
        """Take the conditions that the sentences after a display tell of it: "... by symmetry", "Here it is so."."""
        blocks = (b for b in self.document.blocks[place + 1 : place + 3] if not isinstance(b, Directive | Comment))
        following = next(blocks, None)
        if not isinstance(following, Text) or following.role == "heading":
            return
        goes_on = following.fragment.text.lstrip(" ,;\n")[:1].islower()
        for sentence in islice(_sentences(following.segments), 1):
            self.told = self.told.named_after(sentence.words)
        for sentence in islice(_sentences(self.segments(following)), _SENTENCES_BACK):
            led = replace(sentence, end="") if goes_on or points_back(sentence.text) else sentence
            told = harvest(led, self.prose_reader(), self.state.scope()).restrictions
            self.restrict(told if led is not sentence else _spoken_of(told))
            goes_on = False

    def conditions_after(self, place: int) -> tuple[Comparison, ...]:
        """Return the conditions of a display that the sentence after it goes on with: "where we assumed $a < 1$"."""
        following = (b for b in self.document.blocks[place + 1 : place + 3] if not isinstance(b, Directive | Comment))
        block = next(following, None)
        if not isinstance(block, Text) or block.role == "heading":
            return ()
        read = self.prose_reader()
        first = islice(_sentences(self.segments(block)), 1)
        written = [latex for sentence in first for latex in trailing_conditions(sentence.segments)]
        found = [c for latex in written for c in read.relation(latex) or ()]
        return tuple(c for c in found if c.relation in ("=", "!=", "<", "<=", ">", ">="))

    def harvests(self, segments: tuple[Prose | Inline, ...]) -> Iterator[tuple[Harvest, Sentence]]:
        """Yield what each sentence says and its formulas; each is read with what is known by then."""
        for sentence in _sentences(segments):
            yield self.harvested(sentence), sentence

    def harvested(self, sentence: Sentence) -> Harvest:
        found = self.told_apart(harvest(sentence, self.prose_reader(), self.state.scope()))
        found = quantified(standard_sigmoid(found, sentence), sentence, self.state.announced)
        found = told_events(found, self.surveyed.events)
        found = in_passing(found, sentence, self.prose_reader(), self.state.announced)
        return without_limited(found, sentence)

    def told_anew(self, found: Harvest, sentence: Sentence) -> Harvest:
        """Return what a sentence says where its suppositions replace those before that they contradict."""
        if not supposes(sentence):
            return found
        doubtful = give_way(self.state, found, settings(found, sentence, self.state.sections))
        if doubtful is not None:
            found = self.harvested(sentence)
            found = replace(found, not_understood=MappingProxyType({**found.not_understood, **doubtful}))
        self.state.settings.update(settings(found, sentence, self.state.sections))
        return found

    def told_apart(self, found: Harvest) -> Harvest:
        """The numbers p_1, ..., p_k beside a law p(x) are another thing than the law: rename them."""
        taken = frozenset(self.state.announced | self.state.definitions.keys())
        found = components.collected(found, self.surveyed.whole, taken)
        found = with_any_members(found, self.usage.subscripts, taken | self.state.entries.keys())
        kept = {s for fact in found.facts if isinstance(fact, Follows) for s in (fact.name, *free_symbols(fact.law))}
        declarations = tuple(
            replace(d, symbol=symbols.compose(d.symbol, FAMILY_LABEL))
            if d.symbol not in kept
            and (
                (isinstance(d.sort, Family | Vector) and d.symbol in self.usage.laws)
                or (isinstance(d.sort, Family) and symbols.base_name(d.symbol) in self.usage.spaces)
                or (isinstance(d.sort, Family) and d.symbol in self.usage.range_ends)
            )
            else d
            for d in found.declarations
            if not (isinstance(d.sort, Law) and d.symbol in self.usage.unnormalised)
        )
        doubtful = {
            symbol: words
            for symbol, words in found.not_understood.items()
            if symbol not in self.usage.unnormalised or not unnormalised.is_all_that_is_said(words)
        }
        return replace(found, declarations=declarations, not_understood=doubtful)

    def knowledge(self) -> Knowledge:
        divergences = dict(self.state.divergences)
        named = frozenset(self.named)
        return Knowledge(self.state.scope(), self.usage, self.nearby, self.points, divergences, named, self.gradient)

    # Prose ------------------------------------------------------------------------------------------

    def text(self, block: Text | Directive, segments: tuple[Prose | Inline, ...]) -> None:
        inlines = {s.fragment.start: s.fragment for s in segments if isinstance(s, Inline)}
        for looked_at, sentence in self.harvests(segments):
            found = self.told_anew(looked_at, sentence)
            self.told = self.told.then(sentence.words)
            self.described = found.not_understood.keys() - self.state.not_understood.keys()
            declared = {d.symbol for d in found.declarations} | {d.symbol for d in found.definitions}
            fresh = (declared - self.state.announced) | found.placed
            heading = isinstance(block, Text) and block.role == "heading"
            told = found.restrictions
            if heading:
                told = tuple(replace(r, universal=not r.names) for r in _spoken_of(told))
            self.restrict(told, fresh)
            if found.is_declaring:
                self.state.take(found)
                shape_factors((d.symbol for d in found.declarations), sentence.words, self.state)
                self.told = enter_defined(found.definitions, self.told, self.elsewhere(), self.state)
                for formula in sentence.formulas:
                    self.tabulated(formula)
            roles = roles_in(sentence)
            self.of_equations = speaks_of_equations(sentence.words)
            under = conditions_of(sentence)
            announced = announcements(sentence)
            for announcement in announced.values():
                if announcement.setting is not None:
                    roles[sentence.formulas[announcement.setting].start] = "assumption"
            for number, formula in enumerate(sentence.formulas):
                fragment = inlines[formula.start]
                self.announce(announced.get(number), found, block)
                if formula.start in found.consumed:
                    self.declared(_Place(block, fragment))
                elif isinstance(block, Text) and not (found.is_declaring and isinstance(block, Directive)):
                    with self.supposing(under.get(number, ())):
                        self.display(_Place(block, fragment, roles.get(formula.start, "claim")))
            self.under = under.get(None, ())
            self.announce(announced.get(None), found, block)

    @contextmanager
    def supposing(self, conditions: Sequence[str]) -> Iterator[None]:
        """Put inequalities that a sentence tells in force for one formula."""
        read = self.prose_reader()
        told = [c for latex in conditions for c in read.relation(latex) or () if c.relation not in ("=", "propto")]
        kept = len(self.state.assumptions)
        self.state.assumptions += told
        yield
        del self.state.assumptions[kept : kept + len(told)]

    def announce(self, announcement: Announcement | None, said: Harvest, block: Text | Directive) -> None:
        """Take what a sentence says of the formula that comes next."""
        self.announced = None
        if announcement is None:
            return
        before = None if self.chain.head is None else self.chain.head.term
        vanishes = self.last is not None and is_zero(self.last.nodes)
        under = constrained(self.document.blocks, block)
        told = self.vanishing if announcement.extremum == "following" else said.restrictions
        self.announced = Context(announcement, before, vanishes, under, told)

    def restrict(self, found: Sequence[Restriction], fresh: Set[str] = frozenset()) -> None:
        """Put conditions in words in force, and spare the names that are new with them from those before."""
        state = self.state
        told = [of_later_things(r, state.announced, state.scope()) for r in found]
        state.restrictions = put_in_force(state.restrictions, told, state.sections, fresh)

    def lift(self, understood: Sequence[Restriction]) -> None:
        """Take back conditions in words that were understood in another way."""
        words = {r.words for r in understood}
        self.state.restrictions = [r for r in self.state.restrictions if r.restriction.words not in words]

    def tabulated(self, formula: Formula) -> None:
        """Take P = (0.7, 0.2, 0.1) for a law of a finite space given by its probabilities."""
        nodes = self.prose_reader().nodes(formula.latex)
        table = probability_table(nodes, self.knowledge()) if nodes else None
        if table is not None:
            density, points = table
            self.state.take(Harvest(densities=(density,), spaces={density.values[0][0]: points}))
            self.state.not_understood.pop(density.law, None)

    def declared(self, at: _Place) -> None:
        """Report a formula that a sentence used as a declaration, definition or assumption."""
        for row in self.rows(at.fragment.text):
            self.state.seen.update(_mentioned(row.nodes))
        statement = Statement("declaration", at.fragment.text, Span(0, len(at.fragment.text)), (), self.state.scope())
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))

    # Displays ---------------------------------------------------------------------------------------

    def display(self, at: _Place) -> None:
        self.before = None
        first = True
        rows = self.rows(at.fragment.text)
        near = gather(row.nodes for row in rows)
        self.gradient = only_variable([row.nodes for row in rows])
        if any(usage.values for usage in near.laws.values()):
            self.nearby = MappingProxyType({self.usage.aliases.get(k, k): v for k, v in near.laws.items()})
            self.points = near.points
        reasons = [r for row in rows for words in remarks(row.nodes) for r in reason_in_display(words)]
        self.restrict(reasons)
        steps = [self.row(at, row) for row in rows]
        order = [p for step in steps for phrase in step if not phrase.condition for p in phrase.propositions]
        if has_alternatives(order):
            self.announced = None
        self.premises = {id(p) for p, following in pairwise(order) if following.implied}
        for row, step in zip(rows, steps, strict=True):
            self.mendings = row.mendings
            self.phrases(at, step, at.in_sentence and first)
            first = False
        self.gradient = ()
        self.lift(reasons)

    def row(self, at: _Place, row: Row) -> list[Phrase]:
        """Cut a row into phrases; report one that could not be parsed, or that is a declaration."""
        if row.problem is not None:
            line = _line_around(at.fragment.text, row.problem.problem.span.start)
            self.unread(at, row.problem.problem, at.fragment.text[line.start : line.end], line)
            self.protect(at.fragment.text)
            self.last = None
            return []
        if any(leaf_text(n) == ":" for n in row.nodes) and any(relation_of(n) == "->" for n in row.nodes):
            whole = Span(0, len(at.fragment.text))
            self.declare(at, whole, whole)
            return []
        return phrases(row.nodes)

    def phrases(self, at: _Place, found: list[Phrase], fresh: bool) -> None:
        limits = [p for phrase in found if phrase.condition for p in phrase.propositions]
        kept = len(self.state.assumptions)
        self.limited = limited_names(p.members for p in limits)
        for proposition in limits:
            self.limit(proposition)
        limiting = {id(a) for a in self.state.assumptions[kept:]}
        for phrase in found:
            if not phrase.condition:
                self.phrase(at, phrase, fresh)
        self.state.assumptions = [a for a in self.state.assumptions if id(a) not in limiting]

    def limit(self, proposition: Proposition) -> None:
        """A condition on a row: a > 0, i \\ne j."""
        try:
            meaning = Meaning(self.knowledge())
            terms = [meaning.expression(m) for m in proposition.members]
        except NotUnderstood:
            return
        for left, mark, right in zip(terms, proposition.relations, terms[1:], strict=False):
            kind = relation_of(mark)
            if kind in ("=", "!=", "<", "<=", ">", ">="):
                self.state.assumptions.append(Comparison(kind, left, right))  # type: ignore[arg-type]

    def phrase(self, at: _Place, phrase: Phrase, fresh: bool) -> None:
        for proposition in map(self.with_tied_signs, phrase.propositions):
            members = list(proposition.members)
            if members and not members[0]:
                if self.last is None or fresh:
                    self.unread(at, Problem("the left side of this relation is missing", proposition.relations[0].span))
                    self.last = None
                    continue
                left = self.last
            else:
                left = self.member(members[0], Span(0, 1))
                self.chains += 1
                self.chain = Chain(left)
            self.proposition(at, proposition, left)

    def with_tied_signs(self, proposition: Proposition) -> Proposition:
        r"""Return a proposition in which all \pm are one sign, where both sides have them."""
        members = tied_signs.tied(proposition.members, self.last.nodes if self.last is not None else ())
        if members is None:
            return proposition
        self.state.sorts.setdefault(tied_signs.SIGN, tied_signs.ONE_OR_MINUS_ONE)
        self.state.announced.add(tied_signs.SIGN)
        return replace(proposition, members=members)

    def member(self, nodes: tuple[Node, ...], default: Span) -> Member:
        """Return a side of a relation, with the ways to mend it where its brackets do not balance."""
        return Member(nodes, span_of(nodes, default), None, guesses_for(nodes, self.mendings))

    def proposition(self, at: _Place, proposition: Proposition, left: Member) -> None:
        continued = not proposition.members[0]
        premise = self.before if proposition.implied else None
        announcement, self.announced = self.announced, None
        self.last = left
        count = self.relations_in_chain = len(proposition.relations)
        for place, mark in enumerate(proposition.relations):
            nodes = proposition.members[place + 1]
            right = self.member(nodes, mark.span)
            opening = place == 0 and not continued
            start = left.span.start if opening else mark.span.start
            span = Span(min(start, mark.span.start), max(right.span.end, mark.span.end))
            sets_zero = place == count - 1 and (
                (not opening and ends_at_zero(self.chain.head, at.in_sentence, mark, nodes))
                or (count == 1 and not continued and id(proposition) in self.premises)
            )
            sets = announcement if opening else None
            arrow: Literal["=>", "<=>"] = "<=>" if proposition.implied == "<=>" and count == 1 else "=>"
            leads = count == 1 and opening and id(proposition) in self.premises
            step = _Step(at, span, place, opening, premise if place == 0 else None, sets_zero, sets, arrow, leads)
            self.relation(step, left, mark, right)
            left = right
            self.last = right

    def relation(self, step: _Step, left: Member, mark: Node, right: Member) -> None:
        """Read one relation, and tell declarations from what could not be read and from the rest."""
        kind = relation_of(mark) or "="
        if kind == "~" and self.law_claimed(step, left, right):
            return
        if kind in _DECLARING:
            self.declare(step.at, step.span, Span(left.span.start, right.span.end) if kind in ("in", "~") else None)
            return
        self.before, premise = None, step.premise
        self.forget_first_members()
        sign = own_sign((*left.nodes, *right.nodes), self.own_notations)
        if sign is not None:
            message = f'what {sign} means here was not understood: "{self.own_notations[sign]}"'
            self.unread(step.at, Problem(message, step.span), step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        try:
            found, assumed = readings(self.chain, left, kind, right, self.knowledge(), self.state)
        except NotUnderstood as error:
            self.unread(step.at, error.problem, step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        if step.announced is not None:
            there = found_there(found, step.announced, self.prose_reader(), self.state)
            if there is not None or works_out(found[0]):
                self.lift(step.announced.restrictions)
            if there is not None:
                self.found(step, there, found[0], assumed)
                return
        constant = constant_family(found[0].left, found[0].right)
        if constant is not None and found[0].relation == "=" and not fixed(constant.symbol, self.state):
            self.state.customary[constant.symbol] = constant
            for symbol in (constant.symbol, *constant.parameters):
                self.state.not_understood.pop(symbol, None)
            self.emit("assumption", step, found[:1], assumed)
            return
        if kind in ("=", ":=") and self.factored(step, found, assumed):
            return
        certain = len(found) == 1 or not found[0].guess
        known = self.state.scope().recursions
        stated = recursion_of(found[0].left, found[0].right) if found[0].relation == "=" else None
        recursive = stated is not None and stated.symbol in known and reach(stated) == reach(known[stated.symbol])
        readable = stated is not None and obstacle(found[0], self.state, step.span, known.keys()) is None
        if readable and certain and step.opening and premise is None and self.define_recursion(step, found[0]):
            return
        self.start_freely(found)
        found, free = self.steps_written_out(found, step)
        first = found[0]
        named = named_moments(first, self.state) if premise is None else ()
        self.state.definitions.update({d.symbol: d for d in named})
        problem = obstacle(first, self.state, step.span, free)
        if problem is not None:
            self.unread(step.at, problem, step.text, step.span)
            return
        twofold = any(r.condition == CONDITIONS[LOGISTIC] for r in found)
        certain = not twofold and (len(found) == 1 or not first.guess)
        supposed = step.leads and head_symbol(first.left) in self.state.announced
        may_define = step.opening and premise is None and not supposed
        if may_define and (certain or _names_what_is_new(first, found)) and self.define(step, kind, first):
            doubt = {} if certain else {head_symbol(first.left) or "": "whether \\sigma is the logistic function"}
            self.state.not_understood.update(doubt)
            return
        self.before = Comparison(first.relation, first.left, first.right)
        if premise is not None:
            found = tuple(
                Reading(step.arrow, premise, Comparison(r.relation, r.left, r.right), r.condition, r.guess)
                for r in found
            )
            self.lift(self.vanishing)
            self.claim(step, found, assumed, free, recursive and bool(free), follows=bool(named))
            self.restrict(self.vanishing)
            return
        if (
            step.sets_zero
            or supposed
            or (step.opening and only_names(first, self.state))
            or (kind == ":=" and is_zero(right.nodes) and (not step.opening or isinstance(first.left, Derivative)))
            or self.sets_probability(step, first)
        ):
            self.emit("assumption", step, found, assumed)
            if step.sets_zero:
                self.vanishing = vanishing(self.chain.head, step.text)
                self.restrict(self.vanishing)
            return
        self.claim(step, found, assumed, free, recursive and bool(free), follows=bool(named))

    def factored(self, step: _Step, found: tuple[Reading, ...], assumed: tuple[str, ...]) -> bool:
        """Take a relation that words tell to be a decomposition for what defines the matrix; say whether it is one."""
        first = found[0]
        factored = self.told.factored(first.right)
        if factored is None or step.premise is not None or not may_enter(factored, first.left, self.state):
            return False
        enter_factors(factored, first.left, self.elsewhere(), self.state)
        self.told = self.told.without(factored.name)
        if not (step.opening and self.define(step, ":=", first)):
            doubt_factors(factored, step.text, self.state)
            self.emit("assumption", step, found, assumed)
        return True

    def found(self, step: _Step, there: Found, written: Reading, assumed: tuple[str, ...]) -> None:
        """Emit what a name is said to be where a derivative is zero, or a function least; it is that from then on."""
        if there.premise is not None:
            self.state.seen.update(free_symbols(there.premise))
        if self.state.not_understood.get(there.variable) == _FOUND_BEFORE:
            del self.state.not_understood[there.variable]
        self.claim(replace(step, premise=there.premise), there.readings, assumed)
        if there.defined is None:
            self.state.not_understood.setdefault(there.variable, _FOUND_BEFORE)
        elif not self.is_known(there.name):
            self.state.definitions[there.name] = there.defined
        self.state.determined.add(there.name)
        self.before = Comparison(written.relation, written.left, written.right)

    def start_freely(self, found: Sequence[Reading]) -> None:
        """Let x_0 be anything where a claim goes on from it and nothing else says where the recursion of x begins.

        It may be x_1, too; but then an x_0 = 0 may be meant that makes x_1 what it is.
        """
        scope = self.state.scope()
        for symbol, recursion in scope.recursions.items():
            place, family = first_member(found, recursion), scope.sorts.get(symbol)
            name = symbols.compose(plain(symbol), str(place))
            if place is not None and isinstance(family, Family) and name not in scope.sorts:
                self.first_members.add(name)
                self.state.sorts[name] = family.element
                if place == 1:
                    self.state.not_understood.setdefault(name, "it may follow from a member before it")

    def forget_first_members(self) -> None:
        """Take back what one claim alone made the start of a recursion."""
        for name in self.first_members:
            self.state.sorts.pop(name, None)
            self.state.not_understood.pop(name, None)
        self.first_members = set()

    def steps_written_out(self, found: tuple[Reading, ...], step: _Step) -> tuple[tuple[Reading, ...], frozenset[str]]:
        """Write out the members of recursions that begin nowhere; return also the symbols of these."""
        used = {s for r in found for side in (r.left, r.right) for s in used_symbols(side)}
        forwards = {s: r for s, r in self.state.scope().recursions.items() if not r.starts}
        open_ones = reached(used, {**forwards, **self.state.backwards})
        written = written_out(found, open_ones) if open_ones and step.premise is None else None
        return (found, frozenset()) if written is None else (written, frozenset(open_ones))

    def claim(
        self,
        step: _Step,
        found: tuple[Reading, ...],
        assumed: tuple[str, ...],
        free: frozenset[str] = frozenset(),
        recursive: bool = False,
        follows: bool = False,
    ) -> None:
        """Emit a claim, with what it leaves unsaid of its names.

        free: recursions with one member that is free. recursive: the claim could be a recursion itself.
        follows: the claim is of a law that follows, and sets nothing.
        """
        first = found[0]
        state = self.state
        if isinstance(first.left, Functional) and step.opening:
            state.divergences.setdefault(written_laws(first.left), first.left)
        symbols_here = free_symbols(first.left) | free_symbols(first.right)
        perhaps_here = unspecified(first, state, step.opening)
        strange = strangers(first, state, self.arrays.sorts.keys(), step.opening) | perhaps_here
        strange -= state.scope().recursions.keys() | free
        if step.at.role == "assumption" and is_bound(first):
            strange -= symbols_here
        here = _indices(first)
        bounded = (self.chain.indices - here) & symbols_here - state.sorts.keys()
        self.chain.indices |= here
        state.not_understood.update(dict.fromkeys(bounded, "an index of an array earlier in this chain"))
        passing = strange & state.seen
        said = {s for s, words in state.not_understood.items() if not words.startswith(STRANGE)}
        for symbol in strange - said:
            unsure = PERHAPS_HERE if symbol in perhaps_here & state.announced else STRANGE
            words = f"{SPOKEN_OF if symbol in self.spoken else unsure}: {' '.join(step.text.split())[:60]}"
            state.not_understood[symbol] = words
        state.seen.update(symbols_here)
        single = step.opening and self.relations_in_chain == 1 and step.premise is None
        sizes = {size for symbol in state.announced for size in size_names(state.sorts.get(symbol, Real()))}
        conditioned = {s for c in self.trailing for s in used_symbols(c)} | self.limited
        declared = symbols_here <= (conditioned | state.announced | state.definitions.keys() | sizes)
        settable = not follows and may_be_set(first, state, step.at.in_sentence, declared, single)
        solvable = may_be_solved(first, state.announced, words=self.of_equations, opening=step.opening)
        settable |= solvable and not (follows or step.premise)
        settable |= compares_with_numbers(first, state.scope())
        aside = {} if step.opening else set_aside(first, state)
        anew = step.opening and (redefines(first, state) or recursive)
        role = step.at.role if settable else "claim"
        self.emit(role, step, found, assumed, settable, anew, free)
        if role == "definition":
            words = f"what defines it: {' '.join(step.text.split())[:60]}"
            state.not_understood.update(dict.fromkeys(used_symbols(first.left) - state.announced, words))
        state.not_understood.update(aside)
        for symbol in (passing - said) | bounded:
            state.not_understood.pop(symbol, None)
        head = head_symbol(first.left)
        if head is not None:
            state.determined.add(head)
        if settable and first.relation in ("=", "<", "<=", ">", ">="):
            state.perhaps.append(Comparison(first.relation, first.left, first.right))
        if step.at.in_sentence and (settable or self.relations_in_chain > 1):
            spaces = {slot.space for side in (first.left, first.right) for slot in values_at(side)}
            told = (s for s in self.usage.averaged if symbols.base_name(s) in spaces)
            state.not_understood.update(dict.fromkeys(told, f"${' '.join(step.text.split())[:60]}$"))

    def law_claimed(self, step: _Step, left: Member, right: Member) -> bool:
        """Emit A x + b \\sim N(m, S) as a claim where the law of the left side follows; say whether it was one."""
        try:
            (expression, law), _, assumed = sides(self.chain, left, right, self.knowledge(), self.state)
        except NotUnderstood:
            return False
        claimed = law_claim(expression, law, self.state.sorts, self.state.definitions)
        if claimed is None:
            return False
        self.emit("claim", step, (Reading("=", *claimed),), assumed)
        return True

    def define(self, step: _Step, kind: str, reading: Reading) -> bool:
        """Take the relation as a definition where nothing fixes its left side yet; say whether it was one."""
        if reading.relation != "=":
            return False
        if isinstance(reading.left, Functional) and reading.left.functional == "jsd":
            if not self.state.jsd_stated and defines_jsd_without_half(reading.left, reading.right):
                self.state.jsd_factor_half = False
            self.state.jsd_stated = True
            return False
        if self.define_recursion(step, reading):
            return True
        likelihood = likelihood_of(reading, self.state, self.surveyed.averaged)
        if likelihood is not None:
            density, formula = likelihood
            self.state.likelihoods[density] = formula.symbol
            self.state.definitions[formula.symbol] = formula
            self.state.seen.update(free_symbols(reading.right))
            self.emit("definition", step, (reading,), ())
            return True
        left, right = solved_deviation(reading.left, reading.right, self.state.announced)
        if head_symbol(left) is None:
            left, right = of_any_member(left, right, self.usage.subscripts, self.state.announced)
        symbol = head_symbol(left)
        if symbol is None or symbol in self.state.definitions or self.is_told_by_recursion(reading.left):
            return False
        described = (step.at.in_sentence and self.is_only_described(symbol)) or self.is_only_begun(symbol)
        if kind != ":=" and determined(symbol, self.state) and not described:
            return False
        defined = definition(left, right)
        if defined is None:
            return False
        if isinstance(reading.left, Entry) and isinstance(defined, Definition):
            if self.limited.isdisjoint(defined.parameters):
                self.state.entries[symbol] = defined
            else:
                self.state.not_understood[symbol] = " ".join(step.text.split())[:60]
        elif isinstance(defined, Definition):
            self.state.definitions[symbol] = defined
            hidden = hidden_parameters(defined)
            if hidden:
                words = f"how it depends on {', '.join(hidden)} is not written"
                self.state.not_understood.setdefault(symbol, words)
        elif any(same_slots(defined, d) for d in self.state.densities) or follows(defined, self.state.densities):
            return False
        else:
            self.state.densities.append(defined)
        self.state.seen.update(free_symbols(reading.right))
        self.state.seen.add(symbol)
        self.state.determined.add(symbol)
        self.state.defined_in[symbol] = self.state.sections
        self.emit("definition", step, (reading,), ())
        return True

    def is_told_by_recursion(self, left: Term) -> bool:
        """Return whether a recursion with a start tells what a member of a family is: its closed form is a claim."""
        if not isinstance(left, Entry) or not isinstance(left.array, Name):
            return False
        known = self.state.scope().recursions.get(left.array.symbol)
        return known is not None and bool(known.starts) and isinstance(left.indices[0], Name)

    def define_recursion(self, step: _Step, reading: Reading) -> bool:
        """Take h_t = ... h_{t-1} ... as a recursion and h_0 = ... as its start, where nothing fixes h yet."""
        recursion, start = recursion_of(reading.left, reading.right), start_of(reading.left, reading.right)
        symbol = recursion.symbol if recursion is not None else start[0] if start is not None else ""
        known = self.state.scope().recursions
        backward = backward_recursion_of(reading.left, reading.right)
        anew = recursion is not None and symbol in known and brings_names(recursion, known)
        fresh = step.opening and (anew or (symbol not in known and not self.is_set(symbol)))
        if recursion is not None and fresh:
            self.state.recursions[symbol] = recursion
        elif backward is not None and step.opening and not self.is_known(backward.symbol):
            symbol = backward.symbol
            self.state.backwards[symbol] = backward
        elif start is not None and plain(symbol) in self.surveyed.recursive:
            if any(s[:2] == start[:2] for s in self.state.starts):
                return False
            if symbol in known and not may_start(known[symbol], start[1]):
                return False
            self.state.starts.append(start)
        else:
            return False
        self.state.seen.update(free_symbols(reading.right) | {symbol})
        self.emit("definition", step, (reading,), ())
        return True

    def sets_probability(self, step: _Step, reading: Reading) -> bool:
        """Return whether a chain begins with P(A = 1) = ..., of an A that nothing else is said of: it sets it so."""
        if not step.opening or self.relations_in_chain < 2 or not sets_law_at(reading.left, reading.right):
            return False
        state = self.state
        assert isinstance(reading.left, Density)
        spaces = {s.space for s in reading.left.values}
        if any(d.law == reading.left.law.symbol for d in state.densities) or spaces & state.spaces.keys():
            return False
        words = f"{STRANGE}: {' '.join(step.text.split())[:60]}"
        state.not_understood.setdefault(reading.left.law.symbol, words)
        state.seen.update(free_symbols(reading.left) | free_symbols(reading.right))
        return True

    def is_set(self, family: str) -> bool:
        """Return whether something fixes what a family is, other than a value of its first member."""
        assumptions = self.state.assumptions
        others = [a for a in assumptions if (start := start_of(a.left, a.right)) is None or start[0] != plain(family)]
        state = replace(self.state, assumptions=others)
        return determined(family, state) and (family not in self.described or fixed(family, state))

    def is_only_described(self, symbol: str) -> bool:
        """Return whether nothing but words of the sentence just read, which were not understood, tells of a name."""
        return symbol in self.described and not fixed(symbol, self.state)

    def is_only_begun(self, family: str) -> bool:
        """Return whether nothing but values of members, C_0 = 0, tells of a family."""
        strange = self.state.not_understood.get(family, "").startswith(STRANGE)
        return (
            strange
            and not fixed(family, self.state)
            and only_values_told(family, (p.statement for p in self.statements))
        )

    def is_known(self, family: str) -> bool:
        """Return whether a formula or a sentence says what the members of a family are."""
        state = self.state
        known = family in state.entries or family in state.definitions or family in state.backwards
        return known or family in state.recursions or determined(family, state)

    def declare(self, at: _Place, span: Span, formula: Span | None) -> None:
        """Report a declaration, and take what it says as if it stood in a sentence that begins with Let."""
        if formula is not None:
            start = at.fragment.start + span.start
            latex = at.fragment.text[formula.start : formula.end]
            for sentence in sentences((Words("Let ", start), Formula(latex, start), Words(".", start))):
                self.state.take(self.told_apart(harvest(sentence, self.prose_reader(), self.state.scope())))
        text = at.fragment.text[span.start : span.end]
        statement = Statement("declaration", text, span, (), self.state.scope())
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))

    def protect(self, text: str, nodes: Sequence[Node] = ()) -> None:
        """Mark what an unread formula may have said something about: its left side's names."""
        for symbol in {s for n in nodes if (s := symbols.decorated(n))}:
            self.state.not_understood.setdefault(symbol, f"an unread formula: {' '.join(text.split())[:60]}")

    # Meanings ---------------------------------------------------------------------------------------

    def emit(
        self,
        kind: Kind,
        step: _Step,
        readings: tuple[Reading, ...],
        assumed: tuple[str, ...],
        may_be_set: bool = False,
        redefines: bool = False,
        free: frozenset[str] = frozenset(),
    ) -> None:
        terms = [side for r in readings for side in (r.left, r.right)]
        scope = with_free_members(self.state.scope(), free, readings)
        scope = replace(scope, assumptions=(*scope.assumptions, *self.trailing, *ordered(scope.recursions, terms)))
        known = frozenset(self.state.announced | self.state.determined)
        scope, standard = with_standard_moments(scope, terms, self.usage.averaged, known)
        scope, thresholds = with_thresholds(scope, terms)
        scope, inferred = complete(with_directions(scope, terms), self.knowledge(), terms)
        scope, guessed = self.with_guesses(scope, terms)
        scope = with_doubtful_laws(scope, terms, self.dependence)
        scope = with_doubtful_counts(scope, terms, self.surveyed.numbers.counts)
        readings, scope = with_labels_as_arguments(*over_their_spaces(readings, scope))
        readings, scope = with_parameters_as_arguments(readings, scope)
        scope = with_integer_ends(scope, terms)
        words = (*assumed, *standard, *thresholds, *inferred, *guessed, *_conventions(scope, terms))
        chain = (self.chains, step.place)
        stated = replace(scope, assumptions=self.state.scope().assumptions)
        restricted = restricting(terms, stated, self.state.restrictions, self.state.sections)
        statement = Statement(
            kind, step.text, step.span, readings, scope, words, None, chain, may_be_set, redefines, restricted
        )
        self.statements.append(PlacedStatement(statement, step.at.fragment, step.at.block))

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

    def unread(self, at: _Place, problem: Problem, text: str | None = None, span: Span | None = None) -> None:
        place = span or Span(problem.span.start, max(problem.span.end, problem.span.start + 1))
        shown = text if text is not None else at.fragment.text[place.start : place.end]
        statement = Statement("claim", shown, place, (), self.state.scope(), (), problem, (self.chains, 0))
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))


_FOUND_BEFORE = "found by setting a derivative to zero"
_SENTENCES_BACK = 3
"""So many sentences after a display may speak of it."""
_DECLARING = ("in", "~", "<-", "\\mapsto", "\\subset", "\\succ", "\\succeq", "\\preceq", "\\notin")
_WHERE = ("where", "with", "here", "in which", "其中", "这里", "這裡", "که در آن", "wobei", "où", "donde")


def _sentences(segments: Sequence[Prose | Inline]) -> Iterator[Sentence]:
    """Yield the sentences of a block of text."""
    pieces: list[Segment] = []
    for segment in segments:
        text, start = segment.fragment.text, segment.fragment.start
        pieces.append(Words(text, start) if isinstance(segment, Prose) else Formula(text, start))
    yield from sentences(tuple(pieces))


def _spoken_of(told: Sequence[Restriction]) -> tuple[Restriction, ...]:
    """Return the properties that a sentence speaks of which sets nothing: a heading such as "The symmetric case"."""
    return tuple(replace(r, firm=False, lasting=False) for r in told if r.imposed is not None)


def _names_what_is_new(first: Reading, found: Sequence[Reading]) -> bool:
    """Return whether a name alone is defined, whichever of the functions called \\sigma is meant on the right."""
    logistic = len(found) == 2 and any(r.condition == CONDITIONS[LOGISTIC] for r in found)
    return logistic and isinstance(first.left, Name | Entry) and not first.guess


def _indices(reading: Reading) -> set[str]:
    """Return the names that stand as an index of an array."""
    entries = (t for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Entry))
    return {i.symbol for entry in entries for i in entry.indices if isinstance(i, Name)}


def _conventions(scope: Scope, terms: Sequence[Term]) -> tuple[str, ...]:
    jsd = any(isinstance(t, Functional) and t.functional == "jsd" for term in terms for t in subterms(term))
    return (
        ("JSD is taken without the usual factor 1/2, as this note defines it",)
        if jsd and not scope.jsd_factor_half
        else ()
    )


def _line_around(text: str, offset: int) -> Span:
    """Return the line of the text that an offset stands in, without white space at its ends."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    first = start + len(line) - len(line.lstrip())
    return Span(first, max(first + 1, start + len(line.rstrip())))


def _mentioned(nodes: Sequence[Node]) -> set[str]:
    """The symbols of a declaring formula do not count as used: only those of what it is about."""
    members, relations = split_relations(nodes)
    if not relations or relation_of(relations[0]) in ("in", "~"):
        return set()
    return {s for n in everything(members[-1]) if (s := symbols.decorated(n))}
