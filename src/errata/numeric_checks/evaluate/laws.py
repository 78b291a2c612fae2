"""Laws: from a symbol or a law term to a table over finite spaces, a normal law, or a density by formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from errata.language.scope import DensityDefinition, ImageLaw
from errata.language.terms import (
    Aggregate,
    Binder,
    Density,
    LawReference,
    Laws,
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
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.interpretation import (
    Axis,
    FinitePoints,
    GaussianMixtureLaw,
    RandomLaw,
    TableLaw,
    Value,
)
from errata.numeric_checks.needs import label
from errata.numeric_checks.quantities import Floats, Integers, PointAt, Quantity, gather, lifted, masked

NORMALISED = 1e-6


@dataclass(frozen=True, eq=False)
class NormalLaw:
    """A normal law by mean and covariance (numbers or multiples of the identity where not rank 2)."""

    mean: Quantity
    covariance: Quantity
    space: str = ""


@dataclass(frozen=True, eq=False)
class FormulaLaw:
    """A law on one Euclidean space by its density."""

    space: str
    density: Callable[[str, Environment], Quantity]
    """The density at the value of a bound name."""


LawObject = TableLaw | NormalLaw | FormulaLaw
LAW_VALUES = (TableLaw, RandomLaw, GaussianMixtureLaw)


# Tables ----------------------------------------------------------------------------------------------


def law_axes(symbol: str, env: Environment) -> tuple[Axis, ...]:
    """Return the places of a law."""
    value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
    if isinstance(value, LAW_VALUES):
        return value.axes
    raise Unanswerable(f"the law {symbol} is not known")


def is_finite(symbol: str, env: Environment) -> bool:
    """Whether all the law's places are in finite spaces."""
    return all(isinstance(env.interpretation.spaces.get(a.space), FinitePoints) for a in law_axes(symbol, env))


def table_of(symbol: str, env: Environment) -> TableLaw:
    """Return the joint table of a law over finite spaces, by definition, formula, push-forward or drawing."""
    bound = env.bound.get(symbol)
    if isinstance(bound, TableLaw):
        return bound
    axes = law_axes(symbol, env)
    definition = env.scope.definitions.get(symbol)
    if definition is not None and not definition.parameters:
        found = law_object(definition.body, env, tuple(a.key for a in axes))
        if isinstance(found, TableLaw):
            return TableLaw(found.axes, found.table)
        raise Unanswerable(f"the law {symbol} is no table")
    for fact in env.scope.facts:
        if isinstance(fact, ImageLaw) and fact.law == symbol:
            return _push_forward(fact, axes, env)
    drawn = env.interpretation.values.get(symbol)
    if isinstance(drawn, RandomLaw):
        drawn = _parametric(drawn, env)
    if not isinstance(drawn, TableLaw):
        raise Unanswerable(f"the law {symbol} is no table")
    for formula in env.scope.densities:
        if formula.law == symbol:
            drawn = _with_formula(drawn, formula, env)
    return drawn


def _parametric(law: RandomLaw, env: Environment) -> TableLaw:
    own = len(law.axes)
    lead, logits = 1, law.logits
    for place, symbol in enumerate(law.parameters):
        value = env.number(Name(symbol))
        rng = np.random.default_rng([law.seed, place])
        flat = value.array.reshape((*value.array.shape[: value.lead], -1))
        for component in range(flat.shape[-1]):
            size = law.logits.shape
            slope, phase = rng.normal(0.0, 0.8, size), rng.uniform(0.0, 3.0, size)
            lead = max(lead, value.lead)
            theta = _padded(flat[..., component], lead - value.lead + own)
            spread = [lifted(a, own, lead) for a in (slope, phase)]
            logits = lifted(logits, own, lead) + np.sin(theta * spread[0] + spread[1])
    weights = np.exp(logits - logits.max(axis=tuple(range(-own, 0)), keepdims=True))
    return TableLaw(law.axes, weights / weights.sum(axis=tuple(range(-own, 0)), keepdims=True))


def _padded(array: Floats, axes: int) -> Floats:
    return array.reshape(array.shape + (1,) * axes)


def _push_forward(fact: ImageLaw, axes: tuple[Axis, ...], env: Environment) -> TableLaw:
    place = next((n for n, a in enumerate(axes) if a.space == fact.space), None)
    if place is None or len(axes) != 1:
        raise Unanswerable(f"the image law {fact.law} has places of its own")
    source = marginal(table_of(fact.source, env), (_axis_key(fact.source, fact.source_space, env),))
    points = env.points_axis(fact.source_space)
    inner = env.with_value("z'", points, axes=1)
    from errata.language.terms import Apply

    image = inner.value(Apply(Name(fact.function), (Name("z'"),)))
    image = as_point(image, fact.space, inner)
    count = env.finite(fact.space).count
    lead = env.depth
    index = image.index.reshape(image.index.shape + (1,) * (lead + 1 - image.index.ndim))
    hit = (index[..., None] == np.arange(count)).astype(float)
    mass = lifted(source.table, 1, lead)[..., None] * hit
    return TableLaw(axes, mass.sum(axis=-2))


