"""The steps of a derivation as one script of plain SymPy, which a reader can run and take apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from errata.derivations.library import Derivation
from errata.language.statements import Statement
from errata.notes.document import read_document
from errata.report.safe_text import one_line
from errata.verify.check import understand_document
from errata.verify.sympy_script import to_script
from errata.verify.sympy_terms import CannotEncode


def render_sympy(derivation: Derivation, path: Path) -> str:
    """Return the script; a step that does not encode is named in a comment, with the reason."""
    return "\n".join(_parts(derivation, path))


def _parts(derivation: Derivation, path: Path) -> Iterator[str]:
    yield f"# {one_line(derivation.identifier)}: {one_line(derivation.title)}"
    yield "# Each step stands by itself and needs nothing but SymPy.\n"
    statements = [step.statement for step in understand_document(read_document(path)).steps]
    claims = [statement for statement in statements if statement.kind == "claim"]
    for number, claim in enumerate(claims, start=1):
        yield f"# step {number}: {one_line(claim.text)}"
        yield script_of(claim)


def script_of(claim: Statement) -> str:
    """Return one claim as a script, or a comment that says why it has none."""
    if claim.problem is not None or not claim.readings:
        return "# (was not read)\n"
    try:
        return to_script(claim.readings[0], claim.scope)
    except CannotEncode as reason:
        return f"# (does not encode: {one_line(str(reason))})\n"
