r"""Distances between laws by transport: infima over couplings, suprema over 1-Lipschitz or bounded functions.

\inf_{\gamma \in \Pi(p, q)} E_{(x, y) \sim \gamma} \|x - y\| is the least mean distance between a point of p and one of
q, and \sup_{\|f\|_L \le K} E_p[f] - E_q[f] is K times the gain of the best 1-Lipschitz function (Villani, Optimal
Transport, chapters 5 and 6). Both are functionals of the two laws alone, and are read as such; the witness finds each
from its own definition. A cost that is no distance of the two points, or its square, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from errata.language import symbols
from errata.language.cursor import multiply, relation_of, split, split_relations
from errata.language.definitions import rebuilt, substitute
from errata.language.laws import as_law
from errata.language.scope import Scope
from errata.language.sorts import FiniteSpace, Real, Sort, Vector
from errata.language.syntax import Group, Node, Scripted, Words, leaf_text
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Apply,
    Array,
    Cases,
    Comparison,
    Constant,
    Density,
    Domain,
    Elementary,
    Entry,
    Expectation,
    Functional,
    IndexSet,
    Indicator,
    Interval,
    LawReference,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Range,
    Relation,
    Space,
    Span,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.knowledge import Knowledge
    from errata.language.meaning import Meaning

_COUPLINGS = frozenset(("\\Pi", "\\Gamma", "\\mathcal{C}", "\\mathcal{U}", "\\mathrm{Couplings}", "Couplings"))
_LIPSCHITZ = frozenset(("L", "Lip", "\\mathrm{Lip}", "\\mathrm{L}", "\\text{Lip}", "\\mathcal{L}"))
_BARS = frozenset(("|", "\\Vert"))
_ONE_LIPSCHITZ = re.compile(r"1-?(?:lip|lipschitz)")
_POINT_MASS = re.compile(r"\\delta_\{(?P<place>-?\d+|\\?[a-zA-Z]+(?:_\{\w+\})?)\}")
DISTANCES = frozenset(("transport", "squared_transport", "lipschitz_gain", "bounded_gain"))
_GAINS = {"lipschitz": "lipschitz_gain", "bounded": "bounded_gain"}
_ONE = Number(Fraction(1))
_ZERO = Number(Fraction(0))


@dataclass(frozen=True, slots=True)
class Plans:
    """gamma in Pi(p, q): the name of the plan, and the laws that are its margins."""

    name: Name
    laws: tuple[Term, Term]


@dataclass(frozen=True, slots=True)
class Ball:
    """The functions f with \\|f\\|_L at most the radius, or \\|f\\|_\\infty."""

    name: Name
    kind: Literal["lipschitz", "bounded"]
    radius: Term


# What stands below the sign --------------------------------------------------------------------------


def ranged_over(meaning: Meaning, lower: Sequence[Node], owner: Node) -> Plans | Ball | None:
    """Return the plans or the functions that an extremum ranges over; None where it ranges over something else.

    Raises NotUnderstood where it is like one of these and is none.
    """
    members, relations = split_relations(lower)
    kinds = [relation_of(mark) for mark in relations]
    over: Plans | Ball | None = None
    if kinds == ["in"]:
        over = _plans(meaning, members[0], members[1], owner) or _lipschitz(members[0], members[1])
    if kinds == ["<="]:
        over = _ball(meaning, members[0], members[1], owner)
    if over is not None and meaning.knowledge.other_transport:
        raise NotUnderstood("the note speaks of couplings, functions or places of a kind of their own", owner.span)
    return over


def _plans(meaning: Meaning, left: Sequence[Node], right: Sequence[Node], owner: Node) -> Plans | None:
    symbol = symbols.decorated(left[0]) if len(left) == 1 else None
    if symbol is None or not right or not isinstance(right[-1], Group) or right[-1].opening != "(":
        return None
    if len(right) != 2 or not _is_set_of_couplings(right[0]):
        return None
    margins = [meaning.expression(part, owner.span) for part in split(right[-1].items, (",",))]
    if len(margins) == 2 and all(_is_column(term, meaning.knowledge.scope) for term in margins):
        return Plans(Name(symbol), (margins[0], margins[1]))
    laws = [as_law(term) for term in margins]
    match laws:
        case [LawReference() as first, LawReference() as second]:
            return Plans(Name(symbol), (first, second))
    if meaning.knowledge.law(symbol) is not None:
        raise NotUnderstood("of which laws these are couplings was not understood", owner.span)
    return None


def _is_column(term: Term, scope: Scope) -> bool:
    """Return whether a margin is a column of numbers, written out or by name."""
    if isinstance(term, Name) and (defined := scope.definitions.get(term.symbol)) is not None:
        term = defined.body if not defined.parameters else term
    return isinstance(term, Array) or (isinstance(term, Name) and isinstance(scope.sorts.get(term.symbol), Vector))


def _is_set_of_couplings(node: Node) -> bool:
    if isinstance(node, Words):
        return node.text.strip().lower() in ("couplings", "coupling", "cpl")
    return symbols.decorated(node) in _COUPLINGS or leaf_text(node) in _COUPLINGS


def _lipschitz(left: Sequence[Node], right: Sequence[Node]) -> Ball | None:
    r"""Read f \in 1\text{-Lip} and f \in \mathrm{Lip}_1."""
    symbol = symbols.decorated(left[0]) if len(left) == 1 else None
    said = "".join(n.text if isinstance(n, Words) else symbols.label((n,)) for n in right)
    said = re.sub(r"\\(?:mathrm|text|operatorname|mathcal)|[{}\s\\]", "", said).lower()
    if symbol is None or not (_ONE_LIPSCHITZ.fullmatch(said) or said in ("lip_1", "lip1", "lip(1)")):
        return None
    return Ball(Name(symbol), "lipschitz", _ONE)


def _ball(meaning: Meaning, left: Sequence[Node], right: Sequence[Node], owner: Node) -> Ball | None:
    r"""Read \|f\|_L \le K and \|f\|_\infty \le K."""
    symbol, below = _norm(left)
    if symbol is None or not meaning.knowledge.is_function(symbol):
        return None
    kind = "".join(n.text.strip() if isinstance(n, Words) else symbols.label((n,)) for n in below)
    radius = meaning.expression(right, owner.span)
    if kind in _LIPSCHITZ:
        return Ball(Name(symbol), "lipschitz", radius)
    return Ball(Name(symbol), "bounded", radius) if kind == "\\infty" else None


def _norm(nodes: Sequence[Node]) -> tuple[str | None, Sequence[Node]]:
    """Return the name between two bars, and what stands below the second; None where it is something else."""
    if len(nodes) == 1 and isinstance(nodes[0], Scripted) and isinstance(nodes[0].base, Group):
        group, last = nodes[0].base, nodes[0]
        inside, open_bars = group.items, [group.opening]
    else:
        closing = nodes[-1] if nodes else None
        if not isinstance(closing, Scripted):
            return None, ()
        last = closing
        bars = [place for place, node in enumerate(nodes[:-1]) if leaf_text(node) in _BARS]
        inside = tuple(node for place, node in enumerate(nodes[:-1]) if place not in bars)
        open_bars = [leaf_text(nodes[place]) for place in bars]
        if leaf_text(last.base) not in _BARS or open_bars not in (["\\Vert"], ["|"], ["|"] * 3):
            return None, ()
    if len(inside) != 1 or not last.lower or last.upper is not None or last.primes or open_bars[0] not in _BARS:
        return None, ()
    return symbols.decorated(inside[0]), last.lower


def knowing(knowledge: Knowledge, over: Plans | Ball | None) -> Knowledge:
    """Return what is known in the body: a plan that is no law elsewhere has values at two points, gamma(x, y)."""
    if (
        not isinstance(over, Plans)
        or not isinstance(over.laws[0], LawReference)
        or knowledge.law(over.name.symbol) is not None
    ):
        return knowledge
    functions = knowledge.usage.functions | {over.name.symbol}
    return replace(knowledge, usage=replace(knowledge.usage, functions=functions))


# The extremum ----------------------------------------------------------------------------------------


def extremum(meaning: Meaning, operation: AggregateOperation, over: Plans | Ball, body: Term, span: Span) -> Term:
    """Return the distance between laws that the extremum is. Raises NotUnderstood where it is something else."""
    scope = meaning.knowledge.scope
    if isinstance(over, Plans) and not isinstance(over.laws[0], LawReference):
        cost = _cost_table(over, body, scope) if operation == "min" else None
        if cost is None:
            raise NotUnderstood("what is sought among these plans is no total cost", span)
        return MatrixOperation("cheapest_plan", (cost, *over.laws), span=span)
    body = _unfolded(body, scope)
    names = {t.symbol for t in subterms(body) if isinstance(t, Name)}
    told = {name for name in names if _is_told(scope.sorts.get(name))}
    kind = _cost(over.name.symbol, body) if isinstance(over, Plans) and operation == "min" else None
    bounded = any(not isinstance(scope.spaces.get(symbols.base_name(name)), FiniteSpace) for name in told)
    if bounded and kind != "total_variation":
        raise NotUnderstood("transport between points of which more is said than that they are numbers", span)
    if meaning.knowledge.other_metric and kind != "total_variation":
        raise NotUnderstood("the note speaks of a metric of its own", span)
    if isinstance(over, Plans):
        if kind is None:
            raise NotUnderstood("what is sought among the couplings is no mean distance", span)
        return Functional(kind, over.laws, span=span)
    laws = _compared(over.name.symbol, body) if operation == "max" else None
    if laws is None:
        raise NotUnderstood("what is sought among these functions is no difference of two means", span)
    gain = Functional(_GAINS[over.kind], laws, span=span)
    if over.radius == _ONE:
        return gain
    meaning.in_order.append(Comparison("<=", _ZERO, over.radius))
    return multiply([over.radius, gain])


def _is_told(sort: Sort | None) -> bool:
    """Return whether a declaration bounds the points, or makes them whole numbers: the witness draws them freely."""
    entries = sort.entries if isinstance(sort, Vector) else sort
    simple = isinstance(sort, Vector) and (sort.simplex or sort.one_hot)
    return simple or (isinstance(entries, Real) and entries != Real())


def _unfolded(body: Term, scope: Scope) -> Term:
    """Return a body with what the note defines a distance d(x, y) to be in its place."""
    if isinstance(body, Apply) and isinstance(body.function, Name) and len(body.arguments) == 2:
        defined = scope.definitions.get(body.function.symbol)
        if defined is not None and len(defined.parameters) == 2 and not body.parameters:
            return substitute(defined.body, dict(zip(defined.parameters, body.arguments, strict=True)))
    return rebuilt(body, lambda part: _unfolded(part, scope))


def refuse_all_plans(operation: AggregateOperation, names: Sequence[Name], body: Term, span: Span) -> None:
    """Refuse the least mean distance over all joint laws, which is 0: couplings are meant, and not said of which laws.

    Raises NotUnderstood.
    """
    if operation in ("min", "argmin") and len(names) == 1 and _cost(names[0].symbol, body) is not None:
        raise NotUnderstood("which laws are the margins of these plans is not said", span)


def _cost(plan: str, body: Term) -> str | None:
    """Return which transport has this mean cost: E_{(x, y) ~ plan} or a total over x and y."""
    match body:
        case Expectation((first, second), cost, ()):
            laws = [d.law for d in (first, second)]
            if all(isinstance(law, LawReference) and law.law.symbol == plan and not law.given for law in laws):
                return _distance(cost, {first.name.symbol, second.name.symbol})
        case Aggregate("sum" | "integral", one, Aggregate("sum" | "integral", other, Product((*factors,)))):
            places = {one.name.symbol, other.name.symbol}
            reached = [_reached(plan, factor) for factor in factors]
            rest = [factor for factor, at in zip(factors, reached, strict=True) if at is None]
            whole = _is_whole(one.domain) and _is_whole(other.domain)
            return _distance(rest[0], places) if whole and len(factors) == 2 and places in reached and rest else None
    return None


def _cost_table(over: Plans, body: Term, scope: Scope) -> Term | None:
    r"""Return C where the body is \sum_{ij} T_{ij} C_{ij} of the plan T, over all of it; None for anything else."""
    match body:
        case Aggregate("sum", one, Aggregate("sum", other, Product((Entry() as first, Entry() as second)))):
            plan, cost = (first, second) if first.array == over.name else (second, first)
            domains: dict[Term, Domain] = {one.name: one.domain, other.name: other.domain}
            if plan.array != over.name or cost.array == over.name or cost.indices != plan.indices:
                return None
            whole = [_is_all(domains.get(n), law, scope) for n, law in zip(plan.indices, over.laws, strict=False)]
            return cost.array if len(domains) == len(plan.indices) == 2 and all(whole) else None
    return None


def _is_all(domain: Domain | None, margin: Term, scope: Scope) -> bool:
    """Return whether a sum over rows or columns leaves none out."""
    if not isinstance(domain, Range):
        return isinstance(domain, IndexSet)
    if isinstance(margin, Name) and (defined := scope.definitions.get(margin.symbol)) is not None:
        margin = defined.body
    sort = scope.sorts.get(margin.symbol) if isinstance(margin, Name) else None
    size = Number(Fraction(len(margin.rows))) if isinstance(margin, Array) else getattr(sort, "size", None)
    return domain.low == _ONE and domain.high == size


def _reached(plan: str, factor: Term) -> set[str] | None:
    """Return the two places at which the plan's mass is taken; None for another factor."""
    match factor:
        case Density(Name(law), (first, second), (), ()) if law == plan:
            points: tuple[Term, ...] = (first.value, second.value)
        case Apply(Name(law), (_, _) as points, (), 0) if law == plan:
            pass
        case _:
            return None
    names = {point.symbol for point in points if isinstance(point, Name)}
    return names if len(names) == 2 else None


