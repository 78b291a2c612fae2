r"""The arguments of something that is not symmetric are the wrong way round.

A divergence, a conditional law, a quotient of two names: what stands first is not what stands second. KL(p, q) averages
under p; KL(q, p) under q, and the two differ for almost all laws.

Given: Let $p(x)$ and $q(x)$ be positive densities.
Wrong: \mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right] = \mathrm{KL}(q \| p)
Right: \mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right] = \mathrm{KL}(p \| q)
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.terms import Apply, Density, Elementary, Functional, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "swapped-arguments"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_sorted):
        return None
    return f"the arguments are the wrong way round: {words(slip.new)}, not {words(slip.old)}"


def _sorted(term: Term) -> Term:
    match term:
        case Functional(_, laws):
            return replace(term, laws=tuple(sorted(laws, key=repr)))
        case Apply(_, arguments):
            return replace(term, arguments=tuple(sorted(arguments, key=repr)))
        case Elementary(_, arguments) if len(arguments) == 2:
            return replace(term, arguments=tuple(sorted(arguments, key=repr)))
        case Density(_, values, given) if given:
            first, second = sorted((values, given), key=repr)
            return replace(term, values=first, given=second)
    return term
