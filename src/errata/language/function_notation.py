"""Functions with and without brackets: \\log x, \\tanh(Wx)_i, \\log(1 - y)^{1 - y}."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from errata.language import (
    bracket_notation,
    complex_notation,
    decorated_names,
    dotted_arrays,
    evaluation_bars,
    matrix_notation,
    symbols,
)
from errata.language.array_shapes import NUMBER, shape_of
from errata.language.cursor import Cursor, describe, multiply, split
from errata.language.definitions import free_symbols
from errata.language.power_notation import raised
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, leaf_text
from errata.language.terms import (
    PRIMED,
    Aggregate,
    At,
    Binder,
    ComplexPart,
    Density,
    Derivative,
    Elementary,
    Entry,
    IndexSet,
    MatrixOperation,
    Name,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Span,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

FUNCTIONS = {
    "log": "log", "ln": "log", "lg": "log", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "sqrt": "sqrt",
    "sigmoid": "sigmoid", "sigm": "sigmoid", "softplus": "softplus", "relu": "relu", "sign": "sign", "sgn": "sign",
    "logistic": "sigmoid", "logsig": "sigmoid", "abs": "abs",
}  # fmt: skip

LOG_BASE_2, LOG_BASE_10 = "log base 2", "log base 10"
LOG_BASES = MappingProxyType({LOG_BASE_2: Number(Fraction(2)), LOG_BASE_10: Number(Fraction(10))})
"""The ways to read a bare logarithm that is not natural."""

MATRIX_FUNCTIONS = matrix_notation.OPERATIONS.keys() | matrix_notation.POWER_SERIES.keys()

_MEMBERS = frozenset("ijklmn")
"""Letters below a name that count its members, and no times."""
_BIG = frozenset(
    ("\\sum", "\\prod", "\\int", "\\max", "\\min", "\\sup", "\\inf", "\\arg", "\\argmax", "\\argmin", "\\lim")
)


def function_head(meaning: Meaning, node: Node) -> str | None:
    """Return the standard function that a node names: \\log, \\operatorname{softplus}, \\text{ReLU}."""
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Leaf):
        if base.token.kind == "command":
            name = base.text[1:]
            return name if name in FUNCTIONS or name in MATRIX_FUNCTIONS or name in complex_notation.PARTS else None
        return None
    if isinstance(base, Words):
        name = "".join(base.text.split()).lower()
        if name in FUNCTIONS or name in MATRIX_FUNCTIONS or name in complex_notation.PARTS:
            return None if meaning.knowledge.declared(base.text) else name
    return None


def elementary(meaning: Meaning, cursor: Cursor, name: str) -> Term:
    node = cursor.take()
    lower = node.lower if isinstance(node, Scripted) else None
    upper = node.upper if isinstance(node, Scripted) else None
    primes = node.primes if isinstance(node, Scripted) else 0
    if upper and symbols.label(upper) == "-1" and name not in MATRIX_FUNCTIONS:
        raise NotUnderstood("inverse functions are not read", node.span, "write a fraction, or the inverse by its name")
    indices: tuple[Term, ...] = ()
    argument, outer = _listed(meaning, cursor) if name == "diag" else (None, None)
    entry = _indexed_bracket(meaning, cursor)
    if entry is not None:
        argument, indices, outer = entry
    elif lower and name == "softmax":
        indices = decorated_names.indices(meaning, lower)
    if argument is None:
        argument, outer = _argument_of(meaning, cursor, node)
    if name == "softmax" and not indices:
        argument, indices = _of_the_whole(meaning, argument)
    span = Span(node.span.start, (argument.span or node.span).end)
    if outer is not None and _power_is_inside(meaning, name, outer):
        argument, outer = raised(meaning, argument, outer, span), None
    value: Term
    if name in MATRIX_FUNCTIONS:
        value = _matrix_function(meaning, name, argument, span)
    elif name in complex_notation.PARTS:
        value = ComplexPart(complex_notation.PARTS[name], argument, span=span)
    else:
        function = FUNCTIONS[name]
        arguments: tuple[Term, ...] = (argument,)
        if function == "log" and name == "lg":
            arguments = (argument, Number(Fraction(10)))
        elif function == "log" and lower:
            arguments = (argument, meaning.expression(lower, node.span))
        elif function == "log" and name == "log" and meaning.knowledge.scope.log_base is not None:
            arguments = (argument, meaning.knowledge.scope.log_base)
        elif function == "log" and name == "log":
            meaning.ambiguities.update(LOG_BASES)
            chosen = (base for choice, base in LOG_BASES.items() if choice in meaning.choices)
            arguments = (argument, *islice(chosen, 1))
        if primes:
            value = derived_standard(meaning, function, argument, primes, span)
        else:
            value = Elementary(function, arguments, span=span)
    if name == "softmax" and len(indices) == 1 and isinstance(argument, Name):
        value = _member_of_softmax(meaning, argument, indices[0], span)
    elif indices:
        value = Entry(value, indices, span=span)
    if upper is not None:
        value = raised(meaning, value, upper, span)
    if outer is not None:
        value = raised(meaning, value, outer, span)
    return value


def _matrix_function(meaning: Meaning, name: str, argument: Term, span: Span) -> Term:
    series = matrix_notation.POWER_SERIES.get(name)
    if series is not None:
        return MatrixOperation("function", (argument,), series, span=span)
    if name == "diag":
        argument = _of_all_members(meaning, argument)
    return MatrixOperation(matrix_notation.OPERATIONS[name], (argument,), span=span)


def _of_all_members(meaning: Meaning, argument: Term) -> Term:
    r"""Return the column of a number with a free index: of \mathrm{diag}(s_i) the s_1, ..., s_n.

    What is an array, or has a time below it, stays as it is.
    """
    known = meaning.knowledge
    entries = [part for part in subterms(argument) if isinstance(part, Entry)]
    free = free_symbols(argument) - set(meaning.bound)
    letters = {i.symbol for entry in entries for i in entry.indices if isinstance(i, Name) and i.symbol in free}
    letters &= _MEMBERS & known.usage.ranges.keys()
    arrays = {entry.array.symbol for entry in entries if isinstance(entry.array, Name)}
    if len(letters) != 1 or arrays & known.iterates or shape_of(argument, known.scope) not in (NUMBER, None):
        return argument
    (letter,) = letters
    low, high = known.usage.ranges[letter]
    if low != Number(Fraction(1)):
        return argument
    unit = MatrixOperation("basis", (Name(letter), high), span=argument.span)
    column = Product((argument, unit), span=argument.span)
    return Aggregate("sum", Binder(Name(letter), Range(low, high)), column, span=argument.span)


def _indexed_bracket(meaning: Meaning, cursor: Cursor) -> tuple[Term, tuple[Term, ...], tuple[Node, ...] | None] | None:
    """softmax(z)_k, \\tanh(Wx)_i: an entry of what the function gives; None where no index stands there."""
    node = cursor.peek()
    if not isinstance(node, Scripted) or not node.lower or not isinstance(node.base, Group):
        return None
    bracket = node.base
    if bracket.opening not in ("(", "[") or evaluation_bars.encloses(bracket, node.lower):
        return None
    cursor.take()
    return meaning.expression(bracket.items, bracket.span), decorated_names.indices(meaning, node.lower), node.upper


def _of_the_whole(meaning: Meaning, argument: Term) -> tuple[Term, tuple[Term, ...]]:
    """softmax(z_i): member i of softmax(z), since of a number alone it is always 1."""
    match argument:
        case Entry(Name() as array, (Name() | Number(),) as index):
            if shape_of(argument, meaning.knowledge.scope) in (NUMBER, None):
                return array, index
    return argument, ()


def _member_of_softmax(meaning: Meaning, array: Name, index: Term, span: Span) -> Term:
    r"""Write member i of the softmax of an undeclared array as e^{z_i} / \sum_j e^{z_j}, which tells what z is."""
    if array.symbol in meaning.knowledge.scope.sorts or meaning.knowledge.declared(array.symbol):
        return Entry(MatrixOperation("softmax", (array,), span=span), (index,), span=span)
    other = Name(next(letter for letter in "jkl" if Name(letter) != index and letter not in meaning.bound))
    above, each = (Elementary("exp", (Entry(array, (place,), span=span),), span=span) for place in (index, other))
    return Quotient(above, Aggregate("sum", Binder(other, IndexSet(other.symbol)), each, span=span), span=span)


def _power_is_inside(meaning: Meaning, name: str, outer: tuple[Node, ...]) -> bool:
    """\\log(1 - y)^{1 - y}: a power on the bracket after a function belongs to either; tell which.

    For a logarithm a power that is no number is taken as the argument's, as likelihoods are written.
    """
    meaning.ambiguities.add("power on a bracket")
    plain = all(isinstance(n, Leaf) and n.token.kind == "number" for n in outer)
    inside = name in ("log", "ln", "lg") and not plain
    return inside != ("power on a bracket" in meaning.choices)


def _listed(meaning: Meaning, cursor: Cursor) -> tuple[Term | None, tuple[Node, ...] | None]:
    """diag(s_1^2, ..., s_d^2): the vector that the list spells out, by its name where it has one."""
    bracket = cursor.peek()
    if not isinstance(bracket, Group) or not any(leaf_text(n) == "\\ldots" for n in bracket.items):
        return None, None
    members = split(bracket.items, (",",))
    last = meaning.expression(members[-1], bracket.span)
    base = last.base if isinstance(last, Power) else last
    if not isinstance(base, Entry) or len(base.indices) != 1:
        written = dotted_arrays.one_below_another(meaning, members, bracket.span)
        cursor.take()
        return written, None
    cursor.take()
    if isinstance(last, Power) and last.exponent == Number(Fraction(2)):
        return MatrixOperation("hadamard", (base.array, base.array), span=bracket.span), None
    return (replace(last, base=base.array) if isinstance(last, Power) else base.array), None


def derived_standard(meaning: Meaning, function: str, argument: Term, primes: int, span: Span) -> Term:
    """tanh'(x): the derivative of the function, taken at the argument."""
    body = Derivative(Elementary(function, (PRIMED,), span=span), PRIMED, primes, span=span)
    return At(body, PRIMED, argument, span=span)


