"""Single typed edits: at every node of the written side, what a slip of the pen would have changed.

The costs order candidates; what mattered in experiments is which edits there are, hardly what they cost. Removing
a minus or a transpose that stands there is cheaper than adding one, so that the two never tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from errata.language.definitions import free_symbols
from errata.language.sorts import Point
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Constant,
    Density,
    Derivative,
    Domain,
    Draw,
    Elementary,
    Entry,
    Expectation,
    Functional,
    IndexSet,
    Interval,
    LawReference,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slot,
    Space,
    Sum,
    Term,
)
from errata.verify.diagnosis.arrays import transposed
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.candidates import numbers
from errata.verify.diagnosis.trees import ONE, Path, at, number, plus, positions, put, put_in, tidy, times
from errata.verify.free_indices import index_range

Edit = tuple[Term, float]
TWO, HALF = Number(Fraction(2)), Quotient(ONE, Number(Fraction(2)))
DEEPER = 0.01
"""What an edit costs more for every level further down: of two alike, the outer one is what is meant."""
PARAMETER = 0.6
"""What an edit costs more within the law that a mean is taken under: its parameters are said once, and right."""
MOST_NODES = 90
MOST_EDITS = 1500

_SIBLINGS = {
    "sin": ("cos",), "cos": ("sin",), "sinh": ("cosh",), "cosh": ("sinh",), "tanh": ("sigmoid",), "exp": ("log",),
    "log": ("exp",), "max": ("min",), "min": ("max",), "floor": ("ceiling",), "ceiling": ("floor",),
    "sigmoid": ("tanh",), "tan": ("tanh",), "softplus": ("relu",), "relu": ("softplus",),
}  # fmt: skip


def single_edits(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side with one edit, at every node."""
    yield from islice(_edited(bench), MOST_EDITS)


def _edited(bench: Bench) -> Iterator[Candidate]:
    outside_in = sorted(positions(bench.written), key=lambda place: len(place[0]))
    for path, node in outside_in[:MOST_NODES]:
        for new, cost in edits_at(bench.written, path, node, bench):
            far = PARAMETER * ("draws" in path)
            term = tidy(put(bench.written, path, new)) if bench.is_tidy else put_in(bench.written, path, new)
            yield Candidate(term, cost + DEEPER * len(path) + far, single=True)


def edits_at(root: Term, path: Path, node: Term, bench: Bench) -> Iterator[Edit]:
    """Yield what may stand in place of a node, with its cost."""
    place = path[-1] if path else ""
    if place in ("function", "law") and isinstance(node, Name):
        yield from ((other, 1.2) for other in bench.like(node))
        return
    if place in ("name", "variable") or _is_bound(path):
        return
    if "indices" in path[-2:]:
        yield from _index_edits(node, bench)
        return
    yield from own_edits(node, bench)
    if "low" in path[-1:] or "high" in path[-1:]:
        yield from ((Sum((node, ONE)), 1.0), (Sum((node, Negative(ONE))), 1.0))
        return
    parent = at(root, path[: -2 if isinstance(path[-1], int) else -1]) if path else None
    if not isinstance(node, Number | Constant) and not isinstance(parent, Slot) and _is_value(node):
        of_log = isinstance(parent, Elementary) and parent.function == "log"  # half a logarithm, not that of a root
        yield from (e for e in wrapped(node, bench) if not (of_log and isinstance(e[0], Elementary)))
        if not isinstance(parent, Product | MatrixOperation | Negative | Entry):
            yield from scaled(node, bench)


def _is_bound(path: Path) -> bool:
    """Whether a path leads into the name of a binder or draw."""
    return len(path) >= 2 and path[-1] == "name" and path[-2] != "law"


def _is_value(node: Term) -> bool:
    return not isinstance(node, LawReference | Comparison)


def _index_edits(node: Term, bench: Bench) -> Iterator[Edit]:
    yield from ((other, 1.1) for other in bench.indices if other != node)
    yield from ((Sum((node, ONE)), 1.1), (Sum((node, Negative(ONE))), 1.1))
    if isinstance(node, Sum):
        yield from ((t, 1.0) for t in node.terms if isinstance(t, Name))
        yield from own_edits(node, bench)