def _axis_key(law: str, space: str, env: Environment) -> str:
    for axis in law_axes(law, env):
        if axis.space == space:
            return axis.key
    raise Unanswerable(f"the law {law} has no place for {space}")


def _with_formula(law: TableLaw, formula: DensityDefinition, env: Environment) -> TableLaw:
    """Make the law's margin or conditional follow the formula, the rest of the table kept."""
    slots = (*formula.values, *formula.given)
    keys = [_slot_key(law.axes, space, variable, slots) for space, variable in slots]
    inner = env
    for space, variable in slots:
        points = inner.points_axis(space)
        inner = inner.with_value(variable, points, axes=1)
    body = inner.number(formula.body)
    lead = env.depth
    full = lifted(body.array, 0, lead + len(slots))
    counts = tuple(env.finite(space).count for space, _ in slots)
    full = _if_normalised(np.broadcast_to(full, full.shape[:lead] + counts), lead, len(formula.values))
    own = [n for n, a in enumerate(law.axes) if a.key in keys]
    order = [keys.index(law.axes[n].key) for n in own]
    table = lifted(law.table, len(law.axes), lead)
    full = full.transpose(*range(lead), *(lead + place for place in order))
    for n in range(len(law.axes)):
        if n not in own:
            full = np.expand_dims(full, lead + n)
    others = tuple(lead + n for n in range(len(law.axes)) if n not in own)
    joint = table.sum(axis=others, keepdims=True) if others else table
    given_keys = keys[len(formula.values) :]
    away = tuple(lead + n for n, a in enumerate(law.axes) if a.key not in given_keys)
    below = table.sum(axis=away, keepdims=True) if given_keys else np.ones((1,) * table.ndim)
    return TableLaw(law.axes, table / joint * full * below)


def _if_normalised(full: Floats, lead: int, values: int) -> Floats:
    """Return a formula's table with NaN where it does not sum to 1 over its values: that is no law."""
    total = full.sum(axis=tuple(range(lead, lead + values)), keepdims=True)
    return np.where(np.abs(total - 1) <= NORMALISED, full, np.nan)


def _slot_key(axes: Sequence[Axis], space: str, text: str, slots: Sequence[tuple[str, str]]) -> str:
    """Find the key of the place that a slot means: by its text where the law has several of one space."""
    same = [a for a in axes if a.space == space]
    if not same:
        raise Unanswerable(f"a law has no place for {space}")
    if len(same) == 1:
        return same[0].key
    for axis in same:
        if axis.key == text:
            return axis.key
    raise Unanswerable(f"which {space} of the law is meant is not clear")


def slot_keys(symbol: str, slots: Sequence[Slot], env: Environment, axes: Sequence[Axis]) -> tuple[str, ...]:
    """Return the keys of the places that these slots take, each another one."""
    keys = tuple(_slot_key(axes, slot.space, label(slot.value), ()) for slot in slots)
    if len(set(keys)) != len(keys):
        raise Unanswerable(f"the law {symbol} takes one place twice")
    return keys


def marginal(law: TableLaw, keys: Sequence[str]) -> TableLaw:
    """Sum out the other places and put the kept ones in this order."""
    own = len(law.axes)
    names = [a.key for a in law.axes]
    lead = law.table.ndim - own
    if any(key not in names for key in keys):
        raise Unanswerable("a law has no such place")
    away = tuple(lead + n for n, key in enumerate(names) if key not in keys)
    table = law.table.sum(axis=away) if away else law.table
    kept = [key for key in names if key in keys]
    table = table.transpose(*range(lead), *(lead + kept.index(key) for key in keys))
    return TableLaw(tuple(law.axes[names.index(key)] for key in keys), table)


def look_up(law: TableLaw, points: Sequence[PointAt]) -> Floats:
    """Return the table's entries at these points, one a place."""
    own = len(law.axes)
    indices: list[Integers] = [p.index for p in points]
    lead = max([law.table.ndim - own, 1, *(i.ndim for i in indices)])
    found, inside = gather(law.table, own, indices, lead, 0)
    return masked(found, inside, 0)


def conditional(law: TableLaw, keys: Sequence[str], given: Sequence[str], points: Sequence[PointAt]) -> TableLaw:
    """Return the law over `keys` given that the places `given` are at these points."""
    joint = marginal(law, (*given, *keys))
    own = len(joint.axes)
    lead = max([joint.table.ndim - own, 1, *(p.index.ndim for p in points)])
    table, inside = gather(joint.table, len(points), [p.index for p in points], lead, len(keys))
    table = masked(table, inside, len(keys))
    if given:
        mass = table.sum(axis=tuple(range(-len(keys), 0)), keepdims=True)
        table = np.where(mass == 0, np.nan, table) / np.where(mass == 0, 1.0, mass)
    return TableLaw(joint.axes[len(given) :], table)


