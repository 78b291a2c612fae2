"""Laws as objects (what stands in KL(p || q) and under an expectation): spaces and a density at points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form import arrays, laws
from errata.verify.normal_form.arrays import Block, ScaledIdentity, Value
from errata.verify.normal_form.logarithms import exponential, scaled_distance
from errata.verify.normal_form.polynomials import (
    add,
    constant,
    constant_value,
    multiply,
    power,
    scale,
    single,
    subtract,
)
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused, Slots, Workspace

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering

ANONYMOUS = ""
GAUSSIAN = "Gaussian density"

Points = Mapping[str, Frozen]


@dataclass(frozen=True)
class LawObject:
    """spaces: what the law is over; None where the partner in a functional decides. defaults: what it is over
    where the partner does not decide either. domain: what a point of an anonymous space ranges over."""

    spaces: tuple[str, ...] | None
    density: Callable[[Points], Polynomial]
    defaults: tuple[str, ...] = ()
    domain: Domain | None = None


def law_object(lowering: Lowering, term: t.Term) -> LawObject:
    """Return the law that a term stands for; raises Refused for other terms."""
    match term:
        case t.LawReference():
            return _reference(lowering, term)
        case t.Name():
            return _reference(lowering, t.LawReference(term))
        case t.StandardLaw():
            return _standard(lowering, term)
        case t.Density():  # a law written with its arguments: p(x)
            return _reference(lowering, t.LawReference(term.law, term.values, term.given, term.parameters))
        case t.Negative():
            part = law_object(lowering, term.term)
            return LawObject(part.spaces, lambda at: scale(-1, part.density(at)), part.defaults, part.domain)
        case t.Sum():
            return _mixture([law_object(lowering, part) for part in term.terms])
        case t.Product():
            return _multiple(lowering, term)
        case t.Quotient():
            part = law_object(lowering, term.numerator)
            factor = power(lowering.w, lowering.scalar(term.denominator), -1)
            return _scaled(lowering.w, factor, part)
    raise Refused("something that is no law in place of a law")


def _scaled(w: Workspace, factor: Polynomial, part: LawObject) -> LawObject:
    return LawObject(part.spaces, lambda at: multiply(w, factor, part.density(at)), part.defaults, part.domain)


def _multiple(lowering: Lowering, term: t.Product) -> LawObject:
    """A scalar times a law; laws are told from numbers by their sort."""
    law_terms = [factor for factor in term.factors if is_law(lowering, factor)]
    if len(law_terms) != 1:
        raise Refused("a product of laws")
    factor = constant(1)
    for part in term.factors:
        if part is not law_terms[0]:
            factor = multiply(lowering.w, factor, lowering.scalar(part))
    return _scaled(lowering.w, factor, law_object(lowering, law_terms[0]))


def is_law(lowering: Lowering, term: t.Term) -> bool:
    """Whether a term stands for a law (or a sum or multiple of laws)."""
    match term:
        case t.LawReference() | t.StandardLaw() | t.Density():
            return True
        case t.Name():
            if isinstance(lowering.w.scope.sorts.get(term.symbol), sorts.Law):
                return True
            definition = lowering.w.scope.definitions.get(term.symbol)
            return definition is not None and not definition.parameters and is_law(lowering, definition.body)
        case t.Negative():
            return is_law(lowering, term.term)
        case t.Sum():
            return all(is_law(lowering, part) for part in term.terms)
        case t.Quotient():
            return is_law(lowering, term.numerator)
        case t.Product():
            return any(is_law(lowering, part) for part in term.factors)
    return False


def _mixture(parts: list[LawObject]) -> LawObject:
    spaces = next((part.spaces for part in parts if part.spaces is not None), None)
    if any(part.spaces not in (None, spaces) for part in parts):
        raise Refused("a mixture of laws over different spaces")
    defaults = next((part.defaults for part in parts if part.defaults), ())
    domain = next((part.domain for part in parts if part.domain), None)
    return LawObject(spaces, lambda at: add(*(part.density(at) for part in parts)), defaults, domain)


def _reference(lowering: Lowering, term: t.LawReference) -> LawObject:
    symbol = term.law.symbol
    definition = lowering.w.scope.definitions.get(symbol)
    given = slots(lowering, term.given)
    parameters = parameters_of(lowering, symbol, term.parameters)
    whole = definition is not None and not definition.parameters and not given and not term.parameters
    unfolds = whole and not lowering.w.mode.fold and lowering.w.allows(f"definition of {symbol}")
    if definition is not None and unfolds:
        inner = law_object(lowering.of_definition(symbol, {}), definition.body)
        chosen = tuple(slot.space for slot in term.values) or None
        return LawObject(chosen or inner.spaces, inner.density, inner.defaults, inner.domain)
    sort = lowering.w.scope.sorts.get(symbol)
    everything = sort.spaces if isinstance(sort, sorts.Law) else ()
    taken = {space for space, _ in given}
    defaults = tuple(space for space in everything if space not in taken)
    spaces = tuple(slot.space for slot in term.values) or None

    def density(at: Points) -> Polynomial:
        if ANONYMOUS in at:
            if len(defaults) != 1:
                raise Refused("a law over a space that is not told")
            at = {defaults[0]: at[ANONYMOUS]}
        return laws.conditional_at(lowering.w, symbol, tuple(at.items()), given, parameters)

    return LawObject(spaces, density, defaults)


def slots(lowering: Lowering, written: tuple[t.Slot, ...]) -> Slots:
    """Return slots with the values of their points."""
    return tuple((slot.space, lowering.argument(slot.value)) for slot in written)


def parameters_of(lowering: Lowering, law: str, written: tuple[t.Term, ...]) -> tuple[Frozen, ...]:
    """Return a law's parameters: as written, else those its sort names, at their present values."""
    if written:
        return tuple(lowering.argument(parameter) for parameter in written)
    sort = lowering.w.scope.sorts.get(law)
    if not isinstance(sort, sorts.Law):
        return ()
    return tuple(
        lowering.frozen(lowering.environment[symbol])
        if symbol in lowering.environment
        else lowering.w.freeze(single(lowering.w.atom("name", symbol)))
        for symbol in sort.parameters
    )


