"""What is reported of a document beside its steps: its form, a convention of its own, what it says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from errata.language.placed import PlacedStatement
from errata.language.statements import Statement
from errata.language.terms import Functional, Term, subterms
from errata.notes.document import Directive, Display, Document, Text
from errata.verify.checked import CheckedFinding
from errata.verify.verdict import Compared

Library = Callable[[str], str]
"""The text of a derivation by its id. Raises LookupError, whose text says what there is."""


def form_findings(document: Document) -> tuple[CheckedFinding, ...]:
    """Return what was wrong with the form of a document."""
    return tuple(CheckedFinding("form", p.message, "warning", p.position, p.path) for p in document.problems)


def convention_findings(placed: Sequence[PlacedStatement]) -> tuple[CheckedFinding, ...]:
    """Return, once, that the document defines a standard name otherwise than most do."""
    for item in placed:
        statement = item.statement
        if not statement.scope.jsd_factor_half and _speaks_of_jsd(statement):
            told = "JSD is taken without the usual factor 1/2, as this note defines it"
            return (_at(item, "convention", told, error=False),)
    return ()


def _speaks_of_jsd(statement: Statement) -> bool:
    sides: tuple[Term, ...] = tuple(s for r in statement.readings[:1] for s in (r.left, r.right))
    return any(isinstance(t, Functional) and t.functional == "jsd" for side in sides for t in subterms(side))


# References ------------------------------------------------------------------------------------------


def referring(placed: Sequence[PlacedStatement]) -> Iterator[tuple[str, tuple[PlacedStatement, ...]]]:
    """Yield the blocks that are meant to be a derivation of the library: its id, and the chains that begin there."""
    for _, group in groupby(placed, key=lambda item: id(item.block)):
        items = tuple(group)
        block = items[0].block
        reference = None if isinstance(block, Directive) or block.ignored else block.reference
        if reference is not None:
            yield reference, tuple(i for i in items if i.statement.readings and i.statement.chain[1] == 0)


def unknown_reference(document: Document, identifier: str, reason: str) -> CheckedFinding:
    """Return that a document refers to what is not in the library."""
    blocks = (b for b in document.blocks if isinstance(b, Text | Display) and b.reference == identifier)
    place = next(blocks).fragment
    return CheckedFinding("reference", reason, "warning", place.position(0), place.source.path)


def compared_findings(
    identifier: str, items: Sequence[PlacedStatement], compared: Sequence[Compared]
) -> Iterator[CheckedFinding]:
    """Yield where statements differ from a reference, and where that cannot be told."""
    for item, found in zip(items, compared, strict=True):
        if found.kind == "differs":
            yield _at(item, "differs-from-reference", f"not that of {identifier}: {found.message}", error=True)
        elif found.kind == "open":
            yield _at(item, "reference", f"not compared with {identifier}: {found.message}", error=False)


def _at(item: PlacedStatement, rule: str, message: str, *, error: bool) -> CheckedFinding:
    position = item.fragment.position(item.statement.span.start)
    return CheckedFinding(rule, message, "error" if error else "warning", position, item.fragment.source.path)
