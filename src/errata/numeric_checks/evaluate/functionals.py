"""Functionals of laws: divergences, entropies and mutual information.

Definitions: Cover and Thomas, Elements of Information Theory, chapter 2 (kl, entropy, cross entropy, mutual
information); Lin 1991 (Jensen-Shannon, with the factor 1/2 unless the note says otherwise).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.terms import (
    Draw,
    Elementary,
    Expectation,
    Functional,
    Information,
    LawReference,
    Name,
    Negative,
    Slot,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
)
from errata.language.transport import DISTANCES
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import quadrature, reduce
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import (
    LawObject,
    NormalLaw,
    conditional,
    density_at,
    is_finite,
    law_object,
    marginal,
    slot_keys,
    table_of,
)
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.evaluate.normals import dimension_of, normal_cross_entropy, normal_entropy
from errata.numeric_checks.evaluate.scalars import add, multiply, product_array
from errata.numeric_checks.evaluate.transport import evaluate_distance
from errata.numeric_checks.interpretation import Axis, Euclidean, TableLaw, Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted


def evaluate_functional(term: Term, env: Environment) -> Value:
    """kl, jsd, entropy, cross_entropy or total_variation of laws."""
    assert isinstance(term, Functional)
    if term.functional in DISTANCES:
        return evaluate_distance(term, env)
    averaged = _as_mean(term)
    if averaged is not None:
        return _in_note_base(env.number(averaged), env)
    laws = _on_common_places(term.laws, env)
    if term.functional == "entropy" and len(laws) == 1:
        return _entropy(laws[0], env)
    if len(laws) != 2:
        raise Unanswerable(f"{term.functional} of {len(laws)} laws is not interpreted")
    first, second = laws
    if isinstance(first, TableLaw) and isinstance(second, TableLaw):
        return _of_tables(term.functional, first, second, env)
    if isinstance(first, NormalLaw) and isinstance(second, NormalLaw) and term.functional in ("kl", "cross_entropy"):
        dimension = dimension_of([first, second], _known_dimension([first, second], env))
        cross = normal_cross_entropy(first, second, dimension)
        if term.functional == "cross_entropy":
            return cross
        own = normal_entropy(first, dimension)
        return add([cross, Quantity(-own.array)])
    return _by_quadrature(term.functional, first, second, env)


def _as_mean(term: Functional) -> Term | None:
    """Return an entropy or a divergence of standard laws as the mean of a logarithm; None of normal laws alone."""
    laws = [law for law in term.laws if isinstance(law, StandardLaw)]
    if len(laws) < len(term.laws) or all(law.kind == "normal" for law in laws):
        return None
    point = Name("point of a standard law")
    logs: list[Term] = [Elementary("log", (StandardDensity(point, law),)) for law in laws]
    match term.functional, logs:
        case ("entropy", [surprise]) | ("cross_entropy", [_, surprise]):
            body: Term = Negative(surprise)
        case "kl", [first, second]:
            body = Sum((first, Negative(second)))
        case _:
            return None
    return Expectation((Draw(point, point.symbol, laws[0]),), body)


def _on_common_places(terms: Sequence[Term], env: Environment) -> list[LawObject]:
    """Interpret the laws; a bare one takes the places of the other."""
    hint: tuple[str, ...] | None = None
    for term in terms:
        if isinstance(term, LawReference) and term.values:
            found = law_object(term, env)
            if isinstance(found, TableLaw):
                hint = tuple(a.key for a in found.axes)
    laws = [law_object(term, env, hint) for term in terms]
    tables = [law for law in laws if isinstance(law, TableLaw)]
    if len(tables) == 2 and len(laws) == 2:
        small, large = sorted(tables, key=lambda law: len(law.axes))
        if len(small.axes) != len(large.axes) or tables[0].axes != tables[1].axes:
            keys = _matching(large.axes, small.axes)
            shrunk = marginal(large, keys)
            laws = [shrunk if law is large else law for law in laws]
    return laws


def _matching(axes: Sequence[Axis], wanted: Sequence[Axis]) -> tuple[str, ...]:
    keys = []
    for axis in wanted:
        same = [a for a in axes if a.key == axis.key] or [a for a in axes if a.space == axis.space]
        if len(same) != 1:
            raise Unanswerable("two laws stand side by side that are not over the same space")
        keys.append(same[0].key)
    return tuple(keys)


def _known_dimension(laws: Sequence[LawObject], env: Environment) -> int | None:
    for law in laws:
        space = env.interpretation.spaces.get(law.space) if isinstance(law, NormalLaw) else None
        if isinstance(space, Euclidean):
            return space.dimension
    return None


def _flat(law: TableLaw) -> Floats:
    own = len(law.axes)
    return law.table.reshape((*law.table.shape[: law.table.ndim - own], -1))


def _log(x: Floats) -> Floats:
    return np.where(x < 0, np.nan, np.log(np.where(x < 0, 1.0, x)))


def _mean_log(weights: Floats, values: Floats) -> Quantity:
    """Sum of weight times value, with 0 log 0 = 0."""
    terms = np.where(weights == 0, 0.0, product_array(weights, values))
    return Quantity(terms.sum(-1), 0, np.abs(terms).max(-1))


def _in_note_base(q: Quantity, env: Environment) -> Quantity:
    if env.scope.log_base is None:
        return q
    base = _log(env.number(env.scope.log_base).array)
    return multiply(q, Quantity(1.0 / np.where(base == 0, np.nan, base)), env)


def _entropy(law: LawObject, env: Environment) -> Quantity:
    if isinstance(law, TableLaw):
        table = _flat(law)
        q = _mean_log(table, -_log(table))
        return _in_note_base(q, env)
    if isinstance(law, NormalLaw):
        return _in_note_base(normal_entropy(law, dimension_of([law], _known_dimension([law], env))), env)
    return _by_quadrature("cross_entropy", law, law, env)


def _of_tables(functional: str, first: TableLaw, second: TableLaw, env: Environment) -> Quantity:
    p, q = _flat(first), _flat(second)
    lead = max(p.ndim, q.ndim) - 1
    p, q = lifted(p, 1, lead), lifted(q, 1, lead)
    if p.shape[-1] != q.shape[-1]:
        raise Unanswerable("two laws stand side by side that are not over the same space")
    if functional == "total_variation":
        return Quantity(0.5 * np.abs(p - q).sum(-1))
    if functional == "cross_entropy":
        return _in_note_base(_mean_log(p, -_log(q)), env)
    if functional == "kl":
        return _in_note_base(_divergence(p, q), env)
    if functional == "jsd":
        middle = (p + q) / 2
        halves = add([_divergence(p, middle), _divergence(q, middle)])
        factor = 0.5 if env.scope.jsd_factor_half else 1.0
        scale = None if halves.scale is None else factor * halves.scale
        return _in_note_base(Quantity(factor * halves.array, 0, scale), env)
    raise Unanswerable(f"the functional {functional} is not interpreted")


def _divergence(p: Floats, q: Floats) -> Quantity:
    safe = np.where(p == 0, 1.0, p)
    return _mean_log(p, _log(safe) - _log(q))


def _by_quadrature(functional: str, first: LawObject, second: LawObject, env: Environment) -> Quantity:
    """Functionals of laws on the real line by quadrature."""
    env.meter.mark_approximate()
    for law in (first, second):
        space = None if isinstance(law, TableLaw) else env.interpretation.spaces.get(law.space)
        if isinstance(space, Euclidean) and space.vector and space.dimension > 1:
            raise Unanswerable("a functional of laws in several dimensions has no closed form here")
    everywhere = np.array([np.inf])
    nodes, steps = quadrature.interval_nodes(-everywhere, everywhere, env.resolution)
    shape = (1,) * env.depth + (-1,)
    symbol = "point of the line"
    inner = env.with_value(symbol, Quantity(nodes.reshape(shape)), axes=1)
    p, q = (lifted(density_at(law, symbol, inner).array, 0, inner.depth) for law in (first, second))
    integrand = _integrand(functional, p, q, env)
    negligible = np.abs(nodes.reshape(shape)) > 1e6
    integrand = np.where(np.isnan(integrand) & negligible, 0.0, integrand)
    total = reduce.total(Quantity(integrand), env.depth, nodes.shape[-1], steps.reshape(shape))
    return total if functional == "total_variation" else _in_note_base(total, env)


def _integrand(functional: str, p: Floats, q: Floats, env: Environment) -> Floats:
    tiny = 1e-300

    def part(a: Floats, b: Floats) -> Floats:
        return np.where(a <= tiny, 0.0, a * (_log(np.maximum(a, tiny)) - _log(b)))

    if functional == "kl":
        return part(p, q)
    if functional == "cross_entropy":
        return np.where(p <= tiny, 0.0, -p * _log(q))
    if functional == "total_variation":
        return 0.5 * np.abs(p - q)
    if functional == "jsd":
        factor = 0.5 if env.scope.jsd_factor_half else 1.0
        return factor * (part(p, (p + q) / 2) + part(q, (p + q) / 2))
    raise Unanswerable(f"the functional {functional} is not interpreted")


# Information -----------------------------------------------------------------------------------------


def evaluate_information(term: Term, env: Environment) -> Value:
    """H(X), H(X | Y), H(X | Y = y), H(X, Y) or I(X; Y), I(X; Y | Z) under one joint law."""
    assert isinstance(term, Information)
    alone = _of_one_real_place(term, env)
    if alone is not None:
        return alone
    law = table_of(term.law.symbol, env)
    if term.fixed:
        return _at_fixed_conditions(term, law, env)
    given = _keys(term, term.given, law, env)
    groups = [_keys(term, group, law, env) for group in term.groups]
    if term.kind == "entropy" and len(groups) == 1:
        joint = _table_entropy(marginal(law, _union(groups[0], given)))
        q = joint if not given else _difference(joint, _table_entropy(marginal(law, given)))
        return _in_note_base(q, env)
    if term.kind == "mutual_information" and len(groups) == 2:
        return _in_note_base(_mutual(law, groups[0], groups[1], given), env)
    raise Unanswerable("an information quantity of this form is not interpreted")


def _of_one_real_place(term: Information, env: Environment) -> Quantity | None:
    """The entropy of a law on the line or on R^n at its only place; None where it is another quantity."""
    places = term.groups[0] if len(term.groups) == 1 else ()
    if term.kind != "entropy" or term.given or len(places) != 1 or is_finite(term.law.symbol, env):
        return None
    return _entropy(law_object(LawReference(term.law, places), env), env)


def _keys(term: Information, slots: tuple[Slot, ...], law: TableLaw, env: Environment) -> tuple[str, ...]:
    return slot_keys(term.law.symbol, slots, env, law.axes) if slots else ()


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(key for key in second if key not in first))


def _table_entropy(law: TableLaw) -> Quantity:
    table = _flat(law)
    return _mean_log(table, -_log(table))


def _difference(first: Quantity, second: Quantity) -> Quantity:
    return add([first, Quantity(-second.array, 0, second.scale)])


def _mutual(law: TableLaw, first: tuple[str, ...], second: tuple[str, ...], given: tuple[str, ...]) -> Quantity:
    """I(X; Y | Z) = H(X, Z) + H(Y, Z) - H(X, Y, Z) - H(Z)."""
    x = _table_entropy(marginal(law, _union(first, given)))
    y = _table_entropy(marginal(law, _union(second, given)))
    xy = _table_entropy(marginal(law, _union(_union(first, second), given)))
    result = _difference(add([x, y]), xy)
    return _difference(result, _table_entropy(marginal(law, given))) if given else result


def _at_fixed_conditions(term: Information, law: TableLaw, env: Environment) -> Quantity:
    given = _keys(term, term.given, law, env)
    spaces = {a.key: a.space for a in law.axes}
    points = [as_point(env.value(s.value), spaces[k], env) for s, k in zip(term.given, given, strict=True)]
    groups = [_keys(term, group, law, env) for group in term.groups]
    everything = groups[0] if len(groups) == 1 else _union(groups[0], groups[1])
    inside = conditional(law, everything, given, points)
    if term.kind == "entropy":
        return _in_note_base(_table_entropy(inside), env)
    return _in_note_base(_mutual(inside, groups[0], groups[1], ()), env)
