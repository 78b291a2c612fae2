r"""Laws on finitely many numbered points: "distributions on $\{1, \dots, n\}$", "a distribution over $K$ classes".

Such a law is the column of its probabilities p_1, \dots, p_n.
"""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.prose.latex_pieces import latex_of, split_at, tokenise
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import MEANINGS, Said
from errata.language.prose.refine import LawOver
from errata.language.prose.sets import integer_run, number_of
from errata.language.sorts import UNIT, Law, Vector
from errata.language.terms import Name, Number, Term


def finite_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter that the subjects are laws on 1, ..., n; False where the phrase tells no such set."""
    count = _count(said, notes)
    if count is None or not subjects or any(s.given or s.indices or s.sizes for s in subjects):
        return False
    for subject in subjects:
        if len(subject.arguments or ()) > 1 or not isinstance(notes.sort_of(subject.symbol), Law | Vector | None):
            return False
    for subject in subjects:
        if subject.arguments is None:
            notes.sorts[subject.symbol] = Vector(count, UNIT, simplex=True)
        elif not notes.give(Subject(subject.symbol), LawOver(subject.arguments)):
            return False
    return True


def law_on(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter a law on a set that is written out, else a law of variables."""
    return finite_law(said, subjects, notes) or MEANINGS["law of"](said, subjects, notes)


def _count(said: Said, notes: Notebook) -> Term | None:
    if "count" in said.token.groups:
        count = notes.read.term(said.latex("count"))
        return count if isinstance(count, Name | Number) else None
    tokens = tokenise(said.latex("set") or said.latex("values"))
    if "given" in said.token.groups:
        return None
    if len(tokens) == 3 and tokens[0] == "[" and tokens[-1] == "]":
        return notes.read.term(latex_of(tokens[1:-1]))
    if not tokens or tokens[0] != "\\{" or tokens[-1] != "\\}":
        return None
    run = integer_run(split_at(tokens[1:-1], (",",)), notes.read)
    return run[1] if run is not None and number_of(run[0]) == 1.0 else None
