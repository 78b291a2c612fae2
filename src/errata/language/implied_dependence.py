r"""Losses that no formula gives: what they depend on is told by the quantities that they are differentiated by.

Notes on backpropagation speak of "a loss L" and of \partial L / \partial o, where o = W h is given. Then L is an
unknown function of o: of the last of these quantities, on which none of the others depends. What such a note claims
must be right for every smooth function, so that it holds or fails with the chain rule alone.

The note may know of more ways in which L depends on something than its formulas tell. So a step that is not linear in
the derivatives of L, or speaks of a derivative by something that nothing relates to the others, is not refuted; and
where a quantity is given that may be one more way, the step is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import relation_of, split_relations
from errata.language.partial_derivatives import depends
from errata.language.scope import Definition, Scope
from errata.language.sorts import Function, Real
from errata.language.syntax import Command, Node, Scripted, Words, everything, leaf_text, levels
from errata.language.terms import (
    Aggregate,
    Apply,
    Derivative,
    Elementary,
    Entry,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Term,
    children,
    subterms,
)

Nodes = tuple[Node, ...]

_LOSS = re.compile(r"(?:\\math(?:cal|scr|rm)\{[LJEC]\}|\\ell|[LJEC])(?:[_^]\{\w+\})*")
_ENTRYWISE = re.compile(r"\b(?:element|entry|component|coordinate|point)[- ]?wise", re.IGNORECASE)
_MOST_VARIABLES, _MOST_NAMES = 24, 60
MOST_DEFINITIONS = 300
"""Where a note gives more quantities, it is not asked what its losses depend on."""
_SETTING = frozenset(("=", ":=", "\\equiv", "propto", "~=", "<-"))
_MORE_WAYS = re.compile(
    r"regulari[sz]|weight decay|penal|straight[- ]through|stop[- ]?grad|detach|surrogate|revers(?:al|es the grad)|clip",
    re.IGNORECASE,
)
"""Words after which a loss may depend on a weight by itself, or a gradient may be another one than that of the loss."""
_JUMPS = frozenset(("sign", "floor", "ceiling", "delta"))


def differentiated(formulas: Iterable[Sequence[Node]]) -> Mapping[str, tuple[str, ...]]:
    r"""Return what names alone are differentiated by, as far as these are names with scripts, by their symbols.

    With dC/dk beside \partial C/\partial k, C depends on k by itself, too: of such a name nothing is told.
    """
    found: dict[str, dict[str, str]] = {}
    twofold: set[str] = set()
    for symbol, variable, sign in (d for formula in formulas for d in _signed(formula)):
        if symbol not in found and len(found) == _MOST_NAMES:
            continue
        known = found.setdefault(symbol, {})
        written = symbols.decorated(variable[0]) if len(variable) == 1 else None
        if written is not None and (written in known or len(known) < _MOST_VARIABLES):
            if sign and known.setdefault(written, sign) not in ("", sign):
                twofold.add(symbol)
            known[written] = sign or known.get(written, "")
    return MappingProxyType({s: tuple(variables) for s, variables in found.items() if s not in twofold})


def is_loss(symbol: str) -> bool:
    """Return whether a name is one of those that notes give to losses, which are numbers."""
    return _LOSS.fullmatch(symbol) is not None


@dataclass(frozen=True, slots=True)
class ToldOfLosses:
    """What the words of a document tell: whether a loss may have a part that is not written, and what functions do.

    entrywise: whether some functions are applied entry by entry.
    """

    more: bool = False
    entrywise: bool = False


def told_of_losses(prose: str) -> ToldOfLosses:
    """Return what words tell of losses and of the functions in layers."""
    return ToldOfLosses(_MORE_WAYS.search(prose) is not None, _ENTRYWISE.search(prose) is not None)


def derivatives(formula: Sequence[Node]) -> Iterator[tuple[str, Nodes]]:
    """Yield the names alone that a formula differentiates, with what it does that by."""
    return ((symbol, variable) for symbol, variable, _ in _signed(formula))


def _signed(formula: Sequence[Node]) -> Iterator[tuple[str, Nodes, str]]:
    """Yield what `derivatives` does, with the sign that is used, "" for those that tell no total derivative."""
    for level in levels(formula):
        for place, node in enumerate(level):
            following = level[place + 1] if place + 1 < len(level) else None
            bare = node.base if isinstance(node, Scripted) and isinstance(node.base, Command) else node
            match bare:
                case Command(name="frac", arguments=(top, bottom)) if top and bottom:
                    sign = _sign(top[0])
                    body = top[1:] if len(top) > 1 or following is None else (following,)
                    symbol = symbols.decorated(body[0]) if len(body) == 1 else None
                    if sign and symbol is not None:
                        yield from ((symbol, variable, sign) for variable in _moved(bottom, sign))
                case Command(name="pdv" | "dv", arguments=((_,) as body, *variables)):
                    symbol = symbols.decorated(body[0])
                    sign = "d" if bare.name == "dv" else "\\partial"
                    if symbol is not None:
                        yield from ((symbol, tuple(variable), sign) for variable in variables)
                case Scripted(lower=lower) if lower and following is not None and leaf_text(bare.base) == "\\nabla":
                    symbol = symbols.decorated(following)
                    if symbol is not None:
                        yield symbol, tuple(lower), ""


def _moved(bottom: Sequence[Node], sign: str) -> Iterator[Nodes]:
    r"""Yield the variables below a fraction: x and y of \partial x^2 \partial y."""
    parts: list[list[Node]] = []
    for node in bottom:
        if _sign(node) == sign and not isinstance(node, Scripted):
            parts.append([])
        elif parts:
            parts[-1].append(node)
    yield from (_once(tuple(part)) for part in parts if part)


def given_names(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the losses that stand alone on a side of an equation: a formula says what they are, there or later."""
    return frozenset(symbol for formula in formulas for symbol in _given_by(formula) if is_loss(symbol))


