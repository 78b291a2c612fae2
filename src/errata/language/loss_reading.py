"""Losses that no formula gives, where they are differentiated: see `implied_dependence`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from errata.language.definition_reading import DefinitionReader
from errata.language.definitions import used_symbols
from errata.language.grammar import parse_syntax
from errata.language.implied_dependence import (
    derivatives,
    implied,
    is_certain,
    losses,
    other_way,
    speaks_of_more,
)
from errata.language.meaning import Meaning
from errata.language.sorts import Real
from errata.language.statements import Problem, Reading
from errata.language.syntax import Node
from errata.language.terms import Span, Term
from errata.language.tokens import NotUnderstood, tokenize
from errata.language.unsaid import fixed


class LossReader(DefinitionReader):
    """Takes losses for unknown functions of what the formulas before a place tell."""

    def suppose_losses(self, nodes: Sequence[Node]) -> None:
        """Let losses that no formula gives, and that these nodes differentiate, be what the formulas tell by now."""
        state = self.state
        for symbol in state.losses:
            state.definitions.pop(symbol, None)
            state.sorts.pop(state.losses[symbol].function, None)
        state.losses = {}
        if not self.surveyed.differentiated or next(derivatives(nodes), None) is None:
            return
        known = {symbol: list(self.meant(written)) for symbol, written in self.surveyed.differentiated.items()}
        scope = state.scope()
        for symbol, variables in losses(known, scope):
            loss = implied(symbol, variables, scope) if self.may_be_a_loss(symbol) else None
            if loss is not None:
                state.losses[symbol] = loss
                state.definitions[symbol] = loss.definition
                state.sorts[loss.function] = loss.sort

    def may_be_a_loss(self, symbol: str) -> bool:
        """Return whether nothing is said of a name but that it is a number."""
        state, usage = self.state, self.usage
        told = state.sorts.get(symbol) not in (None, Real()) or symbol in state.definitions or symbol in state.entries
        other = symbol in usage.laws or symbol in usage.functions or symbol in self.surveyed.given
        in_parts = any(symbol in used_symbols(d.body) for d in state.definitions.values())
        return not told and not other and not fixed(symbol, state) and (in_parts or not speaks_of_more(self.prose()))

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