def _argument_of(meaning: Meaning, cursor: Cursor, owner: Node) -> tuple[Term, tuple[Node, ...] | None]:
    """Read what a function without brackets applies to, and a power that stands on its bracket.

    A bracket directly after the name is the whole argument. Else factors up to a sign, a bracket that
    is no call, another function or a big operator.
    """
    node = cursor.peek()
    if node is None or (not meaning.starts_factor(node) and leaf_text(node) not in ("|", "\\Vert", "-")):
        raise NotUnderstood(f"{describe(owner)} lacks its argument", owner.span)
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Group) and base.opening in ("(", "[", "\\{", "{", "|"):
        plain_power = not isinstance(node, Scripted) or node.lower is None
        if plain_power:
            cursor.take()
            if base.opening == "|":
                return bracket_notation.bracket(meaning, base), node.upper if isinstance(node, Scripted) else None
            return meaning.expression(base.items, base.span), node.upper if isinstance(node, Scripted) else None
    factors = [meaning.factor(cursor)]
    while (following := cursor.peek()) is not None and _continues_argument(meaning, following):
        if _is_derivative(following) and not isinstance(factors[-1], Derivative):
            break
        if not isinstance(factors[-1], Number):
            meaning.ambiguities.add("function reach")
            stops = isinstance(factors[0], Quotient) and _stands_apart(meaning, cursor)
            stops = stops or (isinstance(factors[-1], Density) and _is_of_no_law(meaning, cursor))
            if stops != ("function reach" in meaning.choices):
                break
        factors.append(meaning.factor(cursor))
    return multiply(factors), None


