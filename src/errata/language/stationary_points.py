r"""What a formula claims that a sentence announces: "setting the gradient of $E$ by $w$ to zero, we obtain".

The formula says what the name is then, and rests on that equation; or it says where a function is least or greatest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from errata.language import symbols
from errata.language.chains import Proposition
from errata.language.conditions_in_words import Restriction
from errata.language.definitions import free_symbols, renamed
from errata.language.inference import relevant
from errata.language.optimum_words import Announcement
from errata.language.printer import to_latex
from errata.language.prose_reader import ProseReader
from errata.language.scope import Definition, DensityDefinition
from errata.language.sides import Member
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Binder,
    Comparison,
    Density,
    Derivative,
    Name,
    Number,
    Slot,
    Term,
    Values,
    subterms,
)

ONE_OF_SEVERAL = "if one of several stationary points is meant"


@dataclass(frozen=True, slots=True)
class Found:
    """What an announced formula claims.

    readings: the claims. premise: the equation that they rest on, None where they say what an extremum is. name: what
    is found, which stands for the variable. defined: what the name is from then on, where a formula says.
    """

    readings: tuple[Reading, ...]
    premise: Comparison | None
    name: str
    variable: str
    defined: Definition | None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What the words of a note have turned from: "the derivative" that names no function means none of it any more.

    functions, laws: those given by formulas before. head: the first member of the chain before.
    """

    functions: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
    laws: tuple[DensityDefinition, ...] = ()
    head: Member | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where an announcement stands.

    before: the first member of the chain before, and vanishes: that chain ends in a zero. constrained: constraints are
    spoken of. restrictions: conditions in the words of the announcement, which are none of what it finds. behind: what
    it does not mean where it names no function.
    """

    announcement: Announcement
    before: Term | None
    vanishes: bool
    constrained: bool
    restrictions: tuple[Restriction, ...]
    behind: LeftBehind


def found_there(written: Sequence[Reading], context: Context, read: ProseReader, state: State) -> Found | None:
    """Return what a formula claims where a sentence announces it; None where it is about something else."""
    first, announcement = written[0], context.announcement
    if first.relation != "=":
        return None
    if announcement.extremum in ("argmin", "argmax"):
        return None if context.constrained else _extremum(written, context, read, state)
    premise = _premise(first, context, read, state)
    return None if premise is None else _solved(written, premise, state)


def solved_for(variable: str, written: Sequence[Reading], premise: Comparison, state: State) -> Found | None:
    r"""Return the claim of "... = 0 \implies \hat\mu = ...": the estimate solves the equation for \mu."""
    first = written[0]
    if first.relation != "=" or not isinstance(first.left, Name) or works_out(first):
        return None
    head = first.left.symbol
    if not _is_new(head, variable, state) or variable in _rests_on(first.right, state):
        return None
    readings = tuple(_under(premise, r, head, variable) for r in written)
    return Found(readings, premise, head, variable, Definition(head, (), first.right))


def vanishing(head: Member | None, words: str) -> tuple[Restriction, ...]:
    """Return what a chain that ends in zero sets: it holds only where the derivative that it begins with is zero."""
    derivative = None if head is None else _derivative(head.term)
    if derivative is None or not isinstance(derivative.variable, Name):
        return ()
    about = (derivative.variable.symbol,)
    return (Restriction(words, "anything", lasting=False, universal=False, names=about),)


def has_alternatives(propositions: Sequence[Proposition]) -> bool:
    """Return whether formulas say more than once what one name is: "x = 1, x = -1"."""
    heads = [symbols.decorated(p.members[0][0]) for p in propositions if len(p.members[0]) == 1]
    return len(heads) > len(set(heads))


def works_out(reading: Reading) -> bool:
    """Return whether a formula works a derivative out, which holds everywhere."""
    return any(isinstance(t, Derivative) for side in (reading.left, reading.right) for t in subterms(side))


def _extremum(written: Sequence[Reading], context: Context, read: ProseReader, state: State) -> Found | None:
    """Return the claim that a name is the place where a function is least or greatest."""
    match written[0].left:
        case Name(head):
            variable = _variable_of(head, state)
        case _:
            return None
    if variable is None or (head != variable and not _is_new(head, variable, state)):
        return None
    _, reached = relevant(state.scope(), [written[0].right])
    latex = _objective(context, variable, read, state)
    objective = None if latex is None else read.term(latex)
    if objective is None or any(variable in free_symbols(term) for term in reached):
        return None
    operation: Literal["argmin", "argmax"] = "argmax" if context.announcement.extremum == "argmax" else "argmin"
    place = Aggregate(operation, Binder(Name(variable), Values()), objective)
    readings = tuple(replace(r, left=place) for r in written)
    return Found(readings, None, head, variable, Definition(head, (), written[0].right))


def _premise(first: Reading, context: Context, read: ProseReader, state: State) -> Comparison | None:
    """Return the equation that the announcing sentence sets: a derivative is zero."""
    announcement = context.announcement
    if announcement.equation is not None:
        return _vanishing(announcement.equation, read)
    if announcement.variable is None and announcement.objective is None:
        derivative = _derivative(context.before)
        if derivative is not None and (context.vanishes or announcement.extremum != "following"):
            return Comparison("=", derivative, Number(Fraction(0)))
    if announcement.extremum == "following":
        return None
    if announcement.variable is None and context.constrained:
        return None
    variable = announcement.variable or _told_by(first, state)
    objective = None if variable is None else _objective(context, variable, read, state)
    if objective is None:
        return None
    chain = read.relation(rf"\frac{{\partial}}{{\partial {variable}}} \left[{objective}\right] = 0")
    if chain is None or len(chain) != 1 or not any(isinstance(t, Derivative) for t in subterms(chain[0])):
        return None
    return chain[0]


def _vanishing(latex: str, read: ProseReader) -> Comparison | None:
    """Return the equation of a formula that sets a derivative to zero."""
    chain = read.relation(latex)
    if chain is None or chain[-1].relation != "=" or chain[-1].right != Number(Fraction(0)):
        return None
    derivative = _derivative(chain[0].left)
    return None if derivative is None else Comparison("=", derivative, Number(Fraction(0)))


def _derivative(term: Term | None) -> Derivative | None:
    """Return a term as the derivative that it is, by a name: a gradient, or a function with a prime."""
    match term:
        case Derivative(_, Name(), 1):
            return term
        case Apply(function, (Name() as variable,), parameters, 1):
            return Derivative(Apply(function, (variable,), parameters), variable)
    return None


def _told_by(first: Reading, state: State) -> str | None:
    """Return the LaTeX of the variable that a formula finds, which the sentence does not name."""
    match first.left:
        case Name(head):
            variable = _variable_of(head, state)
        case _:
            here = free_symbols(first.left) | free_symbols(first.right)
            parameters = here & {p for d in state.definitions.values() for p in d.parameters}
            variable = parameters.pop() if len(parameters) == 1 else None
    return None if variable is None else to_latex(Name(variable))


def _variable_of(head: str, state: State) -> str | None:
    """Return the parameter of the note's functions that a name is a value of: w for w, w^*, \\hat{w}."""
    parameters = {p for d in state.definitions.values() for p in d.parameters}
    if head in parameters:
        return head
    alike = {p for p in parameters if base_name(p) == base_name(head)}
    return alike.pop() if len(alike) == 1 else None


