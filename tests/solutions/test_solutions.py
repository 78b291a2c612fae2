"""Solutions: built from checked derivations, printed from terms, compiled without warnings."""

import shutil
from dataclasses import replace

import pytest

from errata.cli import main
from errata.derivations.as_written import AsWritten
from errata.derivations.library import Derivation, derivations, find
from errata.notes.document import read_text
from errata.solutions.build import (
    CannotBuild,
    _boxes,
    _taken_for_granted,
    build_solutions,
    misprints,
    solution_of,
)
from errata.solutions.latex import _airy, _source, escaped, render_latex
from errata.solutions.markdown import _words as render_words
from errata.solutions.markdown import render_markdown
from errata.solutions.solution import Box, Chain, Row, Solution, Words, how_it_is_known
from errata.solutions.tex import NoPdf, compile_latex
from errata.verify.check import Checker, understand_document
from errata.verify.settings import Settings

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex here")
SETTINGS = Settings(reasons=False, timeout=60)

MADE = Solution(
    "topic/made",
    "A title with 100% & more_",
    Words((("text", "Is it so, for "), ("formula", "x > 0"), ("text", "?"))),
    (Words((("text", "Let "), ("formula", "x > 0"), ("text", "."))),),
    (
        Chain(
            "f(x)",
            (
                Row("=", " + ".join(rf"\frac{{a_{{{n}}}}}{{b}} x" for n in range(30)), "proved", ("linearity",)),
                Row(r"\le", "x", "holds"),
                Row("=", "x", "proved", ()),
                Row("=", "y", "proved", ("definition of p_{mix}", "definition of KL")),
                Row("=", "w" * 300, "proved", tuple(f"a rule of some length {n}" for n in range(9))),
            ),
        ),
        Words((("text", "In between."),)),
    ),
    Words((("text", "So it is."),)),
    (Words((("formula", "x"), ("text", " is a real number"))),),
    ("notes_1.txt: 3-4",),
    (Box("notes_1.txt: 4", "f(x) = y^2", "f(x) = y"),),
)


@pytest.mark.parametrize(("render", "name"), [(render_latex, "made.tex"), (render_markdown, "made.md")])
def test_the_whole_form(render, name, snapshot):
    snapshot(name, render((MADE,)))


def test_how_it_is_known_counts_honestly():
    assert how_it_is_known(MADE).startswith("Of 5 steps 4 are proved for all sizes and instances; 1 holds")


@pytest.mark.parametrize("character", [*"\\{}$&#%_^~<>|", "\x1b", "\u202e", "λ", "ü", "€"])
def test_no_character_of_a_text_means_anything_to_tex(character):
    if shutil.which("pdflatex") is None:
        assert escaped(character)
        return
    source = "\\documentclass{article}\\begin{document}" + escaped(f"a{character}b") + "\\end{document}\n"
    assert compile_latex(source)[1] == ()


@needs_tex
def test_a_solution_compiles_without_warnings_and_long_formulas_break():
    pdf, warnings = compile_latex(render_latex((MADE,)))
    assert pdf.startswith(b"%PDF") and warnings == ()


@needs_tex
def test_an_error_of_tex_shows_the_formula_at_fault():
    with pytest.raises(NoPdf, match=r"Undefined control sequence.*\\nosuchcommand"):
        compile_latex("\\documentclass{article}\\begin{document}\n$x = \\nosuchcommand$\n\\end{document}\n")


@needs_tex
def test_tex_reads_nothing_outside_its_folder_and_runs_no_shell(tmp_path):
    (tmp_path / "secret.tex").write_text("SECRET")
    for text in (f"\\input{{{tmp_path}/secret}}", "\\immediate\\write18{touch pwned}x"):
        source = f"\\documentclass{{article}}\\begin{{document}}{text}\\end{{document}}\n"
        try:
            compile_latex(source)
        except NoPdf as error:
            assert "secret" in str(error)
        else:
            assert "write18" in text


def test_without_tex_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(NoPdf, match="apt-get install"):
        compile_latex("")


# From the library ------------------------------------------------------------------------------------


def test_a_derivation_with_its_checked_reasons():
    (solution,) = build_solutions([find("info/kl-nonnegative")], SETTINGS)
    reasons = {rule for row in solution.rows() for rule in row.reason or ()}
    assert {"Jensen's inequality", "normalisation"} <= reasons
    assert solution.question.pieces and solution.given and solution.result is not None


def test_a_derivation_that_is_not_right_is_not_written_down():
    class File:
        @staticmethod
        def read_text(encoding):
            return "What is it?\n\n$$1 + 1 = 3$$\n"

    with pytest.raises(CannotBuild, match=r"made/wrong: `1 \+ 1 = 3` is wrong"):
        build_solutions([Derivation("made/wrong", "Wrong", (), (), File())], SETTINGS)


@pytest.mark.parametrize(
    ("step", "told"), [("x + (1) = x + 1", "says no more than `x + 1 = x + 1`"), ("x + 0 = x", "")]
)
def test_a_step_that_would_say_nothing_is_a_misprint(step, told):
    document = read_text(f"What is it?\n\nLet $x \\in \\mathbb{{R}}$.\n\n$${step}$$\n\nSo it is.\n", "made.md")
    checked = understand_document(document)
    solution = solution_of(Derivation("made/one", "One", (), (), None), document, checked)
    assert [told in misprint for misprint in misprints(checked, solution)] == [True] * bool(told)


def test_a_formula_that_is_read_as_another_is_a_misprint(monkeypatch):
    document = read_text("What is it?\n\n$$1 + 1 = 2$$\n\nSo it is.\n", "made.md")
    checked = understand_document(document)
    monkeypatch.setattr("errata.solutions.build.render_markdown", lambda _: "$$1 + 1 = 3$$")
    (told,) = misprints(checked, solution_of(Derivation("made/one", "One", (), (), None), document, checked))
    assert told.endswith("which is read otherwise")