def own_edits(node: Term, bench: Bench) -> Iterator[Edit]:
    """Yield edits of what the node itself is."""
    match node:
        case Number(value):
            yield from _near_numbers(value)
        case Constant(kind):
            if kind == "pi":
                yield ONE, 1.3
            yield from ((name, 1.3) for name in bench.numbers[:8])
        case Name():
            yield from ((other, 1.3) for other in bench.like(node))
        case Negative(term):
            yield term, 0.85
        case Sum(terms):
            yield from _sum_edits(terms)
        case Product(factors):
            yield from _product_edits(factors, bench)
        case Quotient(numerator, denominator):
            yield numerator, 1.3
            yield Quotient(denominator, numerator), 1.4
            yield Product((numerator, denominator)), 1.2
            if isinstance(numerator, Product):
                for place, factor in enumerate(numerator.factors):
                    rest = numerator.factors[:place] + numerator.factors[place + 1 :]
                    yield Quotient(Product(rest), Product((denominator, factor))), 1.4
        case Power(base, exponent):
            yield base, 1.1
            yield Power(base, Negative(exponent)), 1.0
            if not isinstance(exponent, Number):
                yield Power(base, Sum((exponent, ONE))), 1.05
                yield Power(base, Sum((exponent, Negative(ONE)))), 1.05
            yield Power(base, Quotient(exponent, TWO)), 1.1
            yield Product((exponent, base)), 1.3
        case Elementary(function, arguments):
            yield from _function_edits(node, function, arguments)
        case MatrixOperation(operation, arguments):
            yield from _operation_edits(node, operation, arguments)
        case Aggregate():
            yield from _aggregate_edits(node, bench)
        case Functional(_, laws) if len(laws) == 2:
            yield replace(node, laws=(laws[1], laws[0])), 0.9
        case Functional(_, laws):
            yield from ((replace(node, laws=(law,)), 1.0) for law in bench.laws if law != laws[0])
        case Expectation(draws, body):
            for place, draw in enumerate(draws):
                for law in bench.laws:
                    if law != draw.law:
                        changed = Draw(draw.name, draw.space, law)
                        yield replace(node, draws=(*draws[:place], changed, *draws[place + 1 :])), 1.0
                for factor in bench.parts_at(draw.name):
                    yield replace(node, body=Product((factor, body))), 1.4
            if not draws:
                yield body, 1.3
        case Density(_, values, given):
            yield from _density_edits(node, values, given, bench)
        case Derivative(_, _, order):
            yield replace(node, order=order + 1), 1.1
            if order > 1:
                yield replace(node, order=order - 1), 1.1
        case Apply(_, arguments, _, order):
            if len(arguments) == 2:
                yield replace(node, arguments=(arguments[1], arguments[0])), 0.9
            if order:
                yield replace(node, order=order - 1), 1.0
            if len(arguments) == 1:
                yield replace(node, order=order + 1), 1.1
        case Entry(array, indices):
            if len(indices) == 2 and indices[0] != indices[1]:
                yield Entry(array, (indices[1], indices[0])), 0.8
            yield array, 1.4
        case Comparison(relation, left, right):
            for other, cost in (("<", 1.0), ("<=", 1.0), (">", 1.0), (">=", 1.0), ("=", 1.2)):
                if other != relation:
                    yield Comparison(other, left, right), cost  # type: ignore[arg-type]


def _near_numbers(value: Fraction) -> Iterator[Edit]:
    seen = {value}
    for near in (value + 1, value - 1, 2 * value, value / 2, -value, value * value, 1 / value if value else value):
        if near not in seen:
            seen.add(near)
            yield number(near), 1.0 if near.denominator == 1 else 1.15


def _sum_edits(terms: tuple[Term, ...]) -> Iterator[Edit]:
    for place, term in enumerate(terms):
        before, after = terms[:place], terms[place + 1 :]
        if isinstance(term, Negative):
            yield Sum((*before, term.term, *after)), 0.85 + DEEPER * bool(before)
        else:
            yield Sum((*before, Negative(term), *after)), 1.0 if before else 1.0 + 2 * DEEPER
        yield Sum((*before, *after)), 1.3
    if len(terms) == 2:
        yield Product(terms), 1.5
    if all(isinstance(t, Elementary) and t.function == "log" and len(t.arguments) == 1 for t in terms):
        yield Elementary("log", (Sum(tuple(t.arguments[0] for t in terms)),)), 1.2  # type: ignore[attr-defined]
    # A factor that was meant for the whole sum stands at its first or last addend only.
    for place, term in enumerate(terms):
        inner, negative = (term.term, True) if isinstance(term, Negative) else (term, False)
        if isinstance(inner, Product) and len(terms) <= 4:
            rest = terms[:place] + terms[place + 1 :]
            for at_place, factor in ((0, inner.factors[0]), (len(inner.factors) - 1, inner.factors[-1])):
                kept = Product(inner.factors[:at_place] + inner.factors[at_place + 1 :])
                body = Sum((*terms[:place], Negative(kept) if negative else kept, *terms[place + 1 :]))
                yield Product((factor, body) if at_place == 0 else (body, factor)), 1.3
                if place + 1 < len(terms) and rest:
                    tail = Sum((kept, *terms[place + 1 :]))
                    yield Sum((*terms[:place], Product((factor, tail) if at_place == 0 else (tail, factor)))), 1.35


