"""Names where they stand: calls, laws, entries, the identity matrix, the Kronecker delta."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from errata.language import component_functions, decorated_names, function_notation, probability_notation, symbols
from errata.language.cursor import Cursor, describe, split
from errata.language.definitions import used_symbols
from errata.language.expansions import told_as_rate
from errata.language.inference import relevant
from errata.language.power_notation import raised
from errata.language.sorts import Matrix, Real
from errata.language.syntax import Group, Node, Scripted, Words, leaf_text
from errata.language.terms import Apply, Elementary, Entry, Landau, LawReference, MatrixOperation, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_LANDAU: Mapping[str, Literal["O", "o", "Theta", "Omega"]] = {
    "O": "O",
    "\\mathcal{O}": "O",
    "o": "o",
    "\\Theta": "Theta",
    "\\Omega": "Omega",
}
ENTRY_OF_POWER = "entry of a power"
FACTOR = "bracket as a factor"
"""The choice of reading by which a bracket after a name without arguments is a factor, though it holds a variable."""
LOGISTIC = "logistic"
"""The choice of reading by which \\sigma(x) is the logistic function though \\sigma is declared a number."""


def named(meaning: Meaning, cursor: Cursor) -> Term:
    """A name with its labels, indices, power and call."""
    node = cursor.take()
    delta = _kronecker(meaning, node)
    if delta is not None:
        return delta
    name = decorated_names.resolve(meaning, node)
    if name is None:
        hint = "declare it, or write it in another way" if isinstance(node, Words) else ""
        raise NotUnderstood(f"{describe(node)} was not understood", node.span, hint)
    symbol, indices, upper, primes = name.symbol, name.indices, name.upper, name.primes
    if not indices and not upper and not primes:
        member = component_functions.component(meaning, cursor, node, symbol)
        if member is not None:
            return member
    following = cursor.peek()
    bracket = following.base if isinstance(following, Scripted) else following
    if symbol in _LANDAU and _is_remainder(meaning, node, following):
        cursor.take()
        assert isinstance(following, Group)
        span = Span(node.span.start, following.span.end)
        return Landau(meaning.expression(following.items, following.span), _LANDAU[symbol], span=span)
    counted = symbol in meaning.bound and symbol in meaning.knowledge.usage.ranges
    law = None if counted else meaning.knowledge.law(symbol)
    called = (
        isinstance(bracket, Group) and bracket.opening in ("(", "[") and not (indices and not _applies(meaning, symbol))
    )
    if called and isinstance(bracket, Group) and _is_call(meaning, symbol, law, bracket):
        assert following is not None
        if upper and symbols.label(upper) == "-1":
            raise NotUnderstood("inverse functions are not read", node.span)
        cursor.take()
        outer = following.upper if isinstance(following, Scripted) else None
        if law is not None or (primes == 0 and probability_notation.looks_like_law(meaning, symbol, bracket)):
            value: Term = probability_notation.density(meaning, law or symbol, bracket, node.span, indices)
        else:
            value = _apply(meaning, symbol, bracket, node.span, primes, indices)
        if isinstance(following, Scripted) and following.lower is not None:
            value = Entry(value, decorated_names.indices(meaning, following.lower, 2), span=value.span)
        for power in (upper, outer):
            if power:
                value = raised(meaning, value, power, Span(node.span.start, following.span.end))
        return value
    if law is not None and not indices:
        value = LawReference(Name(law, span=node.span), span=node.span)
        return raised(meaning, value, upper, node.span) if upper else value
    if _is_identity(meaning, node, symbol) or (len(indices) == 2 and _names_identity(meaning, symbol)):
        return _identity(meaning, node, indices, upper)
    plain = symbols.compose(symbol, "", "", primes)
    base: Term = Name(plain, span=node.span)
    if indices and upper and _is_entry_of_power(meaning, symbol, indices, upper):
        return Entry(raised(meaning, base, upper, node.span), indices, span=node.span)
    if indices:
        base = Entry(base, indices, span=node.span)
    return raised(meaning, base, upper, node.span) if upper else base


def _is_remainder(meaning: Meaning, node: Node, following: Node | None) -> bool:
    """Return whether O(...) is the remainder of a series: O is no name of the note."""
    symbol = symbols.base_symbol(node)
    if symbol is None or symbol in meaning.bound or meaning.knowledge.declared(symbol):
        return False
    if _LANDAU[symbol] != "O" and told_as_rate(symbol) not in meaning.knowledge.scope.notations:
        return False
    return isinstance(following, Group) and following.opening == "("


def _is_entry_of_power(meaning: Meaning, symbol: str, indices: tuple[Term, ...], upper: tuple[Node, ...]) -> bool:
    """Tell (A^{-1})_{ij} from (A_{ij})^{-1}: an inverse is more often that of the matrix, another power the entry's."""
    power = symbols.label(upper)
    if not isinstance(meaning.knowledge.scope.sorts.get(symbol), Matrix) or len(indices) != 2:
        return False
    if not power.lstrip("-").isdecimal():
        return False
    meaning.ambiguities.add(ENTRY_OF_POWER)
    return (power == "-1") != (ENTRY_OF_POWER in meaning.choices)


