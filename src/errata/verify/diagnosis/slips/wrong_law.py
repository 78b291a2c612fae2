r"""A mean is taken, or a density read, under another law than the step needs.

The law below an expectation decides what is averaged over; a conditional is not the joint law, and the law of the data
is not the model's. Everything else in the line can be right and the value is still another one.

Given: Let $p(x)$ and $q(x)$ be positive densities.
Wrong: \mathrm{KL}(p \| q) = \mathbb{E}_{x\sim q}\left[\log\frac{p(x)}{q(x)}\right]
Right: \mathrm{KL}(p \| q) = \mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right]
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.definitions import used_symbols
from errata.language.terms import Density, Draw, Expectation, Functional, LawReference, MomentOf, Name, Slot, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "wrong-law"
_ANY = Name("\\law")
_LAWFUL = (Density, Expectation, Functional, LawReference, MomentOf)


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    elsewhere = isinstance(slip.old, Density) and isinstance(slip.new, Density) and not _slots(slip.old, slip.new)
    mixed = elsewhere or (not isinstance(slip.old, _LAWFUL) and used_symbols(slip.old) == used_symbols(slip.new))
    if mixed or not slip.is_same(_lawless):  # in a mixture of laws, the same laws may have other weights
        return None
    return f"under another law: {words(slip.new)}, not {words(slip.old)}"


def _slots(one: Density, other: Density) -> set[Slot]:
    """Return the points that two densities have in common."""
    return {*one.values, *one.given} & {*other.values, *other.given}


def _lawless(term: Term) -> Term:
    match term:
        case Expectation(draws) | MomentOf(_, draws):
            return replace(term, draws=tuple(Draw(d.name, d.space, LawReference(_ANY)) for d in draws))
        case Density():
            return replace(term, law=_ANY, values=(), given=())
        case Functional(_, laws):
            return replace(term, laws=tuple(LawReference(_ANY) for _ in laws))
    return term
