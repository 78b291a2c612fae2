"""Terms: the only meaning a statement has.

A term is a small tree of frozen dataclasses. Two interpreters walk it and share no code: the numeric
witness (`numeric_checks/`) and the symbolic one (`verify/`). What is written here is their contract.

Names. A symbol is a canonical LaTeX string ("x", "\\\\theta_{g}", "p_{data}", "x'"): two spellings of one
name give one string. Binders may shadow; two binders of one statement may use the same symbol.

Laws and spaces. `Density(law, values, given)` is the value of a density or probability: the law's symbol
stands for ONE joint law over all the spaces it is used with, and marginals and conditionals are computed
from it. A `Slot` names its space by the base name of what is written there ("x" for x, x_n, x^{(i)}, X and
\\\\tilde x), and every law and function that takes an x shares that space. A space is either abstract (the
witnesses interpret it as a small finite set whose points carry a real value) or Euclidean (declared real or
given a Gaussian law); the scope tells which. `Aggregate("sum" | "integral", Binder(x, Space("x")), body)` is
the total over that space whichever kind it is.

Laws as objects (what stands in KL(p || q), H(p), E_{x ~ p}): `LawReference`, `StandardLaw`, and sums and
scalar multiples of laws (mixtures) written with `Sum`, `Product`, `Quotient`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of offsets into the text of the block that the term was read from."""

    start: int
    end: int


class Remembering:
    """What a term remembers of itself once it was asked: it is walked many times and never changes."""

    __slots__ = ("_children", "_subterms")

    _children: tuple[Term, ...]
    _subterms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Term(Remembering):
    """Base of all terms; the span does not take part in equality or hashing."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


# Scalars and names -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number(Term):
    """An exact rational; `decimals` is the count of digits written after the point, None for integers.

    A number with decimals may be rounded by hand: a claim about it holds to the digits written.
    """

    value: Fraction
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Constant(Term):
    """A standard constant: "pi", "e" or "infinity"."""

    kind: Literal["pi", "e", "infinity"]


@dataclass(frozen=True, slots=True)
class Name(Term):
    """A symbol of the note: variable, parameter, point of a space, array, bound variable, size."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Entry(Term):
    """An element of an indexed family or array, counted from 1: x_i, W_{ij}, x^{(i)}."""

    array: Term
    indices: tuple[Term, ...]


# Algebra ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Negative(Term):
    """- term."""

    term: Term


