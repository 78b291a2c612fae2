"""How a document uses its names: which are laws, which are functions, which letters count.

Gathered from the syntax of every formula before any of them is given a meaning, since the meaning of
p(x), D(x) or x_i depends on it. Declarations override what is found here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from errata.language import kernels, symbols, unnormalised
from errata.language.averages import ranges_of_averages
from errata.language.component_functions import component_functions
from errata.language.cursor import relation_of, split
from errata.language.energies import energies
from errata.language.entropy_units import written_bases
from errata.language.finite_arguments import finite_functions
from errata.language.implied_dependence import differentiated
from errata.language.informed_variables import JOINT, informed_variables
from errata.language.knowledge import LawUsage, Usage
from errata.language.number_lists import listed_names, lists_lie
from errata.language.paired_indices import letters_of_places, paired
from errata.language.probabilities import probabilities
from errata.language.probability_notation import LAW_BASES
from errata.language.randomness import averaged_names
from errata.language.sequences import sequences
from errata.language.summed_letters import summed_letters
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    everything,
    inside,
    leaf_text,
)

_FUNCTION_LETTERS = frozenset(
    [
        "f",
        "g",
        "h",
        "F",
        "G",
        "D",
        "V",
        "L",
        "J",
        "C",
        "U",
        "\\phi",
        "\\psi",
        "\\ell",
        "\\mathcal{L}",
        "\\mathcal{F}",
        "\\sigma",
    ]
)
_LAW_HEADS = frozenset(("KL", "JS", "JSD", "H", "TV"))
_OF_RANDOM_VARIABLES = frozenset(
    written for letter in ("E", "V", "H", "I") for written in (letter, f"\\mathbb{{{letter}}}", f"\\mathrm{{{letter}}}")
)
"""Names that have a meaning of their own before square brackets."""
_CAPITALS = frozenset("PQ")
_INDEX_LETTERS = frozenset("ijklmnst")
_COUNTING = frozenset("ijklmn")
_DOTS = frozenset(("\\ldots", "\\vdots", "\\ddots"))
_MATRICES = frozenset(("matrix", "pmatrix", "bmatrix", "array", "smallmatrix"))
_ENDS = re.compile(r"[^\w\\]+")


@dataclass
class _Evidence:
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    laws: set[str] = field(default_factory=set)
    calls: dict[str, list[tuple[list[str], list[str]]]] = field(default_factory=lambda: defaultdict(list))
    margins: dict[str, set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))
    called: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)
    simply: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    compound: set[str] = field(default_factory=set)
    slots: set[str] = field(default_factory=set)
    ranges: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    range_nodes: dict[str, tuple[tuple[Node, ...], tuple[Node, ...]]] = field(default_factory=dict)
    arguments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    points: dict[str, str] = field(default_factory=dict)
    unnormalised: Set[str] = frozenset()
    probabilities: Set[str] = frozenset()
    subscripted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def gather(
    formulas: Iterable[Sequence[Node]], *, discrete: bool = True, not_normalised: Set[str] = frozenset()
) -> Usage:
    """Return the usage of names in these formulas.

    discrete: entropies are those of discrete variables. not_normalised: laws that are said to be no laws.
    """
    formulas = list(formulas)
    evidence = _Evidence(
        unnormalised=not_normalised | unnormalised.in_formulas(formulas), probabilities=probabilities(formulas)
    )
    averaged: set[str] = set()
    for formula in formulas:
        _walk(formula, evidence)
        averaged.update(averaged_names(formula))
    for index, ends in ranges_of_averages(formulas).items():
        if index not in evidence.ranges:
            evidence.ranges[index].add((symbols.label(ends[0]), symbols.label(ends[1])))
            evidence.range_nodes[index] = ends
    laws = (set(evidence.laws) | set(evidence.values)) - evidence.unnormalised
    laws -= (listed := listed_names(formulas))
    laws -= (objectives := _objectives(formulas, laws, evidence))
    evidence.called.update((evidence.unnormalised | objectives) & set(evidence.values))
    aliases = _aliases(laws, evidence)
    if not any(leaf_text(n) in _DERIVATIVES for formula in formulas for n in everything(formula)):
        aliases.update(_priors(laws - aliases.keys(), evidence))
    spaces = {
        law: LawUsage(
            _ordered(evidence.values, law, aliases),
            _ordered(evidence.given, law, aliases),
            kernels.places_of(evidence.calls[law]),
        )
        for law in laws
        if law not in aliases
    }
    implied = informed_variables(formulas, {space for use in spaces.values() for space in use.all})
    if implied and discrete:
        spaces[JOINT] = LawUsage(implied)
    functions = frozenset(
        symbol
        for symbol, count in evidence.called.items()
        if symbol in evidence.unnormalised | objectives
        or (
            symbol not in laws
            and count
            and not _multiplies(symbol, evidence)
            and (symbol in _FUNCTION_LETTERS or _stem(symbol) in _FUNCTION_LETTERS or not evidence.bare[symbol])
        )
    )
    functions |= energies(formulas)
    points = {space for use in spaces.values() for space in use.all} | evidence.slots
    finite = finite_functions(formulas, call_symbol, laws | points | evidence.unnormalised)
    functions -= finite.functions
    counted = evidence.bound | evidence.compound | summed_letters(formulas) | finite.letters
    indices = _beside_others(frozenset(counted) - evidence.slots, evidence)
    all_spaces = {space for use in spaces.values() for space in use.all}
    between = {b: second for b, second in paired(formulas).items() if b not in laws and b not in all_spaces}
    indices |= letters_of_places(formulas, between) - evidence.slots
    indexed = frozenset(base for base, letters in evidence.subscripted.items() if letters & indices) | finite.functions
    ranges = _ranges(evidence, indices)
    arguments = {f: names for f, names in evidence.arguments.items() if f in functions and set(names) <= all_spaces}
    for symbol in functions - arguments.keys():
        if _stem(symbol) in arguments:
            arguments[symbol] = arguments[_stem(symbol)]
    return Usage(
        MappingProxyType(spaces),
        MappingProxyType(aliases),
        functions,
        indices,
        indexed,
        MappingProxyType(ranges),
        MappingProxyType(arguments),
        MappingProxyType(evidence.points),
        frozenset(averaged),
        _range_ends(evidence),
        MappingProxyType(
            {s: _places(s, evidence) for s in sorted(evidence.unnormalised & functions) if unnormalised.is_density(s)}
        ),
        MappingProxyType({base: frozenset(letters) for base, letters in evidence.subscripted.items() if letters}),
        sequences(formulas),
        MappingProxyType(between),
        frozenset(evidence.probabilities - laws),
        finite.functions,
        written_bases(formulas),
        component_functions(formulas),
        lists_lie(formulas, listed),
    )


def _objectives(formulas: Sequence[Sequence[Node]], laws: Set[str], evidence: _Evidence) -> set[str]:
    r"""Return the capitals, else used for laws, that are differentiated by their points: \partial Q / \partial t.

    P(x; t) is a law that depends on t.
    """
    taken = differentiated(formulas)
    found = (s for s in laws & taken.keys() & _CAPITALS if taken[s] and not laws & set(taken[s]))
    return {s for s in found if set(evidence.values[s]) & {symbols.base_name(t) for t in taken[s]}}


def _places(symbol: str, evidence: _Evidence) -> tuple[str, ...]:
    """Return the spaces that a name is always applied to points of; nothing where that differs."""
    spaces = _ordered(evidence.values, symbol, {})
    return spaces if evidence.margins[symbol] == {frozenset(spaces)} else ()


def _beside_others(indices: frozenset[str], evidence: _Evidence) -> frozenset[str]:
    """Add the letters that stand where an index stands too: with y_j, j being one, y_k is a member as well."""
    grown = set(indices)
    for _ in _COUNTING:
        for letters in evidence.subscripted.values():
            counting = letters & _COUNTING - evidence.slots
            if letters & grown:
                grown |= counting
    return frozenset(grown)


def _multiplies(symbol: str, evidence: _Evidence) -> bool:
    """Return whether a name that also stands alone is only followed by sums in brackets: F(H - G F), g_t(x - y).

    It must be a capital or have an index.
    """
    indexed = "_{" in symbol and symbol[-2:-1] in _INDEX_LETTERS
    return (symbol.isupper() or indexed) and bool(evidence.bare[symbol]) and symbol not in evidence.simply


def _stem(symbol: str) -> str:
    return symbol.split("^", 1)[0].split("_", 1)[0].rstrip("'")


def _ordered(found: dict[str, list[str]], law: str, aliases: dict[str, str]) -> tuple[str, ...]:
    names = [
        n for symbol in [law, *(a for a, target in aliases.items() if target == law)] for n in found.get(symbol, ())
    ]
    return tuple(dict.fromkeys(names))


def _aliases(laws: set[str], evidence: _Evidence) -> dict[str, str]:
    """P and p, P_{data} and p_{data}: one law where both spellings stand for laws."""
    found = {}
    for symbol in laws:
        if symbol[0] in "PQ":
            lower = symbol[0].lower() + symbol[1:]
            if lower in laws:
                found[symbol] = lower
    return found


_DERIVATIVES = frozenset(("\\nabla", "\\partial"))
"""Signs of a note for which it matters that a prior does not depend on the parameters of the model."""


def _priors(laws: set[str], evidence: _Evidence) -> dict[str, str]:
    """p(z) beside p_\\theta(x | z): the margin of one law, unless the note writes p_\\theta(z) too."""
    found = {}
    for symbol in sorted(laws & {_stem(law) for law in laws}):
        labelled = [law for law in laws if law != symbol and _stem(law) == symbol and "_" in law]
        margins = evidence.margins[symbol]
        if len(labelled) != 1 or evidence.given[symbol] or not margins:
            continue
        if kernels.places_of(evidence.calls[labelled[0]]):
            continue
        (model,) = labelled
        conditions = set(evidence.given[model])
        if all(m and m <= conditions for m in margins) and not margins & evidence.margins[model]:
            found[symbol] = model
    return found


def _range_ends(evidence: _Evidence) -> frozenset[str]:
    """Return what the upper ends of all ranges name."""
    return frozenset(end for texts in evidence.ranges.values() for _, high in texts for end in _ENDS.split(high))


def _ranges(evidence: _Evidence, indices: frozenset[str]) -> dict[str, tuple]:  # type: ignore[type-arg]
    from errata.language.knowledge import Knowledge
    from errata.language.meaning import Meaning
    from errata.language.tokens import NotUnderstood

    known = Knowledge(usage=Usage(range_ends=_range_ends(evidence)))
    found = {}
    for letter, texts in evidence.ranges.items():
        if len(texts) == 1 and letter in indices:
            low, high = evidence.range_nodes[letter]
            try:
                found[letter] = (Meaning(known).expression(low), Meaning(known).expression(high))
            except NotUnderstood:
                continue
    return found


def call_symbol(node: Node) -> str | None:
    """Return the symbol of a name that a bracket follows: labels kept, powers and primes dropped."""
    if not isinstance(node, Scripted):
        return symbols.base_symbol(node)
    base = symbols.base_symbol(node.base)
    if base is None:
        return None
    upper = symbols.label(node.upper or ()) if symbols.is_bracketed(node.upper) else ""
    upper = "*" if symbols.is_star(node.upper) else symbols.policy_label(node.base, node.upper) or upper
    return symbols.compose(base, symbols.label(node.lower or ()), upper)


def _walk(nodes: Sequence[Node], evidence: _Evidence) -> None:
    """Gather from one level and all below it."""
    nodes = _with_drawn(nodes)
    is_argument = _is_argument(nodes)
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        bracket = following.base if isinstance(following, Scripted) else following
        symbol = call_symbol(node)
        if symbol is not None:
            if isinstance(bracket, Group) and bracket.opening in ("(", "["):
                _call(symbol, bracket, evidence)
            elif not is_argument:
                evidence.bare[symbol] += 1
        _operator(node, evidence)
        if relation_of(node) == "~" and following is not None:
            _law_after(nodes[place + 1 :], evidence)
        _functional(nodes, place, evidence)
        if isinstance(node, Words) and node.text.strip() == "diag" and isinstance(following, Group):
            _spelled_out(following.items, evidence)
        if leaf_text(node) == "\\ldots":
            _dotted(nodes, place, evidence)
        if isinstance(node, Scripted):
            _scripts(node, evidence)
        _below(node, evidence)


def _with_drawn(nodes: Sequence[Node]) -> Sequence[Node]:
    r"""Put what is drawn in the place of the dot: s' \sim P(\cdot | s, a)."""
    found = list(nodes)
    for place, node in enumerate(nodes[:-2]):
        law = nodes[place + 2] if place + 2 < len(nodes) else None
        if place and relation_of(node) == "~" and isinstance(law, Group):
            drawn = nodes[place - 1]
            found[place + 2] = replace(law, items=tuple(drawn if leaf_text(n) == "\\cdot" else n for n in law.items))
    return found


