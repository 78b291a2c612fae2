"""A claim as a script of plain SymPy that a reader can run and take apart.

The script builds the claim in general where it is one about scalars, else at sizes 2 (and 3, where two sizes
must differ), and prints True where SymPy shows it. Where the claim's own form can be written out (laws as
functions, sums as sums) it is; else the two sides stand there as SymPy computed them, with symbols or, where that
would be too long, with exact numbers for all that is free. What is not shown with symbols is decided exactly at
random points.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy.core.function import AppliedUndef

from errata.language.printer import relation_to_text
from errata.language.scope import Scope
from errata.language.sorts import Matrix, Real
from errata.language.statements import Reading
from errata.language.terms import MatrixOperation, Name, Number, Power, Product, Sum, Term, subterms
from errata.verify.sympy_encoding import (
    EncodedInstance,
    Lowered,
    ScalarClaim,
    decimals_of,
    encode,
    encode_general,
    lowered_reading,
    mean_under_another_law,
    sympy_failures_named,
)
from errata.verify.sympy_instances import assignments, literal_sizes
from errata.verify.sympy_numbers import numbers_of
from errata.verify.sympy_script_terms import ScriptTerms
from errata.verify.sympy_solving import follows_algebraically, solved_cases
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, assumptions

MAXIMAL_LENGTH = 40_000
MAXIMAL_OPERATIONS = 8_000

_CHECK = '''
def at_random(expression, seed, lowest=0, digits=30):
    """The value at a random point: above `lowest`, or inside (low, high) where `bounds` says so."""
    chance = random.Random(seed)
    point = {}
    for symbol in sorted(expression.free_symbols, key=str):
        low, high = bounds.get(symbol.name, (0 if symbol.is_nonnegative else lowest, None))
        share = sympy.Rational(chance.randint(5, 96), 101)
        point[symbol] = chance.randint(2, 7) if symbol.is_integer else low + (high - low if high else 4) * share
    # a maximum of half-known terms is slow to compare: all numbers at once
    value = expression.xreplace(point) if expression.has(sympy.Max, sympy.Min) else expression.subs(point)
    return value if digits is None else sympy.N(value, digits)


def logarithms_apart(expression):
    """Logarithms of positive products as sums of logarithms."""
    return expression.replace(
        sympy.log, lambda inside: sympy.expand_log(sympy.log(sympy.factor(inside)), factor=True)
    )


def with_known_functions(expression, seed):
    """The expression with a rational function, whose values lie between 0 and 1, for every undefined one."""
    chance = random.Random(seed)
    for head in sorted({part.func for part in expression.atoms(sympy.core.function.AppliedUndef)}, key=str):
        start, slope = chance.randint(-3, 3), chance.randint(1, 4)
        expression = expression.replace(head, lambda *given: 1 / (2 + (start + slope * sum(given)) ** 2))
    return expression


def exact_at_points(expression, wanted, count, lowest=0):
    """Whether an expression is, at random exact numbers, what is wanted; decided exactly, None where it is not."""
    shown = 0
    for seed in range(4 * count):
        value = at_random(with_known_functions(expression, seed), seed, lowest, digits=None).doit()
        near = value if value.is_Rational else sympy.N(value, 30, maxn=200)
        if near.is_Rational or (near.is_Float and abs(near) > sympy.Float("1e-20")):
            if not wanted(near):
                return False
        elif near.is_real is False or sympy.simplify(sympy.expand(logarithms_apart(value))) != 0:
            continue
        elif not wanted(sympy.Integer(0)):
            return False
        shown += 1
        if shown == count:
            return f"True at {count} points of exact numbers"
    return None


def agree(left, right):
    """Whether SymPy shows that two expressions are equal."""
    gap = sympy.sympify(left - right, strict=True).doit()
    if not gap.atoms(sympy.core.function.AppliedUndef):
        value = at_random(gap, 1)
        if value.is_number and abs(value) > sympy.Float("1e-20"):
            return False
    given = gap
    # a number s between low and high is low + (high - low) t/(1 + t) with t > 0
    for symbol in list(gap.free_symbols):
        if symbol.name in bounds:
            low, high = bounds[symbol.name]
            odds = sympy.Symbol(symbol.name + "_odds", positive=True)
            gap = gap.subs(symbol, low + (odds if high is None else (high - low) * odds / (1 + odds)))
    steps = (
        lambda e: e,
        logarithms_apart,
        lambda e: sympy.expand(sympy.expand_power_exp(e)),
        lambda e: sympy.expand_power_exp(e.rewrite(sympy.exp)),
        sympy.simplify,
    )
    for step in steps:
        if sympy.count_ops(gap) > 600:
            break
        gap = step(gap)
        if sympy.expand(sympy.numer(sympy.together(gap))) == 0:
            return True
    return exact_at_points(given, lambda value: value == 0, 3)


def at_most(left, right, strict=False):
    """Whether left <= right: True by SymPy's signs, else at random points of exact numbers."""
    gap = sympy.sympify(right - left, strict=True)
    if gap.is_number:
        value = sympy.N(gap, 30, maxn=200)
        if value.is_Float and abs(value) > sympy.Float("1e-20"):
            return bool(value > 0)
    if sympy.count_ops(gap) < 300 and not gap.has(sympy.Max, sympy.Min):
        gap = sympy.factor(sympy.together(gap))
        if gap.is_positive or (gap.is_nonnegative and not strict):
            return True
    return exact_at_points(gap, lambda value: value.is_positive if strict else value.is_nonnegative, 24, lowest=-2)


