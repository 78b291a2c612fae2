"""The sorts of undeclared parameters of laws: the mean of a random vector is a vector, its covariance a matrix."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from errata.language.prose.refine import is_unknown_size
from errata.language.scope import DensityDefinition
from errata.language.sorts import (
    EuclideanSpace,
    Family,
    Matrix,
    Point,
    RandomVariable,
    Sort,
    SpaceKind,
    Vector,
    resized,
)
from errata.language.symbols import base_name
from errata.language.terms import (
    Comparison,
    Entry,
    Expectation,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Product,
    Quotient,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)

COVARIANCE = frozenset(("symmetric", "positive definite"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of names when the parameters are looked at."""

    sorts: Mapping[str, Sort]
    spaces: Mapping[str, SpaceKind]
    defined: frozenset[str]

    def size_of(self, term: Term) -> Term | None:
        """Return the size of what is a vector, or a random vector; None where it is none or not known."""
        if isinstance(term, Entry):
            term = term.array
        if not isinstance(term, Name):
            return None
        sort = self.sorts.get(term.symbol)
        sort = sort.element if isinstance(sort, Family) else sort
        if isinstance(sort, Vector):
            return sort.size
        space = sort.space if isinstance(sort, Point | RandomVariable) else base_name(term.symbol)
        kind = self.spaces.get(space) if sort is None or isinstance(sort, Point | RandomVariable) else None
        return kind.size if isinstance(kind, EuclideanSpace) else None

    def may_be_sized(self, symbol: str) -> bool:
        """Return whether a symbol may turn out to be a vector: nothing is known of it, or that it is a point."""
        sort = self.sorts.get(symbol)
        if isinstance(sort, Vector) and is_unknown_size(sort.size):
            return True
        return symbol not in self.defined and (sort is None or isinstance(sort, Point | RandomVariable))

    def with_element(self, symbol: str) -> Known:
        """Return what is known of the members of a family, under the family's name."""
        family = self.sorts[symbol]
        assert isinstance(family, Family)
        return replace(self, sorts={**self.sorts, symbol: family.element})

    def is_unknown(self, symbol: str) -> bool:
        """Return whether nothing is known of a symbol."""
        return symbol not in self.sorts and symbol not in self.defined


def parameter_sorts(terms: Iterable[Term], known: Known) -> dict[str, Sort]:
    """Return sorts for the undeclared names that stand as means and covariances of vectors."""
    found: dict[str, Sort] = {}
    for size, mean, spread in _parameters(terms, known):
        if mean is not None:
            found.update(_column(mean, size, known))
        if spread is not None:
            found.update(_square(spread, size, known))
    return found


def laws_of_variables(
    sorts: Mapping[str, Sort], densities: Iterable[DensityDefinition], terms: Iterable[Term]
) -> list[Term]:
    """Return the laws that the variables in these terms were given: they bring their parameters along."""
    names = {t.symbol for term in terms for t in subterms(term) if isinstance(t, Name)}
    found = (sorts.get(symbol) for symbol in sorted(names))
    elements = (sort.element if isinstance(sort, Family) else sort for sort in found)
    laws = [sort.law for sort in elements if isinstance(sort, RandomVariable) and sort.law is not None]
    return laws + [d.body for d in densities if names & {variable for _, variable in d.values}]


def variables_with(symbols: Container[str], sorts: Mapping[str, Sort]) -> list[Term]:
    """Return the variables in whose laws one of these symbols stands: what it is is said by that."""
    elements = ((name, sort.element if isinstance(sort, Family) else sort) for name, sort in sorted(sorts.items()))
    return [
        Name(name)
        for name, sort in elements
        if isinstance(sort, RandomVariable)
        and isinstance(sort.law, StandardLaw)
        and any(isinstance(t, Name) and t.symbol in symbols for t in subterms(sort.law))
    ]


