"""Densities, expectations, moments, and functionals of laws."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form import laws
from errata.verify.normal_form.arrays import Value, block_of_atom
from errata.verify.normal_form.facts import suppose_nonzero
from errata.verify.normal_form.law_objects import (
    ANONYMOUS,
    LawObject,
    law_object,
    normal_density,
    parameters_of,
    slots,
    standard_density,
)
from errata.verify.normal_form.logarithms import logarithm
from errata.verify.normal_form.means import mean_over_everything
from errata.verify.normal_form.polynomials import add, constant, multiply, power, scale, single, subtract
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering

EXPECTATION = "definition of expectation"
VARIANCE = "definition of variance"
MUTUAL_INFORMATION = "definition of mutual information"
LARGEST_SPACES = 6

FUNCTIONALS = {
    "kl": "definition of KL",
    "jsd": "definition of JSD",
    "entropy": "definition of entropy",
    "cross_entropy": "definition of cross-entropy",
    "total_variation": "definition of total variation",
}

Binders = tuple[tuple[Atom, Domain], ...]


def value(lowering: Lowering, term: t.Term) -> Value:
    """Return the value of a term of probability."""
    match term:
        case t.Density():
            return density(lowering, term)
        case t.StandardDensity():
            return _standard_density(lowering, term)
        case t.Expectation():
            return expectation(lowering, term.draws, term.body, term.given)
        case t.MomentOf():
            return _moment(lowering, term)
        case t.Functional():
            return functional(lowering, term)
        case t.Information():
            return _information(lowering, term)
    raise Refused(f"{type(term).__name__} in place of a number")


def density(lowering: Lowering, term: t.Density) -> Polynomial:
    """Return p(values | given)."""
    symbol = term.law.symbol
    parameters = parameters_of(lowering, symbol, term.parameters)
    given = slots(lowering, term.given)
    definition = lowering.w.scope.definitions.get(symbol)
    if definition is not None and not definition.parameters and not term.parameters and not lowering.w.mode.fold:
        if given:
            raise Refused("a conditional of a law that is defined as a whole")
        if lowering.w.allows(f"definition of {symbol}"):
            whole = law_object(lowering.of_definition(symbol, {}), definition.body)
            return whole.density(dict(slots(lowering, term.values)))
    if given:
        suppose_nonzero(lowering.w, laws.density_at(lowering.w, symbol, given, parameters))
    return laws.conditional_at(lowering.w, symbol, slots(lowering, term.values), given, parameters)


def _standard_density(lowering: Lowering, term: t.StandardDensity) -> Polynomial:
    law = term.law
    if law.kind == "normal":
        mean, covariance = (lowering.value(parameter) for parameter in law.parameters)
        return normal_density(lowering, lowering.value(term.point), mean, covariance)
    return standard_density(lowering, law.kind, lowering.scalar(term.point), law.parameters)


# Expectations --------------------------------------------------------------------------------------------


def expectation(
    lowering: Lowering, draws: tuple[t.Draw, ...], body: t.Term, given: tuple[t.Term, ...] = ()
) -> Polynomial:
    """Return the mean of a scalar body over the draws."""
    w = lowering.w
    if not draws:
        return mean_over_everything(lowering, body, given)
    if given:
        raise Refused("an expectation with draws and conditions")
    binders, weight, inner = opened_draws(lowering, draws)
    if not w.allows(EXPECTATION):
        return _opaque_mean(lowering, binders, weight, inner.scalar(body))
    return total(w, binders, multiply(w, weight, inner.scalar(body)))


def _opaque_mean(lowering: Lowering, binders: Binders, weight: Polynomial, body: Polynomial) -> Polynomial:
    """A mean that is not taken as a sum: only used to see whether a proof needs the definition."""
    w = lowering.w
    marker = single(w.atom("opaque", "mean", w.freeze(weight), w.freeze(body)))
    return total(w, binders, marker)


def opened_draws(lowering: Lowering, draws: tuple[t.Draw, ...]) -> tuple[Binders, Polynomial, Lowering]:
    """Return the variables of the draws, the product of their densities, and the lowering for the body.

    Neighbouring draws from one law over different spaces are one draw from its joint.
    """
    if len(draws) > LARGEST_SPACES:
        raise Refused("too many draws")
    weight = constant(1)
    binders: Binders = ()
    place = 0
    while place < len(draws):
        group = _joint_group(draws, place)
        place += len(group)
        law = law_object(lowering, group[0].law)
        points: dict[str, Frozen] = {}
        for draw in group:
            variable, domain, inside = _drawn(lowering, draw, law)
            points[draw.space] = lowering.w.freeze(single(variable))
            binders += ((variable, domain),)
            lowering = lowering.inside({draw.name.symbol: inside}, domain)
        if law.spaces is not None and len(law.spaces) == len(points) == 1 and law.spaces[0] not in points:
            points = {law.spaces[0]: next(iter(points.values()))}
        if law.spaces is not None and any(space not in law.spaces for space in points):
            raise Refused("a draw from a law over other spaces")
        weight = multiply(lowering.w, weight, law.density(points))
    return binders, weight, lowering


def _joint_group(draws: tuple[t.Draw, ...], place: int) -> tuple[t.Draw, ...]:
    first = draws[place]
    group = [first]
    if isinstance(first.law, t.LawReference) and len(first.law.values) != 1:
        for draw in draws[place + 1 :]:
            if draw.law != first.law or draw.space in {other.space for other in group}:
                break
            group.append(draw)
    return tuple(group)


def _drawn(lowering: Lowering, draw: t.Draw, law: LawObject) -> tuple[Atom, Domain, Value]:
    domain = law.domain or laws.domain_of_space(lowering.w, draw.space)
    variable = lowering.variable(domain)
    if domain.kind == "line" and domain.parts:
        return variable, domain, block_of_atom(lowering.w, variable, domain.parts)
    return variable, domain, single(variable)


def _moment(lowering: Lowering, term: t.MomentOf) -> Polynomial:
    """Var[X] = E[X^2] - E[X]^2 and Cov[X, Y] = E[XY] - E[X] E[Y]."""
    if not lowering.w.allows(VARIANCE):
        return single(lowering.w.atom("opaque", repr(term)))
    left = term.arguments[0]
    right = term.arguments[-1]
    if (term.moment == "variance") != (len(term.arguments) == 1):
        raise Refused("a moment with the wrong number of arguments")
    both = expectation(lowering, term.draws, t.Product((left, right)))
    first = expectation(lowering, term.draws, left)
    second = expectation(lowering, term.draws, right)
    return subtract(both, multiply(lowering.w, first, second))


# Functionals ---------------------------------------------------------------------------------------------


def functional(lowering: Lowering, term: t.Functional) -> Polynomial:
    """Return KL, JSD, entropy, cross-entropy or total variation by its definition."""
    w = lowering.w
    if term.functional not in FUNCTIONALS:
        raise Refused(term.functional)
    objects = [law_object(lowering, law) for law in term.laws]
    points, binders = _points(lowering, objects)
    densities = [law.density(points) for law in objects]
    for each in densities:
        suppose_nonzero(w, each)
    if not w.allows(FUNCTIONALS[term.functional]):
        return _opaque_functional(lowering, term.functional, binders, densities)
    first = densities[0]
    match term.functional:
        case "kl":
            body = relative(lowering, first, densities[1])
        case "entropy":
            body = scale(-1, multiply(w, first, logarithm(w, first)))
        case "cross_entropy":
            body = scale(-1, multiply(w, first, logarithm(w, densities[1])))
        case "total_variation":
            difference = subtract(first, densities[1])
            return scale(Fraction(1, 2), total(w, binders, lowering.function("abs", (difference,))))
        case _:
            second = densities[1]
            middle = scale(Fraction(1, 2), add(first, second))
            body = add(relative(lowering, first, middle), relative(lowering, second, middle))
            if w.scope.jsd_factor_half:
                body = scale(Fraction(1, 2), body)
    return in_base(lowering, total(w, binders, body))


def _opaque_functional(lowering: Lowering, name: str, binders: Binders, densities: list[Polynomial]) -> Polynomial:
    w = lowering.w
    marker = single(w.atom("opaque", name, *(w.freeze(each) for each in densities)))
    return total(w, binders, marker)


def relative(lowering: Lowering, first: Polynomial, second: Polynomial) -> Polynomial:
    """p log(p / q), as a difference of logarithms: where p = 0 it is 0 by convention."""
    w = lowering.w
    return multiply(w, first, subtract(logarithm(w, first), logarithm(w, second)))


def in_base(lowering: Lowering, amount: Polynomial) -> Polynomial:
    """An amount of information in the base of the note's logarithm."""
    base = lowering.w.scope.log_base
    if base is None:
        return amount
    w = lowering.w
    return multiply(w, amount, power(w, logarithm(w, lowering.scalar(base)), -1))


