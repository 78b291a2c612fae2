"""The door: commands, exit statuses, files, and what it says to a mistake."""

import json
import subprocess
import sys

import pytest

import errata
from errata.cli import main
from errata.report.report import DocumentReport, Finding, Report, Step
from errata.verify.second_reader import is_installed
from errata.verify.verdict import Judgement

RIGHT = "Let $x \\in \\mathbb{R}$.\n\n$$(x + 1)^2 = x^2 + 2x + 1$$\n"
WRONG = "Let $x \\in \\mathbb{R}$.\n\n$$(x + 1)^2 = x^2 + 1$$\n"


def run(capsys, *words):
    """Return the exit status, output and error output of a command."""
    try:
        status = main([str(word) for word in words])
    except SystemExit as end:
        status = end.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def notes(tmp_path):
    """A folder with a right note."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "right.md").write_text(RIGHT, encoding="utf-8")
    return folder


@pytest.fixture
def judged(monkeypatch):
    """Let every document be judged as the test says: a function that takes verdict and severity."""

    def use(verdict="proved", severity=None, expected=False):
        def build(paths, settings, progress, course, store, remembered):
            judgement = Judgement(verdict, "a-rule", "a message")
            step = Step("claim", 1, 1, 1, 6, "a = b", "=", "a = b", (), judgement, expected, None, "a = b")
            findings = (Finding("r", "m", 1, 1, severity),) if severity else ()
            return Report((DocumentReport(str(next(iter(paths))), (step,), findings),), "0.1.0")

        monkeypatch.setattr("errata.report.build.build_report", build)

    return use


# The whole way ---------------------------------------------------------------------------------------


def test_a_right_note(notes, capsys):
    status, out, _ = run(capsys, "check", notes)
    assert (status, out.splitlines()[-1][:31]) == (0, "1 document, 1 claim: 1 proved, ")


def test_a_wrong_note(notes, capsys):
    (notes / "wrong.md").write_text(WRONG, encoding="utf-8")
    status, out, _ = run(capsys, "check", notes)
    assert status == 1
    assert f"{notes}/wrong.md:3:3: wrong" in out
    assert "take x = " in out
    assert "2 documents, 2 claims: 1 proved, 0 hold, 1 wrong" in out


def test_the_same_bytes_for_any_number_of_jobs(notes, capsys):
    (notes / "wrong.md").write_text(WRONG + WRONG, encoding="utf-8")
    runs = {run(capsys, "check", "--format", "json", "--jobs", jobs, notes)[1] for jobs in (1, 2)}
    assert len(runs) == 1


def test_a_document_that_cannot_be_read_costs_only_itself(notes, capsys):
    (notes / "a.md").write_bytes(b"text\n\xff\n")
    status, out, _ = run(capsys, "check", notes)
    assert status == 1
    assert f"{notes}/a.md:2:1: error [unreadable]: not UTF-8" in out
    assert "2 documents, 1 claim: 1 proved" in out


def test_how_a_note_is_understood(notes, capsys):
    status, out, _ = run(capsys, "read", notes / "right.md")
    assert status == 0
    assert f"{notes}/right.md:3:3: claim =\n" in out
    assert "where   x: a real number" in out


def test_an_unread_line_tells_the_character(notes, capsys):
    (notes / "right.md").write_text("$$x = \\frac{1}{$$\n", encoding="utf-8")
    _, out, _ = run(capsys, "read", notes)
    assert "stopped at 1:" in out


# Exit statuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "options", "status"),
    [
        ("proved", [], 0),
        ("holds", ["--strict"], 0),
        ("wrong", [], 1),
        ("conditional", [], 0),
        ("conditional", ["--strict"], 1),
        ("undecided", [], 0),
        ("undecided", ["--strict"], 1),
        ("unread", [], 0),
        ("unread", ["--strict"], 1),
    ],
)
def test_exit_status(verdict, options, status, judged, notes, capsys):
    judged(verdict)
    assert status == run(capsys, "check", *options, notes)[0]


def test_a_wrong_step_that_was_expected_does_not_fail(judged, notes, capsys):
    judged("wrong", expected=True)
    status, out, _ = run(capsys, "check", notes)
    assert status == 0
    assert "(expected)" in out and "1 wrong (1 expected)" in out


def test_an_expectation_that_was_not_met_fails(judged, notes, capsys):
    judged("proved", severity="error")
    assert run(capsys, "check", notes)[0] == 1


@pytest.mark.parametrize("name", ["nothing.md", "empty"])
def test_no_notes(name, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    status, out, err = run(capsys, "check", tmp_path / name)
    assert (status, out) == (2, "")
    assert f"errata: {tmp_path / name}: no " in err


# Files -----------------------------------------------------------------------------------------------


def test_json_to_the_terminal_is_json_alone(judged, notes, capsys):
    judged()
    assert json.loads(run(capsys, "check", "--format", "json", notes)[1])["schema"] == 1


def test_json_to_a_file_and_text_to_the_terminal(judged, notes, tmp_path, capsys):
    judged("wrong")
    _, out, _ = run(capsys, "check", "--format", "json", "--output", tmp_path / "r.json", notes)
    assert json.loads((tmp_path / "r.json").read_text())["documents"][0]["steps"][0]["verdict"] == "wrong"
    assert "1 document, 1 claim: " in out


def test_text_to_a_file_has_no_colours(judged, notes, tmp_path, capsys):
    judged("wrong")
    _, out, _ = run(capsys, "check", "--color", "always", "--output", tmp_path / "r.txt", notes)
    assert "\x1b[" in out
    assert "\x1b[" not in (tmp_path / "r.txt").read_text()


def test_a_note_is_not_overwritten(notes, capsys):
    status, _, err = run(capsys, "check", "--output", notes / "right.md", notes)
    assert (status, (notes / "right.md").read_text()) == (2, RIGHT)
    assert "is one of the notes" in err


# Mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["chek", "x.md"], "did you mean `check`?"),
        (["frobnicate"], "the commands are check, read, list"),
        (["check", "--formt=json", "x.md"], "did you mean `--format`?"),
        (["check", "--format", "xml", "x.md"], "invalid choice: 'xml'"),
        (["check", "--seed", "-1", "x.md"], "--seed"),
        (["check", "--seed", "1.5", "x.md"], "a seed is a whole number"),
        (["check", "--timeout", "0", "x.md"], "seconds above 0"),
        (["check", "--timeout", "nan", "x.md"], "seconds above 0"),
        (["check", "--jobs", "0", "x.md"], "a whole number from 1"),
        (["check"], "PATH"),
        (["show", "gan/jds"], "did you mean gan/jsd"),
        (["list", "gna"], "did you mean `gan`?"),
    ],
)
def test_a_mistake_is_explained(words, advice, capsys):
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert advice in err


def test_a_path_in_place_of_a_command(notes, capsys):
    assert f"did you mean `errata check {notes}`?" in run(capsys, notes)[2]


@pytest.mark.skipif(not is_installed(), reason="the second reader needs Python below 3.13")
def test_a_second_reader_stands_beside_ours(notes, capsys):
    (notes / "log.md").write_text("Let $x > 0$.\n\n$$\\log(2 x) = \\log x + \\log 2$$\n")
    status, out, _ = run(capsys, "read", "--second-reader", notes)
    assert status == 0
    assert "second  (x + 1)^2: (x + 1)**2\n" in out
    assert "\\log(2 x): log(2*x, 10); DIFFERS: at x = 3/7" in out


def test_without_a_second_reader_it_is_said_how_to_get_one(notes, capsys, monkeypatch):
    monkeypatch.setattr("errata.report.second_reader.is_installed", lambda: False)
    status, _, err = run(capsys, "read", "--second-reader", notes)
    assert status == 2 and "errata[all]" in err


@pytest.mark.parametrize("words", [[], ["--help"], ["check", "--help"], ["read", "--help"], ["show", "--help"]])
def test_help_teaches_with_examples(words, capsys):
    status, out, _ = run(capsys, *words)
    assert status == 0
    assert "\n  errata " in out


def test_the_version(capsys):
    assert (0, f"errata {errata.__version__}\n", "") == run(capsys, "--version")


# The library -----------------------------------------------------------------------------------------


def test_the_package_runs_as_a_module():
    found = subprocess.run([sys.executable, "-m", "errata", "--version"], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, f"errata {errata.__version__}\n")


def test_the_list_of_a_topic(capsys):
    _, out, _ = run(capsys, "list", "gan")
    assert "gan/jsd" in out and "vae/" not in out


def test_a_derivation_with_its_evidence(capsys):
    status, out, _ = run(capsys, "show", "activation/identities")
    assert status == 0
    assert "general proof" in out and "SymPy" in out and "numbers" in out
    assert "0 wrong, 0 conditional, 0 undecided, 0 unread" in out


def test_the_steps_of_a_derivation_as_sympy_run(capsys, tmp_path):
    _, out, _ = run(capsys, "show", "activation/identities", "--sympy")
    (tmp_path / "steps.py").write_text(out, encoding="utf-8")
    assert "import sympy" in out or "from sympy import" in out
    subprocess.run([sys.executable, tmp_path / "steps.py"], check=True, capture_output=True)


def test_a_reader_that_goes_away_is_no_error():
    code = "from errata.cli import main; raise SystemExit(main(['list']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()
    process.stderr.close()
