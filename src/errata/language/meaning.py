"""Syntax into terms, with the scope as oracle: precedence, juxtaposition, names, calls, powers.

Where notes can be read in two ways the reader takes the likelier and notes the choice in `ambiguities`;
reading again with that choice among `choices` gives the other meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from errata.language import (
    calculus_notation,
    evaluation_bars,
    event_notation,
    matrix_notation,
    operator_notation,
    probability_notation,
    symbols,
)
from errata.language.cursor import (
    RELATIONS,
    Cursor,
    cover,
    describe,
    leaf_text_of,
    multiply,
    number,
    relation_of,
    split,
    split_relations,
    without_commas,
)
from errata.language.knowledge import Knowledge
from errata.language.sorts import Family, Function, Matrix, Real, Vector
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    leaf_text,
    span_of,
)
from errata.language.terms import (
    MATRIX_OPERATIONS,
    PRIMED,
    Apply,
    Array,
    At,
    Cases,
    Comparison,
    Conjunction,
    Constant,
    Derivative,
    Elementary,
    Entry,
    LawReference,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

FUNCTIONS = {
    "log": "log", "ln": "log", "lg": "log", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "sqrt": "sqrt",
    "sigmoid": "sigmoid", "sigm": "sigmoid", "softplus": "softplus", "relu": "relu", "sign": "sign", "sgn": "sign",
    "logistic": "sigmoid", "logsig": "sigmoid", "abs": "abs",
}  # fmt: skip
MATRIX_FUNCTIONS = matrix_notation.OPERATIONS.keys() | matrix_notation.POWER_SERIES.keys()
_BIG = frozenset(
    ("\\sum", "\\prod", "\\int", "\\max", "\\min", "\\sup", "\\inf", "\\arg", "\\argmax", "\\argmin", "\\lim")
)
_STOPS = frozenset(("+", "-", ",", ";", "\\pm", "\\mp", "\\quad", "|", "\\mid", ".", ":", "&", "\\\\"))
_BARS = frozenset(("|", "\\mid", "\\Vert"))
FAMILY_LABEL = "\\cdot"
"""The label of a family p_1, ..., p_n whose name is also that of a law."""

_TRANSPOSES = frozenset(("T", "\\top", "t"))
_ARRAY_OPERATIONS = MATRIX_OPERATIONS - {"trace", "determinant", "norm", "squared_norm", "dot", "rank"}


def _is_upright_t(node: Node) -> bool:
    """Return whether the node is an upright T, as in w^{\\mathrm{T}}: it stands for no quantity."""
    return isinstance(node, Words) and node.text.strip() == "T"


@dataclass
class Meaning:
    """Reads the syntax of one formula; the state is of that reading alone.

    bound: symbols bound around the place. draws: the law a variable was last drawn from in this chain.
    mean_law: the law that an expectation without a subscript averages over, as the chain suggests.
    """

    knowledge: Knowledge
    choices: frozenset[str] = frozenset()
    ambiguities: set[str] = field(default_factory=set)
    bound: list[str] = field(default_factory=list)
    draws: dict[str, Term] = field(default_factory=dict)
    mean_law: Term | None = None
    assumed: list[str] = field(default_factory=list)
    in_law: bool = False

    # Expressions ------------------------------------------------------------------------------------

    def expression(self, nodes: Sequence[Node], owner: Span | None = None) -> Term:
        """Read all of the nodes as one term.

        Raises NotUnderstood at the first node that does not fit.
        """
        kept = [n for n in nodes if leaf_text(n) not in ("\\quad", "&", "\\\\")]
        cursor = Cursor(kept)
        if not kept:
            raise NotUnderstood("an expression is missing here", span_of(nodes, owner or Span(0, 1)))
        term = self.sum(cursor)
        self.finish(cursor)
        return term

    def finish(self, cursor: Cursor) -> None:
        node = cursor.peek()
        if node is not None:
            raise NotUnderstood(f"{describe(node)} was not expected here", node.span)

    def sum(self, cursor: Cursor) -> Term:
        """term (+|-) term ..."""
        terms: list[Term] = []
        negative = self.sign(cursor)
        while True:
            term = self.product(cursor)
            terms.append(Negative(term, span=term.span) if negative else term)
            if cursor.text() not in ("+", "-"):
                break
            negative = self.sign(cursor)
        if len(terms) == 1:
            return terms[0]
        return Sum(tuple(terms), span=cover(terms))

    def sign(self, cursor: Cursor) -> bool:
        negative = False
        while cursor.text() in ("+", "-"):
            negative ^= cursor.text() == "-"
            cursor.take()
        return negative

    def product(self, cursor: Cursor) -> Term:
        """Factors side by side, and the bar that says where they are taken."""
        term = self.factors(cursor)
        while (bar := cursor.peek()) is not None and evaluation_bars.is_bar(bar):
            assert isinstance(bar, Scripted)
            cursor.take()
            span = Span((term.span or bar.span).start, bar.span.end)
            term = evaluation_bars.taken_at(self, term, bar.lower or (), span)
            following = cursor.peek()
            if following is not None and self.starts_factor(following):
                term = multiply([term, self.factors(cursor)])
        return term

    def factors(self, cursor: Cursor) -> Term:
        """Factors side by side, \\cdot, /, and the entrywise product."""
        factors: list[Term] = [self.factor(cursor)]
        while (node := cursor.peek()) is not None:
            text = leaf_text(node)
            if self.stray_differential(cursor):
                cursor.position += 2
                self.assumed.append("a differential without an integral was ignored")
                continue
            if text in ("\\cdot", "*"):
                cursor.take()
                negative = self.sign(cursor)
                factor = self.factor(cursor)
                factors.append(Negative(factor, span=factor.span) if negative else factor)
            elif text in ("/", "\\div"):
                cursor.take()
                factors = [self.division(factors, cursor)]
            elif matrix_notation.is_sign(cursor):
                return matrix_notation.signed_product(self, cursor, factors)
            elif evaluation_bars.is_bar(node):
                break
            elif self.starts_factor(node) or self.opens_bar(cursor):
                factors.append(self.factor(cursor))
            else:
                break
        return multiply(factors)

    def opens_bar(self, cursor: Cursor) -> bool:
        """Return whether a bar after a factor begins |x| or \\|x\\|: its like follows on this level."""
        if cursor.text() not in ("|", "\\Vert"):
            return False
        bare = [leaf_text(n.base if isinstance(n, Scripted) else n) for n in cursor.rest]
        return bare[1:].count(bare[0]) % 2 == 1

    def stray_differential(self, cursor: Cursor) -> bool:
        """Return whether dx stands at the end of a product though no integral is open: a slip of the pen."""
        variable, following = cursor.peek(1), cursor.peek(2)
        if cursor.text() != "d" or variable is None or self.knowledge.declared("d"):
            return False
        symbol = symbols.decorated(variable)
        ends = following is None or leaf_text(following) in ("+", "-")
        return ends and symbol is not None and self.knowledge.is_space(symbols.base_name(symbol))

    def division(self, factors: list[Term], cursor: Cursor) -> Term:
        divisor = self.factor(cursor)
        numerator = multiply(factors)
        following = cursor.peek()
        if following is not None and self.starts_factor(following) and isinstance(divisor, Number):
            self.ambiguities.add("slash")
            if "slash" in self.choices:
                parts: list[Term] = [divisor]
                while (node := cursor.peek()) is not None and self.starts_factor(node):
                    parts.append(self.factor(cursor))
                divisor = multiply(parts)
        return Quotient(numerator, divisor, span=cover((numerator, divisor)))

    def starts_factor(self, node: Node) -> bool:
        """Return whether the node can begin a factor of a product."""
        text = leaf_text(node)
        if not text:
            return not (isinstance(node, Scripted) and leaf_text(node.base) in RELATIONS) and not self.is_relation(node)
        return (
            text not in _STOPS
            and text not in RELATIONS
            and text not in ("/", "\\cdot", "*", "\\div", "!", "\\%")
            and text not in matrix_notation.PRODUCT_SIGNS
        )

    def is_relation(self, node: Node) -> bool:
        """Return whether the node is a relation sign, decorated ones included."""
        return relation_of(node) is not None

    def factor(self, cursor: Cursor) -> Term:
        """One factor: a primary with what is attached to it."""
        node = cursor.peek()
        if node is None:
            last = cursor.items[-1].span if cursor.items else Span(0, 1)
            raise NotUnderstood("a term is missing after this", last)
        term = self.primary(cursor)
        while cursor.text() in ("!", "\\%"):
            mark = cursor.take()
            span = Span((term.span or node.span).start, mark.span.end)
            if leaf_text(mark) == "!":
                term = Elementary("factorial", (term,), span=span)
            else:
                term = Quotient(term, Number(Fraction(100)), span=span)
        return term

    # Primaries --------------------------------------------------------------------------------------

    def primary(self, cursor: Cursor) -> Term:

        node = cursor.peek()
        assert node is not None
        for read in (event_notation.read, probability_notation.read, calculus_notation.read, operator_notation.read):
            term = read(self, cursor)
            if term is not None:
                return term
        text = leaf_text(node)
        if text in _BARS:
            return self.bars(cursor)
        if text == "-":
            cursor.take()
            inner = self.factor(cursor)
            return Negative(inner, span=inner.span)
        if isinstance(node, Leaf) and node.token.kind == "number":
            cursor.take()
            return number(node)
        name = self.function_head(node)
        if name is not None:
            return self.elementary(cursor, name)
        ones = matrix_notation.ones(self, node)
        if ones is not None:
            cursor.take()
            return ones
        if isinstance(node, Scripted):
            return self.scripted(cursor, node)
        if isinstance(node, Group):
            cursor.take()
            return self.bracket(node)
        if isinstance(node, Command):
            return self.command(cursor, node)
        if isinstance(node, Environment):
            cursor.take()
            return self.environment(node)
        if isinstance(node, Leaf) and text in ("\\infty", "\\pi", "e"):
            constant = self.constant(node)
            if constant is not None:
                cursor.take()
                return constant
        return self.named(cursor)

    def constant(self, node: Leaf) -> Term | None:
        kinds = {"\\infty": "infinity", "\\pi": "pi", "e": "e"}
        kind = kinds.get(node.text)
        if kind is None or self.knowledge.declared(node.text) or node.text in self.bound:
            return None
        if kind != "infinity" and (self.knowledge.law(node.text) or self.knowledge.is_function(node.text)):
            return None
        return Constant(kind, span=node.span)  # type: ignore[arg-type]

    def is_exponential(self, upper: Sequence[Node] | None) -> bool:
        """Return whether e with this above it is the exponential although an array is called e: it has no powers."""
        if not upper or not self.knowledge.is_array("e") or symbols.is_star(upper) or symbols.is_bracketed(upper):
            return False
        return len(upper) > 1 or (leaf_text(upper[0]) not in (*_TRANSPOSES, "'") and not leaf_text(upper[0]).isdigit())

    def bracket(self, node: Group) -> Term:
        """The value of a bracket: (a), [a], \\{a\\}, |a|, \\|a\\|, <a, b>, \\lfloor a \\rfloor."""
        if node.opening == "|" and node.closing == "|":
            return Elementary("abs", (self.expression(node.items, node.span),), span=node.span)
        if node.opening == "\\Vert":
            return MatrixOperation("norm", (self.expression(node.items, node.span),), span=node.span)
        if node.opening in ("\\lfloor", "\\lceil"):
            kind = "floor" if node.opening == "\\lfloor" else "ceiling"
            return Elementary(kind, (self.expression(node.items, node.span),), span=node.span)
        parts = split(node.items, (",", ";"))
        if node.opening == "\\langle" and len(parts) == 2:
            pair = tuple(self.expression(p, node.span) for p in parts)
            return MatrixOperation("dot", pair, span=node.span)
        if node.opening in ("{", "(", "[", "\\{", ".") and len(parts) == 1:
            return self.expression(node.items, node.span)
        if node.opening in ("[", "(") and all(parts):
            separators = "".join({leaf_text(n) for n in node.items} & {",", ";"})
            blocks = matrix_notation.stacked(self, parts, separators, node.span)
            if blocks is not None:
                return blocks
        raise NotUnderstood("a list in brackets is not a number; is a name in front of it a function?", node.span)

    def bars(self, cursor: Cursor) -> Term:
        """|x| and \\|x\\| written with bare bars: the next bar of the same kind on this level closes."""
        opening = cursor.take()
        double = leaf_text(opening) == "\\Vert"
        if leaf_text(opening) == "|" and cursor.text() == "|":
            cursor.take()
            double = True
        inside: list[Node] = []
        while (node := cursor.peek()) is not None:
            bare = node.base if isinstance(node, Scripted) else node
            text = leaf_text(bare)
            closes = text == "\\Vert" if double else text in ("|", "\\mid")
            if double and text == "|" and isinstance(node, Leaf) and _bare_text(cursor.peek(1)) == "|":
                cursor.take()
                node = cursor.peek() or node
                closes = True
            if closes and inside:
                break
            inside.append(cursor.take())
        else:
            raise NotUnderstood("this bar is never closed", opening.span)
        closing = cursor.take()
        inner = self.expression(inside, opening.span)
        span = Span(opening.span.start, closing.span.end)
        kind = ""
        upper: tuple[Node, ...] | None = None
        if isinstance(closing, Scripted):
            kind, upper = symbols.label(closing.lower or ()), closing.upper
        value: Term
        if double:
            value = MatrixOperation("norm", (inner,), matrix_notation.norm_kind(self, inner, kind), span=span)
        else:
            value = Elementary("abs", (inner,), span=span)
        return self.power(value, upper, span) if upper else value

    def function_head(self, node: Node) -> str | None:
        """Return the standard function that a node names: \\log, \\operatorname{softplus}, \\text{ReLU}."""
        base = node.base if isinstance(node, Scripted) else node
        if isinstance(base, Leaf):
            if base.token.kind == "command":
                name = base.text[1:]
                return name if name in FUNCTIONS or name in MATRIX_FUNCTIONS else None
            return None
        if isinstance(base, Words):
            name = "".join(base.text.split()).lower()
            if name in FUNCTIONS or name in MATRIX_FUNCTIONS:
                return None if self.knowledge.declared(base.text) else name
        return None

    def elementary(self, cursor: Cursor, name: str) -> Term:
        node = cursor.take()
        lower = node.lower if isinstance(node, Scripted) else None
        upper = node.upper if isinstance(node, Scripted) else None
        primes = node.primes if isinstance(node, Scripted) else 0
        indices: tuple[Term, ...] = ()
        argument, outer = self.listed(cursor) if name == "diag" else (None, None)
        entry = self.indexed_bracket(cursor)
        if entry is not None:
            argument, indices, outer = entry
        elif lower and name == "softmax":
            indices = self.indices(lower)
        if argument is None:
            argument, outer = self.argument(cursor, node)
        span = Span(node.span.start, (argument.span or node.span).end)
        if outer is not None and self.power_is_inside(name, outer):
            argument, outer = self.power(argument, outer, span), None
        value: Term
        if name in MATRIX_FUNCTIONS:
            value = self.matrix_function(name, argument, span)
        else:
            function = FUNCTIONS[name]
            arguments: tuple[Term, ...] = (argument,)
            if function == "log" and name == "lg":
                arguments = (argument, Number(Fraction(10)))
            elif function == "log" and lower:
                arguments = (argument, self.expression(lower, node.span))
            elif function == "log" and name == "log" and self.knowledge.scope.log_base is not None:
                arguments = (argument, self.knowledge.scope.log_base)
            elif function == "log" and name == "log":
                self.ambiguities.add("log base 2")
                self.ambiguities.add("log base 10")
                if "log base 2" in self.choices:
                    arguments = (argument, Number(Fraction(2)))
                elif "log base 10" in self.choices:
                    arguments = (argument, Number(Fraction(10)))
            if primes:
                value = self.derived_standard(function, argument, primes, span)
            else:
                value = Elementary(function, arguments, span=span)
        if indices:
            value = Entry(value, indices, span=span)
        if upper is not None:
            value = self.power(value, upper, span)
        if outer is not None:
            value = self.power(value, outer, span)
        return value

    def matrix_function(self, name: str, argument: Term, span: Span) -> Term:
        series = matrix_notation.POWER_SERIES.get(name)
        if series is not None:
            return MatrixOperation("function", (argument,), series, span=span)
        return MatrixOperation(matrix_notation.OPERATIONS[name], (argument,), span=span)
    def indexed_bracket(self, cursor: Cursor) -> tuple[Term, tuple[Term, ...], tuple[Node, ...] | None] | None:
        """softmax(z)_k, \\tanh(Wx)_i: an entry of what the function gives; None where no index stands there."""
        node = cursor.peek()
        if not isinstance(node, Scripted) or not node.lower or not isinstance(node.base, Group):
            return None
        bracket = node.base
        if bracket.opening not in ("(", "[") or evaluation_bars.encloses(bracket, node.lower):
            return None
        cursor.take()
        return self.expression(bracket.items, bracket.span), self.indices(node.lower), node.upper

    def power_is_inside(self, name: str, outer: tuple[Node, ...]) -> bool:
        """\\log(1 - y)^{1 - y}: a power on the bracket after a function belongs to either; tell which.

        For a logarithm a power that is no number is taken as the argument's, as likelihoods are written.
        """
        self.ambiguities.add("power on a bracket")
        plain = all(isinstance(n, Leaf) and n.token.kind == "number" for n in outer)
        inside = name in ("log", "ln", "lg") and not plain
        return inside != ("power on a bracket" in self.choices)

    def listed(self, cursor: Cursor) -> tuple[Term | None, tuple[Node, ...] | None]:
        """diag(s_1^2, ..., s_d^2): the vector that the list spells out, where its entries are those of one."""
        bracket = cursor.peek()
        if not isinstance(bracket, Group) or not any(leaf_text(n) == "\\ldots" for n in bracket.items):
            return None, None
        last = self.expression(split(bracket.items, (",",))[-1], bracket.span)
        base = last.base if isinstance(last, Power) else last
        if not isinstance(base, Entry) or len(base.indices) != 1:
            return None, None
        cursor.take()
        if isinstance(last, Power) and last.exponent == Number(Fraction(2)):
            return MatrixOperation("hadamard", (base.array, base.array), span=bracket.span), None
        return (replace(last, base=base.array) if isinstance(last, Power) else base.array), None

    def derived_standard(self, function: str, argument: Term, primes: int, span: Span) -> Term:
        """tanh'(x): the derivative of the function, taken at the argument."""
        body = Derivative(Elementary(function, (PRIMED,), span=span), PRIMED, primes, span=span)
        return At(body, PRIMED, argument, span=span)

    def argument(self, cursor: Cursor, owner: Node) -> tuple[Term, tuple[Node, ...] | None]:
        """Read what a function without brackets applies to, and a power that stands on its bracket.

        A bracket directly after the name is the whole argument. Else factors up to a sign, a bracket that
        is no call, another function or a big operator.
        """
        node = cursor.peek()
        if node is None or (not self.starts_factor(node) and leaf_text(node) not in ("|", "\\Vert", "-")):
            raise NotUnderstood(f"{describe(owner)} lacks its argument", owner.span)
        base = node.base if isinstance(node, Scripted) else node
        if isinstance(base, Group) and base.opening in ("(", "[", "\\{", "{", "|"):
            plain_power = not isinstance(node, Scripted) or node.lower is None
            if plain_power:
                cursor.take()
                if base.opening == "|":
                    return self.bracket(base), node.upper if isinstance(node, Scripted) else None
                return self.expression(base.items, base.span), node.upper if isinstance(node, Scripted) else None
        factors = [self.factor(cursor)]
        while (following := cursor.peek()) is not None and self.continues_argument(following):
            if not isinstance(factors[-1], Number):
                self.ambiguities.add("function reach")
                stops = isinstance(factors[0], Quotient) and self.stands_apart(cursor)
                if stops != ("function reach" in self.choices):
                    break
            factors.append(self.factor(cursor))
        return multiply(factors), None

    def stands_apart(self, cursor: Cursor) -> bool:
        """Return whether what follows a fraction reads as a factor of its own: p(x) after \\log \\frac{p(x)}{q(x)}."""
        node, following = cursor.peek(), cursor.peek(1)
        base = node.base if isinstance(node, Scripted) else node
        if isinstance(base, Command) and base.name in ("underbrace", "overbrace"):
            return True
        return (
            isinstance(following, Group)
            and following.opening == "("
            and symbols.decorated(base or following) is not None
        )

    def continues_argument(self, node: Node) -> bool:
        if not self.starts_factor(node):
            return False
        base = node.base if isinstance(node, Scripted) else node
        if isinstance(base, Group) and base.opening != "{":
            return False
        return self.function_head(node) is None and leaf_text(base) not in _BIG and not isinstance(node, Environment)

    # Names ------------------------------------------------------------------------------------------

    def named(self, cursor: Cursor) -> Term:
        """A name with its labels, indices, power and call."""

        node = cursor.take()
        delta = self.kronecker(node)
        if delta is not None:
            return delta
        name = self.resolve(node)
        if name is None:
            hint = "declare it, or write it in another way" if isinstance(node, Words) else ""
            raise NotUnderstood(f"{describe(node)} was not understood", node.span, hint)
        symbol, indices, upper, primes = name.symbol, name.indices, name.upper, name.primes
        following = cursor.peek()
        bracket = following.base if isinstance(following, Scripted) else following
        law = self.knowledge.law(symbol)
        called = (
            isinstance(bracket, Group) and bracket.opening in ("(", "[") and not (indices and not self.applies(symbol))
        )
        if called and isinstance(bracket, Group) and self.is_call(symbol, law, bracket):
            assert following is not None
            if upper and symbols.label(upper) == "-1":
                raise NotUnderstood("inverse functions are not read", node.span)
            cursor.take()
            outer = following.upper if isinstance(following, Scripted) else None
            if law is not None or (primes == 0 and probability_notation.looks_like_law(self, symbol, bracket)):
                value: Term = probability_notation.density(self, law or symbol, bracket, node.span, indices)
            else:
                value = self.apply(symbol, bracket, node.span, primes, indices)
            for power in (upper, outer):
                if power:
                    value = self.power(value, power, Span(node.span.start, following.span.end))
            return value
        if law is not None and not indices:
            value = LawReference(Name(law, span=node.span), span=node.span)
            return self.power(value, upper, node.span) if upper else value
        if self.is_identity(node, symbol):
            return self.identity(node, indices, upper)
        plain = symbols.compose(symbol, "", "", primes)
        base: Term = Name(plain, span=node.span)
        if indices:
            base = Entry(base, indices, span=node.span)
        return self.power(base, upper, node.span) if upper else base

    def kronecker(self, node: Node) -> Term | None:
        """\\delta_{x, y} and \\delta_{ij}: 1 where the two agree."""
        if not isinstance(node, Scripted) or leaf_text(node.base) != "\\delta" or node.upper or not node.lower:
            return None
        if self.knowledge.declared("\\delta"):
            return None
        parts = split(node.lower, (",",))
        if len(parts) == 1 and len(node.lower) == 2 and all(self.runs(leaf_text(n)) for n in node.lower):
            parts = [(n,) for n in node.lower]
        if len(parts) != 2 or not all(parts):
            return None
        both = tuple(self.expression(part, node.span) for part in parts)
        return Elementary("delta", both, span=node.span)

    def is_identity(self, node: Node, symbol: str) -> bool:
        """I, I_d, \\mathbf{I}: the identity matrix, where nothing else is said of that name."""
        base = symbol.split("_", 1)[0]
        if symbol != base and self.names_identity(base) and not self.knowledge.declared(symbol):
            return "^" not in symbol
        return (
            base in ("I", "\\mathbf{I}")
            and not self.knowledge.declared(symbol)
            and not self.knowledge.declared(base)
            and "^" not in symbol
        )

    def names_identity(self, base: str) -> bool:
        """Return whether the note says that this name is the identity matrix, whatever its size."""
        definition = self.knowledge.scope.definitions.get(base)
        return definition is not None and definition.body == MatrixOperation("identity")

    def identity(self, node: Node, indices: tuple[Term, ...], upper: tuple[Node, ...] | None) -> Term:
        lower = node.lower if isinstance(node, Scripted) else None
        size = (self.expression(lower, node.span),) if lower and len(indices) < 2 else ()
        value: Term = MatrixOperation("identity", size, span=node.span)
        if len(indices) == 2:
            return Elementary("delta", indices, span=node.span)
        return self.power(value, upper, node.span) if upper else value

    def applies(self, symbol: str) -> bool:
        return self.knowledge.is_function(symbol)

    def is_call(self, symbol: str, law: str | None, bracket: Group) -> bool:
        """Return whether a bracket after a name holds its arguments."""

        if symbol in self.bound:
            return False
        if law is not None or self.knowledge.is_function(symbol):
            return True
        if self.knowledge.declared(symbol):
            return any(leaf_text(n) in ("|", "\\mid") for n in bracket.items)
        if symbol == "\\delta" and any(leaf_text(n) == "-" for n in bracket.items):
            return True
        if symbol == "\\Gamma" or is_word(symbol):
            return True
        return probability_notation.has_separators(bracket)

    def apply(self, symbol: str, bracket: Group, start: Span, primes: int, indices: tuple[Term, ...] = ()) -> Term:
        parts = split(bracket.items, (";",))
        arguments = tuple(self.expression(p, bracket.span) for p in split(parts[0], (",", "|", "\\mid")))
        parameters = tuple(self.expression(p, bracket.span) for part in parts[1:] for p in split(part, (",",)))
        span = Span(start.start, bracket.span.end)
        if symbol == "\\sigma" and len(arguments) == 1 and not self.knowledge.declared(symbol):
            if primes:
                return self.derived_standard("sigmoid", arguments[0], primes, span)
            return Elementary("sigmoid", arguments, span=span)
        if symbol == "\\Gamma" and len(arguments) == 1 and not self.knowledge.declared(symbol):
            return Elementary("gamma", arguments, span=span)
        laws = any(isinstance(a, LawReference) for a in arguments)
        if symbol == "\\delta" and not self.knowledge.declared(symbol) and not laws and len(arguments) <= 2:
            return Elementary("delta", arguments, span=span)
        return Apply(Name(symbol, span=start), indices + arguments, parameters, primes, span=span)

    def resolve(self, node: Node) -> ResolvedName | None:
        """Tell labels from indices and powers in a decorated name."""
        if not isinstance(node, Scripted):
            symbol = symbols.base_symbol(node)
            return ResolvedName(symbol) if symbol else None
        base = symbols.base_symbol(node.base)
        if base is None:
            return None
        lower_label, indices = self.subscript(base, node.lower)
        upper_label, upper_indices, power = self.superscript(base, lower_label, node)
        symbol = symbols.compose(base, lower_label, upper_label)
        primes = node.primes
        if primes and not self.knowledge.is_function(symbol):
            symbol, primes = symbols.compose(base, lower_label, upper_label, primes), 0
        family = symbols.compose(base, FAMILY_LABEL, upper_label)
        if indices and not lower_label and (self.is_sample(symbol) or self.knowledge.declared(family)):
            symbol = family
        return ResolvedName(symbol, indices + upper_indices, power, primes)

    def is_sample(self, symbol: str) -> bool:
        """x_1, ..., x_n beside a bound x, or p_i beside a law p: the family is another thing than the name."""
        if self.knowledge.is_linear(symbol):
            return False
        return symbol in self.knowledge.usage.laws or self.knowledge.is_space(symbols.base_name(symbol))

    def subscript(self, base: str, lower: tuple[Node, ...] | None) -> tuple[str, tuple[Term, ...]]:
        if not lower:
            return "", ()
        text = symbols.label(lower)
        whole = symbols.compose(base, text)
        known = self.knowledge
        if self.is_indexed_function(base) and self.is_index(lower, base):
            return "", self.indices(lower)
        if symbols.is_word_label(lower) or known.declared(whole) or known.is_function(whole):
            return text, ()
        if known.law(whole):
            return text, ()
        if self.is_index(lower, base):
            return "", self.indices(lower, self.dimensions(base))
        return text, ()

    def is_indexed_function(self, base: str) -> bool:
        """Return whether a name is defined with an index and an argument: \\lambda_i(X)."""
        definition = self.knowledge.scope.definitions.get(base)
        return definition is not None and len(definition.parameters) == 2 and not definition.entry_wise

    def dimensions(self, base: str) -> int:
        """Return how many indices select one element of a declared array; 1 where that is not known."""
        sort = self.knowledge.scope.sorts.get(base)
        if isinstance(sort, Family):
            return len(sort.sizes)
        return 2 if isinstance(sort, Matrix) else 1

    def is_index(self, lower: Sequence[Node], base: str) -> bool:
        """Return whether a subscript counts: every name in it runs over a range."""
        names = [n for n in lower if leaf_text(n) not in (",", "+", "-")]
        letters = [
            s for n in names if not (isinstance(n, Leaf) and n.token.kind == "number") and (s := symbols.decorated(n))
        ]
        numbers = [n for n in names if isinstance(n, Leaf) and n.token.kind == "number"]
        if len(letters) + len(numbers) != len(names) or not names:
            return False
        if letters:
            return all(self.runs(letter) for letter in letters) or (
                self.knowledge.is_array(base) and all(len(letter) == 1 for letter in letters)
            )
        if self.knowledge.is_linear(base) and any(leaf_text(n) == "0" for n in numbers):
            return False  # Entries count from 1: w_0 beside a vector w is a name of its own.
        return self.knowledge.is_array(base) or base in self.knowledge.usage.indexed

    def runs(self, letter: str) -> bool:
        """Return whether a letter is an index here."""
        declared = self.knowledge.scope.sorts.get(letter)
        if isinstance(declared, Real) and declared.integer:
            return True
        return letter in self.bound or letter in self.knowledge.usage.indices

    def indices(self, lower: Sequence[Node], expected: int = 1) -> tuple[Term, ...]:
        """Read indices; the digits of A_{12} are two where two are expected."""
        found: list[Term] = []
        if len(lower) == 1 and len(leaf_text(lower[0])) == expected > 1 and leaf_text(lower[0]).isdigit():
            return tuple(Number(Fraction(digit), span=lower[0].span) for digit in leaf_text(lower[0]))
        for part in split(lower, (",",)):
            compound = any(leaf_text(n) in ("+", "-") for n in part)
            if compound:
                found.append(self.expression(part))
            else:
                found.extend(self.index(n) for n in part)
        return tuple(found)

    def index(self, node: Node) -> Term:
        if isinstance(node, Leaf) and node.token.kind == "number":
            return number(node)
        return Name(symbols.decorated(node) or "", span=node.span)

    def superscript(
        self, base: str, lower_label: str, node: Scripted
    ) -> tuple[str, tuple[Term, ...], tuple[Node, ...] | None]:
        upper = node.upper
        if not upper:
            return "", (), None
        if symbols.is_dagger(upper) and self.is_linear(Name(symbols.compose(base, lower_label))):
            return "", (), upper
        if symbols.is_star(upper):
            return "*", (), None
        if any(leaf_text(n) in ("\\backslash", "\\setminus") for n in upper):
            return symbols.label(upper), (), None
        if symbols.is_bracketed(upper):
            group = upper[0]
            assert isinstance(group, Group)
            names = [n for n in group.items if leaf_text(n) not in ("+", "-", ",")]
            letters = [s for n in names if (s := symbols.decorated(n))]
            if letters and all(self.runs(letter) for letter in letters):
                return "", self.indices(group.items), None
            return symbols.label(upper), (), None
        whole = symbols.compose(base, lower_label, symbols.label(upper))
        if self.knowledge.declared(whole):
            return symbols.label(upper), (), None
        return "", (), upper

    # Scripts and commands ---------------------------------------------------------------------------

    def scripted(self, cursor: Cursor, node: Scripted) -> Term:
        base = node.base
        if isinstance(base, Command) and base.name in ("underbrace", "overbrace", "boxed", "fbox"):
            cursor.take()
            return self.expression(base.arguments[0], node.span)
        if isinstance(base, Leaf) and base.text in ("e", "\\pi") and node.lower is None and not node.primes:
            constant = self.constant(base)
            if constant is None and base.text == "e" and self.is_exponential(node.upper):
                constant = Constant("e", span=base.span)
            if constant is not None and node.upper:
                cursor.take()
                return self.power(constant, node.upper, node.span)
        if isinstance(base, Leaf) and base.token.kind == "number":
            cursor.take()
            return self.power(number(base), node.upper, node.span)
        if isinstance(base, Group) and evaluation_bars.encloses(base, node.lower):
            cursor.take()
            body = self.expression(base.items, base.span)
            return evaluation_bars.taken_at(self, body, node.lower or (), node.span)
        if isinstance(base, Group) and (base.opening != "{" or symbols.base_symbol(base) is None):
            cursor.take()
            value = self.bracket(base)
            if base.opening == "\\Vert" and isinstance(value, MatrixOperation):
                kind = symbols.label(node.lower or ())
                kind = matrix_notation.norm_kind(self, value.arguments[0], kind)
                value = MatrixOperation("norm", value.arguments, kind, span=value.span)
            elif node.lower is not None:
                indices = self.indices(node.lower, 2)
                value = Entry(value, indices, span=node.span)
            return self.power(value, node.upper, node.span)
        if isinstance(base, Command) and symbols.base_symbol(base) is None:
            inner = self.command(Cursor((base,)), base)
            cursor.take()
            return self.power(inner, node.upper, node.span)
        if isinstance(base, Environment):
            cursor.take()
            return self.power(self.environment(base), node.upper, node.span)
        return self.named(cursor)

    def power(self, base: Term, upper: tuple[Node, ...] | None, span: Span) -> Term:
        if not upper:
            return base
        texts = ["\\top" if _is_upright_t(n) else leaf_text(n) for n in upper]
        linear = self.is_linear(base)
        if texts == ["\\top"] or (
            linear and len(texts) == 1 and texts[0] in _TRANSPOSES and not self.knowledge.declared(texts[0])
        ):
            return MatrixOperation("transpose", (base,), span=span)
        if linear and texts in (["-", "\\top"], ["-", "T"]):
            inverse = MatrixOperation("inverse", (base,), span=span)
            return MatrixOperation("transpose", (inverse,), span=span)
        pseudo_inverse = matrix_notation.pseudo_inverse(self, base, upper, span)
        if pseudo_inverse is not None:
            return pseudo_inverse
        if texts == ["-", "1"] and linear:
            return MatrixOperation("inverse", (base,), span=span)
        if texts == ["T"] and not self.knowledge.declared("T") and "T" not in self.bound and not self.counts_with(base):
            return MatrixOperation("transpose", (base,), span=span)
        exponent = self.expression(upper, span)
        return Power(base, exponent, span=span)

    def counts_with(self, base: Term) -> bool:
        """Return whether T above a declared number is a power: the note counts up to T."""
        sort = self.knowledge.scope.sorts.get(base.symbol) if isinstance(base, Name) else None
        ends = [part for _, end in self.knowledge.usage.ranges.values() for part in subterms(end)]
        return isinstance(sort, Real) and any(isinstance(part, Name) and part.symbol == "T" for part in ends)

    def is_linear(self, term: Term) -> bool:
        """Return whether the term is built from a declared vector or matrix."""
        if isinstance(term, Name):
            sort = self.knowledge.scope.sorts.get(term.symbol)
            if isinstance(sort, Function) and sort.on:
                sort = sort.value
            defined = self.knowledge.scope.definitions.get(term.symbol)
            if defined is not None and isinstance(defined.body, MatrixOperation) and not defined.parameters:
                return self.is_linear(defined.body)
            return isinstance(sort, Vector | Matrix) or (
                sort is None and symbols.base_name(term.symbol) in ("\\Sigma", "\\Lambda")
            )
        if isinstance(term, Sum):
            return any(self.is_linear(t) for t in term.terms)
        if isinstance(term, Product):
            return any(self.is_linear(t) for t in term.factors)
        if isinstance(term, Negative):
            return self.is_linear(term.term)
        if isinstance(term, Apply):
            sort = self.knowledge.scope.sorts.get(term.function.symbol)
            return isinstance(sort, Function) and isinstance(sort.value, Vector | Matrix)
        if isinstance(term, MatrixOperation):
            return term.operation in _ARRAY_OPERATIONS
        return isinstance(term, Array)

    def command(self, cursor: Cursor, node: Command) -> Term:
        if symbols.base_symbol(node) is not None:
            return self.named(cursor)
        cursor.take()
        if node.name == "frac":
            top, bottom = node.arguments
            return Quotient(self.expression(top, node.span), self.expression(bottom, node.span), span=node.span)
        if node.name == "sqrt":
            inner = self.expression(node.arguments[0], node.span)
            if node.option:
                one = Number(Fraction(1))
                return Power(inner, Quotient(one, self.expression(node.option, node.span)), span=node.span)
            return Elementary("sqrt", (inner,), span=node.span)
        if node.name == "binom":
            both = tuple(self.expression(a, node.span) for a in node.arguments)
            return Elementary("binomial", both, span=node.span)
        if node.name in ("underbrace", "overbrace", "boxed", "fbox", "underline", "ensuremath", "smash"):
            return self.expression(node.arguments[0], node.span)
        raise NotUnderstood(f"{describe(node)} was not understood", node.span)

    def environment(self, node: Environment) -> Term:
        name = node.name.rstrip("*")
        if name in ("cases", "rcases", "dcases"):
            branches: list[tuple[Term, Term]] = []
            otherwise: Term | None = None
            for row in node.rows:
                value = self.expression(without_commas(row[0]), node.span)
                condition = [n for cell in row[1:] for n in cell]
                words = " ".join(n.text for n in condition if isinstance(n, Words)).lower()
                condition = [n for n in condition if not isinstance(n, Words)]
                if not condition or "otherwise" in words or "else" in words:
                    otherwise = value
                else:
                    branches.append((value, self.condition(without_commas(condition))))
            return Cases(tuple(branches), otherwise, span=node.span)
        if name in ("matrix", "pmatrix", "bmatrix", "array", "smallmatrix"):
            rows = tuple(tuple(self.expression(cell, node.span) for cell in row) for row in node.rows)
            return Array(rows, span=node.span)
        if name == "vmatrix":
            rows = tuple(tuple(self.expression(cell, node.span) for cell in row) for row in node.rows)
            return MatrixOperation("determinant", (Array(rows, span=node.span),), span=node.span)
        if name in ("aligned", "split", "gathered", "alignedat") and len(node.rows) == 1:
            return self.expression([n for cell in node.rows[0] for n in cell], node.span)
        raise NotUnderstood(f"the environment {node.name} was not expected here", node.span)

    # Relations --------------------------------------------------------------------------------------

    def condition(self, nodes: Sequence[Node]) -> Term:
        """Read a chain of relations as a truth value."""
        members, relations = split_relations(nodes)
        if not relations:
            raise NotUnderstood("a condition needs a relation", span_of(nodes, Span(0, 1)))
        terms = [self.expression(m, r.span) for m, r in zip(members, [*relations, relations[-1]], strict=True)]
        found: list[Term] = []
        for left, mark, right in zip(terms, relations, terms[1:], strict=False):
            kind = relation_of(mark)
            if kind not in ("=", "!=", "<", "<=", ">", ">=", "~=", "propto"):
                raise NotUnderstood(f"{describe(mark)} is no condition", mark.span)
            found.append(Comparison(kind, left, right, span=cover((left, right))))  # type: ignore[arg-type]
        return found[0] if len(found) == 1 else Conjunction(tuple(found), span=cover(found))


def _bare_text(node: Node | None) -> str:
    """Return the text of a leaf, scripts taken off."""
    return leaf_text_of(node.base if isinstance(node, Scripted) else node)


def is_word(symbol: str) -> bool:
    """Return whether a name is a word, such as softmax: before a bracket it is a function."""
    word = symbol.removeprefix("\\mathrm{").split("}", 1)[0].split("_", 1)[0]
    return len(word) > 1 and word.isalpha()


@dataclass(frozen=True)
class ResolvedName:
    """A decorated name taken apart."""

    symbol: str
    indices: tuple[Term, ...] = ()
    upper: tuple[Node, ...] | None = None
    primes: int = 0
