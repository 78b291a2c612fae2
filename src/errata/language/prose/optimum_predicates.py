"""The meanings of phrases about what a formula determines (patterns in `optimum_frames`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.prose.equations import enter_columns
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.optimal_laws import optimal_law
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.prose.refine import LawOver
from errata.language.scope import Definition
from errata.language.sorts import Matrix
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Binder,
    Comparison,
    MatrixOperation,
    Name,
    Product,
    Term,
    Values,
)


def _optimum(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Define the subject as the place where the objective is least or greatest."""
    head = _new_name(subjects, notes)
    objective = _objective(said, notes)
    if head is None or objective is None:
        return False
    variable = _variable(said, head, objective, notes)
    if variable is None:
        return False
    body = Aggregate(_operation(said), Binder(Name(variable), Values()), objective)
    notes.definitions.append(Definition(head, (), body))
    return True


def _operation(said: Said) -> AggregateOperation:
    return "argmin" if said.token.groups["verb"].startswith("min") else "argmax"


def _optimal_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Define the one law that is spoken about, q*(m), as that for which the objective is greatest or least.

    The words of the phrase are all that may be said of it: "the Gaussian distribution that ..." is another one.
    """
    objective = _objective(said, notes)
    if objective is None or len(subjects) != 1 or notes.is_defined(subjects[0].symbol):
        return False
    known = (*notes.scope.definitions.values(), *notes.definitions)
    found = optimal_law(subjects[0], _operation(said), objective, known)
    if found is None or not notes.give(replace(subjects[0], given=()), LawOver(())):
        return False
    notes.definitions.append(found)
    return True


def _objective(said: Said, notes: Notebook) -> Term | None:
    """Return what is minimised: a term, the right side of an equation that names it, or a defined function's body."""
    latex = said.latex("objective")
    chain = notes.read.relation(latex)
    term = chain[-1].right if chain else notes.read.term(latex)
    if isinstance(term, Name):
        known = (*notes.definitions, *notes.scope.definitions.values())
        return next((d.body for d in known if d.symbol == term.symbol and len(d.parameters) == 1), term)
    return term


def _variable(said: Said, head: str, objective: Term, notes: Notebook) -> str | None:
    """Return the name that runs: the one that is said, else the only one nothing is known of, or the head's own."""
    free = free_symbols(objective)
    told = {s.symbol for s in said.subjects("over")}
    if "over" in said.token.groups:
        return told.pop() if len(told) == 1 and told <= free else None
    base = base_name(head)
    if base != head and base in free and not notes.is_defined(base):
        return base
    unknown = [s for s in free if notes.sort_of(s) is None and not notes.is_defined(s) and s != head]
    return unknown[0] if len(unknown) == 1 else None


def _least_norm(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Define the subject as the shortest solution of A x = b, where one is sure to exist."""
    head, equation = _new_name(subjects, notes), _equation(said, notes)
    if head is None or equation is None:
        return False
    match equation.left:
        case Product((Name(matrix), Name(unknown))) if unknown == head or base_name(head) == unknown:
            sort = notes.sort_of(matrix)
            if not isinstance(sort, Matrix) or not sort.properties & {"full rank", "invertible"}:
                return False
            body = Product((MatrixOperation("pseudo_inverse", (Name(matrix),)), equation.right))
            notes.definitions.append(Definition(head, (), body))
            return True
    return False


def _solution(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Assume the equation of the subjects that it mentions."""
    equation = _equation(said, notes)
    if equation is None or not subjects:
        return False
    free = free_symbols(equation.left) | free_symbols(equation.right)
    if not all(s.symbol in free and not s.indices and s.arguments is None for s in subjects):
        return False
    notes.assume(equation)
    enter_columns(equation, notes)
    return True


def _equation(said: Said, notes: Notebook) -> Comparison | None:
    """Return the equation of a phrase, which is no claim then."""
    chain = notes.read.relation(said.latex("equation"))
    if chain is None or len(chain) != 1 or chain[0].relation != "=":
        return None
    numbers = formulas_in(said.token.groups["equation"])
    notes.consumed.update(said.formulas[k].start for k in numbers)
    return chain[0]


def _new_name(subjects: Sequence[Subject], notes: Notebook) -> str | None:
    """Return the one plain name that is spoken about, where nothing defines it yet."""
    if len(subjects) != 1 or subjects[0].indices or subjects[0].sizes or subjects[0].arguments is not None:
        return None
    symbol = subjects[0].symbol
    return None if notes.is_defined(symbol) else symbol


OPTIMUM_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {"optimum": _optimum, "optimal law": _optimal_law, "least norm": _least_norm, "solution": _solution}
)
