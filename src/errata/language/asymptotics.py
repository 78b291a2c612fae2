r"""Signs that compare how formulas grow: n! \sim \sqrt{2 \pi n} (n/e)^n, \log n \ll \sqrt n.

\sim stands between a variable and its law far more often. It compares formulas where its left side is worked out, a
factorial or a sum, and its right side is no law and has a letter with it in common. Then their quotient goes to 1.
Where no number or constant stands on the right, it may mean that they are of one order. f \ll g means that f/g
vanishes, or that it stays bounded (Vinogradov); what is said of it must hold, or fail, in both senses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from errata.language.grammar import parse_syntax
from errata.language.statements import Reading
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words, everything, leaf_text
from errata.language.tending import COUNTING, Tending
from errata.language.terms import Landau, Number, Quotient, Term
from errata.language.tokens import NotUnderstood, tokenize

SIGN = "\\asymptotically"
"""Stands for \\sim where that compares formulas."""
KINDS = frozenset((SIGN, "\\ll", "\\gg"))

_ONE = Number(Fraction(1))
_DRAWING = "\\sim"
_WORKED_OUT = frozenset(
    (
        "!",
        "\\sum",
        "\\prod",
        "\\int",
        "\\log",
        "\\ln",
        "\\exp",
        "\\sqrt",
        "\\sin",
        "\\cos",
        "\\tan",
        "\\sinh",
        "\\cosh",
        "\\tanh",
        "\\arctan",
    )
)
_COMMANDS = frozenset(("frac", "dfrac", "tfrac", "binom", "dbinom", "tbinom", "sqrt"))
_DECORATED = frozenset(
    ("bar", "hat", "tilde", "overline", "widehat", "widetilde", "vec", "mathcal", "mathbb", "mathbf", "boldsymbol")
)
_SPLITTING = frozenset((",", ";", "|", "\\mid", "\\cdot", "\\vert", "\\chi", "\\mathcal"))
_COUNTS = frozenset("NTK")
_CONSTANTS = frozenset(("\\pi", "e"))


def with_asymptotics(nodes: Sequence[Node]) -> tuple[Node, ...]:
    r"""Return a formula with another sign for every \sim that compares formulas."""
    places = [place for place, node in enumerate(nodes) if leaf_text(node) == _DRAWING]
    if not places:
        return tuple(nodes)
    found = list(nodes)
    ends = [-1, *places, len(nodes)]
    for number, place in enumerate(places, start=1):
        left, right = nodes[ends[number - 1] + 1 : place], nodes[place + 1 : ends[number + 1]]
        node = nodes[place]
        if isinstance(node, Leaf) and _compare(left, right):
            found[place] = replace(node, token=replace(node.token, text=SIGN))
    return tuple(found)


def compares_formulas(latex: str) -> bool:
    r"""Return whether a formula has a \sim that compares formulas."""
    try:
        nodes = parse_syntax(tokenize(latex))
    except NotUnderstood:
        return False
    return any(leaf_text(node) == SIGN for node in with_asymptotics(nodes))


def _compare(left: Sequence[Node], right: Sequence[Node]) -> bool:
    while right and leaf_text(right[-1]) in (".", ",", ";"):
        right = right[:-1]
    if not _is_formula(right):
        return False
    if _is_worked_out(left):
        return bool(_letters(left) & _letters(right))
    place = _place(left)
    raised = any(leaf_text(n) == "/" or (isinstance(n, Scripted) and n.upper is not None) for n in right)
    return place is not None and place in _letters(right) and (raised or _is_worked_out(right))


def _place(nodes: Sequence[Node]) -> str | None:
    """Return the letter at which a member or a value is taken, n of a_n and x of f(x); None for anything else."""
    match nodes:
        case [Scripted(base=Leaf(), lower=[Leaf() as place], upper=None)] | [Leaf(), Group(items=[Leaf() as place])]:
            name = nodes[0].base if isinstance(nodes[0], Scripted) else nodes[0]
            return None if leaf_text(name).isupper() else leaf_text(place)
    return None


def _is_worked_out(nodes: Sequence[Node]) -> bool:
    """Return whether a side is a formula of numbers, and no variable, or sum of variables, that could be drawn."""
    parts = list(everything(nodes))
    works = any(leaf_text(n) in _WORKED_OUT or (isinstance(n, Command) and n.name in _COMMANDS) for n in parts)
    return works and _is_formula(nodes)


def _is_formula(nodes: Sequence[Node]) -> bool:
    parts = list(everything(nodes))
    if any(isinstance(n, Words) or leaf_text(n) in _SPLITTING for n in parts):
        return False
    if any(isinstance(n, Command) and n.name in _DECORATED for n in parts):
        return False
    capitals = {leaf_text(n) for n in parts if len(leaf_text(n)) == 1 and leaf_text(n).isupper()}
    return capitals <= _COUNTS and not _is_call(nodes)


def _is_call(nodes: Sequence[Node]) -> bool:
    """Return whether nodes are one name at a place, p(x), which may be a law."""
    return len(nodes) == 2 and isinstance(nodes[1], Group) and nodes[1].opening in ("(", "[")


def _letters(nodes: Iterable[Node]) -> set[str]:
    """Return the letters that do not stand in subscripts."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Scripted(base=base, upper=upper):
                found |= _letters((base, *(upper or ())))
            case Group(items=items):
                found |= _letters(items)
            case Command(arguments=arguments):
                found |= _letters(n for argument in arguments for n in argument)
            case Leaf() if leaf_text(node).isalpha() and len(leaf_text(node)) == 1:
                found.add(leaf_text(node))
    return found - {"e"}


def has_constants(nodes: Sequence[Node]) -> bool:
    """Return whether a side has a number or a constant outside of exponents: they count where sides are equal."""
    for node in nodes:
        match node:
            case Scripted(base=base):
                if has_constants((base,)):
                    return True
            case Group(items=items):
                if has_constants(items):
                    return True
            case Command(arguments=arguments):
                if any(has_constants(argument) for argument in arguments):
                    return True
            case Leaf():
                if leaf_text(node) in _CONSTANTS or leaf_text(node)[:1].isdigit():
                    return True
    return False


def compared(kind: str, left: Term, right: Term, constants: bool) -> tuple[Reading, ...]:
    """Return what a sign says of how two terms grow, in all its senses."""
    if kind == "\\gg":
        left, right = right, left
    if kind != SIGN:
        return Reading("=", left, Landau(right, "o")), Reading("=", left, Landau(right, "O"), "if \\ll means O(...)")
    alike = Reading("->", Quotient(left, right), _ONE)
    if constants:
        return (alike,)
    return alike, Reading("=", left, Landau(right, "Theta"), "if \\sim means of one order")


def moving_by_custom(names: Iterable[str], told: Sequence[Tending]) -> Tending | None:
    """Return what goes to infinity where no words of the sentence tell it: what others tell, or what counts."""
    here = set(names)
    elsewhere = [t for t in told if t.symbol in here]
    if elsewhere:
        return elsewhere[0] if len(elsewhere) == 1 else None
    counting = [s for s in COUNTING if s in here]
    return Tending(counting[0], "infinity", by_custom=True) if len(counting) == 1 else None
