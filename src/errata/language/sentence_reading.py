"""The sentences of a document: what they declare, suppose and announce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from errata.language import symbols, unnormalised
from errata.language.conditions import is_zero, quantified, standard_sigmoid
from errata.language.conditions_in_words import Restriction
from errata.language.cursor import relation_of, split, split_relations
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.entered_factors import (
    enter_defined,
    shape_factors,
)
from errata.language.entry_definitions import without_limited
from errata.language.index_cases import index_cases, lasting_doubt, puts_together, without_case_words
from errata.language.kind_words import CONSTANTS, speaks_of_a_constant, speaks_of_no_number
from errata.language.leaving import denies_number, has_other_laws, marks_of, of_any, plain, strip, undo, undo_of
from errata.language.listed_definitions import MAXIMAL_ITEMS, is_lead, legends, list_after, opening_formula
from errata.language.mean_fields import is_tuple, told_members
from errata.language.normalised_in_words import normalised_laws
from errata.language.optimum_words import Announcement, announcements, constrained, speaks_of_equations, turns_away
from errata.language.placed import Place, PlacedStatement
from errata.language.proportional_densities import proportions_in
from errata.language.prose import harvest, sentences
from errata.language.prose.asked_hypotheses import with_hypothesis
from errata.language.prose.averaged_variables import with_random_variables
from errata.language.prose.cases_in_words import limited_formulas, without_cases
from errata.language.prose.denials import denied_in, denies_before
from errata.language.prose.densities_on_intervals import with_ranges, with_variables
from errata.language.prose.fresh_names import is_bounded, speaks_generally, taken_anew
from errata.language.prose.given_variables import WHATEVER, fixes, given_in, releases, speaks_of_given, without_given
from errata.language.prose.harvested import Harvest
from errata.language.prose.independence import with_mutual_independence
from errata.language.prose.laws_in_words import with_laws
from errata.language.prose.leaving_words import Hold, Leaving, begins_part, hold_of, left_by, sets, supposes_of
from errata.language.prose.listed_values import with_listed_values
from errata.language.prose.one_hot_words import with_one_hot_clauses
from errata.language.prose.reasoning import how_stated
from errata.language.prose.restrictions import points_back
from errata.language.prose.segments import Formula, Segment, Sentence, Words
from errata.language.prose.stated_conditions import conditions_of, in_passing, sets_for_good
from errata.language.prose.supposed import roles_in, told_in
from errata.language.prose.varying_words import told_variable
from errata.language.random_events import told_events
from errata.language.relation_reading import RelationReader
from errata.language.restricted_optima import of_all_laws
from errata.language.scope import Definition, DensityDefinition, Scope
from errata.language.settings_told_anew import give_way, settings, supposes
from errata.language.sorts import Law, RandomVariable, Real
from errata.language.stacked_members import is_line, lines_in, of_told_members, without_lines
from errata.language.statements import Kind, Statement
from errata.language.stationary_points import Context, LeftBehind
from errata.language.syntax import Node, Scripted, everything, span_of
from errata.language.tables import probability_table
from errata.language.terms import Comparison, Name, Number, Span
from errata.language.trailing_conditions import trailing_conditions
from errata.language.unsaid import determined
from errata.notes.document import Comment, Declare, Directive, Display, Fragment, Inline, Prose, Text

_BLOCKS_AROUND = 3
"""So many blocks, directives among them, are looked at for the words before and after a display."""

_LETTER = re.compile(r"\\[a-zA-Z]+|[a-zA-Z]")
_SENTENCES_BACK = 3
"""So many sentences after a display may speak of it."""

_WHERE = ("where", "with", "here", "in which", "其中", "这里", "這裡", "که در آن", "wobei", "où", "donde")


class SentenceReader(RelationReader):
    """Reads the prose of a document with the formulas in it."""

    def said_to_be_unnormalised(self) -> frozenset[str]:
        """Return the names of laws that sentences call unnormalised."""
        texts = (b.segments for b in self.document.blocks if isinstance(b, Text))
        nodes = self.prose_reader().nodes
        return frozenset().union(*(unnormalised.in_words(s, nodes) for segments in texts for s in _sentences(segments)))

    def normalised_in_words(self) -> Iterator[DensityDefinition]:
        """Yield the formulas of laws that words alone say are normalised functions."""
        texts = (b.segments for b in self.document.blocks if isinstance(b, Text))
        spoken = [sentence for segments in texts for sentence in _sentences(segments)]
        written = [row.nodes for fragment in self.fragments() for row in self.rows(fragment.text)]
        read = self.prose_reader().term
        yield from normalised_laws(spoken, self.usage.unnormalised, self.usage, written, read)

    def look_ahead(self) -> None:
        """Take the sorts and "where" definitions of all sentences, for formulas that stand before them."""
        written: set[str] = set()
        for block in self.document.blocks:
            segments: tuple[Prose | Inline, ...] = ()
            if isinstance(block, Text):
                segments = self.segments(block)
            elif isinstance(block, Directive) and isinstance(block.command, Declare):
                segments = block.command.segments
            written |= set(_LETTER.findall(block.fragment.text)) if isinstance(block, Display) else set()
            for found, sentence in self.harvests(segments):
                ahead = self.without_cases_ahead(found, sentence, written) if isinstance(block, Text) else found
                self.state.take_sorts(ahead)
                open_ones = (f for f in sentence.formulas if f.start not in found.consumed)
                self.spoken |= {symbol for formula in open_ones for symbol in self.heads(formula)}
                self.own_notations = {**found.own_notations, **self.own_notations}
                self.spoken_of(sentence)
                if found.log_base is not None and self.state.log_base is None:
                    self.state.log_base = found.log_base
                self.state.layout = found.layout.joined(self.state.layout)
                written |= {letter for formula in sentence.formulas for letter in _LETTER.findall(formula.latex)}

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

    def explained(self, place: int) -> dict[str, str]:
        """Take the definitions of a sentence right after a display that begins with "where", or of a list.

        Return what it says of names that was not understood: it is in force while the display is read.
        """
        protected = self.listed(place)
        for block in self.document.blocks[place + 1 : place + 3]:
            if isinstance(block, Text):
                words = block.fragment.text.lstrip(" ,.").lower()
                if block.role == "paragraph" and not words.startswith(_WHERE):
                    for found, _ in islice(self.harvests(self.segments(block)), _SENTENCES_BACK):
                        self.take_lines(found)
                if words.startswith(_WHERE):
                    for found, _ in islice(self.harvests(self.segments(block)), 1):
                        self.state.take_definitions(found)
                        protected.update(self.state.protect(found))
                break
        return protected

    def listed(self, place: int) -> dict[str, str]:
        """Take what the items of a list right after a display define of its names, as if they began with "where"."""
        display = self.document.blocks[place]
        assert isinstance(display, Display)
        rows = self.rows(display.fragment.text)
        protected: dict[str, str] = {}
        items = list_after(self.document.blocks[place + 1 : place + 1 + 2 * MAXIMAL_ITEMS])
        for item in items:
            for found, _ in islice(self.harvests(self.segments(item)), 1):
                self.take_lines(found)
                protected.update(self.state.protect(found))
        opening = [f.fragment for item in items if (f := opening_formula(item)) is not None]
        for legend in legends([(fragment, self.rows(fragment.text)) for fragment in opening], rows):
            if self.is_explained(legend.base) or self.is_explained(legend.name):
                continue
            start, text = legend.formula.start, legend.formula.text
            left, right = (span_of(side, Span(0, 1)) for side in (legend.left, legend.right))
            latex = f"{text[left.start : left.end]} = {text[right.start : right.end]}"
            for sentence in sentences((Words("where ", start), Formula(latex, start), Words(".", start))):
                found = self.harvested(sentence)
                if len(found.definitions) == 1 and not found.assumptions:
                    self.state.take_definitions(found)
                    self.defined_there[start] = found.definitions[0].symbol
        return protected

    def varying(self, place: int) -> str | None:
        """Return the variable in which a display holds up to a constant, by the sentences around it."""
        blocks = self.document.blocks
        sides = (
            reversed(blocks[max(0, place - _BLOCKS_AROUND) : place]),
            blocks[place + 1 : place + 1 + _BLOCKS_AROUND],
        )
        around = (next((b for b in side if not isinstance(b, Directive | Comment)), None) for side in sides)
        texts = [block for block in around if isinstance(block, Text) and block.role == "paragraph"]
        told = [latex for t in texts for s in _sentences(t.segments) if (latex := told_variable(s)) is not None]
        names = {name for latex in told for name in self.prose_reader().names(latex)}
        return names.pop() if len(names) == 1 else None

    def take_lines(self, found: Harvest) -> None:
        """Take the members that a sentence after a display takes out of a matrix."""
        self.state.take_definitions(replace(found, definitions=lines_in(found), densities=()))

    def is_explained(self, base: str) -> bool:
        """Return whether something before says what a name or the members of a family are."""
        state = self.state
        names = (base, symbols.compose(base, FAMILY_LABEL))
        return any(s in state.announced or s in state.entries or s in state.definitions for s in names) or any(
            determined(s, state) or s in state.recursions for s in names
        )

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
            found = Harvest() if is_lead(led.text) else harvest(led, self.prose_reader(), self.state.scope())
            told = self.without_case_words(found, sentence).restrictions
            self.restrict(told if led is not sentence else _spoken_of(told))
            goes_on = False

    def conditions_behind(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the conditions of a sentence that are those of the display before it."""
        going_on, self.follows_display = self.follows_display and sentence.text[:1].islower(), False
        return tuple(trailing_conditions(sentence.segments)) if going_on else ()

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
        scope, doubtful = self.freed(sentence)
        told = told_members(sentence, self.surveyed.mean_field, self.written)
        plain = self.plainly(told, scope)
        found = self.told_apart(harvest(plain, self.prose_reader(), scope))
        found = replace(found, not_understood=MappingProxyType({**doubtful, **found.not_understood}))
        field = self.surveyed.mean_field
        if field is not None:
            lists = {f.start for f in sentence.formulas if is_tuple(self.written(f.latex), field)}
            found, sentence = replace(found, consumed=found.consumed | lists), told
        found = quantified(standard_sigmoid(found, sentence), sentence, self.state.announced)
        found = told_events(found, self.surveyed.events | self.surveyed.perhaps_events)
        found = of_all_laws(found, self.prose)
        proportions = proportions_in((f.latex for f in sentence.formulas), self.prose_reader().relation)
        found = replace(found, facts=(*found.facts, *proportions)) if proportions else found
        found = in_passing(found, sentence, self.prose_reader(), self.state.announced)
        found = of_told_members(found, self.members_told())
        if self.tells_row_vectors:
            found = without_lines(found)
        found = without_cases(without_limited(found, sentence), sentence, self.prose_reader())
        return self.without_case_words(found, sentence)

    def without_case_words(self, found: Harvest, sentence: Sentence) -> Harvest:
        """Return what a sentence says without what it was taken to say by its cases of two indices."""
        cases = self.index_cases(sentence)
        letters = {name for formula in cases for name in self.prose_reader().heads(formula.latex)}
        return without_case_words(found, sentence, cases, letters)

    def index_cases(self, sentence: Sentence) -> tuple[Formula, ...]:
        """Return the formulas of a sentence that set two indices equal or unequal."""
        return index_cases(sentence, self.written, self.indices())

    def plainly(self, sentence: Sentence, scope: Scope) -> Sentence:
        """Return a sentence with what it tells in words that formulas tell as well."""
        sentence = with_random_variables(with_hypothesis(sentence), self.is_averaged)
        sentence = without_given(sentence, lambda latex: self.names_number(latex, scope))
        told = with_one_hot_clauses(with_mutual_independence(sentence))
        return with_listed_values(with_ranges(with_variables(with_laws(told))))

    def is_averaged(self, latex: str) -> bool:
        """Return whether a formula is a name, or a member of a family, that stands alone in E[x] or Var(x)."""
        nodes = self.written(latex)
        base = symbols.base_symbol(nodes[0].base if isinstance(nodes[0], Scripted) else nodes[0]) if nodes else None
        return len(nodes) == 1 and base in self.usage.averaged

    def names_number(self, latex: str, scope: Scope) -> bool:
        """Return whether a formula is the name of a number, random or not."""
        names = self.prose_reader().names(latex)
        return len(names) == 1 and isinstance(scope.sorts.get(names[0]), RandomVariable | Real)

    def freed(self, sentence: Sentence) -> tuple[Scope, Mapping[str, str]]:
        """Return the scope of a sentence without the bounds of numbers that it takes anew; and those in doubt then."""
        scope, read = self.state.scope(), self.prose_reader()
        written, any_number = taken_anew(sentence)
        names = [names[0] for latex in written if len(names := read.names(latex)) == 1]
        bounded = {name for name in names if is_bounded(scope.sorts.get(name))}
        if not bounded:
            return scope, {}
        sorts = MappingProxyType({s: sort for s, sort in scope.sorts.items() if s not in bounded})
        return replace(scope, sorts=sorts), {} if any_number else dict.fromkeys(bounded, sentence.text)

    def set_free(self) -> None:
        """Take the bounds away from names that were put in a set "for" a claim: words go on to the general case."""
        for symbol, formula in self.passing.items():
            sort = self.state.sorts.get(symbol)
            if isinstance(sort, Real):
                self.state.sorts[symbol] = Real(integer=sort.integer)
                self.state.not_understood.setdefault(symbol, formula)
        self.passing = {}

    def members_told(self) -> frozenset[str]:
        """The families whose members formulas tell, in other terms than the lines of a matrix."""
        state = self.state
        return frozenset(s for s, d in state.entries.items() if not is_line(d)) | state.recursions.keys()

    def written(self, latex: str) -> Sequence[Node]:
        """Return the nodes of a formula as they are written; none where it is no single row."""
        rows = self.parsing.rows(latex)
        return rows[0].nodes if len(rows) == 1 and rows[0].problem is None else ()

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

    def text(self, block: Text | Directive, segments: tuple[Prose | Inline, ...]) -> None:
        inlines = {s.fragment.start: s.fragment for s in segments if isinstance(s, Inline)}
        heading = isinstance(block, Text) and block.role == "heading"
        for sentence in _sentences(segments):
            self.leave_other_law()
            if isinstance(block, Text):
                self.leave(left_by(sentence, heading=heading))
            self.suppose_anew(sentence)
            self.contradict(sentence)
            self.in_part = begins_part(sentence) or (self.in_part and not heading)
            looked_at = self.harvested(sentence)
            if self.passing and speaks_generally(sentence.words):
                self.set_free()
            hold = Hold.GOOD if heading else min(hold_of(sentence), Hold.PART if self.in_part else Hold.GOOD)
            known = dict(self.state.sorts)
            with self.held(hold):
                found = self.told_anew(looked_at, sentence)
                announced = announcements(sentence)
                if turns_away(sentence, announced) and not _only_declares(found, sentence):
                    self.behind = LeftBehind(dict(self.state.definitions), tuple(self.state.densities), self.chain.head)
                self.said(found, sentence, heading=heading)
                self.formulas(found, sentence, announced, block, inlines)
            self.announce(announced.get(None), found, block)
            self.leading = hold if sentence.end in ("", ":", "：") else Hold.GOOD
            if hold <= Hold.CASE and has_other_laws(known, self.state.sorts):
                self.other_law = sentence.text

    def leave_other_law(self) -> None:
        """Leave the law that a sentence gave a variable in place of its own: "if instead $X \\sim N(0, 4)$, then"."""
        if self.other_law and self.leading is Hold.GOOD:
            self.leave(Leaving(self.other_law, Hold.CASE))
            self.other_law = ""

    def leave(self, told: Leaving | None) -> None:
        """Take note of words that may leave what was told before, and leave it where the document is so read."""
        if told is None:
            return
        self.leaving.append((len(self.statements), told.words))
        if not self.leaves:
            return
        names = {name for latex in told.anew for name in self.prose_reader().names(latex)}
        names = {n for n in names if not isinstance(self.state.sorts.get(n), Law)}
        anew = names & (self.state.announced | self.state.definitions.keys() | self.state.sorts.keys())
        any_of = {name for latex in told.any_of for name in self.prose_reader().names(latex)}
        gone = [number for number, mark in enumerate(self.marks) if mark.hold <= told.up_to]
        self.marks = undo(self.state, self.marks, gone)
        if told.whatever or anew:
            strip(self.state, None if told.whatever else anew)
        of_any(self.state, any_of)

    def suppose_anew(self, sentence: Sentence) -> None:
        """Leave what was supposed of names of which a sentence supposes something else, once something was claimed."""
        names = {name for latex in supposes_of(sentence) for name in self.prose_reader().heads(latex)}
        if names and not self.leaves:
            self.leaving.append((len(self.statements), sentence.text))
            return
        if names:
            self.marks = undo_of(self.state, self.marks, names, self.claimed)

    def contradict(self, sentence: Sentence) -> None:
        """Leave the numbers that names were set to where a sentence says that they are others: $\\alpha < 1$."""
        known = {s: d.body for s, d in self.state.definitions.items() if isinstance(d.body, Number)}
        if not known:
            return
        written = (c for formula in sentence.formulas for c in self.prose_reader().relation(formula.latex) or ())
        gone = {c.left.symbol for c in written if isinstance(c.left, Name) and denies_number(c, known)}
        if gone:
            self.leaving.append((len(self.statements), sentence.text))
            if self.leaves:
                of_any(self.state, gone)

    @contextmanager
    def held(self, hold: Hold) -> Iterator[None]:
        """Mark what is told meanwhile as told for a case or for a while."""
        before = self.state.copy() if self.leaves else None
        yield
        if before is None:
            return
        self.marks += [replace(told, claims=self.claimed) for told in marks_of(before, self.state, hold)]

    def trailing_words(self, place: int) -> Leaving | None:
        """Return what the sentence that goes on after a display may leave: "... for all real $x$"."""
        sentence = self.going_on(place)
        told = left_by(sentence) if sentence is not None else None
        return told if told is not None and (told.anew or told.up_to > Hold.CASE) else None

    def denied_display(self, place: int) -> str:
        """Return the words that deny a display, before it or after it; "" where none do."""
        sentence = self.going_on(place)
        return sentence.text if sentence is not None and denies_before(sentence) else self.denying

    def going_on(self, place: int) -> Sentence | None:
        """Return the sentence that a display stands in the midst of, where words go on with it."""
        following = (b for b in self.document.blocks[place + 1 : place + 3] if not isinstance(b, Directive | Comment))
        block = next(following, None)
        if not isinstance(block, Text) or block.role == "heading":
            return None
        first = block.fragment.text.lstrip(" ,;\n")[:1]
        if not first.isalpha() or first.isupper():
            return None
        return next(_sentences(block.segments), None)

    def without_cases_ahead(self, found: Harvest, sentence: Sentence, written: Set[str]) -> Harvest:
        """Return what a sentence further down says, without what it sets or supposes from there on.

        written: the letters that formulas have before it.
        """
        if hold_of(sentence) is Hold.GOOD and not sets(sentence):
            return found
        plainer = tuple(replace(d, sort=plain(d.sort)) for d in found.declarations)
        if any(
            p != d and _LETTER.findall(p.symbol)[:1] and _LETTER.findall(p.symbol)[0] in written
            for p, d in zip(plainer, found.declarations, strict=True)
        ):
            self.leaving.append((0, sentence.text))
        return replace(found, declarations=plainer) if self.leaves else found

    def said(self, found: Harvest, sentence: Sentence, *, heading: bool) -> None:
        """Take what a sentence declares, defines, supposes and tells in words."""
        self.told = self.told.then(sentence.words)
        self.described = found.not_understood.keys() - self.state.not_understood.keys()
        declared = {d.symbol for d in found.declarations} | {d.symbol for d in found.definitions}
        fresh = (declared - self.state.announced) | found.placed
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
            if not sets_for_good(sentence.words):
                placed = {d.symbol for d in found.declarations if d.symbol in found.placed and is_bounded(d.sort)}
                self.passing |= dict.fromkeys(placed, sentence.text)

    def formulas(
        self,
        found: Harvest,
        sentence: Sentence,
        announced: Mapping[int | None, Announcement],
        block: Text | Directive,
        inlines: Mapping[int, Fragment],
    ) -> None:
        """Read the formulas of a sentence, each by what the words around it make of it."""
        roles, known = roles_in(sentence), told_in(sentence)
        self.of_equations = speaks_of_equations(sentence.words)
        self.given = self.taken_as_given(sentence)
        behind = self.conditions_behind(sentence)
        set_there = {f.start: f.latex for f in self.index_cases(sentence)}
        cases = {start: latex for start, latex in set_there.items() if latex not in behind}
        if cases or puts_together(sentence.words):
            self.lift(self.case)
        told = conditions_of(sentence, cases.keys())
        under = {number: tuple(c for c in conditions if c not in behind) for number, conditions in told.items()}
        stated, denied = how_stated(sentence), denied_in(sentence)
        limited = {formula.start for formula in limited_formulas(sentence, self.prose_reader())}
        for announcement in announced.values():
            if announcement.setting is not None:
                roles[sentence.formulas[announcement.setting].start] = "assumption"
        for number, formula in enumerate(sentence.formulas):
            fragment = inlines[formula.start]
            self.announce(announced.get(number), found, block)
            role: Kind = roles.get(formula.start, "claim")
            if formula.start in found.consumed | set_there.keys() or (
                formula.start in limited and role == "assumption"
            ):
                self.declared(Place(block, fragment))
            elif isinstance(block, Text) and not (found.is_declaring and isinstance(block, Directive)):
                known_before = dict(self.state.definitions)
                with self.supposing(under.get(number, ())):
                    certain = stated.get(formula.start, "")
                    set_so = formula.start in known
                    self.display(Place(block, fragment, role, certain, set_so, denied.get(number, "")))
                if formula.start in limited:
                    self.take_back(known_before, sentence.text)
        self.under = under.get(None, ())
        if cases:
            names = {name for latex in cases.values() for name in self.prose_reader().heads(latex)}
            self.case = (lasting_doubt(sentence.text, sorted(names)),)
            self.restrict(() if self.under else self.case)
        leads = sentence.end in ("", ":", "：")
        self.denying = denied.get(None, "") if leads else ""
        self.given = self.given if leads else self.fixed

    def taken_as_given(self, sentence: Sentence) -> frozenset[str]:
        """Return the names that a sentence, or one before it, says are given; WHATEVER where it does not name them."""
        self.fixed = frozenset() if releases(sentence) else self.fixed
        named = frozenset(name for latex in given_in(sentence) for name in self.prose_reader().names(latex))
        told = named or frozenset((WHATEVER,) if speaks_of_given(sentence) else ())
        self.fixed = told if fixes(sentence) else self.fixed
        return told or self.fixed

    def take_back(self, before: Mapping[str, Definition], words: str) -> None:
        """Drop the definitions since then, which hold in a case only."""
        for symbol in [s for s, d in self.state.definitions.items() if before.get(s) is not d]:
            del self.state.definitions[symbol]
            self.state.not_understood.setdefault(symbol, " ".join(words.split())[:80])

    @contextmanager
    def supposing(self, conditions: Sequence[str]) -> Iterator[None]:
        """Put inequalities that a sentence tells in force for one formula."""
        read = self.prose_reader()
        told = [c for latex in conditions for c in read.relation(latex) or () if self.is_limit(c)]
        kept = len(self.state.assumptions)
        self.state.assumptions += told
        yield
        del self.state.assumptions[kept : kept + len(told)]

    def is_limit(self, condition: Comparison) -> bool:
        """Return whether a condition can be put in force: an inequality, or an equation between two indices."""
        if condition.relation == "=":
            return all(isinstance(s, Name) and s.symbol in self.indices() for s in (condition.left, condition.right))
        return condition.relation != "propto"

    def indices(self) -> frozenset[str]:
        """Return the letters that count, or stand below a name."""
        return self.usage.indices.union(*self.usage.subscripts.values())

    def announce(self, announcement: Announcement | None, said: Harvest, block: Text | Directive) -> None:
        """Take what a sentence says of the formula that comes next."""
        self.announced = None
        if announcement is None:
            return
        head = None if self.chain.head is self.behind.head else self.chain.head
        vanishes = self.last is not None and is_zero(self.last.nodes)
        under = constrained(self.document.blocks, block)
        told = self.vanishing if announcement.extremum == "following" else said.restrictions
        before = None if head is None else head.term
        self.announced = Context(announcement, before, vanishes, under, told, self.behind)

    def tabulated(self, formula: Formula) -> None:
        """Take P = (0.7, 0.2, 0.1) for a law of a finite space given by its probabilities."""
        nodes = self.prose_reader().nodes(formula.latex)
        table = probability_table(nodes, self.knowledge()) if nodes else None
        if table is not None:
            density, points = table
            self.state.take(Harvest(densities=(density,), spaces={density.values[0][0]: points}))
            self.state.not_understood.pop(density.law, None)

    def declared(self, at: Place) -> None:
        """Report a formula that a sentence used as a declaration, definition or assumption."""
        for row in self.rows(at.fragment.text):
            self.state.seen.update(_mentioned(row.nodes))
        statement = Statement("declaration", at.fragment.text, Span(0, len(at.fragment.text)), (), self.state.scope())
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))


