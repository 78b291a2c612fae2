"""From terms to polynomials over atoms.

Names that a binder binds stand in the environment; all other names are leaves. While a term is lowered, the
conditions under which it has a value are harvested as facts (not inside cases, where they are conditional).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from errata.language import sorts
from errata.language import terms as t
from errata.language.scope import Definition
from errata.verify.normal_form import arrays, extrema, lowering_binders, lowering_matrices, lowering_probability
from errata.verify.normal_form.arrays import Block, ScaledIdentity, Value
from errata.verify.normal_form.derivatives import repeated
from errata.verify.normal_form.factors import content
from errata.verify.normal_form.facts import suppose_nonzero, suppose_positive
from errata.verify.normal_form.logarithms import exponential, general_power, logarithm
from errata.verify.normal_form.polynomials import (
    add,
    combined,
    constant,
    constant_value,
    magnitude,
    multiply,
    power,
    scale,
    single,
    subtract,
    together,
)
from errata.verify.normal_form.signs import sign
from errata.verify.normal_form.substitution import only_atom, substitute
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused, Workspace

LARGEST_NUMBER_OF_DIGITS = 80
SIGMOID = "definition of the sigmoid"
TANH = "definition of tanh"
SOFTPLUS = "definition of softplus"


@dataclass
class Lowering:
    """Lowers terms in one environment; `depths` counts the open binders over each domain."""

    w: Workspace
    environment: Mapping[str, Value] = field(default_factory=dict)
    unfolding: tuple[str, ...] = ()
    depths: Mapping[Domain, int] = field(default_factory=dict)
    guarded: bool = False

    def inside(self, names: Mapping[str, Value], domain: Domain | None = None) -> Lowering:
        """Return a lowering with more names bound (over the domain)."""
        depths = self.depths
        if domain is not None:
            depths = {**depths, domain: depths.get(domain, 0) + 1}
        return Lowering(self.w, {**self.environment, **names}, self.unfolding, depths, self.guarded)

    def of_definition(self, symbol: str, names: Mapping[str, Value]) -> Lowering:
        """Return the lowering for a definition's body, which sees its parameters only."""
        if symbol in self.unfolding:
            raise Refused(f"{symbol} is defined by itself")
        if len(self.unfolding) > 12:
            raise Refused("definitions nested too deep")
        return Lowering(self.w, names, (*self.unfolding, symbol), self.depths, self.guarded)

    def conditionally(self) -> Lowering:
        """Return a lowering for a part that need not have a value everywhere."""
        return Lowering(self.w, self.environment, self.unfolding, self.depths, True)

    def variable(self, domain: Domain) -> Atom:
        """Return the variable that opens a binder over the domain here."""
        return self.w.variable(domain, self.depths.get(domain, 0))

    def scalar(self, term: t.Term) -> Polynomial:
        """Return the value of a term that is a number; raises Refused for arrays."""
        value = self.value(term)
        if isinstance(value, dict):
            return value
        raise Refused("an array in place of a number")

    def argument(self, term: t.Term) -> Frozen:
        """Return the value of a term as an argument of an atom."""
        return self.frozen(self.value(term))

    def frozen(self, value: Value) -> Frozen:
        """Return a value as an argument of an atom."""
        if isinstance(value, dict):
            return self.w.freeze(combined(self.w, value))
        if isinstance(value, Block):
            return arrays.freeze_array(self.w, value)
        raise Refused("an identity matrix of unknown size")

    def value(self, term: t.Term) -> Value:
        """Return the value of a term; raises Refused where the normal form does not model it."""
        self.w.spend(1)
        match term:
            case t.Number():
                return constant(_bounded(term.value))
            case t.Constant():
                return self._constant(term)
            case t.Name():
                return self.name(term.symbol)
            case t.Entry():
                return self._entry(term)
            case t.Negative():
                return arrays.negate_value(self.value(term.term))
            case t.Sum():
                return self._sum(term)
            case t.Product():
                return self._product(term)
            case t.Quotient():
                return self._quotient(term)
            case t.Power():
                return self._power(term)
            case t.Elementary():
                return self._elementary(term)
            case t.Apply():
                return self._apply(term)
            case t.MatrixOperation():
                return lowering_matrices.operation(self, term)
            case t.Array():
                return lowering_matrices.written_out(self, term)
            case t.Aggregate():
                return lowering_binders.aggregate(self, term)
            case t.Cases():
                return lowering_binders.cases(self, term)
            case t.Indicator():
                return lowering_binders.indicator(self, term)
            case t.Derivative():
                return self._derivative(term)
            case t.At():
                return self._at(term)
            case _:
                return lowering_probability.value(self, term)

    # Names -------------------------------------------------------------------------------------------

    def _constant(self, term: t.Constant) -> Polynomial:
        if term.kind == "pi":
            return single(self.w.atom("pi"))
        if term.kind == "e":
            return exponential(self.w, constant(1))
        raise Refused("infinity")

    def name(self, symbol: str) -> Value:
        """Return the value of a name: bound, defined, or a leaf of its sort."""
        bound = self.environment.get(symbol)
        if bound is not None:
            return bound
        on = variables_of(self.w.scope.sorts.get(symbol))
        if on:
            return self.value(t.Apply(t.Name(symbol), tuple(map(t.Name, on))))
        definition = self.w.scope.definitions.get(symbol)
        if definition is not None and not definition.parameters and self.w.allows(f"definition of {symbol}"):
            return self.of_definition(symbol, {}).value(definition.body)
        return self.leaf(self.w.atom("name", symbol), self.w.scope.sorts.get(symbol), ())

    def leaf(self, base: Atom, sort: sorts.Sort | None, indices: tuple[Frozen, ...]) -> Value:
        """Return the member of an array or family (or the name itself, without indices) as its sort says."""
        w = self.w
        match sort:
            case sorts.Vector():
                return self._array(base, indices, (w.size_of_term(sort.size),))
            case sorts.Matrix():
                return self._array(base, indices, (w.size_of_term(sort.rows), w.size_of_term(sort.columns)))
            case sorts.Point() | sorts.RandomVariable():
                size = self.size_of_space(sort.space)
                if size is not None:
                    return self._array(base, indices, (size,))
            case sorts.Law() | sorts.Function():
                raise Refused("a law or a function in place of a number")
            case sorts.Family():
                return single(base) if not indices else single(w.atom("entry", base, indices))
        return single(base) if not indices else single(w.atom("entry", base, indices))

    def size_of_space(self, space: str) -> Frozen | None:
        """Return the dimension of a space of vectors, None for a space of scalars."""
        kind = self.w.scope.spaces.get(space)
        if isinstance(kind, sorts.EuclideanSpace) and kind.size is not None:
            return self.w.size_of_term(kind.size)
        return None

    def _array(self, base: Atom, indices: tuple[Frozen, ...], shape: tuple[Frozen, ...]) -> Block:
        w = self.w
        return Block(
            shape,
            lambda places: arrays.entry_atom(w, base, (*indices, *(w.freeze(combined(w, i)) for i in places))),
        )

    def _entry(self, term: t.Entry) -> Value:
        w = self.w
        indices = tuple(self.scalar(index) for index in term.indices)
        places = tuple(w.freeze(combined(w, index)) for index in indices)
        if isinstance(term.array, t.Name) and term.array.symbol not in self.environment:
            symbol = term.array.symbol
            sort = w.scope.sorts.get(symbol)
            if symbol not in w.scope.definitions and not isinstance(sort, sorts.Vector | sorts.Matrix | sorts.Point):
                return self._member(w.atom("name", symbol), sort, places)
        array = self.value(term.array)
        if isinstance(array, Block) and len(array.shape) == len(indices):
            for place, size in zip(places, array.shape, strict=True):
                self.note_member(place, size)
            return array.entry(indices)
        raise Refused("an index on something that is no array")

    def _member(self, base: Atom, sort: sorts.Sort | None, places: tuple[Frozen, ...]) -> Value:
        if not isinstance(sort, sorts.Family):
            return single(self.w.atom("entry", base, places))
        count = len(sort.sizes)
        for place, size in zip(places, sort.sizes, strict=False):
            if size is not None:
                self.note_member(place, self.w.size_of_term(size))
        inner = self.leaf(base, sort.element, places[:count])
        if len(places) == count:
            return inner
        if isinstance(inner, Block) and len(inner.shape) == len(places) - count:
            return inner.entry(tuple(place.polynomial() for place in places[count:]))
        raise Refused("too many indices")

    def note_member(self, place: Frozen, size: Frozen) -> None:
        """Record that a named index lies in the range of the array that it indexes."""
        if not self.guarded and all(leaf.kind == "name" for leaf in place.free):
            self.w.members.add((place, arrays.index_domain(size)))

    # Algebra -----------------------------------------------------------------------------------------

    def _sum(self, term: t.Sum) -> Value:
        result: Value = {}
        for part in term.terms:
            result = arrays.add_values(self.w, result, self.value(part))
        return result

    def _product(self, term: t.Product) -> Value:
        result: Value = constant(1)
        for factor in term.factors:
            result = arrays.multiply_values(self.w, result, self.value(factor), total)
        return result

    def _quotient(self, term: t.Quotient) -> Value:
        return arrays.scale_value(self.w, self.inverse(term.denominator), self.value(term.numerator))

    def inverse(self, term: t.Term) -> Polynomial:
        """Return 1 / term, factor by factor, so that a power of a sum stays the power of one atom."""
        w = self.w
        match term:
            case t.Product(factors) if len(factors) > 1:
                values = [self.value(factor) for factor in factors]
                if all(isinstance(value, dict) for value in values):
                    result = constant(1)
                    for factor in factors:
                        result = multiply(w, result, self.inverse(factor))
                    return result
            case t.Negative(inner):
                return scale(-1, self.inverse(inner))
            case t.Power(base, t.Number(exponent)) if exponent > 0 and exponent.denominator == 1:
                value = self.value(base)
                if isinstance(value, dict):
                    self.suppose_nonzero(value)
                    return power(w, value, -exponent)
        denominator = self.scalar(term)
        self.suppose_nonzero(denominator)
        return power(w, denominator, -1)

    def suppose_nonzero(self, polynomial: Polynomial) -> None:
        """Harvest that a denominator is nonzero."""
        if not self.guarded:
            suppose_nonzero(self.w, polynomial)

    def suppose_positive(self, polynomial: Polynomial) -> None:
        """Harvest that the argument of a logarithm is positive."""
        if not self.guarded:
            suppose_positive(self.w, polynomial)

    def _power(self, term: t.Power) -> Value:
        exponent = self.scalar(term.exponent)
        base = self.value(term.base)
        number = constant_value(exponent)
        if isinstance(base, dict):
            if number is not None and number < 0:
                self.suppose_nonzero(base)
            return general_power(self.w, base, exponent, self.is_integer(exponent))
        if number == -1:
            return arrays.inverse(self.w, base)
        if isinstance(base, ScaledIdentity):
            return ScaledIdentity(general_power(self.w, base.factor, exponent, self.is_integer(exponent)))
        if len(base.shape) == 1 and number is not None:
            return arrays.map_entries(base, lambda entry: power(self.w, entry, number))
        if isinstance(number, int) and 1 <= number <= 6 and len(base.shape) == 2:
            result: Value = base
            for _ in range(number - 1):
                result = arrays.multiply_values(self.w, result, base, total)
            return result
        raise Refused("a power of an array")

    def is_integer(self, polynomial: Polynomial) -> bool:
        """Whether every value of the polynomial is surely an integer."""
        return all(
            isinstance(c, int) and all(isinstance(e, int) and e > 0 and self._integer_atom(a) for a, e in m)
            for m, c in polynomial.items()
        )

    def _integer_atom(self, atom: Atom) -> bool:
        if atom.kind == "fresh":
            return atom.arguments[1].kind in ("range", "index")
        sort = None
        if atom.kind == "name":
            sort = self.w.scope.sorts.get(atom.arguments[0])
        elif atom.kind == "entry" and atom.arguments[0].kind == "name":
            sort = self.w.scope.sorts.get(atom.arguments[0].arguments[0])
            sort = sort.element if isinstance(sort, sorts.Family) else None
        return isinstance(sort, sorts.Real) and sort.integer

    # Functions ---------------------------------------------------------------------------------------

    def _elementary(self, term: t.Elementary) -> Value:
        values = [self.value(argument) for argument in term.arguments]
        if len(values) == 1 and isinstance(values[0], Block):
            block = values[0]
            if term.function == "abs" and len(block.shape) == 2:
                return lowering_matrices.determinant(self, block)
            if term.function == "abs":
                raise Refused("bars around a vector")
            return arrays.map_entries(block, lambda entry: self.function(term.function, (entry,)))
        scalars = []
        for value in values:
            if not isinstance(value, dict):
                raise Refused("a function of arrays")
            scalars.append(value)
        return self.function(term.function, tuple(scalars))

    def function(self, name: str, arguments: tuple[Polynomial, ...]) -> Polynomial:
        """Return an elementary function of scalars."""
        w = self.w
        if len(arguments) == 1:
            x = arguments[0]
            match name:
                case "log":
                    self.suppose_positive(x)
                    return logarithm(w, x)
                case "exp":
                    return exponential(w, x)
                case "sqrt":
                    return power(w, x, Fraction(1, 2))
                case "sigmoid" if w.allows(SIGMOID):
                    return power(w, add(constant(1), exponential(w, scale(-1, x))), -1)
                case "softplus" if w.allows(SOFTPLUS):
                    return logarithm(w, add(constant(1), exponential(w, x)))
                case "tanh" if w.allows(TANH):
                    doubled = exponential(w, scale(2, x))
                    ratio = power(w, add(doubled, constant(1)), -1)
                    return multiply(w, subtract(doubled, constant(1)), ratio)
                case "sinh" | "cosh":
                    mirrored = scale(1 if name == "cosh" else -1, exponential(w, scale(-1, x)))
                    return scale(Fraction(1, 2), add(exponential(w, x), mirrored))
                case "tan":
                    return multiply(w, self.function("sin", (x,)), power(w, self.function("cos", (x,)), -1))
                case "abs":
                    return absolute(w, x)
                case "sin" | "cos":
                    return circular(w, name, x)
                case "delta":
                    return self._delta_of_difference(x)
                case "relu":
                    return self._relu(x)
        if name == "log" and len(arguments) == 2:
            self.suppose_positive(arguments[0])
            self.suppose_positive(arguments[1])
            base = logarithm(w, arguments[1])
            self.suppose_nonzero(base)
            return multiply(w, logarithm(w, arguments[0]), power(w, base, -1))
        if name == "delta" and len(arguments) == 2:
            return arrays.kronecker(w, self.frozen(arguments[0]), self.frozen(arguments[1]))
        frozen = tuple(self.frozen(x) for x in arguments)
        if name in ("max", "min"):
            if len(set(frozen)) == 1:
                return arguments[0]
            frozen = tuple(sorted(set(frozen)))
        return single(w.atom("elementary", name, frozen))

    def _delta_of_difference(self, x: Polynomial) -> Polynomial:
        w = self.w
        first = [m for m, c in x.items() if c == 1]
        second = [m for m, c in x.items() if c == -1]
        if len(x) == 2 and len(first) == len(second) == 1:
            return arrays.kronecker(w, w.freeze({first[0]: 1}), w.freeze({second[0]: 1}))
        return arrays.kronecker(w, self.frozen(x), w.freeze({}))

    def _relu(self, x: Polynomial) -> Polynomial:
        s = sign(self.w, x)
        if s:
            return x if s > 0 else {}
        return single(self.w.atom("elementary", "relu", (self.frozen(x),)))

    def _apply(self, term: t.Apply) -> Value:
        symbol = term.function.symbol
        w = self.w
        definition = w.scope.definitions.get(symbol)
        arguments = [self.value(argument) for argument in (*term.arguments, *term.parameters)]
        if symbol not in self.environment and definition is not None and term.order == 0:
            short = definition.parameters[: len(arguments)] if not term.parameters else definition.parameters
            if len(short) == len(arguments) and short and w.allows(f"definition of {symbol}"):
                if len(arguments) == 1 and isinstance(arguments[0], Block) and self._is_entrywise(symbol):
                    return arrays.map_entries(arguments[0], lambda x: self._of_entry(symbol, definition, x))
                names = dict(zip(short, arguments, strict=True))
                return self.of_definition(symbol, names).value(definition.body)
            if not definition.parameters and isinstance(definition.body, t.Aggregate):
                return self._optimal_value(symbol, definition.body, arguments)
            if len(short) != len(arguments):
                raise Refused(f"{symbol} takes {len(definition.parameters)} arguments")
        if term.order and (len(arguments) != 1 or (definition and symbol not in self.environment)):
            return self._primed_definition(term, arguments)
        if symbol in self.environment:
            raise Refused("a bound function")
        frozen = tuple(self.frozen(argument) for argument in arguments)
        count = len(term.arguments)
        partials = (term.order, *(0 for _ in frozen[1:])) if frozen else ()
        atom = w.atom("apply", symbol, frozen[:count], frozen[count:], partials)
        sort = w.scope.sorts.get(symbol)
        value_sort = sort.value if isinstance(sort, sorts.Function) else None
        return self.leaf_of_value(atom, value_sort)

    def _is_entrywise(self, symbol: str) -> bool:
        sort = self.w.scope.sorts.get(symbol)
        return isinstance(sort, sorts.Function) and "entrywise" in sort.properties

    def _of_entry(self, symbol: str, definition: Definition, entry: Polynomial) -> Polynomial:
        """The value of a defined function of numbers at an entry of an array."""
        return self.of_definition(symbol, {definition.parameters[0]: entry}).scalar(definition.body)

    def _optimal_value(self, symbol: str, body: t.Aggregate, arguments: list[Value]) -> Value:
        """D*(x) for D* := argmax over functions D."""
        if body.operation in ("argmax", "argmin") and len(arguments) == 1:
            optimum = extrema.found_optimum(self.of_definition(symbol, {}), body)
            argument = arguments[0]
            if optimum is not None and optimum.point is not None and isinstance(argument, dict):
                return substitute(self.w, optimum.place, {optimum.point: argument})
        raise Refused(f"the value of {symbol}")

    def _primed_definition(self, term: t.Apply, arguments: list[Value]) -> Value:
        """f'(a) for a defined f of one scalar: the derivative of its body at a."""
        symbol = term.function.symbol
        definition = self.w.scope.definitions.get(symbol)
        if definition is None or len(definition.parameters) != 1 or len(arguments) != 1:
            raise Refused("a prime on a function of several arguments")
        argument = arguments[0]
        if not isinstance(argument, dict):
            raise Refused("a prime on a function of an array")
        variable = self.w.fresh(Domain("values", definition.parameters[0]))
        inner = self.of_definition(symbol, {definition.parameters[0]: single(variable)}).conditionally()
        body = inner.scalar(definition.body)
        return substitute(self.w, repeated(self.w, body, variable, term.order), {variable: argument})

    def leaf_of_value(self, atom: Atom, sort: sorts.Sort | None) -> Value:
        """Return the value of an unknown function as its sort says."""
        if isinstance(sort, sorts.Law | sorts.Function):
            raise Refused("a function whose values are functions or laws")
        return self.leaf(atom, sort, ())

    # Calculus ----------------------------------------------------------------------------------------

    def _derivative(self, term: t.Derivative) -> Value:
        w = self.w
        variable, body = self.value(term.variable), self.value(term.body)
        if isinstance(variable, ScaledIdentity) or isinstance(body, ScaledIdentity):
            raise Refused("a derivative by, or of, the identity")
        if isinstance(variable, dict):
            atom = only_atom(variable)
            if isinstance(body, dict):
                return repeated(w, body, atom, term.order)
            return arrays.map_entries(body, lambda entry: repeated(w, entry, atom, term.order))
        for _ in range(term.order):
            body = self._gradient(body, variable)
        return body

    def _gradient(self, body: Polynomial | Block, variable: Block) -> Block:
        """The gradient of a number, or of a column by a column, one row a variable (denominator layout)."""
        w = self.w
        if isinstance(body, dict):
            number = body
            return Block(variable.shape, lambda at: repeated(w, number, only_atom(variable.entry(at)), 1))
        if len(body.shape) != 1 or len(variable.shape) != 1:
            raise Refused("the derivative of a matrix by an array")
        column = body
        return Block(
            (variable.shape[0], column.shape[0]),
            lambda at: repeated(w, column.entry(at[1:]), only_atom(variable.entry(at[:1])), 1),
        )

    def _at(self, term: t.At) -> Value:
        w = self.w
        value = self.scalar(term.value)
        symbol = term.variable.symbol
        if isinstance(self.name(symbol), Block):
            raise Refused("a vector replaced by a value")
        leaf = w.fresh(Domain("values", symbol))
        body = self.inside({symbol: single(leaf)}).scalar(term.body)
        return substitute(w, body, {leaf: value})


