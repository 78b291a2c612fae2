"""Syntax into terms, with the scope as oracle: precedence, juxtaposition, names, calls, powers.

Where notes can be read in two ways the reader takes the likelier and notes the choice in `ambiguities`;
reading again with that choice among `choices` gives the other meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from errata.language import (
    bracket_notation,
    calculus_notation,
    complex_notation,
    congruences,
    decorated_names,
    dotted_arrays,
    dotted_terms,
    evaluation_bars,
    event_notation,
    extremum_notation,
    function_notation,
    limit_notation,
    matrix_notation,
    name_notation,
    operator_notation,
    power_notation,
    probability_notation,
    symbols,
    taken_between,
    vector_products,
)
from errata.language.bracket_scripts import primed, refuse_mixed_number, refuse_primed_arguments, without_index
from errata.language.cursor import (
    RELATIONS,
    Cursor,
    cover,
    describe,
    multiply,
    number,
    relation_of,
    split_relations,
    without_commas,
)
from errata.language.knowledge import Knowledge
from errata.language.power_notation import raised
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, leaf_text, span_of
from errata.language.terms import (
    Array,
    Cases,
    Comparison,
    Conjunction,
    Constant,
    Elementary,
    Entry,
    MatrixOperation,
    Negative,
    Number,
    Power,
    Quotient,
    Span,
    Sum,
    Term,
)
from errata.language.tokens import NotUnderstood

_STOPS = frozenset(("+", "-", ",", ";", "\\pm", "\\mp", "\\quad", "|", "\\mid", ".", ":", "&", "\\\\"))
_BARS = frozenset(("|", "\\mid", "\\Vert"))


@dataclass
class Meaning:
    """Reads the syntax of one formula; the state is of that reading alone.

    bound: symbols bound around the place. draws: the law a variable was last drawn from in this chain.
    mean_law: the law that an expectation without a subscript averages over, as the chain suggests.
    in_order: that what stands between two times begins before it ends.
    """

    knowledge: Knowledge
    choices: frozenset[str] = frozenset()
    ambiguities: set[str] = field(default_factory=set)
    bound: list[str] = field(default_factory=list)
    draws: dict[str, Term] = field(default_factory=dict)
    mean_law: Term | None = None
    assumed: list[str] = field(default_factory=list)
    in_order: list[Comparison] = field(default_factory=list)
    in_law: bool = False

    # Expressions ------------------------------------------------------------------------------------

    def expression(self, nodes: Sequence[Node], owner: Span | None = None) -> Term:
        """Read all of the nodes as one term.

        Raises NotUnderstood at the first node that does not fit.
        """
        kept = [n for n in nodes if leaf_text(n) not in ("\\quad", "&", "\\\\")]
        refuse_primed_arguments(self, kept)
        refuse_mixed_number(kept)
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
        dots: Node | None = None
        gap = 0
        started = cursor.position
        negative = self.sign(cursor)
        while True:
            if cursor.text() == "\\ldots" and terms and dots is None and not negative:
                dots, gap = cursor.take(), len(terms)
            else:
                term = self.product(cursor)
                terms.append(Negative(term, span=term.span) if negative else term)
            if cursor.text() not in ("+", "-"):
                break
            negative = self.sign(cursor)
        if dots is not None:
            spread = dotted_terms.written_out("sum", terms[:gap], terms[gap:], self.names_in_use())
            if spread is None:
                raise NotUnderstood("in what steps these dots go on is not clear", dots.span, "write a sum")
            terms = [replace(t, span=t.span or cover(terms)) for t in spread]
        bare = cursor.items[started : cursor.position]
        if any(leaf_text(n) == congruences.SIGN for n in bare) and (len(terms) > 1 or leaf_text(bare[0]) in ("+", "-")):
            raise NotUnderstood("of what the remainder is taken is not clear", bare[0].span, "set brackets")
        if len(terms) == 1:
            return terms[0]
        return Sum(tuple(terms), span=cover(terms))

    def names_in_use(self) -> set[str]:
        """Return the names that mean something here, so that they are no fresh index."""
        scope, usage = self.knowledge.scope, self.knowledge.usage
        return {*self.bound, *scope.sorts, *scope.definitions, *usage.laws, *usage.functions, *usage.indexed}

    def sign(self, cursor: Cursor) -> bool:
        negative = False
        while cursor.text() in ("+", "-"):
            negative ^= cursor.text() == "-"
            cursor.take()
        return negative

    def product(self, cursor: Cursor) -> Term:
        """Factors side by side, and the bar that says where they are taken."""
        started = cursor.position
        term = self.factors(cursor)
        while (bar := cursor.peek()) is not None and evaluation_bars.is_bar(bar):
            assert isinstance(bar, Scripted)
            cursor.take()
            if taken_between.is_bar_between(bar):
                alone = all(leaf_text(n) in ("+", "-") for n in cursor.items[:started])
                taken = cursor.items[started : cursor.position - 1]
                term = taken_between.before_bar(self, taken, bar, alone=alone)
                continue
            span = Span((term.span or bar.span).start, bar.span.end)
            term = evaluation_bars.taken_at(self, term, bar.lower or (), span)
            following = cursor.peek()
            if following is not None and self.starts_factor(following):
                term = multiply([term, self.factors(cursor)])
        return term

    def factors(self, cursor: Cursor) -> Term:
        """Factors side by side, \\cdot, /, and the entrywise product."""
        factors: list[Term] = [self.factor(cursor)]
        signs: list[str] = [""]
        while (node := cursor.peek()) is not None:
            text = leaf_text(node)
            if self.stray_differential(cursor):
                cursor.position += 2
                self.assumed.append("a differential without an integral was ignored")
                continue
            if text in vector_products.TIMES:
                cursor.take()
                negative = self.sign(cursor)
                factor = self.factor(cursor)
                factors.append(Negative(factor, span=factor.span) if negative else factor)
                signs.append(text)
            elif text in ("/", "\\div"):
                cursor.take()
                factors, signs = [self.division(factors, cursor)], [""]
            elif text == congruences.SIGN:
                cursor.take()
                factors, signs = [self.remainder(factors, cursor, node)], [""]
            elif matrix_notation.is_sign(cursor):
                return matrix_notation.signed_product(self, cursor, factors)
            elif evaluation_bars.is_bar(node):
                break
            elif self.starts_factor(node) or bracket_notation.opens_bar(self, cursor):
                factors.append(self.factor(cursor))
                signs.append("")
            else:
                break
        return vector_products.joined(self, factors, signs)

    def stray_differential(self, cursor: Cursor) -> bool:
        """Return whether dx stands at the end of a product though no integral is open: a slip of the pen."""
        variable, following = cursor.peek(1), cursor.peek(2)
        if cursor.text() != "d" or variable is None or self.knowledge.declared("d"):
            return False
        symbol = symbols.decorated(variable)
        ends = following is None or leaf_text(following) in ("+", "-")
        return ends and symbol is not None and self.knowledge.is_space(symbols.base_name(symbol))

    def division(self, factors: list[Term], cursor: Cursor) -> Term:
        first = cursor.peek()
        divisor = self.factor(cursor)
        numerator = multiply(factors)
        following = cursor.peek()
        if following is not None and self.starts_factor(following):
            kind = "tight slash" if not isinstance(numerator, Number) and _are_letters(first, following) else "slash"
            self.ambiguities.add(kind)
            if (kind in self.choices) == (kind == "slash"):
                parts: list[Term] = [divisor]
                while (node := cursor.peek()) is not None and self.starts_factor(node):
                    parts.append(self.factor(cursor))
                divisor = multiply(parts)
        return Quotient(numerator, divisor, span=cover((numerator, divisor)))

    def remainder(self, factors: list[Term], cursor: Cursor, sign: Node) -> Term:
        r"""Read a \bmod n. What is divided in a + b \bmod n is not clear, and what a product after n would be."""
        following = cursor.peek()
        modulus = self.factor(cursor) if following is not None else None
        last = cursor.peek()
        if modulus is None or not congruences.is_whole(modulus) or (last is not None and self.starts_factor(last)):
            raise NotUnderstood("by what the remainder is taken was not understood", sign.span)
        dividend = multiply(factors)
        return Elementary("mod", (dividend, modulus), span=cover((dividend, modulus)))

    def starts_factor(self, node: Node) -> bool:
        """Return whether the node can begin a factor of a product."""
        text = leaf_text(node)
        if not text:
            sign = isinstance(node, Scripted) and leaf_text(node.base) in RELATIONS
            return not sign and not self.is_relation(node) and not evaluation_bars.is_bar(node)
        return (
            text not in _STOPS
            and text not in RELATIONS
            and text not in ("/", *vector_products.TIMES, "\\div", "!", "\\%", congruences.SIGN)
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
            if leaf_text(mark) == cursor.text() == "!":
                raise NotUnderstood("a double factorial is not read", mark.span)
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
        for read in (
            event_notation.read,
            probability_notation.read,
            calculus_notation.read,
            operator_notation.read,
            extremum_notation.read,
            limit_notation.read,
        ):
            term = read(self, cursor)
            if term is not None:
                return term
        text = leaf_text(node)
        if text in _BARS:
            return bracket_notation.bars(self, cursor)
        if text == "-":
            cursor.take()
            inner = self.factor(cursor)
            return Negative(inner, span=inner.span)
        if isinstance(node, Leaf) and node.token.kind == "number":
            cursor.take()
            return number(node)
        complex_number = complex_notation.read(self, node)
        if complex_number is not None:
            cursor.take()
            return raised(self, complex_number, node.upper if isinstance(node, Scripted) else None, node.span)
        name = function_notation.function_head(self, node)
        if name is not None:
            return function_notation.elementary(self, cursor, name)
        ones = matrix_notation.ones(self, node)
        if ones is not None:
            cursor.take()
            return ones
        if isinstance(node, Scripted):
            return self.scripted(cursor, node)
        if isinstance(node, Group):
            cursor.take()
            return bracket_notation.bracket(self, node)
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
        return name_notation.named(self, cursor)

    def constant(self, node: Leaf) -> Term | None:
        kinds = {"\\infty": "infinity", "\\pi": "pi", "e": "e"}
        kind = kinds.get(node.text)
        if kind is None or self.knowledge.declared(node.text) or node.text in self.bound:
            return None
        if node.text in self.knowledge.named or node.text in self.knowledge.usage.averaged:
            return None  # E[e] is the mean of an error
        if node.text in self.knowledge.usage.finite:
            return None
        if kind != "infinity" and (self.knowledge.law(node.text) or self.knowledge.is_function(node.text)):
            return None
        return Constant(kind, span=node.span)  # type: ignore[arg-type]

    # Names ------------------------------------------------------------------------------------------

    # Scripts and commands ---------------------------------------------------------------------------

    def scripted(self, cursor: Cursor, node: Scripted) -> Term:
        base = node.base
        if isinstance(base, Command) and base.name in ("underbrace", "overbrace", "boxed", "fbox"):
            cursor.take()
            return self.expression(base.arguments[0], node.span)
        if isinstance(base, Leaf) and base.text in ("e", "\\pi") and node.lower is None and not node.primes:
            constant = self.constant(base)
            if constant is None and base.text == "e" and power_notation.is_exponential(self, node.upper):
                constant = Constant("e", span=base.span)
            if constant is not None and node.upper:
                cursor.take()
                return raised(self, constant, node.upper, node.span)
        if isinstance(base, Leaf) and base.token.kind == "number":
            cursor.take()
            ones = matrix_notation.transposed_ones(self, base, node)
            return ones or raised(self, primed(self, self.numbered(base, node), node), node.upper, node.span)
        if isinstance(base, Group) and taken_between.is_taken_between(node):
            cursor.take()
            return taken_between.bracket_between(self, node)
        if isinstance(base, Group) and evaluation_bars.encloses(base, node.lower):
            cursor.take()
            body = self.expression(base.items, base.span)
            return evaluation_bars.taken_at(self, primed(self, body, node), node.lower or (), node.span)
        if isinstance(base, Group) and (base.opening != "{" or symbols.base_symbol(base) is None):
            cursor.take()
            value = bracket_notation.bracket(self, base, turned=power_notation.turns(node.upper))
            if base.opening == "\\Vert" and isinstance(value, MatrixOperation):
                kind = symbols.label(node.lower or ())
                kind = matrix_notation.norm_kind(self, value.arguments[0], kind)
                value = MatrixOperation("norm", value.arguments, kind, span=value.span)
            elif node.lower is not None:
                indices = decorated_names.indices(self, node.lower, 2)
                value = Entry(value, indices, span=node.span)
            return raised(self, primed(self, value, node), node.upper, node.span)
        if isinstance(base, Command) and symbols.base_symbol(base) is None:
            inner = self.command(Cursor((base,)), base)
            cursor.take()
            return raised(self, primed(self, inner, without_index(node)), node.upper, node.span)
        if isinstance(base, Environment):
            cursor.take()
            return raised(self, primed(self, self.environment(base), node), node.upper, node.span)
        return name_notation.named(self, cursor)

    def numbered(self, base: Leaf, node: Scripted) -> Term:
        """Read a number with something below it: the vector of ones 1_n; a zero may have its size there."""
        if not node.lower or base.text == "0":
            return number(base)
        if base.text != "1":
            raise NotUnderstood("what stands below this number was not understood", node.span)
        return MatrixOperation("ones", (self.expression(node.lower, node.span),), span=node.span)

    def command(self, cursor: Cursor, node: Command) -> Term:
        if symbols.base_symbol(node) is not None:
            return name_notation.named(self, cursor)
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
            if any(dotted_arrays.is_dotted(row) for row in node.rows):
                return dotted_arrays.matrix(self, node.rows, node.span)
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
        congruent = congruences.with_modulus([tuple(m) for m in members], [relation_of(r) for r in relations])
        members = list(congruent or members)
        terms = [self.expression(m, r.span) for m, r in zip(members, [*relations, relations[-1]], strict=True)]
        found: list[Term] = []
        for left, mark, right in zip(terms, relations, terms[1:], strict=False):
            kind = relation_of(mark)
            kind = "=" if congruent is not None and kind == "\\equiv" else kind
            if kind not in ("=", "!=", "<", "<=", ">", ">=", "~=", "propto"):
                raise NotUnderstood(f"{describe(mark)} is no condition", mark.span)
            found.append(Comparison(kind, left, right, span=cover((left, right))))  # type: ignore[arg-type]
        return found[0] if len(found) == 1 else Conjunction(tuple(found), span=cover(found))


def _are_letters(first: Node | None, second: Node) -> bool:
    """Return whether two letters stand side by side with nothing between them, as kT in E/kT."""
    letters = all(isinstance(n, Leaf) and n.token.kind != "number" and len(leaf_text(n)) == 1 for n in (first, second))
    return letters and first is not None and first.span.end == second.span.start
