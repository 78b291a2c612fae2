"""Variables that only entropies speak of."""

import pytest
from reading_helpers import claims_of

from errata.language.informed_variables import JOINT, speaks_of_discrete
from errata.language.terms import Information, subterms


def laws(note):
    statement = claims_of(note)[-1].statement
    sides = [side for r in statement.readings for side in (r.left, r.right)]
    return {t.law.symbol for side in sides for t in subterms(side) if isinstance(t, Information)}


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("$$H(U,V) = H(U) + H(V|U)$$", {JOINT}),
        ("$$I(U;V) = H(U) - H(U|V)$$", {JOINT}),
        ("Let $r(u,v)$ be a joint law.\n\n$$H(U,V) = H(U) + H(V|U)$$", {"r"}),
    ],
)
def test_entropies_imply_a_joint_law_where_no_law_is_said(note, expected):
    assert expected == laws(note)


def test_entropies_of_continuous_variables_imply_none():
    assert not speaks_of_discrete("The differential entropy of continuous variables")
    assert not laws("For continuous variables\n\n$$H(U,V) = H(U) + H(V|U)$$")
