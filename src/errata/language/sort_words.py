"""Sorts in words, for people."""

from __future__ import annotations

from functools import singledispatch

from errata.language.printer import text_symbol, to_text
from errata.language.sorts import (
    AbstractSpace,
    Configurations,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    SpaceKind,
    Vector,
)
from errata.language.terms import Term


@singledispatch
def sort_in_words(sort: Sort) -> str:
    """Return what a name of this sort is, such as "a positive integer" or "an n x n symmetric matrix"."""
    return type(sort).__name__.lower()


@sort_in_words.register
def _(sort: Real) -> str:
    noun = "integer" if sort.integer else "real number"
    if sort.nonzero:
        noun = f"nonzero {noun}"
    if sort.high is None:
        if sort.low is None:
            return f"a {noun}" if not noun.startswith("i") else f"an {noun}"
        if sort.low == 0 or (sort.low == 1 and not sort.low_open and sort.integer):
            return f"a {'positive' if sort.positive else 'nonnegative'} {noun}"
    return f"{'an' if noun.startswith('i') else 'a'} {noun} in {_interval(sort)}"


def _interval(sort: Real) -> str:
    low = "-∞" if sort.low is None else f"{sort.low:g}"
    high = "∞" if sort.high is None else f"{sort.high:g}"
    left = "(" if sort.low is None or sort.low_open else "["
    right = ")" if sort.high is None or sort.high_open else "]"
    return f"{left}{low}, {high}{right}"


@sort_in_words.register
def _(sort: Point) -> str:
    return f"a point of the space of {text_symbol(sort.space)}"


@sort_in_words.register
def _(sort: Vector) -> str:
    kind = "a probability vector" if sort.simplex else "a vector"
    return f"{kind} of size {to_text(sort.size)}"


@sort_in_words.register
def _(sort: Matrix) -> str:
    properties = "".join(f"{word} " for word in sorted(sort.properties))
    return f"a {properties}matrix of size {to_text(sort.rows)} × {to_text(sort.columns)}"


@sort_in_words.register
def _(sort: Family) -> str:
    sizes = " × ".join("unknown" if size is None else to_text(size) for size in sort.sizes)
    return f"a family of size {sizes}, each {sort_in_words(sort.element)}"


@sort_in_words.register
def _(sort: Function) -> str:
    properties = "".join(f"{word} " for word in sorted(sort.properties))
    arguments = ", ".join(map(sort_in_words, sort.arguments))
    return f"a {properties}function of {arguments or 'no argument'}; its value is {sort_in_words(sort.value)}"


@sort_in_words.register
def _(sort: Law) -> str:
    spaces = ", ".join(map(text_symbol, sort.spaces))
    parameters = f" with parameters {', '.join(map(text_symbol, sort.parameters))}" if sort.parameters else ""
    return f"a law over {spaces or 'a space that is not named'}{parameters}"


@sort_in_words.register
def _(sort: RandomVariable) -> str:
    law = f" with law {to_text(sort.law)}" if isinstance(sort.law, Term) else ""
    return f"a random variable{law}"


def space_in_words(space: SpaceKind) -> str:
    """Return what a space is, such as "the real line"."""
    if isinstance(space, AbstractSpace):
        return "a space that nothing is said about"
    if isinstance(space, FiniteSpace):
        return "{" + ", ".join(map(to_text, space.points)) + "}"
    if isinstance(space, Configurations):
        return "{" + ", ".join(map(to_text, space.points)) + "}^" + to_text(space.size)
    return _euclidean(space)


def _euclidean(space: EuclideanSpace) -> str:
    return "the real line" if space.size is None else f"real vectors of size {to_text(space.size)}"
