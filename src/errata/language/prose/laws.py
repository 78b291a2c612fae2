r"""The right side of x \sim ...: a standard law, or a law of the note."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.latex_pieces import Tokens, bracketed, group, latex_of, scripted, split_at, tokenise
from errata.language.prose.notebook import Notebook, space_of, unknown_euclidean
from errata.language.prose.refine import LawOver, looks_like_matrix
from errata.language.prose.sets import integer_run
from errata.language.sorts import POSITIVE, UNIT, EuclideanSpace, FiniteSpace, Law, Matrix, Real, SpaceKind, Vector
from errata.language.symbols import base_name
from errata.language.terms import (
    Density,
    LawReference,
    MatrixOperation,
    Name,
    Number,
    Quotient,
    Slot,
    StandardDensity,
    StandardLaw,
    Term,
    subterms,
)

_STANDARD = {
    "N": "normal", "Normal": "normal", "Gaussian": "normal", "U": "uniform", "Uniform": "uniform",
    "Unif": "uniform", "Bernoulli": "bernoulli", "Ber": "bernoulli", "Bern": "bernoulli",
    "Categorical": "categorical", "Cat": "categorical", "Exp": "exponential", "Exponential": "exponential",
    "Expon": "exponential", "Expo": "exponential",
    "Poisson": "poisson", "Pois": "poisson", "Poi": "poisson",
    "Bin": "binomial", "Binomial": "binomial", "Binom": "binomial",
    "Beta": "beta", "Gamma": "gamma", "Gam": "gamma", "Ga": "gamma",
}  # fmt: skip
_ARITY = {"normal": 2, "uniform": 2, "bernoulli": 1, "categorical": 1, "exponential": 1, "poisson": 1, "beta": 2,
          "gamma": 2, "binomial": 2}  # fmt: skip
FOLLOWED: Mapping[str, Real] = MappingProxyType({"beta": UNIT, "gamma": POSITIVE})
"""Laws whose variables keep the sort of their values: notes go on to use them as numbers."""
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


def law_of(latex: str, notes: Notebook) -> Term | None:
    """Return the law; None where it was not read."""
    tokens = tokenise(latex)
    return _standard(tokens, notes) or _reference(latex, tokens, notes)


def is_named_elsewhere(law: Term, drawn: Collection[str], notes: Notebook) -> bool:
    r"""Return whether a law that the note does not explain has a name of its own that is not known: Geom(p), t_\nu.

    Such a law is not just any law, as p and q are. drawn: the names that are drawn from it.
    """
    if not isinstance(law, LawReference) or notes.is_defined(law.law.symbol):
        return False
    of_others = bool(law.values) and not {slot.space for slot in law.values} & {base_name(s) for s in drawn}
    return of_others or bool(_NAMED.match(law.law.symbol))


_NAMED = re.compile(r"\\(?:mathrm|text|operatorname)\{[A-Za-z]{2,}\}|(?:t|\\chi)(?:_|\^|$)")


def gamma_by_rate(law: Term | None, words: str) -> Term | None:
    """Return a gamma law with the rate in its last place, by what the words call that; None where they do not."""
    if not isinstance(law, StandardLaw) or law.kind != "gamma" or _RATE.search(words):
        return law
    if not re.search(r"\bscale\b", words):
        return None
    shape, scale = law.parameters
    return StandardLaw("gamma", (shape, Quotient(ONE, scale)))


_RATE = re.compile(r"\b(?:rate|inverse scale)\b")


def _standard(tokens: Tokens, notes: Notebook) -> StandardLaw | None:
    name = scripted(tokens)
    if name is None or not name.rest or name.upper or name.lower:
        return None
    word = "".join(group(name.base, 1)[0]) if len(name.base) > 1 else name.base[0]
    rest = name.rest
    while rest and rest[0].isalpha() and len(rest[0]) == 1:  # Expon(\\lambda), in letters of mathematics
        word, rest = word + rest[0], rest[1:]
    kind = _STANDARD.get(word.lstrip("\\"))
    opened = (rest[0], rest[-1]) if rest else ("", "")
    inside = rest[1:-1] if opened in (("(", ")"), ("[", "]"), ("\\{", "\\}")) else None
    if kind is None or inside is None:
        return None
    if kind == "uniform" and (finite := _braced(opened, inside)) is not None:
        return uniform_on(finite, notes)
    after_point = split_at(inside, (";", "|", "\\mid"))[-1]
    parameters = [notes.read.term(latex_of(piece)) for piece in split_at(after_point, (",",))]
    known = tuple(p for p in parameters if p is not None)
    return StandardLaw(kind, known) if len(known) == len(parameters) == _ARITY[kind] else None


def _braced(opened: tuple[str, str], inside: Tokens) -> Tokens | None:
    r"""Return what stands within the braces of a set: U\{1, 2\}, U(\{1, \dots, n\})."""
    if opened == ("\\{", "\\}"):
        return inside
    return inside[1:-1] if inside and (inside[0], inside[-1]) == ("\\{", "\\}") else None


def uniform_on(members: Tokens, notes: Notebook) -> StandardLaw | None:
    r"""Return the law under which the members of a finite set are as likely: those of a, b, c and of 1, \dots, n."""
    pieces = split_at(members, (",",))
    run = integer_run(pieces, notes.read)
    if run is not None:
        first = [notes.read.term(latex_of(piece)) for piece in pieces[:-2]]
        steps = [isinstance(n, Number) and isinstance(run[0], Number) and n.value - run[0].value for n in first]
        return StandardLaw("integers", run) if len(first) == 1 or steps == list(range(len(first))) else None
    values = [notes.read.term(latex_of(piece)) for piece in pieces]
    known = tuple(value for value in values if value is not None)
    if len(known) < max(2, len(values)) or len(set(known)) < len(known):
        return None
    share = Quotient(ONE, Number(Fraction(len(known))))
    return StandardLaw("discrete", tuple(term for value in known for term in (value, share)))


def uniform_on_set(latex: str, notes: Notebook) -> StandardLaw | None:
    """Return the uniform law on a finite set that is written out; None for anything else."""
    tokens = tokenise(latex)
    return uniform_on(tokens[1:-1], notes) if tokens and (tokens[0], tokens[-1]) == ("\\{", "\\}") else None


def _reference(latex: str, tokens: Tokens, notes: Notebook) -> Term | None:
    match notes.read.term(latex):
        case StandardLaw() | LawReference() as law:
            return law
        case StandardDensity(law=standard):
            return standard
        case Density(law=law, values=values, given=given, parameters=parameters):
            return LawReference(law, values, given, parameters)
    name = scripted(tokens)
    if name is None:
        return None
    symbols = notes.read.names(latex_of(tokens[: len(tokens) - len(name.rest)]))
    if len(symbols) != 1:
        return None
    if not name.rest:
        return LawReference(Name(symbols[0]))
    inside = bracketed(name.rest)
    groups = split_at(inside, ("|", "\\mid")) if inside else []
    slots = [_slots(g, notes) for g in groups]
    if not slots or len(slots) > 2 or any(s is None for s in slots):
        return None
    return LawReference(Name(symbols[0]), slots[0] or (), (slots[1] or ()) if len(slots) == 2 else ())


def _slots(tokens: Tokens, notes: Notebook) -> tuple[Slot, ...] | None:
    values = split_at(split_at(tokens, (";",))[0], (",",))
    symbols = [notes.read.names(latex_of(v)) for v in values]
    if any(len(s) != 1 for s in symbols):
        return None
    return tuple(Slot(base_name(s[0]), Name(s[0])) for s in symbols)


def enter_law(law: Term, space: str, notes: Notebook) -> None:
    """Declare the law that was named, over this space and those it is written with."""
    if isinstance(law, LawReference):
        spaces = tuple(slot.space for slot in (*law.values, *law.given)) or (space,)
        known = notes.sort_of(law.law.symbol)
        if isinstance(known, Law) and (not law.values or set(spaces) <= set(known.spaces)):
            return
        if known is None or isinstance(known, Law):
            added = LawOver(spaces)
            merged = known.spaces + tuple(s for s in spaces if s not in known.spaces) if known else added.spaces
            notes.sorts[law.law.symbol] = Law(merged)


_ON_NUMBERS = ("uniform", "exponential", "binomial", "geometric", "integers", "discrete")


def values_of(law: Term, symbol: str, notes: Notebook) -> SpaceKind | None:
    """Return the space that a standard law's values lie in, by what its parameters are."""
    if not isinstance(law, StandardLaw):
        return None
    if law.kind == "bernoulli":
        return FiniteSpace((ZERO, ONE))
    if law.kind != "normal":
        return EuclideanSpace(None) if law.kind in _ON_NUMBERS else None
    known = notes.sort_of(symbol)
    if isinstance(known, Vector):
        return space_of(known)
    return _gaussian_space(law.parameters[0], law.parameters[1], symbol, notes)


def _gaussian_space(mean: Term, spread: Term, symbol: str, notes: Notebook) -> SpaceKind:
    """Tell vectors from numbers by the covariance first: a mean such as w^T x may hold vectors and be a number."""
    identities = [t for t in subterms(spread) if isinstance(t, MatrixOperation) and t.operation == "identity"]
    sized = next((t.arguments[0] for t in identities if t.arguments), None)
    if sized is not None:
        return EuclideanSpace(sized)
    means = notes.sort_of(mean.symbol) if isinstance(mean, Name) else None
    if isinstance(means, Vector):
        return space_of(means)
    spreads = notes.sort_of(spread.symbol) if isinstance(spread, Name) else None
    if isinstance(spreads, Matrix):
        return EuclideanSpace(spreads.rows)
    if spreads is None and any(isinstance(t, Name) and looks_like_matrix(t.symbol) for t in subterms(spread)):
        return unknown_euclidean(symbol)
    return unknown_euclidean(symbol) if identities else EuclideanSpace(None)
