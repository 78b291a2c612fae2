"""The library: every derivation as a checked note, `<topic>/<name>.md` beside this file, found by its id."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from errata.derivations.as_written import AsWritten, read_as_written
from errata.derivations.front_matter import LibraryError, read_front_matter


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derivation. sources: `seed file: lines` it comes from. uses: ids of those it rests on.

    as_written: the steps of its sources that are wrong there.
    """

    identifier: str
    title: str
    sources: tuple[str, ...]
    uses: tuple[str, ...]
    file: Traversable = field(repr=False, compare=False)
    as_written: tuple[AsWritten, ...] = ()

    @property
    def topic(self) -> str:
        """The part of the id before the slash."""
        return self.identifier.partition("/")[0]

    def text(self) -> str:
        """Return the note, front matter and all."""
        return self.file.read_text(encoding="utf-8")


_ADVICE = "; `errata list` names them all"


class UnknownDerivation(LookupError):
    """No derivation of this id; `nearest` are ids that look like it."""

    def __init__(self, identifier: str, nearest: tuple[str, ...]) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.nearest = nearest

    def __str__(self) -> str:
        near = f": did you mean {' or '.join(self.nearest)}?"
        return f"the library has no derivation `{self.identifier}`{near if self.nearest else _ADVICE}"


@cache
def derivations() -> tuple[Derivation, ...]:
    """Return all derivations, sorted by id. Raises LibraryError where a file of the library is broken."""
    return read_library(files("errata.derivations"))


def read_library(folder: Traversable) -> tuple[Derivation, ...]:
    """Return the derivations of a folder of topics, sorted by id. Raises LibraryError."""
    found = [
        _read(topic.name, file)
        for topic in folder.iterdir()
        if topic.is_dir()
        for file in topic.iterdir()
        if file.name.endswith(".md")
    ]
    known = {derivation.identifier for derivation in found}
    for derivation in found:
        for used in derivation.uses:
            if used not in known:
                raise LibraryError(f"{derivation.identifier}.md:1: it uses `{used}`, which the library lacks")
    return tuple(sorted(found, key=lambda derivation: derivation.identifier))


def _read(topic: str, file: Traversable) -> Derivation:
    path = f"{topic}/{file.name}"
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path}:1: not UTF-8 ({error.reason})") from error
    values = read_front_matter(text, path, single=("id", "title"), lists=("sources", "uses", "as-written"))
    identifier = cast(str, values["id"])
    place = path.removesuffix(".md")
    if identifier != place:
        raise LibraryError(f"{path}:1: its id is `{identifier}`, but its place says `{place}`")
    return Derivation(
        identifier,
        cast(str, values["title"]),
        cast("tuple[str, ...]", values["sources"]),
        cast("tuple[str, ...]", values["uses"]),
        file,
        tuple(read_as_written(item, path) for item in values["as-written"]),
    )


def find(identifier: str) -> Derivation:
    """Return the derivation of this id. Raises UnknownDerivation, with the nearest ids."""
    by_id = {derivation.identifier: derivation for derivation in derivations()}
    wanted = identifier.strip().strip("/").lower().removesuffix(".md")
    if wanted in by_id:
        return by_id[wanted]
    named = [known for known in by_id if wanted in known.split("/")]
    near = named or get_close_matches(wanted, by_id, n=3, cutoff=0.5)
    raise UnknownDerivation(identifier, tuple(near[:3]))


def text_of(identifier: str) -> str:
    """Return the note of this id. Raises UnknownDerivation, with the nearest ids."""
    return find(identifier).text()


def topics() -> tuple[str, ...]:
    """Return the topics of the library, sorted."""
    return tuple(sorted({derivation.topic for derivation in derivations()}))
