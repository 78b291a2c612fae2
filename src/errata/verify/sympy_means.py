"""Expectations and moments written as sums over spaces; those over normal laws stay."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language.scope import Independent
from errata.language.sorts import RandomVariable
from errata.language.terms import (
    Aggregate,
    Binder,
    Comparison,
    Draw,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Number,
    Power,
    Product,
    Range,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Term,
)
from errata.verify.sympy_forms import bare, difference
from errata.verify.sympy_terms import CannotEncode, bound_symbols, free_symbols, subterms_below

if TYPE_CHECKING:
    from errata.verify.sympy_lowering import Lowering

HIDDEN_LAW = "hidden law"


def expectation(lowering: Lowering, term: Expectation, bound: frozenset[str]) -> Term:
    """Return an expectation as sums over spaces, or over a normal law. Raises CannotEncode."""
    if not term.draws:
        return _mean_of_variables(lowering, term, bound)
    if term.given:
        raise CannotEncode("a conditional expectation with draws of its own")
    return _mean(lowering, list(term.draws), term.body, bound)


def _mean(lowering: Lowering, draws: list[Draw], body: Term, bound: frozenset[str]) -> Term:
    if not draws:
        return lowering.lower(body, bound)
    group = [draws[0]]
    while len(group) < len(draws) and _joint(group, draws[len(group)]):
        group.append(draws[len(group)])
    names = [draw.name.symbol for draw in group]
    inner = _mean(lowering, draws[len(group) :], body, bound | frozenset(names))
    law = lowering.resolved(group[0].law, bound)
    standard = standard_form(lowering, law, group, bound)
    if standard is not None:
        return standard_mean(group[0], standard, inner)
    if any(name in set(free_symbols(group[0].law)) for name in names) and not isinstance(law, LawReference):
        raise CannotEncode("a draw's law mentions the variable that is drawn")
    given = law.given if isinstance(law, LawReference) else ()
    slots = tuple(Slot(draw.space, draw.name) for draw in group)
    weight = lowering.density(bare(law), slots, given, bound | frozenset(names))
    result: Term = Product((weight, inner))
    for draw in reversed(group):
        result = Aggregate("sum", Binder(draw.name, Space(draw.space)), result)
    return result


def standard_form(lowering: Lowering, law: Term, group: list[Draw], bound: frozenset[str]) -> StandardLaw | None:
    """Return the standard law that a draw follows, be it by name or by the formula of its density."""
    if isinstance(law, StandardLaw):
        return lowering.standard(law, bound) if len(group) == 1 else None
    if not isinstance(law, LawReference) or len(group) != 1:
        return None
    name = group[0].name
    formulas = [density for density in lowering.scope.densities if density.law == law.law.symbol]
    if not formulas or law.law.symbol in bound:
        return None
    try:
        density = lowering.density(bare(law), (Slot(group[0].space, name),), law.given, bound | {name.symbol})
    except CannotEncode:
        return None
    if isinstance(density, StandardDensity) and density.point == name:
        if name.symbol in set(free_symbols(density.law)):
            return None
        return density.law
    return None


def _mean_of_variables(lowering: Lowering, term: Expectation, bound: frozenset[str]) -> Term:
    conditions: dict[str, Term] = {}
    for condition in term.given:
        if isinstance(condition, Name):
            conditions[condition.symbol] = condition
        elif isinstance(condition, Comparison) and condition.relation == "=" and isinstance(condition.left, Name):
            conditions[condition.left.symbol] = condition.right
        else:
            raise CannotEncode("an expectation under a condition that is not of the form X = x")
    body = _unfolded(lowering, term.body, bound)
    variables = [
        symbol
        for symbol in dict.fromkeys(_outside_means(body))
        if isinstance(lowering.scope.sorts.get(symbol), RandomVariable)
    ]
    if not variables:
        raise CannotEncode("an expectation of something without a declared random variable")
    return _mean_under_laws(lowering, [v for v in variables if v not in conditions], conditions, body, bound)


def _unfolded(lowering: Lowering, body: Term, bound: frozenset[str]) -> Term:
    """Put definitions in, so that the random variables behind them are seen."""
    if any(symbol in lowering.scope.definitions and symbol not in bound for symbol in free_symbols(body)):
        return lowering.lower(body, bound)
    return body


def _mean_under_laws(
    lowering: Lowering, variables: list[str], conditions: dict[str, Term], body: Term, bound: frozenset[str]
) -> Term:
    sorts = {v: _random_sort(lowering, v) for v in (*variables, *conditions)}
    if conditions:
        known = {str(sort.law) for sort in sorts.values()}
        if len(known) > 1:
            raise CannotEncode("a condition on a random variable with another law")
    groups: dict[str, list[str]] = {}
    for variable in variables:
        groups.setdefault(_group_of(lowering, variable, sorts[variable], variables), []).append(variable)
    inner = bound | frozenset(variables)
    result = lowering.lower(body, inner)
    for members in reversed(list(groups.values())):
        law = sorts[members[0]].law
        if law is None or isinstance(law, LawReference):
            result = _table_mean(lowering, members, sorts, conditions, result, inner)
        else:
            draw = Draw(Name(members[0]), sorts[members[0]].space, law)
            standard = standard_form(lowering, lowering.resolved(law, bound), [draw], bound)
            if standard is None or conditions:
                raise CannotEncode(f"the law of {members[0]} has no form for an expectation here")
            result = standard_mean(draw, standard, result)
    return result


def _table_mean(
    lowering: Lowering,
    members: list[str],
    sorts: dict[str, RandomVariable],
    conditions: dict[str, Term],
    body: Term,
    bound: frozenset[str],
) -> Term:
    law = sorts[members[0]].law
    hidden = Name(HIDDEN_LAW) if not _independent_alone(lowering, members) else Name(f"{HIDDEN_LAW} {members[0]}")
    reference = law if isinstance(law, LawReference) else LawReference(hidden)
    slots = tuple(Slot(sorts[v].space, Name(v)) for v in members)
    given = tuple(Slot(sorts[v].space, value) for v, value in conditions.items())
    weight = lowering.density(bare(reference), slots, (*given, *reference.given), bound)
    result: Term = Product((weight, body))
    for variable in reversed(members):
        result = Aggregate("sum", Binder(Name(variable), Space(sorts[variable].space)), result)
    return result


def _random_sort(lowering: Lowering, variable: str) -> RandomVariable:
    sort = lowering.scope.sorts.get(variable)
    if not isinstance(sort, RandomVariable):
        raise CannotEncode(f"{variable} is not declared to be a random variable")
    return sort


def _independent_alone(lowering: Lowering, members: list[str]) -> bool:
    return len(members) == 1 and any(
        isinstance(fact, Independent) and fact.law is None and members[0] in fact.names for fact in lowering.scope.facts
    )


def _group_of(lowering: Lowering, variable: str, sort: RandomVariable, variables: list[str]) -> str:
    """Return a key that is equal for random variables which share one joint law."""
    together = any(
        isinstance(fact, Independent) and fact.law is None and set(variables) <= set(fact.names)
        for fact in lowering.scope.facts
    )
    if together:
        return variable
    if isinstance(sort.law, LawReference):
        return f"law {sort.law.law.symbol}"
    if sort.law is None:
        return HIDDEN_LAW
    return variable


def moment(lowering: Lowering, term: MomentOf, bound: frozenset[str]) -> Term:
    """Return a variance or covariance by means. Raises CannotEncode."""
    first = term.arguments[0]
    second = term.arguments[-1]

    def mean(body: Term) -> Term:
        return expectation(lowering, Expectation(term.draws, body), bound)

    def turned(body: Term) -> Term:
        """A number stays what it is; of vectors this makes the covariance a matrix."""
        return MatrixOperation("transpose", (body,)) if term.moment == "covariance" else body

    return difference(mean(Product((first, turned(second)))), Product((mean(first), turned(mean(second)))))


def _outside_means(term: Term) -> Iterator[str]:
    """Yield the free symbols that stand outside expectations without draws, which average their own."""
    if isinstance(term, Expectation | MomentOf) and not term.draws:
        for condition in term.given if isinstance(term, Expectation) else ():
            yield from free_symbols(condition)
        return
    if isinstance(term, Name):
        yield term.symbol
        return
    bound = bound_symbols(term)
    for part in subterms_below(term):
        yield from (symbol for symbol in _outside_means(part) if symbol not in bound)


def _joint(group: list[Draw], following: Draw) -> bool:
    """Tell whether the next draw is one more coordinate of the same draw."""
    law = following.law
    return (
        law == group[0].law and isinstance(law, LawReference) and following.space not in {draw.space for draw in group}
    )


def standard_mean(draw: Draw, law: StandardLaw, body: Term) -> Term:
    """Return the mean over a standard law: a sum for a coin, else an expectation that stays."""
    if law.kind == "bernoulli":
        zero, one = Number(Fraction(0)), Number(Fraction(1))
        chance = law.parameters[0]
        weight = Product((Power(chance, draw.name), Power(difference(one, chance), difference(one, draw.name))))
        return Aggregate("sum", Binder(draw.name, Range(zero, one)), Product((weight, body)))
    if law.kind in ("normal", "uniform", "exponential"):
        return Expectation((Draw(draw.name, draw.space, law),), body)
    raise CannotEncode(f"an expectation over the {law.kind} law")


def as_mean(term: Aggregate) -> Term | None:
    """Read the integral of a normal density times something as an expectation."""
    body = term.body
    factors = body.factors if isinstance(body, Product) else (body,)
    for place, factor in enumerate(factors):
        if isinstance(factor, StandardDensity) and factor.point == term.binder.name and factor.law.kind == "normal":
            if term.binder.name.symbol in set(free_symbols(factor.law)):
                return None
            rest = (*factors[:place], *factors[place + 1 :])
            remaining: Term = Product(rest) if rest else Number(Fraction(1))
            space = term.binder.domain.name if isinstance(term.binder.domain, Space) else "x"
            return Expectation((Draw(term.binder.name, space, factor.law),), remaining)
    return None