def said_as_parameters(terms: Iterable[Term]) -> set[str]:
    """Return the names that a Gaussian law is of, and its means and covariances: what they are is said by that."""
    found: set[str] = set()
    for term in terms:
        for part in subterms(term):
            match part:
                case StandardDensity(Name(symbol), StandardLaw("normal", parameters)):
                    found |= {symbol, *(p.symbol for p in parameters if isinstance(p, Name))}
                case StandardLaw("normal", parameters):
                    found |= {p.symbol for p in parameters if isinstance(p, Name)}
                case Comparison("=", Expectation((), Name(), ()) | MomentOf(_, (), _), Name(symbol)):
                    found.add(symbol)
    return found


def parameters_of_spaces(spaces: Iterable[SpaceKind]) -> set[str]:
    """Return the symbols of the dimensions of spaces."""
    sizes = [kind.size for kind in spaces if isinstance(kind, EuclideanSpace)]
    return {size.symbol for size in sizes if isinstance(size, Name)}


def _parameters(terms: Iterable[Term], known: Known) -> Iterator[tuple[Term, Term | None, Term | None]]:
    names: set[str] = set()
    for term in terms:
        for part in subterms(term):
            match part:
                case Name(symbol):
                    names.add(symbol)
                case StandardDensity(point, StandardLaw("normal", (mean, spread))):
                    sizes = [size for t in (point, mean, spread) if (size := rows_of(t, known)) is not None]
                    size = next((s for s in sizes if not is_unknown_size(s)), sizes[0] if sizes else None)
                    if size is not None:
                        yield size, mean, spread
                case Comparison("=", Expectation((), body, ()), mean):
                    size = known.size_of(body)
                    if size is not None:
                        yield size, mean, None
                case Comparison("=", MomentOf(_, (), (first, *_)), spread):
                    size = known.size_of(first)
                    if size is not None:
                        yield size, None, spread
    for symbol in sorted(names):
        sort = known.sorts.get(symbol)
        sort = sort.element if isinstance(sort, Family) else sort
        match sort:
            case RandomVariable(_, StandardLaw("normal", (mean, spread))):
                size = known.size_of(Name(symbol))
                if size is not None:
                    yield size, mean, spread


def point_sizes(terms: Iterable[Term], known: Known) -> dict[str, Term]:
    """Return the sizes of the undeclared points of Gaussian densities, by symbol: those of mean or covariance."""
    found: dict[str, Term] = {}
    for term in terms:
        for part in subterms(term):
            match part:
                case StandardDensity(Name(symbol), StandardLaw("normal", (mean, spread))) if known.may_be_sized(symbol):
                    sizes = (rows_of(mean, known), rows_of(spread, known))
                    size = next((s for s in sizes if s is not None and not is_unknown_size(s)), sizes[0] or sizes[1])
                    if size is not None:
                        found.setdefault(symbol, size)
    return found


def with_lengths(sorts: Mapping[str, Sort], lengths: Mapping[str, Term]) -> dict[str, Sort]:
    """Return the sorts with the lengths of guessed vectors, wherever the same unknown length stands."""
    guessed = {symbol: sort.size for symbol, sort in sorts.items() if isinstance(sort, Vector)}
    told = {guessed[s]: size for s, size in lengths.items() if s in guessed and is_unknown_size(guessed[s])}
    told = {old: new for old, new in told.items() if not is_unknown_size(new)}
    return {symbol: resized(sort, told) for symbol, sort in sorts.items()} if told else dict(sorts)


