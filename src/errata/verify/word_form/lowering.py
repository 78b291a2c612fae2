"""From terms to words.

What has no matrix in it is left to the normal form of scalars, so both forms share their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form import lowering as scalars
from errata.verify.normal_form import lowering_binders
from errata.verify.normal_form.arrays import index_domain
from errata.verify.normal_form.logarithms import general_power
from errata.verify.normal_form.polynomials import add, combined, constant, constant_value, power, scale, single
from errata.verify.normal_form.signs import nonempty
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Polynomial, Refused, Workspace
from errata.verify.word_form import columns, operations, random_vectors, scalar_derivatives
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.gradients import differentiated
from errata.verify.word_form.letters import Shape, Value, Words, head_of, identity, letter, of_word, one
from errata.verify.word_form.renewal import Renewal
from errata.verify.word_form.sums import total_of_words

LARGEST_POWER = 6
LONGEST_WRITTEN_OUT = 8


@dataclass
class WordLowering:
    """Lowers terms to numbers and words in one environment."""

    m: Matrices
    environment: Mapping[str, Value] = field(default_factory=dict)
    unfolding: tuple[str, ...] = ()
    depths: Mapping[Domain, int] = field(default_factory=dict)
    guarded: bool = False

    @property
    def w(self) -> Workspace:
        """The workspace."""
        return self.m.w

    def inside(self, names: Mapping[str, Value], domain: Domain | None = None) -> WordLowering:
        """Return a lowering with more names bound (over the domain)."""
        depths = self.depths if domain is None else {**self.depths, domain: self.depths.get(domain, 0) + 1}
        return replace(self, environment={**self.environment, **names}, depths=depths)

    def of_definition(self, symbol: str, names: Mapping[str, Value]) -> WordLowering:
        """Return the lowering for a definition's body, which sees its parameters only."""
        if symbol in self.unfolding or len(self.unfolding) > 12:
            raise Refused(f"{symbol} is defined by itself, or too deep")
        return replace(self, environment=names, unfolding=(*self.unfolding, symbol))

    def scalar(self, term: t.Term) -> Polynomial:
        """Return the value of a term that is a number; raises Refused for matrices."""
        value = self.value(term)
        if isinstance(value, dict):
            return value
        raise Refused("a matrix in place of a number")

    def matrix(self, term: t.Term) -> Words:
        """Return the value of a term that is a matrix; raises Refused for numbers."""
        value = self.value(term)
        if isinstance(value, dict):
            raise Refused("a number in place of a matrix")
        return value

    def plain(self) -> scalars.Lowering:
        """Return the lowering of scalars in the same environment; names bound to matrices are out of its reach."""
        if any(not isinstance(value, dict) for value in self.environment.values()):
            raise Refused("a bound matrix inside something that the word form does not model")
        numbers = {symbol: value for symbol, value in self.environment.items() if isinstance(value, dict)}
        return scalars.Lowering(self.w, numbers, self.unfolding, self.depths, self.guarded)

    def function(self, name: str, *arguments: Polynomial) -> Polynomial:
        """Return an elementary function of numbers."""
        return scalars.Lowering(self.w, guarded=self.guarded).function(name, arguments)

    def suppose_nonzero(self, value: Polynomial) -> None:
        """Harvest that a denominator is nonzero."""
        scalars.Lowering(self.w, guarded=self.guarded).suppose_nonzero(value)

    def suppose_positive(self, value: Polynomial) -> None:
        """Harvest that the argument of a logarithm, or a determinant of a covariance, is positive."""
        scalars.Lowering(self.w, guarded=self.guarded).suppose_positive(value)

    def value(self, term: t.Term) -> Value:
        """Return the value of a term; raises Refused where words do not model it."""
        self.w.spend(1)
        match term:
            case t.Number() | t.Constant():
                return self.plain_value(term)
            case t.Name():
                return self.name(term.symbol)
            case t.Entry():
                return self._entry(term)
            case t.Negative(inner):
                return self.m.product(constant(-1), self.value(inner))
            case t.Sum(parts):
                return self.sum_of([self.value(part) for part in parts])
            case t.Product(factors):
                return columns.product(self, factors)
            case t.Quotient(above, below):
                denominator = self.scalar(below)
                self.suppose_nonzero(denominator)
                return self.m.product(power(self.w, denominator, -1), self.value(above))
            case t.Power():
                return self._power(term)
            case t.Elementary():
                return self._elementary(term)
            case t.Apply():
                return self._apply(term)
            case t.MatrixOperation():
                return operations.operation(self, term)
            case t.Derivative():
                return self._derivative(term)
            case t.At():
                return self._at(term)
            case t.Aggregate():
                return self._aggregate(term)
            case t.Expectation() | t.MomentOf():
                return random_vectors.mean_or_moment(self, term)
            case t.Functional():
                return random_vectors.functional(self, term)
            case t.StandardDensity() | t.Density():
                return random_vectors.density(self, term)
            case _:
                return self.plain_value(term)

    def plain_value(self, term: t.Term) -> Polynomial:
        """Return the value of a term in the normal form of scalars."""
        return self.plain().scalar(term)

    # Names -------------------------------------------------------------------------------------------

    def name(self, symbol: str) -> Value:
        """Return the value of a name: bound, defined, or a letter."""
        bound = self.environment.get(symbol)
        if bound is not None:
            return bound
        on = scalars.variables_of(self.w.scope.sorts.get(symbol))
        if on:
            return self.value(t.Apply(t.Name(symbol), tuple(map(t.Name, on))))
        definition = self.w.scope.definitions.get(symbol)
        if definition is not None and not definition.parameters and self.w.allows(f"definition of {symbol}"):
            return self.of_definition(symbol, {}).value(definition.body)
        return self.leaf(self.w.atom("name", symbol), self.w.scope.sorts.get(symbol))

    def leaf(self, head: Atom, sort: sorts.Sort | None) -> Value:
        """Return a letter, or a scalar atom, as the sort says."""
        shape = self.shape_of(sort)
        if shape is None:
            value = scalars.Lowering(self.w).leaf(head, sort, ())
            if isinstance(value, dict):
                return value
            raise Refused("an array of one number")
        return of_word((letter(self.w, head, shape),), shape)

    def shape_of(self, sort: sorts.Sort | None) -> Shape | None:
        """Return the shape of a vector or matrix sort, None for other sorts."""
        w = self.w
        shape: Shape | None = None
        match sort:
            case sorts.Vector():
                shape = (w.size_of_term(sort.size), one(w))
            case sorts.Matrix():
                shape = (w.size_of_term(sort.rows), w.size_of_term(sort.columns))
            case sorts.Point() | sorts.RandomVariable():
                kind = w.scope.spaces.get(sort.space)
                if isinstance(kind, sorts.EuclideanSpace) and kind.size is not None:
                    shape = (w.size_of_term(kind.size), one(w))
        return None if shape is None or shape[0] is shape[1] is one(w) else shape

    def _entry(self, term: t.Entry) -> Value:
        w = self.w
        if isinstance(term.array, t.Name) and term.array.symbol not in self.environment:
            symbol = term.array.symbol
            sort = w.scope.sorts.get(symbol)
            if isinstance(sort, sorts.Family) and symbol not in w.scope.definitions:
                shape = self.shape_of(sort.element)
                if shape is not None and len(sort.sizes) == len(term.indices):
                    places = tuple(w.freeze(combined(w, self.scalar(index))) for index in term.indices)
                    head = w.atom("entry", w.atom("name", symbol), places)
                    return of_word((letter(w, head, shape),), shape)
            if isinstance(sort, sorts.Family):
                return self.plain_value(term)
        array = self.value(term.array)
        if isinstance(array, Words):
            return columns.entry(self, array, [self.scalar(index) for index in term.indices])
        return self.plain_value(term)

    # Algebra -----------------------------------------------------------------------------------------

    def sum_of(self, values: list[Value]) -> Value:
        """Return a sum; the number 0 is the zero of any shape."""
        numbers: Polynomial = {}
        matrices: Words | None = None
        for value in values:
            if isinstance(value, dict):
                numbers = add(numbers, value)
            else:
                matrices = value if matrices is None else self.m.added(matrices, value)
        if matrices is None:
            return numbers
        if numbers:
            raise Refused("a number added to a matrix")
        return matrices

    def _power(self, term: t.Power) -> Value:
        base = self.value(term.base)
        exponent = self.scalar(term.exponent)
        number = constant_value(exponent)
        if isinstance(base, dict):
            if number is not None and number < 0:
                self.suppose_nonzero(base)
            integer = scalars.Lowering(self.w).is_integer(exponent)
            return general_power(self.w, base, exponent, integer)
        if not isinstance(number, int) or abs(number) > LARGEST_POWER:
            raise Refused("a power of a matrix")
        if base.shape is not None and base.shape[0] is not base.shape[1]:
            raise Refused("a power of an array that is not square")
        if number < 0:
            base = operations.inverse(self, base)
        result = identity(None if base.shape is None else base.shape[0])
        for _ in range(abs(number)):
            result = self.m.matrix_product(result, base)
        return result

    def _elementary(self, term: t.Elementary) -> Value:
        values = [self.value(argument) for argument in term.arguments]
        if term.function == "abs" and len(values) == 1 and isinstance(values[0], Words):
            return operations.determinant_of(self, values[0])
        numbers = [value for value in values if isinstance(value, dict)]
        if len(numbers) < len(values):
            raise Refused("a function of matrices by entries")
        return self.function(term.function, *numbers)

    def _apply(self, term: t.Apply) -> Value:
        symbol = term.function.symbol
        definition = self.w.scope.definitions.get(symbol)
        arguments = [self.value(argument) for argument in (*term.arguments, *term.parameters)]
        if definition is None or symbol in self.environment or term.order:
            return self._unknown(term, arguments)
        if len(definition.parameters) == len(arguments) and self.w.allows(f"definition of {symbol}"):
            names = dict(zip(definition.parameters, arguments, strict=True))
            return self.of_definition(symbol, names).value(definition.body)
        return self.plain_value(term)

    def _unknown(self, term: t.Apply, arguments: list[Value]) -> Value:
        """A value of an unknown function of numbers: a letter where it is an array."""
        w = self.w
        sort = w.scope.sorts.get(term.function.symbol)
        shape = self.shape_of(sort.value) if isinstance(sort, sorts.Function) else None
        numbers = [argument for argument in arguments if isinstance(argument, dict)]
        if shape is None or len(numbers) < len(arguments) or term.function.symbol in self.environment:
            return self.plain_value(term)
        places = tuple(w.freeze(combined(w, number)) for number in numbers)
        orders = (term.order, *(0 for _ in places[1:]))
        head = w.atom("apply", term.function.symbol, places, (), orders)
        return of_word((letter(w, head, shape),), shape)

    def _aggregate(self, term: t.Aggregate) -> Value:
        """A sum of numbers or matrices over a range, or over the index of a family."""
        domain, symbol = term.binder.domain, term.binder.name.symbol
        if term.operation != "sum" or not isinstance(domain, t.Range | t.IndexSet):
            return self.plain_value(term)
        if isinstance(domain, t.IndexSet):
            return self._total(term, lowering_binders.index_set(self.plain(), domain, symbol, term.body), {})
        low = self.scalar(domain.low)
        count = combined(self.w, add(self.scalar(domain.high), scale(-1, low), constant(1)))
        number = constant_value(count)
        if number is None or number > LONGEST_WRITTEN_OUT:
            return self._total(term, index_domain(self.w.freeze(count)), add(low, constant(-1)))
        if not isinstance(number, int) or number < 1:
            return self.plain_value(term)
        places = [add(low, constant(k)) for k in range(number)]
        return self.sum_of([self.inside({symbol: place}).value(term.body) for place in places])

    def _total(self, term: t.Aggregate, domain: Domain, shift: Polynomial) -> Value:
        """The sum over a domain; what the body needs to be defined is known only where there is a member."""
        variable = self.w.variable(domain, self.depths.get(domain, 0))
        inner = self.inside({term.binder.name.symbol: add(single(variable), shift)}, domain)
        if not nonempty(self.w, domain):
            inner = replace(inner, guarded=True)
        body = inner.value(term.body)
        binders = ((variable, domain),)
        return total(self.w, binders, body) if isinstance(body, dict) else total_of_words(self.m, binders, body)

    # Calculus ----------------------------------------------------------------------------------------

    def _derivative(self, term: t.Derivative) -> Value:
        variable = self.value(term.variable)
        if isinstance(variable, dict):
            return scalar_derivatives.repeated(self, term.body, variable, term.order)
        ((word, _),) = variable.terms.items() if len(variable.terms) == 1 else (((), {}),)
        if len(word) != 1 or variable.shape is None:
            raise Refused("a derivative by an expression")
        head = head_of(word[0])
        if head.kind not in ("name", "entry"):
            raise Refused("a derivative by an expression")
        name = head if head.kind == "name" else head.arguments[0]
        m = Matrices(self.w, self.m.plain | {head, name}, self.m.invertible, self.m.rewrites, self.m.values)
        body = replace(self, m=m).value(term.body)
        return self.renewed(differentiated(m, body, head, variable.shape, term.order), head)

    def renewed(self, value: Value, head: Atom) -> Value:
        """Return a value with the properties of a head, left out so far, put to use."""
        m = self.m

        def of_letter(item: Atom) -> Words:
            shape = (item.arguments[2], item.arguments[3])
            if not item.arguments[1]:
                return of_word((item,), shape)
            return m.transposed_letter(letter(self.w, head_of(item), shape[::-1]))

        return Renewal(m, lambda atom: head in atom.free, of_letter).value(value)

    def _at(self, term: t.At) -> Value:
        symbol = term.variable.symbol
        value = self.value(term.value)
        if not isinstance(value, dict) or not isinstance(self.name(symbol), dict):
            raise Refused("a matrix replaced by a value")
        leaf = self.w.fresh(Domain("values", symbol))
        body = self.inside({symbol: {((leaf, 1),): 1}}).value(term.body)

        def of_letter(item: Atom) -> Words:
            raise Refused("a letter that depends on a number")

        renewal = Renewal(self.m, lambda atom: leaf in atom.free, of_letter, lambda _: value)
        return renewal.value(body)
