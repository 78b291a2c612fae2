"""What the second reader says of the steps of a document: a sentence for every scalar side that is written there."""

from __future__ import annotations

from types import TracebackType

from errata.language.sorts import Real
from errata.language.terms import Term
from errata.report.cannot_run import CannotRun
from errata.verify.checked import CheckedDocument, CheckedStep
from errata.verify.second_reader import Formula, SecondReading, is_installed, is_scalar, second_reading
from errata.verify.workers import Done, Result, Workers

SECONDS = 10.0
"""How long the second reader may take for one side."""

BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


class SecondReader:
    """The second reader in a process of its own; a context manager. Raises CannotRun where there is none."""

    def __init__(self) -> None:
        if not is_installed():
            raise CannotRun("there is no second reader: pip install 'errata[all]' (it needs Python below 3.13)")
        self._workers: Workers[Formula, SecondReading] = Workers(second_reading, timeout=SECONDS)

    def __enter__(self) -> SecondReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.close()

    def sentences(self, checked: CheckedDocument) -> dict[int, tuple[str, ...]]:
        """Return what is to be said of each step, by its number."""
        asked = [(number, side) for number, step in enumerate(checked.steps) for side in _written_sides(step)]
        found: dict[int, tuple[str, ...]] = {}
        for (number, side), result in zip(asked, self._workers.run([side for _, side in asked]), strict=True):
            found[number] = (*found.get(number, ()), _sentence(side, result))
        return found


def _written_sides(step: CheckedStep) -> list[Formula]:
    """Return the scalar sides that the step itself writes down: the left side only where it opens its chain."""
    statement = step.statement
    if not statement.readings:
        return []
    reading, text = statement.readings[0], step.block_fragment.text
    scalars = [symbol for symbol, sort in statement.scope.sorts.items() if isinstance(sort, Real)]
    written = statement.span

    def formula(term: Term) -> Formula | None:
        span = term.span
        if span is None or span.start < written.start or written.end < span.end or not is_scalar(term, scalars):
            return None
        return Formula(_closed(text, span.start, span.end, written.end).replace("&", " ").strip(), term)

    return [found for term in (reading.left, reading.right) if (found := formula(term)) is not None]


def _closed(text: str, start: int, end: int, last: int) -> str:
    """Return the text of a span with the brackets after it that close what it opens."""
    while end < last and any(text.count(a, start, end) > text.count(b, start, end) for a, b in BRACKETS):
        end += 1
    return text[start:end]


def _sentence(side: Formula, result: Result[SecondReading]) -> str:
    if not isinstance(result, Done):
        return f"{side.latex}: not read (no answer)"
    second = result.value
    if second.problem:
        return f"{side.latex}: not read ({second.problem})"
    return f"{side.latex}: {second.text}" + (f"; DIFFERS: {second.difference}" if second.difference else "")
