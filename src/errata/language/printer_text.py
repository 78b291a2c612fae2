"""Terms as one line of Unicode text, with nothing left to guess.

A product with a bracket has a dot in front of the bracket, x·(a + b), a function application has none,
f(a + b); sums, products, integrals and extrema say in words what they range over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch

from errata.language.configurations import as_law_of_entry
from errata.language.kernels import is_kernel, kernel_law, kernel_values
from errata.language.printer_levels import (
    IMPLICATIONS,
    Level,
    Printed,
    decimal_text,
    family_base,
    is_negative,
    joint_draws,
    place_of,
)
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
    Functions,
    ImaginaryUnit,
    Indicator,
    Information,
    Interval,
    Landau,
    LawReference,
    Laws,
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
    Simplex,
    Slot,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    Where,
)

RELATIONS = {
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "~=": "≈",
    "propto": "∝",
    "in": "∈",
    "=>": "⇒",
    "<=>": "⇔",
    "->": "→",
}
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "infty": "∞",
    "partial": "∂", "nabla": "∇", "star": "*", "ast": "*", "top": "T", "dagger": "†",
    "Re": "Re ", "Im": "Im ",
}  # fmt: skip
_ACCENTS = {"hat": "_hat", "tilde": "_tilde", "bar": "_bar", "vec": "", "dot": "_dot", "ddot": "_ddot"}
_FONTS = ("mathrm", "mathbf", "mathcal", "mathbb", "mathscr", "mathfrak", "operatorname", "text", "textsc")
_MATRIX_NAMES = {
    "trace": "tr",
    "determinant": "det",
    "norm": "norm",
    "squared_norm": "squared norm",
    "diagonal": "diag",
    "dot": "dot",
    "vectorisation": "vec",
    "rank": "rank",
    "adjugate": "adj",
    "eigenvalues": "eigenvalues",
    "eigenvectors": "eigenvectors",
    "singular_values": "singular values",
    "softmax": "softmax",
    "cheapest_plan": "least cost of plans",
}
_LAWS = {
    "normal": "N",
    "bernoulli": "Bernoulli",
    "uniform": "Uniform",
    "categorical": "Categorical",
    "exponential": "Exponential",
    "poisson": "Poisson",
    "binomial": "Binomial",
    "geometric": "Geometric",
    "integers": "Integers",
    "discrete": "Discrete",
    "gamma": "Gamma",
    "beta": "Beta",
    "cauchy": "Cauchy",
    "student": "Student",
    "dirichlet": "Dirichlet",
    "wishart": "Wishart",
    "inverse wishart": "InverseWishart",
}
_WORD_OPERATORS = frozenset(("log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh"))


def text_of(term: Term) -> str:
    """Return a term as one line of text."""
    return _print(term).text


def text_symbol(symbol: str) -> str:
    r"""Return a canonical symbol as plain text: \theta_{g} is θ_g, p_{data} is p_data, \hat{x} is x_hat."""
    text = symbol
    for font in _FONTS:
        text = re.sub(rf"\\{font}\{{([^{{}}]*)\}}", r"\1", text)
    for accent, suffix in _ACCENTS.items():
        text = re.sub(rf"\\{accent}\{{([^{{}}]*)\}}", rf"\1{suffix}", text)
    text = re.sub(r"\\([A-Za-z]+) ?", lambda match: _GREEK.get(match.group(1), match.group(1)), text)
    text = re.sub(r"([_^])\{([^{}_^, ]*)\}", r"\1\2", text)
    return text.replace("\\", "")


def _at(level: Level, term: Term) -> str:
    printed = _print(term)
    return printed.text if printed.level >= level else f"({printed.text})"


def _list(terms: Iterable[Term]) -> str:
    return ", ".join(_at(Level.SUM, term) for term in terms)


@singledispatch
def _print(term: Term) -> Printed:
    raise TypeError(f"{type(term).__name__} is not a term that can be printed")


@_print.register
def _(term: Number) -> Printed:
    sign = "-" if is_negative(term.value) else ""
    size = abs(term.value)
    written = decimal_text(term) or str(size)
    return Printed(sign + written, Level.SUM if sign else Level.PRODUCT if "/" in written else Level.ATOM)


@_print.register
def _(term: Constant) -> Printed:
    return Printed({"pi": "π", "e": "e", "infinity": "∞"}[term.kind], Level.ATOM)


@_print.register
def _(term: Name) -> Printed:
    text = text_symbol(term.symbol)
    return Printed(text, Level.POWER if "^" in text else Level.ATOM)


@_print.register
def _(term: Entry) -> Printed:
    return Printed(f"{_at(Level.ATOM, family_base(term.array))}[{_list(term.indices)}]", Level.ATOM)


# Algebra ---------------------------------------------------------------------------------------------


@_print.register
def _(term: ImaginaryUnit) -> Printed:
    return Printed("i", Level.ATOM)


@_print.register
def _(term: Landau) -> Printed:
    return Printed(f"{term.kind}({text_of(term.argument)})", Level.ATOM)


@_print.register
def _(term: ComplexPart) -> Printed:
    word = {"conjugate": "conj", "real": "Re", "imaginary": "Im"}[term.part]
    return Printed(f"{word}({text_of(term.term)})", Level.ATOM)


@_print.register
def _(term: ComplexDeterminant) -> Printed:
    word = "Re" if term.part == "real" else "Im"
    return Printed(f"{word} det({_at(Level.SUM, term.real)} + i·({text_of(term.imaginary)}))", Level.ATOM)


@_print.register
def _(term: Negative) -> Printed:
    return Printed("-" + _at(Level.OPEN, term.term), Level.SUM)


@_print.register
def _(term: Sum) -> Printed:
    pieces: list[str] = []
    for position, summand in enumerate(term.terms):
        negative = isinstance(summand, Negative)
        inner = summand.term if isinstance(summand, Negative) else summand
        # "sum over i of a + b" could be read either way: an open summand that is not last is bracketed
        last = position == len(term.terms) - 1
        text = _at(Level.OPEN if last else Level.PRODUCT, inner)
        sign = "-" if negative else "+"
        pieces.append(f" {sign} {text}" if pieces else f"-{text}" if negative else text)
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
            written = printed.text if printed.level >= Level.POWER else f"({printed.text})"
        if position:
            dotted = written[0] in "([" or written[0].isdigit()
            text += "·" if dotted else " "
        text += written
    return Printed(text or "1", level)


@_print.register
def _(term: Quotient) -> Printed:
    return Printed(f"{_at(Level.POWER, term.numerator)}/{_at(Level.POWER, term.denominator)}", Level.PRODUCT)


@_print.register
def _(term: Power) -> Printed:
    return Printed(f"{_at(Level.ATOM, term.base)}^{_at(Level.ATOM, term.exponent)}", Level.POWER)


@_print.register
def _(term: Elementary) -> Printed:
    arguments = term.arguments
    if term.function in _WORD_OPERATORS and len(arguments) == 1:
        argument = _print(arguments[0])
        whole = isinstance(arguments[0], Name | Entry | Apply | Density | Number)
        if whole and argument.level == Level.ATOM:
            return Printed(f"{term.function} {argument.text}", Level.POWER)
    if term.function == "factorial" and len(arguments) == 1:
        return Printed(_at(Level.ATOM, arguments[0]) + "!", Level.POWER)
    if term.function == "mod" and len(arguments) == 2:
        return Printed(f"{_at(Level.ATOM, arguments[0])} mod {_at(Level.ATOM, arguments[1])}", Level.OPEN)
    if term.function == "abs" and len(arguments) == 1:
        return Printed(f"|{text_of(arguments[0])}|", Level.POWER)
    if term.function == "log" and len(arguments) == 2:
        return Printed(f"log_{_at(Level.ATOM, arguments[1])}({text_of(arguments[0])})", Level.ATOM)
    return Printed(f"{term.function}({_list(arguments)})", Level.POWER)


@_print.register
def _(term: Apply) -> Printed:
    if is_kernel(term.function.symbol):
        law, own = text_symbol(kernel_law(term.function.symbol)), kernel_values(term.function.symbol)
        values, given = _list(term.arguments[:own]), _list(term.arguments[own:])
        return Printed(f"{law}({values} | {given})", Level.ATOM)
    parameters = f"; {_list(term.parameters)}" if term.parameters else ""
    function = text_symbol(term.function.symbol) + "'" * term.order
    return Printed(f"{function}({_list(term.arguments)}{parameters})", Level.ATOM)


@_print.register
def _(term: Array) -> Printed:
    rows = "; ".join(_list(row) for row in term.rows)
    return Printed(f"[{rows}]", Level.ATOM)


@_print.register
def _(term: MatrixOperation) -> Printed:
    arguments = term.arguments
    match term.operation:
        case "transpose":
            return Printed(_at(Level.ATOM, arguments[0]) + "^T", Level.POWER)
        case "inverse":
            return Printed(_at(Level.ATOM, arguments[0]) + "^(-1)", Level.POWER)
        case "identity":
            return Printed(f"I[{_list(arguments)}]" if arguments else "I", Level.ATOM)
        case "hadamard":
            return Printed(" ⊙ ".join(_at(Level.POWER, factor) for factor in arguments), Level.SUM)
        case "kronecker":
            return Printed(" ⊗ ".join(_at(Level.POWER, factor) for factor in arguments), Level.SUM)
        case "pseudo_inverse":
            return Printed(_at(Level.ATOM, arguments[0]) + "^+", Level.POWER)
        case "function":
            return Printed(f"{term.kind}({_list(arguments)})", Level.ATOM)
        case "ones":
            return Printed(f"1[{_list(arguments)}]", Level.ATOM)
        case "basis":
            return Printed(f"e[{_list(arguments)}]", Level.ATOM)
    kind = f"_{text_symbol(term.kind)}" if term.kind else ""
    return Printed(f"{_MATRIX_NAMES[term.operation]}{kind}({_list(arguments)})", Level.ATOM)


# Conditions ------------------------------------------------------------------------------------------


@_print.register
def _(term: Comparison) -> Printed:
    implication = term.relation in IMPLICATIONS
    needed = Level.RELATION if implication else Level.SUM
    text = f"{_at(needed, term.left)} {RELATIONS[term.relation]} {_at(needed, term.right)}"
    return Printed(text, Level.IMPLICATION if implication else Level.RELATION)


@_print.register
def _(term: Conjunction) -> Printed:
    return Printed(" and ".join(_condition(part) for part in term.conditions), Level.RELATION)


def _condition(term: Term) -> str:
    text = text_of(term)
    return text if isinstance(term, Comparison) and term.relation not in IMPLICATIONS else f"({text})"


@_print.register
def _(term: Cases) -> Printed:
    pieces = [f"{text_of(value)} if {text_of(condition)}" for value, condition in term.branches]
    if term.otherwise is not None:
        pieces.append(f"{text_of(term.otherwise)} otherwise")
    return Printed("{" + "; ".join(pieces) + "}", Level.ATOM)


@_print.register
def _(term: Indicator) -> Printed:
    return Printed(f"1[{text_of(term.condition)}]", Level.ATOM)


# Binders ---------------------------------------------------------------------------------------------


@_print.register
def _(term: Aggregate) -> Printed:
    single = as_law_of_entry(term)
    if single is not None:
        return _print(single)
    body = _at(Level.OPEN, term.body)
    operation = _LIMITING.get(term.operation, term.operation) if term.limiting else term.operation
    return Printed(f"{operation} over {_range_of(term.binder)} of {body}", Level.OPEN)


_LIMITING = {"max": "sup", "min": "inf"}


@_print.register
def _(term: Where) -> Printed:
    return Printed(f"{_at(Level.OPEN, term.body)} where {text_of(term.condition)}", Level.OPEN)


def _range_of(binder: Binder) -> str:
    name = text_symbol(binder.name.symbol)
    domain = binder.domain
    if isinstance(domain, Range):
        return f"{name} = {text_of(domain.low)}..{text_of(domain.high)}"
    if isinstance(domain, Interval):
        return f"{name} from {text_of(domain.low)} to {text_of(domain.high)}"
    if isinstance(domain, Functions):
        return f"functions {name}"
    if isinstance(domain, Laws):
        return f"laws {name}"
    if isinstance(domain, Simplex):
        return f"probabilities {name}"
    return name


# Probability -----------------------------------------------------------------------------------------


def _points(term: Density | LawReference) -> str:
    text = ", ".join(_point(slot, term.law) for slot in term.values)
    if term.given:
        text += " | " + ", ".join(_point(slot, term.law) for slot in term.given)
    if term.parameters:
        text += f"; {_list(term.parameters)}"
    return text


def _point(slot: Slot, law: Name) -> str:
    place = place_of(slot, law)
    return text_of(slot.value) if place is None else f"{text_symbol(place)} = {text_of(slot.value)}"


@_print.register
def _(term: Density) -> Printed:
    return Printed(f"{text_symbol(term.law.symbol)}({_points(term)})", Level.ATOM)


@_print.register
def _(term: LawReference) -> Printed:
    law = text_symbol(term.law.symbol)
    points = _points(term)
    return Printed(f"{law}({points})" if points else law, Level.ATOM)


@_print.register
def _(term: StandardLaw) -> Printed:
    return Printed(f"{_LAWS[term.kind]}({_list(term.parameters)})", Level.ATOM)


@_print.register
def _(term: StandardDensity) -> Printed:
    return Printed(f"{_LAWS[term.law.kind]}({text_of(term.point)}; {_list(term.law.parameters)})", Level.ATOM)


def _drawn(draws: tuple[Draw, ...]) -> str:
    return ", ".join(
        f"{', '.join(text_symbol(draw.name.symbol) for draw in group)} ~ {text_of(group[0].law)}"
        for group in joint_draws(draws)
    )


@_print.register
def _(term: Expectation) -> Printed:
    given = " | " + ", ".join(text_of(part) for part in term.given) if term.given else ""
    operator = f"E[{_drawn(term.draws)}]" if term.draws else "E"
    if given:
        return Printed(f"{operator} ({text_of(term.body)}{given})", Level.POWER)
    body = _print(term.body)
    if body.level >= Level.POWER:
        return Printed(f"{operator} {body.text}", Level.OPEN)
    return Printed(f"{operator} ({body.text})", Level.POWER)


@_print.register
def _(term: MomentOf) -> Printed:
    operator = "Var" if term.moment == "variance" else "Cov"
    drawn = f"[{_drawn(term.draws)}]" if term.draws else ""
    return Printed(f"{operator}{drawn}({_list(term.arguments)})", Level.ATOM)


@_print.register
def _(term: Functional) -> Printed:
    laws = [text_of(law) for law in term.laws]
    match term.functional:
        case "kl":
            return Printed(f"KL({' ‖ '.join(laws)})", Level.ATOM)
        case "jsd":
            return Printed(f"JSD({' ‖ '.join(laws)})", Level.ATOM)
        case "total_variation":
            return Printed(f"TV({', '.join(laws)})", Level.ATOM)
        case "transport":
            return Printed(f"least mean of |x - y| over couplings of ({', '.join(laws)})", Level.ATOM)
        case "squared_transport":
            return Printed(f"least mean of |x - y|^2 over couplings of ({', '.join(laws)})", Level.ATOM)
        case "lipschitz_gain":
            return Printed(f"greatest difference of means of a 1-Lipschitz f under ({', '.join(laws)})", Level.ATOM)
        case "bounded_gain":
            return Printed(f"greatest difference of means of an f with |f| ≤ 1 under ({', '.join(laws)})", Level.ATOM)
    return Printed(f"H({', '.join(laws)})", Level.ATOM)


@_print.register
def _(term: Information) -> Printed:
    groups = "; ".join(", ".join(text_of(slot.value) for slot in group) for group in term.groups)
    if term.given:
        conditions = [
            (f"{text_symbol(slot.space).upper()} = " if term.fixed else "") + text_of(slot.value) for slot in term.given
        ]
        groups += " | " + ", ".join(conditions)
    letter = "H" if term.kind == "entropy" else "I"
    return Printed(f"{letter}({groups}; law {text_symbol(term.law.symbol)})", Level.ATOM)


# Calculus --------------------------------------------------------------------------------------------


@_print.register
def _(term: Derivative) -> Printed:
    times = "" if term.order == 1 else f"^{term.order}"
    below = _at(Level.ATOM, term.variable)
    return Printed(f"∂{times}/∂{below}{times} ({text_of(term.body)})", Level.POWER)


@_print.register
def _(term: At) -> Printed:
    return Printed(f"({text_of(term.body)} at {text_symbol(term.variable.symbol)} = {text_of(term.value)})", Level.ATOM)


@_print.register
def _(term: Limit) -> Printed:
    place = f"{text_symbol(term.variable.symbol)} → {text_of(term.point)}"
    place += {"above": " from above", "below": " from below", "both": ""}[term.side]
    return Printed(f"(limit of {text_of(term.body)} as {place})", Level.ATOM)
