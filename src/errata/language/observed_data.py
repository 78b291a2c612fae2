r"""Data that a model with noise explains: with y = X w + \epsilon, a loss of y - X w moves with w while y is held.

What does not speak of w but by y, as the z of z = \mu + \epsilon, moves with it. Where words do not tell that y was
observed it moves as well, and no refutation rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from errata.language import symbols
from errata.language.definitions import free_symbols, rebuilt, substitute, used_symbols
from errata.language.recursions import HELD, held_again
from errata.language.scope import Definition
from errata.language.terms import Apply, At, Derivative, Entry, Name, Sum, Term, subterms

_NOISE = frozenset(("\\epsilon", "\\xi", "\\eta", "\\nu", "e"))
_DEEPEST = 8
_OBSERVED = re.compile(
    r"\bregress|\bleast[- ]squares|\bobserv|\bdata\b|\bdataset|\btargets?\b|\blabels?\b|\bdesign matrix|最小二乘|回归",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"\breparam|\bsampl|\bdraw|\blatent|重参数|采样", re.IGNORECASE)
MOVES = "whether it moves with the variable of a derivative is not said"


def with_data_held(term: Term, definitions: Mapping[str, Definition]) -> Term:
    """Return the term with what models with noise explain held fixed in its derivatives by parameters of the models."""
    models = {s: d for s, d in definitions.items() if not d.parameters and _has_noise(d.body)}
    if not models or not any(isinstance(part, Derivative) for part in subterms(term)):
        return term
    changed = rebuilt(term, lambda part: with_data_held(part, definitions))
    if not isinstance(changed, Derivative) or not isinstance(changed.variable, Name):
        return changed
    if isinstance(changed.body, Name) and changed.body.symbol in models:
        return changed
    data = {s for s, d in models.items() if changed.variable.symbol in free_symbols(d.body)}
    body = _written_out(changed.body, data, definitions, 0)
    held = [(Name(f"{HELD}_{{{symbol}}}"), Name(symbol)) for symbol in sorted(data & used_symbols(body))]
    if not held or changed.variable not in set(subterms(body)):
        return changed
    names = {value.symbol: name for name, value in held}
    moved = substitute(body, dict(names))
    return held_again(Derivative(moved, changed.variable, changed.order, span=changed.span), held)


def tells_observed(prose: str) -> bool:
    """Return whether words tell that what a model explains was observed, and not that it is drawn."""
    return bool(_OBSERVED.search(prose)) and not _DRAWN.search(prose)


def perhaps_observed(terms: Iterable[Term], definitions: Mapping[str, Definition]) -> dict[str, str]:
    """Return what may be held in derivatives, with what is in doubt, of terms in which all of it moves."""
    held = (part for term in terms for part in subterms(with_data_held(term, definitions)) if isinstance(part, At))
    pairs = ((at.variable.symbol, at.value.symbol) for at in held if isinstance(at.value, Name))
    return {value: MOVES for name, value in pairs if name == f"{HELD}_{{{value}}}"}


def _has_noise(body: Term) -> bool:
    return isinstance(body, Sum) and any(
        symbols.base_name(name.symbol) in _NOISE
        for part in body.terms
        if isinstance(name := part.array if isinstance(part, Entry) else part, Name)
    )


def _written_out(term: Term, data: set[str], definitions: Mapping[str, Definition], depth: int) -> Term:
    """Return the term with the formulas of losses in their places, as far as the data stand in them."""
    symbol = term.symbol if isinstance(term, Name) else term.function.symbol if isinstance(term, Apply) else ""
    defined = definitions.get(symbol) if symbol not in data and depth < _DEEPEST else None
    if defined is not None:
        arguments = term.arguments if isinstance(term, Apply) else ()
        if len(arguments) == len(defined.parameters):
            body = substitute(defined.body, dict(zip(defined.parameters, arguments, strict=True)))
            body = _written_out(body, data, definitions, depth + 1)
            return body if data & used_symbols(body) else term
    return rebuilt(term, lambda part: _written_out(part, data, definitions, depth))
