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

from collections.abc import Sequence

from errata.language.integrated_formulas import is_formula_of
from errata.language.scope import DensityDefinition, ImageLaw, Independent, Scope
from errata.language.sorts import EuclideanSpace, Law
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Binder,
    Density,
    Derivative,
    Elementary,
    Expectation,
    Functional,
    Information,
    LawReference,
    MomentOf,
    Name,
    Negative,
    Product,
    Quotient,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.verify import sympy_functionals, sympy_means
from errata.verify.sympy_forms import parts_of
from errata.verify.sympy_terms import (
    FRESH,
    CannotEncode,
    FreshNames,
    bound_symbols,
    rebuilt,
    substituted,
    symbols_in,
)

MAXIMAL_DEFINITIONS = 200


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
                return StandardDensity(self.lower(point, bound), self.standard(law, bound))
            case Expectation():
                return sympy_means.expectation(self, term, bound)
            case MomentOf():
                return sympy_means.moment(self, term, bound)
            case Functional():
                return sympy_functionals.functional(self, term, bound)
            case Information():
                return sympy_functionals.information(self, term, bound)
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
            mean = sympy_means.as_mean(lowered)
            if mean is None and is_formula_of(term.binder.name.symbol, term.body, self.scope):
                raise CannotEncode("a formula is integrated over a space, which is more than finitely many points")
            return mean or lowered
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

    def density(self, law: Term, values: tuple[Slot, ...], given: tuple[Slot, ...], bound: frozenset[str]) -> Term:
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
                return StandardDensity(self.lower(values[0].value, bound), self.standard(law, bound))
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
            isinstance(term, Sum | Product | Quotient) and any(map(self.is_law, parts_of(term)))
        )

    def standard(self, law: StandardLaw, bound: frozenset[str]) -> StandardLaw:
        """Return a standard law with its parameters lowered."""
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

    def _image(self, fact: ImageLaw, values: tuple[Slot, ...], given: tuple[Slot, ...], bound: frozenset[str]) -> Term:
        if len(values) != 1 or given or values[0].space != fact.space:
            raise CannotEncode(f"the image law {fact.law} is used beyond the space {fact.space}")
        source = self.fresh.like(fact.source_space)
        weight = self.density(
            LawReference(Name(fact.source)), (Slot(fact.source_space, Name(source)),), (), bound | {source}
        )
        image = self.lower(Apply(Name(fact.function), (Name(source),)), bound | {source})
        hit = Elementary("delta", (values[0].value, image))
        return Aggregate("sum", Binder(Name(source), Space(fact.source_space)), Product((weight, hit)))
