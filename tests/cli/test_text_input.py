"""Standard input and a formula on the command line."""

import io
import json

import pytest

from errata.cli import main

FORMULA = "(x + 1)^2 = x^2 + 1"


def check(monkeypatch, capsys, *words, given=b""):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    status = main(["check", *words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_formula(monkeypatch, capsys):
    status, out, _ = check(monkeypatch, capsys, "--tex", FORMULA)
    assert status == 1 and "--tex:1:3: wrong" in out


def test_a_formula_with_its_words(monkeypatch, capsys):
    words = "Let $x > 0$. Then $\\sqrt{x^2} = x$."
    assert "1 claim: 1 proved" in check(monkeypatch, capsys, "--tex", words)[1]


@pytest.mark.parametrize(
    "text",
    [
        f"$${FORMULA}$$\n",
        f"\\documentclass{{article}}\\begin{{document}}\n\\[ {FORMULA} \\]\n\\end{{document}}\n",
        json.dumps({"cells": [{"cell_type": "markdown", "source": [f"$${FORMULA}$$"]}], "nbformat": 4}),
    ],
)
def test_standard_input_of_every_kind(text, monkeypatch, capsys):
    status, out, _ = check(monkeypatch, capsys, "-", given=text.encode())
    assert status == 1 and "1 document, 1 claim" in out


def test_other_formats(monkeypatch, capsys):
    _, out, _ = check(monkeypatch, capsys, "--format", "concise", "-", given=f"$${FORMULA}$$".encode())
    assert out.startswith("-:1:3: ")


@pytest.mark.parametrize("words", [["-", "a.md"], ["--tex", "x = x", "a.md"]])
def test_texts_are_judged_alone(words, monkeypatch, capsys):
    status, out, err = check(monkeypatch, capsys, *words)
    assert (status, out) == (2, "") and "alone" in err


def test_what_is_no_text(monkeypatch, capsys):
    status, out, err = check(monkeypatch, capsys, "-", given=b"\xff")
    assert (status, out) == (2, "") and "not UTF-8" in err


def test_no_file_is_included_from_standard_input(monkeypatch, capsys, tmp_path):
    (tmp_path / "secret.tex").write_text("\\[ 1 = 2 \\]")
    monkeypatch.chdir(tmp_path)
    given = b"\\begin{document}\\input{secret}\\end{document}"
    assert "0 claims" in check(monkeypatch, capsys, "-", given=given)[1]
