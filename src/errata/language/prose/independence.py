"""Independence as it is said: "$x$ and $y$ are independent", "$n$ is independent of $x$ and $y$"."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.prose.notebook import Notebook
from errata.language.scope import Independent
from errata.language.sorts import Family


def enter_independence(names: Sequence[str], notes: Notebook) -> None:
    """Enter that these are independent; of a family, so are all members."""
    families = tuple(s for s in names if isinstance(notes.sort_of(s), Family))
    notes.facts.append(Independent(tuple(names), members=families))


def enter_independence_of(names: Sequence[str], others: Sequence[str], notes: Notebook) -> None:
    """Enter that each name is independent of the others: of these among themselves nothing is said."""
    groups = (names, others)
    if all(len(group) < 2 or _known(group, notes) for group in groups):
        notes.facts.append(Independent((*names, *others)))
        return
    notes.facts.extend(Independent((name, other)) for name in names for other in others)


def _known(names: Sequence[str], notes: Notebook) -> bool:
    facts = (*notes.scope.facts, *notes.facts)
    return any(isinstance(f, Independent) and f.law is None and set(names) <= set(f.names) for f in facts)
