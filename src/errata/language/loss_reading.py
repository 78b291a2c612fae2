"""Losses that no formula gives, where they are differentiated: see `implied_dependence`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from errata.language.definition_reading import DefinitionReader
from errata.language.definitions import definition, head_symbol, used_symbols
from errata.language.grammar import parse_syntax
from errata.language.implied_dependence import (
    MOST_DEFINITIONS,
    Implied,
    derivatives,
    implied,
    is_certain,
    is_loss,
    losses,
    other_way,
)
from errata.language.layer_shapes import given_sorts, layer_sorts
from errata.language.loss_members import Given, Named, members_of, named, unfolded, with_last_members
from errata.language.meaning import Meaning
from errata.language.open_recursions import stand_free
from errata.language.scope import Definition
from errata.language.sorts import Real
from errata.language.statements import Problem, Reading
from errata.language.syntax import Node
from errata.language.terms import Derivative, Entry, Name, Span, Term, subterms
from errata.language.tokens import NotUnderstood, tokenize
from errata.language.unsaid import fixed


class LossReader(DefinitionReader):
    """Takes losses for unknown functions of what the formulas before a place tell."""

    def suppose_losses(self, nodes: Sequence[Node]) -> None:
        """Let losses that no formula gives, and that these nodes differentiate, be what the formulas tell by now."""
        state = self.state
        for symbol in self.supposed:
            state.definitions.pop(symbol, None)
            state.sorts.pop(symbol, None)
        state.losses, self.supposed = {}, set()
        if not self.surveyed.differentiated or next(derivatives(nodes), None) is None:
            return
        if len(state.definitions) + len(state.entries) > MOST_DEFINITIONS:
            return
        known = {symbol: list(self.meant(written)) for symbol, written in self.surveyed.differentiated.items()}
        scope = state.scope()
        for symbol, variables in losses(known, scope):
            loss = implied(symbol, variables, scope) if self.may_be_a_loss(symbol) else None
            if loss is not None:
                self.suppose(loss)

    def by_members(self, found: tuple[Reading, ...], again: Callable[[], tuple[Reading, ...]]) -> tuple[Reading, ...]:
        """Return readings with the members by which losses are differentiated as names of their own.

        again: reads the relation once more. The formulas of these families are then left as they are written.
        """
        state = self.state
        sides = [side for reading in found for side in (reading.left, reading.right)]
        if not any(isinstance(t, Derivative) for side in sides for t in subterms(side)):
            return found
        if len(state.definitions) + len(state.entries) > MOST_DEFINITIONS:
            return found
        families = self.families()
        loss = self.spoken_of_by_members(found, families)
        if loss is None:
            return found
        sides = _sides(found, families)
        moved = {m.array.symbol for m in members_of(loss, sides) if isinstance(m.array, Name)}
        given = {s: d for s, d in families.items() if s in moved}
        others = {s: d for s, d in {**state.definitions, **families}.items() if s not in moved}
        written = [d.body for d in families.values() if loss not in used_symbols(d.body)]
        kept_names = {loss, *state.definitions, *_indices_of(families)}
        arrays, entrywise = self.surveyed.arrays, self.surveyed.told.entrywise
        known = {**state.sorts, **given_sorts(families, state.scope())}
        shapes = layer_sorts([*sides, *written], known, kept_names, arrays=arrays, entrywise=entrywise)
        if shapes is None:
            return found
        shapes.update({s: sort for s, sort in known.items() if s not in state.sorts})
        state.sorts.update(shapes)
        kept = state.entries
        state.entries = {s: d for s, d in kept.items() if s not in moved}
        try:
            by_names = [self.by_names(reading, loss, given, others) for reading in again()]
        finally:
            state.entries = kept
        told = [each for each in by_names if each is not None]
        if not told or len(told) < len(by_names):
            for symbol in shapes:
                del state.sorts[symbol]
            return found
        self.suppose(told[0][1].loss, told[0][1].definitions)
        self.supposed |= shapes.keys()
        return tuple(reading for reading, _ in told)

    def by_names(self, reading: Reading, loss: str, given: Given, others: Given) -> tuple[Reading, Named] | None:
        """Return a reading with names for members, and these; None where it is not clear what a loss depends on."""
        left, right = (unfolded(side, others) for side in _sides([reading], {**given, **others}))
        if left is None or right is None:
            return None
        found = named(loss, (left, right), given, others, self.is_end)
        if found is None:
            return None
        written = replace(reading, left=found.written(left), right=found.written(right))
        terms = [written.left, written.right, *(d.body for d in found.definitions)]
        return (written, found) if stand_free(terms, self.state.scope().recursions.values()) else None

    def keep_as_written(self, defined: Reading, again: Callable[[], tuple[Reading, ...]]) -> None:
        """Keep a definition as it is written, where families stand in it that are defined themselves."""
        state = self.state
        symbol = head_symbol(defined.left)
        if not self.surveyed.differentiated or not state.entries or not isinstance(defined.left, Entry | Name):
            return
        kept = state.entries
        state.entries = {}
        try:
            first = again()[0]
        finally:
            state.entries = kept
        written = definition(first.left, first.right)
        if isinstance(written, Definition) and symbol is not None and written.symbol == symbol:
            state.as_written[symbol] = written

    def families(self) -> dict[str, Definition]:
        """Return what formulas give of members, by families: as they are written, with other families in them."""
        state = self.state
        open_ones = (r for r in state.scope().recursions.values() if not r.starts)
        recursions = {r.symbol: Definition(r.symbol, (r.index,), r.body) for r in open_ones}
        known = {**state.entries, **recursions}
        return {**known, **{s: d for s, d in state.as_written.items() if s in known}}

    def spoken_of_by_members(self, found: Sequence[Reading], families: Collection[str]) -> str | None:
        """Return the one loss, which no formula gives, that readings differentiate by members of families."""
        sides = _sides(found, families) if families else []
        bodies = {t.body for side in sides for t in subterms(side) if isinstance(t, Derivative)}
        names = sorted({b.symbol for b in bodies if isinstance(b, Name) and is_loss(b.symbol)})
        asked = [s for s in names if s in self.surveyed.differentiated]
        spoken = [s for s in asked if members_of(s, sides) and self.may_be_a_loss(s)]
        return spoken[0] if len(spoken) == 1 and not self.state.losses else None

    def is_end(self, index: str) -> bool:
        """Return whether a letter is that of the last member of a family: the T of h_T."""
        return index.isupper() or index in self.usage.range_ends

    def suppose(self, loss: Implied, definitions: Sequence[Definition] = ()) -> None:
        """Let a loss be an unknown function, for this relation."""
        state = self.state
        state.losses[loss.symbol] = loss
        state.sorts[loss.function] = loss.sort
        self.supposed.add(loss.function)
        for defined in (loss.definition, *definitions):
            state.definitions[defined.symbol] = defined
            self.supposed.add(defined.symbol)

    def may_be_a_loss(self, symbol: str) -> bool:
        """Return whether nothing is said of a name but that it is a number."""
        state, usage = self.state, self.usage
        told = state.sorts.get(symbol) not in (None, Real()) or symbol in state.definitions or symbol in state.entries
        other = symbol in usage.laws or symbol in usage.functions or symbol in self.surveyed.given
        other |= symbol in self.surveyed.directions
        in_parts = any(symbol in used_symbols(d.body) for d in state.definitions.values())
        return not told and not other and not fixed(symbol, state) and (in_parts or not self.surveyed.told.more)

    def of_losses(self, reading: Reading, span: Span) -> Problem | None:
        """Return why a reading cannot be judged that speaks of losses which no formula gives."""
        scope, both = self.state.scope(), (reading.left, reading.right)
        for loss in self.state.losses.values():
            other = other_way(loss, both, scope)
            if other is not None:
                words = f"whether {loss.symbol} depends on {other} is not said"
                return Problem(words, span, f"define {loss.symbol}, or say what it is a function of")
        return None

    def meant(self, variables: Iterable[str]) -> Iterator[Term]:
        """Yield what variables of derivatives mean here, as far as they are read."""
        for latex in variables:
            try:
                yield Meaning(self.knowledge()).expression(parse_syntax(tokenize(latex)))
            except NotUnderstood:
                continue

    def doubtful_losses(self, found: Sequence[Reading]) -> dict[str, str]:
        """Return the unknown functions on which no refutation may rest, with the reason."""
        scope = self.state.scope()
        return {
            loss.function: f"what else {loss.symbol} depends on is not said"
            for loss in self.state.losses.values()
            if not all(is_certain(loss, (reading.left, reading.right), scope) for reading in found)
        }


def _indices_of(families: Mapping[str, Definition]) -> set[str]:
    return {parameter for defined in families.values() for parameter in defined.parameters}


def _sides(found: Sequence[Reading], families: Collection[str]) -> list[Term]:
    return [with_last_members(side, families) for reading in found for side in (reading.left, reading.right)]
