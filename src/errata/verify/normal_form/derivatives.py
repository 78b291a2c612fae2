"""Derivatives of polynomials over atoms, by a scalar atom.

The variable is an atom: a name, a bound variable, an entry of an array, a member of a family, or a function value
D(x). Entries of one array differ by a Kronecker delta of their indices. A derivative is taken under a sum or an
integral whose range does not depend on the variable (domination is the standing assumption).
"""

from __future__ import annotations

from typing import Any

from errata.language import sorts
from errata.verify.normal_form.arrays import SYMMETRIES, has_property, kronecker
from errata.verify.normal_form.logarithms import log_of_normal
from errata.verify.normal_form.polynomials import (
    accumulate,
    constant,
    monomial,
    multiply,
    power,
    scale,
    single,
)
from errata.verify.normal_form.substitution import opened
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused, Workspace

DERIVATIVE = "derivative"
CHAIN = "chain rule"
PRODUCT = "product rule"
UNDER_SUM = "derivative under the sum"


def derivative(w: Workspace, polynomial: Polynomial, variable: Atom) -> Polynomial:
    """Return the derivative; raises Refused where it depends on the variable in a way that is not modelled.

    Something in which the variable does not occur at all is refused: an undeclared dependence reads like that,
    and a zero that comes from not knowing is no evidence.
    """
    if w.mode.fold:
        raise Refused("a derivative of something that is not unfolded")
    if not w.allows(DERIVATIVE):
        return single(w.atom("derivative", w.freeze(polynomial), variable))
    key = _Variable(w, variable)
    if any(a.free for m in polynomial for a, _ in m) and not key.occurs_in(polynomial):
        raise Refused("a derivative by a variable that does not occur")
    return _Derivative(w, key).of(polynomial)


class _Variable:
    """The variable of a derivative, and what else depends on it: for an entry all entries of its array."""

    def __init__(self, w: Workspace, atom: Atom) -> None:
        self.atom = atom
        self.head: object = atom
        if atom.kind == "entry" or atom.kind == "apply":
            self.head = atom.arguments[0]
            if isinstance(self.head, Atom) and has_property(w, self.head, "diagonal", *SYMMETRIES):
                raise Refused("a derivative by an entry that others are equal to")
        elif atom.kind not in ("name", "fresh"):
            raise Refused("a derivative by an expression")
        self._seen: dict[object, bool] = {}

    def occurs_in(self, value: Any) -> bool:
        """Whether the variable, or an entry or value that may be the same one, occurs."""
        if isinstance(value, dict):
            return any(self.occurs_in(a) for m in value for a, _ in m)
        if isinstance(value, Frozen):
            return any(self.occurs_in(a) for m, _ in value.items for a, _ in m)
        if isinstance(value, Domain):
            return self.occurs_in(value.parts)
        if isinstance(value, tuple):
            return any(self.occurs_in(part) for part in value)
        if isinstance(value, Atom):
            found = self._seen.get(value)
            if found is None:
                found = value is self.atom or value is self.head
                if not found and self.atom.kind == "apply" and value.kind == "apply":
                    found = value.arguments[0] == self.head
                if not found and value.kind not in ("name", "fresh", "bound"):
                    found = self.occurs_in(value.arguments)
                self._seen[value] = found
            return found
        return False


