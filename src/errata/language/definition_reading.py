"""What formulas define: names, functions, laws and recursions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.language import components, symbols, unnormalised
from errata.language.conventions import defines_jsd_without_half
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.definitions import (
    definition,
    free_symbols,
    head_symbol,
    hidden_parameters,
    solved_deviation,
    used_symbols,
)
from errata.language.informed_variables import perhaps_entropy
from errata.language.later_members import of_any_member, only_values_told, with_any_members
from errata.language.likelihoods import likelihood_of
from errata.language.named_laws import standard_law
from errata.language.numbered_members import as_families
from errata.language.open_recursions import (
    AFTER_ANOTHER,
    backward_recursion_of,
    brings_names,
    first_member,
)
from errata.language.placed import Step
from errata.language.prose.harvested import Declared, Harvest
from errata.language.randomness import sets_law_at
from errata.language.recursions import may_start, plain, recursion_of, start_of
from errata.language.restricted_optima import perhaps_of_some
from errata.language.scope import Definition, Follows
from errata.language.sorts import Family, Law, Vector
from errata.language.state import follows, same_slots
from errata.language.statement_writing import StatementWriter
from errata.language.statements import Reading
from errata.language.terms import Density, Entry, Functional, Name, Term
from errata.language.told_probabilities import told_names
from errata.language.told_values import told_place
from errata.language.unsaid import (
    STRANGE,
    determined,
    fixed,
)


class DefinitionReader(StatementWriter):
    """Takes a relation as a definition where nothing fixes its left side yet."""

    def told_apart(self, found: Harvest) -> Harvest:
        """The numbers p_1, ..., p_k beside a law p(x) are another thing than the law: rename them."""
        taken = frozenset(self.state.announced | self.state.definitions.keys())
        found = components.collected(found, self.surveyed.whole, taken)
        found = as_families(found, self.usage.subscripts, self.usage.ranges, taken | self.state.entries.keys())
        found = with_any_members(found, self.usage.subscripts, taken | self.state.entries.keys())
        kept = {s for fact in found.facts if isinstance(fact, Follows) for s in (fact.name, *free_symbols(fact.law))}
        declarations = tuple(
            replace(d, symbol=symbols.compose(d.symbol, FAMILY_LABEL))
            if d.symbol not in kept
            and (
                (isinstance(d.sort, Family | Vector) and d.symbol in self.usage.laws and not self.is_column(d))
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

    def is_column(self, declared: Declared) -> bool:
        """Return whether a law is the column of its probabilities, p_i: no formula takes it at a point of a space."""
        column = isinstance(declared.sort, Vector) and declared.sort.simplex
        return column and not self.usage.laws[declared.symbol].all

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
                    self.state.not_understood.setdefault(name, AFTER_ANOTHER)

    def forget_first_members(self) -> None:
        """Take back what one claim alone made the start of a recursion."""
        for name in self.first_members:
            self.state.sorts.pop(name, None)
            self.state.not_understood.pop(name, None)
        self.first_members = set()

    def define(self, step: Step, kind: str, reading: Reading) -> bool:
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
        likelihood = likelihood_of(reading, self.state, self.surveyed.averaged, self.arrays.sorts.keys())
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
        place = told_place(left, right) if symbol not in self.state.definitions else None
        if place is not None:
            self.state.tell(place, right)
            self.emit("definition", step, (reading,), ())
            return True
        if symbol is None or symbol in self.state.definitions or self.is_told_by_recursion(reading.left):
            return False
        described = (step.at.in_sentence and self.is_only_described(symbol)) or self.is_only_begun(symbol)
        if kind != ":=" and determined(symbol, self.state) and not described:
            return False
        defined = definition(left, right)
        if defined is None or self.is_of_law(symbol, right):
            return False
        if isinstance(reading.left, Entry) and isinstance(defined, Definition):
            if self.limited.isdisjoint(defined.parameters):
                self.state.enter(defined)
            else:
                self.state.not_understood[symbol] = " ".join(step.text.split())[:60]
        elif (word := perhaps_of_some(defined, self.prose) or perhaps_entropy(defined, self.prose)) is not None:
            self.state.not_understood[symbol] = word
        elif isinstance(defined, Definition):
            self.state.enter(defined)
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

    def is_of_law(self, symbol: str, right: Term) -> bool:
        r"""Return whether a name is a parameter of the law of what it equals: \Sigma = E[(x - \mu)(x - \mu)^T]."""
        laws = (standard_law(name, self.state.scope()) for name in used_symbols(right))
        return any(law is not None and symbol in used_symbols(law) for law in laws)

    def is_told_by_recursion(self, left: Term) -> bool:
        """Return whether a recursion with a start tells what a member of a family is: its closed form is a claim."""
        if not isinstance(left, Entry) or not isinstance(left.array, Name):
            return False
        known = self.state.scope().recursions.get(left.array.symbol)
        return known is not None and bool(known.starts) and isinstance(left.indices[0], Name)

    def define_recursion(self, step: Step, reading: Reading) -> bool:
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

    def sets_probability(self, step: Step, reading: Reading) -> bool:
        """Return whether a chain begins with P(A = 1) = ..., of an A that nothing else is said of: it sets it so."""
        if not step.opening or self.relations_in_chain < 2 or not sets_law_at(reading.left, reading.right):
            return False
        state = self.state
        assert isinstance(reading.left, Density)
        spaces = {s.space for s in reading.left.values}
        if any(d.law == reading.left.law.symbol for d in state.densities) or spaces & state.spaces.keys():
            return False
        if spaces & told_names(state.scope())[0]:
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