# Law terms -------------------------------------------------------------------------------------------


def law_object(term: Term, env: Environment, hint: tuple[str, ...] | None = None) -> LawObject:
    """Interpret a law term. `hint` are the keys of places that a bare reference is over."""
    match term:
        case LawReference():
            return _referred(term, env, hint)
        case Name():
            return _referred(LawReference(term), env, hint)
        case StandardLaw():
            return standard(term, env)
        case Sum(terms):
            return _mixed([law_object(t, env, hint) for t in terms], [None] * len(terms))
        case Negative(inner):
            return _mixed([law_object(inner, env, hint)], [Quantity(np.array([-1.0]))])
        case Quotient(numerator, denominator):
            below = env.number(denominator)
            inverse = Quantity(np.where(below.array == 0, np.nan, 1.0) / np.where(below.array == 0, 1, below.array))
            return _mixed([law_object(numerator, env, hint)], [inverse])
        case Product(factors):
            laws = [f for f in factors if is_law(f, env) or isinstance(f, Density)]
            if len(laws) != 1:
                raise Unanswerable("a product of laws is not interpreted")
            rest = tuple(f for f in factors if f is not laws[0])
            factor = env.number(Product(rest)) if rest else None
            return _mixed([law_object(laws[0], env, hint)], [factor])
        case Density(law, values, given, parameters):
            return _referred(LawReference(law, values, given, parameters), env, hint)
        case Aggregate("argmax" | "argmin", Binder(_, Laws())):
            place = env.value(term)
            if isinstance(place, TableLaw):
                return place
    raise Unanswerable("a law is given in a way that is not understood")


def is_law(term: Term, env: Environment) -> bool:
    """Whether a term stands for a law."""
    match term:
        case LawReference() | StandardLaw():
            return True
        case Name(symbol):
            return isinstance(env.interpretation.values.get(symbol), LAW_VALUES)
        case Sum(terms) | Product(terms):
            return any(is_law(t, env) for t in terms)
        case Quotient(inner, _) | Negative(inner):
            return is_law(inner, env)
    return False


def _mixed(laws: list[LawObject], factors: Sequence[Quantity | None]) -> LawObject:
    if all(isinstance(law, TableLaw) for law in laws):
        tables = [law for law in laws if isinstance(law, TableLaw)]
        keys = tuple(a.key for a in tables[0].axes)
        spaces = tuple(a.space for a in tables[0].axes)
        own = len(keys)
        parts = []
        for law, factor in zip(tables, factors, strict=True):
            if tuple(a.space for a in law.axes) != spaces:
                law = marginal(law, keys)
            lead = max(law.table.ndim - own, factor.lead if factor is not None else 1)
            table = lifted(law.table, own, lead)
            if factor is not None:
                table = table * lifted(factor.array, 0, lead, own)
            parts.append(table)
        lead = max(t.ndim - own for t in parts)
        total = lifted(parts[0], own, lead)
        for part in parts[1:]:
            total = total + lifted(part, own, lead)
        return TableLaw(tables[0].axes, total)

    def density(symbol: str, env: Environment) -> Quantity:
        from errata.numeric_checks.evaluate.scalars import add, multiply

        parts = []
        for law, factor in zip(laws, factors, strict=True):
            value = density_at(law, symbol, env)
            parts.append(value if factor is None else multiply(factor, value, env))
        return add(parts)

    spaces_found = [law.space for law in laws if not isinstance(law, TableLaw)]
    return FormulaLaw(next((s for s in spaces_found if s), ""), density)


def density_at(law: LawObject, symbol: str, env: Environment) -> Quantity:
    """The density of a law over one space at the value of a bound name."""
    from errata.numeric_checks.evaluate.normals import normal_density

    value = env.value(Name(symbol))
    if isinstance(law, NormalLaw):
        return normal_density(env.as_quantity(value), law)
    if isinstance(law, FormulaLaw):
        return law.density(symbol, env)
    if len(law.axes) != 1:
        raise Unanswerable("a law over several spaces stands where one is needed")
    return Quantity(look_up(law, [as_point(value, law.axes[0].space, env)]))


def standard(term: StandardLaw, env: Environment) -> LawObject:
    """Interpret a standard law that is a law object of its own (only the normal one)."""
    if term.kind == "normal" and len(term.parameters) == 2:
        return NormalLaw(env.number(term.parameters[0]), env.number(term.parameters[1]))
    raise Unanswerable(f"the {term.kind} law as an object is not interpreted here")


