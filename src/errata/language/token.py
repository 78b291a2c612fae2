"""A piece of LaTeX, with its place."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.terms import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of LaTeX. kind: "command" (\\name), "number", "letter", "symbol", "open", "close"."""

    kind: str
    text: str
    span: Span

    def named(self, *names: str) -> bool:
        """Return whether this is one of these commands (given without the backslash) or symbols."""
        return self.text in names or (self.kind == "command" and self.text[1:] in names)
