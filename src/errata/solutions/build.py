"""From a derivation of the library to a solution: judged, reasons found and checked, printed from terms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from types import MappingProxyType, TracebackType
from typing import Any

from errata.derivations.library import Derivation
from errata.language.printer import LATEX_RELATIONS, to_latex
from errata.language.statements import Statement
from errata.language.terms import Comparison, Term
from errata.notes.document import Display, Document, Inline, Text, read_text
from errata.solutions.markdown import render_markdown
from errata.solutions.solution import Box, Chain, Known, Part, Piece, Row, Solution, Words
from errata.verify.cache.store import Store
from errata.verify.check import Checker, understand_document
from errata.verify.checked import CheckedDocument, CheckedStep
from errata.verify.reasons import Claimed, carries, reason_of
from errata.verify.settings import Settings
from errata.verify.workers import JUDGE, Done, Workers

Reason = tuple[str, ...] | None
_NONE: Mapping[int, Reason] = MappingProxyType({})


class CannotBuild(Exception):
    """A derivation of which some step is not right, or not carried by its reason; the message names it."""


def build_solutions(
    derivations: Iterable[Derivation],
    settings: Settings,
    store: Store | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Solution, ...]:
    """Return the solutions of derivations, in their order. Raises CannotBuild."""
    with Checker(settings, store) as checker, _Reasons(settings) as reasons:
        found = []
        for derivation in derivations:
            tell(derivation.identifier)
            document = read_text(derivation.text(), f"{derivation.identifier}.md")
            checked = checker.check(document)
            claims = [s for s in checked.steps if s.statement.kind == "claim"]
            _refuse_what_is_not_right(derivation, claims)
            proved = [s for s in claims if s.judgement is not None and s.judgement.verdict == "proved"]
            named = reasons.of(derivation.identifier, proved)
            boxes = _boxes(derivation, checker) if derivation.as_written else ()
            solution = solution_of(derivation, document, checked, named)
            for misprint in misprints(checked, solution):
                raise CannotBuild(f"{derivation.identifier}: {misprint}")
            found.append(replace(solution, boxes=boxes))
    return tuple(found)


class _Reasons:
    """Finds the rules that carry proved steps, and has each answer tried by itself; a context manager."""

    def __init__(self, settings: Settings) -> None:
        limits: dict[str, Any] = {"timeout": settings.timeout, "jobs": settings.jobs, "preload": (JUDGE,)}
        self._find: Workers[Statement, Reason] = Workers(reason_of, **limits)
        self._try: Workers[Claimed, bool] = Workers(carries, **limits)

    def __enter__(self) -> _Reasons:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._find.close()
        self._try.close()

    def of(self, identifier: str, steps: Sequence[CheckedStep]) -> dict[int, Reason]:
        """Return the reasons of steps, by the identity of the step. Raises CannotBuild where one does not carry it."""
        found = self._find.run([step.statement for step in steps])
        named = [result.value if isinstance(result, Done) else None for result in found]
        claimed = [
            Claimed(step.statement, rules) for step, rules in zip(steps, named, strict=True) if rules is not None
        ]
        for claim, result in zip(claimed, self._try.run(claimed), strict=True):
            if not (isinstance(result, Done) and result.value):
                told = ", ".join(claim.rules) or "algebra"
                raise CannotBuild(f"{identifier}: `{claim.statement.text}` is not carried by its reason ({told})")
        return {id(step): rules for step, rules in zip(steps, named, strict=True)}


def _boxes(derivation: Derivation, checker: Checker) -> tuple[Box, ...]:
    """Return what the sources have wrong, judged with what the derivation knows at its end.

    Raises CannotBuild where what is written is not found wrong, or what is to stand there not right.
    """
    text = derivation.text()
    places: list[int] = []
    for step in derivation.as_written:
        for formula in (step.written, step.right):
            places.append(len(text))
            text += f"\n\n$${formula}$$\n"
    verdicts: list[list[str]] = [[] for _ in places]
    for judged in checker.check(read_text(text, f"{derivation.identifier}.md")).steps:
        number = bisect_right(places, judged.block_fragment.start) - 1
        if number >= 0 and judged.judgement is not None:
            verdicts[number].append(judged.judgement.verdict)
    for number, step in enumerate(derivation.as_written):
        written, right = verdicts[2 * number], verdicts[2 * number + 1]
        if "wrong" not in written:
            raise CannotBuild(f"{derivation.identifier}: `{step.written}` is {' and '.join(written) or 'no claim'}")
        if not right or not {"proved", "holds"}.issuperset(right):
            raise CannotBuild(f"{derivation.identifier}: `{step.right}` is {' and '.join(right) or 'no claim'}")
    return tuple(Box(step.source, step.written, step.right) for step in derivation.as_written)


def _refuse_what_is_not_right(derivation: Derivation, claims: Sequence[CheckedStep]) -> None:
    for step in claims:
        judgement = step.judgement
        if judgement is None or judgement.verdict not in ("proved", "holds"):
            told = f"{judgement.verdict}: {judgement.message}" if judgement is not None else "not judged"
            raise CannotBuild(f"{derivation.identifier}: `{step.statement.text}` is {told}")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A step with the offset in the source at which it begins."""

    start: int
    step: CheckedStep