# Standard laws -------------------------------------------------------------------------------------------


def _standard(lowering: Lowering, term: t.StandardLaw) -> LawObject:
    if term.kind == "normal":
        mean, covariance = (lowering.value(parameter) for parameter in term.parameters)
        size = _dimension(mean, covariance)
        domain = None
        if size is not None:
            domain = Domain("line", "", (size,))
        elif (isinstance(mean, dict) and mean and not isinstance(covariance, ScaledIdentity)) or isinstance(
            covariance, dict
        ):
            domain = laws.LINE
        return LawObject(None, lambda at: _normal_at_only_point(lowering, at, mean, covariance), (), domain)

    def density(at: Points) -> Polynomial:
        if len(at) != 1:
            raise Refused("a standard law over several spaces")
        (point,) = at.values()
        return standard_density(lowering, term.kind, point.polynomial(), term.parameters)

    return LawObject(None, density)


def _dimension(mean: Value, covariance: Value) -> Frozen | None:
    if isinstance(mean, Block) and len(mean.shape) == 1:
        return mean.shape[0]
    if isinstance(covariance, Block) and len(covariance.shape) == 2:
        return covariance.shape[0]
    return None


def _normal_at_only_point(lowering: Lowering, at: Points, mean: Value, covariance: Value) -> Polynomial:
    if len(at) != 1:
        raise Refused("a Gaussian law over several spaces")
    ((space, point),) = at.items()
    size = _dimension(mean, covariance)
    if size is None and space != ANONYMOUS:
        size = lowering.size_of_space(space)
    if size is None:
        size = _size_of_point(point)
    if size is None:
        return normal_density(lowering, point.polynomial(), mean, covariance)
    block = Block((size,), lambda i: arrays.array_entry(lowering.w, point, lowering.w.freeze(i[0])))
    return normal_density(lowering, block, mean, covariance)


def _size_of_point(point: Frozen) -> Frozen | None:
    """The dimension of the space that a bound point ranges over."""
    for leaf in point.free:
        if leaf.kind == "fresh" and leaf.arguments[1].kind == "line" and leaf.arguments[1].parts:
            return leaf.arguments[1].parts[0]  # type: ignore[no-any-return]
    return None


