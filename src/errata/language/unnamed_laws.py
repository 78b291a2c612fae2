r"""Entropies that name no law, H(Y | X), beside another law of the same variables.

The one law of the notes over Y and X is taken for theirs. Where a step also averages X under another law, as in
\mathbb{E}_{x \sim p_g}[KL(p(y | x) || p(y))] = H(Y) - H(Y | X), the entropies may be those of X drawn from that law, so
that such a step is never wrong. A law that stands in logarithms alone averages nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.language.statements import Reading
from errata.language.terms import Density, Elementary, Information, LawReference, Term, children, subterms


def uncertain_entropies(reading: Reading) -> set[str]:
    """Return the laws that entropies of a relation are taken under, where another law of their variables is there."""
    parts = [part for side in (reading.left, reading.right) for part in subterms(side)]
    under = {part.law.symbol for part in parts if isinstance(part, Information)}
    averaging = [part for side in (reading.left, reading.right) for part in _outside_logarithms(side)]
    written = [part for part in averaging if isinstance(part, LawReference | Density)]
    spaces = {s.space for p in parts if isinstance(p, Information) for s in (*sum(p.groups, ()), *p.given)}
    others = {s.space for p in written if p.law.symbol not in under for s in p.values}
    return under if spaces & others else set()


def _outside_logarithms(term: Term) -> Iterator[Term]:
    yield term
    if not (isinstance(term, Elementary) and term.function == "log"):
        for part in children(term):
            yield from _outside_logarithms(part)
