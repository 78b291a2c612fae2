r"""Functions that are labelled by what they depend on: the derivative of f_\theta(x) by \theta is not zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import rebuilt
from errata.language.scope import Scope
from errata.language.sorts import Function, Real, Sort
from errata.language.statements import Reading
from errata.language.terms import Apply, Derivative, Entry, Name, Term, subterms


def with_labels_as_arguments(readings: Sequence[Reading], scope: Scope) -> tuple[tuple[Reading, ...], Scope]:
    r"""Return readings and scope in which f_\theta(x) is a function of x and \theta, where \theta is differentiated by.

    A function that a formula defines depends on what the formula says.
    """
    labelled = _labelled(readings, scope)
    if not labelled:
        return tuple(readings), scope

    def change(term: Term) -> Term:
        term = rebuilt(term, change)
        if isinstance(term, Apply) and term.function.symbol in labelled:
            return replace(term, arguments=(*term.arguments, Name(labelled[term.function.symbol])))
        return term

    sorts = {s: _with_argument(scope.sorts[s], scope.sorts.get(label, Real())) for s, label in labelled.items()}
    found, changed = changed_everywhere(readings, scope, change)
    return found, replace(changed, sorts=MappingProxyType({**changed.sorts, **sorts}))


def changed_everywhere(
    readings: Sequence[Reading], scope: Scope, change: Callable[[Term], Term]
) -> tuple[tuple[Reading, ...], Scope]:
    """Return readings and scope with every term in them changed."""
    found = tuple(replace(r, left=change(r.left), right=change(r.right)) for r in readings)
    changed = replace(
        scope,
        definitions=MappingProxyType({s: replace(d, body=change(d.body)) for s, d in scope.definitions.items()}),
        densities=tuple(replace(d, body=change(d.body)) for d in scope.densities),
        assumptions=tuple(replace(a, left=change(a.left), right=change(a.right)) for a in scope.assumptions),
        perhaps=tuple(replace(p, left=change(p.left), right=change(p.right)) for p in scope.perhaps),
    )
    return found, changed


def label_of(symbol: str) -> str:
    r"""Return the Greek letter that a name has below it, \theta of f_{\theta}; "" where it has none."""
    if "_{" not in symbol:
        return ""
    label = symbol.split("_{", 1)[1].split("}", 1)[0]
    return label if label.startswith("\\") and label[1:].isalpha() else ""


def _labelled(readings: Sequence[Reading], scope: Scope) -> Mapping[str, str]:
    """Return the functions to change, each with its label."""
    bodies = [*(d.body for d in scope.definitions.values()), *(d.body for d in scope.densities)]
    variables = _differentiated_by([*(side for r in readings for side in (r.left, r.right)), *bodies])
    return {
        symbol: label_of(symbol)
        for symbol, sort in scope.sorts.items()
        if isinstance(sort, Function) and sort.arguments and not sort.on and symbol not in scope.definitions
        if label_of(symbol) in variables
    }


def _differentiated_by(terms: Iterable[Term]) -> set[str]:
    variables = [part.variable for term in terms for part in subterms(term) if isinstance(part, Derivative)]
    arrays = [v.array if isinstance(v, Entry) else v for v in variables]
    return {array.symbol for array in arrays if isinstance(array, Name)}


def _with_argument(sort: Sort, argument: Sort) -> Sort:
    assert isinstance(sort, Function)
    return replace(sort, arguments=(*sort.arguments, argument))