def misprints(checked: CheckedDocument, solution: Solution) -> Iterator[str]:
    """Yield what is wrong with formulas of a solution: read again, they are others, or both sides look the same."""
    again = _shown(understand_document(read_text(render_markdown((solution,)), solution.identifier)))
    for step, other in zip_longest(_shown(checked), again):
        if step is None:
            break  # the boxes
        left, relation, right = _meaning(step)
        printed = f"{to_latex(left)} {LATEX_RELATIONS[relation]} {to_latex(right)}"
        if other is None or _meaning(other) != (left, relation, right):
            yield f"`{step.statement.text}` is printed as `{printed}`, which is read otherwise"
        elif to_latex(left) == to_latex(right):
            yield f"`{step.statement.text}` says no more than `{printed}`"


def _shown(checked: CheckedDocument) -> list[CheckedStep]:
    """Return the steps that a solution shows: an assumption that is the premise of what follows is part of that."""
    steps = [step for step in checked.steps if step.statement.readings]
    return [step for step, after in zip(steps, [*steps[1:], None], strict=True) if not _is_premise(step, after)]


def _is_premise(step: CheckedStep, after: CheckedStep | None) -> bool:
    if after is None or step.statement.kind != "assumption":
        return False
    reading, following = step.statement.readings[0], after.statement.readings[0]
    premise = Comparison(reading.relation, reading.left, reading.right)
    return following.relation in ("=>", "<=>") and following.left == premise


def _meaning(step: CheckedStep) -> tuple[Term, str, Term]:
    reading = step.statement.readings[0]
    return reading.left, reading.relation, reading.right


def solution_of(
    derivation: Derivation, document: Document, checked: CheckedDocument, named: Mapping[int, Reason] = _NONE
) -> Solution:
    """Return the solution of a checked derivation; `named` has the reasons, by the identity of the step.

    Every formula is printed from its term.
    """
    shown = [_Placed(s.block_fragment.offsets[s.statement.span.start], s) for s in _shown(checked)]
    parts: list[Part] = []
    given: list[Words] = []
    question: Words | None = None
    for block in document.blocks:
        if isinstance(block, Text):
            tells = any(isinstance(segment, Inline) for segment in block.segments)
            if question is None:
                question = _words(block)
            elif tells and not any(isinstance(part, Chain) for part in parts):
                given.append(_words(block))
            else:
                parts.append(_words(block))
        elif isinstance(block, Display):
            parts += _chains([placed for placed in shown if _within(placed.start, block)], named)
    last = parts.pop() if parts and isinstance(parts[-1], Words) else None
    assumed = dict.fromkeys(sentence for step in checked.steps for sentence in step.statement.assumed)
    return Solution(
        derivation.identifier,
        derivation.title,
        question or Words(()),
        tuple(given),
        tuple(parts),
        last if isinstance(last, Words) else None,
        _taken_for_granted(assumed),
        tuple(_LONE_LINE.sub(r"\1", source) for source in derivation.sources),
    )


def _within(start: int, block: Text | Display) -> bool:
    return block.fragment.start <= start < block.fragment.end


_LONE_LINE = re.compile(r"\b(\d+)-\1\b")
"""One line written as a range, as the seed notes' places are: 236-236."""

_FUNCTION = "a function"
"""What is taken for one shows that by its arguments: nothing is granted with it."""

_PLURALS = MappingProxyType(
    {"a real number": "real numbers", "a positive integer": "positive integers", "an integer": "integers"}
)


def _taken_for_granted(sentences: Iterable[str]) -> tuple[Words, ...]:
    """Return what names were taken for, in the order of the sentences; several of one kind in one sentence."""
    kinds: dict[str, list[str]] = {}
    for sentence in sentences:
        name, told, kind = sentence.partition(" is ")
        if kind == _FUNCTION:
            continue
        if told and kind in _PLURALS:
            kinds.setdefault(kind, []).append(name)
        else:
            kinds[sentence] = [name] if told else []
    return tuple(_said_of(kind, names) for kind, names in kinds.items())


def _said_of(kind: str, names: Sequence[str]) -> Words:
    """Return what names are. kind: words for several, or the whole sentence about one or none."""
    if kind in _PLURALS:
        told = f" are {_PLURALS[kind]}" if len(names) > 1 else f" is {kind}"
    else:
        told = kind.removeprefix(names[0]) if names else kind
    pieces: list[Piece] = []
    for place, name in enumerate(names):
        before = "" if not place else " and " if place == len(names) - 1 else ", "
        pieces += [("text", before)] if before else []
        pieces.append(("formula", name))
    return Words((*pieces, ("text", told)))


def _words(block: Text) -> Words:
    return Words(
        tuple(
            ("formula" if isinstance(segment, Inline) else "text", segment.fragment.text) for segment in block.segments
        )
    )


def _chains(steps: Sequence[_Placed], named: Mapping[int, Reason]) -> list[Chain]:
    """Return the chains of a display: a step goes on with the one before where it begins with what that came to."""
    chains: list[Chain] = []
    reached: Term | None = None
    for placed in steps:
        left, relation, right = _meaning(placed.step)
        row = Row(LATEX_RELATIONS[relation], to_latex(right), _known(placed.step), named.get(id(placed.step)))
        if chains and left == reached:
            chains[-1] = Chain(chains[-1].left, (*chains[-1].rows, row))
        else:
            chains.append(Chain(to_latex(left), (row,)))
        reached = right
    return chains


def _known(step: CheckedStep) -> Known:
    if step.judgement is None:
        return "given"
    return "proved" if step.judgement.verdict == "proved" else "holds"
