r"""The likelihood of a whole sample: p(t | w) where the note says t_1, ..., t_N is a function of the parameters.

A law over one variable is a table over the points of its space; the density of all members of a family at once is
none. Where a relation gives it by a formula in these members, it is a name for that formula.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set

from errata.language.printer import to_latex
from errata.language.scope import Definition
from errata.language.sorts import Family, Vector
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.symbols import in_bold
from errata.language.terms import Density, Elementary, Entry, Name, Term, subterms

_SMALL = re.compile(r"^(\\mathbf\{)?([a-z])(\}?)$")


def likelihood_of(
    reading: Reading, state: State, averaged: Collection[str], guessed: Collection[str] = ()
) -> tuple[Density, Definition] | None:
    """Return the density of a whole family that a relation gives, as a name for its formula; None where it is none.

    averaged: variables that the note sums, integrates or averages over; a density over such a one stays a law.
    guessed: names of which nothing but formulas tells that they are arrays.
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
    members = _members(body, state, guessed)
    told = state.definitions.keys() | (state.sorts.keys() - set(guessed)) | state.announced | set(averaged)
    if not all(isinstance(n, Name) and n.symbol not in told and _is_whole(n.symbol, members) for n in names):
        return None
    spaces = {slot.space for slot in density.values}
    laws = [t for t in subterms(body) if isinstance(t, Density) and t.law == density.law]
    if any(slot.space in spaces for law in laws for slot in law.values):
        return None
    symbol = to_latex(density).replace(" \\mid ", "|")
    return density, Definition(symbol, (), body)


def _members(body: Term, state: State, guessed: Collection[str]) -> Set[str]:
    """Return the families whose members a formula is about, as the note writes them."""
    arrays = {t.array.symbol for t in subterms(body) if isinstance(t, Entry) and isinstance(t.array, Name)}
    sorts = {symbol: state.sorts.get(symbol) for symbol in arrays}
    families = {s for s, sort in sorts.items() if isinstance(sort, Family)}
    families |= {s for s, sort in sorts.items() if isinstance(sort, Vector) and s in guessed}
    return {symbol.removesuffix("_{\\cdot}") for symbol in families}


def _is_whole(symbol: str, members: Set[str]) -> bool:
    r"""Return whether a name stands for all members of a family: t, \mathbf{t} or T for t_n."""
    spelled = members | {_SMALL.sub(lambda m: f"{m[1] or ''}{m[2].upper()}{m[3]}", member) for member in members}
    return symbol in {s for m in spelled for s in (m, *in_bold(m), "\\mathcal{D}", "D")}
