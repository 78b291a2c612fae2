"""Derivatives as notes write them: d/dx, partial fractions, gradients, Hessians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from errata.language import differentials, evaluation_bars, symbols
from errata.language.cursor import Cursor, multiply
from errata.language.derivative_layout import laid_out
from errata.language.gradient_variables import only_argument, only_parameter
from errata.language.gradients_at_members import point_of, replaced
from errata.language.grammar import parse_syntax
from errata.language.operator_notation import next_term_mentions, rest_of_sum
from errata.language.partial_derivatives import partial
from errata.language.prose.notations import NABLA
from errata.language.recursions import held_again, immediate
from errata.language.sorts import Function, Real
from errata.language.syntax import Command, Leaf, Node, Scripted, Words, leaf_text
from errata.language.terms import Apply, At, ComplexPart, Derivative, Entry, MatrixOperation, Name, Product, Span, Term
from errata.language.tokens import NotUnderstood, tokenize

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_TRANSPOSED = ("T", "\\top", "\\intercal")

POINT = Name("\\zeta'")
"""Stands for the argument of a function while it is differentiated: \\nabla f(x_0) is taken at x_0."""


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read a derivative or gradient, or return None where there is none."""
    node = cursor.peek()
    taken_operator = evaluation_bars.of_operator(cursor.rest)
    if taken_operator is not None and _is_open_operator(taken_operator[0]):
        return _operator_at(meaning, cursor, *taken_operator)
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Leaf) and (base.text == "\\nabla" or (base.text == "\\partial" and _has_subscript(node))):
        return _gradient(meaning, cursor)
    if isinstance(node, Command) and node.name == "frac":
        return _fraction(meaning, cursor, node)
    if isinstance(node, Scripted) and _is_transposed_fraction(node):
        cursor.take()
        inner = Cursor((node.base,))
        value = read(meaning, inner)
        return None if value is None else MatrixOperation("transpose", (value,), span=node.span)
    if isinstance(node, Command) and node.name in ("pdv", "dv"):
        cursor.take()
        return _of_physics(meaning, cursor, node)
    return differentials.read(meaning, cursor)


def _is_transposed_fraction(node: Scripted) -> bool:
    r"""Return whether a derivative of something that stands above has nothing but a sign of transposing beside it."""
    base = node.base
    if not isinstance(base, Command) or base.name != "frac" or node.lower or node.primes:
        return False
    top, bottom = base.arguments
    derived = len(top) > 1 and len(bottom) > 1 and is_differential(top[0]) and is_differential(bottom[0])
    return derived and symbols.label(node.upper or ()) in _TRANSPOSED


def _is_open_operator(node: Node) -> bool:
    """Return whether a node is d/dx with nothing above but the d."""
    if not isinstance(node, Command) or node.name != "frac" or not node.arguments[1]:
        return False
    top, bottom = node.arguments
    return len(top) == 1 and is_differential(top[0]) and is_differential(bottom[0])


def _operator_at(meaning: Meaning, cursor: Cursor, operator: Node, place: Sequence[Node], count: int) -> Term | None:
    """Read what stands after an operator with a bar, and take the result at the place that the bar tells."""
    assert isinstance(operator, Command)
    inner = Cursor((operator, *cursor.rest[count:]))
    value = _fraction(meaning, inner, operator)
    if value is None:
        return None
    cursor.position += count + inner.position - 1
    return evaluation_bars.taken_at(meaning, value, place, value.span or operator.span)


def _of_physics(meaning: Meaning, cursor: Cursor, node: Command) -> Term:
    r"""Read \pdv[2]{f}{x}, \pdv{f}{x}{y} and the like: by the last variable first."""
    written = symbols.label(node.option) if node.option is not None else "1"
    if not written.isdecimal() or not 1 <= int(written) <= 6:
        raise NotUnderstood("the order of a derivative is not a small number", node.span)
    body, *variables = node.arguments
    value = meaning.expression(body, node.span) if body else _operand(meaning, cursor, node)
    for variable in reversed(variables):
        value = derivative(meaning, value, meaning.expression(variable, node.span), int(written), node.span)
    return value


def derivative(
    meaning: Meaning,
    body: Term,
    variable: Term,
    order: int,
    span: Span,
    *,
    gradient: bool = False,
    of_value: bool = False,
) -> Term:
    r"""Return the derivative in the note's layout; by a transposed variable, as in d/dx^T, it is the Jacobian.

    of_value: it is written as a fraction, so that df(x_0)/dx is taken at x_0; \frac{d}{dx} f(x_0) may be zero.
    """
    point = point_of(body, variable, meaning.knowledge, meaning.bound) if gradient or of_value else None
    if point is not None:
        inner = derivative(meaning, replaced(body, point, POINT), POINT, order, span, gradient=gradient)
        return At(inner, POINT, point, span=span)
    if isinstance(variable, MatrixOperation) and variable.operation == "transpose":
        inner = Derivative(body, checked(variable.arguments[0], span), order, span=span)
        return MatrixOperation("transpose", (inner,), span=span)
    return laid_out(meaning, Derivative(body, checked(variable, span), order, span=span), gradient=gradient)