def _product_edits(factors: tuple[Term, ...], bench: Bench) -> Iterator[Edit]:
    for place, factor in enumerate(factors):
        before, after = factors[:place], factors[place + 1 :]
        yield Product((*before, *after)), 1.3
        if place + 1 < len(factors):
            yield Product((*before, after[0], factor, *after[1:])), 1.0 + 0.05 * place
        for end in range(place + 2, len(factors) + 1):
            if end - place < len(factors):
                run = transposed(Product(factors[place:end]), bench.scope)
                yield Product((*before, run, *factors[end:])), 1.2
        yield Quotient(Product((*before, *after)), factor), 1.4
        if isinstance(factor, Sum) and len(factors) == 2:
            other = factors[1 - place]
            for first in (0, len(factor.terms) - 1):
                reached = Product((other, factor.terms[first]) if place else (factor.terms[first], other))
                yield Sum((*factor.terms[:first], reached, *factor.terms[first + 1 :])), 1.3
    if len(factors) > 2:
        yield Product(factors[::-1]), 1.05
        yield Product((*factors[1:], factors[0])), 1.15
        yield Product((factors[-1], *factors[:-1])), 1.15
    if len(factors) == 2:
        for one, other in (factors, factors[::-1]):
            if isinstance(other, Elementary) and other.function == "log" and not bench.is_array(one):
                yield Sum((Elementary("log", (one,)), other)), 1.2
        yield Sum(factors), 1.5
        yield MatrixOperation("hadamard", factors), 1.4
        if factors[0] in bench.numbers:
            yield Power(factors[1], factors[0]), 1.3


def _function_edits(node: Elementary, function: str, arguments: tuple[Term, ...]) -> Iterator[Edit]:
    for sibling in _SIBLINGS.get(function, ()):
        yield replace(node, function=sibling), 1.4
    if len(arguments) == 1:
        inner = arguments[0]
        yield inner, 1.1 if function == "sqrt" else 1.4
        if function == "sqrt":
            yield Power(inner, TWO), 1.3
        if function == "log" and isinstance(inner, Product):
            yield Sum(tuple(Elementary("log", (f,)) for f in inner.factors)), 1.2
        if function == "log" and isinstance(inner, Sum):
            yield Sum(tuple(Elementary("log", (t,)) for t in inner.terms)), 1.4
        if function == "exp":
            yield Elementary("exp", (Negative(inner),)), 1.0
    elif len(arguments) == 2:
        yield replace(node, arguments=(arguments[1], arguments[0])), 0.9


def _operation_edits(node: MatrixOperation, operation: str, arguments: tuple[Term, ...]) -> Iterator[Edit]:
    if len(arguments) == 1:
        inner = arguments[0]
        cost = {"transpose": 0.85, "inverse": 1.1}.get(operation, 1.4)
        yield inner, cost
        if operation == "transpose":
            yield MatrixOperation("inverse", (inner,)), 1.2
        if operation == "inverse":
            yield MatrixOperation("transpose", (inner,)), 1.2
        if operation == "norm":
            yield Power(node, TWO), 1.0
            yield MatrixOperation("squared_norm", (inner,)), 1.0
        if operation == "squared_norm":
            yield MatrixOperation("norm", (inner,)), 1.0
        if operation in ("trace", "determinant"):
            yield replace(node, operation="determinant" if operation == "trace" else "trace"), 1.4
    elif len(arguments) == 2:
        yield replace(node, arguments=(arguments[1], arguments[0])), 1.0
        if operation == "hadamard":
            yield Product(arguments), 1.2
        if operation == "kronecker":
            yield Product(arguments), 1.4


