r"""Inline formulas of declarations, cut into parts: names \in set, f : A \to B, x \sim p, chains, ranges."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from fractions import Fraction
from typing import cast

from errata.language.asymptotics import compares_formulas
from errata.language.prose.columns import written_out
from errata.language.prose.harvested import Reader
from errata.language.prose.latex_pieces import (
    DOTS,
    Relating,
    Tokens,
    bracketed,
    latex_of,
    relating,
    scripted,
    split_at,
    tokenise,
)
from errata.language.prose.parts import (
    BareSet,
    Depends,
    Drawn,
    Equation,
    IndexRange,
    Inequality,
    MapsTo,
    Membership,
    Names,
    Other,
    Part,
    Perpendicular,
    PositiveDefinite,
    Shape,
    Subject,
    Vanishing,
)
from errata.language.prose.sets import ElementSet, element_set, integers_from, open_run
from errata.language.sorts import Matrix, Vector
from errata.language.symbols import in_bold
from errata.language.terms import Number, Relation, Term

INDEX_LETTERS = frozenset("ijklmnt")
_ORDER = frozenset(("<", "<=", ">", ">=", "!="))
_MARKS = frozenset(("*", "\\star", "\\ast", "\\prime", "\\dagger", "'"))
_LAW_LETTERS = frozenset("pqPQ")


def parts_of(latex: str, read: Reader, labels: Container[str] = ()) -> tuple[Part, ...]:
    """Return what the formula says; `labels` are the symbols known to be whole names (\\mu_{k})."""
    tokens = tokenise(latex)
    if not tokens:
        return ()
    return _Cutter(read, labels).cut(tokens)


_GATHERED = re.compile(r"\\\{(?P<member>[^=]+?)\\\}(?:_\{?(?P<index>[a-z])=1\}?\^(?P<size>\{[^{}]+\}|\w))")
r"""\{x_i\}_{i=1}^n."""

_ONE = Number(Fraction(1))


class _Cutter:
    """Cuts one formula; holds the reader and the known labels."""

    def __init__(self, read: Reader, labels: Container[str]) -> None:
        self.read = read
        self.labels = labels

    def cut(self, tokens: Tokens) -> tuple[Part, ...]:
        pieces = split_at(tokens, (",", ";"))
        if len(pieces) == 1 and (alone := self._alone(tokens)):
            return (alone,)
        parts: list[Part] = []
        pending: list[Tokens] = []
        i = 0
        while i < len(pieces):
            cut = relating(pieces[i])
            end = _range_end(pieces, i, cut)
            low = open_run([cut.sides[1], *pieces[i + 1 :]]) if cut.relations == ("=",) else None
            if end is not None:
                parts.append(self._range(pending, cut, pieces[end]))
                pending, i = [], end
            elif low is not None:
                counted = self._subjects([*pending, cut.sides[0]])
                parts.append(Membership(latex_of(tokens), counted or (), integers_from(low)))
                pending, i = [], len(pieces)
            elif cut.relations:
                parts.extend(self._related(pending, cut, pieces[i]))
                pending = []
            elif (shaped := self._with_shape(pieces[i])) is not None:
                parts.append(shaped)
            elif pieces[i]:
                pending.append(pieces[i])
            i += 1
        if pending:
            parts.extend(self._names(pending))
        return tuple(parts)

    # Pieces without a relation -----------------------------------------------------------------------

    def _alone(self, tokens: Tokens) -> Part | None:
        """Read a formula that is only a shape or only a set."""
        latex = latex_of(tokens)
        gathered = _GATHERED.fullmatch(latex)
        if gathered is not None:
            family = self.subject(tokenise(gathered["member"]))
            size = self.read.term(gathered["size"].strip("{}"))
            if family is not None and family.indices == (gathered["index"],) and size is not None:
                return Names(latex, (replace(family, indices=(), sizes=(size,)),))
        factors = split_at(tokens, ("\\times", "×"))
        if len(factors) == 2 and tokens[0] not in ("\\mathbb", "\\{", "(", "["):
            rows, columns = (self.read.term(latex_of(f)) for f in factors)
            if rows is not None and columns is not None:
                return Shape(latex, (), rows, columns)
        if tokens[0] in ("\\mathbb", "\\{", "(", "[", "\\R", "\\reals", "\\Delta"):
            elements = element_set(tokens, self.read)
            if elements is not None and not relating(tokens).relations:
                return BareSet(latex, (), elements)
        return None

    def _with_shape(self, tokens: Tokens) -> Part | None:
        """Read X_{n \\times p} as a matrix of that shape, a column where p is 1; None for anything else."""
        name = scripted(tokens)
        if name is None or name.rest or name.upper or not {"\\times", "×"} & set(name.lower):
            return None
        whole, symbols = self.read.names(latex_of(tokens)), self.read.names(latex_of(name.base))
        shape = self._alone(name.lower)
        if whole != symbols or len(symbols) != 1 or not isinstance(shape, Shape):
            return None
        if shape.rows is None or shape.columns is None:
            return None
        sort = Vector(shape.rows) if shape.columns == _ONE else Matrix(shape.rows, shape.columns)
        return Membership(latex_of(tokens), (Subject(symbols[0]),), ElementSet(sort), in_passing=True)

    def _names(self, pieces: list[Tokens]) -> list[Part]:
        subjects = self._subjects(pieces)
        latex = ", ".join(latex_of(p) for p in pieces)
        return [Names(latex, subjects)] if subjects else [Other(latex)]

    def _subjects(self, pieces: list[Tokens]) -> tuple[Subject, ...] | None:
        """Return the names of a list, x_1, \\dots, x_N as one family; None where one is no name."""
        subjects: list[Subject] = []
        written: list[Tokens] = []
        i = 0
        while i < len(pieces):
            if len(pieces[i]) == 1 and pieces[i][0] in DOTS:
                if not written:
                    return None
                if i + 1 == len(pieces) and (endless := self._endless(written)) is not None:
                    return (*subjects[: -len(written)], endless)
                if i + 1 >= len(pieces):
                    return None
                kept = next((k for k, w in enumerate(written) if _same_base(w, pieces[i + 1])), len(written))
                family = self._family(written[kept], pieces[i + 1]) if kept < len(written) else None
                if family is None:
                    return None
                subjects[kept:] = [family]
                written[kept:] = [pieces[i + 1]]
                i += 2
                continue
            subject = self.subject(pieces[i])
            if subject is None:
                return None
            subjects.append(subject)
            written.append(pieces[i])
            i += 1
        return tuple(subjects)

    def _endless(self, written: list[Tokens]) -> Subject | None:
        """Return the family X_1, X_2, ... that goes on for ever; None where the names are no such family."""
        names = [scripted(w) for w in written]
        places = [str(n) for n in range(1, len(written) + 1)]
        if not all(n is not None and n.base == names[0].base and not n.rest and not n.upper for n in names if names[0]):
            return None
        if [latex_of(n.lower) for n in names if n is not None] != places:
            return None
        symbols = self.read.names(latex_of(names[0].base)) if names[0] else ()
        return Subject(symbols[0], sizes=(None,)) if len(symbols) == 1 else None

    def _family(self, first: Tokens, last: Tokens) -> Subject | None:
        one, end = scripted(first), scripted(last)
        if one is None or end is None or one.base != end.base or one.rest or end.rest:
            return None
        symbols = self.read.names(latex_of(one.base))
        if len(symbols) != 1:
            return None
        if one.lower == ("1",) and one.upper == end.upper:
            size = self.read.term(latex_of(end.lower))
        elif bracketed(one.upper) == ("1",) and one.lower == end.lower:
            size = self.read.term(latex_of(bracketed(end.upper) or ()))
        else:
            return None
        return Subject(symbols[0], sizes=(size,)) if size is not None else None

    def subject(self, tokens: Tokens) -> Subject | None:
        """Return the name, family member or call that the tokens are; None where they are none of these."""
        name = scripted(tokens)
        if name is None:
            return None
        if name.rest:
            return self._call(tokens, name.rest)
        whole = self.read.names(latex_of(tokens)) if _is_label(name.upper) else ()
        if len(whole) == 1 and whole[0] in self.labels:
            return Subject(whole[0])
        member = self._member(name.base, name.lower, name.upper)
        return member or (Subject(whole[0]) if len(whole) == 1 else None)

    def _member(self, base: Tokens, lower: Tokens, upper: Tokens) -> Subject | None:
        over = bracketed(upper)
        index = over if over is not None and not lower else lower if not upper else ()
        letters = [t for t in index if t not in (",", "'", "\\prime", "^", "{", "}")]
        doubled = len(letters) > 1 and len(set(index)) == 1
        if doubled or not letters or not all(t in INDEX_LETTERS for t in letters):
            return None
        symbols = self.read.names(latex_of(base))
        if len(symbols) != 1 or symbols[0] in _LAW_LETTERS:
            return None
        return Subject(symbols[0], indices=tuple(letters))

    def _call(self, tokens: Tokens, rest: Tokens) -> Subject | None:
        inside = bracketed(rest)
        if inside is None:
            return None
        function = self.subject(tokens[: len(tokens) - len(rest)])
        if function is None:
            return None
        groups = split_at(inside, ("|", "\\mid", "\\vert"))
        if len(groups) > 2:
            return None
        symbols = [self._arguments(g) for g in groups]
        if any(s is None for s in symbols):
            return None
        values = symbols[0] or ()
        return replace(function, arguments=values, given=(symbols[1] or ()) if len(symbols) == 2 else ())

    def _arguments(self, tokens: Tokens) -> tuple[str, ...] | None:
        values = split_at(tokens, (";",))[0]
        found = [self.read.names(latex_of(piece)) for piece in split_at(values, (",",))]
        return tuple(f[0] for f in found) if found and all(len(f) == 1 for f in found) else None

    # Pieces with a relation --------------------------------------------------------------------------

    def _related(self, pending: list[Tokens], cut: Relating, piece: Tokens) -> list[Part]:
        subjects = self._subjects([*pending, cut.sides[0]])
        latex = latex_of(piece)
        if subjects is None and cut.relations == ("~",) and (drawn := self._drawn_given(pending, cut, latex)):
            return [drawn]
        if subjects is None and pending:
            return [*self._names(pending), *self._related([], cut, piece)]
        if "~" in cut.relations and compares_formulas(latex):
            return [Other(latex)]
        match cut.relations:
            case ("in",):
                elements = element_set(cut.sides[1], self.read)
                return [Membership(latex, subjects, elements)] if subjects else [Other(latex)]
            case ("=", "in") if subjects:
                equation = latex_of(split_at(piece, ("\\in", "∈"))[0])
                member = Membership(latex, subjects, element_set(cut.sides[2], self.read))
                return [Equation(equation, subjects), member]
            case ("=", "~") if subjects:
                equation = latex_of(split_at(piece, ("\\sim", "∼"))[0])
                drawn = Drawn(latex, subjects, latex_of(cut.sides[2]), stacked=latex_of(cut.sides[1]))
                return [Equation(equation, subjects), drawn]
            case ("~",) if not subjects and "\\begin" in cut.sides[0]:
                return [Drawn(latex, (), latex_of(cut.sides[1]), stacked=latex_of(cut.sides[0]))]
            case ("~",) if subjects:
                iid = cut.decorations[0].lower() in ("iid", "textiid", "mathrmiid", "rmiid")
                return [Drawn(latex, subjects, latex_of(cut.sides[1]), iid)]
            case (":", "to") if subjects:
                return [self._maps(subjects, cut, latex)]
            case ("succ",) if subjects and cut.sides[1] == ("0",):
                return [PositiveDefinite(latex, subjects)]
            case ("to",) if subjects and cut.sides[1] == ("0",):
                return [Vanishing(latex, subjects)]
            case ("perp",) | ("perp", "perp"):
                sides = [s for s in cut.sides if s]
                both = [self._subjects([s]) for s in sides]
                if len(both) == 2 and both[0] and both[1]:
                    return [Perpendicular(latex, both[0] + both[1])]
                return [Other(latex)]
            case ("=",) if subjects and (size := self._spelled_out(subjects, cut.sides[1])) is not None:
                return [Membership(latex, subjects, ElementSet(Vector(size)))]
            case ("=",) if subjects and (on := self._dependence(subjects, cut.sides[1])):
                return [Depends(latex, subjects, on)]
        if all(r in _ORDER for r in cut.relations):
            return [self._inequality(subjects or (), cut, latex)]
        if "=" in cut.relations and all(r in _ORDER or r == "=" for r in cut.relations):
            before = self._names(pending) if pending else []
            return [*before, Equation(latex, (subjects or ())[-1:])]
        return [Other(latex, subjects or ())]

    def _drawn_given(self, pending: list[Tokens], cut: Relating, latex: str) -> Drawn | None:
        r"""Return what X \mid Y \sim law says; None where no names stand on both sides of the bar."""
        halves = split_at(cut.sides[0], ("|", "\\mid", "\\vert"))
        subjects = self._subjects([*pending, halves[0]]) if len(halves) == 2 else None
        given = self._arguments(halves[1]) if subjects else None
        if not subjects or not given or cut.decorations[0]:
            return None
        return Drawn(latex, subjects, latex_of(cut.sides[1]), given=given)

    def _maps(self, subjects: tuple[Subject, ...], cut: Relating, latex: str) -> Part:
        sources = [element_set(f, self.read) for f in split_at(cut.sides[1], ("\\times", "×"))]
        value = element_set(cut.sides[2], self.read)
        known = [s for s in sources if s is not None]
        if value is None or len(known) != len(sources) or any(s.conditions for s in (*known, value)):
            return Other(latex, subjects)
        return MapsTo(latex, subjects, tuple(known), value)

    def _spelled_out(self, subjects: tuple[Subject, ...], right: Tokens) -> Term | None:
        """Return n of x = (x_1, ..., x_n), by which x is a column of n numbers; the name may stand in bold."""
        column = written_out(latex_of(right))
        if column is None or len(subjects) != 1 or subjects[0].indices or subjects[0].arguments is not None:
            return None
        base, last = column
        symbol = subjects[0].symbol
        symbol = subjects[0].symbol
        same = any(s == symbol or symbol in in_bold(s) for s in self.read.names(base))
        return self.read.term(last) if same else None

    def _dependence(self, subjects: tuple[Subject, ...], right: Tokens) -> tuple[str, ...]:
        call = self.subject(right)
        if call is None or not call.arguments or len(subjects) != 1:
            return ()
        same = call.symbol == subjects[0].symbol and call.indices == subjects[0].indices
        return call.arguments if same and subjects[0].arguments is None else ()

    def _inequality(self, subjects: tuple[Subject, ...], cut: Relating, latex: str) -> Part:
        sides = tuple(self._side(side) for side in cut.sides)
        if subjects:
            sides = (subjects[-1], *sides[1:])
        return Inequality(latex, subjects, sides, tuple(cast(Relation, r) for r in cut.relations))

    def _side(self, tokens: Tokens) -> Subject | Term | None:
        term = self.read.term(latex_of(tokens))
        if isinstance(term, Number):
            return term
        return self.subject(tokens) or term

    def _range(self, pending: list[Tokens], cut: Relating, last: Tokens) -> Part:
        subjects = self._subjects([*pending, cut.sides[0]])
        low, high = self.read.term(latex_of(cut.sides[1])), self.read.term(latex_of(last))
        latex = f"{latex_of(cut.sides[0])} = {latex_of(cut.sides[1])}, \\dots, {latex_of(last)}"
        if subjects and low is not None and high is not None:
            return IndexRange(latex, subjects, low, high)
        return Other(latex, subjects or ())


def _range_end(pieces: list[Tokens], i: int, cut: Relating) -> int | None:
    """Return where i = 1, \\dots, n ends, when it begins here."""
    if cut.relations != ("=",):
        return None
    dots = next((k for k in range(i + 1, len(pieces)) if len(pieces[k]) == 1 and pieces[k][0] in DOTS), None)
    if dots is None or dots + 1 >= len(pieces) or relating(pieces[dots + 1]).relations:
        return None
    return dots + 1 if all(len(p) == 1 and p[0].isdigit() for p in pieces[i + 1 : dots]) else None


def _is_label(upper: Tokens) -> bool:
    """Return whether a superscript belongs to the name: a star, a prime, a bracket or a word, no power."""
    if not upper or bracketed(upper) is not None or all(t in _MARKS for t in upper):
        return True
    return upper[0] in ("\\text", "\\mathrm", "\\textrm") and "".join(upper[1:]) not in ("{T}", "{H}")


def _same_base(one: Tokens, other: Tokens) -> bool:
    first, second = scripted(one), scripted(other)
    return first is not None and second is not None and first.base == second.base
