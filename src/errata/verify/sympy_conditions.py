"""What the notes assume, met by exact numbers: names that equations explain, equations solved, the rest by chance."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

import sympy

from errata.language.scope import Scope
from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Comparison, MatrixOperation, Name, Number, Power, Product, Relation, Term
from errata.verify.sympy_draws import Point, is_inside, orthonormal_rows
from errata.verify.sympy_encoding import compared
from errata.verify.sympy_evaluate import Evaluator
from errata.verify.sympy_exact import outcome
from errata.verify.sympy_terms import CannotEncode, OutOfRange, free_symbols
from errata.verify.sympy_values import Expression, is_matrix
from errata.verify.sympy_zero import Deadline


class NotMet(Exception):
    """Numbers that do not meet what the notes assume."""


def explained(condition: Comparison, scope: Scope) -> tuple[str, Term] | None:
    """Return the name that an equation explains, and by what: c = |g|, Cov[z] = V."""
    if condition.relation != "=":
        return None
    for name, value in ((condition.left, condition.right), (condition.right, condition.left)):
        if not isinstance(name, Name) or name.symbol in set(free_symbols(value)):
            continue
        sort = scope.sorts.get(name.symbol)
        if isinstance(sort, Vector | Matrix) or (isinstance(sort, Real) and not sort.integer):
            return name.symbol, value
    return None


def meet(
    assumed: Sequence[Comparison],
    premises: Sequence[Comparison],
    evaluator: Evaluator,
    point: Point,
    deadline: Deadline,
) -> None:
    """Make what is assumed hold at this point. Raises NotMet where it does not.

    An assumption that cannot be evaluated is left out: so less is shown, never more. A premise must be.
    """
    evaluator.known.clear()
    conditions = sorted((*assumed, *premises), key=lambda condition: condition.relation != "=")
    for condition in conditions:
        with suppress(CannotEncode, OutOfRange):
            _explain(condition, evaluator, point)
    for condition in conditions:
        with suppress(CannotEncode, OutOfRange):
            _make_orthonormal(condition, evaluator, point)
        try:
            claims = list(compared(condition.relation, condition.left, condition.right, evaluator, ()))
        except CannotEncode:
            if condition in premises:
                raise
            continue
        for claim in claims:
            if claim.relation == "=" and point.solve(claim.left - claim.right):
                continue
            _require(claim.relation, point.settle(claim.left), point.settle(claim.right), deadline)


def _explain(condition: Comparison, evaluator: Evaluator, point: Point) -> None:
    found = explained(condition, evaluator.scope)
    if found is None or found[0] in evaluator.known:
        return
    symbol, term = found
    value = evaluator.number(term, {})
    sort = evaluator.scope.sorts.get(symbol)
    if isinstance(sort, Real) and not is_inside(point.settle(value), sort):
        raise NotMet
    if isinstance(sort, Matrix) and sort.properties and is_matrix(value):
        _require_properties(sort.properties, value, point)
    evaluator.known[symbol] = value


def _require_properties(properties: frozenset[str], value: Expression, point: Point) -> None:
    if properties - {"symmetric", "positive definite", "positive semidefinite", "invertible"}:
        raise NotMet
    settled = value.applyfunc(point.settle)
    symmetric = properties & {"symmetric", "positive definite", "positive semidefinite"}
    if symmetric and not (settled - settled.T).is_zero_matrix:
        raise NotMet
    if "positive definite" in properties and not settled.is_positive_definite:
        raise NotMet
    if "positive semidefinite" in properties and not settled.is_positive_semidefinite:
        raise NotMet
    if "invertible" in properties and settled.det() == 0:
        raise NotMet


def _make_orthonormal(condition: Comparison, evaluator: Evaluator, point: Point) -> None:
    """Draw a matrix with orthonormal rows (W W^T = I) or columns (W^T W = I)."""
    found = _orthonormal(condition)
    if found is None:
        return
    symbol, by_rows = found
    value = evaluator.number(Name(symbol), {})
    cells = list(value) if is_matrix(value) else []
    if not cells or not all(isinstance(cell, sympy.Symbol) and cell not in point.numbers for cell in cells):
        return
    across = value if by_rows else value.T
    try:
        drawn = sympy.Matrix(orthonormal_rows(across.rows, across.cols, point.seed))
    except CannotEncode:
        raise NotMet from None
    point.numbers.update(zip(across, drawn, strict=True))


def _orthonormal(condition: Comparison) -> tuple[str, bool] | None:
    """Return the name of a matrix with orthonormal rows (True) or columns (False): W W^T = I, u^T u = 1, |u| = 1."""
    if condition.relation != "=":
        return None
    for term, unit in ((condition.left, condition.right), (condition.right, condition.left)):
        if isinstance(unit, MatrixOperation) and unit.operation == "identity":
            found = _gram(term)
        elif unit == Number(Fraction(1)):
            found = _length(term)
        else:
            found = None
        if found is not None:
            return found
    return None


def _gram(term: Term) -> tuple[str, bool] | None:
    if not isinstance(term, Product) or len(term.factors) != 2:
        return None
    for place, name in enumerate(term.factors):
        if isinstance(name, Name) and term.factors[1 - place] == MatrixOperation("transpose", (name,)):
            return name.symbol, place == 0
    return None


def _length(term: Term) -> tuple[str, bool] | None:
    match term:
        case MatrixOperation("norm" | "squared_norm", (Name(symbol),), "" | "2"):
            return symbol, False
        case MatrixOperation("dot", (Name(symbol), Name(other))) if symbol == other:
            return symbol, False
        case Power(inner, Number(Fraction(numerator=2, denominator=1))):
            return _length(inner)
    return _gram(term)


def _require(relation: Relation, left: Expression, right: Expression, deadline: Deadline) -> None:
    with suppress(CannotEncode):
        if outcome(relation, left, right, deadline) == "holds":
            return
    raise NotMet
