"""The steps of a derivation as one script of plain SymPy, which a reader can run and take apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from errata.derivations.library import Derivation
from errata.notes.document import read_document
from errata.report.safe_text import one_line
from errata.verify.check import understand_document
from errata.verify.sympy_encoding import script


def render_sympy(derivation: Derivation, path: Path) -> str:
    """Return the script; a step that does not encode is named in a comment."""
    return "\n".join(_parts(derivation, path))


def _parts(derivation: Derivation, path: Path) -> Iterator[str]:
    yield f"# {one_line(derivation.identifier)}: {one_line(derivation.title)}"
    yield "# Every step is a script of its own; needs nothing but SymPy.\n"
    claims = [step.statement for step in understand_document(read_document(path)).steps]
    for number, statement in enumerate((s for s in claims if s.kind == "claim"), start=1):
        yield f"# step {number}: {one_line(statement.text)}"
        yield script(statement) or "# (does not encode in plain SymPy)\n"
