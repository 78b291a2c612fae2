"""The meanings of phrases about laws (patterns in `law_frames`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.factorisations import factorisation
from errata.language.prose.independence import enter_independence
from errata.language.prose.laws import ONE, ZERO
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Equation, Subject
from errata.language.prose.predicates import MEANINGS, Meaning, Said, draw, name_deviations, valued
from errata.language.prose.refine import LawOver, Within
from errata.language.sorts import UNIT, AbstractSpace, EuclideanSpace, FiniteSpace, Law, RandomVariable, Vector
from errata.language.symbols import base_name
from errata.language.terms import (
    Comparison,
    Expectation,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    StandardLaw,
)


def _law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "a joint distribution of two discrete variables", which are those in its places."""
    return bool(subjects) and False not in [notes.give(s, LawOver(())) for s in subjects]


def _policy(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "a policy $pi(a | s)$" and "the dynamics $p(s', r | s, a)$": a law for every state, or state and action."""
    told = all(s.given or notes.is_law(s.symbol) for s in subjects)
    return told and _law(said, subjects, notes)


def _finite_variables(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "binary variables with joint distribution $p(x, y)$": finite spaces, and what is said of their law."""
    space = FiniteSpace((ZERO, ONE)) if said.token.groups["kind"] == "binary" else AbstractSpace()
    if any(s.arguments is not None or s.indices or s.sizes for s in subjects):
        return False
    if "law" in said.token.groups and not _of_joint_law(said, notes):
        return False
    return bool(subjects) and False not in [valued(s, space, notes) for s in subjects]


def _of_joint_law(said: Said, notes: Notebook) -> bool:
    """Enter a joint law that is named, and the product that it is where a formula says so."""
    (number,) = formulas_in(said.token.groups["law"])
    named = [s for part in said.parts[number] for s in part.subjects]
    if len(named) != 1 or named[0].arguments is None or not notes.give(replace(named[0], given=()), LawOver(())):
        return False
    return not any(isinstance(p, Equation) for p in said.parts[number]) or _factorises(said, (), notes)


def _factorises(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Assume that a joint law is the product that a formula says."""
    chain = notes.read.relation(said.latex("law"))
    if chain is None or len(chain) != 1 or factorisation(chain[0]) is None:
        return False
    notes.assume(chain[0])
    notes.consumed.update(said.formulas[k].start for k in formulas_in(said.token.groups["law"]))
    return True


def _probabilities(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "prior probabilities $p(c)$": values of a law; of plain names only that they are probabilities."""
    told = [LawOver(()) if s.arguments is not None else Within(UNIT) for s in subjects]
    return bool(subjects) and False not in [notes.give(s, a) for s, a in zip(subjects, told, strict=True)]


def _gaussian_laws(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Accept it of laws that formulas define so."""
    laws = {d.symbol: d.body for d in (*notes.scope.definitions.values(), *notes.definitions)}
    found = [laws.get(s.symbol) for s in subjects]
    return bool(found) and all(isinstance(b, StandardLaw) and b.kind == "normal" for b in found)


def _rademacher(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "a Rademacher variable": 1 or -1, with equal chances."""
    half = Quotient(ONE, Number(Fraction(2)))
    law = StandardLaw("discrete", (ONE, half, Negative(ONE), half))
    for subject in subjects:
        if subject.arguments is not None or not draw(subject, law, notes):
            return False
        notes.spaces.setdefault(base_name(subject.symbol), EuclideanSpace(None))
    return bool(subjects)


def _smooth_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read it of laws: they have a parameter; of other things it says that they are functions."""
    if not subjects or not all(notes.is_law(s.symbol) for s in subjects):
        return MEANINGS["depends on"](said, subjects, notes)
    on = said.subjects("on")
    if not on or any(p.indices or p.arguments is not None for p in on):
        return False
    for subject in subjects:
        law = notes.sort_of(subject.symbol)
        assert isinstance(law, Law)
        added = tuple(p.symbol for p in on if p.symbol not in law.parameters)
        notes.sorts[subject.symbol] = replace(law, parameters=law.parameters + added)
    return True


def _independent_components(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "vectors with independent components of mean 0 and variance s": what their moments are, which is less."""
    named = said.subjects("of") or tuple(subjects)
    if "mean" in said.token.groups and notes.read.term(said.latex("mean")) != ZERO:
        return False
    spread = notes.read.term(said.latex("spread")) if "spread" in said.token.groups else ONE
    vectors = [s for s in named if _is_vector(s, notes)]
    if not vectors or len(vectors) < len(named) or spread is None:
        return False
    name_deviations(spread, notes)
    for subject in vectors:
        if not draw(subject, None, notes):
            return False
        name = Name(subject.symbol)
        identity = MatrixOperation("identity")
        covariance = identity if spread == ONE else Product((spread, identity))
        notes.assume(Comparison("=", Expectation((), name), ZERO))
        notes.assume(Comparison("=", MomentOf("covariance", (), (name, name)), covariance))
    enter_independence([s.symbol for s in vectors], notes)
    return True


def _is_vector(subject: Subject, notes: Notebook) -> bool:
    base = base_name(subject.symbol)
    space = notes.spaces.get(base, notes.scope.spaces.get(base))
    known = notes.sort_of(subject.symbol)
    drawn = isinstance(known, RandomVariable) and isinstance(space, EuclideanSpace) and space.size is not None
    return not subject.indices and (drawn or isinstance(known, Vector))


LAW_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "law": _law,
        "finite variables": _finite_variables,
        "factorises": _factorises,
        "policy": _policy,
        "probabilities": _probabilities,
        "gaussian laws": _gaussian_laws,
        "rademacher": _rademacher,
        "smooth law": _smooth_law,
        "independent components": _independent_components,
        "components of": _independent_components,
    }
)
