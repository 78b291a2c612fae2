"""Claims have the same key if and only if they are the same."""

import subprocess
import sys
from dataclasses import replace

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.cache.claim_key import Digests, NoKey

NOTE = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric, $x > 0$ and $p$ a law.\n\n$$x^2 + 1 = A$$\n"


def claim(text=NOTE):
    return next(p.statement for p in read_document(read_text(text)) if p.statement.kind == "claim")


def key(text=NOTE):
    return Digests().of(claim(text)).hex()


def test_the_same_note_gives_the_same_key_in_any_process():
    code = f"import sys; sys.path.insert(0, {str(__file__.rpartition('/')[0])!r})\n"
    code += "from test_claim_key import key; print(key())"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        )
        assert run.stdout.strip() == key()


@pytest.mark.parametrize(
    ("old", "new"),
    [("x^2", "x^3"), ("x > 0", "x < 0"), ("symmetric", "orthogonal"), ("+ 1", "+ 1.0"), ("= A", "\\le A")],
)
def test_what_a_verdict_may_rest_on_changes_the_key(old, new):
    assert key() != key(NOTE.replace(old, new))


def test_the_order_of_a_set_does_not_matter_and_that_of_a_tuple_does():
    digests = Digests()
    assert digests.of(frozenset("abc")) == digests.of(frozenset("cba"))
    assert digests.of(("a", "b")) != digests.of(("b", "a"))
    assert digests.of(("ab",)) != digests.of(("a", "b"))
    assert digests.of(1) != digests.of("1") != digests.of(True)


def test_values_that_are_gone_are_not_taken_for_others():
    digests = Digests()
    assert len({digests.of((number, "x")) for number in range(1000)}) == 1000


def test_what_is_not_written_in_one_way_only_has_no_key():
    with pytest.raises(NoKey):
        Digests().of((object(),))


def test_where_a_step_stands_in_its_block_counts():
    here = claim()
    moved = replace(here, span=replace(here.span, start=here.span.start + 1))
    assert Digests().of(here) != Digests().of(moved)
