"""Lowered terms as Python code on SymPy: the readable form of a script.

Points are their numbers, spaces are ranges, a law is a function that sums its table's weights. Raises
CannotEncode for arrays, normal laws and what else is better computed than written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errata.language.kernels import is_kernel, kernel_values
from errata.language.scope import Scope
from errata.language.sorts import POSITIVE, SIZE, Configurations, Family, FiniteSpace, Function, Law, Real, Sort
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Comparison,
    Constant,
    Density,
    Derivative,
    Elementary,
    Entry,
    IndexSet,
    Indicator,
    Interval,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slot,
    Space,
    Sum,
    Term,
    subterms,
)
from errata.verify.sympy_instances import Assignment, Axis, Needs, place_of
from errata.verify.sympy_terms import FRESH, CannotEncode, base_of
from errata.verify.sympy_values import assumptions, identifier

_ADD, _MULTIPLY, _POWER, _CALL = range(4)
_FUNCTIONS = frozenset(
    ("log", "exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign", "binomial", "factorial", "gamma")
)
_RENAMED = {"abs": "Abs", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "floor": "floor", "max": "Max"}
_RENAMED |= {"min": "Min", "ceiling": "ceiling"}


@dataclass(frozen=True, slots=True)
class Code:
    """Python code, how tightly it binds, and the space whose point it numbers (None for a number)."""

    text: str
    level: int
    space: str | None = None

    def at(self, level: int) -> str:
        """The code for a place that needs this level."""
        return self.text if self.level >= level else f"({self.text})"


Environment = Mapping[str, Code]


class ScriptTerms:
    """Writes terms; `definitions` are the lines for all names that were used while writing."""

    def __init__(self, scope: Scope, needs: Needs, assignment: Assignment | None) -> None:
        self.scope = scope
        self.needs = needs
        self.assignment = assignment
        self.bounds: dict[str, Real] = {}
        self._lines: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._value_functions: set[str] = set()
        self._signatures: dict[str, tuple[str | None, ...]] = {}

    # names ---------------------------------------------------------------------------------------------

    def _identifier(self, symbol: str) -> str:
        if symbol not in self._names:
            wanted = identifier(symbol)
            if FRESH in symbol:
                wanted += symbol.split(FRESH, 1)[1].translate({ord(FRESH): "_"}).join(("_", ""))
            text, count = wanted, 1
            while text in self._names.values():
                count += 1
                text = f"{wanted}_{count}"
            self._names[symbol] = text
        return self._names[symbol]

    def definitions(self) -> list[str]:
        """Return the lines that define everything used so far."""
        sizes = []
        if self.assignment is not None:
            sizes = [
                f"{self._identifier(name)} = sympy.Integer({size})"
                for name, size in self.assignment.sizes.items()
                if name not in self.needs.indices
            ]
        ranges = ["", "def upto(low, high):", '    """The integers low, ..., high."""']
        ranges += ["    return [sympy.Integer(k) for k in range(int(low), int(high) + 1)]", "", ""]
        return [*ranges, *sizes, *self._lines.values(), ""]

    def loops(self) -> list[str]:
        """Return the loops over free points, indices and maps, each one level deeper."""
        if self.assignment is None:
            return []
        lines: list[str] = []
        for symbol, space in self.needs.points:
            lines.append(f"for {self._identifier(symbol)} in range({self.assignment.spaces[space]}):")
        for symbol in self.needs.indices:
            lines.append(f"for {self._identifier(symbol)} in upto(1, 2):")
        for symbol, source, target in self.needs.maps:
            name = self._identifier(symbol)
            size, count = self.assignment.spaces[target], self.assignment.spaces[source]
            maps = f"itertools.product(range({size}), repeat={count})"
            lines.append(f"for {name} in [m for m in {maps} if len(set(m)) == {size}]:")
        return ["    " * depth + line for depth, line in enumerate(lines)]

    def _given(self, sort: Sort | None) -> str:
        real = sort if isinstance(sort, Real) else Real()
        return "".join(f", {key}={value}" for key, value in assumptions(real).items())

    def _bound(self, prefix: str, sort: Sort | None, places: list[tuple[int, ...]]) -> None:
        if isinstance(sort, Real):
            for place in places:
                self.bounds["_".join((prefix, *map(str, place)))] = sort

    # the walk ------------------------------------------------------------------------------------------

    def number(self, term: Term, env: Environment) -> str:
        """Return code for a term's value as a number."""
        return self._number(term, env).text

    def _number(self, term: Term, env: Environment) -> Code:
        code = self._write(term, env)
        if code.space is None:
            return code
        kind = self.scope.spaces.get(code.space)
        if isinstance(kind, Configurations):
            raise CannotEncode("a sum over configurations")
        name = self._identifier(f"{code.space} value")
        if isinstance(kind, FiniteSpace):
            points = ", ".join(f"sympy.S({self._number(point, {}).text})" for point in kind.points)
            self._lines.setdefault(name, f"{name} = [{points}]")
            return Code(f"{name}[{code.text}]", _CALL)
        line = f'def {name}(point):\n    return sympy.Symbol(f"{name}_{{point}}", real=True)\n'
        self._lines.setdefault(name, line)
        return Code(f"{name}({code.text})", _CALL)

    def _write(self, term: Term, env: Environment) -> Code:
        match term:
            case Number(value):
                if value.denominator != 1:
                    return Code(f"sympy.Rational({value.numerator}, {value.denominator})", _CALL)
                return Code(str(value), _CALL if value >= 0 else _ADD)
            case Constant(kind):
                return Code({"pi": "sympy.pi", "e": "sympy.E", "infinity": "sympy.oo"}[kind], _CALL)
            case Name(symbol):
                return self._name(symbol, env)
            case Entry():
                return self._entry(term, env)
            case Negative(inner):
                return Code("-" + self._number(inner, env).at(_MULTIPLY), _ADD)
            case Sum(terms):
                text = ""
                for part in terms:
                    minus = isinstance(part, Negative)
                    written = self._number(part.term if isinstance(part, Negative) else part, env).at(_MULTIPLY)
                    sign = (" - " if minus else " + ") if text else ("-" if minus else "")
                    text += sign + written
                return Code(text, _ADD)
            case Product(factors):
                first = self._number(factors[0], env).at(_MULTIPLY)
                return Code(" * ".join((first, *(self._number(f, env).at(_POWER) for f in factors[1:]))), _MULTIPLY)
            case Quotient(numerator, denominator):
                top = self._exact(numerator, env).at(_MULTIPLY)
                return Code(f"{top} / {self._number(denominator, env).at(_POWER)}", _MULTIPLY)
            case Power(base, exponent):
                if isinstance(base, Constant) and base.kind == "e":
                    return Code(f"sympy.exp({self.number(exponent, env)})", _CALL)
                raised = self._number(exponent, env).at(_CALL)
                return Code(f"{self._exact(base, env).at(_CALL)} ** {raised}", _POWER)
            case Elementary():
                return self._elementary(term, env)
            case Apply():
                return self._apply(term, env)
            case Aggregate():
                return self._aggregate(term, env)
            case Density():
                return self._density(term, env)
            case Derivative(body, variable, order):
                times = "" if order == 1 else f", {order}"
                return Code(f"sympy.diff({self.number(body, env)}, {self.number(variable, env)}{times})", _CALL)
            case At(body, variable, value):
                inside = self._number(body, env).at(_CALL)
                return Code(f"{inside}.subs({self.number(variable, env)}, {self.number(value, env)})", _CALL)
            case Indicator(Comparison("=", left, right)):
                return self._kronecker(left, right, env)
        raise CannotEncode(f"{type(term).__name__} is not written out in scripts")

    def _exact(self, term: Term, env: Environment) -> Code:
        """Write a term so that dividing it or raising it to a power stays exact in Python."""
        code = self._number(term, env)
        symbolic = any(isinstance(part, Name | Apply | Density | Entry) for part in subterms(term))
        return code if symbolic else Code(f"sympy.S({code.text})", _CALL)

    def _name(self, symbol: str, env: Environment) -> Code:
        if symbol in env:
            return env[symbol]
        name = self._identifier(symbol)
        points = dict(self.needs.points)
        if symbol in points and self.assignment is not None:
            return Code(name, _CALL, points[symbol])
        if self.assignment is not None and symbol in self.assignment.sizes:
            return Code(name, _CALL)
        sort = self.scope.sorts.get(symbol)
        if sort is None and symbol in self.needs.sizes:
            sort = SIZE
        if sort is not None and not isinstance(sort, Real):
            raise CannotEncode(f"{base_of(symbol)} is no number")
        self._lines.setdefault(name, f'{name} = sympy.Symbol("{name}"{self._given(sort)})')
        self._bound(name, sort, [()])
        return Code(name, _CALL)

    def _entry(self, term: Entry, env: Environment) -> Code:
        if not isinstance(term.array, Name) or term.array.symbol in dict(self.needs.point_families):
            raise CannotEncode("an entry of something without a name")
        sort = self.scope.sorts.get(term.array.symbol)
        if sort is not None and not (isinstance(sort, Family) and isinstance(sort.element, Real)):
            raise CannotEncode("an entry of an array")
        element = sort.element if isinstance(sort, Family) else None
        name = self._identifier(term.array.symbol)
        line = (
            f"def {name}(*indices):\n"
            f'    return sympy.Symbol("_".join(("{name}", *map(str, indices))){self._given(element)})\n'
        )
        self._lines.setdefault(name, line)
        if isinstance(element, Real) and element.high is not None:
            raise CannotEncode("a family of bounded numbers")
        return Code(f"{name}({', '.join(self.number(index, env) for index in term.indices)})", _CALL)

    def _elementary(self, term: Elementary, env: Environment) -> Code:
        arguments = term.arguments
        if term.function == "delta":
            if len(arguments) == 1 and isinstance(arguments[0], Sum) and len(arguments[0].terms) == 2:
                first, second = arguments[0].terms
                if isinstance(second, Negative):
                    arguments = (first, second.term)
            if len(arguments) != 2:
                raise CannotEncode("a delta of something that is no difference")
            return self._kronecker(arguments[0], arguments[1], env)
        inside = [self.number(part, env) for part in arguments]
        if term.function == "log" and len(inside) == 2:
            return Code(f"sympy.log({inside[0]}) / sympy.log({inside[1]})", _MULTIPLY)
        if term.function in ("sigmoid", "softplus", "relu"):
            body = {"sigmoid": "1 / (1 + sympy.exp(-x))", "softplus": "sympy.log(1 + sympy.exp(x))"}
            text = body.get(term.function, "sympy.Max(0, x)")
            self._lines.setdefault(term.function, f"def {term.function}(x):\n    return {text}\n")
            return Code(f"{term.function}({inside[0]})", _CALL)
        name = term.function if term.function in _FUNCTIONS else _RENAMED.get(term.function)
        if name is None:
            raise CannotEncode(f"the function {term.function}")
        return Code(f"sympy.{name}({', '.join(inside)})", _CALL)

    def _kronecker(self, left: Term, right: Term, env: Environment) -> Code:
        one, other = self._write(left, env), self._write(right, env)
        if one.space != other.space:
            one, other = self._number(left, env), self._number(right, env)
        return Code(f"sympy.KroneckerDelta({one.text}, {other.text})", _CALL)

    # functions, sums, laws -----------------------------------------------------------------------------

    def _apply(self, term: Apply, env: Environment) -> Code:
        symbol = term.function.symbol
        if term.order:
            raise CannotEncode("a primed function")
        name = self._identifier(symbol)
        arguments = [self._write(part, env) for part in (*term.arguments, *term.parameters)]
        if self.assignment is not None and symbol in self.assignment.maps:
            target = next(target for map_name, _, target in self.needs.maps if map_name == symbol)
            return Code(f"{name}[{arguments[0].text}]", _CALL, target)
        sort = self.scope.sorts.get(symbol)
        value = sort.value if isinstance(sort, Function) else None
        if value is not None and not isinstance(value, Real):
            raise CannotEncode("a function whose values are no numbers")
        spaces = tuple(argument.space for argument in arguments)
        if self._signatures.setdefault(symbol, spaces) != spaces:
            raise CannotEncode("a function of points and of numbers")
        points = [argument for argument in arguments if argument.space is not None]
        if points and len(points) != len(arguments):
            raise CannotEncode("a function of a point and a number")
        given = self._given(value)
        if not points:
            self._lines.setdefault(name, f'{name} = sympy.Function("{name}"{given})')
        else:
            line = f'def {name}(*points):\n    return sympy.Symbol("_".join(("{name}", *map(str, points))){given})\n'
            self._lines.setdefault(name, line)
            assert self.assignment is not None
            sizes = [self.assignment.spaces[str(space)] for space in spaces]
            self._bound(name, value, _places(sizes))
        given_to = ", ".join(argument.text for argument in arguments)
        if is_kernel(symbol):
            return Code(f"{self._kernel(symbol, name, spaces)}({given_to})", _CALL)
        return Code(f"{name}({given_to})", _CALL)

    def _kernel(self, symbol: str, weight: str, spaces: tuple[str | None, ...]) -> str:
        """Return the name of a transition kernel: its weights, divided by their sum over the first points."""
        assert self.assignment is not None
        values = kernel_values(symbol)
        if None in spaces:
            raise CannotEncode("a kernel of numbers")
        name = self._identifier(f"{symbol} chance")
        ranges = ", ".join(f"range({self.assignment.spaces[str(space)]})" for space in spaces[:values])
        line = (
            f"def {name}(*points):\n"
            f'    """The chance of the first points, where the others are given."""\n'
            f"    all_weights = [{weight}(*first, *points[{values}:]) for first in itertools.product({ranges})]\n"
            f"    return {weight}(*points) / sum(all_weights)\n"
        )
        self._lines.setdefault(name, line)
        return name

    def _aggregate(self, term: Aggregate, env: Environment) -> Code:
        symbol = term.binder.name.symbol
        name = self._identifier(f"{symbol}{FRESH}bound") if symbol in self._names else self._identifier(symbol)
        domain = term.binder.domain
        if isinstance(domain, Space):
            if self.assignment is None or term.operation not in ("sum", "integral"):
                raise CannotEncode(f"a {term.operation} over a space")
            body = self.number(term.body, {**env, symbol: Code(name, _CALL, domain.name)})
            return Code(f"sum({body} for {name} in range({self.assignment.spaces[domain.name]}))", _CALL)
        if isinstance(domain, Range) and term.operation in ("sum", "product"):
            body = self.number(term.body, {**env, symbol: Code(name, _CALL)})
            low, high = self.number(domain.low, env), self.number(domain.high, env)
            if self.assignment is not None:
                values = f"({body} for {name} in upto({low}, {high}))"
                return Code(f"sum{values}" if term.operation == "sum" else f"sympy.Mul(*{values})", _CALL)
            self._lines.setdefault(name, f'{name} = sympy.Symbol("{name}", integer=True)')
            made = "Sum" if term.operation == "sum" else "Product"
            return Code(f"sympy.{made}({body}, ({name}, {low}, {high})).doit()", _CALL)
        if isinstance(domain, Interval) and term.operation == "integral" and self.assignment is None:
            self._lines.setdefault(name, f'{name} = sympy.Symbol("{name}", real=True)')
            body = self.number(term.body, {**env, symbol: Code(name, _CALL)})
            low, high = self.number(domain.low, env), self.number(domain.high, env)
            return Code(f"sympy.integrate({body}, ({name}, {low}, {high}))", _CALL)
        kind = "an unnamed range" if isinstance(domain, IndexSet) else "this domain"
        raise CannotEncode(f"a {term.operation} over {kind}")

    def _density(self, term: Density, env: Environment) -> Code:
        symbol = term.law.symbol
        if self.assignment is None or term.parameters:
            raise CannotEncode("a law with parameters")
        name = self._identifier(symbol)
        axes = self.needs.laws[symbol]
        parameters = self._law_parameters(symbol, env)
        self._lines.setdefault(name, self._law(name, axes, parameters))
        joint = self._points(axes, (*term.values, *term.given), env)
        given = self._points(axes, term.given, env)
        return Code(f"{name}({joint}) / {name}({given})", _MULTIPLY)

    def _law_parameters(self, symbol: str, env: Environment) -> list[str]:
        sort = self.scope.sorts.get(symbol)
        if not isinstance(sort, Law) or not self.needs.differentiated:
            return []
        return [self.number(Name(parameter), {}) for parameter in sort.parameters]

    def _law(self, name: str, axes: tuple[Axis, ...], parameters: list[str]) -> str:
        assert self.assignment is not None
        places = [identifier(axis.key) for axis in axes]
        if len(set(places)) != len(places):
            raise CannotEncode("a law whose places have one name")
        sizes = [self.assignment.spaces[axis.space] for axis in axes]
        ranges = ", ".join(
            f"range({size}) if {place} is None else [{place}]" for place, size in zip(places, sizes, strict=True)
        )
        weight = f'"_".join(("{name}", *map(str, cell))){self._given(POSITIVE)}'
        made = f"sympy.Function({weight})({', '.join(parameters)})" if parameters else f"sympy.Symbol({weight})"
        head = ", ".join(f"{place}=None" for place in places)
        return (
            f"def {name}({head}):\n"
            f'    """The weight of these points in the table of the law; a point left out is summed over."""\n'
            f"    return sum({made} for cell in itertools.product({ranges}))\n"
        )

    def _points(self, axes: tuple[Axis, ...], slots: tuple[Slot, ...], env: Environment) -> str:
        written = []
        for slot in slots:
            place = place_of(slot, axes)
            code = self._write(slot.value, env)
            if place is None or code.space != slot.space:
                raise CannotEncode("a place of a law that holds no point")
            written.append(f"{identifier(axes[place].key)}={code.text}")
        if len({piece.split("=", 1)[0] for piece in written}) != len(written):
            raise CannotEncode("a law that is taken twice at one place")
        return ", ".join(written)


def _places(sizes: list[int]) -> list[tuple[int, ...]]:
    places: list[tuple[int, ...]] = [()]
    for size in sizes:
        places = [(*place, point) for place in places for point in range(size)]
    return places
