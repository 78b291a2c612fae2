"""Columns of factors by their custom: beside A = U D U^T, u_i is the i-th column of U, and lambda_i is D_{ii}.

Notes that write a decomposition as a sum seldom say so. A step may be right by the custom; none is wrong by it, as
the letters may mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from errata.language import symbols
from errata.language.decompositions import Factored
from errata.language.scope import Definition
from errata.language.sorts import Family
from errata.language.state import State
from errata.language.syntax import Node, Scripted, everything
from errata.language.terms import Entry, MatrixOperation, Name, Product, Term

BY_CUSTOM = "that it is taken out of the decomposition is not said"
_CAPITAL = re.compile(r"[A-Z](?=[^A-Za-z]*$)")
_VALUES = {"eigen": ("\\lambda",), "svd": ("\\sigma", "s"), "cholesky": (), "qr": (), "lu": ()}
_INDEX = "i"


def written_both_ways(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the names that stand with an index in these formulas, and also without."""
    alone: set[str] = set()
    indexed: set[str] = set()
    for formula in formulas:
        nodes = list(everything(formula))
        bases = {id(n.base) for n in nodes if isinstance(n, Scripted) and n.lower}
        for node in nodes:
            symbol = symbols.base_symbol(node)
            if symbol is not None:
                (indexed if id(node) in bases else alone).add(symbol)
    return frozenset(alone & indexed)


def enter_columns(found: Factored, taken: Collection[str], state: State) -> None:
    """Enter what u_i and lambda_i are by custom, where nothing is known of them; declared ones may be so, too.

    taken: names that stand for something else: that are written without an index too, or are laws and functions.
    """
    for factor in found.factors:
        whole = Name(f"{factor.symbol}_{{\\circ}}")
        index = Name(_INDEX)
        if "diagonal" in factor.sort.properties:
            letters: tuple[str, ...] = (*_VALUES[found.name], _CAPITAL.sub(_small, factor.symbol))
            member: Term = Entry(whole, (index, index))
        elif found.name in ("eigen", "svd"):
            letters = (_CAPITAL.sub(_small, factor.symbol),)
            member = Product((whole, MatrixOperation("basis", (index,))))
        else:
            continue
        declared = (s for s in letters if isinstance(state.sorts.get(s), Family) and not _is_explained(s, state))
        state.not_understood.update({s: BY_CUSTOM for s in declared if s not in state.not_understood})
        free = [s for s in letters if s != factor.symbol and not _is_known(s, state) and s not in taken]
        for symbol in free:
            state.customary[symbol] = Definition(symbol, (_INDEX,), member, entry_wise=True)
            state.definitions[whole.symbol] = Definition(whole.symbol, (), Name(factor.symbol))
            state.not_understood[whole.symbol] = BY_CUSTOM


def _small(capital: re.Match[str]) -> str:
    return capital[0].lower()


def _is_known(symbol: str, state: State) -> bool:
    return symbol in state.sorts or symbol in state.announced or _is_explained(symbol, state)


def _is_explained(symbol: str, state: State) -> bool:
    return symbol in state.definitions or symbol in state.entries or symbol in state.customary
