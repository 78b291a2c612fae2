"""Claims on subgaussian variables: no law tells them, so they are tried under laws that surely fit.

A claim that fails under one of these fails for subgaussian variables, since it is on all of them. That it holds under
all proves nothing of others, so such a claim holds at best. Each law has the greatest spread that the variance proxy v
allows, save one: a normal variable of variance v; a uniform one of variance v (sinh(x)/x <= exp(x^2/6)); two values
at distance 2 sqrt(v), with equal chances and with unequal ones (Hoeffding's lemma).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from errata.language.definitions import rebuilt, substitute, used_symbols
from errata.language.inference import relevant
from errata.language.printer import to_text
from errata.language.scope import Definition, IdenticallyDistributed, Independent, Scope, Subgaussian
from errata.language.sorts import AbstractSpace, EuclideanSpace, Family, FiniteSpace, RandomVariable, Real
from errata.language.statements import Statement
from errata.language.symbols import base_name
from errata.language.terms import (
    Comparison,
    Entry,
    Expectation,
    Name,
    Number,
    Power,
    Product,
    Quotient,
    StandardLaw,
    Sum,
    Term,
)
from errata.numeric_checks.budget import NO_POLYNOMIAL
from errata.verify.verdict import Judgement

_RIGHT = ("proved", "holds")
_FEWEST = 3
"""Under fewer laws than these a claim is not said to hold."""


def _number(value: Fraction | int) -> Number:
    return Number(Fraction(value))


_HALF = Quotient(_number(1), _number(2))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A law: X = sqrt(v) (factor Z + shift), with Z of a standard law, where the root of v is `root`."""

    words: str
    law: StandardLaw
    factor: Term
    shift: Term | None = None
    finite: bool = False
    alone: bool = False
    """Whether it is tried for claims on one variable only: means over two such variables take long."""


_COIN = StandardLaw("bernoulli", (_HALF,))
_BIASED = StandardLaw("bernoulli", (Quotient(_number(1), _number(4)),))
_NORMAL = StandardLaw("normal", (_number(0), _number(1)))
_SHAPES = (
    _Shape("normal", _NORMAL, _number(1)),
    _Shape("normal with a quarter of that variance", _NORMAL, _HALF),
    _Shape("of two equally likely values", _COIN, _number(2), _number(-1), finite=True),
    _Shape("of two unequally likely values", _BIASED, _number(2), Quotient(_number(-1), _number(2)), finite=True),
    _Shape("of two unequally likely values", _BIASED, _number(-2), _HALF, finite=True),
    _Shape(
        "uniform",
        StandardLaw("uniform", (_number(-1), _number(1))),
        Power(_number(3), _HALF),
        alone=True,
    ),
)


