r"""What stands below the sign of an extremum, as LaTeX that is read again: _{x, y \in [0, 1] : x + y = 1}."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from errata.language.terms import Aggregate, Binder, Conjunction, Constant, Interval, Range, Simplex, Term, Where

LIMITING = {"max": r"\sup", "min": r"\inf"}


def bound_together(term: Aggregate) -> tuple[tuple[Binder, ...], Aggregate | Where]:
    """Return the binders that one sign stands for, with what has the body: all nested ones over a condition, or one."""
    binders: list[Binder] = []
    part: Term = term
    while isinstance(part, Aggregate) and part.operation == term.operation:
        binders.append(part.binder)
        part = part.body
    return (tuple(binders), part) if isinstance(part, Where) else ((term.binder,), term)


def what_is_below(
    binders: Sequence[Binder], inner: Aggregate | Where, symbol: Callable[[str], str], latex: Callable[[Term], str]
) -> str:
    """Return the names with what they are in, and the conditions after a colon."""
    domain = binders[0].domain
    if isinstance(domain, Range):
        return rf"_{{{symbol(binders[0].name.symbol)}={latex(domain.low)}}}^{{{latex(domain.high)}}}"
    below = ", ".join(symbol(binder.name.symbol) + _set_of(binder, latex) for binder in binders)
    if isinstance(inner, Where):
        condition = inner.condition
        parts = condition.conditions if isinstance(condition, Conjunction) else (condition,)
        below += " : " + ", ".join(latex(part) for part in parts)
    return f"_{{{below}}}"


def _set_of(binder: Binder, latex: Callable[[Term], str]) -> str:
    domain = binder.domain
    if isinstance(domain, Simplex):
        return r" \in \Delta"
    if not isinstance(domain, Interval):
        return ""
    infinite = [_is_infinite(end) for end in (domain.low, domain.high)]
    opening = "(" if domain.low_open or infinite[0] else "["
    closing = ")" if domain.high_open or infinite[1] else "]"
    return rf" \in {opening}{latex(domain.low)}, {latex(domain.high)}{closing}"


def _is_infinite(end: Term) -> bool:
    return any(isinstance(part, Constant) and part.kind == "infinity" for part in (end, getattr(end, "term", end)))
