"""Laws, densities, expectations, divergences, entropies and Gaussians as notes write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from errata.language import kernels, symbols
from errata.language.conditional_draws import conditional_draws, draws_of_one_law, labelled_law, law_of_variables
from errata.language.configurations import entry_of_column, law_of_entry
from errata.language.cursor import Cursor, relation_of, split
from errata.language.definitions import free_symbols
from errata.language.finite_functionals import of_columns
from errata.language.hierarchical_variables import hierarchy
from errata.language.informed_variables import ENTROPY
from errata.language.joint_laws import joint_law, space_of
from errata.language.knowledge import written_laws
from errata.language.laws import as_law, draw_names
from errata.language.mean_labels import label_below, under_label
from errata.language.named_laws import named_density, standard_law
from errata.language.policies import law_under_policy
from errata.language.power_notation import raised
from errata.language.sorts import Family, Function, Matrix, RandomVariable, Real, Vector
from errata.language.standard_moments import correlation
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words, everything, leaf_text
from errata.language.terms import (
    Apply,
    Density,
    Draw,
    Entry,
    Expectation,
    Functional,
    Information,
    LawReference,
    MatrixOperation,
    Moment,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Slot,
    Span,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

LAW_BASES = frozenset(
    ("p", "q", "P", "Q", "\\mathbb{P}", "\\mathbb{Q}", "\\mathcal{P}", "\\mathrm{Pr}", "\\mathrm{P}", "\\Pr")
)
_DIVERGENCES = {"KL": "kl", "JS": "jsd", "JSD": "jsd", "TV": "total_variation"}
_STANDARD = {
    "\\mathcal{N}": "normal", "N": "normal", "\\mathrm{Bernoulli}": "bernoulli", "\\mathrm{Bern}": "bernoulli",
    "\\mathrm{Ber}": "bernoulli", "\\mathcal{U}": "uniform", "U": "uniform", "\\mathrm{Uniform}": "uniform",
    "\\mathrm{Unif}": "uniform", "Bernoulli": "bernoulli", "Uniform": "uniform", "Bern": "bernoulli",
    "\\mathrm{N}": "normal", "\\mathscr{N}": "normal",
}  # fmt: skip
POSTERIOR = "posterior"
"""The choice to read the second law of KL(q || p) as given what q is no law of."""
AT_POINT = "entropy at a point"
"""The choice to read H(y | x), in small letters, as the entropy of p(y | x) at this x, not averaged over x."""
_SEPARATORS = ("|", "\\mid", "\\Vert")


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read an expectation, moment, divergence, entropy, information or Gaussian; None where there is none."""
    node = cursor.peek()
    assert node is not None
    angled = _angled(meaning, node)
    if angled is not None:
        cursor.take()
        return angled
    head = _head(cursor)
    if head is None:
        return None
    word, taken, lower = head
    following = cursor.peek(taken)
    bracket = following.base if isinstance(following, Scripted) else following
    function = symbols.decorated(node) if word == "E" and lower else None
    if function is not None and isinstance(meaning.knowledge.scope.sorts.get(function), Function):
        return None  # a function that is declared with its label: an energy E_\theta
    if word in ("E", "\\mathbb{E}") and _is_expectation(meaning, word, lower, bracket, following):
        return _expectation(meaning, cursor, taken, lower)
    if not isinstance(bracket, Group) or bracket.opening not in ("(", "[", "\\{"):
        return None
    if word in ("Var", "Cov", "V") and not meaning.knowledge.declared(word) and (word != "V" or bracket.opening == "["):
        return _moment(meaning, cursor, taken, lower, bracket, "covariance" if word == "Cov" else "variance")
    if word == "Corr" and lower is None and not meaning.knowledge.declared(word):
        return _correlation(meaning, cursor, taken, bracket)
    if word in _DIVERGENCES and not _defined(meaning, word):
        return _divergence(meaning, cursor, taken, bracket, _DIVERGENCES[word])
    if word == "D" and _is_divergence(meaning, lower, bracket):
        return _divergence(meaning, cursor, taken, bracket, _DIVERGENCES.get(symbols.label(lower or ()), "kl"))
    if (word == "H" or meaning.knowledge.scope.notations.get(word) == ENTROPY) and not _defined(meaning, word):
        return _entropy(meaning, cursor, taken, bracket, following)
    if word in ("I", "MI") and not _defined(meaning, word):
        return _mutual_information(meaning, cursor, taken, bracket)
    if word in _STANDARD and lower is None and not _defined(meaning, word):
        return _standard(meaning, cursor, taken, bracket, _STANDARD[word])
    return None


def _defined(meaning: Meaning, word: str) -> bool:
    return meaning.knowledge.declared(word)