@dataclass(frozen=True, slots=True)
class Sum(Term):
    """term + term + ...; a subtraction is a Negative among the terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Product(Term):
    """factor * factor * ...; the matrix product where factors are matrices, so order matters."""

    factors: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Quotient(Term):
    """numerator / denominator."""

    numerator: Term
    denominator: Term


@dataclass(frozen=True, slots=True)
class Power(Term):
    """base ^ exponent."""

    base: Term
    exponent: Term


ELEMENTARY = frozenset(
    [
        "log",
        "exp",
        "sqrt",
        "abs",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "arcsin",
        "arccos",
        "arctan",
        "sigmoid",
        "softplus",
        "relu",
        "sign",
        "floor",
        "ceiling",
        "max",
        "min",
        "binomial",
        "mod",
        "factorial",
        "gamma",
        "delta",
    ]
)


@dataclass(frozen=True, slots=True)
class Elementary(Term):
    """A standard function of scalars, applied entrywise to arrays.

    "log" has one argument (natural logarithm) or two (argument, base). "abs" is |x|: modulus of a number,
    determinant of a square matrix. "max" and "min" take any number of arguments. "mod" of a and n > 0 is the remainder
    a - n floor(a / n). "delta" of one argument is
    Dirac's or Kronecker's delta at zero of a difference (1 where the two points agree); of two, Kronecker's.
    """

    function: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Apply(Term):
    """An unknown or defined function of the note applied to arguments: D(x), G(z), f(x; theta).

    `parameters` are what stands after the semicolon. `order` counts primes: f''(x) has order 2, the
    derivative by the only argument.
    """

    function: Name
    arguments: tuple[Term, ...]
    parameters: tuple[Term, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Array(Term):
    """A matrix or column vector written out, by rows."""

    rows: tuple[tuple[Term, ...], ...]


MATRIX_OPERATIONS = frozenset(
    [
        "transpose",
        "inverse",
        "trace",
        "determinant",
        "norm",
        "squared_norm",
        "identity",
        "diagonal",
        "hadamard",
        "dot",
        "kronecker",
        "vectorisation",
        "pseudo_inverse",
        "adjugate",
        "rank",
        "function",
        "ones",
        "basis",
        "eigenvalues",
        "eigenvectors",
        "singular_values",
        "softmax",
        "cheapest_plan",
    ]
)


@dataclass(frozen=True, slots=True)
class MatrixOperation(Term):
    """An operation of linear algebra.

    transpose(A), inverse(A), trace(A), determinant(A), norm(x) (Euclidean for vectors, Frobenius for
    matrices, modulus for numbers), identity() (of the size its neighbours need) or identity(n),
    diagonal(v) (vector to diagonal matrix), hadamard(A, B), dot(x, y), kronecker(A, B), vectorisation(A) (its
    columns stacked), pseudo_inverse(A) (of Moore and Penrose), adjugate(A), rank(A), function(A) (a function of
    the square matrix, not of its entries: its power series), ones() and ones(n) (a column of ones),
    basis(i) and basis(i, n) (the i-th column of the identity), eigenvalues(A) and singular_values(A) (columns, the
    largest first), eigenvectors(A) (of a symmetric matrix: orthonormal columns in the same order), softmax(x) (over
    a column, or over each row of a matrix), cheapest_plan(C, p, q) (the least sum of T_{ij} C_{ij} over the
    tables T of numbers that are at least 0, with the row sums p and the column sums q). `kind` is the norm's
    index as written ("1", "2", "F", "\\\\infty"), or "column sums" and "row sums" for the largest sum of moduli
    in a column or row; of a function its name (one of `ELEMENTARY`), else "".
    """

    operation: str
    arguments: tuple[Term, ...] = ()
    kind: str = ""


# Complex numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImaginaryUnit(Term):
    """The imaginary unit i."""


@dataclass(frozen=True, slots=True)
class ComplexPart(Term):
    """The conjugate, the real or the imaginary part of a complex number, entry by entry of an array.

    The conjugate transpose is the transpose of the conjugate.
    """

    part: Literal["conjugate", "real", "imaginary"]
    term: Term


@dataclass(frozen=True, slots=True)
class ComplexDeterminant(Term):
    """The real or the imaginary part of det(A + iB), where A and B are real; `complex_parts` alone makes it."""

    part: Literal["real", "imaginary"]
    real: Term
    imaginary: Term


# Conditions ------------------------------------------------------------------------------------------

Relation = Literal["=", "!=", "<", "<=", ">", ">=", "~=", "propto", "in", "=>", "<=>", "->"]


@dataclass(frozen=True, slots=True)
class Comparison(Term):
    """left relation right, as a truth value; "~=" is approximately equal."""

    relation: Relation
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Conjunction(Term):
    """All of the conditions."""

    conditions: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Cases(Term):
    """The value whose condition holds first; `otherwise` is None where the cases exhaust."""

    branches: tuple[tuple[Term, Term], ...]
    otherwise: Term | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Term):
    """1 where the condition holds, else 0."""

    condition: Term


@dataclass(frozen=True, slots=True)
class Where(Term):
    """The body where the condition holds, undefined elsewhere: min_{x : x + y = 1} f is the least of such."""

    body: Term
    condition: Term


# Binders ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Domain:
    """What a bound variable ranges over."""


@dataclass(frozen=True, slots=True)
class Range(Domain):
    """The integers low, ..., high; empty where high < low."""

    low: Term
    high: Term


@dataclass(frozen=True, slots=True)
class Space(Domain):
    """The whole space of a base name: sum_x, int_x, E_{x ~ p}."""

    name: str


@dataclass(frozen=True, slots=True)
class Interval(Domain):
    """The real numbers from low to high (either may be infinite); an open end is no part of it."""

    low: Term
    high: Term
    low_open: bool = field(default=False, kw_only=True)
    high_open: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class IndexSet(Domain):
    """All values of an index of a family whose range the scope knows, or an unnamed finite range."""

    name: str


@dataclass(frozen=True, slots=True)
class Functions(Domain):
    """Every function of the bound name's sort: max_D with D: X -> (0, 1)."""


