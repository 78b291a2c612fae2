"""Equations of a note held against those of a reference: the same up to renaming, another, or not to be compared.

An equation is the reference's where, renamed, it says of the same left side what is right there: that is judged as
any claim, under what the reference declares. It differs where every renaming makes it wrong. Anything less is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from errata.language.inference import complete
from errata.language.printer import relation_to_text
from errata.language.reading import overlook
from errata.language.scope import Scope
from errata.language.statements import Reading, Statement
from errata.language.terms import Apply, Density, Entry, Name, Slot, Term
from errata.notes.document import Document
from errata.verify.judge import judge
from errata.verify.reference.renaming import Renaming, renamings
from errata.verify.verdict import Compared

RIGHT = ("proved", "holds")
MOST_TRIED = 60


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides and what is known where they stand."""

    left: Term
    right: Term
    scope: Scope


def compare(statements: Sequence[Statement], reference: Document, seed: int) -> list[Compared]:
    """Hold the statements of a note against those of a reference, in order; a name keeps its counterpart.

    reference: a document that declares all its names, as those of the library do.
    """
    others = tuple(equations_of(reference))
    known = Renaming()
    found = []
    for statement in statements:
        compared, known = _compared(statement, others, known, seed)
        found.append(compared)
    return found


def equations_of(document: Document) -> Iterator[Equation]:
    """Yield the equations of a document: those that its sentences define, and those that stand in it."""
    reader = overlook(document).read()
    scope = reader.state.scope()
    for left, right in _defined(scope):
        yield Equation(left, right, complete(scope, reader.knowledge(), (left, right))[0])
    for item in reader.statements:
        for reading in item.statement.readings[:1]:
            if reading.relation == "=":
                yield Equation(reading.left, reading.right, item.statement.scope)


def _defined(scope: Scope) -> Iterator[tuple[Term, Term]]:
    for symbol, definition in scope.definitions.items():
        names = tuple(Name(p) for p in definition.parameters)
        if definition.entry_wise:
            yield Entry(Name(symbol), names), definition.body
        else:
            yield (Apply(Name(symbol), names) if names else Name(symbol)), definition.body
    for recursion in scope.recursions.values():
        yield Entry(Name(recursion.symbol), (Name(recursion.index),)), recursion.body
    for density in scope.densities:
        values, given = (tuple(Slot(space, Name(v)) for space, v in slots) for slots in (density.values, density.given))
        yield Density(Name(density.law), values, given), density.body
    for assumption in scope.assumptions:
        if assumption.relation == "=":
            yield assumption.left, assumption.right


def _compared(
    statement: Statement, others: Iterable[Equation], known: Renaming, seed: int
) -> tuple[Compared, Renaming]:
    if not statement.readings or statement.readings[0].relation != "=":
        return Compared("open", "it is no equation"), known
    reading = statement.readings[0]
    own = (reading.left, reading.right)
    pairs = (
        (other, renaming)
        for other in others
        for renaming in renamings(own, statement.scope, (other.left, other.right), other.scope, known)
    )
    first, verdicts = "", []
    for other, renaming in islice(pairs, MOST_TRIED):
        verdicts.append(_verdict(statement, other, renaming, seed))
        if verdicts[-1] in RIGHT:
            return Compared("same"), renaming
        first = first or relation_to_text(Reading("=", other.left, other.right)) + renaming.words()
    if not verdicts:
        return Compared("open", "nothing there has this left side"), known
    return Compared("differs" if set(verdicts) == {"wrong"} else "open", f"there it is {first}"), known


def _verdict(statement: Statement, other: Equation, renaming: Renaming, seed: int) -> str:
    """Return the verdict on the note's right side as what the reference's left side is worth."""
    sorts = dict(other.scope.sorts)
    for symbol, name in renaming.symbols.items():
        if symbol in statement.scope.sorts:
            sorts.setdefault(name, statement.scope.sorts[symbol])
    scope = replace(other.scope, sorts=MappingProxyType(sorts))
    reading = Reading("=", other.left, renaming.applied(statement.readings[0].right))
    claim = Statement("claim", statement.text, statement.span, (reading,), scope)
    return judge(claim, seed, reasons=False).verdict
