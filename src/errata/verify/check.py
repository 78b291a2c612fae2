"""A document in, every step of it judged: reading, judging in bounded workers, directives applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import TypeVar

from errata.language.placed import PlacedStatement
from errata.language.reading import part_of_step, read_document
from errata.language.statements import Statement
from errata.language.terms import (
    Aggregate,
    Density,
    Expectation,
    Functional,
    Information,
    Interval,
    LawReference,
    MomentOf,
    Range,
    StandardLaw,
    subterms,
)
from errata.notes.document import Directive, Display, Document, Expect, Text, read_text
from errata.numeric_checks.budget import OUT_OF_TIME
from errata.verify.cache.judgements import Judgements
from errata.verify.cache.store import Store
from errata.verify.checked import CheckedDocument, CheckedFinding, CheckedStep
from errata.verify.document_findings import (
    Library,
    compared_findings,
    convention_findings,
    form_findings,
    referring,
    unknown_reference,
)
from errata.verify.settings import Settings
from errata.verify.tasks import (
    DIAGNOSIS,
    REFERENCE,
    SYMPY,
    SYMPY_SECONDS,
    Diagnoser,
    Meant,
    StepOf,
    SymPySays,
    compare_with_reference,
    confirm_statement,
    confirm_statement_on_numbers,
    judge_statement,
)
from errata.verify.verdict import Compared, Diagnosis, Evidence, Judgement
from errata.verify.workers import JUDGE, Done, Result, TimedOut, Workers

Item = TypeVar("Item")
Value = TypeVar("Value")


def understand_document(document: Document) -> CheckedDocument:
    """Return a document's statements as they were understood, none judged."""
    steps = tuple(CheckedStep(p.statement, p.fragment) for p in read_document(document))
    return CheckedDocument(document.path, steps, form_findings(document))


