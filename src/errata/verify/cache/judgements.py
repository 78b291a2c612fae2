"""Judgements of claims that were judged before, in this run or another."""

from __future__ import annotations

from errata.language.statements import Statement
from errata.verify.cache.claim_key import Digests, NoKey
from errata.verify.cache.judgement_json import NotAJudgement, from_values, to_values
from errata.verify.cache.store import Store
from errata.verify.cache.versions import versions
from errata.verify.settings import Settings
from errata.verify.verdict import Judgement


class Judgements:
    """The judgements in a store that hold for these settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._head = f"claim {settings_key(settings)} {versions(store)} "
        self._digests = Digests()

    def new_document(self) -> None:
        """Forget what only the claims of one document share."""
        self._digests = Digests()
        self._store.flush()

    def recall(self, claim: Statement) -> Judgement | None:
        """Return how a claim was judged before, None where it was not."""
        key = self._key(claim)
        values = self._store.get(key) if key is not None else None
        if values is None:
            return None
        try:
            return from_values(values)
        except NotAJudgement:
            return None

    def keep(self, claim: Statement, judgement: Judgement) -> None:
        """Keep a judgement. Only what was found in time is one to keep."""
        key = self._key(claim)
        if key is not None:
            self._store.put(key, to_values(judgement))

    def _key(self, claim: Statement) -> str | None:
        try:
            return self._head + self._digests.of(claim).hex()
        except (NoKey, RecursionError):
            return None


def settings_key(settings: Settings) -> str:
    """Return the settings that a verdict may depend on. Limits are not among them: what ran into one is not kept."""
    return f"{settings.seed} {settings.every_witness:d} {settings.reasons:d}"