def jensen(_):
    """Name a reason that has no part in the step."""
    return ("Jensen's inequality",)


def test_a_reason_that_does_not_carry_its_step_is_not_written_down(monkeypatch):
    monkeypatch.setattr("errata.solutions.build.reason_of", jensen)
    with pytest.raises(CannotBuild, match=r"activation/identities: .* is not carried by its reason \(Jensen's ineq"):
        build_solutions([find("activation/identities")], SETTINGS)


def test_what_the_notes_have_wrong_stands_in_a_box_beside_what_is_right():
    (solution,) = build_solutions([find("init/he")], SETTINGS)
    (box,) = solution.boxes
    assert box.source.endswith(": 226") and box.written != box.right


@pytest.mark.parametrize(
    ("written", "right", "told"),
    [("2 + 2 = 4", "2 + 2 = 4", "`2 \\+ 2 = 4` is proved"), ("2 + 2 = 5", "2 + 2 = 6", "`2 \\+ 2 = 6` is wrong")],
)
def test_a_box_is_checked_like_any_step(written, right, told):
    class File:
        @staticmethod
        def read_text(encoding):
            return "What is it?\n\n$$1 + 1 = 2$$\n"

    boxes = (AsWritten("notes_1.txt: 4", written, right),)
    with pytest.raises(CannotBuild, match=told):
        build_solutions([Derivation("made/box", "Box", (), (), File(), boxes)], SETTINGS)


# From the command line -------------------------------------------------------------------------------


def test_markdown_to_a_file(tmp_path, capsys):
    target = tmp_path / "s.md"
    assert main(["solve", "activation/identities", "-o", str(target)]) == 0
    assert target.read_text().startswith("# Identities of the activation functions")
    assert main(["solve", "activation/identities", "-o", str(target)]) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["gan/jds"], "did you mean gan/jsd"),
        (["gn"], "no topic `gn`: did you mean `gan`?"),
        ([], "no ID is given"),
        (["gan/jsd", "-o", "x.docx"], "its ending is none of .tex, .pdf, .md"),
        (["gan/jsd", "-o", "nowhere/x.tex"], "no folder nowhere"),
    ],
)
def test_mistakes(words, advice, capsys):
    assert main(["solve", *words]) == 2
    assert advice in capsys.readouterr().err


# Wording ---------------------------------------------------------------------------------------------


def test_names_of_one_kind_are_told_in_one_sentence():
    told = ["n is a positive integer", "x is a real number", "d is a positive integer", "k is a positive integer"]
    written = [render_words(words) for words in _taken_for_granted(told)]
    assert written == ["$n$, $d$ and $k$ are positive integers", "$x$ is a real number"]


def test_what_is_of_a_kind_of_its_own_is_told_as_it_is():
    told = ["f is a function of x", "the mean over x is taken under p", "no name at all"]
    assert [render_words(words).replace("$", "") for words in _taken_for_granted(told)] == told


def test_one_line_of_a_source_is_no_range():
    document = read_text("What is it?\n\n$$1 + 1 = 2$$\n", "made.md")
    derivation = Derivation("made/one", "One", ("notes_1.txt: 236-236", "notes_1.txt: 23-236"), (), None)
    assert solution_of(derivation, document, understand_document(document)).sources == (
        "notes_1.txt: 236",
        "notes_1.txt: 23-236",
    )


def test_a_short_left_side_stands_beside_its_relation_and_a_long_one_above():
    assert r"\leftbeside{f(x)}" in render_latex((MADE,))
    long = Solution(
        "made/long",
        "Long",
        Words(()),
        (),
        (Chain("a + b + c + d + e + f + g", (Row("=", "x", "given"),)),),
        None,
        (),
        (),
    )
    assert r"\leftside{a + b" in render_latex((long,))


def test_every_box_of_the_library_is_wrong_above_and_right_below():
    with Checker(SETTINGS) as checker:
        boxes = [box for d in derivations() if d.as_written for box in _boxes(d, checker)]
    assert len(boxes) >= 10


# Several solutions -----------------------------------------------------------------------------------


def test_several_solutions_have_a_table_of_contents_and_one_has_none():
    other = replace(MADE, identifier="topic/other", title="From α to β")
    both = render_latex((MADE, other))
    assert r"\tableofcontents" in both and r"\ttfamily topic/other" in both
    assert r"}{From alpha to beta}}]{From $\alpha$ to $\beta$}" in both
    assert "tableofcontents" not in render_latex((MADE,))


@needs_tex
def test_the_table_of_contents_is_set_and_gives_no_warning():
    solutions = [replace(MADE, identifier=f"topic/{number}", title=f"From α to {number}") for number in range(60)]
    plain = "\\pdfcompresslevel=0\\pdfobjcompresslevel=0\n" + render_latex(solutions)
    pdf, warnings = compile_latex(plain)
    assert warnings == ()
    assert pdf.count(b"/Link") >= 60


@pytest.mark.parametrize(
    ("formula", "set_as"),
    [
        (r"p(x \mid y) p(y)", r"p(x \mid y) \, p(y)"),
        (r"q_{\phi}(x) \sigma(y) z", r"q_{\phi}(x) \, \sigma(y) z"),
        (r"p(x) \log(y) + (x) y", r"p(x) \log(y) + (x) y"),
    ],
)
def test_applications_side_by_side_stand_with_a_thin_space(formula, set_as):
    assert _airy(formula) == set_as


def test_lines_of_a_source_stand_with_a_dash_of_ranges():
    assert _source("notes_1.txt: 3-45") == r"notes\_1.txt: 3--45"
