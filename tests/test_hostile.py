"""Bad input: everything gets a place and a reason in bounded time, and costs nothing but itself."""

import json
import sys
import time
from itertools import pairwise

import pytest

from errata.cli import main
from errata.notes.document import read_document, read_text
from errata.verify.check import Checker, understand_document
from errata.verify.settings import Settings

TIMEOUT = 4.0
RIGHT = "\n\nLet $a \\in \\mathbb{R}$.\n\n$$(a + 1)^2 = a^2 + 2a + 1$$\n"
WRONG = "\n\n$$(a + 1)^2 = a^2 + 1$$\n"


@pytest.fixture(scope="module")
def checker():
    with Checker(Settings(timeout=TIMEOUT)) as opened:
        yield opened


def verdicts(checked):
    return [step.judgement.verdict for step in checked.steps if step.judgement]


def judged(checker, formula):
    """Check a note in which a bad formula stands before a right and a wrong step; return its own judgements.

    Asserts that the others come out as they are, and that all of it takes bounded time.
    """
    start = time.monotonic()
    checked = checker.check(read_text(f"# A note\n\n$${formula}$$" + RIGHT + WRONG))
    spent = time.monotonic() - start
    steps = [step for step in checked.steps if step.judgement]
    assert [step.judgement.verdict for step in steps[-2:]] == ["proved", "wrong"]
    assert spent < 3 * TIMEOUT + 6
    return [step.judgement for step in steps[:-2]]


def nested(depth, opening, closing, inside="a"):
    return opening * depth + inside + closing * depth


def matrix(size):
    row = " & ".join(["a"] * size)
    return r"\begin{pmatrix}" + r" \\ ".join([row] * size) + r"\end{pmatrix}"


SAID = ["unread", "undecided"]


