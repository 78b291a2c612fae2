"""Means given what a law has besides: E[t | x] under p(x, t) or p(t | x) is the mean over p(t | x)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.definitions import free_symbols
from errata.language.informed_variables import JOINT
from errata.language.joint_laws import space_of
from errata.language.sorts import FiniteSpace, Law, Point, RandomVariable, Real
from errata.language.terms import Draw, LawReference, Name, Slot, Term

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def conditional_draws(
    meaning: Meaning, draws: tuple[Draw, ...], body: Sequence[Term], given: tuple[Term, ...]
) -> tuple[tuple[Draw, ...], tuple[Term, ...]]:
    """Return the draws and conditions of a mean with a bar: draws from the conditional law, where one law tells it.

    Conditions such as X = 2, and variables whose law is declared, are left to be looked up where they are averaged.
    """
    scope = meaning.knowledge.scope
    conditions = tuple(Slot(space_of(c.symbol, scope), c) for c in given if isinstance(c, Name))
    spaces = {slot.space for slot in conditions}
    if len(conditions) != len(given) or any(_is_random(meaning, c.value) for c in conditions):
        return draws, given
    if draws:
        conditioned = tuple(_given(draw, conditions) for draw in draws)
        kept = tuple(d for d in conditioned if d is not None)
        return (kept, ()) if len(kept) == len(draws) else (draws, given)
    fixed = {c.symbol for c in given if isinstance(c, Name)}
    free = sorted(set().union(*(free_symbols(part) for part in body)) - fixed)
    points = [s for s in free if meaning.knowledge.is_space(space_of(s, scope)) and not meaning.knowledge.is_law(s)]
    points = [s for s in points if space_of(s, scope) not in spaces]
    names = [s for s in points if s not in meaning.bound] or points  # E[t | x] averages a t of its own
    law = law_of_variables(meaning, [*names, *spaces]) if names else None
    if law is None or not all(_may_be_drawn(meaning, s, law) for s in names):
        return draws, given
    slots = tuple(Slot(space_of(s, scope), Name(s)) for s in names)
    reference = LawReference(Name(law), slots, conditions)
    return tuple(Draw(Name(s), space_of(s, scope), reference) for s in names), ()


def draws_of_one_law(meaning: Meaning, body: Sequence[Term]) -> tuple[Draw, ...]:
    """Return the draws of a mean that names no law, where one law of the note is over its variables; () elsewhere.

    The variables are declared, points of spaces; undeclared ones are made random later, by what the terms tell.
    The law's conditions must be parameters that it is always written with, as mu in p(x | mu).
    """
    known = meaning.knowledge
    free = sorted(set().union(*(free_symbols(part) for part in body)) - set(meaning.bound))
    names = [s for s in free if known.is_space(symbols.base_name(s)) and not known.is_law(s)]
    spaces = {symbols.base_name(s) for s in names}
    laws = [law for law in known.usage.laws if spaces & set(known.spaces_of(law))]
    if not names or len(laws) != 1 or len(spaces) < len(names) or laws[0] == JOINT:
        return ()
    usage = known.law_usage(laws[0])
    points = all(isinstance(known.scope.sorts.get(s), Point | Real | None) for s in names)
    finite = all(isinstance(known.scope.spaces.get(space), FiniteSpace) for space in spaces)
    if set(usage.values) != spaces or set(usage.given) & spaces or not (points and finite):
        return ()
    if any(s in known.scope.definitions for s in names):
        return ()
    given = tuple(Slot(s, Name(known.usage.points.get(s, s))) for s in usage.given)
    law = LawReference(Name(laws[0]), tuple(Slot(symbols.base_name(s), Name(s)) for s in names), given)
    meaning.assumed.append(f"the mean is taken under {laws[0]}")
    return tuple(Draw(Name(s), symbols.base_name(s), law) for s in names)


def _is_random(meaning: Meaning, value: Term) -> bool:
    return isinstance(value, Name) and isinstance(meaning.knowledge.scope.sorts.get(value.symbol), RandomVariable)


def _may_be_drawn(meaning: Meaning, symbol: str, law: str) -> bool:
    """Return whether nothing gives the variable another law."""
    sort = meaning.knowledge.scope.sorts.get(symbol)
    if not isinstance(sort, RandomVariable):
        return symbol not in meaning.knowledge.scope.definitions
    return isinstance(sort.law, LawReference) and sort.law.law.symbol == law


def _given(draw: Draw, conditions: tuple[Slot, ...]) -> Draw | None:
    law = draw.law
    if not isinstance(law, LawReference) or law.given or {s.space for s in conditions} & {s.space for s in law.values}:
        return None
    return replace(draw, law=replace(law, given=conditions))


def law_of_variables(meaning: Meaning, variables: Sequence[str], *, unnamed: bool = False) -> str | None:
    """Return the only law over all these variables; where there are several, the one named p.

    unnamed: where there is none, the joint law that entropies imply will do.
    """
    spaces = {space_of(v, meaning.knowledge.scope) for v in variables}
    usage = meaning.knowledge.usage.laws
    fitting = [name for name, use in usage.items() if spaces <= set(use.all) and name != JOINT]
    for symbol, sort in meaning.knowledge.scope.sorts.items():
        if isinstance(sort, Law) and spaces <= set(sort.spaces) and symbol not in fitting:
            fitting.append(symbol)
    if not fitting and unnamed and JOINT in usage and spaces <= set(usage[JOINT].all):
        return JOINT
    if len(fitting) == 1:
        return fitting[0]
    named = [name for name in fitting if name.lower() == "p"]
    return named[0] if len(named) == 1 else None


def labelled_law(meaning: Meaning, label: str) -> str | None:
    r"""Return the only law that has this below its letter: \mathbb{E}_{data} averages under p_{data}."""
    laws = {s for s, sort in meaning.knowledge.scope.sorts.items() if isinstance(sort, Law)}
    laws |= meaning.knowledge.usage.laws.keys() | {d.law for d in meaning.knowledge.scope.densities}
    found = [law for law in laws if _label(law) == label]
    return found[0] if len(found) == 1 else None


def _label(law: str) -> str:
    return law.split("_{", 1)[1].removesuffix("}") if "_{" in law else ""