def _points(lowering: Lowering, objects: list[LawObject]) -> tuple[dict[str, Frozen], Binders]:
    """Return a point for each space that the laws are over, and the variables of the sum over them."""
    spaces = next((law.spaces for law in objects if law.spaces is not None), None)
    if spaces is None:
        named = [law.defaults for law in objects if law.defaults]
        spaces = min(named, key=len) if named else (ANONYMOUS,)
        if any(set(spaces) - set(other) for other in named):
            raise Refused("laws over different spaces")
    for law in objects:
        if law.spaces is not None and set(law.spaces) != set(spaces):
            if len(law.spaces) != 1 or len(spaces) != 1:
                raise Refused("laws over different spaces")
            raise Refused("laws over spaces of different names")
    domain = next((law.domain for law in objects if law.domain is not None), None)
    points: dict[str, Frozen] = {}
    binders: Binders = ()
    for space in spaces:
        if space == ANONYMOUS:
            if domain is None:
                raise Refused("laws over a space that is not told")
            own = domain
        else:
            own = laws.domain_of_space(lowering.w, space)
            if domain is not None and own.kind == "space":
                own = domain
        variable = lowering.variable(own)
        lowering = lowering.inside({}, own)
        points[space] = lowering.w.freeze(single(variable))
        binders += ((variable, own),)
    return points, binders


