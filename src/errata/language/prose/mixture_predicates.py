"""The meanings of phrases about mixtures of Gaussians (patterns in `frames`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.prose.lexing import quoted
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said, draw
from errata.language.scope import DensityDefinition
from errata.language.sorts import Vector
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Density,
    Entry,
    LawReference,
    Name,
    Number,
    Product,
    Range,
    StandardDensity,
    Term,
    subterms,
)

_ONE = Number(Fraction(1))


def _mixture(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Accept it of a law that is written as a weighted sum of Gaussian densities: the weights sum to 1."""
    bodies = [_density(s.symbol, notes) for s in subjects]
    weights = [_weights(d.body) for d in bodies if d is not None]
    if not subjects or len(weights) < len(subjects) or None in weights:
        return False
    for total in weights:
        if total is not None and not _sums_to_one(total, notes):
            notes.assume(Comparison("=", total, _ONE))
    return True


def _weights(body: Term) -> Aggregate | None:
    """Return the sum of the weights of a mixture."""
    match body:
        case Aggregate("sum", Binder(index, Range()) as binder, Product((*weight, StandardDensity(_, law)))) if (
            law.kind == "normal" and len(weight) == 1
        ):
            (factor,) = weight
            if isinstance(factor, Entry) and factor.indices == (index,):
                return Aggregate("sum", binder, factor)
    return None


def _sums_to_one(total: Aggregate, notes: Notebook) -> bool:
    array = total.body.array if isinstance(total.body, Entry) else None
    sort = notes.sort_of(array.symbol) if isinstance(array, Name) else None
    return isinstance(sort, Vector) and sort.simplex


def _density(symbol: str, notes: Notebook) -> DensityDefinition | None:
    return next((d for d in (*notes.densities, *notes.scope.densities) if d.law == symbol), None)


def _means_under(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "expectations are under $p$", p over one variable, as that variable drawn from p."""
    laws = said.subjects("law")
    density = _density(laws[0].symbol, notes) if len(laws) == 1 else _weighted_density(said.latex("law"), notes)
    if density is None or density.given or len(density.values) != 1:
        body = notes.read.term(said.latex("law"))
        names = sorted(free_symbols(body)) if body is not None else notes.read.heads(said.latex("law"))
        notes.block_all(list(names), quoted(said.token.text, said.formulas))
        return False
    return draw(Subject(density.values[0][1]), LawReference(Name(density.law)), notes)


AVERAGED = "p_{\\mathbb{E}}"
"""The law without a name of its own that a note averages over."""


def _weighted_density(latex: str, notes: Notebook) -> DensityDefinition | None:
    """Enter "under $q(x) f(x) / Z$", of the one variable of the densities in it, as a law that has no name."""
    body = notes.read.term(latex)
    points = {p for t in subterms(body) for p in _points(t)} if body is not None else set()
    variables = [p.symbol for p in points if isinstance(p, Name)]
    if body is None or len(points) != 1 or len(variables) != 1 or _density(AVERAGED, notes) is not None:
        return None
    density = DensityDefinition(AVERAGED, ((base_name(variables[0]), variables[0]),), (), body)
    notes.densities.append(density)
    return density


def _points(term: Term) -> tuple[Term, ...]:
    """Return where a density or function of the note is taken."""
    match term:
        case Density(values=values, given=given):
            return tuple(slot.value for slot in (*values, *given))
        case Apply(arguments=arguments):
            return arguments
        case StandardDensity(point=point):
            return (point,)
    return ()


MIXTURE_MEANINGS: Mapping[str, Meaning] = MappingProxyType({"mixture": _mixture, "means under": _means_under})
