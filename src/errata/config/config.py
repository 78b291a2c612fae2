"""What a course may set once for all its notes, and where each setting comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from errata.report.report import Level


_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_RULES: Mapping[str, Level] = MappingProxyType({})
_NO_FILES: Mapping[str, Path] = MappingProxyType({})


class Config(NamedTuple):
    """The settings of a course. Paths and patterns count from `root`, the folder of the file (or where we are).

    paths: the notes to check where none are named. exclude: patterns of notes that a search of folders leaves
    out. rules: levels by rule or verdict. log_base, layout, names, declare: the notation of the course, see
    `preamble`. baseline: the file of findings that are known. sources: the file each setting comes from, by key.
    """

    root: Path
    paths: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    timeout: float = 10.0
    rules: Mapping[str, Level] = _NO_RULES
    log_base: str = ""
    layout: str = ""
    names: Mapping[str, str] = _NOTHING
    declare: tuple[str, ...] = ()
    baseline: Path | None = None
    sources: Mapping[str, Path] = _NO_FILES


def preamble(config: Config) -> tuple[str, ...]:
    """Return the notation of a course as sentences, which are read as if every note began with them."""
    sentences = []
    if config.log_base:
        sentences.append(f"Logarithms are to base ${config.log_base}$.")
    if config.layout:
        sentences.append(f"Derivatives are in {config.layout} layout.")
    sentences += [_declaration(name, meaning) for name, meaning in config.names.items()]
    return (*sentences, *config.declare)


def _declaration(name: str, meaning: str) -> str:
    """Return "Let $W \\in \\mathbb{R}^n$." for a set, "Let $W$ be ..." for words."""
    if meaning.startswith(("\\", "{", "[", "(")):
        return f"Let ${name} \\in {meaning}$."
    return f"Let ${name}$ be {meaning}."