def _bounded(value: Fraction) -> Fraction:
    if max(abs(value.numerator), value.denominator) > 10**LARGEST_NUMBER_OF_DIGITS:
        raise Refused("a number with too many digits")
    return value


def variables_of(sort: sorts.Sort | None) -> tuple[str, ...]:
    """Return the variables at which a name that stands alone is taken: X for X(t)."""
    on: tuple[str, ...] = getattr(sort, "on", ())
    return on


def absolute(w: Workspace, x: Polynomial) -> Polynomial:
    """|x|: x or -x where the sign is known, an even atom else; a known factor comes out."""
    numerator, denominators = together(w, x)
    if not numerator:
        return {}
    c, m, core = content(numerator)
    result = constant(magnitude(c))
    factors = [*m, *((g, -k) for g, k in denominators)]
    if len(core) > 1:
        factors.append((w.atom("group", w.freeze(core)), 1))
    for atom, exponent in factors:
        base = power(w, atom.arguments[0].polynomial(), 1) if atom.kind == "group" else single(atom)
        s = sign(w, base)
        if not s and not (isinstance(exponent, int) and exponent % 2 == 0):
            s = 1 if not isinstance(exponent, int) else 0
            if not s:
                result = multiply(w, result, single(w.atom("abs", w.freeze(base)), exponent))
                continue
        result = multiply(w, result, power(w, scale(s, base) if s else base, exponent))
    return result


def circular(w: Workspace, name: str, x: Polynomial) -> Polynomial:
    """sin or cos, with the sign of the argument taken out."""
    x = combined(w, x)
    if not x:
        return constant(0 if name == "sin" else 1)
    if x[min(x)] < 0:
        return scale(-1 if name == "sin" else 1, single(w.atom(name, w.freeze(scale(-1, x)))))
    return single(w.atom(name, w.freeze(x)))
