r"""Trajectories drawn by a policy: \tau \sim \pi_\theta, where the law of \tau is written P(\tau; \theta)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.terms import LawReference, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_POLICY, _TRAJECTORY = "\\pi", "\\tau"


def law_under_policy(meaning: Meaning, law: Term, drawn: Sequence[str | None]) -> Term:
    """Return the law that a note writes for what a policy draws, where it is no law over that itself.

    Raises NotUnderstood where there are several policies.
    """
    match law, drawn:
        case LawReference(Name(policy), (), ()), [str(variable)] if symbols.base_name(policy) == _POLICY:
            pass
        case _:
            return law
    space, laws = symbols.base_name(variable), meaning.knowledge.usage.laws
    written = laws.get(policy)
    acts = written is not None and bool(written.values)
    if (written is not None and space in written.values) or not (acts or space == _TRAJECTORY):
        return law
    others = [symbol for symbol, usage in laws.items() if usage.values == (space,)]
    if len(others) != 1:
        return law
    if sum(symbols.base_name(symbol) == _POLICY for symbol in laws) > 1:
        raise NotUnderstood(f"which law {variable} has under {policy} is not said", law.span or Span(0, 1))
    meaning.assumed.append(f"{variable} has the law {others[0]}")
    return LawReference(Name(others[0]), span=law.span)