def _head(cursor: Cursor) -> tuple[str, int, tuple[Node, ...] | None] | None:
    """Return the word that stands here, how many nodes it takes, and its subscript."""
    node = cursor.peek()
    base = node.base if isinstance(node, Scripted) else node
    lower = node.lower if isinstance(node, Scripted) else None
    raised = isinstance(node, Scripted) and (node.upper or node.primes)
    if raised and (base is None or leaf_text(base) != "D" or (isinstance(node, Scripted) and node.upper is not None)):
        return None
    if isinstance(base, Words):
        word = "".join(base.text.split())
        if word in ("Var", "var", "Cov", "cov", "Corr", "corr"):
            return word.capitalize(), 1, lower
        if word in ("E", "KL", "JS", "JSD", "H", "I", "MI", "TV", "D", "V"):
            return word, 1, lower
        if word in ("DKL", "D_KL"):
            return "KL", 1, None
        symbol = symbols.base_symbol(base)
        return (symbol, 1, lower) if symbol in _STANDARD else ((word, 1, lower) if word in _STANDARD else None)
    if isinstance(base, Command) and base.name in ("mathbb", "mathbf", "mathcal", "mathscr"):
        inner = symbols.label(base.arguments[0])
        if inner == "E":
            return "\\mathbb{E}", 1, lower
        if inner in ("H", "I", "V") and base.name in ("mathbb", "mathbf", "mathcal"):
            return inner, 1, lower
        symbol = symbols.base_symbol(base)
        return (symbol, 1, lower) if symbol in _STANDARD else None
    if isinstance(base, Leaf) and base.token.kind == "letter":
        letters, taken, last = "", 0, lower
        while taken < 3:
            current = cursor.peek(taken)
            bare = current.base if isinstance(current, Scripted) else current
            if not (isinstance(bare, Leaf) and bare.token.kind == "letter" and bare.text.isupper()):
                break
            letters += bare.text
            taken += 1
            last = current.lower if isinstance(current, Scripted) else None
            if isinstance(current, Scripted):
                break
        if letters in ("KL", "JS", "JSD", "TV"):
            return letters, taken, last
        return base.text, 1, lower
    return None


# Expectations ----------------------------------------------------------------------------------------


def _is_expectation(
    meaning: Meaning, word: str, lower: tuple[Node, ...] | None, bracket: Node | None, following: Node | None
) -> bool:
    if word == "\\mathbb{E}":
        return True
    if lower and meaning.knowledge.is_function(symbols.compose("E", symbols.label(lower))):
        return False
    if meaning.knowledge.is_function("E") or meaning.knowledge.declared("E"):
        return isinstance(bracket, Group) and bracket.opening == "[" and not meaning.knowledge.is_function("E")
    if lower and any(relation_of(n) == "~" for n in lower):
        return True
    if isinstance(bracket, Group) and bracket.opening in ("[", "\\{"):
        return True
    if lower:
        return _subscript_is_law(meaning, lower) or (isinstance(bracket, Group) and bracket.opening == "(")
    return isinstance(bracket, Group) and following is not None and bracket.opening == "("


def _subscript_is_law(meaning: Meaning, lower: Sequence[Node]) -> bool:
    symbol = symbols.decorated(lower[0])
    if symbol is None:
        return False
    return meaning.knowledge.law(symbol) is not None or symbols.base_name(symbol) in meaning.knowledge.usage.spaces


def _expectation(meaning: Meaning, cursor: Cursor, taken: int, lower: tuple[Node, ...] | None) -> Term:
    start = cursor.peek()
    assert start is not None
    for _ in range(taken):
        cursor.take()
    while isinstance(cursor.peek(), Group) and not cursor.peek().items and cursor.peek().opening == "{":  # type: ignore[union-attr]
        cursor.take()
    label = _law_label(meaning, lower, cursor.rest)
    lower = None if label else lower
    pending = _draws(meaning, lower, start.span) if lower else None
    names = [d.name.symbol for d in pending if d.name.symbol] if pending else []
    before = dict(meaning.draws)
    for draw in pending or ():
        if draw.name.symbol:
            meaning.draws[draw.name.symbol] = draw.law
    meaning.bound.extend(names)
    given: tuple[Term, ...] = ()
    power: tuple[Node, ...] | None = None
    try:
        following = cursor.peek()
        bracket = following.base if isinstance(following, Scripted) else following
        if isinstance(bracket, Group) and bracket.opening in ("[", "(", "\\{"):
            cursor.take()
            power = following.upper if isinstance(following, Scripted) else None
            body, given = _conditioned(meaning, bracket)
            end = bracket.span.end
        else:
            if following is None:
                raise NotUnderstood("this expectation has no body", start.span)
            body = meaning.product(cursor)
            end = (body.span or start.span).end
        given = (*label, *given)
    finally:
        del meaning.bound[len(meaning.bound) - len(names) :]
    draws = _completed(meaning, pending, body, start.span)
    staged = hierarchy((body,), given, meaning.knowledge.scope, start.span) if not draws and lower is None else None
    if staged is not None:
        draws, (body,), given = staged.draws, staged.terms, ()
    if not draws and not given and meaning.mean_law is not None and lower is None:
        law = meaning.mean_law
        draws = _completed(meaning, (Draw(Name(""), "", law),), body, start.span)
        if draws:
            meaning.assumed.append("the expectation without a subscript averages over the law of the line before")
    if not draws and not given and lower is None:
        draws = draws_of_one_law(meaning, (body,))
    meaning.draws.update({k: v for k, v in before.items() if k not in meaning.draws})
    stepwise = any(kernels.is_chance(draw.law) for draw in draws)
    if stepwise and given:
        raise NotUnderstood("a mean over a step, under conditions besides, is not read", start.span)
    if given:
        draws, given = conditional_draws(meaning, draws, (body,), given)
    whole = Span(start.span.start, end)
    value = kernels.mean_under(draws, body, whole) if stepwise else Expectation(draws, body, given, span=whole)
    return raised(meaning, value, power, Span(start.span.start, end)) if power else value