def _is_whole(domain: Domain) -> bool:
    """Return whether nothing is left out: no range or interval is written."""
    match domain:
        case Interval(Negative(Constant("infinity")), Constant("infinity")) | Space() | IndexSet():
            return True
    return False


def _distance(cost: Term, places: set[str]) -> str | None:
    if _differ(cost, places):
        return "total_variation"  # the least chance that both differ (Villani, Optimal Transport, chapter 6)
    match cost:
        case Elementary("abs", (gap,)) | MatrixOperation("norm", (gap,), "" | "2") if _is_gap(gap, places):
            return "transport"
        case MatrixOperation("squared_norm", (gap,)) if _is_gap(gap, places):
            return "squared_transport"
        case Power(Sum() as gap, Number(two)) if two == 2 and _is_gap(gap, places):
            return "squared_transport"
        case Power(base, Number(two)) if two == 2 and _distance(base, places) == "transport":
            return "squared_transport"
    return None


def _differ(cost: Term, places: set[str]) -> bool:
    """Return whether a cost is 1 at two different places, and 0 at the same."""
    match cost:
        case Indicator(condition):
            return _compares(condition, "!=", places)
        case Cases(((value, condition),), otherwise) if otherwise is not None:
            return _is_one_apart(value, condition, places) and _is_one_apart(otherwise, None, places, value)
        case Cases(((value, condition), (other, rest)), None):
            return _is_one_apart(value, condition, places) and _is_one_apart(other, rest, places)
    return False


