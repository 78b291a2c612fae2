r"""The other convention for a normal law: N(\mu, \sigma) with the standard deviation in the place of the variance."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable, Sort, element_of
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import Name, Number, Power, StandardLaw, Term


def with_deviations(reading: Reading, scope: Scope) -> tuple[Reading, Scope, str] | None:
    r"""Return a claim with normal laws that have a bare \sigma in the second place as their deviation, and one of them.

    None where there is no such law.
    """
    sorts: dict[str, Sort] = {}
    found: list[StandardLaw] = []
    for symbol, sort in scope.sorts.items():
        element = element_of(sort)
        if isinstance(element, RandomVariable) and element.law is not None:
            law = _squared(element.law, found)
            if law is not element.law:
                drawn = replace(element, law=law)
                sorts[symbol] = drawn if element is sort else replace(sort, element=drawn)  # type: ignore[call-arg]
    left, right = _squared(reading.left, found), _squared(reading.right, found)
    if not found:
        return None
    changed = replace(scope, sorts=MappingProxyType({**scope.sorts, **sorts}))
    return replace(reading, left=left, right=right), changed, to_text(found[0])


def _squared(value: Any, found: list[StandardLaw]) -> Any:
    """Return a term with the deviations squared, and note the laws as they were written."""
    match value:
        case StandardLaw("normal", (mean, Name(symbol) as deviation)) if base_name(symbol) == "\\sigma":
            found.append(value)
            return StandardLaw("normal", (mean, Power(deviation, Number(Fraction(2)))))
        case tuple():
            parts = tuple(_squared(part, found) for part in value)
            return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    if isinstance(value, Term) or (is_dataclass(value) and not isinstance(value, type)):
        old = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "span"}
        new = {name: _squared(part, found) for name, part in old.items()}
        changes = {name: part for name, part in new.items() if part is not old[name]}
        return replace(value, **changes) if changes else value
    return value