@pytest.mark.parametrize(
    ("formula", "allowed"),
    [
        pytest.param("a + \\qwertz{a} = a", ["unread"], id="unknown-command"),
        pytest.param("a = \\frac{1}{", ["unread"], id="unclosed-brace"),
        pytest.param("(a + 1 = a", ["wrong"], id="unclosed-bracket"),
        pytest.param("a + 1) = a", ["wrong"], id="unopened-bracket"),
        pytest.param("\\left( a + 1 = a", ["unread"], id="unclosed-left"),
        pytest.param("a = \\begin{matrix} 1 & 2", ["unread"], id="unclosed-environment-inside"),
        pytest.param("a = ", ["unread"], id="no-right-side"),
        pytest.param("a = = a", ["unread"], id="two-relations"),
        pytest.param("1 = a^", ["unread"], id="no-exponent"),
        pytest.param(nested(1000, "(", ")") + " = a", ["unread"], id="brackets-1000-deep"),
        pytest.param(nested(1000, "{", "}") + " = a", ["unread"], id="braces-1000-deep"),
        pytest.param(nested(1000, "\\left(", "\\right)") + " = a", ["unread"], id="left-right-1000-deep"),
        pytest.param(nested(200, "\\frac{1}{1 + ", "}") + " = a", ["unread"], id="fractions-200-deep"),
        pytest.param(nested(30, "\\frac{1}{1 + ", "}", "1") + " = 2", [*SAID, "wrong"], id="fractions-30-deep"),
        pytest.param(nested(300, "\\sqrt{", "}") + " = a", ["unread"], id="roots-300-deep"),
        pytest.param("x" + "^{x" * 300 + "}" * 300 + " = a", ["unread"], id="powers-300-deep"),
        pytest.param("a" + " + a" * 2600 + " = a", [*SAID, "wrong"], id="sum-of-10000-characters"),
        pytest.param("a" * 10000 + " = a", [*SAID, "wrong", "conditional"], id="product-of-10000-factors"),
        pytest.param("1" * 10000 + " = 1", [*SAID, "wrong"], id="number-of-10000-digits"),
        pytest.param("1" * 900 + " = 1", [*SAID, "wrong"], id="number-of-900-digits"),
        pytest.param("0." + "1" * 900 + " = 1", [*SAID, "wrong"], id="900-decimals"),
        pytest.param("a + " * 6000 + "a = a", ["unread", "undecided", "wrong"], id="formula-of-24000-characters"),
        pytest.param("9^{9^{9^9}} = 1", [*SAID, "wrong"], id="tower"),
        pytest.param("9^{9^{9^9}} = 9^{9^{9^9}} + 1", SAID, id="tower-plus-one"),
        pytest.param("2^{-9^{9^9}} = 0", SAID, id="tiny"),
        pytest.param("1000000! = 1", [*SAID, "wrong"], id="factorial"),
        pytest.param("\\sum_{i=1}^{10^{12}} i = 7", [*SAID, "wrong"], id="long-sum"),
        pytest.param("\\prod_{i=1}^{10^{12}} i = 7", [*SAID, "wrong"], id="long-product"),
        pytest.param(
            "\\sum_{i=1}^{10^4} \\sum_{j=1}^{10^4} \\sum_{k=1}^{10^4} i j k = 7", [*SAID, "wrong"], id="nested-sums"
        ),
        pytest.param("\\sum_{i=1}^{\\infty} i = 7", [*SAID, "wrong"], id="divergent-sum"),
        pytest.param("\\int_0^1 \\frac{1}{t} dt = 7", [*SAID, "wrong"], id="divergent-integral"),
        pytest.param("\\frac{1}{0} = 1", SAID, id="division-by-zero"),
        pytest.param("\\binom{10^9}{10^8} = 1", [*SAID, "wrong"], id="binomial"),
        pytest.param("\\det " + matrix(40) + " = 0", ["proved", "holds", *SAID], id="matrix-40-by-40"),
        pytest.param(matrix(60) + "^{60} = a", [*SAID, "wrong"], id="power-of-a-big-matrix"),
        pytest.param("\\frac{d^{100}}{db^{100}} e^{\\sin b} = 0", [*SAID, "wrong"], id="high-derivative"),
        pytest.param("a = __import__('os').system('x')", SAID, id="python"),
        pytest.param("\\text{__import__('os')} = \\text{exec}('1')", SAID, id="python-in-words"),
        pytest.param("\\write18{touch x} = a", SAID, id="shell-escape"),
        pytest.param("a\x1b[31m = \x1b[0m a", SAID, id="terminal-escape"),
        pytest.param("a\u202e = b\u2066", [*SAID, "wrong"], id="direction-marks"),
        pytest.param("a \x00 = 1", SAID, id="nul"),
        pytest.param("a = \U0001f600", SAID, id="emoji"),
    ],
)
def test_a_bad_formula_is_told_and_costs_only_itself(formula, allowed, checker):
    own = judged(checker, formula)
    assert own
    for judgement in own:
        assert judgement.verdict in allowed
        assert judgement.message or judgement.verdict in ("proved", "holds")


@pytest.mark.parametrize("formula", ["a", "\\ldots", "\\", "%", "&", "\\\\", "", " ", "\\begin{matrix}\\end{matrix}"])
def test_a_formula_that_claims_nothing(formula, checker):
    assert judged(checker, formula) == []


# The form of a document ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "told"),
    [
        ("Here $a = b", 3, "never closed"),
        ("$$a = b\n\nMore prose.", 3, "never closed"),
        ("\\begin{align}\na &= b", 3, "never closed"),
        ("\\[ a = b", 3, "never closed"),
        ("```\n$1 = 2$", 3, "never closed"),
        ("<!-- errata: expekt wrong -->", 3, "did you mean"),
    ],
)
def test_what_is_not_closed_is_told_with_its_place(before, line, told, checker):
    checked = checker.check(read_text("# A note\n\n" + before + "\n"))
    messages = [f.message for f in checked.findings if f.fragment_position.line == line]
    assert [m for m in messages if told in m]
    assert not [step for step in checked.steps if step.judgement and step.judgement.verdict in ("wrong", "proved")]


