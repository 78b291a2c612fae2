"""The sorts of undeclared names, from how a statement uses them; and saying so.

A name is a point where it stands in a law's slot or is bound over a space; a size where a range ends with
it; an index where it selects an entry; else a real number. What is defined in the scope is looked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from errata.language import congruences, symbols
from errata.language.common_laws import with_common_laws
from errata.language.definitions import free_symbols
from errata.language.few_numbers import ONLY_SOME, numbers_among
from errata.language.index_ranges import filled, summed_sizes
from errata.language.integrated_formulas import integrated_formulas
from errata.language.kernels import is_kernel, kernel_law, protected
from errata.language.knowledge import Knowledge
from errata.language.labelled_functions import label_of
from errata.language.law_parameters import (
    Known,
    densities_of_variables,
    parameter_sorts,
    point_sizes,
    variables_with,
    with_lengths,
)
from errata.language.matching_sizes import is_shaped
from errata.language.prose.refine import intersection
from errata.language.randomness import BOTH_WAYS, implied_variables, outside_means
from errata.language.recursions import HELD
from errata.language.scope import Definition, DensityDefinition, Fact, Follows, ImageLaw, Scope, UpToFactor
from errata.language.sorts import (
    SIZE,
    UNIT,
    AbstractSpace,
    Configurations,
    EuclideanSpace,
    Family,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    SpaceKind,
    Vector,
    element_of,
    resized,
)
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Binder,
    Comparison,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    Functions,
    Information,
    Interval,
    LawReference,
    Laws,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Simplex,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    Values,
    children,
    subterms,
)
from errata.language.undeclared_vectors import in_place_of_parameters, sizes_beside


def complete(scope: Scope, knowledge: Knowledge, terms: Iterable[Term]) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope with a sort for every name that the terms rest on, and what was inferred, in words."""
    terms = list(terms)
    scope = with_common_laws(scope)
    usage = knowledge.usage
    random = implied_variables(scope, usage.averaged, usage.indices, relevant(scope, terms)[1])
    scope, reached = relevant(scope, [*terms, *(v.law for v in random.values() if v.law is not None)])
    evidence = _Uses(knowledge)
    for term in reached:
        evidence.add(term)
    sorts: dict[str, Sort] = {**scope.sorts, **random}
    evidence.settle()
    written = (*reached, *(d.body for d in scope.densities))
    lengths = point_sizes(written, Known(sorts, scope.spaces, frozenset(scope.definitions)))
    sorts = with_lengths(sorts, lengths)
    told, unclear = summed_sizes(written, sorts)
    sorts = {symbol: resized(sort, told) for symbol, sort in sorts.items()}
    evidence.continuous |= integrated_formulas(written, scope)
    spaces = _spaces(scope, evidence, {**{symbol: Vector(size) for symbol, size in lengths.items()}, **sorts})
    for symbol, rows in lengths.items():
        if spaces.get(symbols.base_name(symbol)) == EuclideanSpace():
            spaces[symbols.base_name(symbol)] = EuclideanSpace(rows)
    for symbol, variable in random.items():
        spaces.setdefault(variable.space, space_of_values(scope.sorts.get(symbol)))
    facts = tuple(_placed(fact, evidence, sorts) for fact in scope.facts)
    inferred: dict[str, str] = {symbol: f"{symbol} is a random variable" for symbol in random}
    for law, found in evidence.laws.items():
        declared = sorts.get(law)
        before = declared.spaces if isinstance(declared, Law) else ()
        merged = tuple(found) or before
        parameters = (declared.parameters if isinstance(declared, Law) else ()) or _parameters(law)
        sorts[law] = Law(merged, parameters)
    for symbol, space in evidence.points.items():
        _give_point(symbol, space, sorts, spaces, evidence)
    outside = set().union(*map(outside_means, terms))
    few = {s: BOTH_WAYS for s in random if s in outside and isinstance(scope.sorts.get(s), Real)}
    for symbol in evidence.names:
        declared = sorts.get(symbol)
        if isinstance(declared, Point) and declared.space not in evidence.active:
            sorts[symbol], exact = numbers_among(spaces.get(declared.space))
            if not exact:
                few[symbol] = ONLY_SOME
    for symbol, count in evidence.functions.items():
        given = sorts.get(symbol)
        if given is not None:
            given = sorts[symbol] = _with_index(given)
        if isinstance(given, Function) and (dead := [a for a in given.arguments if _is_no_space(a, evidence)]):
            numbers = tuple(Real() if a in dead else a for a in given.arguments)
            given = sorts[symbol] = replace(given, arguments=numbers)
        if isinstance(given, Function) and all(a == Real() for a in given.arguments):
            sorts[symbol] = replace(given, arguments=_function(symbol, count, evidence, spaces).arguments)
        elif not isinstance(given, Function) and symbol not in scope.definitions:
            sorts[symbol] = _function(symbol, count, evidence, spaces)
            inferred[symbol] = f"{symbol} is a function"
    for symbol, rows in lengths.items():
        if symbol in evidence.names and symbol not in sorts:
            sorts[symbol] = Vector(rows)
            inferred[symbol] = f"{symbol} is a vector of the size of its mean"
    of_laws = (*written, *scope.assumptions, *variables_with(evidence.names, sorts))
    for symbol, sort in parameter_sorts(of_laws, Known(sorts, spaces, frozenset(scope.definitions))).items():
        if size_names(scope.sorts.get(symbol, Sort())) != size_names(sort):
            inferred[symbol] = f"{symbol} is a {'mean vector' if isinstance(sort, Vector) else 'covariance matrix'}"
        sorts[symbol] = sort
    for symbol in (*evidence.sizes, *(s for s in evidence.starts if s in sorts and s not in evidence.sizes)):
        known = sorts.get(symbol)
        if known is None:
            sorts[symbol] = SIZE
            inferred[symbol] = f"{symbol} is a positive integer"
        elif isinstance(known, Real) and not known.integer and known.low is not None and known.low >= 1:
            sorts[symbol] = intersection(known, SIZE)
    dividends, moduli = congruences.divided((*written, *scope.assumptions))
    for symbol in (dividends | moduli) - sorts.keys() - scope.definitions.keys():
        sorts[symbol] = SIZE if symbol in moduli else Real(integer=True)
        inferred[symbol] = f"{symbol} is {'a positive' if symbol in moduli else 'an'} integer"
    for symbol in evidence.indices:
        sorts.setdefault(symbol, Real(low=1.0, low_open=False, integer=True))
    for symbol, indexed in evidence.families.items():
        known = sorts.get(symbol)
        if isinstance(known, Family) and None in known.sizes and len(known.sizes) == len(indexed):
            sizes = tuple(a or b for a, b in zip(known.sizes, indexed, strict=True))
            sorts[symbol] = replace(known, sizes=sizes)
        if symbol not in sorts or isinstance(sorts[symbol], Real | Point | RandomVariable):
            element = sorts.get(symbol, Real())
            sorts[symbol] = Family(indexed, element)
            inferred[symbol] = f"{symbol} is a {_FAMILIES[type(element)]}"
    sorts.update(filled(written, sorts))
    unknown = {s for s in evidence.everything if s not in sorts and s not in scope.definitions}
    columns = evidence.vectors.keys() | evidence.bound_vectors.keys()
    beside = sizes_beside((*written, *scope.assumptions), unknown, columns, replace(scope, sorts=sorts))
    for symbol in (*evidence.vectors, *(s for s in beside if s not in evidence.vectors)):
        if symbol in unknown:
            sorts[symbol] = Vector(beside.get(symbol) or Name(_dimension(evidence, sorts)))
            inferred[symbol] = f"{symbol} is a vector"
    open_ones = {s for s in evidence.names if s not in sorts and s not in scope.definitions}
    for symbol, vector in in_place_of_parameters(written, replace(scope, sorts=sorts), open_ones).items():
        sorts[symbol] = vector
        inferred[symbol] = f"{symbol} is a vector"
    for sort in list(sorts.values()):
        for size in size_names(sort):
            sorts.setdefault(size, SIZE)
    for symbol in evidence.names:
        if symbol not in sorts and symbol not in scope.definitions:
            sorts[symbol] = Real()
            inferred[symbol] = f"{symbol} is a real number"
    of_variables = Known(sorts, spaces, frozenset(scope.definitions))
    described = [*(d.law for d in scope.densities), *(f.law for f in scope.facts if isinstance(f, ImageLaw))]
    densities, unrelated = densities_of_variables(evidence.laws, of_variables, described)
    inferred.update({law: f"{law} is the law that is said of its variable" for law in densities})
    stated = {law for law in unrelated if isinstance(scope.sorts.get(law), Law)}
    doubtful = {**{law: words for law, words in unrelated.items() if law not in stated}, **scope.not_understood}
    doubtful = {**few, **dict.fromkeys(unclear, "how many entries it has is not said"), **doubtful}
    doubtful = protected(doubtful, evidence.functions)
    for symbol, sort in list(sorts.items()):
        if isinstance(sort, Vector) and sort.one_hot and not sort.simplex:
            # What holds for all weights that sum to 1 holds for a single one; what fails for some may not.
            sorts[symbol] = replace(sort, simplex=True)
            doubtful.setdefault(symbol, ONE_HOT)
    for symbol in evidence.names:
        if (
            inferred.get(symbol, "") in (f"{symbol} is a real number", f"{symbol} is a vector")
            and isinstance(sorts.get(symbol), Real | Vector)
            and evidence.linear
            and _matrix_like(symbol)
        ):
            doubtful.setdefault(symbol, f"whether {symbol} is a number or a matrix is not said")
    for symbol in evidence.functions:
        word = symbol.removeprefix("\\mathrm{").rstrip("}").split("_", 1)[0]
        said = symbol in scope.definitions or isinstance(scope.sorts.get(symbol), Function)
        if len(word) > 1 and word.isalpha() and not said:
            doubtful.setdefault(symbol, f"{word} is no function known here")
        if not said and any(is_matrix(argument, sorts) for argument in evidence.functions[symbol]):
            doubtful.setdefault(symbol, f"{symbol} of a matrix is not declared")
    kept = {s: words for s, words in inferred.items() if s in evidence.everything}
    completed = replace(
        scope,
        sorts=MappingProxyType(sorts),
        definitions=MappingProxyType(
            {**scope.definitions, **{law: Definition(law, (), body) for law, body in densities.items()}}
        ),
        spaces=MappingProxyType(spaces),
        facts=facts,
        not_understood=MappingProxyType(doubtful),
        inferred=MappingProxyType({**scope.inferred, **kept}),
    )
    return completed, tuple(kept.values())