def _referred(term: LawReference, env: Environment, hint: tuple[str, ...] | None) -> LawObject:
    symbol = term.law.symbol
    definition = env.scope.definitions.get(symbol)
    if symbol not in env.bound and definition is not None and not definition.parameters:
        return _defined(term, definition.body, env, hint)
    axes = law_axes(symbol, env)
    values = slot_keys(symbol, term.values, env, axes) if term.values else None
    given_keys = slot_keys(symbol, term.given, env, axes)
    if values is None:
        names = [a.key for a in axes if a.key not in given_keys]
        wanted = [k for k in hint or () if k in names]
        values = tuple(wanted) if wanted else tuple(names)
    if is_finite(symbol, env):
        law = with_parameters(symbol, term.parameters, env)
        spaces = {a.key: a.space for a in axes}
        points = [as_point(env.value(s.value), spaces[k], env) for s, k in zip(term.given, given_keys, strict=True)]
        return conditional(law, values, given_keys, points)
    return _euclidean(term, values, env)


def _defined(term: LawReference, body: Term, env: Environment, hint: tuple[str, ...] | None) -> LawObject:
    """A law that is defined by others: as a whole, or its margin or conditional where it has a table."""
    if not term.values and not term.given:
        return law_object(body, env, hint)
    axes = law_axes(term.law.symbol, env)
    joint = law_object(body, env, tuple(a.key for a in axes))
    if not isinstance(joint, TableLaw):
        if term.given or len(term.values) != 1:
            raise Unanswerable(f"the law {term.law.symbol} is no table")
        return joint
    keys = slot_keys(term.law.symbol, term.values, env, joint.axes)
    given = slot_keys(term.law.symbol, term.given, env, joint.axes)
    spaces = {a.key: a.space for a in joint.axes}
    if not keys:
        keys = tuple(a.key for a in joint.axes if a.key not in given)
    points = [as_point(env.value(s.value), spaces[k], env) for s, k in zip(term.given, given, strict=True)]
    return conditional(joint, keys, given, points)


def with_parameters(symbol: str, parameters: Sequence[Term], env: Environment) -> TableLaw:
    """Return the table of a law with its declared parameters set to these values."""
    drawn = env.interpretation.values.get(symbol)
    if parameters and isinstance(drawn, RandomLaw) and len(parameters) != len(drawn.parameters):
        raise Unanswerable(f"the law {symbol} has another count of parameters")
    if parameters and isinstance(drawn, RandomLaw):
        for name, value in zip(drawn.parameters, parameters, strict=True):
            if value != Name(name):
                env = env.with_value(name, env.value(value))
    return table_of(symbol, env)


def _euclidean(term: LawReference, values: tuple[str, ...], env: Environment) -> LawObject:
    if len(values) != 1:
        raise Unanswerable(f"the law {term.law.symbol} over several real spaces is not interpreted as an object")
    axis = next(a for a in law_axes(term.law.symbol, env) if a.key == values[0])
    for formula in env.scope.densities:
        if formula.law == term.law.symbol and _matches(formula, axis.space, term):
            inner = env
            for (_, variable), slot in zip(formula.given, _ordered(formula, term), strict=True):
                inner = inner.with_value(variable, env.value(slot.value))
            body = formula.body
            variable = formula.values[0][1]
            at_variable = isinstance(body, StandardDensity) and body.point == Name(variable)
            if at_variable and isinstance(body, StandardDensity) and body.law.kind == "normal":
                found = standard(body.law, inner)
                if isinstance(found, NormalLaw):
                    return NormalLaw(found.mean, found.covariance, axis.space)
    given = term.given
    from errata.numeric_checks.evaluate.gaussian_joints import gaussian_conditional

    given_keys = slot_keys(term.law.symbol, given, env, law_axes(term.law.symbol, env))
    points = {key: env.value(slot.value) for key, slot in zip(given_keys, given, strict=True)}
    joint = gaussian_conditional(term.law.symbol, values, given_keys, points, env)
    if joint is not None:
        return joint

    def density(symbol: str, inner: Environment) -> Quantity:
        slot = Slot(axis.space, Name(symbol))
        return inner.number(Density(term.law, (slot,), given, term.parameters))

    return FormulaLaw(axis.space, density)


def _matches(formula: DensityDefinition, space: str, term: LawReference) -> bool:
    values = [s for s, _ in formula.values]
    given = sorted(s for s, _ in formula.given)
    return values == [space] and given == sorted(slot.space for slot in term.given)


def _ordered(formula: DensityDefinition, term: LawReference) -> list[Slot]:
    by_space = {slot.space: slot for slot in term.given}
    return [by_space[space] for space, _ in formula.given]


def as_value(law: LawObject) -> Value:
    """A law object that can be bound to a name."""
    if isinstance(law, TableLaw):
        return law
    raise Unanswerable("a law that is no table stands as a value")
