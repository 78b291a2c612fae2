r"""A mended line as an edit of the source: the smallest change of what the writer wrote, its formatting kept.

Spans of terms do not always hold their brackets, and a base shares its span with its power. So an edit is a guess
that is read again before it is shown: the narrowest comes first, the whole side written anew comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from errata.language.definitions import rebuilt
from errata.language.printer import to_latex
from errata.language.terms import (
    Density,
    LawReference,
    MatrixOperation,
    Name,
    Negative,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Term,
)
from errata.verify.diagnosis.rereading import Edit
from errata.verify.diagnosis.trees import Change, change_between, positions

MARK = "\\errata"
_BRACKETS = {")": "(", "]": "[", "}": "{", "\\}": "\\{", "\\right": "\\left", "\\rangle": "\\langle"}
_SCRIPT = re.compile(r"\s*\^\s*(?:\{[^{}]*\}|\\[A-Za-z]+|\S)")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)


def edits(text: str, written: Term, mended: Term, side: Span) -> Iterator[Edit]:
    """Yield edits of a text that may turn the written side into the mended one, the narrowest first.

    side: where the whole written side stands.
    """
    change = change_between(written, mended)
    if change is None:
        return
    sources = _sources(text, written)
    seen: set[Edit] = set()
    signed = _signed(text, change, sources)
    if signed is not None:
        seen.add(signed)
        yield signed
    pairs = [
        (span, fresh)
        for old, fresh in ((change.old, change.new), *reversed(change.above))
        for span in _spans(text, old)
    ]
    for span, fresh in (*pairs, (side, mended)):
        for latex in (_written(fresh, sources), to_latex(fresh)):
            edit = trimmed(text, Edit(span.start, span.end, _in_its_signs(latex, text)))
            if edit not in seen:
                seen.add(edit)
                yield edit


def _in_its_signs(latex: str, text: str) -> str:
    """Write a product by entries with the sign that the note has for it."""
    return latex.replace("\\odot", "\\circ") if "\\circ" in text and "\\odot" not in text else latex


def _signed(text: str, change: Change, sources: Mapping[Term, str]) -> Edit | None:
    """Return the edit of an addend together with the sign in front of it."""
    if not change.above or not isinstance(change.above[-1][0], Sum):
        return None
    old = change.old.term if isinstance(change.old, Negative) else change.old
    new = change.new.term if isinstance(change.new, Negative) else change.new
    span = snapped(text, old.span)
    if span is None or isinstance(new, Sum):
        return None
    before = text[: span.start].rstrip()
    signed = before[-1:] in ("+", "-")
    first = change.path[-1] == 0
    sign = "-" if isinstance(change.new, Negative) else "" if first else "+"
    start = len(before) - 1 if signed else span.start
    space = text[start + 1 : span.start] if signed and sign else ""
    return trimmed(text, Edit(start, span.end, sign + space + _written(new, sources, loose=True)))


def _spans(text: str, term: Term) -> Iterator[Span]:
    """Yield where a term may stand: its script and its sign do not always count to its span."""
    span = snapped(text, term.span)
    if span is None:
        return
    script = _SCRIPT.match(text, span.end)
    if script is not None and isinstance(term, MatrixOperation | Power):
        yield Span(span.start, script.end())
    before = text[: span.start].rstrip()
    if isinstance(term, Negative) and before.endswith("-"):
        yield Span(len(before) - 1, span.end)
    yield span


def snapped(text: str, span: Span | None) -> Span | None:
    """Widen a span until its brackets balance; None where they cannot."""
    if span is None or not 0 <= span.start <= span.end <= len(text):
        return None
    start, end = span.start, span.end
    for _ in range(8):
        missing, open_ = _unbalanced(text[start:end])
        if not missing and not open_:
            return Span(start, end)
        if open_:
            found = _closing(text, end, open_)
            if found is None:
                return None
            end = found
        if missing:
            found = _opening(text, start, missing)
            if found is None:
                return None
            start = found
    return None


def _unbalanced(text: str) -> tuple[int, int]:
    """Return how many brackets close without being opened, and how many stay open."""
    missing = depth = 0
    skip = False
    for token in _TOKEN.findall(text):
        if skip:  # the sign after \left or \right
            skip = False
            continue
        if token in ("\\left", "\\right"):
            skip = True
        if token in _BRACKETS.values():
            depth += 1
        elif token in _BRACKETS:
            if depth:
                depth -= 1
            else:
                missing += 1
    return missing, depth


def _closing(text: str, end: int, count: int) -> int | None:
    depth = count
    place = end
    while place < len(text):
        found = _TOKEN.match(text, place)
        assert found is not None
        token = found.group()
        place = found.end()
        if token in ("\\left", "\\right"):
            following = _TOKEN.match(text, place)
            place = following.end() if following else place
        if token in _BRACKETS.values():
            depth += 1
        elif token in _BRACKETS:
            depth -= 1
            if not depth:
                return place
    return None


def _opening(text: str, start: int, count: int) -> int | None:
    """Return where the bracket opens that the count-th unmatched one closes."""
    tokens = list(_TOKEN.finditer(text, 0, start))
    depth = count
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place].group()
        if place and tokens[place - 1].group() in ("\\left", "\\right"):
            continue
        if token in _BRACKETS:
            depth += 1
        elif token in _BRACKETS.values():
            depth -= 1
            if not depth:
                return tokens[place].start()
    return None


def trimmed(text: str, edit: Edit) -> Edit:
    """Cut off what an edit leaves as it was, at whole tokens."""
    old = [m.group() for m in _TOKEN.finditer(text, edit.start, edit.end)]
    new = _TOKEN.findall(edit.replacement)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = edit.start + sum(map(len, old[:head]))
    end = edit.end - sum(map(len, old[len(old) - tail :]))
    middle = "".join(new[head : len(new) - tail])
    before = text[:start]
    if middle[:1].isalpha() and re.search(r"\\[A-Za-z]+$", before):
        middle = " " + middle
    if re.search(r"\\[A-Za-z]+$", middle) and text[end : end + 1].isalpha():
        middle += " "
    return Edit(start, end, middle)


# Writing with what was written -----------------------------------------------------------------------


def _sources(text: str, written: Term) -> dict[Term, str]:
    """Return how each part of the written side was written, where its span can be told from its parent's."""
    found: dict[Term, str] = {}
    parents: dict[tuple[str | int, ...], Term] = {}
    for path, node in positions(written):
        parents[path] = node
        span = node.span
        above = (p for q, p in parents.items() if q != path and path[: len(q)] == q)
        shared = any(p.span == span and not isinstance(p, Negative) for p in above)  # a sign is not in its span
        whole = snapped(text, span)
        if whole is not None and not shared and whole == span:
            found.setdefault(node, text[whole.start : whole.end])
    return found


