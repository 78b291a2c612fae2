"""The degree of a term as a polynomial in some names, definitions followed."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Elementary,
    Entry,
    Expectation,
    IndexSet,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
)

DEEPEST = 60


def degree_in(term: Term, names: Set[str], scope: Scope) -> int | None:
    """Return a bound of the total degree of the term in the names; None where it may be no polynomial."""
    return _Degrees(names, scope).of(term, DEEPEST)


@dataclass(frozen=True)
class _Degrees:
    names: Set[str]
    scope: Scope

    def of(self, term: Term, depth: int) -> int | None:
        if depth < 0:
            return None
        within = depth - 1
        match term:
            case Name(symbol):
                return self._name(symbol, within)
            case Entry(Name(symbol), indices):
                return None if any(self.of(i, within) for i in indices) else self._name(symbol, within)
            case Number():
                return 0
            case Sum(terms):
                return self._most([self.of(t, within) for t in terms])
            case Negative(inner):
                return self.of(inner, within)
            case Product(factors):
                found = [self.of(f, within) for f in factors]
                return None if None in found else sum(d for d in found if d is not None)
            case Quotient(numerator, denominator) if self.of(denominator, within) == 0:
                return self.of(numerator, within)
            case Power(base, Number(value)) if value.denominator == 1 and value >= 0:
                return self._power(base, int(value), within)
            case Aggregate("sum", binder, body) if isinstance(binder.domain, Range | IndexSet):
                if isinstance(binder.domain, Range) and any(
                    self.of(end, within) != 0 for end in (binder.domain.low, binder.domain.high)
                ):
                    return None
                return self.of(body, within)
            case MatrixOperation("transpose" | "trace" | "diagonal" | "vectorisation", (inner,)):
                return self.of(inner, within)
            case MatrixOperation("dot" | "hadamard" | "kronecker", (one, other)):
                return self.of(Product((one, other)), within)
            case MatrixOperation("squared_norm", (inner,)):
                return self.of(Product((inner, inner)), within)
            case Expectation((), _, ()) | MomentOf(_, (), _):
                return 0  # what is random in it is averaged there
        return None if self._occurs(term, within) else 0

    def _name(self, symbol: str, depth: int) -> int | None:
        if symbol in self.names or depth < 0:
            return 1 if symbol in self.names else None
        recursion = self.scope.recursions.get(symbol)
        if recursion is not None:
            parts = (recursion.body, *(value for _, value in recursion.starts))
            others = set[str]().union(*map(free_symbols, parts)) - {symbol, recursion.index}
            return 0 if all(self._name(other, depth - 1) == 0 for other in sorted(others)) else None
        definition = self.scope.definitions.get(symbol)
        return 0 if definition is None else self.of(definition.body, depth)

    def _power(self, base: Term, exponent: int, depth: int) -> int | None:
        """Return the degree of a power; a square may undo the root that a name is defined by."""
        definition = self.scope.definitions.get(base.symbol) if isinstance(base, Name) else None
        body = definition.body if definition is not None else base
        if isinstance(body, Elementary) and body.function == "sqrt" and exponent % 2 == 0:
            found = self.of(body.arguments[0], depth)
            return None if found is None else found * exponent // 2
        found = self.of(base, depth)
        return None if found is None else found * exponent

    def _most(self, found: list[int | None]) -> int | None:
        return None if None in found else max((d for d in found if d is not None), default=0)

    def _occurs(self, term: Term, depth: int) -> bool:
        free = free_symbols(term)
        return any(self._name(symbol, depth) != 0 for symbol in free)
