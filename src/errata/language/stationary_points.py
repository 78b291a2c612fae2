r"""Sentences that find a name by setting a derivative to zero: "setting the gradient of $E$ by $w$ to zero, we obtain".

The display that follows claims what the name is then, and rests on that equation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from errata.language.definitions import free_symbols, renamed
from errata.language.inference import relevant
from errata.language.printer import to_latex
from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.lexing import encode
from errata.language.prose.segments import Sentence
from errata.language.prose_reader import ProseReader
from errata.language.scope import Definition, DensityDefinition
from errata.language.state import State
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import Comparison, Density, Derivative, Name, Slot, subterms

_F = "[\ue000-\uf8ff]"
_BY = r" (?:with respect to|w\.r\.t\.?|wrt|by) (?:the )?(?:\w+ )?"
_OF = rf"(?: of (?:the )?(?:[\w-]+ ){{0,4}}?(?P<objective>{_F}))"
_ZERO = rf"(?:zero|0|{_F})"
_SETTING = re.compile(
    r"(?:setting|equating|set|equate|put|putting) (?:the |this |its )?(?:partial )?(?:derivatives?|gradients?)"
    rf"{_OF}?(?:{_BY}(?P<over>{_F}))?(?: equal)? to {_ZERO}(?: and solving for (?P<unknown>{_F}))?"
    rf"|(?:maximi[sz]ing|minimi[sz]ing)(?: (?:the )?(?:[\w-]+ ){{0,3}}?(?P<extremal>{_F}))?{_BY}(?P<over2>{_F})"
    rf"|对 ?(?P<over3>{_F}) ?求(?:偏)?导(?:数)? ?,? ?(?:并)?令(?:其|之)?(?:等于|为) ?(?:零|0|{_F})"
)
_GIVES = re.compile(
    r"(?:obtain|find|get|have|gives?|giving|yields?|yielding|leads? to|see|solution|得到?|可得)(?:\b|$)"
)


_CONSTRAINED = re.compile(r"\bsubject to\b|constrain|approximat|约束|约等")
"""What a sentence finds under a constraint, or nearly, is another place."""
_LOGARITHM = re.compile(r"\blog|\bln\b|likelihood|对数|似然")
"""Words by which the derivative is that of a logarithm; where a law is 0, only that of the law itself may be 0."""


def stationary_premise(sentence: Sentence, read: ProseReader, state: State) -> Comparison | None:
    """Return the equation that a sentence sets, where it announces what follows from it; None for other sentences."""
    encoded = encode(sentence)
    found = _SETTING.search(encoded)
    if found is None or _CONSTRAINED.search(encoded) or _GIVES.search(encoded, found.end()) is None:
        return None
    groups = {k: v.strip() for k, v in found.groupdict().items() if v is not None}
    over = next((groups[k] for k in ("over", "over2", "over3", "unknown") if k in groups), None)
    if over is None:
        return None
    formulas = sentence.formulas
    variable = formulas[ord(over) - FIRST_FORMULA].latex
    mark = groups.get("objective") or groups.get("extremal")
    written = formulas[ord(mark) - FIRST_FORMULA].latex if mark is not None else None
    logarithm = _LOGARITHM.search(encoded) is not None
    if written is None:
        objective = _only_objective(variable, read, state, logarithm=logarithm)
    else:
        objective = _applied(written, read, state)
    if objective is None:
        return None
    chain = read.relation(rf"\frac{{\partial}}{{\partial {variable}}} \left[{objective}\right] = 0")
    if chain is None or len(chain) != 1 or not any(isinstance(t, Derivative) for t in subterms(chain[0])):
        return None
    return chain[0]


def _applied(objective: str, read: ProseReader, state: State) -> str:
    """Return a function that is named without its arguments with these, and of an equation what the name stands for."""
    equation = read.relation(objective)
    if equation:
        return to_latex(equation[-1].right)
    names = read.names(objective)
    defined = state.definitions.get(names[0]) if len(names) == 1 else None
    if defined is None or not defined.parameters:
        return objective
    return f"{objective}({', '.join(to_latex(Name(p)) for p in defined.parameters)})"


def _only_objective(variable: str, read: ProseReader, state: State, *, logarithm: bool) -> str | None:
    """Return the one function of the variable that the note has given by a formula."""
    names = read.names(variable)
    functions = [s for s, d in state.definitions.items() if d.parameters and set(names) & set(d.parameters)]
    written = [to_latex(density) for density, symbol in state.likelihoods.items() if symbol in functions]
    plain = [s for s in functions if s not in state.likelihoods.values()]
    written += [_density(d, logarithm=logarithm) for d in state.densities if set(names) & free_symbols(d.body)]
    found = [*written, *(_applied(to_latex(Name(s)), read, state) for s in plain)]
    return found[0] if len(names) == 1 and len(found) == 1 else None


def _density(density: DensityDefinition, *, logarithm: bool) -> str:
    """Return a law given by a formula, or its logarithm."""
    values, given = (tuple(Slot(s, Name(v)) for s, v in pairs) for pairs in (density.values, density.given))
    law = to_latex(Density(Name(density.law), values, given))
    return rf"\ln {law}" if logarithm else law


@dataclass(frozen=True, slots=True)
class SolvedName:
    """A name that stands for the variable of the premise; `defined`: what it is from then on, where a formula says."""

    name: str
    variable: str
    defined: Definition | None

    def written(self, reading: Reading) -> Reading:
        """Return the reading with the variable in place of the name."""
        left, right = (renamed(side, self.name, self.variable) for side in (reading.left, reading.right))
        return replace(reading, left=left, right=right)


def solved_name(reading: Reading, premise: Comparison, state: State) -> SolvedName | None:
    """Return the name that a claim says the premise makes; None where the claim is not about its variable."""
    variables = [t.variable for t in subterms(premise) if isinstance(t, Derivative)]
    if reading.relation != "=" or len(variables) != 1 or not isinstance(variables[0], Name):
        return None
    over = variables[0].symbol
    if any(isinstance(t, Derivative) for side in (reading.left, reading.right) for t in subterms(side)):
        return None  # it works out the derivative
    _, reached = relevant(state.scope(), [reading.right])
    explicit = all(over not in free_symbols(term) for term in reached)
    match reading.left:
        case Name(head) if head == over:
            defined = Definition(head, (), reading.right) if explicit and head not in state.announced else None
            return SolvedName(head, over, defined)
        case Name(head) if _is_new(head, over, state) and explicit:
            return SolvedName(head, over, Definition(head, (), reading.right))
        case left if over in free_symbols(left) | free_symbols(reading.right) and not isinstance(left, Name):
            return SolvedName(over, over, None)
    return None


def _is_new(head: str, over: str, state: State) -> bool:
    """Return whether a name is a decorated form of the variable of which nothing is known."""
    known = state.announced | state.definitions.keys() | state.determined
    return base_name(head) == base_name(over) and head not in known
