"""Equations and inequalities of declarations: definition, property, bound or assumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import density_definition, free_symbols
from errata.language.laws import as_law, is_mixture, references
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Equation, Inequality, Subject
from errata.language.prose.refine import MatrixProperty
from errata.language.prose.sets import number_of
from errata.language.prose.vocabulary import ASSUMING
from errata.language.prose.weights import enter_rows, enter_weights, rows_of
from errata.language.randomness import is_law_value, is_random
from errata.language.scope import Definition
from errata.language.sorts import Family, Law, Matrix, Real, Vector
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Apply,
    Comparison,
    Density,
    Elementary,
    Entry,
    Functional,
    Information,
    LawReference,
    MatrixOperation,
    Name,
    Number,
    Power,
    Product,
    Relation,
    Slot,
    StandardDensity,
    Term,
    subterms,
)
from errata.language.undeclared_vectors import sizes_beside

_FLIPPED: dict[Relation, Relation] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}
_STANDARD = (Functional, Information, Elementary, StandardDensity)
"""Standard notations: "let H(p) = ..." does not define them anew, it can be checked."""

_ONE = Number(Fraction(1))


def enter_equation(part: Equation, opener: str, clean: bool, notes: Notebook) -> bool:
    """Enter the equation as what it is after this opening word; False where it is none of ours.

    `clean`: only understood words stand between; otherwise it can still define, but nothing is assumed.
    """
    chain = notes.read.relation(part.latex)
    if chain is None or not chain:
        symbols = [s.symbol for s in part.subjects] or list(notes.read.heads(part.latex))
        notes.block_all(symbols, f"${part.latex}$")
        return True
    if len(chain) > 1 and opener != "where" and clean and _enter_shared_value(chain, notes):
        return True
    first = _of_the_density(chain[0], notes)
    if first.relation != "=" or len(chain) > 1:
        return False
    if _is_normalisation(first) or _enter_property(first, notes):
        return True
    if opener != "where" and clean and _enter_named_value(first, opener, notes):
        return True
    if _enter_definition(first.left, first.right, opener, notes) or _enter_call(part, first, opener, notes):
        return True
    if opener == "where" or not clean or (isinstance(first.left, _STANDARD) and opener not in ASSUMING):
        return False
    notes.assume(first)
    rows = rows_of(first.left) or rows_of(first.right)
    if rows is not None:  # said of every row, but met by one
        notes.block_all(sorted(free_symbols(rows.array)), f"${part.latex}$")
    enter_columns(first, notes)
    return True


def _enter_shared_value(chain: Sequence[Comparison], notes: Notebook) -> bool:
    """Read "suppose p(y = 1) = p(y = 0) = 1/2": every probability or mean has the value at the end."""
    value = chain[-1].right
    stated = [c.left for c in chain]
    if is_random(value) or any(c.relation != "=" for c in chain) or not all(is_law_value(s) for s in stated):
        return False
    for member in stated:
        notes.assume(Comparison("=", member, value))
    return True


def enter_columns(equation: Comparison, notes: Notebook) -> None:
    """Make vectors of the unknown names that the shapes of the equation tell to be columns: A x = b, A v = c v."""
    scope = replace(notes.scope, sorts=MappingProxyType({**notes.scope.sorts, **notes.sorts}))
    names = free_symbols(equation.left) | free_symbols(equation.right)
    unknown = {s for s in names if notes.sort_of(s) is None and not notes.is_defined(s)}
    for symbol, size in sizes_beside((equation,), unknown, (), scope).items():
        notes.sorts[symbol] = Vector(size)


# Definitions -----------------------------------------------------------------------------------------


def _of_the_density(first: Comparison, notes: Notebook) -> Comparison:
    """Read "let ln p(t | w) = ..." as what p(t | w) is."""
    match first.left:
        case Elementary("log", (Density() as density,)) if not _is_described(density, notes):
            return Comparison(first.relation, density, Elementary("exp", (first.right,)))
    return first


def _is_described(density: Density, notes: Notebook) -> bool:
    """Return whether a formula gives this density already, or its law has a definition."""
    slots = (_slots(density.values), _slots(density.given))
    known = (*notes.densities, *notes.scope.densities)
    same = any(d.law == density.law.symbol and (d.values, d.given) == slots for d in known)
    return same or notes.is_defined(density.law.symbol)


def _solved(head: Term, body: Term) -> tuple[Term, Term]:
    """Read "let S^{-1} = ..." and "let s^2 = ..." as what S and s are."""
    match head:
        case MatrixOperation("inverse", (Name() as name,)):
            return name, MatrixOperation("inverse", (body,))
        case Power(Name() | Apply() as name, Number() as exponent) if exponent.value == 2:
            return name, Elementary("sqrt", (body,))
    return head, body


def _enter_definition(head: Term, body: Term, opener: str, notes: Notebook) -> bool:
    if isinstance(head, Power) and isinstance(head.base, Name) and isinstance(notes.sort_of(head.base.symbol), Matrix):
        return False  # A^2 = B says more of a matrix than that it is some root
    head, body = _solved(head, body)
    symbol = _head_symbol(head)
    if symbol is None or _occurs(symbol, body) or not _may_define(symbol, opener, notes):
        return False
    match head:
        case Name() | LawReference(values=(), given=()) if (spaces := _mixed(body, notes)) is not None:
            notes.definitions.append(Definition(symbol, (), as_law(body) or body))
            notes.sorts[symbol] = Law(spaces)
        case Name() | LawReference(values=(), given=()):
            notes.definitions.append(Definition(symbol, (), body))
        case Apply(arguments=arguments, order=0) if (names := _distinct_names(arguments)) is not None:
            notes.definitions.append(Definition(symbol, names, body))
        case Entry(indices=indices) if (names := _distinct_names(indices)) is not None:
            notes.definitions.append(Definition(symbol, names, body, True))
        case Density(values=values, given=given) if _distinct_names([s.value for s in (*values, *given)]):
            notes.densities.append(density_definition(symbol, _slots(values), _slots(given), body))
        case LawReference(values=values, given=given):
            notes.definitions.append(Definition(symbol, (), body))
        case _:
            return False
    return True


def _mixed(body: Term, notes: Notebook) -> tuple[str, ...] | None:
    """Return the spaces, as far as they are known, of a mixture of laws, (P + Q)/2; None of anything else."""
    law = as_law(body)
    if law is None or not is_mixture(law):
        return None
    sorts = {notes.sort_of(r.law.symbol) for r in references(law) if not r.values and not r.given}
    first = sorts.pop() if len(sorts) == 1 else None
    return first.spaces if isinstance(first, Law) and all(not r.values for r in references(law)) else None


def _enter_named_value(first: Comparison, opener: str, notes: Notebook) -> bool:
    """Read "let f(x) = y", y new, as a name for the value."""
    if isinstance(first.left, Name | Density | LawReference) or not _is_new(first.right, notes):
        return False
    return _enter_definition(first.right, first.left, opener, notes)


def _enter_call(part: Equation, first: Comparison, opener: str, notes: Notebook) -> bool:
    """Define a name that is only now seen to be a function, "let f(x) = ...": the parser read a product."""
    if len(part.subjects) != 1 or not isinstance(first.left, Product):
        return False
    head = part.subjects[0]
    if not head.arguments or not _may_define(head.symbol, opener, notes) or _occurs(head.symbol, first.right):
        return False
    if head.given or head.symbol in ("p", "q"):
        values = tuple((base_name(a), a) for a in head.arguments)
        given = tuple((base_name(a), a) for a in head.given)
        notes.densities.append(density_definition(head.symbol, values, given, first.right))
    else:
        notes.definitions.append(
            Definition(head.symbol, head.indices + head.arguments, first.right, bool(head.indices))
        )
    return True


def _head_symbol(head: Term) -> str | None:
    match head:
        case Name(symbol=symbol):
            return symbol
        case Apply(function=function):
            return function.symbol
        case Entry(array=Name(symbol=symbol)):
            return symbol
        case Density(law=law) | LawReference(law=law):
            return law.symbol
    return None


def _occurs(symbol: str, body: Term) -> bool:
    """Return whether the body mentions the symbol; a law may be defined through its own other parts."""
    return any(isinstance(part, Name) and part.symbol == symbol for part in subterms(body))


def _may_define(symbol: str, opener: str, notes: Notebook) -> bool:
    """Return whether the opening word makes this a definition, given what the symbol already is."""
    known = symbol in notes.scope.sorts or notes.is_defined(symbol)
    if opener in ASSUMING or opener == "where":
        return not known or (opener == "given" and not notes.is_defined(symbol))
    if opener in ("with", "for", "here"):
        return not notes.is_defined(symbol)
    return True


def _is_new(term: Term, notes: Notebook) -> bool:
    return isinstance(term, Name) and term.symbol not in notes.scope.sorts and not notes.is_defined(term.symbol)


def _distinct_names(terms: tuple[Term, ...] | list[Term]) -> tuple[str, ...] | None:
    names = [t.symbol if isinstance(t, Name) else t.law.symbol for t in terms if isinstance(t, Name | LawReference)]
    return tuple(names) if names and len(names) == len(terms) == len(set(names)) else None


def _slots(slots: tuple[Slot, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((s.space, s.value.symbol) for s in slots if isinstance(s.value, Name))


# Properties ------------------------------------------------------------------------------------------


def _is_normalisation(comparison: Comparison) -> bool:
    """Return whether it says that a law sums to one, which laws always do."""
    body, sums = comparison.left, 0
    while isinstance(body, Aggregate) and body.operation in ("sum", "integral"):
        body, sums = body.body, sums + 1
    return sums > 0 and comparison.right == _ONE and isinstance(body, Density) and len(body.values) == sums


def _enter_property(comparison: Comparison, notes: Notebook) -> bool:
    return _enter_simplex(comparison, notes) or _enter_matrix_property(comparison, notes)


def _enter_simplex(comparison: Comparison, notes: Notebook) -> bool:
    """Read sum_k w_k = 1 with nonnegative w_k as a point of the simplex."""
    total = comparison.left
    if not isinstance(total, Aggregate) or total.operation != "sum" or comparison.right != _ONE:
        return False
    body = total.body
    if isinstance(body, Apply):
        return enter_weights(total.binder, body, notes)
    if isinstance(body, Entry) and rows_of(total) is not None:
        return enter_rows(total.binder, body, notes)
    if not isinstance(body, Entry) or body.indices != (total.binder.name,) or not isinstance(body.array, Name):
        return False
    symbol = body.array.symbol
    match notes.sort_of(symbol):
        case Vector(size=size, entries=entries, one_hot=False) if entries.nonnegative and not entries.integer:
            notes.sorts[symbol] = Vector(size, entries, simplex=True)
            return True
        case Family(sizes=(Term() as size,), element=Real() as entries) if entries.nonnegative and not entries.integer:
            notes.sorts[symbol] = Vector(size, entries, simplex=True)
            return True
        case Vector(one_hot=True):
            return True
    return False


def _enter_matrix_property(comparison: Comparison, notes: Notebook) -> bool:
    left, right = comparison.left, comparison.right
    transposed = (MatrixOperation("transpose", (right,)), MatrixOperation("transpose", (left,)))
    if (isinstance(left, Name) and transposed[1] == right) or (isinstance(right, Name) and transposed[0] == left):
        name = left if isinstance(left, Name) else right
        return isinstance(name, Name) and _give_square(name.symbol, "symmetric", notes)
    match left, right:
        case Power(Name(symbol), Number(two)), Number(zero) if two == 2 and zero == 0:
            return _give_square(symbol, "square zero", notes)
    if isinstance(right, MatrixOperation) and right.operation == "identity" and isinstance(left, Product):
        match left.factors:
            case (MatrixOperation(operation="transpose", arguments=(Name() as a,)), Name() as b) if a == b:
                return _give_square(a.symbol, "orthogonal", notes)
            case (Name() as a, MatrixOperation(operation="transpose", arguments=(Name() as b,))) if a == b:
                return _give_square(a.symbol, "orthogonal", notes)
    return False


def _give_square(symbol: str, name: str, notes: Notebook) -> bool:
    """Give the property where the matrix is known to be square; W^T W = I alone does not make it so."""
    if not _is_square(symbol, notes):
        return False
    return notes.give(Subject(symbol), MatrixProperty(frozenset((name,))))


# Inequalities ----------------------------------------------------------------------------------------


def enter_inequality(part: Inequality, only_bounds: bool, notes: Notebook) -> bool:
    """Enter bounds of names, and what is no bound as assumptions; False where it is left alone.

    `only_bounds`: take nothing but bounds of names by numbers; the rest may be a claim.
    """
    if len(part.subjects) > 1:
        sides = part.sides[1:2]
        value = number_of(sides[0]) if sides and isinstance(sides[0], Term) else None
        if value is None or len(part.relations) != 1:
            notes.block_all([s.symbol for s in part.subjects], f"${part.latex}$")
            return True
        results = [_bound(s, part.relations[0], value, part.latex, notes) for s in part.subjects]
        return all(results)
    if only_bounds and not all(_is_bound(part, i) for i in range(len(part.relations))):
        return False
    _increasing(part, notes)
    chain: tuple[Comparison, ...] | None = None
    for i, relation in enumerate(part.relations):
        left, right = part.sides[i], part.sides[i + 1]
        if _bounded(left, relation, right, part.latex, notes) or _bounded(
            right, _FLIPPED[relation], left, part.latex, notes
        ):
            continue
        chain = chain if chain is not None else notes.read.relation(part.latex) or ()
        if i >= len(chain):
            notes.block_all(list(notes.read.heads(part.latex)), f"${part.latex}$")
            return True
        _enter_contraction(chain[i], notes)
        notes.assume(chain[i])
    return True


def _enter_contraction(comparison: Comparison, notes: Notebook) -> None:
    """Note beside |A| < 1 that A is a contraction: otherwise few matrices at random would meet the condition."""
    match comparison:
        case Comparison("<" | "<=", MatrixOperation("norm", (Name(symbol),), "2" | "F" | ""), bound) if bound == _ONE:
            if _is_square(symbol, notes):
                notes.give(Subject(symbol), MatrixProperty(frozenset(("contractive",))))


def _is_square(symbol: str, notes: Notebook) -> bool:
    sort = notes.sort_of(symbol)
    return isinstance(sort, Matrix) and sort.rows == sort.columns


def _increasing(part: Inequality, notes: Notebook) -> None:
    """Enter 0 < a < b as a bound of b too."""
    first = part.sides[0]
    low = number_of(first) if isinstance(first, Term) else None
    if low is None or len(part.relations) < 2 or not all(r in ("<", "<=") for r in part.relations):
        return
    for i, side in enumerate(part.sides[2:], 1):
        if isinstance(side, Subject):
            strict = "<" in part.relations[: i + 1]
            _bound(side, ">" if strict else ">=", low, part.latex, notes)


def _is_bound(part: Inequality, i: int) -> bool:
    sides = part.sides[i : i + 2]
    numbers = [s for s in sides if isinstance(s, Term) and number_of(s) is not None]
    return len(numbers) == 1 and any(isinstance(s, Subject) for s in sides)


def _bounded(side: object, relation: Relation, bound: object, latex: str, notes: Notebook) -> bool:
    """Enter a name's bound by a number; False where the sides are something else or it does not fit."""
    value = number_of(bound) if isinstance(bound, Term) else None
    return isinstance(side, Subject) and value is not None and _bound(side, relation, value, latex, notes)


def _bound(subject: Subject, relation: Relation, value: float, latex: str, notes: Notebook) -> bool:
    """Enter a bound of one name; False where it must be an assumption."""
    if subject.arguments is not None:
        return _bound_of_call(subject, relation, value, latex, notes)
    if isinstance(notes.sort_of(subject.symbol), Matrix) and not subject.indices:
        return False
    if notes.is_defined(subject.symbol):
        return False
    return notes.narrow(subject, relation, value)


def _bound_of_call(subject: Subject, relation: Relation, value: float, latex: str, notes: Notebook) -> bool:
    """Enter f(x) > 0; that a law is positive is nothing new."""
    known = notes.sort_of(subject.symbol)
    left = notes.read.relation(latex)
    density = bool(left) and any(isinstance(side, Density) for c in left or () for side in (c.left, c.right))
    if isinstance(known, Law) or density or subject.given:
        return value == 0 and relation in (">", ">=")
    return notes.narrow(subject, relation, value)
