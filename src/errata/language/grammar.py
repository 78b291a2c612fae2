"""Tokens into a syntax tree: brackets matched, scripts attached, commands given their arguments.

A recursive descent of bounded depth. What is not closed is an error that names the place where it was
opened. Bars stay single leaves: whether one opens, closes or separates depends on the meaning.
"""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.empty_groups import is_empty, joined
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, span_of
from errata.language.terms import Span
from errata.language.tokens import NotUnderstood, Token

MAXIMAL_DEPTH = 60

_ARGUMENTS = {
    "frac": 2, "binom": 2, "sqrt": 1, "hat": 1, "tilde": 1, "bar": 1, "vec": 1, "dot": 1, "ddot": 1,
    "check": 1, "breve": 1, "acute": 1, "underline": 1, "mathbf": 1, "mathbb": 1, "mathcal": 1, "mathscr": 1,
    "mathfrak": 1, "underbrace": 1, "overbrace": 1, "overset": 2, "underset": 2, "boxed": 1, "xrightarrow": 1,
    "xlongequal": 1, "cancel": 1, "bcancel": 1, "not": 1, "overrightarrow": 1, "substack": 1, "pdv": 2, "dv": 2,
    "smash": 1, "pmod": 1, "fbox": 1, "overleftarrow": 1, "underrightarrow": 1, "ensuremath": 1, "mathstrut": 0,
    "vdotswithin": 1,
}  # fmt: skip
_OPTIONAL = frozenset(("sqrt", "xrightarrow", "xlongequal"))
_WORDS = frozenset(("text", "mathrm", "operatorname", "textsc"))
_CLOSING = {
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
}
_MIXED = {("(", "]"), ("[", ")"), ("]", "["), ("]", "]")}


