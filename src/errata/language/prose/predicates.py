"""The meanings of phrases with formulas inside, one small function a kind (patterns in `frames`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.independence import enter_independence, enter_independence_of, of_some_members
from errata.language.prose.laws import FOLLOWED, ONE, ZERO, enter_law, law_of, uniform_on_set, values_of
from errata.language.prose.lexing import Token, formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import BareSet, Depends, Equation, Names, Part, Shape, Subject
from errata.language.prose.refine import (
    Kind,
    LawOver,
    MatrixProperty,
    Random,
    Within,
    intersection,
    is_unknown_size,
    looks_like_matrix,
)
from errata.language.prose.sampling import member_of
from errata.language.prose.segments import Formula
from errata.language.prose.sets import points_of
from errata.language.scope import Definition, DensityDefinition, Follows, IdenticallyDistributed, ImageLaw
from errata.language.sorts import (
    POSITIVE,
    SIZE,
    AbstractSpace,
    Configurations,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Vector,
    element_of,
)
from errata.language.symbols import base_name
from errata.language.terms import (
    Apply,
    Comparison,
    Derivative,
    Elementary,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Slot,
    StandardDensity,
    StandardLaw,
    Term,
    subterms,
)

GAUSSIAN, COVARIANCE_MATRIX = "\\mathcal{N}", "covariance matrix"
"""The notation of Gaussian densities, and what the note says stands in its last place."""
_PROPERTY_NAMES = {"skew-symmetric": "antisymmetric", "skew symmetric": "antisymmetric"}
_WORDS_FOR_NUMBERS = {"zero": ZERO, "unit": ONE, "one": ONE, "identity": MatrixOperation("identity")}


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase and the formulas of its sentence."""

    token: Token
    formulas: Sequence[Formula]
    parts: Sequence[tuple[Part, ...]]

    def subjects(self, group: str) -> tuple[Subject, ...]:
        """Return the names in a group's formulas."""
        numbers = formulas_in(self.token.groups.get(group, ""))
        return tuple(s for k in numbers for part in self.parts[k] for s in part.subjects)

    def latex(self, group: str) -> str:
        """Return the group's first formula as written; its head where it is a definition."""
        numbers = formulas_in(self.token.groups.get(group, ""))
        return self.formulas[numbers[0]].latex if numbers else ""

    def value(self, group: str, notes: Notebook) -> Term | None:
        """Return the term that a group stands for: a formula, its subject where it declares, or a number."""
        text = self.token.groups.get(group)
        if text is None:
            return None
        if text in _WORDS_FOR_NUMBERS:
            return _WORDS_FOR_NUMBERS[text]
        numbers = formulas_in(text)
        if not numbers:
            return Number(Fraction(text))
        found = self.parts[numbers[0]]
        if len(found) == 1 and len(found[0].subjects) == 1 and found[0].subjects[0].arguments is None:
            subject = found[0].subjects[0]
            if not isinstance(found[0], Names) and not subject.indices:
                return Name(subject.symbol)
        return notes.read.term(self.formulas[numbers[0]].latex)


Meaning = Callable[[Said, Sequence[Subject], Notebook], bool]


# Random variables and laws ---------------------------------------------------------------------------


def _mean_and_spread(said: Said, notes: Notebook) -> tuple[Term | None, Term | None]:
    mean = said.value("mean", notes) or said.value("mean0", notes)
    return mean, said.value("spread", notes) or said.value("spread0", notes)


def draw(subject: Subject, law: Term | None, notes: Notebook) -> bool:
    """Enter that the subject is random, with this law; False where it cannot be."""
    space = base_name(subject.symbol)
    if _names_its_law(subject, law, notes):
        return True
    if isinstance(law, StandardLaw) and law.kind in FOLLOWED and not subject.indices:
        notes.facts.append(Follows(subject.symbol, law))
        return notes.give(subject, Within(FOLLOWED[law.kind]))
    values = values_of(law, subject.symbol, notes) if law is not None else None
    if not notes.give(replace(subject, arguments=None), Random(law)):
        return False
    if values is not None:
        notes.spaces.setdefault(space, values)
    if law is not None:
        enter_law(law, space, notes)
    if isinstance(law, StandardLaw) and law.kind == "normal":
        name_deviations(law.parameters[1], notes)
    return True


