"""The symbolic witness's first voice: a proof by normal form, certificate, implication or induction."""

from __future__ import annotations

from collections.abc import Iterator

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.verify import ablation
from errata.verify.equalities import attempt
from errata.verify.normal_form.workspace import Mode
from errata.verify.verdict import Proof

MODES = (
    Mode(),
    Mode(unfold=True),
    Mode(unfold=True, expand=True),
    Mode(peel=True),
)


def prove(reading: Reading, scope: Scope, *, work: int = 50_000) -> Proof | None:
    """Return a proof of the claim in every interpretation in which both sides are defined, None if none is found.

    `work` bounds the search by counted steps, not by the clock, so that the same input gives the same answer.
    Never raises for valid terms.
    """
    for mode in _modes(scope):
        found = attempt(reading, scope, mode, work)
        if found is not None:
            return ablation.named(found, lambda off, mode=mode: attempt(reading, scope, mode, work, off))
    return None


def _modes(scope: Scope) -> Iterator[Mode]:
    for mode in MODES:
        if mode.unfold and not mode.expand and not scope.densities:
            continue
        yield mode
