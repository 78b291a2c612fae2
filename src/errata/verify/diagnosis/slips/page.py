r"""The page of a rule: what it finds, why that matters, an example, and the example mended, from its docstring."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Page:
    """summary: one sentence. why: paragraphs. given: what the example declares; wrong and right: its two lines."""

    rule: str
    summary: str
    why: tuple[str, ...]
    given: str
    wrong: str
    right: str


def page_of(module: ModuleType) -> Page:
    """Return the page that the docstring of a rule's file holds."""
    first, *paragraphs = [p for p in (module.__doc__ or "").strip().split("\n\n") if p.strip()]
    lines = [line for p in paragraphs for line in p.splitlines()]
    why = tuple(" ".join(p.split()) for p in paragraphs if not p.startswith(("Given:", "Wrong:", "Right:")))
    found = {
        key: next((line.removeprefix(f"{key}:").strip() for line in lines if line.startswith(f"{key}:")), "")
        for key in ("Given", "Wrong", "Right")
    }
    return Page(module.NAME, " ".join(first.split()), why, found["Given"], found["Wrong"], found["Right"])
