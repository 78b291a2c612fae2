r"""Parameters that notes leave out: once f(x; \theta) is shown, f(x) may stand for it, and Z for Z(\theta).

A derivative by \theta tells: \nabla_\theta of something that does not have \theta in it, but one name that was shown
with \theta, says that the name is meant with it. It is put in then, wherever it was left out. Where a formula has a
call with the parameter and one without, they may be two things, a model and what it is to learn, and stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import takewhile
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import relation_of, split
from errata.language.probability_notation import LAW_BASES
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    everything,
    leaf_text,
    with_changed_runs,
)
from errata.language.terms import Span
from errata.language.token import Token
from errata.language.unnormalised import is_density

Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Elisions:
    """What is left out in places.

    parameters: how many arguments a call without them has, and what they are, by symbol. arguments: what a bare name
    is taken at, by symbol.
    """

    parameters: Mapping[str, tuple[int, Nodes]] = field(default_factory=lambda: MappingProxyType({}))
    arguments: Mapping[str, Nodes] = field(default_factory=lambda: MappingProxyType({}))

    def without(self, is_other: Callable[[str], bool]) -> Elisions:
        """Return these without the symbols that are something else."""
        return Elisions(
            MappingProxyType({s: told for s, told in self.parameters.items() if not is_other(s)}),
            MappingProxyType({s: told for s, told in self.arguments.items() if not is_other(s)}),
        )


NOTHING_ELIDED = Elisions()
_LONGEST_OPERAND = 200
_RELATING = frozenset(("=", ":=", "\\equiv", "!=", "<", "<=", ">", ">=", "~=", "propto"))


@dataclass(frozen=True, slots=True)
class _Use:
    """A name where it stands: with the bracket after it, if any, and whether something differentiates it there."""

    symbol: str
    bracket: Group | None
    differentiated: bool

    @property
    def arguments(self) -> tuple[Nodes, ...]:
        return tuple(split(split(self.bracket.items, (";",))[0], (",",))) if self.bracket else ()

    @property
    def parameters(self) -> Nodes:
        parts = split(self.bracket.items, (";",)) if self.bracket else []
        return parts[1] if len(parts) == 2 else ()


def elisions(formulas: Iterable[Sequence[Node]], not_normalised: Set[str] = frozenset()) -> Elisions:
    """Return what the formulas of a document leave out.

    Laws have their own ways to leave things out, but for those that are not normalised.
    """
    formulas = list(formulas)
    uses = [list(_uses(formula)) for formula in formulas]
    applied: dict[str, list[_Use]] = defaultdict(list)
    for use in (u for found in uses for u in found if u.bracket is not None):
        applied[use.symbol].append(use)
    calls = {s: found for s, found in applied.items() if s in not_normalised or not _is_law(s, found)}
    parameters = {s: added for s, found in calls.items() if (added := _parameters(found)) is not None}
    arguments = {s: taken for s, found in calls.items() if (taken := _arguments(found, parameters.get(s)))}
    shown = Elisions(parameters, arguments)
    derivatives = [d for formula in formulas for d in _derivatives(formula)]
    called = _meant(derivatives, shown, bare=False) - {s for found in uses for s in _called_both_ways(found, shown)}
    alone = _meant(derivatives, shown, bare=True) - {s for found in uses for s in _also_apart(found)}
    alone -= {variable for variable, _ in derivatives} | {s for formula in formulas for s in _bound(formula)}
    return Elisions(
        MappingProxyType({s: told for s, told in parameters.items() if s in called}),
        MappingProxyType({s: told for s, told in arguments.items() if s in alone}),
    )


# What is shown ---------------------------------------------------------------------------------------


def _uses(nodes: Sequence[Node], differentiated: bool = False) -> Iterator[_Use]:
    """Yield the names on a level and below, but for what stands below other names and signs."""
    within = differentiated
    for place, node in enumerate(nodes):
        if _ends_operand(node):
            within = differentiated
        symbol = _name(node)
        if symbol is not None:
            yield _Use(symbol, _bracket(nodes, place), within)
        of_fraction = isinstance(node, Command) and _is_derivative(node)
        for below in _below(node):
            yield from _uses(below, within or of_fraction)
        within = within or of_fraction or _is_gradient(node)


def _below(node: Node) -> Iterator[Nodes]:
    """Yield the levels below a node, of a name only what stands above it."""
    match node:
        case Group(items=items):
            yield items
        case Scripted(base=base, upper=upper):
            yield from _below(base)
            if upper and not _is_label(upper):
                yield upper
        case Command(arguments=arguments) if _is_derivative(node):
            yield arguments[0][1:]
        case Command(arguments=arguments) if symbols.base_symbol(node) is None:
            yield from arguments
        case Environment(rows=rows):
            yield from (cell for row in rows for cell in row)


def _is_label(upper: Nodes) -> bool:
    """Return whether a name alone stands above another: the power or the layer L, not what L(w) is."""
    return symbols.is_bracketed(upper) or (len(upper) == 1 and _name(upper[0]) is not None)


def _parameters(calls: Sequence[_Use]) -> tuple[int, Nodes] | None:
    r"""Return the \theta of f(x; \theta), or that of f(x, \theta) beside f(x), with the sign before it."""
    longest = max(len(c.arguments) for c in calls)
    shortest = min(len(c.arguments) for c in calls)
    marked = [c.parameters for c in calls if c.parameters]
    listed = [c.arguments[-1] for c in calls if len(c.arguments) == longest]
    found, mark, count = (marked, ";", longest) if marked else (listed, ",", longest - 1)
    if len({symbols.label(f) for f in found}) != 1 or not _are_names(split(found[0], (",",))):
        return None
    if shortest != count or count < 1 or (marked and longest != shortest):
        return None
    return count, (_mark(mark, found[0][0].span), *found[0])


def _is_law(symbol: str, calls: Iterable[_Use]) -> bool:
    barred = any(leaf_text(n) in ("|", "\\mid") for c in calls if c.bracket for n in c.bracket.items)
    return barred or symbol in LAW_BASES or is_density(symbol)


def _arguments(calls: Sequence[_Use], parameters: tuple[int, Nodes] | None) -> Nodes:
    """Return what a name is always applied to, with its parameters; nothing where that differs."""
    count = parameters[0] if parameters else len(calls[0].arguments)
    shown = [c.arguments[:count] for c in calls]
    written = {tuple(map(symbols.label, s)) for s in shown} | {() for c in calls if c.parameters and not parameters}
    if len(written) != 1 or not _are_names(shown[0]):
        return ()
    listed = [n for part in shown[0] for n in (_mark(",", part[0].span), *part)]
    return (*listed[1:], *(parameters[1] if parameters else ()))


def _are_names(parts: Sequence[Sequence[Node]]) -> bool:
    return bool(parts) and all(len(part) == 1 and symbols.decorated(part[0]) is not None for part in parts)


# What is meant ---------------------------------------------------------------------------------------


def _derivatives(nodes: Sequence[Node]) -> Iterator[tuple[str, Nodes]]:
    """Yield the variable of every derivative, "" where it is not written, and what it is taken of."""
    for place, node in enumerate(nodes):
        if isinstance(node, Scripted) and _is_gradient(node):
            following = _operand(nodes, place + 1)
            yield from ((v, following) for v in _roots(node.lower or ()))
        elif leaf_text(node) == "\\nabla" and len(_operand(nodes, place + 1)) == 1:
            yield "", _operand(nodes, place + 1)
        elif isinstance(node, Command) and _is_derivative(node):
            top, bottom = node.arguments
            following = tuple(top[1:]) or _operand(nodes, place + 1)
            yield from ((v, following) for v in _roots(bottom))
        for below in _below(node):
            yield from _derivatives(below)


def _meant(derivatives: Iterable[tuple[str, Nodes]], shown: Elisions, *, bare: bool) -> set[str]:
    """Return the names that some derivative has alone, without the variable that they were shown with."""
    found: set[str] = set()
    for variable, operand in derivatives:
        if variable in _names(operand):
            continue
        uses = [(use, _names(_left_out(use, shown))) for use in _uses(operand)]
        meant = [u for u, names in uses if variable in names or (not variable and len(names) == 1)]
        left_out = {use.symbol: use.bracket is None for use in meant}
        if len(left_out) == 1:
            found |= {s for s, alone in left_out.items() if alone == bare}
    return found


def _left_out(use: _Use, shown: Elisions) -> Nodes:
    """Return what a name would have with it, had nothing been left out."""
    if use.bracket is None:
        return shown.arguments.get(use.symbol, ())
    count, added = shown.parameters.get(use.symbol, (0, ()))
    is_factor = use.symbol in _names(use.bracket.items)
    return added if len(use.arguments) == count and not use.parameters and not is_factor else ()


def _called_both_ways(uses: Sequence[_Use], shown: Elisions) -> set[str]:
    """Return the names that a formula calls with their parameters and without them."""
    calls = [u for u in uses if u.bracket is not None and u.symbol in shown.parameters]
    return {u.symbol for u in calls if _left_out(u, shown)} & {u.symbol for u in calls if not _left_out(u, shown)}


def _also_apart(uses: Sequence[_Use]) -> set[str]:
    """Return the names that a formula applies to something, and has alone where nothing differentiates them."""
    apart = {u.symbol for u in uses if u.bracket is None and not u.differentiated}
    return apart & {u.symbol for u in uses if u.bracket is not None}


def _bound(nodes: Sequence[Node]) -> Iterator[str]:
    r"""Yield the names below signs: the L of \max_L."""
    for node in everything(nodes):
        if isinstance(node, Scripted) and not _is_gradient(node) and symbols.base_symbol(node.base) is None:
            yield from _roots(node.lower or ())


# Syntax ----------------------------------------------------------------------------------------------


def _is_gradient(node: Node) -> bool:
    return leaf_text(_bare(node)) in ("\\nabla", "\\partial") and isinstance(node, Scripted) and bool(node.lower)


def _is_derivative(node: Command) -> bool:
    if node.name != "frac":
        return False
    top, bottom = node.arguments
    return bool(top and bottom) and all(leaf_text(_bare(n[0])) in ("d", "\\partial") for n in (top, bottom))


def _operand(nodes: Sequence[Node], start: int) -> Nodes:
    """Return what an operator before a place is applied to; of a very long product the beginning."""
    return tuple(takewhile(lambda n: not _ends_operand(n), nodes[start : start + _LONGEST_OPERAND]))


def _ends_operand(node: Node) -> bool:
    return leaf_text(node) in ("+", "-", ",", "&", "\\quad") or relation_of(node) is not None


def _roots(nodes: Sequence[Node]) -> list[str]:
    """Return the names among nodes, without what stands below and above them."""
    found = (symbols.base_symbol(_bare(n)) for n in nodes if leaf_text(_bare(n)) not in ("d", "\\partial"))
    return [s for s in found if s is not None]


def _names(nodes: Sequence[Node]) -> set[str]:
    """Return all names within, with and without their scripts."""
    within = list(everything(nodes))
    return {s for n in within for s in (symbols.base_symbol(_bare(n)), symbols.decorated(n)) if s is not None}


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _name(node: Node) -> str | None:
    """Return the symbol of a name without its power; None for other things and for what has primes."""
    if not isinstance(node, Scripted):
        return symbols.base_symbol(node) if isinstance(node, Leaf | Command) else None
    base = symbols.base_symbol(node.base)
    mark = "*" if symbols.is_star(node.upper) else symbols.policy_label(node.base, node.upper)
    return None if base is None or node.primes else symbols.compose(base, symbols.label(node.lower or ()), mark)


def _bracket(nodes: Sequence[Node], place: int) -> Group | None:
    following = _bare(nodes[place + 1]) if place + 1 < len(nodes) else None
    return following if isinstance(following, Group) and following.opening in ("(", "[") else None


def _mark(text: str, span: Span) -> Leaf:
    return Leaf(span, Token("symbol", text, span))


# Rewriting -------------------------------------------------------------------------------------------


def as_meant(nodes: Sequence[Node], known: Elisions) -> Nodes:
    """Return the nodes of a formula with what they leave out; a name that is only mentioned or declared stays."""
    nothing = not known.parameters and not known.arguments
    return tuple(nodes) if nothing or _only_mentions(nodes) else completed(nodes, known)


def _only_mentions(nodes: Sequence[Node]) -> bool:
    relations = {relation_of(n) for n in nodes} - {None}
    declares = bool(relations) and not relations & _RELATING
    return declares or all(_name(n) is not None or leaf_text(n) in (",", ":") or isinstance(n, Group) for n in nodes)


def completed(nodes: Sequence[Node], known: Elisions) -> Nodes:
    """Return the nodes with what they leave out."""
    found: list[Node] = []
    called: Nodes = ()
    for place, node in enumerate(nodes):
        symbol, bracket = _name(node), _bracket(nodes, place)
        added = _left_out(_Use(symbol, bracket, False), known) if symbol is not None else ()
        if added and bracket is None:
            found.extend(_applied(node, added))
        else:
            found.append(_completed(node, known, called))
        called = added if bracket is not None else ()
    return tuple(found)


def _applied(node: Node, arguments: Nodes) -> tuple[Node, Node]:
    r"""Return a bare name with its arguments; a power that it has, Z^{-1}, goes behind them."""
    bracket = Group(node.span, "(", ")", arguments)
    if isinstance(node, Scripted) and node.upper and not _is_mark(node):
        head = replace(node, upper=None) if node.lower else node.base
        return head, Scripted(node.span, bracket, None, node.upper)
    return node, bracket


def _is_mark(node: Scripted) -> bool:
    return symbols.is_star(node.upper) or bool(symbols.policy_label(node.base, node.upper))


def _completed(node: Node, known: Elisions, added: Nodes) -> Node:
    match node:
        case Group(items=items):
            return replace(node, items=(*completed(items, known), *added))
        case Scripted(base=base, upper=upper):
            above = completed(upper, known) if upper and not _is_label(upper) else upper
            return replace(node, base=_completed(base, known, added), upper=above)
        case Command(arguments=arguments) if _is_derivative(node):
            return replace(node, arguments=(completed(arguments[0], known), arguments[1]))
        case Command() if symbols.base_symbol(node) is not None:
            return node
    return with_changed_runs(node, lambda run: completed(run, known))
