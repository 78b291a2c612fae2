r"""What the declaration of a function tells of what it is applied to: of f: R^d -> R, that x is a vector in f(x).

The gradient of such a function at a place, \\nabla f(x_t), is like the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errata.language.sorts import Function, Matrix, Sort, Vector
from errata.language.terms import Apply, At, Derivative, Term, subterms


def arrays_taken(term: Term, sorts: Mapping[str, Sort]) -> Iterator[tuple[Term, Sort]]:
    """Yield the arguments of a declared function that are vectors or matrices, with their sorts."""
    if isinstance(term, At):
        inside = (pair for part in subterms(term.body) for pair in arrays_taken(part, sorts))
        yield from ((term.value, sort) for argument, sort in inside if argument == term.variable)
    if not isinstance(term, Apply):
        return
    declared = sorts.get(term.function.symbol)
    if isinstance(declared, Function) and len(declared.arguments) == len(term.arguments):
        for argument, sort in zip(term.arguments, declared.arguments, strict=True):
            if isinstance(sort, Vector | Matrix):
                yield argument, sort


def gradient_at(term: At) -> Term | None:
    """Return the place of a gradient that is taken at a place; None for other things."""
    body = term.body
    is_gradient = isinstance(body, Derivative) and body.variable == term.variable and body.order == 1
    return term.value if is_gradient and isinstance(body, Derivative) and isinstance(body.body, Apply) else None
