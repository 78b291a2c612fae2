"""Laws that are the best of some: where a note speaks of constraints or families, the best may not be that of all.

What is said there in words is not read; the law is then one of which nothing more is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from errata.language.prose.harvested import Harvest
from errata.language.scope import Definition
from errata.language.terms import Aggregate, Laws

_RESTRICTS = re.compile(
    r"\bsubject to\b|constrain|feasib|lagrang|multiplier|\bamong\b|\bfamil(?:y|ies)\b|restrict|\brequir|\bwithin\b"
    r"|\bclass\b|parametri|gaussian|mean[- ]field|factori[sz]|\bof the form\b|tractable|\bfixed\b"
    r"|\bprescribed\b|\bmoments?\b|\bmatch|\bexpectations?\b|\bmean\b|\bvariance\b",
    re.IGNORECASE,
)


def of_all_laws(found: Harvest, prose: Callable[[], str]) -> Harvest:
    """Return what a sentence says without the laws that it calls the best, where they may be the best of some."""
    doubtful = {d.symbol: word for d in found.definitions if (word := perhaps_of_some(d, prose)) is not None}
    if not doubtful:
        return found
    kept = tuple(d for d in found.definitions if d.symbol not in doubtful)
    told = MappingProxyType({**found.not_understood, **doubtful})
    return replace(found, definitions=kept, not_understood=told)


def perhaps_of_some(defined: object, prose: Callable[[], str]) -> str | None:
    """Return the word of a note by which a law that is defined as the best may be the best of some only."""
    body = defined.body if isinstance(defined, Definition) else None
    if not isinstance(body, Aggregate) or not isinstance(body.binder.domain, Laws) or body.operation in ("max", "min"):
        return None
    restricts = _RESTRICTS.search(prose())
    return None if restricts is None else restricts[0]
