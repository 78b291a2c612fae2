r"""Squares that are variables of their own: \frac{\partial \ell}{\partial \sigma^2} differentiates by the variance.

Where a note differentiates by the square of a letter, or has a function of it, and the letter occurs in even powers
alone, the square is a positive variable: \sigma^2 a letter of its own, and \sigma^4 its square. With a lone \sigma
beside it, nothing is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import split
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    everything,
    leaf_text,
    levels,
    with_changed_runs,
)
from errata.language.token import Token

_FRACTIONS = frozenset(("frac", "dfrac", "tfrac"))
_DIFFERENTIALS = frozenset(("\\partial", "d"))
_LAWS = frozenset(("N", "\\mathcal{N}", "U", "\\mathcal{U}", "\\Gamma"))
_DEVIATIONS = frozenset(("\\sigma", "\\tau", "s"))
"""Letters of which the square has a meaning of its own; x^2 may be a coordinate."""


def squared_variables(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the letters whose squares a note differentiates by or has functions of, and which are never odd in it."""
    formulas = list(formulas)
    variables: set[str] = set()
    others: set[str] = set()
    letters: Counter[str] = Counter()
    for node in (node for formula in formulas for node in everything(formula)):
        letters.update(_letters(node))
        power = _even_power(node)
        if power is not None:
            letters[power[0]] -= 1
        if isinstance(node, Command) and node.name in _FRACTIONS and len(node.arguments) == 2:
            (others if _is_of_second_order(node) else variables).update(_differentiated_by(node))
    for run in (run for formula in formulas for run in levels(formula)):
        variables.update(_arguments(run))
    plain = {v for v in variables - others if not letters[v]}
    accented = {v for v in letters if symbols.base_name(v) in plain and not letters[v]}
    return frozenset(plain | accented)


def with_squares(nodes: Sequence[Node], known: frozenset[str]) -> tuple[Node, ...]:
    """Return the nodes with the squares of these letters as letters of their own."""
    return tuple(_with_squares(node, known) for node in nodes) if known else tuple(nodes)


def _with_squares(node: Node, known: frozenset[str]) -> Node:
    power = _even_power(node)
    if power is not None and power[0] in known:
        square = Leaf(node.span, Token("letter", symbols.squared(power[0]), node.span))
        return square if power[1] == 2 else Scripted(node.span, square, None, _number(power[1] // 2, node))
    if isinstance(node, Scripted):
        lower, upper = (None if run is None else with_squares(run, known) for run in (node.lower, node.upper))
        return replace(node, base=_with_squares(node.base, known), lower=lower, upper=upper)
    return with_changed_runs(node, lambda run: with_squares(run, known))


def _letters(node: Node) -> Mapping[str, int]:
    r"""Count a letter; one below an accent, \hat{\sigma}, is another than the letter alone."""
    symbol = None if isinstance(node, Scripted) else symbols.base_symbol(node)
    if symbol is None or symbols.base_name(symbol) not in _DEVIATIONS or isinstance(node, Group):
        return {}
    return {symbol: 1} if isinstance(node, Leaf) else {symbol: 1, symbols.base_name(symbol): -1}


def _even_power(node: Node) -> tuple[str, int] | None:
    """Read \\sigma^4 as the letter and the exponent; None for anything but an even power of such a letter."""
    if not isinstance(node, Scripted) or node.lower or node.primes:
        return None
    symbol = symbols.base_symbol(node.base)
    if symbol is None or symbols.base_name(symbol) not in _DEVIATIONS:
        return None
    written = "".join(leaf_text(n) for n in everything(node.upper or ()))
    exponent = int(written) if written.removeprefix("-").isdecimal() else 1
    return None if exponent % 2 or not exponent else (symbol, exponent)


def _number(exponent: int, node: Node) -> tuple[Node, ...]:
    digits = Leaf(node.span, Token("number", str(abs(exponent)), node.span))
    return (digits,) if exponent > 0 else (Leaf(node.span, Token("symbol", "-", node.span)), digits)


def _differentiated_by(fraction: Command) -> Iterator[str]:
    """Yield the letters whose squares stand after the differentials of a denominator."""
    below = fraction.arguments[1]
    for place, node in enumerate(below[1:]):
        power = _even_power(node)
        if power is not None and power[1] == 2 and leaf_text(below[place]) in _DIFFERENTIALS:
            yield power[0]


def _arguments(run: Sequence[Node]) -> Iterator[str]:
    r"""Yield the letters whose squares are arguments of a function, as in \ell(\mu, \sigma^2), and of no normal law."""
    for node, bracket in pairwise(run):
        name = symbols.base_symbol(node.base if isinstance(node, Scripted) else node)
        if name is None or name in _LAWS or not isinstance(bracket, Group) or bracket.opening != "(":
            continue
        for argument in split(bracket.items, (",",)):
            power = _even_power(argument[0]) if len(argument) == 1 else None
            if power is not None and power[1] == 2:
                yield power[0]


def _is_of_second_order(fraction: Command) -> bool:
    r"""Return whether \frac{\partial^2 f}{\partial \sigma^2} is a second derivative by \sigma."""
    first = fraction.arguments[0][0] if fraction.arguments[0] else None
    return isinstance(first, Scripted) and leaf_text(first.base) in _DIFFERENTIALS
