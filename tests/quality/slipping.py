"""Slips injected into right steps: typed, on the tree, at every place; each with the kinds it may be called.

These are written down apart from the candidates of the diagnosis: what a person gets wrong, not what a search tries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from errata.language import terms as t
from errata.language.scope import Scope
from errata.language.sorts import Matrix, Vector
from errata.verify.diagnosis.trees import positions, put, tidy

TWO, THREE = t.Number(Fraction(2)), t.Number(Fraction(3))

ALSO = {
    "missing-term": {"constant", "lost-derivative"},
    "extra-term": {"constant"},
    "factor": {"lost-derivative", "arithmetic", "missing-term", "extra-term", "convention", "constant"},
    "sign": {"arithmetic"},
    "exponent": {"factor", "arithmetic"},
    "index": {"wrong-name"},
    "wrong-name": {"index", "factor", "exponent", "unbound-index"},
    "wrong-law": {"swapped-arguments", "wrong-name"},
    "swapped-arguments": {"wrong-law", "sign"},
    "lost-sum": {"index", "unbound-index"},
    "transpose": {"shape"},
    "order": {"shape", "transpose"},
    "inverse": {"shape", "factor"},
    "square-root": {"exponent"},
    "log-of-product": {"factor"},
    "log-of-sum": {"log-of-product"},
}
"""Under which other names a kind may rightly go: a term that is lost from a derivative is a lost derivative."""


PLACES = {"exponent": "exponent", "high": "index", "low": "index", "draws": "wrong-law", "laws": "wrong-law"}


@dataclass(frozen=True)
class Injected:
    """A right side with a slip in it. kind: what was done. place: the fields that lead there."""

    kind: str
    term: t.Term
    place: tuple[str | int, ...] = ()

    def is_named(self, rule: str) -> bool:
        """Whether a rule is a right name for the slip: what is done to an exponent or a bound is a slip of that."""
        within = {name for field, name in PLACES.items() if field in self.place}
        return rule == self.kind or rule in within or rule in ALSO.get(self.kind, ())


def injected(right: t.Term, scope: Scope) -> Iterator[Injected]:
    """Yield a right side with one slip, of every kind and at every place."""
    seen = {right}
    for path, node in positions(right):
        if path and path[-1] in ("name", "function", "law", "variable"):
            continue
        for kind, changed in _at(node, scope, "indices" in path):
            term = tidy(put(right, path, changed))
            if term not in seen:
                seen.add(term)
                yield Injected(kind, term, path)


def _at(node: t.Term, scope: Scope, in_index: bool) -> Iterator[tuple[str, t.Term]]:
    if in_index:
        return
    match node:
        case t.Negative(inner):
            yield "sign", inner
        case t.Sum(terms):
            yield from _sums(terms)
        case t.Product(factors):
            yield from _products(factors, scope)
        case t.Quotient(above, below):
            if isinstance(below, t.Number):
                yield "factor", above
                yield "factor", t.Quotient(above, t.Number(2 * below.value))
        case t.Power(base, t.Number(value)):
            yield "exponent", base
            yield "exponent", t.Power(base, t.Number(value + 1))
        case t.Elementary("sqrt", (inner,)):
            yield "square-root", inner
        case t.Elementary("log", (t.Sum(terms),)):
            yield "log-of-sum", t.Sum(tuple(t.Elementary("log", (s,)) for s in terms))
        case t.Functional(_, (first, second)) if first != second:
            yield "swapped-arguments", replace(node, laws=(second, first))
        case t.Density(_, values, given) if given:
            yield "swapped-arguments", replace(node, values=given, given=values)
            yield "wrong-law", replace(node, given=())
        case t.Entry(array, (first, second)) if first != second:
            yield "index", t.Entry(array, (second, first))
        case t.Aggregate("sum", binder, body):
            yield "lost-sum", body
            if isinstance(binder.domain, t.Range):
                shorter = replace(binder.domain, high=t.Sum((binder.domain.high, t.Negative(t.Number(Fraction(1))))))
                yield "index", replace(node, binder=replace(binder, domain=shorter))
        case t.MatrixOperation("transpose", (inner,)):
            yield "transpose", inner
        case t.MatrixOperation("inverse", (inner,)):
            yield "inverse", inner
        case t.Name(symbol):
            yield from _names(node, symbol, scope)


def _sums(terms: tuple[t.Term, ...]) -> Iterator[tuple[str, t.Term]]:
    for place, term in enumerate(terms):
        rest = (*terms[:place], *terms[place + 1 :])
        flipped = term.term if isinstance(term, t.Negative) else t.Negative(term)
        yield "sign", t.Sum((*terms[:place], flipped, *terms[place + 1 :]))
        yield "missing-term", t.Sum(rest)
        if not isinstance(term, t.Number):
            yield "factor", t.Sum((*terms[:place], t.Product((TWO, term)), *terms[place + 1 :]))
    logs = [x for x in terms if isinstance(x, t.Elementary) and x.function == "log"]
    if len(logs) == 2 and len(terms) == 2:
        yield "log-of-product", t.Product(terms)
    first = terms[0].factors[0] if isinstance(terms[0], t.Product) else terms[0]
    if not isinstance(first, t.Number | t.Negative):
        yield "extra-term", t.Sum((*terms, first))


def _products(factors: tuple[t.Term, ...], scope: Scope) -> Iterator[tuple[str, t.Term]]:
    for place, factor in enumerate(factors):
        rest = (*factors[:place], *factors[place + 1 :])
        yield "factor", t.Product(rest)
        if isinstance(factor, t.Number):
            yield "factor", t.Product((t.Number(factor.value + 1), *rest))
        if place + 1 < len(factors) and any(_is_array(f, scope) for f in factors[place : place + 2]):
            swapped = (*factors[:place], factors[place + 1], factor, *factors[place + 2 :])
            yield "order", t.Product(swapped)


def _names(node: t.Name, symbol: str, scope: Scope) -> Iterator[tuple[str, t.Term]]:
    sort = scope.sorts.get(symbol)
    if isinstance(sort, Matrix) and sort.rows == sort.columns:
        yield "transpose", t.MatrixOperation("transpose", (node,))
    if sort is not None:
        others = sorted(s for s, other in scope.sorts.items() if other == sort and s != symbol)
        if others:
            yield "wrong-name", t.Name(others[0])


def _is_array(term: t.Term, scope: Scope) -> bool:
    return any(
        isinstance(scope.sorts.get(x.symbol), Matrix | Vector) for x in t.subterms(term) if isinstance(x, t.Name)
    )
