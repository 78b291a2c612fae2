"""Implications and proportions.

A premise a = b proves a conclusion c = d where the conclusion's difference is a multiple of the premise's, after
clearing denominators that are nonzero as both have a value; or where the premise, solved for an atom in which it
is linear with a nonzero coefficient, makes the conclusion true. Exponentials and logarithms of both sides are
premises too, logarithms where both sides are positive. Premises that are inequalities are taken as facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.language import terms as t
from errata.verify.inequalities import at_most
from errata.verify.normal_form.factors import cleared, content
from errata.verify.normal_form.facts import is_nonzero, suppose_nonnegative_difference, suppose_positive
from errata.verify.normal_form.logarithms import exponential, logarithm
from errata.verify.normal_form.lowering import Lowering
from errata.verify.normal_form.polynomials import exact_quotient, multiply, power, scale, subtract, together
from errata.verify.normal_form.signs import sign
from errata.verify.normal_form.substitution import replaced
from errata.verify.normal_form.workspace import Atom, Exhausted, NoProof, Polynomial, Refused, Workspace
from errata.verify.normal_form.zero import is_zero, simplified

REARRANGED = "rearranging the premise"
BOTH_SIDES = "applying a function to both sides"
MOST_SOLUTIONS = 6


def implied(w: Workspace, premise: t.Term, conclusion: t.Term) -> bool:
    """Whether premise => conclusion is proved."""
    if not isinstance(conclusion, t.Comparison):
        return isinstance(conclusion, t.Conjunction) and all(
            implied(w, premise, part) for part in conclusion.conditions
        )
    if any(isinstance(part, t.Number) and part.decimals is not None for part in _both(premise, conclusion)):
        raise Refused("rounded numbers in an implication")
    conditions = premise.conditions if isinstance(premise, t.Conjunction) else (premise,)
    equations: list[t.Comparison] = []
    for condition in conditions:
        if not isinstance(condition, t.Comparison):
            raise Refused("a premise in words")
        if condition.relation == "=":
            equations.append(condition)
        else:
            _suppose(w, condition)
    if conclusion.relation == "=":
        return _equation_follows(w, equations, conclusion)
    for equation in equations:
        difference = _difference(w, equation)
        suppose_nonnegative_difference(w, difference)
        suppose_nonnegative_difference(w, scale(-1, difference))
    match conclusion.relation:
        case "<=" | "<":
            return at_most(w, conclusion.left, conclusion.right, conclusion.relation == "<")
        case ">=" | ">":
            return at_most(w, conclusion.right, conclusion.left, conclusion.relation == ">")
    return False


def _both(premise: t.Term, conclusion: t.Term) -> Iterator[t.Term]:
    yield from t.subterms(premise)
    yield from t.subterms(conclusion)


def _suppose(w: Workspace, condition: t.Comparison) -> None:
    if condition.relation not in ("<", "<=", ">", ">="):
        return
    difference = _difference(w, condition)
    if condition.relation in ("<", "<="):
        difference = scale(-1, difference)
    suppose_nonnegative_difference(w, difference)
    if condition.relation in ("<", ">"):
        suppose_positive(w, difference)


def _difference(w: Workspace, comparison: t.Comparison) -> Polynomial:
    return subtract(Lowering(w).scalar(comparison.left), Lowering(w).scalar(comparison.right))


def _equation_follows(w: Workspace, equations: list[t.Comparison], conclusion: t.Comparison) -> bool:
    for equation in equations:  # harvest what the premises need to be defined, before what they mean
        _difference(w, equation)
    wanted = _difference(w, conclusion)
    if is_zero(w, wanted):
        return True
    for equation in equations:
        for premise in _consequences(w, equation):
            if _is_multiple(w, wanted, premise) or _solves(w, wanted, premise):
                return True
    return False


def _consequences(w: Workspace, equation: t.Comparison) -> Iterator[Polynomial]:
    """Polynomials that are zero where the equation holds."""
    left, right = Lowering(w).scalar(equation.left), Lowering(w).scalar(equation.right)
    yield subtract(left, right)
    try:
        if left and right and sign(w, left) > 0 and sign(w, right) > 0 and w.allows(BOTH_SIDES):
            yield subtract(logarithm(w, left), logarithm(w, right))
        if w.allows(BOTH_SIDES):
            yield subtract(exponential(w, left), exponential(w, right))
    except Exhausted:
        raise
    except NoProof:
        return


def _is_multiple(w: Workspace, wanted: Polynomial, premise: Polynomial) -> bool:
    """Whether wanted = Q * premise with a Q that has a value wherever the two have."""
    numerator = simplified(w, wanted)
    zero = simplified(w, premise)
    if not zero:
        return not numerator
    if not numerator:
        return True
    _c, m, core = content(numerator)
    _d, shared, base = content(zero)
    outside = dict(m)
    for atom, e in shared:
        outside[atom] = outside.get(atom, 0) - e
    if any(e < 0 and not is_nonzero(w, atom) for atom, e in outside.items()):
        return False
    if len(base) == 1:  # a product is zero: the factor itself must be one of the wanted
        return w.allows(REARRANGED)
    quotient = exact_quotient(w, core, w.freeze(base))
    if quotient is None or not w.allows(REARRANGED):
        return False
    return all(e > 0 or is_nonzero(w, atom) for monomial in quotient for atom, e in monomial)


def _solves(w: Workspace, wanted: Polynomial, premise: Polynomial) -> bool:
    """Solve the premise for an atom and put the solution in. Side condition: its coefficient is nonzero."""
    zero = cleared(simplified(w, premise))
    atoms = sorted({atom for m in zero for atom, e in m if e == 1}, key=lambda atom: atom.number)
    for atom in atoms[:MOST_SOLUTIONS]:
        try:
            solution = solved_for(w, zero, atom)
            if solution is None or not w.allows(REARRANGED):
                continue
            if is_zero(w, replaced(w, wanted, atom, solution)):
                return True
        except Exhausted:
            raise
        except NoProof:
            continue
    return False


def solved_for(w: Workspace, zero: Polynomial, atom: Atom) -> Polynomial | None:
    """Return the value of the atom where the polynomial is zero, if it is linear in it and surely has one."""
    factor: Polynomial = {}
    rest: Polynomial = {}
    for m, c in zero.items():
        exponent = dict(m).get(atom, 0)
        others = tuple(pair for pair in m if pair[0] is not atom)
        if exponent not in (0, 1) or any(_contains(other, atom) for other, _ in others):
            return None
        (factor if exponent else rest)[others] = c
    if not factor or not _surely_nonzero(w, factor):
        return None
    return scale(-1, multiply(w, rest, power(w, factor, -1)))


def _contains(atom: Atom, inner: Atom) -> bool:
    if atom.kind in ("name", "fresh", "bound"):
        return atom is inner
    stack: list[object] = list(atom.arguments)
    while stack:
        value = stack.pop()
        if value is inner:
            return True
        if isinstance(value, Atom):
            stack.extend(value.arguments if value.kind not in ("name", "fresh", "bound") else ())
        elif isinstance(value, tuple):
            stack.extend(value)
        elif hasattr(value, "items"):
            stack.extend(a for m, _ in value.items for a, _ in m)
        elif hasattr(value, "parts"):
            stack.extend(value.parts)
    return False


def _surely_nonzero(w: Workspace, polynomial: Polynomial) -> bool:
    numerator, _ = together(w, polynomial)
    if not numerator:
        return False
    if sign(w, numerator):
        return True
    _, m, core = content(numerator)
    if not all(is_nonzero(w, atom) for atom, _ in m):
        return False
    return len(core) == 1 or is_nonzero(w, w.atom("group", w.freeze(core))) or bool(sign(w, core))


def proportional(w: Workspace, left: t.Term, right: t.Term) -> bool:
    """Whether left / right is free of the points that stand in the left law's own slots."""
    if not isinstance(left, t.Density):
        raise Refused("in which variable the sides are proportional is not told")
    names = [slot.value for slot in left.values]
    if not all(isinstance(name, t.Name) for name in names):
        raise Refused("in which variable the sides are proportional is not told")
    leaves = {w.atom("name", name.symbol) for name in names if isinstance(name, t.Name)}
    for _ in range(2):
        lowering = Lowering(w)
        below = lowering.scalar(right)
        lowering.suppose_nonzero(below)
        ratio = multiply(w, lowering.scalar(left), power(w, below, -1))
        numerator, denominators = together(w, ratio)
        atoms = [a for m in numerator for a, _ in m] + [g for g, _ in denominators]
        if numerator and all(leaves.isdisjoint(atom.free) for atom in atoms):
            return True
    return False
