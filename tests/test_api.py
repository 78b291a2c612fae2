"""errata as a library."""

import pytest

import errata
from errata.report.cannot_run import CannotRun

WRONG = r"$$(x + 1)^2 = x^2 + 1$$"


def verdicts(report):
    return [step.judgement.verdict for step in report.claims()]


def test_a_text():
    report = errata.check(WRONG)
    assert verdicts(report) == ["wrong"] and report.fails()
    assert report.claims()[0].judgement.counterexample is not None


def test_a_path_as_a_text_or_a_path_and_a_folder(tmp_path):
    note = tmp_path / "n.md"
    note.write_text(WRONG)
    for source in (note, str(note), tmp_path):
        assert verdicts(errata.check(source, jobs=2)) == ["wrong"]


def test_a_kind_that_is_named():
    assert verdicts(errata.check(r"\[ 1 + 1 = 2 \]", kind="latex")) == ["proved"]
    with pytest.raises(ValueError, match="no kind of note is called 'docx'"):
        errata.check("x", kind="docx")


def test_a_cache_is_used_where_one_is_named(tmp_path, monkeypatch):
    errata.check(WRONG, cache=tmp_path)
    monkeypatch.setattr("errata.verify.workers.Workers._fresh", lambda _: pytest.fail("judged anew"))
    assert verdicts(errata.check(WRONG, cache=tmp_path)) == ["wrong"]


def test_mistakes(tmp_path):
    with pytest.raises(CannotRun, match="no such file"):
        errata.check(tmp_path / "nothing.md")
    for settings in ({"jobs": 0}, {"timeout": 0}, {"seed": -1}):
        with pytest.raises(ValueError, match="at least"):
            errata.check(WRONG, **settings)
    assert verdicts(errata.check("\0" + WRONG)) == ["wrong"]
