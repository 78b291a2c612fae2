"""Names that stand below braces."""

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


def test_a_label_that_is_used_is_what_stands_above_it():
    braces = "$$f(x) = \\underbrace{x^2}_{a} + \\underbrace{2x}_{b} + 1$$\n\n"
    assert is_right(verdicts(f"{braces}$$a + b + 1 = (x + 1)^2$$"))
    assert "wrong" in verdicts(f"{braces}$$a + b = (x + 1)^2$$")


def test_a_name_that_means_something_already_is_not_named_anew():
    declared = "Let $a = 3$.\n\n$$\\underbrace{x + x}_{a} = 2 x$$\n\n$$a = 3$$"
    assert "wrong" not in verdicts(declared)
    identity = "Let $A$ be an invertible matrix.\n\n$$\\underbrace{2 A}_{I} A^{-1} = 2 I$$"
    assert is_right(verdicts(identity))


def test_a_label_with_a_bound_letter_is_a_remark():
    assert "wrong" not in verdicts("$$\\sum_i \\underbrace{x_i y_i}_{c_i} = \\sum_i c_i$$")
