"""Words about how variables depend on each other: where the prose has one, a law of several may not be any law.

Like the words of structure, they say here of no law in particular what follows: they only keep a refutation from
resting on a joint law of which a sentence that is not read may say more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from errata.language.factorisations import factorisation
from errata.language.inference import relevant
from errata.language.kernels import is_kernel
from errata.language.scope import ImageLaw, Independent, Scope
from errata.language.sorts import Law
from errata.language.terms import Apply, Name, Term, subterms

_DEPENDENCE = re.compile(
    r"\b(?:conditionally |mutually |pairwise |statistically )?independen(?:t|tly|ce)\b(?! of \$)|\bi\.?i\.?d\b"
    r"|\buncorrelated|\bmarkov|\bdeterministic|\bmutually exclusive|\bdisjoint|\bd-separat"
    r"|独立|互斥|马尔[可科]夫|确定性|مستقل|مارکوف",
    re.IGNORECASE,
)


_INDEPENDENCE = re.compile(r"independen|i\.?i\.?d|markov|d-separat|独立|马尔|مستقل|مارکوف", re.IGNORECASE)


def is_independence(word: str) -> bool:
    """Return whether a word speaks of independence, conditional perhaps: full independence satisfies any of it."""
    return _INDEPENDENCE.search(word) is not None


def dependence_word(prose: str) -> str | None:
    """Return the first word of the prose that speaks of dependence, or None."""
    found = _DEPENDENCE.search(prose)
    return found.group() if found else None


_OF_KERNELS = re.compile(
    r"\bindependen(?:t|tly|ce)\b|\bi\.?i\.?d\b|\bdeterministic|\bsymmetric|\breversib|\bdetailed balance"
    r"|\bdoubly stochastic|独立|确定性",
    re.IGNORECASE,
)


def kernel_word(prose: str) -> str | None:
    """Return the first word of the prose that may say which transition kernels are meant, or None."""
    found = _OF_KERNELS.search(prose)
    return found.group() if found else None


def with_doubtful_kernels(scope: Scope, terms: Iterable[Term], word: str | None) -> Scope:
    """Mark the transition kernels in these terms, where the prose may say more of them than was read."""
    if word is None:
        return scope
    reached = relevant(scope, terms)[1]
    used = {t.function.symbol for term in reached for t in subterms(term) if isinstance(t, Apply)}
    doubtful = {s: word for s in sorted(used) if is_kernel(s)}
    return replace(scope, not_understood=MappingProxyType({**doubtful, **scope.not_understood})) if doubtful else scope


def with_doubtful_laws(scope: Scope, terms: Iterable[Term], word: str | None) -> Scope:
    """Mark the laws of several variables in these terms, where nothing says in which way they depend."""
    if word is None:
        return scope
    reached = relevant(scope, terms)[1]
    used = {t.symbol for term in reached for t in subterms(term) if isinstance(t, Name)}
    joint = {s for s in used if isinstance(law := scope.sorts.get(s), Law) and len(law.spaces) > 1}
    doubtful = {s: word for s in sorted(joint) if not _is_told(s, scope)}
    return replace(scope, not_understood=MappingProxyType({**doubtful, **scope.not_understood})) if doubtful else scope


def _is_told(law: str, scope: Scope) -> bool:
    """Return whether a formula or a sentence that was read says how the places of a law depend on each other."""
    if law in scope.definitions or any(d.law == law for d in scope.densities):
        return True
    if any(isinstance(f, Independent | ImageLaw) and f.law in (None, law) for f in scope.facts):
        return True
    return any((found := factorisation(a)) is not None and found[0] == law for a in scope.assumptions)
