"""Laws by their names in prose: "the Gamma distribution with shape $a$ and rate $b$"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said, draw
from errata.language.prose.refine import Kind, MatrixProperty, Within
from errata.language.scope import Definition, Follows
from errata.language.sorts import POSITIVE, UNIT, Family, Matrix, Real, Vector
from errata.language.terms import (
    Aggregate,
    Binder,
    Entry,
    MatrixOperation,
    Name,
    Number,
    Product,
    Quotient,
    Range,
    StandardLaw,
    Sum,
    Term,
)

_F = "[\ue000-\uf8ff]"
_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gamma": ("shape", "rate"),
        "beta": ("parameters", "parameters"),
        "cauchy": ("location", "scale"),
        "student": ("location", "scale", "degrees"),
        "dirichlet": ("parameters",),
        "wishart": ("scale", "degrees"),
        "inverse wishart": ("scale", "degrees"),
        "poisson": ("rate",),
        "binomial": ("parameters", "parameters"),
        "exponential": ("rate",),
    }
)
"""The parameters of each law, in the order in which `StandardLaw` has them."""

_ROLE = re.compile(
    r"(?P<role>shape|rate|scale|location|parameters?|mean|intensity)(?: (?:parameters?|matrix|vector))?"
    rf" (?P<value>{_F})"
    rf"(?: and (?P<second>{_F})(?! degrees))?|(?P<degrees>{_F}) degrees of freedom"
)
_DEFINITE = MatrixProperty(frozenset(("symmetric", "positive definite")))


def _named_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter that the one subject follows the law, whose parameters are all told by their roles."""
    kind = _kind(said.token.groups["law"])
    if len(subjects) != 1 or (subjects[0].indices and kind != "dirichlet"):
        return False
    found = _parameters(said, notes)
    law = _law(kind, found) if found is not None else None
    if law is not None and kind == "binomial":
        return draw(subjects[0], law, notes)
    if law is None or not _fits(subjects[0].symbol, law, said, notes):
        return False
    if said.token.groups.get("sum") and not _is_sum(said, subjects[0].symbol, law, notes):
        return False
    if notes.is_defined(subjects[0].symbol):
        return False
    for parameter in law.parameters if law.kind in ("gamma", "beta", "poisson", "exponential") else ():
        for name in free_symbols(parameter):
            if notes.sort_of(name) is None:
                notes.give(Subject(name), Within(POSITIVE))
    notes.facts.append(Follows(subjects[0].symbol, law))
    _with_degrees_above(law, notes)
    return True


def _with_degrees_above(law: StandardLaw, notes: Notebook) -> None:
    """Read "m > P - 1 degrees of freedom" as what m is, P - 1 and something positive."""
    if not law.kind.endswith("wishart") or not isinstance(degrees := law.parameters[1], Name):
        return
    bounds = [a for a in notes.assumptions if a.relation == ">" and a.left == degrees]
    if len(bounds) == 1 and not notes.is_defined(degrees.symbol) and notes.sort_of(degrees.symbol) in (None, Real()):
        more = Name(f"{degrees.symbol}'")
        notes.assumptions.remove(bounds[0])
        notes.sorts[more.symbol] = POSITIVE
        notes.definitions.append(Definition(degrees.symbol, (), Sum((bounds[0].right, more))))


def _kind(words: str) -> str:
    plain = words.replace("-", " ").removeprefix("multivariate ").replace("'s", "").removesuffix("ly")
    return "student" if plain.startswith("student") else plain


def _parameters(said: Said, notes: Notebook) -> list[tuple[str, Term]] | None:
    """Return the parameters by their roles, in the order written."""
    found: list[tuple[str, Term]] = []
    for match in _ROLE.finditer(said.token.groups["parameters"]):
        if match["degrees"]:
            found.append(("degrees", _head(match["degrees"], said, notes)))
            continue
        role = "parameters" if match["role"].startswith("parameter") else match["role"]
        found.append((role, _head(match["value"], said, notes)))
        if match["second"]:
            found.append((role, _head(match["second"], said, notes)))
    return None if any(value == _NONE for _, value in found) else found


_NONE = Name("")


def _head(text: str, said: Said, notes: Notebook) -> Term:
    """Return what a formula tells of a parameter: the names it is about, or its value."""
    (number,) = formulas_in(text)
    names = [subject for part in said.parts[number] for subject in part.subjects]
    if len({subject.symbol for subject in names}) == 1:
        return Name(names[0].symbol)
    return notes.read.term(said.formulas[number].latex) or _NONE


