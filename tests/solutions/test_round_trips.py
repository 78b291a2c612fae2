r"""Every formula of the library, printed from its term, is read again as the same: by our reader and by a second one.

latex2sympy2 takes `\log` to base 10, so it is asked with `\ln` in its place; `x^T` is a transpose to it, `d |a|` a
derivative, and `e`, `i` and `\delta_{ij}` are no names of numbers. What is left of the scalar formulas it must read
to the same values.
"""

import re

import pytest

from errata.derivations.library import derivations
from errata.language.printer import to_latex
from errata.language.sorts import Real
from errata.language.terms import Name, subterms
from errata.notes.document import read_text
from errata.solutions.build import _shown, misprints, solution_of
from errata.verify.check import understand_document
from errata.verify.second_reader import Formula, is_installed, is_scalar, second_reading

NOT_ITS_NAMES = frozenset({"e", "i"})
NOT_ITS_SIGNS = re.compile(r"^d |\^T|\^\{T|\\delta_|\\max|\\min|\\lceil|\\left\||\\log_")

UNSEEMLY = re.compile(
    r"(?<![\d._^])1 (?:\\cdot|\\log|[a-z])|[a-zA-Z)]\^(?:1(?!\d)|\{1\})|\+ -|- -"
    r"|\\operatorname\{(?:log|exp|ln|sin|cos|tanh|max|min|det)\}"
)
"""1 x, x^1, a + -b, and operators that LaTeX has commands for."""


@pytest.fixture(scope="module")
def understood():
    """Return every derivation with its document and its steps as they are understood."""
    read = ((derivation, read_text(derivation.text(), derivation.identifier)) for derivation in derivations())
    return [(derivation, document, understand_document(document)) for derivation, document in read]


def test_formulas_are_read_again_as_the_same_terms(understood):
    told, counted = [], 0
    for derivation, document, checked in understood:
        told += [
            (derivation.identifier, what) for what in misprints(checked, solution_of(derivation, document, checked))
        ]
        counted += len(_shown(checked))
    print(f"our reader: {counted} steps printed, {counted - len(told)} read again as the same terms")
    assert told == []
    assert counted >= 900


@pytest.mark.skipif(not is_installed(), reason="the second reader needs Python below 3.13")
def test_the_second_reader_gives_scalar_formulas_the_same_values(understood):
    formulas, strange, others = scalar_formulas(understood)
    told = {latex: second_reading(Formula(latex, term)) for latex, term in formulas.items()}
    otherwise = {latex: found.problem or found.difference for latex, found in told.items()}
    otherwise = {latex: what for latex, what in otherwise.items() if what}
    print(f"second reader: {len(told)} scalar formulas asked, {len(told) - len(otherwise)} read to the same values")
    print(f"outside of what it reads: {strange} scalar formulas; {others} sides of steps are not scalar")
    assert {latex: what for latex, what in otherwise.items() if "too many names" not in what} == {}
    assert len(told) >= 300


def test_nothing_is_printed_that_no_teacher_would_write(understood):
    sides = {
        to_latex(side)
        for _, _, checked in understood
        for step in _shown(checked)
        for side in (step.statement.readings[0].left, step.statement.readings[0].right)
    }
    assert len(sides) > 1000
    assert [latex for latex in sides if UNSEEMLY.search(latex)] == []


def scalar_formulas(understood):
    """Return the scalar sides of steps by what is printed; how many more are strange to it, and how many no scalars."""
    formulas, strange, others = {}, set(), 0
    for _, _, checked in understood:
        for step in _shown(checked):
            reading, scope = step.statement.readings[0], step.statement.scope
            numbers = [symbol for symbol, sort in scope.sorts.items() if isinstance(sort, Real)]
            for side in (reading.left, reading.right):
                latex = to_latex(side)
                if not is_scalar(side, numbers):
                    others += 1
                elif NOT_ITS_SIGNS.search(latex) or names(side) & NOT_ITS_NAMES:
                    strange.add(latex)
                else:
                    formulas[latex.replace(r"\log", r"\ln")] = side
    return formulas, len(strange), others


def names(term):
    return {part.symbol for part in subterms(term) if isinstance(part, Name)}
