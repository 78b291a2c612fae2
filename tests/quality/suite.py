"""The mutation suite: slips injected into right steps, and right steps rewritten; what is found, said and mended."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oracle import truth
from rewriting import rewritings
from slipping import Injected, injected

from errata.derivations.library import derivations
from errata.language.printer import to_latex
from errata.language.reading import read_document as understood
from errata.language.terms import Term
from errata.notes.document import read_text
from errata.verify.diagnosis.diagnosis import diagnose_place
from errata.verify.diagnosis.form import same_form
from errata.verify.diagnosis.relations import right_side
from errata.verify.diagnosis.rereading import Edit, Place, place_of, read_again
from errata.verify.diagnosis.source_edit import edits
from errata.verify.judge import judge
from errata.verify.verdict import Diagnosis

RIGHT = ("proved", "holds")


@dataclass(frozen=True)
class Case:
    """A right step, by the text it stands in and its place there."""

    source: str
    path: str
    index: int


@dataclass
class Tally:
    """What came of the suite. lists: what must be looked at, in words."""

    mutants: Counter[str] = field(default_factory=Counter)
    detected: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    rewritten: Counter[str] = field(default_factory=Counter)
    false_alarms: list[str] = field(default_factory=list)
    called_right: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    undetected: list[str] = field(default_factory=list)
    unmended: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what came of another part of the suite."""
        for name, value in vars(self).items():
            if isinstance(value, Counter):
                value.update(getattr(other, name))
            else:
                value.extend(getattr(other, name))


def sources(folders: Iterable[Path]) -> list[tuple[str, str]]:
    """Return text and path of the derivations of the library and of the notes in folders."""
    texts = [(d.text(), d.identifier) for d in derivations()]
    for folder in folders:
        notes = sorted((folder / "right").glob("*.md")) or sorted(folder.glob("**/*.md"))
        texts += [(note.read_text(encoding="utf-8"), str(note)) for note in notes]
    return texts


def cases(text: str, path: str) -> Iterator[Case]:
    """Yield the equations of a note."""
    for index, placed in enumerate(understood(read_text(text, path))):
        statement = placed.statement
        if statement.kind == "claim" and statement.readings and statement.readings[0].relation == "=":
            yield Case(text, path, index)


def run_case(case: Case, seed: int, most: int, diagnosed: bool = True) -> Tally:
    """Inject slips into one step, and rewrite it; at most so many of each."""
    tally = Tally()
    started = time.process_time()
    place = place_of(read_text(case.source, case.path), case.index)
    reading = time.process_time() - started
    if judge(place.statement, reasons=False).verdict in RIGHT:
        _slip(tally, case, place, seed, most, reading if diagnosed else None)
        _rewrite(tally, case, place, seed, most)
    return tally


def _slip(tally: Tally, case: Case, place: Place, seed: int, most: int, seconds: float | None) -> None:
    """Inject slips into a step. seconds: what it takes to read the note, None where nothing is to be diagnosed."""
    reading, scope = place.statement.readings[0], place.statement.scope
    rng = random.Random(f"{case.path}:{case.index}:{seed}")
    known = truth(reading.left, reading.right, scope)
    slips = list(injected(reading.right, scope))
    rng.shuffle(slips)
    for slip in slips[:most]:
        changed = _written(place, slip.term)
        if changed is None:
            continue
        still = truth(reading.left, slip.term, scope) if known else None
        if still is True:
            continue  # it did not become false
        verdict = judge(changed.statement, reasons=False)
        if verdict.verdict in RIGHT and still is None:  # nobody but the judge can tell
            tally.untold.append(f"{case.path}: {changed.statement.text}  [{slip.kind}]")
            continue
        tally.mutants[slip.kind] += 1
        tally.verdicts[verdict.verdict] += 1
        told = f"{case.path}: {changed.statement.text}  [{slip.kind}]"
        if verdict.verdict in RIGHT:
            tally.called_right.append(told)
        if verdict.verdict != "wrong":
            tally.undetected.append(f"{told} {verdict.verdict}: {verdict.message}")
            continue
        tally.detected[slip.kind] += 1
        if seconds is not None:
            started = time.process_time()
            found = diagnose_place(changed)
            tally.seconds.append(seconds + time.process_time() - started)
            _compare(tally, slip, changed, reading.right, found, verdict.rule, told)


