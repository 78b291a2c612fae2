"""SymPy by itself on the same claims: `simplify(lhs - rhs) == 0` and `(lhs).equals(rhs)`.

Compared are the equations that have a plain SymPy form: in general where they are about scalars, else the
first exact instance (sizes 2 and 3), which is less than errata decides. Left out are inequalities and
implications, which neither call is made for, and equations with rounded numbers, which are false for SymPy.

What errata does on the way to the two sides (definitions put in, sums over spaces written out) is a gift to
SymPy and not on its clock. Each call has worker processes of its own, so that neither finds the other's work
in SymPy's cache. SymPy's answers are taken as they come: a difference that simplifies to a number other than
0 counts as "wrong", any other rest as no answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Literal

from judging import PRELOAD

from errata.language.statements import Statement
from errata.language.terms import Number, subterms
from errata.verify.workers import Crashed, Done, Result, TimedOut, run_bounded

Method = Literal["simplify", "equals"]
METHODS: tuple[Method, ...] = ("simplify", "equals")
Form = Literal["general", "instance"]
Side = Any
"""A SymPy expression."""

ENCODING_SECONDS = 3.0
"""A claim that takes longer to write down is not compared."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What SymPy said of a claim ("right", "wrong", or "" for neither) and after how many seconds.

    encoding: the seconds that it took to build the two sides from the claim's terms, which are not counted in
    `seconds`.
    """

    says: str
    seconds: float
    encoding: float = 0.0
    note: str = ""
    crashed: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim's plain form ("" with the reason where it has none) and SymPy's answer by either method.

    zero_as_built: lhs - rhs is 0 as soon as it is written, so that there is nothing left to ask.
    """

    form: Form | Literal[""]
    reason: str = ""
    zero_as_built: bool = False
    form_crashed: bool = False
    answers: tuple[tuple[Method, Answer], ...] = ()

    @property
    def crashed(self) -> bool:
        """Whether a worker did not survive this claim."""
        return self.form_crashed or any(answer.crashed for _, answer in self.answers)

    def answer(self, method: Method) -> Answer:
        """Return the answer by this method. Raises KeyError where the claim was not compared."""
        return dict(self.answers)[method]


def ask_all(statements: Sequence[Statement], *, seed: int, timeout: float) -> list[Compared]:
    """Ask SymPy about every claim that has a plain form, one after another; `timeout` bounds each call."""
    forms = [_form(r) for r in run_bounded(plain_form, statements, timeout=ENCODING_SECONDS, preload=PRELOAD)]
    chosen = [statement for statement, found in zip(statements, forms, strict=True) if found.form]
    columns = []
    for method in METHODS:
        ask = partial(timed_answer, method=method, seed=seed)
        bound = timeout + ENCODING_SECONDS  # the claim is written down once more in the worker
        results = run_bounded(ask, chosen, timeout=bound, preload=PRELOAD)
        columns.append([(method, _answer(result, timeout)) for result in results])
    rows = zip(*columns, strict=True)
    return [replace(found, answers=next(rows)) if found.form else found for found in forms]


def _form(result: Result[Compared]) -> Compared:
    match result:
        case Done(found):
            return found
        case TimedOut():
            return Compared("", f"not written down within {ENCODING_SECONDS:g} seconds")
        case Crashed(reason):
            return Compared("", reason, form_crashed=True)


def _answer(result: Result[Answer], timeout: float) -> Answer:
    if isinstance(result, Done) and result.value.seconds <= timeout:
        return result.value
    if isinstance(result, Done | TimedOut):
        return Answer("", timeout, note="time-out")
    return Answer("", timeout, note=result.reason, crashed=True)


# In a worker process ---------------------------------------------------------------------------------


def plain_form(statement: Statement) -> Compared:
    """Say in which plain form SymPy can be asked about a claim, or why in none."""
    from errata.verify.sympy_terms import CannotEncode

    try:
        form, equations = plain_equations(statement)
    except CannotEncode as reason:
        return Compared("", str(reason))
    return Compared(form, zero_as_built=all(left - right == 0 for left, right in equations))


def plain_equations(statement: Statement) -> tuple[Form, list[tuple[Side, Side]]]:
    """Return the form and the scalar equations that together say what the claim says. Raises CannotEncode."""
    from errata.verify.sympy_encoding import (
        encode_general,
        encode_instances,
        lowered_reading,
        sympy_failures_named,
    )
    from errata.verify.sympy_terms import CannotEncode

    if not statement.readings:
        raise CannotEncode("unread")
    reading, scope = statement.readings[0], statement.scope
    if reading.relation not in ("=", "propto"):
        raise CannotEncode("no equation")
    if any(_rounded(part) for side in (reading.left, reading.right) for part in subterms(side)):
        raise CannotEncode("rounded numbers")
    form: Form = "general"
    with sympy_failures_named():
        lowered = lowered_reading(reading, scope)
        try:
            instance = encode_general(lowered, reading, scope)
        except CannotEncode:
            form = "instance"
            instance = next(encode_instances(lowered, reading, scope))
    if not instance.exact or any(claim.hypotheses or claim.relation != "=" for claim in instance.claims):
        raise CannotEncode("no plain equation")
    return form, [(claim.left, claim.right) for claim in instance.claims]


def _rounded(part: object) -> bool:
    return isinstance(part, Number) and part.decimals is not None


def timed_answer(statement: Statement, *, method: Method, seed: int) -> Answer:
    """Ask SymPy about one claim and say how many seconds it took."""
    from sympy.core.random import seed as set_seed

    _warm_up()
    begin = time.perf_counter()
    _, equations = plain_equations(statement)
    set_seed(seed)  # `equals` tries random points
    start = time.perf_counter()
    try:
        says, note = _says(_DECIDE[method], equations), ""
    except MemoryError:
        raise
    except Exception as failure:  # SymPy raises many unrelated kinds, some of them private
        says, note = "", type(failure).__name__
    return Answer(says, time.perf_counter() - start, start - begin, note)


@cache
def _warm_up() -> None:
    """Let SymPy import what it imports at the first call, so that no claim pays for it."""
    import sympy

    x = sympy.Symbol("x", positive=True)
    for decide in _DECIDE.values():
        decide(sympy.log(x**2) + sympy.exp(x), 2 * sympy.log(x) + sympy.exp(2 * x) / sympy.exp(x))


def _says(decide: Callable[[Side, Side], bool | None], equations: Sequence[tuple[Side, Side]]) -> str:
    for left, right in equations:
        equal = decide(left, right)
        if not equal:
            return "" if equal is None else "wrong"
    return "right"


def _by_simplify(left: Side, right: Side) -> bool | None:
    import sympy

    rest = sympy.simplify(left - right)
    if rest == 0:
        return True
    return False if rest.is_number and rest.is_zero is False else None


def _by_equals(left: Side, right: Side) -> bool | None:
    answer: bool | None = left.equals(right)
    return answer


_DECIDE: dict[Method, Callable[[Side, Side], bool | None]] = {"simplify": _by_simplify, "equals": _by_equals}
