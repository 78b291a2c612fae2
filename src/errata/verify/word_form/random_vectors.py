"""Terms of probability about random vectors: means, covariances, Gaussian densities and divergences."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form.logarithms import exponential, logarithm
from errata.verify.normal_form.polynomials import add, constant, multiply, scale, single
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused
from errata.verify.word_form.determinants import determinant
from errata.verify.word_form.letters import Value, Words, letter, of_word, one
from errata.verify.word_form.moments import Means, RandomVector

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering

DENSITY = "Gaussian density"
VARIANCE = "definition of variance"
FUNCTIONALS = {
    "kl": "definition of KL",
    "entropy": "definition of entropy",
    "cross_entropy": "definition of cross-entropy",
}


@dataclass(frozen=True)
class Gaussian:
    """A Gaussian law in R^size."""

    size: Frozen
    mean: Words
    covariance: Words


# Laws ----------------------------------------------------------------------------------------------------


def gaussian(lowering: WordLowering, law: t.Term, size: Frozen | None = None) -> Gaussian:
    """Return the Gaussian law that a term is, by name or written out; raises Refused for other laws."""
    if isinstance(law, t.LawReference) and not law.given and not law.parameters:
        law = law.law
    if isinstance(law, t.Name):
        definition = lowering.w.scope.definitions.get(law.symbol)
        if definition is not None and not definition.parameters:
            if lowering.w.allows(f"definition of {law.symbol}"):
                return gaussian(lowering.of_definition(law.symbol, {}), definition.body, size)
        else:
            return _given_by_density(lowering, law.symbol)
    if not isinstance(law, t.StandardLaw) or law.kind != "normal" or len(law.parameters) != 2:
        raise Refused("a law that is no Gaussian")
    mean, covariance = (lowering.value(parameter) for parameter in law.parameters)
    shape = next((each.shape for each in (mean, covariance) if isinstance(each, Words) and each.shape), None)
    if shape is None and (size is None or isinstance(covariance, dict)):
        raise Refused("a Gaussian of numbers, or of unknown size")
    own = shape[0] if shape is not None else size
    assert own is not None
    return _sized(lowering, own, mean, covariance)


def _sized(lowering: WordLowering, size: Frozen, mean: Value, covariance: Value) -> Gaussian:
    """The Gaussian with its mean, which may be written 0, and its covariance, a multiple of I, in full size."""
    column, square = (size, one(lowering.w)), (size, size)
    if isinstance(mean, dict):
        if mean:
            raise Refused("a number for the mean of a vector")
        mean = Words(column, {})
    if isinstance(covariance, dict):
        raise Refused("a number for a covariance matrix")
    if covariance.shape is None:
        covariance = Words(square, covariance.terms)
    if mean.shape != column or covariance.shape != square:
        raise Refused("a mean and a covariance that do not fit")
    return Gaussian(size, mean, covariance)


def _given_by_density(lowering: WordLowering, symbol: str) -> Gaussian:
    for definition in lowering.w.scope.densities:
        body = definition.body
        if definition.law != symbol or len(definition.values) != 1 or definition.given:
            continue
        if isinstance(body, t.StandardDensity) and body.point == t.Name(definition.values[0][1]):
            return gaussian(lowering.of_definition(f"{symbol}()", {}), body.law)
    raise Refused("a law that is no Gaussian")


# Densities -----------------------------------------------------------------------------------------------


def density(lowering: WordLowering, term: t.StandardDensity | t.Density) -> Polynomial:
    """Return the density of a Gaussian at a vector, or of a law that the scope gives by a formula."""
    if isinstance(term, t.Density):
        return _by_formula(lowering, term)
    point = lowering.value(term.point)
    if isinstance(point, dict):
        return lowering.plain_value(term)
    return exponential(lowering.w, log_density(lowering, point, _fitting(lowering, point, term.law)))


def _fitting(lowering: WordLowering, point: Words, law: t.StandardLaw) -> Gaussian:
    if law.kind != "normal" or point.shape is None or len(law.parameters) != 2:
        raise Refused("the density of a law that is no Gaussian")
    mean, covariance = (lowering.value(parameter) for parameter in law.parameters)
    return _sized(lowering, point.shape[0], mean, covariance)


def log_density(lowering: WordLowering, point: Words, law: Gaussian) -> Polynomial:
    """log N(x; m, S) = -1/2 log det(2 pi S) - 1/2 (x - m)^T S^-1 (x - m)."""
    m, w = lowering.m, lowering.w
    if not w.allows(DENSITY):
        raise Refused("a Gaussian density")
    if not lowering.guarded:
        m.suppose_invertible(law.covariance)
    away = m.difference(point, law.mean)
    form = m.product(m.transpose(away), m.matrix_product(m.inverse(law.covariance), away))
    assert isinstance(form, dict)
    two_pi = multiply(w, constant(2), single(w.atom("pi")))
    spread = determinant(m, law.covariance)
    lowering.suppose_positive(spread)
    volume = add(multiply(w, law.size.polynomial(), logarithm(w, two_pi)), logarithm(w, spread))
    return scale(Fraction(-1, 2), add(volume, form))


def _by_formula(lowering: WordLowering, term: t.Density) -> Polynomial:
    for definition in lowering.w.scope.densities:
        values = [slot.space for slot in term.values]
        given = [slot.space for slot in term.given]
        written = [space for space, _ in definition.values], [space for space, _ in definition.given]
        symbol = term.law.symbol
        if definition.law != symbol or (values, given) != written or term.parameters:
            continue
        if lowering.w.allows(f"definition of {symbol}"):
            slots = zip((*definition.values, *definition.given), (*term.values, *term.given), strict=True)
            names = {name: lowering.value(slot.value) for (_, name), slot in slots}
            return lowering.of_definition(f"{symbol}()", names).scalar(definition.body)
    return lowering.plain_value(term)


# Means ---------------------------------------------------------------------------------------------------


def mean_or_moment(lowering: WordLowering, term: t.Expectation | t.MomentOf) -> Value:
    """Return a mean, variance or covariance; of plain numbers as the normal form of scalars has it."""
    if isinstance(term, t.Expectation):
        return _mean(lowering, term.draws, term.body, term.given)
    if not lowering.w.allows(VARIANCE):
        raise Refused("no variances")
    left, right = term.arguments[0], term.arguments[-1]
    if (term.moment == "variance") != (len(term.arguments) == 1):
        raise Refused("a moment with the wrong number of arguments")
    both = t.Product((left, t.MatrixOperation("transpose", (right,))))
    m = lowering.m
    first, second = (_mean(lowering, term.draws, side, ()) for side in (left, right))
    turned = second if isinstance(second, dict) else m.transpose(second)
    whole = _mean(lowering, term.draws, both, ())
    return lowering.sum_of([whole, m.product(constant(-1), m.product(first, turned))])


def _mean(lowering: WordLowering, draws: tuple[t.Draw, ...], body: t.Term, given: tuple[t.Term, ...]) -> Value:
    if given:
        raise Refused("a conditional mean of a vector")
    vectors: dict[Atom, RandomVector] = {}
    inner = lowering
    drawn = {draw.name.symbol for draw in draws}
    for draw in draws:
        if any(isinstance(part, t.Name) and part.symbol in drawn for part in t.subterms(draw.law)):
            raise Refused("a draw from a law that depends on another draw")
        law = gaussian(lowering, draw.law)
        head = lowering.w.fresh(Domain("values", draw.name.symbol))
        vectors[head] = RandomVector(head, law.size, law.mean, law.covariance, gaussian=True)
        inner = inner.inside({draw.name.symbol: _letter_value(lowering, head, law.size)})
    value = inner.value(body)
    if not draws:
        vectors = _declared(lowering, value)
        if not vectors:
            return lowering.plain_value(t.Expectation(draws, body, given))
    return Means(lowering.m, vectors).of(value)


def _letter_value(lowering: WordLowering, head: Atom, size: Frozen) -> Words:
    shape = (size, one(lowering.w))
    return of_word((letter(lowering.w, head, shape),), shape)


def _declared(lowering: WordLowering, value: Value) -> dict[Atom, RandomVector]:
    """The random vectors of the scope in a value; raises Refused where numbers are random too."""
    scope = lowering.w.scope
    parts = [value] if isinstance(value, dict) else list(value.terms.values())
    letters = [] if isinstance(value, dict) else [item for word in value.terms for item in word]
    atoms = [*letters, *(atom for part in parts for factors in part for atom, _ in factors)]
    found: dict[Atom, RandomVector] = {}
    for head in sorted({leaf for atom in atoms for leaf in atom.free if leaf.kind == "name"}):
        sort = scope.sorts.get(head.arguments[0])
        element = sort.element if isinstance(sort, sorts.Family) else sort
        if not isinstance(element, sorts.RandomVariable):
            continue
        shape = lowering.shape_of(sort)
        if shape is None:
            return {}
        found[head] = _random_vector(lowering, head, shape[0], element)
    return found


def _random_vector(lowering: WordLowering, head: Atom, size: Frozen, sort: sorts.RandomVariable) -> RandomVector:
    if sort.law is None:
        return RandomVector(head, size)
    try:
        law = gaussian(lowering, sort.law)
    except Refused:
        return RandomVector(head, size)
    return RandomVector(head, size, law.mean, law.covariance, gaussian=True)


# Functionals ---------------------------------------------------------------------------------------------


def _gaussians(lowering: WordLowering, laws: tuple[t.Term, ...]) -> list[Gaussian]:
    """The Gaussian laws; one that does not tell its size, N(0, I), has that of the others."""
    size: Frozen | None = None
    for law in laws:
        try:
            size = gaussian(lowering, law).size
        except Refused:
            continue
    return [gaussian(lowering, law, size) for law in laws]


def functional(lowering: WordLowering, term: t.Functional) -> Value:
    """Return KL, entropy or cross-entropy of Gaussians, as a mean of log densities."""
    if term.functional not in FUNCTIONALS or not lowering.w.allows(FUNCTIONALS[term.functional]):
        return lowering.plain_value(term)
    try:
        laws = _gaussians(lowering, term.laws)
    except Refused:
        return lowering.plain_value(term)
    first, last = laws[0], laws[-1]
    w = lowering.w
    if first.size is not last.size or w.scope.log_base is not None:
        raise Refused("Gaussians of different sizes, or another logarithm")
    head = w.fresh(Domain("values", "a draw"))
    point = _letter_value(lowering, head, first.size)
    body = scale(-1, log_density(lowering, point, last))
    if term.functional == "kl":
        body = add(body, log_density(lowering, point, first))
    vector = RandomVector(head, first.size, first.mean, first.covariance, gaussian=True)
    value = Means(lowering.m, {head: vector}).of(body)
    assert isinstance(value, dict)
    return value