def _compare(
    tally: Tally, slip: Injected, changed: Place, right: Term, found: Diagnosis | None, rule: str, told: str
) -> None:
    """Note what is said of a slip that was found."""
    rule = (found.rule if found is not None else "") or rule
    suggestion = found.suggestion if found is not None else None
    answer = f"{told} {rule} -> {suggestion.latex if suggestion else None}"
    if slip.is_named(rule):
        tally.named[slip.kind] += 1
    else:
        tally.misnamed.append(answer)
    edit = Edit(suggestion.start, suggestion.end, suggestion.replacement) if suggestion else None
    fixed = read_again(changed, edit) if edit else None
    scope = changed.statement.scope
    if fixed is not None and same_form(fixed.statement.readings[0].right, right, scope):
        tally.mended[slip.kind] += 1
    else:
        tally.unmended.append(answer)


def _rewrite(tally: Tally, case: Case, place: Place, seed: int, most: int) -> None:
    reading, scope = place.statement.readings[0], place.statement.scope
    for how, term in list(rewritings(reading.right, scope, seed))[:most]:
        changed = _written(place, term) if term != reading.right else None
        if changed is None:
            continue
        verdict = judge(changed.statement, reasons=False)
        tally.rewritten[verdict.verdict] += 1
        if verdict.verdict == "wrong" and truth(reading.left, term, scope) is not False:
            tally.false_alarms.append(f"{case.path}: {changed.statement.text}  [{how}]")


def _written(place: Place, term: Term) -> Place | None:
    """Return the place with another right side written into its note, where that reads as meant."""
    text = place.fragment.text
    side = right_side(place.statement, text)
    every = list(edits(text, place.statement.readings[0].right, term, side))
    for edit in (*every[:3], Edit(side.start, side.end, " " + to_latex(term))):
        changed = read_again(place, edit)
        if changed is not None and changed.statement.readings[0].right == term:
            return changed
    return None


def table(tally: Tally) -> str:
    """Return the figures as a table."""
    rows = [f"{'slip':20}{'mutants':>9}{'detected':>10}{'named':>8}{'mended':>8}"]
    for kind in sorted(tally.mutants):
        counts = (tally.mutants[kind], tally.detected[kind], tally.named[kind], tally.mended[kind])
        rows.append(f"{kind:20}{counts[0]:9}{counts[1]:10}{counts[2]:8}{counts[3]:8}")
    counts = tuple(sum(c.values()) for c in (tally.mutants, tally.detected, tally.named, tally.mended))
    rows.append(f"{'all':20}{counts[0]:9}{counts[1]:10}{counts[2]:8}{counts[3]:8}")
    rows.append(
        f"detected {_share(counts[1], counts[0])}, called right {len(tally.called_right)}, "
        f"rule right {_share(counts[2], counts[1])}, first correction of the right form {_share(counts[3], counts[1])}"
    )
    rows.append(f"called right where the oracle does not tell (not counted): {len(tally.untold)}")
    rewritten = sum(tally.rewritten.values())
    rows.append(f"rewritings {rewritten} ({dict(tally.rewritten)}), false alarms {len(tally.false_alarms)}")
    if tally.seconds:
        ordered = sorted(tally.seconds)
        rows.append(
            "seconds of diagnosis, with the reading of the note: "
            f"median {_at(ordered, 0.5):.2f}, 95 % {_at(ordered, 0.95):.2f}"
        )
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
