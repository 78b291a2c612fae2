r"""Derivatives by a member that a formula gives: \partial L / \partial p_k, where p is the softmax of z and L of p.

Formulas for members are written out where they are used, so that nothing of p_k would be left to differentiate by. Such
a derivative is that by t, at t = 0, of L with p_i + t \delta_{ik} in the place of each p_i.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from errata.language.definitions import free_symbols, rebuilt, unfold_entries, with_other_binders
from errata.language.scope import Definition
from errata.language.terms import At, Derivative, Elementary, Entry, Name, Number, Product, Sum, Term, subterms

_MOVED = Name("\\tau'")
"""How far a member is moved."""
_ZERO = Number(Fraction(0))
_DEEPEST = 12

Known = Mapping[str, Definition]


def by_members(term: Term, entries: Known, written: Known) -> Term:
    """Return the term with its derivatives by members that formulas give told by moving these.

    entries: the formulas for members. written: those of other names, with members as they stand there.
    """
    if not entries or not any(isinstance(part, Derivative) for part in subterms(term)):
        return term
    changed = rebuilt(term, lambda part: by_members(part, entries, written))
    match changed:
        case Derivative(body, Entry(Name(family), places) as member, 1) if family in entries and body != member:
            formulas = _Formulas(family, {s: d for s, d in entries.items() if s != family}, written)
            whole = formulas.written_out(body)
            if not _only_by_members(whole, family):
                return changed
            free = {symbol for place in places for symbol in free_symbols(place)}
            whole = with_other_binders(whole, free)
            return At(Derivative(_moved(whole, family, places), _MOVED), _MOVED, _ZERO, span=changed.span)
    return changed


@dataclass(frozen=True, slots=True)
class _Formulas:
    """What is written out of a term for a derivative by members of a family: all that rests on these."""

    family: str
    entries: Known
    written: Known

    def written_out(self, term: Term, depth: int = 0) -> Term:
        """Return the term with formulas in the places of names and of members, as far as the family stands in them."""
        if depth > _DEEPEST:
            return term
        if isinstance(term, Name) and (defined := self.written.get(term.symbol)) is not None:
            body = term if defined.parameters else self.written_out(defined.body, depth + 1)
            return body if Name(self.family) in set(subterms(body)) else term
        unfolded = unfold_entries(term, self.entries)
        return rebuilt(unfolded, lambda part: self.written_out(part, depth))


def _only_by_members(term: Term, family: str) -> bool:
    """Return whether the family stands in a term, with indices at each place and in no derivative."""
    parts = list(subterms(term))
    members = sum(isinstance(p, Entry) and p.array == Name(family) for p in parts)
    inner = any(isinstance(p, Derivative) and Name(family) in set(subterms(p)) for p in parts)
    return 0 < members == sum(p == Name(family) for p in parts) and not inner


def _moved(term: Term, family: str, places: tuple[Term, ...]) -> Term:
    if isinstance(term, Entry) and term.array == Name(family) and len(term.indices) == len(places):
        same = (Elementary("delta", pair) for pair in zip(term.indices, places, strict=True))
        return Sum((term, Product((_MOVED, *same))))
    return rebuilt(term, lambda part: _moved(part, family, places))