def _aggregate_edits(node: Aggregate, bench: Bench) -> Iterator[Edit]:
    yield node.body, 1.2
    for factor in (*bench.entries, *bench.parts_at(node.binder.name)):
        yield replace(node, body=Product((factor, node.body))), 1.4
    siblings = {"sum": "product", "product": "sum", "max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax"}
    if node.operation in siblings:
        yield replace(node, operation=siblings[node.operation]), 1.3  # type: ignore[arg-type]
    if isinstance(node.body, Product):  # a factor that was meant to stand outside
        for place, factor in enumerate(node.body.factors):
            rest = node.body.factors[:place] + node.body.factors[place + 1 :]
            yield Product((factor, replace(node, body=Product(rest)))), 1.4
    if isinstance(node.body, Sum):  # the sum was meant to reach its first addend only
        first, *others = node.body.terms
        yield Sum((replace(node, body=first), *others)), 1.3
    domain = node.binder.domain
    if isinstance(domain, Interval):
        yield replace(node, binder=Binder(node.binder.name, Interval(domain.high, domain.low))), 1.1


def _density_edits(node: Density, values: tuple[Slot, ...], given: tuple[Slot, ...], bench: Bench) -> Iterator[Edit]:
    for other in bench.givens:
        if other != given and not {s.space for s in other} & {s.space for s in values}:
            yield replace(node, given=other), 1.0
    if given:
        yield replace(node, values=given, given=values), 0.95
        yield replace(node, values=(*values, *given), given=()), 1.0
        yield replace(node, given=()), 1.0
    for place in range(len(values)):
        if len(values) > 1:
            rest = values[:place] + values[place + 1 :]
            yield replace(node, values=rest, given=(*given, values[place])), 1.0
            yield replace(node, values=rest), 1.1


def wrapped(node: Term, bench: Bench) -> Iterator[Edit]:
    """Yield the node with something put around it or beside it."""
    if bench.is_array(node) and not isinstance(node, Negative):
        yield MatrixOperation("transpose", (node,)), 1.0
        yield transposed(node, bench.scope), 1.1
        yield MatrixOperation("inverse", (node,)), 1.2
        yield MatrixOperation("inverse", (transposed(node, bench.scope),)), 1.5
    elif not bench.is_array(node):
        yield Quotient(ONE, node), 1.25
        if not isinstance(node, Elementary) or node.function != "exp":
            yield Elementary("sqrt", (node,)), 1.25
    yield Power(node.term if isinstance(node, Negative) else node, TWO), 1.2
    for name in bench.numbers[:8]:
        yield Sum((node, Negative(name))), 1.7
        yield plus(node, name), 1.7
    yield plus(node, ONE), 1.5
    yield Sum((node, Negative(ONE))), 1.5
    if not isinstance(node, Elementary):
        yield Elementary("log", (node,)), 1.6
        yield Elementary("exp", (node,)), 1.6
    if bench.is_array(node) and not isinstance(node, MatrixOperation):
        yield MatrixOperation("trace", (node,)), 1.6
        yield MatrixOperation("determinant", (node,)), 1.6
    for index in (*bench.indices, *bench.points) if not isinstance(node, Negative) else ():
        yield from _summed(node, index, bench)


def scaled(node: Term, bench: Bench) -> Iterator[Edit]:
    """Yield the node with another sign or with a factor, where it is a whole addend or argument."""
    yield Negative(node), 1.0
    if numbers.has_numeral(node):
        yield from ((numbers.scaled(node, factor), 1.1) for factor in (Fraction(2), Fraction(1, 2)))
    else:
        yield from ((factored, 1.1 + numbers.PUT_IN) for factored in (Product((TWO, node)), Quotient(node, TWO)))
    for name in bench.numbers[:8]:
        yield times(node, name), 1.5
        yield Quotient(node, name), 1.5


def _summed(node: Term, index: Name, bench: Bench) -> Iterator[Edit]:
    """A sum over an index or a point was lost: put it around the node, with the range it has elsewhere.

    Factors in front that do not depend on the index stay outside.
    """
    if index.symbol not in free_symbols(node):
        return
    factors = node.factors if isinstance(node, Product) else (node,)
    first = next(place for place, f in enumerate(factors) if index.symbol in free_symbols(f))
    body = factors[first:]
    for domain in _domains(index, bench):
        lost = Aggregate("sum", Binder(index, domain), body[0] if len(body) == 1 else Product(body))
        yield (Product((*factors[:first], lost)) if first else lost), 1.2


def _domains(index: Name, bench: Bench) -> list[Domain]:
    sort = bench.scope.sorts.get(index.symbol)
    if isinstance(sort, Point):
        return [Space(sort.space)]
    found: dict[Domain, None] = {}
    for side in (bench.other, bench.written):
        for _, part in positions(side):
            domain = part.binder.domain if isinstance(part, Aggregate) and part.binder.name == index else None
            if isinstance(domain, Range | IndexSet):
                found[domain] = None
    whole = index_range((bench.written,), index.symbol, bench.scope) if not found else None
    return [*found, *((whole,) if whole is not None else ())]