def _law_label(meaning: Meaning, lower: Sequence[Node] | None, after: Sequence[Node]) -> tuple[Term, ...]:
    """Return the condition that a word below a mean stands for; nothing where it names a law or variables.

    after: what follows the sign; letters that occur there are variables.
    """
    word = label_below(lower)
    if word is None or lower is None or labelled_law(meaning, word) is not None or meaning.knowledge.is_law(word):
        return ()
    letters = {s for node in lower if isinstance(node, Leaf) and (s := symbols.decorated(node))}
    inside = {s for node in everything(after) if (s := symbols.base_symbol(node))}
    known = meaning.knowledge
    variables = {s for s in letters if known.declared(s) or known.is_law(s) or known.is_space(symbols.base_name(s))}
    return () if variables or letters & inside else (under_label(word),)


def _angled(meaning: Meaning, node: Node) -> Term | None:
    r"""Read \langle f(x) \rangle_{p(x)}, the mean of physics; None where no known law stands below the bracket."""
    if not isinstance(node, Scripted) or not isinstance(node.base, Group) or not node.lower:
        return None
    bracket, symbol = node.base, symbols.decorated(node.lower[0])
    if bracket.opening != "\\langle" or len(split(bracket.items, (",", "|", "\\mid"))) != 1 or symbol is None:
        return None
    if meaning.knowledge.law(symbol) is None:
        return None
    squared = replace(bracket, opening="[", closing="]")
    mean = _expectation(meaning, Cursor((node, squared)), 1, node.lower)
    return raised(meaning, mean, node.upper, node.span) if node.upper else mean


def _conditioned(meaning: Meaning, bracket: Group) -> tuple[Term, tuple[Term, ...]]:
    """Read E[body | conditions]: a bar that is no absolute value and not inside a call."""
    places = [i for i, n in enumerate(bracket.items) if leaf_text(n) in ("|", "\\mid")]
    if len(places) == 1:
        body, condition = bracket.items[: places[0]], bracket.items[places[0] + 1 :]
        return meaning.expression(body, bracket.span), _conditions(meaning, condition)
    return meaning.expression(bracket.items, bracket.span), ()


def _conditions(meaning: Meaning, nodes: Sequence[Node]) -> tuple[Term, ...]:
    return tuple(meaning.condition(p) if _has_relation(p) else meaning.expression(p) for p in split(nodes, (",",)))


def _has_relation(nodes: Sequence[Node]) -> bool:
    return any(relation_of(n) is not None for n in nodes)


def _draws(meaning: Meaning, lower: Sequence[Node], span: Span) -> tuple[Draw, ...]:
    """Read the subscript of an expectation. A draw without a name (symbol "") still awaits its variable."""
    found: list[Draw] = []
    parts = [p for p in split(lower, (",", ";")) if p]
    waiting: list[Node] = []
    for part in parts:
        places = [i for i, n in enumerate(part) if relation_of(n) == "~"]
        if places:
            names = waiting + list(part[: places[0]])
            waiting = []
            drawn = _flatten(names)
            law = _law_of_draw(meaning, _filled(part[places[0] + 1 :], drawn), span)
            law = law_under_policy(meaning, law, [symbols.decorated(node) for node in drawn])
            for node in drawn:
                symbol = symbols.decorated(node)
                if symbol is None:
                    raise NotUnderstood("a name is expected before \\sim", node.span)
                found.append(Draw(Name(symbol, span=node.span), symbols.base_name(symbol), law))
        elif any(relation_of(n) is not None for n in part):
            raise NotUnderstood("this subscript of an expectation was not understood", span)
        else:
            waiting.extend(part)
    if waiting:
        found.extend(_bare_subscript(meaning, waiting, span))
    return tuple(found)