def close(left, right, decimals):
    """Whether two numbers agree to so many decimals."""
    return bool(abs(sympy.N(left - right, 40)) < sympy.Rational(1, 10**decimals))


def follows(zeros, conclusion):
    """Whether an expression is zero wherever others are: its numerator is a combination of theirs."""
    *given, wanted = [sympy.expand(sympy.numer(sympy.together(part))) for part in (*zeros, conclusion)]
    names = sorted(set().union(*(part.free_symbols for part in (*given, wanted))), key=str)
    return sympy.expand(sympy.reduced(wanted, given, *names)[1]) == 0


def summary(claims):
    """True if all are shown, False if one fails, else what is known."""
    if False in claims:
        return False
    if None in claims:
        return "not decided"
    return next((claim for claim in claims if claim is not True), True)
'''


def to_script(reading: Reading, scope: Scope) -> str:
    """Return a script of plain SymPy that builds the claim and prints whether it holds.

    Needs only SymPy to run. Raises CannotEncode where the claim has no SymPy form.
    """
    if reading.relation not in ("=", "!=", "<", "<=", ">", ">=", "=>", "<=>", "propto", "~="):
        raise CannotEncode(f"a script for the relation {reading.relation}")
    title = relation_to_text(reading).replace("\\", "/").replace('"', "'")
    with sympy_failures_named():
        # numbers can be drawn so that they meet what the notes assume; symbols know nothing of it
        assuming = bool(lowered_reading(reading, scope, conditions=True).conditions)
        reason = CannotEncode("no form")
        for write in (_at_numbers,) if assuming else (_written_out, _computed, _at_numbers):
            try:
                script = write(reading, scope, title)
            except CannotEncode as failure:
                reason = failure
                continue
            if len(script) <= MAXIMAL_LENGTH:
                return script
            reason = CannotEncode("the script would be too long")
    raise reason


def _frame(title: str, where: str, bounds: dict[str, Real], body: Iterable[str], imports: tuple[str, ...] = ()) -> str:
    limits = {
        name: (str(sympy.nsimplify(sort.low or 0)), None if sort.high is None else str(sympy.nsimplify(sort.high)))
        for name, sort in bounds.items()
        if sort.high is not None or (sort.low is not None and sort.low > 0)
    }
    listed = ", ".join(
        f'"{name}": (sympy.S("{low}"), {"None" if high is None else f"""sympy.S("{high}")"""})'
        for name, (low, high) in limits.items()
    )
    lines = [
        f'"""{title}\n\n{where}\n"""',
        "",
        "import itertools",
        "import random",
        "",
        "import sympy",
        *imports,
        "",
        f"bounds = {{{listed}}}",
        "",
        _CHECK,
        "",
        *body,
    ]
    return "\n".join(lines) + "\n"


_CHECKS = {
    "=": "agree({left}, {right})",
    "!=": "agree({left}, {right}) is False",
    "<=": "at_most({left}, {right})",
    "<": "at_most({left}, {right}, strict=True)",
    ">=": "at_most({right}, {left})",
    ">": "at_most({right}, {left}, strict=True)",
}


def _written_out(reading: Reading, scope: Scope, title: str) -> str:
    """Write the claim term by term. Raises CannotEncode for terms that are better computed."""
    if reading.relation not in (*_CHECKS, "~="):
        raise CannotEncode("a claim about claims")
    lowered = lowered_reading(reading, scope)
    if lowered.recursions:
        raise CannotEncode("a recursion")
    try:
        encode_general(lowered, reading, scope)
        pattern = None
    except CannotEncode:
        literals = literal_sizes((lowered.left, lowered.right))
        pattern = next(assignments(lowered.needs, scope, literals, 0))
    writer = ScriptTerms(scope, lowered.needs, pattern)
    left, right = writer.number(lowered.left, {}), writer.number(lowered.right, {})
    check = _check(reading)
    loops = writer.loops()
    indent = "    " * len(loops)
    body = [
        *writer.definitions(),
        "claims = []",
        *loops,
        f"{indent}left = {left}",
        f"{indent}right = {right}",
        f"{indent}claims.append({check})",
        _conclusion(lowered),
    ]
    where = "In general." if pattern is None else f"Exactly, at {pattern.text or 'every pattern of indices'}."
    return _frame(title, where, writer.bounds, body)


def _check(reading: Reading) -> str:
    """Return the code that checks a comparison of `left` and `right`."""
    decimals = decimals_of(reading)
    if decimals is not None:
        return f"close(left, right, {decimals})"
    if reading.relation == "~=":
        raise CannotEncode("an approximation without decimals")
    return _CHECKS[reading.relation].format(left="left", right="right")


def _conclusion(lowered: Lowered) -> str:
    """Return the code that prints the outcome.

    A mean under a law of its own fails nothing where it may be the mean under the named law of its space.
    """
    if mean_under_another_law(lowered.needs):
        return "print(summary([claim or None for claim in claims]))  # the two laws of a space may be one"
    return "print(summary(claims))"


def _computed(reading: Reading, scope: Scope, title: str) -> str:
    """Write the two sides as SymPy computed them from the claim. Raises CannotEncode for what would be too long."""
    lowered = lowered_reading(reading, scope)
    if any(_inverts_a_formula(part, scope) for side in (lowered.left, lowered.right) for part in subterms(side)):
        raise CannotEncode("an inverse of a formula would be too long")
    encoded = encode(reading, scope, most=1)
    instance = encoded.instances[0]
    if any(claim.relation not in _CHECKS for claim in instance.claims):
        raise CannotEncode("a script for this relation")
    claims = [put_in for claim in instance.claims for put_in in _under_hypotheses(claim, instance)]
    if sum(sympy.count_ops(side) for claim in claims for side in (claim.left, claim.right)) > MAXIMAL_OPERATIONS:
        raise CannotEncode("the sides would be too long")
    names = _names(claims, instance)
    body = [*names, "claims = []"]
    for claim in claims:
        body.append(f"left = {_code(claim.left)}")
        body.append(f"right = {_code(claim.right)}")
        if claim.hypotheses:
            body.append(f"zeros = [{', '.join(map(_code, claim.hypotheses))}]")
            body.append("claims.append(follows(zeros, left - right))")
        else:
            body.append(f"claims.append({_CHECKS[claim.relation].format(left='left', right='right')})")
    body.append(_conclusion(lowered))
    where = "In general." if encoded.kind == "general" else f"Exactly, at {instance.sizes}."
    bounds = {made.name: sort for made, sort in instance.symbols.domains.items() if isinstance(made, sympy.Symbol)}
    return _frame(title, where, bounds, body, ("from sympy import *",))


def _at_numbers(reading: Reading, scope: Scope, title: str) -> str:
    """Write the two sides at exact numbers for all that is free."""
    sizes, claims = numbers_of(reading, scope)
    body = ["claims = []"]
    for claim in claims:
        if claim.relation not in _CHECKS:
            raise CannotEncode("a script for this relation")
        body.append(f"left = {_code(claim.left)}")
        body.append(f"right = {_code(claim.right)}")
        body.append(f"claims.append({_CHECKS[claim.relation].format(left='left', right='right')})")
    body.append(_conclusion(lowered_reading(reading, scope)))
    where = f"Exactly, at {sizes or 'one point'}, with numbers for all that is free."
    return _frame(title, where, {}, body, ("from sympy import *",))


def _inverts_a_formula(term: Term, scope: Scope) -> bool:
    """Tell whether a term is the inverse of a sum or product of matrices."""
    match term:
        case MatrixOperation("inverse", (Sum() | Product() as inner,)) | Power(Sum() | Product() as inner, Number(-1)):
            names = (scope.sorts.get(part.symbol) for part in subterms(inner) if isinstance(part, Name))
            return any(isinstance(sort, Matrix) for sort in names)
    return False


def _under_hypotheses(claim: ScalarClaim, instance: EncodedInstance) -> list[ScalarClaim]:
    """Return the claim with its hypotheses solved and put in; with them, where it follows from them as they stand."""
    if not claim.hypotheses:
        return [claim]
    try:
        cases = solved_cases(claim.hypotheses, instance.symbols.domains)
    except CannotEncode:
        if claim.relation == "=" and follows_algebraically(claim.hypotheses, claim.left - claim.right):
            return [claim]
        raise
    return [ScalarClaim(claim.relation, claim.left.subs(case).doit(), claim.right.subs(case).doit()) for case in cases]


def _plain(expression: Expression) -> Expression:
    dummies = sorted(expression.atoms(sympy.Dummy), key=lambda dummy: dummy.dummy_index)
    return expression.xreplace(
        {dummy: sympy.Symbol(f"{dummy.name}_{place}", **dummy.assumptions0) for place, dummy in enumerate(dummies)}
    )


def _code(expression: Expression) -> str:
    return str(sympy.sstr(_plain(expression), sympy_integers=True, full_prec=True))


def _names(claims: list[ScalarClaim], instance: EncodedInstance) -> list[str]:
    sides = [_plain(side) for claim in claims for side in (claim.left, claim.right, *claim.hypotheses)]
    lines = []
    free: set[Expression] = set()
    for side in sides:
        free |= side.atoms(sympy.Symbol)
    for made in sorted(free, key=str):
        lines.append(f'{made.name} = sympy.Symbol("{made.name}"{_assumed(made)})')
    heads = {part.func for side in sides for part in side.atoms(AppliedUndef)}
    for head in sorted(heads, key=lambda head: str(head.__name__)):
        sort = instance.symbols.domains.get(head, Real())
        given = "".join(f", {key}={value}" for key, value in assumptions(sort).items())
        lines.append(f'{head.__name__} = sympy.Function("{head.__name__}"{given})')
    return lines


def _assumed(made: Expression) -> str:
    return "".join(
        f", {key}=True"
        for key in ("real", "integer", "positive", "nonnegative", "negative", "nonzero")
        if made._assumptions_orig.get(key)
    )
