from pathlib import Path

import pytest

from errata.notes.document import Directive, Display, Document, Inline, Text, read_document, read_text


def formulas(document: Document) -> list[str]:
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Display):
            found.append(f"{block.environment or 'display'}: {block.fragment.text.strip()}")
        elif isinstance(block, Text):
            found += [s.fragment.text for s in block.segments if isinstance(s, Inline)]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $x$ cost \$5 and \(y\).", ["x", "y"]),
        (r"$ x $, $5$2 and $a$$b$", ["x", "5", "a", "b"]),
        ("\\[ a \\\\[6pt] b \\]", [r"display: a \\[6pt] b"]),
        ("text \\\\[6pt] more $x$", ["x"]),
        ("$$a$$ and \\begin{equation*}b\\end{equation*}", ["display: a", "equation*: b"]),
        ("\\begin{theorem}[Name] $x$\n\\begin{align}a\\end{align}\\end{theorem}", ["x", "align: a"]),
        ("\\begin{equation}\\begin{split}a\\end{split}\\end{equation}", [r"equation: \begin{split}a\end{split}"]),
        ("\\begin{align}a % note\n  &= b\\end{align}", ["align: a &= b"]),
        ("50\\% of $x$ % $y$\n and $z$", ["x", "z"]),
        ("\\verb|$a$| $x$ \\verb+$b$+", ["x"]),
        ("\\begin{verbatim}\n$a$\n\\end{verbatim}\n$x$", ["x"]),
        ("\\begin{lstlisting}[language=C]\n\\begin{align}\n\\end{lstlisting}\n$x$", ["x"]),
        ("\\section{On $x$}\nText $y$\n\\begin{itemize}\\item[a] $z$ \\item $w$\\end{itemize}", ["x", "y", "z", "w"]),
        ("$x$ \\begin{document} $y$ \\end{document} $z$", ["y"]),
        ("% \\begin{document}\n$x$", ["x"]),
        ("$\\begin{pmatrix}1\\\\2\\end{pmatrix}$", [r"\begin{pmatrix}1\\2\end{pmatrix}"]),
        ("a $x\n+ y$ b", ["x\n+ y"]),
        ("$\\text{if $y$}$", [r"\text{if $y$}"]),
        ("\\begin{align}\na\n\nb\n\\end{align}", ["align: ab"]),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    document = read_text(text, kind="latex")
    assert expected == [
        formula.replace("\n\n", "") if "align: a" not in formula else formula.replace("\n", "")
        for formula in formulas(document)
    ]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a $x = 1 b\n\nthen $z$", (1, 3), "$ is never closed"),
        ("a $x = 1 and $y$ b\n\nthen $z$", (1, 3), "$ is never closed"),
        ("\n$$ x\n\nthen $z$", (2, 1), "$$ is never closed"),
        ("\\begin{align} x\n\nthen $z$\n\\begin{align}a\\end{align}", (1, 1), "\\begin{align} is never closed"),
        ("$z$ \\begin{verbatim} a", (1, 5), "\\begin{verbatim} is never closed"),
        ("\\input{other} $z$", (1, 8), "text without a file"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_read(text: str, place: tuple[int, int], message: str) -> None:
    document = read_text(text, kind="latex")
    (problem,) = document.problems
    assert place == (problem.position.line, problem.position.column)
    assert message in problem.message
    assert "z" in formulas(document)


def test_roles_and_titles() -> None:
    document = read_text("\\section*{Title}\\label{a}\nText.\n\\begin{itemize}\\item one\\end{itemize}", kind="latex")
    texts = [(block.role, block.fragment.text) for block in document.blocks if isinstance(block, Text)]
    assert texts == [("heading", "Title"), ("paragraph", "Text."), ("item", "one")]


def test_a_comment_joins_lines_but_no_paragraphs() -> None:
    document = read_text("one %\n  two\n% three\nfour % five\n\nsix", kind="latex")
    texts = [block.fragment.text for block in document.blocks if isinstance(block, Text)]
    assert texts == ["one two\nfour", "six"]


def test_inputs_are_read_in_place_with_their_own_lines(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "part.tex").write_text("\\newcommand{\\E}{e}\n\nInside $b$.")
    (tmp_path / "main.tex").write_text("Before $a$.\n\\input{sub/part}\nAfter $c$.")
    document = read_document(tmp_path / "main.tex")
    assert formulas(document) == ["a", "b", "c"]
    inside = document.blocks[1].fragment
    assert str(tmp_path / "sub" / "part.tex") == inside.source.path
    assert (inside.position(0).line, inside.position(0).column) == (3, 1)
    assert list(document.macros) == ["\\E"]
    assert len(document.sources) == 2


def test_inputs_that_leave_the_folder_or_return_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret $s$")
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    (folder / "bad.tex").write_bytes(b"ok\nab\xff")
    names = ["../secret", "link", str(tmp_path / "secret.tex"), "missing", "main", "bad", "a\0b"]
    (folder / "main.tex").write_text("".join(f"\\input{{{name}}}\n" for name in names) + "$z$")
    document = read_document(folder / "main.tex")
    assert formulas(document) == ["z"]
    expected = ["outside", "outside", "outside", "no such file", "input of itself", "line 2, column 3", "not a path"]
    assert len(expected) == len(document.problems)
    for number, (fragment, problem) in enumerate(zip(expected, document.problems, strict=True), start=1):
        assert fragment in problem.message
        assert number == problem.position.line


def test_inputs_that_call_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("$a$ \\input{b}")
    (tmp_path / "b.tex").write_text("$b$ \\input{a}")
    document = read_document(tmp_path / "a.tex")
    assert formulas(document) == ["a", "b"]
    assert "input of itself" in document.problems[0].message


def test_very_many_inputs_end(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"f{number}.tex").write_text(f"\\input{{f{number + 1}}}" * 3)
    document = read_document(tmp_path / "f0.tex")
    assert any("too deep" in problem.message for problem in document.problems)
    assert len(document.sources) <= 502


def test_macros_of_the_preamble_are_collected() -> None:
    document = read_text(
        "\\newcommand{\\E}[2][p]{\\mathbb{E}_{#1}[#2]}\n\\begin{document}$\\E{x}$\\end{document}", kind="latex"
    )
    assert formulas(document) == ["\\E{x}"]
    assert (document.macros["\\E"].arity, document.macros["\\E"].default) == (2, "p")


def test_directives_stand_where_they_are_written() -> None:
    document = read_text("Text.\n% errata: let $n$ be an integer\n$$ n $$\n", kind="latex")
    assert [Text, Directive, Display] == [type(block) for block in document.blocks]
