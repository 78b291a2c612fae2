"""What a note calls subgaussian: the inequality that stands after "is $\\sigma$-subgaussian if".

It is looked for in the whole document, since a phrase may stand before what explains it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from errata.language.prose.subgaussian_frames import SUBGAUSSIAN
from errata.language.terms import (
    Comparison,
    Constant,
    Elementary,
    Expectation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    subterms,
)

OTHER = "other"
_CALLED = re.compile(rf"\b{SUBGAUSSIAN}\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"\b(?:if|iff|when|whenever|i\.\s?e\.?|that is|meaning|means|in the sense|satisf\w+|such that|obeys?|provided"
    r"|defined by|for which|fulfils?|fulfills?|where)\b|:\s*$|\($",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:then|so|hence|thus|therefore|we have|it follows|implies|gives?)\b", re.IGNORECASE)
_PROXY = re.compile(r"\b(?:variance (?:proxy|factor|parameter)|proxy variance)\b", re.IGNORECASE)
_STOP = re.compile(r"\.(?:\s|$)")
_BOUND = re.compile(r"\\le(?:q|qslant|ss)?(?![a-zA-Z])|<|≤")
_TAIL = re.compile(r"\\q?quad(?![a-zA-Z])|\\(?:text|mbox|forall)(?![a-zA-Z])|\\\\|,\s*\\")
_MEAN = re.compile(r"\\(?:mathbb|operatorname|mathrm|E|Pr|mathbf)(?![a-zA-Z])|[EP]\s*[\[({\\]")
_LATER = 3
"""So many formulas after the word are looked at for its scale."""

Piece = tuple[str, bool]
"""A run of words or a formula (True), in the order of the document."""


@dataclass(frozen=True, slots=True)
class _Explained:
    """Formulas around the word, which may tell the scale, and the inequalities that explain it."""

    scales: tuple[str, ...]
    bounds: tuple[str, ...]
    by_proxy: bool
    """Whether the words name the variance proxy, and leave open what the scale is."""


def subgaussian_meaning(pieces: Iterable[Piece], read: Callable[[str], Sequence[Comparison] | None]) -> str:
    """Return "" where the customary meaning is in force, "proxy" where the note names the variance proxy, or OTHER.

    " shifted" is added where the variable stands without its mean.
    """
    found: set[str] = set()
    for told in _explained(list(pieces)):
        scales = [_squeezed(s) for s in told.scales]
        for latex in told.bounds:
            chain = read(latex)
            meaning = OTHER if chain is None else _meaning(chain, scales)
            if meaning in (OTHER, "nothing"):
                about = any(re.search(rf"(?<![a-zA-Z]){re.escape(s)}(?![a-zA-Z])", latex) for s in scales)
                meaning = OTHER if about or _MEAN.search(latex) else "nothing"
            found.add("" if meaning == "proxy" and told.by_proxy else meaning)
    found.discard("nothing")
    return found.pop() if len(found) == 1 else OTHER if found else ""


def _explained(pieces: Sequence[Piece]) -> Iterator[_Explained]:
    for number, (text, formula) in enumerate(pieces):
        called = None if formula else _CALLED.search(text)
        if called is None or _STATES.search(_opening(pieces[:number], text[: called.start()])):
            continue
        before = [p for p, is_formula in pieces[max(number - 2, 0) : number] if is_formula]
        after = (text[called.end() :], False), *pieces[number + 1 :]
        yield _sentence(before, after)


def _opening(before: Sequence[Piece], text: str) -> str:
    """Return the words of a sentence up to a place."""
    words = _STOP.split(text)
    opening = [words[-1]]
    for piece, is_formula in reversed(before):
        if len(words) > 1 or not piece:
            break
        if not is_formula:
            words = _STOP.split(piece)
            opening.append(words[-1])
    return " ".join(reversed(opening))


def _sentence(before: Sequence[str], pieces: Iterable[Piece]) -> _Explained:
    """Return what the rest of a sentence, after the word, tells."""
    scales, bounds, explains, by_proxy = list(before), list[str](), False, False
    for piece, is_formula in pieces:
        if is_formula:
            if explains and _BOUND.search(piece):
                bounds.append(_TAIL.split(piece.replace("&", " "), maxsplit=1)[0].rstrip(" .,;\n"))
            elif len(scales) < _LATER:
                scales.append(piece)
            if piece.rstrip().endswith("."):
                break
            continue
        stop = _STOP.search(piece)
        said = piece[: stop.start()] if stop else piece
        if _STATES.search(said):
            break
        by_proxy = by_proxy or _PROXY.search(said) is not None
        explains = explains or _EXPLAINS.search(said) is not None
        if stop:
            break
    return _Explained(tuple(scales), tuple(bounds), by_proxy)


def _squeezed(latex: str) -> str:
    return re.sub(r"[\s{}$]", "", latex)


def _meaning(chain: Sequence[Comparison], scales: Sequence[str]) -> str:
    """Return what an inequality makes of the word; "nothing" where it is on no mean, and so a bound of a number."""
    over = [c for c in chain if any(isinstance(t, Expectation) for s in (c.left, c.right) for t in subterms(s))]
    if not over:
        return "nothing"
    told = over[-1] if len(over) == 1 else None
    parts = None if told is None or told.relation != "<=" else _exponents(told.left, told.right)
    if parts is None:
        return OTHER
    moving, exponent = parts
    bound, sides = _monomial(exponent), _factors(moving)
    if bound is None or sides is None:
        return OTHER
    number, powers = bound
    names, centre = sides
    slope = [n for n in names if powers.get(n) == 2]
    left = {n: p for n, p in powers.items() if n not in slope[:1]}
    if number != Fraction(1, 2) or len(slope) != 1 or len(names) != (1 if centre else 2) or len(left) > 1:
        return OTHER
    shifted = " shifted" if centre else ""
    if not left:
        return shifted.strip() and f"scale{shifted}"
    ((name, power),) = left.items()
    named = any(s == _squeezed(name) for s in scales)
    if power == 2:
        squared = any(s == _squeezed(f"{name}^2") for s in scales)
        return f"proxy{shifted}" if squared and not named else shifted and f"scale{shifted}"
    return f"proxy{shifted}" if power == 1 and named else OTHER


def _exponents(left: Term, right: Term) -> tuple[Term, Term] | None:
    """Return a and b of E[exp(a)] <= exp(b), or log E[exp(a)] <= b."""
    match left:
        case Expectation(body=body):
            inside, above = _exponent(body), _exponent(right)
        case Elementary("log", (Expectation(body=body),)):
            inside, above = _exponent(body), right
        case _:
            return None
    return (inside, above) if inside is not None and above is not None else None


def _exponent(term: Term) -> Term | None:
    match term:
        case Elementary("exp", (inside,)) | Power(Constant("e"), inside):
            return inside
    return None


def _factors(term: Term) -> tuple[list[str], bool] | None:
    """Return the names that are multiplied, and whether one factor is a variable without its mean."""
    factors = term.factors if isinstance(term, Product) else (term,)
    names = [f.symbol for f in factors if isinstance(f, Name)]
    rest = [f for f in factors if not isinstance(f, Name)]
    if not rest:
        return names, False
    match rest:
        case [Sum((Name(), Negative(Name() | Expectation() | MomentOf())))]:
            return names, True
    return None


def _monomial(term: Term) -> tuple[Fraction, dict[str, int]] | None:
    """Return a product of a number and of powers of names."""
    match term:
        case Number(value):
            return value, {}
        case Name(symbol):
            return Fraction(1), {symbol: 1}
        case Power(base, Number(exponent)) if exponent.denominator == 1 and 0 < exponent <= 4:
            inside = _monomial(base)
            if inside is None:
                return None
            return inside[0] ** int(exponent), {n: p * int(exponent) for n, p in inside[1].items()}
        case Quotient(numerator, denominator):
            above, below = _monomial(numerator), _monomial(denominator)
            if above is None or below is None or below[1] or not below[0]:
                return None
            return above[0] / below[0], above[1]
        case Product(factors):
            number, powers = Fraction(1), dict[str, int]()
            for factor in factors:
                found = _monomial(factor)
                if found is None:
                    return None
                number *= found[0]
                for name, power in found[1].items():
                    powers[name] = powers.get(name, 0) + power
            return number, powers
    return None