def _dotted(nodes: Sequence[Node], place: int, evidence: _Evidence) -> None:
    """X_1 + \\dots + X_n: what stands below the last of them counts, and so do the names that carry it."""
    if not place or leaf_text(nodes[place - 1]) not in ("+", "-"):
        return
    ahead = [n for n in nodes[place + 1 : place + 8] if leaf_text(n) not in ("+", "-")]
    for node in everything(ahead[:3]):
        if isinstance(node, Scripted) and node.lower and symbols.base_symbol(node.base) is not None:
            evidence.compound.update(s for n in node.lower if (s := symbols.decorated(n)) and len(s) == 1)


def _spelled_out(nodes: Sequence[Node], evidence: _Evidence) -> None:
    r"""[a_1, \dots, a_n] and matrices with \vdots: what stands below the entries counts."""
    if any(leaf_text(node) in _DOTS for node in nodes):
        for node in everything(nodes):
            if isinstance(node, Scripted) and node.lower and symbols.base_symbol(node.base) is not None:
                evidence.compound.update(s for n in node.lower if (s := symbols.decorated(n)) and len(s) == 1)


def _below(node: Node, evidence: _Evidence) -> None:
    if isinstance(node, Scripted):
        _walk((node.base,), evidence) if not isinstance(node.base, Leaf) else None
        if leaf_text(node.base) not in ("\\max", "\\min", "\\sum", "\\prod", "\\int"):
            if any(relation_of(n) for n in node.lower or ()):
                _walk(node.lower or (), evidence)
        elif node.lower and any(relation_of(n) for n in node.lower):
            _walk(node.lower, evidence)
        _walk([n for n in node.upper or () if not isinstance(n, Leaf)], evidence)
    elif isinstance(node, Group):
        if node.opening == "[":
            _spelled_out(node.items, evidence)
        _walk(node.items, evidence)
    elif isinstance(node, Command):
        for argument in node.arguments:
            _walk(argument, evidence)
    elif isinstance(node, Environment):
        if node.name.rstrip("*") in _MATRICES:
            _spelled_out([n for row in node.rows for cell in row for n in cell], evidence)
        for row in node.rows:
            _walk([n for cell in row for n in cell], evidence)


