"""A document in, every step of it judged: reading, judging in bounded workers, directives applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from errata.language.reading import PlacedStatement, read_document
from errata.language.statements import Statement
from errata.notes.document import Directive, Display, Document, Expect, Text
from errata.verify.checked import CheckedDocument, CheckedFinding, CheckedStep
from errata.verify.settings import Settings
from errata.verify.verdict import Judgement
from errata.verify.workers import Done, Result, TimedOut, run_bounded


def understand_document(document: Document) -> CheckedDocument:
    """Return a document's statements as they were understood, none judged."""
    steps = tuple(CheckedStep(p.statement, p.fragment) for p in read_document(document))
    return CheckedDocument(document.path, steps, _form_findings(document))


def check_document(document: Document, settings: Settings) -> CheckedDocument:
    """Return a document with every claim judged.

    A claim that passes its time or memory is undecided, and costs that claim alone.
    """
    placed = [p for p in read_document(document) if not _ignored(p)]
    judgements = _judgements([p.statement for p in placed], settings)
    steps = [CheckedStep(p.statement, p.fragment, j) for p, j in zip(placed, judgements, strict=True)]
    expected, unmet = _expectations(placed, judgements)
    steps = [replace(s, expected=i in expected) for i, s in enumerate(steps)]
    return CheckedDocument(document.path, tuple(steps), (*_form_findings(document), *unmet))


def _ignored(placed: PlacedStatement) -> bool:
    return isinstance(placed.block, Text | Display) and placed.block.ignored


def _form_findings(document: Document) -> tuple[CheckedFinding, ...]:
    """What was wrong with the form of the document."""
    return tuple(CheckedFinding("form", p.message, "warning", p.position, p.path) for p in document.problems)


# Judging ---------------------------------------------------------------------------------------------


def judge_statement(statement: Statement, *, seed: int) -> Judgement:
    """Judge one claim (runs in a worker process; the heavy libraries are imported there alone)."""
    from errata.verify.judge import judge

    return judge(statement, seed)


def _judgements(statements: Sequence[Statement], settings: Settings) -> list[Judgement | None]:
    found: list[Judgement | None] = [None] * len(statements)
    claims = [(i, s) for i, s in enumerate(statements) if s.kind == "claim"]
    readable = [(i, s) for i, s in claims if s.problem is None]
    for index, statement in claims:
        if statement.problem is not None:
            hint = f" ({statement.problem.hint})" if statement.problem.hint else ""
            found[index] = Judgement("unread", "unread", statement.problem.message + hint)
    if readable:
        results = run_bounded(
            partial(judge_statement, seed=settings.seed),
            [s for _, s in readable],
            timeout=settings.timeout,
            memory_bytes=settings.memory_bytes,
            jobs=settings.jobs,
        )
        for (index, _), result in zip(readable, results, strict=True):
            found[index] = _judgement(result, settings)
    return found


def _judgement(result: Result[Judgement], settings: Settings) -> Judgement:
    if isinstance(result, Done):
        return result.value
    if isinstance(result, TimedOut):
        return Judgement("undecided", "undecided", f"not decided within {settings.timeout:g} seconds")
    return Judgement("undecided", "undecided", f"could not be decided: {result.reason}")


# Expectations ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Expected:
    """An `expect` with the steps that it may be about."""

    directive: Expect
    steps: tuple[int, ...]
    place: PlacedStatement


def _expectations(
    placed: Sequence[PlacedStatement], judgements: Sequence[Judgement | None]
) -> tuple[set[int], tuple[CheckedFinding, ...]]:
    """Match `expect wrong` directives with the steps found wrong; those without one are findings.

    At a row's end it is about the last step of that row; before a block, about the steps of that block.
    """
    expected: set[int] = set()
    unmet: list[CheckedFinding] = []
    for item in _all_expected(placed):
        fitting = [i for i in item.steps if _is(judgements[i], item.directive)]
        expected.update(fitting)
        if not fitting:
            rule = f" [{item.directive.rule}]" if item.directive.rule else ""
            told = "no step here was found wrong" + rule + _what_instead(item.steps, judgements)
            position = item.place.fragment.position(item.place.statement.span.start)
            unmet.append(
                CheckedFinding("expectation", told, "error", position, item.place.fragment.source.path)
            )
    return expected, tuple(unmet)


def _what_instead(steps: Sequence[int], judgements: Sequence[Judgement | None]) -> str:
    verdicts = [j.verdict for i in steps if (j := judgements[i]) is not None]
    return f" (verdicts: {', '.join(verdicts)})" if verdicts else " (nothing here was read as a claim)"


def _is(judgement: Judgement | None, directive: Expect) -> bool:
    if judgement is None or judgement.verdict != directive.verdict:
        return False
    return directive.rule in (None, judgement.rule)


def _all_expected(placed: Sequence[PlacedStatement]) -> list[_Expected]:
    found: list[_Expected] = []
    blocks: dict[int, list[int]] = {}
    for index, item in enumerate(placed):
        blocks.setdefault(id(item.block), []).append(index)
    for indices in blocks.values():
        block = placed[indices[0]].block
        if isinstance(block, Directive):
            continue
        for directive in block.expected:
            found.append(_Expected(directive, tuple(indices), placed[indices[0]]))
        for offset, directive in block.row_expectations:
            before = [i for i in indices if _end(placed[i], block) <= offset]
            row = [i for i in before if _end(placed[i], block) == max(_end(placed[j], block) for j in before)]
            found.append(_Expected(directive, tuple(row), placed[row[0] if row else indices[0]]))
    return found


def _end(placed: PlacedStatement, block: Text | Display) -> int:
    """Where a step ends, as an offset in its block."""
    end = (
        placed.fragment.offsets[placed.statement.span.end - 1]
        if placed.fragment.text
        else placed.fragment.start
    )
    return sum(1 for offset in block.fragment.offsets if offset <= end)
