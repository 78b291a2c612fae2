"""The workspace of one attempt at a proof: interned atoms, counted work, switched rules, known facts.

A polynomial is a dict from monomial to rational coefficient, a monomial a tuple of (atom, rational exponent)
sorted by atom. Atoms are interned, so two atoms of one workspace are equal exactly when they are the same
object; an order is the order of creation, which is the same in every run on the same input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from errata.language.scope import Scope
from errata.language.terms import Term

Rational = int | Fraction


class NoProof(Exception):
    """The attempt ends without a proof."""


class Exhausted(NoProof):
    """The budget of work is spent."""


class Refused(NoProof):
    """A term that the normal form does not model (or that has no value)."""


class Atom:
    """An indivisible factor. `free` are the leaves (names and variables) in it that no binder of it binds;
    `height` is the highest level that a binder inside uses for its bound variables."""

    __slots__ = ("arguments", "free", "height", "kind", "number")

    def __init__(self, number: int, kind: str, arguments: tuple[Any, ...]) -> None:
        self.number = number
        self.kind = kind
        self.arguments = arguments
        if kind in LEAVES:
            self.free: frozenset[Atom] = frozenset((self,))
            self.height = 0
        else:
            self.free, self.height = _free_and_height(arguments)
        if kind == "mean":  # its random variables are averaged over
            self.free = self.free.difference(arguments[1])
        if kind in BINDERS:
            bound = arguments[1]
            self.free = self.free.difference(bound)
            self.height = max(self.height, max(leaf.arguments[0] for leaf in bound))

    def __lt__(self, other: Atom) -> bool:
        return self.number < other.number

    def __repr__(self) -> str:
        return f"{self.kind}{self.arguments!r}"


Monomial = tuple[tuple[Atom, Rational], ...]
Polynomial = dict[Monomial, Rational]

LEAVES = frozenset(("name", "fresh", "bound"))
BINDERS = frozenset(("sum", "vector", "product", "max", "min", "argmax", "argmin", "sup"))


class Frozen:
    """An interned polynomial, as atoms hold it; equal exactly when the same object."""

    __slots__ = ("free", "height", "items", "number")

    def __init__(self, number: int, items: tuple[tuple[Monomial, Rational], ...]) -> None:
        self.number = number
        self.items = items
        self.free: frozenset[Atom] = frozenset().union(*(a.free for m, _ in items for a, _ in m))
        self.height = max((a.height for m, _ in items for a, _ in m), default=0)

    def polynomial(self) -> Polynomial:
        """Return the polynomial as a new dict."""
        return dict(self.items)

    def __lt__(self, other: Frozen) -> bool:
        return self.number < other.number

    def __repr__(self) -> str:
        return "<" + " + ".join(f"{c}*{m!r}" for m, c in self.items) + ">"


@dataclass(frozen=True, slots=True)
class Domain:
    """What a variable ranges over.

    kind "space": the abstract space `name`; "line": R or R^size (parts: the size, if any); "range": 1, ..., n
    (parts: n); "index": the values of an index set `name`; "interval": an interval (parts: its ends);
    "values", "functions", "laws": all values of the sort of `name`.
    """

    kind: str
    name: str = ""
    parts: tuple[Frozen, ...] = ()

    @property
    def free(self) -> frozenset[Atom]:
        """The leaves that the domain itself depends on."""
        return frozenset().union(*(part.free for part in self.parts))

    @property
    def sort_key(self) -> tuple[str, str, tuple[int, ...]]:
        """A key that orders the domains of one workspace."""
        return (self.kind, self.name, tuple(part.number for part in self.parts))


def _free_and_height(arguments: tuple[Any, ...]) -> tuple[frozenset[Atom], int]:
    """The leaves in an atom's arguments and the highest level in them."""
    free: frozenset[Atom] = frozenset()
    height = 0
    waiting: list[Any] = list(arguments)
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is Frozen or kind is Atom:
            free |= value.free
            height = max(height, value.height)
        elif kind is tuple:
            waiting.extend(value)
        elif kind is Domain:
            waiting.extend(value.parts)
    return free, height


