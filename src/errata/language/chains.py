"""Rows of a display into phrases, phrases into chains of relations; reasons and comments set aside."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from errata.language import congruences, symbols
from errata.language.bracket_repair import Guess, Mending, mend_row
from errata.language.cursor import relation_of, split, split_relations, without_commas
from errata.language.grammar import parse_syntax
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    everything,
    leaf_text,
    levels,
    span_of,
)
from errata.language.terms import Span
from errata.language.tokens import NotUnderstood, Token

_ALIGNING = frozenset(
    [
        "align",
        "aligned",
        "alignat",
        "alignedat",
        "split",
        "gather",
        "gathered",
        "multline",
        "multlined",
        "eqnarray",
        "flalign",
        "equation",
        "displaymath",
        "IEEEeqnarray",
        "dcases",
        "math",
    ]
)
_JOINERS = frozenset(("+", "-", "\\cdot", "\\times", "/", "*", "\\odot"))
_CONNECTORS = frozenset(("\\therefore", "\\because", "\\to", "\\leadsto", "\\longmapsto"))
_LINKS = frozenset(
    (
        "and hence", "and therefore", "and thus", "and so", "therefore", "which implies", "which gives", "so that",
        "it follows that", "implies", "implying", "i.e.", "that is", "giving",
    )
)  # fmt: skip
_CONDITION_WORDS = frozenset(
    ("if", "for", "when", "where", "with", "and", "s.t.", "subject to", "such that", "forall", "for all")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a display, alignment marks dropped; `problem` where it could not be parsed.

    mendings: the sides whose brackets did not balance; the nodes take the first guess of each.
    """

    nodes: tuple[Node, ...]
    problem: NotUnderstood | None = None
    mendings: tuple[Mending, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """A chain member = member = ...; `members[0]` is empty where the row begins with a relation.

    implied: how it follows from the proposition before it: "=>", "<=>" or "".
    """

    members: tuple[tuple[Node, ...], ...]
    relations: tuple[Node, ...]
    implied: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands between separators of a row: propositions, or a condition on the row."""

    propositions: tuple[Proposition, ...]
    condition: bool = False


def rows_of(tokens: Sequence[Token]) -> list[Row]:
    """Parse a display's tokens row by row, so that one bad row does not spoil the others."""
    try:
        nodes: tuple[Node, ...] | None = parse_syntax(tokens)
    except NotUnderstood as error:
        if error.problem.message.startswith("brackets are nested"):
            return [Row((), error)]
        nodes = None
    if nodes is not None:
        return _joined([Row(tuple(r)) for r in _rows(nodes) if r])
    found: list[Row] = []
    for part in _token_rows(tokens):
        try:
            found.extend(Row(tuple(r)) for r in _rows(parse_syntax(part)) if r)
        except NotUnderstood as error:
            mended = mend_row(part)
            kept = _rows(mended[0]) if mended else []
            found.append(Row(tuple(kept[0]), None, mended[1]) if mended and len(kept) == 1 else Row((), error))
    return _joined(found)


def guesses_for(nodes: Sequence[Node], mendings: Sequence[Mending]) -> tuple[Guess, ...]:
    """Return the ways to mend the side that these nodes are; empty where it was written well."""
    for mending in mendings:
        if nodes and mending.span.start <= nodes[0].span.start < mending.span.end:
            return tuple(
                Guess(tuple(without_commas(_without_reasons(g.nodes))), g.words) for g in mending.guesses if g.nodes
            )
    return ()


def _token_rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at \\\\ outside braces and matched inner environments; drop unmatched \\begin and \\end."""
    parts: list[list[Token]] = [[]]
    depth = 0
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.text in ("\\begin", "\\end"):
            name = "".join(t.text for t in tokens[place + 2 : place + 12]).split("}", 1)[0].rstrip("*")
            if name in _ALIGNING:
                while place < len(tokens) and tokens[place].kind != "close":
                    place += 1
                place += 1
                continue
            depth += 1 if token.text == "\\begin" else -1
        depth += (token.kind == "open") - (token.kind == "close")
        if token.text == "\\\\" and depth <= 0:
            parts.append([])
            depth = 0
        else:
            parts[-1].append(token)
        place += 1
    return [p for p in parts if p]


def _rows(nodes: Sequence[Node]) -> list[list[Node]]:
    """Cut at row ends; an aligning environment among the nodes gives its own rows."""
    rows: list[list[Node]] = [[]]
    for node in _without_number(nodes):
        if isinstance(node, Environment) and node.name.rstrip("*") in _ALIGNING:
            for place, row in enumerate(node.rows):
                inner = [n for cell in row for n in cell]
                expanded = _rows(inner)
                rows[-1].extend(expanded[0])
                rows.extend(expanded[1:])
                if place + 1 < len(node.rows):
                    rows.append([])
        elif leaf_text(node) in ("\\\\", "\\cr"):
            rows.append([])
        elif leaf_text(node) not in ("&",):
            rows[-1].append(node)
    return rows


def _without_number(nodes: Sequence[Node]) -> Sequence[Node]:
    """Drop the number of an enumeration: 2. (A + B)^{-1} = ..."""
    numbered = len(nodes) > 2 and isinstance(nodes[0], Leaf) and nodes[0].token.kind == "number"
    return nodes[2:] if numbered and leaf_text(nodes[1]) == "." else nodes


def _joined(rows: list[Row]) -> list[Row]:
    """Join a row to the one before where that one ends, or this one begins, with an operator."""
    done: list[Row] = []
    for row in rows:
        if row.nodes and all(_only_dots(n) for n in row.nodes):
            continue
        nodes = [n for n in row.nodes if leaf_text(n) != "\\quad"]
        before = [n for n in done[-1].nodes if leaf_text(n) != "\\quad"] if done else []
        goes_on = (
            bool(nodes)
            and bool(before)
            and (
                leaf_text(before[-1]) in _JOINERS
                or relation_of(before[-1]) is not None
                or (leaf_text(nodes[0]) in _JOINERS and not any(relation_of(n) for n in nodes))
            )
        )
        mended = bool(row.mendings or (done and done[-1].mendings))
        if goes_on and not mended and done[-1].problem is None and row.problem is None:
            done[-1] = Row(done[-1].nodes + tuple(nodes))
        else:
            done.append(row)
    return done


def _only_dots(node: Node) -> bool:
    """Return whether a node of a row only says that steps were left out: \\vdots, \\vdotswithin{=}."""
    return leaf_text(node) in ("\\vdots", "\\quad") or (isinstance(node, Command) and node.name == "vdotswithin")


def phrases(nodes: Sequence[Node]) -> list[Phrase]:
    """Cut a row at separators; drop reasons; tell conditions from propositions."""
    found: list[Phrase] = []
    for part, separator in _parts(_without_space_at_arrows(nodes)):
        words = " ".join(n.text for n in part if isinstance(n, Words)).lower().strip(" ,.:")
        kept = without_commas(_without_reasons(part))
        if not kept or not any(relation_of(n) for n in kept):
            if kept and not found and not words and separator != "\\quad":
                found.append(Phrase((Proposition((tuple(kept),), ()),)))
            continue
        follows = words in _LINKS or words in ("hence", "thus", "so", "then")
        if follows and found and _ends_in_zero(found[-1]):
            first, *others = _propositions(kept)
            found.append(Phrase((replace(first, implied="=>"), *others)))
            continue
        conditional = (bool(found) and (_is_condition(kept) or _is_case(kept, nodes))) or _runs_over(kept)
        if conditional or (not found and words in ("if",)):
            found.append(Phrase(_propositions(kept), condition=True))
        else:
            found.append(Phrase(_propositions(kept)))
    return found


def _without_space_at_arrows(nodes: Sequence[Node]) -> list[Node]:
    r"""Drop the space beside an arrow: in a = b \quad\Rightarrow\quad c = d it separates nothing."""
    arrows = {place for place, node in enumerate(nodes) if relation_of(node) in ("=>", "<=>", "->")}
    spaces = {place for place, node in enumerate(nodes) if leaf_text(node) == "\\quad"}
    beside: set[int] = set()
    for arrow in arrows:
        for step in (-1, 1):
            place = arrow + step
            while place in spaces:
                beside.add(place)
                place += step
    return [node for place, node in enumerate(nodes) if place not in beside]


def _ends_in_zero(phrase: Phrase) -> bool:
    last = phrase.propositions[-1].members[-1] if phrase.propositions and not phrase.condition else ()
    return [leaf_text(n) for n in without_commas(last)] == ["0"]


def _parts(nodes: Sequence[Node]) -> list[tuple[list[Node], str]]:
    """Cut at \\quad, at words that separate, and at commas on the row's level; each with what stood before."""
    parts: list[tuple[list[Node], str]] = [([], "")]
    for place, node in enumerate(nodes):
        text = leaf_text(node)
        if text == "," and _lists(parts[-1][0], nodes[place + 1 :]):
            parts[-1][0].append(node)
        elif text in ("\\quad", ",", ";"):
            if parts[-1][0]:
                parts.append(([], text))
            elif text == "\\quad" or not parts[-1][1]:
                parts[-1] = ([], text)
        elif isinstance(node, Words) and node.command == "text" and _separates(node.text) and parts[-1][0]:
            parts.append(([node], "\\quad"))
        else:
            parts[-1][0].append(node)
    return parts


def _lists(before: Sequence[Node], after: Sequence[Node]) -> bool:
    """Return whether a comma stands in a list with dots: i = 1, \\ldots, n or k = 1, 2, \\ldots, K."""
    if not any(relation_of(n) for n in before):
        return False
    following = [part for part in split(after, (",", ";", "\\quad")) if part]
    if not following or any(relation_of(n) for n in following[0]):
        return False
    numbers = itertools.takewhile(lambda part: len(part) == 1 and str(leaf_text(part[0])).isdigit(), following)
    following = following[max(0, len(list(numbers)) - 1) :]
    dotted = [[leaf_text(n) for n in part if leaf_text(n) != "."] == ["\\ldots"] for part in following[:2]]
    return any(dotted) or (leaf_text(before[-1]) == "\\ldots" and len(before) > 1)


def _runs_over(nodes: Sequence[Node]) -> bool:
    """Return whether a phrase says what an index runs over: i = 1, \\ldots, n."""
    members, relations = split_relations(nodes)
    if [relation_of(r) for r in relations] != ["="] or len(members[0]) != 1:
        return False
    texts = [leaf_text(n) for n in members[1]]
    return any(pair == [",", "\\ldots"] for pair in map(list, pairwise(texts)))


def _separates(text: str) -> bool:
    word = text.strip(" ,.:").lower()
    if word in _LINKS:
        return True
    return word in _CONDITION_WORDS or word in (
        "or",
        "so",
        "hence",
        "thus",
        "then",
        "as",
        "since",
        "because",
        "means",
    )


def _without_reasons(nodes: Sequence[Node]) -> list[Node]:
    """Drop words, comments in brackets and what follows them at the end of a phrase."""
    kept: list[Node] = []
    for place, node in enumerate(nodes):
        if congruences.is_modulus(node):
            kept.append(node)
            continue
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if isinstance(node, Words) and node.command == "text" and not _is_symbol(node, kept, following):
            continue
        touching = bool(kept) and kept[-1].span.end == node.span.start and leaf_text(kept[-1]) != "\\quad"
        if isinstance(node, Group) and node.opening in ("(", "[") and not touching and _is_comment(node):
            continue
        kept.append(node)
    while len(kept) > 1 and leaf_text(kept[0]) in _CONNECTORS:
        kept.pop(0)
    return kept


def remarks(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the words that stand in a row as remarks, in brackets and above relations too: "(by symmetry)"."""
    for level in levels(nodes):
        for place, node in enumerate(level):
            following = level[place + 1] if place + 1 < len(level) else None
            if isinstance(node, Words) and node.command == "text" and not _is_symbol(node, level[:place], following):
                yield node.text


def _is_symbol(node: Words, before: Sequence[Node], following: Node | None = None) -> bool:
    """\\text{KL}, \\text{Var}: a word that stands for a function or a name, not a remark.

    A word is a name too where a bracket follows it directly, or an operator stands before it.
    """
    word = "".join(node.text.split())
    if not word.isalpha():
        return False
    if word in ("KL", "JS", "JSD", "H", "I", "E", "TV", "Var", "Cov", "var", "cov", "MI", "tr") or _is_function(word):
        return True
    if isinstance(following, Group) and following.opening == "(" and following.span.start == node.span.end:
        return True
    return bool(before) and (leaf_text(before[-1]) in _JOINERS or relation_of(before[-1]) is not None)


def _is_function(word: str) -> bool:
    return word.lower() in (
        "log", "exp", "softmax", "softplus", "sigmoid", "sigm", "relu", "tanh", "max", "min", "argmax", "argmin",
        "det", "diag", "trace", "sign", "bernoulli", "bern", "uniform", "logistic", "vec", "sin", "cos", "ln",
    )  # fmt: skip


def _is_comment(group: Group) -> bool:
    words = [n for n in group.items if isinstance(n, Words) and n.command == "text" and not _is_symbol(n, ())]
    if words:
        return True
    return (
        bool(group.items)
        and all(isinstance(n, Leaf) and n.token.kind != "command" and n.text not in "+-" for n in group.items)
        and (len(group.items) >= 6 and all(n.token.kind == "letter" for n in group.items if isinstance(n, Leaf)))
    )


def _is_condition(nodes: Sequence[Node]) -> bool:
    """Return whether a phrase only limits names: a > 0, i \\ne j, k = 1, ..., K, x \\in R."""
    members, relations = split_relations(nodes)
    kinds = {relation_of(r) for r in relations}
    if kinds <= {"<", "<=", ">", ">=", "!=", "in"}:
        limits = members[:1] if kinds == {"in"} else members
        return all(len(list(everything(m))) <= 6 and all(_is_plain(n) for n in m) for m in limits)
    texts = [leaf_text(n) for n in everything(nodes)]
    return any("\\ldots" in pair and "," in pair for pair in pairwise(texts))


def _is_case(nodes: Sequence[Node], row: Sequence[Node]) -> bool:
    """Return whether a phrase sets two letters equal that stand below names of its row: i = j."""
    if len(nodes) != 3 or relation_of(nodes[1]) != "=":
        return False
    letters = {leaf_text(nodes[0]), leaf_text(nodes[2])}
    below = {leaf_text(n) for node in everything(row) if isinstance(node, Scripted) for n in node.lower or ()}
    return len(letters) == 2 and all(letter.isalpha() for letter in letters) and letters <= below


def _is_plain(node: Node) -> bool:
    """Return whether a node is a number, a sign or a name without a power: what a condition limits.

    H(p) <= log n and y^2 >= y beside another relation are claims of their own.
    """
    if isinstance(node, Leaf):
        return node.token.kind != "command" or node.text == "\\infty" or symbols.base_symbol(node) is not None
    if isinstance(node, Scripted):
        marked = symbols.is_star(node.upper) or symbols.is_bracketed(node.upper)
        powered = node.upper is not None and not (marked or symbols.policy_label(node.base, node.upper))
        return _is_plain(node.base) and not powered
    if isinstance(node, Group):
        return node.opening == "{" and all(_is_plain(n) for n in node.items)
    if isinstance(node, Command):
        return symbols.base_symbol(node) is not None or (
            node.name == "frac" and all(_is_plain(n) for argument in node.arguments for n in argument)
        )
    return False


def _propositions(nodes: Sequence[Node]) -> tuple[Proposition, ...]:
    """Cut at implications, then at relations."""
    parts: list[tuple[list[Node], str]] = [([], "")]
    for node in nodes:
        kind = relation_of(node)
        if kind in ("=>", "<=>"):
            parts.append(([], kind))
        elif kind == "->" and any(relation_of(n) not in (None, "->") for n in nodes):
            parts.append(([], "=>"))
        else:
            parts[-1][0].append(node)
    found: list[Proposition] = []
    for part, implied in parts:
        kept = without_commas(part)
        if not kept:
            continue
        members, relations = split_relations(kept)
        sides = tuple(tuple(without_commas(m)) for m in members)
        sides = congruences.with_modulus(sides, [relation_of(r) for r in relations]) or sides
        found.append(Proposition(sides, tuple(relations), implied))
    return tuple(found)


def place_of(nodes: Sequence[Node], default: Span) -> Span:
    """Return the range of these nodes in the text."""
    return span_of(nodes, default)


__all__ = ["Phrase", "Proposition", "Row", "Scripted", "guesses_for", "phrases", "rows_of"]