def test_an_unclosed_formula_does_not_swallow_the_next_paragraph(checker):
    checked = checker.check(read_text("# A note\n\nIt costs $5 and $a + b = c\n\nThen" + RIGHT + WRONG))
    assert verdicts(checked)[-2:] == ["proved", "wrong"]


def test_a_macro_that_calls_itself(checker):
    text = "\\newcommand{\\loop}{\\loop a}\n\\newcommand{\\double}[1]{\\double{#1 #1}}\n\nLet $a \\in \\mathbb{R}$.\n"
    text += "\\[ \\loop = a \\]\n\n\\[ \\double{a} = a \\]\n\n\\[ a + a = 2a \\]\n"
    checked = checker.check(read_text(text, kind="latex"))
    assert verdicts(checked) == ["unread", "unread", "proved"]
    told = [s.judgement.message for s in checked.steps if s.judgement]
    assert "the macro \\loop never stops expanding" in told[0]


def test_a_macro_that_doubles_forty_times(checker):
    names = [chr(ord("a") + i) for i in range(25)]
    text = "\\newcommand{\\za}{a}\n"
    for one, other in pairwise(names):
        text += f"\\newcommand{{\\z{other}}}{{\\z{one} + \\z{one}}}\n"
    start = time.monotonic()
    checked = checker.check(read_text(text + "\\[ \\zy = a \\]\n\n\\[ 1 + 1 = 2 \\]\n", kind="latex"))
    assert verdicts(checked) == ["unread", "proved"]
    assert time.monotonic() - start < 2 * TIMEOUT


def test_input_outside_the_folder(checker, tmp_path):
    (tmp_path / "secret.tex").write_text("\\[ 1 = 2 \\]\n", encoding="utf-8")
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "inner.tex").write_text("\\[ 1 + 1 = 2 \\]\n", encoding="utf-8")
    main_file = folder / "main.tex"
    main_file.write_text(
        "\\input{../secret}\n\\input{/etc/passwd}\n\\input{main}\n"
        "\\input{missing}\n\\input{inner}\n\\[ 2 + 2 = 4 \\]\n",
        encoding="utf-8",
    )
    checked = checker.check(read_document(main_file))
    assert verdicts(checked) == ["proved", "proved"]
    assert [f.fragment_position.line for f in checked.findings] == [1, 2, 3, 4]
    assert all(f.message for f in checked.findings)


def test_a_broken_notebook_cell_costs_itself(checker):
    cells = [
        {"cell_type": "markdown", "source": ["$$a = \\frac{1}{$$"]},
        {"cell_type": "markdown", "source": 7},
        {"cell_type": "unheard-of", "source": "$1 = 2$"},
        {"cell_type": "markdown", "source": "$$1 + 1 = 2$$"},
    ]
    checked = checker.check(read_text(json.dumps({"cells": cells, "nbformat": 4}), kind="notebook"))
    assert verdicts(checked) == ["unread", "proved"]


def test_no_text_of_a_note_is_run(checker, tmp_path, monkeypatch):
    """Code in formulas, in prose, in directives and in macros: none of it leaves a trace."""
    monkeypatch.chdir(tmp_path)
    code = "__import__('pathlib').Path('ran').touch()"
    text = f"""# {code}

Let $x = {code}$ be positive. Let {code} be $x$. Suppose $x \\in {code}$.

<!-- errata: let $x = {code}$ -->
<!-- errata: {code} -->

$${code} = 1$$

$$x + {{{code}}} = \\text{{{code}}}$$

$$\\operatorname{{{code}}}(x) = x$$
"""
    checker.check(read_text(text + RIGHT))
    assert list(tmp_path.iterdir()) == []


def test_a_thousand_findings_take_bounded_time():
    text = "\n\n".join("$a + \\qwertz{b} = c$ and $(a = b$ cost $5" for _ in range(300))
    start = time.monotonic()
    understood = understand_document(read_text(text))
    assert time.monotonic() - start < 10
    assert len([s for s in understood.steps if s.statement.problem]) >= 600


