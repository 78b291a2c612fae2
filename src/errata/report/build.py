"""From paths to a report: every document is found, read and checked, or remembered, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from errata import __version__
from errata.report.progress import Progress, silent
from errata.report.report import DocumentReport, Finding, Report
from errata.report.selection import Course, notes_to_read

if TYPE_CHECKING:
    from errata.notes.document import Document
    from errata.report.read_ahead import ReadAhead
    from errata.report.remembered import Remembered
    from errata.verify.cache.store import Store
    from errata.verify.check import Checker
    from errata.verify.checked import CheckedDocument
    from errata.verify.settings import Settings


Second = Callable[["CheckedDocument"], Mapping[int, tuple[str, ...]]]


Item = TypeVar("Item")


class Check(Protocol):
    """What makes of a document one with judgements."""

    def __call__(self, document: Document, /) -> CheckedDocument: ...


class Ahead(Protocol):
    """What may be done for a document before it is its turn to be checked."""

    def prepare(self) -> None:
        """Be told that there is something to check."""

    def announce(self, path: Path) -> None:
        """Be told which document comes next."""

    def open(self, path: Path) -> Document:
        """Return the document of a path; raises DocumentError."""


def build_report(
    paths: Iterable[Path],
    settings: Settings,
    progress: Progress = silent,
    course: Course | None = None,
    store: Store | None = None,
    remembered: Remembered | None = None,
) -> Report:
    """Return the report of checking all notes that the paths lead to.

    A document that cannot be read is an error finding in its place. What the store has is not judged again, nor read
    where the whole document is remembered.
    An interrupt ends the run: the report then holds what was found by then, and says so. Raises NothingToRead.
    """
    with ExitStack() as resources:
        check = _LateChecker(settings, store, resources, course)
        return report_on(paths, check, progress, course, remembered, ahead=check)


def build_report_of(
    document: Document, settings: Settings, course: Course | None = None, store: Store | None = None
) -> Report:
    """Return the report of checking one document that was read from no file, or from standard input."""
    from errata.notes.preamble import with_preamble
    from errata.report.places import document_report

    with ExitStack() as resources:
        check = _LateChecker(settings, store, resources, course)
        try:
            checked = check(with_preamble(document, course.preamble if course is not None else ()))
        except Interrupted as end:
            return Report((document_report(end.checked),), __version__, interrupted=True)
        return Report((document_report(checked),), __version__)


class _LateChecker:
    """A checker that is made, and its witnesses loaded, when there is a document to check."""

    def __init__(self, settings: Settings, store: Store | None, resources: ExitStack, course: Course | None) -> None:
        self._settings, self._store, self._resources = settings, store, resources
        self._course = course or Course()
        self._checker: Checker | None = None
        self._ahead: ReadAhead | None = None
        self._prepared = False

    def prepare(self) -> None:
        """Let the witnesses be loaded in another process, while this one loads the reader."""
        if not self._prepared:
            from errata.verify.workers import JUDGE, start_server

            start_server(JUDGE)
            self._prepared = True

    def announce(self, path: Path) -> None:
        """Let a document be read while the claims of the one before it are judged."""
        self._reader.announce(path)

    def open(self, path: Path) -> Document:
        """Return the document of a path; raises DocumentError."""
        return self._reader.open(path)

    @property
    def _reader(self) -> ReadAhead:
        if self._ahead is None:
            from errata.report.read_ahead import ReadAhead

            self._ahead = ReadAhead(lambda path: _opened(path, self._course))
        return self._ahead

    def __call__(self, document: Document, /) -> CheckedDocument:
        if self._checker is None:
            from errata.derivations.library import text_of
            from errata.verify.check import Checker

            checker = Checker(self._settings, self._store, text_of, self._reader.statements)
            self._checker = self._resources.enter_context(checker)
        checked = self._checker.check(document)
        if self._checker.interrupted:
            raise Interrupted(checked)
        return checked


class Interrupted(Exception):
    """An interrupt came while a document was checked; what was found of it by then."""

    def __init__(self, checked: CheckedDocument) -> None:
        super().__init__("interrupted")
        self.checked = checked


def build_reading(paths: Iterable[Path], course: Course | None = None, *, second_reader: bool = False) -> Report:
    """Return a report on how every statement was understood, without judging any.

    second_reader: with what an independent reader makes of the scalar formulas. Raises CannotRun where there is none.
    """
    from errata.verify.check import understand_document

    if not second_reader:
        return report_on(paths, understand_document, course=course)
    from errata.report.second_reader import SecondReader

    with SecondReader() as reader:
        return report_on(paths, understand_document, course=course, second=reader.sentences)


def report_on(
    paths: Iterable[Path],
    check: Check,
    progress: Progress = silent,
    course: Course | None = None,
    remembered: Remembered | None = None,
    *,
    ahead: Ahead | None = None,
    second: Second | None = None,
) -> Report:
    """Return the report that `check` makes of all notes that the paths lead to, two documents in memory at a time.

    ahead: what is told of documents before they are checked. second: what a second reader says of the steps.
    A file that another of these documents includes is judged there, and not again by itself unless named.
    """
    named, course = tuple(paths), course or Course()
    found = notes_to_read(named, course.excluded)
    included = _included(found)
    chosen = [path for path in found if path in named or path.resolve() not in included]
    reports: list[DocumentReport] = []
    try:
        recalled = ((path, remembered.recall(path) if remembered is not None else None) for path in chosen)
        for done, ((path, known), following) in enumerate(_with_next(recalled)):
            progress(done, len(chosen), str(path))
            if known is None and ahead is not None:
                ahead.prepare()
                if following is not None and following[1] is None:
                    ahead.announce(following[0])
            reports.append(known or _of(path, check, course, remembered, second, ahead))
    except Interrupted as end:
        from errata.report.places import document_report

        return Report((*reports, document_report(end.checked)), __version__, interrupted=True)
    except KeyboardInterrupt:
        return Report(tuple(reports), __version__, interrupted=True)
    progress(len(chosen), len(chosen), "")
    return Report(tuple(reports), __version__)


def _with_next(items: Iterator[Item]) -> Iterator[tuple[Item, Item | None]]:
    """Yield every item with the one after it."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        yield item, following
        item = following