def _information(lowering: Lowering, term: t.Information) -> Polynomial:
    """Entropies and mutual information by their definitions over one joint."""
    w = lowering.w
    rule = MUTUAL_INFORMATION if term.kind == "mutual_information" else FUNCTIONALS["entropy"]
    if not w.allows(rule):
        return single(w.atom("opaque", repr(term)))
    law = term.law.symbol
    parameters = parameters_of(lowering, law, ())
    groups: list[tuple[tuple[str, Frozen], ...]] = []
    binders: Binders = ()
    averaged = [*term.groups, () if term.fixed else term.given]
    for group in averaged:
        mine: list[tuple[str, Frozen]] = []
        for slot in group:
            domain = laws.domain_of_space(w, slot.space)
            variable = lowering.variable(domain)
            lowering = lowering.inside({}, domain)
            mine.append((slot.space, w.freeze(single(variable))))
            binders += ((variable, domain),)
        groups.append(tuple(mine))
    given = slots(lowering, term.given) if term.fixed else groups[-1]
    everything = tuple(slot for group in groups[:-1] for slot in group)
    joint = laws.density_at(w, law, everything + given, parameters)
    suppose_nonzero(w, joint)
    conditional = laws.conditional_at(w, law, everything, given, parameters)
    weight = conditional if term.fixed else joint
    if term.kind == "entropy":
        body = scale(-1, logarithm(w, conditional))
    else:
        parts = [laws.conditional_at(w, law, group, given, parameters) for group in groups[:-1]]
        body = logarithm(w, conditional)
        for part in parts:
            body = subtract(body, logarithm(w, part))
    return in_base(lowering, total(w, binders, multiply(w, weight, body)))