def _law_of_draw(meaning: Meaning, nodes: Sequence[Node], span: Span) -> Term:
    """Read what is drawn from: a law, or a kernel at the point that is drawn."""
    symbol = symbols.decorated(nodes[0]) if len(nodes) == 2 and isinstance(nodes[1], Group) else None
    law = meaning.knowledge.law(symbol) if symbol is not None else None
    if law is not None and meaning.knowledge.kernel(law) is not None:
        chance = meaning.expression(nodes, span)
        if kernels.is_chance(chance):
            return chance
    return _law(meaning, nodes, span)


def _filled(law: Sequence[Node], drawn: Sequence[Node]) -> Sequence[Node]:
    r"""Put the variable that is drawn in the place of the dot: a \sim \pi(\cdot | s)."""
    if len(drawn) != 1 or len(law) != 2 or not isinstance(law[1], Group):
        return law
    items = tuple(drawn[0] if leaf_text(n) == "\\cdot" else n for n in law[1].items)
    return (law[0], replace(law[1], items=items))


def _flatten(nodes: Sequence[Node]) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Group) and node.opening == "(":
            out.extend(n for n in node.items if leaf_text(n) != ",")
        else:
            out.append(node)
    return out


def _bare_subscript(meaning: Meaning, nodes: Sequence[Node], span: Span) -> list[Draw]:
    """E_q, E_{q(z|x)}, E_x, E_{x,y}, E_{y|x}: a law, or variables of a law that is known."""
    symbol = symbols.decorated(nodes[0])
    following = nodes[1] if len(nodes) > 1 else None
    if symbol is not None and (meaning.knowledge.law(symbol) or (isinstance(following, Group) and len(nodes) == 2)):
        return [Draw(Name(""), "", _law(meaning, nodes, span))]
    bars = [i for i, n in enumerate(nodes) if leaf_text(n) in ("|", "\\mid")]
    values = nodes[: bars[0]] if bars else nodes
    given = nodes[bars[0] + 1 :] if bars else ()
    variables = [s for n in values if (s := symbols.decorated(n))]
    scope = meaning.knowledge.scope
    conditions = tuple(Slot(space_of(s, scope), Name(s)) for n in given if (s := symbols.decorated(n)))
    if len(variables) != len(values) or not variables:
        return [Draw(Name(""), "", _law(meaning, nodes, span))]
    known = meaning.draws.get(variables[0]) if not given and len(variables) == 1 else None
    if known is not None:
        return [Draw(Name(variables[0]), space_of(variables[0], scope), known)]
    law = law_of_variables(meaning, variables + [c.value.symbol for c in conditions if isinstance(c.value, Name)])
    labelled = labelled_law(meaning, symbols.label(nodes)) if law is None else None
    if labelled is not None:
        return [Draw(Name(""), "", LawReference(Name(labelled)))]
    if law is None:
        raise NotUnderstood(
            f"the law of {', '.join(variables)} is not said", span, "write it below: \\mathbb{E}_{x \\sim p}"
        )
    meaning.assumed.append(f"the mean over {', '.join(variables)} is taken under {law}")
    slots = tuple(Slot(space_of(s, scope), Name(s)) for s in variables)
    reference = LawReference(Name(law), slots, conditions)
    return [Draw(Name(s), space_of(s, scope), reference) for s in variables]


def _law(meaning: Meaning, nodes: Sequence[Node], span: Span) -> Term:
    """Read a law as an object."""
    if not nodes:
        raise NotUnderstood("a law is missing here", span)
    if len(nodes) == 1 and (symbol := symbols.decorated(nodes[0])) and meaning.knowledge.law(symbol) is None:
        if meaning.knowledge.declared(symbol):
            raise NotUnderstood(f"{symbol} is no law", nodes[0].span)
        return LawReference(Name(symbol, span=nodes[0].span), span=nodes[0].span)
    term = meaning.expression(nodes, span)
    law = as_law(term)
    if law is None:
        raise NotUnderstood("a law was expected here", span)
    return law


def _completed(meaning: Meaning, pending: tuple[Draw, ...] | None, body: Term, span: Span) -> tuple[Draw, ...]:
    """Give variables to draws whose subscript named the law only, found in the body by their spaces."""
    done: list[Draw] = []
    for draw in pending or ():
        if draw.name.symbol:
            done.append(Draw(draw.name, draw.space, _pointed(draw, meaning)))
            continue
        for space, symbol in draw_names(draw.law, body, meaning.knowledge):
            law = draw.law
            if isinstance(law, LawReference) and not law.values:
                law = LawReference(law.law, (Slot(space, Name(symbol)),), law.given, law.parameters, span=law.span)
                law = _with_conditions(law, meaning)
            done.append(Draw(Name(symbol), space, law))
            meaning.draws[symbol] = law
    return tuple(done)


def _pointed(draw: Draw, meaning: Meaning) -> Term:
    """Give a bare law of a draw (x ~ p) the slot of its variable."""
    law = draw.law
    if isinstance(law, LawReference) and not law.values:
        slot = Slot(draw.space, Name(draw.name.symbol))
        return LawReference(law.law, (slot,), law.given, law.parameters, span=law.span)
    return law


