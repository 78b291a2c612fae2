"""Claims in the few nodes that SymPy needs: definitions put in, expectations and functionals written as sums.

What is left afterwards are scalars, arrays, functions, densities of laws that nothing more is known about,
sums over spaces and ranges, derivatives, and expectations over normal laws. Conventions where the notation
leaves something open:

- neighbouring draws from one law over different spaces (x, z ~ p) are one joint draw;
- a definition is put in where it is used, its free names meaning what they mean there;
- an expectation without draws takes its random variables jointly, unless the scope says that all of them
  are independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from errata.language.scope import DensityDefinition, ImageLaw, Independent, Scope
from errata.language.sorts import EuclideanSpace, Law, RandomVariable
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Binder,
    Comparison,
    Density,
    Derivative,
    Draw,
    Elementary,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.verify.sympy_terms import (
    FRESH,
    CannotEncode,
    FreshNames,
    bound_symbols,
    free_symbols,
    rebuilt,
    substituted,
    subterms_below,
    symbols_in,
)

MAXIMAL_DEFINITIONS = 200
HIDDEN_LAW = "hidden law"
AtSlots = Callable[[tuple[Slot, ...], frozenset[str]], Term]
HALF = Quotient(Number(Fraction(1)), Number(Fraction(2)))


def difference(left: Term, right: Term) -> Term:
    """left - right."""
    return Sum((left, Negative(right)))


def logarithm(term: Term) -> Term:
    """The logarithm, in the base of the scope once it is lowered."""
    return Elementary("log", (term,))


class Lowering:
    """Lowers the sides of one claim; `laws_seen` holds the spaces that each law is used with."""

    def __init__(self, scope: Scope, sides: Sequence[Term]) -> None:
        self.scope = scope
        self.fresh = FreshNames()
        self.laws_seen: dict[str, list[str]] = {}
        self._expansions = 0
        for side in sides:
            self._note_laws(side)
        self._mentioned = frozenset(symbol for side in sides for symbol in symbols_in(side))
        self._mentioned |= frozenset(
            symbol for definition in scope.definitions.values() for symbol in symbols_in(definition.body)
        )

    # what a law is used with ---------------------------------------------------------------------------

    def _note_laws(self, side: Term) -> None:
        for part in subterms(side):
            if isinstance(part, Density | LawReference):
                for slot in (*part.values, *part.given):
                    self._note(part.law.symbol, slot.space)
            elif isinstance(part, Expectation | MomentOf):
                for draw in part.draws:
                    if isinstance(draw.law, LawReference):
                        self._note(draw.law.law.symbol, draw.space)
            elif isinstance(part, Information):
                for slot in (*(slot for group in part.groups for slot in group), *part.given):
                    self._note(part.law.symbol, slot.space)

    def _note(self, law: str, space: str) -> None:
        spaces = self.laws_seen.setdefault(law, [])
        if space not in spaces:
            spaces.append(space)

    def spaces_of(self, law: str) -> list[str]:
        """Return the spaces of a law, as far as they are known."""
        sort = self.scope.sorts.get(law)
        if isinstance(sort, Law) and sort.spaces:
            return list(sort.spaces)
        for density in self.scope.densities:
            if density.law == law and not density.given:
                return [space for space, _ in density.values]
        for fact in self.scope.facts:
            if isinstance(fact, ImageLaw) and fact.law == law:
                return [fact.space]
        return list(self.laws_seen.get(law, ()))

    # the walk ------------------------------------------------------------------------------------------

    def lower(self, term: Term, bound: frozenset[str] = frozenset()) -> Term:
        """Return the term in the nodes that SymPy needs.

        Raises CannotEncode for laws and expectations that have no finite or Gaussian form.
        """
        match term:
            case Name(symbol):
                return self._name(symbol, bound)
            case Apply():
                return self._apply(term, bound)
            case Density(law, values, given, parameters):
                return self.density(LawReference(law, (), (), parameters), values, given, bound)
            case StandardDensity(point, law):
                return StandardDensity(self.lower(point, bound), self._standard(law, bound))
            case Expectation():
                return self._expectation(term, bound)
            case MomentOf():
                return self._moment(term, bound)
            case Functional():
                return self._functional(term, bound)
            case Information():
                return self._information(term, bound)
            case LawReference():
                raise CannotEncode("a law stands where a value is needed")
            case Aggregate():
                return self._aggregate(term, bound)
        inner = bound | frozenset(bound_symbols(term))
        return rebuilt(term, lambda part: self.lower(part, inner))

    def _spend(self) -> None:
        self._expansions += 1
        if self._expansions > MAXIMAL_DEFINITIONS:
            raise CannotEncode("definitions unfold without an end")

    def _name(self, symbol: str, bound: frozenset[str]) -> Term:
        definition = self.scope.definitions.get(symbol)
        if definition is None or symbol in bound:
            return Name(symbol)
        if definition.parameters:
            raise CannotEncode(f"the function {symbol} stands without its argument")
        self._spend()
        return self.lower(definition.body, bound)

    def _apply(self, term: Apply, bound: frozenset[str]) -> Term:
        symbol = term.function.symbol
        arguments = tuple(self.lower(argument, bound) for argument in term.arguments)
        parameters = tuple(self.lower(parameter, bound) for parameter in term.parameters)
        definition = self.scope.definitions.get(symbol)
        if definition is None or symbol in bound or not definition.parameters:
            return Apply(term.function, arguments, parameters, term.order)
        given = (*arguments, *parameters)
        if term.order and len(given) == len(definition.parameters) == 1:
            point = Name(self.fresh.like(definition.parameters[0]))
            value = self._apply(Apply(term.function, (point,)), bound | {point.symbol})
            return At(Derivative(value, point, term.order), point, arguments[0])
        if term.order or len(given) not in (len(definition.parameters), len(definition.parameters) + len(parameters)):
            raise CannotEncode(f"{symbol} is used otherwise than it is defined")
        self._spend()
        values = dict(zip(definition.parameters, given, strict=False))
        body = self.lower(definition.body, bound | frozenset(definition.parameters))
        return substituted(body, values, self.fresh)

    def _aggregate(self, term: Aggregate, bound: frozenset[str]) -> Term:
        inner = bound | {term.binder.name.symbol}
        domain = term.binder.domain
        lowered = rebuilt(term, lambda part: self.lower(part, inner if part is term.body else bound))
        assert isinstance(lowered, Aggregate)
        euclidean = isinstance(domain, Space) and isinstance(self.scope.spaces.get(domain.name), EuclideanSpace)
        if term.operation == "integral" and euclidean:
            return _as_mean(lowered) or lowered
        return lowered

    # laws ----------------------------------------------------------------------------------------------

    def resolved(self, law: Term, bound: frozenset[str]) -> Term:
        """Follow a law's definitions down to a law term that is not a mere name for another."""
        if isinstance(law, Name):
            law = LawReference(law)
        if isinstance(law, LawReference) and law.law.symbol not in bound:
            definition = self.scope.definitions.get(law.law.symbol)
            if definition is not None and not definition.parameters:
                self._spend()
                body = definition.body
                if isinstance(body, Name | LawReference | StandardLaw | Sum | Product | Quotient):
                    return self.resolved(body, bound)
        return law

    def density(
        self, law: Term, values: tuple[Slot, ...], given: tuple[Slot, ...], bound: frozenset[str]
    ) -> Term:
        """Return the density of a law term at these points, given these."""
        law = self.resolved(law, bound)
        if given and not isinstance(law, LawReference):
            top = self.density(law, (*values, *given), (), bound)
            return Quotient(top, self.density(law, given, (), bound))
        match law:
            case LawReference():
                return self._law_density(law, values, given, bound)
            case StandardLaw():
                if len(values) != 1:
                    raise CannotEncode("a standard law is taken at several points")
                return StandardDensity(self.lower(values[0].value, bound), self._standard(law, bound))
            case Sum(terms):
                return Sum(tuple(self._signed_density(part, values, bound) for part in terms))
            case Product(factors):
                parts = [
                    self.density(part, values, (), bound) if self.is_law(part) else self.lower(part, bound)
                    for part in factors
                ]
                return Product(tuple(parts))
            case Quotient(numerator, denominator):
                return Quotient(self.density(numerator, values, (), bound), self.lower(denominator, bound))
        raise CannotEncode("a law of this form has no density here")

    def _signed_density(self, part: Term, values: tuple[Slot, ...], bound: frozenset[str]) -> Term:
        if isinstance(part, Negative):
            return Negative(self.density(part.term, values, (), bound))
        return self.density(part, values, (), bound)

    def is_law(self, term: Term) -> bool:
        """Tell whether a term stands for a law (and not for the weight of one in a mixture)."""
        if isinstance(term, Name):
            definition = self.scope.definitions.get(term.symbol)
            return (
                isinstance(self.scope.sorts.get(term.symbol), Law)
                or term.symbol in self.laws_seen
                or (definition is not None and self.is_law(definition.body))
            )
        return isinstance(term, LawReference | StandardLaw) or (
            isinstance(term, Sum | Product | Quotient) and any(map(self.is_law, _parts(term)))
        )

    def _standard(self, law: StandardLaw, bound: frozenset[str]) -> StandardLaw:
        return StandardLaw(law.kind, tuple(self.lower(part, bound) for part in law.parameters))

    def _law_density(
        self, law: LawReference, values: tuple[Slot, ...], given: tuple[Slot, ...], bound: frozenset[str]
    ) -> Term:
        symbol = law.law.symbol
        values = tuple(Slot(slot.space, self.lower(slot.value, bound)) for slot in values)
        everything = tuple(dict.fromkeys((*given, *law.given)))
        given = tuple(Slot(slot.space, self.lower(slot.value, bound)) for slot in everything)
        if symbol not in bound:
            formulas = [density for density in self.scope.densities if density.law == symbol]
            if formulas:
                return self._by_formula(formulas, values, given, bound)
            for fact in self.scope.facts:
                # any law will do for a claim that names neither the map nor what it maps
                named = isinstance(fact, ImageLaw) and self._mentioned & {fact.function, fact.source}
                if isinstance(fact, ImageLaw) and named and fact.law == symbol != fact.source:
                    return self._image(fact, values, given, bound)
        parameters = tuple(self.lower(part, bound) for part in law.parameters)
        return self._independent(Density(law.law, values, given, parameters))

    def _independent(self, density: Density) -> Term:
        """Split a law whose slots the scope declares independent into one law a slot."""
        spaces = [slot.space for slot in (*density.values, *density.given)]
        symbol = density.law.symbol
        for fact in self.scope.facts:
            if isinstance(fact, Independent) and fact.law == symbol and len(set(spaces)) == len(spaces):
                known = self.spaces_of(symbol)
                if set(known) <= set(fact.names) and set(spaces) <= set(fact.names):
                    parts = [
                        Density(Name(f"{symbol}{FRESH}{slot.space}"), (slot,), (), density.parameters)
                        for slot in density.values
                    ]
                    return parts[0] if len(parts) == 1 else Product(tuple(parts))
        return density

    def _by_formula(
        self,
        formulas: list[DensityDefinition],
        values: tuple[Slot, ...],
        given: tuple[Slot, ...],
        bound: frozenset[str],
    ) -> Term:
        wanted = {slot.space for slot in values}
        conditions = {slot.space for slot in given}
        if len(wanted) < len(values) or len(conditions) < len(given):
            raise CannotEncode("a law given by a formula is taken at two points of one space")
        for formula in formulas:
            if {s for s, _ in formula.values} == wanted and {s for s, _ in formula.given} == conditions:
                return self._formula_at(formula, (*values, *given), bound)
        for formula in formulas:
            spaces = {space for space, _ in formula.values}
            if not formula.given and wanted | conditions <= spaces and not (wanted & conditions):
                top = self._formula_summed(formula, (*values, *given), bound)
                return Quotient(top, self._formula_summed(formula, given, bound)) if given else top
        raise CannotEncode(f"the law {formulas[0].law} is given by a formula for other arguments")

    def _formula_at(self, formula: DensityDefinition, slots: tuple[Slot, ...], bound: frozenset[str]) -> Term:
        self._spend()
        places = (*formula.values, *formula.given)
        points = {slot.space: slot.value for slot in slots}
        body = self.lower(formula.body, bound | frozenset(variable for _, variable in places))
        return substituted(body, {variable: points[space] for space, variable in places}, self.fresh)

    def _formula_summed(self, formula: DensityDefinition, slots: tuple[Slot, ...], bound: frozenset[str]) -> Term:
        present = {slot.space for slot in slots}
        missing = [space for space, _ in formula.values if space not in present]
        names = {space: self.fresh.like(space) for space in missing}
        everywhere = (*slots, *(Slot(space, Name(names[space])) for space in missing))
        body = self._formula_at(formula, everywhere, bound | frozenset(names.values()))
        for space in missing:
            body = Aggregate("sum", Binder(Name(names[space]), Space(space)), body)
        return body

    def _image(
        self, fact: ImageLaw, values: tuple[Slot, ...], given: tuple[Slot, ...], bound: frozenset[str]
    ) -> Term:
        if len(values) != 1 or given or values[0].space != fact.space:
            raise CannotEncode(f"the image law {fact.law} is used beyond the space {fact.space}")
        source = self.fresh.like(fact.source_space)
        weight = self.density(
            LawReference(Name(fact.source)), (Slot(fact.source_space, Name(source)),), (), bound | {source}
        )
        image = self.lower(Apply(Name(fact.function), (Name(source),)), bound | {source})
        hit = Elementary("delta", (values[0].value, image))
        return Aggregate("sum", Binder(Name(source), Space(fact.source_space)), Product((weight, hit)))

    # expectations --------------------------------------------------------------------------------------

    def _expectation(self, term: Expectation, bound: frozenset[str]) -> Term:
        if not term.draws:
            return self._mean_of_variables(term, bound)
        if term.given:
            raise CannotEncode("a conditional expectation with draws of its own")
        return self._mean(list(term.draws), term.body, bound)

    def _mean(self, draws: list[Draw], body: Term, bound: frozenset[str]) -> Term:
        if not draws:
            return self.lower(body, bound)
        group = [draws[0]]
        while len(group) < len(draws) and _joint(group, draws[len(group)]):
            group.append(draws[len(group)])
        names = [draw.name.symbol for draw in group]
        inner = self._mean(draws[len(group) :], body, bound | frozenset(names))
        law = self.resolved(group[0].law, bound)
        standard = self._standard_form(law, group, bound)
        if standard is not None:
            return _standard_mean(group[0], standard, inner)
        if any(name in set(free_symbols(group[0].law)) for name in names) and not isinstance(law, LawReference):
            raise CannotEncode("a draw's law mentions the variable that is drawn")
        given = law.given if isinstance(law, LawReference) else ()
        slots = tuple(Slot(draw.space, draw.name) for draw in group)
        weight = self.density(_bare(law), slots, given, bound | frozenset(names))
        result: Term = Product((weight, inner))
        for draw in reversed(group):
            result = Aggregate("sum", Binder(draw.name, Space(draw.space)), result)
        return result

    def _standard_form(self, law: Term, group: list[Draw], bound: frozenset[str]) -> StandardLaw | None:
        """Return the standard law that a draw follows, be it by name or by the formula of its density."""
        if isinstance(law, StandardLaw):
            return self._standard(law, bound) if len(group) == 1 else None
        if not isinstance(law, LawReference) or len(group) != 1:
            return None
        name = group[0].name
        formulas = [density for density in self.scope.densities if density.law == law.law.symbol]
        if not formulas or law.law.symbol in bound:
            return None
        try:
            density = self.density(_bare(law), (Slot(group[0].space, name),), law.given, bound | {name.symbol})
        except CannotEncode:
            return None
        if isinstance(density, StandardDensity) and density.point == name:
            if name.symbol in set(free_symbols(density.law)):
                return None
            return density.law
        return None

    def _mean_of_variables(self, term: Expectation, bound: frozenset[str]) -> Term:
        conditions: dict[str, Term] = {}
        for condition in term.given:
            if isinstance(condition, Name):
                conditions[condition.symbol] = condition
            elif isinstance(condition, Comparison) and condition.relation == "=" and isinstance(condition.left, Name):
                conditions[condition.left.symbol] = condition.right
            else:
                raise CannotEncode("an expectation under a condition that is not of the form X = x")
        body = self._unfolded(term.body, bound)
        variables = [
            symbol
            for symbol in dict.fromkeys(_outside_means(body))
            if isinstance(self.scope.sorts.get(symbol), RandomVariable)
        ]
        if not variables:
            raise CannotEncode("an expectation of something without a declared random variable")
        return self._mean_under_laws([v for v in variables if v not in conditions], conditions, body, bound)

    def _unfolded(self, body: Term, bound: frozenset[str]) -> Term:
        """Put definitions in, so that the random variables behind them are seen."""
        if any(symbol in self.scope.definitions and symbol not in bound for symbol in free_symbols(body)):
            return self.lower(body, bound)
        return body

    def _mean_under_laws(
        self, variables: list[str], conditions: dict[str, Term], body: Term, bound: frozenset[str]
    ) -> Term:
        sorts = {v: self._random_sort(v) for v in (*variables, *conditions)}
        if conditions:
            known = {str(sort.law) for sort in sorts.values()}
            if len(known) > 1:
                raise CannotEncode("a condition on a random variable with another law")
        groups: dict[str, list[str]] = {}
        for variable in variables:
            groups.setdefault(self._group_of(variable, sorts[variable], variables), []).append(variable)
        inner = bound | frozenset(variables)
        result = self.lower(body, inner)
        for members in reversed(list(groups.values())):
            law = sorts[members[0]].law
            if law is None or isinstance(law, LawReference):
                result = self._table_mean(members, sorts, conditions, result, inner)
            else:
                draw = Draw(Name(members[0]), sorts[members[0]].space, law)
                standard = self._standard_form(self.resolved(law, bound), [draw], bound)
                if standard is None or conditions:
                    raise CannotEncode(f"the law of {members[0]} has no form for an expectation here")
                result = _standard_mean(draw, standard, result)
        return result

    def _table_mean(
        self,
        members: list[str],
        sorts: dict[str, RandomVariable],
        conditions: dict[str, Term],
        body: Term,
        bound: frozenset[str],
    ) -> Term:
        law = sorts[members[0]].law
        hidden = Name(HIDDEN_LAW) if not self._independent_alone(members) else Name(f"{HIDDEN_LAW} {members[0]}")
        reference = law if isinstance(law, LawReference) else LawReference(hidden)
        slots = tuple(Slot(sorts[v].space, Name(v)) for v in members)
        given = tuple(Slot(sorts[v].space, value) for v, value in conditions.items())
        weight = self.density(_bare(reference), slots, (*given, *reference.given), bound)
        result: Term = Product((weight, body))
        for variable in reversed(members):
            result = Aggregate("sum", Binder(Name(variable), Space(sorts[variable].space)), result)
        return result

    def _random_sort(self, variable: str) -> RandomVariable:
        sort = self.scope.sorts.get(variable)
        if not isinstance(sort, RandomVariable):
            raise CannotEncode(f"{variable} is not declared to be a random variable")
        return sort

    def _independent_alone(self, members: list[str]) -> bool:
        return len(members) == 1 and any(
            isinstance(fact, Independent) and fact.law is None and members[0] in fact.names
            for fact in self.scope.facts
        )

    def _group_of(self, variable: str, sort: RandomVariable, variables: list[str]) -> str:
        """Return a key that is equal for random variables which share one joint law."""
        together = any(
            isinstance(fact, Independent) and fact.law is None and set(variables) <= set(fact.names)
            for fact in self.scope.facts
        )
        if together:
            return variable
        if isinstance(sort.law, LawReference):
            return f"law {sort.law.law.symbol}"
        if sort.law is None:
            return HIDDEN_LAW
        return variable

    def _moment(self, term: MomentOf, bound: frozenset[str]) -> Term:
        first = term.arguments[0]
        second = term.arguments[-1]

        def mean(body: Term) -> Term:
            return self._expectation(Expectation(term.draws, body), bound)

        return difference(mean(Product((first, second))), Product((mean(first), mean(second))))

    # functionals ---------------------------------------------------------------------------------------

    def _functional(self, term: Functional, bound: frozenset[str]) -> Term:
        laws = term.laws
        match term.functional:
            case "kl":
                return self._divergence(laws[0], laws[1], bound)
            case "cross_entropy":
                return Negative(self._mean_log(laws[0], laws[1], laws, bound))
            case "entropy":
                return Negative(self._mean_log(laws[0], laws[0], laws, bound))
            case "jsd":
                mixture = Quotient(Sum(laws), Number(Fraction(2)))
                both = Sum(tuple(self._divergence(law, mixture, bound) for law in laws))
                return Product((HALF, both)) if self.scope.jsd_factor_half else both
            case "total_variation":
                slots = self._common_slots(laws, bound)
                apart = difference(
                    self._density_of(laws[0], slots, bound), self._density_of(laws[1], slots, bound)
                )
                return Product((HALF, _summed(slots, Elementary("abs", (apart,)))))
        raise CannotEncode(f"the functional {term.functional}")

    def _divergence(self, first: Term, second: Term, bound: frozenset[str]) -> Term:
        return self._mean_of(first, (first, second), bound, lambda slots, inner: logarithm_of(
            self.scope, Quotient(self._density_of(first, slots, inner), self._density_of(second, slots, inner))
        ))  # fmt: skip

    def _mean_log(self, weight: Term, inside: Term, laws: tuple[Term, ...], bound: frozenset[str]) -> Term:
        return self._mean_of(
            weight, laws, bound, lambda slots, inner: logarithm_of(self.scope, self._density_of(inside, slots, inner))
        )

    def _mean_of(self, weight: Term, laws: tuple[Term, ...], bound: frozenset[str], make: AtSlots) -> Term:
        """Average a function of the point over a law; normal laws stay expectations."""
        resolved = self.resolved(weight, bound)
        if isinstance(resolved, StandardLaw):
            return self._standard_mean_of(resolved, self._named_space(laws, bound), bound, make)
        slots = self._common_slots(laws, bound)
        inner = bound | frozenset(slot.value.symbol for slot in slots if isinstance(slot.value, Name))
        if isinstance(resolved, LawReference) and len(slots) == 1 and isinstance(slots[0].value, Name):
            draw = Draw(slots[0].value, slots[0].space, resolved)
            standard = self._standard_form(resolved, [draw], bound)
            if standard is not None:
                return _standard_mean(draw, standard, make(slots, inner))
        average: Term = make(slots, inner)
        return _summed(slots, Product((self._density_of(weight, slots, inner), average)))

    def _standard_mean_of(self, law: StandardLaw, space: str, bound: frozenset[str], make: AtSlots) -> Term:
        name = Name(self.fresh.like(space))
        slots = (Slot(space, name),)
        return _standard_mean(
            Draw(name, space, law), self._standard(law, bound), make(slots, bound | {name.symbol})
        )

    def _named_space(self, laws: tuple[Term, ...], bound: frozenset[str]) -> str:
        for law in laws:
            if not isinstance(self.resolved(law, bound), StandardLaw):
                slots = self._slots_of(law, bound)
                if slots and len(slots) == 1:
                    return slots[0][0]
        return "x"

    def _density_of(self, law: Term, slots: tuple[Slot, ...], bound: frozenset[str]) -> Term:
        given = law.given if isinstance(law, LawReference) else ()
        inner = bound | frozenset(slot.value.symbol for slot in slots if isinstance(slot.value, Name))
        return self.density(_bare(law), slots, given, inner)

    def _common_slots(self, laws: tuple[Term, ...], bound: frozenset[str]) -> tuple[Slot, ...]:
        """Return fresh points of the spaces that all these laws are taken over."""
        named = [slots for law in laws if (slots := self._named_slots(law)) is not None]
        chosen: list[tuple[str, str]]
        if named:
            chosen = named[0]
            if any(sorted(s for s, _ in other) != sorted(s for s, _ in chosen) for other in named):
                raise CannotEncode("a functional of laws over different spaces")
        else:
            options = [slots for law in laws if (slots := self._slots_of(law, bound))]
            if not options:
                raise CannotEncode("a functional of laws over spaces that are never named")
            shared = [pair for pair in options[0] if all(pair[0] in {s for s, _ in other} for other in options)]
            if not shared:
                raise CannotEncode("a functional of laws over different spaces")
            chosen = shared
        return tuple(Slot(space, Name(self.fresh.like(name))) for space, name in chosen)

    def _named_slots(self, law: Term) -> list[tuple[str, str]] | None:
        if isinstance(law, LawReference) and law.values:
            pairs = [(s.space, s.value.symbol if isinstance(s.value, Name) else s.space) for s in law.values]
            return pairs
        if isinstance(law, Sum | Product | Quotient):
            for part in _parts(law):
                found = self._named_slots(part)
                if found is not None:
                    return found
        return None

    def _slots_of(self, law: Term, bound: frozenset[str]) -> list[tuple[str, str]] | None:
        """Return the spaces of a law as (space, name to use for a point); None for a standard law."""
        named = self._named_slots(law)
        if named is not None:
            return named
        law = self.resolved(law, bound)
        if isinstance(law, LawReference):
            return [(space, space) for space in self.spaces_of(law.law.symbol)]
        if isinstance(law, Sum | Product | Quotient):
            for part in _parts(law):
                if self.is_law(part):
                    return self._slots_of(part, bound)
        return None

    def _information(self, term: Information, bound: frozenset[str]) -> Term:
        law = LawReference(term.law)
        renaming: dict[str, Term] = {}

        def opened(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
            result = []
            for slot in slots:
                text = slot.value.symbol if isinstance(slot.value, Name) else slot.space
                name = renaming.setdefault(text, Name(self.fresh.like(text)))
                result.append(Slot(slot.space, name))
            return tuple(result)

        groups = [opened(group) for group in term.groups]
        given = term.given if term.fixed else opened(term.given)
        values = tuple(dict.fromkeys(slot for group in groups for slot in group))
        inner = bound | frozenset(name.symbol for name in renaming.values() if isinstance(name, Name))
        over = values if term.fixed else tuple(dict.fromkeys((*values, *given)))
        weight = self.density(law, over, given if term.fixed else (), inner)
        joint = self.density(law, values, given, inner)
        if term.kind == "entropy":
            return Negative(_summed(over, Product((weight, logarithm_of(self.scope, joint)))))
        apart = Product(tuple(self.density(law, group, given, inner) for group in groups))
        return _summed(over, Product((weight, logarithm_of(self.scope, Quotient(joint, apart)))))


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


def logarithm_of(scope: Scope, lowered: Term) -> Term:
    """The logarithm, in the scope's base, of a term that is already lowered."""
    return logarithm(lowered) if scope.log_base is None else Elementary("log", (lowered, scope.log_base))


def _parts(term: Term) -> tuple[Term, ...]:
    if isinstance(term, Sum):
        return tuple(part.term if isinstance(part, Negative) else part for part in term.terms)
    if isinstance(term, Product):
        return term.factors
    return (term.numerator, term.denominator) if isinstance(term, Quotient) else ()


def _bare(law: Term) -> Term:
    """Return a reference to the same law with no slots of its own."""
    if isinstance(law, LawReference):
        return LawReference(law.law, (), (), law.parameters)
    return law


def _joint(group: list[Draw], following: Draw) -> bool:
    """Tell whether the next draw is one more coordinate of the same draw."""
    law = following.law
    return (
        law == group[0].law
        and isinstance(law, LawReference)
        and following.space not in {draw.space for draw in group}
    )


def _summed(slots: tuple[Slot, ...], body: Term) -> Term:
    for slot in reversed(slots):
        assert isinstance(slot.value, Name)
        body = Aggregate("sum", Binder(slot.value, Space(slot.space)), body)
    return body


def _standard_mean(draw: Draw, law: StandardLaw, body: Term) -> Term:
    """Return the mean over a standard law: a sum for a coin, else an expectation that stays."""
    if law.kind == "bernoulli":
        zero, one = Number(Fraction(0)), Number(Fraction(1))
        chance = law.parameters[0]
        weight = Product((Power(chance, draw.name), Power(difference(one, chance), difference(one, draw.name))))
        return Aggregate("sum", Binder(draw.name, Range(zero, one)), Product((weight, body)))
    if law.kind in ("normal", "uniform", "exponential"):
        return Expectation((Draw(draw.name, draw.space, law),), body)
    raise CannotEncode(f"an expectation over the {law.kind} law")


def _as_mean(term: Aggregate) -> Term | None:
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