@dataclass(frozen=True, slots=True)
class Laws(Domain):
    """Every law over the bound name's spaces: max_q."""


@dataclass(frozen=True, slots=True)
class Values(Domain):
    """Every value of the bound name's declared sort: max_x with x real.

    said: it is written that these are all numbers, \\max_{x \\in \\mathbb{R}}.
    """

    said: bool = False


@dataclass(frozen=True, slots=True)
class Simplex(Domain):
    """Every column of numbers that are at least 0 and add up to 1: max_{p in Delta}."""


@dataclass(frozen=True, slots=True)
class Binder:
    """A bound variable and what it ranges over."""

    name: Name
    domain: Domain


AggregateOperation = Literal["sum", "product", "integral", "max", "min", "argmax", "argmin"]


@dataclass(frozen=True, slots=True)
class Aggregate(Term):
    """A big operator with one bound variable; nested for several.

    limiting: a maximum or minimum that is written as a supremum or infimum, which need not be attained.
    """

    operation: AggregateOperation
    binder: Binder
    body: Term
    limiting: bool = field(default=False, kw_only=True)


# Probability -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a law: the space it belongs to and the point that stands there."""

    space: str
    value: Term


@dataclass(frozen=True, slots=True)
class Density(Term):
    """The density (or probability) law(values | given; parameters) at these points."""

    law: Name
    values: tuple[Slot, ...]
    given: tuple[Slot, ...] = ()
    parameters: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class LawReference(Term):
    """A law as an object: p, q(z | x), p_theta(x).

    `values` are the free spaces, named by the variable written there or, for a bare p, empty: then they
    are the spaces that the other law of the same functional has, or all the law's spaces. `given` are
    fixed points.
    """

    law: Name
    values: tuple[Slot, ...] = ()
    given: tuple[Slot, ...] = ()
    parameters: tuple[Term, ...] = ()


STANDARD_LAWS = frozenset(
    [
        "normal",
        "bernoulli",
        "uniform",
        "categorical",
        "exponential",
        "poisson",
        "binomial",
        "geometric",
        "integers",
        "discrete",
        "gamma",
        "beta",
        "cauchy",
        "student",
        "dirichlet",
        "wishart",
        "inverse wishart",
    ]
)


@dataclass(frozen=True, slots=True)
class StandardLaw(Term):
    """A law with a name of its own, as an object.

    normal(mean, covariance) (variance for a scalar), bernoulli(probability), uniform(low, high),
    categorical(probabilities), exponential(rate), poisson(rate), binomial(trials, probability),
    geometric(first, probability) (the first is its least value), integers(low, high) (each of them as likely),
    discrete(value, probability, value, ...),
    gamma(shape, rate), beta(a, b), cauchy(location, scale), student(location, scale matrix, degrees of freedom),
    dirichlet(parameters), wishart(scale matrix, degrees of freedom) and inverse wishart(the same).
    """

    kind: str
    parameters: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class StandardDensity(Term):
    """The density of a standard law at a point: N(x; mu, sigma^2)."""

    point: Term
    law: StandardLaw


@dataclass(frozen=True, slots=True)
class Draw:
    """A variable drawn from a law (a LawReference, StandardLaw or mixture)."""

    name: Name
    space: str
    law: Term


@dataclass(frozen=True, slots=True)
class Expectation(Term):
    """The mean of the body over the draws; a later draw's law may mention earlier names.

    Without draws it averages over every random variable of the body that the scope declares.
    `given` are conditions X = x on which the mean is taken.
    """

    draws: tuple[Draw, ...]
    body: Term
    given: tuple[Term, ...] = ()


Moment = Literal["variance", "covariance"]


@dataclass(frozen=True, slots=True)
class MomentOf(Term):
    """Var[X] or Cov[X, Y], with the same convention about draws as `Expectation`."""

    moment: Moment
    draws: tuple[Draw, ...]
    arguments: tuple[Term, ...]


