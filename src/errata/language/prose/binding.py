"""Which names a phrase speaks about: back over "is" and directly before it, forward over what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from errata.language.prose.lexing import Token
from errata.language.prose.parts import BareSet, Equation, Membership, Names, Part, Shape
from errata.language.sorts import Real

_GLUE = frozenset(("stop", "role"))
_OWNS = frozenset(("has", "have", "having"))
_ARTICLES = frozenset(("a", "an", "the", "this", "such", "any", "every", "each"))


@dataclass(frozen=True, slots=True)
class Bound:
    """Phrases (token positions in order) with whom they speak about.

    targets: formula numbers that the phrases certainly speak about. uncertain: formulas that they may or may
    not include. `negated` where "not" stands before them.
    """

    phrases: tuple[int, ...]
    targets: tuple[int, ...]
    uncertain: tuple[int, ...] = ()
    negated: bool = False


class Binder:
    """Binds the phrases of one sentence."""

    def __init__(self, tokens: Sequence[Token], parts: Sequence[tuple[Part, ...]]) -> None:
        self.tokens = tokens
        self.parts = parts

    def is_phrase(self, i: int) -> bool:
        """Return whether the token says something about names: a phrase, or a shape or set standing alone."""
        token = self.tokens[i]
        if token.kind in ("attribute", "frame"):
            return True
        return token.kind == "formula" and self._is_adjective(token.formula)

    def _is_adjective(self, formula: int) -> bool:
        return any(isinstance(p, Shape | BareSet) for p in self.parts[formula])

    def bound(self) -> list[Bound]:
        """Return all phrases, bound or with no targets."""
        result: list[Bound] = []
        i = 0
        while i < len(self.tokens):
            if self.is_phrase(i):
                chain, joints = self._chain(i)
                result.extend(self._bind(chain, joints))
                i = chain[-1]
            i += 1
        return result

    def _chain(self, start: int) -> tuple[list[int], list[bool]]:
        """Return the phrases that follow each other, and for each whether "and" or a comma stands before it."""
        chain, joints = [start], [False]
        joined = False
        for i in range(start + 1, len(self.tokens)):
            if self.is_phrase(i):
                chain.append(i)
                joints.append(joined)
                joined = False
            elif self.tokens[i].kind == "and":
                joined = True
            elif self.tokens[i].kind not in _GLUE:
                break
        return chain, joints

    def _bind(self, chain: list[int], joints: list[bool]) -> list[Bound]:
        left, separated, negated = self._left_of(chain[0])
        right = self._right_of(chain[-1])
        left_kind = self.tokens[left].kind if left >= 0 else ""
        last_joint = max((k for k, joined in enumerate(joints) if joined), default=0)
        verb = self.tokens[chain[0]].is_verb and left_kind == "formula" and not separated
        if verb:
            return [Bound(tuple(chain), tuple(self.group_of_verb(left)), (), negated)]
        backward = left_kind == "copula" or (left_kind == "formula" and not separated)
        if backward:
            cut = last_joint if right is not None and last_joint else len(chain)
            bounds = [self._backward(tuple(chain[:cut]), left, negated)]
            if cut < len(chain) and right is not None:
                bounds.append(self._forward(tuple(chain[cut:]), right, False))
            return bounds
        if right is not None:
            return [self._forward(tuple(chain), right, negated)]
        if left_kind == "formula":
            return [self._backward(tuple(chain), left, negated)]
        after = () if self._is_of(chain[0]) else self._after_copula(chain[-1])
        return [Bound(tuple(chain), after, (), negated)]

    def _left_of(self, i: int) -> tuple[int, bool, bool]:
        """Return what stands left of a chain, whether a comma or "and" is between, and whether "not" is."""
        separated = negated = False
        for k in range(i - 1, -1, -1):
            kind = self.tokens[k].kind
            if kind == "and":
                separated = True
            elif kind == "negation":
                negated = True
            elif kind not in _GLUE:
                return k, separated, negated
        return -1, separated, negated

    def _right_of(self, i: int) -> int | None:
        """Return the formula that directly follows a chain."""
        for k in range(i + 1, len(self.tokens)):
            if self.tokens[k].kind == "formula":
                return k
            if self.tokens[k].kind != "role":
                return None
        return None

    def _after_copula(self, i: int) -> tuple[int, ...]:
        """Return the formula in "the density of y is p(y)", none in "the variable has entropy h"."""
        after = [t for t in self.tokens[i + 1 : i + 4] if t.kind not in _GLUE]
        if len(after) >= 2 and after[0].kind == "copula" and after[1].kind == "formula" and after[0].text not in _OWNS:
            return (after[1].formula,)
        return ()

    def _is_of(self, i: int) -> bool:
        """Return whether what stands before is a noun of this one: "the entropy of a Bernoulli variable is h"."""
        before = next((k for k in range(i - 1, -1, -1) if self.tokens[k].text not in _ARTICLES), -1)
        return before >= 0 and self.tokens[before].text in ("of", "for")

    def group_before(self, i: int) -> list[int]:
        """Return the formulas joined by commas and "and" that end just before token i, the nearest first."""
        group: list[int] = []
        joined = True
        for k in range(i, -1, -1):
            token = self.tokens[k]
            if token.kind == "formula" and joined and not self._is_adjective(token.formula):
                group.append(token.formula)
                joined = False
            elif token.kind == "and":
                joined = True
            elif not (token.kind in _GLUE and joined and not group):
                break
        return group

    def group_of_verb(self, i: int) -> list[int]:
        """Return the subjects of a verb that stands after token i: "$A$ with $n > m$ is" speaks about $A$."""
        group = self.group_before(i)
        start = next((k for k, t in enumerate(self.tokens) if group and t.formula == group[-1]), 0)
        before = start - 1
        while before > 0 and self.tokens[before].kind in _GLUE:
            before -= 1
        modifier = before > 0 and self.tokens[before].text == "with" and self.tokens[before - 1].kind == "formula"
        if modifier and self.tokens[i + 1].text != "being":
            return self.group_of_verb(before - 1)
        return group

    def _backward(self, phrases: tuple[int, ...], left: int, negated: bool) -> Bound:
        if self.tokens[left].kind == "copula":
            group = self.group_of_verb(left - 1)
            own = self._of_own_clause(group)
            certain, told = self._apart(group[:own])
            return Bound(phrases, tuple(certain), (*told, *group[own:]), negated)
        group = self.group_before(left)
        if not group:
            return Bound(phrases, (), (), negated)
        named = all(isinstance(p, Names) for p in self.parts[group[0]])
        return Bound(phrases, (group[0],), () if named else tuple(group[1:]), negated)

    def _of_own_clause(self, group: list[int]) -> int:
        """Return how many of a group stand before the verb of another clause: "The gain is $g$ and $V$ is ..."."""
        places = {token.formula: k for k, token in enumerate(self.tokens) if token.formula >= 0}
        for count, formula in enumerate(group[1:], start=1):
            before = places[formula] - 1
            while before > 0 and self.tokens[before].kind in _GLUE:
                before -= 1
            if before >= 0 and self.tokens[before].kind == "copula":
                return count
        return len(group)

    def _apart(self, group: list[int]) -> tuple[list[int], list[int]]:
        """Tell bare names at the end of a group from formulas before them that declare their own set.

        "Let x be in R and n be an integer" written short, "$x \\in R$ and $n$ be an integer", is not about x.
        """
        bare = [all(isinstance(p, Names) for p in self.parts[formula]) for formula in group]
        if not group or not bare[0] or all(bare):
            return group, []
        count = bare.index(False)
        return group[:count], [formula for formula in group[count:] if not self._is_number(formula)]

    def _is_number(self, formula: int) -> bool:
        """Return whether a formula only places numbers in a set of numbers."""
        parts = self.parts[formula]
        sets = [p.elements.sort for p in parts if isinstance(p, Membership) and p.elements is not None]
        return len(sets) == len(parts) and all(isinstance(sort, Real) for sort in sets)

    def _forward(self, phrases: tuple[int, ...], right: int, negated: bool) -> Bound:
        group: list[int] = [self.tokens[right].formula]
        joined = False
        for k in range(right + 1, len(self.tokens)):
            token = self.tokens[k]
            if token.kind == "and":
                joined = True
            elif token.kind == "formula" and joined and not self._is_adjective(token.formula):
                group.append(token.formula)
                joined = False
            else:
                break
        if self.tokens[phrases[-1]].plural:
            return Bound(phrases, tuple(group), (), negated)
        rest = [k for k in group[1:] if not any(isinstance(p, Equation) for p in self.parts[k])]
        return Bound(phrases, (group[0],), tuple(rest), negated)