def _has_subscript(node: Node | None) -> bool:
    return isinstance(node, Scripted) and bool(node.lower)


def is_differential(node: Node) -> bool:
    """Return whether a node is the d or the partial sign of a derivative, \\mathrm{d} and d^2 included."""
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Words):
        return base.text.strip() == "d"
    return leaf_text(base) in ("d", "\\partial")


def _order(node: Node) -> int | None:
    if not isinstance(node, Scripted):
        return 1
    text = symbols.label(node.upper or ())
    return int(text) if text.isdigit() and 1 <= int(text) <= 6 and node.lower is None else None


def _fraction(meaning: Meaning, cursor: Cursor, node: Command) -> Term | None:
    top, bottom = node.arguments
    if not top or not bottom or not is_differential(top[0]) or not is_differential(bottom[0]) or len(bottom) < 2:
        return None
    at_once = is_immediate(top[0])
    order = 1 if at_once else _order(top[0])
    variables = _variables(meaning, bottom, node)
    if order is None or variables is None:
        return None
    if sum(n for _, n in variables) != order:
        if len(top) == 1 and len(bottom) == 2 and isinstance(bottom[1], Scripted):
            raise NotUnderstood("how often this differentiates is not clear", node.span, "give the square a name")
        return None
    cursor.take()
    body = meaning.expression(top[1:], node.span) if len(top) > 1 else _operand(meaning, cursor, node, variables)
    end = max(node.span.end, (body.span or node.span).end)
    held: tuple[tuple[Name, Term], ...] = ()
    if at_once:
        body, held = immediate(body, meaning.knowledge.scope)
    elif leaf_text(top[0]) == "\\partial" and len(variables) == 1:
        body, held = partial(meaning, body, variables[0][0])
    for variable, times in variables:
        span, whole = Span(node.span.start, end), len(top) > 1
        body = derivative(meaning, body, variable, times, span, of_value=whole)
    return held_again(body, held)


def is_immediate(node: Node) -> bool:
    """Return whether the sign is that of the immediate derivative, \\partial^+."""
    return isinstance(node, Scripted) and leaf_text(node.base) == "\\partial" and symbols.label(node.upper or ()) == "+"


def _variables(meaning: Meaning, nodes: Sequence[Node], owner: Command) -> list[tuple[Term, int]] | None:
    """Read dx, dx^2, \\partial x \\partial y: pairs of variable and order."""
    parts: list[list[Node]] = []
    for node in nodes:
        if is_differential(node) and not isinstance(node, Scripted):
            parts.append([])
        elif parts:
            parts[-1].append(node)
        else:
            return None
    found: list[tuple[Term, int]] = []
    for part in parts:
        if not part:
            return None
        times = 1
        last = part[-1]
        if isinstance(last, Scripted) and last.upper is not None:
            text = symbols.label(last.upper)
            if text.isdigit():
                times = int(text)
                bare = (
                    last.base if last.lower is None else Scripted(last.span, last.base, last.lower, None, last.primes)
                )
                part = [*part[:-1], bare]
        if not 1 <= times <= 6:
            return None
        found.append((meaning.expression(part, owner.span), times))
    return found


def _gradient(meaning: Meaning, cursor: Cursor) -> Term:
    """\\nabla_x f, \\nabla f(x), the Hessian \\nabla^2 f and the divergence \\nabla \\cdot F."""
    node = cursor.take()
    order = _power(node)
    if order not in (1, 2):
        raise NotUnderstood("this power of a gradient is not read", node.span)
    lower = node.lower if isinstance(node, Scripted) else None
    variable = meaning.expression(_once(lower, order), node.span) if lower else _told(meaning)
    divergence = cursor.text() == "\\cdot"
    if divergence:
        cursor.take()
    body = _operand(meaning, cursor, node)
    span = Span(node.span.start, (body.span or node.span).end)
    value = taken(meaning, body, variable, order, span)
    return MatrixOperation("trace", (value,), span=span) if divergence else value


def _told(meaning: Meaning) -> Term | None:
    """Return the variable that gradients without a subscript are said to be taken by."""
    latex = meaning.knowledge.scope.notations.get(NABLA)
    return meaning.expression(parse_syntax(tokenize(latex))) if latex else None


