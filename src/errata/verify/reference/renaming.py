"""Renamings that carry an equation of a note to one of a reference: the left sides tell most names, kinds the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import islice, permutations
from types import MappingProxyType
from typing import Any

from errata.language.definitions import free_symbols, renamed
from errata.language.printer import text_symbol
from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    At,
    Binder,
    Domain,
    Draw,
    Expectation,
    Limit,
    MomentOf,
    Name,
    Slot,
    Term,
    subterms,
)

MOST = 60
"""How many renamings of one equation are tried."""
_NODES = (Term, Slot, Draw, Binder, Domain)


@dataclass(frozen=True, slots=True)
class Renaming:
    """What the names of the note, and its spaces, are called in the reference."""

    symbols: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    spaces: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def applied(self, term: Term) -> Term:
        """Return a term of the note in the names of the reference; bound names give way where they clash."""
        for symbol in sorted(_bound(term) & set(self.symbols.values())):
            term = renamed(term, symbol, f"{symbol}'")
        found: Term = _put(term, self)
        return found

    def words(self) -> str:
        """Return which names are called otherwise, "" where none are."""
        pairs = [f"{text_symbol(new)} for {text_symbol(old)}" for old, new in self.symbols.items() if old != new]
        return f" (with {', '.join(pairs)})" if pairs else ""


def renamings(
    sides: tuple[Term, Term], scope: Scope, others: tuple[Term, Term], other_scope: Scope, known: Renaming
) -> Iterator[Renaming]:
    """Yield renamings under which the left sides are the same, the likeliest first; none where they cannot be.

    sides: of the note's equation. others: of the reference's. known: what earlier equations told.
    """
    pairs = _Pairs(dict(known.symbols), dict(known.spaces), scope, other_scope)
    if not pairs.match(sides[0], others[0]):
        return
    left = sorted(free_symbols(sides[1]) - pairs.symbols.keys())
    targets = sorted(free_symbols(others[1]) - set(pairs.symbols.values()))
    spaces = {s: s for s in sorted(_spaces(sides[1]) - pairs.spaces.keys())}
    unused = sorted(_spaces(others[1]) - set(pairs.spaces.values()))
    if len(spaces) == len(unused) == 1:
        spaces = dict(zip(spaces, unused, strict=True))
    for chosen in islice(_assignments(left, targets, pairs), MOST):
        yield Renaming({**pairs.symbols, **chosen}, {**pairs.spaces, **spaces})


@dataclass
class _Pairs:
    """Names that were found in the same place on both sides."""

    symbols: dict[str, str]
    spaces: dict[str, str]
    scope: Scope
    other_scope: Scope

    def match(self, one: Any, other: Any) -> bool:
        """Return whether two values are the same but for names, which are paired."""
        if isinstance(one, Name) and isinstance(other, Name):
            return self.alike(one.symbol, other.symbol) and _paired(self.symbols, one.symbol, other.symbol)
        if isinstance(one, tuple) and isinstance(other, tuple):
            return len(one) == len(other) and all(self.match(a, b) for a, b in zip(one, other, strict=True))
        if type(one) is not type(other) or not isinstance(one, _NODES):
            return bool(one == other)
        for name in one.__match_args__:
            mine, theirs = getattr(one, name), getattr(other, name)
            same = _paired(self.spaces, mine, theirs) if _is_space(one, name) else self.match(mine, theirs)
            if not same:
                return False
        return True

    def alike(self, one: str, other: str) -> bool:
        """Return whether two names are of one kind, as far as their scopes tell."""
        sorts = self.scope.sorts.get(one), self.other_scope.sorts.get(other)
        return None in sorts or type(sorts[0]) is type(sorts[1])


def _paired(pairs: dict[str, str], one: str, other: str) -> bool:
    """Pair two names; return whether neither was paired with another."""
    if one in pairs or other in pairs.values():
        return pairs.get(one) == other
    pairs[one] = other
    return True


def _assignments(names: list[str], targets: list[str], pairs: _Pairs) -> Iterator[dict[str, str]]:
    """Yield ways to give names a target each, the same spelling first; names beyond the targets get new ones."""
    same = [n for n in names if n in targets and pairs.alike(n, n)]
    for kept in (same, []) if same else ([],):
        rest = [n for n in names if n not in kept]
        free: list[str | None] = [t for t in targets if t not in kept]
        free += [None] * (len(rest) - len(free))
        for order in permutations(free, len(rest)):
            chosen = dict(zip(rest, order, strict=True))
            if all(target is None or pairs.alike(name, target) for name, target in chosen.items()):
                new = {name: target or _fresh(name, pairs) for name, target in chosen.items()}
                yield {**{name: name for name in kept}, **new}


def _fresh(symbol: str, pairs: _Pairs) -> str:
    taken = {*pairs.other_scope.sorts, *pairs.other_scope.definitions, *pairs.symbols.values()}
    while symbol in taken:
        symbol += "'"
    return symbol


def _is_space(node: Any, name: str) -> bool:
    return name == "space" or (isinstance(node, Domain) and name == "name")


def _put(value: Any, renaming: Renaming) -> Any:
    if isinstance(value, Name):
        return replace(value, symbol=renaming.symbols.get(value.symbol, value.symbol))
    if isinstance(value, tuple):
        return tuple(_put(part, renaming) for part in value)
    if not isinstance(value, _NODES):
        return value
    changes = {}
    for item in fields(value):
        if item.name == "span":
            continue
        old = getattr(value, item.name)
        changes[item.name] = renaming.spaces.get(old, old) if _is_space(value, item.name) else _put(old, renaming)
    return replace(value, **changes)


def _bound(term: Term) -> set[str]:
    found: set[str] = set()
    for part in subterms(term):
        if isinstance(part, Aggregate):
            found.add(part.binder.name.symbol)
        elif isinstance(part, Expectation | MomentOf):
            found |= {draw.name.symbol for draw in part.draws}
        elif isinstance(part, At | Limit):
            found.add(part.variable.symbol)
    return found


def _spaces(value: Any) -> set[str]:
    if isinstance(value, tuple):
        return set().union(*(_spaces(part) for part in value))
    if not isinstance(value, _NODES):
        return set()
    names = value.__match_args__
    own = {getattr(value, name) for name in names if _is_space(value, name)}
    return own.union(*(_spaces(getattr(value, name)) for name in names if not _is_space(value, name)))