def _objective(context: Context, variable: str, read: ProseReader, state: State) -> str | None:
    """Return the LaTeX of the function that is differentiated, or least."""
    announcement = context.announcement
    if announcement.objective is not None:
        return _applied(announcement.objective, read, state)
    return _only_objective(variable, read, state, context.behind, logarithm=announcement.logarithm)


def _applied(objective: str, read: ProseReader, state: State) -> str:
    """Return a function that is named without its arguments with these, and of an equation what the name stands for."""
    equation = read.relation(objective)
    if equation:
        return to_latex(equation[-1].right)
    names = read.names(objective)
    defined = state.definitions.get(names[0]) if len(names) == 1 else None
    if defined is None or not defined.parameters:
        return objective
    return f"{objective}({', '.join(to_latex(Name(p)) for p in defined.parameters)})"


def _only_objective(
    variable: str, read: ProseReader, state: State, behind: LeftBehind, *, logarithm: bool
) -> str | None:
    """Return the one function of the variable that the note has given by a formula, and not turned from since."""
    names = read.names(variable)
    given = {s: d for s, d in state.definitions.items() if behind.functions.get(s) is not d}
    functions = [s for s, d in given.items() if d.parameters and set(names) & set(d.parameters)]
    laws = [d for d in state.densities if not any(d is law for law in behind.laws)]
    written = [to_latex(density) for density, symbol in state.likelihoods.items() if symbol in functions]
    plain = [s for s in functions if s not in state.likelihoods.values()]
    written += [_density(d, logarithm=logarithm) for d in laws if set(names) & free_symbols(d.body)]
    found = [*written, *(_applied(to_latex(Name(s)), read, state) for s in plain)]
    return found[0] if len(names) == 1 and len(found) == 1 else None