def _kronecker(meaning: Meaning, node: Node) -> Term | None:
    """\\delta_{x, y} and \\delta_{ij}: 1 where the two agree."""
    if not isinstance(node, Scripted) or leaf_text(node.base) != "\\delta" or node.upper or not node.lower:
        return None
    if meaning.knowledge.declared("\\delta"):
        return None
    parts = split(node.lower, (",",))
    if (
        len(parts) == 1
        and len(node.lower) == 2
        and all(decorated_names.runs(meaning, t) or t in "ijklmn" for n in node.lower if (t := leaf_text(n)))
    ):
        parts = [(n,) for n in node.lower]
    if len(parts) != 2 or not all(parts):
        return None
    both = tuple(meaning.expression(part, node.span) for part in parts)
    return Elementary("delta", both, span=node.span)


def _is_identity(meaning: Meaning, node: Node, symbol: str) -> bool:
    """I, I_d, \\mathbf{I}: the identity matrix, where nothing else is said of that name."""
    base = symbol.split("_", 1)[0]
    if symbol != base and _names_identity(meaning, base) and not meaning.knowledge.declared(symbol):
        return "^" not in symbol
    return (
        base in ("I", "\\mathbf{I}")
        and base not in meaning.knowledge.usage.range_ends
        and not meaning.knowledge.declared(symbol)
        and not meaning.knowledge.declared(base)
        and "^" not in symbol
    )


def _names_identity(meaning: Meaning, base: str) -> bool:
    """Return whether the note says that this name is the identity matrix, whatever its size."""
    definition = meaning.knowledge.scope.definitions.get(base)
    return definition is not None and definition.body == MatrixOperation("identity")


def _identity(meaning: Meaning, node: Node, indices: tuple[Term, ...], upper: tuple[Node, ...] | None) -> Term:
    lower = node.lower if isinstance(node, Scripted) else None
    size = (meaning.expression(lower, node.span),) if lower and len(indices) < 2 else ()
    value: Term = MatrixOperation("identity", size, span=node.span)
    if len(indices) == 2:
        return Elementary("delta", indices, span=node.span)
    return raised(meaning, value, upper, node.span) if upper else value


def _is_deviation(meaning: Meaning) -> bool:
    """Return whether sigma is declared a number: before a bracket it is that, or the logistic function after all."""
    return isinstance(meaning.knowledge.scope.sorts.get("\\sigma"), Real)


def _is_of_the_notes_own(meaning: Meaning, symbol: str) -> bool:
    return symbol in meaning.knowledge.named and not meaning.knowledge.declared(symbol)


def _applies(meaning: Meaning, symbol: str) -> bool:
    return meaning.knowledge.is_function(symbol)


