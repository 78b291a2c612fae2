"""Names with two places below them are families where an equation explains them, and names elsewhere."""

from __future__ import annotations

import pytest

from errata.language.grammar import parse_syntax
from errata.language.paired_indices import letters_of_places, paired, steps
from errata.language.reading import read_document
from errata.language.terms import Name, Negative, Number, Sum
from errata.language.tokens import tokenize
from errata.notes.document import read_text


def nodes(latex: str):
    return parse_syntax(tokenize(latex))


@pytest.mark.parametrize(
    ("latex", "known"),
    [
        ("G_{t:h} = \\sum_{i=t}^h R_i", {"G": "end"}),
        ("\\bar{G}_{t:h} := \\sum_{i=t}^h R_i", {"\\bar{G}": "end"}),
        ("G_{t:t+n} = \\sum_{k=1}^n R_{t+k}", {"G": "length"}),
        ("G_{t:h} = R_h", {}),  # nothing of t
        ("G_{1:T} = \\sum_{i=1}^T R_i", {}),
        ("x_{s:t} = (x_s, \\dots, x_t)", {}),
        ("2 G_{t:h} = \\sum_{i=t}^h R_i", {}),
        ("G_{t:h} \\le \\sum_{i=t}^h R_i", {}),
        ("G_{t:t} = t + t", {}),
    ],
)
def test_an_equation_explains_the_places(latex: str, known: dict[str, str]) -> None:
    assert known == paired([nodes(latex)])


def test_two_kinds_of_equations_leave_a_name_alone() -> None:
    formulas = [nodes("G_{t:h} = \\sum_{i=t}^h R_i"), nodes("G_{t:t+n} = \\sum_{k=1}^n R_{t+k}")]
    assert paired(formulas) == {}


def test_the_letters_count() -> None:
    assert {"t", "n"} == letters_of_places([nodes("G_{t:t+n} = \\sum_{k=1}^n R_{t+k}")], {"G"})


def test_steps_are_worked_out() -> None:
    t, n, one = Name("t"), Name("n"), Number(1)
    assert n == steps(t, Sum((t, n)))
    assert Sum((n, Negative(one))) == steps(Sum((t, one)), Sum((t, n)))
    assert Number(0) == steps(t, t)
    assert steps(t, Sum((t, t, t))) is None


def test_a_law_of_a_slice_is_left_alone() -> None:
    note = "Let $x_{s:t} = x_s + x_t$ and $p(x_{s:t})$ its law.\n\n$$p(x_{s:t}) = p(x_{s:t})$$\n"
    claim = next(p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim")
    assert all("\\cdot:\\cdot" not in symbol for symbol in claim.scope.sorts)
