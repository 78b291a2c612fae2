r"""Equations that tell what a name is in passing: what stands under a brace, what a gradient is, what v satisfies."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language import symbols
from errata.language.brace_labels import labelled
from errata.language.chains import Proposition
from errata.language.definitions import free_symbols, used_symbols
from errata.language.implied_dependence import is_loss
from errata.language.loss_reading import LossReader
from errata.language.meaning import Meaning
from errata.language.placed import Step
from errata.language.scope import Definition
from errata.language.statements import Reading
from errata.language.terms import Derivative, Entry, Name
from errata.language.tokens import NotUnderstood
from errata.language.value_equations import value_equation


class EquationReader(LossReader):
    """Takes equations that define what nothing else tells, though their left side is more than a name."""

    def defines_derivative(self, step: Step, found: Sequence[Reading]) -> bool:
        r"""Take \delta_t = \partial L / \partial h_t for a definition, whatever L is; say whether it was one.

        And \nabla J(w) = \nabla f(w), where nothing else says what J is, for one of J.
        """
        first = found[0]
        if not (step.opening and len(found) == 1 and step.premise is None and isinstance(first.right, Derivative)):
            return False
        if isinstance(first.left, Derivative):
            alike = first.left.variable == first.right.variable and first.left.order == first.right.order
            return alike and self.define(step, "=", Reading("=", first.left.body, first.right.body))
        loss = first.right.body
        unknown = isinstance(loss, Name) and is_loss(loss.symbol) and self.may_be_a_loss(loss.symbol)
        return isinstance(first.left, Entry) and unknown and self.define(step, "=", first)

    def tells_value(self, step: Step, first: Reading, assumed: tuple[str, ...]) -> bool:
        """Take an equation for an unknown function for one that it satisfies; say whether it was one."""
        told = value_equation(first)
        if told is None or self.is_known(told[0]) or told[0] in self.state.announced | self.state.value_places.keys():
            return False
        self.state.value_places[told[0]] = told[1]
        self.state.announced.add(told[0])
        self.state.seen.update(free_symbols(first.left) | free_symbols(first.right))
        self.emit("definition", step, (first,), assumed)
        return True

    def name_parts(self, proposition: Proposition) -> None:
        """Take what stands under braces for what the names below them are, where nothing else says it."""
        for label, content in (part for member in proposition.members for part in labelled(member)):
            symbol = symbols.decorated(label)
            if symbol not in self.surveyed.labels - self.state.seen or self.is_known(symbol):
                continue
            try:
                name, body = (Meaning(self.knowledge()).expression(part) for part in ((label,), content))
            except NotUnderstood:
                continue
            if name == Name(symbol) and symbol not in used_symbols(body):
                self.state.enter(self.state.unfolded(Definition(symbol, (), body)))
                self.state.determined.add(symbol)