def rows_of(term: Term, known: Known) -> Term | None:
    """Return how many rows a term has, as far as its declared vectors and matrices tell; None where they do not."""
    match term:
        case Name(symbol) if isinstance(sort := known.sorts.get(symbol), Matrix):
            return sort.rows
        case Name() | Entry():
            return known.size_of(term)
        case Sum(terms):
            return next((size for t in terms if (size := rows_of(t, known)) is not None), None)
        case Negative(inner):
            return rows_of(inner, known)
        case MatrixOperation("inverse", (inner,)):
            return rows_of(inner, known)
        case MatrixOperation("transpose", (Name(symbol),)) if isinstance(m := known.sorts.get(symbol), Matrix):
            return m.columns
        case Product(factors) if not any(isinstance(f, MatrixOperation) for f in factors[:1]):
            return next((size for f in factors if (size := rows_of(f, known)) is not None), None)
    return None


def _column(term: Term, size: Term, known: Known) -> dict[str, Sort]:
    """Sorts of the names that make the term a vector: m, m + b, A x + b with a vector x."""
    match term:
        case Name(symbol) if known.is_unknown(symbol):
            return {symbol: Vector(size)}
        case Name(symbol) if isinstance(sort := known.sorts.get(symbol), Vector) and is_unknown_size(sort.size):
            return {symbol: replace(sort, size=size)} if sort.size != size else {}
        case Entry(Name(symbol)) if isinstance(sort := known.sorts.get(symbol), Family):
            found = _column(Name(symbol), size, known.with_element(symbol))
            return {symbol: replace(sort, element=found[symbol])} if symbol in found else {}
        case Sum(terms):
            return {k: v for t in terms for k, v in _column(t, size, known).items()}
        case Negative(inner):
            return _column(inner, size, known)
        case Product((Name(symbol), Name() as last)) if known.is_unknown(symbol):
            columns = known.size_of(last)
            return {symbol: Matrix(size, columns)} if columns is not None else {}
    return {}


def _square(term: Term, size: Term, known: Known) -> dict[str, Sort]:
    """Sorts of the names that make the term a covariance: S, S + T, the inverse of L."""
    match term:
        case Name(symbol) if known.is_unknown(symbol):
            return {symbol: Matrix(size, size, COVARIANCE)}
        case Name(symbol) if isinstance(sort := known.sorts.get(symbol), Matrix) and is_unknown_size(sort.rows):
            square = replace(sort, rows=size, columns=size, properties=sort.properties or COVARIANCE)
            return {symbol: square} if square != sort and symbol not in known.defined else {}
        case Entry(Name(symbol)) if isinstance(sort := known.sorts.get(symbol), Family):
            found = _square(Name(symbol), size, known.with_element(symbol))
            return {symbol: replace(sort, element=found[symbol])} if symbol in found else {}
        case Name(symbol) if isinstance(sort := known.sorts.get(symbol), Matrix) and not sort.properties:
            return {symbol: replace(sort, properties=COVARIANCE)} if symbol not in known.defined else {}
        case Sum(terms):
            return {k: v for t in terms for k, v in _square(t, size, known).items()}
        case MatrixOperation("inverse", (inner,)):
            return _square(inner, size, known)
        case Quotient():
            return {}
    return {}


def densities_of_variables(
    laws: Mapping[str, Iterable[str]], known: Known, described: Iterable[str]
) -> tuple[dict[str, Term], dict[str, str]]:
    """Relate the laws that nothing describes to the random variables whose law is said.

    A bare p(x) is the density of x. Returns such laws with what they are, and the laws over several spaces of
    which that cannot be told, with words for it.
    """
    variables = {
        sort.space: (symbol, sort.law)
        for symbol, sort in sorted(known.sorts.items())
        if isinstance(sort, RandomVariable) and isinstance(sort.law, StandardLaw)
    }
    told = set(described)
    found: dict[str, Term] = {}
    doubtful: dict[str, str] = {}
    for law, spaces in laws.items():
        shared = [s for s in spaces if s in variables]
        if law in known.defined or law in told or not shared:
            continue
        symbol, standard = variables[shared[0]]
        if len(list(spaces)) == 1:
            found[law] = standard
        else:
            doubtful[law] = f"how {law} relates to the law of {symbol} is not said"
    return found, doubtful