ONE_HOT = "one-hot"
"""What is said of a vector for which all weights that sum to 1 stand."""

_FAMILIES: Mapping[type[Sort], str] = MappingProxyType(
    {Real: "family of numbers", Point: "sample of points", RandomVariable: "family of random variables"}
)


def space_of_values(sort: Sort | None) -> SpaceKind:
    """Return the space that a random variable has its values in, by what it was declared as."""
    if isinstance(sort, Vector):
        return EuclideanSpace(sort.size)
    return EuclideanSpace() if isinstance(sort, Real) else AbstractSpace()


def _with_index(sort: Sort) -> Sort:
    """Return a family of functions, f_k(x), as a function of the index too."""
    if not isinstance(sort, Family) or not isinstance(sort.element, Function):
        return sort
    numbers = (Real(),) * len(sort.sizes)
    return replace(sort.element, arguments=(*numbers, *sort.element.arguments), on=())


def _is_no_space(argument: Sort, evidence: _Uses) -> bool:
    """Return whether an argument was taken for a point of a space that no law, sum or draw here has."""
    return isinstance(argument, Point) and argument.space not in evidence.active


def _matrix_like(symbol: str) -> bool:
    base = symbol.split("_", 1)[0].split("^", 1)[0]
    return (
        (len(base) == 1 and base.isupper()) or base in ("\\Sigma", "\\Lambda", "\\Phi", "\\Psi") or "\\mathbf" in symbol
    )


