"""Derivatives and values at a point of lowered terms in SymPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from sympy.core.function import AppliedUndef

from errata.language.sorts import Law
from errata.language.terms import Apply, Density, Derivative, Entry, LawReference, Name, Term, subterms
from errata.verify.sympy_terms import CannotEncode, base_of, free_symbols
from errata.verify.sympy_values import Environment, PointValue, Value, entrywise, is_matrix, scalar

if TYPE_CHECKING:
    from errata.verify.sympy_evaluate import Evaluator


def derivative(evaluator: Evaluator, term: Derivative, env: Environment) -> Value:
    """Return a derivative by a number, vector or matrix whose entries are free. Raises CannotEncode."""
    variable = evaluator.evaluate(term.variable, env)
    _refuse_hidden_dependence(evaluator, term)
    body = evaluator.number(term.body, env)
    if is_matrix(variable):
        if term.order != 1:
            raise CannotEncode("a second derivative by a vector or matrix")
        cells = list(variable)
        if not all(_is_variable(cell) for cell in cells) or len(set(cells)) != len(cells):
            raise CannotEncode("a derivative by something whose entries are not free")
        if is_matrix(body):
            if variable.cols != 1 or body.cols != 1:
                raise CannotEncode("a derivative of a matrix by a matrix")
            return sympy.ImmutableMatrix([[sympy.diff(part, cell) for part in body] for cell in cells])
        return sympy.ImmutableMatrix(
            variable.rows, variable.cols, lambda i, j: sympy.diff(scalar(body), variable[i, j])
        )
    if isinstance(variable, PointValue) or not _is_variable(variable):
        raise CannotEncode("a derivative by something that is no free variable here")
    return entrywise(body, lambda part: sympy.diff(part, variable, term.order))


def _refuse_hidden_dependence(evaluator: Evaluator, term: Derivative) -> None:
    """Refuse derivatives of what may depend on the variable without saying so."""
    if isinstance(term.variable, Apply):
        return
    base = term.variable
    while isinstance(base, Entry):
        base = base.array
    if not isinstance(base, Name):
        raise CannotEncode("a derivative by something that is no variable")
    mentioned = set(free_symbols(term.body))
    for part in subterms(term.body):
        if isinstance(part, Density | LawReference):
            sort = evaluator.scope.sorts.get(part.law.symbol)
            own = set(sort.parameters) if isinstance(sort, Law) else set()
            mentioned |= own
            if base.symbol in part.law.symbol.partition("_")[2] and base.symbol not in own and not part.parameters:
                raise CannotEncode(f"whether {part.law.symbol} depends on {base.symbol}")
        elif isinstance(part, Apply) and base.symbol in part.function.symbol.partition("_")[2]:
            raise CannotEncode(f"whether {part.function.symbol} depends on {base.symbol}")
    if base.symbol not in mentioned:
        raise CannotEncode(f"a derivative by {base_of(base.symbol)} of something that does not mention it")


def at(evaluator: Evaluator, body: Term, symbol: str, value: Term, env: Environment) -> Value:
    """Return the body with a variable replaced by a value. Raises CannotEncode."""
    replacement = evaluator.evaluate(value, env)
    if isinstance(replacement, PointValue):
        return evaluator.number(body, {**env, symbol: replacement})
    if is_matrix(replacement):
        raise CannotEncode("a vector is put in for a variable")
    variable = evaluator.symbols.symbol(symbol, evaluator.scope.sorts.get(symbol))
    inside = evaluator.number(body, {**env, symbol: variable})
    return entrywise(inside, lambda part: part.subs(variable, scalar(replacement)))


def _is_variable(value: Value) -> bool:
    return isinstance(value, sympy.Symbol | AppliedUndef)
