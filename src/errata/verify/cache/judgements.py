"""Judgements of claims that were judged before, in this run or another."""

from __future__ import annotations

import hashlib

from errata.language.statements import Statement
from errata.notes.document import Document
from errata.verify.cache.claim_key import Digests, NoKey
from errata.verify.cache.judgement_json import NotAJudgement, from_values, to_values
from errata.verify.cache.settings_key import settings_key
from errata.verify.cache.store import Store
from errata.verify.cache.versions import versions
from errata.verify.settings import Settings
from errata.verify.verdict import Judgement


class Judgements:
    """The judgements in a store that hold for these settings; without a store there are none."""

    def __init__(self, store: Store | None, settings: Settings) -> None:
        self._store = store
        self._head = f"{settings_key(settings)} {versions(store)}" if store is not None else ""
        self._digests = Digests()
        self._late: dict[str, Judgement] = {}

    def new_document(self) -> None:
        """Forget what only the claims of one document share."""
        self._digests = Digests()
        if self._store is not None:
            self._store.flush()

    def recall(self, key: str | None) -> Judgement | None:
        """Return what was kept under a key, None where nothing was."""
        values = self._store.get(key) if self._store is not None and key is not None else None
        if values is None:
            return None
        try:
            return from_values(values)
        except NotAJudgement:
            return None

    def keep(self, key: str | None, judgement: Judgement | None) -> None:
        """Keep a judgement. Only what was found in time is one to keep."""
        if self._store is not None and key is not None and judgement is not None:
            self._store.put(key, to_values(judgement))

    def set_by(self, key: str | None, judgement: Judgement | None) -> None:
        """Remember for this run alone that there was no time for a claim: its copies need not try again."""
        if key is not None and judgement is not None:
            self._late[key] = judgement

    def set_aside(self, key: str | None) -> Judgement | None:
        """Return what was said of a claim in this run for want of time."""
        return self._late.get(key) if key is not None else None

    def of_claim(self, claim: Statement) -> str | None:
        """Return the key of the judgement of a claim."""
        if self._store is None:
            return None
        try:
            return f"claim {self._head} {self._digests.of(claim).hex()}"
        except (NoKey, RecursionError):
            return None

    def of_diagnosis(self, document: Document, place: int) -> str | None:
        """Return the key of the judgement of a wrong step with its diagnosis, which rests on all of its document."""
        if self._store is None:
            return None
        sources = {id(block.fragment.source): block.fragment.source.text for block in document.blocks}
        read = hashlib.sha256("\0".join((document.kind, *sources.values())).encode("utf-8", "surrogatepass"))
        return f"diagnosis {self._head} {read.hexdigest()} {place}"