def _density(density: DensityDefinition, *, logarithm: bool) -> str:
    """Return a law given by a formula, or its logarithm."""
    values, given = (tuple(Slot(s, Name(v)) for s, v in pairs) for pairs in (density.values, density.given))
    law = to_latex(Density(Name(density.law), values, given))
    return rf"\ln {law}" if logarithm else law


def _solved(written: Sequence[Reading], premise: Comparison, state: State) -> Found | None:
    """Return the claim that the premise makes a name what is written; None where it is not about its variable."""
    variables = [t.variable for t in subterms(premise) if isinstance(t, Derivative)]
    if len(variables) != 1 or not isinstance(variables[0], Name):
        return None
    first, over = written[0], variables[0].symbol
    if works_out(first):
        return None
    explicit = over not in _rests_on(first.right, state)
    match first.left:
        case Name(head) if head == over:
            name, defined = (
                head,
                Definition(head, (), first.right) if explicit and head not in state.announced else None,
            )
        case Name(head) if _is_new(head, over, state) and explicit:
            name, defined = head, Definition(head, (), first.right)
        case left if over in free_symbols(left) | free_symbols(first.right) and not isinstance(left, Name):
            name, defined = over, None
        case _:
            return None
    readings = tuple(_under(premise, r, name, over) for r in written)
    if explicit and isinstance(first.left, Name):
        readings += tuple(_at(premise, r, variables[0]) for r in written)
    return Found(readings, premise, name, over, defined)


def _under(premise: Comparison, reading: Reading, name: str, variable: str) -> Reading:
    """Return the claim that a premise brings a reading about, with the variable in place of the name."""
    left, right = (renamed(side, name, variable) for side in (reading.left, reading.right))
    return replace(reading, relation="=>", left=premise, right=Comparison(reading.relation, left, right))


def _rests_on(term: Term, state: State) -> set[str]:
    """Return the names that a term rests on by definitions; what samples were drawn from does not count."""
    waiting, found = [term], set[str]()
    while waiting:
        fresh = free_symbols(waiting.pop()) - found
        found |= fresh
        waiting.extend(state.definitions[s].body for s in fresh if s in state.definitions)
    return found


def _at(premise: Comparison, reading: Reading, variable: Name) -> Reading:
    """Return the claim that the premise holds at what is found, which may be one of several such points."""
    return Reading("=", At(premise.left, variable, reading.right), premise.right, ONE_OF_SEVERAL)


def _is_new(head: str, over: str, state: State) -> bool:
    """Return whether a name is a decorated form of the variable of which nothing is known."""
    known = state.announced | state.definitions.keys() | state.determined
    return base_name(head) == base_name(over) and head not in known