class Checker:
    """Checks documents, one after another, with the same worker processes; a context manager that ends them.

    A claim that passes its time or memory is undecided, and costs that claim alone. What is in the store is not
    judged again. An interrupt ends the judging at once: what was judged by then is kept, and `interrupted` set.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store | None = None,
        library: Library | None = None,
        read: Callable[[Document], tuple[PlacedStatement, ...]] = read_document,
    ) -> None:
        self.settings = settings
        self._library = library
        self._read = read
        self.interrupted = False
        self._known = Judgements(store, settings)
        self._resources = ExitStack()
        judge = partial(judge_statement, seed=settings.seed, reasons=settings.reasons)
        self._judges = self._workers(judge, settings.timeout, JUDGE)
        self._sympy: Workers[Statement, SymPySays | None] | None = None
        self._exact: Workers[Statement, SymPySays | None] | None = None
        self._diagnosing: Workers[StepOf, Diagnosis | None] | None = None
        self._comparing: Workers[Meant, list[Compared]] | None = None

    def __enter__(self) -> Checker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def _workers(self, function: Callable[[Item], Value], timeout: float, preload: str) -> Workers[Item, Value]:
        settings = self.settings
        return self._resources.enter_context(
            Workers(
                function,
                timeout=timeout,
                memory_bytes=settings.memory_bytes,
                jobs=settings.jobs,
                preload=(preload,),
            )
        )

    def check(self, document: Document) -> CheckedDocument:
        """Return a document with every claim judged."""
        read = self._read(document)
        kept = [i for i, p in enumerate(read) if not _ignored(p)]
        placed = [read[i] for i in kept]
        judgements, in_time = self._judgements([p.statement for p in placed])
        in_time &= self._diagnose(document, read, kept, judgements)
        steps = [CheckedStep(p.statement, p.fragment, j) for p, j in zip(placed, judgements, strict=True)]
        expected, unmet = _expectations(placed, judgements)
        steps = [replace(s, expected=i in expected) for i, s in enumerate(steps)]
        told = (*form_findings(document), *convention_findings(placed), *self._references(document, placed))
        findings = (*told, *(() if self.interrupted else unmet))
        return CheckedDocument(document.path, tuple(steps), findings, in_time and not self.interrupted)

    def _judgements(self, statements: Sequence[Statement]) -> tuple[list[Judgement | None], bool]:
        """Return a judgement for every claim, and whether all of them were found in time."""
        found: list[Judgement | None] = [None] * len(statements)
        keys = [self._known.of_claim(s) if s.kind == "claim" else None for s in statements]
        for index, statement in enumerate(statements):
            if statement.kind != "claim":
                continue
            if (problem := statement.problem) is not None:
                hint = f" ({problem.hint})" if problem.hint else ""
                found[index] = Judgement("unread", "unread", problem.message + hint)
            else:
                found[index] = self._known.recall(keys[index]) or self._known.set_aside(keys[index])
        asked = [i for i, s in enumerate(statements) if s.kind == "claim" and found[i] is None]
        late = sum(self._known.set_aside(key) is not None for key in keys)
        in_time = []
        for index, result in self._results(self._judges, asked, [statements[i] for i in asked]):
            found[index] = judgement = _judgement(result, self.settings)
            if isinstance(result, Done) and not judgement.message.startswith(OUT_OF_TIME):
                in_time.append(index)
        unsaid = self._ask_sympy(statements, found, asked)
        in_time = [index for index in in_time if index not in unsaid]
        for index in asked:
            keep = self._known.keep if index in in_time else self._known.set_by
            keep(keys[index], found[index])
        self._known.new_document()
        return found, len(in_time) == len(asked) and not late

    def _results(
        self, workers: Workers[Item, Value], places: Sequence[int], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result[Value]]]:
        """Yield the results of items with their places, until an interrupt."""
        if self.interrupted:
            return
        try:
            yield from zip(places, workers.run(items), strict=True)
        except KeyboardInterrupt:
            self.interrupted = True

    def _diagnose(
        self,
        document: Document,
        read: Sequence[PlacedStatement],
        places: Sequence[int],
        found: list[Judgement | None],
    ) -> bool:
        """Say of every wrong step what went wrong and what the right line is, as far as that can be told.

        read: all statements of the document. places: where each of the judged ones stands among them. Returns whether
        there was time enough to try all.
        """
        general = [not read[place].statement.instance for place in places]  # a right line would be one for that size
        wrong = [i for i, judgement in enumerate(found) if judgement is not None and judgement.verdict == "wrong"]
        wrong = [i for i in wrong if general[i]]
        if not wrong or not self.settings.diagnose:
            return True
        keys = {i: self._known.of_diagnosis(document, places[i]) for i in wrong}
        late = {index for index, key in keys.items() if self._known.set_aside(key) is not None}
        asked = []
        for index, key in keys.items():
            if (known := self._known.recall(key) or self._known.set_aside(key)) is not None:
                found[index] = known
            else:
                asked.append(index)
        if self._diagnosing is None:
            self._diagnosing = self._workers(Diagnoser(self.settings.seed), self.settings.timeout, DIAGNOSIS)
        in_time = 0
        steps = [StepOf(*part_of_step(document, read, places[i])) for i in asked]
        for index, result in self._results(self._diagnosing, asked, steps):
            judgement = found[index]
            assert judgement is not None
            if isinstance(result, Done):
                in_time += 1
                found[index] = with_diagnosis(judgement, result.value) if result.value is not None else judgement
                self._known.keep(keys[index], found[index])
            else:
                self._known.set_by(keys[index], judgement)
        return in_time == len(asked) and not late

    def _references(self, document: Document, placed: Sequence[PlacedStatement]) -> Iterator[CheckedFinding]:
        """Yield where blocks differ from the derivations that they are meant to be."""
        meant = list(referring(placed)) if self._library is not None else []
        for identifier, items in meant:
            assert self._library is not None
            try:
                reference = read_text(self._library(identifier), identifier)
            except LookupError as unknown:
                yield unknown_reference(document, identifier, str(unknown))
                continue
            if self._comparing is None:
                task = partial(compare_with_reference, seed=self.settings.seed)
                self._comparing = self._workers(task, self.settings.timeout, REFERENCE)
            asked = Meant(tuple(item.statement for item in items), reference)
            for _, result in self._results(self._comparing, [0], [asked]):
                late = [Compared("open", "there was no time")] * len(items)
                yield from compared_findings(identifier, items, result.value if isinstance(result, Done) else late)

    def _ask_sympy(
        self, statements: Sequence[Statement], found: list[Judgement | None], judged: Sequence[int]
    ) -> set[int]:
        """Let SymPy confirm right steps: those that it may still prove, or all where every witness is wanted.

        Returns the steps of which it did not say anything in time.
        """
        every = self.settings.every_witness
        asked = [
            i
            for i in judged
            if (judgement := found[i]) is not None
            and (judgement.verdict == "holds" or (every and judgement.verdict == "proved"))
            and (every or _is_scalar(statements[i]))
        ]
        if not asked:
            return set()
        seconds = min(self.settings.timeout, 2 * SYMPY_SECONDS)
        if self._sympy is None:
            self._sympy = self._workers(partial(confirm_statement, seconds=SYMPY_SECONDS), seconds, SYMPY)
        unsaid = self._told_by(self._sympy, asked, statements, found)
        unconfirmed = [i for i in asked if (judgement := found[i]) is not None and not has_said(judgement, "sympy")]
        if not every or not unconfirmed:
            return unsaid
        if self._exact is None:
            self._exact = self._workers(partial(confirm_statement_on_numbers, seconds=SYMPY_SECONDS), seconds, SYMPY)
        return self._told_by(self._exact, unconfirmed, statements, found)

    def _told_by(
        self,
        workers: Workers[Statement, SymPySays | None],
        asked: Sequence[int],
        statements: Sequence[Statement],
        found: list[Judgement | None],
    ) -> set[int]:
        """Add what SymPy says of these steps; return those of which it did not say anything in time."""
        unsaid = set(asked)
        for index, result in self._results(workers, asked, [statements[i] for i in asked]):
            judgement = found[index]
            assert judgement is not None
            if isinstance(result, Done):
                unsaid.discard(index)
            if isinstance(result, Done) and result.value is not None:
                found[index] = with_sympy(judgement, result.value, bool(statements[index].scope.facts))
        return unsaid


def _is_scalar(statement: Statement) -> bool:
    """Return whether SymPy may prove a claim in general: it has no law and no sum over a space."""
    reading = statement.readings[0]
    abstract = Density | LawReference | StandardLaw | Functional | Information | Expectation | MomentOf
    return not any(
        isinstance(t, abstract) or (isinstance(t, Aggregate) and not isinstance(t.binder.domain, Range | Interval))
        for side in (reading.left, reading.right)
        for t in subterms(side)
    )


def with_sympy(judgement: Judgement, confirmation: SymPySays, rests_on_facts: bool = False) -> Judgement:
    """Add what SymPy says to a judgement; a general proof of a step that holds makes it proved.

    A refutation counts as disagreement only where the encoding takes all of the scope in, facts excepted.
    """
    kind, reason = confirmation
    if kind == "refuted" and not rests_on_facts:
        evidence = (*judgement.evidence, Evidence("sympy", f"fails: {reason}"))
        return Judgement("undecided", "witnesses-disagree", "the witnesses disagree", evidence)
    if kind not in ("general", "instances"):
        return judgement
    detail = "proved in general" if kind == "general" else f"proved on exact instances: {reason}"
    evidence = (*judgement.evidence, Evidence("sympy", detail))
    proved = judgement.verdict == "proved" or (kind == "general" and not judgement.message)
    return replace(judgement, verdict="proved" if proved else judgement.verdict, evidence=evidence)


def has_said(judgement: Judgement, witness: str) -> bool:
    """Return whether a witness says anything of a claim."""
    return any(evidence.witness == witness for evidence in judgement.evidence)


def with_diagnosis(judgement: Judgement, diagnosis: Diagnosis) -> Judgement:
    """Add to a judgement what went wrong; what the judge said stays where nothing more specific is known."""
    return replace(
        judgement,
        rule=diagnosis.rule or judgement.rule,
        message=diagnosis.message or judgement.message,
        suggestion=diagnosis.suggestion,
    )


def _ignored(placed: PlacedStatement) -> bool:
    return isinstance(placed.block, Text | Display) and placed.block.ignored


def _judgement(result: Result[Judgement], settings: Settings) -> Judgement:
    if isinstance(result, Done):
        return result.value
    if isinstance(result, TimedOut):
        return Judgement("undecided", "undecided", f"not decided within {settings.timeout:g} seconds")
    return Judgement("undecided", "undecided", f"could not be decided: {result.reason}")


GENERAL = "counterexample"
"""The rule of a wrong step of which nothing more specific is known; to expect it is to expect any."""


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
            unmet.append(CheckedFinding("expectation", told, "error", position, item.place.fragment.source.path))
    return expected, tuple(unmet)


def _what_instead(steps: Sequence[int], judgements: Sequence[Judgement | None]) -> str:
    verdicts = [j.verdict for i in steps if (j := judgements[i]) is not None]
    return f" (verdicts: {', '.join(verdicts)})" if verdicts else " (nothing here was read as a claim)"


def _is(judgement: Judgement | None, directive: Expect) -> bool:
    if judgement is None or judgement.verdict != directive.verdict:
        return False
    return directive.rule in (None, judgement.rule, GENERAL)


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
    end = placed.fragment.offsets[placed.statement.span.end - 1] if placed.fragment.text else placed.fragment.start
    return sum(1 for offset in block.fragment.offsets if offset <= end)
