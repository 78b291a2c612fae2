r"""The likelihood of a whole sample: p(t | w) where the note says t_1, ..., t_N is a function of the parameters.

A law over one variable is a table over the points of its space; the density of all members of a family at once is
none. Where a relation gives it by a formula in these members, it is a name for that formula.
"""

from __future__ import annotations

from collections.abc import Collection, Set

from errata.language.printer import to_latex
from errata.language.scope import Definition
from errata.language.sorts import Family
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.symbols import in_bold
from errata.language.terms import Density, Elementary, Entry, Name, Term, subterms


def likelihood_of(reading: Reading, state: State, averaged: Collection[str]) -> tuple[Density, Definition] | None:
    """Return the density of a whole family that a relation gives, as a name for its formula; None where it is none.

    averaged: variables that the note sums, integrates or averages over; a density over such a one stays a law.
    """
    match reading.left:
        case Density() as density:
            body = reading.right
        case Elementary("log", (Density() as density,)):
            body = Elementary("exp", (reading.right,))
        case _:
            return None
    names = [slot.value for slot in density.values]
    if density in state.likelihoods or not names or density.parameters:
        return None
    members = _members(body, state)
    if not all(isinstance(n, Name) and _is_whole(n.symbol, members, state, averaged) for n in names):
        return None
    spaces = {slot.space for slot in density.values}
    laws = [t for t in subterms(body) if isinstance(t, Density) and t.law == density.law]
    if any(slot.space in spaces for law in laws for slot in law.values):
        return None
    symbol = to_latex(density).replace(" \\mid ", "|")
    return density, Definition(symbol, (), body)


def _members(body: Term, state: State) -> Set[str]:
    """Return the families whose members a formula is about, as the note writes them."""
    arrays = (t.array for t in subterms(body) if isinstance(t, Entry))
    found = {a.symbol for a in arrays if isinstance(a, Name) and isinstance(state.sorts.get(a.symbol), Family)}
    return {symbol.removesuffix("_{\\cdot}") for symbol in found}


def _is_whole(symbol: str, members: Set[str], state: State, averaged: Collection[str]) -> bool:
    r"""Return whether an undeclared name stands for all members of a family: t, \\mathbf{t} or T for t_n."""
    if symbol in averaged or symbol in state.definitions or symbol in state.sorts:
        return False
    spellings = {s for m in members for s in (m, *in_bold(m), m.upper(), *in_bold(m.upper()), "\\mathcal{D}", "D")}
    return symbol in spellings