def _placed(fact: Fact, evidence: _Uses, sorts: dict[str, Sort]) -> Fact:
    """Complete an image law by its spaces, and give its map a sort where it has none."""
    if not isinstance(fact, ImageLaw):
        return fact
    source = fact.source_space or next(iter(evidence.laws.get(fact.source, ())), "")
    places = evidence.laws.get(fact.law, [])
    elsewhere = [evidence.values.get(fact.function, source), *places]
    space = fact.space or next((s for s in elsewhere if s != source), next(iter(places), ""))
    if space and source:
        evidence.laws.setdefault(fact.source, [source])
        known = sorts.get(fact.function)
        if not isinstance(known, Function) or not isinstance(known.value, Point):
            sorts[fact.function] = Function((Point(source),), Point(space))
    return replace(fact, space=space, source_space=source)


def _parameters(law: str) -> tuple[str, ...]:
    """p_{\\theta} depends on \\theta."""
    return (label,) if (label := label_of(law)) else ()


def relevant(scope: Scope, terms: Iterable[Term]) -> tuple[Scope, list[Term]]:
    """Return what of a scope these terms rest on, and the terms with all bodies and conditions among that."""
    reached: list[Term] = []
    seen: set[str] = set()
    lengths: set[str] = set()
    pending = list(terms)
    assumptions: list[Comparison] = []
    while pending:
        while pending:
            term = pending.pop()
            reached.append(term)
            for symbol in {t.symbol for t in subterms(term) if isinstance(t, Name)} - seen:
                seen.add(symbol)
                if symbol in scope.definitions:
                    pending.append(scope.definitions[symbol].body)
                pending.extend(d.body for d in scope.densities if d.law == symbol)
                if symbol in scope.recursions:
                    pending.extend((scope.recursions[symbol].body, *(v for _, v in scope.recursions[symbol].starts)))
                sort = scope.sorts.get(symbol)
                lengths.update(size_names(sort) if sort is not None else ())
                sort = sort.element if isinstance(sort, Family) else sort
                if isinstance(sort, RandomVariable) and sort.law is not None:
                    pending.append(sort.law)
        for assumption in scope.assumptions:
            if assumption not in assumptions and _subjects(assumption) & (seen | lengths):
                assumptions.append(assumption)
                pending.append(assumption)
    kept = replace(
        scope,
        definitions=MappingProxyType({s: d for s, d in scope.definitions.items() if s in seen | lengths}),
        densities=tuple(d for d in scope.densities if d.law in seen),
        recursions=MappingProxyType({s: r for s, r in scope.recursions.items() if s in seen}),
        assumptions=tuple(a for a in scope.assumptions if a in assumptions),
        perhaps=tuple(a for a in scope.perhaps if _subjects(a) & seen),
        facts=tuple(f for f in scope.facts if _concerns(f, seen, _spaces_of_laws(scope, reached))),
    )
    return kept, reached