def _given_by(formula: Sequence[Node]) -> Iterator[str]:
    members, relations = split_relations(formula)
    if any(relation_of(r) in _SETTING for r in relations):
        yield from (s for m in members if len(m) == 1 and (s := symbols.decorated(m[0])) is not None)


def variables_of(formula: Sequence[Node]) -> Iterator[Nodes]:
    """Yield what a formula differentiates anything by."""
    for node in everything(formula):
        match node:
            case Command(name="frac", arguments=(top, bottom)) if top and (sign := _sign(top[0])):
                yield from _moved(bottom, sign)
            case Command(name="pdv" | "dv", arguments=(_, *variables)):
                yield from (tuple(v) for v in variables)
            case Scripted(lower=lower) if lower and leaf_text(node.base) == "\\nabla":
                yield tuple(lower)


def _once(variable: Nodes) -> Nodes:
    """Return the x of dx^2."""
    last = variable[-1]
    if not isinstance(last, Scripted) or last.upper is None or not symbols.label(last.upper).isdecimal():
        return variable
    return (*variable[:-1], replace(last, upper=None) if last.lower else last.base)


def _sign(node: Node) -> str:
    r"""Return the sign of a derivative, d or \partial, without the power on it; "" for anything else."""
    bare = node.base if isinstance(node, Scripted) else node
    text = bare.text.strip() if isinstance(bare, Words) else leaf_text(bare)
    return text if text in ("d", "\\partial") else ""


# What it depends on ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Implied:
    """A loss as an unknown function of some quantities. variables: all that it is differentiated by."""

    symbol: str
    on: tuple[Name, ...]
    variables: tuple[Term, ...]

    @property
    def function(self) -> str:
        """The symbol of the unknown function."""
        return f"\\ell_{{{self.symbol}}}"

    @property
    def definition(self) -> Definition:
        """What the loss is."""
        return Definition(self.symbol, (), Apply(Name(self.function), self.on))

    @property
    def sort(self) -> Function:
        """What the unknown function is."""
        return Function((Real(),) * len(self.on), Real())


