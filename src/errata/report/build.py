"""From paths to a report: every document is read and checked, and what came of it gets its place."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from errata import __version__
from errata.language.printer import relation_to_text, text_symbol, to_text
from errata.language.scope import Definition, Scope
from errata.language.sort_words import sort_in_words, space_in_words
from errata.language.sorts import Point, RandomVariable, Sort
from errata.language.statements import Reading, Statement
from errata.language.terms import Name, subterms
from errata.notes.document import Document, DocumentError, find_notes, read_document
from errata.notes.files import KINDS, Excluded, nothing_excluded
from errata.notes.preamble import PREAMBLE, with_preamble
from errata.report.progress import Progress, silent
from errata.report.report import DocumentReport, Finding, Obstacle, Report, Step
from errata.verify.checked import CheckedDocument, CheckedFinding, CheckedStep
from errata.verify.settings import Settings


class NothingToRead(Exception):
    """A path that does not lead to notes; the message says which and why."""


Check = Callable[[Document], CheckedDocument]


@dataclass(frozen=True, slots=True)
class Course:
    """What holds for all notes of a run: sentences that each begins with, and what a search leaves out."""

    preamble: tuple[str, ...] = ()
    excluded: Excluded = nothing_excluded


def build_report(
    paths: Iterable[Path], settings: Settings, progress: Progress = silent, course: Course | None = None
) -> Report:
    """Return the report of checking all notes that the paths lead to.

    A document that cannot be read is an error finding in its place. Raises NothingToRead.
    """
    from errata.verify.check import Checker

    with Checker(settings) as checker:
        return report_on(paths, checker.check, progress, course or Course())


def build_reading(paths: Iterable[Path], course: Course | None = None) -> Report:
    """Return a report on how every statement was understood, without judging any."""
    from errata.verify.check import understand_document

    return report_on(paths, understand_document, course=course or Course())


def report_on(
    paths: Iterable[Path], check: Check, progress: Progress = silent, course: Course | None = None
) -> Report:
    """Return the report that `check` makes of all notes that the paths lead to.

    A file that another of these documents includes is judged there, and not again by itself unless named.
    """
    named, course = tuple(paths), course or Course()
    read = [(path, _read(path, course.preamble)) for path in notes_to_read(named, course.excluded)]
    included = _included(document for _, document in read)
    chosen = [entry for entry in read if entry[0] in named or entry[0].resolve() not in included]
    reports = []
    for done, (path, document) in enumerate(chosen):
        progress(done, len(chosen), str(path))
        reports.append(document if isinstance(document, DocumentReport) else _checked(document, check))
    progress(len(chosen), len(chosen), "")
    return Report(tuple(reports), __version__)


def notes_to_read(paths: Sequence[Path], excluded: Excluded = nothing_excluded) -> tuple[Path, ...]:
    """Return the notes that the paths lead to, each once.

    Raises NothingToRead where a path does not exist, is neither file nor folder, or holds no notes.
    """
    for path in paths:
        if not path.exists():
            raise NothingToRead(f"{path}: no such file or folder")
        if path.is_dir() and not find_notes([path], excluded):
            raise NothingToRead(f"{path}: no notes in this folder (it was searched for {', '.join(KINDS)})")
        if not path.is_dir() and not path.is_file():
            raise NothingToRead(f"{path}: neither a file nor a folder")
    return tuple(find_notes(paths, excluded))


def _read(path: Path, preamble: Sequence[str]) -> Document | DocumentReport:
    try:
        return with_preamble(read_document(path), preamble)
    except DocumentError as error:
        finding = Finding("unreadable", error.message, error.line or 1, error.column or 1, "error")
        return DocumentReport(str(path), (), (finding,))


def _included(documents: Iterable[Document | DocumentReport]) -> set[Path]:
    return {
        Path(source.path).resolve()
        for document in documents
        if isinstance(document, Document)
        for source in document.sources
        if source.path != document.path
    }


def _checked(document: Document, check: Check) -> DocumentReport:
    try:
        return document_report(check(document))
    except Exception as error:
        # A fault of ours in one document must not cost the reader the others.
        finding = Finding("internal-error", _fault(error), 1, 1, "error")
        return DocumentReport(document.path, (), (finding,))


def _fault(error: Exception) -> str:
    frame: Sequence[traceback.FrameSummary] = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {Path(frame[0].filename).name}:{frame[0].lineno}" if frame else ""
    return f"errata failed on this document, please report it: {type(error).__name__}: {error}{where}"


# Places ----------------------------------------------------------------------------------------------


def document_report(checked: CheckedDocument) -> DocumentReport:
    """Return what was found in a document with lines and columns in place of spans."""
    return DocumentReport(
        checked.path,
        tuple(_step(checked.path, s) for s in checked.steps if s.block_fragment.source.path != PREAMBLE),
        tuple(_finding(checked.path, finding) for finding in checked.findings),
    )


def _step(path: str, checked: CheckedStep) -> Step:
    statement, fragment = checked.statement, checked.block_fragment
    start = fragment.position(statement.span.start)
    end = fragment.end_position(statement.span.end)
    readings = statement.readings
    return Step(
        kind=statement.kind,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        text=statement.text,
        relation=readings[0].relation if readings else "",
        read_as=relation_to_text(readings[0]) if readings else "",
        assumed=statement.assumed,
        judgement=checked.judgement,
        expected=checked.expected,
        cell=start.cell,
        source_line=fragment.source.line(start.line),
        path=_other(path, fragment.source.path),
        other_readings=tuple(map(_conditioned, readings[1:])),
        names=_names(statement),
        problem=_obstacle(checked),
    )


def _names(statement: Statement) -> tuple[str, ...]:
    """Return what is known of the names of a statement, in the order in which it mentions them."""
    sorts, definitions = statement.scope.sorts, statement.scope.definitions
    symbols = [
        term.symbol
        for reading in statement.readings[:1]
        for side in (reading.left, reading.right)
        for term in subterms(side)
        if isinstance(term, Name)
    ]
    if not statement.readings and statement.problem is None:
        symbols = _written_in(statement.text, (*sorts, *definitions))
    known = dict.fromkeys(symbols)
    return (
        *(f"{text_symbol(symbol)}: {_kind(sorts[symbol], statement.scope)}" for symbol in known if symbol in sorts),
        *(_definition(definitions[symbol]) for symbol in known if symbol in definitions),
    )


def _kind(sort: Sort, scope: Scope) -> str:
    space = scope.spaces.get(sort.space) if isinstance(sort, Point | RandomVariable) else None
    return sort_in_words(sort) + (f" ({space_in_words(space)})" if space is not None else "")


def _written_in(text: str, symbols: Iterable[str]) -> list[str]:
    """Return the symbols that stand in a declaration as they are spelled, in its order."""
    places = [
        (found.start(), symbol)
        for symbol in symbols
        if (found := re.search(rf"(?<![A-Za-z\\]){re.escape(symbol)}(?![A-Za-z])", text))
    ]
    return [symbol for _, symbol in sorted(places)]


def _definition(definition: Definition) -> str:
    parameters = f"({', '.join(map(text_symbol, definition.parameters))})" if definition.parameters else ""
    return f"{text_symbol(definition.symbol)}{parameters} := {to_text(definition.body)}"


def _conditioned(reading: Reading) -> str:
    text = relation_to_text(reading)
    return f"{reading.condition}: {text}" if reading.condition else text


def _obstacle(checked: CheckedStep) -> Obstacle | None:
    problem = checked.statement.problem
    if problem is None:
        return None
    place = checked.block_fragment.position(problem.span.start)
    return Obstacle(problem.message, place.line, place.column, problem.hint)


def _finding(path: str, checked: CheckedFinding) -> Finding:
    place = checked.fragment_position
    return Finding(
        checked.rule,
        checked.message,
        place.line,
        place.column,
        checked.severity,
        place.cell,
        _other(path, checked.path),
    )


def _other(path: str, where: str) -> str | None:
    return None if where == path else where