def vacuous_derivative(scope: Scope, terms: Iterable[Term]) -> str | None:
    """Return what is differentiated by a variable that it does not mention, not even through definitions.

    Such a derivative would be zero only because the notes do not say how the one depends on the other.
    """
    for term in terms:
        for part in subterms(term):
            if not isinstance(part, Derivative):
                continue
            variable = part.variable.array if isinstance(part.variable, Entry) else part.variable
            variables = free_symbols(variable)
            _, reached = relevant(scope, [part.body])
            found = {t.symbol for body in reached for t in subterms(body) if isinstance(t, Name)}
            found |= {parameter for symbol in found for parameter in _parameters(symbol)}
            for symbol in list(found):
                sort = scope.sorts.get(symbol)
                found |= set(sort.parameters) if isinstance(sort, Law) else set()
            if not variables <= found and free_symbols(part.body):
                return ", ".join(sorted(free_symbols(part.body)))
    return None


def is_matrix(term: Term, sorts: Mapping[str, Sort]) -> bool:
    """Return whether a term is a matrix that is not 1 by 1, as far as its declared names tell."""
    if isinstance(term, Name):
        return isinstance(sorts.get(term.symbol), Matrix)
    if isinstance(term, Sum):
        return any(is_matrix(t, sorts) for t in term.terms)
    if isinstance(term, Negative):
        return is_matrix(term.term, sorts)
    if isinstance(term, Quotient):
        return is_matrix(term.numerator, sorts)
    if isinstance(term, Power):
        return is_matrix(term.base, sorts)
    if isinstance(term, Product):
        row = any(isinstance(f, MatrixOperation) and _is_vector(f, sorts) for f in term.factors[:1])
        row = row or _is_quadratic_form(term, sorts)
        return any(is_matrix(f, sorts) for f in term.factors) and not row and not _is_vector(term.factors[-1], sorts)
    if isinstance(term, MatrixOperation):
        inner = term.arguments and any(is_matrix(a, sorts) for a in term.arguments)
        return term.operation in ("transpose", "inverse", "hadamard") and bool(inner)
    return False


def _is_quadratic_form(term: Product, sorts: Mapping[str, Sort]) -> bool:
    """Return whether this is x^T A x where nothing is known of x: it is a vector then."""
    *_, last = term.factors
    transposed = MatrixOperation("transpose", (last,))
    return transposed in term.factors and isinstance(last, Name) and last.symbol not in sorts


def _is_vector(term: Term, sorts: Mapping[str, Sort]) -> bool:
    if isinstance(term, MatrixOperation) and term.operation == "transpose":
        return _is_vector(term.arguments[0], sorts)
    if isinstance(term, MatrixOperation):
        return term.operation in ("basis", "ones")
    if isinstance(term, Product):
        return _is_vector(term.factors[-1], sorts)
    if isinstance(term, Sum):
        return any(_is_vector(t.term if isinstance(t, Negative) else t, sorts) for t in term.terms)
    if isinstance(term, Array):
        return all(len(row) == 1 and not is_matrix(row[0], sorts) for row in term.rows)
    if isinstance(term, Entry) and isinstance(term.array, Name):
        member = element_of(sorts.get(term.array.symbol))
        return member is None or isinstance(member, Vector)
    if isinstance(term, Name) and term.symbol.startswith(HELD):
        return True
    return isinstance(term, Name) and isinstance(sorts.get(term.symbol), Vector)