def _power(node: Node) -> int:
    """The power of a gradient, 0 where it is no number: \\nabla_x^2."""
    if not isinstance(node, Scripted) or not node.upper:
        return 1
    text = symbols.label(node.upper)
    return int(text) if text.isdigit() else 0


def _once(lower: Sequence[Node], order: int) -> Sequence[Node]:
    """\\nabla^2_{xx}: the variable is written twice."""
    half = len(lower) // 2
    halves = lower[:half], lower[half:]
    twice = order == 2 and half and symbols.label(halves[0]) == symbols.label(halves[1])
    return halves[0] if twice else lower


def taken(meaning: Meaning, body: Term, variable: Term | None, order: int, span: Span) -> Term:
    """Return the gradient or Hessian of a body; without a variable, by the argument of the function it is of."""
    factors = list(body.factors) if isinstance(body, Product) else [body]
    function = _transposed_function(meaning, factors[0])
    if function is not None:
        value = taken(meaning, function, variable, order, span)
        return multiply([MatrixOperation("transpose", (value,), span=span), *factors[1:]])
    if variable is not None:
        for _ in range(order):
            body = derivative(meaning, body, variable, 1, span, gradient=True)
        return body
    name = _argument(meaning, factors[0])
    if name is None:
        variable = _only_variable(meaning, body) or only_parameter(body)
        if isinstance(variable, Entry):
            inner = taken(meaning, replaced(body, variable, POINT), POINT, order, span)
            return At(inner, POINT, variable, span=span)
        if variable is not None:
            return taken(meaning, body, variable, order, span)
        raise NotUnderstood("the gradient does not say by which variable", span, "write \\nabla_x")
    if isinstance(name, Name) and name.symbol not in meaning.bound:
        value = taken(meaning, factors[0], name, order, span)
    else:
        assert isinstance(factors[0], Apply)
        inner = taken(meaning, replace(factors[0], arguments=(POINT,)), POINT, order, span)
        value = At(inner, POINT, name, span=span)
    return multiply([value, *factors[1:]])


def _only_variable(meaning: Meaning, body: Term) -> Term | None:
    """Return the variable of the other gradients of the display, or the only one that there is."""
    told = meaning.knowledge.gradient
    if told:
        return meaning.expression(told)
    name = only_argument(body)
    return name if name is not None and name.symbol not in meaning.bound else None


def _transposed_function(meaning: Meaning, term: Term) -> Term | None:
    """Return f(x) of \\nabla f(x)^\\top d: a number needs no transpose, so it is the gradient's."""
    if not isinstance(term, MatrixOperation) or term.operation != "transpose":
        return None
    inner = term.arguments[0]
    if not isinstance(inner, Apply):
        return None
    declared = meaning.knowledge.scope.sorts.get(inner.function.symbol)
    return inner if not isinstance(declared, Function) or isinstance(declared.value, Real) else None


def _argument(meaning: Meaning, term: Term) -> Term | None:
    """Return the only argument of a function, or the only variable that a name was declared to depend on."""
    if isinstance(term, Apply) and term.order == 0 and len(term.arguments) == 1 and not term.parameters:
        return term.arguments[0]
    if isinstance(term, Derivative):
        return term.variable
    if isinstance(term, Name):
        definition = meaning.knowledge.scope.definitions.get(term.symbol)
        if definition is not None and len(definition.parameters) == 1:
            return Name(definition.parameters[0])
        declared = meaning.knowledge.scope.sorts.get(term.symbol)
        if isinstance(declared, Function) and len(declared.on) == 1:
            return Name(declared.on[0])
    return None


def _operand(meaning: Meaning, cursor: Cursor, node: Node, variables: Sequence[tuple[Term, int]] = ()) -> Term:
    """What an operator d/dx applies to: the product after it; or, as some write, the whole sum."""
    if cursor.peek() is None:
        raise NotUnderstood("nothing stands after this derivative", node.span)
    first = meaning.factors(cursor)
    names = [v.symbol for v, _ in variables if isinstance(v, Name)]
    if cursor.text() in ("+", "-") and next_term_mentions(cursor, names):
        meaning.ambiguities.add("derivative reach")
        if "derivative reach" in meaning.choices:
            return rest_of_sum(meaning, cursor, first, names)
    return first


def checked(variable: Term, span: Span) -> Term:
    """Return the variable of a derivative; raise NotUnderstood where it is no variable."""
    bare = variable.term if isinstance(variable, ComplexPart) else variable
    if isinstance(bare, Name | Entry) or (isinstance(bare, Apply) and bare.order == 0):
        return variable
    raise NotUnderstood("this is no variable to differentiate by", span)
