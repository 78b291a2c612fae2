"""What makes a law sum to one: of p(x) = f(x) / Z, where nothing else says what Z is, it is the sum of f over x.

That is no guess, for p is a law. It holds for names of partition functions alone: of the m in P(A) = k / m, which is
no function of what A is, nothing follows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import split
from errata.language.definitions import free_symbols, hidden_parameters
from errata.language.scope import Definition, DensityDefinition
from errata.language.syntax import Group, Node, Scripted, everything, levels
from errata.language.terms import Aggregate, Apply, Binder, Name, Number, Product, Quotient, Space, Term
from errata.language.unnormalised import is_partition_name


def normalisers(densities: Iterable[DensityDefinition], still: Collection[str] = ()) -> dict[str, Definition]:
    r"""Return what the partition functions in formulas of laws must be.

    Where two laws are divided by one name, it is that of neither. still: names that never vary. It is not said how
    \tilde p depends on \theta in \tilde p(x) / Z(\theta), which does no harm where \theta is one of these.
    """
    found: dict[str, list[Definition]] = {}
    for density in densities:
        defined = _normaliser(density, still)
        if defined is not None:
            found.setdefault(defined.symbol, []).append(defined)
    return {symbol: many[0] for symbol, many in found.items() if len(many) == 1}


def _normaliser(density: DensityDefinition, still: Collection[str]) -> Definition | None:
    numerator, denominator = _cut(density.body)
    match denominator:
        case Name(symbol):
            parameters: tuple[str, ...] = ()
        case Apply(Name(symbol), arguments, further, 0) if all(isinstance(a, Name) for a in (*arguments, *further)):
            parameters = tuple(a.symbol for a in (*arguments, *further) if isinstance(a, Name))
        case _:
            return None
    values = [variable for _, variable in density.values]
    free = free_symbols(numerator)
    if not is_partition_name(symbol) or symbol in free or not set(values) <= free or set(values) & set(parameters):
        return None
    if any(parameter not in free and parameter not in still for parameter in parameters):
        return None
    body = numerator
    for space, variable in density.values:
        body = Aggregate("sum", Binder(Name(variable), Space(space)), body)
    defined = Definition(symbol, parameters, body)
    return None if hidden_parameters(defined) else defined


def _cut(body: Term) -> tuple[Term, Term | None]:
    """Return f and Z of f / Z or (1 / Z) f."""
    match body:
        case Quotient(numerator, denominator):
            return numerator, denominator
        case Product((Quotient(Number(one), denominator), *factors)) if one == Fraction(1):
            return factors[0] if len(factors) == 1 else Product(tuple(factors)), denominator
    return body, None


def still_names(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    r"""Return the names that a document writes as arguments and labels alone, as \theta in f(x; \theta) and p_\theta.

    So nothing differentiates by them or chooses them; and no partition function is taken at another place than they.
    """
    every: Counter[str] = Counter()
    quiet: Counter[str] = Counter()
    places: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for formula in formulas:
        every.update(s for node in everything(formula) if (s := symbols.decorated(node)))
        quiet.update(_alone(formula))
        for node in everything(formula):
            quiet.update(_alone(node.lower or ()) if isinstance(node, Scripted) else ())
        for level in levels(formula):
            for head, bracket in pairwise(level):
                if isinstance(bracket, Group) and bracket.opening == "(" and (called := symbols.decorated(head)):
                    parts = split(bracket.items, _SEPARATORS)
                    quiet.update(name for part in parts for name in _alone(part))
                    if is_partition_name(called):
                        inside = (s for node in everything(bracket.items) if (s := symbols.decorated(node)))
                        places[called].add(tuple(inside))
    elsewhere = {s for many in places.values() if len(many) > 1 for names in many for s in names}
    return frozenset(s for s, count in every.items() if count == quiet[s]) - elsewhere


_SEPARATORS = (",", ";", "|", "\\mid")


def _alone(nodes: Sequence[Node]) -> Iterator[str]:
    symbol = symbols.decorated(nodes[0]) if len(nodes) == 1 else None
    if symbol is not None:
        yield symbol
