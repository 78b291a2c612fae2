"""A course with settings and a baseline, from the command line."""

import json

import pytest

from errata.cli import main


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with settings and a note, which is where we are."""
    (tmp_path / "notes" / "drafts").mkdir(parents=True)
    (tmp_path / "notes" / "a.md").write_text("$$\\log 8 = 3$$\n\n$$\\sqrt{x^2} = x$$\n", encoding="utf-8")
    (tmp_path / "notes" / "drafts" / "b.md").write_text("$$1 = 2$$\n", encoding="utf-8")
    (tmp_path / "errata.toml").write_text(
        'paths = ["notes"]\nexclude = ["drafts"]\n\n'
        '[notation]\nlog-base = 2\n\n[notation.names]\nx = "a positive number"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_notation_of_a_course_is_believed(course, capsys):
    assert main(["check"]) == 0
    assert "1 document, 2 claims: 2 proved" in capsys.readouterr().out
    (course / "errata.toml").unlink()
    assert main(["check", "notes/a.md"]) == 1


def test_the_settings_are_no_part_of_the_note(course, capsys):
    main(["read"])
    out = capsys.readouterr().out
    assert "2 statements: 2 claims" in out and "<settings>" not in out


def test_a_baseline_accepts_what_is_there_and_fails_on_what_is_new(course, capsys):
    note = course / "notes" / "a.md"
    note.write_text(note.read_text() + "\n$$1 + 1 = 3$$\n")
    assert main(["check"]) == 1
    assert main(["baseline"]) == 0
    note.write_text("A word first.\n\n" + note.read_text())
    assert main(["check"]) == 0
    assert "(1 in the baseline)" in capsys.readouterr().out
    note.write_text(note.read_text() + "\n$$1 + 1 = 4$$\n")
    assert main(["check"]) == 1
    assert "= 3" not in capsys.readouterr().out


def test_a_baseline_is_not_overwritten_unasked(course, capsys):
    (course / "errata-baseline.json").write_text("{}")
    assert main(["baseline"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["baseline", "--force"]) == 0
    assert json.loads((course / "errata-baseline.json").read_text())["findings"] == []


def test_a_broken_baseline_is_said(course, capsys):
    (course / "errata-baseline.json").write_text("{}")
    assert main(["check"]) == 2
    assert "no baseline of errata" in capsys.readouterr().err


def test_the_settings_that_hold_and_their_sources(course, capsys):
    assert main(["config"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert f'notation.log-base = "2" ({course}/errata.toml)' in lines
    assert "strict = false (default)" in lines


def test_settings_that_cannot_be_followed(course, capsys):
    (course / "errata.toml").write_text("strct = true")
    for command in ("check", "read", "config", "baseline"):
        assert main([command]) == 2
        assert "did you mean `strict`?" in capsys.readouterr().err


def test_without_paths_anywhere(course, capsys):
    (course / "errata.toml").unlink()
    assert main(["check"]) == 2
    assert "no PATH is given" in capsys.readouterr().err


def test_exit_zero(course, capsys):
    assert main(["check", "--exit-zero", "notes/drafts/b.md"]) == 0
    assert "1 wrong" in capsys.readouterr().out


def test_the_summary_of_a_job_on_github(course, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(course / "summary.md"))
    assert main(["check", "--format", "github", "notes/drafts/b.md"]) == 1
    assert capsys.readouterr().out.startswith("::error file=notes/drafts/b.md,line=1,")
    assert "## errata" in (course / "summary.md").read_text()