def judged(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement | None:
    """Return the verdict on a claim that rests on subgaussian variables; None where it rests on none."""
    if statement.problem is not None or not statement.readings:
        return None
    sides = [side for reading in statement.readings for side in (reading.left, reading.right)]
    told = _told(statement.scope, sides)
    if not told:
        return None
    if any(_says_more(fact, statement.scope, sides) for fact in told.values()):
        words = " and ".join(sorted(told))
        return Judgement("undecided", "undecided", f"more is said of {words} than that it is subgaussian")
    found: list[tuple[_Shape, Judgement]] = []
    for shape in _SHAPES:
        if not shape.alone or len(told) == 1:
            found.append((shape, _under(statement, told, shape, judge)))
            if found[-1][1].verdict == "wrong":
                if _about_a_mean(told, statement.scope) and _strictly(statement, told, shape, judge) != "wrong":
                    words = "it fails for subgaussian variables whose mean is not zero, which the note may not mean"
                    return Judgement("undecided", "undecided", words, found[-1][1].evidence)
                break
    return _merged(statement, found, told)


def concerns(statement: Statement) -> bool:
    """Return whether a claim rests on subgaussian variables."""
    return bool(_told(statement.scope, [side for r in statement.readings for side in (r.left, r.right)]))


def _merged(statement: Statement, found: list[tuple[_Shape, Judgement]], told: Mapping[str, Subgaussian]) -> Judgement:
    """Return what the verdicts under all laws say together."""
    names = " and ".join(told)
    wrong = next(((shape, judged) for shape, judged in found if judged.verdict == "wrong"), None)
    if wrong is not None and (statement.may_be_set or statement.redefines):
        return Judgement("undecided", "undecided", "this may be a condition that is set, not a claim")
    if wrong is not None:
        shape, judged = wrong
        message = f"it fails for {names} {shape.words}, {_proxies(told)}"
        return Judgement("wrong", "counterexample", message, judged.evidence, judged.counterexample)
    limited = next((judged for _, judged in found if judged.verdict == "conditional"), None)
    if limited is not None:
        return limited
    right = [shape.words for shape, judged in found if judged.verdict in _RIGHT]
    open_ones = [judged for _, judged in found if judged.verdict not in _RIGHT]
    if len(right) < _FEWEST or any(judged.message != NO_POLYNOMIAL for judged in open_ones):
        return next((judged for judged in open_ones if judged.message != NO_POLYNOMIAL), open_ones[0])
    listed = ", ".join(dict.fromkeys(right))
    message = f"it was checked for {names} {listed}, not for all subgaussian laws"
    evidence = tuple(e for _, judged in found for e in judged.evidence if e.witness == "numeric")[:1]
    return Judgement("holds", "", message, evidence)


def _proxies(told: Mapping[str, Subgaussian]) -> str:
    proxies = ", ".join(dict.fromkeys(to_text(fact.proxy) for fact in told.values()))
    return f"which is subgaussian with variance proxy {proxies}"


def _told(scope: Scope, sides: list[Term]) -> Mapping[str, Subgaussian]:
    """Return what is said last of the variables that sides rest on and that have no law, by name."""
    kept, reached = relevant(scope, sides)
    names = {s for term in reached for s in used_symbols(term)}
    found: dict[str, Subgaussian] = {}
    for fact in kept.facts:
        if isinstance(fact, Subgaussian) and fact.variable in names and _is_open(fact.variable, scope):
            found[fact.variable] = fact
    return MappingProxyType(found)


def _is_open(symbol: str, scope: Scope) -> bool:
    sort = scope.sorts.get(symbol)
    element = sort.element if isinstance(sort, Family) else sort
    return isinstance(element, RandomVariable) and element.law is None and symbol not in scope.definitions


def _says_more(fact: Subgaussian, scope: Scope, sides: list[Term]) -> bool:
    """Return whether the scope says something of the variable that the laws tried need not fulfil."""
    sort = scope.sorts[fact.variable]
    element = sort.element if isinstance(sort, Family) else sort
    assert isinstance(element, RandomVariable)
    space = scope.spaces.get(element.space)
    plain = space is None or space == AbstractSpace() or space == EuclideanSpace(None)
    assumed = (a for a in scope.assumptions if fact.variable in used_symbols(a))
    about = [a for a in assumed if _mean_in(a) != fact.variable]
    facts = [
        f
        for f in scope.facts
        if not isinstance(f, Subgaussian | Independent | IdenticallyDistributed) and fact.variable in _names(f)
    ]
    laws = any(d.law == fact.variable for d in scope.densities)
    return element.values != Real() or not plain or bool(about or facts) or laws


def _mean_in(condition: Comparison) -> str | None:
    """Return the variable whose mean, or the mean of whose members, a condition tells; None where it tells none."""
    match condition:
        case Comparison("=", Expectation((), Name(symbol) | Entry(Name(symbol)), ()), mean):
            return None if symbol in used_symbols(mean) else symbol
    return None


def _mean(fact: Subgaussian, scope: Scope) -> Term | None:
    """Return the mean that a note gives a variable which is subgaussian without it; None where it is zero.

    Where the note speaks of the variable without its mean and gives none, that is any number.
    """
    told = next((a.right for a in scope.assumptions if _mean_in(a) == fact.variable), None)
    if told is None:
        return Name(f"\\mathbb{{E}}_{{{fact.variable}}}") if fact.shifted else None
    return None if told == _number(0) else told


def _names(fact: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(fact, "names", ())
    return names


def _under(
    statement: Statement, told: Mapping[str, Subgaussian], shape: _Shape, judge: Callable[[Statement], Judgement]
) -> Judgement:
    """Judge the claim with one law for all the variables."""
    posed = _posed(statement, told, shape)
    return judge(replace(posed, may_be_set=False, redefines=False))


def _about_a_mean(told: Mapping[str, Subgaussian], scope: Scope) -> bool:
    """Return whether a mean is told of a variable that would have none in the strict sense of the word."""
    return any(_mean(fact, scope) is not None and not fact.shifted for fact in told.values())


def _strictly(
    statement: Statement, told: Mapping[str, Subgaussian], shape: _Shape, judge: Callable[[Statement], Judgement]
) -> str:
    """Return the verdict with all means zero, as they must be where no mean is subtracted in the definition."""
    scope = statement.scope
    definitions, sorts = dict(scope.definitions), dict(scope.sorts)
    for fact in told.values():
        mean = _mean(fact, scope)
        if isinstance(mean, Name) and not fact.shifted:
            definitions[mean.symbol] = Definition(mean.symbol, (), _number(0))
            sorts.pop(mean.symbol, None)
    zero = replace(scope, definitions=MappingProxyType(definitions), sorts=MappingProxyType(sorts))
    return _under(replace(statement, scope=zero), told, shape, judge).verdict


def _posed(statement: Statement, told: Mapping[str, Subgaussian], shape: _Shape) -> Statement:
    scope = statement.scope
    sorts, spaces, definitions = dict(scope.sorts), dict(scope.spaces), dict(scope.definitions)
    means = {symbol: _mean(fact, scope) for symbol, fact in told.items()}
    open_means = (m.symbol for m in means.values() if isinstance(m, Name) and m.symbol not in definitions)
    sorts |= {symbol: Real() for symbol in open_means if symbol not in sorts}
    hidden = {symbol: f"Z_{{{symbol}}}" for symbol in told}
    for symbol, fact in told.items():
        sort = scope.sorts[symbol]
        space = base_name(hidden[symbol])
        variable = RandomVariable(space, shape.law)
        spaces[space] = FiniteSpace((_number(0), _number(1))) if shape.finite else EuclideanSpace(None)
        if isinstance(sort, Family):
            sorts[hidden[symbol]] = replace(sort, element=variable)
        else:
            sorts[hidden[symbol]] = variable
            sorts.pop(symbol)
            definitions[symbol] = Definition(symbol, (), _value(Name(hidden[symbol]), fact.proxy, shape, means[symbol]))
    members = {s: fact for s, fact in told.items() if isinstance(scope.sorts[s], Family)}

    def change(term: Term) -> Term:
        match term:
            case Entry(Name(symbol), indices) if symbol in members:
                fact = members[symbol]
                proxy = substitute(fact.proxy, dict(zip(fact.indices, indices, strict=False)))
                return _value(Entry(Name(hidden[symbol]), indices), proxy, shape, means[symbol])
        return rebuilt(term, change)

    definitions = {s: replace(d, body=change(d.body)) for s, d in definitions.items()}
    facts = tuple(
        replace(f, names=_renamed(f.names, hidden), members=_renamed(f.members, hidden))
        if isinstance(f, Independent)
        else f
        for f in scope.facts
        if not isinstance(f, Subgaussian)
    )
    readings = tuple(replace(r, left=change(r.left), right=change(r.right)) for r in statement.readings)
    posed = replace(
        scope,
        sorts=MappingProxyType(sorts),
        spaces=MappingProxyType(spaces),
        definitions=MappingProxyType(definitions),
        facts=facts,
        assumptions=tuple(a for a in scope.assumptions if _mean_in(a) not in told),
        perhaps=tuple(replace(c, left=change(c.left), right=change(c.right)) for c in scope.perhaps),
    )
    return replace(statement, scope=posed, readings=readings)


def _renamed(names: tuple[str, ...], hidden: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(hidden.get(name, name) for name in names)


def _value(standard: Term, proxy: Term, shape: _Shape, mean: Term | None) -> Term:
    """Return mean + sqrt(proxy) (factor Z + shift)."""
    root = proxy.base if isinstance(proxy, Power) and proxy.exponent == _number(2) else Power(proxy, _HALF)
    scaled = Product((shape.factor, root, standard))
    terms: list[Term] = [scaled]
    if shape.shift is not None:
        terms.append(Product((shape.shift, root)))
    if mean is not None:
        terms.append(mean)
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))
