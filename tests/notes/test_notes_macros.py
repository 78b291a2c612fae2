import pytest

from errata.notes.blocks import Macro
from errata.notes.macros import find_definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\E}{\mathbb{E}}", Macro(r"\E", 0, None, r"\mathbb{E}")),
        (r"\renewcommand*\vec[1]{\mathbf{#1}}", Macro(r"\vec", 1, None, r"\mathbf{#1}")),
        (r"\providecommand{\D}[2][p]{#1 #2}", Macro(r"\D", 2, "p", "#1 #2")),
        (r"\newcommand\x\mathbf", Macro(r"\x", 0, None, r"\mathbf")),
        (r"\def\foo#1#2{#2 \{ #1}", Macro(r"\foo", 2, None, r"#2 \{ #1")),
        (r"\def\foo#1,#2;{#1+#2}", Macro(r"\foo", 2, None, "#1+#2", ("", ",", ";"))),
        (r"\gdef\a{b}", Macro(r"\a", 0, None, "b")),
        (r"\let\eps=\varepsilon", Macro(r"\eps", 0, None, r"\varepsilon")),
        (r"\DeclareMathOperator{\tr}{tr}", Macro(r"\tr", 0, None, r"\operatorname{tr}")),
        (r"\DeclareMathOperator*{\am}{arg\,max}", Macro(r"\am", 0, None, r"\operatorname*{arg\,max}")),
        (
            r"\DeclarePairedDelimiter\abs{\lvert}{\rvert}",
            Macro(r"\abs", 1, None, r"\left\lvert #1 \right\rvert", paired=True),
        ),
        ("\\newcommand{\\E}{ % note }\n a}", Macro(r"\E", 0, None, " a")),
    ],
)
def test_definitions(text: str, expected: Macro) -> None:
    assert [(1, len(text) + 1, expected)] == find_definitions(" " + text + " tail")


@pytest.mark.parametrize(
    "text", [r"\newcommand{\E}{", r"\newcommand", r"\define\x{a}", r"\letter a", r"\def\x", r"\newcommand{E}{a}"]
)
def test_what_is_no_definition_is_left_alone(text: str) -> None:
    assert find_definitions(text) == []


def test_parameters_out_of_order_define_nothing() -> None:
    ((_, _, macro),) = find_definitions(r"\def\a#2#1{x}")
    assert macro is None
