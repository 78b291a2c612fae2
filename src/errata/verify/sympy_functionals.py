"""Functionals of laws (divergences, entropies, information) written as sums over spaces."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language.terms import (
    Draw,
    Elementary,
    Functional,
    Information,
    LawReference,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    Slot,
    StandardLaw,
    Sum,
    Term,
)
from errata.verify.sympy_forms import bare, difference, logarithm_of, parts_of, summed_over
from errata.verify.sympy_means import standard_form, standard_mean
from errata.verify.sympy_terms import CannotEncode

if TYPE_CHECKING:
    from errata.verify.sympy_lowering import Lowering

AtSlots = Callable[[tuple[Slot, ...], frozenset[str]], Term]
HALF = Quotient(Number(Fraction(1)), Number(Fraction(2)))


def functional(lowering: Lowering, term: Functional, bound: frozenset[str]) -> Term:
    """Return a divergence or an entropy of laws as a mean. Raises CannotEncode."""
    laws = term.laws
    match term.functional:
        case "kl":
            return _divergence(lowering, laws[0], laws[1], bound)
        case "cross_entropy":
            return Negative(_mean_log(lowering, laws[0], laws[1], laws, bound))
        case "entropy":
            return Negative(_mean_log(lowering, laws[0], laws[0], laws, bound))
        case "jsd":
            mixture = Quotient(Sum(laws), Number(Fraction(2)))
            both = Sum(tuple(_divergence(lowering, law, mixture, bound) for law in laws))
            return Product((HALF, both)) if lowering.scope.jsd_factor_half else both
        case "total_variation":
            slots = _common_slots(lowering, laws, bound)
            apart = difference(
                _density_of(lowering, laws[0], slots, bound), _density_of(lowering, laws[1], slots, bound)
            )
            return Product((HALF, summed_over(slots, Elementary("abs", (apart,)))))
    raise CannotEncode(f"the functional {term.functional}")


def _divergence(lowering: Lowering, first: Term, second: Term, bound: frozenset[str]) -> Term:
    def ratio(slots: tuple[Slot, ...], inner: frozenset[str]) -> Term:
        top, bottom = (_density_of(lowering, law, slots, inner) for law in (first, second))
        return logarithm_of(lowering.scope, Quotient(top, bottom))

    return _mean_of(lowering, first, (first, second), bound, ratio)


def _mean_log(lowering: Lowering, weight: Term, inside: Term, laws: tuple[Term, ...], bound: frozenset[str]) -> Term:
    def inner_log(slots: tuple[Slot, ...], inner: frozenset[str]) -> Term:
        return logarithm_of(lowering.scope, _density_of(lowering, inside, slots, inner))

    return _mean_of(lowering, weight, laws, bound, inner_log)


def _mean_of(lowering: Lowering, weight: Term, laws: tuple[Term, ...], bound: frozenset[str], make: AtSlots) -> Term:
    """Average a function of the point over a law; normal laws stay expectations."""
    resolved = lowering.resolved(weight, bound)
    if isinstance(resolved, StandardLaw):
        return _standard_mean_of(lowering, resolved, _named_space(lowering, laws, bound), bound, make)
    slots = _common_slots(lowering, laws, bound)
    inner = bound | frozenset(slot.value.symbol for slot in slots if isinstance(slot.value, Name))
    if isinstance(resolved, LawReference) and len(slots) == 1 and isinstance(slots[0].value, Name):
        draw = Draw(slots[0].value, slots[0].space, resolved)
        standard = standard_form(lowering, resolved, [draw], bound)
        if standard is not None:
            return standard_mean(draw, standard, make(slots, inner))
    average: Term = make(slots, inner)
    return summed_over(slots, Product((_density_of(lowering, weight, slots, inner), average)))


def _standard_mean_of(lowering: Lowering, law: StandardLaw, space: str, bound: frozenset[str], make: AtSlots) -> Term:
    name = Name(lowering.fresh.like(space))
    slots = (Slot(space, name),)
    return standard_mean(Draw(name, space, law), lowering.standard(law, bound), make(slots, bound | {name.symbol}))


def _named_space(lowering: Lowering, laws: tuple[Term, ...], bound: frozenset[str]) -> str:
    for law in laws:
        if not isinstance(lowering.resolved(law, bound), StandardLaw):
            slots = _slots_of(lowering, law, bound)
            if slots and len(slots) == 1:
                return slots[0][0]
    return "x"


def _density_of(lowering: Lowering, law: Term, slots: tuple[Slot, ...], bound: frozenset[str]) -> Term:
    given = law.given if isinstance(law, LawReference) else ()
    inner = bound | frozenset(slot.value.symbol for slot in slots if isinstance(slot.value, Name))
    return lowering.density(bare(law), slots, given, inner)


def _common_slots(lowering: Lowering, laws: tuple[Term, ...], bound: frozenset[str]) -> tuple[Slot, ...]:
    """Return fresh points of the spaces that all these laws are taken over."""
    named = [slots for law in laws if (slots := _named_slots(lowering, law)) is not None]
    chosen: list[tuple[str, str]]
    if named:
        chosen = named[0]
        if any(sorted(s for s, _ in other) != sorted(s for s, _ in chosen) for other in named):
            raise CannotEncode("a functional of laws over different spaces")
    else:
        options = [slots for law in laws if (slots := _slots_of(lowering, law, bound))]
        if not options:
            raise CannotEncode("a functional of laws over spaces that are never named")
        shared = [pair for pair in options[0] if all(pair[0] in {s for s, _ in other} for other in options)]
        if not shared:
            raise CannotEncode("a functional of laws over different spaces")
        chosen = shared
    return tuple(Slot(space, Name(lowering.fresh.like(name))) for space, name in chosen)


def _named_slots(lowering: Lowering, law: Term) -> list[tuple[str, str]] | None:
    if isinstance(law, LawReference) and law.values:
        pairs = [(s.space, s.value.symbol if isinstance(s.value, Name) else s.space) for s in law.values]
        return pairs
    if isinstance(law, Sum | Product | Quotient):
        for part in parts_of(law):
            found = _named_slots(lowering, part)
            if found is not None:
                return found
    return None


def _slots_of(lowering: Lowering, law: Term, bound: frozenset[str]) -> list[tuple[str, str]] | None:
    """Return the spaces of a law as (space, name to use for a point); None for a standard law."""
    named = _named_slots(lowering, law)
    if named is not None:
        return named
    law = lowering.resolved(law, bound)
    if isinstance(law, LawReference):
        return [(space, space) for space in lowering.spaces_of(law.law.symbol)]
    if isinstance(law, Sum | Product | Quotient):
        for part in parts_of(law):
            if lowering.is_law(part):
                return _slots_of(lowering, part, bound)
    return None


def information(lowering: Lowering, term: Information, bound: frozenset[str]) -> Term:
    """Return an entropy or a mutual information of parts of one law as a sum."""
    law = LawReference(term.law)
    renaming: dict[str, Term] = {}

    def opened(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        result = []
        for slot in slots:
            text = slot.value.symbol if isinstance(slot.value, Name) else slot.space
            name = renaming.setdefault(text, Name(lowering.fresh.like(text)))
            result.append(Slot(slot.space, name))
        return tuple(result)

    groups = [opened(group) for group in term.groups]
    given = term.given if term.fixed else opened(term.given)
    values = tuple(dict.fromkeys(slot for group in groups for slot in group))
    inner = bound | frozenset(name.symbol for name in renaming.values() if isinstance(name, Name))
    over = values if term.fixed else tuple(dict.fromkeys((*values, *given)))
    weight = lowering.density(law, over, given if term.fixed else (), inner)
    joint = lowering.density(law, values, given, inner)
    if term.kind == "entropy":
        return Negative(summed_over(over, Product((weight, logarithm_of(lowering.scope, joint)))))
    apart = Product(tuple(lowering.density(law, group, given, inner) for group in groups))
    return summed_over(over, Product((weight, logarithm_of(lowering.scope, Quotient(joint, apart)))))
