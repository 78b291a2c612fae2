r"""Arrays whose entries are given by formulas: W_{ij} = x_i x_j says what W is, W_{ij} = 0 for i > j only in part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import without_commas
from errata.language.definitions import free_symbols
from errata.language.prose.harvested import Harvest
from errata.language.prose.segments import Sentence
from errata.language.scope import Definition
from errata.language.sorts import Matrix, Sort, Vector
from errata.language.syntax import Node, leaf_text
from errata.language.terms import Comparison, Entry, Name, subterms

_LIMIT = re.compile(r"<|>|\\(?:le|ge|ne|leq|geq|neq|lt|gt|leqslant|geqslant)(?![a-zA-Z])|\\not\s*=")
_RANGE = re.compile(r"\s*[01]\s*(?:<|\\leq?(?![a-zA-Z]))")
_SUBSCRIPT = re.compile(r"_(?:\{[^{}]*\}|\w)")
"""N_k > 0 compares no index."""
_DOTS = ("\\dots", "\\ldots", "\\cdots")
_EQUAL = re.compile(r"\s*\w\s*=\s*\w\s*")


def whole_ones(
    in_entries: Iterable[str], conditions: Iterable[Comparison], sorts: Mapping[str, Sort]
) -> dict[str, str]:
    r"""Return the vectors and matrices that formulas speak of by their entries, each with words that say so.

    in_entries: what is defined entry by entry. A formula with a free index, W_{ii} = 0, holds for all its values, but
    an interpretation draws one; so neither tells what an interpretation makes of the whole array.
    """
    found = dict.fromkeys(in_entries, "its entries are given by a formula")
    for condition in conditions:
        if condition.relation == "=":
            found.update(dict.fromkeys(indexed_freely(condition, sorts), "a condition on its entries"))
    return {symbol: words for symbol, words in found.items() if isinstance(sorts.get(symbol), Vector | Matrix)}


def indexed_freely(condition: Comparison, sorts: Mapping[str, Sort]) -> set[str]:
    """Return the arrays of which a condition takes entries at a free index that nothing declares."""
    return {
        entry.array.symbol
        for side in (condition.left, condition.right)
        for entry in subterms(side)
        if isinstance(entry, Entry) and isinstance(entry.array, Name)
        if any(isinstance(i, Name) and i.symbol in free_symbols(side) - sorts.keys() for i in entry.indices)
    }


def without_limited(found: Harvest, sentence: Sentence) -> Harvest:
    """Take out definitions of entries that a sentence limits to some of them: W_{ij} = 0 for i > j."""
    limited = {d.symbol for d in found.definitions if d.entry_wise and _is_limited(d, sentence)}
    if not limited:
        return found
    words = " ".join(sentence.text.split())[:80]
    return replace(
        found,
        definitions=tuple(d for d in found.definitions if d.symbol not in limited),
        not_understood=MappingProxyType({**dict.fromkeys(sorted(limited), words), **found.not_understood}),
    )


def _is_limited(definition: Definition, sentence: Sentence) -> bool:
    """Return whether some formula of the sentence compares an index: i > j, i = j, but not 1 <= i <= n."""
    return any(
        any(re.search(rf"(?<![a-zA-Z\\]){re.escape(index)}(?![a-zA-Z])", latex) for index in definition.parameters)
        for formula in sentence.formulas
        if _compares(formula.latex) and (latex := _SUBSCRIPT.sub("", formula.latex))
    )


def limited_names(conditions: Iterable[Sequence[Sequence[Node]]]) -> frozenset[str]:
    """Return the names that conditions beside a formula compare, each given by its sides; of 1 <= i <= n none.

    Nor of i = 1, ..., n, which gives a range too.
    """
    return frozenset(
        symbol
        for sides in conditions
        if symbols.label(without_commas(sides[0])) not in ("0", "1")
        if not any(leaf_text(node) in _DOTS for node in sides[-1])
        for side in sides
        for node in side
        if (symbol := symbols.decorated(node)) is not None
    )


def _compares(latex: str) -> bool:
    if _EQUAL.fullmatch(latex):
        return True
    return bool(_LIMIT.search(latex)) and not _RANGE.match(latex)
