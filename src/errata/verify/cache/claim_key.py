"""The key of a claim: its terms, its scope and its place in its block, written in one way only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import is_dataclass
from fractions import Fraction


class NoKey(Exception):
    """Something that is not written in one way only."""


class Digests:
    """Digests of values made of dataclasses, tuples, sets, mappings, texts and numbers.

    What claims of one document share is digested once: the values are held, so that none is taken for another.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> bytes:
        """Return the digest of a value; raises NoKey, or RecursionError where it is nested too deeply."""
        if value is None or isinstance(value, str | int | float | Fraction):
            return f"{type(value).__name__} {value!r}".encode("utf-8", "surrogatepass")
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        digest = hashlib.blake2b(self._parts(value), digest_size=16).digest()
        self._known[id(value)] = (value, digest)
        return digest

    def _parts(self, value: object) -> bytes:
        if is_dataclass(value) and not isinstance(value, type):
            names = value.__dataclass_fields__
            return _joined(type(value).__name__, [self.of(getattr(value, name)) for name in names])
        if isinstance(value, tuple | list):
            return _joined("sequence", [self.of(item) for item in value])
        if isinstance(value, frozenset | set):
            return _joined("set", sorted(self.of(item) for item in value))
        if isinstance(value, Mapping):
            return _joined("mapping", [self.of(part) for pair in value.items() for part in pair])
        raise NoKey(type(value).__name__)


def _joined(kind: str, parts: list[bytes]) -> bytes:
    return b"".join((kind.encode(), *(b"%d:%s" % (len(part), part) for part in parts)))