def parse_syntax(tokens: Sequence[Token]) -> tuple[Node, ...]:
    """Return the syntax tree of a formula's tokens.

    Raises NotUnderstood for unbalanced brackets, a missing argument or nesting deeper than MAXIMAL_DEPTH.
    """
    parser = _Parser(tokens)
    items = parser.items(stop=frozenset(), depth=0)
    if parser.position < len(tokens):
        token = tokens[parser.position]
        raise NotUnderstood(f"{token.text} closes nothing", token.span)
    return items


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.position = 0

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.position + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def items(self, stop: frozenset[str], depth: int) -> tuple[Node, ...]:
        """Read nodes until one of the stopping tokens (not consumed) or the end."""
        found: list[Node] = []
        while (token := self.peek()) is not None:
            if token.text in stop or token.kind == "close":
                break
            if token.text in (")", "]", "\\}", "\\rangle", "\\right", "\\end", "\\rfloor", "\\rceil"):
                break
            node = self.scripted(found, depth)
            following = self.peek()
            name = joined(found, node, following.text if following is not None else "")
            if name is not None:
                found[-1] = name
            elif not is_empty(node):
                found.append(node)
        return tuple(found)

    def scripted(self, before: list[Node], depth: int) -> Node:
        token = self.peek()
        assert token is not None
        if token.text in ("^", "_", "'"):
            base: Node = before.pop() if before else Group(Span(token.span.start, token.span.start), "{", "}", ())
        else:
            base = self.atom(depth)
        lower: tuple[Node, ...] | None = None
        upper: tuple[Node, ...] | None = None
        primes = 0
        if isinstance(base, Scripted) and token.text in ("^", "_", "'"):
            lower, upper, primes, base = base.lower, base.upper, base.primes, base.base
        start, end = base.span.start, base.span.end
        while (mark := self.peek()) is not None and mark.text in ("^", "_", "'"):
            self.take()
            if mark.text == "'":
                primes += 1
                end = mark.span.end
                continue
            script = self.argument(mark, depth)
            end = max(end, span_of(script, mark.span).end, self.end())
            if mark.text == "^" and len(script) == 1 and _only_primes(script[0]):
                primes += script[0].primes  # type: ignore[attr-defined]
            elif mark.text == "_":
                lower = script if lower is None else lower + script
            elif all(isinstance(n, Leaf) and n.text == "'" for n in script) and script:
                primes += len(script)
            else:
                upper = script if upper is None else upper + script
        if lower is None and upper is None and primes == 0:
            return base
        return Scripted(Span(start, max(end, start)), base, lower, upper, primes)

    def argument(self, owner: Token, depth: int) -> tuple[Node, ...]:
        """Read one argument as TeX does: a group, a command with its arguments, or a single digit."""
        token = self.peek()
        if token is None or token.kind == "close":
            raise NotUnderstood(f"{owner.text} lacks an argument", owner.span)
        if token.kind == "open":
            group = self.atom(depth)
            assert isinstance(group, Group)
            return group.items
        if token.kind == "number" and len(token.text) > 1:
            first = Token("number", token.text[0], Span(token.span.start, token.span.start + 1))
            rest = Token("number", token.text[1:], Span(token.span.start + 1, token.span.end))
            rest = rest if rest.text[0].isdigit() else Token("number", "0" + rest.text, rest.span)
            self.tokens = [*self.tokens[: self.position], first, rest, *self.tokens[self.position + 1 :]]
        if token.text == "'":
            return (Leaf(self.take().span, token),)
        return (self.atom(depth),)

    def atom(self, depth: int) -> Node:
        if depth > MAXIMAL_DEPTH:
            token = self.peek()
            place = token.span if token else Span(0, 1)
            raise NotUnderstood(f"brackets are nested more than {MAXIMAL_DEPTH} deep", place)
        token = self.take()
        if token.kind == "open":
            items = self.items(frozenset(), depth + 1)
            closing = self.closing(token, ("}",))
            return Group(Span(token.span.start, closing.span.end), "{", "}", items)
        if token.text in _CLOSING:
            items = self.items(frozenset(), depth + 1)
            expected = _CLOSING[token.text]
            closing = self.closing(token, (expected, ")" if expected == "]" else "]" if expected == ")" else expected))
            return Group(Span(token.span.start, closing.span.end), token.text, closing.text, items)
        if token.kind == "command":
            return self.command(token, depth)
        return Leaf(token.span, token)

    def closing(self, opening: Token, expected: tuple[str, ...]) -> Token:
        token = self.peek()
        if token is None:
            raise NotUnderstood(f"{opening.text} is never closed", opening.span)
        if token.text not in expected:
            raise NotUnderstood(f"{opening.text} is closed by {token.text}", opening.span)
        return self.take()

    def command(self, token: Token, depth: int) -> Node:
        name = token.text[1:]
        if name == "left":
            return self.left(token, depth)
        if name == "begin":
            return self.environment(token, depth)
        if name in _WORDS:
            return self.words(token, depth)
        if name in ("pdv", "dv"):
            return self.physics_derivative(token, depth)
        if name in _ARGUMENTS:
            option = None
            following = self.peek()
            if name in _OPTIONAL and following is not None and following.text == "[":
                self.take()
                option = self.items(frozenset("]"), depth + 1)
                self.closing(following, ("]",))
            arguments = tuple(self.argument(token, depth + 1) for _ in range(_ARGUMENTS[name]))
            return Command(Span(token.span.start, self.end()), name, arguments, option)
        return Leaf(token.span, token)

    def physics_derivative(self, token: Token, depth: int) -> Node:
        """\\pdv{f}{x}, \\pdv[2]{f}{x}, \\pdv{f}{x}{y} or the operator \\pdv{x}, of the physics package."""
        following = self.peek()
        order = None
        if following is not None and following.text == "[":
            self.take()
            order = self.items(frozenset("]"), depth + 1)
            self.closing(following, ("]",))
        arguments = [self.argument(token, depth + 1)]
        most = 3 if token.text == "\\pdv" and order is None else 2
        while (following := self.peek()) is not None and following.kind == "open" and len(arguments) < most:
            arguments.append(self.argument(token, depth + 1))
        whole = arguments if len(arguments) > 1 else [(), *arguments]
        return Command(Span(token.span.start, self.end()), token.text[1:], tuple(whole), order)

    def end(self) -> int:
        return self.tokens[self.position - 1].span.end

    def left(self, token: Token, depth: int) -> Node:
        opening = self.take() if self.peek() else token
        items: list[Node] = []
        while True:
            items.extend(self.items(frozenset(), depth + 1))
            following = self.peek()
            if following is None:
                raise NotUnderstood(f"\\left{opening.text} is never closed", token.span)
            if following.text == "\\right":
                break
            if following.kind == "close" or following.text == "\\end":
                raise NotUnderstood(f"\\left{opening.text} is never closed", token.span)
            items.append(Leaf(following.span, self.take()))
        self.take()
        closing = self.take() if self.peek() else following
        if opening.text in ("|", "\\Vert") and closing.text == opening.text:
            return Group(Span(token.span.start, closing.span.end), opening.text, closing.text, tuple(items))
        return Group(Span(token.span.start, closing.span.end), opening.text, closing.text, tuple(items))

    def words(self, token: Token, depth: int) -> Node:
        following = self.peek()
        if following is None:
            raise NotUnderstood(f"{token.text} lacks an argument", token.span)
        if following.kind != "open":
            inner: tuple[Node, ...] = (self.atom(depth + 1),)
            return Words(Span(token.span.start, self.end()), token.text[1:], following.text, inner)
        start = self.position
        level, place = 0, self.position
        while place < len(self.tokens):
            level += (self.tokens[place].kind == "open") - (self.tokens[place].kind == "close")
            place += 1
            if level == 0:
                break
        if level:
            raise NotUnderstood(f"the group of {token.text} is never closed", following.span)
        raw = self.tokens[start + 1 : place - 1]
        text = ""
        for before, current in zip([following, *raw], raw, strict=False):
            text += (" " if current.span.start > before.span.end and text else "") + current.text
        inner = ()
        if token.text != "\\text":
            inner_parser = _Parser(raw)
            inner = inner_parser.items(frozenset(), depth + 1)
        self.position = place
        return Words(Span(token.span.start, self.end()), token.text[1:], text, inner)

    def environment(self, token: Token, depth: int) -> Node:
        name = self.environment_name(token)
        following = self.peek()
        if name.rstrip("*") in ("array", "alignat", "alignedat", "tabular") and following and following.kind == "open":
            self.atom(depth + 1)
        rows: list[tuple[tuple[Node, ...], ...]] = []
        cells: list[tuple[Node, ...]] = []
        while True:
            cells.append(self.items(frozenset(("&", "\\\\", "\\cr")), depth + 1))
            following = self.peek()
            if following is None:
                raise NotUnderstood(f"\\begin{{{name}}} is never closed", token.span)
            self.take()
            if following.text == "&":
                continue
            if following.text in ("\\\\", "\\cr"):
                rows.append(tuple(cells))
                cells = []
            elif following.text == "\\end":
                ending = self.environment_name(following)
                if ending != name:
                    raise NotUnderstood(f"\\begin{{{name}}} is closed by \\end{{{ending}}}", token.span)
                rows.append(tuple(cells))
                return Environment(Span(token.span.start, self.end()), name, tuple(r for r in rows if any(r)))
            else:
                raise NotUnderstood(f"{following.text} closes nothing in \\begin{{{name}}}", following.span)

    def environment_name(self, token: Token) -> str:
        following = self.peek()
        if following is None or following.kind != "open":
            raise NotUnderstood(f"{token.text} lacks the name of its environment", token.span)
        self.take()
        name = ""
        while (part := self.peek()) is not None and part.kind != "close":
            name += self.take().text
        if part is None:
            raise NotUnderstood(f"{token.text} lacks the name of its environment", token.span)
        self.take()
        return name


def _only_primes(node: Node) -> bool:
    """Return whether a script is nothing but primes: x^{\\prime}."""
    empty = isinstance(node, Scripted) and isinstance(node.base, Group) and not node.base.items
    return empty and isinstance(node, Scripted) and node.lower is None and node.upper is None and node.primes > 0
