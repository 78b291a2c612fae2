from dataclasses import dataclass

import pytest

from errata.notes.document import Block, Comment, Display, Document, Inline, Position, Text, read_text


def inlines(document: Document) -> list[str]:
    return [
        segment.fragment.text
        for block in document.blocks
        if isinstance(block, Text)
        for segment in block.segments
        if isinstance(segment, Inline)
    ]


def displays(document: Document) -> list[tuple[str | None, str]]:
    return [(block.environment, block.fragment.text.strip()) for block in document.blocks if isinstance(block, Display)]


def words(document: Document) -> list[str]:
    return [block.fragment.text for block in document.blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x$ and $y=1$.", ["x", "y=1"]),
        ("It costs $5 and $6.", []),
        ("US$5-US$6, or ($7)", []),
        (r"a \$x\$ b", []),
        ("$a$$b$", ["a", "b"]),
        ("$ x = y $ is spaced", ["x = y"]),
        ("$x $ and $y$", ["x", "y"]),
        (r"$\text{if $y$ holds}$", [r"\text{if $y$ holds}"]),
        (r"\(a\) and \\(b\_c\\)", ["a", "b_c"]),
        (r"\[a link\] and \(an aside\)", []),
        ("`$a$` and ``x ` $b$``, $c$", ["c"]),
        ("$`a`$", ["a"]),
        ("$a =\nb$", ["a =\nb"]),
        ("$$KL(p\\|q)$$ is given, and $$p$$ too", [r"KL(p\|q)", "p"]),
        ("- $a$\n- $b$\n\n1. $c$", ["a", "b", "c"]),
        ("| $p(x|z)$ | b |\n|---|:-:|\n| `$c$` | $d$ |", ["p(x|z)", "d"]),
        ("# Title $a$ #", ["a"]),
        ("p $x_{n}$中文 $y$。", ["x_{n}", "y"]),
        ("$a$ [^1]\n\n[^1]: $b$", ["a", "b"]),
    ],
)
def test_inline_formulas(text: str, expected: list[str]) -> None:
    document = read_text(text)
    assert expected == inlines(document)
    assert document.problems == ()
    assert displays(document) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\na = b\n$$", [(None, "a = b")]),
        (r"\[ a \\[6pt] b \]", [(None, r"a \\[6pt] b")]),
        (r"\\[ a\_b = \\{1\\} \\\\ c \\]", [(None, r"a_b = \{1\} \\ c")]),
        ("$$a$$ $$b$$", [(None, "a"), (None, "b")]),
        ("\\begin{align*}\na &= b\n\\end{align*}", [("align*", "a &= b")]),
        ("$$\\begin{align}a\\end{align}$$", [("align", "a")]),
        ("$$\\begin{aligned}a\\end{aligned}$$", [(None, r"\begin{aligned}a\end{aligned}")]),
        ("\\begin{alignat}{2} a \\end{alignat}", [("alignat", "a")]),
        ("\\begin{aligned} a \\end{aligned}", [("aligned", "a")]),
        ("$$\na\n- b\n> 0\n# c\n$$", [(None, "a\n- b\n> 0\n# c")]),
        ("> quote\n> $$\n> a\n> - b\n> $$", [(None, "a\n- b")]),
        ("- item\n  $$\n  a\n  $$", [(None, "a")]),
        ("\\begin{align}\na\\\\\n\nb\n\\end{align}", [("align", "a\\\\\n\nb")]),
        ("$$\na = b\n\n+ c\n$$", [(None, "a = b\n\n+ c")]),
        ("$$\n\\begin{split}\na\n\n\\end{split}\n$$", [(None, "\\begin{split}\na\n\n\\end{split}")]),
        ("```math\na = b\n```", [(None, "a = b")]),
        ("$$ a % a comment\n+ b $$", [(None, "a + b")]),
        ("$$ 50% $$", [(None, "50%")]),
        ("$$ a <!-- note --> + b $$", [(None, "a  + b")]),
    ],
)
def test_displays(text: str, expected: list[tuple[str | None, str]]) -> None:
    document = read_text(text)
    assert expected == displays(document)
    assert document.problems == ()
    assert inlines(document) == []


@pytest.mark.parametrize(
    "text",
    [
        "```python\n$a$ $$b$$\n```",
        "~~~\n$a$\n```\n~~~",
        "> ```\n> $a$\n> ```",
        "text\n\n    print(1)\n",
        "<script>\nvar a = '$x$';\n</script>",
        "{% highlight python %}\n$a$\n{% endhighlight %}",
        "<!-- $a$\n\n$$b$$ -->",
    ],
)
def test_code_and_comments_hold_no_mathematics(text: str) -> None:
    document = read_text(text + "\n\nafter $z$")
    assert inlines(document) == ["z"]
    assert displays(document) == []