def _is_derivative(node: Node) -> bool:
    r"""Return whether a node is a fraction of differentials, which is a factor of its own in \cos x \frac{dy}{dx}."""
    if not isinstance(node, Command) or node.name != "frac":
        return False
    return all(part and leaf_text(part[0]) in ("d", "\\partial") for part in node.arguments)


def _stands_apart(meaning: Meaning, cursor: Cursor) -> bool:
    """Return whether what follows a fraction reads as a factor of its own: p(x) after \\log \\frac{p(x)}{q(x)}."""
    node, following = cursor.peek(), cursor.peek(1)
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Command) and base.name in ("underbrace", "overbrace"):
        return True
    return (
        isinstance(following, Group) and following.opening == "(" and symbols.decorated(base or following) is not None
    )


def _is_of_no_law(meaning: Meaning, cursor: Cursor) -> bool:
    """Return whether the call of a function follows, as R(x) after \\log p(x), which nobody means to be within it."""
    node, following = cursor.peek(), cursor.peek(1)
    symbol = symbols.decorated(node) if node is not None else None
    called = isinstance(following, Group) and following.opening == "("
    return symbol is not None and called and meaning.knowledge.is_function(symbol)


def _continues_argument(meaning: Meaning, node: Node) -> bool:
    if not meaning.starts_factor(node):
        return False
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Group) and base.opening != "{":
        return False
    return function_head(meaning, node) is None and leaf_text(base) not in _BIG and not isinstance(node, Environment)