def _is_one_apart(value: Term, condition: Term | None, places: set[str], other: Term | None = None) -> bool:
    """Return whether a value is 1 under "they differ", and 0 under "they are the same"; what is left if None."""
    if condition is None:
        return value == (_ZERO if other == _ONE else _ONE)
    wanted = _ONE if _compares(condition, "!=", places) else _ZERO if _compares(condition, "=", places) else None
    return value == wanted


def _compares(condition: Term, relation: Relation, places: set[str]) -> bool:
    match condition:
        case Comparison(told, Name(first), Name(second)):
            return told == relation and len(places) == 2 and {first, second} == places
    return False


def _is_gap(term: Term, places: set[str]) -> bool:
    match term:
        case Sum((Name(first), Negative(Name(second)))) | Sum((Negative(Name(first)), Name(second))):
            return len(places) == 2 and {first, second} == places
    return False


def _compared(function: str, body: Term) -> tuple[Term, Term] | None:
    """Return p and q where the body is the mean of the function under p less that under q."""
    match body:
        case Elementary("abs", (inner,)):  # with f, also -f is among the functions
            body = inner
    found = _means(function, body)
    if found is None or sorted(sign for sign, _ in found) != [-1, 1]:
        return None
    first, second = sorted(found, key=lambda one: -one[0])
    return first[1], second[1]