def _written(term: Term, sources: Mapping[Term, str], *, loose: bool = False) -> str:
    """Print a term with the parts that were written before as they were written. loose: it stands as an addend."""
    used: dict[str, str] = {}

    def mark(source: str) -> Name:
        name = f"{MARK}{_letters(len(used))}"
        used[name] = source
        return Name(name)

    def marked(part: Term, loose: bool) -> Term:
        known = sources.get(part)
        if known is not None and not isinstance(part, Sum | Negative) and (loose or _holds_together(part)):
            return mark(known)
        if isinstance(part, Density | LawReference):  # a point of a law by another name would be a point elsewhere
            return rebuilt(part, lambda inner: inner if isinstance(inner, Name) else marked(inner, loose=False))
        run = _known_run(part.factors, sources) if isinstance(part, Product) else None
        if isinstance(part, Product) and run is not None:
            start, end, source = run
            part = Product((*part.factors[:start], mark(source), *part.factors[end:]))
        return rebuilt(part, lambda inner: marked(inner, isinstance(part, Sum | Quotient)))

    latex = to_latex(marked(replace(term, span=None), loose))
    for name, source in used.items():
        latex = latex.replace(name, source)
    return latex


def _known_run(factors: tuple[Term, ...], sources: Mapping[Term, str]) -> tuple[int, int, str] | None:
    """Return factors that stood together before: where the run starts and ends, and how it was written."""
    for length in range(len(factors) - 1, 1, -1):
        for start in range(len(factors) - length + 1):
            source = sources.get(Product(factors[start : start + length]))
            if source is not None:
                return start, start + length, source
    return None


def _holds_together(term: Term) -> bool:
    return not isinstance(term, Product | Sum | Negative)


def _letters(number: int) -> str:
    """Return a number in letters, since digits end the name of a command."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