def _is_argument(nodes: Sequence[Node]) -> bool:
    """Return whether this level is only a list of names: V(D, G)."""
    return all(symbols.decorated(n) is not None or leaf_text(n) == "," for n in nodes)


def _call(symbol: str, bracket: Group, evidence: _Evidence) -> None:
    texts = [leaf_text(n) for n in bracket.items]
    barred = "|" in texts or "\\mid" in texts
    if (
        symbol in LAW_BASES
        or symbols.base_name(symbol) in ("p", "q")
        or (barred and _stem(symbol) in ("\\pi", "r", "f", "g", "T", "b"))
    ):
        if any(t in ("+", "-") for t in texts) and not barred:
            return
        if bracket.opening == "[" and not barred:
            return
        _law_call(symbol, bracket, evidence)
        return
    if _takes_laws(symbol, bracket):
        evidence.called[symbol] += 1
        return
    names = [_slot_name(part) for part in split(split(bracket.items, (";",))[0], (",",))]
    if all(names):
        evidence.arguments.setdefault(symbol, tuple(symbols.base_name(n) for n in names if n))
    simple = len(bracket.items) == 1 or any(t in (",", ";") for t in texts)
    nested = (
        len(bracket.items) == 2 and call_symbol(bracket.items[0]) is not None and isinstance(bracket.items[1], Group)
    )
    if simple or nested:
        evidence.simply.add(symbol)
    if bracket.opening == "(" and (simple or nested or _stem(symbol) in ("f", "g", "h", "F", "\\phi", "\\psi")):
        if len(bracket.items) == 1 and isinstance(bracket.items[0], Leaf) and bracket.items[0].token.kind == "number":
            simple = _stem(symbol) in _FUNCTION_LETTERS
        evidence.called[symbol] += bool(simple or nested or _stem(symbol) in _FUNCTION_LETTERS)
    elif symbol == "\\sigma":
        evidence.called[symbol] += 1


