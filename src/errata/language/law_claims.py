r"""Claims about the law of an expression, A x + b \sim N(m, S): affine maps of Gaussians are Gaussian.

Such a law is told by its mean and covariance, so the claim compares these.
"""

from __future__ import annotations

from collections.abc import Mapping

from errata.language.definitions import free_symbols
from errata.language.scope import Definition
from errata.language.sorts import RandomVariable, Sort
from errata.language.terms import (
    Entry,
    Expectation,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Product,
    Quotient,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
)

MAXIMAL_DEPTH = 20


def law_claim(
    expression: Term, law: Term, sorts: Mapping[str, Sort], definitions: Mapping[str, Definition]
) -> tuple[StandardLaw, StandardLaw] | None:
    """Return the law that the expression has and the one claimed; None where it is no affine map of Gaussians."""
    if isinstance(law, StandardDensity):
        law = law.law
    if not isinstance(law, StandardLaw) or law.kind != "normal" or len(law.parameters) != 2:
        return None
    if isinstance(expression, Name) and expression.symbol not in definitions:
        return None
    if _degree(expression, sorts, definitions, MAXIMAL_DEPTH) != 1:
        return None
    mean, spread = Expectation((), expression), MomentOf("covariance", (), (expression, expression))
    return StandardLaw("normal", (mean, spread)), law


def _degree(term: Term, sorts: Mapping[str, Sort], definitions: Mapping[str, Definition], depth: int) -> int:
    """Return 0 for a constant, 1 for what is affine in Gaussian variables, 2 for anything else."""

    def degree(part: Term) -> int:
        return _degree(part, sorts, definitions, depth - 1)

    if depth <= 0:
        return 2
    match term:
        case Name(symbol) if symbol in definitions:
            return 2 if definitions[symbol].parameters else degree(definitions[symbol].body)
        case Name(symbol):
            return _of_variable(sorts.get(symbol))
        case Sum(terms):
            return max(map(degree, terms), default=0)
        case Negative(inner) | Entry(inner) | MatrixOperation("transpose", (inner,)):
            return degree(inner)
        case Product(factors):
            return sum(map(degree, factors))
        case Quotient(numerator, denominator):
            return 2 if degree(denominator) else degree(numerator)
    return 2 if any(_of_variable(sorts.get(s)) or s in definitions for s in free_symbols(term)) else 0


def _of_variable(sort: Sort | None) -> int:
    if not isinstance(sort, RandomVariable):
        return 0
    return 1 if isinstance(sort.law, StandardLaw) and sort.law.kind == "normal" else 2