def _law(kind: str, found: list[tuple[str, Term]]) -> StandardLaw | None:
    wanted = _ROLES[kind]
    left = [_as_rate(kind, role, value) for role, value in found]
    values: list[Term] = []
    for role in wanted:
        match = next((pair for pair in left if pair[0] == role), None)
        if match is None:
            return None
        left.remove(match)
        values.append(match[1])
    return StandardLaw(kind, tuple(values)) if not left else None


def _as_rate(kind: str, role: str, value: Term) -> tuple[str, Term]:
    """Return the rate for the mean of an exponential or Poisson law, and for the one parameter of the latter."""
    if kind == "poisson" and role in ("mean", "parameters", "intensity"):
        return "rate", value
    if kind == "exponential" and role == "mean":
        return "rate", Quotient(Number(Fraction(1)), value)
    return role, value


def _fits(symbol: str, law: StandardLaw, said: Said, notes: Notebook) -> bool:
    """Give the variable and the parameters the sorts that the law needs; False where they are something else."""
    if "symmetric positive definite" in said.token.groups["parameters"]:
        scale = law.parameters[_ROLES[law.kind].index("scale")] if "scale" in _ROLES[law.kind] else None
        if not isinstance(scale, Name) or not notes.give(Subject(scale.symbol), _DEFINITE):
            return False
    sort = notes.sort_of(symbol)
    first = notes.sort_of(law.parameters[0].symbol) if isinstance(law.parameters[0], Name) else None
    match law.kind:
        case "gamma" | "exponential":
            return notes.give(Subject(symbol), Within(POSITIVE))
        case "beta":
            return notes.give(Subject(symbol), Within(UNIT))
        case "cauchy":
            return sort in (None, Real()) and notes.give(Subject(symbol), Kind("scalar"))
        case "poisson":
            whole = Real(low=0.0, low_open=False, integer=True)
            return sort in (None, whole, Real(low=1.0, low_open=False, integer=True)) and notes.give(
                Subject(symbol), Within(whole)
            )
        case "student":
            return isinstance(sort, Vector | Real)
        case "dirichlet" if isinstance(first, Family | Vector) and isinstance(sort, Vector):
            positive = first.element if isinstance(first, Family) else first.entries
            return isinstance(positive, Real) and positive.positive and notes.give(Subject(symbol), Kind("simplex"))
        case "wishart" | "inverse wishart" if isinstance(sort, Matrix) and isinstance(first, Matrix):
            return "positive definite" in first.properties and notes.give(Subject(symbol), _DEFINITE)
    return False


def _is_sum(said: Said, symbol: str, law: StandardLaw, notes: Notebook) -> bool:
    """Return whether "that is M = sum_k x_k x_k^T with independent x_k ~ N(0, S)" says what the Wishart law is."""
    sums, drawn = (formulas_in(said.token.groups[group])[0] for group in ("sum", "drawn"))
    chain = notes.read.relation(said.formulas[sums].latex)
    if law.kind != "wishart" or not chain or len(chain) != 1 or chain[0].left != Name(symbol):
        return False
    match chain[0].right:
        case Aggregate("sum", Binder(index, Range(Number(low), high)), Product((Entry(family, (place,)), turned))):
            outer = MatrixOperation("transpose", (Entry(family, (place,)),)) == turned
            if not outer or low != 1 or high != law.parameters[1] or place != index or not isinstance(family, Name):
                return False
        case _:
            return False
    written = re.sub(r"\s", "", said.formulas[drawn].latex)
    scale = law.parameters[0]
    known = isinstance(scale, Name) and re.fullmatch(
        rf"{re.escape(family.symbol)}_\{{?{re.escape(index.symbol)}\}}?\\sim\\mathcal\{{?N\}}?\(0,(?:\\,)?"
        rf"{re.escape(scale.symbol)}\)",
        written,
    )
    if not known:
        return False
    notes.consumed.update(said.formulas[k].start for k in (sums, drawn))
    notes.definitions[:] = [d for d in notes.definitions if d.symbol != symbol]
    return True


NAMED_LAW_MEANINGS: Mapping[str, Meaning] = MappingProxyType({"named law": _named_law})
