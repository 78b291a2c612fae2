"""What was not understood: the words of declaring clauses that no rule consumed, and whose names they touch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from errata.language.prose.lexing import Token
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import BareSet, Equation, IndexRange, Names, Other, Part, Shape
from errata.language.prose.segments import Formula
from errata.language.prose.zones import Zone, is_mention


def enter_residual(
    tokens: Sequence[Token],
    ruled: Sequence[Zone],
    parts: Sequence[tuple[Part, ...]],
    formulas: Sequence[Formula],
    unbound: Collection[int],
    active: Collection[int],
    notes: Notebook,
) -> None:
    """Block the names of every active clause that has words left over.

    `unbound` are the phrases that spoke about nobody, `active` the clauses in which something is declared.
    """
    everyone = [name for clause in sorted(active) for name in _names(tokens, ruled, parts, clause, notes)]
    for clause in sorted(active):
        inside = [i for i, zone in enumerate(ruled) if zone.clause == clause]
        left = [i for i in inside if tokens[i].kind in ("word", "negation") or i in unbound]
        if not left:
            continue
        words = _quote(tokens, left, formulas)
        numbers = [tokens[i].formula for i in inside if tokens[i].formula >= 0]
        names = _names(tokens, ruled, parts, clause, notes)
        names = names or [s for k in numbers for s in _mentioned(parts[k], formulas[k], notes)]
        if not names:
            names = list(everyone)
            names += [formulas[k].latex.strip() for k in numbers if _is_command(formulas[k].latex.strip())]
        notes.block_all(list(dict.fromkeys(names)), words)


def _quote(tokens: Sequence[Token], left: list[int], formulas: Sequence[Formula]) -> str:
    words: list[str] = []
    for i in left:
        words.append("".join(f"${formulas[ord(c) - 0xE000].latex}$" if c >= "\ue000" else c for c in tokens[i].text))
    return " ".join(words)


def _is_command(latex: str) -> bool:
    return latex.startswith("\\") and latex[1:].replace("operatorname", "").strip("{}").isalpha()


def _names(
    tokens: Sequence[Token],
    ruled: Sequence[Zone],
    parts: Sequence[tuple[Part, ...]],
    clause: int,
    notes: Notebook,
) -> list[str]:
    """Return whom the clause speaks about; of a defined name, the unknown names of its formula."""
    names: list[str] = []
    for i, token in enumerate(tokens):
        if token.formula < 0 or ruled[i].clause != clause:
            continue
        for part in parts[token.formula]:
            match part:
                case Names() if is_mention(tokens, i):
                    continue
                case Equation():
                    heads = set(notes.read.heads(part.latex)) - {s.symbol for s in part.subjects}
                    names.extend(sorted(h for h in heads if h not in notes.scope.sorts and not notes.is_defined(h)))
                case IndexRange() | Shape() | BareSet() | Other():
                    continue
                case _:
                    names.extend(s.symbol for s in part.subjects)
    return list(dict.fromkeys(names))


def _mentioned(parts: tuple[Part, ...], formula: Formula, notes: Notebook) -> tuple[str, ...]:
    if any(isinstance(p, Equation | Shape | BareSet) for p in parts):
        return ()
    return notes.read.heads(formula.latex)