FUNCTIONALS = frozenset(
    [
        "kl",
        "jsd",
        "entropy",
        "cross_entropy",
        "total_variation",
        "transport",
        "squared_transport",
        "lipschitz_gain",
        "bounded_gain",
    ]
)


@dataclass(frozen=True, slots=True)
class Functional(Term):
    """A functional of laws: kl(p, q), jsd(p, q), entropy(p), cross_entropy(p, q), total_variation(p, q).

    transport(p, q) and squared_transport(p, q) are the least mean of |x - y| and of |x - y|^2 over the couplings of
    two laws; lipschitz_gain(p, q) and bounded_gain(p, q) the greatest difference of the means of one function
    with slopes at most 1, or with values in [-1, 1].
    """

    functional: str
    laws: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Information(Term):
    """Entropy H(X), H(X | Y), joint entropy H(X, Y) or mutual information I(X; Y) of variables under `law`.

    `groups` holds one group of slots for an entropy, two for a mutual information; `given` the conditions
    (averaged over, as H(X | Y) is; a slot with a fixed value is not averaged: H(Y | X = x)).
    """

    kind: Literal["entropy", "mutual_information"]
    law: Name
    groups: tuple[tuple[Slot, ...], ...]
    given: tuple[Slot, ...] = ()
    fixed: bool = False


# Calculus --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Derivative(Term):
    """The derivative of the body by a variable (a Name, an Entry or an Apply such as D(x)).

    By a vector or matrix it is the gradient, in denominator layout.
    """

    body: Term
    variable: Term
    order: int = 1


@dataclass(frozen=True, slots=True)
class Landau(Term):
    """O(argument): some term that is at most a multiple of it near the point that the note speaks of.

    kind: o is small against it, Omega at least a multiple of it, Theta both at most and at least one.
    """

    argument: Term
    kind: Literal["O", "o", "Theta", "Omega"] = "O"


@dataclass(frozen=True, slots=True)
class At(Term):
    """The body with the variable replaced by a value: f(x) |_{x = 0}."""

    body: Term
    variable: Name
    value: Term


@dataclass(frozen=True, slots=True)
class Limit(Term):
    """What the body tends to as the variable, which is bound here, goes to a point: lim_{x -> a} f(x).

    side: "above" where it comes down to the point (x -> a^+), "below" where it goes up, "both" otherwise.
    The witnesses never meet it: `verify.limits` puts the value in its place.
    """

    body: Term
    variable: Name
    point: Term
    side: Literal["both", "above", "below"] = "both"


PRIMED = Name("\\xi'")
"""What a prime on a standard function binds: tanh'(z) is the derivative of tanh(PRIMED) by PRIMED, at z.

It is the derivative of a function of numbers, taken entry by entry where z is an array.
"""


# Walking ---------------------------------------------------------------------------------------------


def children(term: Term) -> tuple[Term, ...]:
    """Return the direct subterms, those inside slots, draws, binders and branches included."""
    try:
        return term._children
    except AttributeError:
        pass
    found: list[Term] = []
    names: tuple[str, ...] = term.__match_args__  # all fields but the span, which is given by keyword alone
    for name in names:
        _collect(getattr(term, name), found)
    object.__setattr__(term, "_children", tuple(found))
    return term._children


def _collect(value: object, found: list[Term]) -> None:
    """Append the terms that a field's value holds."""
    if isinstance(value, Term):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _collect(part, found)
    elif isinstance(value, Slot):
        found.append(value.value)
    elif isinstance(value, Draw):
        found += (value.name, value.law)
    elif isinstance(value, Binder):
        found.append(value.name)
        _collect(value.domain, found)
    elif isinstance(value, Range | Interval):
        found += (value.low, value.high)


def subterms(term: Term) -> Iterator[Term]:
    """Yield the term and everything below it, depth first."""
    try:
        return iter(term._subterms)
    except AttributeError:
        pass
    found: list[Term] = []
    stack = [term]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(reversed(children(current)))
    object.__setattr__(term, "_subterms", tuple(found))
    return iter(term._subterms)


def without_span(term: Term) -> Term:
    """Return the term without its own span (equality never looks at spans)."""
    return replace(term, span=None)
