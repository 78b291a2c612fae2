"""Trajectories drawn by a policy."""

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


WRITTEN = "$$\\nabla_\\theta \\sum_\\tau P(\\tau; \\theta) R(\\tau) = "


def test_the_law_of_what_a_policy_draws_is_the_one_that_is_written():
    right = "\\mathbb{E}_{\\tau \\sim \\pi_\\theta}[\\nabla_\\theta \\log P(\\tau; \\theta) R(\\tau)]$$"
    assert is_right(verdicts(WRITTEN + right))
    assert "wrong" in verdicts(WRITTEN + right.replace("\\log ", ""))


def test_a_law_that_is_written_is_the_one_drawn_from():
    note = "Let $\\pi(x)$ and $q(x)$ be laws.\n\n$$\\mathbb{E}_{x \\sim \\pi}[f(x)] = \\sum_x q(x) f(x)$$"
    assert "wrong" in verdicts(note)


def test_of_two_policies_it_is_not_clear():
    means = (f"\\mathbb{{E}}_{{\\tau \\sim {policy}}}[R(\\tau)]" for policy in ("\\pi_b", "\\pi_\\theta"))
    note = f"Let $P(\\tau; \\theta)$ be a law.\n\n$${' = '.join(means)}$$"
    assert verdicts(note) == ["unread"]
