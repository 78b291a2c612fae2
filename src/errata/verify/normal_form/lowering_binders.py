"""Big operators, cases and indicators."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form import laws
from errata.verify.normal_form.arrays import Block, Value, add_values, block_of_atom, index_domain
from errata.verify.normal_form.extrema import extremum
from errata.verify.normal_form.logarithms import exponential, logarithm
from errata.verify.normal_form.polynomials import (
    add,
    combined,
    constant,
    constant_value,
    monomial,
    multiply,
    scale,
    single,
    subtract,
)
from errata.verify.normal_form.signs import bounds_of, sign
from errata.verify.normal_form.substitution import closed
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Domain, Polynomial, Refused, Workspace

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering

LONGEST_WRITTEN_OUT = 16
PEELING = "splitting off a term of a sum"
PRODUCT_AS_EXP = "logarithm of a product over an index"


def aggregate(lowering: Lowering, term: t.Aggregate) -> Value:
    """Return the value of a big operator."""
    if term.operation in ("sum", "integral", "product"):
        return _sum_or_product(lowering, term)
    return extremum(lowering, term)


def _sum_or_product(lowering: Lowering, term: t.Aggregate) -> Value:
    domain = term.binder.domain
    symbol = term.binder.name.symbol
    if isinstance(domain, t.Range):
        return _over_range(lowering, term, lowering.scalar(domain.low), lowering.scalar(domain.high))
    if isinstance(domain, t.Space):
        kind = lowering.w.scope.spaces.get(domain.name)
        if isinstance(kind, sorts.FiniteSpace) and lowering.w.mode.points and len(kind.points) <= LONGEST_WRITTEN_OUT:
            points = [lowering.scalar(point) for point in kind.points]
            return _written_out(lowering, term, points)
        return _over(lowering, term, laws.domain_of_space(lowering.w, domain.name), {(): 0})
    if isinstance(domain, t.Interval):
        return _over(lowering, term, interval(lowering, domain), {})
    if isinstance(domain, t.IndexSet):
        return _over(lowering, term, index_set(lowering, domain, symbol, term.body), {})
    raise Refused("a sum over all values of a sort")


def interval(lowering: Lowering, domain: t.Interval) -> Domain:
    """Return the domain of an integral between two ends; the whole line is the space of the reals."""
    if _infinite(domain.low) == -1 and _infinite(domain.high) == 1:
        return laws.LINE
    if _infinite(domain.low) or _infinite(domain.high):
        marks = tuple(f"{_infinite(end):+d}" for end in (domain.low, domain.high))
        finite = tuple(lowering.argument(end) for end in (domain.low, domain.high) if not _infinite(end))
        return Domain("interval", " ".join(marks), finite)
    return Domain("interval", "", (lowering.argument(domain.low), lowering.argument(domain.high)))


def _infinite(term: t.Term) -> int:
    if isinstance(term, t.Negative):
        return -_infinite(term.term)
    return int(isinstance(term, t.Constant) and term.kind == "infinity")


def index_set(lowering: Lowering, domain: t.IndexSet, symbol: str, body: t.Term) -> Domain:
    """Return the range of the arrays that the body indexes by the variable, if they agree on one."""
    found: set[Domain] = set()
    for part in t.subterms(body):
        if isinstance(part, t.Entry) and isinstance(part.array, t.Name):
            sizes = _sizes(lowering.w.scope.sorts.get(part.array.symbol))
            for index, size in zip(part.indices, sizes, strict=False):
                if index == t.Name(symbol) and size is not None:
                    found.add(index_domain(lowering.w.size_of_term(size)))
    return found.pop() if len(found) == 1 else Domain("index", domain.name)


def _sizes(sort: sorts.Sort | None) -> tuple[t.Term | None, ...]:
    match sort:
        case sorts.Family():
            return (*sort.sizes, *_sizes(sort.element))
        case sorts.Vector():
            return (sort.size,)
        case sorts.Matrix():
            return (sort.rows, sort.columns)
    return ()


def _over_range(lowering: Lowering, term: t.Aggregate, low: Polynomial, high: Polynomial) -> Value:
    """Shift the range to 1, ..., n; write short ones out; split off what a constant adds to n."""
    w = lowering.w
    count = combined(w, add(subtract(high, low), constant(1)))
    shift = subtract(low, constant(1))
    number = constant_value(count)
    if number is not None:
        if number < 0 or not isinstance(number, int):
            if number < 0:
                return _written_out(lowering, term, [])
            raise Refused("a range between numbers that are no integers apart")
        if number <= LONGEST_WRITTEN_OUT:
            return _written_out(lowering, term, [add(low, constant(k)) for k in range(number)])
        return _over(lowering, term, index_domain(w.freeze(count)), shift)
    extra = count.get((), 0)
    if not w.mode.peel or not extra or not isinstance(extra, int) or abs(extra) > 4 or not w.allows(PEELING):
        return _over(lowering, term, index_domain(w.freeze(count)), shift)
    rest = subtract(count, constant(extra))
    least = max(0, -extra)
    bounds = bounds_of(w, rest)
    if bounds.low is None or bounds.low < least:
        w.require(
            f"the range of a sum has at least {max(extra, 0)} members"
            if extra > 0
            else f"the upper end of a sum is at least {least}"
        )
    whole = _over(lowering, term, index_domain(w.freeze(rest)), shift)
    places = range(1, extra + 1) if extra > 0 else range(extra + 1, 1)
    ends = _written_out(lowering, term, [add(shift, rest, constant(k)) for k in places])
    return _joined(lowering, term, whole, ends, extra > 0)


def _joined(lowering: Lowering, term: t.Aggregate, whole: Value, ends: Value, added: bool) -> Value:
    if term.operation == "product":
        raise Refused("splitting a product")
    if isinstance(whole, dict) and isinstance(ends, dict):
        return add(whole, scale(1 if added else -1, ends))
    raise Refused("splitting a sum of arrays")


def _written_out(lowering: Lowering, term: t.Aggregate, points: list[Polynomial]) -> Value:
    symbol = term.binder.name.symbol
    result: Value = constant(1) if term.operation == "product" else {}
    for point in points:
        value = lowering.inside({symbol: point}).value(term.body)
        if term.operation != "product":
            result = add_values(lowering.w, result, value)
        elif isinstance(value, dict) and isinstance(result, dict):
            result = multiply(lowering.w, result, value)
        else:
            raise Refused("a product of arrays over an index")
    return result


def _over(lowering: Lowering, term: t.Aggregate, domain: Domain, shift: Polynomial) -> Value:
    """The operator with its variable; `shift` is added to the index, which counts from 1."""
    w = lowering.w
    variable = lowering.variable(domain)
    inside: Value = add(single(variable), {m: c for m, c in shift.items() if c})
    if domain.kind == "line" and domain.parts:
        inside = block_of_atom(w, variable, domain.parts)
    inner = lowering.inside({term.binder.name.symbol: inside}, domain)
    if domain.kind == "range" and not _surely_nonempty(w, domain):
        inner.guarded = True
    value = inner.value(term.body)
    if term.operation == "product":
        if not isinstance(value, dict):
            raise Refused("a product of arrays over an index")
        return product_over(w, ((variable, domain),), value)
    if isinstance(value, dict):
        return total(w, ((variable, domain),), value)
    if isinstance(value, Block):
        block = value
        return Block(block.shape, lambda indices: total(w, ((variable, domain),), block.entry(indices)))
    raise Refused("a sum of identity matrices over an index")


def _surely_nonempty(w: Workspace, domain: Domain) -> bool:
    bounds = bounds_of(w, domain.parts[0].polynomial())
    return bounds.low is not None and bounds.low >= 1


def product_over(w: Workspace, binders: tuple[tuple[object, Domain], ...], body: Polynomial) -> Polynomial:
    """prod_i f_i = exp(sum_i log f_i) for factors known to be positive; else factor by factor, opaque."""
    pairs = tuple(binders)
    if sign(w, combined(w, body)) > 0 and w.allows(PRODUCT_AS_EXP):
        return exponential(w, total(w, pairs, logarithm(w, body)))  # type: ignore[arg-type]
    variables = tuple(variable for variable, _ in pairs)
    domains = tuple(domain for _, domain in pairs)
    if len(body) != 1:
        return single(closed(w, "product", variables, domains, combined(w, body)))  # type: ignore[arg-type]
    ((m, c),) = body.items()
    result = constant(1)
    for atom, exponent in m:
        factor = monomial(w, [(atom, exponent)])
        if sign(w, factor) > 0 and w.allows(PRODUCT_AS_EXP):
            part = exponential(w, total(w, pairs, logarithm(w, factor)))  # type: ignore[arg-type]
        elif isinstance(exponent, int):
            part = monomial(w, [(closed(w, "product", variables, domains, single(atom)), exponent)])  # type: ignore[arg-type]
        else:
            raise Refused("a root inside a product over an index")
        result = multiply(w, result, part)
    if c == 1:
        return result
    if c < 0:
        raise Refused("signs in a product over an index")
    return multiply(w, result, exponential(w, total(w, pairs, logarithm(w, constant(Fraction(c))))))  # type: ignore[arg-type]


def cases(lowering: Lowering, term: t.Cases) -> Polynomial:
    """A choice between values, opaque but for the values in normal form; equal values need no choice."""
    w = lowering.w
    inner = lowering.conditionally()
    values = [inner.scalar(value) for value, _ in term.branches]
    if term.otherwise is not None:
        values.append(inner.scalar(term.otherwise))
    frozen = tuple(w.freeze(combined(w, value)) for value in values)
    if len(set(frozen)) == 1 and term.otherwise is not None:
        return values[0]
    conditions = tuple(condition_parts(inner, condition) for _, condition in term.branches)
    return single(w.atom("cases", frozen, conditions))


def indicator(lowering: Lowering, term: t.Indicator) -> Polynomial:
    """1 where the condition holds; an equation is a Kronecker delta."""
    from errata.verify.normal_form.arrays import kronecker

    condition = term.condition
    inner = lowering.conditionally()
    if isinstance(condition, t.Comparison) and condition.relation == "=":
        return kronecker(lowering.w, inner.argument(condition.left), inner.argument(condition.right))
    return single(lowering.w.atom("indicator", condition_parts(inner, condition)))


def condition_parts(lowering: Lowering, condition: t.Term) -> tuple[object, ...]:
    """Return a condition as an argument of an atom; raises Refused for other terms."""
    if isinstance(condition, t.Comparison):
        return (condition.relation, lowering.argument(condition.left), lowering.argument(condition.right))
    if isinstance(condition, t.Conjunction):
        return ("and", *(condition_parts(lowering, part) for part in condition.conditions))
    raise Refused("a condition in words")
