import pytest

from errata.notes.document import (
    As,
    Command,
    Declare,
    Directive,
    Display,
    Document,
    Expect,
    Forget,
    Ignore,
    Inline,
    Off,
    On,
    Prose,
    Text,
    read_text,
)


def commands(document: Document) -> list[Command]:
    return [block.command for block in document.blocks if isinstance(block, Directive)]


def mathematics(document: Document) -> list[Display | Text]:
    return [block for block in document.blocks if isinstance(block, Display | Text)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("expect wrong", Expect("wrong")),
        ("expect wrong log-of-product", Expect("wrong", "log-of-product")),
        ("Expect WRONG sign", Expect("wrong", "sign")),
        ("ignore", Ignore()),
        ("off", Off()),
        ("on", On()),
        ("forget", Forget()),
        ("as gan/jsd", As("gan/jsd")),
    ],
)
def test_commands(body: str, expected: Command) -> None:
    for text, kind in ((f"<!-- errata: {body} -->\n$$a$$", "markdown"), (f"% errata: {body}\n$$a$$", "latex")):
        document = read_text(text, kind=kind)  # type: ignore[arg-type]
        assert [expected] == commands(document)
        assert document.problems == ()


def test_a_sentence_declares() -> None:
    (command,) = commands(read_text("<!-- errata: let $n$ be an integer -->"))
    assert isinstance(command, Declare)
    assert [(Prose, "let "), (Inline, "n"), (Prose, " be an integer")] == [
        (type(segment), segment.fragment.text) for segment in command.segments
    ]
    assert [Declare] == [type(c) for c in commands(read_text("<!-- errata: all samples are independent -->"))]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("exepct wrong sign", "did you mean `expect`"),
        ("ignroe", "did you mean `ignore`"),
        ("expect right", "followed by `wrong`"),
        ("expect wrong a b", "one rule at most"),
        ("as", "one id"),
        ("as a b", "one id"),
        ("off now", "nothing may follow"),
        ("", "empty directive"),
        ("nonsense", "unknown directive"),
    ],
)
def test_what_is_no_directive_is_told(body: str, message: str) -> None:
    document = read_text(f"\n<!-- errata: {body} -->\n$$a$$")
    (problem,) = document.problems
    assert message in problem.message
    assert problem.position.line == 2
    assert commands(document) == []


def test_a_directive_covers_the_next_block_of_mathematics_only() -> None:
    document = read_text(
        "<!-- errata: expect wrong sign -->\n<!-- errata: expect wrong -->\n<!-- errata: as gan/jsd -->\n\n"
        "Then:\n\n$$a$$\n\n$$b$$\n\n<!-- errata: ignore -->\nText $c$.\n"
    )
    text, first, second, third = mathematics(document)
    assert (text.expected, text.ignored, text.reference) == ((), False, None)
    assert ((Expect("wrong", "sign"), Expect("wrong")), "gan/jsd") == (first.expected, first.reference)
    assert (second.expected, second.ignored, second.reference) == ((), False, None)
    assert third.ignored


def test_off_holds_until_on() -> None:
    document = read_text("$$a$$\n\n<!-- errata: off -->\n$$b$$\n\n$c$\n\n<!-- errata: on -->\n$$d$$")
    assert [block.ignored for block in mathematics(document)] == [False, True, True, False]


def test_a_directive_before_nothing_is_told() -> None:
    document = read_text("$$a$$\n\n<!-- errata: expect wrong -->\nno mathematics")
    assert [p.message for p in document.problems] == ["`expect` stands before no block of mathematics"]


def test_a_directive_behind_a_display_covers_it() -> None:
    document = read_text("$$a$$ <!-- errata: expect wrong -->\n\n$$b$$")
    assert [len(block.expected) for block in mathematics(document)] == [1, 0]


ROWS = "\na &= b \\\\[6pt] % errata: expect wrong one\n  &= c % errata: expect wrong two\n  \\\\\n"
ROWS += "% errata: expect wrong three\n  &= d % errata: expect wrong four\n"


@pytest.mark.parametrize("kind", ["markdown", "latex"])
def test_row_expectations_stand_inside_their_rows(kind: str) -> None:
    document = read_text(f"\\begin{{align}}{ROWS}\\end{{align}}", kind=kind)  # type: ignore[arg-type]
    (display,) = mathematics(document)
    rows = {"one": "a &= b", "two": "&= c", "three": "&= d", "four": "&= d"}
    assert list(rows) == [expect.rule for _, expect in display.row_expectations]
    for offset, expect in display.row_expectations:
        start = display.fragment.text.index(rows[str(expect.rule)])
        assert start <= offset <= start + len(rows[str(expect.rule)])
    assert "errata" not in display.fragment.text


def test_row_expectations_in_html_comments() -> None:
    document = read_text("$$\na = b <!-- errata: expect wrong -->\\\\\n= c\n$$")
    (display,) = mathematics(document)
    assert [(6, Expect("wrong"))] == list(display.row_expectations)
    assert display.fragment.text[:6] == "\na = b"


def test_an_expectation_at_the_end_of_a_line_of_prose_stands_at_its_line() -> None:
    document = read_text("$a = b$ <!-- errata: expect wrong -->\n$= c$")
    (text,) = mathematics(document)
    assert [(7, Expect("wrong"))] == list(text.row_expectations)
    assert text.expected == ()


def test_an_expectation_on_a_line_of_its_own_parts_the_text() -> None:
    document = read_text("$a = b$\n<!-- errata: expect wrong -->\n$= c$")
    first, second = mathematics(document)
    assert ((), (Expect("wrong"),)) == (first.expected, second.expected)
    assert isinstance(first, Text)
    assert first.paragraph == second.paragraph


def test_ignore_inside_a_display_holds_for_it() -> None:
    document = read_text("\\begin{align}\na % errata: ignore\n\\end{align}", kind="latex")
    assert [block.ignored for block in mathematics(document)] == [True]