def _with_conditions(law: LawReference, meaning: Meaning) -> LawReference:
    """A law that the notes always write with a condition (q(z | x)) keeps it when written bare: E_q."""
    usage = meaning.knowledge.law_usage(law.law.symbol)
    given = tuple(
        Slot(s, Name(s)) for s in usage.given if s not in {v.space for v in law.values} and s not in usage.values
    )
    return LawReference(law.law, law.values, law.given or given, law.parameters, span=law.span)


def _moment(
    meaning: Meaning, cursor: Cursor, taken: int, lower: tuple[Node, ...] | None, bracket: Group, moment: Moment
) -> Term:
    start = cursor.take()
    for _ in range(taken - 1):
        cursor.take()
    following = cursor.take()
    value: Term
    label = _law_label(meaning, lower, bracket.items)
    pending = _draws(meaning, lower, start.span) if lower and not label else None
    halves = split(bracket.items, ("|", "\\mid"))
    if len(halves) <= 2 and not pending and (label or len(halves) == 2):
        conditions = _conditions(meaning, halves[1]) if len(halves) == 2 else ()
        value = _conditional_moment(meaning, moment, halves[0], (*label, *conditions), bracket.span)
        return raised(meaning, value, following.upper, start.span) if isinstance(following, Scripted) else value
    if len(halves) > 2:
        raise NotUnderstood("a variance has one bar", bracket.span)
    arguments = tuple(meaning.expression(p, bracket.span) for p in split(halves[0], (",",)))
    draws = _completed(meaning, pending, Sum(arguments) if len(arguments) > 1 else arguments[0], start.span)
    if any(kernels.is_chance(draw.law) for draw in draws):
        raise NotUnderstood("a variance over a step is not read", start.span)
    if not draws and len(halves) == 1 and lower is None:
        staged = hierarchy(arguments, (), meaning.knowledge.scope, start.span)
        draws = () if staged is None else staged.draws
    if len(halves) == 2:
        draws, given = conditional_draws(meaning, draws, arguments, _conditions(meaning, halves[1]))
        if given or not draws:
            raise NotUnderstood("this conditional variance under a law written below it is not read", bracket.span)
    draws = draws or (draws_of_one_law(meaning, arguments) if lower is None else ())
    value = MomentOf(moment, draws, arguments, span=Span(start.span.start, following.span.end))
    return raised(meaning, value, following.upper, start.span) if isinstance(following, Scripted) else value


def _correlation(meaning: Meaning, cursor: Cursor, taken: int, bracket: Group) -> Term:
    parts = split(bracket.items, (",",))
    if len(parts) != 2:
        raise NotUnderstood("a correlation is one of two variables", bracket.span)
    value = correlation(*(meaning.expression(p, bracket.span) for p in parts))
    for _ in range(taken):
        cursor.take()
    following = cursor.take()
    return raised(meaning, value, following.upper, bracket.span) if isinstance(following, Scripted) else value


def _conditional_moment(
    meaning: Meaning, moment: Moment, inside: Sequence[Node], given: tuple[Term, ...], span: Span
) -> Term:
    """Read Var(Y | X) as E[(Y - E[Y | X])(Y - E[Y | X])^T | X], and a covariance of two likewise.

    What is not declared, and not bold, is a number, unless one speaks of its covariance with itself: there deviations
    are multiplied.
    """
    arguments = [meaning.expression(p, span) for p in split(inside, (",",))]
    if not 1 <= len(arguments) <= 2:
        raise NotUnderstood("a covariance has one or two arguments", span)
    staged = hierarchy(arguments, given, meaning.knowledge.scope, span)
    if staged is not None:
        kind: Moment = "covariance" if len(arguments) > 1 else "variance"
        return MomentOf(kind, staged.draws, staged.terms, span=span)
    draws, left = conditional_draws(meaning, (), arguments, given)
    if draws and not left:
        return MomentOf("covariance" if len(arguments) > 1 else "variance", draws, tuple(arguments), span=span)
    gaps = [Sum((a, Negative(Expectation((), a, given)))) for a in (arguments[0], arguments[-1])]
    columns = any(_may_be_column(meaning, symbol) for a in arguments for symbol in free_symbols(a))
    plain = not columns and (moment == "variance" or len(arguments) == 2)
    second = gaps[1] if plain else MatrixOperation("transpose", (gaps[1],))
    return Expectation((), Product((gaps[0], second)), given, span=span)


def _may_be_column(meaning: Meaning, symbol: str) -> bool:
    sort = meaning.knowledge.scope.sorts.get(symbol)
    return "\\mathbf{" in symbol or isinstance(sort, Vector | Matrix | Family | RandomVariable)


# Divergences, entropies ------------------------------------------------------------------------------


def _is_divergence(meaning: Meaning, lower: tuple[Node, ...] | None, bracket: Group) -> bool:
    if lower:
        return symbols.label(lower) in _DIVERGENCES
    texts = [leaf_text(n) for n in bracket.items]
    return "\\Vert" in texts or ("|" in texts and texts.count("|") == 2)


