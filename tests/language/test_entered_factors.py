"""Factors entered in what is known."""

from __future__ import annotations

import pytest

from errata.language.decompositions import Factored, factored
from errata.language.entered_factors import enter_factors, factor_sorts, may_enter, shape_factors
from errata.language.sorts import Matrix, Real
from errata.language.state import State
from errata.language.terms import Comparison, MatrixOperation, Name, Product

N, M = Name("n"), Name("m")
A, U, S, V = Name("A"), Name("U"), Name("S"), Name("V")
UTU = Comparison("=", Product((MatrixOperation("transpose", (U,)), U)), MatrixOperation("identity"))


def decomposed(name: str, *factors: Name | MatrixOperation) -> Factored:
    found = factored({name}, Product(factors))  # type: ignore[arg-type]
    assert found is not None
    return found


EIGEN = decomposed("eigen", U, S, MatrixOperation("transpose", (U,)))
SVD = decomposed("svd", U, S, MatrixOperation("transpose", (V,)))


def properties(state: State, symbol: str) -> frozenset[str]:
    sort = state.sorts[symbol]
    assert isinstance(sort, Matrix)
    return sort.properties


def test_orthonormal_columns_make_a_square_matrix_orthogonal_and_are_a_condition_on_others() -> None:
    state = State(sorts={"U": Matrix(M, N)})
    enter_factors(SVD, A, (), state)
    assert UTU in state.assumptions
    assert Comparison(">=", M, N) in state.assumptions
    state = State(sorts={"U": Matrix(N, N)})
    enter_factors(SVD, A, (), state)
    assert properties(state, "U") == {"orthogonal"}
    assert UTU not in state.assumptions


def test_an_open_form_keeps_refutations_back_unless_all_forms_share_them() -> None:
    state = State()
    enter_factors(SVD, A, (), state)
    assert [held.restriction.imposed for held in state.restrictions] == ["in all forms"]
    state = State(sorts={"U": Matrix(M, N), "V": Matrix(N, N)})
    enter_factors(SVD, A, (), state)
    assert not state.restrictions


def test_what_is_known_of_the_whole_matrix_is_taken_over_or_left_in_doubt() -> None:
    state = State(sorts={"A": Matrix(N, N, frozenset(("symmetric", "positive definite")))})
    enter_factors(EIGEN, A, (), state)
    assert properties(state, "S") == {"diagonal", "positive diagonal"}
    assert not {"U", "S"} & state.not_understood.keys()
    state = State(sorts={"A": Matrix(N, N, frozenset(("idempotent",)))})
    enter_factors(EIGEN, A, (), state)
    assert state.not_understood["S"] == "the whole matrix is idempotent"


@pytest.mark.parametrize(
    ("state", "whole"),
    [
        (State(sorts={"S": Real()}), A),
        (State(sorts={"A": Real()}), A),
        (State(), U),
        (State(), MatrixOperation("transpose", (A,))),
        (State(seen={"U"}), Product((A, A))),
    ],
)
def test_names_of_other_things_are_no_factors(state: State, whole: Name | MatrixOperation | Product) -> None:
    assert may_enter(EIGEN, A, State())
    assert not may_enter(EIGEN, whole, state)


def test_a_shape_that_is_declared_later_keeps_what_the_form_says() -> None:
    state = State()
    enter_factors(EIGEN, A, (), state)
    assert set(factor_sorts(state)) == {"U", "S"}
    state.sorts["U"] = state.sorts["S"] = Matrix(N, N)
    shape_factors(["U"], "where $ is in $", state)
    shape_factors(["S"], "Let $ be in $", state)
    assert properties(state, "U") == {"orthogonal"}
    assert properties(state, "S") == frozenset()