def losses(variables: Mapping[str, Sequence[Term]], scope: Scope) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Yield the names of losses that these derivatives speak of, with all that they, or sums of them, are taken by.

    variables: what is differentiated by, by the symbol of what is differentiated.
    """
    parts = {s: _names(d.body) for s in variables if (d := scope.definitions.get(s)) is not None and not d.parameters}
    for symbol in sorted({*variables, *(name for names in parts.values() for name in names)}):
        sums = (variables[s] for s, names in parts.items() if symbol in names)
        if is_loss(symbol):
            yield symbol, tuple(v for found in (variables.get(symbol, ()), *sums) for v in found)


def implied(symbol: str, variables: Sequence[Term], scope: Scope) -> Implied | None:
    """Return a loss as a function of the quantities that are given and that no other of the variables depends on.

    scope: it must not say yet what the loss is.
    """
    sums = (_names_in_sum(d.body) for d in scope.definitions.values())
    beside = {n for found in sums if symbol in found for n in found}
    names = tuple(dict.fromkeys(v for v in variables if isinstance(v, Name) and v.symbol not in beside))
    given = [n for n in names if _is_given(n, scope) and not depends(n, Name(symbol), scope)]
    last = tuple(n for n in given if not any(m != n and depends(m, n, scope) for m in given))
    return Implied(symbol, last, tuple(variables)) if last else None


def _names_in_sum(term: Term) -> set[str]:
    """Return the names in a term that stand in no derivative."""
    if isinstance(term, Derivative):
        return set()
    own = {term.symbol} if isinstance(term, Name) else set[str]()
    return own.union(*(_names_in_sum(part) for part in children(term)))


def _names(term: Term) -> set[str]:
    return {t.symbol for t in subterms(term) if isinstance(t, Name)}


def _is_given(name: Name, scope: Scope) -> bool:
    """Return whether a formula gives the name by other names, and smoothly: of a step notes make up a derivative."""
    definition = scope.definitions.get(name.symbol)
    if definition is None or definition.parameters or not _names(definition.body):
        return False
    return not any(isinstance(t, Elementary) and t.function in _JUMPS for t in subterms(definition.body))


def other_way(loss: Implied, sides: Sequence[Term], scope: Scope) -> str | None:
    """Return a quantity that is given, depends on a variable of these derivatives, and may be a way of its own."""
    variables = _variables(loss, sides, scope)
    for symbol, definition in scope.definitions.items():
        name = Name(symbol)
        if symbol == loss.symbol or definition.parameters or name in loss.on or isinstance(definition.body, Derivative):
            continue
        used = any(depends(last, name, scope) for last in loss.on)
        with_it = any(symbol in _names(d.body) and loss.symbol in _names(d.body) for d in scope.definitions.values())
        if used or with_it or depends(name, Name(loss.symbol), scope):
            continue
        if any(v not in loss.on and _depends_beside(name, _whole(v), loss.on, scope) for v in variables):
            return symbol
    return None


def _depends_beside(name: Name, variable: Term, known: Sequence[Name], scope: Scope) -> bool:
    """Return whether a quantity depends on a variable otherwise than through what the loss depends on anyway."""
    within = {s: d for s, d in scope.definitions.items() if Name(s) not in known}
    return depends(name, variable, replace(scope, definitions=within))


def is_certain(loss: Implied, sides: Sequence[Term], scope: Scope) -> bool:
    """Return whether a relation that fails for the loss would fail whatever else it depends on.

    It is linear in the derivatives of the loss, or of sums that the note gives; and nothing in it is a way to the
    loss that is not given.
    """
    variables = _variables(loss, sides, scope)
    related = all(v in loss.on or any(depends(n, _whole(v), scope) for n in loss.on) for v in variables)
    linear = all(_degree(side, loss.symbol, scope) in (1, None) for side in sides)
    return related and (linear or _of_given_sums(loss, sides, scope))


def _whole(variable: Term) -> Term:
    return variable.array if isinstance(variable, Entry) else variable


def _variables(loss: Implied, sides: Sequence[Term], scope: Scope) -> list[Term]:
    """Return what the loss, or something made of it, is differentiated by in these terms."""
    return [t.variable for t in _derivatives_of(loss, sides, scope)]


def _derivatives_of(loss: Implied, sides: Sequence[Term], scope: Scope) -> list[Derivative]:
    bodies = [*sides, *(d.body for s in sides for n in _names(s) if (d := scope.definitions.get(n)) is not None)]
    found = (t for body in bodies for t in subterms(body) if isinstance(t, Derivative))
    return [t for t in found if depends(t.body, Name(loss.symbol), scope)]


def _of_given_sums(loss: Implied, sides: Sequence[Term], scope: Scope) -> bool:
    """Return whether some derivative is of another name that a formula gives by the loss, J = L + s.

    Then the note says itself what else there is.
    """
    found = _derivatives_of(loss, sides, scope)
    return any(isinstance(t.body, Name) and t.body.symbol != loss.symbol for t in found)


_LINEAR = frozenset(("transpose", "hadamard", "dot", "diagonal", "trace", "kronecker", "vectorisation"))
_NOT_LINEAR = -1


def _degree(term: Term, symbol: str, scope: Scope) -> int | None:
    """Return how often the loss stands in every summand; None of zero, _NOT_LINEAR where that differs or is not so."""
    if not depends(term, Name(symbol), scope):
        return None if term == Number(Fraction(0)) else 0
    match term:
        case Name(name) if name == symbol:
            return 1
        case Name(name) if (definition := scope.definitions.get(name)) is not None:
            return _degree(definition.body, symbol, scope)
        case Negative(inner) | Entry(array=inner) | Aggregate(operation="sum", body=inner) | Derivative(body=inner):
            return _degree(inner, symbol, scope)
        case Sum(terms):
            found = {_degree(t, symbol, scope) for t in terms} - {None}
            return found.pop() if len(found) == 1 else _NOT_LINEAR
        case Product(factors):
            return _total(factors, symbol, scope)
        case Quotient(numerator, denominator) if _degree(denominator, symbol, scope) == 0:
            return _degree(numerator, symbol, scope)
        case MatrixOperation(operation=operation, arguments=arguments) if operation in _LINEAR:
            return _total(arguments, symbol, scope)
    return _NOT_LINEAR


def _total(factors: Sequence[Term], symbol: str, scope: Scope) -> int | None:
    degrees = [_degree(f, symbol, scope) for f in factors]
    if None in degrees:
        return None
    known = [d for d in degrees if d is not None]
    return _NOT_LINEAR if _NOT_LINEAR in known else sum(known)
