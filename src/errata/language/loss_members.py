r"""Losses of networks with layers or steps: \partial L / \partial h_t where h_{t+1} and o_t are given by h_t.

The members that a step differentiates by become names of their own, each with the formula that gives it by the
others, and the loss an unknown function of the last of them. A member that nothing but members below it gives is free:
what is claimed must hold whatever it is. The step is only read where the formulas that the note gives say of every
quantity through which a member may have a bearing on the loss that it is among these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from errata.language.definitions import rebuilt, substitute, unfold_entries, used_symbols
from errata.language.implied_dependence import Implied
from errata.language.open_recursions import with_tidy_places
from errata.language.printer import to_latex
from errata.language.recursions import plus, shifted
from errata.language.scope import Definition
from errata.language.terms import Aggregate, Derivative, Entry, Name, Term, subterms

Given = Mapping[str, Definition]
"""What gives the members of families, by symbol: one index, and a formula with it."""

_MOST_LINKS = 6
_LABELLED = re.compile(r"([^_^]+|\\\w+\{\w+\})_\{([A-Z])\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A loss by members with names of their own. places: what stands for what; definitions: what gives the names."""

    loss: Implied
    places: Mapping[Term, Name]
    definitions: tuple[Definition, ...]

    def written(self, term: Term) -> Term:
        """Return a term with the names in place of the members, where something is differentiated by them, too."""
        if term in self.places:
            return self.places[term]
        changed = rebuilt(term, self.written)
        if isinstance(changed, Derivative) and changed.variable in self.places:
            return replace(changed, variable=self.places[changed.variable])
        return changed


def members_of(loss: str, sides: Sequence[Term]) -> tuple[Entry, ...]:
    """Return the members of families by which a loss is differentiated in these terms."""
    found = (t for side in sides for t in subterms(side) if isinstance(t, Derivative) and t.body == Name(loss))
    return tuple(dict.fromkeys(t.variable for t in found if isinstance(t.variable, Entry)))


def unfolded(term: Term, others: Given) -> Term | None:
    """Return a term with the members of families that nothing is differentiated by written out.

    None where some are left, since they are given by others of their own kind.
    """
    families = {s: d for s, d in others.items() if d.parameters}
    found = with_tidy_places(unfold_entries(with_tidy_places(term), families))
    left = (t.array for t in subterms(found) if isinstance(t, Entry))
    return None if any(isinstance(a, Name) and a.symbol in families for a in left) else found


def named(loss: str, sides: Sequence[Term], given: Given, others: Given, ends: Callable[[str], bool]) -> Named | None:
    """Return the loss by the members that it is differentiated by; None where a way to it is not among these.

    sides: unfolded. given: families that are differentiated by. others: what else formulas give.
    ends: whether a letter is that of the last member.
    """
    moved = [t for side in sides for t in subterms(side) if isinstance(t, Derivative)]
    variables = dict.fromkeys(t.variable for t in moved if t.body == Name(loss))
    bound = {t.binder.name.symbol for side in sides for t in subterms(side) if isinstance(t, Aggregate)}
    members = tuple(v for v in variables if isinstance(v, Entry))
    if len(members) < len(variables) or not all(_is_single(m) and not used_symbols(m) & bound for m in members):
        return None
    below = {*members, *(t.variable for t in moved if isinstance(t.variable, Entry))}
    written = {m: _formula(m, given) for m in members}
    formulas = {m: body for m, f in written.items() if f is not None and (body := unfolded(f, others)) is not None}
    if any(f is not None and m not in formulas for m, f in written.items()):
        return None
    above = {m: {o for o in below if o != m and _mentions(body, o)} for m, body in formulas.items()}
    last = [m for m in formulas if above[m] and not any(m in found for found in above.values())]
    known = {s: d for s, d in {**given, **others}.items() if loss not in used_symbols(d.body)}
    ways = _Ways(known, frozenset(members), ends)
    if not last or not all(m in last or ways.covered(m) for m in members):
        return None
    places: dict[Term, Name] = {m: Name(to_latex(m)) for m in formulas if above[m]}
    on = tuple(places[m] for m in last)
    whole = Named(Implied(loss, on, tuple(places.get(m, m) for m in members)), places, ())
    definitions = tuple(Definition(places[m].symbol, (), whole.written(formulas[m])) for m in formulas if above[m])
    return Named(whole.loss, places, definitions)


def with_last_members(term: Term, families: Collection[str]) -> Term:
    """Return a term with h_T, which is read as a name of its own, as a member of the family h."""
    if isinstance(term, Name) and (found := _LABELLED.fullmatch(term.symbol)) is not None:
        family = next((f for f in (found[1], f"{found[1]}_{{\\cdot}}") if f in families), None)
        return term if family is None else Entry(Name(family), (Name(found[2]),), span=term.span)
    changed = rebuilt(term, lambda part: with_last_members(part, families))
    if isinstance(changed, Derivative):
        variable = with_last_members(changed.variable, families)
        return changed if variable == changed.variable else replace(changed, variable=variable)
    return changed


def _is_single(member: Entry) -> bool:
    return isinstance(member.array, Name) and len(member.indices) == 1 and shifted(member.indices[0])[0] is not None


def _formula(member: Entry, given: Given) -> Term | None:
    """Return what gives a member, None where no formula does."""
    assert isinstance(member.array, Name)
    defined = given.get(member.array.symbol)
    if defined is None or len(defined.parameters) != 1:
        return None
    return substitute(defined.body, {defined.parameters[0]: member.indices[0]})


def _mentions(term: Term, member: Entry) -> bool:
    return any(part == member for part in subterms(term))


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways from a member to the loss. given: all that formulas give; members: those that are differentiated by."""

    given: Given
    members: frozenset[Term]
    ends: Callable[[str], bool]

    def covered(self, member: Entry, links: int = _MOST_LINKS) -> bool:
        """Return whether all that a member enters is differentiated by, or enters only such things."""
        entered = list(self._entered(member))
        if not entered or links == 0:
            return False
        return all(e is not None and (e in self.members or self.covered(e, links - 1)) for e in entered)

    def _entered(self, member: Entry) -> Iterator[Entry | None]:
        """Yield the members whose formulas have this one; None for what is no single member."""
        for symbol, defined in self.given.items():
            for part in {t for t in subterms(defined.body) if isinstance(t, Entry) and t.array == member.array}:
                if not defined.parameters:
                    yield None
                    continue
                name, shift = shifted(part.indices[0]) if len(part.indices) == 1 else (None, 0)
                if len(defined.parameters) != 1 or name != defined.parameters[0]:
                    yield None
                    continue
                index, own = shifted(member.indices[0])
                place = plus(Name(index or ""), own - shift)
                if not (self.ends(index or "") and own - shift > 0):
                    yield Entry(Name(symbol), (place,))