def _conditional(meaning: Meaning, law: Term) -> Term:
    """A bare law that is written nearby with a condition only, P(h | v), keeps it in KL(Q || P)."""
    if not isinstance(law, LawReference) or law.values or law.law.symbol not in meaning.knowledge.nearby:
        return law
    usage = meaning.knowledge.law_usage(law.law.symbol)
    if not usage.given or set(usage.given) & set(usage.values):
        return law
    values = tuple(Slot(s, Name(s)) for s in usage.values)
    given = tuple(Slot(s, Name(_nearby_name(meaning, s))) for s in usage.given)
    return LawReference(law.law, values, given, law.parameters, span=law.span)


def _of_posterior(meaning: Meaning, functional: Functional) -> Term:
    """KL(q || p), p being a law of more than q is: of its margin, or given what q leaves out, KL(q(z) || p(z | x))."""
    first, second = functional.laws
    if not isinstance(first, LawReference) or not isinstance(second, LawReference):
        return functional
    own, all_ = (meaning.knowledge.spaces_of(law.law.symbol) for law in (first, second))
    left_out = [space for space in all_ if space not in own]
    if not own or not left_out or not set(own) < set(all_):
        return functional
    meaning.ambiguities.add(POSTERIOR)
    if POSTERIOR not in meaning.choices:
        return functional
    values = tuple(Slot(space, Name(space)) for space in own)
    given = tuple(Slot(space, Name(_nearby_name(meaning, space))) for space in left_out)
    return replace(functional, laws=(first, replace(second, values=values, given=given)))


def _nearby_name(meaning: Meaning, space: str) -> str:
    """The symbol that the display uses for a point of this space."""
    return meaning.knowledge.points.get(space, space)


