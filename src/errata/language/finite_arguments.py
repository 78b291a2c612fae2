r"""Functions of a finite set: in \sum_a \pi(a) r(a), r is as good as a family r_a, whatever its arguments are.

A function is one where every argument that it is ever given is a single letter, or a positive number, and a sum runs
over one of the letters at each place. What else stands for something, as the x of f(x) = x^2, is no such letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import split
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    everything,
    leaf_text,
    levels,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_OPERATORS = ("\\sum", "\\prod")


_DERIVED = "'"
"""Stands for a function that is written with a prime, a derivative perhaps, among what stands on a line."""
_OF_THEIR_OWN = frozenset(
    (
        *(
            "\\Gamma",
            "\\sigma",
            "\\delta",
            "\\zeta",
            "\\psi",
            "E",
            "\\mathbb{E}",
            "I",
            "\\mathbb{I}",
            "O",
            "\\mathcal{O}",
        ),
        *("N", "\\mathcal{N}", "P", "\\Pr", "\\mathbb{P}", "p", "q", "Q", "D", "\\Phi", "\\phi"),
    )
)
"""Names with a meaning of their own before a bracket."""


@dataclass(frozen=True, slots=True)
class Finite:
    """The functions of finite sets, by their symbols, and the letters that they are taken at."""

    functions: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()


def finite_functions(
    formulas: Iterable[Sequence[Node]], symbol_of: Callable[[Node], str | None], others: Set[str]
) -> Finite:
    """Return the functions of finite sets. symbol_of: the name that is called. others: laws, and what they are of."""
    formulas = list(formulas)
    summed = {letter for formula in formulas for level in levels(formula) for letter in _summed(level)} - others
    if not summed or any(_is_hidden_derivative(node) for formula in formulas for node in everything(formula)):
        return Finite()
    calls: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    elsewhere: set[str] = set()
    for formula in formulas:
        if len(formula) > 1:  # "the action $a$" tells of no value
            _gather(formula, symbol_of, calls, elsewhere)
        if _tells_value(formula):
            calls[symbol_of(formula[0]) or ""].append(("",))
    if _DERIVED in elsewhere:
        return Finite()
    letters = {letter for called in calls.values() for arguments in called for letter in arguments if letter}
    usable = {x for x in letters if not x.isdecimal()} - elsewhere - others
    known, functions = summed, frozenset[str]()
    for _ in calls:
        functions = frozenset(
            symbol
            for symbol, called in calls.items()
            if symbol not in others | elsewhere | _OF_THEIR_OWN and _is_finite(called, usable, known)
        )
        grown = known | {x for symbol in functions for arguments in calls[symbol] for x in arguments}
        if grown == known:
            break
        known = grown
    taken = {x for symbol in functions for arguments in calls[symbol] for x in arguments if not x.isdecimal()}
    shared = {x for symbol in calls.keys() - functions for arguments in calls[symbol] for x in arguments}
    if taken & shared:
        return Finite()  # a letter that another function takes, too, may be any number there
    return Finite(functions, frozenset(taken))


def _is_hidden_derivative(node: Node) -> bool:
    r"""Return whether a node differentiates by what functions may depend on without showing it: \nabla_\theta \pi(a).

    The derivative by one of their values, \partial / \partial H(a), shows what it is of.
    """
    bare = node.base if isinstance(node, Scripted) else node
    if leaf_text(bare) in ("\\nabla", "\\Delta") or (
        isinstance(node, Scripted) and leaf_text(bare) == "\\partial" and node.lower
    ):
        return True
    if not isinstance(bare, Command):
        return False
    bottom = bare.arguments[-1] if bare.arguments else ()
    sign = bottom[0].base if bottom and isinstance(bottom[0], Scripted) else bottom[0] if bottom else None
    differential = sign is not None and (leaf_text(sign) in ("\\partial", "d") or isinstance(sign, Words))
    if bare.name == "frac" and differential:
        return not any(isinstance(part, Group) and part.opening == "(" for part in bottom)
    return bare.name in ("pdv", "dv")


def _tells_value(formula: Sequence[Node]) -> bool:
    """Return whether a formula tells what number a function is at a place, which has a name then: f(a) = 1."""
    if len(formula) < 4 or not isinstance(formula[1], Group) or leaf_text(formula[2]) != "=":
        return False
    return not any(symbols.base_symbol(node) for node in everything(formula[3:]))


def _is_finite(called: Sequence[tuple[str, ...]], usable: Set[str], known: Set[str]) -> bool:
    """Return whether all arguments are letters or counts, and at each place one is known to run over a finite set."""
    counts = {len(arguments) for arguments in called}
    if len(counts) != 1 or not all(x in usable or _counts(x) for arguments in called for x in arguments):
        return False
    return all(known & set(place) for place in zip(*called, strict=True))


def _counts(text: str) -> bool:
    return text.isdecimal() and int(text) > 0


def _summed(level: Sequence[Node]) -> Iterator[str]:
    """Yield the letters that sums run over, with a range that begins at 1 or with none."""
    for node in level:
        if not isinstance(node, Scripted) or leaf_text(node.base) not in _OPERATORS or not node.lower:
            continue
        name, *low = split(node.lower, ("=",))
        if len(name) == 1 and _letter(name[0]) and (not low or [leaf_text(n) for n in low[0]] == ["1"]):
            yield _letter(name[0])


def _letter(node: Node) -> str:
    """Return a letter, primes included; "" for anything else."""
    primed = isinstance(node, Scripted) and not (node.lower or node.upper)
    bare = node.base if isinstance(node, Scripted) and primed else node
    small = isinstance(bare, Leaf) and bare.token.kind == "letter" and bare.text.islower()
    return symbols.decorated(node) or "" if small else ""


def _gather(
    nodes: Sequence[Node],
    symbol_of: Callable[[Node], str | None],
    calls: dict[str, list[tuple[str, ...]]],
    elsewhere: set[str],
) -> None:
    """Gather what every name is called with, and the letters that stand anywhere else on a line."""
    for before, node, after in zip((None, *nodes), nodes, (*nodes[1:], None), strict=False):
        bare = node.base if isinstance(node, Scripted) else node
        symbol = symbol_of(before) if before is not None else None
        if isinstance(node, Scripted):
            _gather(node.upper or (), symbol_of, calls, elsewhere)
        if isinstance(bare, Group) and bare.opening == "(" and symbol is not None:
            primed = isinstance(before, Scripted) and before.primes > 0
            arguments = ("",) if primed else tuple(map(_argument, split(bare.items, (",",))))
            if primed:
                elsewhere.add(_DERIVED)
            calls[symbol].append(arguments)
            if all(arguments):
                continue
        labelled = isinstance(node, Scripted) and node.lower  # b_0 is no b
        letter = "" if labelled else _letter(node) or _letter(bare)
        if letter and not _is_bracket(after):
            elsewhere.add(letter)
        for run in _runs(bare):
            _gather(run, symbol_of, calls, elsewhere)


def _argument(part: Sequence[Node]) -> str:
    """Return an argument that is a letter or a number, "" for any other."""
    if len(part) != 1:
        return ""
    text = leaf_text(part[0])
    return text if text.isdecimal() else _letter(part[0])


def _is_bracket(node: Node | None) -> bool:
    return isinstance(node.base if isinstance(node, Scripted) else node, Group)


def _runs(node: Node) -> Iterator[Sequence[Node]]:
    """Yield the runs of nodes directly below a node."""
    match node:
        case Group(items=items):
            yield items
        case Command(arguments=arguments):
            yield from arguments
        case Environment(rows=rows):
            yield from (cell for row in rows for cell in row)
