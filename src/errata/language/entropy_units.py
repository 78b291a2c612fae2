r"""The unit of entropies: bits where the logarithms of a relation are \log_2, nats where they are natural.

Where the note has told a base, `Scope.log_base`, entropies are taken to it. Else a functional of laws is read with
natural logarithms, and to base b it is that divided by log b.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from errata.language.definitions import rebuilt
from errata.language.inference import relevant
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.syntax import Node, Scripted, everything, leaf_text
from errata.language.terms import Constant, Elementary, Functional, Information, Number, Power, Quotient, Term, subterms

_OF_LOGARITHMS = frozenset(("kl", "jsd", "entropy", "cross_entropy"))
_NATURAL = Constant("e")


def written_bases(formulas: Iterable[Sequence[Node]]) -> frozenset[int | None]:
    r"""Return the bases of all logarithms that the formulas write, None for \log and \ln."""
    found: set[int | None] = set()
    for formula in formulas:
        below = {id(n.base): n for n in everything(formula) if isinstance(n, Scripted)}
        for node in everything(formula):
            if leaf_text(node) in ("\\log", "\\ln"):
                scripted = below.get(id(node))
                lower = scripted.lower if scripted is not None else None
                digits = "".join(leaf_text(n) or "?" for n in lower) if lower else ""
                found.add(int(digits) if digits.isdecimal() and len(digits) < 4 else None)
    return frozenset(found)


def base_of_all(written: Set[int | None]) -> Term | None:
    """Return the base of all logarithms of a note that writes it below each of them; None where it does not."""
    return _number(next(iter(written))) if len(written) == 1 else None


def in_units(reading: Reading, scope: Scope, written: Set[int | None]) -> tuple[Reading, ...]:
    """Return a reading with its entropies in the unit of its logarithms; twice where they leave that open.

    written: the bases of the logarithms of the whole note.
    """
    sides = (reading.left, reading.right)
    if scope.log_base is not None or not any(_of_logarithms(part) for side in sides for part in subterms(side)):
        return (reading,)
    bases = bases_of(relevant(scope, sides)[1])
    if len(bases) == 1:
        (base,) = bases
        return (_scaled(reading, base),)
    others = bases - {_NATURAL} or {b for n in written if (b := _number(n)) is not None}
    if len(others) != 1:
        return (reading,)
    (base,) = others
    unit = f"if entropies are taken with logarithms to base {to_text(base)}"
    return (reading, replace(_scaled(reading, base), condition=" and ".join(c for c in (reading.condition, unit) if c)))


def _number(base: int | None) -> Term | None:
    return None if base is None else Number(Fraction(base))


def _of_logarithms(term: Term) -> bool:
    return isinstance(term, Information) or (isinstance(term, Functional) and term.functional in _OF_LOGARITHMS)


def bases_of(terms: Iterable[Term]) -> frozenset[Term]:
    """Return the bases of the logarithms of terms, and of the powers with entropies above: 2^{H(X)}."""
    return frozenset(base for term in terms for base in _bases(term))


def _bases(term: Term) -> Iterable[Term]:
    for part in subterms(term):
        if isinstance(part, Elementary) and part.function == "log":
            yield part.arguments[1] if len(part.arguments) == 2 else _NATURAL
        elif isinstance(part, Power) and isinstance(part.base, Number | Constant):
            if any(map(_of_logarithms, subterms(part.exponent))):
                yield part.base
        elif isinstance(part, Elementary) and part.function == "exp" and any(map(_of_logarithms, subterms(part))):
            yield _NATURAL


def _scaled(reading: Reading, base: Term) -> Reading:
    if base == _NATURAL:
        return reading
    return replace(reading, left=_in_base(reading.left, base), right=_in_base(reading.right, base))


def _in_base(term: Term, base: Term) -> Term:
    if _of_logarithms(term):
        return Quotient(term, Elementary("log", (base,)), span=term.span)
    return rebuilt(term, lambda part: _in_base(part, base))