def matrix_function(scope: Scope, terms: Iterable[Term]) -> str | None:
    """Return a standard function of a matrix of unknown shape, where two meanings are common; None if none is."""
    for term in terms:
        for part in subterms(term):
            if not isinstance(part, Elementary) or part.function in ("abs", "delta"):
                continue
            if any(is_matrix(a, scope.sorts) and not is_shaped(a, scope) for a in part.arguments):
                return part.function
    return None


def number_for_covariance(scope: Scope, terms: Iterable[Term]) -> Term | None:
    """Return the number that stands where the covariance matrix of a declared vector's Gaussian density belongs.

    Some write N(x; mu, s^2) for covariance s^2 I, others call it a slip: neither is taken for granted.
    """
    for term in terms:
        for part in subterms(term):
            if not isinstance(part, StandardDensity) or part.law.kind != "normal":
                continue
            point, spread = part.point, part.law.parameters[1]
            arrays = Vector | Matrix
            shaped = any(
                isinstance(t, MatrixOperation)
                or (
                    isinstance(t, Name)
                    and (t.symbol in scope.definitions or isinstance(element_of(scope.sorts.get(t.symbol)), arrays))
                )
                for t in subterms(spread)
            )
            if isinstance(point, Name) and _is_declared_vector(point.symbol, scope) and not shaped:
                return spread
    return None


def _is_declared_vector(symbol: str, scope: Scope) -> bool:
    kind = scope.spaces.get(symbols.base_name(symbol))
    sized = isinstance(kind, EuclideanSpace) and kind.size is not None and kind.size != Name(f"\\dim {symbol}")
    return isinstance(scope.sorts.get(symbol), Vector) or sized


def _subjects(assumption: Comparison) -> set[str]:
    """The names that an assumption is about: its laws, where it has any, else all its free names."""
    laws = {t.law.symbol for t in subterms(assumption) if isinstance(t, Density | LawReference)}
    return laws or free_symbols(assumption)


def _concerns(fact: Fact, seen: set[str], spaces: set[str]) -> bool:
    """Return whether a fact is about names that were seen, or about variables that a law is over."""
    if isinstance(fact, ImageLaw | UpToFactor):
        return fact.law in seen
    if isinstance(fact, Follows):
        return fact.name in seen
    return bool(seen & set(fact.names)) or {symbols.base_name(name) for name in fact.names} <= spaces


def _spaces_of_laws(scope: Scope, terms: Iterable[Term]) -> set[str]:
    """Return the spaces of the places of laws in these terms, and of the laws that stand there by name."""
    parts = [part for term in terms for part in subterms(term)]
    slots = (s for p in parts if isinstance(p, Density | LawReference) for s in (*p.values, *p.given))
    informed = (s for p in parts if isinstance(p, Information) for group in (*p.groups, p.given) for s in group)
    laws = (scope.sorts.get(p.symbol) for p in parts if isinstance(p, Name))
    return {s.space for s in (*slots, *informed)} | {s for law in laws if isinstance(law, Law) for s in law.spaces}


