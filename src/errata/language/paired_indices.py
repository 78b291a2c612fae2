r"""Quantities between two times: \bar G_{t:h} = \sum_{i=t+1}^h R_i, and G_{t:t+n} for n steps from t on.

Where an equation says what such a thing is, its two places are indices: it is a family of two of them, apart from one
of the same letter with a single index. Elsewhere x_{1:T} is a name for a list, and is left as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations
from errata.language.syntax import Group, Leaf, Node, Scripted, everything, leaf_text
from errata.language.terms import Name, Negative, Number, Sum, Term

LABEL = "\\cdot:\\cdot"
"""The label of a family whose members stand between two times."""
Second = Literal["end", "length"]
"""What the second index of such a family is: where it ends, or how many steps that is from where it begins."""


def paired(formulas: Iterable[Sequence[Node]]) -> Mapping[str, Second]:
    """Return the names that an equation explains with two places below them; not those with two kinds of equations."""
    found: dict[str, set[Second]] = {}
    for base, _, kind in _heads(formulas):
        found.setdefault(base, set()).add(kind)
    return {base: next(iter(kinds)) for base, kinds in found.items() if len(kinds) == 1}


def letters_of_places(formulas: Iterable[Sequence[Node]], names: Collection[str]) -> frozenset[str]:
    """Return the letters with which these names are explained: they count."""
    heads = (head.lower or () for base, head, _ in _heads(formulas) if base in names)
    return frozenset(leaf_text(n) for lower in heads for n in lower if leaf_text(n).isalpha())


def _heads(formulas: Iterable[Sequence[Node]]) -> Iterator[tuple[str, Scripted, Second]]:
    for formula in formulas:
        members, relations = split_relations(formula)
        if not relations or relation_of(relations[0]) not in ("=", ":=") or len(members[0]) != 1:
            continue
        head = members[0][0]
        kind = _kind(head, members[1])
        base = symbols.base_symbol(head.base) if isinstance(head, Scripted) else None
        if base is not None and kind is not None and isinstance(head, Scripted):
            yield base, head, kind


def places(lower: Sequence[Node] | None) -> tuple[tuple[Node, ...], tuple[Node, ...]] | None:
    """Return both places of t:h."""
    parts = split(lower or (), (":",))
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def steps(first: Term, last: Term) -> Term | None:
    """Return last - first worked out, of sums of names and whole numbers; None of anything else."""
    counts: dict[str, int] = {}
    for term, sign in ((last, 1), (first, -1)):
        for part in term.terms if isinstance(term, Sum) else (term,):
            bare, times = (part.term, -sign) if isinstance(part, Negative) else (part, sign)
            if isinstance(bare, Name):
                counts[bare.symbol] = counts.get(bare.symbol, 0) + times
            elif isinstance(bare, Number) and bare.value.denominator == 1:
                counts[""] = counts.get("", 0) + times * int(bare.value)
            else:
                return None
    if any(abs(count) > 1 for symbol, count in counts.items() if symbol):
        return None
    number = counts.pop("", 0)
    signed = [Name(s) if count > 0 else Negative(Name(s)) for s, count in sorted(counts.items(), reverse=True) if count]
    terms: list[Term] = sorted(signed, key=lambda term: isinstance(term, Negative))
    if number or not terms:
        value = Number(Fraction(abs(number)))
        terms.append(Negative(value) if number < 0 else value)
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def _kind(head: Node, right: Sequence[Node]) -> Second | None:
    """Return what the second place of a head is, where the right side mentions what both are made of."""
    found = places(head.lower) if isinstance(head, Scripted) and not (head.upper or head.primes) else None
    if found is None or _is_list(right):
        return None
    first, second = ([leaf_text(n) for n in part] for part in found)
    letters = {t for part in found for n in part if (t := leaf_text(n)) != "+"}
    mentioned = {leaf_text(n) for n in everything(right)}
    alone = all(isinstance(n, Leaf) and n.token.kind == "letter" for part in found for n in part if leaf_text(n) != "+")
    if not alone or not letters <= mentioned or len(letters) != 2 or len(first) != 1:
        return None
    if len(second) == 1:
        return "end"
    return "length" if second[:2] == [first[0], "+"] and len(second) == 3 else None


def _is_list(nodes: Sequence[Node]) -> bool:
    groups = (n for n in everything(nodes) if isinstance(n, Group))
    return any(leaf_text(item) == "," for group in groups for item in group.items)
