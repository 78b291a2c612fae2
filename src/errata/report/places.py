"""What was found in a document with lines and columns in place of spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from errata.language.printer import relation_to_text, text_symbol, to_text
from errata.language.scope import Definition, Scope
from errata.language.sort_words import sort_in_words, space_in_words
from errata.language.sorts import Point, RandomVariable, Sort
from errata.language.statements import Reading, Statement
from errata.language.terms import Name, subterms
from errata.notes.preamble import PREAMBLE
from errata.report.report import DocumentReport, Finding, Obstacle, SourceEdit, Step, digest_of
from errata.verify.checked import CheckedDocument, CheckedFinding, CheckedStep

_NONE: Mapping[int, tuple[str, ...]] = MappingProxyType({})


def document_report(checked: CheckedDocument, second: Mapping[int, tuple[str, ...]] = _NONE) -> DocumentReport:
    """Return what was found in a document with lines and columns in place of spans.

    second: by the number of a step, what the second reader says of it.
    """
    return DocumentReport(
        checked.path,
        tuple(
            replace(_step(checked.path, step), second_reader=second.get(number, ()))
            for number, step in enumerate(checked.steps)
            if step.block_fragment.source.path != PREAMBLE
        ),
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
        edit=_edit(checked),
    )


def _edit(checked: CheckedStep) -> SourceEdit | None:
    """Return the correction of a step as an edit of its file, where the characters to change stand there in a row."""
    suggestion = checked.judgement.suggestion if checked.judgement is not None else None
    fragment = checked.block_fragment
    if suggestion is None or not suggestion.verified or not 0 < suggestion.end <= len(fragment.text):
        return None
    first, last = suggestion.start, suggestion.end
    end = fragment.offsets[last - 1] + 1
    start = fragment.offsets[first] if first < last else end
    written, text = fragment.text[first:last], fragment.source.text
    if text[start:end] != written:
        return None
    return SourceEdit(start, end, written, suggestion.replacement, digest_of(text), suggestion.safe)


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
