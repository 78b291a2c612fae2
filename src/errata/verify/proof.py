"""The symbolic witness's first voice: a proof by normal form, certificate, implication or induction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, Family, FiniteSpace, Function, Law, Matrix, Vector
from errata.language.statements import Reading
from errata.language.terms import Aggregate, MatrixOperation, Range, StandardDensity, StandardLaw, Term, subterms
from errata.verify import ablation
from errata.verify.equalities import Found, attempt
from errata.verify.induction import by_induction
from errata.verify.normal_form.workspace import Mode
from errata.verify.verdict import Proof

MODES = (
    Mode(words=True),
    Mode(),
    Mode(unfold=True),
    Mode(unfold=True, expand=True),
    Mode(peel=True),
    Mode(unfold=True, points=True),
    Mode(fold=True),
    Mode(peel=True, induct=True),
)


def prove(reading: Reading, scope: Scope, *, work: int = 50_000, reasons: bool = True) -> Proof | None:
    """Return a proof of the claim in every interpretation in which both sides are defined, None if none is found.

    `work` bounds the search by counted steps, not by the clock, so that the same input gives the same answer.
    Without `reasons` the rules are those that acted, needed or not: to tell them apart takes the proof several
    times over. Never raises for valid terms.
    """
    try:
        found = find(reading, scope, work)
        if found is None:
            return None
        proof, mode = found
        if not reasons:
            return Proof(proof.rules, proof.conditions)
        return ablation.named(reading, proof, _Again(reading, scope, mode, min(work, 2 * proof.work + 500)))
    except Exception:  # a fault of ours must not cost the run: it is no proof (`find` lets it through, for tests)
        return None


def find(reading: Reading, scope: Scope, work: int = 50_000) -> tuple[Found, Mode] | None:
    """Return the first proof found and the mode in which it was, its reason not named yet.

    A recursion is refused: its members are no free family, and hide what they depend on.
    """
    if scope.recursions:
        return None
    for mode in _modes(reading, scope):
        found = _attempt(reading, scope, mode, work, frozenset())
        if found is not None:
            return found, mode
    return None


def again(reading: Reading, scope: Scope, mode: Mode, work: int) -> Callable[[frozenset[str]], Found | None]:
    """Return the attempt at a proof in one mode, without the rules that it is told to do without."""
    return _Again(reading, scope, mode, work)


def _attempt(reading: Reading, scope: Scope, mode: Mode, work: int, disabled: frozenset[str]) -> Found | None:
    if mode.induct:
        return by_induction(reading, scope, mode, work, disabled)
    return attempt(reading, scope, mode, work, disabled)


@dataclass(frozen=True, slots=True)
class _Again:
    """The same attempt without some rules, with about the work that the proof took."""

    reading: Reading
    scope: Scope
    mode: Mode
    work: int

    def __call__(self, disabled: frozenset[str]) -> Found | None:
        return _attempt(self.reading, self.scope, self.mode, self.work, disabled)


def _modes(reading: Reading, scope: Scope) -> Iterator[Mode]:
    """The readings that can make a difference: a Gaussian to write out, a range to split, a finite space."""
    parts = [part for term in _terms(reading, scope) for part in subterms(term)]
    kinds = {type(part) for part in parts}
    ranges = any(isinstance(part, Aggregate) and isinstance(part.binder.domain, Range) for part in parts)
    for mode in MODES:
        if mode.words and not _has_matrices(kinds, scope):
            continue
        if mode == Mode(unfold=True) and not scope.densities:
            continue
        if mode.expand and not kinds & {StandardLaw, StandardDensity}:
            continue
        if mode.peel and not ranges:
            continue
        if mode.fold and not any(
            isinstance(scope.sorts.get(symbol), Law) and not definition.parameters
            for symbol, definition in scope.definitions.items()
        ):
            continue
        if mode.points and not any(isinstance(kind, FiniteSpace) for kind in scope.spaces.values()):
            continue
        yield mode


def _has_matrices(kinds: set[type[Term]], scope: Scope) -> bool:
    sizes = [kind.size for kind in scope.spaces.values() if isinstance(kind, EuclideanSpace)]
    values = [
        sort.value if isinstance(sort, Function) else sort.element if isinstance(sort, Family) else sort
        for sort in scope.sorts.values()
    ]
    arrays = any(isinstance(sort, Matrix | Vector) for sort in values)
    return MatrixOperation in kinds or arrays or any(size is not None for size in sizes)


def _terms(reading: Reading, scope: Scope) -> Iterator[Term]:
    yield reading.left
    yield reading.right
    yield from (definition.body for definition in scope.definitions.values())
    yield from (definition.body for definition in scope.densities)