def _takes_laws(symbol: str, bracket: Group) -> bool:
    """Return whether this is a functional, L[q] or F[q, p]: a name before a list of laws in square brackets."""
    parts = split(bracket.items, (",",))
    named = all(len(part) == 1 and symbols.base_name(symbols.decorated(part[0]) or "") in ("p", "q") for part in parts)
    return bracket.opening == "[" and named and symbol not in _OF_RANDOM_VARIABLES


def _law_call(symbol: str, bracket: Group, evidence: _Evidence) -> None:
    evidence.values.setdefault(symbol, [])
    halves = split(split(bracket.items, (";",))[0], ("|", "\\mid"))
    spaces: list[list[str]] = [[], []]
    for half, into, found in zip(halves, (evidence.values, evidence.given), spaces, strict=False):
        for part in split(half, (",",)):
            name = _slot_name(part)
            found.append(symbols.base_name(name or ""))
            if name is not None:
                into[symbol].append(symbols.base_name(name))
                evidence.points.setdefault(symbols.base_name(name), name)
                evidence.slots.add(name)
    if len(halves) == 1:
        evidence.margins[symbol].add(frozenset(spaces[0]))
    evidence.calls[symbol].append((spaces[0], spaces[1]))


def _slot_name(part: Sequence[Node]) -> str | None:
    """Return the name in a slot: x, x_n, X = x."""
    sides = split(part, ("=",))
    if not sides or len(sides[0]) != 1:
        return None
    return symbols.decorated(sides[0][0])