class _Derivative:
    def __init__(self, w: Workspace, variable: _Variable) -> None:
        self.w = w
        self.variable = variable
        self.seen: dict[Atom, Polynomial] = {}

    def need(self, rule: str) -> None:
        """Refuse where the rule is switched off."""
        if not self.w.allows(rule):
            raise Refused(f"no {rule}")

    def of(self, polynomial: Polynomial) -> Polynomial:
        result: Polynomial = {}
        w = self.w
        for m, c in polynomial.items():
            dependent = 0
            for place, (atom, exponent) in enumerate(m):
                if not self.variable.occurs_in(atom):
                    continue
                dependent += 1
                inner = self.atom(atom)
                if not inner:
                    continue
                rest = [*m[:place], *m[place + 1 :], (atom, exponent - 1)]
                accumulate(result, multiply(w, monomial(w, rest), inner), c * exponent)
            if dependent > 1:
                self.need(PRODUCT)
        return result

    def atom(self, atom: Atom) -> Polynomial:
        found = self.seen.get(atom)
        if found is None:
            self.w.spend(2)
            found = self.seen[atom] = self._of_atom(atom)
        return found

    def _of_atom(self, atom: Atom) -> Polynomial:
        w, arguments = self.w, atom.arguments
        if atom is self.variable.atom:
            return constant(1)
        if not self.variable.occurs_in(atom):
            return {}
        match atom.kind:
            case "entry":
                return self._entry(atom)
            case "group":
                return self.of(arguments[0].polynomial())
            case "log":
                self.need(CHAIN)
                inside = arguments[0].polynomial()
                return multiply(w, self.of(inside), power(w, inside, -1))
            case "exp":
                self.need(CHAIN)
                return multiply(w, self.of(arguments[0].polynomial()), single(atom))
            case "sin" | "cos":
                self.need(CHAIN)
                other = single(w.atom("cos" if atom.kind == "sin" else "sin", arguments[0]))
                sign = 1 if atom.kind == "sin" else -1
                return scale(sign, multiply(w, self.of(arguments[0].polynomial()), other))
            case "abs":
                inside = arguments[0].polynomial()
                return multiply(w, multiply(w, self.of(inside), inside), single(atom, -1))
            case "sum":
                return self._sum(atom)
            case "apply":
                return self._apply(atom)
            case "density":
                return self._density(atom)
            case "normal":
                return self._normal(atom)
            case "power":
                return self._power(atom)
            case _:
                raise Refused(f"the derivative of {atom.kind}")

    def _entry(self, atom: Atom) -> Polynomial:
        """d x_i / d x_j = delta(i, j)."""
        base, indices = atom.arguments
        mine = self.variable.atom
        if mine.kind != "entry" or base is not self.variable.head or len(mine.arguments[1]) != len(indices):
            raise Refused("the derivative of an entry of an array")
        if any(self.variable.occurs_in(index) for index in indices):
            raise Refused("an index that depends on the variable")
        result = constant(1)
        for one, other in zip(indices, mine.arguments[1], strict=True):
            result = multiply(self.w, result, kronecker(self.w, one, other))
        return result

    def _sum(self, atom: Atom) -> Polynomial:
        w = self.w
        if any(self.variable.occurs_in(domain) for domain in atom.arguments[0]) or not w.allows(UNDER_SUM):
            raise Refused("a sum whose range depends on the variable")
        variables, domains, body = opened(w, atom)
        inner = _Derivative(w, self.variable).of(body)
        return total(w, tuple(zip(variables, domains, strict=True)), inner)

    def _apply(self, atom: Atom) -> Polynomial:
        """Chain rule for an unknown smooth function; by a function value D(x), a delta of the points."""
        w = self.w
        function, values, parameters, partials = atom.arguments
        mine = self.variable.atom
        if mine.kind == "apply" and mine.arguments[0] == function:
            return self._same_function(atom)
        sort = w.scope.sorts.get(function)
        declared = sort.arguments if isinstance(sort, sorts.Function) else ()
        self.need(CHAIN)
        result: Polynomial = {}
        for place, argument in enumerate((*values, *parameters)):
            if not self.variable.occurs_in(argument):
                continue
            if place < len(declared) and not _smooth(w, declared[place]):
                raise Refused("the derivative of a function by an array or an abstract point")
            inner = self.of(argument.polynomial())
            counts = tuple(k + (place == position) for position, k in enumerate(partials))
            outer = single(w.atom("apply", function, values, parameters, counts))
            accumulate(result, multiply(w, outer, inner))
        return result

    def _same_function(self, atom: Atom) -> Polynomial:
        """d D(x') / d D(x) = delta(x', x), for a function of points of a finite space."""
        w = self.w
        _function, values, parameters, partials = atom.arguments
        _, mine, my_parameters, my_partials = self.variable.atom.arguments
        if parameters != my_parameters or any(partials) or any(my_partials) or len(values) != len(mine):
            raise Refused("the derivative of a function by its value")
        if any(self.variable.occurs_in(value) for value in values):
            raise Refused("a value inside a value")
        result = constant(1)
        for one, other in zip(values, mine, strict=True):
            result = multiply(w, result, kronecker(w, one, other))
        return result

    def _density(self, atom: Atom) -> Polynomial:
        """By a parameter a partial derivative of the law; by a point refused unless the space is a line."""
        w = self.w
        law, slots, parameters, partials = atom.arguments
        if any(self.variable.occurs_in(point) for _, point in slots):
            raise Refused("the derivative of a density by a point")
        result: Polynomial = {}
        for place, parameter in enumerate(parameters):
            if not self.variable.occurs_in(parameter):
                continue
            inner = self.of(parameter.polynomial())
            counts = tuple(k + (place == position) for position, k in enumerate(partials))
            accumulate(result, multiply(w, single(w.atom("density", law, slots, parameters, counts)), inner))
        return result

    def _normal(self, atom: Atom) -> Polynomial:
        """d N = N * d log N."""
        return multiply(self.w, single(atom), self.of(log_of_normal(self.w, atom)))

    def _power(self, atom: Atom) -> Polynomial:
        """d b^e = e b^(e-1) db for an exponent free of the variable."""
        w = self.w
        base, exponent = (part.polynomial() for part in atom.arguments)
        if self.variable.occurs_in(exponent):
            raise Refused("the derivative of a power by its exponent")
        inner = multiply(w, self.of(base), exponent)
        return multiply(w, multiply(w, inner, single(atom)), power(w, base, -1))


def repeated(w: Workspace, polynomial: Polynomial, variable: Atom, order: int) -> Polynomial:
    """Return the derivative of this order."""
    if not 1 <= order <= 6:
        raise Refused("the order of a derivative")
    result = derivative(w, polynomial, variable)
    rule = _Derivative(w, _Variable(w, variable))
    for _ in range(order - 1):
        result = rule.of(result)
    return result


def _smooth(w: Workspace, sort: sorts.Sort) -> bool:
    """Whether a function can be differentiated by an argument of this sort."""
    if isinstance(sort, sorts.Point):
        kind = w.scope.spaces.get(sort.space)
        return isinstance(kind, sorts.EuclideanSpace) and kind.size is None
    return isinstance(sort, sorts.Real)
