"""A document into statements: what is declared, defined, assumed and claimed, each with its scope.

Reading goes in order, since a claim may rest on what stands before it; but the sorts of names are looked up
in the whole document, for notes say "where D is the discriminator" after the formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, pairwise, product
from types import MappingProxyType

from errata.language import matrix_functions, symbols
from errata.language.additive_constants import up_to_constants
from errata.language.bracket_repair import MAXIMAL_GUESSES, Guess, Mending
from errata.language.chains import Phrase, Proposition, Row, guesses_for, phrases, rows_of
from errata.language.conditions import (
    functional_equation,
    is_closed,
    is_zero,
    one_sided,
    quantified,
    recurrence,
    sampled_laws,
    sets_condition,
    standard_sigmoid,
    works_out_derivative,
)
from errata.language.conventions import averaging_law, defines_jsd_without_half, under_one_law
from errata.language.cursor import relation_of, split_relations, without_commas
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.definitions import (
    definition,
    free_symbols,
    head_symbol,
    unfold_entries,
    unfold_functionals,
    used_symbols,
)
from errata.language.derivative_layout import JACOBIAN, NUMERATOR, STRUCTURED
from errata.language.differentials import DIRECTION, FEWER, directions, with_directions
from errata.language.inference import (
    complete,
    matrix_function,
    number_for_covariance,
    relevant,
    size_names,
    vacuous_derivative,
)
from errata.language.kinds import guess_kinds
from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.law_claims import law_claim
from errata.language.law_parameters import laws_of_variables, parameters_of_spaces, said_as_parameters
from errata.language.matching_sizes import sized
from errata.language.meaning import Meaning
from errata.language.partial_derivatives import HELD_FIXED, WHOLE
from errata.language.pointwise import lift
from errata.language.prose import harvest, sentences
from errata.language.prose.harvested import Harvest
from errata.language.prose.layouts import DERIVATIVE_SIGN
from errata.language.prose.segments import Formula, Segment, Sentence, Words
from errata.language.prose_reader import ProseReader
from errata.language.randomness import known_from_means, sets_moment
from errata.language.recursions import (
    may_start,
    ordered,
    plain,
    recursion_of,
    recursive_names,
    start_of,
    without_start,
)
from errata.language.scope import Definition, ImageLaw, Scope
from errata.language.shapes import Arrays, provisional, unify
from errata.language.sort_words import sort_in_words
from errata.language.sorts import (
    Family,
    RandomVariable,
    Vector,
)
from errata.language.state import State, follows, same_slots
from errata.language.statements import Kind, Problem, Reading, Statement
from errata.language.structure_words import structure_word
from errata.language.syntax import Node, everything, leaf_text, span_of
from errata.language.tables import probability_table
from errata.language.terms import (
    Apply,
    Comparison,
    Density,
    Derivative,
    Entry,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
    Name,
    Number,
    Span,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood, tokenize
from errata.language.usage import gather
from errata.notes.document import Declare, Directive, Display, Document, Fragment, Inline, Prose, Text

MAXIMAL_READINGS = 4


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement, the fragment its span counts in, and the block it stands in (for its directives)."""

    statement: Statement
    fragment: Fragment
    block: Text | Display | Directive


def read_document(document: Document) -> tuple[PlacedStatement, ...]:
    """Return all statements of a document, in order.

    What cannot be read becomes a statement with a problem; nothing is raised for any document.
    A document that speaks of vectors or matrices without declaring them is read again with what its formulas
    tell of their kinds, and once more with what they tell of their shapes.
    """
    reader = _DocumentReader(document)
    statements = reader.read()
    guesses = guess_kinds(_comparisons(statements), reader.state.sorts, reader.taken())
    if not guesses.names and not guesses.elements:
        return statements
    arrays = provisional(guesses, FAMILY_LABEL)
    reader = _DocumentReader(document, arrays)
    arrays = unify(arrays, _comparisons(reader.read()), reader.state.sorts)
    return _DocumentReader(document, arrays).read()


def _comparisons(statements: Sequence[PlacedStatement]) -> list[Comparison]:
    """What the statements say, in their likelier readings, and what is assumed and defined on the way."""
    found: list[Comparison] = []
    for placed in statements:
        for reading in placed.statement.readings[:1]:
            sides = (reading.left, reading.right)
            found.extend(s for s in sides if isinstance(s, Comparison))
            if not any(isinstance(s, Comparison) for s in sides):
                found.append(Comparison("=", *sides))
    if statements:
        scope = statements[-1].statement.scope
        found.extend(scope.assumptions)
        found.extend(Comparison("=", Name(s), d.body) for s, d in scope.definitions.items() if not d.parameters)
    return found


