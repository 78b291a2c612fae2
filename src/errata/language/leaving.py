"""What was told for a case or for a while, and what is known once it is left.

A document is read twice where words may leave what was told before: once with all of it kept, and once with it left.
What is told of a name leaves its mark on the state of the reader; such marks are kept, so that they can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from errata.language import symbols
from errata.language.definitions import used_symbols
from errata.language.prose.leaving_words import Hold
from errata.language.scope import Definition
from errata.language.setting import Setting
from errata.language.sorts import Family, Function, Matrix, RandomVariable, Real, Sort, Vector
from errata.language.state import State
from errata.language.terms import Comparison, Name, Negative, Number, Term

_COMPARED = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_BY_NAME = ("sorts", "definitions", "entries", "customary", "recursions", "backwards", "spaces", "settings", "values")
_LISTED = ("densities", "assumptions", "perhaps", "facts")


@dataclass(frozen=True, slots=True)
class Mark:
    """What something told changed in a state: by field and key, the values before and after; and what it added.

    claims: how many claims stood before it.
    """

    hold: Hold
    changed: tuple[tuple[str, Any, Any, Any], ...]
    added: tuple[tuple[str, Any], ...]
    claims: int = 0

    def parted(self, names: Collection[str]) -> tuple[Mark, Mark]:
        """Return what it tells of these names, and what it tells of others."""
        about = tuple(c for c in self.changed if not _names_in(c[1]).isdisjoint(names))
        added = tuple(a for a in self.added if not _names_in(a[1]).isdisjoint(names))
        changed_else = tuple(c for c in self.changed if c not in about)
        added_else = tuple(a for a in self.added if a not in added)
        return replace(self, changed=about, added=added), replace(self, changed=changed_else, added=added_else)


def _names_in(item: object) -> set[str]:
    if isinstance(item, str):
        return {item}
    return used_symbols(item) if isinstance(item, Term) else _concerned(item)


def marks_of(before: State, after: State, hold: Hold) -> list[Mark]:
    """Return what was told between two states.

    A name that a formula explains for the first time is explained for longer, save after "if". Numbers are no longer
    set than suppositions hold, whatever sets them: "Let $n = 3$. ... In general, ...".
    """
    told = _mark(before, after, hold)
    if hold is Hold.GOOD:
        numbers = tuple(c for c in told.changed if c[0] in ("definitions", "settings") and _is_number(c[3]))
        equal = tuple((name, a) for name, a in told.added if name == "assumptions" and _sets_a_number(a))
        return [Mark(Hold.SUPPOSED, numbers, equal)] if numbers or equal else []
    if hold is Hold.IF:
        return [told] if told.changed or told.added else []
    first = tuple(c for c in told.changed if c[0] == "definitions" and _is_new(c, before))
    rest = replace(told, changed=tuple(c for c in told.changed if c not in first))
    longer = Mark(max(hold, Hold.SUPPOSED), first, ())
    return [found for found in (longer, rest) if found.changed or found.added]


def _is_new(change: tuple[str, Any, Any, Any], before: State) -> bool:
    _, symbol, old, new = change
    return old is None and symbol not in before.seen and not isinstance(new.body, Number | Name)


def _is_number(value: Definition | Setting) -> bool:
    return isinstance(value.body if isinstance(value, Definition) else value.value, Number)


def _sets_a_number(assumption: Comparison) -> bool:
    return assumption.relation == "=" and isinstance(assumption.right, Number)


def _mark(before: State, after: State, hold: Hold) -> Mark:
    changed = [
        (name, key, old.get(key), value)
        for name in _BY_NAME
        for old in (getattr(before, name),)
        for key, value in getattr(after, name).items()
        if old.get(key) is not value and old.get(key) != value
    ]
    added = [
        (name, item)
        for name in _LISTED
        for old in (getattr(before, name),)
        for known in ({id(item) for item in old},)
        for item in getattr(after, name)
        if id(item) not in known and item not in old
    ]
    return Mark(hold, tuple(changed), tuple(added))


def undo(state: State, marks: Sequence[Mark], gone: Collection[int]) -> list[Mark]:
    """Take what the marks with these numbers tell out of a state; return those that are left."""
    for number in sorted(gone, reverse=True):
        _undo(state, marks[number])
    return [told for number, told in enumerate(marks) if number not in gone]


def undo_of(state: State, marks: Sequence[Mark], names: Collection[str], claims: int) -> list[Mark]:
    """Take what was told of these names before the last claims out of a state; return the marks that are left."""
    found = []
    for told in reversed(marks):
        about, rest = told.parted(names) if told.claims < claims else (replace(told, changed=(), added=()), told)
        _undo(state, about)
        found.append(rest)
    return found[::-1]


def _undo(state: State, told: Mark) -> None:
    for name, key, old, new in told.changed:
        known = getattr(state, name)
        if known.get(key) is not new:
            continue
        if old is not None:
            known[key] = old
        elif name == "sorts":
            known[key] = plain(new)
        else:
            del known[key]
    for name, item in told.added:
        setattr(state, name, [other for other in getattr(state, name) if other is not item])


def strip(state: State, names: Collection[str] | None) -> None:
    """Take all that narrows these names, None for all names, out of a state; what they are stays."""
    for symbol, sort in list(state.sorts.items()):
        if names is None or symbol in names or symbols.base_name(symbol) in names:
            state.sorts[symbol] = plain(sort)
    about = None if names is None else set(names)
    for symbol, defined in list(state.definitions.items()):
        if isinstance(defined.body, Number) if about is None else symbol in about:
            del state.definitions[symbol]
    state.assumptions = [a for a in state.assumptions if about is not None and not used_symbols(a) & about]
    state.facts = [f for f in state.facts if about is not None and not _concerned(f) & about]
    if about is not None:
        state.densities = [d for d in state.densities if d.law not in about]
    state.settings = {k: v for k, v in state.settings.items() if about is not None and not used_symbols(k) & about}


def of_any(state: State, names: Collection[str]) -> None:
    """Take what names are, or what law they have, out of a state; what kind of thing they are stays."""
    for symbol in names:
        state.definitions.pop(symbol, None)
        sort = state.sorts.get(symbol)
        if isinstance(sort, RandomVariable):
            state.sorts[symbol] = plain(sort)
    state.densities = [d for d in state.densities if d.law not in names]


def has_other_laws(before: Mapping[str, Sort], after: Mapping[str, Sort]) -> bool:
    """Return whether a random variable that had a law has another one now."""
    laws = ((_law(sort), _law(after.get(symbol))) for symbol, sort in before.items())
    return any(old is not None and new is not None and old != new for old, new in laws)


def _law(sort: Sort | None) -> Term | None:
    element = sort.element if isinstance(sort, Family) else sort
    return element.law if isinstance(element, RandomVariable) else None


def denies_number(told: Comparison, known: Mapping[str, Number]) -> bool:
    """Return whether a relation says that a name is another number than the one that is known."""
    if not isinstance(told.left, Name) or told.left.symbol not in known:
        return False
    sign, right = (-1, told.right.term) if isinstance(told.right, Negative) else (1, told.right)
    if not isinstance(right, Number) or told.relation not in _COMPARED:
        return False
    return not _COMPARED[told.relation](known[told.left.symbol].value, sign * right.value)


def _concerned(fact: object) -> set[str]:
    """Return the names that a fact speaks of."""
    told: set[str] = set()
    for f in fields(fact):  # type: ignore[arg-type]
        value = getattr(fact, f.name)
        told |= {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
    return told


def plain(sort: Sort) -> Sort:
    """Return what a thing is, without what narrows it: a symmetric matrix is a matrix, a positive number a number."""
    match sort:
        case Real(integer=integer, complex=is_complex):
            counted = integer and sort.high is None
            return sort if counted else Real(integer=integer, complex=is_complex)
        case Vector(size=size):
            return Vector(size)
        case Matrix(rows=rows, columns=columns):
            return Matrix(rows, columns)
        case Family(element=element):
            return replace(sort, element=plain(element))
        case Function():
            return replace(sort, properties=sort.properties & {"entrywise"})
        case RandomVariable(space=space):
            return RandomVariable(space)
    return sort


def differing(one: Mapping[str, object], other: Mapping[str, object], keys: Iterable[str]) -> bool:
    """Return whether two mappings tell different things of some keys."""
    return any(one.get(key) != other.get(key) for key in keys)
