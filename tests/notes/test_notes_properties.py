"""Laws that hold for every text, and comparisons with readers written by others."""

import gc
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMathNode, LatexWalker

from errata.notes.document import Display, Document, Fragment, Inline, Kind, Text, read_text

PIECES = [
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\[", "\\\\]", "\\\\", "\\$", "%", "`", "```", "~~~", "<!--",
    "-->", ">", "-", "#", "|", "---", "1.", "a", "b=", "\\frac{1}{2}", "{", "}", "\\text{",
    "\\begin{align}", "\\end{align}", "\\begin{cases}", "\\end{cases}", "\\begin{verbatim}",
    "\\end{verbatim}", "\\begin{document}", "\\end{document}", "\\newcommand{\\a}[1]{#1}", "\\def\\b{c}",
    "\\item", "\\section{", "\\input{x}", "\\label{y}", "\\verb|x|", "errata:", "expect", "wrong", "ignore",
    "off", "on", "as", "let", "<svg", "<pre>", "</pre>",
]  # fmt: skip
NOTES = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "\r\n", "é"]), max_size=40).map("".join)
KINDS: tuple[Kind, ...] = ("markdown", "latex")


def fragments(document: Document) -> list[Fragment]:
    found: list[Fragment] = []
    for block in document.blocks:
        found.append(block.fragment)
        if isinstance(block, Text):
            found += [segment.fragment for segment in block.segments]
    return found


@settings(max_examples=400, deadline=None)
@given(NOTES | st.text(max_size=60), st.sampled_from(KINDS))
@example("$$\n\n$$ <!-- errata: expect wrong --> $x$", "markdown")
@example("<!--> $x$", "markdown")
@example("| <!-- a | b --> | $x$ |\n", "markdown")
def test_every_character_stands_at_its_place(text: str, kind: Kind) -> None:
    document = read_text(text, kind=kind)
    for fragment in fragments(document):
        assert fragment.text == "".join(text[offset] for offset in fragment.offsets)
        assert list(fragment.offsets) == sorted(set(fragment.offsets))


@settings(max_examples=400, deadline=None)
@given(NOTES, st.sampled_from(KINDS))
def test_blocks_come_in_order_and_share_no_character(text: str, kind: Kind) -> None:
    document = read_text(text, kind=kind)
    starts = [block.fragment.start for block in document.blocks]
    assert starts == sorted(starts)
    offsets = [offset for block in document.blocks for offset in block.fragment.offsets]
    assert len(offsets) == len(set(offsets))


@settings(max_examples=400, deadline=None)
@given(NOTES, st.sampled_from(KINDS))
def test_segments_lie_in_their_text_in_order(text: str, kind: Kind) -> None:
    for block in read_text(text, kind=kind).blocks:
        if isinstance(block, Text):
            offsets = [offset for segment in block.segments for offset in segment.fragment.offsets]
            assert offsets == sorted(set(offsets))
            assert set(offsets) <= set(block.fragment.offsets)
        if isinstance(block, Display | Text):
            for offset, _ in block.row_expectations:
                assert 0 <= offset <= len(block.fragment.text)


FORMULAS = st.lists(st.sampled_from(["x", "a=b", "\\frac{1}{2}", "p(x \\mid z)", "\\sum_i x_i"]), max_size=6)


@given(FORMULAS)
def test_a_note_of_plain_formulas_is_read_whole(formulas: list[str]) -> None:
    text = "\n\n".join(f"Let ${formula}$ and\n$$\n{formula}\n$$" for formula in formulas)
    for kind in KINDS:
        blocks = read_text(text, kind=kind).blocks
        shown = [block.fragment.text.strip() for block in blocks if isinstance(block, Display)]
        inline = [s.fragment.text for b in blocks if isinstance(b, Text) for s in b.segments if isinstance(s, Inline)]
        assert formulas == shown == inline


@given(st.lists(st.sampled_from(["word", "$x$", "$y = 1$", "\n\n", "%c\n", "\\[ a \\]", "\\emph{e}"]), max_size=12))
def test_formulas_of_good_latex_are_those_that_pylatexenc_finds(pieces: list[str]) -> None:
    text = " ".join(pieces)
    nodes, _, _ = LatexWalker(text).get_latex_nodes()
    expected = [
        "".join(part.latex_verbatim() for part in node.nodelist).strip()
        for node in nodes
        if isinstance(node, LatexMathNode | LatexEnvironmentNode)
    ]
    found: list[str] = []
    for block in read_text(text, kind="latex").blocks:
        if isinstance(block, Display):
            found.append(block.fragment.text.strip())
        elif isinstance(block, Text):
            found += [s.fragment.text for s in block.segments if isinstance(s, Inline)]
    assert expected == found


MARKDOWN_LINES = ["word", "- item", "> quote", "# head", "```", "~~~", "", "", "`code`"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKDOWN_LINES), max_size=12))
def test_code_is_where_markdown_it_finds_it(lines: list[str]) -> None:
    numbered = [f"{line} n{number}" if line[:1] in "w-#" and line else line for number, line in enumerate(lines)]
    text = "\n".join(numbered)
    fenced = "".join(token.content for token in MarkdownIt().parse(text) if token.type == "fence")
    prose = "\n".join(block.fragment.text for block in read_text(text).blocks)
    for number, line in enumerate(numbered):
        mark = f"n{number}"
        if line.endswith(" " + mark):
            assert (f" {mark}\n" in fenced + "\n") != (f"{mark}\n" in prose + "\n")


PARAGRAPH = r"""Let $x \in \mathbb{R}^n$ be given % note
and consider \emph{the} function $f(x) = \sum_i x_i^2$, which by \cite{a} satisfies
\begin{align}
  f(x) &= \int_0^1 g(t)\,dt \label{eq:1} \\
       &\le \frac{1}{2} \| x \|^2 + \text{const}
\end{align}
where \verb|$| is code and \[ a = b \\[6pt] c \] holds.

"""


def seconds(text: str, kind: Kind) -> float:
    gc.disable()  # else the time to search all that other tests have left behind counts, too
    try:
        start = time.process_time()
        read_text(text, kind=kind)
        return time.process_time() - start
    finally:
        gc.enable()


HOSTILE = [
    PARAGRAPH, "$x ", "$$ ", "$\\text{$ ", "\\[ ", "\\( x= ", "\\begin{align} ", "\\begin{align}\n\n",
    "\\begin{aligned}\n\n", "\\begin{align}\\end{b}", "` `` ``` ", "<!-- ", "<!-- errata: let $x$ -->", "> ", "- ",
    "|$", "$$\n\n", "% errata: expect wrong\n", "$$a% errata: expect wrong\n", "\\newcommand{\\a}{", "$$\\def\\a{ ",
    "<svg\n", "```\n", "\\\\[ x ", "\\verb|a", "\\section{a", "\\begin{verbatim}", "\\label{", " \n \n", "\\item [",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str, kind: Kind) -> None:
    small, large = (unit * (size // len(unit)) for size in (5_000, 40_000))
    # eight times the text; a quadratic reader would take sixty-four times as long
    assert seconds(large, kind) < 24 * seconds(small, kind) + 0.3