class _Uses:
    """What terms say about their names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.laws: dict[str, list[str]] = {}
        self.points: dict[str, str] = {}
        self.functions: dict[str, tuple[Term, ...]] = {}
        self.values: dict[str, str] = {}
        self.sizes: dict[str, None] = {}
        self.starts: dict[str, None] = {}
        self.indices: dict[str, None] = {}
        self.families: dict[str, tuple[Term | None, ...]] = {}
        self.vectors: dict[str, None] = {}
        self.bound_vectors: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.everything: set[str] = set()
        self.gaussian: set[str] = set()
        self.continuous: set[str] = set()
        self.active: set[str] = set()
        self.moved: set[str] = set()
        self.linear = False

    def add(self, term: Term) -> None:
        self._walk(term, frozenset())

    def settle(self) -> None:
        """Forget points of spaces that no law, sum or draw here has: sigma(x) takes a number then."""
        active = {s for found in self.laws.values() for s in found} | self.active
        sorts = self.knowledge.scope.sorts
        for function in self.functions:
            declared = sorts.get(function)
            if isinstance(declared, Function):
                spaces = {a.space for a in declared.arguments if isinstance(a, Point)}
                kept = {s for s in spaces if self.knowledge.is_space(s) and not self._is_only_moved(s)}
                active |= spaces if isinstance(declared.value, Point) else kept
        for symbol, space in list(self.points.items()):
            if space not in active:
                del self.points[symbol]
        self.active = active

    def _is_only_moved(self, space: str) -> bool:
        """Return whether points of a space are differentiated by, and no law or declaration makes it a space."""
        known = space in self.knowledge.usage.spaces or space in self.knowledge.scope.spaces
        return space in self.moved and not known

    def _walk(self, term: Term, bound: frozenset[str]) -> None:
        inner = bound
        if isinstance(term, Derivative) and isinstance(term.variable, Name):
            self.moved.add(symbols.base_name(term.variable.symbol))
        if isinstance(term, At):
            point = term.value.array if isinstance(term.value, Entry) else term.value
            self.moved.update([symbols.base_name(point.symbol)] if isinstance(point, Name) else [])
        if isinstance(term, Name):
            self.everything.add(term.symbol)
            if term.symbol not in bound:
                self.names[term.symbol] = None
            return
        if isinstance(term, Aggregate):
            self._binder(term.binder, bound)
            inner = bound | {term.binder.name.symbol}
            if isinstance(term.binder.domain, Functions | Laws | Values | Simplex):
                self.everything.add(term.binder.name.symbol)
                inner = bound
            self._walk(term.body, inner)
            return
        if isinstance(term, Expectation | MomentOf):
            for draw in term.draws:
                self._draw(draw, inner)
                inner = inner | {draw.name.symbol}
            for part in (term.body,) if isinstance(term, Expectation) else term.arguments:
                self._walk(part, inner)
            for part in term.given if isinstance(term, Expectation) else ():
                self._walk(part, inner)
                self._given_value(part)
            return
        if isinstance(term, Density | LawReference):
            self._law(term.law.symbol, term.values + term.given, inner, isinstance(term, Density))
            return
        if isinstance(term, Information):
            self._law(term.law.symbol, tuple(s for g in term.groups for s in g) + term.given, inner, term.fixed)
            return
        if isinstance(term, Apply):
            self.everything.add(term.function.symbol)
            self.functions.setdefault(term.function.symbol, term.arguments)
            self._application(term)
            for part in term.arguments + term.parameters:
                self._walk(part, inner)
            return
        if isinstance(term, Entry) and isinstance(term.array, Name):
            self._entry(term, term.array.symbol, inner)
            return
        if isinstance(term, Entry):
            self._indices(term, inner)
        if isinstance(term, MatrixOperation) and term.operation not in ("norm", "dot", "squared_norm"):
            self.linear = True
        if isinstance(term, MatrixOperation) and term.operation in ("norm", "dot", "transpose"):
            for argument in term.arguments:
                self._linear(argument, inner)
        if isinstance(term, StandardDensity):
            self.gaussian.update(symbols.base_name(n.symbol) for n in subterms(term.point) if isinstance(n, Name))
        for part in children(term):
            self._walk(part, inner)

    def _linear(self, term: Term, bound: frozenset[str]) -> None:
        """||x - mu||: names that stand there alone or as terms of a sum are vectors."""
        for part in term.terms if isinstance(term, Sum) else (term,):
            name = part.term if isinstance(part, Negative) else part
            if isinstance(name, Name):
                (self.bound_vectors if name.symbol in bound else self.vectors)[name.symbol] = None

    def _binder(self, binder: Binder, bound: frozenset[str]) -> None:
        domain = binder.domain
        if isinstance(domain, Range | Interval):
            self._walk(domain.low, bound)
            self._walk(domain.high, bound)
        if isinstance(domain, Range):
            self.sizes.update(dict.fromkeys(s for s in _counting(domain.high) if s not in bound))
            self.starts.update(dict.fromkeys(s for s in _counting(domain.low) if s not in bound))
        if isinstance(domain, Space):
            self.points[binder.name.symbol] = domain.name
            self.active.add(domain.name)

    def _given_value(self, condition: Term) -> None:
        """The value of a variable in a condition, y in E[X | Y = y], is a point of its space."""
        match condition:
            case Comparison("=", Name(variable), Name(value)) if variable != value:
                space = symbols.base_name(variable)
                if symbols.base_name(value) == space:
                    self.points.setdefault(value, space)
                    self.active.add(space)

    def _draw(self, draw: Draw, bound: frozenset[str]) -> None:
        self.everything.add(draw.name.symbol)
        self.points[draw.name.symbol] = draw.space
        self.active.add(draw.space)
        if isinstance(draw.law, StandardLaw):
            self.gaussian.add(draw.space)
        if isinstance(draw.law, LawReference):
            self._law(
                draw.law.law.symbol,
                draw.law.values or (Slot(draw.space, draw.name),),
                bound | {draw.name.symbol},
                False,
            )
            for slot in draw.law.given:
                self._walk(slot.value, bound)
            if not draw.law.values:
                self._spaces_of(draw.law.law.symbol, (draw.space,))
        else:
            self._walk(draw.law, bound)

    def _spaces_of(self, law: str, spaces: Iterable[str]) -> None:
        known = self.laws.setdefault(law, [])
        known.extend(s for s in spaces if s not in known)

    def _law(self, law: str, slots: tuple[Slot, ...], bound: frozenset[str], free: bool) -> None:
        self.everything.add(law)
        usual = self.knowledge.law_usage(law).all
        self._spaces_of(law, [*(s.space for s in slots), *(usual if not slots else ())])
        for slot in slots:
            value = slot.value
            if isinstance(value, Name):
                self.points.setdefault(value.symbol, slot.space)
            elif isinstance(value, Entry) and isinstance(value.array, Name):
                self.points.setdefault(value.array.symbol, slot.space)
            elif isinstance(value, Apply):
                self.values[value.function.symbol] = slot.space
            if free or not isinstance(value, Name):
                self._walk(value, bound)

    def _application(self, term: Apply) -> None:
        spaces = _kernel_spaces(term.function.symbol, self.knowledge)
        self.active.update(spaces)
        spaces = spaces or self.knowledge.usage.arguments.get(term.function.symbol, ())
        declared = self.knowledge.scope.sorts.get(term.function.symbol)
        if isinstance(declared, Function):
            spaces = tuple(a.space if isinstance(a, Point) else "" for a in declared.arguments)
        for argument, space in zip(term.arguments, spaces, strict=False):
            if not space:
                continue
            if isinstance(argument, Apply):
                self.values[argument.function.symbol] = space
            elif isinstance(argument, Name):
                self.points.setdefault(argument.symbol, space)
            elif isinstance(argument, Entry) and isinstance(argument.array, Name):
                self.points.setdefault(argument.array.symbol, space)

    def _entry(self, term: Entry, symbol: str, bound: frozenset[str]) -> None:
        self.everything.add(symbol)
        if symbol not in bound:
            sizes = tuple(self._size(index) for index in term.indices)
            before = self.families.get(symbol, (None,) * len(sizes))
            self.families[symbol] = tuple(a or b for a, b in zip(before, sizes, strict=False))
        self._indices(term, bound)
        for index in term.indices:
            self._walk(index, bound)

    def _indices(self, term: Entry, bound: frozenset[str]) -> None:
        self.indices.update({i.symbol: None for i in term.indices if isinstance(i, Name) and i.symbol not in bound})

    def _size(self, index: Term) -> Term | None:
        if isinstance(index, Name) and index.symbol in self.knowledge.usage.ranges:
            return self.knowledge.usage.ranges[index.symbol][1]
        return None


def _counting(end: Term) -> Iterator[str]:
    """Yield the names that are whole numbers since a range ends there: n, t of t - 1, and h of 2h."""
    parts = end.terms if isinstance(end, Sum) else (end,)
    bare = [once(part.term if isinstance(part, Negative) else part) for part in parts]
    if all(isinstance(part, Name) or (isinstance(part, Number) and part.value.denominator == 1) for part in bare):
        yield from (part.symbol for part in bare if isinstance(part, Name))


def once(term: Term) -> Term:
    """Return h of 2h, and any other term as it is: a sum that ends at 2h takes h for a whole number."""
    match term:
        case Product((Number(times), Name() as name)) if times.denominator == 1:
            return name
    return term


def _spaces(scope: Scope, evidence: _Uses, sorts: Mapping[str, Sort]) -> dict[str, SpaceKind]:
    """Abstract spaces, but for those whose points are drawn from a Gaussian or given a density by formula."""
    spaces: dict[str, SpaceKind] = dict(scope.spaces)
    used = {s for found in evidence.laws.values() for s in found} | set(evidence.points.values())
    continuous = evidence.gaussian | evidence.continuous
    variables: dict[str, str] = {}
    for density in scope.densities:
        if density.law in evidence.laws:
            variables.update((*density.given, *density.values))
        if density.law in evidence.laws and _is_continuous(density, sorts):
            continuous.update(space for space, _ in density.values)
        if density.law in evidence.laws:
            continuous.update(s for s, variable in density.given if _is_parameter(variable, density.body, sorts))
    used |= variables.keys()
    for symbol, definition in scope.definitions.items():
        if symbol in evidence.laws and isinstance(definition.body, StandardLaw):
            continuous.update(evidence.laws[symbol])
    for space in used:
        if space in spaces:
            continue
        names = (space, variables.get(space, space))
        found = [known.get(name) for known in (sorts, scope.sorts) for name in names]
        declared = next((sort for sort in found if sort is not None and not isinstance(sort, RandomVariable)), None)
        size = declared.size if isinstance(declared, Vector) else None
        spaces[space] = EuclideanSpace(size) if space in continuous else AbstractSpace()
    return spaces


def _entries(kind: Configurations) -> Real:
    values = [float(point.value) for point in kind.points if isinstance(point, Number)]
    return Real(0.0, 1.0, False, False, integer=True) if sorted(values) == [0.0, 1.0] else Real()


def _is_parameter(variable: str, body: Term, sorts: Mapping[str, Sort]) -> bool:
    """Return whether a condition of a law is a number: declared so, or undeclared and counted with in its formula."""
    if variable in sorts:
        return _is_number(sorts[variable])
    counting = (t for t in subterms(body) if isinstance(t, Sum | Negative | Product | Power | Quotient))
    return any(Name(variable) in children(t) for t in counting)


def _is_number(sort: Sort | None) -> bool:
    """Return whether a condition of a law is declared a number or vector: a parameter such as w in p(t | w)."""
    if isinstance(sort, Vector):
        return not sort.entries.integer
    return isinstance(sort, Real) and not sort.integer


def _is_continuous(density: DensityDefinition, sorts: Mapping[str, Sort]) -> bool:
    """A law given by formula has real points where its variables are declared real or it is a Gaussian."""
    if any(isinstance(t, StandardDensity) for t in subterms(density.body)):
        return True
    names = {variable for _, variable in density.values}
    found = [sorts.get(n) for n in names]
    return any(isinstance(s, Real) or (isinstance(s, Vector) and not s.entries.integer) for s in found)


def _give_point(symbol: str, space: str, sorts: dict[str, Sort], spaces: dict[str, SpaceKind], evidence: _Uses) -> None:
    """Make a name a point of a space; where it is declared as a number within bounds, all points are such numbers."""
    declared = sorts.get(symbol)
    if isinstance(declared, Function | Law | Matrix):
        return
    kind = spaces.get(space, AbstractSpace())
    if isinstance(kind, Configurations):
        if declared is None:
            sorts[symbol] = Vector(kind.size, entries=_entries(kind))
        return
    if isinstance(kind, EuclideanSpace):
        if declared is None:
            sorts[symbol] = Vector(kind.size) if kind.size is not None else Real()
        return
    if isinstance(declared, Family):
        sorts[symbol] = Family(declared.sizes, Point(space))
    elif isinstance(declared, RandomVariable):
        return
    else:
        sorts[symbol] = Point(space)
        if isinstance(declared, Real) and declared != Real() and kind == AbstractSpace():
            spaces[space] = AbstractSpace(declared)


def _function(symbol: str, arguments: tuple[Term, ...], evidence: _Uses, spaces: Mapping[str, SpaceKind]) -> Function:
    known = evidence.knowledge.usage.arguments.get(symbol, ()) or _kernel_spaces(symbol, evidence.knowledge)
    found: list[Sort] = []
    for place, argument in enumerate(arguments):
        space = known[place] if place < len(known) and known[place] in evidence.active else ""
        if not space and isinstance(argument, Name):
            space = evidence.points.get(argument.symbol, "")
        abstract = bool(space) and not isinstance(spaces.get(space, AbstractSpace()), EuclideanSpace)
        found.append(Point(space) if abstract else Real())
    value: Sort = Point(evidence.values[symbol]) if symbol in evidence.values else Real()
    if is_kernel(symbol):
        value = UNIT
    return Function(tuple(found), value)


def _kernel_spaces(symbol: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the spaces of a kernel's places, nothing for any other function."""
    places = knowledge.kernel(kernel_law(symbol)) if is_kernel(symbol) else None
    return places.all if places is not None else ()


def _dimension(evidence: _Uses, sorts: Mapping[str, Sort]) -> str:
    """The size of an undeclared vector: that of a declared one, else d."""
    for sort in sorts.values():
        if isinstance(sort, Vector) and isinstance(sort.size, Name):
            return sort.size.symbol
    return "d"


def size_names(sort: Sort) -> list[str]:
    """Return the symbols of the sizes of a sort."""
    if isinstance(sort, Vector):
        return [sort.size.symbol] if isinstance(sort.size, Name) else []
    if isinstance(sort, Matrix):
        return [s.symbol for s in (sort.rows, sort.columns) if isinstance(s, Name)]
    if isinstance(sort, Family):
        return [s.symbol for s in sort.sizes if isinstance(s, Name)] + size_names(sort.element)
    return []
