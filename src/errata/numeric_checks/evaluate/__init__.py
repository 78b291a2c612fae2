"""Evaluation of terms under many interpretations at once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Cases,
    Comparison,
    ComplexDeterminant,
    Conjunction,
    Constant,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    Functional,
    Indicator,
    Information,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    StandardDensity,
    Sum,
    Term,
)
from errata.numeric_checks.budget import DEFAULT, Meter
from errata.numeric_checks.evaluate import (
    binders,
    blocks,
    calculus,
    conditions,
    functionals,
    linear_algebra,
    names,
    probability,
    scalars,
)
from errata.numeric_checks.evaluate.environment import Environment, Handler
from errata.numeric_checks.interpretation import Interpretation
from errata.numeric_checks.quantities import Floats

HANDLERS: Mapping[type[Term], Handler] = MappingProxyType(
    {
        Number: scalars.evaluate_number,
        Constant: scalars.evaluate_constant,
        Negative: scalars.evaluate_negative,
        Sum: scalars.evaluate_sum,
        Product: scalars.evaluate_product,
        Quotient: scalars.evaluate_quotient,
        Power: scalars.evaluate_power,
        Elementary: scalars.evaluate_elementary,
        Name: names.evaluate_name,
        Entry: names.evaluate_entry,
        Apply: names.evaluate_apply,
        At: names.evaluate_at,
        Array: blocks.evaluate_array,
        MatrixOperation: linear_algebra.evaluate_matrix_operation,
        ComplexDeterminant: linear_algebra.evaluate_complex_determinant,
        Comparison: conditions.evaluate_comparison,
        Conjunction: conditions.evaluate_conjunction,
        Cases: conditions.evaluate_cases,
        Indicator: conditions.evaluate_indicator,
        Aggregate: binders.evaluate_aggregate,
        Density: probability.evaluate_density,
        StandardDensity: probability.evaluate_standard_density,
        Expectation: probability.evaluate_expectation,
        MomentOf: probability.evaluate_moment,
        LawReference: probability.evaluate_law_reference,
        Functional: functionals.evaluate_functional,
        Information: functionals.evaluate_information,
        Derivative: calculus.evaluate_derivative,
    }
)


def environment(scope: Scope, interpretation: Interpretation, meter: Meter | None = None) -> Environment:
    """Return the environment in which a claim's sides are evaluated."""
    return Environment(scope, interpretation, HANDLERS, meter or Meter(DEFAULT))


def evaluate(term: Term, interpretation: Interpretation, scope: Scope | None = None) -> Floats:
    """Evaluate a term: the leading axis counts interpretations (1 where it depends on none).

    Raises Unanswerable where the term has no value as a number, vector or matrix.
    """
    with np.errstate(all="ignore"):
        return environment(scope or Scope(), interpretation).number(term).array