@dataclass
class _Member:
    """One side of a relation: its nodes, what it meant when it was last read, and the ways to mend its brackets."""

    nodes: tuple[Node, ...]
    span: Span
    term: Term | None = None
    guesses: tuple[Guess, ...] = ()

    @property
    def versions(self) -> tuple[Guess, ...]:
        return self.guesses or (Guess(self.nodes, ""),)


class _DocumentReader:
    def __init__(self, document: Document, arrays: Arrays | None = None) -> None:
        self.document = document
        self.arrays = arrays or Arrays({})
        self.structure = structure_word(tuple(b.fragment.text for b in document.blocks if isinstance(b, Text)))
        self.macros = document.macros
        self.state = State()
        self.usage = Usage()
        self.statements: list[PlacedStatement] = []
        self.chain = 0
        self.last: _Member | None = None
        self.before: Comparison | None = None
        self.nearby: Mapping[str, LawUsage] = MappingProxyType({})
        self.points: Mapping[str, str] = MappingProxyType({})
        self.draws: dict[str, Term] = {}
        self.mean_law: Term | None = None
        self.chain_head: _Member | None = None
        self.premises: set[int] = set()
        self.sections = 0
        self.recursive: frozenset[str] = frozenset()
        self.relations_in_chain = 0
        self.defined_in: dict[str, int] = {}
        self.mendings: tuple[Mending, ...] = ()

    # The whole document -----------------------------------------------------------------------------

    def read(self) -> tuple[PlacedStatement, ...]:
        formulas = self.formulas()
        self.usage = gather(formulas)
        self.recursive = recursive_names(formulas)
        self.look_ahead()
        for symbol, sort in self.arrays.sorts.items():
            self.state.sorts.setdefault(symbol, sort)
        self.state.directions = directions(formulas, self.prose())
        for place, block in enumerate(self.document.blocks):
            if isinstance(block, Display):
                self.explained(place)
                self.display(block, block.fragment)
            elif isinstance(block, Text):
                self.sections += block.role == "heading"
                self.text(block, block.segments)
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                self.text(block, block.command.segments)
        return tuple(self.statements)

    def taken(self) -> frozenset[str]:
        """The symbols that are laws, functions or spaces, or that a definition explains: no arrays of their own."""
        usage = self.usage
        kept = {*usage.laws, *usage.aliases, *usage.functions, *usage.indices, *self.state.definitions}
        return frozenset(kept | {d.law for d in self.state.densities})

    def formulas(self) -> list[tuple[Node, ...]]:
        found = []
        for fragment in self.fragments():
            for row in self.rows(fragment):
                found.append(row.nodes)
        return found

    def prose(self) -> str:
        """Return the words of the whole document, with a dollar for every formula among them."""
        texts = [b.segments for b in self.document.blocks if isinstance(b, Text)]
        pieces = (s.fragment.text if isinstance(s, Prose) else "$" for segments in texts for s in segments)
        return " ".join(" ".join(pieces).split())

    def fragments(self) -> list[Fragment]:
        found: list[Fragment] = []
        for block in self.document.blocks:
            if isinstance(block, Display):
                found.append(block.fragment)
            elif isinstance(block, Text):
                found.extend(s.fragment for s in block.segments if isinstance(s, Inline))
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                found.extend(s.fragment for s in block.command.segments if isinstance(s, Inline))
        return found

    def rows(self, fragment: Fragment) -> list[Row]:
        try:
            return rows_of(tokenize(fragment.text, self.macros))
        except NotUnderstood as error:
            return [Row((), error)]

    def look_ahead(self) -> None:
        """Take the sorts and "where" definitions of all sentences, for formulas that stand before them."""
        for block in self.document.blocks:
            segments: tuple[Prose | Inline, ...] = ()
            if isinstance(block, Text):
                segments = block.segments
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                segments = block.command.segments
            for found, _ in self.harvests(segments):
                self.state.take_sorts(found)
                if found.log_base is not None and self.state.log_base is None:
                    self.state.log_base = found.log_base
                self.state.layout = found.layout.joined(self.state.layout)

    def explained(self, place: int) -> None:
        """Take the definitions of a sentence right after a display that begins with "where"."""
        for block in self.document.blocks[place + 1 : place + 3]:
            if isinstance(block, Text):
                words = block.fragment.text.lstrip(" ,.").lower()
                if words.startswith(_WHERE):
                    for found, _ in islice(self.harvests(block.segments), 1):
                        self.state.take_definitions(found)
                return

    def harvests(self, segments: tuple[Prose | Inline, ...]) -> Iterator[tuple[Harvest, Sentence]]:
        """Yield what each sentence says and its formulas; each is read with what is known by then."""
        pieces: list[Segment] = []
        for segment in segments:
            text, start = segment.fragment.text, segment.fragment.start
            pieces.append(Words(text, start) if isinstance(segment, Prose) else Formula(text, start))
        for sentence in sentences(tuple(pieces)):
            found = self.told_apart(harvest(sentence, ProseReader(self.macros, self.knowledge), self.state.scope()))
            yield quantified(standard_sigmoid(found, sentence), sentence), sentence

    def told_apart(self, found: Harvest) -> Harvest:
        """The numbers p_1, ..., p_k beside a law p(x) are another thing than the law: rename them."""
        declarations = tuple(
            replace(d, symbol=symbols.compose(d.symbol, FAMILY_LABEL))
            if (isinstance(d.sort, Family | Vector) and d.symbol in self.usage.laws)
            or (isinstance(d.sort, Family) and symbols.base_name(d.symbol) in self.usage.spaces)
            else d
            for d in found.declarations
        )
        return replace(found, declarations=declarations)

    def knowledge(self) -> Knowledge:
        return Knowledge(self.state.scope(), self.usage, self.nearby, self.points)

    # Prose ------------------------------------------------------------------------------------------

    def text(self, block: Text | Directive, segments: tuple[Prose | Inline, ...]) -> None:
        inlines = {s.fragment.start: s.fragment for s in segments if isinstance(s, Inline)}
        for found, sentence in self.harvests(segments):
            if found.is_declaring:
                self.state.take(found)
                for formula in sentence.formulas:
                    self.tabulated(formula)
            for formula in sentence.formulas:
                fragment = inlines[formula.start]
                if formula.start in found.consumed:
                    self.declared(block, fragment)
                elif isinstance(block, Text) and not (found.is_declaring and isinstance(block, Directive)):
                    self.display(block, fragment)

    def tabulated(self, formula: Formula) -> None:
        """Take P = (0.7, 0.2, 0.1) for a law of a finite space given by its probabilities."""
        nodes = ProseReader(self.macros, self.knowledge).nodes(formula.latex)
        table = probability_table(nodes, self.knowledge()) if nodes else None
        if table is not None:
            density, points = table
            self.state.take(Harvest(densities=(density,), spaces={density.values[0][0]: points}))
            self.state.not_understood.pop(density.law, None)

    def declared(self, block: Text | Directive, fragment: Fragment) -> None:
        """Report a formula that a sentence used as a declaration, definition or assumption."""
        for row in self.rows(fragment):
            self.state.seen.update(_mentioned(row.nodes))
        statement = Statement("declaration", fragment.text, Span(0, len(fragment.text)), (), self.state.scope())
        self.statements.append(PlacedStatement(statement, fragment, block))

    # Displays ---------------------------------------------------------------------------------------

    def display(self, block: Text | Display | Directive, fragment: Fragment) -> None:
        self.before = None
        first = True
        rows = self.rows(fragment)
        near = gather(row.nodes for row in rows)
        if any(usage.values for usage in near.laws.values()):
            self.nearby = MappingProxyType({self.usage.aliases.get(k, k): v for k, v in near.laws.items()})
            self.points = near.points
        steps = [self.row(block, fragment, row) for row in rows]
        order = [p for step in steps for phrase in step if not phrase.condition for p in phrase.propositions]
        self.premises = {id(p) for p, following in pairwise(order) if following.implied}
        for row, step in zip(rows, steps, strict=True):
            self.mendings = row.mendings
            self.phrases(block, fragment, step, isinstance(block, Text) and first)
            first = False

    def row(self, block: Text | Display | Directive, fragment: Fragment, row: Row) -> list[Phrase]:
        """Cut a row into phrases; report one that could not be parsed, or that is a declaration."""
        if row.problem is not None:
            line = _line_around(fragment.text, row.problem.problem.span.start)
            self.unread(block, fragment, row.problem.problem, fragment.text[line.start : line.end], line)
            self.protect(fragment.text)
            self.last = None
            return []
        if any(leaf_text(n) == ":" for n in row.nodes) and any(relation_of(n) == "->" for n in row.nodes):
            whole = Span(0, len(fragment.text))
            self.declare(block, fragment, whole, whole)
            return []
        return phrases(row.nodes)

    def phrases(self, block: Text | Display | Directive, fragment: Fragment, found: list[Phrase], fresh: bool) -> None:
        limits = [p for phrase in found if phrase.condition for p in phrase.propositions]
        kept = len(self.state.assumptions)
        for proposition in limits:
            self.limit(proposition)
        for phrase in found:
            if not phrase.condition:
                self.phrase(block, fragment, phrase, fresh)
        del self.state.assumptions[kept:]

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

    def phrase(self, block: Text | Display | Directive, fragment: Fragment, phrase: Phrase, fresh: bool) -> None:
        for proposition in phrase.propositions:
            members = list(proposition.members)
            if members and not members[0]:
                if self.last is None or fresh:
                    self.unread(
                        block,
                        fragment,
                        Problem("the left side of this relation is missing", proposition.relations[0].span),
                    )
                    self.last = None
                    continue
                left = self.last
            else:
                left = self.member(members[0], Span(0, 1))
                self.chain += 1
                self.draws, self.mean_law, self.chain_head = {}, None, left
            self.proposition(block, fragment, proposition, left)

    def member(self, nodes: tuple[Node, ...], default: Span) -> _Member:
        """Return a side of a relation, with the ways to mend it where its brackets do not balance."""
        return _Member(nodes, span_of(nodes, default), None, guesses_for(nodes, self.mendings))

    def proposition(
        self, block: Text | Display | Directive, fragment: Fragment, proposition: Proposition, left: _Member
    ) -> None:
        continued = not proposition.members[0]
        premise = self.before if proposition.implied else None
        self.last = left
        count = self.relations_in_chain = len(proposition.relations)
        for place, mark in enumerate(proposition.relations):
            nodes = proposition.members[place + 1]
            right = self.member(nodes, mark.span)
            opening = place == 0 and not continued
            start = left.span.start if opening else mark.span.start
            span = Span(min(start, mark.span.start), max(right.span.end, mark.span.end))
            sets_zero = place == count - 1 and (
                self.ends_at_zero(block, mark, nodes, opening)
                or (count == 1 and not continued and id(proposition) in self.premises)
            )
            self.relation(
                block,
                fragment,
                left,
                mark,
                right,
                span,
                place,
                opening,
                premise if place == 0 else None,
                sets_zero,
            )
            left = right
            self.last = right

    def relation(
        self,
        block: Text | Display | Directive,
        fragment: Fragment,
        left: _Member,
        mark: Node,
        right: _Member,
        span: Span,
        place: int,
        opening: bool,
        premise: Comparison | None,
        sets_zero: bool,
    ) -> None:
        text = fragment.text[span.start : span.end]
        kind = relation_of(mark) or "="
        if kind == "~" and self.law_claimed(block, fragment, left, right, text, span, place):
            return
        if kind in ("in", "~", "<-", "\\mapsto", "\\subset", "\\succ", "\\succeq", "\\preceq", "\\notin"):
            self.declaration(block, fragment, left, mark, right, span, kind)
            return
        try:
            readings, assumed = self.readings(left, kind, right)
        except NotUnderstood as error:
            self.unread(block, fragment, error.problem, text, span)
            self.protect(text, left.nodes)
            self.before = None
            return
        first = readings[0]
        foreign = self.state.not_understood.get(DERIVATIVE_SIGN)
        if foreign and any(isinstance(t, Derivative) for side in (first.left, first.right) for t in subterms(side)):
            self.unread(block, fragment, Problem(f"{foreign} are not read", span), text, span)
            self.before = None
            return
        states = recursion_of(first.left, first.right) is not None
        unsupported = None if states else matrix_function(self.state.scope(), (first.left, first.right))
        if unsupported is not None:
            words = f"{unsupported} of a matrix is not read: entry by entry, or as a power series?"
            self.unread(block, fragment, Problem(words, span), text, span)
            self.before = None
            return
        layout = self.state.not_understood.get("\\partial")
        derived = any(isinstance(t, Derivative) for side in (first.left, first.right) for t in subterms(side))
        if layout is not None and derived:
            words = f"another meaning of derivatives than entry by entry is not read: {layout}"
            self.unread(block, fragment, Problem(words, span), text, span)
            self.before = None
            return
        if number_for_covariance(self.state.scope(), (first.left, first.right)):
            words = "a random vector has a covariance matrix, and here stands a number"
            self.unread(block, fragment, Problem(words, span, "write \\sigma^2 I"), text, span)
            self.before = None
            return
        recursions, start = self.state.scope().recursions, start_of(first.left, first.right)
        rootless = without_start(recursions, (first.left, first.right))
        if rootless is not None and not (start is not None and may_start(recursions[rootless], start[1])):
            words = f"the recursion of {rootless} has no start"
            self.unread(block, fragment, Problem(words, span, "say what its first member is"), text, span)
            self.before = None
            return
        vacuous = vacuous_derivative(self.state.scope(), (first.left, first.right))
        if vacuous is not None:
            words = f"how this depends on the variable of the derivative is not said: {vacuous}"
            self.unread(block, fragment, Problem(words, span, "define it, or declare it as a function"), text, span)
            self.before = None
            return
        comparison = Comparison(first.relation, first.left, first.right)
        certain = len(readings) == 1 or not first.guess
        if opening and premise is None and certain and self.define(block, fragment, kind, first, text, span):
            self.before = None
            return
        if kind in (":=", "\\equiv") and opening is False and premise is None and kind == ":=" and is_zero(right.nodes):
            self.emit("assumption", block, fragment, text, span, readings, assumed, place)
            self.before = comparison
            return
        if sets_zero and premise is None:
            self.emit("assumption", block, fragment, text, span, readings, assumed, place)
            self.before = comparison
            return
        if premise is not None:
            readings = tuple(
                Reading("=>", premise, Comparison(r.relation, r.left, r.right), r.condition, r.guess) for r in readings
            )
        if opening and premise is None and self.only_names(first):
            self.emit("assumption", block, fragment, text, span, readings, assumed, place)
            self.before = comparison
            return
        strangers = (self.strangers(first, opening) | self.unspecified(first)) - recursions.keys()
        lasting = strangers - self.state.seen
        words = f"{_STRANGE}: {' '.join(text.split())[:60]}"
        self.state.not_understood.update(dict.fromkeys(strangers, words))
        self.state.seen.update(free_symbols(first.left) | free_symbols(first.right))
        single = opening and self.relations_in_chain == 1 and premise is None
        declared = free_symbols(first.left) | free_symbols(first.right) <= (
            self.state.announced | self.state.definitions.keys()
        )
        may_be_set = self.may_be_set(block, first, declared, single)
        redefines = opening and self.redefines(first)
        set_aside = {} if opening else self.set_aside(first)
        self.emit("claim", block, fragment, text, span, readings, assumed, place, may_be_set, redefines)
        self.state.not_understood.update(set_aside)
        for symbol in strangers - lasting:
            del self.state.not_understood[symbol]
        self.before = comparison
        head = head_symbol(first.left)
        if head is not None:
            self.state.determined.add(head)

    def law_claimed(
        self,
        block: Text | Display | Directive,
        fragment: Fragment,
        left: _Member,
        right: _Member,
        text: str,
        span: Span,
        place: int,
    ) -> bool:
        """Emit A x + b \\sim N(m, S) as a claim where the law of the left side follows; say whether it was one."""
        try:
            (expression, law), _, assumed = self.sides(left, right, self.knowledge(), frozenset())
        except NotUnderstood:
            return False
        claimed = law_claim(expression, law, self.state.sorts, self.state.definitions)
        if claimed is None:
            return False
        self.emit("claim", block, fragment, text, span, (Reading("=", *claimed),), assumed, place)
        return True

    def may_be_set(self, block: Text | Display | Directive, reading: Reading, declared: bool, single: bool) -> bool:
        """Return whether a relation may be a condition: short ones within a sentence, a > 0 of undeclared names."""
        if single and reading.relation == "=" and sets_moment(reading.left, reading.right, self.state.scope()):
            return True
        if isinstance(block, Text) and not is_closed(reading.left):
            return single or reading.relation in ("<", "<=", ">", ">=", "!=")
        if isinstance(reading.left, Derivative) and reading.right == Number(Fraction(0)):
            return single
        return single and not declared and sets_condition(reading)

    def ends_at_zero(
        self, block: Text | Display | Directive, mark: Node, nodes: Sequence[Node], opening: bool
    ) -> bool:
        """Return whether a chain that works out a derivative, or stands in a sentence, ends in a condition on zero."""
        if opening or not is_zero(nodes):
            return False
        head = self.chain_head.term if self.chain_head is not None else None
        return isinstance(block, Text) or (relation_of(mark) == "=" and works_out_derivative(head))

    def set_aside(self, reading: Reading) -> dict[str, str]:
        """Take away that nothing says what a name is, within a chain whose right side brings no name of its own.

        Such a step goes from one formula of these names to another, and must be right whatever they are; but of
        laws there is more to say than a formula shows.
        """
        lawful = Density | LawReference | Functional | Information | Expectation | MomentOf
        if any(isinstance(t, lawful) for side in (reading.left, reading.right) for t in subterms(side)):
            return {}
        if not free_symbols(reading.right) <= free_symbols(reading.left):
            return {}
        kept = self.unspecified(reading)
        strange = ((s, w) for s, w in self.state.not_understood.items() if w.startswith(_STRANGE))
        found = {symbol: words for symbol, words in strange if symbol not in kept}
        for symbol in found:
            del self.state.not_understood[symbol]
        return found

    def redefines(self, reading: Reading) -> bool:
        """Return whether the left side is a name defined in an earlier section: it may be meant anew."""
        symbol = head_symbol(reading.left) if reading.relation == "=" else None
        return symbol in self.defined_in and self.defined_in.get(symbol or "") != self.sections

    def only_names(self, reading: Reading) -> bool:
        """Return whether a relation merely sets two undetermined names or laws equal: p_g = p_data."""
        if reading.relation != "=":
            return False
        for side in (reading.left, reading.right):
            if not isinstance(side, Name | Density | LawReference):
                return False
            symbol = head_symbol(side)
            if symbol is None or symbol in self.state.definitions:
                return False
        return head_symbol(reading.left) != head_symbol(reading.right)

    def unspecified(self, reading: Reading) -> set[str]:
        """Functions and families that nothing defines, in a relation that may say what they are."""
        defined = self.state.definitions.keys()
        alone = {f for f in one_sided(reading) - defined if not self.determined(f) and f not in self.state.entries}
        steps = recurrence(reading) - defined - self.state.entries.keys()
        return (functional_equation(reading) - self.state.announced - defined) | alone | steps

    def strangers(self, reading: Reading, opening: bool) -> set[str]:
        """Names on a right side that nothing relates to the left: what the notes say of them is not known.

        Within a chain only names that were never met; of the first relation of a chain all names that are
        declared nowhere and that the left side does not rest on, for such a line may define what it relates.
        """
        right = free_symbols(reading.right) - free_symbols(reading.left)
        declared = self.state.sorts.keys() - (self.arrays.sorts.keys() - self.state.announced)
        known = self.state.announced | declared | self.state.definitions.keys()
        known |= {d.law for d in self.state.densities} | {f.law for f in self.state.facts if isinstance(f, ImageLaw)}
        known |= {size for sort in self.state.sorts.values() for size in size_names(sort)}
        known |= parameters_of_spaces(self.state.spaces.values())
        known |= sampled_laws(reading.right) | known_from_means(reading.left, reading.right)
        known |= {s for s in right if s.startswith(DIRECTION)}
        if not opening:
            return right - known - self.state.seen
        _, reached = relevant(self.state.scope(), [reading.left])
        reached = [*reached, *laws_of_variables(self.state.sorts, self.state.densities, reached)]
        left = free_symbols(reading.left)
        introduced = left - known - self.state.seen
        alone = introduced if introduced == left and not left & free_symbols(reading.right) else set()
        return alone | (right - known - {s for term in reached for s in used_symbols(term)})

    def define(
        self, block: Text | Display | Directive, fragment: Fragment, kind: str, reading: Reading, text: str, span: Span
    ) -> bool:
        """Take the relation as a definition where nothing fixes its left side yet; say whether it was one."""
        if reading.relation != "=":
            return False
        if isinstance(reading.left, Functional) and reading.left.functional == "jsd":
            if not self.state.jsd_stated and defines_jsd_without_half(reading.left, reading.right):
                self.state.jsd_factor_half = False
            self.state.jsd_stated = True
            return False
        if self.define_recursion(block, fragment, reading, text, span):
            return True
        symbol = head_symbol(reading.left)
        if symbol is None or symbol in self.state.definitions or (kind != ":=" and self.determined(symbol)):
            return False
        defined = definition(reading.left, reading.right)
        if defined is None:
            return False
        if isinstance(reading.left, Entry) and isinstance(defined, Definition):
            self.state.entries[symbol] = defined
        elif isinstance(defined, Definition):
            self.state.definitions[symbol] = defined
        elif any(same_slots(defined, d) for d in self.state.densities) or follows(defined, self.state.densities):
            return False
        else:
            self.state.densities.append(defined)
        self.state.seen.update(free_symbols(reading.right))
        self.state.seen.add(symbol)
        self.state.determined.add(symbol)
        self.defined_in[symbol] = self.sections
        self.emit("definition", block, fragment, text, span, (reading,), (), 0)
        return True

    def define_recursion(
        self, block: Text | Display | Directive, fragment: Fragment, reading: Reading, text: str, span: Span
    ) -> bool:
        """Take h_t = ... h_{t-1} ... as a recursion and h_0 = ... as its start, where nothing fixes h yet."""
        recursion, start = recursion_of(reading.left, reading.right), start_of(reading.left, reading.right)
        symbol = recursion.symbol if recursion is not None else start[0] if start is not None else ""
        known = self.state.scope().recursions
        alone = self.relations_in_chain == 1
        if recursion is not None and alone and symbol not in known and not self.determined(symbol):
            self.state.recursions[symbol] = recursion
        elif start is not None and plain(symbol) in self.recursive:
            if any(s[:2] == start[:2] for s in self.state.starts):
                return False
            if symbol in known and not may_start(known[symbol], start[1]):
                return False
            self.state.starts.append(start)
        else:
            return False
        self.state.seen.update(free_symbols(reading.right) | {symbol})
        self.emit("definition", block, fragment, text, span, (reading,), (), 0)
        return True

    def determined(self, symbol: str) -> bool:
        """Return whether something said before fixes what a name is: a condition, or a law it is drawn from."""
        if any(symbol in used_symbols(a) for a in self.state.assumptions):
            return True
        if any(isinstance(fact, ImageLaw) and fact.law == symbol for fact in self.state.facts):
            return True
        if symbol in self.state.not_understood:
            return True
        return symbol in self.state.determined or isinstance(self.state.sorts.get(symbol), RandomVariable)

    def declaration(
        self,
        block: Text | Display | Directive,
        fragment: Fragment,
        left: _Member,
        mark: Node,
        right: _Member,
        span: Span,
        kind: str,
    ) -> None:
        """x \\in R^n and x \\sim p in a formula of its own: the same as in a sentence."""
        whole = Span(left.span.start, right.span.end)
        self.declare(block, fragment, span, whole if kind in ("in", "~") else None)

    def declare(self, block: Text | Display | Directive, fragment: Fragment, span: Span, formula: Span | None) -> None:
        """Report a declaration, and take what it says as if it stood in a sentence that begins with Let."""
        if formula is not None:
            start = fragment.start + span.start
            latex = fragment.text[formula.start : formula.end]
            for sentence in sentences((Words("Let ", start), Formula(latex, start), Words(".", start))):
                self.state.take(
                    self.told_apart(harvest(sentence, ProseReader(self.macros, self.knowledge), self.state.scope()))
                )
        text = fragment.text[span.start : span.end]
        statement = Statement("declaration", text, span, (), self.state.scope())
        self.statements.append(PlacedStatement(statement, fragment, block))

    def protect(self, text: str, nodes: Sequence[Node] = ()) -> None:
        """Mark what an unread formula may have said something about: its left side's names."""
        for symbol in {s for n in nodes if (s := symbols.decorated(n))}:
            self.state.not_understood.setdefault(symbol, f"an unread formula: {' '.join(text.split())[:60]}")

    # Meanings ---------------------------------------------------------------------------------------

    def readings(self, left: _Member, kind: str, right: _Member) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
        """Read both sides, in the likelier way first and then in the other ways that notes allow."""
        relation = {":=": "=", "\\equiv": "="}.get(kind, kind)
        if relation not in ("=", "!=", "<", "<=", ">", ">=", "~=", "propto", "->"):
            raise NotUnderstood(f"the relation {kind} is not judged", right.span)
        if left.guesses or right.guesses:
            return self.guessed(left, relation, right)
        knowledge = self.knowledge()
        first, ambiguities, assumed = self.sides(left, right, knowledge, frozenset())
        found = [Reading(relation, first[0], first[1])]  # type: ignore[arg-type]
        written = any(isinstance(t, Number) and t.decimals is not None for side in first for t in subterms(side))
        for choice in sorted(ambiguities):
            if choice.startswith("log base") and not written:
                continue
            try:
                sides, _, _ = self.sides(left, right, knowledge, frozenset((choice,)))
            except NotUnderstood:
                continue
            if sides != first and len(found) < MAXIMAL_READINGS:
                found.append(Reading(relation, sides[0], sides[1], _CONDITIONS[choice]))  # type: ignore[arg-type]
        left.term, right.term = first
        return tuple(up_to_constants(r) for r in self.of_matrices(found)), assumed

    def of_matrices(self, found: Sequence[Reading]) -> list[Reading]:
        """Tell functions of matrices from functions of their entries, and write sizes that follow from others."""
        scope = self.state.scope()
        told: list[Reading] = []
        others: list[Reading] = []
        for reading in found:
            for meaning in matrix_functions.meanings((reading.left, reading.right), scope):
                (left, right), _ = sized(meaning.sides, scope)
                condition = " and ".join(c for c in (reading.condition, meaning.condition) if c)
                kept = told if not meaning.condition else others
                kept.append(Reading(reading.relation, left, right, condition))
        return [*told[:1], *others[:1], *told[1:], *others[1:]][:MAXIMAL_READINGS]

    def guessed(self, left: _Member, relation: str, right: _Member) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
        """Read a relation with unbalanced brackets in every way to mend it; each reading is conditional on its way.

        Raises NotUnderstood where no way gives a meaning, or where there are too many.
        """
        found: dict[tuple[Term, Term], tuple[Reading, tuple[str, ...]]] = {}
        problem: NotUnderstood | None = None
        for a, b in product(left.versions, right.versions):
            words = " and ".join(w for w in (a.words, b.words) if w)
            sides = (_Member(a.nodes, left.span, None if left.guesses else left.term), _Member(b.nodes, right.span))
            try:
                terms, _, assumed = self.sides(*sides, self.knowledge(), frozenset())
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
        self, left: _Member, right: _Member, knowledge: Knowledge, choices: frozenset[str]
    ) -> tuple[tuple[Term, Term], set[str], tuple[str, ...]]:
        ambiguities: set[str] = set()
        assumed: list[str] = []
        terms: list[Term] = []
        draws = dict(self.draws)
        kept: frozenset[str] = frozenset()
        for side in (left, right):
            before = terms[0] if terms else side.term
            if before is not None:
                self.mean_law = averaging_law(before) or self.mean_law
            meaning = Meaning(knowledge, choices, draws=draws, mean_law=self.mean_law)
            if not side.nodes:
                raise NotUnderstood("a side of this relation is missing", side.span)
            term = meaning.expression(without_commas(side.nodes), side.span)
            if not terms and isinstance(term, Apply):
                kept = frozenset(a.symbol for a in term.arguments if isinstance(a, Name))
            lifted = unfold_entries(lift(term, knowledge, kept), self.state.entries)
            terms.append(unfold_functionals(lifted, self.state.definitions, knowledge.is_function))
            ambiguities |= meaning.ambiguities
            assumed.extend(meaning.assumed)
        if not choices:
            self.draws = draws
        terms = under_one_law(terms)
        return (terms[0], terms[1]), ambiguities, tuple(dict.fromkeys(assumed))

    def emit(
        self,
        kind: Kind,
        block: Text | Display | Directive,
        fragment: Fragment,
        text: str,
        span: Span,
        readings: tuple[Reading, ...],
        assumed: tuple[str, ...],
        place: int,
        may_be_set: bool = False,
        redefines: bool = False,
    ) -> None:
        terms = [side for r in readings for side in (r.left, r.right)]
        scope = self.state.scope()
        scope = replace(scope, assumptions=(*scope.assumptions, *ordered(scope.recursions, terms)))
        scope, inferred = complete(with_directions(scope, terms), self.knowledge(), terms)
        scope, guessed = self.with_guesses(scope, terms)
        words = (*assumed, *inferred, *guessed, *_conventions(scope, terms))
        chain = (self.chain, place)
        statement = Statement(kind, text, span, readings, scope, words, None, chain, may_be_set, redefines)
        self.statements.append(PlacedStatement(statement, fragment, block))

    def with_guesses(self, scope: Scope, terms: Sequence[Term]) -> tuple[Scope, list[str]]:
        """Say which vectors and matrices were guessed, and that some of them are not sure."""
        reached = relevant(scope, terms)[1]
        guessed = self.arrays.sorts.keys() - self.state.announced - said_as_parameters(reached)
        used = sorted(guessed & {s for term in reached for s in used_symbols(term)})
        doubt = dict.fromkeys(used, self.structure) if self.structure is not None else {}
        words = {s: f"{s} is {sort_in_words(scope.sorts[s])}" for s in used if s in scope.sorts}
        marked = replace(
            scope,
            not_understood=MappingProxyType({**doubt, **scope.not_understood}),
            inferred=MappingProxyType({**scope.inferred, **words}),
            numbers_perhaps=self.arrays.unsure & set(used),
        )
        return marked, list(words.values())

    def unread(
        self,
        block: Text | Display | Directive,
        fragment: Fragment,
        problem: Problem,
        text: str | None = None,
        span: Span | None = None,
    ) -> None:
        place = span or Span(problem.span.start, max(problem.span.end, problem.span.start + 1))
        shown = text if text is not None else fragment.text[place.start : place.end]
        statement = Statement("claim", shown, place, (), self.state.scope(), (), problem, (self.chain, 0))
        self.statements.append(PlacedStatement(statement, fragment, block))


_STRANGE = "nothing says what it is in"

_WHERE = ("where", "with", "here", "in which", "其中", "这里", "這裡", "که در آن", "wobei", "où", "donde")

_CONDITIONS = {
    "log base 2": "if \\log is base 2",
    "log base 10": "if \\log is base 10",
    "slash": "if all that follows / is the denominator",
    "power on a bracket": "if the power on the bracket is read the other way",
    "function reach": "if the function applies to its first factor only",
    "derivative reach": "if the derivative is taken of the whole sum",
    "product sign": "if \\otimes is the product entry by entry",
    "outer product": "if \\otimes is the outer product of vectors",
    "matrix norm": "if the norm of a matrix with index 2 is the Frobenius norm",
    "dagger": "if \\dagger is the transpose",
    FEWER: "if the names whose differentials are not written are constant",
    WHOLE: "if \\partial is the whole derivative",
    HELD_FIXED: "if \\partial holds fixed what else is defined",
    NUMERATOR: "in numerator layout",
    STRUCTURED: "if both entries of a symmetric pair are one variable",
    JACOBIAN: "with the Jacobian (numerator layout) for derivatives of vectors",
}


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
