"""A claim as a script of plain SymPy that a reader can run and take apart.

The script builds the claim in general where it is one about scalars, else at sizes 2 (and 3, where two sizes
must differ), and prints True where SymPy shows it. Where the claim's own form can be written out (laws as
functions, sums as sums) it is; else the two sides stand there as SymPy computed them.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy.core.function import AppliedUndef

from errata.language.printer import relation_to_text
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.verify.sympy_encoding import (
    EncodedInstance,
    ScalarClaim,
    encode,
    encode_general,
    lowered_reading,
    sympy_failures_named,
)
from errata.verify.sympy_instances import assignments, literal_sizes
from errata.verify.sympy_script_terms import ScriptTerms
from errata.verify.sympy_solving import solved_cases
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, assumptions

MAXIMAL_LENGTH = 200_000

_CHECK = '''
def at_random(expression, seed, lowest=0):
    """The value at a random point: above `lowest`, or inside (low, high) where `bounds` says so."""
    chance = random.Random(seed)
    point = {}
    for symbol in sorted(expression.free_symbols, key=str):
        low, high = bounds.get(symbol.name, (0 if symbol.is_nonnegative else lowest, None))
        share = sympy.Rational(chance.randint(5, 96), 101)
        point[symbol] = chance.randint(2, 7) if symbol.is_integer else low + (high - low if high else 4) * share
    return sympy.N(expression.subs(point), 30)


def logarithms_apart(expression):
    """Logarithms of positive products as sums of logarithms."""
    return expression.replace(
        sympy.log, lambda inside: sympy.expand_log(sympy.log(sympy.factor(inside)), factor=True)
    )


def agree(left, right):
    """Whether SymPy shows that two expressions are equal."""
    gap = sympy.sympify(left - right, strict=True).doit()
    if not gap.atoms(sympy.core.function.AppliedUndef):
        value = at_random(gap, 1)
        if value.is_number and abs(value) > sympy.Float("1e-20"):
            return False
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
        gap = step(gap)
        if sympy.expand(sympy.numer(sympy.together(gap))) == 0:
            return True
    return False


def at_most(left, right, strict=False):
    """Whether left <= right: True by SymPy's signs, False by a random point, else None (not decided)."""
    gap = sympy.factor(sympy.together(sympy.sympify(right - left, strict=True)))
    if gap.is_positive or (gap.is_nonnegative and not strict):
        return True
    for seed in range(100):
        value = at_random(gap, seed, lowest=-2)
        if value.is_real and (value < 0 or (strict and value == 0)):
            return False
    return None


def summary(claims):
    """True if all are shown, False if one fails, else what is known."""
    if False in claims:
        return False
    return True if all(claims) else "not decided: it holds at 100 random points"
'''


def to_script(reading: Reading, scope: Scope) -> str:
    """Return a script of plain SymPy that builds the claim and prints whether it holds.

    Needs only SymPy to run. Raises CannotEncode where the claim has no SymPy form.
    """
    if reading.relation not in ("=", "!=", "<", "<=", ">", ">=", "=>", "<=>", "propto"):
        raise CannotEncode(f"a script for the relation {reading.relation}")
    title = relation_to_text(reading).replace("\\", "/").replace('"', "'")
    with sympy_failures_named():
        try:
            script = _written_out(reading, scope, title)
        except CannotEncode:
            script = _computed(reading, scope, title)
    if len(script) > MAXIMAL_LENGTH:
        raise CannotEncode("the script would be too long")
    return script


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
    "!=": "not agree({left}, {right})",
    "<=": "at_most({left}, {right})",
    "<": "at_most({left}, {right}, strict=True)",
    ">=": "at_most({right}, {left})",
    ">": "at_most({right}, {left}, strict=True)",
}


def _written_out(reading: Reading, scope: Scope, title: str) -> str:
    """Write the claim term by term. Raises CannotEncode for terms that are better computed."""
    if reading.relation not in _CHECKS:
        raise CannotEncode("a claim about claims")
    lowered = lowered_reading(reading, scope)
    try:
        encode_general(lowered, reading, scope)
        pattern = None
    except CannotEncode:
        literals = literal_sizes((lowered.left, lowered.right))
        pattern = next(assignments(lowered.needs, scope, literals, 0))
    writer = ScriptTerms(scope, lowered.needs, pattern)
    left, right = writer.number(lowered.left, {}), writer.number(lowered.right, {})
    check = _CHECKS[reading.relation].format(left="left", right="right")
    loops = writer.loops()
    indent = "    " * len(loops)
    body = [
        *writer.definitions(),
        "claims = []",
        *loops,
        f"{indent}left = {left}",
        f"{indent}right = {right}",
        f"{indent}claims.append({check})",
        "print(summary(claims))",
    ]
    where = "In general." if pattern is None else f"Exactly, at {pattern.text or 'every pattern of indices'}."
    return _frame(title, where, writer.bounds, body)


def _computed(reading: Reading, scope: Scope, title: str) -> str:
    """Write the two sides as SymPy computed them from the claim."""
    encoded = encode(reading, scope)
    instance = encoded.instances[0]
    if any(claim.relation not in _CHECKS for claim in instance.claims):
        raise CannotEncode("a script for this relation")
    claims = [put_in for claim in instance.claims for put_in in _under_hypotheses(claim, instance)]
    names = _names(claims, instance)
    body = [*names, "claims = []"]
    for claim in claims:
        body.append(f"left = {_code(claim.left)}")
        body.append(f"right = {_code(claim.right)}")
        body.append(f"claims.append({_CHECKS[claim.relation].format(left='left', right='right')})")
    body.append("print(summary(claims))")
    where = "In general." if encoded.kind == "general" else f"Exactly, at {instance.sizes}."
    bounds = {made.name: sort for made, sort in instance.symbols.domains.items() if isinstance(made, sympy.Symbol)}
    return _frame(title, where, bounds, body, ("from sympy import *",))


def _under_hypotheses(claim: ScalarClaim, instance: EncodedInstance) -> list[ScalarClaim]:
    if not claim.hypotheses:
        return [claim]
    return [
        ScalarClaim(claim.relation, claim.left.subs(case).doit(), claim.right.subs(case).doit())
        for case in solved_cases(claim.hypotheses, instance.symbols.domains)
    ]


def _plain(expression: Expression) -> Expression:
    dummies = sorted(expression.atoms(sympy.Dummy), key=lambda dummy: dummy.dummy_index)
    return expression.xreplace(
        {dummy: sympy.Symbol(f"{dummy.name}_{place}", **dummy.assumptions0) for place, dummy in enumerate(dummies)}
    )


def _code(expression: Expression) -> str:
    return str(sympy.sstr(_plain(expression), sympy_integers=True, full_prec=True))


def _names(claims: list[ScalarClaim], instance: EncodedInstance) -> list[str]:
    sides = [_plain(side) for claim in claims for side in (claim.left, claim.right)]
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