@pytest.mark.parametrize(
    "sentence",
    [
        "Let $x > " + "1" * 5000 + "$.",
        "Let $x \\in \\mathbb{R}^{" + "1" * 5000 + "}$.",
        "Let $P = (0." + "1" * 5000 + ", 0.5)$ be a law of $x$.",
        "Let $x \\in [0, 10^{10^{10}}]$.",
        "Let $W \\in \\mathbb{R}^{10^{9} \\times 10^{9}}$ and $" + "(" * 1000 + "x" + ")" * 1000 + " = 1$.",
        "Let " + ", ".join(f"$x_{{{i}}}$" for i in range(1500)) + " be positive.",
        "Let $x$ be " + "very " * 5000 + "positive.",
        "Let $x$ be positive. " * 1000,
        "Assume $x^x = x^x + 1$ and $x^2 = -1$.",
    ],
    ids=lambda sentence: sentence[:22],
)
def test_a_declaration_that_asks_too_much(sentence, checker):
    start = time.monotonic()
    checked = checker.check(read_text(f"{sentence}\n\n$$x + x = 2x$$" + RIGHT + WRONG))
    assert time.monotonic() - start < 3 * TIMEOUT
    assert verdicts(checked)[-2:] == ["proved", "wrong"]


# Through the door ------------------------------------------------------------------------------------


def run(capsys, *words):
    status = main(["check", "--color", "never", "--timeout", str(TIMEOUT), *map(str, words)])
    captured = capsys.readouterr()
    return status, captured.out


@pytest.mark.parametrize(
    ("name", "data", "place", "told"),
    [
        ("note.md", "$1 = 1$\n\n$a = \xe9$\n".encode("latin-1"), "3:6", "not UTF-8"),
        ("note.md", "$1 = 1$".encode("utf-16"), "1:1", "not UTF-8"),
        ("note.ipynb", b"{not json", "1:", "not"),
        ("note.ipynb", b"[]", "1:", "notebook"),
        ("note.md", b"\x00\x01\x02\xff", "1:", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_place(name, data, place, told, tmp_path, capsys):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "right.md").write_text("$1 + 1 = 2$\n", encoding="utf-8")
    status, out = run(capsys, tmp_path)
    assert status == 1
    [line] = [line for line in out.splitlines() if line.startswith(f"{tmp_path}/{name}:{place}")]
    assert told in line
    assert "1 claim: 1 proved" in out


@pytest.mark.skipif(sys.platform == "win32", reason="there are no links to nowhere")
def test_links_and_folders_in_place_of_files(tmp_path, capsys):
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "missing")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "right.md").write_text("$1 + 1 = 2$\n", encoding="utf-8")
    status, out = run(capsys, tmp_path)
    assert status == 0
    assert "1 document, 1 claim: 1 proved" in out


def test_an_unread_step_is_told_with_line_and_column(tmp_path, capsys):
    note = tmp_path / "note.md"
    note.write_text("# A note\n\n$$a + \\qwertz{a} = a$$\n\n$$1 + 1 = 2$$\n", encoding="utf-8")
    status, out = run(capsys, note)
    assert status == 0
    assert f"{note}:3:" in out
    assert "\\qwertz" in out and "1 proved" in out and "1 unread" in out


def test_terminal_escapes_of_a_note_do_not_reach_the_terminal(tmp_path, capsys):
    note = tmp_path / "note.md"
    note.write_text(
        "# \x1b]0;title\x07 A note\n\n$$1 + \x1b[2J\x9b1m 1 = 3$$\n\n$$1 + 1 = 3 \\quad \\text{\x1b[31m}$$\n\n"
        "$$\\qwertz\u202e = 1$$\n\n<!-- errata: exp\x1b[1m wrong -->\n",
        encoding="utf-8",
    )
    for form in ("text", "json"):
        _, out = run(capsys, "--format", form, note)
        assert not [c for c in out if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e"]
