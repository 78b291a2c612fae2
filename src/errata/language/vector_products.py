r"""Products with a sign between columns: v \cdot w is their inner product, perhaps the one entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language.cursor import cover, multiply
from errata.language.matching_sizes import is_column
from errata.language.terms import MatrixOperation, Product, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

TIMES = ("\\cdot", "*", "\\times")
ENTRYWISE = "entrywise dot"


def joined(meaning: Meaning, factors: Sequence[Term], signs: Sequence[str]) -> Term:
    """Return the product of factors, each with the sign before it, "" for none.

    Raises NotUnderstood for a cross product.
    """
    runs: list[tuple[str, list[Term]]] = []
    for factor, sign in zip(factors, signs, strict=True):
        if sign or not runs:
            runs.append((sign, []))
        runs[-1][1].append(factor)
    scope = meaning.knowledge.scope
    result = list(runs[0][1])
    for sign, run in runs[1:]:
        both = (multiply(result), multiply(run))
        if sign == "*" or not all(is_column(side, scope) for side in both):
            result += run
            continue
        if sign == "\\times":
            raise NotUnderstood("a cross product is not judged", cover(both) or cover(factors))  # type: ignore[arg-type]
        meaning.ambiguities.add(ENTRYWISE)
        operation = "hadamard" if ENTRYWISE in meaning.choices else "dot"
        result = [MatrixOperation(operation, both, span=cover(both))]
    return result[0] if len(result) == 1 else Product(tuple(result), span=cover(factors))