def _is_call(meaning: Meaning, symbol: str, law: str | None, bracket: Group) -> bool:
    """Return whether a bracket after a name holds its arguments."""
    if symbol in meaning.bound or _is_factor(symbol, bracket):
        return False
    if law is not None or meaning.knowledge.is_function(symbol) or _is_finite(meaning, symbol):
        return True
    if symbol == "\\sigma" and (_is_deviation(meaning) or _is_of_the_notes_own(meaning, symbol)):
        meaning.ambiguities.add(LOGISTIC)
        return LOGISTIC in meaning.choices
    if _is_at_its_variables(meaning, symbol, bracket):
        meaning.ambiguities.add(FACTOR)
        return FACTOR not in meaning.choices
    if meaning.knowledge.declared(symbol):
        return any(leaf_text(n) in ("|", "\\mid") for n in bracket.items)
    if symbol == "\\delta" and any(leaf_text(n) == "-" for n in bracket.items):
        return True
    if symbol == "\\Gamma" or _is_word(symbol):
        return True
    return probability_notation.has_separators(bracket)


def _is_at_its_variables(meaning: Meaning, symbol: str, bracket: Group) -> bool:
    """Return whether a bracket holds names that the definition of a name without arguments rests on: g(w), g = 2w."""
    scope = meaning.knowledge.scope
    definition = scope.definitions.get(symbol)
    if definition is None or definition.parameters or symbol in scope.sorts:
        return False
    names = [symbols.decorated(part[0]) if len(part) == 1 else None for part in split(bracket.items, (",", ";"))]
    if None in names:
        return False
    return set(names) <= {name for term in relevant(scope, (definition.body,))[1] for name in used_symbols(term)}


def _is_factor(symbol: str, bracket: Group) -> bool:
    """Return whether the bracket holds the name itself, without an argument, beside other things: h (1 - h)."""
    followed = pairwise((*bracket.items, None))
    bare = any(n and symbols.decorated(n) == symbol and not isinstance(after, Group) for n, after in followed)
    return bare and len(bracket.items) > 1 and not probability_notation.has_separators(bracket)


def _apply(
    meaning: Meaning, symbol: str, bracket: Group, start: Span, primes: int, indices: tuple[Term, ...] = ()
) -> Term:
    parts = split(bracket.items, (";",))
    arguments = tuple(meaning.expression(p, bracket.span) for p in split(parts[0], (",", "|", "\\mid")))
    parameters = tuple(meaning.expression(p, bracket.span) for part in parts[1:] for p in split(part, (",",)))
    span = Span(start.start, bracket.span.end)
    if not primes and FACTOR not in meaning.choices and _is_at_its_variables(meaning, symbol, bracket):
        return Name(symbol, span=span)
    if _is_finite(meaning, symbol) and not primes and not parameters:
        return Entry(Name(symbol, span=start), arguments, span=span)
    own = meaning.knowledge.declared(symbol) or _is_of_the_notes_own(meaning, symbol)
    logistic = LOGISTIC in meaning.choices or not own
    if symbol == "\\sigma" and len(arguments) == 1 and logistic:
        if primes:
            return function_notation.derived_standard(meaning, "sigmoid", arguments[0], primes, span)
        return Elementary("sigmoid", arguments, span=span)
    if symbol == "\\Gamma" and len(arguments) == 1 and not meaning.knowledge.declared(symbol):
        return Elementary("gamma", arguments, span=span)
    laws = any(isinstance(a, LawReference) for a in arguments)
    if symbol == "\\delta" and not meaning.knowledge.declared(symbol) and not laws and len(arguments) <= 2:
        return Elementary("delta", arguments, span=span)
    return Apply(Name(symbol, span=start), indices + arguments, parameters, primes, span=span)


def _is_finite(meaning: Meaning, symbol: str) -> bool:
    """Return whether this is a function of a finite set of which no sentence says what it is."""
    return symbol in meaning.knowledge.usage.finite and symbol not in meaning.knowledge.scope.sorts


def _is_word(symbol: str) -> bool:
    """Return whether a name is a word, such as softmax: before a bracket it is a function."""
    word = symbol.removeprefix("\\mathrm{").split("}", 1)[0].split("_", 1)[0]
    return len(word) > 1 and word.isalpha()