def _means(function: str, term: Term) -> list[tuple[int, Term]] | None:
    """Return the laws under which the function is averaged, each with its sign; None where it is something else."""
    match term:
        case Negative(inner):
            found = _means(function, inner)
            return None if found is None else [(-sign, law) for sign, law in found]
        case Sum(terms):
            parts = [_means(function, part) for part in terms]
            return None if None in parts else [one for part in parts if part is not None for one in part]
        case Expectation((draw,), Apply(Name(symbol), (Name(point),), (), 0), ()) if symbol == function:
            law = _whole(draw.law)
            return [(1, law)] if law is not None and point == draw.name.symbol else None
        case Expectation((draw,), Name(symbol), ()) if symbol == function:
            law = _whole(draw.law)
            return None if law is None else [(1, law)]
        case Aggregate("sum" | "integral", binder, inner) if isinstance(binder.domain, Space):
            return _weights(function, binder.name.symbol, inner)
    return None


def _weights(function: str, place: str, term: Term) -> list[tuple[int, Term]] | None:
    """Return the laws of a total over the place: of f(x) p(x), of f(x) (p(x) - q(x)), and of sums of such."""
    match term:
        case Negative(inner):
            found = _weights(function, place, inner)
            return None if found is None else [(-sign, law) for sign, law in found]
        case Sum(terms):
            parts = [_weights(function, place, part) for part in terms]
            return None if None in parts else [one for part in parts if part is not None for one in part]
        case Product((Apply(Name(symbol), (Name(point),), (), 0), weight)) | Product(
            (weight, Apply(Name(symbol), (Name(point),), (), 0))
        ) if symbol == function and point == place:
            return _densities(place, weight)
    return None


