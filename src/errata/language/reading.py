"""A document into statements: what is declared, defined, assumed and claimed, each with its scope.

Reading goes in order, since a claim may rest on what stands before it; but the sorts of names are looked up
in the whole document, for notes say "where D is the discriminator" after the formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

from errata.language import components, symbols, unnormalised
from errata.language.argument_counts import argument_counts
from errata.language.averages import PERHAPS_COUNT, perhaps_counts
from errata.language.bound_variables import averaged_over
from errata.language.brace_labels import brace_labels
from errata.language.complex_notation import IMAGINARY, imaginary_letters
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.definitions import used_symbols
from errata.language.diameters import diameters
from errata.language.differentials import directions
from errata.language.differentiated_conditions import differentiated_conditions, with_parameters
from errata.language.elided_parameters import completed, elisions
from errata.language.entered_factors import (
    factor_sorts,
)
from errata.language.entropy_units import base_of_all
from errata.language.expansions import told_as_rate
from errata.language.extreme_eigenvalues import extreme_eigenvalues
from errata.language.factor_columns import written_both_ways
from errata.language.implied_dependence import differentiated, given_names, told_of_losses
from errata.language.inference import size_names
from errata.language.informed_variables import entropy_letters, speaks_of_discrete
from errata.language.kinds import Guesses, guess_kinds
from errata.language.layer_shapes import speaks_of_arrays
from errata.language.listed_definitions import is_lead, list_after
from errata.language.mean_fields import is_tuple, mean_field, written_out
from errata.language.normalisers import still_names
from errata.language.numbered_variables import numbering, renumbered
from errata.language.observed_data import tells_observed
from errata.language.own_constants import own_constants
from errata.language.parsing import Parsing
from errata.language.placed import Place, PlacedStatement
from errata.language.prose.leaving_words import Hold
from errata.language.prose.subgaussian_predicates import NOTATION
from errata.language.random_events import UNDECLARED, declared_events, event_letters, perhaps_events
from errata.language.recursions import recursive_names
from errata.language.scope import Scope
from errata.language.sentence_reading import SentenceReader
from errata.language.shapes import Arrays, has_open_sizes, provisional, unify
from errata.language.sorts import POSITIVE, Function, Point, resized
from errata.language.squared_variables import squared_variables, with_squares
from errata.language.statements import Reading
from errata.language.subgaussian_meaning import Piece, subgaussian_meaning
from errata.language.summed_spaces import summed_spaces
from errata.language.survey import Survey
from errata.language.tending import rate_letters
from errata.language.terms import Comparison, Name
from errata.language.twice_read import with_other_readings
from errata.language.usage import gather
from errata.language.vector_functions import with_vector_functions
from errata.notes.document import Declare, Directive, Display, Document, Inline, Text
from errata.notes.parts import parts_of, preamble_of


def read_document(document: Document, parsing: Parsing | None = None) -> tuple[PlacedStatement, ...]:
    """Return all statements of a document, in order.

    What cannot be read becomes a statement with a problem; nothing is raised for any document. A part that begins
    with `forget` is read as if it stood alone. parsing: what remembers formulas of documents with the same macros.
    """
    first, *later = parts_of(document)
    parsing = parsing or Parsing.of(document)
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
    parsing = parsing or Parsing.of(document)
    reader = _read_to_the_end(overlook(document, chains, parsing))
    return tuple(with_what_is_left(reader, chains))


def with_what_is_left(reader: DocumentReader, chains: int = 0) -> Sequence[PlacedStatement]:
    """Return what was read of a document, with what its claims are where words leave what was told before."""
    if not reader.leaving:
        return reader.statements
    other = _read_to_the_end(overlook(reader.document, chains, reader.parsing, leaves_as=reader))
    return with_other_readings(reader.statements, other.statements, reader.leaving)


def _read_to_the_end(looked_over: DocumentReader) -> DocumentReader:
    reader = looked_over.read()
    while (arrays := next_arrays(reader)) is not None:
        reader = looked_over.read(arrays, reader.stage + 1)
    return reader


def overlook(
    document: Document, chains: int = 0, parsing: Parsing | None = None, *, leaves_as: DocumentReader | None = None
) -> DocumentReader:
    """Return a reader that has looked a document over and can read it; see `DocumentReader`.

    leaves_as: one that has looked the same document over; the new one leaves what was told before wherever words may
    do so.
    """
    reader = DocumentReader(document, chains=chains, parsing=parsing)
    reader.leaves = leaves_as is not None
    reader.surveyed = leaves_as.surveyed if leaves_as is not None else reader.survey()
    reader.state.customs = reader.surveyed.extremes
    reader.look_ahead()
    return reader


def next_arrays(reader: DocumentReader) -> Arrays | None:
    """Return the arrays with which a document is to be read again, None where what was read is settled.

    After the first reading they are guessed by their kinds, after the second by the shapes that fit together.
    """
    if reader.stage == 0:
        state = reader.state
        guesses = reader.guesses().without(state.customary.keys())
        arrays = provisional(guesses, FAMILY_LABEL)
        arrays = with_vector_functions(arrays, reader.comparisons(), state.sorts, state.definitions)
        factors = factor_sorts(state)
        if not (arrays.sorts or guesses.elements or factors or has_open_sizes(state.sorts.values())):
            return None
        return arrays.joined(factors)
    return reader.unified() if reader.stage == 1 else None


class DocumentReader(SentenceReader):
    """Reads the blocks of a document in order; see `read_document`.

    It looks the whole document over before it begins. chains: the number after which its chains are numbered.
    parsing: what remembers the formulas of the document. arrays: those guessed by the readings before this one, of
    which there were as many as `stage`.
    """

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
        reader.state.sorts = {symbol: resized(sort, reader.arrays.sizes) for symbol, sort in reader.state.sorts.items()}
        for symbol, sort in reader.arrays.sorts.items():
            reader.state.sorts.setdefault(symbol, sort)
        for symbol, spaces in reader.usage.unnormalised.items():
            reader.state.sorts.setdefault(symbol, Function(tuple(map(Point, spaces)), POSITIVE))
        for letter in map(symbols.squared, reader.surveyed.squared):
            reader.state.sorts.setdefault(letter, POSITIVE)
            if symbols.base_name(letter) == letter:
                reader.state.announced.add(letter)
        reader.state.densities.extend(reader.normalised_in_words())
        reader.state.still = reader.surveyed.still
        reader.state.directions = reader.surveyed.directions
        reader.state.notations.update(dict.fromkeys(reader.surveyed.imaginary, IMAGINARY))
        written = (fragment.text for fragment in reader.fragments())
        rates = rate_letters(written, told=reader.tellings.any)
        reader.state.notations.update(dict.fromkeys(map(told_as_rate, rates), "rate"))
        reader.state.notations[NOTATION] = subgaussian_meaning(reader.pieces(), reader.prose_reader().relation)
        reader.state.not_understood.update(dict.fromkeys(reader.surveyed.perhaps_imaginary, "it may be a root of -1"))
        reader.state.not_understood.update(dict.fromkeys(reader.surveyed.perhaps_counts, PERHAPS_COUNT))
        reader.state.take(declared_events(reader.surveyed.events, UNDECLARED))
        reader.state.not_understood.update(dict.fromkeys(reader.surveyed.events, UNDECLARED))
        reader.named |= reader.surveyed.constants
        reader.state.notations.update(entropy_letters(reader.prose()))
        reader.restrict(diameters(text for text, is_formula in reader.pieces() if is_formula))
        reader.state.continuous = not speaks_of_discrete(reader.prose())
        reader.state.observed = tells_observed(reader.prose())
        reader.state.log_base = reader.state.log_base or base_of_all(reader.usage.log_bases)
        return reader

    def pieces(self) -> Iterator[Piece]:
        """Yield the words and formulas of the document in order, formulas with True."""
        for block in self.document.blocks:
            if isinstance(block, Display):
                yield block.fragment.text, True
            elif isinstance(block, Text):
                yield from ((s.fragment.text, isinstance(s, Inline)) for s in block.segments)
                yield "", False

    def unified(self) -> Arrays:
        """Return the arrays that were guessed, with the shapes that all that was read tells together."""
        return unify(self.arrays, self.comparisons(), self.state.sorts)

    def survey(self) -> Survey:
        """Return what the formulas of the document tell together."""
        written = [row.nodes for fragment in self.fragments() for row in self.parsing.rows(fragment.text)]
        field = mean_field(written)
        written = [written_out(nodes, field) for nodes in written if field is None or not is_tuple(nodes, field)]
        numbers = replace(numbering(written), counts=argument_counts(written))
        squared = squared_variables(written)
        formulas = [renumbered(with_squares(nodes, squared), numbers) for nodes in written]
        not_normalised = self.said_to_be_unnormalised() | unnormalised.in_formulas(formulas)
        elided = elisions(formulas, not_normalised)
        formulas = [completed(nodes, elided) for nodes in formulas]
        conditions = differentiated_conditions(formulas)
        formulas = [with_parameters(nodes, conditions) for nodes in formulas]
        usage = gather(formulas, discrete=speaks_of_discrete(self.prose()), not_normalised=not_normalised)
        imaginary, perhaps_imaginary = imaginary_letters(formulas, self.prose(), usage.indices)
        return Survey(
            usage=usage,
            recursive=recursive_names(formulas),
            whole=components.whole_arrays(formulas),
            averaged=averaged_over(formulas),
            directions=directions(formulas, self.prose()),
            numbers=numbers,
            events=event_letters(formulas),
            perhaps_events=perhaps_events(formulas),
            both_ways=written_both_ways(formulas),
            elided=elided,
            imaginary=imaginary,
            perhaps_imaginary=perhaps_imaginary,
            perhaps_counts=perhaps_counts(formulas),
            squared=squared,
            still=still_names(formulas),
            mean_field=field,
            given=given_names(formulas),
            conditions=conditions,
            arrays=speaks_of_arrays(formulas),
            told=told_of_losses(self.prose()),
            differentiated=differentiated(formulas),
            constants=own_constants(formulas),
            extremes=extreme_eigenvalues(formulas),
            summed=summed_spaces(formulas, usage.spaces, self.prose()),
            labels=brace_labels(formulas),
        )

    def read_block(self, place: int) -> None:
        """Read one block; those before it have been read."""
        block = self.document.blocks[place]
        if isinstance(block, Display):
            self.leave_other_law()
            protected = self.explained(place)
            self.state.varying = self.varying(place)
            self.continued(place)
            self.trailing = self.conditions_after(place)
            self.leave(self.trailing_words(place))
            with self.held(self.leading), self.supposing(self.under):
                self.display(Place(block, block.fragment, denied=self.denied_display(place)))
            self.state.expose(protected)
            self.state.varying = None
            self.restrict(self.case if self.under else ())
            self.under, self.trailing, self.denying = (), (), ""
            self.follows_display = True
            self.leading = Hold.GOOD if self.other_law else self.leading
        elif isinstance(block, Text):
            self.state.sections += block.role == "heading"
            if block.role == "heading":
                self.state.open_factors.clear()
                self.fixed = frozenset()
            if not (is_lead(block.fragment.text) and list_after(self.document.blocks[place + 1 : place + 3])):
                self.text(block, self.segments(block))
        elif isinstance(block, Directive) and isinstance(block.command, Declare):
            self.text(block, block.command.segments)

    def copy(self) -> DocumentReader:
        """Return a reader that stands at the same place and goes on by itself."""
        other = copy(self)
        other.state = self.state.copy()
        other.statements = list(self.statements)
        other.not_judged = list(self.not_judged)
        other.leaving = list(self.leaving)
        other.marks = list(self.marks)
        other.first_members = set(self.first_members)
        other.defined_there = dict(self.defined_there)
        other.supposed = set(self.supposed)
        other.chain = replace(self.chain, draws=dict(self.chain.draws), indices=set(self.chain.indices))
        return other

    def guesses(self) -> Guesses:
        """Return what all that was read tells of the kinds of names that are not declared."""
        explained = {symbol for symbol, d in self.state.definitions.items() if not d.parameters}
        return guess_kinds(self.comparisons(), self.state.sorts, self.taken(), explained)

    def comparisons(self) -> list[Comparison]:
        """Return what all that was read says, also what cannot be judged as long as shapes are not known."""
        readings = [reading for p in self.statements for reading in p.statement.readings[:1]]
        return _comparisons([*readings, *self.not_judged], self.state.scope())

    def taken(self) -> frozenset[str]:
        """The symbols that are laws, functions or spaces, or that a definition explains: no arrays of their own."""
        usage = self.usage
        kept = {*usage.laws, *usage.aliases, *usage.functions, *usage.indices}
        kept |= self.state.definitions.keys() - self.used_before_defined()
        return frozenset(kept | {d.law for d in self.state.densities})

    def used_before_defined(self) -> set[str]:
        """Return the names that a formula has before the one that defines them; what they are there is guessed."""
        sizes = {size for sort in self.state.sorts.values() for size in size_names(sort)}
        defined = {s for s, d in self.state.definitions.items() if not d.parameters} - sizes
        found: set[str] = set()
        for placed in self.statements:
            if not defined:
                break
            defined -= placed.statement.scope.definitions.keys()
            if placed.statement.kind == "claim":
                sides = (side for r in placed.statement.readings[:1] for side in (r.left, r.right))
                found |= defined & {s for side in sides for s in used_symbols(side)}
        return found


def _comparisons(readings: Iterable[Reading], scope: Scope) -> list[Comparison]:
    """What the statements say, in their likelier readings, and what the scope after them assumes and defines."""
    found: list[Comparison] = []
    for reading in readings:
        sides = (reading.left, reading.right)
        found.extend(s for s in sides if isinstance(s, Comparison))
        if not any(isinstance(s, Comparison) for s in sides):
            found.append(Comparison("=", *sides))
    found.extend(scope.assumptions)
    found.extend(Comparison("=", Name(s), d.body) for s, d in scope.definitions.items() if not d.parameters)
    return found