def _operator(node: Node, evidence: _Evidence) -> None:
    """i under a sum with a range counts; its range is kept if all sums agree."""
    if not (isinstance(node, Scripted) and leaf_text(node.base) in ("\\sum", "\\prod") and node.lower):
        return
    halves = split(node.lower, ("=",))
    names = [s for part in split(halves[0], (",",)) for n in part if (s := symbols.decorated(n))]
    if len(halves) == 2:
        evidence.bound.update(names)
        for name in names if node.upper else ():
            evidence.ranges[name].add((symbols.label(halves[1]), symbols.label(node.upper or ())))
            evidence.range_nodes[name] = (halves[1], node.upper or ())
        return
    if len(halves) == 1:
        evidence.bound.update(n for n in names if n in _INDEX_LETTERS)
        below = [relation_of(n) for n in node.lower]
        if "!=" in below:
            letters = [s for n in node.lower if (s := symbols.decorated(n))]
            evidence.bound.update(n for n in letters if n in _INDEX_LETTERS)


def _law_after(nodes: Sequence[Node], evidence: _Evidence) -> None:
    """The name after \\sim is a law."""
    symbol = call_symbol(nodes[0])
    if symbol is None or symbol in ("N", "U", "\\mathcal{N}", "\\mathcal{U}"):
        return
    if isinstance(nodes[0], Leaf | Scripted):
        evidence.laws.add(symbol)


def _functional(nodes: Sequence[Node], place: int, evidence: _Evidence) -> None:
    """KL(p || q), H(p, q): bare names there are laws, unless they are variables in capitals (H(X))."""
    node = nodes[place]
    if not (isinstance(node, Group) and place):
        return
    head = nodes[place - 1]
    word = head.text if isinstance(head, Words) else ""
    if isinstance(head, Scripted) and leaf_text(head.base) == "D" and head.lower:
        word = symbols.label(head.lower)
    if isinstance(head, Leaf) and head.token.kind == "letter":
        start = place - 1
        while start and isinstance(nodes[start - 1], Leaf) and leaf_text(nodes[start - 1]).isupper():
            start -= 1
        word = "".join(leaf_text(n) for n in nodes[start:place])
    texts = [leaf_text(n) for n in node.items]
    if word == "D" and not ("\\Vert" in texts or texts.count("|") == 2):
        return
    if word not in _LAW_HEADS and word != "D":
        return
    for item in everything(node.items) if word != "H" else node.items:
        symbol = call_symbol(item)
        number = word == "H" and symbol in evidence.probabilities
        if symbol is not None and symbols.base_name(symbol) in ("p", "q") and not number:
            evidence.laws.add(symbol)


def _scripts(node: Scripted, evidence: _Evidence) -> None:
    base = symbols.base_symbol(node.base)
    if base is None:
        if leaf_text(node.base) == "E" or (
            isinstance(node.base, Command) and symbols.label(node.base.arguments[0]) == "E"
        ):
            _expectation_subscript(node.lower or (), evidence)
        return
    if base == "E":
        _expectation_subscript(node.lower or (), evidence)
        return
    scripts = [() if symbols.is_word_label(node.lower, base) else node.lower or ()]
    if symbols.is_bracketed(node.upper):
        group = (node.upper or ())[0]
        assert isinstance(group, Group)
        scripts.append(group.items)
    for script in scripts:
        letters = {s for n in script if (s := symbols.decorated(n)) and len(s) == 1}
        evidence.subscripted[base].update(letters)
        if any(leaf_text(n) in ("+", "-") for n in script) and len(script) > 1:
            evidence.compound.update(letters & _INDEX_LETTERS)


def _expectation_subscript(lower: Sequence[Node], evidence: _Evidence) -> None:
    if not lower or any(relation_of(n) == "~" for n in lower):
        _walk(lower, evidence)
        return
    symbol = call_symbol(lower[0])
    if symbol is not None and symbols.base_name(symbol) in ("p", "q"):
        following = lower[1] if len(lower) > 1 else None
        if isinstance(following, Group):
            _law_call(symbol, following, evidence)
        elif following is None:
            evidence.laws.add(symbol)


__all__ = ["call_symbol", "gather", "inside"]
