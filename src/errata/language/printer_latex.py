r"""Terms as LaTeX that reads back to the same term.

Three conventions keep the print unambiguous: a standard function always brackets its argument, a name that
multiplies a bracket has a \cdot in front of the bracket, and the body of a big operator, which ends where a
sum goes on, is bracketed when it is a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch

from errata.language.configurations import as_law_of_entry
from errata.language.kernels import is_kernel, kernel_law, kernel_values
from errata.language.printer_extrema import LIMITING, bound_together, what_is_below
from errata.language.printer_levels import (
    IMPLICATIONS,
    Level,
    Printed,
    decimal_text,
    family_base,
    is_negative,
    joint_draws,
    law_drawn_from,
    place_of,
)
from errata.language.symbols import written_below
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    Binder,
    Cases,
    Comparison,
    ComplexDeterminant,
    ComplexPart,
    Conjunction,
    Constant,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    Functional,
    ImaginaryUnit,
    Indicator,
    Information,
    Interval,
    Landau,
    LawReference,
    Limit,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slot,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    Where,
)

RELATIONS = {
    "=": "=",
    "!=": r"\ne",
    "<": "<",
    "<=": r"\le",
    ">": ">",
    ">=": r"\ge",
    "~=": r"\approx",
    "propto": r"\propto",
    "in": r"\in",
    "=>": r"\Rightarrow",
    "<=>": r"\Leftrightarrow",
    "->": r"\to",
}
_FUNCTIONS = {
    name: "\\" + name
    for name in (
        *("log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh"),
        *("arcsin", "arccos", "arctan", "max", "min"),
    )
} | {
    "sigmoid": r"\sigma",
    "softplus": r"\operatorname{softplus}",
    "relu": r"\operatorname{ReLU}",
    "sign": r"\operatorname{sign}",
    "gamma": r"\Gamma",
    "delta": r"\delta",
}
_RAISED = frozenset(("sin", "cos", "tan", "sinh", "cosh", "tanh"))
"""Functions whose power is written behind their name."""
_OPERATORS = _RAISED | {"log"}
"""Functions that are written without brackets before a short argument."""
_WITHOUT_BRACKETS = (Name, Constant, Apply, Density)
_LAWS = {
    "normal": r"\mathcal{N}",
    "bernoulli": r"\operatorname{Bernoulli}",
    "uniform": r"\mathcal{U}",
    "categorical": r"\operatorname{Cat}",
    "exponential": r"\operatorname{Exp}",
    "poisson": r"\operatorname{Poisson}",
    "binomial": r"\operatorname{Binomial}",
    "geometric": r"\operatorname{Geometric}",
    "integers": r"\operatorname{Integers}",
    "discrete": r"\operatorname{Discrete}",
    "gamma": r"\operatorname{Gamma}",
    "beta": r"\operatorname{Beta}",
    "cauchy": r"\operatorname{Cauchy}",
    "student": r"\operatorname{Student}",
    "dirichlet": r"\operatorname{Dirichlet}",
    "wishart": r"\operatorname{Wishart}",
    "inverse wishart": r"\operatorname{InverseWishart}",
}
_BIG = {
    "sum": r"\sum",
    "product": r"\prod",
    "integral": r"\int",
    "max": r"\max",
    "min": r"\min",
    "argmax": r"\arg\max",
    "argmin": r"\arg\min",
}
_TALL = ("\\frac", "\\sum", "\\prod", "\\int", "\\begin", "\\left", "\\binom")
_WORD_SUBSCRIPT = re.compile(r"_\{([A-Za-z]{2,})\}")


def latex_of(term: Term) -> str:
    """Return the LaTeX of a term."""
    return _print(term).text


def latex_symbol(symbol: str) -> str:
    r"""Return a canonical symbol as LaTeX: subscripts that are words stand upright, x_{n} is written x_n."""
    upright = _WORD_SUBSCRIPT.sub(r"_{\\mathrm{\1}}", written_below(symbol))
    if re.fullmatch(r"[A-Za-z]{2,}.*", upright, re.DOTALL) and not upright.startswith("\\"):
        word = re.match(r"[A-Za-z]+", upright)
        assert word is not None
        upright = rf"\operatorname{{{word.group()}}}{upright[word.end() :]}"
    return re.sub(r"([_^])\{([A-Za-z0-9])\}", r"\1\2", upright)


def _bracket(text: str) -> str:
    return rf"\left({text}\right)" if any(mark in text for mark in _TALL) else f"({text})"


def _square(text: str) -> str:
    return rf"\left[{text}\right]"


def _at(level: Level, term: Term) -> str:
    """Print a term for a place that needs this level."""
    printed = _print(term)
    return printed.text if printed.level >= level else _bracket(printed.text)


def _list(terms: Iterable[Term]) -> str:
    return ", ".join(_at(Level.SUM, term) for term in terms)


def _script(text: str, mark: str) -> str:
    return f"{mark}{text}" if len(text) == 1 else f"{mark}{{{text}}}"


_INDUCED = {"column sums": "1", "row sums": r"\infty"}


@singledispatch
def _print(term: Term) -> Printed:
    raise TypeError(f"{type(term).__name__} is not a term that can be printed")


@_print.register
def _(term: Number) -> Printed:
    sign = "-" if is_negative(term.value) else ""
    level = Level.SUM if sign else Level.ATOM
    written = decimal_text(term)
    if written is not None:
        return Printed(sign + written, level)
    size = abs(term.value)
    if size.denominator == 1:
        return Printed(f"{sign}{size.numerator}", level)
    return Printed(rf"{sign}\frac{{{size.numerator}}}{{{size.denominator}}}", min(level, Level.POWER))


@_print.register
def _(term: Constant) -> Printed:
    return Printed({"pi": r"\pi", "e": "e", "infinity": r"\infty"}[term.kind], Level.ATOM)


@_print.register
def _(term: ImaginaryUnit) -> Printed:
    return Printed(r"\mathrm{i}", Level.ATOM)


@_print.register
def _(term: Landau) -> Printed:
    letter = term.kind if len(term.kind) == 1 else f"\\{term.kind}"
    return Printed(f"{letter}{_bracket(latex_of(term.argument))}", Level.ATOM)


@_print.register
def _(term: ComplexPart) -> Printed:
    if term.part == "conjugate":
        return Printed(rf"\overline{{{latex_of(term.term)}}}", Level.ATOM)
    word = r"\Re" if term.part == "real" else r"\Im"
    return Printed(word + _bracket(latex_of(term.term)), Level.ATOM)


@_print.register
def _(term: ComplexDeterminant) -> Printed:
    word = r"\Re" if term.part == "real" else r"\Im"
    inside = rf"{latex_of(term.real)} + \mathrm{{i}}{_bracket(latex_of(term.imaginary))}"
    return Printed(rf"{word}\det{_bracket(inside)}", Level.ATOM)


@_print.register
def _(term: Name) -> Printed:
    text = latex_symbol(term.symbol)
    return Printed(text, Level.POWER if "^" in text or "'" in text else Level.ATOM)


@_print.register
def _(term: Entry) -> Printed:
    indices = _indices(term.indices)
    base = family_base(term.array)
    if isinstance(base, Name):
        array = latex_symbol(base.symbol)
        if "_" not in array:
            return Printed(array + _script(indices, "_"), Level.ATOM if "^" not in array else Level.POWER)
        if "^" not in array and "'" not in array:
            return Printed(f"{array}^{{({indices})}}", Level.POWER)
    return Printed(_bracket(_print(term.array).text) + _script(indices, "_"), Level.ATOM)


def _indices(indices: tuple[Term, ...]) -> str:
    written = [_at(Level.SUM, index) for index in indices]
    pairs = zip(indices, written, strict=True)
    letters = all(isinstance(index, Name) and len(text) == 1 for index, text in pairs)
    return ("" if letters else ",").join(written)


# Algebra ---------------------------------------------------------------------------------------------


@_print.register
def _(term: Negative) -> Printed:
    return Printed("-" + _at(Level.OPEN, term.term), Level.SUM)


@_print.register
def _(term: Sum) -> Printed:
    pieces: list[str] = []
    for summand in term.terms:
        negative = isinstance(summand, Negative)
        needed = Level.OPEN if negative and not pieces else Level.ENTRYWISE
        text = _at(needed, summand.term if isinstance(summand, Negative) else summand)
        if not pieces:
            pieces.append(f"-{text}" if negative else text)
        else:
            pieces.append(f" - {text}" if negative else f" + {text}")
    return Printed("".join(pieces) or "0", Level.SUM)


@_print.register
def _(term: Product) -> Printed:
    text = ""
    level = Level.PRODUCT
    for position, factor in enumerate(term.factors):
        last = position == len(term.factors) - 1
        printed = _print(factor)
        if last and printed.level == Level.OPEN and not isinstance(factor, Product):
            level, written = Level.OPEN, printed.text
        else:
            written = printed.text if printed.level >= Level.POWER else _bracket(printed.text)
        if position:
            text += _between(term.factors[position - 1], text, factor, written)
        text += written
    return Printed(text or "1", level)


def _between(before: Term, left: str, after: Term, right: str) -> str:
    """Return what stands between two factors so that they are not read as anything but a product."""
    if right[0].isdigit() or isinstance(after, Number):
        return r" \cdot "
    if isinstance(before, Number) and isinstance(after, Quotient):
        return r" \cdot "
    if right.startswith(("(", "\\left(", "\\left[")):
        closed = left.endswith((")", "\\right]")) and not isinstance(before, Name | Entry | Derivative)
        return "" if isinstance(before, Number | Quotient) or closed or _is_raised(before) else r" \cdot "
    return " "


def _is_raised(term: Term) -> bool:
    """Return whether a matrix stands there with a mark that no function has before its argument: X^T (y - z)."""
    return isinstance(term, MatrixOperation) and term.operation in ("transpose", "inverse")


@_print.register
def _(term: Quotient) -> Printed:
    return Printed(rf"\frac{{{latex_of(term.numerator)}}}{{{latex_of(term.denominator)}}}", Level.POWER)


@_print.register
def _(term: Power) -> Printed:
    base, exponent = term.base, term.exponent
    whole = isinstance(exponent, Number) and exponent.value > 1 and exponent.value.denominator == 1
    if whole and isinstance(base, Elementary) and base.function in _RAISED and len(base.arguments) == 1:
        raised = _FUNCTIONS[base.function] + _script(latex_of(exponent), "^")
        return Printed(raised + _bracket(latex_of(base.arguments[0])), Level.POWER)
    bare = isinstance(base, Name | Constant | Apply | Density | Array) or (isinstance(base, Number) and base.value >= 0)
    printed = _print(base)
    fits = printed.level == Level.ATOM and (bare or isinstance(base, Entry))
    norm = isinstance(base, MatrixOperation) and base.operation == "norm" and printed.text.endswith("|")
    written = printed.text if fits or norm else _bracket(printed.text)
    return Printed(written + _script(latex_of(exponent), "^"), Level.POWER)


@_print.register
def _(term: Elementary) -> Printed:
    arguments = term.arguments
    inside = [latex_of(argument) for argument in arguments]
    match term.function:
        case "sqrt" if len(inside) == 1:
            return Printed(rf"\sqrt{{{inside[0]}}}", Level.POWER)
        case "abs" if len(inside) == 1:
            return Printed(rf"\left|{inside[0]}\right|", Level.POWER)
        case "floor" if len(inside) == 1:
            return Printed(rf"\left\lfloor {inside[0]} \right\rfloor", Level.POWER)
        case "ceiling" if len(inside) == 1:
            return Printed(rf"\left\lceil {inside[0]} \right\rceil", Level.POWER)
        case "binomial" if len(inside) == 2:
            return Printed(rf"\binom{{{inside[0]}}}{{{inside[1]}}}", Level.POWER)
        case "mod" if len(inside) == 2:
            return Printed(rf"{_at(Level.ATOM, arguments[0])} \bmod {_at(Level.ATOM, arguments[1])}", Level.OPEN)
        case "factorial" if len(inside) == 1:
            return Printed(_at(Level.ATOM, arguments[0]) + "!", Level.POWER)
        case "delta" if len(inside) == 2:
            return Printed(rf"\delta_{{{_indices(arguments)}}}", Level.POWER)
        case "log" if len(inside) == 2:
            return Printed(r"\log" + _script(inside[1], "_") + _bracket(inside[0]), Level.POWER)
    name = _FUNCTIONS[term.function]
    if len(arguments) == 1 and term.function in _OPERATORS and _is_short(arguments[0], inside[0]):
        return Printed(f"{name} {inside[0]}", Level.OPEN)
    return Printed(name + _bracket(", ".join(inside)), Level.POWER)


def _is_short(argument: Term, printed: str) -> bool:
    """Return whether a function is written without brackets before this argument."""
    return isinstance(argument, _WITHOUT_BRACKETS) or (isinstance(argument, Number) and printed.isdigit())


@_print.register
def _(term: Apply) -> Printed:
    if is_kernel(term.function.symbol):
        law, own = latex_symbol(kernel_law(term.function.symbol)), kernel_values(term.function.symbol)
        values, given = _list(term.arguments[:own]), _list(term.arguments[own:])
        return Printed(law + _bracket(rf"{values} \mid {given}"), Level.ATOM)
    function = latex_symbol(term.function.symbol) + "'" * term.order
    parameters = f"; {_list(term.parameters)}" if term.parameters else ""
    return Printed(function + _bracket(_list(term.arguments) + parameters), Level.ATOM)


@_print.register
def _(term: Array) -> Printed:
    rows = r" \\ ".join(" & ".join(latex_of(cell) for cell in row) for row in term.rows)
    return Printed(rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", Level.ATOM)


@_print.register
def _(term: MatrixOperation) -> Printed:
    arguments = term.arguments
    kind = _script(_INDUCED.get(term.kind, term.kind), "_") if term.kind else ""
    match term.operation:
        case "transpose":
            return Printed(_at(Level.ATOM, arguments[0]) + r"^\top", Level.POWER)
        case "inverse":
            return Printed(_at(Level.ATOM, arguments[0]) + "^{-1}", Level.POWER)
        case "trace":
            return Printed(r"\operatorname{tr}" + _bracket(latex_of(arguments[0])), Level.POWER)
        case "determinant":
            return Printed(r"\det" + _bracket(latex_of(arguments[0])), Level.POWER)
        case "norm":
            return Printed(rf"\left\|{latex_of(arguments[0])}\right\|{kind}", Level.POWER)
        case "squared_norm":
            return Printed(rf"\left\|{latex_of(arguments[0])}\right\|{kind}^2", Level.POWER)
        case "identity":
            size = _script(latex_of(arguments[0]), "_") if arguments else ""
            return Printed("I" + size, Level.ATOM)
        case "diagonal":
            return Printed(r"\operatorname{diag}" + _bracket(_list(arguments)), Level.POWER)
        case "hadamard":
            return Printed(r" \odot ".join(_at(Level.POWER, factor) for factor in arguments), Level.ENTRYWISE)
        case "kronecker":
            return Printed(r" \otimes ".join(_at(Level.POWER, factor) for factor in arguments), Level.SUM)
        case "pseudo_inverse":
            return Printed(_at(Level.ATOM, arguments[0]) + "^+", Level.POWER)
        case "eigenvalues" | "eigenvectors" | "singular_values" | "softmax":
            name = term.operation.replace("_", "")
            return Printed(rf"\operatorname{{{name}}}" + _bracket(latex_of(arguments[0])), Level.POWER)
        case "cheapest_plan":
            cost, *margins = (latex_of(argument) for argument in arguments)
            below = rf"\min_{{T \in \Pi({', '.join(margins)})}}"
            return Printed(rf"{below} \sum_{{i, j}} T_{{ij}} ({cost})_{{ij}}", Level.OPEN)
        case "vectorisation" | "rank" | "adjugate":
            name = {"vectorisation": "vec", "adjugate": "adj"}.get(term.operation, term.operation)
            return Printed(rf"\operatorname{{{name}}}" + _bracket(latex_of(arguments[0])), Level.POWER)
        case "function":
            name = f"{term.kind}m" if term.kind in ("exp", "log", "sqrt") else term.kind
            return Printed(rf"\operatorname{{{name}}}" + _bracket(latex_of(arguments[0])), Level.POWER)
        case "ones":
            return Printed(r"\mathbf{1}" + (_script(latex_of(arguments[0]), "_") if arguments else ""), Level.ATOM)
        case "basis":
            return Printed("e" + _script(latex_of(arguments[0]), "_"), Level.ATOM)
        case "dot":
            return Printed(rf"\left\langle {_list(arguments)} \right\rangle", Level.POWER)
    raise ValueError(f"unknown operation of linear algebra: {term.operation}")


# Conditions ------------------------------------------------------------------------------------------


@_print.register
def _(term: Comparison) -> Printed:
    implication = term.relation in IMPLICATIONS
    needed = Level.RELATION if implication else Level.SUM
    text = f"{_at(needed, term.left)} {RELATIONS[term.relation]} {_at(needed, term.right)}"
    return Printed(text, Level.IMPLICATION if implication else Level.RELATION)


@_print.register
def _(term: Conjunction) -> Printed:
    return Printed(r" \land ".join(_condition(part) for part in term.conditions), Level.RELATION)


def _condition(term: Term) -> str:
    text = latex_of(term)
    return text if isinstance(term, Comparison) and term.relation not in IMPLICATIONS else _bracket(text)


@_print.register
def _(term: Cases) -> Printed:
    rows = [rf"{latex_of(value)} & \text{{if }} {latex_of(condition)}" for value, condition in term.branches]
    if term.otherwise is not None:
        rows.append(rf"{latex_of(term.otherwise)} & \text{{otherwise}}")
    return Printed(r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", Level.PRODUCT)


@_print.register
def _(term: Indicator) -> Printed:
    return Printed(r"\mathbb{1}" + _square(latex_of(term.condition)), Level.POWER)


# Binders ---------------------------------------------------------------------------------------------


@_print.register
def _(term: Aggregate) -> Printed:
    single = as_law_of_entry(term)
    if single is not None:
        return _print(single)
    if term.operation not in ("sum", "product", "integral"):
        bound, inner = bound_together(term)
        operator = LIMITING[term.operation] if term.limiting else _BIG[term.operation]
        below = what_is_below(bound, inner, latex_symbol, latex_of)
        return Printed(f"{operator}{below} {_at(Level.OPEN, inner.body)}", Level.OPEN)
    body = _at(Level.OPEN, term.body)
    operator = _BIG[term.operation] + _range_of(term.operation, term.binder)
    if term.operation == "integral":
        return Printed(rf"{operator} {body} \, d{_spaced(latex_symbol(term.binder.name.symbol))}", Level.OPEN)
    return Printed(f"{operator} {body}", Level.OPEN)


@_print.register
def _(term: Where) -> Printed:
    return Printed(rf"{_at(Level.OPEN, term.body)} \text{{ where }} {latex_of(term.condition)}", Level.OPEN)


def _spaced(text: str) -> str:
    return text if not text[0].isalpha() or len(text) == 1 or not text[1].isalpha() else f" {text}"


def _range_of(operation: str, binder: Binder) -> str:
    name = latex_symbol(binder.name.symbol)
    domain = binder.domain
    if isinstance(domain, Range):
        return rf"_{{{name}={latex_of(domain.low)}}}^{{{latex_of(domain.high)}}}"
    if isinstance(domain, Interval):
        return rf"_{{{latex_of(domain.low)}}}^{{{latex_of(domain.high)}}}"
    return "" if operation == "integral" else f"_{{{name}}}"


# Probability -----------------------------------------------------------------------------------------


def _points(term: Density | LawReference) -> str:
    text = ", ".join(_point(slot, term.law) for slot in term.values)
    if term.given:
        text += r" \mid " + ", ".join(_point(slot, term.law) for slot in term.given)
    if term.parameters:
        text += f"; {_list(term.parameters)}"
    return text


def _point(slot: Slot, law: Name) -> str:
    place = place_of(slot, law)
    return latex_of(slot.value) if place is None else f"{latex_symbol(place)} = {latex_of(slot.value)}"


@_print.register
def _(term: Density) -> Printed:
    return Printed(latex_symbol(term.law.symbol) + _bracket(_points(term)), Level.ATOM)


@_print.register
def _(term: LawReference) -> Printed:
    law = latex_symbol(term.law.symbol)
    if not (term.values or term.given or term.parameters):
        return Printed(law, Level.ATOM)
    return Printed(law + _bracket(_points(term)), Level.ATOM)


@_print.register
def _(term: StandardLaw) -> Printed:
    return Printed(_LAWS[term.kind] + _bracket(_list(term.parameters)), Level.POWER)


@_print.register
def _(term: StandardDensity) -> Printed:
    inside = f"{latex_of(term.point)}; {_list(term.law.parameters)}"
    return Printed(_LAWS[term.law.kind] + _bracket(inside), Level.POWER)


def _drawn(draws: tuple[Draw, ...]) -> str:
    if not draws:
        return ""
    groups = [
        rf"{', '.join(latex_symbol(draw.name.symbol) for draw in group)} \sim {latex_of(law_drawn_from(group))}"
        for group in joint_draws(draws)
    ]
    return f"_{{{', '.join(groups)}}}"


@_print.register
def _(term: Expectation) -> Printed:
    inside = latex_of(term.body)
    if term.given:
        inside += r" \mid " + ", ".join(latex_of(condition) for condition in term.given)
    return Printed(rf"\mathbb{{E}}{_drawn(term.draws)}" + _square(inside), Level.POWER)


@_print.register
def _(term: MomentOf) -> Printed:
    operator = r"\operatorname{Var}" if term.moment == "variance" else r"\operatorname{Cov}"
    return Printed(operator + _drawn(term.draws) + _square(_list(term.arguments)), Level.POWER)


@_print.register
def _(term: Functional) -> Printed:
    laws = [latex_of(law) for law in term.laws]
    match term.functional:
        case "kl":
            return Printed(r"D_{\mathrm{KL}}" + _bracket(r" \,\|\, ".join(laws)), Level.POWER)
        case "jsd":
            return Printed(r"\operatorname{JSD}" + _bracket(r" \,\|\, ".join(laws)), Level.POWER)
        case "total_variation":
            return Printed(r"\operatorname{TV}" + _bracket(", ".join(laws)), Level.POWER)
        case "transport" | "squared_transport":
            cost = r"\|x - y\|" + ("^2" if term.functional == "squared_transport" else "")
            plans = r"\inf_{\gamma \in \Pi" + _bracket(", ".join(laws)) + "}"
            return Printed(plans + r" \mathbb{E}_{(x, y) \sim \gamma}" + _square(cost), Level.OPEN)
        case "lipschitz_gain" | "bounded_gain":
            norm = r"\|f\|_L" if term.functional == "lipschitz_gain" else r"\|f\|_\infty"
            means = [rf"\mathbb{{E}}_{{x \sim {law}}}[f(x)]" for law in laws]
            return Printed(rf"\sup_{{{norm} \le 1}} " + _bracket(" - ".join(means)), Level.OPEN)
    return Printed("H" + _bracket(", ".join(laws)), Level.POWER)


@_print.register
def _(term: Information) -> Printed:
    groups = "; ".join(", ".join(latex_of(slot.value) for slot in group) for group in term.groups)
    if term.given:
        conditions = [
            f"{slot.space.upper()} = {latex_of(slot.value)}" if term.fixed else latex_of(slot.value)
            for slot in term.given
        ]
        groups += r" \mid " + ", ".join(conditions)
    return Printed(("H" if term.kind == "entropy" else "I") + _bracket(groups), Level.POWER)


# Calculus --------------------------------------------------------------------------------------------


@_print.register
def _(term: Derivative) -> Printed:
    times = _script(str(term.order), "^") if term.order > 1 else ""
    below = rf"\partial {latex_of(term.variable)}"
    if times:
        below = rf"\partial {_at(Level.ATOM, term.variable)}{times}"
    if isinstance(term.body, Name | Entry | Apply):
        return Printed(rf"\frac{{\partial{times} {latex_of(term.body)}}}{{{below}}}", Level.POWER)
    body = _at(Level.OPEN, term.body)
    return Printed(rf"\frac{{\partial{times}}}{{{below}}} {body}", Level.OPEN)


@_print.register
def _(term: At) -> Printed:
    place = f"{latex_symbol(term.variable.symbol)} = {latex_of(term.value)}"
    return Printed(rf"\left. {latex_of(term.body)} \right|_{{{place}}}", Level.POWER)


@_print.register
def _(term: Limit) -> Printed:
    point = latex_of(term.point) + {"above": "^+", "below": "^-", "both": ""}[term.side]
    place = rf"{latex_symbol(term.variable.symbol)} \to {point}"
    return Printed(rf"\lim_{{{place}}} {_at(Level.OPEN, term.body)}", Level.OPEN)
