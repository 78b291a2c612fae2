"""Whole notes with the verdict that every step must get written beside it.

In a note stands, before the claims it is about, a comment `expected: right, wrong, ...`: one word a claim, in
order, up to the next such comment. A word is a verdict or `right`, which is `proved` or `holds`; `none` says
that no claim stands there.
"""

import re
from pathlib import Path

import pytest

from errata.notes.document import read_document
from errata.verify.check import Checker, understand_document
from errata.verify.settings import Settings
from errata.verify.verdict import VERDICTS

NOTES = sorted(Path(__file__).with_name("notes").iterdir())
MARK = re.compile(r"(?:<!--|%)\s*expected:\s*([a-z, ]+)")
WORDS = {"right": {"proved", "holds"}} | {verdict: {verdict} for verdict in VERDICTS}


@pytest.fixture(scope="module")
def checker():
    with Checker(Settings(timeout=60, reasons=False, diagnose=False)) as opened:
        yield opened


def marks(document):
    """Return the places of the comments and their words, in order."""
    found = []
    for source in document.sources:
        for number, line in enumerate(source.text.splitlines(), start=1):
            if mark := MARK.search(line):
                words = mark[1].replace(" ", "").split(",")
                found.append(((source.cell or 0, number), [w for w in words if w != "none"]))
    return found


def placed_claims(checked):
    """Return the place, text and judgement of every claim, in order."""
    found = []
    for step in checked.steps:
        if step.judgement is not None:
            position = step.block_fragment.position(step.statement.span.start)
            place = (position.cell or 0, position.line)
            found.append((place, " ".join(step.statement.text.split()), step.judgement))
    return found


def compared(document, checked):
    """Return what differs from what the comments expect, a line a claim."""
    places = marks(document)
    groups = [[] for _ in places]
    differences = []
    for place, text, judgement in placed_claims(checked):
        before = [i for i, (mark, _) in enumerate(places) if mark <= place]
        if before:
            groups[before[-1]].append((place, text, judgement))
        else:
            differences.append(f"{place}: no comment says what is expected: {text}")
    for (mark, words), claims in zip(places, groups, strict=True):
        if len(words) != len(claims):
            told = "; ".join(f"{judgement.verdict}: {text}" for _, text, judgement in claims)
            differences.append(f"{mark}: {len(words)} claims expected, but there are {len(claims)}: {told}")
            continue
        for word, (place, text, judgement) in zip(words, claims, strict=True):
            if judgement.verdict not in WORDS[word]:
                why = judgement.message or "; ".join(e.detail for e in judgement.evidence)
                differences.append(f"{place}: {word} expected, {judgement.verdict} found: {text} ({why})")
    return differences


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_every_step_gets_its_verdict(path, checker):
    document = read_document(path)
    assert marks(document)
    assert compared(document, checker.check(document)) == []


def test_the_notes_hold_right_and_wrong_steps_alike():
    words = [word for path in NOTES for _, found in marks(read_document(path)) for word in found]
    assert words.count("right") >= 100
    assert words.count("wrong") >= 70
    assert set(words) <= WORDS.keys()


def test_a_verdict_that_is_not_the_expected_one_is_told(checker, tmp_path):
    note = tmp_path / "note.md"
    note.write_text("<!-- expected: wrong -->\n$1 + 1 = 2$ and\n\n<!-- expected: none -->\n$1 = 1$\n", encoding="utf-8")
    document = read_document(note)
    differences = compared(document, checker.check(document))
    assert len(differences) == 2
    assert "wrong expected, proved found: 1 + 1 = 2" in differences[0]
    assert "0 claims expected, but there are 1" in differences[1]


def test_every_step_is_what_stands_at_its_place_and_ends_where_its_last_bracket_ends():
    """The text of a step is what stands in the file between its two ends; one test, for all notes are read for it."""
    for path in NOTES:
        document = read_document(path)
        sources = {source.cell: source for source in document.sources}
        steps = understand_document(document).steps
        assert steps
        for step in steps:
            statement, fragment = step.statement, step.block_fragment
            start = fragment.position(statement.span.start)
            last = fragment.position(statement.span.end - 1)
            lines = [sources[start.cell].line(number) for number in range(start.line, last.line + 1)]
            lines[-1] = lines[-1][: last.column]
            assert "\n".join(lines)[start.column - 1 :] == statement.text
            assert statement.problem or statement.text.count("{") == statement.text.count("}")
