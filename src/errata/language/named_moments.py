r"""Names for the parameters of a law that follows: "p(w | t) = N(w | m, S)" where p(w) and p(t | w) are given.

Such a relation claims that the law is Gaussian, and says what m and S are: its mean and its covariance.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.language.definitions import definition, used_symbols
from errata.language.scope import Definition, DensityDefinition
from errata.language.sorts import Real
from errata.language.state import State, follows
from errata.language.statements import Reading
from errata.language.terms import (
    Density,
    Draw,
    Elementary,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Number,
    Power,
    Quotient,
    StandardDensity,
    StandardLaw,
    Term,
)


def named_moments(reading: Reading, state: State) -> tuple[Definition, ...]:
    """Return what the new names in a Gaussian law stand for; () where the law is not one that follows."""
    match reading.left, reading.right:
        case (
            Density(law, (slot,), given) as density,
            StandardDensity(Name() as point, StandardLaw("normal", (mean, spread))),
        ) if slot.value == point and reading.relation == "=":
            stated = definition(density, mean)
        case _:
            return ()
    if not isinstance(stated, DensityDefinition) or not follows(stated, state.densities):
        return ()
    draw = Draw(point, slot.space, LawReference(law, (slot,), given))
    moment = "variance" if isinstance(state.sorts.get(point.symbol), Real) else "covariance"
    arguments = (point,) if moment == "variance" else (point, point)
    variance = MomentOf(moment, (draw,), arguments)  # type: ignore[arg-type]
    named = (*_named(mean, Expectation((draw,), point)), *_named(spread, variance))
    return tuple(d for d in named if _is_new(d.symbol, state))


def _named(place: Term, value: Term) -> Iterator[Definition]:
    """Yield what a parameter's one name is, where the parameter has this value."""
    match place:
        case Name(symbol):
            yield Definition(symbol, (), value)
        case Power(Name(symbol), Number(exponent)) if exponent == 2:
            yield Definition(symbol, (), Elementary("sqrt", (value,)))
        case Power(Name(symbol), Number(exponent)) if exponent == -1:
            yield Definition(symbol, (), Quotient(Number(exponent * exponent), value))
        case MatrixOperation("inverse", (Name(symbol),)):
            yield Definition(symbol, (), MatrixOperation("inverse", (value,)))


def _is_new(symbol: str, state: State) -> bool:
    """Return whether nothing before is said of a name, nor rests on it."""
    known = state.announced | state.definitions.keys() | state.determined | state.seen
    laws = (used_symbols(d.body) for d in state.densities)
    return symbol not in known.union(*laws, *(used_symbols(a) for a in state.assumptions))
