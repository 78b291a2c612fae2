"""Laws over finite spaces with exact probabilities, and what is computed from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from errata.language.scope import DensityDefinition, ImageLaw
from errata.language.terms import (
    Density,
    Draw,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
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
from errata.language.transport import DISTANCES
from errata.numeric_checks.draws import in_sequence
from errata.numeric_checks.exact import balls, matrices
from errata.numeric_checks.exact.balls import Exact, Undefined, Unproven
from errata.numeric_checks.exact.transport import distance
from errata.numeric_checks.exact.world import ExactLaw, ExactPoint, ExactTable, World
from errata.numeric_checks.interpretation import Axis
from errata.numeric_checks.needs import label

if TYPE_CHECKING:
    from errata.numeric_checks.exact.evaluator import Evaluator

Weighted = tuple[Exact, World]


def law_of(symbol: str, world: World, evaluator: Evaluator) -> ExactLaw:
    """The joint table of a law: by definition, push-forward, formula or as drawn."""
    definition = world.scope.definitions.get(symbol)
    drawn = world.values.get(symbol)
    if definition is not None and not definition.parameters:
        hint = tuple(a.key for a in drawn.axes) if isinstance(drawn, ExactLaw) else None
        return law_object(definition.body, world, evaluator, hint)
    for fact in world.scope.facts:
        if isinstance(fact, ImageLaw) and fact.law == symbol:
            return _image(fact, world, evaluator)
    if not isinstance(drawn, ExactLaw):
        raise Unproven(f"the law {symbol}")
    for formula in world.scope.densities:
        if formula.law == symbol:
            drawn = _follow(drawn, formula, world, evaluator)
    return drawn


def _image(fact: ImageLaw, world: World, evaluator: Evaluator) -> ExactLaw:
    source = law_of(fact.source, world, evaluator)
    key = next((a.key for a in source.axes if a.space == fact.source_space), None)
    function = evaluator.name(fact.function, world)
    if key is None or not isinstance(function, ExactTable):
        raise Unproven("an image law")
    mass: dict[tuple[int, ...], Exact] = {(n,): Fraction(0) for n in range(world.count(fact.space))}
    for place, probability in margin(source, (key,)).table.items():
        image = function.values[place]
        if not isinstance(image, ExactPoint):
            raise Unproven("an image law")
        mass[(image.index,)] = balls.add(mass[(image.index,)], probability)
    return ExactLaw((Axis(fact.space, fact.space),), mass)


def _follow(law: ExactLaw, formula: DensityDefinition, world: World, evaluator: Evaluator) -> ExactLaw:
    slots = (*formula.values, *formula.given)
    keys = [_key(law.axes, space, variable) for space, variable in slots]
    given = keys[len(formula.values) :]
    joint, below = margin(law, tuple(keys)).table, margin(law, tuple(given)).table
    wanted: dict[tuple[int, ...], Exact] = {}
    for place in joint:
        inner = world
        for (space, variable), index in zip(slots, place, strict=True):
            inner = inner.bind(variable, ExactPoint(space, index))
        wanted[place] = evaluator.number(formula.body, inner)
    names = [a.key for a in law.axes]
    table = {}
    for place, probability in law.table.items():
        part = tuple(place[names.index(key)] for key in keys)
        condition = tuple(place[names.index(key)] for key in given)
        share = balls.divide(probability, joint[part])
        table[place] = balls.multiply(share, balls.multiply(wanted[part], below[condition]))
    return ExactLaw(law.axes, table)


def margin(law: ExactLaw, keys: Sequence[str]) -> ExactLaw:
    """Sum out all places but these, in this order."""
    names = [a.key for a in law.axes]
    if any(key not in names for key in keys):
        raise Unproven("a law has no such place")
    table: dict[tuple[int, ...], Exact] = {}
    for place, probability in law.table.items():
        part = tuple(place[names.index(key)] for key in keys)
        table[part] = balls.add(table.get(part, Fraction(0)), probability)
    return ExactLaw(tuple(law.axes[names.index(key)] for key in keys), table)


def _key(axes: Sequence[Axis], space: str, text: str) -> str:
    same = [a for a in axes if a.space == space]
    if len(same) == 1:
        return same[0].key
    for axis in same:
        if axis.key == text:
            return axis.key
    raise Unproven("which place of a law is meant")


def _places(
    slots: Sequence[Slot], axes: Sequence[Axis], world: World, evaluator: Evaluator
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    keys = tuple(_key(axes, slot.space, label(slot.value)) for slot in slots)
    points = tuple(evaluator.point(slot.value, slot.space, world).index for slot in slots)
    return keys, points


def density(term: Density, world: World, evaluator: Evaluator) -> Exact:
    """law(values | given) at points."""
    if term.parameters and any(not isinstance(p, Name) for p in term.parameters):
        raise Unproven("a law at other parameters")
    hint = tuple(slot.space for slot in term.values)
    law = law_object(LawReference(term.law), world, evaluator, None if term.given else hint)
    slots = (*term.values, *term.given)
    keys, points = _places(slots, law.axes, world, evaluator)
    split = len(term.values)
    top = margin(law, keys).table[points]
    if not term.given:
        return top
    return balls.divide(top, margin(law, keys[split:]).table[points[split:]])


def law_object(term: Term, world: World, evaluator: Evaluator, hint: Sequence[str] | None = None) -> ExactLaw:
    """Interpret a law term as a table."""
    match term:
        case Name():
            return law_object(LawReference(term), world, evaluator, hint)
        case LawReference(law, values, given, parameters):
            if any(not isinstance(p, Name) for p in parameters):
                raise Unproven("a law at other parameters")
            return _conditional(law_of(law.symbol, world, evaluator), values, given, hint, world, evaluator)
        case Density(law, values, given, parameters):
            return law_object(LawReference(law, values, given, parameters), world, evaluator, hint)
        case Sum(terms):
            return _mixed([(Fraction(1), law_object(t, world, evaluator, hint)) for t in terms])
        case Negative(inner):
            return _mixed([(Fraction(-1), law_object(inner, world, evaluator, hint))])
        case Quotient(numerator, denominator):
            factor = balls.divide(Fraction(1), evaluator.number(denominator, world))
            return _mixed([(factor, law_object(numerator, world, evaluator, hint))])
        case Product(factors):
            laws = [f for f in factors if _is_law(f, world)]
            if len(laws) == 1:
                scale: Exact = Fraction(1)
                for factor_term in factors:
                    if factor_term is not laws[0]:
                        scale = balls.multiply(scale, evaluator.number(factor_term, world))
                return _mixed([(scale, law_object(laws[0], world, evaluator, hint))])
    raise Unproven("a law")


def _is_law(term: Term, world: World) -> bool:
    match term:
        case LawReference() | StandardLaw():
            return True
        case Name(symbol):
            return isinstance(world.values.get(symbol), ExactLaw)
        case Sum(parts) | Product(parts):
            return any(_is_law(p, world) for p in parts)
        case Quotient(inner, _) | Negative(inner):
            return _is_law(inner, world)
    return False


def _mixed(parts: Sequence[tuple[Exact, ExactLaw]]) -> ExactLaw:
    first = parts[0][1]
    table: dict[tuple[int, ...], Exact] = dict.fromkeys(first.table, Fraction(0))
    for factor, law in parts:
        if [a.space for a in law.axes] != [a.space for a in first.axes]:
            law = margin(law, [a.key for a in first.axes])
        for place, probability in law.table.items():
            table[place] = balls.add(table[place], balls.multiply(factor, probability))
    return ExactLaw(first.axes, table)


def _conditional(
    law: ExactLaw, values: Sequence[Slot], given: Sequence[Slot], hint: Sequence[str] | None, world: World,
    evaluator: Evaluator,
) -> ExactLaw:  # fmt: skip
    given_keys, points = _places(given, law.axes, world, evaluator)
    if values:
        keys = tuple(_key(law.axes, slot.space, label(slot.value)) for slot in values)
    else:
        names = [a.key for a in law.axes if a.key not in given_keys]
        keys = tuple(k for k in hint or () if k in names) or tuple(names)
    joint = margin(law, (*given_keys, *keys))
    split = len(given_keys)
    kept = {place[split:]: p for place, p in joint.table.items() if place[:split] == points}
    axes = joint.axes[split:]
    if not given:
        return ExactLaw(axes, kept)
    total: Exact = Fraction(0)
    for p in kept.values():
        total = balls.add(total, p)
    return ExactLaw(axes, {place: balls.divide(p, total) for place, p in kept.items()})


# Expectations ----------------------------------------------------------------------------------------


def _draws(draws: Sequence[Draw], world: World, evaluator: Evaluator) -> Iterator[Weighted]:
    if not draws:
        yield Fraction(1), world
        return
    first, rest = draws[0], draws[1:]
    for weight, inner in _draw(first, world, evaluator):
        for more, innermost in _draws(rest, inner, evaluator):
            yield balls.multiply(weight, more), innermost


def _draw(draw: Draw, world: World, evaluator: Evaluator) -> Iterator[Weighted]:
    symbol = draw.name.symbol
    if isinstance(draw.law, StandardLaw):
        if draw.law.kind != "bernoulli":
            raise Unproven(f"a mean over the {draw.law.kind} law")
        p = evaluator.number(draw.law.parameters[0], world)
        yield balls.add(Fraction(1), balls.negative(p)), world.bind(symbol, Fraction(0))
        yield p, world.bind(symbol, Fraction(1))
        return
    law = law_object(draw.law, world, evaluator, (draw.space,))
    if len(law.axes) != 1:
        keys = [a.key for a in law.axes if a.key == symbol or a.space == draw.space]
        law = margin(law, keys[:1])
    for (place,), probability in law.table.items():
        yield probability, world.bind(symbol, ExactPoint(law.axes[0].space, place))


def expectation(term: Expectation, world: World, evaluator: Evaluator) -> Exact:
    """The mean of the body over declared draws."""
    if not term.draws or term.given:
        raise Unproven("a mean over random variables")
    return _mean(in_sequence(term.draws), term.body, world, evaluator)


def _mean(draws: Sequence[Draw], body: Term, world: World, evaluator: Evaluator) -> Exact:
    parts = []
    for weight, inner in _draws(draws, world, evaluator):
        if isinstance(weight, Fraction) and weight == 0:
            continue
        parts.append(matrices.scaled(weight, evaluator.quantity(body, inner)))
    return matrices.sum_of(parts)


def moment(term: MomentOf, world: World, evaluator: Evaluator) -> Exact:
    """Variance or covariance over declared draws."""
    if not term.draws:
        raise Unproven("a moment of random variables")
    first, second = term.arguments[0], term.arguments[-1]
    draws = in_sequence(term.draws)
    product_mean = _mean(draws, Product((first, second)), world, evaluator)
    means = [matrices.as_number(_mean(draws, a, world, evaluator)) for a in (first, second)]
    return balls.add(matrices.as_number(product_mean), balls.negative(balls.multiply(*means)))


# Functionals -----------------------------------------------------------------------------------------


def functional(term: Functional, world: World, evaluator: Evaluator) -> Exact:
    """Divergences, entropies and distances of tables."""
    if term.functional in DISTANCES:
        return distance(term, world, evaluator)
    hint: tuple[str, ...] | None = None
    for law in term.laws:
        if isinstance(law, LawReference) and law.values:
            hint = tuple(a.key for a in law_object(law, world, evaluator).axes)
    laws = [law_object(law, world, evaluator, hint) for law in term.laws]
    base = evaluator.log_base(world)
    tables = [law.table for law in laws]
    if len(laws) == 2:
        if len(laws[0].axes) != len(laws[1].axes):
            small = min(laws, key=lambda law: len(law.axes))
            laws = [law if law is small else margin(law, [a.key for a in small.axes]) for law in laws]
        tables = [law.table for law in laws]
        if set(tables[0]) != set(tables[1]):
            raise Unproven("laws over different spaces")
    match term.functional, tables:
        case "entropy", [p]:
            return _in_base(entropy(p), base)
        case "kl", [p, q]:
            return _in_base(divergence(p, q), base)
        case "cross_entropy", [p, q]:
            return _in_base(balls.add(entropy(p), divergence(p, q)), base)
        case "jsd", [p, q]:
            middle = {n: balls.divide(balls.add(p[n], q[n]), Fraction(2)) for n in p}
            both = balls.add(divergence(p, middle), divergence(q, middle))
            factor = Fraction(1, 2) if world.scope.jsd_factor_half else Fraction(1)
            return _in_base(balls.multiply(factor, both), base)
        case "total_variation", [p, q]:
            gaps = [balls.elementary("abs", balls.add(p[n], balls.negative(q[n]))) for n in p]
            return balls.divide(matrices.sum_of(gaps), Fraction(2))
    raise Unproven(f"the functional {term.functional}")


def _in_base(value: Exact, base: Exact | None) -> Exact:
    return value if base is None else balls.divide(value, balls.logarithm(base))


def entropy(p: Mapping[tuple[int, ...], Exact]) -> Exact:
    """- sum p log p."""
    total: Exact = Fraction(0)
    for probability in p.values():
        if not (isinstance(probability, Fraction) and probability == 0):
            term = balls.multiply(probability, balls.logarithm(probability))
            total = balls.add(total, balls.negative(term))
    return total


def divergence(p: Mapping[tuple[int, ...], Exact], q: Mapping[tuple[int, ...], Exact]) -> Exact:
    """sum p log(p / q)."""
    total: Exact = Fraction(0)
    for place, probability in p.items():
        if isinstance(probability, Fraction) and probability == 0:
            continue
        ratio = balls.divide(probability, q[place])
        total = balls.add(total, balls.multiply(probability, balls.logarithm(ratio)))
    return total


def information(term: Information, world: World, evaluator: Evaluator) -> Exact:
    """Entropies and mutual information under one joint law."""
    law = law_of(term.law.symbol, world, evaluator)

    def keys_of(slots: Sequence[Slot]) -> tuple[str, ...]:
        return tuple(_key(law.axes, s.space, label(s.value)) for s in slots)

    def joint_entropy(*groups: Sequence[str]) -> Exact:
        keys = tuple(dict.fromkeys(key for group in groups for key in group))
        return entropy(margin(law, keys).table) if keys else Fraction(0)

    given, groups = keys_of(term.given), [keys_of(g) for g in term.groups]
    if term.fixed:
        everything = tuple(dict.fromkeys(k for g in groups for k in g))
        slots = [Slot(a.space, Name(a.key)) for a in law.axes if a.key in everything]
        law = _conditional(law, slots, term.given, None, world, evaluator)
        given = ()
    base = evaluator.log_base(world)
    if term.kind == "entropy":
        value = balls.add(joint_entropy(groups[0], given), balls.negative(joint_entropy(given)))
        return _in_base(value, base)
    first, second = groups
    value = balls.add(joint_entropy(first, given), joint_entropy(second, given))
    value = balls.add(value, balls.negative(joint_entropy(first, second, given)))
    return _in_base(balls.add(value, balls.negative(joint_entropy(given))), base)


def standard_density(term: StandardDensity, world: World, evaluator: Evaluator) -> Exact:
    """Densities of the scalar standard laws."""
    x = evaluator.number(term.point, world)
    parameters = [evaluator.number(p, world) for p in term.law.parameters]
    match term.law.kind, parameters:
        case "normal", [mean, variance]:
            if balls.sign(variance) <= 0:
                raise Undefined("a variance that is not positive")
            gap = balls.add(x, balls.negative(mean))
            exponent = balls.divide(balls.multiply(gap, gap), balls.multiply(Fraction(-2), variance))
            peak = balls.square_root(balls.multiply(balls.multiply(Fraction(2), arb.pi()), variance))
            return balls.divide(balls.elementary("exp", exponent), peak)
        case "bernoulli", [p] if isinstance(x, Fraction) and x in (0, 1):
            return p if x == 1 else balls.add(Fraction(1), balls.negative(p))
    raise Unproven(f"the density of the {term.law.kind} law")
