r"""What undeclared names are, number, vector or matrix, from how a whole document uses them.

Evidence, strongest first: the argument of a trace, determinant or transpose, bold letters, norms; then, in a
product or sum with something that is no number, the case of the letter: capitals are matrices, and a lower
Latin letter directly right of a matrix or a row is a vector, and so is a Greek one that ends the product and scales
nothing elsewhere. A capital beside a vector in a sum is one, too, if it acts on nothing. A letter that counts, is a
size, a law, a function or stands in an exponent or under a fraction bar is a number. What rests on the case of a
letter alone is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from errata.language.sorts import Family, Function, Matrix, Sort, Vector
from errata.language.taken_arrays import arrays_taken, gradient_at
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Comparison,
    Density,
    Derivative,
    Draw,
    Entry,
    Expectation,
    LawReference,
    Limit,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
    subterms,
)

Kind = Literal["number", "vector", "row", "matrix", ""]
"""The empty kind: not known."""

ROUNDS = 6
_ARRAYS: tuple[Kind, ...] = ("vector", "row", "matrix")
_MATRIX_LETTERS = frozenset(("\\Sigma", "\\Lambda", "\\Psi", "\\Omega", "\\Phi", "\\Gamma", "\\Theta"))
_VECTOR_LETTERS = frozenset(f"\\{name}" for name in ("alpha", "beta", "gamma", "theta", "epsilon", "mu", "xi", "phi"))
"""Greek letters that vectors of parameters and of noise have."""
_BOLD = re.compile(r"\\(?:mathbf|vec)\{")
_SQUARE = frozenset(("trace", "determinant", "inverse"))
_LINEAR = frozenset(("trace", "determinant", "inverse", "transpose"))


@dataclass(frozen=True, slots=True)
class Guess:
    """What a name is taken for; `sure` where more than the case of its letter says so."""

    kind: Kind
    sure: bool


@dataclass(frozen=True, slots=True)
class Guesses:
    """Guesses for names, and for the elements of families: x_1, ..., x_N."""

    names: Mapping[str, Guess] = field(default_factory=dict)
    elements: Mapping[str, Guess] = field(default_factory=dict)

    def without(self, families: Collection[str]) -> Guesses:
        """Return the guesses without those for the elements of some families."""
        return Guesses(self.names, {s: guess for s, guess in self.elements.items() if s not in families})


def guess_kinds(
    comparisons: Iterable[Comparison],
    sorts: Mapping[str, Sort],
    taken: frozenset[str],
    explained: Collection[str] = (),
) -> Guesses:
    """Return what the undeclared names of these statements are that are no numbers.

    taken: symbols that are something else: functions, laws, points of spaces, names with a definition. explained:
    those of them that have a definition.
    """
    statements = tuple(comparisons)
    bold = any(_BOLD.search(t.symbol) for s in statements for t in subterms(s) if isinstance(t, Name))
    linear = any(isinstance(t, MatrixOperation) and t.operation in _LINEAR for s in statements for t in subterms(s))
    linear = linear or any(True for s in statements for t in subterms(s) for _ in arrays_taken(t, sorts))
    if not (bold or linear):
        return Guesses()
    below = frozenset(s for statement in statements for t in subterms(statement) for s in _below_fractions(t))
    reader = _Reader(sorts, taken | _numbers(statements), below, linear, explained)
    for statement in statements:
        reader.plain_evidence(statement)
    for _ in range(ROUNDS):
        before = (dict(reader.names), dict(reader.elements), dict(reader.defined))
        for gather in (reader.products, reader.sums, reader.sides):
            for statement in statements:
                gather(statement)
        if before == (reader.names, reader.elements, reader.defined):
            break
    entries = _indexed(statements) - reader.elements.keys()  # of which the entries are numbers, as far as is known
    names = {
        symbol: Guess(guess.kind, guess.sure or (guess.kind == "vector" and symbol in entries))
        for symbol, guess in reader.names.items()
        if guess.kind != "number"
    }
    elements = {symbol: guess for symbol, guess in reader.elements.items() if guess.kind != "number"}
    return Guesses(names, elements)


def _numbers(statements: Iterable[Comparison]) -> frozenset[str]:
    """The names that only numbers can be: indices, ends of ranges, exponents, laws and functions.

    A variable of a law, too, may be an array if it is in bold or if its transpose is taken.
    """
    found: set[str] = set()
    at_places: set[str] = set()
    transposed: set[str] = set()
    for statement in statements:
        for term in subterms(statement):
            found.update(_numbers_in(term))
            if isinstance(term, Density | LawReference):
                slots = (*term.values, *term.given)
                at_places.update(s.value.symbol for s in slots if isinstance(s.value, Name))
            elif isinstance(term, MatrixOperation) and term.operation == "transpose":
                transposed.update(_names_of(*(a for a in term.arguments if isinstance(a, Name))))
    return frozenset(found | {s for s in at_places - transposed if not _BOLD.search(s)})


def _numbers_in(term: Term) -> Iterator[str]:
    if isinstance(term, Aggregate):
        yield term.binder.name.symbol
        if isinstance(term.binder.domain, Range):
            yield from _names_of(term.binder.domain.low, term.binder.domain.high)
    elif isinstance(term, Entry):
        yield from _names_of(*term.indices)
    elif isinstance(term, Power) and not isinstance(term.exponent, Negative | Number):
        yield from _names_of(term.exponent)
    elif isinstance(term, Apply):
        yield term.function.symbol
    elif isinstance(term, Density | LawReference):
        yield term.law.symbol
    elif isinstance(term, Expectation):
        yield from (d.name.symbol for d in term.draws if isinstance(d, Draw))


def _indexed(statements: Iterable[Comparison]) -> set[str]:
    """Return the names that stand with one index: arrays, whatever their letter."""
    parts = (part for statement in statements for part in subterms(statement))
    entries = (p for p in parts if isinstance(p, Entry) and len(p.indices) == 1)
    return {entry.array.symbol for entry in entries if isinstance(entry.array, Name)}


def _below_fractions(term: Term) -> Iterator[str]:
    """The names that something is divided by: numbers, unless more than their letter says otherwise."""
    if isinstance(term, Quotient):
        under = term.denominator.factors if isinstance(term.denominator, Product) else (term.denominator,)
        yield from (t.symbol for t in under if isinstance(t, Name))


def _names_of(*terms: Term) -> Iterator[str]:
    return (t.symbol for term in terms for t in subterms(term) if isinstance(t, Name))


def is_capital(symbol: str) -> bool:
    """Return whether a name is a single capital letter, decorated or not."""
    base = _bare(symbol)
    return (len(base) == 1 and base.isupper()) or base in _MATRIX_LETTERS


def _is_lower_latin(symbol: str) -> bool:
    base = _bare(symbol)
    return len(base) == 1 and base.islower()


def _bare(symbol: str) -> str:
    """Return the letter of a name, without accents and labels (and as it is written, unlike its space)."""
    text = re.sub(r"[_^].*$|'+$", "", re.sub(r"^(?:\\(?:mathbf|vec|hat|tilde|bar|dot)\{)+", "", symbol))
    return text.rstrip("}'")


class _Reader:
    """Gathers guesses from one round over the statements; a guess that is made is kept.

    explained: names that definitions explain; they are what their formulas are.
    """

    def __init__(
        self,
        sorts: Mapping[str, Sort],
        numbers: frozenset[str],
        below: frozenset[str],
        linear: bool,
        explained: Collection[str],
    ) -> None:
        self.sorts = sorts
        self.numbers = numbers
        self.below = below
        self.linear = linear
        self.names: dict[str, Guess] = {}
        self.elements: dict[str, Guess] = {}
        self.standing: set[str] = set()
        self.scaling: set[str] = set()
        self.acting: set[str] = set()
        self.explained = explained
        self.defined: dict[str, Kind] = {}

    # Kinds ------------------------------------------------------------------------------------------

    def kind(self, term: Term) -> Kind:
        """Return what a term is by what is known so far."""
        if isinstance(term, Name):
            return self.kind_of_name(term.symbol)
        if isinstance(term, Entry):
            return self.kind_of_entry(term)
        if isinstance(term, Negative):
            return self.kind(term.term)
        if isinstance(term, Sum):
            return next((k for t in term.terms if (k := self.kind(t)) in ("vector", "row", "matrix")), "number")
        if isinstance(term, Product):
            kind: Kind = "number"
            for factor in term.factors:
                kind = combined(kind, self.kind(factor))
            return kind
        if isinstance(term, Quotient):
            return self.kind(term.numerator)
        if isinstance(term, Power):
            return "matrix" if self.kind(term.base) == "matrix" else "number"
        if isinstance(term, Aggregate | Expectation | Limit):
            return self.kind(term.body)
        if isinstance(term, Derivative):
            return self.kind(term.variable) if self.kind(term.body) == "number" else ""
        if isinstance(term, MatrixOperation):
            return self.kind_of_operation(term)
        if isinstance(term, At):
            return self.kind(gradient_at(term) or term.body)
        if isinstance(term, Apply):
            sort = self.sorts.get(term.function.symbol)
            return _kind_of_sort(sort.value) if isinstance(sort, Function) else "number"
        return "number"

    def kind_of_name(self, symbol: str) -> Kind:
        sort = self.sorts.get(symbol)
        if sort is not None:
            return _kind_of_sort(sort)
        guess = self.names.get(symbol)
        return guess.kind if guess else self.defined.get(symbol, "number")

    def kind_of_entry(self, term: Entry) -> Kind:
        if not isinstance(term.array, Name) or len(term.indices) != 1:
            return "number"
        sort = self.sorts.get(term.array.symbol)
        if isinstance(sort, Family):
            return _kind_of_sort(sort.element)
        guess = self.elements.get(term.array.symbol)
        return guess.kind if guess else "number"

    def kind_of_operation(self, term: MatrixOperation) -> Kind:
        if term.operation == "transpose":
            inner = self.kind(term.arguments[0])
            return {"vector": "row", "row": "vector"}.get(inner, inner)  # type: ignore[return-value]
        if term.operation == "hadamard":
            return self.kind(term.arguments[0])
        return "matrix" if term.operation in ("identity", "inverse") else "number"

    # Evidence ---------------------------------------------------------------------------------------

    def plain_evidence(self, statement: Comparison) -> None:
        """Bold letters, and what stands where only a vector or matrix can."""
        members = {id(part.array) for part in subterms(statement) if isinstance(part, Entry) and len(part.indices) == 1}
        for part in subterms(statement):
            if isinstance(part, Name) and id(part) in members:
                continue  # x_t alone tells nothing of x
            if isinstance(part, Name) and _BOLD.search(part.symbol):
                self.be(part, "matrix" if is_capital(part.symbol) else "vector", True)
            elif isinstance(part, Entry) and isinstance(part.array, Name) and _BOLD.search(part.array.symbol):
                if len(part.indices) == 1 and not is_capital(part.array.symbol):
                    self.be(part, "vector", True)
            elif isinstance(part, MatrixOperation):
                self.operation(part)
            elif isinstance(part, Product):
                self.places(part)
            elif isinstance(part, Apply | At):
                for argument, sort in arrays_taken(part, self.sorts):
                    self.be(argument, _kind_of_sort(sort), True)
            elif isinstance(part, Power) and self.linear and _is_minus_one(part.exponent):
                self.case(part.base, sure=False, only_matrix=True)

    def products(self, statement: Comparison) -> None:
        for part in subterms(statement):
            if isinstance(part, Product):
                self.product(part)

    def sums(self, statement: Comparison) -> None:
        for part in subterms(statement):
            if isinstance(part, Sum):
                self.sum(part)

    def sides(self, statement: Comparison) -> None:
        left, right = self.kind(statement.left), self.kind(statement.right)
        self.like(statement.left, right)
        self.like(statement.right, left)
        if isinstance(statement.left, Name) and statement.left.symbol in self.explained and right in _ARRAYS:
            self.defined[statement.left.symbol] = right

    def places(self, term: Product) -> None:
        """Keep which names stand left of an array: a lower letter scales it, a capital acts on it."""
        for factor, following in pairwise(term.factors):
            array = isinstance(following, MatrixOperation) or is_capital(_symbol(following) or "")
            if isinstance(factor, Name):
                if is_capital(factor.symbol):
                    self.acting.add(factor.symbol)
                elif array:
                    self.scaling.add(factor.symbol)

    def operation(self, term: MatrixOperation) -> None:
        if term.operation in _SQUARE:
            self.acting.update(_names_of(*(a for a in term.arguments if isinstance(a, Name))))
            self.case(term.arguments[0], sure=True, only_matrix=True)
        elif term.operation in ("transpose", "norm", "dot"):
            for argument in term.arguments:
                self.case(argument, sure=True)

    def case(self, term: Term, sure: bool, only_matrix: bool = False) -> None:
        """What stands there is no number: by the case of the letter, a matrix or a vector."""
        for part in term.terms if isinstance(term, Sum) else (term,):
            bare = part.term if isinstance(part, Negative) else part
            symbol = _symbol(bare)
            if symbol is None:
                continue
            if is_capital(symbol):
                self.be(bare, "matrix", sure)
            elif not only_matrix:
                self.be(bare, "vector", sure)

    def product(self, term: Product) -> None:
        kinds = [self.kind(f) for f in term.factors]
        self.row(term.factors, kinds)
        arrays = [k in ("vector", "row", "matrix") for k in kinds]
        if not any(arrays):
            return
        for place, factor in enumerate(term.factors):
            before = kinds[place - 1] if place else "number"
            if arrays[place]:
                continue
            symbol = _symbol(factor)
            if symbol is None:
                if isinstance(factor, Sum) and before in ("matrix", "row"):
                    self.case(factor, sure=False)
                continue
            if symbol in self.below:
                continue
            if is_capital(symbol):
                self.be(factor, "matrix", False)
            elif before == "row" or (before == "matrix" and self.is_acted_on(symbol, place == len(kinds) - 1)):
                inner = place == len(kinds) - 1 and _is_transposed_name(term.factors[place - 1])
                self.be(factor, "vector", inner and before == "row" and _is_lower_latin(symbol))

    def is_acted_on(self, symbol: str, last: bool) -> bool:
        """Return whether a letter directly right of a matrix is a vector: X w, and X \\beta at the end of a product."""
        greek = symbol.startswith("\\") and _bare(symbol) in _VECTOR_LETTERS
        return _is_lower_latin(symbol) or (greek and last and symbol not in self.scaling)

    def row(self, factors: tuple[Term, ...], kinds: list[Kind]) -> None:
        """x W + b: a vector directly left of a matrix lies, if nothing stands before it."""
        for place, (factor, kind) in enumerate(zip(factors, kinds, strict=True)):
            guess = self.names.get(factor.symbol) if isinstance(factor, Name) else None
            if guess is None or not isinstance(factor, Name):
                continue
            before = kinds[place - 1] if place else "number"
            after = kinds[place + 1] if place + 1 < len(kinds) else "number"
            if before in ("matrix", "row"):
                self.standing.add(factor.symbol)
            if (kind, before, after) == ("vector", "number", "matrix") and factor.symbol not in self.standing:
                self.names[factor.symbol] = Guess("row", guess.sure)

    def sum(self, term: Sum) -> None:
        kinds = [self.kind(part) for part in term.terms]
        if any(self.is_number_of_arrays(part) for part in term.terms):
            self.be_numbers(term.terms)
            return
        if "vector" in kinds:
            self.be_columns(term)
            kinds = [self.kind(part) for part in term.terms]
        order: tuple[Kind, ...] = ("row", "matrix", "vector")
        kind: Kind = next((k for k in order if k in kinds), "number")
        for part in term.terms:
            self.like(part.term if isinstance(part, Negative) else part, kind)

    def be_columns(self, term: Sum) -> None:
        """Y - X w: beside a product that is a vector, a capital that acts on nothing is one."""
        for part in term.terms:
            bare = part.term if isinstance(part, Negative) else part
            guess = self.names.get(bare.symbol) if isinstance(bare, Name) else None
            if guess is not None and guess.kind == "matrix" and isinstance(bare, Name) and self.is_plain(bare.symbol):
                self.names[bare.symbol] = Guess("vector", guess.sure)

    def is_plain(self, symbol: str) -> bool:
        return symbol not in self.acting and not _BOLD.search(symbol)

    def is_number_of_arrays(self, term: Term) -> bool:
        """Return whether an addend is an inner product: what stands beside it is a number too."""
        bare = term.term if isinstance(term, Negative) else term
        if not isinstance(bare, Product) or self.kind(bare) != "number":
            return False
        return any(self.kind(factor) in ("vector", "row") for factor in bare.factors)

    def be_numbers(self, terms: tuple[Term, ...]) -> None:
        for term in terms:
            bare = term.term if isinstance(term, Negative) else term
            symbol = _symbol(bare)
            into = self.names if isinstance(bare, Name) else self.elements
            guess = into.get(symbol) if symbol is not None else None
            if symbol is not None and (guess is None or not guess.sure):
                into[symbol] = Guess("number", True)

    def like(self, term: Term, kind: Kind) -> None:
        """A bare name beside a vector or matrix is one too, where its letter fits; a vector beside a row lies."""
        symbol = _symbol(term)
        guess = self.names.get(term.symbol) if isinstance(term, Name) else None
        if kind == "row" and symbol is not None and guess == Guess("vector", True) and symbol not in self.standing:
            self.names[symbol] = Guess("row", True)
        if symbol is not None and kind in ("vector", "matrix") and is_capital(symbol) == (kind == "matrix"):
            self.be(term, kind, False)

    def be(self, term: Term, kind: Kind, sure: bool) -> None:
        symbol = _symbol(term)
        if symbol is None or self.sorts.get(symbol) is not None:
            return
        if isinstance(term, Name):
            if symbol in self.numbers:
                return
            into = self.names
        else:
            into = self.elements
        known = into.get(symbol)
        if known is None or (sure and not known.sure):
            into[symbol] = Guess(kind, sure)


def combined(left: Kind, right: Kind) -> Kind:
    """Return the kind of a product of two factors."""
    if left == "number" or right == "number":
        return right if left == "number" else left
    pairs: dict[tuple[Kind, Kind], Kind] = {
        ("matrix", "matrix"): "matrix", ("matrix", "vector"): "vector", ("row", "matrix"): "row",
        ("row", "vector"): "number", ("vector", "row"): "matrix",
    }  # fmt: skip
    return pairs.get((left, right), "")


def _symbol(term: Term) -> str | None:
    if isinstance(term, Name):
        return term.symbol
    if isinstance(term, Entry) and isinstance(term.array, Name) and len(term.indices) == 1:
        return term.array.symbol
    return None


def _is_transposed_name(term: Term) -> bool:
    """Return whether this is w^T or w_j^T: nobody turns a vector to have it multiplied by a number behind it."""
    if not isinstance(term, MatrixOperation) or term.operation != "transpose":
        return False
    return _symbol(term.arguments[0]) is not None


def _kind_of_sort(sort: Sort) -> Kind:
    if isinstance(sort, Vector):
        return "vector"
    return "matrix" if isinstance(sort, Matrix) else "number"


def _is_minus_one(term: Term) -> bool:
    return isinstance(term, Negative) and isinstance(term.term, Number) and term.term.value == 1
