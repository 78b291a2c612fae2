"""The relations of formulas: chains, definitions, conditions and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from errata.language import congruences, symbols, tied_signs
from errata.language.asymptotics import KINDS, SIGN
from errata.language.chains import Phrase, Proposition, Row, guesses_for, phrases, remarks
from errata.language.conditions import is_zero
from errata.language.cursor import relation_of
from errata.language.definitions import (
    constant_family,
    free_symbols,
    head_symbol,
    used_symbols,
)
from errata.language.entered_factors import (
    doubt_factors,
    enter_factors,
    may_enter,
)
from errata.language.entry_definitions import indexed_freely, limited_names
from errata.language.equation_reading import EquationReader
from errata.language.expansions import ZERO
from errata.language.feasible_sets import refuse_bound_elsewhere
from errata.language.free_members import free_members
from errata.language.gradient_variables import only_variable
from errata.language.held_quantities import perhaps_held
from errata.language.hierarchical_variables import both_ways
from errata.language.inference import relevant, size_names
from errata.language.knowledge import written_laws
from errata.language.law_claims import law_claim
from errata.language.mass_functions import law_of_mass, value_taken
from errata.language.mean_labels import uncertain_labels
from errata.language.meaning import Meaning
from errata.language.name_notation import LOGISTIC
from errata.language.named_moments import named_moments
from errata.language.numbers_put_in import PUT_IN, names_put_in
from errata.language.observed_data import perhaps_observed
from errata.language.obstacles import obstacle
from errata.language.open_recursions import (
    reach,
    reached,
    written_out,
)
from errata.language.own_signs import own_sign
from errata.language.parameter_domains import domains_of_parameters
from errata.language.placed import Place, PlacedStatement, Step
from errata.language.proportional_densities import up_to_factor
from errata.language.prose import harvest, sentences
from errata.language.prose.rearrangements import is_rearrangement
from errata.language.prose.restrictions import reason_in_display
from errata.language.prose.segments import Formula, Words
from errata.language.prose.truisms import is_symmetry
from errata.language.random_events import compares_with_numbers
from errata.language.randomness import values_at
from errata.language.recursions import recursion_of
from errata.language.sides import CONDITIONS, Chain, Member, readings, sides
from errata.language.sorts import EuclideanSpace, Law, Matrix, RandomVariable, Real
from errata.language.statements import Problem, Reading, Statement
from errata.language.stationary_points import Found, found_there, has_alternatives, solved_for, vanishing, works_out
from errata.language.syntax import Node, everything, leaf_text, span_of
from errata.language.terms import (
    Apply,
    Comparison,
    Constant,
    Density,
    Derivative,
    Entry,
    Functional,
    Name,
    Span,
    StandardDensity,
    StandardLaw,
    subterms,
)
from errata.language.tokens import NotUnderstood
from errata.language.told_moments import UNSETTLED, settled, told_moment
from errata.language.told_probabilities import told_names
from errata.language.told_values import at_single_place
from errata.language.unnamed_laws import uncertain_entropies
from errata.language.unsaid import (
    PERHAPS_HERE,
    SPOKEN_OF,
    STRANGE,
    ends_at_zero,
    fixed,
    is_about_the_same,
    is_bound,
    may_be_set,
    may_be_solved,
    of_numbers,
    only_names,
    redefines,
    set_aside,
    sets_by_itself,
    sets_total,
    strangers,
    unspecified,
)
from errata.language.usage import usage_of
from errata.language.value_equations import rests_on_value

_WORD = re.compile(r"\\mathrm\{[a-zA-Z]{2,}\}|[a-zA-Z]{2,}")
_LEADS_TO_EQUATION = re.compile(r"\bsatisf(?:y|ies)(?: the (?:\w+ )?(?:equations?|recursion))?[\s:,]*$")
_FOUND_BEFORE = "found by setting a derivative to zero"

_DECLARING = ("in", "~", "<-", "\\mapsto", "\\subset", "\\succ", "\\succeq", "\\preceq", "\\notin")


class RelationReader(EquationReader):
    """Reads the formulas of a document, and tells what defines and sets from what is claimed."""

    def display(self, at: Place) -> None:
        self.before = None
        first = True
        rows = self.rows(at.fragment.text)
        near = usage_of(tuple(row.nodes for row in rows))
        self.gradient = only_variable([row.nodes for row in rows])
        if any(usage.values for usage in near.laws.values()):
            self.nearby = MappingProxyType({self.usage.aliases.get(k, k): v for k, v in near.laws.items()})
            self.points = near.points
        reasons = [r for row in rows for words in _restricting(row) for r in reason_in_display(words)]
        self.restrict(reasons)
        steps = [self.row(at, row) for row in rows]
        order = [p for step in steps for phrase in step if not phrase.condition for p in phrase.propositions]
        if has_alternatives(order):
            self.announced = None
        self.premises = {id(p) for p, following in pairwise(order) if following.implied}
        self.carried_on = {id(p) for p, following in pairwise(order) if not following.members[0]}
        for row, step in zip(rows, steps, strict=True):
            self.mendings = row.mendings
            self.rearranged = any(map(is_rearrangement, remarks(row.nodes)))
            self.phrases(at, step, at.in_sentence and first)
            first = False
        self.gradient, self.rearranged = (), False
        self.lift(reasons)

    def row(self, at: Place, row: Row) -> list[Phrase]:
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

    def phrases(self, at: Place, found: list[Phrase], fresh: bool) -> None:
        limits = [p for phrase in found if phrase.condition for p in phrase.propositions]
        kept = len(self.state.assumptions)
        self.limited = limited_names(p.members for p in limits)
        for proposition in limits:
            self.limit(proposition)
            self.take_members(at, proposition)
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

    def tells_mass(self, step: Step, left: Member, first: Reading, assumed: tuple[str, ...]) -> bool:
        """Take P(X = k) = ... for the law of X, where nothing else is said of that; return whether it is."""
        taken = value_taken(left.nodes) if step.opening and first.relation == "=" else None
        law = law_of_mass(taken[1], first.right) if taken is not None else None
        if taken is None or law is None or not self.enter_law(taken[0], law):
            return False
        self.emit("definition", step, (first,), assumed)
        return True

    def enter_law(self, variable: str, law: StandardLaw) -> bool:
        """Declare a random variable with a law on whole numbers; False where it is something else already."""
        state, space = self.state, symbols.base_name(variable)
        known = state.sorts.get(variable)
        open_law = isinstance(known, RandomVariable) and known.law is None
        if (
            not (known is None or open_law or known == Law(()))
            or variable in state.definitions
            or space in state.spaces
        ):
            return False
        told = RandomVariable(space, law)
        state.sorts[variable], state.spaces[space] = told, EuclideanSpace(None)
        state.sorts.update(domains_of_parameters((told,), state.sorts.keys() | state.definitions.keys()))
        state.announced.add(variable)
        state.not_understood.pop(variable, None)
        return True

    def take_members(self, at: Place, proposition: Proposition) -> None:
        r"""Take k \in \mathbb{N} and k = 0, 1, 2, \dots beside a claim for what they say of an unknown name."""
        members, kinds = proposition.members, [relation_of(r) for r in proposition.relations]
        symbol = symbols.decorated(members[0][0]) if len(members[0]) == 1 else None
        if symbol is None or symbol in self.state.sorts or symbol in self.state.definitions or len(kinds) != 1:
            return
        standard = kinds == ["in"] and str(symbols.label(members[1])).startswith("\\mathbb{")
        counted = kinds == ["="] and bool(members[1]) and leaf_text(members[1][-1]) == "\\ldots"
        if standard or counted:
            self.take_declaration(at, span_of((*members[0], *proposition.relations, *members[1]), Span(0, 1)))

    def phrase(self, at: Place, phrase: Phrase, fresh: bool) -> None:
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

    def proposition(self, at: Place, proposition: Proposition, left: Member) -> None:
        continued = not proposition.members[0]
        premise = self.before if proposition.implied else None
        announcement, self.announced = self.announced, None
        self.last = left
        self.name_parts(proposition)
        count = self.relations_in_chain = len(proposition.relations)
        self.goes_on = count > 1 or id(proposition) in self.carried_on
        self.opens_with_zero = not continued and count > 1 and is_zero(left.nodes) and _names(proposition.members[-1])
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
            step = Step(at, span, place, opening, premise if place == 0 else None, sets_zero, sets, arrow, leads)
            self.relation(step, left, mark, right)
            left = left if self.is_only_named(mark, right) else right
            self.last = right

    def is_only_named(self, mark: Node, member: Member) -> bool:
        r"""Return whether a member of a chain is written with words for a function of which nothing is said.

        Of A = \text{prod}(B, C) = D the note claims that A is D, whatever that function is.
        """
        if relation_of(mark) != "=" or member.term is None:
            return False
        calls = {t.function.symbol for t in subterms(member.term) if isinstance(t, Apply)}
        known = self.state.definitions.keys() | self.state.sorts.keys()
        return any(_WORD.fullmatch(symbol) and symbol not in known for symbol in calls)

    def relation(self, step: Step, left: Member, mark: Node, right: Member) -> None:
        """Read one relation, and tell declarations from what could not be read and from the rest."""
        kind = relation_of(mark) or "="
        if kind in KINDS:
            self.compare(step, left, kind, right)
            return
        if kind == "~" and self.law_claimed(step, left, right):
            return
        if kind in _DECLARING:
            self.declare(step.at, step.span, Span(left.span.start, right.span.end) if kind in ("in", "~") else None)
            return
        self.before, premise = None, step.premise
        self.forget_first_members()
        if kind == "\\equiv" and self.speaks_of_congruences and not congruences.has_remainder(right.nodes):
            unsaid = Problem("the modulus of this congruence is not written here", mark.span)
            self.unread(step.at, unsaid, step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        self.suppose_losses((*left.nodes, *right.nodes))
        sign = own_sign((*left.nodes, *right.nodes), self.own_notations)
        if sign is not None:
            message = f'what {sign} means here was not understood: "{self.own_notations[sign]}"'
            self.unread(step.at, Problem(message, step.span), step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        try:
            found, assumed = readings(self.chain, left, kind, right, self.knowledge(), self.state)
            refuse_bound_elsewhere(found[0].left, found[0].right)
        except NotUnderstood as error:
            self.unread(step.at, error.problem, step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        if step.opening and step.at.fragment.start in self.defined_there:
            self.state.determined.add(self.defined_there[step.at.fragment.start])
            self.emit("definition", step, found[:1], assumed)
            return

        if self.tells_mass(step, left, found[0], assumed):
            return
        told = up_to_factor(found[0].relation, found[0].left, found[0].right) if step.opening else None
        self.state.facts += [told] if told is not None and told not in self.state.facts else []

        def again() -> tuple[Reading, ...]:
            return readings(self.chain, left, kind, right, self.knowledge(), self.state)[0]

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
            self.keep_as_written(found[0], again)
            return
        self.start_freely(found)
        if self.defines_derivative(step, found):
            return
        found = self.by_members(found, again)
        found, free = self.steps_written_out(found, step)
        first = found[0]
        named = named_moments(first, self.state) if premise is None else ()
        self.state.definitions.update({d.symbol: d for d in named})
        problem = obstacle(first, self.state, step.span, free) or self.of_losses(first, step.span)
        if problem is not None:
            self.not_judged.append(first)
            self.unread(step.at, problem, step.text, step.span)
            return
        twofold = any(r.condition == CONDITIONS[LOGISTIC] for r in found)
        certain = not twofold and (len(found) == 1 or not first.guess)
        supposed = step.leads and head_symbol(first.left) in self.state.announced
        may_define = step.opening and premise is None and not supposed
        if may_define and (certain or _names_what_is_new(first, found)) and self.define(step, kind, first):
            self.keep_as_written(first, again)
            doubt = {} if certain else {head_symbol(first.left) or "": "whether \\sigma is the logistic function"}
            self.state.not_understood.update(doubt)
            return
        if may_define and certain and self.goes_on and self.tells_value(step, first, assumed):
            return
        moving = self.tending_at(step) if first.relation == "->" else None
        if moving is not None and first.left == Name(moving.symbol) and first.right in (ZERO, Constant("infinity")):
            self.emit("assumption", step, found, assumed)
            return
        self.before = Comparison(first.relation, first.left, first.right)
        solved = None if premise is None else self.solved(found, premise)
        if solved is not None:
            self.lift(self.vanishing)
            self.found(step, solved, first, assumed)
            self.restrict(self.vanishing)
            return
        if premise is not None:
            found = tuple(
                Reading(step.arrow, premise, Comparison(r.relation, r.left, r.right), r.condition, r.guess)
                for r in found
            )
            self.lift(self.vanishing)
            self.claim(step, found, assumed, free, recursive and bool(free), follows=bool(named))
            self.restrict(self.vanishing)
            return
        ends = kind == ":=" and len(found) == 1 and not (step.opening and head_symbol(first.left) is not None)
        if ends and self.define(step, "=", Reading("=", first.right, first.left)):
            return
        if (
            step.sets_zero
            or self.begins_with_zero(step, first)
            or supposed
            or (step.opening and only_names(first, self.state))
            or (step.opening and self.relations_in_chain == 1 and sets_total(first, self.state))
            or (kind == ":=" and is_zero(right.nodes) and (not step.opening or isinstance(first.left, Derivative)))
            or self.sets_probability(step, first)
        ):
            self.emit("assumption", step, found, assumed)
            if sets_total(first, self.state):
                self.state.assumptions.append(Comparison("=", first.left, first.right))
            if step.sets_zero:
                self.vanishing = vanishing(self.chain.head, step.text)
                self.restrict(self.vanishing)
            return
        step = replace(step, defines=kind == ":=")
        self.claim(step, found, assumed, free, recursive and bool(free), follows=bool(named))

    def compare(self, step: Step, left: Member, kind: str, right: Member) -> None:
        r"""Read a claim of how both sides grow; of f \\ll g where words tell what tends somewhere."""
        self.before = None
        try:
            found, assumed = readings(self.chain, left, kind, right, self.knowledge(), self.state)
            if kind != SIGN and self.tending_at(step) is None:
                raise NotUnderstood(f"what tends where in {kind} is not said", right.span)
        except NotUnderstood as error:
            self.unread(step.at, error.problem, step.text, step.span)
            self.protect(step.text, left.nodes)
            return
        problem = obstacle(found[0], self.state, step.span, frozenset())
        if problem is not None:
            self.unread(step.at, problem, step.text, step.span)
            return
        self.emit("claim", replace(step, compares=True), found, assumed)

    def begins_with_zero(self, step: Step, first: Reading) -> bool:
        r"""Return whether a chain sets what comes next to zero: 0 = \nabla J(w) = 2w - a."""
        if not (step.opening and self.opens_with_zero and first.relation == "="):
            return False
        open_names = free_symbols(first.right) - self.state.announced - self.state.definitions.keys()
        return bool(open_names) or any(isinstance(part, Derivative) for part in subterms(first.right))

    def factored(self, step: Step, found: tuple[Reading, ...], assumed: tuple[str, ...]) -> bool:
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

    def solved(self, found: tuple[Reading, ...], premise: Comparison) -> Found | None:
        """Return the claim that an estimate solves the premise, where a derivative by its variable was set to zero."""
        variables = {name for condition in self.vanishing for name in condition.names} & used_symbols(premise)
        return solved_for(variables.pop(), found, premise, self.state) if len(variables) == 1 else None

    def found(self, step: Step, there: Found, written: Reading, assumed: tuple[str, ...]) -> None:
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

    def steps_written_out(self, found: tuple[Reading, ...], step: Step) -> tuple[tuple[Reading, ...], frozenset[str]]:
        """Write out the members of recursions that begin nowhere; return also the symbols of these."""
        used = {s for r in found for side in (r.left, r.right) for s in used_symbols(side)}
        used |= {s for d in self.supposed & self.state.definitions.keys() for s in self.mentioned_in(d)}
        forwards = {s: r for s, r in self.state.scope().recursions.items() if not r.starts}
        open_ones = reached(used, {**forwards, **self.state.backwards})
        written = written_out(found, open_ones) if open_ones and step.premise is None else None
        return (found, frozenset()) if written is None else (written, frozenset(open_ones))

    def mentioned_in(self, defined: str) -> set[str]:
        """Return the names that the definition of a name mentions."""
        return used_symbols(self.state.definitions[defined].body)

    def claim(
        self,
        step: Step,
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
        found = both_ways(found, self.given, state.definitions)
        first = found[0]
        if isinstance(first.left, Functional) and step.opening:
            state.divergences.setdefault(written_laws(first.left), first.left)
        symbols_here = free_symbols(first.left) | free_symbols(first.right)
        single = step.opening and self.relations_in_chain == 1 and step.premise is None
        tells = single and step.at.told and first.relation == "="
        told = told_moment(first.left, first.right, state.scope()) if tells else None
        unsettled = state.moments.keys() & self.rested_on(first) - settled(first, state.moments)
        unsettled -= state.not_understood.keys()
        state.not_understood.update(dict.fromkeys(unsettled, UNSETTLED))
        perhaps_here = unspecified(first, state, step.opening, self.rearranged)
        strange = strangers(first, state, self.arrays.sorts.keys(), step.opening) | perhaps_here
        own = sets_by_itself(first, state) if single else set()
        if own:  # "the value satisfies ...": the equation is all that it satisfies
            told_by_it = (r.restriction for r in state.restrictions)
            self.lift([r for r in told_by_it if _LEADS_TO_EQUATION.search(r.words)])
        strange = own or strange
        any_of = free_members(first, state.sorts, state.announced, self.usage.subscripts)
        strange = set() if told else strange
        strange -= state.scope().recursions.keys() | free | any_of | self.of_told_laws(symbols_here)
        if step.at.role == "assumption" and is_bound(first):
            strange -= symbols_here
        here = _indices(first)
        bounded = (self.chain.indices - here) & symbols_here - state.sorts.keys()
        self.chain.indices |= here
        state.not_understood.update(dict.fromkeys(bounded, "an index of an array earlier in this chain"))
        labels = uncertain_labels(first)
        state.not_understood.update(dict.fromkeys(labels, "whether all means here are under one law is not said"))
        entropies = uncertain_entropies(first) - state.not_understood.keys()
        state.not_understood.update(dict.fromkeys(entropies, "which law the entropies are of is not said"))
        passing = strange & state.seen
        said = {s for s, words in state.not_understood.items() if not words.startswith(STRANGE)}
        for symbol in strange - said:
            unsure = PERHAPS_HERE if symbol in perhaps_here & state.announced else STRANGE
            words = f"{SPOKEN_OF if symbol in self.spoken else unsure}: {' '.join(step.text.split())[:60]}"
            state.not_understood[symbol] = words
        state.seen.update(symbols_here)
        sizes = {size for symbol in state.announced for size in size_names(state.sorts.get(symbol, Real()))}
        conditioned = {s for c in self.trailing for s in used_symbols(c)} | self.limited
        declared = symbols_here <= (conditioned | state.announced | state.definitions.keys() | sizes | any_of)
        settable = not follows and may_be_set(first, state, step.at.in_sentence, declared, single)
        settable &= not (declared and self.asserted(step.at, first))
        solvable = may_be_solved(first, state.announced, words=self.of_equations, opening=step.opening)
        settable |= solvable and not (follows or step.premise)
        settable |= compares_with_numbers(first, state.scope())
        of_told = self.of_told_laws(symbols_here)
        settable &= step.at.in_sentence or not (of_told and symbols_here - state.announced - sizes <= of_told)
        of_density = any(isinstance(t, StandardDensity) for t in subterms(first.left))
        aside = set_aside(first, state) if of_density or not step.opening else {}
        anew = step.opening and (redefines(first, state) or recursive or step.defines)
        role = ("assumption" if told else step.at.role) if settable or told else "claim"
        put_in = names_put_in(first, state.scope()) - state.not_understood.keys() - of_told
        told_apart = {**state.entries, **{s: d for s, d in state.definitions.items() if not d.parameters}}
        held = perhaps_held((first.left, first.right), told_apart, self.prose())
        held = {symbol: words for symbol, words in held.items() if symbol not in state.not_understood}
        values = rests_on_value(found, state.value_places)
        if not state.observed:
            values |= perhaps_observed((side for r in found for side in (r.left, r.right)), state.definitions)
        doubtful = {**self.doubtful_losses(found), **dict.fromkeys(put_in, PUT_IN), **held, **values}
        state.not_understood.update(doubtful)
        self.emit(role, step, found, assumed, settable, anew, free)
        for symbol in doubtful:
            state.not_understood.pop(symbol, None)
        if role == "definition":
            words = f"what defines it: {' '.join(step.text.split())[:60]}"
            state.not_understood.update(dict.fromkeys(used_symbols(first.left) - state.announced, words))
        state.not_understood.update(aside)
        for symbol in (passing - said) | bounded | labels | entropies | unsettled:
            state.not_understood.pop(symbol, None)
        head = head_symbol(first.left)
        if head is not None and not at_single_place(first.left):
            state.determined.add(head)
        if told:
            symbol, kind = told
            state.assumptions.append(Comparison("=", first.left, first.right))
            if symbol not in state.announced:
                state.moments[symbol] = state.moments.get(symbol, frozenset()) | {kind}
        elif settable and first.relation in ("=", "<", "<=", ">", ">="):
            condition = Comparison(first.relation, first.left, first.right)
            if step.at.in_sentence:  # of all the values of a free index, and an interpretation draws one
                arrays = (s for s in indexed_freely(condition, state.sorts) if isinstance(state.sorts.get(s), Matrix))
                state.not_understood.update(dict.fromkeys(arrays, f"${step.text[:60]}$"))
            state.perhaps.extend(c for c in (condition,) if c not in state.perhaps)
        if step.at.in_sentence and (settable or self.relations_in_chain > 1):
            spaces = {slot.space for side in (first.left, first.right) for slot in values_at(side)}
            valued = (s for s in self.usage.averaged if symbols.base_name(s) in spaces)
            state.not_understood.update(dict.fromkeys(valued, f"${' '.join(step.text.split())[:60]}$"))

    def of_told_laws(self, names: set[str]) -> set[str]:
        """Return which of these names are variables whose laws are told by their probabilities, or tell these."""
        if not any(isinstance(told.left, Density) for told in self.state.assumptions):
            return set()
        spaces, others = told_names(self.state.scope())
        return {s for s in names if symbols.base_name(s) in spaces or s in others}

    def rested_on(self, reading: Reading) -> set[str]:
        """Return the names that a relation rests on, definitions followed."""
        if not self.state.moments:
            return set()
        reached = relevant(replace(self.state.scope(), assumptions=()), (reading.left, reading.right))[1]
        return {symbol for term in reached for symbol in used_symbols(term)}

    def asserted(self, at: Place, reading: Reading) -> bool:
        """Return whether a sentence claims a relation between declared names for sure."""
        if at.role != "claim" or not at.stated or (self.other_arithmetic and of_numbers(reading, self.state)):
            return False
        return of_numbers(reading, self.state) or (at.stated == "by reasoning" and is_about_the_same(reading))

    def law_claimed(self, step: Step, left: Member, right: Member) -> bool:
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

    def declare(self, at: Place, span: Span, formula: Span | None) -> None:
        """Report a declaration, and take what it says as if it stood in a sentence that begins with Let."""
        if formula is not None:
            self.take_declaration(at, formula)
        text = at.fragment.text[span.start : span.end]
        statement = Statement("declaration", text, span, (), self.state.scope())
        self.statements.append(PlacedStatement(statement, at.fragment, at.block))

    def take_declaration(self, at: Place, formula: Span) -> None:
        """Take what a formula says as if it stood in a sentence that begins with Let."""
        start = at.fragment.start + formula.start
        latex = at.fragment.text[formula.start : formula.end]
        for sentence in sentences((Words("Let ", start), Formula(latex, start), Words(".", start))):
            self.state.take(self.told_apart(harvest(sentence, self.prose_reader(), self.state.scope())))


def _names_what_is_new(first: Reading, found: Sequence[Reading]) -> bool:
    """Return whether a name alone is defined, whichever of the functions called \\sigma is meant on the right."""
    logistic = len(found) == 2 and any(r.condition == CONDITIONS[LOGISTIC] for r in found)
    return logistic and isinstance(first.left, Name | Entry) and not first.guess


def _names(nodes: Sequence[Node]) -> bool:
    """Return whether names stand in a formula: 0 = 2x - a sets what is before it to zero, and 0 = 1 does not."""
    return any(symbols.decorated(node) is not None for node in everything(nodes))


def _indices(reading: Reading) -> set[str]:
    """Return the names that stand as an index of an array."""
    entries = (t for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Entry))
    return {i.symbol for entry in entries for i in entry.indices if isinstance(i, Name)}


def _restricting(row: Row) -> Iterator[str]:
    """Yield the remarks of a row that may restrict it."""
    integral = any(leaf_text(node) == "\\int" for node in everything(row.nodes))
    yield from (words for words in remarks(row.nodes) if not (integral and is_symmetry(words)))


def _line_around(text: str, offset: int) -> Span:
    """Return the line of the text that an offset stands in, without white space at its ends."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    first = start + len(line) - len(line.lstrip())
    return Span(first, max(first + 1, start + len(line.rstrip())))
