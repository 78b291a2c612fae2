"""A claim for which there was no time is not tried again in the same run, and is in the next."""

from errata.notes.document import read_text
from errata.report.build import build_report
from errata.report.remembered import Remembered
from errata.report.selection import Course
from errata.verify.cache.store import Store
from errata.verify.check import Checker
from errata.verify.settings import Settings
from errata.verify.verdict import Evidence, Judgement
from errata.verify.workers import Done, TimedOut, Workers


def task_of(workers):
    """The name of what worker processes run."""
    function = workers._function
    return getattr(getattr(function, "func", None), "__name__", type(function).__name__)


NOTE = "$$1 + 1 = 2$$\n"


def test_copies_of_a_late_claim(tmp_path, monkeypatch):
    asked = []

    def late(self, items):
        for item in items:
            asked.append(item)
            yield TimedOut(1.0)

    monkeypatch.setattr(Workers, "run", late)
    with Store(tmp_path / "s") as store, Checker(Settings(), store) as checker:
        first, second = (checker.check(read_text(NOTE, path)) for path in ("a.md", "b.md"))
        assert len(asked) == 1
        assert first.steps[0].judgement == second.steps[0].judgement
        assert not first.in_time and not second.in_time
    with Store(tmp_path / "s") as store, Checker(Settings(), store) as checker:
        checker.check(read_text(NOTE))
    assert len(asked) == 2


def test_what_sympy_had_no_time_for_is_not_kept(tmp_path, monkeypatch):
    holds = Judgement("holds", "", "", (Evidence("numeric", "holds"),))
    asked = []

    def run(self, items):
        for _item in items:
            asked.append(task_of(self))
            yield Done(holds) if asked[-1] == "judge_statement" else TimedOut(1.0)

    monkeypatch.setattr(Workers, "run", run)
    for _ in range(2):
        with Store(tmp_path / "s") as store, Checker(Settings(), store) as checker:
            checked = checker.check(read_text("Let $x > 0$.\n\n$$\\sin x = \\cos x$$\n"))
            assert checked.steps[-1].judgement.verdict == "holds" and not checked.in_time
    assert asked == ["judge_statement", "confirm_statement"] * 2


def test_copies_of_a_wrong_step_that_there_was_no_time_to_diagnose(tmp_path, monkeypatch):
    wrong = Judgement("wrong", "counterexample", "the two sides differ")
    asked = []

    def run(self, items):
        for _item in items:
            asked.append(task_of(self))
            yield Done(wrong) if asked[-1] == "judge_statement" else TimedOut(1.0)

    monkeypatch.setattr(Workers, "run", run)
    with Store(tmp_path / "s") as store, Checker(Settings(), store) as checker:
        for path in ("a.md", "b.md"):
            checked = checker.check(read_text(NOTE, path))
            assert checked.steps[0].judgement == wrong and not checked.in_time
    assert asked == ["judge_statement", "Diagnoser"]


def test_copies_of_a_late_document_are_read_once_in_a_run_and_again_in_the_next(tmp_path, monkeypatch):
    read = []

    def late(self, items):
        yield from (TimedOut(1.0) for _ in items)

    def counted(self, document):
        read.append(document.path)
        return check(self, document)

    check = Checker.check
    monkeypatch.setattr(Workers, "run", late)
    monkeypatch.setattr(Checker, "check", counted)
    notes = [tmp_path / f"{name}.md" for name in "abc"]
    for note in notes:
        note.write_text(NOTE, encoding="utf-8")
    for _ in range(2):
        read.clear()
        with Store(tmp_path / "s") as store:
            remembered = Remembered(store, Settings(), Course())
            report = build_report(notes, Settings(), store=store, remembered=remembered)
        assert read == [str(note) for note in notes[:2]]  # the second was begun while the first was judged
        assert [document.path for document in report.documents] == [str(note) for note in notes]
        assert len({document.steps for document in report.documents}) == 1
        assert not remembered.held
