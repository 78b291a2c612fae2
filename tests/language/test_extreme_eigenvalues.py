r"""\lambda_{\max}(A) and its like need no declaration, and a note may still give them a meaning of its own."""

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def last(text):
    return list(read_document(read_text(text)))[-1].statement


def test_they_are_known_by_custom():
    told = r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric. Then "
    assert judge(last(rf"{told} $$\lambda_{{\max}}(-A) = -\lambda_{{\min}}(A).$$")).verdict in ("proved", "holds")
    assert judge(last(rf"{told} $$\lambda_{{\max}}(-A) = -\lambda_{{\max}}(A).$$")).verdict == "wrong"


def test_a_note_may_define_its_own():
    assert last(r"For a matrix $A$ define $$\lambda_{\max}(A) = \operatorname{tr} A.$$").kind == "definition"


def test_a_name_that_stands_alone_is_no_custom():
    assert "\\lambda_{\\max}" not in last(r"Let $\lambda_{\max} > 0$. Then $$\lambda_{\max} \ge 0.$$").scope.definitions