def _names_its_law(subject: Subject, law: Term | None, notes: Notebook) -> bool:
    """Read "x ~ N(m, S) with density p(x)": p is a name for the law that x has already."""
    known = notes.sort_of(subject.symbol)
    if not isinstance(law, LawReference) or law.given or not isinstance(known, RandomVariable):
        return False
    if not isinstance(known.law, StandardLaw) or notes.is_defined(law.law.symbol):
        return False
    enter_law(law, known.space, notes)
    notes.definitions.append(Definition(law.law.symbol, (), known.law))
    return True


def _gaussian(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    if "standard" in said.token.groups:
        return False not in [draw(s, StandardLaw("normal", (ZERO, _unit(s, notes))), notes) for s in subjects]
    if not any(word in said.token.text for word in ("gaussian", "normal")):
        return False not in [draw(s, None, notes) for s in subjects] and _moments(said, subjects, notes)
    mean, spread = _mean_and_spread(said, notes)
    if mean is None or spread is None or (subjects and _is_precision(said) and isinstance(spread, Number)):
        return False
    if _is_precision(said):
        spread = _inverse(spread, notes)
    return _spread_has(said, notes) and False not in [
        draw(s, StandardLaw("normal", (mean, spread)), notes) for s in subjects
    ]


def _is_precision(said: Said) -> bool:
    return said.token.groups.get("kind", "").startswith("precision")


def _inverse(precision: Term, notes: Notebook) -> Term:
    """Return the covariance that has this precision."""
    matrix = isinstance(precision, Name) and isinstance(notes.sort_of(precision.symbol), Matrix)
    capital = isinstance(precision, Name) and looks_like_matrix(precision.symbol)
    return MatrixOperation("inverse", (precision,)) if matrix or capital else Quotient(ONE, precision)


def _spread_has(said: Said, notes: Notebook) -> bool:
    """Enter the adjectives before the covariance: "and symmetric positive definite covariance S"."""
    words = said.token.groups.get("properties", "").replace("positive-definite", "positive definite")
    found = {name for name in ("symmetric", "positive definite", "diagonal", "invertible") if name in words}
    if "positive definite" in found:
        found.add("symmetric")
    attribute = MatrixProperty(frozenset(found))
    return not found or False not in [notes.give(s, attribute) for s in said.subjects("spread")]


def _unit(subject: Subject, notes: Notebook) -> Term:
    """Return the unit covariance: 1, or the identity for a vector."""
    known = notes.sort_of(subject.symbol)
    space = notes.spaces.get(base_name(subject.symbol))
    is_vector = isinstance(known, Vector) or (isinstance(space, EuclideanSpace) and space.size is not None)
    return MatrixOperation("identity") if is_vector else ONE


def _moments(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    mean, spread = _mean_and_spread(said, notes)
    kind = said.token.groups.get("kind") or said.token.groups.get("kind0") or ""
    if spread is None and _names_the_mean(said, subjects, notes):
        return True
    capitals = [s for s in subjects if notes.sort_of(s.symbol) is None and s.symbol.isupper() and not s.arguments]
    if spread is not None and False in [draw(s, None, notes) for s in capitals]:
        return False
    if mean is None or not all(isinstance(element_of(notes.sort_of(s.symbol)), RandomVariable) for s in subjects):
        return False
    if not _spread_has(said, notes):
        return False
    name_deviations(spread, notes)
    for subject in subjects:
        name = member_of(subject, notes)
        notes.assume(Comparison("=", Expectation((), name), mean))
        if spread is not None:
            if _is_precision(said):
                return False
            moment = (
                MomentOf("covariance", (), (name, name))
                if kind.startswith("covariance")
                else MomentOf("variance", (), (name,))
            )
            notes.assume(Comparison("=", moment, spread))
    return bool(subjects)


def _names_the_mean(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Return whether "with mean $m = ...", said of numbers or vectors that are not random, only gives that formula."""
    numbers = formulas_in(said.token.groups.get("mean", ""))
    defines = any(isinstance(part, Equation) for k in numbers for part in said.parts[k])
    return defines and not any(isinstance(element_of(notes.sort_of(s.symbol)), RandomVariable) for s in subjects)


def name_deviations(spread: Term | None, notes: Notebook) -> None:
    """Make a number of an undeclared sigma in a covariance: s^2(...) is no power of a sigmoid then."""
    names = {part.symbol for part in subterms(spread) if isinstance(part, Name)} if spread is not None else set()
    for symbol in names & {"\\sigma"}:
        if notes.sort_of(symbol) is None and not notes.is_defined(symbol):
            notes.sorts[symbol] = POSITIVE


def _random(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    is_discrete = "discrete" in said.token.text and "random" not in said.token.text
    if "law" not in said.token.groups:
        if is_discrete:
            return _finite(said, subjects, notes)
        return False not in [draw(s, None, notes) for s in subjects]
    law = _named_law(said, notes)
    if is_discrete and not _finite(said, subjects, notes):
        return False
    return law is not None and False not in [draw(s, law, notes) for s in subjects]


def _named_law(said: Said, notes: Notebook) -> Term | None:
    numbers = formulas_in(said.token.groups["law"])
    for part in said.parts[numbers[0]]:
        if isinstance(part, Equation) and part.subjects:
            law = part.subjects[0]
            slots = [tuple(Slot(base_name(s), Name(s)) for s in names) for names in (law.arguments or (), law.given)]
            return LawReference(Name(law.symbol), slots[0] if slots[1] else (), slots[1])
    return law_of(said.latex("law"), notes)


def _drawn_from(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    law = _named_law(said, notes)
    return law is not None and False not in [draw(s, law, notes) for s in subjects]


def _iid_from(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    if not _drawn_from(said, subjects, notes):
        return False
    enter_independence([s.symbol for s in subjects], notes)
    return True


def _independent(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "independent" of random things only: vectors may be linearly independent."""
    if len(subjects) < 2 and not any(s.indices or s.sizes for s in subjects):
        return False
    plain = (RandomVariable, Point, type(None))
    if not all(isinstance(element_of(notes.sort_of(s.symbol)), plain) for s in subjects):
        return False
    enter_independence([s.symbol for s in subjects], notes)
    if _IDENTICAL.search(said.token.text):
        notes.facts.append(IdenticallyDistributed(tuple(s.symbol for s in subjects)))
    return True


_IDENTICAL = re.compile(r"identically|i\.?i\.?d")


def _independent_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Of random things a fact; of others it says that they are constant, which they are."""
    others = said.subjects("others")
    if of_some_members((*subjects, *others), said.parts):
        return False
    for subject in subjects:
        notes.constants.add(subject.symbol)
        if isinstance(element_of(notes.sort_of(subject.symbol)), RandomVariable | Point | None):
            enter_independence_of([subject], others, notes)
    return bool(others)


def _law_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    values, given = said.subjects("values"), said.subjects("given")
    if not values:
        return False
    if len(values) == 1 and values[0].arguments and not given:
        return _image_law(values[0], subjects, notes)
    image = _image_of(values, notes)
    if image is not None:
        return _image_law(image, subjects, notes)
    if any(notes.is_defined(v.symbol) or isinstance(notes.sort_of(v.symbol), Law) for v in values):
        return False
    spaces = tuple(base_name(v.symbol) for v in (*values, *given))
    if False in [notes.give(_callee(s), LawOver(spaces)) for s in subjects]:
        return False
    places = [k for group in ("values", "given") for k in formulas_in(said.token.groups.get(group) or "")]
    notes.consumed.update(said.formulas[k].start for k in places)  # all that is said of the variables there
    return True


def _laws_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "distributions $q$ of $Y$ and $r$ of $Z$": each law is over the variable named after it."""
    waiting: list[Subject] = []
    over = False
    for word in said.token.groups["pairs"].split():
        numbers = formulas_in(word)
        named = [s for k in numbers for part in said.parts[k] for s in part.subjects]
        if over and len(named) == 1:
            space = (base_name(named[0].symbol),)
            if False in [notes.give(_callee(law), LawOver(space)) for law in waiting]:
                return False
            waiting, over = [], False
        elif numbers:
            waiting.extend(named)
        over = over or word in ("of", "over", "on")
    return not waiting


def _callee(subject: Subject) -> Subject:
    return replace(subject, arguments=None, given=())


def _its_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "let p(x) be its density", x random: p is the law that x has."""
    for subject in subjects:
        if subject.arguments is None or len(subject.arguments) != 1 or subject.given:
            return False
        variable = notes.sort_of(subject.arguments[0])
        if not isinstance(variable, RandomVariable):
            return False
        notes.give(_callee(subject), LawOver((variable.space,)))
        if variable.law is not None:
            notes.definitions.append(Definition(subject.symbol, (), variable.law))
    return True


def _part_of_law(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Accept the marginal p(x) of p(x, y): one name stands for one joint law."""
    parts = said.subjects("parts")
    return bool(parts) and {p.symbol for p in parts} <= {s.symbol for s in subjects}


def _operation(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Accept "with determinant |S|" where the notation is read so anyway."""
    noun = said.token.groups["noun"]
    script = _BARE_SCRIPT.fullmatch(said.latex("written").strip())
    if script is not None:  # "$^+$ denotes the pseudo-inverse"
        return noun in _SCRIPTS[script["script"]] or (script["script"] in "+\\dagger" and noun.startswith(_PSEUDO))
    term = notes.read.term(said.latex("written"))
    if noun == "derivative":
        return isinstance(term, Derivative) or (isinstance(term, Apply) and term.order == 1)
    if isinstance(term, Elementary) and term.function == "abs":
        return noun == "determinant"
    if "inverse" in noun and noun != "inverse":
        noun = "pseudo_inverse"
    return isinstance(term, MatrixOperation) and term.operation == noun.removesuffix(" matrix")


_BARE_SCRIPT = re.compile(r"(?:\(?\\cdot\)?|\{\})?\s*\^\s*\{?\s*(?P<script>\+|\\dagger|\\top|T|-1)\s*\}?")
_SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"+": (), "\\dagger": (), "-1": ("inverse",), "\\top": ("transpose",), "T": ("transpose",)}
)
_PSEUDO = ("pseudo", "moore", "generali")


def _image_of(values: Sequence[Subject], notes: Notebook) -> Subject | None:
    """Return y as G(z), where y is defined so."""
    if len(values) != 1:
        return None
    definitions = (*notes.definitions, *notes.scope.definitions.values())
    for definition in definitions:
        if definition.symbol == values[0].symbol and not definition.parameters:
            match definition.body:
                case Apply(function=function, arguments=(Name(symbol=source),), order=0):
                    return Subject(function.symbol, arguments=(source,))
    return None


def _image_law(call: Subject, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter that the subjects are the law of function(z), z drawn from a law of the note."""
    if call.arguments is None or len(call.arguments) != 1 or len(subjects) != 1 or call.given:
        return False
    source = notes.sort_of(call.arguments[0])
    if not isinstance(source, RandomVariable) or not isinstance(source.law, LawReference):
        return False
    law = subjects[0].symbol
    function, known = notes.sort_of(call.symbol), notes.sort_of(law)
    space = ""
    if subjects[0].arguments:
        space = base_name(subjects[0].arguments[0])
    elif isinstance(function, Function) and isinstance(function.value, Point):
        space = function.value.space
    elif isinstance(known, Law) and known.spaces:
        space = known.spaces[0]
    notes.give(_callee(subjects[0]), LawOver((space,) if space else ()))
    notes.facts.append(ImageLaw(law, space, call.symbol, source.law.law.symbol, source.space))
    return True


def _gaussian_density(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    mean, spread = _mean_and_spread(said, notes)
    if mean is None or spread is None:
        return all(_is_gaussian_notation(s) for s in subjects)
    if not _spread_has(said, notes) or _is_precision(said):
        return False
    written = law_of(said.latex("law"), notes) if "law" in said.token.groups else None
    for subject in subjects:
        if _is_gaussian_notation(subject):
            if isinstance(spread, Name) and isinstance(notes.sort_of(spread.symbol), Matrix):
                notes.notations[GAUSSIAN] = COVARIANCE_MATRIX
            continue
        law = written if isinstance(written, StandardLaw) else StandardLaw("normal", (mean, spread))
        if subject.arguments is not None and len(subject.arguments) == 1 and not subject.given:
            slot = (base_name(subject.arguments[0]), subject.arguments[0])
            body = StandardDensity(Name(subject.arguments[0]), law)
            notes.densities.append(DensityDefinition(subject.symbol, (slot,), (), body))
        elif subject.arguments is None:
            notes.definitions.append(Definition(subject.symbol, (), law))
        else:
            return False
    return True


def _is_gaussian_notation(subject: Subject) -> bool:
    return subject.symbol in ("N", "\\mathcal{N}") and (subject.arguments is not None or subject.symbol != "N")


# Spaces ----------------------------------------------------------------------------------------------


def _finite(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    return False not in [valued(s, AbstractSpace(), notes) for s in subjects]


def valued(subject: Subject, space: AbstractSpace | FiniteSpace | Configurations, notes: Notebook) -> bool:
    """Enter that the subject is random, with its values in this space; False where it cannot be."""
    base = base_name(subject.symbol)
    known = element_of(notes.sort_of(subject.symbol))
    if not isinstance(known, RandomVariable | Point | None):
        return False
    notes.spaces[base] = space
    return known is not None or notes.give(replace(subject, arguments=None), Random())


def _finite_space(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "let $X$ be a finite set" and "laws on a finite set $X$"."""
    sets = said.subjects("set") or tuple(s for s in subjects if not notes.is_law(s.symbol))
    if any(set(s.symbol) & set("_^") for s in sets):
        return False
    spaces = tuple(base_name(s.symbol) for s in sets)
    for space in spaces:
        notes.spaces[space] = AbstractSpace()
    laws = [s for s in subjects if s not in sets]
    return False not in [notes.give(s, LawOver(spaces)) for s in laws]


def _values_in(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    numbers = formulas_in(said.token.groups["set"])
    elements = next((p.elements for p in said.parts[numbers[0]] if isinstance(p, BareSet)), None)
    if elements is None:
        return False
    if elements.points:
        return False not in [valued(s, points_of(elements), notes) for s in subjects]
    return False not in [draw(s, None, notes) and notes.values_in(s, elements.sort) for s in subjects]


def _values_on(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "p(x) = ... on R^n": the variable of a density that was just given lies there."""
    numbers = formulas_in(said.token.groups["set"])
    elements = next((p.elements for p in said.parts[numbers[0]] if isinstance(p, BareSet)), None)
    if elements is None or elements.points or not subjects:
        return False
    for subject in subjects:
        if subject.arguments is None or len(subject.arguments) != 1:
            return False
        notes.member(Subject(subject.arguments[0]), elements)
    return True


def _values_list(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    pieces = [w for w in said.token.groups["values"].split() if w not in (",", "and")]
    points: list[Term] = []
    for piece in pieces:
        only = Said(replace(said.token, groups=MappingProxyType({"v": piece})), said.formulas, said.parts)
        value = only.value("v", notes)
        if value is None:
            return False
        points.append(value)
    return False not in [valued(s, FiniteSpace(tuple(points)), notes) for s in subjects]


def _bernoulli(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    probability = said.value("p", notes)
    if probability is None:
        return False
    return False not in [draw(s, StandardLaw("bernoulli", (probability,)), notes) for s in subjects]


def _uniform(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    finite = uniform_on_set(said.latex("set"), notes)
    if finite is not None:
        return False not in [draw(s, finite, notes) for s in subjects]
    numbers = formulas_in(said.token.groups["set"])
    elements = next((p.elements for p in said.parts[numbers[0]] if isinstance(p, BareSet)), None)
    if elements is None or elements.points or not isinstance(elements.sort, Real) or elements.sort.integer:
        return False
    bounds = {relation[0]: bound for relation, bound in elements.conditions}
    low = bounds.get(">") or _number(elements.sort.low)
    high = bounds.get("<") or _number(elements.sort.high)
    if low is None or high is None:
        return False
    return False not in [draw(s, StandardLaw("uniform", (low, high)), notes) for s in subjects]


def _number(value: float | None) -> Number | None:
    return None if value is None else Number(Fraction(value))


# Functions, sizes, identity --------------------------------------------------------------------------


def _function_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    on = tuple(_listed_variables(said))
    unknown = [name for name in on if notes.sort_of(name) is None and not notes.is_defined(name)]
    if not on or any(looks_like_matrix(name) for name in unknown):
        return False
    return False not in [_one_function(s, on, notes) for s in subjects]


def _depends_through(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "L depends on w through a", where the note has said what a is, or says it there: "through $a = 2 w$"."""
    plain = all(not s.indices and s.arguments is None for s in subjects)
    on = tuple(_listed_variables(said)) or tuple(_given_there(said, notes))
    known = all(notes.sort_of(a) is not None or notes.is_defined(a) for a in on)
    return bool(on) and plain and known and False not in [_one_function(s, on, notes) for s in subjects]


def _given_there(said: Said, notes: Notebook) -> Iterator[str]:
    """Yield the variables of "through $u = x^2$ and $v = x^3$", which the sentence defines."""
    for number in formulas_in(said.token.groups.get("on", "")):
        heads = [s.symbol for part in said.parts[number] if isinstance(part, Equation) for s in part.subjects]
        yield from (symbol for symbol in heads if notes.is_defined(symbol))


def _listed_variables(said: Said) -> Iterator[str]:
    """Yield the variables of "a function of $u$ and $v$", up to a formula that begins something else."""
    for number in formulas_in(said.token.groups.get("on", "")):
        for part in said.parts[number]:
            if isinstance(part, Depends | Equation):
                return
            yield from (s.symbol for s in part.subjects)


def _one_function(subject: Subject, on: tuple[str, ...], notes: Notebook) -> bool:
    known = element_of(notes.sort_of(subject.symbol))
    if isinstance(known, Function) and (len(known.arguments) != len(on) or known.on not in ((), on)):
        return False
    return notes.function_of(replace(subject, arguments=None), on)


def _of_size(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    size = said.value("size", notes) or said.value("size1", notes)
    return size is not None and False not in [_give_size(s, size, notes) for s in subjects]


def _dimension_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "d is the dimension of x" as x in R^d."""
    wholes = said.subjects("whole")
    if len(subjects) != 1 or not wholes or not notes.give(subjects[0], Within(SIZE)):
        return False
    size = Name(subjects[0].symbol)
    for whole in wholes:
        if notes.sort_of(whole.symbol) is None:
            notes.give(whole, Kind("vector"))
    return False not in [_give_size(whole, size, notes) for whole in wholes]


def _give_size(subject: Subject, size: Term, notes: Notebook) -> bool:
    match notes.sort_of(subject.symbol):
        case Vector(size=old) as vector if is_unknown_size(old) or old == size:
            notes.sorts[subject.symbol] = replace(vector, size=size)
        case Matrix(rows=rows, columns=columns) as matrix if rows == columns and is_unknown_size(rows):
            notes.sorts[subject.symbol] = replace(matrix, rows=size, columns=size)
        case Family(element=Vector(size=old) as vector) as family if is_unknown_size(old) or old == size:
            notes.sorts[subject.symbol] = replace(family, element=replace(vector, size=size))
        case RandomVariable(space=space):
            notes.spaces[space] = EuclideanSpace(size)
        case _:
            return False
    return True


def _entries(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    numbers = {
        "positive": POSITIVE,
        "nonnegative": Real(low=0.0, low_open=False),
        "nonzero": Real(nonzero=True),
        "real": Real(),
    }[said.token.groups["sign"]]
    for subject in subjects:
        sort = notes.sort_of(subject.symbol)
        if isinstance(sort, Matrix):
            notes.sorts[subject.symbol] = replace(sort, entries=intersection(sort.entries, numbers))
        elif not isinstance(sort, Vector) or not notes.give(subject, Within(numbers)):
            return False
    return True


def _rank(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read the rank of a matrix: one of its sizes, which is full rank, or a new name for the rank."""
    told = notes.read.term(said.latex("rank"))
    if (
        len(subjects) != 1
        or not isinstance(told, Name)
        or not isinstance(sort := notes.sort_of(subjects[0].symbol), Matrix)
    ):
        return False
    if told in (sort.rows, sort.columns):
        return _of_full_rank(subjects[0], "column" if told == sort.columns else "row", notes)
    if notes.is_defined(told.symbol) or notes.sort_of(told.symbol) is not None or sort.properties:
        return False
    notes.definitions.append(Definition(told.symbol, (), MatrixOperation("rank", (Name(subjects[0].symbol),))))
    return True


def _full_rank(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read full rank as a property, and of columns or rows as what it says of the sizes."""
    return False not in [_of_full_rank(subject, said.token.groups.get("side"), notes) for subject in subjects]


def _of_full_rank(subject: Subject, side: str | None, notes: Notebook) -> bool:
    sort = notes.sort_of(subject.symbol)
    if not isinstance(sort, Matrix):
        return False
    if sort.rows == sort.columns:
        notes.give(subject, MatrixProperty(frozenset(("invertible",))))
        return True
    notes.sorts[subject.symbol] = replace(sort, properties=sort.properties | {"full rank"})
    if side is not None:
        relation: Relation = ">=" if side == "column" else "<="
        notes.assume(Comparison(relation, sort.rows, sort.columns))
    return True


def _satisfying(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Enter a word that stands for an equation."""
    word = said.token.groups["law"]
    return False not in [_satisfies(s, word, notes) for s in subjects]


def _satisfies(subject: Subject, word: str, notes: Notebook) -> bool:
    if subject.indices or subject.sizes or subject.arguments is not None:
        return False
    name = Name(subject.symbol)
    transposed = MatrixOperation("transpose", (name,))
    identity = MatrixOperation("identity")
    square = Power(name, Number(Fraction(2)))
    if "unit" in word:
        if not notes.give(subject, Kind("vector")):
            return False
        notes.assume(Comparison("=", MatrixOperation("norm", (name,)), ONE))
        return True
    if word == "orthonormal columns":
        if not notes.give(subject, Kind("matrix")):
            return False
        notes.assume(Comparison("=", Product((transposed, name)), identity))
        return True
    if not notes.give(subject, Kind("square matrix")):
        return False
    notes.give(subject, MatrixProperty(frozenset((_PROPERTY_NAMES.get(word, word),))))
    right: Mapping[str, tuple[Term, Term]] = {
        "idempotent": (square, name),
        "involutory": (square, identity),
        "antisymmetric": (transposed, Negative(name)),
        "skew-symmetric": (transposed, Negative(name)),
        "skew symmetric": (transposed, Negative(name)),
    }
    notes.assume(Comparison("=", *right[word]))
    return True


def _identity(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    numbers = formulas_in(said.token.groups.get("shape", ""))
    shapes = [p for k in numbers for p in said.parts[k] if isinstance(p, Shape)]
    size = shapes[0].rows if shapes and shapes[0].rows == shapes[0].columns else said.value("size", notes)
    if numbers and not shapes:
        return False
    identity = MatrixOperation("identity", () if size is None else (size,))
    of_entries = said.token.text.split()[0] in ("elements", "entries", "components")
    for subject in subjects:
        known = notes.sort_of(subject.symbol)
        if bool(subject.indices) != of_entries or subject.arguments is not None or isinstance(known, Real):
            return False
        notes.definitions.append(Definition(subject.symbol, (), identity))
    return True


def _entrywise(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read of a function that it is taken entry by entry; of other things (a product) it is so anyway."""
    for subject in subjects:
        known = notes.sort_of(subject.symbol)
        if subject.indices or subject.sizes or not (known is None or isinstance(known, Function)):
            continue
        if isinstance(known, Function) or notes.is_defined(subject.symbol) or subject.arguments is not None:
            function = known or Function((Real(),), Real())
            notes.sorts[subject.symbol] = replace(function, properties=function.properties | {"entrywise"})
    return True


def _standard_function(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "\\sigma is the logistic sigmoid"; of a function that a formula defines it only says the name."""
    function = _STANDARD_FUNCTIONS[said.token.groups["name"]]
    for subject in subjects:
        if subject.indices or subject.sizes or subject.given:
            return False
        if notes.is_defined(subject.symbol):
            continue
        argument = said.value("of", notes) if "of" in said.token.groups else Name("\\xi")
        if argument is None:
            return False
        body: Term = Elementary(function, (argument,))
        if function == "softmax":
            body = MatrixOperation("softmax", (argument,))
        parameters = () if "of" in said.token.groups else ("\\xi",)
        notes.definitions.append(Definition(subject.symbol, parameters, body))
    return True


_STANDARD_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "logistic sigmoid": "sigmoid",
        "sigmoid": "sigmoid",
        "logistic": "sigmoid",
        "softmax": "softmax",
        "softplus": "softplus",
        "relu": "relu",
        "rectified linear unit": "relu",
        "hyperbolic tangent": "tanh",
    }
)


def _nothing(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    return True


MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "gaussian": _gaussian,
        "gaussian density of": _gaussian_density,
        "random": _random,
        "moments": _moments,
        "law of": _law_of,
        "laws of": _laws_of,
        "its law": _its_law,
        "part of law": _part_of_law,
        "operation": _operation,
        "finite": _finite,
        "finite space": _finite_space,
        "values in": _values_in,
        "values list": _values_list,
        "bernoulli": _bernoulli,
        "uniform": _uniform,
        "independent of": _independent_of,
        "independent": _independent,
        "iid from": _iid_from,
        "drawn from": _drawn_from,
        "function of": _function_of,
        "entries function of": _function_of,
        "depends on": _function_of,
        "depends through": _depends_through,
        "of size": _of_size,
        "dimension of": _dimension_of,
        "entries": _entries,
        "values on": _values_on,
        "full rank": _full_rank,
        "rank": _rank,
        "satisfying": _satisfying,
        "identity": _identity,
        "entrywise": _entrywise,
        "standard function": _standard_function,
        "nothing": _nothing,
    }
)

DESCRIPTIVE = frozenset(
    (
        "gaussian density of",
        "law of",
        "function of",
        "entries function of",
        "identity",
        "entrywise",
        "standard function",
        "mixture",
        "law",
        "gaussian laws",
    )
)
"""Phrases that only describe a name which a formula defines; the others would restrict the formula."""

OF_DEFINED_TOO = frozenset(("entrywise", "named law"))
"""Phrases that say something about a name although a formula defines it."""

FIRST = frozenset(("random", "finite", "entries function of", "law of"))
"""Phrases that say what a thing is; they come before those that say how it is."""

DECLARES_ALONE = frozenset(("ones", "single entry", "means under", "components of", "lines of"))
"""Phrases that hold the name that they declare: a sentence of nothing else declares it."""

NEEDS_NO_SUBJECT = DECLARES_ALONE | {"nothing", "operation", "laws of", "factorises"}

LISTS = frozenset(("eigen", "singular values"))
"""Phrases whose formula is the list of all values: its order is part of the list, and no condition on its first."""