def normal_density(lowering: Lowering, point: Value, mean: Value, covariance: Value) -> Polynomial:
    """Return N(point; mean, covariance) as an atom, or written out as an exponential."""
    w = lowering.w
    size = _dimension(point, mean) or _dimension(mean, covariance)
    if size is None:
        if not isinstance(point, dict) or not isinstance(mean, dict) or not isinstance(covariance, dict):
            raise Refused("a Gaussian density of a dimension that is not told")
        if w.mode.expand and w.allows(GAUSSIAN):
            return _written_out(w, point, mean, covariance)
        return single(w.atom("normal", lowering.frozen(point), lowering.frozen(mean), lowering.frozen(covariance)))
    domain = arrays.index_domain(size)
    variable = w.fresh(domain)
    i = single(variable)
    parts = (_vector_entry(point, i), _vector_entry(mean, i), _variance_entry(covariance, i))
    if w.mode.expand and w.allows(GAUSSIAN):
        return exponential(w, _log_density(w, variable, domain, parts))
    frozen = [w.freeze(arrays.vector_atom(w, (variable,), (domain,), part)) for part in parts]
    return single(w.atom("normals", *frozen, size))


def _written_out(w: Workspace, point: Polynomial, mean: Polynomial, variance: Polynomial) -> Polynomial:
    from fractions import Fraction

    weight = multiply(w, multiply(w, constant(2), single(w.atom("pi"))), variance)
    root = power(w, power(w, weight, Fraction(1, 2)), -1)
    return multiply(w, root, exponential(w, scale(Fraction(-1, 2), scaled_distance(w, point, mean, variance))))


def _vector_entry(value: Value, i: Polynomial) -> Polynomial:
    if isinstance(value, Block) and len(value.shape) == 1:
        return value.entry((i,))
    if value == {}:
        return {}
    raise Refused("a number in place of a vector")


def _variance_entry(value: Value, i: Polynomial) -> Polynomial:
    if isinstance(value, ScaledIdentity):
        return value.factor
    if isinstance(value, Block):
        if value.diagonal is not None:
            return value.diagonal(i)
        raise Refused("a Gaussian with a full covariance")
    raise Refused("a number in place of a covariance matrix")


def _log_density(
    w: Workspace, variable: Atom, domain: Domain, parts: tuple[Polynomial, Polynomial, Polynomial]
) -> Polynomial:
    from fractions import Fraction

    from errata.verify.normal_form.logarithms import logarithm

    point, mean, variance = parts
    two_pi = multiply(w, constant(2), single(w.atom("pi")))
    body = scale(Fraction(-1, 2), logarithm(w, multiply(w, two_pi, variance)))
    body = add(body, scale(Fraction(-1, 2), scaled_distance(w, point, mean, variance)))
    return total(w, ((variable, domain),), body)


def log_of_normals(w: Workspace, atom: Atom) -> Polynomial:
    """log of a Gaussian density in d dimensions with independent entries."""
    point, mean, variance, size = atom.arguments
    domain = arrays.index_domain(size)
    variable = w.fresh(domain)
    index = w.freeze(single(variable))
    parts = (
        arrays.array_entry(w, point, index),
        arrays.array_entry(w, mean, index),
        arrays.array_entry(w, variance, index),
    )
    return _log_density(w, variable, domain, parts)


def standard_density(lowering: Lowering, kind: str, point: Polynomial, parameters: tuple[t.Term, ...]) -> Polynomial:
    """Return the density of a law other than the normal where it has one formula on its support."""
    w = lowering.w
    if kind == "bernoulli":
        probability = lowering.scalar(parameters[0])
        other = subtract(constant(1), probability)
        value = constant_value(point)
        if value in (0, 1):
            return probability if value else other
        from errata.verify.normal_form.logarithms import general_power

        integer = lowering.is_integer(point)
        return multiply(
            w,
            general_power(w, probability, point, integer),
            general_power(w, other, subtract(constant(1), point), integer),
        )
    raise Refused(f"the density of a law of kind {kind}")