@dataclass(frozen=True)
class Fault:
    text: str
    place: tuple[int, int]
    message: str


@pytest.mark.parametrize(
    "fault",
    [
        Fault("a $x = 1 b\n\nthen $z$", (1, 3), "$ is never closed"),
        Fault("a $x = 1 and $y$ b\n\nthen $z$", (1, 3), "$ is never closed"),
        Fault("a\n$$ x = 1\n\nthen $z$", (2, 1), "$$ is never closed"),
        Fault("\\[ x = 1\n\nthen $z$", (1, 1), r"\[ is never closed"),
        Fault("\\( x = 1\n\nthen $z$", (1, 1), r"\( is never closed"),
        Fault("\\begin{align} x\n\nthen $z$ and\n\n$$a$$", (1, 1), r"\begin{align} is never closed"),
        Fault("$z$\n\n```\ncode", (3, 1), "code fence"),
    ],
)
def test_what_is_not_closed_is_told_and_the_rest_is_read(fault: Fault) -> None:
    document = read_text(fault.text)
    (problem,) = document.problems
    assert fault.place == (problem.position.line, problem.position.column)
    assert fault.message in problem.message
    assert "z" in inlines(document)


def test_prose_and_displays_of_one_paragraph_come_in_order() -> None:
    document = read_text("We have\n$$a = b$$\nwhere $a$ is.\n\nNext.")
    kinds: list[type[Block]] = [type(block) for block in document.blocks]
    assert [Text, Display, Text, Text] == kinds
    numbers = [block.paragraph for block in document.blocks if isinstance(block, Text | Display)]
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3]
    assert words(document) == ["We have", "where $a$ is.", "Next."]


def test_formulas_one_below_the_other_are_one_text() -> None:
    document = read_text(" $a = b$   \n $= c$  \n")
    (block,) = document.blocks
    assert isinstance(block, Text)
    assert inlines(document) == ["a = b", "= c"]


def test_double_dollars_in_a_sentence_are_displays_where_single_dollars_write_the_formulas() -> None:
    document = read_text("Let $x$ be. Then $$x = 1$$ follows.")
    assert displays(document) == [(None, "x = 1")]


def test_front_matter_is_kept_and_not_read() -> None:
    document = read_text("---\ntitle: $a$\n---\nLet $b$.")
    assert document.front_matter == "title: $a$\n"
    assert inlines(document) == ["b"]


def test_comments_are_kept_as_blocks() -> None:
    document = read_text("<!-- seed 003 lines 1-2 -->\n$$a$$")
    comment = document.blocks[0]
    assert isinstance(comment, Comment)
    assert comment.fragment.text == "seed 003 lines 1-2"


def test_places_in_quotes_with_carriage_returns() -> None:
    document = read_text("> a $x$\r\n> $$\r\n> b\r\n>  c $$\r\n")
    display = next(block for block in document.blocks if isinstance(block, Display))
    assert display.fragment.text == "\nb\nc "
    assert Position(4, 4) == display.fragment.position(display.fragment.text.index("c"))
    assert Position(3, 4) == display.fragment.end_position(display.fragment.text.index("b") + 1)


def test_roles() -> None:
    document = read_text("# Head\n\ntext\n\n- item\n\n| cell |\n|---|")
    roles = [block.role for block in document.blocks if isinstance(block, Text)]
    assert roles == ["heading", "paragraph", "item", "cell"]


def test_macros_are_collected_and_their_definitions_taken_out() -> None:
    document = read_text("$\\newcommand{\\E}{\\mathbb{E}} \\E x$\n\n$$\\def\\a#1{b #1}$$\n\n$$\\a c$$")
    assert inlines(document) == ["\\E x"]
    assert displays(document) == [(None, "\\a c")]
    assert {name: (macro.arity, macro.body) for name, macro in document.macros.items()} == {
        "\\E": (0, "\\mathbb{E}"),
        "\\a": (1, "b #1"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As ![low rank $W$](img/low_rank.svg) here.", "As  here."),
        ('An ![image](a.png "its title") here.', "An  here."),
        ("See [factor analysis](notes/factor_analysis.md) here.", "See [factor analysis here."),
        ("Let $f = [a](b.c)$ be so.", "Let $f = [a](b.c)$ be so."),
        ("The value [x](y) is no link.", "The value [x](y) is no link."),
    ],
)
def test_where_links_lead_and_what_images_show_is_no_prose(text: str, expected: str) -> None:
    assert [written.strip() for written in words(read_text(text))] == [expected]
