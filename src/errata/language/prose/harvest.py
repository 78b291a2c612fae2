"""A sentence into facts of the scope: formulas first, then the words that speak about their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.conditions_in_words import Restriction
from errata.language.definitions import free_symbols
from errata.language.expansions import vanishing
from errata.language.joint_laws import JOINT, joint_density, stacked_names
from errata.language.prose.binding import Binder, Bound
from errata.language.prose.chance_experiments import experiment
from errata.language.prose.conventions import convention, without_convention
from errata.language.prose.discrete_laws import discrete_law
from errata.language.prose.equations import enter_equation, enter_inequality
from errata.language.prose.foreign_cases import in_foreign_cases
from errata.language.prose.formulas import parts_of
from errata.language.prose.harvested import Harvest, Reader
from errata.language.prose.implied_properties import follows
from errata.language.prose.independence import INDEPENDENCE, enter_independence, is_conditional
from errata.language.prose.latex_pieces import split_at, tokenise
from errata.language.prose.laws import gamma_by_rate, is_named_elsewhere, law_of
from errata.language.prose.layouts import opens_with_declaration, without_layout
from errata.language.prose.lexing import MAXIMAL_FORMULAS, Token, encode, formulas_in, lex, quoted, speaks_english
from errata.language.prose.mass_functions import mass_function
from errata.language.prose.matrix_predicates import ABOUT_FORMULA
from errata.language.prose.meanings import say
from errata.language.prose.notations import notations
from errata.language.prose.notebook import Notebook, space_of
from errata.language.prose.own_notations import own_notations
from errata.language.prose.parts import (
    BareSet,
    Depends,
    Drawn,
    Equation,
    IndexRange,
    Inequality,
    MapsTo,
    Membership,
    Names,
    Other,
    Part,
    Perpendicular,
    PositiveDefinite,
    Shape,
    Subject,
    Vanishing,
)
from errata.language.prose.predicates import (
    DECLARES_ALONE,
    DESCRIPTIVE,
    FIRST,
    LISTS,
    NEEDS_NO_SUBJECT,
    OF_DEFINED_TOO,
    Said,
    draw,
)
from errata.language.prose.refine import (
    Attribute,
    ElementOf,
    FunctionOf,
    FunctionProperty,
    Kind,
    LawOver,
    MatrixProperty,
    Sized,
)
from errata.language.prose.residual import Residual
from errata.language.prose.restrictions import Mentioned, foreign_restriction, restrictions
from errata.language.prose.sampling import sampled
from errata.language.prose.segments import Formula, Sentence
from errata.language.prose.sets import integer_run, number_of
from errata.language.prose.zones import Zone, is_mention, zones
from errata.language.scope import Follows, Independent, Layout, Scope, Subgaussian
from errata.language.sorts import EuclideanSpace, Family, Law, Matrix, Point, RandomVariable, Real, Sort, Vector
from errata.language.symbols import base_name
from errata.language.terms import StandardLaw, Term

_LAW_AFTER = re.compile(
    r"(?<!\S)(?P<words>i\.?i\.?d\.?|independent(?: and identically distributed)?|independently)(?: (?:each|all))? "
    "(?P<law>[\ue000-\uf8ff])(?: (?:random )?(?:variables|vectors|samples|draws))?(?!\\S)"
)
_OF_A_POINT = re.compile(r"\||;|\\(?:mid|vert)(?![a-zA-Z])")
_RELATION = re.compile(
    r"[=<>]|\\(?:leq?|leqslant|geq?|geqslant|neq?|in|subset|perp|equiv|propto|approx|succ(?:eq)?|prec(?:eq)?)(?![a-zA-Z])"
)
_SCRIPT = re.compile(r"[_^]\{[^{}]*\}")
_POINTING = re.compile(r"(?<!\S)(?:following|below|follows)(?!\S)")
_COMMAND = re.compile(r"\\[a-zA-Z]+")
_OF_CHANCE = re.compile(r"\b(?:independent|independently|uncorrelated|i\.?i\.?d)\b")
_SUPPOSED = re.compile(r"\b(?:if|when|whenever|suppose|assume|assuming|provided|let)\b")
_REPEATED = re.compile(
    r"\b(?:roll|throw|toss|flip|spin|draw)\w* (?:\S+ ){0,4}again\b|\bre-?(?:roll|throw|toss|flip|draw)", re.IGNORECASE
)
"""An experiment that goes on has another law than it had so far."""
_LAWS = frozenset(("uniform", "bernoulli", "gaussian", "named law", "drawn from", "iid from"))
_SAYS_WHAT_IT_IS = (Kind, FunctionProperty, FunctionOf, Sized, LawOver)


def harvest(sentence: Sentence, read: Reader, scope: Scope | None = None) -> Harvest:
    """Return what the sentence says, given what the scope before it knows."""
    reading = _Reading(sentence, read, scope or Scope())
    written = reading.encoded
    found = reading.harvest()
    own = own_notations(written, sentence, found.consumed) if sentence.formulas else {}
    return replace(found, restrictions=reading.restrictions(), own_notations=own)


_KINDS = frozenset(("vectors", "vector", "scalars", "numbers", "real numbers", "reals"))
"""Nouns that say no more than the set that a quantified name is in."""


_CASE = re.compile(r"(?<!\S)(?:if|when(?:ever)?|in case|given that)(?!\S)(?P<condition>[^;:]*?)(?: ,| then)(?!\S)")
_ELSE = re.compile(r"(?<!\S)(?:else|otherwise|elsewhere)(?!\S)")


class _Reading:
    """The reading of one sentence."""

    def __init__(self, sentence: Sentence, read: Reader, scope: Scope) -> None:
        self.sentence = sentence
        self.read = read
        self.notes = Notebook(read, scope)
        self.encoded = encode(sentence)
        self.formulas: tuple[Formula, ...] = ()
        self.parts: list[tuple[Part, ...]] = []
        self.tokens: tuple[Token, ...] = ()
        self.zones: list[Zone] = []
        self.active: set[int] = set()
        self.stacked: list[tuple[Drawn, Term | None]] = []
        self.restricted: list[tuple[Attribute | None, list[Subject], Token]] = []
        self.told: set[int] = set()
        self.said_all = False
        self.english = speaks_english(lex(self.encoded))

    def harvest(self) -> Harvest:
        told = notations(self.encoded, self.sentence)
        self.encoded = told.rest
        found = in_foreign_cases(self._conventions(), self.sentence, self.read)
        if not told.meanings:
            return found
        meanings = {**found.notations, **told.meanings}
        consumed = found.consumed | told.consumed
        return replace(found, notations=meanings, is_declaring=True, consumed=consumed)

    def _conventions(self) -> Harvest:
        said = convention(self.encoded, self.sentence, self.read)
        if said is not None and said.log_base is not None:
            self.encoded = without_convention(self.encoded)
            rest = self._read()
            consumed = rest.consumed | said.consumed
            return replace(rest, log_base=said.log_base, is_declaring=True, consumed=consumed)
        if said is not None and said.layout != Layout() and opens_with_declaration(self.encoded):
            before = formulas_in(self.encoded)
            self.encoded = without_layout(self.encoded)
            told = set(before) - set(formulas_in(self.encoded))
            found = self._read()
            consumed = found.consumed | {self.sentence.formulas[k].start for k in told}
            return replace(found, layout=said.layout, is_declaring=True, consumed=consumed)
        return said or self._read()

    def _read(self) -> Harvest:
        if not self.sentence.formulas:
            return self._of_chance()
        self.tokens = lex(self.encoded)
        if not self.tokens:
            return Harvest()
        self.formulas = self.sentence.formulas[:MAXIMAL_FORMULAS]
        labels = frozenset(self.notes.scope.sorts) | frozenset(self.notes.scope.definitions)
        self.parts = [parts_of(f.latex, self.read, labels) for f in self.formulas]
        self.encoded = self._with_law_words()
        self.tokens = lex(self.encoded)
        rest = sampled(self.encoded, self.formulas, self.parts, self.notes)
        if rest is None:
            rest = discrete_law(self.encoded, self.formulas, self.parts, self.notes)
        if rest is None:
            rest = experiment(self.encoded, self.formulas, self.parts, self.notes)
        if rest is None and opens_with_declaration(self.encoded):
            rest = mass_function(self.encoded, self.formulas, self.notes)
        if rest is not None:
            self.active.add(-1)
            self.tokens = lex(rest)
            if not self.tokens:
                self.said_all = True
                return self.notes.harvest(self.sentence.text)
        self.zones = zones(self.tokens)
        english = self.english
        if english and self.tokens[0].kind == "if":
            return self._conditional()
        self._ranges()
        self._counts()
        for i, token in enumerate(self.tokens):
            for number in formulas_in(token.text):
                if token.frame in LISTS and _DOTS.search(self.formulas[number].latex):
                    self.notes.consumed.add(self.formulas[number].start)
                else:
                    self._formula(number, i, english)
        unbound = self._phrases() if english else set()
        self._stacked()
        for attribute, defined, token in self.restricted:  # now that the factors of the definitions are known
            left = [s for s in defined if not follows(attribute, s.symbol, self.notes)]
            self._block_definition(left, token)
        if english:
            self._described()
        if not self.active:
            return Harvest()
        if english:
            Residual(self.tokens, self.zones, self.parts, self.formulas, unbound, self.notes).enter(self.active)
        return self.notes.harvest(self.sentence.text)

    def restrictions(self) -> tuple[Restriction, ...]:
        """Return the conditions that the sentence, which has been read, tells in words without a name."""
        if self.said_all or self._explains():
            return ()
        named = {i for i, zone in enumerate(self.zones) if zone.clause in self.active and self._has_names(zone.clause)}
        tokens, text = self.tokens if self.zones else lex(self.encoded), self.sentence.text
        asks = (text + self.sentence.end).rstrip().endswith(("?", "？", "؟"))
        mentioned, opened = self._formulas_among(tokens), -1 in self.active
        found = restrictions(tokens, self.told, named, mentioned, text, self._leads(), opened, asks)
        if asks or any(r.firm for r in found):
            return found
        set_by_formula = self._open_condition()
        foreign = not self.english or any(token.kind == "foreign" for token in tokens)
        if set_by_formula is None and foreign:
            set_by_formula = foreign_restriction(text)
        return found if set_by_formula is None else (set_by_formula, *found)

    def _explains(self) -> bool:
        """Return whether the sentence leads to what explains the property that it names: "is subgaussian if"."""
        told = any(isinstance(fact, Subgaussian) for fact in self.notes.facts)
        return told and bool(self.tokens) and self.tokens[-1].kind == "if"

    def _leads(self) -> bool:
        """Return whether the sentence goes on in a display, or points to one."""
        return not self.sentence.end or self.sentence.end in (":", "：") or bool(_POINTING.search(self.encoded))

    def _open_condition(self) -> Restriction | None:
        """Return a condition that is set by a formula which no rule has taken: "such that $|X| \\le 1$"."""
        for token, zone in zip(self.tokens, self.zones, strict=True):
            if token.formula < 0 or not zone.opener or zone.claimed or zone.late:
                continue
            formula, parts = self.formulas[token.formula], self.parts[token.formula]
            if formula.start in self.notes.consumed or not all(isinstance(p, Other | Inequality) for p in parts):
                continue
            names = self.read.heads(formula.latex)
            if names and "$" not in formula.latex and _RELATION.search(_SCRIPT.sub("", formula.latex)):
                return Restriction(f"${formula.latex}$", "anything", True, False, names)
        return None

    def _formulas_among(self, tokens: Sequence[Token]) -> dict[int, Mentioned]:
        """Return what the formulas are, by their tokens: names, functions that are known, laws."""
        return {
            i: self._mentioned(token.formula) for i, token in enumerate(tokens) if 0 <= token.formula < len(self.parts)
        }

    def _mentioned(self, number: int) -> Mentioned:
        parts, formula = self.parts[number], self.formulas[number]
        if parts and all(isinstance(p, Names) and all(s.arguments is None for s in p.subjects) for p in parts):
            return Mentioned(tuple(s.symbol for p in parts for s in p.subjects))
        if _COMMAND.fullmatch(formula.latex.strip()):
            return Mentioned(())
        if any(isinstance(p, Equation | Inequality | Membership | Drawn | MapsTo | IndexRange) for p in parts):
            return Mentioned(relation=True)
        alone = formula.start not in self.notes.consumed and not _OF_A_POINT.search(formula.latex)
        return Mentioned(law=alone and isinstance(law_of(formula.latex, self.notes), StandardLaw))

    def _has_names(self, clause: int) -> bool:
        inside = (t for t, zone in zip(self.tokens, self.zones, strict=True) if zone.clause == clause)
        return any(isinstance(p, Names) for t in inside if t.formula >= 0 for p in self.parts[t.formula])

    def _with_law_words(self) -> str:
        """Return the sentence with "i.i.d. $N(0, 1)$ variables" written out as "i.i.d. from $N(0, 1)$"."""

        def written(match: re.Match[str]) -> str:
            number = formulas_in(match["law"])[0]
            known = number < len(self.formulas) and self._mentioned(number).law
            return f"{match['words']} from {match['law']}" if known else match[0]

        return _LAW_AFTER.sub(written, self.encoded)

    def _of_chance(self) -> Harvest:
        """ "If they are independent", "then we roll again": what is random by now is not understood."""
        supposed = _OF_CHANCE.search(self.encoded) and _SUPPOSED.search(self.encoded)
        if not supposed and not _REPEATED.search(self.encoded):
            return Harvest()
        random = [s for s, sort in self.notes.scope.sorts.items() if _is_random(sort)]
        blocked = dict.fromkeys(random, self.sentence.text)
        return Harvest(not_understood=MappingProxyType(blocked), is_declaring=bool(blocked))

    def _conditional(self) -> Harvest:
        """Declare nothing from "If A is symmetric, ...": it holds here only, so the names are not understood."""
        end = next((i for i, t in enumerate(self.tokens) if i and t.kind in ("claim", "break")), len(self.tokens))
        inside = self.tokens[:end]
        says = any(t.kind in ("attribute", "frame") for t in inside) or any(
            isinstance(p, Membership | Drawn | Inequality | Equation)
            for t in inside
            for k in formulas_in(t.text)
            for p in self.parts[k]
        )
        names = [s.symbol for t in inside for k in formulas_in(t.text) for p in self.parts[k] for s in p.subjects]
        if not says or not names:
            return Harvest()
        laws = [(k, p) for t in self.tokens[end:] for k in formulas_in(t.text) for p in self.parts[k]]
        drawn = {k: p.subjects for k, p in laws if isinstance(p, Drawn) and not any(map(self._is_defined, p.subjects))}
        names += [s.symbol for subjects in drawn.values() for s in subjects]
        consumed = frozenset(self.formulas[k].start for k in drawn)
        blocked = dict.fromkeys(names, self.sentence.text)
        return Harvest(not_understood=MappingProxyType(blocked), is_declaring=True, consumed=consumed)

    def _is_defined(self, subject: Subject) -> bool:
        return self.notes.is_defined(subject.symbol)

    # Formulas ----------------------------------------------------------------------------------------

    def _ranges(self) -> None:
        """Note how indices run, wherever in the sentence that is said."""
        for part in (p for parts in self.parts for p in parts):
            if isinstance(part, IndexRange) and part.low is not None and number_of(part.low) == 1.0 and part.high:
                for subject in part.subjects:
                    self.notes.ranges[subject.symbol] = part.high
            if isinstance(part, Membership) and all(not s.indices for s in part.subjects):
                run = _run_of(part.latex, self.read)
                if run is not None:
                    for subject in part.subjects:
                        self.notes.ranges[subject.symbol] = run

    def _counts(self) -> None:
        """Note how many members of a family are spelled out, as in diag(d_1, ..., d_n)."""
        for formula in self.formulas:
            for spelled in _SPELLED_OUT.finditer(formula.latex):
                last = self.read.term(spelled["last"].strip("{}"))
                symbols = self.read.names(spelled["base"])
                if last is not None and len(symbols) == 1:
                    self.notes.counts[symbols[0]] = last

    def _formula(self, number: int, i: int, english: bool) -> None:
        zone = self.zones[i]
        entered = [self._part(part, i, zone, english) for part in self.parts[number]]
        if any(entered) or (zone.strong and zone.clean and not is_mention(self.tokens, i)):
            self.active.add(zone.clause)
        if entered and all(entered):
            self.notes.consumed.add(self.formulas[number].start)

    def _part(self, part: Part, i: int, zone: Zone, english: bool) -> bool:
        """Enter one part; False where it is left alone."""
        opened = bool(zone.opener) and (zone.clean or zone.strong) and not is_mention(self.tokens, i)
        equal = opened and not zone.late and zone.opener not in ("for", "here")
        match part:
            case Membership() if zone.claimed and not any(s.indices for s in part.subjects) and self._is_quantified(i):
                return self._membership(part, i)
            case Inequality() if zone.claimed and len(part.subjects) > 1 and self._is_quantified(i):
                return enter_inequality(part, True, self.notes)
            case _ if zone.claimed and english:
                return False
            case Membership():
                return self._membership(part, i)
            case MapsTo():
                return self._maps(part)
            case Drawn() if self._in_a_case(i):
                self.notes.block_all([s.symbol for s in part.subjects], f"${part.latex}$")
                return True
            case Drawn():
                return self._follows_known(part) and self._drawn(part)
            case Depends() if opened:
                return False not in [self.notes.function_of(s, part.on) for s in part.subjects]
            case IndexRange():
                return True
            case Inequality() if opened:
                only_bounds = zone.late or zone.opener in ("where", "for", "here")
                return enter_inequality(part, only_bounds, self.notes)
            case Equation() if equal:
                return enter_equation(part, zone.opener, zone.clean, self.notes)
            case Vanishing():
                return self._vanishing(part)
            case PositiveDefinite():
                return self._positive_definite(part)
            case Perpendicular() if opened:
                self.notes.facts.append(Independent(tuple(s.symbol for s in part.subjects)))
                return True
            case Other() if zone.strong and english and part.subjects:
                self.notes.block_all([s.symbol for s in part.subjects], f"${part.latex}$")
                return True
        return False

    def _membership(self, part: Membership, i: int) -> bool:
        if not part.subjects:
            return False
        if part.elements is None:
            self.notes.block_all([s.symbol for s in part.subjects], f"${part.latex}$")
            return True
        if part.in_passing and all(self._has_shape(s, part.elements.sort) for s in part.subjects):
            return True
        indices = {s.symbol for s in part.subjects}
        pending = [s for s in self._pending(i) if not indices & set(s.indices)]
        for subject in (*pending, *part.subjects):
            self.notes.member(subject, part.elements)
            self.notes.placed.add(subject.symbol)
        return True

    def _is_quantified(self, i: int) -> bool:
        """Return whether only "for all", "for any vectors" and the like stand before a formula, within a claim too."""
        for token in reversed(self.tokens[:i]):
            if token.kind == "with":
                return token.text == "for"
            if token.kind != "stop" and token.text not in _KINDS:
                return False
        return False

    def _has_shape(self, subject: Subject, sort: Sort) -> bool:
        """Return whether a name is known with the shape that is written below it."""
        match self.notes.sort_of(subject.symbol), sort:
            case Matrix(rows, columns), Matrix(rows=above, columns=across):
                return (rows, columns) == (above, across)
            case Vector(size), Vector(size=length):
                return size == length
        return False

    def _pending(self, i: int) -> list[Subject]:
        """Return the bare names listed before a membership, "$a$, $b$ and $x \\in S$": they share the set."""
        if not self.zones[i].strong:
            return []
        found: list[Subject] = []
        joined = False
        for k in range(i - 1, -1, -1):
            token = self.tokens[k]
            if token.kind == "and":
                joined = True
            elif token.formula >= 0 and joined and all(isinstance(p, Names) for p in self.parts[token.formula]):
                names = [s for p in self.parts[token.formula] for s in p.subjects]
                found.extend(s for s in names if self.notes.sort_of(s.symbol) is None)
                joined = False
            else:
                return found if token.kind == "let" else []
        return found

    def _maps(self, part: MapsTo) -> bool:
        if part.value is None:
            return False
        arguments = tuple(
            Point(base_name(a.sort.space)) if isinstance(a.sort, Point) else a.sort for a in part.arguments
        )
        for subject in part.subjects:
            attribute = FunctionOf(arguments, part.value.sort)
            if not self.notes.give(replace(subject, arguments=None), attribute):
                self.notes.block(subject.symbol, f"${part.latex}$")
        return True

    def _in_a_case(self, i: int) -> bool:
        r"""Return whether a law is one of several cases: "if $X = 1$ then $Y \sim p$, else $Y \sim q$"."""
        before, _, after = self.encoded.partition(self.tokens[i].text)
        if _ELSE.search(before) or _ELSE.search(after):
            return True
        found = _CASE.search(before)
        numbers = formulas_in(found["condition"]) if found else []
        return any(isinstance(part, Equation | Inequality) for k in numbers for part in self.parts[k])

    def _follows_known(self, part: Drawn) -> bool:
        r"""Return whether X \mid Y \sim law tells the law of X, as it does where Y is a random variable."""
        alone = not any(s.indices for s in part.subjects)
        return not part.given or (alone and all(self._is_random(y) for y in part.given))

    def _is_random(self, symbol: str) -> bool:
        facts = (*self.notes.scope.facts, *self.notes.facts)
        followed = any(isinstance(fact, Follows) and fact.name == symbol for fact in facts)
        return followed or isinstance(self.notes.sort_of(symbol), RandomVariable)

    def _drawn(self, part: Drawn) -> bool:
        law = gamma_by_rate(law_of(part.law, self.notes), self.encoded)
        if part.stacked:
            self.stacked.append((part, law))
            return True
        names = [s.symbol for s in part.subjects]
        unknown = law is not None and is_named_elsewhere(law, names, self.notes)
        if law is None or False in [draw(s, law, self.notes) for s in part.subjects] or unknown:
            self.notes.block_all(names, f"${part.latex}$")
        elif part.independently:
            enter_independence(names, self.notes)
        return True

    def _vanishing(self, part: Vanishing) -> bool:
        for subject in part.subjects:
            if not subject.indices:
                self.notes.notations[vanishing(subject.symbol)] = "0"
                if self.notes.sort_of(subject.symbol) is None:
                    self.notes.sorts[subject.symbol] = Real()
        return True

    def _stacked(self) -> None:
        """Enter the joint laws of columns written out, when the sizes of their parts are known."""
        for part, law in self.stacked:
            names = stacked_names(self.read.term(part.stacked))
            fits = isinstance(law, StandardLaw) and law.kind == "normal" and not part.independently
            known = any(d.law == JOINT for d in (*self.notes.scope.densities, *self.notes.densities))
            if not names or not fits or known or not self._is_told(law):
                self.notes.block_all([*names, *(s.symbol for s in part.subjects)], f"${part.latex}$")
                continue
            assert isinstance(law, StandardLaw)  # `fits`
            for symbol in names:
                sort = self.notes.sort_of(symbol)
                self.notes.spaces[symbol] = space_of(sort) if isinstance(sort, Vector) else EuclideanSpace(None)
            self.notes.densities.append(joint_density(names, law))
            self.notes.sorts[JOINT] = Law(names)

    def _is_told(self, law: Term | None) -> bool:
        """Return whether every name of a law is declared, or explained by what is declared."""
        names = free_symbols(law) if law is not None else set()
        bodies = {d.symbol: d.body for d in self.notes.definitions}
        explained = {s for name in names if name in bodies for s in free_symbols(bodies[name])}
        return all(self.notes.sort_of(s) or self.notes.is_defined(s) for s in names | explained)

    def _positive_definite(self, part: PositiveDefinite) -> bool:
        attribute = MatrixProperty(frozenset(("symmetric", "positive definite")))
        for subject in part.subjects:
            if not self.notes.give(subject, attribute):
                self.notes.block(subject.symbol, f"${part.latex}$")
        return True

    # Words -------------------------------------------------------------------------------------------

    def _phrases(self) -> set[int]:
        """Enter what the phrases say; return those that spoke about nobody."""
        unbound: set[int] = set()
        for bound in Binder(self.tokens, self.parts).bound():
            zone = self.zones[bound.phrases[0]]
            if zone.claimed:
                continue
            if bound.negated:
                unbound.update(bound.phrases)
                continue
            for i in self._in_order(bound):
                if not self._phrase(i, bound):
                    unbound.add(i)
                else:
                    self.told.add(i)
        return unbound

    def _described(self) -> None:
        """Note the clauses in which "where $C$ is ..." tells what a name is, understood or not."""
        binder = Binder(self.tokens, self.parts)
        for i, token in enumerate(self.tokens):
            zone = self.zones[i]
            if token.kind == "copula" and zone.opener == "where" and not zone.claimed:
                about = [p for k in binder.group_of_verb(i - 1) for p in self.parts[k]]
                if any(isinstance(p, Names) for p in about):
                    self.active.add(zone.clause)

    def _in_order(self, bound: Bound) -> list[int]:
        """Return the phrases, what a thing is before what it has: "positive integer", "diagonal matrix"."""

        def later(i: int) -> bool:
            attribute = self._attribute(self.tokens[i])
            return not (isinstance(attribute, Kind | Sized | ElementOf | LawOver) or self.tokens[i].frame in FIRST)

        return sorted(bound.phrases, key=later)

    def _phrase(self, i: int, bound: Bound) -> bool:
        token = self.tokens[i]
        if token.frame in INDEPENDENCE and is_conditional(self.encoded):
            return False
        if token.frame in _LAWS and self._holds_in_a_case(i):
            return False
        if token.frame in NEEDS_NO_SUBJECT:
            told = say(Said(token, self.formulas, self.parts), (), self.notes)
            if told and token.frame in DECLARES_ALONE:
                self.active.add(self.zones[i].clause)
            return told
        subjects = self._subjects(bound.targets)
        defined = [s for s in subjects if self.notes.is_defined(s.symbol) or self._has_density(s.symbol)]
        free = subjects if token.frame in OF_DEFINED_TOO else [s for s in subjects if s not in defined]
        attribute = self._attribute(token)
        if isinstance(attribute, Kind) and not self.zones[i].opener and not self._is_predicate(i):
            return True
        if token.frame in ABOUT_FORMULA:
            return say(Said(token, self.formulas, self.parts), subjects, self.notes)
        if not subjects:
            return attribute is not None and self._about_expression(attribute, bound)
        if token.frame == "values on":
            return say(Said(token, self.formulas, self.parts), subjects, self.notes)
        if (isinstance(attribute, MatrixProperty) or token.frame == "satisfying") and self._is_predicate(i):
            written = [s for s in self._written_out(bound.targets) if s in free]
            free = [s for s in free if s not in written]
            if written:
                self._block_written(bound.targets, token)
                self.active.add(self.zones[i].clause)
            if written and not free:
                return True
        describes = isinstance(attribute, _SAYS_WHAT_IT_IS) or token.frame in DESCRIPTIVE
        if defined and not describes:
            self.restricted.append((attribute, defined, token))
        if free:
            if attribute is None:
                if not say(Said(token, self.formulas, self.parts), free, self.notes):
                    return False
            elif not self._give(attribute, free, token):
                return False
            self._uncertain(attribute, bound, token)
        self.active.add(self.zones[i].clause)
        return True

    def _holds_in_a_case(self, i: int) -> bool:
        """Return whether a condition or another case follows a law directly: "uniform on $S$ if $Z = 1$"."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return after is not None and (after.kind == "if" or after.text in ("else", "otherwise"))

    def _written_out(self, numbers: Sequence[int]) -> list[Subject]:
        """Return the new names that formulas say all of: of "the matrix $H = X Y$ is symmetric" that is a claim."""
        found = [s for n in numbers for p in self.parts[n] if isinstance(p, Equation) for s in p.subjects]
        return [s for s in found if not self.notes.is_defined(s.symbol) and not s.indices]

    def _block_written(self, numbers: Sequence[int], token: Token) -> None:
        """Protect what such formulas are made of: that it is so may be a condition on them."""
        for number in numbers:
            self.notes.block_all(self.read.heads(self.formulas[number].latex), quoted(token.text, self.formulas))

    def _is_predicate(self, i: int) -> bool:
        """Return whether the clause has a verb before the phrase; "the loss function $l$" declares nothing."""
        clause = self.zones[i].clause
        return any(t.kind == "copula" and z.clause == clause for t, z in zip(self.tokens[:i], self.zones, strict=False))

    def _attribute(self, token: Token) -> Attribute | None:
        if token.attribute is not None:
            return token.attribute
        if token.formula >= 0:
            for part in self.parts[token.formula]:
                if isinstance(part, Shape) and part.rows is not None and part.columns is not None:
                    return Sized(part.rows, part.columns)
                if isinstance(part, BareSet) and part.elements is not None:
                    return ElementOf(part.elements)
        return None

    def _subjects(self, numbers: Sequence[int]) -> list[Subject]:
        found = [
            subject
            for number in sorted(numbers)
            for part in self.parts[number]
            if not isinstance(part, IndexRange)
            for subject in part.subjects
        ]
        indices = {index for subject in found for index in subject.indices}
        return [s for s in found if s.indices or s.symbol not in indices]

    def _give(self, attribute: Attribute, subjects: list[Subject], token: Token) -> bool:
        """Give the attribute to all whom it fits; the others are not understood, unless it never could fit them."""
        misfits = [s for s in subjects if not self.notes.give(s, attribute)]
        if len(misfits) == len(subjects):
            return False
        if not isinstance(attribute, MatrixProperty | FunctionProperty):
            self.notes.block_all([s.symbol for s in misfits], quoted(token.text, self.formulas))
        return True

    def _uncertain(self, attribute: Attribute | None, bound: Bound, token: Token) -> None:
        """Protect the names that the phrase may or may not include; without it nothing wrong is proved of them."""
        if isinstance(attribute, Kind | ElementOf | Sized | None):
            return
        for subject in self._subjects(bound.uncertain):
            before = dict(self.notes.sorts)
            known = self.notes.sort_of(subject.symbol)
            fits = self.notes.give(subject, attribute) and self.notes.sort_of(subject.symbol) != known
            if fits and isinstance(attribute, MatrixProperty) and "positive definite" in attribute.properties:
                continue  # "with $S \in R^{n x n}$ and $T \in R^{m x m}$ positive definite": two covariances
            self.notes.sorts = before
            if fits:
                self.notes.block(subject.symbol, quoted(token.text, self.formulas))

    def _about_expression(self, attribute: Attribute, bound: Bound) -> bool:
        """Accept "X + A is invertible", for steps are judged where both sides are defined; and "... and is fixed"."""
        if attribute == Kind("constant"):
            return True
        has_formula = bool(bound.targets)
        return has_formula and attribute == MatrixProperty(frozenset(("invertible",)))

    def _has_density(self, symbol: str) -> bool:
        return any(d.law == symbol for d in (*self.notes.densities, *self.notes.scope.densities))

    def _block_definition(self, defined: list[Subject], token: Token) -> None:
        words = quoted(token.text, self.formulas)
        for subject in defined:
            self.notes.block(subject.symbol, words)
            for definition in self.notes.definitions:
                if definition.symbol == subject.symbol:
                    self.notes.block_all(sorted(free_symbols(definition.body)), words)


_DOTS = re.compile(r"\\[lc]?dots(?![A-Za-z])|\.\.\.")
_SPELLED_OUT = re.compile(
    r"(?P<base>\\?[A-Za-z]+)_(?:1|\{1\})\s*,\s*\\[lc]?dots\s*,\s*(?P=base)_(?P<last>[A-Za-z]|\{[^{}]+\})"
)


def _run_of(latex: str, read: Reader) -> Term | None:
    r"""Return K of i \in \{1, \dots, K\}."""
    tokens = tokenise(latex)
    if "\\{" not in tokens or tokens[-1] != "\\}":
        return None
    run = integer_run(split_at(tokens[tokens.index("\\{") + 1 : -1], (",",)), read)
    return run[1] if run is not None and number_of(run[0]) == 1.0 else None


def _is_random(sort: Sort) -> bool:
    return isinstance(sort.element if isinstance(sort, Family) else sort, RandomVariable)