def _sentences(segments: Sequence[Prose | Inline]) -> Iterator[Sentence]:
    """Yield the sentences of a block of text."""
    pieces: list[Segment] = []
    for segment in segments:
        text, start = segment.fragment.text, segment.fragment.start
        pieces.append(Words(text, start) if isinstance(segment, Prose) else Formula(text, start))
    yield from sentences(tuple(pieces))


def _only_declares(found: Harvest, sentence: Sentence) -> bool:
    """Return whether all that a sentence does is to declare, and all of it was understood."""
    consumed = all(formula.start in found.consumed for formula in sentence.formulas)
    return found.is_declaring and consumed and not found.not_understood


def _spoken_of(told: Sequence[Restriction]) -> tuple[Restriction, ...]:
    """Return the properties that a sentence speaks of which sets nothing: a heading such as "The symmetric case"."""
    return tuple(replace(r, firm=False, lasting=False) for r in told if r.imposed is not None)


def _mentioned(nodes: Sequence[Node]) -> set[str]:
    """The symbols of a declaring formula do not count as used: only those of what it is about."""
    members, relations = split_relations(nodes)
    if not relations or relation_of(relations[0]) in ("in", "~"):
        return set()
    return {s for n in everything(members[-1]) if (s := symbols.decorated(n))}
