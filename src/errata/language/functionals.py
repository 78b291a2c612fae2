"""Functionals of the note, L(q) and V(D, G), written out where they are applied to functions and laws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from errata.language import transport
from errata.language.definitions import rebuilt, renamed
from errata.language.laws import as_law, references
from errata.language.scope import Definition
from errata.language.terms import (
    Apply,
    Density,
    LawReference,
    Name,
    Negative,
    Product,
    Quotient,
    Slot,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
)

MAXIMAL_DEPTH = 8


def unfold_functionals(
    term: Term,
    definitions: Mapping[str, Definition],
    is_function: Callable[[str], bool],
    is_law: Callable[[str], bool],
    depth: int = MAXIMAL_DEPTH,
) -> Term:
    """Return the term with V(D, G), defined for functions or laws D and G, replaced by what it stands for.

    A function as an argument is a name for a name: the definition's body is taken with that name in place of
    its own. A law may also be a mixture: L(a q + (1 - a) r) takes the density a q(z) + (1 - a) r(z).
    """

    def unfold(part: Term, left: int = depth) -> Term:
        return unfold_functionals(part, definitions, is_function, is_law, left)

    defined = definitions.get(term.function.symbol) if isinstance(term, Apply) and not term.order else None
    if depth and isinstance(term, Apply) and defined is not None:
        body = _applied(defined, term.arguments, is_function, is_law)
        if body is not None:
            return unfold(body, depth - 1)
    return rebuilt(term, unfold)


def _applied(
    defined: Definition,
    arguments: Sequence[Term],
    is_function: Callable[[str], bool],
    is_law: Callable[[str], bool],
) -> Term | None:
    """Return the body for these arguments, None where none of them is a function or law."""
    if len(arguments) != len(defined.parameters) or defined.entry_wise:
        return None
    if transport.compares_laws(defined.body):
        arguments = [transport.point_mass(argument) or argument for argument in arguments]
    names = [_symbol(argument) for argument in arguments]
    laws = [None if name else _law(argument, is_law) for name, argument in zip(names, arguments, strict=True)]
    if any(not name and law is None for name, law in zip(names, laws, strict=True)):
        return None
    if not any(law is not None or is_function(name) or is_law(name) for name, law in zip(names, laws, strict=True)):
        return None
    body = defined.body
    held = [f"{own} of the functional" for own in defined.parameters]
    for own, mark in zip(defined.parameters, held, strict=True):
        body = renamed(body, own, mark)  # at once: L(q, r) may be taken at (r, q)
    for mark, name, law in zip(held, names, laws, strict=True):
        body = renamed(body, mark, name) if law is None else _with_law(body, mark, law)
    return body


def _law(argument: Term, is_law: Callable[[str], bool]) -> Term | None:
    law = as_law(argument)
    return law if law is not None and all(is_law(r.law.symbol) for r in references(law)) else None


def _symbol(argument: Term) -> str:
    if isinstance(argument, LawReference):
        return argument.law.symbol
    return argument.symbol if isinstance(argument, Name) else ""


def _with_law(term: Term, symbol: str, law: Term) -> Term:
    """Return the term with a law in place of the name of one."""
    match term:
        case Density(Name(own), values, given) if own == symbol:
            return _density(law, values, given)
        case LawReference(Name(own)) if own == symbol:
            return law
    return rebuilt(term, lambda part: _with_law(part, symbol, law))


def _density(law: Term, values: tuple[Slot, ...], given: tuple[Slot, ...]) -> Term:
    """Return the density of a law at points: of a mixture the mixture of densities."""
    match law:
        case LawReference(name):
            return Density(name, values, given)
        case StandardLaw() if len(values) == 1:
            return StandardDensity(values[0].value, law)
        case Sum(terms):
            return replace(law, terms=tuple(_density(t, values, given) for t in terms))
        case Product(factors):
            lawful = [isinstance(f, LawReference | StandardLaw) for f in factors]
            parts = tuple(
                _density(f, values, given) if is_law else f for f, is_law in zip(factors, lawful, strict=True)
            )
            return replace(law, factors=parts)
        case Quotient(numerator, _):
            return replace(law, numerator=_density(numerator, values, given))
        case Negative(inner):
            return replace(law, term=_density(inner, values, given))
    return law
