"""Independence in words: of which members it is told, and whether under a condition."""

import pytest

from errata.language.prose.independence import is_conditional, of_some_members
from errata.language.prose.parts import IndexRange, Names, Part, Subject
from errata.language.terms import Name, Number

F, G, H = "\ue000", "\ue001", "\ue002"
MEMBER = (Subject("x", ("i",)),)


@pytest.mark.parametrize(
    ("encoded", "conditional"),
    [
        (f"given {F} , {G} and {H} are independent", True),
        (f"{F} and {G} are conditionally independent", True),
        (f"{F} is independent of {G} given {H}", True),
        (f"conditioned on {F} , {G} is independent of {H}", True),
        (f"{F} is independent of the {G} given {H}", True),
        (f"given independent random variables {F} and {G}", False),
        (f"{F} is independent of {G}", False),
        (f"given that {F} and {G} are independent", False),
        (f"we are given {F} , which is independent of {G}", False),
    ],
)
def test_independence_under_a_condition_is_told_from_independence(encoded, conditional):
    assert is_conditional(encoded) == conditional


@pytest.mark.parametrize(
    ("part", "some"),
    [
        (Part("i\\ge 2"), True),
        (Part("i\\neq j"), True),
        (Part("i\\in S"), True),
        (Part("1\\le i\\le n"), False),
        (Part("i\\in\\{1,\\dots,n\\}"), False),
        (Part("i\\in[n]"), False),
        (Part("\\sigma_i>0"), False),
        (Names("x_i"), False),
        (Part("j\\ge 2"), False),
        (IndexRange("i=2,\\dots,n", (Subject("i"),), Number(2), Name("n")), True),
        (IndexRange("i=1,\\dots,n", (Subject("i"),), Number(1), Name("n")), False),
    ],
)
def test_a_range_that_leaves_members_out_is_seen(part, some):
    assert of_some_members(MEMBER, [(part,)]) == some