def _included(paths: Sequence[Path]) -> set[Path]:
    """Return the files that some of these include; only LaTeX includes any, and only others can be."""
    sources = [path for path in paths if path.suffix.lower() == ".tex"]
    if len(sources) < 2:
        return set()
    from errata.notes.document import DocumentError, read_document

    found: set[Path] = set()
    for path in sources:
        try:
            document = read_document(path)
        except DocumentError:
            continue
        found |= {Path(source.path).resolve() for source in document.sources if source.path != document.path}
    return found


# One document ----------------------------------------------------------------------------------------


def _of(
    path: Path,
    check: Check,
    course: Course,
    remembered: Remembered | None,
    second: Second | None,
    ahead: Ahead | None,
) -> DocumentReport:
    from errata.notes.document import DocumentError
    from errata.report.places import document_report

    try:
        document = _opened(path, course) if ahead is None else ahead.open(path)
    except DocumentError as error:
        finding = Finding("unreadable", error.message, error.line or 1, error.column or 1, "error")
        return DocumentReport(str(path), (), (finding,))
    try:
        checked = check(document)
        report = document_report(checked, second(checked) if second is not None else {})
    except Interrupted:
        raise
    except Exception as error:
        # A fault of ours in one document must not cost the reader the others.
        return DocumentReport(str(path), (), (Finding("internal-error", _fault(error), 1, 1, "error"),))
    if remembered is not None:
        remembered.keep(path, document, report, in_time=checked.in_time)
    return report


def _opened(path: Path, course: Course) -> Document:
    """Read a document with what all notes of its course begin with; raises DocumentError."""
    from errata.notes.document import read_document
    from errata.notes.preamble import with_preamble

    return with_preamble(read_document(path), course.preamble)


def _fault(error: Exception) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {Path(frame[0].filename).name}:{frame[0].lineno}" if frame else ""
    return f"errata failed on this document, please report it: {type(error).__name__}: {error}{where}"