def _densities(place: str, term: Term) -> list[tuple[int, Term]] | None:
    match term:
        case Density(law, (slot,), (), ()) if slot.value == Name(place):
            return [(1, LawReference(law, span=term.span))]
        case Negative(inner):
            found = _densities(place, inner)
            return None if found is None else [(-sign, law) for sign, law in found]
        case Sum(terms):
            parts = [_densities(place, part) for part in terms]
            return None if None in parts else [one for part in parts if part is not None for one in part]
    return None


def _whole(law: Term) -> Term | None:
    """Return a law of one variable without the name of its variable; None for another."""
    if isinstance(law, LawReference):
        alone = len(law.values) <= 1 and not law.given and not law.parameters
        return LawReference(law.law, span=law.span) if alone else None
    return law if isinstance(law, StandardLaw) else None


# Point masses ----------------------------------------------------------------------------------------


def point_mass(argument: Term) -> StandardLaw | None:
    r"""Return the law with all its mass at one place that \delta_0 or \delta_\theta is; None for another name."""
    found = _POINT_MASS.fullmatch(argument.symbol) if isinstance(argument, Name) else None
    if found is None:
        return None
    place = found["place"]
    value = Number(Fraction(place)) if place.lstrip("-").isdigit() else Name(place)
    return StandardLaw("discrete", (value, _ONE), span=argument.span)


def compares_laws(body: Term) -> bool:
    """Return whether a functional's formula has a distance by transport in it."""
    return any(isinstance(part, Functional) and part.functional in DISTANCES for part in subterms(body))
