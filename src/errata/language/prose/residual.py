"""What was not understood: the words of declaring clauses that no rule consumed, and whose names they touch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from errata.language.definitions import free_symbols
from errata.language.prose.binding import Binder
from errata.language.prose.lexing import Token, quoted
from errata.language.prose.names_of_values import names_of_values
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import BareSet, Equation, IndexRange, Names, Other, Part, Shape
from errata.language.prose.segments import Formula
from errata.language.prose.zones import Zone, is_mention
from errata.language.scope import Definition


class Residual:
    """Finds the words left over in one sentence; `unbound` are the phrases that spoke about nobody."""

    def __init__(
        self,
        tokens: Sequence[Token],
        zones: Sequence[Zone],
        parts: Sequence[tuple[Part, ...]],
        formulas: Sequence[Formula],
        unbound: Collection[int],
        notes: Notebook,
    ) -> None:
        self.tokens = tokens
        self.zones = zones
        self.parts = parts
        self.formulas = formulas
        self.unbound = unbound
        self.notes = notes

    def enter(self, active: Collection[int]) -> None:
        """Block the names that the words left over in these clauses may be about."""
        pieces = [p for p in self._pieces() if self.zones[p[0]].clause in active]
        everyone = [name for piece in pieces for name in self._spoken_about(piece)]
        called = names_of_values(self.tokens, self._defines)
        for piece in pieces:
            kinds = ("word", "negation")
            unread = (i for i in piece if self.tokens[i].kind in kinds or i in self.unbound)
            left = [i for i in unread if i not in called]
            without_names = [i for i in piece if self._says(i)]
            left += without_names if without_names and self._spoken_about(piece) else []
            if not left:
                continue
            words = quoted(" ".join(self.tokens[i].text for i in left), self.formulas)
            names = self._spoken_about(piece) or self._mentioned(piece) or [*everyone, *self._commands(piece)]
            self.notes.block_all(list(dict.fromkeys(names)), words)

    def _defines(self, token: Token) -> bool:
        """Return whether a formula defines a name by another formula."""
        parts = self.parts[token.formula]
        heads = {s.symbol for part in parts for s in part.subjects}
        defined = {d.symbol for d in self.notes.definitions} | {d.law for d in self.notes.densities}
        return all(isinstance(part, Equation) for part in parts) and bool(heads) and heads <= defined

    def _says(self, i: int) -> bool:
        """Return whether a formula without names stands among the words: "be $0/1$ variables"."""
        number = self.tokens[i].formula
        if number < 0 or not self.zones[i].strong or self.formulas[number].start in self.notes.consumed:
            return False
        parts = self.parts[number]
        if self.notes.read.heads(self.formulas[number].latex):
            return False
        return bool(parts) and all(isinstance(p, Other) and not p.subjects for p in parts)

    def _pieces(self) -> list[list[int]]:
        """Cut the sentence into clauses, and these where another verb has a subject of its own."""
        binder = Binder(self.tokens, self.parts)
        starts: set[int] = set()
        for i, token in enumerate(self.tokens):
            if i and (token.kind == "copula" or token.is_verb):
                group = binder.group_of_verb(i - 1)
                starts.update(k for k, t in enumerate(self.tokens) if group and t.formula == group[-1])
        pieces: list[list[int]] = []
        seen_subject = False
        for i, zone in enumerate(self.zones):
            fresh = i == 0 or zone.clause != self.zones[i - 1].clause
            if fresh or (i in starts and seen_subject):
                pieces.append([])
            seen_subject = i in starts or (seen_subject and not fresh)
            pieces[-1].append(i)
        return pieces

    def _spoken_about(self, piece: Sequence[int]) -> list[str]:
        """Return whom the piece speaks about; of a defined name, the unknown names of its formula."""
        names: list[str] = []
        for i in piece:
            for part in self.parts[self.tokens[i].formula] if self.tokens[i].formula >= 0 else ():
                match part:
                    case Names() if is_mention(self.tokens, i):
                        continue
                    case Equation():
                        names.extend(self._free_names(part))
                    case IndexRange() | Shape() | BareSet() | Other():
                        continue
                    case _:
                        names.extend(s.symbol for s in part.subjects)
        return list(dict.fromkeys(names))

    def _free_names(self, part: Equation) -> list[str]:
        """Return the names of a definition's formula that nothing determines yet: the words may be about them."""
        notes = self.notes
        heads = {s.symbol for s in part.subjects}
        free: set[str] = set()
        defined = [d for d in notes.definitions if d.symbol in heads]
        densities = [d for d in notes.densities if d.law in heads]
        for definition in defined:
            free |= free_symbols(definition.body) - _parameters(definition)
        for density in densities:
            free |= free_symbols(density.body) - {symbol for _, symbol in (*density.values, *density.given)}
        if not defined and not densities:
            chain = notes.read.relation(part.latex) or ()
            free = {s for c in chain for side in (c.left, c.right) for s in free_symbols(side)}
        known = notes.scope.sorts
        return sorted(s for s in free if s not in known and not notes.is_defined(s) and s not in heads)

    def _mentioned(self, piece: Sequence[int]) -> list[str]:
        numbers = [self.tokens[i].formula for i in piece if self.tokens[i].formula >= 0 and self.zones[i].clean]
        plain = [k for k in numbers if not any(isinstance(p, Equation | Shape | BareSet) for p in self.parts[k])]
        return [symbol for k in plain for symbol in self.notes.read.heads(self.formulas[k].latex)]

    def _commands(self, piece: Sequence[int]) -> list[str]:
        """Return the notations that the piece speaks about: a bare \\\\exp or \\\\operatorname{vec}."""
        written = [self.formulas[self.tokens[i].formula].latex.strip() for i in piece if self.tokens[i].formula >= 0]
        return [latex for latex in written if _is_command(latex)]


def _parameters(definition: Definition) -> set[str]:
    return set(definition.parameters)


def _is_command(latex: str) -> bool:
    return latex.startswith("\\") and latex[1:].replace("operatorname", "").strip("{}").isalpha()