Slots = tuple[tuple[str, Frozen], ...]
Rebuild = Callable[["Workspace", tuple[Any, ...]], Polynomial]


@dataclass(frozen=True, slots=True)
class Mode:
    """Which of the optional readings an attempt takes.

    peel: split single terms off symbolic ranges. unfold: put densities given by formula in place of the law.
    expand: write Gaussian densities out as exponentials. points: sum over finite spaces point by point. fold: keep
    a law that is defined as a whole as a law among others. induct: by induction over a size. words: matrices as
    words instead of by entries.
    """

    peel: bool = False
    unfold: bool = False
    expand: bool = False
    points: bool = False
    fold: bool = False
    induct: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the lower modules need of the upper ones.

    rebuilders: how an atom of each kind is made from changed arguments. log_of_normals: the logarithm of a
    Gaussian density in d dimensions. density_by_formula: the density of a law at (space, point) slots where the
    scope gives it by formula, None where it does not. size_of_term: the value of a size.
    """

    rebuilders: Mapping[str, Rebuild]
    log_of_normals: Callable[[Workspace, Atom], Polynomial]
    density_by_formula: Callable[[Workspace, str, Slots, tuple[Frozen, ...]], Polynomial | None]
    size_of_term: Callable[[Workspace, Term], Frozen]


class Workspace:
    """State of one attempt; nothing outlives it."""

    def __init__(
        self,
        scope: Scope,
        work: int,
        hooks: Hooks,
        mode: Mode = Mode(),
        disabled: frozenset[str] = frozenset(),
    ) -> None:
        self.scope = scope
        self.left = work
        self.hooks = hooks
        self.mode = mode
        self.disabled = disabled
        self.used: dict[str, None] = {}
        self.conditions: dict[str, None] = {}
        self.facts: set[Frozen] = set()
        self.nonnegative: set[Frozen] = set()
        self.nonzero: set[Atom] = set()
        self.tried: set[tuple[Frozen, int]] = set()
        self.members: set[tuple[Frozen, Domain]] = set()
        self.supported: set[str] = set()
        self.values: list[tuple[Atom, Polynomial]] = []
        self.leaned_on: dict[str, None] = {}
        self._atoms: dict[tuple[Any, ...], Atom] = {}
        self._frozen: dict[tuple[tuple[Monomial, Rational], ...], Frozen] = {}
        self._fresh = 0

    def size_of_term(self, term: Term) -> Frozen:
        """Return the value of a size as an atom's argument."""
        return self.hooks.size_of_term(self, term)

    def spend(self, amount: int) -> None:
        """Count work; raises Exhausted when the budget is spent."""
        self.left -= amount
        if self.left < 0:
            raise Exhausted

    def atom(self, kind: str, *arguments: Any) -> Atom:
        """Return the one atom of this kind with these arguments."""
        key = (kind, arguments)
        found = self._atoms.get(key)
        if found is None:
            self.spend(1)
            found = self._atoms[key] = Atom(len(self._atoms), kind, arguments)
        return found

    def freeze(self, polynomial: Polynomial) -> Frozen:
        """Return the one frozen polynomial equal to this."""
        items = tuple(sorted(polynomial.items())) if len(polynomial) > 1 else tuple(polynomial.items())
        found = self._frozen.get(items)
        if found is None:
            self.spend(1)
            found = self._frozen[items] = Frozen(len(self._frozen), items)
        return found

    def fresh(self, domain: Domain) -> Atom:
        """Return a variable that occurs nowhere yet."""
        self._fresh += 1
        return self.atom("fresh", self._fresh, domain)

    def variable(self, domain: Domain, depth: int) -> Atom:
        """Return the variable that opens the depth-th nested binder over the domain.

        Two binders over one domain, neither inside the other, share it, so that a fact about all values of
        one is known of the other.
        """
        return self.atom("fresh", -1 - depth, domain)

    def allows(self, rule: str) -> bool:
        """Whether the rule may be applied; notes that it was."""
        if rule in self.disabled:
            return False
        self.used[rule] = None
        return True

    def require(self, condition: str) -> None:
        """Record a side condition that the scope does not discharge."""
        self.conditions[condition] = None