def _double_bar_parts(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """Cut p || q, p \\| q, p | q (a bar between laws) or p, q in two."""
    texts = [leaf_text(n) for n in nodes]
    if "\\Vert" in texts:
        return split(nodes, ("\\Vert",))
    for place in range(len(texts) - 1):
        if texts[place] == "|" and texts[place + 1] == "|":
            return [tuple(nodes[:place]), tuple(nodes[place + 2 :])]
    if "\\middle" in texts:
        place = texts.index("\\middle")
        return [tuple(nodes[:place]), tuple(nodes[place + 2 :])]
    if "," in texts:
        return split(nodes, (",",))
    return split(nodes, ("|", "\\mid"))


def _divergence(meaning: Meaning, cursor: Cursor, taken: int, bracket: Group, kind: str) -> Term:
    start = cursor.take()
    for _ in range(taken - 1):
        cursor.take()
    following = cursor.take()
    parts = _double_bar_parts([n for n in bracket.items if leaf_text(n) != "\\middle"] or bracket.items)
    if len(parts) != 2:
        raise NotUnderstood("a divergence compares two laws", bracket.span, "write KL(p \\| q)")
    written_out = of_columns(meaning, kind, parts, Span(start.span.start, following.span.end))
    if written_out is not None:
        raised_to = following.upper if isinstance(following, Scripted) else None
        return raised(meaning, written_out, raised_to, following.span) if raised_to else written_out
    bare = tuple(_law(meaning, p, bracket.span) for p in parts)
    laws = tuple(_conditional(meaning, law) for law in bare)
    value: Term = Functional(kind, laws, span=Span(start.span.start, following.span.end))
    if laws == bare and all(isinstance(law, LawReference) and not law.values for law in bare):
        value = meaning.knowledge.divergences.get(written_laws(Functional(kind, bare))) or _of_posterior(
            meaning, Functional(kind, laws, span=value.span)
        )
    if isinstance(following, Scripted) and following.upper:
        return raised(meaning, value, following.upper, following.span)
    return value


def _entropy(meaning: Meaning, cursor: Cursor, taken: int, bracket: Group, following: Node | None) -> Term | None:
    assert following is not None
    parts = split(bracket.items, (",",))
    symbol = symbols.decorated(parts[0][0]) if parts[0] else None
    is_law = symbol is not None and (
        meaning.knowledge.law(symbol) is not None or symbols.base_name(symbol) in ("p", "q")
    )
    if symbol in meaning.knowledge.usage.probabilities:
        return None
    start = cursor.peek()
    assert start is not None
    span = Span(start.span.start, following.span.end)
    if is_law or (symbol is None and isinstance(parts[0][0], Command)):
        for _ in range(taken + 1):
            cursor.take()
        written_out = of_columns(meaning, "entropy" if len(parts) == 1 else "cross_entropy", parts, span)
        if written_out is not None:
            return written_out
        laws = tuple(_law(meaning, p, bracket.span) for p in parts)
        if len(laws) > 2:
            raise NotUnderstood("an entropy has one law, a cross-entropy two", bracket.span)
        return Functional("entropy" if len(laws) == 1 else "cross_entropy", laws, span=span)
    own = standard_law(symbol or "", meaning.knowledge.scope) if len(bracket.items) == 1 else None
    if own is not None:
        for _ in range(taken + 1):
            cursor.take()
        return Functional("entropy", (own,), span=span)
    information = _variables(meaning, bracket)
    if information is None:
        return None
    for _ in range(taken + 1):
        cursor.take()
    values, given, fixed = information
    law = law_of_variables(meaning, [s.space for s in values + given], unnamed=True)
    if law is None:
        raise NotUnderstood("the law of these variables is not said", bracket.span, "let $p$ be the joint law of them")
    return Information("entropy", Name(law), (values,), given, fixed, span=span)


def _variables(meaning: Meaning, bracket: Group) -> tuple[tuple[Slot, ...], tuple[Slot, ...], bool] | None:
    """Read X, Y | Z or Y | X = x."""
    halves = split(bracket.items, ("|", "\\mid"))
    if len(halves) > 2:
        return None
    groups: list[tuple[Slot, ...]] = []
    fixed = False
    for place, half in enumerate(halves):
        slots: list[Slot] = []
        for part in split(half, (",",)):
            sides = split(part, ("=",))
            symbol = symbols.decorated(sides[0][0]) if len(sides[0]) == 1 else None
            if symbol is None or not meaning.knowledge.is_space(symbols.base_name(symbol)):
                return None
            space = symbols.base_name(symbol)
            if len(sides) == 2:
                fixed = True
                slots.append(Slot(space, meaning.expression(sides[1], bracket.span)))
            elif place and symbol == space and space.islower() and _is_at_point(meaning):
                fixed = True
                slots.append(Slot(space, Name(symbol, span=part[0].span)))
            else:
                slots.append(Slot(space, Name(space)))
        groups.append(tuple(slots))
    return groups[0], groups[1] if len(groups) == 2 else (), fixed


def _is_at_point(meaning: Meaning) -> bool:
    """Return whether a condition in a small letter is a point, as in H(Y | X = x)."""
    meaning.ambiguities.add(AT_POINT)
    return AT_POINT in meaning.choices


def _mutual_information(meaning: Meaning, cursor: Cursor, taken: int, bracket: Group) -> Term | None:
    """Read I(X; Y), I(X, Y), I(X; Y, Z) and I(X; Y | Z)."""
    halves = split(bracket.items, ("|", "\\mid"))
    groups = split(halves[0], (";",)) if any(leaf_text(n) == ";" for n in halves[0]) else split(halves[0], (",",))
    if len(groups) != 2 or len(halves) > 2:
        return None
    read = [_variables(meaning, replace(bracket, items=tuple(group))) for group in (*groups, *halves[1:])]
    if any(r is None for r in read):
        return None
    slots = [r[0] for r in read if r is not None]
    spaces = [s.space for group in slots for s in group]
    if any(r[2] for r in read[:2] if r is not None):
        return None
    law = law_of_variables(meaning, spaces, unnamed=True)
    start = cursor.take()
    for _ in range(taken):
        cursor.take()
    if law is None:
        raise NotUnderstood("the joint law of these variables is not said", bracket.span)
    if len(set(spaces)) != len(spaces):
        raise NotUnderstood("the information between a variable and itself is its entropy", bracket.span, "write H(X)")
    fixed = len(read) == 3 and read[2] is not None and read[2][2]
    given = slots[2] if len(slots) == 3 else ()
    span = Span(start.span.start, bracket.span.end)
    return Information("mutual_information", Name(law), (slots[0], slots[1]), given, fixed, span=span)


# Standard laws ---------------------------------------------------------------------------------------


def _standard(meaning: Meaning, cursor: Cursor, taken: int, bracket: Group, kind: str) -> Term | None:
    groups = split(bracket.items, (";", "|", "\\mid"))
    parts = split(groups[-1], (",",))
    wanted = {"normal": 2, "bernoulli": 1, "uniform": 2}[kind]
    if len(groups) > 2 or len(parts) != wanted or not all(parts):
        return None
    start = cursor.take()
    for _ in range(taken):
        cursor.take()
    span = Span(start.span.start, bracket.span.end)
    law = StandardLaw(kind, tuple(meaning.expression(p, bracket.span) for p in parts), span=span)
    if len(groups) == 1:
        return law
    return StandardDensity(meaning.expression(groups[0], bracket.span), law, span=span)


# Densities -------------------------------------------------------------------------------------------


def has_separators(bracket: Group) -> bool:
    """Return whether a bracket is written as arguments: a comma, semicolon or bar on its level."""
    return any(leaf_text(n) in (",", ";", "|", "\\mid") for n in bracket.items)


def looks_like_law(meaning: Meaning, symbol: str, bracket: Group) -> bool:
    """Return whether symbol(bracket) is a density though nothing says that symbol is a law."""
    if meaning.knowledge.declared(symbol) or meaning.knowledge.is_function(symbol):
        return False
    if any(leaf_text(n) in ("|", "\\mid") for n in bracket.items):
        return True
    return symbols.base_name(symbol) in ("p", "q") or symbol in LAW_BASES


def density(meaning: Meaning, symbol: str, bracket: Group, start: Span, indices: tuple[Term, ...] = ()) -> Term:
    """Read law(values | given; parameters). Raises NotUnderstood where a slot's space cannot be told."""
    parts = split(bracket.items, (";",))
    halves = split(parts[0], ("|", "\\mid"))
    if len(halves) > 2:
        raise NotUnderstood("a density has one bar", bracket.span)
    usage = meaning.knowledge.law_usage(symbol)
    values = _slots(meaning, halves[0], usage.values, bracket.span)
    given = _slots(meaning, halves[1], usage.given, bracket.span) if len(halves) == 2 else ()
    given = tuple(_unsquared(meaning, slot) for slot in given)
    known = set(usage.all)
    parameters = [meaning.expression(p, bracket.span) for part in parts[1:] for p in split(part, (",",))]
    if len(parts) > 1 and len(halves) == 1 and known:
        # p(x; z, theta): what is a slot of the law elsewhere is a condition here, the rest are parameters
        slots = [
            p
            for p in parameters
            if isinstance(p, Name) and symbols.base_name(p.symbol) in known - {v.space for v in values}
        ]
        given = tuple(Slot(symbols.base_name(p.symbol), p) for p in slots if isinstance(p, Name))
        parameters = [p for p in parameters if p not in slots]
    spaces = [s.space for s in values + given]
    law = meaning.knowledge.law(symbol) or symbol
    if not any(d.law == law for d in meaning.knowledge.scope.densities):
        law = joint_law(spaces, meaning.knowledge.scope) or law
    places = meaning.knowledge.kernel(symbol) if not parameters else None
    step = kernels.kernel(law, places, values, given, Span(start.start, bracket.span.end)) if places else None
    if step is not None:
        return step
    named = named_density(law, values, given, meaning.knowledge.scope) if not parameters else None
    if named is not None:
        return replace(named, span=Span(start.start, bracket.span.end))
    if len(set(spaces)) != len(spaces):
        raise NotUnderstood("two places of this law belong to one space", bracket.span, "use different letters")
    span = Span(start.start, bracket.span.end)
    found = Density(Name(law, span=start), values, given, tuple(parameters), span=span)
    whole = meaning.knowledge.scope.likelihoods.get(found)
    if whole is not None:
        return Name(whole, span=span)
    if len(values) == 1:
        sides = split(halves[0], ("=",))
        entry = entry_of_column(meaning.expression(sides[0], bracket.span), meaning.knowledge.scope)
        if entry is not None:
            return law_of_entry(found, entry, values[0].value)
    return found


def _slots(meaning: Meaning, nodes: Sequence[Node], usual: tuple[str, ...], span: Span) -> tuple[Slot, ...]:
    found: list[Slot] = []
    for place, part in enumerate(split(nodes, (",",))):
        sides = split(part, ("=",))
        if len(sides) == 2:
            symbol = symbols.decorated(sides[0][0]) if len(sides[0]) == 1 else None
            if symbol is None:
                raise NotUnderstood("a variable is expected before = in a probability", span)
            found.append(Slot(space_of(symbol, meaning.knowledge.scope), meaning.expression(sides[1], span)))
            continue
        value = meaning.expression(part, span)
        space = _space(meaning, value) or (usual[place] if place < len(usual) else None)
        if space is None:
            raise NotUnderstood("it is not clear which variable this place of the law belongs to", value.span or span)
        found.append(Slot(space, value))
    return tuple(found)


def _unsquared(meaning: Meaning, slot: Slot) -> Slot:
    """Return the condition s for s^2, where s is a positive number: who knows the one knows the other."""
    match slot.value:
        case Power(Name(symbol) as base, Number(exponent)) if exponent == 2:
            sort = meaning.knowledge.scope.sorts.get(symbol)
            positive = isinstance(sort, Real) and sort.nonnegative
            deviation = sort is None and symbol.startswith("\\sigma")
            return Slot(slot.space, base) if positive or deviation else slot
    return slot


def _space(meaning: Meaning, value: Term) -> str | None:
    """Return the space of what stands in a slot."""
    if isinstance(value, Name):
        return space_of(value.symbol, meaning.knowledge.scope)
    if isinstance(value, Entry) and isinstance(value.array, Name):
        return symbols.base_name(value.array.symbol)
    if isinstance(value, Apply):
        return None
    if isinstance(value, Negative | Sum | Product | Quotient):
        return None
    return None


def is_law_term(term: Term) -> bool:
    """Return whether some law occurs in the term as an object."""
    return any(isinstance(t, LawReference | StandardLaw) for t in subterms(term))
